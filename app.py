"""The frame around every page: which pages there are, and which one is asked for."""

from cadence import view

view.route().run()
