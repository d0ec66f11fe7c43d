"""From typed words to values ready for the vault: read, linked, completed, checked; problems gathered, not thrown."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from paizhu.base import clock, happened, values
from paizhu.base.columns import each, records
from paizhu.base.field import Sens
from paizhu.base.reading import ReadingError
from paizhu.base.register import Aids, Register
from paizhu.base.rows import Problem, Value, Values
from paizhu.base.values import Reading
from paizhu.registers.earlier import kind_of
from paizhu.rules import numbering
from paizhu.services.linking import Roster
from paizhu.services.namesakes import SUBJECT, is_told

_QUOTED = re.compile("“([^”]*)”")
SECRET = "国家秘密不得录入本程序。请到经批准的涉密设备上办理，本条没有保存"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Values as read, and everything that stands against storing them."""

    values: dict[str, Value]
    problems: tuple[Problem, ...]


def read_typed(register: Register, typed: Mapping[str, Any], reading: Reading) -> Prepared:
    """Return the values behind typed words; each that cannot be read is a problem at its field."""
    found: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, raw in typed.items():
        if not register.has(name):
            problems.append(Problem(name, f"“{register.label}”没有“{name}”这一项", "unknown_field"))
            continue
        field = register.field(name)
        try:
            found[name] = values.parse(field, raw, reading)
        except ReadingError as error:
            message = _covered(error.message, raw) if field.sens is Sens.P4 else error.message
            problems.append(Problem(name, message, error.code))
    return Prepared(found, tuple(problems))


def _covered(message: str, raw: Any) -> str:
    """Return a refusal without the words it quotes: one of class P4 is told to terminals and scripts as well."""
    typed = " ".join(str(raw).split())
    told = (part.removesuffix("…") for part in _QUOTED.findall(message))
    for words in sorted({part for part in told if part and part in typed}, key=len, reverse=True):
        message = message.replace(words, values.MASK)
    return message


def complete(
    register: Register, given: Mapping[str, Value], roster: Roster, aids: Aids, cutoff_day: int = 0
) -> dict[str, Value]:
    """Return the values with references linked, what follows from others filled in, year and month counted."""
    made = roster.linked(register, given)
    return {**made, **_following(register, made, aids, cutoff_day)}


def complete_all(
    register: Register,
    columns: Mapping[str, Sequence[Value]],
    count: int,
    roster: Roster,
    aids: Aids,
    cutoff_day: int = 0,
) -> tuple[dict[str, Sequence[Value]], list[dict[str, Value]]]:
    """Return so many records as :func:`complete` makes them: by column, and each by itself without what is empty."""
    made = dict(columns)
    for field in register.references:
        if field.name in made:
            made[field.name] = each(made[field.name], partial(roster.meant, field))
    rows = records(made, count)
    told: dict[str, None] = {}
    if SUBJECT in columns and is_told(register):
        for row, written in zip(rows, columns[SUBJECT], strict=True):
            if (found := roster.told_apart(written, row)) is not None:
                row[SUBJECT] = found
        told[SUBJECT] = None
    for row in rows:
        following = _following(register, row, aids, cutoff_day)
        row.update(following)
        told.update(dict.fromkeys(following))
    made.update({name: [row.get(name) for row in rows] for name in told})
    return made, rows


def _following(register: Register, made: Mapping[str, Value], aids: Aids, cutoff_day: int) -> dict[str, Value]:
    """Return what follows from the values of a record, its year and month with it."""
    found: dict[str, Value] = {}
    if register.derive:
        found = {name: value for name, value in register.derive(made, aids).items() if value is not None}
    if register.has("year") and register.main_date:
        day = day_of(found.get(register.main_date) or made.get(register.main_date))
        if day:
            found["year"] = day.year
            found["stat_month"] = numbering.statistical_month(day, cutoff_day)
    return found


def objections(
    register: Register,
    made: Mapping[str, Value],
    typed: Collection[str] = (),
    before: Values | None = None,
    needed: Collection[str] = (),
) -> list[Problem]:
    """Return what stands against storing complete values: what identifies it, impossible days and values, secrets.

    ``typed`` are the fields entered by hand just now; a check may ask more of them than of an old ledger's. ``before``
    is what a standing record held: an impossible day of it stops only what touches or needs that day.
    """
    found = [
        Problem(field.name, f"请填写“{field.label}”", "required")
        for field in register.identifying
        if _nothing(made.get(field.name))
    ]
    if made.get("secrecy_notice") == "state":
        found.append(Problem("secrecy_notice", SECRET, "secret"))
    if register.days and not found:
        found += happened.refusing(register, made, before or {}, clock.today(), typed, needed)
    if register.check and not found:
        found += [
            Problem(_field_meant(register, words), words, "check")
            for words in register.check(_Asked(register, made, typed))
        ]
    return found


def _field_meant(register: Register, words: str) -> str:
    """Return the field an objection begins with the label of, so that it stands beneath it; empty for none."""
    labels = {re.split("[(（]", field.label)[0]: field.name for field in register.fields if not field.computed}
    return labels[max(meant, key=len)] if (meant := [label for label in labels if words.startswith(label)]) else ""


def objected(register: Register, columns: Mapping[str, Sequence[Value]], rows: Sequence[Values]) -> set[int]:
    """Return the places of complete records against which something stands, by column and one by one."""
    found: set[int] = set()
    for field in register.identifying:
        column = columns.get(field.name)
        found.update(range(len(rows)) if column is None else [at for at, value in enumerate(column) if _nothing(value)])
    if "state" in columns.get("secrecy_notice", ()):
        found.update(at for at, value in enumerate(columns["secrecy_notice"]) if value == "state")
    found |= happened.impossible(register, columns, rows, clock.today())
    check, bare = register.check, register.flow.bare if register.flow else None
    for at, row in enumerate(rows) if check or bare else ():
        if at not in found and ((check and check(_Asked(register, row))) or (bare and bare(row))):
            found.add(at)
    return found


def bare_words(register: Register, made: Mapping[str, Value]) -> str | None:
    """Return why a record with these values may have no rows and no files below it; None where it may."""
    return register.flow.bare(made) if register.flow and register.flow.bare else None


def kept_below(
    register: Register, made: Mapping[str, Value], rows: Mapping[str, Sequence[Any]], files: int
) -> list[Problem]:
    """Return what stands against rows and files below a record that may have none."""
    words = bare_words(register, made)
    if not words:
        return []
    kept = [child.label for child in register.rows if child is not kind_of(register) and rows.get(child.key)]
    kept += ["附件"] if files else []
    return [Problem("", f"{words}。请先清空：{'、'.join(kept)}", "check")] if kept else []


class _Asked:
    """A record as a check asks it: every declared field, None where nothing is known.

    An instance of the mapped class would cost more than all else that is done with a row of a ledger.
    """

    __slots__ = ("_made", "_register", "typed")

    def __init__(self, register: Register, made: Mapping[str, Value], typed: Collection[str] = ()) -> None:
        self._register = register
        self._made = made
        self.typed = typed

    def __getattr__(self, name: str) -> Value:
        value = self._made.get(name)
        if value is None and name not in self._register.by_name:
            raise AttributeError(name)
        return value


def _nothing(value: Value) -> bool:
    return not value and value in (None, "", ())


def day_of(value: Value) -> date | None:
    """Return the day of a day or moment; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
