"""Every command of the window, once: keys, menus, buttons, the page of keys and the tests take it from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Action:
    """One command: `key` is its shortcut, `also` others for the same; `group` is its place on the page of keys."""

    id: str
    label: str
    key: str
    run: Callable[[], object]
    group: str = "窗口"
    icon: str = ""
    also: tuple[str, ...] = ()


# Keys that pages bind themselves, told on the page of keys: (keys, what they do, group).
PAGE_KEYS: tuple[tuple[str, str, str], ...] = (
    ("↑ ↓ Home End PgUp PgDn", "在列表中移动", "列表"),
    ("Enter", "打开选中的记录", "列表"),
    ("Ctrl+F", "筛选本页列表", "列表"),
    ("Space", "勾选、切换、展开", "列表"),
    ("← →", "折叠、展开树形列表", "列表"),
    ("Del", "移入回收区（可撤销）", "列表"),
    ("S", "推迟选中的事，写明理由（今日）", "列表"),
    ("PgUp PgDn", "换一个月（期限月历、工作日历）", "列表"),
    ("F2", "修改这一部分，导入核对时改有问题的一格", "记录"),
    ("Ctrl+D", "照选中的这一条新增", "记录"),
    ("Esc", "关闭提示条、离开编辑（草稿保留）、回到列表、清除筛选", "记录"),
)


class Actions(QObject):
    """The commands of one window, each bound to its keys there."""

    def __init__(self, window: QWidget, actions: Sequence[Action]) -> None:
        super().__init__(window)
        self._window = window
        self._actions = {action.id: action for action in actions}
        if len(self._actions) != len(actions):
            raise ValueError("two actions with one id")
        self._bound: dict[str, QAction] = {}
        for action in actions:
            bound = QAction(action.label, self)
            bound.setObjectName(action.id)
            bound.setShortcuts([QKeySequence(key) for key in (action.key, *action.also) if key])
            bound.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            # A key that is held down too long takes one step and undoes one act, not one after the other.
            bound.setAutoRepeat(False)
            bound.triggered.connect(lambda _=False, run=action.run: run())
            window.addAction(bound)
            self._bound[action.id] = bound

    def all(self) -> list[Action]:
        """Return the commands in the order they were given."""
        return list(self._actions.values())

    def get(self, action_id: str) -> Action:
        """Return one command; KeyError for an unknown id."""
        return self._actions[action_id]

    def bound(self, action_id: str) -> QAction:
        """Return what Qt knows of a command, for menus."""
        return self._bound[action_id]

    def leave(self) -> None:
        """Be bound to no key any more, and go."""
        for bound in self._bound.values():
            self._window.removeAction(bound)
        self.deleteLater()
