"""Putting a task of the day off: asked for above the list, with the day and the reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QMenu

from paizhu.base import dates, yearless
from paizhu.base.errors import PaizhuError
from paizhu.base.reading import ReadingError
from paizhu.base.rows import Change
from paizhu.services.deadlines.task import Task
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.pages.day.today_model import task_words
from paizhu.ui.register.asking import AskStrip

KEY = "S"


class SnoozeStrip(AskStrip):
    """Asks until when and why, does it, and says so; it is an act like any other and taken back like one."""

    def __init__(self, context: Context, table: RegisterTable, current: Callable[[], Task | None]) -> None:
        super().__init__()
        self._context = context
        self._table = table
        self._current = current
        self._task: Task | None = None
        self.quiet = False
        """Whether the list shows what is put off; the key then takes it back."""
        self.given.connect(self._take)
        self.left.connect(table.setFocus)
        key = QShortcut(QKeySequence(KEY), table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.setAutoRepeat(False)
        key.activated.connect(self.start)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._pop_up)

    def start(self) -> None:
        """Ask for the task in hand; in the list of what is put off, let it come back."""
        task = self._current()
        if task is None:
            return
        snooze = self._context.office.snooze
        if self.quiet:
            self._tell(snooze.take_back(task), f"已取消推迟：{task_words(task)}")
            return
        self._task = task
        day, reason = QLineEdit(), QLineEdit()
        desk = self._context.office.desk
        last = snooze.latest(task)
        proposed = desk.calendar.add_working_days(desk.today, 1)
        day.setText((min(proposed, last) if last else proposed).isoformat())
        day.setPlaceholderText("例如 明天、下周一、+3、2026-03-05")
        reason.setPlaceholderText("例如 等承办部门补充材料")
        self.ask(f"推迟：{task_words(task)}", snooze.words(task), "推迟", [("推迟到", day), ("理由", reason)])
        reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def menu(self) -> QMenu:
        """Return the menu of the task in hand."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opening = menu.addAction("打开办理\tEnter")
        opening.triggered.connect(lambda: self._table.opened.emit(self._table.currentIndex().row()))
        putting = menu.addAction(f"取消推迟\t{KEY}" if self.quiet else f"推迟…\t{KEY}")
        putting.triggered.connect(self.start)
        return menu

    def _pop_up(self, at: QPoint) -> None:
        if self._current() is not None:
            self.menu().popup(self._table.viewport().mapToGlobal(at))

    def _take(self, given: list[Any]) -> None:
        task = self._task
        if task is None:
            return
        desk = self._context.office.desk
        try:
            until = yearless.read_day(given[0], desk.today, desk.calendar.add_working_days)
            change = self._context.office.snooze.put_off(task, until, given[1])
        except (ReadingError, PaizhuError) as error:
            self.say(error.message if isinstance(error, ReadingError) else messages.sentence(error))
            return
        self._task = None
        self.done()
        self._table.setFocus()
        self._tell(change, f"已推迟到 {dates.short_day(until, desk.today)}：{task_words(task)}")

    def _tell(self, change: Change, words: str) -> None:
        """Let every page read again, and say what was done; Ctrl+Z and the bar take it back."""
        self._context.events.changed.emit(change)
        self._context.events.said.emit(words, change.entry)
