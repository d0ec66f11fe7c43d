"""Whether two rows mean the same record, and whether two values say the same."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from paizhu.base.columns import each
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value
from paizhu.base.text import folded

_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")


def alike(new: Value, old: Value) -> bool:
    """Tell whether two values say the same: names by their words where one of them points to no record."""
    if isinstance(new, Ref) and isinstance(old, Ref):
        same_words = folded(new.label) == folded(old.label)
        return same_words and (not new.linked or not old.linked or (new.register, new.id) == (old.register, old.id))
    if isinstance(new, tuple) and isinstance(old, tuple):
        return len(new) == len(old) and all(alike(one, other) for one, other in zip(new, old, strict=True))  # type: ignore[arg-type]  # pieces are values
    if new == old or (new in (None, "", ()) and old in (None, "", ())):
        return True
    # 柳　青 and 柳青 are one name, set wider: a blank between Chinese words says nothing.
    return isinstance(new, str) and isinstance(old, str) and _tight(new) == _tight(old)


def _tight(words: str) -> str:
    return _BETWEEN.sub("", words)


def identity_of(register: Register, made: Mapping[str, Value]) -> str | None:
    """Return what tells a record from others of its register, folded; None when part of it is missing."""
    return identities_of(register, {name: [made.get(name)] for name in register.identity}, 1)[0]


def identities_of(register: Register, columns: Mapping[str, Sequence[Value]], count: int) -> list[str | None]:
    """Return the same of so many records by column."""
    parts = []
    nothing: Sequence[Value] = [None] * count
    for name in register.identity:
        missing = None if register.field(name).required else ""
        telling = each(columns.get(name, nothing), _telling)
        parts.append([words or missing for words in telling])
    return [None if None in row else "\x1f".join(row) for row in zip(*parts, strict=True)] or [None] * count


def number_identity(no: Value) -> str | None:
    """Return the identity by running number, which goes before every other; None without one."""
    return f"no\x1f{folded(str(no))}" if no else None


def _telling(value: Value) -> str:
    if value in ("", ()):
        return ""
    words = value.label if isinstance(value, Ref) else str(value)
    return folded(words[:10] if isinstance(value, date) else words)
