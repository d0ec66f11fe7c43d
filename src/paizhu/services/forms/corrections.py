"""更正说明: what was sent stays as it was; a figure that came out otherwise since is put right by a note, on record.

The note tells figures and the numbers of records, never whom they are about, so that it may leave the house.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from paizhu.documents import docx_write
from paizhu.documents.papers import correction as pdf_correction
from paizhu.documents.papers.correction import CorrectionLine, CorrectionNote
from paizhu.rules import periods
from paizhu.rules.counting import EMPTY
from paizhu.services.desk import Desk
from paizhu.services.forms.memory import Correction, FormMemory, Sent, SentFigure, Told
from paizhu.services.forms.wishes import SPANS, CellWish
from paizhu.services.forms.work import Worker
from paizhu.services.out import drafts
from paizhu.services.out.drafts import Drafts
from paizhu.services.register_keys import register_of
from paizhu.storage.journal import Act
from paizhu.storage.tables import quoted, table

Record = tuple[str, int]
_NAMED = 5
"""How many records a reason names before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that would be told otherwise today: as told last, as counted now, records that came and went."""

    figure: SentFigure
    before: str | None
    after: str | None
    came: tuple[Record, ...]
    went: tuple[Record, ...]

    @property
    def words(self) -> str:
        """Return the difference in one line."""
        at = f"“{self.figure.sheet}”{self.figure.place} {self.figure.name}"
        return f"{at}：报送时为 {self.before or EMPTY}，现为 {self.after or EMPTY}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A note before it is made: its title and words, which the officer may change, and the figures it puts right."""

    sent: Sent
    title: str
    to: str
    body: str
    changes: tuple[Changed, ...]
    lines: tuple[CorrectionLine, ...]


