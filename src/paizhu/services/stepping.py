"""What a step does beside moving on: earlier rounds are kept, other records follow, a forbidden jump is explained."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paizhu import registers
from paizhu.base import clock, values
from paizhu.base.asked import empty
from paizhu.base.errors import StepRefusedError
from paizhu.base.field import FieldKind
from paizhu.base.flow import Step
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value, Values
from paizhu.registers import earlier as rounds
from paizhu.rules import numbering
from paizhu.services import deriving, preparing
from paizhu.services.attaching import WITHIN
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

_OF_FILE = ("register", "record_id", "name", "size", "digest", "added_by", "added_at")
_WRITTEN = re.compile(r"([^\d〔\[{}]+)[〔\[]\d{4}[〕\]]\d+号?")
"""A number of a paper as it is usually written: 代字〔2026〕3号."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a round held: its words, the kinds of rows that begin anew, and the fields whose files are put by."""

    words: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


class Stepping:
    """The further writings of a step, within its act."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def renewed(
        self, register: Register, step: Step, row: Row, made: Values, given: Values
    ) -> tuple[dict[str, Value], Earlier]:
        """Return the values after a step, and what an earlier round held.

        Only a round that was carried on is kept: while nothing of it is filled in, nothing begins anew.
        """
        found = dict(made)
        if step.sets:
            found.update(step.sets(row.values))
        kinds = {child.key for child in register.rows}
        names = [name for name in step.renews if name not in kinds]
        filled = [name for name in names if not empty(row.values.get(name))]
        standing = {key: self._rows(register, row.id, key) for key in step.renews if key in kinds}
        if not filled and not any(standing.values()):
            return found, Earlier()
        for name in names:
            # What was typed with the step belongs to the new round already.
            if name not in given or given[name] == row.values.get(name):
                found[name] = None
        overwritten = [
            name for name in step.needs if name not in kinds and not empty(row.values.get(name))
            and found.get(name) != row.values.get(name)
        ]  # fmt: skip
        words = [
            f"{field.label}：{values.show(field, row.values.get(field.name))}"
            for field in register.fields
            if field.name in {*filled, *overwritten}
        ]
        for key, rows in standing.items():
            words += _told(register.child(key), rows)
        papers = tuple(name for name in filled if register.field(name).kind is FieldKind.FILES)
        return found, Earlier(tuple(words), tuple(key for key, rows in standing.items() if rows), papers)

    def keep(
        self, act: Act, register: Register, record_id: int, step: Step, earlier: Earlier, given: frozenset[str]
    ) -> None:
        """Write what an earlier round held as a row of its own, and take its rows away.

        Its files stay at the record, but no longer stand for the field that the new round asks for.
        """
        kind = rounds.kind_of(register)
        if kind is None or not earlier.words:
            return
        kept: dict[str, Value] = {"when": clock.now(), "step": step.label, "held": "\n".join(earlier.words)}
        act.add_row(register, record_id, kind.key, kept)
        for key in earlier.kinds:
            if key not in given:
                act.set_rows(register, record_id, key, [])
        for name in earlier.files:
            for file in self._files(register, record_id, name):
                act.detach(int(file["id"]))
                act.attach({**{key: file[key] for key in _OF_FILE}, "slot": ""})

    def _files(self, register: Register, record_id: int, name: str) -> list[dict[str, Any]]:
        names = ("id", *_OF_FILE, "slot")
        with self._vault.read() as connection:
            found = queries.files_at(connection, register.key, record_id, names)
        files = [dict(zip(names, row, strict=True)) for row in found]
        return [file for file in files if str(file["slot"]).partition(WITHIN)[0] == name]

    def numbered(self, act: Act, register: Register, step: Step, made: Values) -> dict[str, Value]:
        """Return the number that a step gives to a paper: the next of its series, unless one was typed.

        The words before the year are those of the series' newest number, so that a group's own 代字 is kept; a number
        some record carries already is passed over.
        """
        if step.numbers is None or made.get(step.numbers[0]):
            return {}
        name, told_by, dated = step.numbers
        series = f"{register.key}_{made.get(told_by) or ''}"
        # What the officer set goes before what his letters were written by until then.
        pattern = self._desk.own_patterns.get(series) or self._own_pattern(act, register, name, told_by, made)
        pattern = pattern or self._desk.patterns.get(series, "")
        if not pattern:
            return {}
        day = preparing.day_of(made.get(dated)) or self._desk.today
        while True:
            number = numbering.number(pattern, day.year, act.next_number(series, day.year))
            if not act.execute(f'SELECT 1 FROM "{table(register).name}" WHERE "{name}" = ?', (number,)).fetchone():
                return {name: number}

    def _own_pattern(self, act: Act, register: Register, name: str, told_by: str, made: Values) -> str:
        """Return the pattern that the newest number of a series was written by; empty without one."""
        found = act.execute(
            f'SELECT "{name}" FROM "{table(register).name}" WHERE "{told_by}" = ? AND "{name}" IS NOT NULL '
            "AND voided = 0 ORDER BY id DESC LIMIT 1",
            (made.get(told_by),),
        ).fetchone()
        written = _WRITTEN.fullmatch(str(found[0])) if found else None
        return f"{written[1]}〔{{year}}〕{{n}}号" if written else ""

    def echo(self, act: Act, register: Register, record_id: int, step: Step) -> None:
        """Write what a step means for records that point to this one, with what follows from it there."""
        for echo in step.echoes:
            there = registers.register(echo.register)
            with self._vault.read() as connection:
                rows = [
                    queries.one(connection, table(there), each)
                    for kind, each, name in queries.pointing_to(connection, register.key, record_id)
                    if (kind, name) == (echo.register, echo.link)
                ]
            for row in rows:
                if row.voided or not echo.only(row.values):
                    continue
                given = {**row.values, **echo.values}
                made = preparing.complete(there, given, Roster(self._vault), deriving.aids(self._desk, {}, row.id))
                changed = {name: value for name, value in made.items() if value != row.values.get(name)}
                act.change(there, row.id, None, changed)

    def _rows(self, register: Register, record_id: int, key: str) -> list[Row]:
        with self._vault.read() as connection:
            return queries.children(connection, table(register, key), record_id)


def why_not(register: Register, before: str, after: str) -> StepRefusedError:
    """Return the refusal of a jump: what would lead there by which rule, and what can be done instead."""
    flow = register.flow
    assert flow is not None
    codes = {state.code for state in flow.states}
    here = flow.state(before).label
    ways = "、".join(f"{step.label}（{step.after}）" for step in flow.steps_from(before))
    then = f"现在可以：{ways}" if ways else "这一条已经办到头，没有下一步"
    if after not in codes:
        return StepRefusedError(f"现在是“{here}”，“{register.label}”没有“{after}”这个阶段", then=then)
    if after == before:
        return StepRefusedError(f"现在就是“{here}”，不用再办这一步", then=then)
    into = flow.steps_to(after)
    froms = "或".join(dict.fromkeys(f"“{flow.state(step.before).label}”" for step in into))
    sources = "、".join(dict.fromkeys(step.source for step in into if step.source))
    rule = f"（依据{sources}）" if sources else ""
    must = f"，须先经{froms}{rule}" if froms else ""
    return StepRefusedError(f"现在是“{here}”，按规定不能直接到“{flow.state(after).label}”{must}", then=then)


def _told(kind: Register, rows: Sequence[Row]) -> list[str]:
    made = []
    for row in rows:
        shown = [values.show(kind.field(name), row.values.get(name)) for name in kind.columns]
        made.append(f"{kind.label}：{'，'.join(words for words in shown if words)}")
    return made
