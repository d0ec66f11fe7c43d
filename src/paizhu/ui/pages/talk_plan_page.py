"""谈话计划: what the rules ask for, by rule, each with its day and reason; the ticked ones are made in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTableView, QWidget

from paizhu.base import dates, yearless
from paizhu.base.errors import PaizhuError
from paizhu.base.reading import ReadingError
from paizhu.base.rows import Change
from paizhu.registers.talk import TALK
from paizhu.services.talks.plan import Proposal, TalkPlan
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.ring import ring_row
from paizhu.ui.kit.tick_cell import TickDelegate
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.shared_table import SharedTable
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.when_seen import WhenSeen
from paizhu.ui.write_many import write_many

Index = QModelIndex | QPersistentModelIndex
_EXAMPLE = "改日期，如 12.18、+3工作日"
_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
_HEADS = ("安排", "规则", "谈话对象", "职务", "谈话类型", "建议日期", "为什么")
_WIDTHS = (56, 130, 84, 190, 116, 136)
_TICK, _RULE, _POST, _DAY = 0, 1, 3, 5
_LEAST_WHY = 150
_REGISTERS = frozenset({"integrity_talk", "person"})


def _key(proposal: Proposal) -> tuple[str, str, int]:
    """Return what stays the same of a proposal when days move."""
    return proposal.rule, proposal.group, proposal.person.id


class PlanModel(Guarded, QAbstractTableModel):
    """One proposal a row; the tick and the day are the officer's."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.proposals: list[Proposal] = []
        self.ticks: list[bool] = []
        self.days: dict[int, Any] = {}

    def show_proposals(self, proposals: list[Proposal]) -> None:
        """Show what the rules ask for; a talk listed before keeps the tick and the day the officer gave it."""
        before: dict[tuple[str, str, int], list[tuple[bool, Any]]] = defaultdict(list)
        for at, old in enumerate(self.proposals):
            before[_key(old)].append((self.ticks[at], self.days.get(at)))
        self.beginResetModel()
        self.proposals, self.ticks, self.days = proposals, [], {}
        for at, proposal in enumerate(proposals):
            standing = before[_key(proposal)]
            tick, day = standing.pop(0) if standing else (proposal.ticked, None)
            self.ticks.append(tick)
            if day is not None:
                self.days[at] = day
        self.endResetModel()
        self.ticked.emit()

    def chosen(self) -> tuple[list[Proposal], dict[int, Any]]:
        """Return the ticked proposals, and the days set by hand by their place among them."""
        places = [at for at, on in enumerate(self.ticks) if on]
        days = {new: self.days[at] for new, at in enumerate(places) if at in self.days}
        return [self.proposals[at] for at in places], days

    def take_made(self, made: Sequence[Proposal]) -> None:
        """Take the talks out that are made now: what is left says what the officer left out."""
        gone = {id(each) for each in made}
        left = [at for at, each in enumerate(self.proposals) if id(each) not in gone]
        self.beginResetModel()
        self.days = {new: self.days[at] for new, at in enumerate(left) if at in self.days}
        self.proposals, self.ticks = [self.proposals[at] for at in left], [self.ticks[at] for at in left]
        self.endResetModel()

    def tick(self, at: int, on: bool) -> None:
        """Tick a row or take its tick away."""
        if 0 <= at < len(self.ticks):
            self.ticks[at] = on
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(_HEADS) - 1))
            self.ticked.emit()

    def tick_rule(self, group: str, on: bool) -> None:
        """Tick every row of a group."""
        for at, proposal in enumerate(self.proposals):
            if proposal.group == group:
                self.ticks[at] = on
        if self.proposals:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.proposals) - 1, len(_HEADS) - 1))
        self.ticked.emit()

    def set_day(self, at: int, day: Any) -> None:
        """Give a proposal another day."""
        self.days[at] = day
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(_HEADS) - 1))

    def day(self, at: int) -> Any:
        """Return the day a proposal would be planned for."""
        return self.days.get(at, self.proposals[at].day)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many talks are proposed."""
        return 0 if parent.isValid() else len(self.proposals)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words over a column."""
        if orientation is Qt.Orientation.Horizontal and role == _ROLE.DisplayRole and section < len(_HEADS):
            return _HEADS[section]
        return None

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return the words of a cell."""
        if not index.isValid() or index.row() >= len(self.proposals):
            return None
        words = self._words(index.row(), index.column())
        if role == _ROLE.DisplayRole:
            return words
        if role == _ROLE.AccessibleTextRole:
            proposal = self.proposals[index.row()]
            told = "已勾选" if self.ticks[index.row()] else "没有勾选"
            name = proposal.person.values.get("name")
            return f"{told}，{proposal.group}，{name}，{self._words(index.row(), _DAY)}，{proposal.why}"
        if role == _ROLE.CheckStateRole and index.column() == _TICK:
            return Qt.CheckState.Checked if self.ticks[index.row()] else Qt.CheckState.Unchecked
        if role == _ROLE.ToolTipRole:
            return self.proposals[index.row()].why
        return None

    def _words(self, at: int, column: int) -> str:
        proposal = self.proposals[at]
        day = self.day(at)
        kind = TALK.field("kind").choice(proposal.kind)
        return (
            "安排" if self.ticks[at] else "不排",
            proposal.group,
            str(proposal.person.values.get("name") or ""),
            str(proposal.person.values.get("post_now") or ""),
            kind.label if kind else "",
            f"{day:%Y-%m-%d} 周{dates.WEEKDAYS[day.weekday()]}",
            proposal.why,
        )[column]


class PlanTable(SharedTable):
    """Space ticks the row, a click on the box too; Enter goes to the day."""

    day_asked = Signal()

    def __init__(self, model: PlanModel) -> None:
        super().__init__("谈话计划")
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setItemDelegateForColumn(_TICK, TickDelegate(self))
        self.clicked.connect(self._clicked)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, then the ring of focus round the current one."""
        super().paintEvent(event)
        ring_row(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space tick and Enter go to the day."""
        if event.key() == Qt.Key.Key_Space:
            self.turn()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.day_asked.emit()
        else:
            super().keyPressEvent(event)

    def turn(self) -> None:
        """Turn the ticks of the selected rows, all to what the first is not."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        if rows:
            on = not self._model.ticks[rows[0]]
            for row in rows:
                self._model.tick(row, on)

    def _clicked(self, index: Index) -> None:
        if index.column() == _TICK:
            self._model.tick(index.row(), not self._model.ticks[index.row()])


_ALL_DONE = ("没有要安排的谈话", "每年谈话、任新职谈话和节前提醒都已经谈过或排好。")
_NO_TEAM = (
    "还没有可以安排的谈话",
    "名册里还没有在职的班子成员，所以推算不出每年谈话。先在监督对象里登记，并勾选班子成员。",
)


class TalkPlanPage(PageFrame):
    """The proposals, the day of the one in hand, and the button that makes the ticked ones."""

    page_asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("谈话计划", scrolls=False, parent=parent)
        self._context = context
        self._plan = TalkPlan(context.office.desk)
        self._making = False
        self._reading = Rereading(context.tasks, self._gather, self._show)
        self.model = PlanModel()
        self.table = PlanTable(self.model)
        self.table.setProperty("frame", "box")
        self.make = Button("安排勾选的谈话", Look.PRIMARY, shortcut="Ctrl+Enter")
        self.make.clicked.connect(self.make_now)
        self.rules = Button("谈话规则")
        self.rules.clicked.connect(lambda: self.page_asked.emit("talk_rules"))
        self.head.addWidget(self.rules)
        self.head.addWidget(self.make)
        self.day = QLineEdit()
        self.day.setAccessibleName("改建议日期")
        self.day.setPlaceholderText(_EXAMPLE)
        self.day.returnPressed.connect(self.take_day)
        self._day_note = FieldNote(self.day)
        self._groups = FlowLayout(gap=8)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addLayout(self._groups, 1)
        bar.addWidget(Label("空格勾选，回车改日期", Text.SECONDARY, "ink2"))
        bar.addWidget(self.day)
        self.empty = EmptyState(*_ALL_DONE)
        self.body.addLayout(bar)
        self.body.addWidget(self._day_note)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        # Said only when it is known.
        self.empty.hide()
        self.model.ticked.connect(self._tell)
        self.table.day_asked.connect(self._go_to_day)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._day_note.clear())
        self._seen = WhenSeen(self, self.read)
        context.events.changed.connect(self._changed)
        context.events.settings_changed.connect(self._seen.ask)
        self.table.widened.connect(self._measure)
        theme.current().follow(self, self._measure)
        self.setFocusProxy(self.table)
        self.read()

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action in ("complete", "record.complete", "record.primary"):
            self.make_now()
            return True
        return False

    def read(self) -> None:
        """Ask the rules again, away from the window; what the officer ticked, left out or moved stays so."""
        if not self._context.office.vault.closed:
            self._reading.ask()

    def _gather(self) -> tuple[list[Proposal], bool]:
        """Return what is proposed, and whether there is a team at all."""
        proposals = self._plan.proposals()
        return proposals, bool(proposals) or bool(self._plan.team())

    def _show(self, found: tuple[list[Proposal], bool]) -> None:
        proposals, has_team = found
        at = self.table.currentIndex().row()
        self.model.show_proposals(proposals)
        self._show_groups()
        if not proposals and self.table.hasFocus():
            # Hidden, it would hand the keys to whatever comes next in the window.
            self.rules.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.setVisible(bool(proposals))
        if not proposals:
            self.empty.show_words(*(_ALL_DONE if has_team else _NO_TEAM))
        self.empty.setVisible(not proposals)
        self._measure()
        if proposals:
            self.table.selectRow(min(max(at, 0), len(proposals) - 1))

    def make_now(self) -> None:
        """Make the ticked talks in one act; not while the rules are asked, which may find them made already."""
        if self._reading.busy:
            self._context.events.said.emit("正在按谈话规则推算，马上就好。还没有安排，请再按一次。", 0)
            return
        if self._making:
            return
        chosen, days = self.model.chosen()
        self._making = True

        def done(change: Change) -> None:
            self._making = False
            self.model.take_made(chosen)
            self._context.events.changed.emit(change)
            self._context.events.said.emit(f"已安排 {len(chosen)} 次谈话，可一次撤销。", change.entry)

        write_many(
            self._context,
            lambda progress: self._plan.create(chosen, days, progress),
            done,
            self._not_made,
            count=len(chosen),
            words=f"安排谈话 {len(chosen)} 次",
        )

    def _not_made(self, error: Exception) -> None:
        self._making = False
        if isinstance(error, PaizhuError):
            messages.tell(self, error)

    def take_day(self) -> None:
        """Give the row in hand the day typed; words that are no working day are said beneath the line."""
        at = self.table.currentIndex().row()
        desk = self._context.office.desk
        self._day_note.clear()
        if not 0 <= at < len(self.model.proposals):
            return
        try:
            day = yearless.read_day(self.day.text().strip(), desk.today, desk.calendar.add_working_days)
        except ReadingError as error:
            self._day_note.show_error(error.message)
            return
        if not desk.calendar.is_working(day):
            self._day_note.show_error(f"{day:%m-%d} 是{desk.calendar.why(day)}，请换一个工作日")
            return
        self.model.set_day(at, day)
        self.model.tick(at, True)
        self.day.clear()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the machine -----------------------------------------------------------------------------------------

    def _go_to_day(self) -> None:
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _show_groups(self) -> None:
        empty(self._groups)
        for group in dict.fromkeys(each.group for each in self.model.proposals):
            count = sum(each.group == group for each in self.model.proposals)
            button = Button(f"{group} {count}", size=Size.SMALL)
            button.setToolTip("勾选或取消这一组")
            button.clicked.connect(lambda _=False, group=group: self._turn_group(group))
            self._groups.addWidget(button)

    def _turn_group(self, group: str) -> None:
        places = [at for at, each in enumerate(self.model.proposals) if each.group == group]
        self.model.tick_rule(group, not all(self.model.ticks[at] for at in places))

    def _tell(self) -> None:
        count = sum(self.model.ticks)
        self.make.setText(f"安排勾选的 {count} 次谈话 Ctrl+Enter")
        self.make.allow() if count else self.make.refuse("先勾选要安排的谈话")
        told = f"按谈话规则推算，日期都在工作日；共 {len(self.model.proposals)} 次，勾选 {count} 次"
        desk = self._context.office.desk
        coming = desk.today.year + 1
        if not desk.calendar.covers(coming):
            # Without its notice the holidays of that year are not known, and nothing would say why none is listed.
            told += f"；{coming} 年放假安排没有载入，那一年的节前提醒还列不出"
        self.set_note(told)

    def _changed(self, change: Change) -> None:
        if _REGISTERS & change.registers:
            self._seen.ask()

    def _measure(self) -> None:
        look = theme.current()
        # What may be typed there stands in it as an example, and is read whole.
        self.day.setFixedWidth(QFontMetrics(look.font()).horizontalAdvance(_EXAMPLE) + look.px(28))
        self.table.verticalHeader().setDefaultSectionSize(look.heights.row)
        # Nothing is scrolled sideways: the rule is told by the reason too and goes first, then the post.
        widths = [look.px(width) for width in _WIDTHS]
        lack = sum(widths) + look.px(_LEAST_WHY) - self.table.viewport().width()
        if lack > 0:
            lack -= widths[_RULE]
            widths[_RULE] = 0
        if lack > 0:
            widths[_POST] = widths[_POST] - lack if lack <= widths[_POST] // 2 else 0
        for at, width in enumerate(widths):
            self.table.setColumnHidden(at, not width)
            self.table.setColumnWidth(at, width)
