"""How would what is still due spread evenly over the weeks that are left?"""

from cadence import view

view.title("均衡排期")
view.level_plan()
