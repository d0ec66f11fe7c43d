"""Where a form is taken up: one that is due again, a blank one dropped or chosen, one of ours, one sent before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from paizhu.rules import periods
from paizhu.services.forms.memory import Sent
from paizhu.services.forms.schedule import CYCLES, Plan
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import LinesModel
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.kit.word_list import WordList
from paizhu.ui.theme import Text
from paizhu.ui.wizards.fill_plans import CELLS
from paizhu.ui.wizards.locked_file import LockedFile

KINDS = "空白表样 (*.xlsx *.xlsm)"
_ROWS = 6
_MOST_DAYS = 60
_RIGHT, _BESIDE = 340, 800
_ANY = (1 << 24) - 1
"""What Qt takes for no greatest width."""


class StartPane(QScrollArea):
    """`chosen` gives a blank form, `plan_chosen` one that is due again, `sent_chosen` one sent before.

    `plan_set` gives the mark of a form with its cycle, its days and whether it is sent no more; `locked` asks for
    the password of a form.
    """

    chosen = Signal(object)
    plan_chosen = Signal(object)
    plan_set = Signal(str, str, int, bool)
    sent_chosen = Signal(object)

    def __init__(self, ready: Sequence[Path]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sent: list[Sent] = []
        self.locked = LockedFile("表样的打开密码")
        inside = QWidget()
        sides = self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        sides.addLayout(self._left(), 1)
        self._right = self._blank(ready)
        sides.addWidget(self._right)
        self.setWidget(inside)
        theme.current().follow(self, self._measure)
        self.setFocusProxy(self.choose)
        self.show_plans(())
        self.show_sent(())

    # --- what is due -----------------------------------------------------------------------------------------

    def show_plans(self, plans: Sequence[Plan]) -> None:
        """List the forms that are sent again and again, the most urgent in hand."""
        held = self.plan()
        self.model.show_lines(plans)
        keys = [plan.key for plan in plans]
        if plans:
            self.plans.setCurrentIndex(self.model.index(keys.index(held.key) if held and held.key in keys else 0, 0))
        self._title.setText("要报的表（回车填下一期）" if plans else "还没有要报的表")
        self._first.setVisible(not plans)
        self.plans.setVisible(bool(plans))
        self._terms.setVisible(bool(plans))
        self.setFocusProxy(self.plans if plans else self.choose)
        self._show_terms()
        self._measure()

    def plan(self) -> Plan | None:
        """Return the form in hand."""
        return self.model.line(self.plans.currentIndex().row())

    def _show_terms(self) -> None:
        plan = self.plan()
        if plan is not None:
            self.cycle.setCurrentIndex(self.cycle.findData(plan.cycle))
            self.days.blockSignals(True)
            self.days.setValue(plan.days)
            self.days.blockSignals(False)

    def _set(self, *, stopped: bool = False) -> None:
        plan = self.plan()
        if plan is not None:
            self.plan_set.emit(plan.key, str(self.cycle.currentData()), self.days.value(), stopped)

    def _take_plan(self, row: int) -> None:
        plan = self.model.line(row)
        if plan is not None:
            self.plan_chosen.emit(plan)

    # --- what was sent ---------------------------------------------------------------------------------------

    def show_sent(self, sent: Sequence[Sent]) -> None:
        """List what was sent, the newest first."""
        self._sent = list(sent)
        self.sent.clear()
        for each in sent:
            words = f"《{each.name}》 {periods.label(each.period)} · {each.at[:16].replace('T', ' ')} 报出"
            item = QListWidgetItem(f"{words} · {len(each.figures)} 个数")
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.sent.addItem(item)
        self._sent_title.setText("报送过的表（回车核对报出后的变化）")
        self._sent_title.setVisible(bool(sent))
        self.sent.setVisible(bool(sent))
        self._measure()

    def show_changed(self, counts: Mapping[str, int]) -> None:
        """Say beside what was sent how many of its figures are others today."""
        for row, each in enumerate(self._sent):
            count = counts.get(each.key, 0)
            item = self.sent.item(row)
            if count and "变了" not in item.text():
                item.setText(f"报出后变了 {count} 个数 · {item.text()}")

    # --- the machine -----------------------------------------------------------------------------------------

    def _left(self) -> QVBoxLayout:
        self._title = Label("", Text.SECTION)
        self.model = LinesModel(CELLS)
        self.plans = RegisterTable("要报的表", row=RowHeight.DENSE)
        self.plans.show_model(self.model, self.model.columns)
        self.plans.opened.connect(self._take_plan)
        self.plans.picked.connect(lambda _row: self._show_terms())
        self._first = Label(
            "选一份空白表，或打开一份现成的表样：填过一次，这里就列出它的周期和限期，下一期回车就填好。",
            ink="ink2",
            wraps=True,
        )
        self._terms = self._make_terms()
        self._sent_title = Label("", Text.SECTION)
        self.sent = _list("报送过的表")
        self.sent.itemActivated.connect(lambda item: self.sent_chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        column = QVBoxLayout()
        column.setSpacing(8)
        for widget in (self._title, self._first, self.plans, self._terms, self._sent_title, self.sent):
            column.addWidget(widget)
        column.addStretch(1)
        return column

    def _make_terms(self) -> QWidget:
        """Make the line under the list: how often the form in hand is sent, by when, or no more."""
        self.cycle = DropDown()
        self.cycle.setAccessibleName("报送周期")
        for key, words in CYCLES.items():
            self.cycle.addItem(words, key)
        self.cycle.activated.connect(lambda _at: self._set())
        self.days = NumberEdit(1, _MOST_DAYS, at_once=True)
        self.days.setAccessibleName("期后第几个工作日前报出")
        self.days.editingFinished.connect(self._days_typed)
        fill = Button("填下一期", icon="form", size=Size.SMALL)
        fill.clicked.connect(lambda: self._take_plan(self.plans.currentIndex().row()))
        stop = Button("不再报送", Look.LINK, size=Size.SMALL)
        stop.clicked.connect(lambda: self._set(stopped=True))
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(fill)
        row.addSpacing(8)
        row.addWidget(self.cycle)
        row.addWidget(Label("期后第", Text.SECONDARY, "ink2"))
        row.addWidget(self.days)
        row.addWidget(Label("个工作日前报出", Text.SECONDARY, "ink2"))
        row.addWidget(stop)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.days.note)
        return line

    def _days_typed(self) -> None:
        plan = self.plan()
        if plan is not None and self.days.value() != plan.days:
            self._set()

    def _blank(self, ready: Sequence[Path]) -> QWidget:
        self.choose = Button("选择空白表…", Look.PRIMARY, icon="folder")
        self.choose.clicked.connect(self._choose)
        drop = QFrame()
        drop.setProperty("frame", "box")
        inside = QVBoxLayout(drop)
        inside.setContentsMargins(16, 20, 16, 20)
        inside.setSpacing(10)
        for label in (
            Label("把派出机关发来的空白表拖到这里", Text.SECTION, wraps=True),
            Label("支持 xlsx、xlsm。只写入数值，样式、公式、保护和原文件都不动。", ink="ink2", wraps=True),
        ):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(label)
        inside.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.locked)
        self.ready = _list("现成的表样")
        for path in ready:
            item = QListWidgetItem(path.stem)
            item.setData(Qt.ItemDataRole.UserRole, path)
            self.ready.addItem(item)
        self.ready.itemActivated.connect(lambda item: self.chosen.emit(item.data(Qt.ItemDataRole.UserRole)))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(drop)
        column.addWidget(Label("现成的表样（回车打开）", Text.SECTION))
        column.addWidget(self.ready)
        column.addStretch(1)
        return right

    def _measure(self) -> None:
        look = theme.current()
        # In large letters the blank forms stand below what is due, and nothing is scrolled sideways.
        beside = self.viewport().width() >= look.px(_BESIDE)
        self._sides.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._right.setMinimumWidth(look.px(_RIGHT) if beside else 0)
        self._right.setMaximumWidth(look.px(_RIGHT) if beside else _ANY)
        for each in (self.ready, self.sent):
            each.setFixedHeight(each.height_of(min(max(each.count(), 1), _ROWS)))
        rows = min(max(self.model.rowCount(), 1), _ROWS) + 1
        self.plans.setFixedHeight(rows * look.heights.dense_row + 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the blank forms beside or below."""
        super().resizeEvent(event)
        self._measure()

    def _choose(self) -> None:
        path = messages.ask_open(self, "选择空白表", KINDS)
        if path is not None:
            self.chosen.emit(path)


def _list(name: str) -> WordList:
    made = WordList(name)
    made.setProperty("frame", "box")
    return made
