"""Beside the day's lines: this week's meetings and talks, and how much of the year is covered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paizhu.rules import periods
from paizhu.services.deadlines.agenda import Appointment, Week
from paizhu.services.duties.coverage import Cover
from paizhu.services.forms.schedule import Plan
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import Card, line
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.gauge import Gauge
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.pressable import Pressable
from paizhu.ui.kit.roles import Mark, Progress, Tone
from paizhu.ui.theme import Text

_DAYS = "一二三四五六日"
_MOST_NAMED = 20
_MOST = 15


class AppointmentRow(Pressable):
    """One meeting or talk, opened by pressing it."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__()
        self.appointment = appointment
        day = f"周{_DAYS[appointment.day.weekday()]}"
        stands = [appointment.stands] if appointment.stands else []
        hints = f"提示 {appointment.hints} 条" if appointment.hints else ""
        said = [day, appointment.at, appointment.title, appointment.below, *stands, hints]
        self.setAccessibleName("，".join(words for words in said if words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._day = Label(day, bold=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 7, 12, 7)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._day, 0, 0)
        grid.addWidget(Label(appointment.at or f"{appointment.day:%m-%d}", Text.SECONDARY, "ink2"), 1, 0)
        title = ElidedLabel(appointment.title)
        title.setProperty("bold", True)
        below = ElidedLabel(appointment.below, Text.SECONDARY, "ink2")
        for at, words in enumerate((title, below)):
            words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            grid.addWidget(words, at, 1, 1, 2 if at and not hints else 1)
        right = Qt.AlignmentFlag.AlignRight
        if appointment.stands:
            done = not appointment.open_parts
            mark = Mark(Shape.TICK, appointment.stands, Tone.DONE) if done else Mark(Shape.CIRCLE, appointment.stands)
            grid.addWidget(MarkLabel(mark, Text.SECONDARY), 0, 2, right)
        if hints:
            grid.addWidget(MarkLabel(Mark(Shape.TRIANGLE, hints, Tone.AMBER), Text.SECONDARY), 1, 2, right)
        theme.current().follow(self, self._measure)
        self._measure()

    def _measure(self) -> None:
        self._day.setMinimumWidth(theme.current().px(46))


def _due(plan: Plan, at: int) -> Appointment:
    below = f"{periods.label(plan.period)}，{plan.due:%m-%d} 前报出"
    return Appointment("", at, plan.due, "", plan.name, below, plan.standing.short, 1)


class TodaySide(QScrollArea):
    """Three cards; `opened` gives register and record of what was pressed, `month_asked` wants the whole schedule.

    `forms_asked` wants the page where the commission's forms are filled.
    """

    opened = Signal(str, int)
    month_asked = Signal()
    forms_asked = Signal()
    listed = Signal(str, tuple, str)

    def __init__(self) -> None:
        super().__init__()
        self._whole = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.week = Card("本周会议与谈话", plain_head=True)
        self.week.fill()
        self.whole = Button("整周日程", Look.LINK, size=Size.SMALL)
        self.whole.clicked.connect(self.month_asked)
        self.week.set_corner(self.whole)
        self.forms = Card("要报的表", plain_head=True)
        self.forms.fill()
        self.year = Card("本年覆盖", "截至今天", plain_head=True)
        self.year.fill()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.week)
        column.addWidget(self.forms)
        column.addWidget(self.year)
        column.addStretch(1)
        self.setWidget(inside)
        self._gauges: dict[str, tuple[Gauge, Cover]] = {}

    def show_week(self, week: Week) -> None:
        """List the meetings and talks of the week one prepares for."""
        _clear(self.week)
        self.week.set_title(f"{week.words}会议与谈话")
        for appointment in week.appointments[:_MOST]:
            row = AppointmentRow(appointment)
            row.pressed.connect(partial(self.opened.emit, appointment.register, appointment.id))
            self.week.body.addWidget(line())
            self.week.body.addWidget(row)
        if (more := len(week.appointments) - _MOST) > 0:
            self.week.body.addWidget(line())
            note = Label(f"另有 {more:,} 场，在“整周日程”里。", ink="ink2", wraps=True)
            note.setContentsMargins(14, 10, 12, 12)
            self.week.body.addWidget(note)
        if not week.appointments:
            self.week.body.addWidget(line())
            note = Label(f"{week.words}没有会议和谈话。", ink="ink2", wraps=True)
            note.setContentsMargins(14, 10, 12, 12)
            self.week.body.addWidget(note)

    def show_forms(self, plans: Sequence[Plan]) -> None:
        """List the forms of the commission that are due; nothing stands there while none is."""
        _clear(self.forms)
        self.forms.setVisible(bool(plans))
        for at, plan in enumerate(plans):
            row = AppointmentRow(_due(plan, at))
            row.pressed.connect(self.forms_asked)
            self.forms.body.addWidget(line())
            self.forms.body.addWidget(row)

    def show_year(self, covers: Sequence[Cover]) -> None:
        """Show what is covered; the focus stays on the line it stood on."""
        held = next((key for key, (gauge, _cover) in self._gauges.items() if gauge.hasFocus()), "")
        _clear(self.year)
        self._gauges = {}
        for cover in covers:
            gauge = Gauge(cover.label, Progress(cover.done, cover.total), cover.words)
            gauge.pressed.connect(partial(self.name_missing, cover.key))
            self.year.body.addWidget(line())
            self.year.body.addLayout(_inset(gauge))
            self._gauges[cover.key] = (gauge, cover)
        if held in self._gauges:
            self._gauges[held][0].setFocus()
        self.year.setVisible(bool(covers))

    def gauge(self, key: str) -> Gauge:
        """Return one line of the year; KeyError when nothing is due in it."""
        return self._gauges[key][0]

    def missing_menu(self, key: str) -> QMenu:
        """Return a menu of who or what is missing in a line; each opens its record."""
        gauge, cover = self._gauges[key]
        menu = QMenu(gauge)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if cover.missing:
            words = f"在台账里列出这 {len(cover.missing)} 项"
            menu.addAction(words).triggered.connect(partial(self._list_missing, cover))
            menu.addSeparator()
        for missing in cover.missing[:_MOST_NAMED]:
            menu.addAction(missing.words).triggered.connect(partial(self._open_missing, missing.register, missing.id))
        if len(cover.missing) > _MOST_NAMED:
            menu.addAction(f"另有 {len(cover.missing) - _MOST_NAMED} 项，请到台账里看").setEnabled(False)
        if not cover.missing:
            menu.addAction("没有缺的").setEnabled(False)
        if cover.unclear:
            menu.addSeparator()
        for unclear in cover.unclear[:_MOST_NAMED]:
            menu.addAction(unclear.words).triggered.connect(partial(self._open_missing, unclear.register, unclear.id))
        return menu

    def name_missing(self, key: str) -> None:
        """Show who or what is missing under a line."""
        gauge = self.gauge(key)
        self.missing_menu(key).popup(gauge.mapToGlobal(QPoint(0, gauge.height())))

    def stand_whole(self, whole: bool) -> None:
        """Take the height of all cards where the page scrolls: two bars beside each other would move two things."""
        self._whole = whole
        bar = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if whole else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setVerticalScrollBarPolicy(bar)
        self.setMinimumHeight(self.widget().sizeHint().height() if whole else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the new height once new lines have theirs."""
        answer = super().eventFilter(watched, event)
        if self._whole and watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.stand_whole(True)
        return answer

    def sizeHint(self) -> QSize:
        """Return the width as drawn."""
        return QSize(theme.current().px(384), 400)

    def _list_missing(self, cover: Cover, _checked: bool = False) -> None:
        ids = tuple(missing.id for missing in cover.missing)
        self.listed.emit(cover.missing[0].register, ids, f"{cover.label}还缺的")

    def _open_missing(self, register: str, record_id: int, _checked: bool = False) -> None:
        self.opened.emit(register, record_id)


def _inset(gauge: Gauge) -> QVBoxLayout:
    """Return a line of the year with room around it; the hairline between two reaches the frame."""
    around = QVBoxLayout()
    around.setContentsMargins(12, 4, 12, 4)
    around.addWidget(gauge)
    return around


def _clear(card: Card) -> None:
    empty(card.body)
