"""What can be handed on: the report in Word and PDF, its data in Excel."""

from cadence import view

view.title("报告")
view.report()
