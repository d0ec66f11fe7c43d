"""Checks, problems and letters handed on to each other, so that nothing is typed twice.

A check makes findings; findings make the draft of a letter; a letter makes findings of the rows nobody follows yet.
Each is one act, linked both ways, and undone as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from paizhu.base.asked import empty
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.flow import Shape
from paizhu.base.progress import Progress, silent, told
from paizhu.base.rows import Change, Problem, Ref, Row, Value, Values, ids_in, refs_in
from paizhu.base.text import folded
from paizhu.base.values import choice_words
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import CLOSED
from paizhu.registers.proposal import PROPOSAL
from paizhu.registers.proposal_flow import DELIVERED, FORMAL
from paizhu.registers.proposal_rows import PROBLEMS, SUGGESTIONS
from paizhu.rules import limits
from paizhu.services import preparing
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

REPLY = "T25"
_OWN = ("unit_id", "handler", "secrecy_notice")
_FROM_FINDING = ("problem", "basis", "category", "requirement", "due", "duty_person")
_TITLE_LENGTH = 40


class HandingLetters(HandingOn):
    """Hands on between checks, findings and letters of one vault."""

    # --- looking ---------------------------------------------------------------------------------------------

    def findings_of(self, activity_id: int) -> list[Row]:
        """Return the live findings of a check, in the order in which they were registered."""
        return self._pointing(ACTIVITY.key, activity_id, FINDING.key, "source_ref")

    def letters_of(self, activity_id: int) -> list[Row]:
        """Return the live letters that name a check as their source."""
        return self._pointing(ACTIVITY.key, activity_id, PROPOSAL.key, "source_refs")

    def letters_about(self, finding: Row) -> list[Row]:
        """Return the live letters that speak of a finding: the one that assigned it first, then those naming it."""
        found = [*ids_in(finding.values.get("proposal_ref"), PROPOSAL.key)]
        with self._vault.read() as connection:
            for kind, row_id, name in queries.pointing_to(connection, FINDING.key, finding.id):
                register, _dot, child = kind.partition(".")
                if register == PROPOSAL.key and child and name == "finding_ref":
                    row = queries.one(connection, table(PROPOSAL, child), row_id)
                    found += [] if row.voided else [int(str(row.values["parent_id"]))]
        letters = [self._records.get(PROPOSAL, each) for each in dict.fromkeys(found)]
        return [letter for letter in letters if not letter.voided]

    def unlettered(self, activity_id: int) -> list[Row]:
        """Return the findings of a check that are still open and stand in no letter."""
        return [
            row for row in self.findings_of(activity_id)
            if not row.values.get("proposal_ref") and row.state not in CLOSED
        ]  # fmt: skip

    def reply_day(self) -> date | None:
        """Return the day proposed for an answer to a letter made today (T25)."""
        limit = self._desk.limits.get(REPLY)
        return limits.due(limit, self._desk.today, self._desk.calendar).day if limit else None

    # --- a check makes findings ------------------------------------------------------------------------------

    def findings_from_activity(self, activity_id: int, problems: Sequence[Mapping[str, Any]]) -> Change:
        """Make a finding of each problem typed; unit, day, source and hand are carried over from the check.

        Refused as a whole when one has no words, or for a check that was cancelled or lies in the recycle list.
        """
        row = self._records.get(ACTIVITY, activity_id)
        flow = ACTIVITY.flow
        if row.voided or (flow and flow.state(row.state or flow.start).shape is Shape.NONE):
            raise NotAllowedError("这次检查已经取消或者作废，不能登记问题", "没有改动", "先恢复这次检查")
        prepared = []
        for place, typed in enumerate(problems, 1):
            read = preparing.read_typed(FINDING, typed, self._desk.reading)
            if read.problems:
                raise InvalidRecordError(
                    [Problem(each.field, f"第 {place} 个问题：{each.message}", each.code) for each in read.problems]
                )
            if not str(read.values.get("problem") or "").strip():
                raise InvalidRecordError([Problem("problem", f"第 {place} 个问题没有写明内容", "required")])
            given = {name: value for name, value in read.values.items() if not empty(value)}
            prepared.append(self._making.prepared(FINDING, {**self._of_activity(row), **given}))
        if not prepared:
            raise InvalidRecordError([Problem("problem", "请写明发现的问题，一行一个", "required")])
        label = f"登记检查发现问题 {len(prepared)} 个 {row.no}".strip()
        with self._vault.act("save", label, size=len(prepared)) as act:
            made = [self._making.create(act, FINDING, each) for each in prepared]
        return _first(act, made[0])

    def _of_activity(self, row: Row) -> dict[str, Value]:
        held = row.values
        units = refs_in(held.get("units"))
        day = day_of(held.get("end_date")) or day_of(held.get("start_date")) or self._desk.today
        made: dict[str, Value] = {name: held.get(name) for name in _OWN}
        return made | {
            "found_at": min(day, self._desk.today),
            "source_kind": "check",
            "source_ref": Ref(row.no, ACTIVITY.key, row.id),
            "duty_unit": units[0] if len(units) == 1 else None,
        }

    # --- findings make a letter ------------------------------------------------------------------------------

    def letter_from_activity(self, activity_id: int, kind: str) -> Change:
        """Draft a letter about everything a check found that stands in none yet."""
        found = self.unlettered(activity_id)
        if not found:
            raise NotAllowedError("这次检查没有还没发函的问题", "没有改动", "先登记问题，再生成文书")
        return self.letter_from_findings([row.id for row in found], kind)

    def letter_from_findings(self, finding_ids: Sequence[int], kind: str) -> Change:
        """Draft a letter that names these findings: problems, demands and days are carried over, nothing is sent.

        One letter goes to one unit; findings of several are refused with the names.
        """
        choice = PROPOSAL.field("kind").choice(kind)
        if choice is None:
            raise InvalidRecordError([Problem("kind", "请选定文书种类", "required")])
        rows = [self._records.get(FINDING, each) for each in dict.fromkeys(finding_ids)]
        if not rows or any(row.voided for row in rows):
            raise NotAllowedError("没有可以写进文书的问题", "没有改动", "先登记问题，回收区里的先恢复")
        units = {folded(ref.label): ref for row in rows if isinstance(ref := _unit(row), Ref)}
        if len(units) != 1:
            names = "、".join(ref.label for ref in units.values())
            words = f"一份文书只主送一个单位，选中的问题属于：{names}" if names else "这些问题没有写明责任单位"
            raise NotAllowedError(words, "没有改动", "按责任单位分别生成")
        sources = self._sources(rows)
        origin = "、".join(dict.fromkeys(self._told(ref) for ref in sources)) or str(rows[0].values["problem"])
        about = origin if len(origin) <= _TITLE_LENGTH else f"{origin[:_TITLE_LENGTH]}等"
        made: dict[str, Value] = {name: rows[0].values.get(name) for name in ("handler", "secrecy_notice")}
        made |= {
            "kind": kind,
            "title": f"关于{about}发现问题的{choice.label}",
            "addressee": next(iter(units.values())),
            "origin": origin,
            "source_refs": tuple(sources),
            "reply_due": self.reply_day(),
            "drafted_at": self._desk.today,
        }
        below: dict[str, list[Values]] = {PROBLEMS.key: [_problem_row(row) for row in rows]}
        if kind in FORMAL:
            below[SUGGESTIONS.key] = [
                {"words": words, "finding_ref": Ref(row.no, FINDING.key, row.id)}
                for row in rows
                if (words := str(row.values.get("requirement") or "").strip())
            ]
        prepared = self._making.prepared(PROPOSAL, made)
        with self._vault.act("save", f"生成{choice.label} {len(rows)} 个问题") as act:
            self._records.numbers.give(act, PROPOSAL, prepared)
            letter = act.create(PROPOSAL, prepared, below)
        return _first(act, Ref(str(prepared.get("no") or ""), PROPOSAL.key, letter))

    def _sources(self, rows: Sequence[Row]) -> list[Ref]:
        found: dict[tuple[str, int | None], Ref] = {}
        known = set(PROPOSAL.field("source_refs").targets)
        for row in rows:
            ref = row.values.get("source_ref")
            if not isinstance(ref, Ref) or not ref.linked or ref.register not in known:
                ref = Ref(row.no, FINDING.key, row.id)
            found[(ref.register, ref.id)] = ref
        return list(found.values())

    def _told(self, ref: Ref) -> str:
        if activity_id := ref.id_in(ACTIVITY.key):
            return str(self._records.get(ACTIVITY, activity_id).values.get("title") or ref.label)
        if finding_id := ref.id_in(FINDING.key):
            source = self._records.get(FINDING, finding_id).values.get("source_ref")
            return source.label if isinstance(source, Ref) and source.label else "日常监督"
        return ref.label

    # --- a letter makes findings -----------------------------------------------------------------------------

    def unfollowed(self, letter_id: int) -> tuple[list[Row], list[Row]]:
        """Return the problems and suggestions of a letter that no finding follows yet."""
        rows = self._records.rows(PROPOSAL, letter_id)
        left = [
            [row for row in rows[key] if not row.values.get("finding_ref")] for key in (PROBLEMS.key, SUGGESTIONS.key)
        ]
        return left[0], left[1]

    def findings_from_letter(self, letter_id: int, progress: Progress = silent) -> Change:
        """Make a finding of each problem of a letter that nobody follows; without any, of each suggestion.

        Those of a letter that was delivered already are assigned by it.
        """
        letter = self._records.get(PROPOSAL, letter_id)
        problems, suggestions = self.unfollowed(letter_id)
        rows = problems or suggestions
        if letter.voided or not rows:
            raise NotAllowedError("这份文书的问题和建议都已经登记跟踪", "没有改动", "要补充的，先在文书里写明问题")
        kind = PROBLEMS if problems else SUGGESTIONS
        prepared = [self._making.prepared(FINDING, self._of_letter(letter, row)) for row in rows]
        with self._vault.act("step", f"由文书登记问题 {len(rows)} 个 {letter.no}".strip(), size=len(rows)) as act:
            made = [self._making.create(act, FINDING, each) for each in told(prepared, "正在登记问题", progress)]
            links = {row.id: ref for row, ref in zip(rows, made, strict=True)}
            standing = self._records.rows(PROPOSAL, letter_id)[kind.key]
            act.set_rows(PROPOSAL, letter_id, kind.key, [_linked(row, links.get(row.id)) for row in standing])
            _assign_now(act, letter, [int(ref.id or 0) for ref in made])
        return _first(act, made[0])

    def _of_letter(self, letter: Row, row: Row) -> dict[str, Value]:
        held = letter.values
        checks = [ref for ref in refs_in(held.get("source_refs")) if ref.id_in(ACTIVITY.key)]
        made: dict[str, Value] = {name: held.get(name) for name in _OWN}
        words = str(row.values.get("problem") or row.values.get("words") or "")
        return made | {
            "problem": words if row.values.get("problem") else f"落实建议：{words}",
            "basis": row.values.get("basis"),
            "category": row.values.get("category"),
            "requirement": row.values.get("requirement") or row.values.get("words"),
            "due": row.values.get("due"),
            "duty_person": row.values.get("duty_person"),
            "duty_unit": held.get("addressee"),
            "found_at": day_of(held.get("signed_at")) or day_of(held.get("drafted_at")) or self._desk.today,
            "source_kind": "check" if checks else "other",
            "source_ref": checks[0] if checks else Ref(letter.no, PROPOSAL.key, letter.id),
            "proposal_ref": Ref(letter.no, PROPOSAL.key, letter.id),
        }

    # --- the machine -----------------------------------------------------------------------------------------

    def _pointing(self, target: str, target_id: int, register: str, name: str) -> list[Row]:
        with self._vault.read() as connection:
            ids = [
                record_id
                for kind, record_id, field in queries.pointing_to(connection, target, target_id)
                if (kind, field) == (register, name)
            ]
            rows = [queries.one(connection, table(register), each) for each in ids]
        return [row for row in rows if not row.voided]


def _assign_now(act: Act, letter: Row, findings: Sequence[int]) -> None:
    from paizhu.services.supervision.letter_watch import assign

    if letter.state in DELIVERED:
        for finding in findings:
            assign(act, letter, finding, {})


def _unit(row: Row) -> Ref | None:
    for name in ("duty_unit", "unit_id"):
        ref = row.values.get(name)
        if isinstance(ref, Ref) and ref.label.strip():
            return ref
    return None


def _problem_row(row: Row) -> Values:
    return {**{name: row.values.get(name) for name in _FROM_FINDING}, "finding_ref": Ref(row.no, FINDING.key, row.id)}


def _linked(row: Row, ref: Ref | None) -> Values:
    return {**row.values, "id": row.id, **({"finding_ref": ref} if ref else {})}


def _first(act: Act, made: Ref) -> Change:
    result = act.result()
    return replace(result, records=((made.register, int(made.id or 0)), *result.records))


def kind_words(kind: str) -> str:
    """Return what a kind of letter is called."""
    return choice_words(PROPOSAL.field("kind"), kind)
