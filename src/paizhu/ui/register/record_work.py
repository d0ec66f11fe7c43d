"""One record as it is worked on: read, saved, moved on, its draft; no widgets here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from paizhu.base import values
from paizhu.base.field import FieldKind, Sens
from paizhu.base.flow import Step
from paizhu.base.register import Register
from paizhu.base.rows import Change, Ref, Row
from paizhu.services.deadlines.task import Task
from paizhu.services.drafts import Draft, Drafts, Typed, TypedRows
from paizhu.services.duties.recurring import Scope
from paizhu.services.history import FieldChange
from paizhu.services.office import Office
from paizhu.ui.register.step_bar import Way, ordered

_MOST_DIFFERENCES = 6


class RecordWork:
    """Holds the record a pane shows; an id of None stands for one that was never saved."""

    def __init__(self, office: Office, register: Register) -> None:
        self.register = register
        self._office = office
        self._drafts = Drafts(office.desk)
        self.row: Row | None = None
        self.rows: dict[str, list[Row]] = {}
        self.version: int | None = None
        self.is_new = False
        self.begun: Typed = {}
        """What the program filled into a new record; the officer typed the rest."""
        self.asked = ""
        """Where the step leads that was tried over what is typed now; empty once the record is read again."""

    @property
    def record_id(self) -> int | None:
        """Id of the record, None for a new one."""
        return self.row.id if self.row else None

    def open(self, record_id: int) -> Row:
        """Read a record and the rows under it."""
        self.row = self._office.records.get(self.register, record_id)
        self.rows = self._office.records.rows(self.register, record_id)
        self.version = self.row.version
        self.is_new, self.asked = False, ""
        return self.row

    def start_new(self) -> None:
        """Work on a record that is not in the vault yet."""
        self.row, self.rows, self.version, self.is_new = None, {}, None, True

    def close(self) -> None:
        """Work on nothing."""
        self.row, self.rows, self.version, self.is_new = None, {}, None, False

    # --- drafts ----------------------------------------------------------------------------------------------

    def draft(self) -> Draft | None:
        """Return what was typed over this record and not saved."""
        return self._drafts.find(self.register, self.record_id)

    def has_new_draft(self) -> bool:
        """Tell whether a record that was never saved waits to be written on."""
        return self._drafts.find(self.register, None) is not None

    def set_draft_aside(self) -> bool:
        """Keep what was typed as a new record behind the one that begins now; what the program filled in is no loss."""
        draft = self._drafts.find(self.register, None)
        if draft is None or (draft.typed == self.begun and not draft.rows):
            return False
        self._drafts.set_aside(self.register)
        return True

    def keep_draft(self, typed: Typed, rows: TypedRows) -> None:
        """Keep what is typed now; nothing typed forgets it."""
        self._drafts.keep(self.register, self.record_id, typed, rows, self.version)

    def forget_draft(self) -> None:
        """Throw the draft away."""
        self._drafts.forget(self.register, self.record_id)

    # --- writing ---------------------------------------------------------------------------------------------

    def spreading(self, typed: Typed) -> list[str]:
        """Return the labels of typed fields that every occurrence of a recurring record has in common."""
        if self.row is None:
            return []
        names = self._office.records.recurring.concerned(self.register, self.row, typed)
        return [self.register.field(name).label for name in names]

    def save(self, typed: Typed, rows: TypedRows, scope: Scope | None = None) -> Change:
        """Store what was typed; refusals leave draft and vault as they are."""
        draft_of = self.record_id
        change = self._office.records.save(
            self.register, typed, self.record_id, self.version, rows or None, scope=scope
        )
        self._drafts.forget(self.register, draft_of)
        self.open(change.records[0][1])
        return change

    def objections(self, step: Step, typed: Typed, rows: TypedRows) -> list[Any]:
        """Return what stands against a step with what is typed so far."""
        assert self.row is not None
        return list(self._office.records.objections(self.register, self.row.id, step, typed, rows or None))

    def advance(self, step: Step, typed: Typed, rows: TypedRows) -> Change:
        """Take a step together with what was typed."""
        assert self.row is not None
        change = self._office.records.advance(self.register, self.row.id, step.after, typed, self.version, rows or None)
        self.forget_draft()
        self.open(self.row.id)
        return change

    def ways(self, typed: Typed, rows: TypedRows) -> list[Way]:
        """Return the steps out of the present state, the likeliest first and the same while one types."""
        flow = self.register.flow
        if flow is None or self.row is None or self.row.voided:
            return []
        steps, held = flow.steps_from(self.row.state or flow.start), self.row.values

        def standing(typed: Typed, rows: TypedRows) -> list[Way]:
            return [
                Way(step, tuple(self.objections(step, typed, rows)), bool(step.usual and step.usual.agrees(held)))
                for step in steps
            ]

        stored = {way.step.after: way for way in standing({}, {})} if typed or rows else {}
        return ordered(flow, standing(typed, rows), stored, self.asked)

    def asks_for(self, ways: Sequence[Way]) -> bool:
        """Tell whether one of these steps was asked for and refused: it stays under the red button until it is done."""
        return any(way.step.after == self.asked and not way.closed for way in ways)

    # --- reading ---------------------------------------------------------------------------------------------

    def changes(self) -> list[FieldChange]:
        """Return the journal of the record, the newest first."""
        return self._office.history.of_record(self.register.key, self.row.id) if self.row else []

    def moves(self) -> list[FieldChange]:
        """Return from the journal when the state of the record changed, the newest first."""
        return self._office.history.moves(self.register.key, self.row.id) if self.row else []

    def tasks(self) -> list[Task]:
        """Return the running clocks of the record and of its rows, the nearest first."""
        return self._office.today.of_record(self.register, self.row) if self.row and not self.row.voided else []

    def looks(self) -> list[FieldChange]:
        """Return who looked at the record or at any other of its matter, the newest first."""
        from paizhu.services.matters.course import Course

        if self.row is None or self.row.voided:
            return []
        matter = Course(self._office.desk).of(self.register.key, self.row.id)
        return self._office.history.looks(part.key for part in matter.parts)

    def files(self) -> list[dict[str, Any]]:
        """Return the files that hang at the record."""
        return self._office.records.attachments(self.register, self.row.id) if self.row else []

    def read_again(self) -> list[str]:
        """Read the record anew and return in words which fields were changed elsewhere meanwhile."""
        before, asked = self.row, self.asked
        if before is None:
            return []
        fresh = self.open(before.id)
        self.asked = asked
        found = []
        for field in self.register.fields:
            was, now = before.values.get(field.name), fresh.values.get(field.name)
            if was == now:
                continue
            if field.sens is Sens.P4:
                found.append(f"{field.label}已改")
            else:
                words = [values.show(field, value) or "空" for value in (was, now)]
                found.append(f"{field.label}由“{_cut(words[0])}”改为“{_cut(words[1])}”")
        rest = len(found) - _MOST_DIFFERENCES
        return [*found[:_MOST_DIFFERENCES], *([f"另有 {rest} 项"] if rest > 0 else [])]

    def took_files(self) -> bool:
        """Read anew what files that came or went left in the record; False when anything else was changed as well."""
        before, rows, version, asked = self.row, self.rows, self.version, self.asked
        if before is None:
            return False
        fresh = self.open(before.id)
        self.asked = asked
        typed = (field.name for field in self.register.fields if field.kind is not FieldKind.FILES)
        same = all(before.values.get(name) == fresh.values.get(name) for name in typed) and rows == self.rows
        if not same:
            self.row, self.rows, self.version = before, rows, version
        return same

    def copy_of(self) -> dict[str, Any]:
        """Return the words of the record for a new one like it: no number, no state, no dates of the course."""
        if self.row is None:
            return {}
        steps = self.register.flow.steps if self.register.flow else ()
        # What a record is about is asked for by its steps too, and goes with the copy, but for its days.
        days = {field.name for field in self.register.days}
        about = {field.name for field in self.register.fields if field.wanted_of_all or field.required} - days
        of_course = {name for step in steps for name in step.needs} - about
        made = {}
        for field in self.register.fields:
            value = self.row.values.get(field.name)
            if field.computed or field.sens is Sens.P4 or value in (None, "", ()) or field.name in of_course:
                continue
            made[field.name] = plain(value) if field.choices or field.is_reference else values.show(field, value)
        return made


def plain(value: Any) -> Any:
    """Return a value as an editor takes it: codes as they are, references with their record."""
    if isinstance(value, Ref):
        return {"label": value.label, "register": value.register, "id": value.id} if value.linked else value.label
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def merged(typed: Mapping[str, Any], rows: Mapping[str, Sequence[Mapping[str, Any]]], version: int | None) -> Draft:
    """Return what stands in a form as a draft, to be put back after the record was read again."""
    return Draft(dict(typed), {key: [dict(row) for row in given] for key, given in rows.items()}, version)


def _cut(words: str) -> str:
    return f"{words[:20]}…" if len(words) > 20 else words
