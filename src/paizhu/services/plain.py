"""Records as plain data for the command line: what is printed of them, and what a file says to save.

Class P4 is masked everywhere: what stands here may be written to a terminal, a log of a script or a pipe.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from paizhu.base import dates, values
from paizhu.base.asked import empty
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.reading import ReadingError
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Row, Value, refs_in
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.services.deadlines.task import open_title
from paizhu.services.desk import Desk
from paizhu.services.history import History
from paizhu.services.linking import label_of
from paizhu.services.records import Records
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, table

_OWN = ("id", "version", "voided", "position", "parent_id", "void_reason", "void_by", "void_at")
# Fields that tell who wrote something say nothing about it to somebody else; they would fill every list of links.
_NO_LINKS = frozenset({"handler", "co_handler", "unit_id"})


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says about one record: typed values, child rows by kind, and over which version they were made."""

    typed: dict[str, Any]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    id: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which records of a register a list is asked for, as typed: field and words, state, days of the main date."""

    where: Sequence[tuple[str, str]] = ()
    state: str = ""
    since: str = ""
    until: str = ""


class Plain:
    """Reads records of one vault as plain data, and plain data as what records can be saved from."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    # --- out -------------------------------------------------------------------------------------------------

    def records(self, view: View) -> Iterator[dict[str, Any]]:
        """Yield the records of a view, one by one, so that a long list needs no memory."""
        register = table(view.register).register
        with self._vault.read() as connection:
            for row in queries.every(connection, view):
                yield record(register, row)

    def rows(self, view: View) -> Iterator[Row]:
        """Yield the rows of a view for a table in words."""
        with self._vault.read() as connection:
            yield from queries.every(connection, view)

    def shown(self, register: Register, record_id: int) -> dict[str, Any]:
        """Return everything that is known about one record, as ``show`` prints it."""
        reading = Records(self._desk)
        row = reading.get(register, record_id)
        below = reading.rows(register, record_id)
        return {
            "record": record(register, row),
            "words": words(register, row),
            "rows": {
                child.key: [record(child, each) for each in below[child.key] if not each.voided]
                for child in register.rows
            },
            "extra": dict(row.extra),
            "source": dict(row.source) or None,
            "history": self._history(register, record_id),
            "links": self._links(register, row),
        }

    def _history(self, register: Register, record_id: int) -> list[dict[str, Any]]:
        return [
            {
                "entry": change.entry.id,
                "at": change.entry.at,
                "act": change.entry.kind,
                "label": change.entry.label,
                "actor": change.entry.actor,
                "action": change.action,
                "kind": change.kind,
                "field": change.field,
                "words": change.label,
                "before": change.before,
                "after": change.after,
            }
            for change in History(self._desk).of_record(register.key, record_id)
        ]

    def _links(self, register: Register, row: Row) -> list[dict[str, Any]]:
        found = []
        with self._vault.read() as connection:
            for there in register.fields:
                if there.sens is Sens.P4 or there.name in _NO_LINKS:
                    continue
                for ref in refs_in(row.values.get(there.name)):
                    if ref.linked and ref.register in TABLES:
                        target = queries.one(connection, table(ref.register), int(ref.id or 0))
                        found.append(_link("to", there, table(ref.register).register, target))
            for kind, record_id, name in queries.pointing_to(connection, register.key, row.id):
                here = TABLES.get(kind)
                pointing = here.fields.get(name) if here else None
                if here is None or pointing is None or pointing.sens is Sens.P4 or name in _NO_LINKS:
                    continue
                source = queries.one(connection, here, record_id)
                if source.voided:
                    continue
                if here.parent is not None:
                    source = queries.one(connection, table(here.parent), int(str(source.values["parent_id"])))
                found.append(_link("from", pointing, here.parent or here.register, source))
        return found

    # --- in --------------------------------------------------------------------------------------------------

    def given(self, register: Register, data: Mapping[str, Any], record_id: int | None = None) -> Given:
        """Return what a file says, ready to be saved; what ``show`` printed may be given back as it stands.

        A reference to a record that is not there, and a state other than the present one, are refused as problems.
        """
        # A talk has a field called record too; what show prints holds an object there.
        printed = _part(data, "record")
        plain = {**(printed or data), **_part(data, "rows")}
        problems: list[Problem] = []
        found_id = record_id or _whole(plain.get("id"))
        standing = Records(self._desk).get(register, found_id) if found_id else None
        self._check_state(register, plain, standing, problems)
        kinds = {child.key for child in register.rows}
        typed = {
            name: self._read(register, name, raw, problems)
            for name, raw in plain.items()
            if name not in _OWN and name not in kinds and name != "rows" and not _masked(register, name, raw)
        }
        rows = {key: self._rows(register, key, plain[key], found_id, problems) for key in kinds if key in plain}
        if problems:
            raise InvalidRecordError(problems)
        return Given(typed, rows, found_id, _whole(plain.get("version")))

    def _check_state(
        self, register: Register, plain: Mapping[str, Any], standing: Row | None, problems: list[Problem]
    ) -> None:
        if register.flow is None or plain.get("state") is None:
            return
        chosen = register.field("state").by_label.get(folded(str(plain["state"])))
        code = chosen.code if chosen else str(plain["state"])
        if code != (standing.state if standing else register.flow.start):
            words = "阶段不能直接改写，请用 advance 一步一步办理"
            problems.append(Problem("state", words, "step_needed"))

    def _rows(
        self, register: Register, key: str, given: Any, record_id: int | None, problems: list[Problem]
    ) -> list[dict[str, Any]]:
        child = register.child(key)
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            problems.append(Problem(key, f"“{child.label}”应是一个列表，每行一个对象", "invalid"))
            return []
        standing = {row.id: row for row in Records(self._desk).rows(register, record_id)[key]} if record_id else {}
        made = []
        for each in given:
            typed = {
                name: self._read(child, name, raw, problems)
                for name, raw in each.items()
                if name not in _OWN and not _masked(child, name, raw)
            }
            row_id = _whole(each.get("id"))
            if row_id is not None and row_id in standing:
                # Only some fields of a row may be given; what tells it from others must not seem to be missing.
                kept = standing[row_id].values
                typed = {**{name: kept.get(name) for name in _needed(child)}, **typed, "id": row_id}
            elif row_id is not None:
                problems.append(Problem(key, f"“{child.label}”里没有 {row_id} 号这一行", "not_found"))
            made.append(typed)
        return made

    def _read(self, register: Register, name: str, raw: Any, problems: list[Problem]) -> Any:
        if not register.has(name) or not register.field(name).is_reference or raw is None:
            return raw
        there = register.field(name)
        if isinstance(raw, list):
            return [self._ref(there, each, problems) for each in raw]
        return self._ref(there, raw, problems)

    def _ref(self, there: Field, raw: Any, problems: list[Problem]) -> Any:
        if not isinstance(raw, dict) or raw.get("id") is None:
            return raw.get("label") if isinstance(raw, dict) else raw
        wanted = str(raw.get("register") or "")
        record_id = _whole(raw["id"])
        candidates = []
        for target in there.targets:
            if record_id is not None and target in TABLES and wanted in ("", target):
                label = label_of(self._vault, target, record_id)
                if label is not None:
                    candidates.append(Ref(label, target, record_id))
        for ref in candidates:
            if ref.label == raw.get("label"):
                return ref
        if candidates:
            return candidates[0]
        problems.append(Problem(there.name, f"“{there.label}”指向的 {raw['id']} 号记录不存在", "not_found"))
        return None

    def view(self, register: Register, asked: Asked) -> View:
        """Return the view that a list is asked for; unknown fields and values are refused in words."""
        view = Records(self._desk).default_view(register)
        for name, typed in asked.where:
            view = view.where(self._condition(register, name, typed))
        if asked.state:
            if register.flow is None:
                raise NotAllowedError(f"“{register.label}”没有办理阶段", "", "去掉 --state 再试")
            typed = asked.state.strip()
            code = next((each.code for each in register.flow.states if typed in (each.code, each.label)), "")
            if not code:
                known = "、".join(f"{each.code}（{each.label}）" for each in register.flow.states)
                raise NotAllowedError(f"“{register.label}”没有“{typed}”这个阶段", "", f"可用的有：{known}")
            view = view.where(Condition("state", Test.IS, code))
        for typed, test in ((asked.since, Test.SINCE), (asked.until, Test.UNTIL)):
            if typed:
                if not register.main_date:
                    raise NotAllowedError(f"“{register.label}”没有主日期，不能按日期筛选", "", "去掉日期条件再试")
                view = view.where(Condition(register.main_date, test, self.day(typed)))
        return view

    def _condition(self, register: Register, name: str, typed: str) -> Condition:
        if not register.has(name):
            known = "、".join(each.name for each in register.fields if each.sens is not Sens.P4)
            raise NotAllowedError(f"“{register.label}”没有“{name}”这一项", "", f"可用的有：{known}")
        there = register.field(name)
        if there.sens is Sens.P4:
            raise NotAllowedError(f"“{there.label}”涉及反映人，不能用来筛选")
        if not typed:
            return Condition(name, Test.EMPTY)
        if there.is_reference and typed.isdecimal():
            problems: list[Problem] = []
            ref = self._ref(there, {"id": typed}, problems)
            if problems:
                raise InvalidRecordError(problems)
            return Condition(name, Test.POINTS_TO, ref)
        try:
            value = values.parse(there, typed, self._desk.reading)
        except ReadingError as error:
            raise NotAllowedError(error.message.rstrip("。")) from error
        if there.kind in (FieldKind.CHOICES, FieldKind.REFS):
            first = value[0] if isinstance(value, tuple) and value else typed
            return Condition(name, Test.CONTAINS, first.label if isinstance(first, Ref) else first)
        return Condition(name, Test.IS, value)

    def day(self, typed: str) -> date:
        """Return the day meant by words on the command line, such as ``2026-09-25`` or ``今天``."""
        reading = self._desk.reading
        try:
            return dates.read_day(typed, reference=reading.reference, add_working_days=reading.add_working_days)
        except ReadingError as error:
            raise NotAllowedError(error.message.rstrip("。")) from error