class Corrections:
    """Finds what changed since a form was sent, drafts the note, makes it as PDF or for a word processor."""

    def __init__(self, desk: Desk, memory: FormMemory, worker: Worker) -> None:
        self._desk = desk
        self._memory = memory
        self._worker = worker

    def changes(self, sent: Sent) -> list[Changed]:
        """Return the figures that differ from what was told last, by the form or by a note after it."""
        told = self._memory.told(sent)
        found = []
        for each in sent.figures:
            figure, value = self._worker.count(CellWish(each.code, each.by, each.span, 1.0), sent.period)
            now, before = (None if value is None else str(value)), told[each.sheet, each.place]
            if now == before.value:
                continue
            records = tuple(dict.fromkeys(figure.records))
            came = tuple(record for record in records if record not in before.records)
            went = tuple(record for record in before.records if record not in records)
            found.append(Changed(each, before.value, now, came, went))
        return found

    def draft(self, sent: Sent) -> Draft:
        """Return the note that puts right what changed; without changes its list is empty."""
        changes = tuple(self.changes(sent))
        lines = tuple(self._line(sent, each) for each in changes)
        group = str(self._desk.setting("group") or "本组")
        form = f"《{sent.name}》（{periods.label(sent.period)}）"
        day = datetime.fromisoformat(sent.at).date()
        count = f"下列{len(lines)}个数据应予更正"
        body = [f"{group}于{_spoken(day)}报送的{form}，报送后台账有补录或更正。经逐条核对，{count}："]
        body += [
            f"{number}．{each.place}“{each.name}”：报送数为{each.before}，应为{each.after}。{each.reason}。"
            for number, each in enumerate(lines, 1)
        ]
        body.append("其余数据不变，以本说明更正后的数据为准。")
        body.append("特此说明。")
        return Draft(sent, f"关于更正{form}有关数据的说明", "派出机关", "\n".join(body), changes, lines)

    def save(self, draft: Draft, path: Path, *, title: str = "", to: str = "", body: str = "") -> Correction:
        """Write the note (PDF, or docx for a word processor) with the officer's words, and keep that it was made."""
        if path.suffix.lower() != ".docx":
            Drafts(self._desk).save(self.preview(draft, title=title, to=to, body=body), path)
            return self._memory.corrections(draft.sent)[-1]
        note = self._note(draft, title, to, body)
        docx_write.write(path, pdf_correction.parts(note))
        facts: dict[str, Any] = {
            "file": path.name, "form": draft.sent.name, "period": draft.sent.period, "figures": len(draft.changes),
        }  # fmt: skip
        with self._desk.vault.act("export", f"更正说明《{path.name}》", always=True, **facts) as act:
            return self._keep(act, draft, note)

    def preview(self, draft: Draft, *, title: str = "", to: str = "", body: str = "") -> drafts.Draft:
        """Return the note as a paper to look at; that it was made is kept when it first leaves: printed or saved."""
        note = self._note(draft, title, to, body)
        left: list[Correction] = []

        def keep(act: Act) -> None:
            if not left:
                left.append(self._keep(act, draft, note))

        label = f"更正说明 {draft.sent.name} {draft.sent.period}"
        made = Drafts(self._desk).draft_sheet(label, "", "correction", lambda stamp: pdf_correction.paper(note, stamp))
        return replace(made, then=keep)

    # --- the machine -----------------------------------------------------------------------------------------

    def _note(self, draft: Draft, title: str, to: str, body: str) -> CorrectionNote:
        return CorrectionNote(
            title.strip() or draft.title,
            to.strip() or draft.to,
            tuple(line.strip() for line in (body or draft.body).splitlines() if line.strip()),
            draft.lines,
            str(self._desk.setting("group") or ""),
            self._desk.today,
        )

    def _keep(self, act: Act, draft: Draft, note: CorrectionNote) -> Correction:
        told = tuple(
            Told(each.figure.sheet, each.figure.place, each.after, self._records_now(each)) for each in draft.changes
        )
        return self._memory.correct(act, draft.sent, note.title, "\n".join(note.body), told)

    def _records_now(self, changed: Changed) -> tuple[Record, ...]:
        kept = [record for record in changed.figure.records if record not in changed.went]
        return (*kept, *changed.came)

    def _line(self, sent: Sent, changed: Changed) -> CorrectionLine:
        figure = changed.figure
        reason = "；".join(
            words
            for words in (
                self._told("增加", changed.came, self._how_came(changed.came, sent.entry)),
                self._told("减少", changed.went, self._how_went(changed.went)),
            )
            if words
        )
        name = f"{figure.name}（{SPANS.get(figure.span, figure.span)}）" if figure.span != "current" else figure.name
        place = f"“{figure.sheet}”{figure.place}"
        return CorrectionLine(place, name, changed.before or EMPTY, changed.after or EMPTY, reason or "有关记录已更正")

    def _told(self, verb: str, records: Sequence[Record], how: str) -> str:
        if not records:
            return ""
        named = "、".join(self._number(record) for record in records[:_NAMED])
        more = f"等 {len(records)} 条" if len(records) > _NAMED else ""
        return f"{verb}{named}{more}（{how}）"

    def _number(self, record: Record) -> str:
        register = register_of(record[0])
        with self._desk.vault.read() as connection:
            row = connection.execute(f"SELECT no FROM {quoted(table(register).name)} WHERE id = ?", (record[1],))
            found = row.fetchone()
        return f"{register.label} {(found and found[0]) or record[1]}"

    def _how_came(self, records: Iterable[Record], entry: int) -> str:
        later = [self._made(record) > entry for record in records]
        if all(later):
            return "报送后补录"
        return "报送后补录或更正" if any(later) else "报送后更正"

    def _how_went(self, records: Iterable[Record]) -> str:
        voided = [self._voided(record) for record in records]
        return "报送后作废" if all(voided) else "报送后更正，不再计入" if not any(voided) else "报送后作废或更正"

    def _made(self, record: Record) -> int:
        with self._desk.vault.read() as connection:
            found = connection.execute(
                "SELECT min(entry_id) FROM journal_change WHERE action = 'create' AND kind = ? AND record_id = ?",
                record,
            ).fetchone()
        return int(found[0] or 0)

    def _voided(self, record: Record) -> bool:
        with self._desk.vault.read() as connection:
            name = quoted(table(register_of(record[0])).name)
            found = connection.execute(f"SELECT voided FROM {name} WHERE id = ?", (record[1],)).fetchone()
        return found is None or bool(found[0])


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
