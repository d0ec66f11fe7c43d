"""How the journal spells what an act did to one record: each field before and after, as its column keeps it."""

import json
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from typing import Any

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _spelt(raw: Any) -> str:
    # The encoder makes itself ready anew for every value, which takes longer than spelling a word or a number.
    if type(raw) is str:
        return encode_basestring(raw)
    return str(raw) if type(raw) is int else _compact(raw)


def speller(name: str) -> Callable[[Any], str]:
    """Return what spells the value of one field of new records."""
    head = f'"{name}":[null,'
    return lambda raw: f"{head}{encode_basestring(raw) if type(raw) is str else _spelt(raw)}]"


def facts(known: Mapping[str, Any] | None) -> str | None:
    """Return the words for plain facts by name, in the order of their names; None when there are none."""
    if not known:
        return None
    return f"{{{','.join([f'{encode_basestring(name)}:{_spelt(known[name])}' for name in sorted(known)])}}}"


def changed(delta: Mapping[str, Any]) -> str:
    """Return the words for fields with their value before and after, or for plain facts."""
    return _compact(delta)


def created(stored: Iterable[tuple[str, Any]]) -> str:
    """Return the words for the fields of a new record; put together by hand, since an import spends its time here."""
    pieces = [f'"{name}":[null,{encode_basestring(raw) if type(raw) is str else _spelt(raw)}]' for name, raw in stored]
    return f"{{{','.join(pieces)}}}"
