"""案件概览: the whole matter on one pane, from the letter to the end of the period, whichever record is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, PaizhuError, StepRefusedError
from paizhu.base.rows import Change, Ref, Row
from paizhu.registers.course import stretch
from paizhu.services.correcting import Correcting
from paizhu.services.deadlines.extensions import Extensions, RunningClock
from paizhu.services.kinship import Recusals
from paizhu.services.matters import classifying
from paizhu.services.matters.course import Course, Matter
from paizhu.services.matters.course_clocks import Clock
from paizhu.services.matters.course_papers import CASE_FILE
from paizhu.services.matters.course_people import room_for, room_for_informants
from paizhu.services.matters.handing_on import HandingOn, Offer
from paizhu.services.matters.repeats import Alike
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.button import Offer as StripOffer
from paizhu.ui.kit.card import line
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.overviews.course_clocks import ClockGrid, shown
from paizhu.ui.overviews.course_facts import Facts
from paizhu.ui.overviews.course_file import Papers
from paizhu.ui.overviews.course_head import CourseHead
from paizhu.ui.overviews.course_informant import WhoReported
from paizhu.ui.overviews.course_people import PeopleTable
from paizhu.ui.overviews.course_timeline import Timeline
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.theme import Text
from paizhu.ui.turns import Pieces

_PETITION = registers.register("petition")
_TWO_COLUMNS = 760
_CARRIED, _JOINED = "其余内容从本件带过去，不用再录。", "各信访件保留原来的登记和编号，随线索一并办理。"
_APART = "新线索单独成卷：本件的信访件、被反映人和反映的问题都不带过去，本件只记新线索的编号。"


class CourseOverview(Overview):
    """The overview of a petition, lead, case or measure; who reported is shown for a minute and covered by itself."""

    shows_course = True

    def __init__(self, context: Context, register: str) -> None:
        super().__init__(context)
        self.label = f"{stretch(register).short}概览"
        self.register = registers.register(register)
        self._course = Course(context.office.desk)
        self._handing = HandingOn(context.office.desk)
        self._correcting = Correcting(context.office.desk)
        self.matter: Matter | None = None
        self._wide: bool | None = None
        self.head = CourseHead()
        self.strip = Strip(closable=True)
        self.strip.hide()
        self.ask = AskStrip()
        self.clocks = ClockGrid()
        self._clock_head, self._clock_note = QWidget(), Label("", Text.SECONDARY, "ink3", wraps=True)
        self.people = PeopleTable()
        self.add_person = Button("添加", Look.LINK, size=Size.SMALL)
        self.add_person.setAccessibleName("添加涉案人员")
        self.add_person.clicked.connect(lambda: self.field_asked.emit(room_for(self.register)))
        self.informant = WhoReported(context, self)
        self.facts, self.papers, self.timeline = Facts(), Papers(), Timeline()
        self._lay_out()
        self.head.part_asked.connect(context.events.asked_for)
        self.head.offer_asked.connect(self._offered)
        self.head.alike_asked.connect(self._alike_asked)
        self.strip.acted.connect(self.field_asked)
        self.clocks.pressed.connect(self._clock_pressed)
        self.clocks.extend_asked.connect(self._ask_extension)
        self.people.dossier_asked.connect(lambda record_id: context.events.asked_for.emit("person", record_id))
        self.people.reveal_asked.connect(self.informant.ask_reveal)
        self.people.recusal_asked.connect(self.informant.ask_recusal)
        self.people.writing_asked.connect(lambda: self.field_asked.emit(room_for_informants(self.register)))
        self.informant.opened.connect(self._bring)
        self.informant.compared.connect(self._compared)
        self.facts.edit_asked.connect(self.field_asked)
        self.papers.paper_asked.connect(context.events.paper_asked)
        self.papers.file_asked.connect(self._ask_file)

    def showing(self, row: Row) -> Pieces:
        """Show the matter of a record as it is stored."""
        before = self.matter.here if self.matter else None
        if before is None or before.key != (row.register, row.id):
            self.cover()
            self.ask.leave()
        if before is None or (before.key, before.row.state) != ((row.register, row.id), row.state):
            # What stood against a step is of no concern any more once another was taken.
            self.strip.hide()
        matter = self.matter = self._course.of(row.register, row.id)
        repeats: list[Alike] = []
        if self._handing.compares(row) and not row.values.get("is_repeat"):
            repeats = self._handing.alike(row.values, row.id)
        offers = [*classifying.offers(self.context.office.desk, self.register, row)]
        offers += self._handing.offers(self.register, row)
        self.head.show_matter(matter, [each for each in offers if not each.steps], repeats)
        found, more = shown(matter.clocks)
        self.clocks.show_clocks(found)
        self._clock_note.setText(
            f"按时限规则表计算，停留或按 F1 看依据{f'；另有 {more} 项已办结，见时间线' if more else ''}"
        )
        for part in (self._clock_head, self.clocks):
            part.setVisible(bool(found))
        yield
        can_write = bool(room_for_informants(self.register)) and not row.voided
        self.people.show_people(matter.people, matter.informants, can_write=can_write)
        # What may no more be written in the form is not offered here; what stands empty there may be filled in.
        writes = not row.voided and (row.missing > 0 or not self._correcting.settled(self.register, row))
        self.add_person.setVisible(bool(room_for(self.register)) and writes)
        yield
        self.facts.show_matter(matter, can_write=writes)
        self.papers.show_papers(matter.papers)
        yield
        self.timeline.show_moments(matter.timeline, self.context.office.desk.today.year)

    def cover(self) -> None:
        """Take away at once what was revealed, and the line that asks for the password."""
        self.informant.cover()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cover what was revealed when another pane, page or the lock takes this one's place."""
        super().hideEvent(event)
        self.cover()

    def event(self, event: QEvent) -> bool:
        """Pass on that something inside needs another height."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            # What stands inside knows its height only after it was set to its width; the pane must then ask again.
            self.updateGeometry()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the time line beside the rest, or below it where there is no room."""
        super().resizeEvent(event)
        self._place()
        self.head.fit(self.width())

    def _ask_file(self) -> None:
        if self.matter:
            self.context.events.paper_asked.emit(*self.matter.here.key, CASE_FILE)

    def offers(self) -> Sequence[StripOffer]:
        """Return the hand-over that takes the step of the course along, for the red button."""
        return self.onward(self.matter.here.row) if self.matter else ()

    def onward(self, row: Row) -> Sequence[StripOffer]:
        """Return the same wherever one stands: the bare step would ask for a number nobody has yet."""
        return [
            StripOffer(each.key, f"{each.words}{'…' if each.asks else ''}", shortcut="Ctrl+Enter")
            for each in self._handing.offers(self.register, row)
            if each.steps
        ]

    def act(self, key: str) -> None:
        """Make the hand-over of the red button."""
        for each in self._handing.offers(self.register, self.matter.here.row) if self.matter else ():
            if each.key == key:
                self._offered(each)

    # --- hand-overs ------------------------------------------------------------------------------------------

    def _offered(self, offer: Offer) -> None:
        if not offer.asks:
            self._hand_on(offer, [])
            return
        lines = []
        for label, words in offer.asks:
            edit = QLineEdit(words)
            lines.append((label, edit))
        note = {"join": _JOINED, "accuser": _APART, classifying.KEY: classifying.RULE}.get(offer.key, _CARRIED)
        self.ask.ask(offer.words, note, offer.words, list(lines), partial(self._hand_on, offer))
        self._bring(self.ask)

    def _hand_on(self, offer: Offer, given: Sequence[object]) -> None:
        if self.matter is None:
            return
        record_id = self.matter.here.row.id
        words = str(given[0]) if given else ""

        ways: Mapping[str, Callable[[], Change]] = {
            "lead": lambda: self._handing.lead_from_petition(record_id),
            "case": lambda: self._handing.case_from_lead(record_id, words),
            "join": lambda: self._handing.join_by_number(record_id, words),
            "into_period": lambda: self._handing.into_period(record_id),
            "period": lambda: self._handing.period_from_measures(record_id),
            "measure": lambda: self._handing.measures_from_case(record_id, words),
            classifying.KEY: lambda: self.context.office.records.save(
                self.register, {classifying.FORM: words}, record_id
            ),
            "replace": lambda: self._handing.replaced_measures(record_id, *map(str, given)),
            "accuser": lambda: self._handing.accuser_lead(record_id, *map(str, given)),
        }
        self._do(ways[offer.key], f"已{offer.words}", go=not offer.stays)

    def _alike_asked(self, key: str, found: Alike) -> None:
        if self.matter is None:
            return
        row = self.matter.here.row
        if key == "open":
            self.context.events.asked_for.emit(found.register, found.id)
        elif key == "join":
            self._do(lambda: self._handing.join_petitions(found.id, [row.id]), "已并入线索")
        else:
            first = {"is_repeat": "是", "first_ref": Ref(found.no, found.register, found.id)}
            save = partial(self.context.office.records.save, _PETITION, first, row.id, row.version)
            self._do(save, f"已登记首件编号 {found.no}")

    def _do(self, write: Callable[[], Change], words: str, *, go: bool = True) -> None:
        """Write, show what was made, and say it; a refusal stands in a strip with the way to what is missing."""
        try:
            change = write()
        except PaizhuError as error:
            self._refused(error)
            return
        self.ask.done()
        self.strip.hide()
        register, record_id = change.records[0]
        source = self.matter.here.key if self.matter else None
        self.context.events.changed.emit(change)
        if not go and self.matter is not None:
            here = self.matter.here.key
            self.show_record(self.context.office.records.get(registers.register(here[0]), here[1]))
        if go and source != (register, record_id):
            if source:
                self.context.events.made_of.emit((register, record_id), source)
            self.context.events.asked_for.emit(register, record_id)
        self.context.events.said.emit(words, change.entry)

    def _refused(self, error: PaizhuError) -> None:
        if not self.ask.isHidden():
            self.ask.say(str(error))
            return
        problems = error.problems if isinstance(error, InvalidRecordError | StepRefusedError) else ()
        name = next((each.field for each in problems if each.field and self.register.has(each.field)), "")
        offers = [StripOffer(name, "去填写", Look.LINK)] if name else []
        self.strip.show_words(error.happened.rstrip("。"), messages.joined([error.kept]), Level.AMBER, offers)
        self.strip.show()

    def _clock_pressed(self, clock: Clock) -> None:
        if self.matter is None:
            return
        if clock.part != self.matter.here.key:
            self.context.events.begin_asked.emit(*clock.part, clock.action if clock.running else "", 0)
        elif self.register.has(clock.action) or any(child.key == clock.action for child in self.register.rows):
            self.field_asked.emit(clock.action)
        elif clock.running:
            self.step_asked.emit(clock.action)

    def _ask_extension(self, clock: Clock) -> None:
        """Ask for the approval of a longer span; the clock's own record keeps it."""
        if clock.due is None:
            return
        note = f"现在到 {clock.due.isoformat()}。{clock.extends}。原期限保留在统计里。"
        labels = ("延长理由", "延至", "批准人", "批准文号", "批准日期（空着就是今天）")
        lines = [(label, None) for label in labels]
        self.ask.ask(f"延长时限：{clock.what}", note, "登记延期", lines, partial(self._extend, clock, clock.due))
        self._bring(self.ask)

    def _extend(self, clock: Clock, old: date, given: Sequence[object]) -> None:
        names = ("reason", "new_due", "approver", "document", "approved_at")
        typed = dict(zip(names, map(str, given), strict=True))
        register = registers.register(clock.part[0])
        extensions = Extensions(self.context.office.desk, self.context.office.today)
        self._do(
            lambda: extensions.grant_typed(RunningClock(register, clock.part[1], clock.what, old), typed),
            "已登记延期",
            go=False,
        )

    # --- who reported ----------------------------------------------------------------------------------------

    def _compared(self, found: Recusals) -> None:
        level = Level.AMBER if found.names else Level.PLAIN
        self.strip.show_words("有人应当回避" if found.names else "没有应当回避的情形", found.words, level)
        self.strip.show()
        self._bring(self.strip)

    def _bring(self, widget: QWidget) -> None:
        """Scroll the pane so that a strip that opened below its edge is seen, once its place is known."""
        pane = self.parentWidget()
        while pane and not isinstance(pane, QScrollArea):
            pane = pane.parentWidget()
        if isinstance(pane, QScrollArea):
            QTimer.singleShot(0, widget, partial(pane.ensureWidgetVisible, widget, 0, theme.current().px(24)))

    # --- the machine -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._clock_head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(Label("法定时限", Text.SECTION))
        row.addWidget(self._clock_note, 1)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        people = QHBoxLayout()
        people.addWidget(Label("涉案人员", Text.SECTION))
        people.addStretch(1)
        people.addWidget(self.add_person)
        left.addLayout(people)
        for part in (self.people, self.informant.ask, self.informant.box):
            left.addWidget(part)
        left.addSpacing(6)
        left.addWidget(self.facts)
        left.addSpacing(6)
        left.addWidget(self.papers)
        left.addStretch(1)
        self._bar = line(upright=True)
        self._body = QGridLayout()
        self._body.setHorizontalSpacing(16)
        self._body.setVerticalSpacing(16)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head.course)
        column = self._column = QVBoxLayout()
        whole.addLayout(column, 1)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(10)
        for widget in (self.head, self.strip, self.ask, self._clock_head, self.clocks):
            column.addWidget(widget)
        column.addLayout(self._body)
        column.addStretch(1)
        self._place()

    def _place(self) -> None:
        wide = self.width() >= theme.current().px(_TWO_COLUMNS)
        if wide is self._wide:
            return
        self._wide = wide
        for part in (self._left, self._bar, self.timeline):
            self._body.removeWidget(part)
        self._bar.setVisible(wide)
        self._body.addWidget(self._left, 0, 0)
        if wide:
            self._body.addWidget(self._bar, 0, 1)
            self._body.addWidget(self.timeline, 0, 2)
        else:
            self._body.addWidget(self.timeline, 1, 0)
        for at, share in enumerate((3, 0, 2) if wide else (1, 0, 0)):
            self._body.setColumnStretch(at, share)