def record(register: Register, row: Row) -> dict[str, Any]:
    """Return a record by code names, its number, version and state first."""
    made: dict[str, Any] = {"id": row.id}
    if register.has("no"):
        made["no"] = row.no or None
    made["version"] = row.version
    if register.flow:
        made["state"] = row.state or register.flow.start
    made["voided"] = row.voided
    for there in register.fields:
        if there.name not in made:
            made[there.name] = plain_value(there, row.values.get(there.name))
    if row.voided and row.values.get("void_reason"):
        made["void_reason"] = row.values["void_reason"]
    return made


def words(register: Register, row: Row) -> dict[str, str]:
    """Return the words of every field that has a value, as the form shows them."""
    shown = {there.name: in_words(there, row.values.get(there.name)) for there in register.fields}
    return {name: text for name, text in shown.items() if text}


def plain_value(there: Field, value: Value) -> Any:
    """Return the plain form of a value; class P4 is masked, whatever kind of field it stands in."""
    if there.sens is Sens.P4:
        return None if empty(value) else values.MASK
    return values.to_json(there, value)


def in_words(there: Field, value: Value) -> str:
    """Return the words of a value; class P4 is masked."""
    if there.sens is Sens.P4:
        return "" if empty(value) else values.MASK
    return values.show(there, value)


def _link(way: str, there: Field, register: Register, row: Row) -> dict[str, Any]:
    return {
        "way": way,
        "field": there.name,
        "words": there.label,
        "register": register.key,
        "id": row.id,
        "no": row.no or None,
        "title": open_title(register, row),
    }


def _part(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = data.get(name)
    return dict(found) if isinstance(found, dict) else {}


def _whole(raw: Any) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    return int(raw) if isinstance(raw, str) and raw.isdecimal() else None


def _masked(register: Register, name: str, raw: Any) -> bool:
    """Tell whether a value is the mask that was printed instead of words about an informant."""
    return raw == values.MASK and register.has(name) and register.field(name).sens is Sens.P4


def _needed(child: Register) -> list[str]:
    return [there.name for there in child.fields if there.required]
