"""Saved views of lists: which records, which chip, and how the columns stand; kept in the vault per register."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from paizhu.base.errors import InvalidRecordError
from paizhu.base.register import Register
from paizhu.base.rows import Change, Problem, Ref
from paizhu.base.view import Condition, Test
from paizhu.base.word_order import words_key
from paizhu.services import keeping
from paizhu.services.desk import Desk

_KIND = "view"
_LAST = "~last"
_OWN_COLUMNS = frozenset({"id", "missing", "voided"})


@dataclass(frozen=True, slots=True)
class SavedView:
    """One arrangement of a list: the chip, further conditions, and the table's layout as plain data."""

    name: str = ""
    facet: str = "all"
    conditions: tuple[Condition, ...] = ()
    missing: bool = False
    layout: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sorting(self) -> tuple[str, bool]:
        """The column the list is sorted by, if any, and whether downwards."""
        sort = self.layout.get("sort")
        return (str(sort[0]), bool(sort[1])) if isinstance(sort, list | tuple) and len(sort) == 2 else ("", False)


class Views:
    """The saved views of one vault; a damaged or outdated one gives back what can still be understood."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def names(self, register: Register) -> list[str]:
        """Return the names of the views of a register, by their sound."""
        start = f"{register.key}/"
        names = [name[len(start) :] for name in self._vault.kept_names(_KIND) if name.startswith(start)]
        return sorted((name for name in names if name != _LAST), key=words_key)

    def get(self, register: Register, name: str) -> SavedView | None:
        """Return a view by its name, or None when there is none."""
        body = self._vault.kept(_KIND, f"{register.key}/{name}")
        return _read(register, name, body) if body else None

    def save(self, register: Register, view: SavedView) -> Change:
        """Keep a view under its name, over one that had the name before; a view without a name is refused."""
        name = _named(view.name)
        texts = {f"{register.key}/{name}": _written(view)}
        return keeping.keep(self._desk, f"保存视图 {register.label}“{name}”", _KIND, texts, deed=_KIND)

    def rename(self, register: Register, name: str, other: str) -> Change:
        """Give a view another name; one that a view has already is refused, as is none."""
        new, before = _named(other), f"{register.key}/{name}"
        if new != name and new in self.names(register):
            raise InvalidRecordError([Problem("name", f"已有叫“{new}”的视图，请换一个名字", "taken")])
        texts = {before: None, f"{register.key}/{new}": self._vault.kept(_KIND, before)}
        words = f"视图改名 {register.label}“{name}”改为“{new}”"
        return keeping.keep(self._desk, words, _KIND, texts, deed=_KIND)

    def forget(self, register: Register, name: str) -> Change:
        """Forget a view; records are not touched, and undoing brings it back."""
        words = f"删除视图 {register.label}“{name}”"
        return keeping.keep(self._desk, words, _KIND, {f"{register.key}/{name}": None}, deed=_KIND)

    def last(self, register: Register) -> SavedView:
        """Return the list as the officer left it; the ordinary one when he never was there."""
        body = self._vault.kept(_KIND, f"{register.key}/{_LAST}")
        return _read(register, "", body) if body else SavedView()

    def keep_last(self, register: Register, view: SavedView) -> None:
        """Remember the list as it stands, for the next time."""
        body = _written(view)
        if self._vault.kept(_KIND, f"{register.key}/{_LAST}") != body:
            self._vault.keep(_KIND, f"{register.key}/{_LAST}", body)


def _named(words: str) -> str:
    name = words.strip()
    if not name or name == _LAST:
        raise InvalidRecordError([Problem("name", "请给视图起一个名字", "required")])
    return name


def _written(view: SavedView) -> str:
    facts = {
        "facet": view.facet,
        "conditions": [[each.name, each.test.value, _plain(each.value)] for each in view.conditions],
        "missing": view.missing,
        "layout": dict(view.layout),
    }
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)


def _read(register: Register, name: str, body: str) -> SavedView:
    try:
        facts = json.loads(body)
    except json.JSONDecodeError:
        return SavedView(name)
    if not isinstance(facts, dict):
        return SavedView(name)
    conditions = []
    for given in facts.get("conditions") or ():
        # A field may have gone since the view was saved; the other conditions still hold.
        try:
            field_name, test, value = given
            if register.has(field_name) or field_name in _OWN_COLUMNS:
                conditions.append(Condition(field_name, Test(test), _value(value)))
        except (ValueError, TypeError, KeyError, ArithmeticError):
            continue
    layout = facts.get("layout")
    return SavedView(
        name,
        str(facts.get("facet") or "all"),
        tuple(conditions),
        bool(facts.get("missing")),
        layout if isinstance(layout, dict) else {},
    )


def _plain(value: Any) -> Any:
    match value:
        case Ref():
            return {"ref": [value.label, value.register, value.id]}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
        case tuple() | list() | frozenset():
            return {"list": [_plain(each) for each in value]}
        case _:
            return value


def _value(plain: Any) -> Any:
    match plain:
        case {"ref": [label, register, record_id]}:
            return Ref(label, register, record_id)
        case {"day": words}:
            return date.fromisoformat(words[:10])
        case {"number": words}:
            return Decimal(words)
        case {"list": members}:
            return tuple(_value(each) for each in members)
        case _:
            return plain
