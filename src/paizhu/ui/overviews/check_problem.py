"""发现问题, one open: the problem and its basis, the letter about it, what is done, papers, acceptance, look back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from paizhu.base import values
from paizhu.base.rows import Ref, Row
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import CLOSED
from paizhu.registers.proposal import PROPOSAL
from paizhu.services.supervision import recurrence_of
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.overviews.check_pane import CheckPane, joined, label_of, linked
from paizhu.ui.overviews.told import Told, ToldLines
from paizhu.ui.register.file_slot import FileSlot
from paizhu.ui.register.words import explanation, standing_mark
from paizhu.ui.turns import Pieces

_EVIDENCE = "evidence"
_SHOWN = 3


class ProblemOverview(CheckPane):
    """What the officer needs to say whether a problem may be struck off, in reading order."""

    label = "问题"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("问题与整改")
        self.strip.acted.connect(self._open_earlier)
        self.letter_button = self.button("生成文书…", self._ask_letter)
        self.problem, self.rectifying, self.acceptance = (
            ToldLines(words) for words in ("问题", "建议与整改", "验收与销号")
        )
        self.slot = FileSlot(_EVIDENCE, "佐证材料")
        self.slot.add_asked.connect(self.add_asked)
        self.slot.open_asked.connect(self.open_file_asked)
        self.section("问题", self.letter_button)
        self.body.addWidget(self.problem)
        self.section("建议与整改")
        self.body.addWidget(self.rectifying)
        self.body.addWidget(self.slot)
        self.section("验收与销号")
        self.body.addWidget(self.acceptance)
        for part in (self.problem, self.rectifying, self.acceptance):
            part.opened.connect(self.open)
        self._earlier: list[Row] = []

    def showing(self, row: Row) -> Pieces:
        """Show a problem as stored."""
        self.take(row)
        self.letter_button.setVisible(not row.voided and not row.values.get("proposal_ref") and row.state not in CLOSED)
        self.problem.show_lines(list(self._problem(row)))
        self.rectifying.show_lines(list(self._rectifying(row)))
        yield
        self.acceptance.show_lines(list(self._acceptance(row)))
        files = [each for each in self.context.office.records.attachments(FINDING, row.id) if each["slot"] == _EVIDENCE]
        self.slot.show_files(
            files, can_add=not row.voided, missing="" if files else "佐证材料：未收到，销号前须附", note="佐证材料"
        )
        self._show_earlier(row)

    # --- the machine -----------------------------------------------------------------------------------------

    def _ask_letter(self) -> None:
        row = self.row
        if row is not None:
            self.ask_letter(lambda kind: self.handing.letter_from_findings([row.id], kind))

    def _show_earlier(self, row: Row) -> None:
        self._earlier = recurrence_of.struck_off_before(self.context.office.desk, row)
        if not self._earlier:
            self.strip.hide()
            return
        told = "、".join(
            f"{each.no}（{values.show(FINDING.field('closed_at'), each.values.get('closed_at')) or '已'}销号）"
            for each in self._earlier[:_SHOWN]
        )
        offers = [Offer(str(each.id), f"打开 {each.no}", Look.LINK) for each in self._earlier[:_SHOWN]]
        words = f"同一单位同一类问题，{told}。由本组台账比对得出，不是结论。"
        self.strip.show_words("疑似屡改屡犯", words, Level.AMBER, offers)
        self.strip.show()

    def _open_earlier(self, key: str) -> None:
        if key.isdigit():
            self.open(FINDING.key, int(key))

    def _problem(self, row: Row) -> Iterator[Told]:
        held = row.values
        kinds = (_show(row, name) for name in ("category", "scope", "level"))
        yield Told("问题", str(held.get("problem") or ""))
        yield Told("依据", str(held.get("basis") or ""))
        source = linked(held.get("source_ref"))
        kind = _show(row, "source_kind")
        words = kind if source else joined(kind, label_of(held.get("source_ref")))
        yield Told("来源", words, records=self._named(source))
        yield Told("类别", joined(*kinds))
        people = [label_of(held.get(name)) for name in ("duty_unit", "duty_leader", "duty_person")]
        yield Told("责任", joined(people[0], f"分管 {people[1]}" if people[1] else "", people[2]))

    def _named(self, refs: Sequence[Ref]) -> list[Ref]:
        """Return references by what their records are called, not by their numbers."""
        return [Ref(self._title(ref), ref.register, ref.id) for ref in refs]

    def _title(self, ref: Ref) -> str:
        from paizhu.services.register_keys import register_of

        if ref.id is None:
            return ref.label
        register = register_of(ref.register)
        # What names a petition or case stays in its own tab.
        names = ("title",) if register.has("title") else ()
        row = self.context.office.records.get(register, ref.id) if names else None
        return str(row.values["title"]) if row and row.values.get("title") else ref.label

    def _rectifying(self, row: Row) -> Iterator[Told]:
        held = row.values
        letters = self.handing.letters_about(row)
        for letter in letters:
            kind = values.show(PROPOSAL.field("kind"), letter.values.get("kind"))
            name = f"{kind} {letter.values.get('doc_no') or '还没有签发'}"
            yield Told("建议书文号", records=(Ref(name, PROPOSAL.key, letter.id),))
        if not letters:
            number = str(held.get("assign_doc") or "")
            yield Told("建议书文号", number or "还没有发函", ink="ink" if number else "ink2")
        yield Told("整改要求", str(held.get("requirement") or ""))
        tasks = self.context.office.today.of_record(FINDING, row)
        due = _show(row, "due") or _show(row, "term_kind")
        longer = [each.values for each in self.context.office.records.rows(FINDING, row.id)["finding_extension"]]
        extended = "；".join(f"延至 {each.get('new_due')}（{each.get('reason')}）" for each in longer)
        told = joined(f"原定 {due}" if extended else due if not tasks else "", extended)
        mark = standing_mark(tasks[0].standing) if tasks else None
        yield Told("整改期限", told, mark, explanation(tasks[0]) if tasks else "")
        yield Told("整改措施", str(held.get("measures") or ""))
        progress = self.context.office.records.rows(FINDING, row.id)["progress"]
        newest = sorted(progress, key=lambda each: str(each.values.get("on") or ""))[-_SHOWN:]
        yield Told("进展", "\n".join(f"{each.values.get('on')}　{each.values.get('words') or ''}" for each in newest))
        yield Told("整改结果", joined(str(held.get("report") or ""), _show(row, "reported_at"), self._punctual(row)))

    def _punctual(self, row: Row) -> str:
        """Return by how many working days the result came before or after its first day; empty where one is unknown."""
        done, due = row.values.get("reported_at") or row.values.get("closed_at"), row.values.get("due")
        if not isinstance(done, date) or not isinstance(due, date):
            return ""
        calendar = self.context.office.desk.calendar
        if done < due:
            return f"提前 {calendar.working_days_between(done, due)} 个工作日"
        return f"滞后 {calendar.working_days_between(due, done)} 个工作日" if done > due else "按时"

    def _acceptance(self, row: Row) -> Iterator[Told]:
        held = row.values
        accepted = joined(
            _show(row, "accepted_at"), _show(row, "accept_mode"), label_of(held.get("acceptors")),
            _show(row, "accept_result"),
        )  # fmt: skip
        yield Told("验收", accepted)
        yield Told(
            "复核结论", str(held.get("review_note") or "") or "还没有写，销号前须写明", ink=_ink(row, "review_note")
        )
        yield Told("销号", _show(row, "closed_at") or "还没有销号", ink=_ink(row, "closed_at"))
        looked = joined(_show(row, "look_back"), _show(row, "look_back_result"), str(held.get("look_back_note") or ""))
        yield Told("回头看", looked)
        yield Told("退回原因", joined(str(held.get("send_back_reason") or ""), _show(row, "redo_due")))


def _show(row: Row, name: str) -> str:
    return values.show(FINDING.field(name), row.values.get(name))


def _ink(row: Row, name: str) -> str:
    return "ink" if row.values.get(name) else "ink2"
