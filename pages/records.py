"""Which activities stand behind a figure, and in which spreadsheet row?"""

from cadence import view

view.title("活动明细")
view.records()
