"""班子成员覆盖: who of the leading team has been talked to this year, above the list of talks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.dates import short_day
from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Change
from paizhu.base.view import Condition, Test
from paizhu.services.talks.loose import lacking_page, loose_ids
from paizhu.services.talks.plan import YEARLY, Member, Proposal, TalkPlan
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.pressable import Pressable
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.overviews.list_head import ListHead
from paizhu.ui.rereading import Rereading
from paizhu.ui.theme import Text
from paizhu.ui.turns import next_turn
from paizhu.ui.when_seen import WhenSeen
from paizhu.ui.write_many import write_many

PLAN_PAGE, MATRIX_PAGE = "talk_plan", "talk_matrix"
LOOSE, PAGE = "loose", "page"
_REGISTERS = frozenset({"integrity_talk", "person"})
_LEAST, _LEAST_IN_ONE_ROW, _MOST_ROWS, _MOST_DOTS, _LIST_ROWS = 142, 130, 2, 8, 5
_TALL = 10_000
"""Until the list says how high it is, nothing gives way."""


class Dots(QWidget):
    """One dot for each talk the rule asks for: full when it was held."""

    def __init__(self, held: int, wanted: int) -> None:
        super().__init__()
        self._held, self._wanted = min(held, wanted), min(wanted, _MOST_DOTS)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.current().follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the room of the dots."""
        look = theme.current()
        return QSize(self._wanted * look.px(15), look.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them in the present colours."""
        look = theme.current()
        side = look.px(10)
        with QPainter(self) as painter:
            for at in range(self._wanted):
                place = QRectF(at * look.px(15) + look.px(3), (self.height() - side) / 2, side, side)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(look.colour("slate"), look.px(10) * 0.15))
                painter.setBrush(look.colour("slate") if at < self._held else Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place.adjusted(1, 1, -1, -1))


class MemberCell(Pressable):
    """One member: name, post, dots, and in words how many are held and when the next one is."""

    def __init__(self, member: Member, today: date, ahead: date) -> None:
        super().__init__()
        self.member = member
        self.pressed.connect(self.offer)
        self.menu_of: Callable[[], QMenu] = partial(QMenu, self)
        done = f"还差 {member.lacking} 次" if member.lacking else f"已满 {len(member.held)} 次"
        next_words, mark = _next(member, today, ahead)
        self.setAccessibleName("，".join(filter(None, (member.name, member.post, done, next_words, member.doubt))))
        lines = (f"{member.name} {member.post}", f"{done}，{next_words}", member.doubt)
        self.setToolTip("\n".join((*filter(None, lines), "回车或点击：看谈话、安排谈话、看档案")))
        if member.doubtful:
            mark = Mark(Shape.TRIANGLE, f"{len(member.doubtful)} 次未指明", Tone.AMBER)
        above, below = QHBoxLayout(), QHBoxLayout()
        above.setSpacing(6)
        called = Label(member.name, bold=True)
        called.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        above.addWidget(called)
        above.addWidget(ElidedLabel(_short_post(member.post), Text.SECONDARY, "ink2"))
        above.addStretch(1)
        above.addWidget(Dots(len(member.held), member.wanted))
        below.setSpacing(4)
        below.addWidget(Label(done, Text.SECONDARY, "ink" if member.lacking else "ink2", bold=bool(member.lacking)))
        below.addStretch(1)
        below.addWidget(MarkLabel(mark, Text.SECONDARY) if mark else Label(next_words, Text.SECONDARY, "ink2"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(1)
        column.addLayout(above)
        column.addLayout(below)

    def offer(self) -> None:
        """Show the menu below the cell."""
        self.menu_of().popup(self.mapToGlobal(QPoint(0, self.height())))


class CoverageStrip(ListHead):
    """The members side by side, as many as there is room for; who lacks a talk stands before who does not."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setProperty("ground", "surface2")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("班子成员覆盖")
        self._plan = TalkPlan(context.office.desk)
        self._creating = False
        self._reading = Rereading(context.tasks, self._plan.team, self._take)
        self.members: list[Member] = []
        self.cells: list[MemberCell] = []
        self._shown = (0, 0)
        self._needs, self._measured = 0, (0.0, 0)
        self._counted: tuple[date, date, list[Member]] | None = None
        self._height = _TALL
        self.rule_words = ElidedLabel("", Text.SECONDARY, "ink2")
        self.arrange = Button("安排未满的谈话", Look.LINK, size=Size.SMALL)
        self.arrange.clicked.connect(self.arrange_missing)
        self.plan_link = Button("谈话计划", Look.LINK, size=Size.SMALL)
        self.plan_link.clicked.connect(lambda: self.page_asked.emit(PLAN_PAGE))
        self.matrix_link = Button("覆盖表", Look.LINK, size=Size.SMALL)
        self.matrix_link.clicked.connect(lambda: self.page_asked.emit(MATRIX_PAGE))
        head = QHBoxLayout()
        head.setContentsMargins(10, 4, 10, 4)
        head.setSpacing(10)
        head.addWidget(Label("班子成员覆盖", Text.SECTION))
        head.addWidget(self.rule_words, 1)
        head.addStretch(0)
        for button in (self.matrix_link, self.plan_link, self.arrange):
            head.addWidget(button)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        holder = QFrame()
        holder.setProperty("ground", "surface")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        holder.setLayout(self._grid)
        self._holder = holder
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(holder)
        column.addWidget(line())
        self._seen = WhenSeen(self, self.read, apart=True)
        context.events.changed.connect(self._changed)
        context.events.settings_changed.connect(self._seen.ask)
        theme.current().follow(self, self._place)
        self.read()

    # --- showing ---------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Count again, away from the window; what stands there stays until then."""
        if not self.context.office.vault.closed:
            self._reading.ask()

    def _take(self, team: list[Member]) -> None:
        # The members are made anew, which takes a turn of its own beside whatever else is read after an act.
        next_turn(self, partial(self._show, team))

    def _show(self, team: list[Member]) -> None:
        """Show who is covered; without a team in the roster the strip says how to mark one."""
        if self.context.office.vault.closed:
            return
        self.members = sorted(team, key=lambda member: not member.lacking) if _too_many(team) else team
        rule = self._plan.rules.plan(YEARLY)
        full = sum(not member.lacking for member in team)
        words = f"{rule.sentence.removeprefix('每名班子成员')}，已满 {full} / {len(team)} 人"
        self.rule_words.set_words(words if team else "名册里还没有标出班子成员，到“监督对象”里勾选")
        self.rule_words.setToolTip(f"{rule.sentence}\n依据：{rule.source}\n在“谈话规则”里设定")
        self.arrange.setVisible(any(member.unplanned for member in team))
        self.context.tasks.run(lambda _progress: self._plan.proposals(), self._tell_proposed, aside=True)
        counted = (*self._days(), self.members)
        # Most acts change nothing of it, and a dozen cells made anew are felt.
        if counted != self._counted:
            self._counted = counted
            self._place(anew=True)

    def _tell_proposed(self, proposals: Sequence[Proposal]) -> None:
        """Say beside the plan how many talks a new post or a holiday near by asks for; hovering tells which."""
        near = [each for each in proposals if each.rule != YEARLY and each.ticked]
        self.plan_link.setText(f"谈话计划（{len(near)}）" if near else "谈话计划")
        groups = Counter(each.group for each in near)
        told = [f"{group}：{count} 人，{_first_day(near, group)}" for group, count in groups.items()]
        self.plan_link.setToolTip("\n".join(told) or "每年谈话、任新职谈话、节前提醒的建议日期")
        self.plan_link.setAccessibleDescription("，".join(told))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place as many side by side as there is room for."""
        super().resizeEvent(event)
        self._place()

    def give_way(self, height: int) -> None:
        """Fold the members away where they would leave the list hardly a row; the line above tells how many lack."""
        self._height = height
        columns = max(self._shown[0], 1)
        rows = -(-len(self.cells) // columns)
        needed = rows * self.cells[0].sizeHint().height() if rows else 0
        is_low = height - needed < _LIST_ROWS * theme.current().heights.row
        self._holder.setVisible(bool(self.members) and not is_low)

    def chips(self) -> Sequence[tuple[str, str, tuple[Condition, ...]]]:
        """Return the chips 缺签字页 and 一谈了之: talks without a follow-up, or with a promise overdue."""
        desk = self.context.office.desk
        ids = tuple(sorted(loose_ids(desk)))
        loose = [(LOOSE, "一谈了之", (Condition("id", Test.ONE_OF, ids),))] if ids else []
        return [(PAGE, "缺签字页", lacking_page(desk)), *loose]

    # --- acting ----------------------------------------------------------------------------------------------

    def arrange_missing(self) -> None:
        """Plan every talk that the yearly rule still asks for, in one act."""
        self._create(lambda progress: self._plan.create(self._plan.missing(), progress=progress), len(self.members))

    def plan_one(self, member: Member) -> None:
        """Plan one talk with a member."""
        self._create(lambda _progress: self._plan.create([self._plan.for_person(member.person.id)]), 1)

    def menu_for(self, member: Member) -> QMenu:
        """Return what can be done about one member."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked = self.context.events.asked_for
        today = self.context.office.desk.today
        for talk in (*member.planned, *reversed(member.held)):
            words = f"打开 {short_day(talk.day, today).split()[0]} {'已谈' if talk.held else '已排'}的谈话"
            menu.addAction(words).triggered.connect(partial(self._open, "integrity_talk", talk.id))
        for talk in member.doubtful:
            words = f"打开 {short_day(talk.day, today).split()[0]} 的谈话，有同名的，未指明是哪一位"
            menu.addAction(words).triggered.connect(partial(self._open, "integrity_talk", talk.id))
        menu.addAction("安排一次谈话").triggered.connect(lambda: self.plan_one(member))
        menu.addAction("看廉政档案").triggered.connect(lambda: asked.emit("person", member.person.id))
        return menu

    # --- the machine -----------------------------------------------------------------------------------------

    def _open(self, register: str, record_id: int, _checked: bool = False) -> None:
        self.context.events.asked_for.emit(register, record_id)

    def _create(self, write: Callable[[Progress], Change], count: int) -> None:
        if self._creating:
            return
        self._creating = True

        def done(change: Change) -> None:
            self._creating = False
            made = len(change.records)
            self.context.events.changed.emit(change)
            self.context.events.said.emit(f"已安排 {made} 次谈话，日期都在工作日，可以逐条改。", change.entry)

        def failed(error: Exception) -> None:
            self._creating = False
            if isinstance(error, PaizhuError):
                messages.tell(self, error)

        write_many(self.context, write, done, failed, count=count, words="安排未满的谈话")

    def _changed(self, change: Change) -> None:
        if _REGISTERS & change.registers:
            self._seen.ask()

    def _place(self, *, anew: bool = False) -> None:
        # A change of theme or width may come between the lock and the end of the page.
        if self.context.office.vault.closed:
            return
        look = theme.current()
        today, ahead = self._days()
        least, tight = look.px(_LEAST), look.px(_LEAST_IN_ONE_ROW)
        # Of hundreds only those are made that there may be room for.
        seen = self.members[: self._columns(least, tight) * _MOST_ROWS]
        made: list[MemberCell] = []
        if anew or self._measured != (look.points, len(seen)):
            made = [MemberCell(each, today, ahead) for each in seen]
            self._measured = (look.points, len(seen))
            self._needs = max(map(_needed, made), default=0)
        columns = self._columns(max(least, self._needs), max(tight, self._needs))
        shown = (columns, len(self.members))
        if shown == self._shown and not anew:
            _throw_away(made)
            return
        self._shown = shown
        empty(self._grid)
        room = columns * _MOST_ROWS
        kept = self.members[:room] if len(self.members) <= room else self.members[: room - 1]
        made = made or [MemberCell(each, today, ahead) for each in kept]
        _throw_away(made[len(kept) :])
        self.cells = made[: len(kept)]
        for at, cell in enumerate(self.cells):
            cell.menu_of = partial(self.menu_for, cell.member)
            self._put(cell, at, columns)
        if rest := len(self.members) - len(kept):
            more = Button(f"其余 {rest} 人", Look.LINK, size=Size.SMALL)
            more.clicked.connect(lambda: self.page_asked.emit(MATRIX_PAGE))
            self._put(more, len(kept), columns)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if not column % 2 and column < 2 * columns else 0)
        self.give_way(self._height)

    def _days(self) -> tuple[date, date]:
        """Return today, and the last day that is soon."""
        desk = self.context.office.desk
        return desk.today, desk.calendar.add_working_days(desk.today, int(desk.setting("soon_days")))

    def _columns(self, least: int, tight: int) -> int:
        """Return how many stand side by side: everybody in one row if that can be, else rows of even length."""
        members = max(len(self.members), 1)
        if self.width() >= members * tight:
            return members
        columns = max(1, self.width() // least)
        rows = -(-members // columns)
        return -(-members // rows) if rows <= _MOST_ROWS else columns

    def _put(self, widget: QWidget, at: int, columns: int) -> None:
        row, column = divmod(at, columns)
        self._grid.addWidget(widget, row, 2 * column)
        if column + 1 < columns:
            self._grid.addWidget(line(upright=True), row, 2 * column + 1)


def _needed(cell: MemberCell) -> int:
    """Return the width below which something of a cell would be cut."""
    for part in cell.findChildren(QWidget):
        part.ensurePolished()
    return cell.minimumSizeHint().width()


def _throw_away(cells: Sequence[MemberCell]) -> None:
    for cell in cells:
        cell.deleteLater()


def _first_day(proposals: Sequence[Proposal], group: str) -> str:
    return min(each.day for each in proposals if each.group == group).isoformat()


def _too_many(team: Sequence[Member]) -> bool:
    return len(team) > _MOST_ROWS * 6  # more than fit a wide window: those who lack a talk come first


def _short_post(post: str) -> str:
    """Return the post without the party office that stands before it: 党组成员、副局长 is said 副局长."""
    return post.rpartition("、")[2]


def _next(member: Member, today: date, ahead: date) -> tuple[str, Mark | None]:
    """Return in words when the next talk is, or the last one was; marked when it is near or past."""
    coming = member.planned[0].day if member.planned else None
    if member.lacking and coming:
        day = short_day(coming, today).split()[0]
        if coming <= ahead:
            return f"已排 {day}", Mark(Shape.TRIANGLE, day, Tone.AMBER)
        return f"已排 {day}", None
    if member.lacking:
        return "未排期", None
    last = member.held[-1].day if member.held else None
    return (f"最近 {short_day(last, today).split()[0]}" if last else "不要求"), None
