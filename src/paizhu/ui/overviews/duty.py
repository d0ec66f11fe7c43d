"""责任清单, one item open: who and by when, every period at once, the one to report now, papers, and urgings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base import clock, values
from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.rows import Change, Ref, Row
from paizhu.registers.duty import DUTY
from paizhu.registers.duty_rows import URGING_WAYS
from paizhu.rules import limits
from paizhu.rules.duty_progress import Progress
from paizhu.services.duties import work as duty_work
from paizhu.services.duties.tree import Duties
from paizhu.services.duties.work import DutyWork
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.overviews.duty_papers import PapersPart
from paizhu.ui.overviews.duty_periods import PeriodStrip
from paizhu.ui.overviews.duty_report import ReportBox
from paizhu.ui.overviews.duty_urgings import UrgingsPart
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.words import standing_mark
from paizhu.ui.theme import Text
from paizhu.ui.turns import Pieces

SAVE, REMIND, URGE = "report", duty_work.REMINDER, duty_work.URGE
_PAPERS = {REMIND: "提醒函", URGE: "催办单", duty_work.REPORT: "报告代拟稿"}
_TOP = Qt.AlignmentFlag.AlignTop


class DutyOverview(Overview):
    """The first pane of an item; everything it stores is one act each."""

    label = "事项"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("责任事项")
        self._row: Row | None = None
        self._standing: Progress | None = None
        self._duties, self._work = Duties(context.office.desk), DutyWork(context.office.desk)
        self.strip = Strip(closable=True)
        self.strip.hide()
        self.ask = AskStrip()
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._facts.setHorizontalSpacing(12)
        self._facts.setVerticalSpacing(5)
        self.periods = PeriodStrip()
        self.periods.chosen.connect(self._choose)
        self.report = ReportBox(context.office.vault)
        self.papers = PapersPart()
        self.papers.add_asked.connect(self.add_asked)
        self.papers.open_asked.connect(self.open_file_asked)
        self.papers.acted.connect(self._act_on_paper)
        self.urgings = UrgingsPart()
        self.urgings.answer_asked.connect(self._ask_answer)
        self._lay_out()

    # --- showing ---------------------------------------------------------------------------------------------

    def showing(self, row: Row) -> Pieces:
        """Show an item as stored; what is being typed about a period stays until it is saved or left."""
        other = self._row is None or self._row.id != row.id
        self._row = row
        if other:
            self.strip.hide()
            self.ask.leave()
        standing = self._standing = self._duties.standing(row)
        at = self.report.at if not other else self._first(standing)
        self._show_facts(row, standing)
        self.periods.show_periods(standing, at, clock.today())
        self._periods_head.setVisible(standing.total > 1)
        self.periods.setVisible(standing.total > 1)
        self.report.show_period(row, standing, at, keep=not other, can_edit=not (row.voided or standing.ended))
        # Of what nobody was given yet there is nothing to report: first comes 分解下达.
        self.report.setVisible(_is_issued(row))
        yield
        files = self.context.office.records.attachments(DUTY, row.id)
        self.papers.show_papers(
            standing, files, can_add=not row.voided, reason=str(row.values.get("no_evidence") or "")
        )
        urged = self._work.urgings(row)
        self.urgings.show_urgings(urged.rows)
        if urged.wants_report and not standing.ended:
            self.strip.show_words(
                f"已督促 {urged.unanswered} 次没有答复",
                "可以向派出机关报告。",
                Level.AMBER,
                [Offer(duty_work.REPORT, "起草报告", Look.LINK)],
            )
            self.strip.show()

    def offers(self) -> tuple[Offer, ...]:
        """Return what the bar below offers: the report first, then the letter that fits."""
        standing = self._standing
        if standing is None or standing.ended or self._row is None or self._row.voided or not _is_issued(self._row):
            return ()
        late = standing.due is not None and standing.due < clock.today()
        letter = URGE if late else REMIND
        return (Offer(SAVE, "保存进展", shortcut="Ctrl+S"), Offer(letter, f"生成{_PAPERS[letter]}"))

    def act(self, key: str) -> None:
        """Do what the bar, a strip or a line of the papers asks for."""
        if key == SAVE:
            self.save()
        elif key in _PAPERS:
            self._ask_letter(key)

    def save(self) -> bool:
        """Store how far the chosen period has come."""
        row = self._row
        if row is None:
            return False
        period, completion, note = self.report.typed()
        change = self._do(lambda: self._work.report(row, period, completion, note))
        if change is None:
            return False
        self.report.settle()
        self._tell(change, f"已保存{period}进展" if self._standing and self._standing.total > 1 else "已保存进展")
        return True

    def keep_draft(self) -> None:
        """Keep what is typed: the desk is about to be locked, or another record shown."""
        self.report.keep()

    # --- the machine -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._periods_head = Label("分季进展", Text.SECTION)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addLayout(self._facts)
        column.addSpacing(6)
        column.addWidget(self._periods_head)
        column.addWidget(self.periods)
        for part in (self.report, self.papers, self.urgings):
            column.addSpacing(6)
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self.ask)
        whole.addWidget(inside)
        whole.addStretch(1)
        self.strip.acted.connect(self.act)

    def _show_facts(self, row: Row, standing: Progress) -> None:
        empty(self._facts)
        owner = "　".join(
            part
            for part in (
                " ".join(filter(None, (_label(row, "duty_dept"), _label(row, "owner")))) or _label(row, "subject"),
                f"牵头领导 {_label(row, 'lead_leader')}" if _label(row, "lead_leader") else "",
            )
            if part
        )
        at = 0
        for label, words in (
            ("责任人", owner),
            ("期限", ""),
            ("完成标准", str(row.values.get("standard") or "")),
            ("落实措施", str(row.values.get("measures") or "")),
            ("依据", str(row.values.get("basis") or "")),
        ):
            widget: QWidget
            if label == "期限":
                widget = self._deadline(row, standing)
            elif words:
                widget = Label(words, wraps=True)
            else:
                continue
            name = Label(label, ink="ink3")
            self._facts.addWidget(name, at, 0, _TOP)
            self._facts.addWidget(widget, at, 1)
            at += 1

    def _deadline(self, row: Row, standing: Progress) -> QWidget:
        if standing.ended:
            done = row.values.get("done_at")
            return Label(f"{values.show(DUTY.field('done_at'), done)} 办结" if done else "已办结", ink="ink2")
        if standing.due is None:
            return Label("长期" if row.values.get("frequency") == "ad_hoc" else "没有写明", ink="ink2")
        desk = self.context.office.desk
        found = limits.standing(standing.due, desk.today, desk.calendar, int(desk.setting("soon_days")))
        return MarkLabel(standing_mark(found))

    @staticmethod
    def _first(standing: Progress) -> int:
        """Return the period to work at: the current one, the last when all are done."""
        return standing.periods.index(standing.current) if standing.current else len(standing.periods) - 1

    def _choose(self, at: int) -> None:
        if self._row is not None and self._standing is not None:
            can_edit = not (self._row.voided or self._standing.ended)
            self.report.show_period(self._row, self._standing, at, keep=False, can_edit=can_edit)

    def _act_on_paper(self, key: str, slot: str) -> None:
        period = next((each for each in self._standing.periods if each.slot == slot), None) if self._standing else None
        if key == "reason" and period is not None:
            self.ask.ask(
                f"{period.name if self._standing and self._standing.total > 1 else '本事项'}不附佐证的理由",
                "写明以后不再算缺佐证，理由随记录留存。",
                "记下理由",
                [("理由", None)],
                lambda answers: self._store(
                    lambda row: self._work.waive(row, period.name, str(answers[0])), "已记下不附佐证的理由"
                ),
            )
        elif key in _PAPERS:
            self._ask_letter(key)

    def _ask_letter(self, key: str) -> None:
        row = self._row
        if row is None:
            return
        if key == duty_work.REPORT:
            self._show_paper(key)
            return
        whom = QLineEdit(self._work.whom(row))
        until = QLineEdit(self._work.reply_day().isoformat())
        way = DropDown()
        for choice in URGING_WAYS:
            way.addItem(choice.label, choice.code)
        way.setCurrentIndex(way.findData("letter"))

        def given(answers: Sequence[Any]) -> None:
            name, day = str(answers[0]), str(answers[2])
            stored = self._store(
                lambda now: self._work.urge(now, str(way.currentData()), name, day), f"已登记督促，{name}"
            )
            if stored:
                self._show_paper(key)

        self.ask.ask(
            f"生成{_PAPERS[key]}",
            "文书按现在的进展成稿；时间、方式、对象和答复期限记入督促记录，到期没有答复会列在“今日”。",
            f"生成{_PAPERS[key]}",
            [("督促谁", whom), ("方式", way), ("答复期限", until)],
            given,
        )

    def _ask_answer(self, urging: int) -> None:
        self.ask.ask(
            "登记答复",
            "",
            "记下答复",
            [("答复情况", None)],
            lambda answers: self._store(lambda row: self._work.answer(row, urging, str(answers[0])), "已登记答复"),
        )

    def _show_paper(self, code: str) -> None:
        if self._row is not None:
            self.context.events.paper_asked.emit(self._row.register, self._row.id, code)

    def _store(self, write: Callable[[Row], Change], words: str) -> bool:
        row = self._row
        if row is None:
            return False
        try:
            change = write(row)
        except PaizhuError as error:
            problems = error.problems if isinstance(error, InvalidRecordError) else ()
            self.ask.say(messages.joined([each.message for each in problems]) or str(error))
            return False
        self.ask.done()
        self._tell(change, words)
        return True

    def _do(self, write: Callable[[], Change]) -> Change | None:
        try:
            return write()
        except PaizhuError as error:
            problems = error.problems if isinstance(error, InvalidRecordError) else ()
            words = messages.joined([each.message for each in problems]) or messages.joined([error.kept, error.todo])
            happened = "还没有保存" if problems else error.happened.rstrip("。")
            self.strip.show_words(happened, f"{words}写的说明还在。" if problems else words, Level.ERROR)
            self.strip.show()
            return None

    def _tell(self, change: Change, words: str) -> None:
        self.strip.hide()
        self.context.events.changed.emit(change)
        self.context.events.said.emit(words, change.entry)


def _is_issued(row: Row) -> bool:
    return DUTY.flow is not None and (row.state or DUTY.flow.start) != DUTY.flow.start


def _label(row: Row, name: str) -> str:
    ref = row.values.get(name)
    return ref.label if isinstance(ref, Ref) else ""
