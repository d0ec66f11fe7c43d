"""Quiet reminders while the desk is open: a count in the tray, and a notice that tells numbers and never a name.

They live and die with the open desk: a locked window has neither count nor notice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from PySide6.QtCore import QObject, Qt, Signal

from paizhu.base import clock
from paizhu.base.rows import Change
from paizhu.services.deadlines import agenda
from paizhu.services.deadlines.agenda import Appointment
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.desk_view import DeskView
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.tabs import TABS
from paizhu.ui.tasks import Progress
from paizhu.ui.tray import Tray

SETTING = "reminders"
_KEPT = ("reminder", "day")
_TICK_MS = 60_000
_QUIET_MS = 2_000
_AHEAD = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines of the day are late and due today, and what has an hour today."""

    late: int = 0
    today: int = 0
    appointments: tuple[Appointment, ...] = ()

    @property
    def words(self) -> str:
        """The numbers in words; empty when there is nothing to remind of."""
        parts = [f"超期 {self.late:,} 件" if self.late else "", f"今天到期 {self.today:,} 件" if self.today else ""]
        return "，".join(part for part in parts if part)


def count(office: Office) -> Counts:
    """Count what the page of the day shows; what was put off is quiet here as well."""
    tasks, _quiet = office.snooze.parted(office.today.due())
    today = office.desk.today
    timed = tuple(each for each in agenda.week(office.desk) if each.day == today and each.at)
    late = sum(task.overdue for task in tasks)
    return Counts(late, sum(task.due_today for task in tasks), timed)


class Reminders(QObject):
    """Looks when the desk opens, when something was written, and every minute at the clock."""

    day_turned = Signal()
    """It is another day than a minute ago; pages read again, and recurring matters make their next."""
    unseen = Signal(str)
    """A notice for a machine without a tray."""
    front_asked = Signal()

    def __init__(self, context: Context, parent: QObject, tray: Tray | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._office = context.office
        self.tray = tray or Tray(self)
        self.tray.activated.connect(self.front_asked)
        self.counts = Counts()
        self._day = clock.today()
        self._known = False
        self._told: set[tuple[str, int]] = set()
        self._looking = False
        self._tick = DeskTimer(self, _TICK_MS)
        self._tick.timeout.connect(self.tick)
        self._quiet = DeskTimer(self, _QUIET_MS, single=True)
        self._quiet.timeout.connect(self.look)
        context.events.changed.connect(self._changed)
        context.events.settings_changed.connect(self._take_setting)

    @property
    def wanted(self) -> bool:
        """Tell whether the officer wants to be reminded."""
        return str(self._office.desk.setting(SETTING)) == "on"

    def start(self) -> None:
        """Begin; to be called once the desk stands."""
        self._tick.start()
        self.look()

    def stop(self) -> None:
        """Be silent at once: the desk is about to be locked."""
        self._tick.stop()
        self._quiet.stop()
        self.tray.hide()

    def tick(self) -> None:
        """Notice a new day, and what begins within half an hour."""
        if clock.today() != self._day:
            self._day = clock.today()
            self._told.clear()
            self.day_turned.emit()
            self.look()
        elif self.wanted:
            self._tell_of_appointments()

    def look(self) -> None:
        """Count again, away from the window; while other work runs, a little later."""
        if not self.wanted or self._looking:
            return
        if self._context.tasks.busy:
            self._quiet.start()
            return
        self._looking = True
        office = self._office

        def work(_progress: Progress) -> Counts:
            return count(office)

        self._context.tasks.run(work, self.take, lambda _error: self._forget(), aside=True)

    def take(self, counts: Counts) -> None:
        """Show the count; tell of it on the first look of a day, and when more is due than before."""
        self._looking = False
        if self._office.vault.closed or not self.wanted:
            return
        before, self.counts = self.counts, counts
        self.tray.show_counts(counts.late, counts.today)
        day = clock.today().isoformat()
        morning = self._office.vault.kept(*_KEPT) != day
        more = (
            self._known
            and (counts.late, counts.today) != (before.late, before.today)
            and (counts.late + counts.today > before.late + before.today)
        )
        self._known = True
        if counts.words and (morning or more):
            self._tell(counts.words)
        if morning:
            self._office.vault.keep(*_KEPT, day)
        self._tell_of_appointments()

    # --- the machine -----------------------------------------------------------------------------------------

    def _tell_of_appointments(self) -> None:
        now = clock.now()
        near = []
        for each in self.counts.appointments:
            begins = datetime.combine(each.day, time.fromisoformat(each.at))
            key = (each.register, each.id)
            if key not in self._told and now <= begins <= now + _AHEAD:
                self._told.add(key)
                near.append(each)
        meetings = sum(each.is_meeting for each in near)
        parts = [
            f"会议 {meetings} 次" if meetings else "",
            f"谈话 {len(near) - meetings} 次" if len(near) > meetings else "",
        ]
        if near:
            self._tell(f"半小时内开始：{'、'.join(part for part in parts if part)}")

    def _tell(self, words: str) -> None:
        if not self.tray.tell(words):
            self.unseen.emit(words)

    def _forget(self) -> None:
        self._looking = False

    def _changed(self, _change: Change) -> None:
        if self._tick.isActive():
            self._quiet.start()

    def _take_setting(self, name: str) -> None:
        if name == SETTING and not self.wanted:
            self._known = False
            self.tray.hide()
        elif self._tick.isActive():
            self._quiet.start()


def reminders_of(desk: DeskView) -> Reminders:
    """Return the reminders of an open desk: what they notice goes to its pages, a click comes to its first page."""
    made = Reminders(desk.context, desk)

    def turn() -> None:
        desk.context.events.settings_changed.emit("day")
        desk.upkeep.roll()

    def come_forward() -> None:
        window = desk.window()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        desk.show_tab(TABS[0].key)

    def show(words: str) -> None:
        # The page of the day says the same in its headline.
        if desk.pages.current_key != TABS[0].key:
            desk.strips.put("reminder", words, offers=[Offer("today", "看要办的事", Look.LINK)], closable=True)

    def seen(key: str) -> None:
        if key == TABS[0].key:
            desk.strips.take("reminder")

    desk.pages.shown.connect(seen)
    made.day_turned.connect(turn)
    made.unseen.connect(show)
    made.front_asked.connect(come_forward)
    return made
