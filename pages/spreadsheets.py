"""Drop files, see problems, commit, undo."""

from cadence import view

view.title("数据导入")
view.upload()
view.history()
