"""Forms of the course of a matter as data: which fields stand in which line, what is signed, what a letter says.

See ``resources/rules/stage_forms.toml``; a name that the register does not have is refused when the data is read.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from paizhu import registers
from paizhu.base import paths
from paizhu.base.register import Register

TALL = "+"
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StageForm:
    """One form; a letter where ``text`` is given.

    ``writes`` and ``signs`` pair the words of a box with the field printed in it; only the latter are signed.
    """

    code: str
    register: str
    title: str
    rows: tuple[tuple[str, ...], ...] = ()
    writes: tuple[tuple[str, str], ...] = ()
    signs: tuple[tuple[str, str], ...] = ()
    receipt: str = ""
    to: str = ""
    text: tuple[str, ...] = ()
    number: str = ""
    day: str = ""
    cc: str = ""

    @property
    def is_letter(self) -> bool:
        """Tell whether it is a letter and not a table."""
        return bool(self.text)

    def names(self) -> Sequence[str]:
        """Return every field or kind of rows the form prints."""
        found = [name.removesuffix(TALL) for row in self.rows for name in row]
        found += [name for _words, name in (*self.writes, *self.signs) if name]
        found += [name for words in (self.to, self.cc, *self.text) for name in _PLACE.findall(words)]
        return [*found, *(name for name in (self.number, self.day) if name)]


@cache
def stage_forms() -> tuple[StageForm, ...]:
    """Return the forms in the order written; KeyError for a field that its register does not have."""
    data = tomllib.loads((paths.resources() / "rules" / "stage_forms.toml").read_text(encoding="utf-8"))
    found = tuple(_form(code, entry) for code, entry in data.items())
    for form in found:
        register = registers.register(form.register)
        for name in form.names():
            _known(register, name)
    return found


def _form(code: str, entry: dict[str, object]) -> StageForm:
    given = dict(entry)
    rows = given.pop("rows", [])
    writes, signs = given.pop("writes", []), given.pop("signs", [])
    text = given.pop("text", [])
    assert isinstance(rows, list)
    assert isinstance(writes, list)
    assert isinstance(signs, list)
    assert isinstance(text, list)
    return StageForm(
        code,
        rows=tuple(tuple(row) for row in rows),
        writes=_boxes(writes),
        signs=_boxes(signs),
        text=tuple(text),
        **{name: str(value) for name, value in given.items()},
    )


def _boxes(given: Sequence[object]) -> tuple[tuple[str, str], ...]:
    return tuple((words, name) for words, _colon, name in (str(each).partition(":") for each in given))


def _known(register: Register, name: str) -> None:
    if not register.has(name) and name not in {child.key for child in register.rows}:
        raise KeyError(f"{register.key}.{name}")
