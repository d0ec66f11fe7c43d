"""The menu over the rows of a list: what can be done with those that are selected."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QWidget

_OF_RECYCLED = (("unvoid", "恢复"), ("copy", "复制这些行\tCtrl+C"))
_OF_RECORDS = (
    ("open", "打开\tEnter"),
    ("copy", "复制这些行\tCtrl+C"),
    ("paste", "把复制的单元格粘贴为新记录\tCtrl+V"),
    ("duplicate", "照这一条新增\tCtrl+D"),
    ("mass", "批量修改一项…"),
    ("void", "移入回收区\tDel"),
)


def row_menu(parent: QWidget, do: Callable[[str], object], *, recycled: bool, chosen: bool) -> QMenu:
    """Return the menu; what needs a selected record can be read there, but not done, while none is."""
    menu = QMenu(parent)
    for key, words in _OF_RECYCLED if recycled else _OF_RECORDS:
        action = menu.addAction(words)
        action.setEnabled(chosen or key == "paste")
        action.triggered.connect(lambda _=False, key=key: do(key))
    return menu
