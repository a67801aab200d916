"""What does each number mean, and where does it come from?"""

from cadence import view

view.title("口径说明")
view.definitions()
