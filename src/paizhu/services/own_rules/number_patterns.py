"""编号 and 文号 as this office writes them: a pattern for each register and kind of letter, shown by its next number.

A changed pattern holds from the next number on; what was issued keeps its number, and is still known by its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotFoundError
from paizhu.base.rows import Change, Problem
from paizhu.base.text import folded
from paizhu.rules import numbering
from paizhu.services import keeping

if TYPE_CHECKING:
    from paizhu.services.desk import Desk

KIND, FORMER = "number", "number_former"
YEAR, COUNT = "{年}", "{号}"
_LONGEST, _MOST_DIGITS = 40, 8


@dataclass(frozen=True, slots=True)
class Line:
    """One series: what it numbers, its pattern as stored, the one it came with, and the number it would give next."""

    code: str
    label: str
    pattern: str
    shipped: str
    next: str

    @property
    def changed(self) -> bool:
        """Tell whether this office set it."""
        return self.pattern != self.shipped


class NumberPatterns:
    """Shows and sets the patterns of one vault; every change is one journalled act with its reason."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk

    def lines(self) -> list[Line]:
        """Return every series: the registers in the order of the tabs, then the letters by kind."""
        held, shipped = self._desk.patterns, self._desk.shipped_patterns
        return [
            Line(code, label, held[code], shipped[code], self._next(code, held[code]))
            for code, label in _series()
            if code in shipped
        ]

    def preview(self, code: str, pattern: str) -> tuple[str, str]:
        """Return the number a pattern would give next, and why it cannot be used; one of the two is empty."""
        clean = "".join(pattern.split())
        if not numbering.is_pattern(clean):
            return "", f"格式里要有一个 {COUNT}，年份写 {YEAR}，其余照写"
        if len(clean) > _LONGEST:
            return "", f"格式最长 {_LONGEST} 个字"
        twin = next(
            (line.label for line in self.lines() if line.code != code and folded(line.pattern) == folded(clean)), ""
        )
        if twin:
            return "", f"和“{twin}”的格式一样，两处的编号会分不清"
        return self._next(code, clean), ""

    def set(self, code: str, pattern: str, reason: str) -> Change:
        """Let a series be written by this pattern from its next number on."""
        line = self._line(code)
        _next, wrong = self.preview(code, pattern)
        problems = [Problem("pattern", wrong)] if wrong else []
        problems += [] if reason.strip() else [Problem("reason", "请写明改动理由", "required")]
        if problems:
            raise InvalidRecordError(problems)
        return self._keep(line, "".join(pattern.split()), reason.strip())

    def put_back(self, code: str) -> Change:
        """Go back to the pattern the program came with."""
        return self._keep(self._line(code), None, "")

    # --- the machine -----------------------------------------------------------------------------------------

    def _keep(self, line: Line, pattern: str | None, reason: str) -> Change:
        former = [each for each in self._desk.known_patterns(line.code) if each not in (pattern, line.shipped)]
        about = {"code": line.code, "before": line.pattern, "after": pattern or line.shipped, "reason": reason}
        body = json.dumps(former, ensure_ascii=False) if former else None
        words = f"编号格式 {line.label}：{'恢复内置' if pattern is None else shown(pattern)}"
        return keeping.keep(
            self._desk,
            words,
            KIND,
            {line.code: pattern},
            follow=lambda act: act.keep(FORMER, line.code, body),
            about=about,
        )

    def _line(self, code: str) -> Line:
        found = next((line for line in self.lines() if line.code == code), None)
        if found is None:
            raise NotFoundError("没有这一种编号", "没有改动")
        return found

    def _next(self, code: str, pattern: str) -> str:
        year = self._desk.today.year if "{year}" in pattern else 0
        with self._desk.vault.read() as connection:
            row = connection.execute(
                "SELECT last FROM number_counter WHERE register = ? AND year = ?", (code, year)
            ).fetchone()
        return numbering.number(pattern, year or self._desk.today.year, int(row[0] if row else 0) + 1)


def shown(pattern: str) -> str:
    """Return a stored pattern as the officer reads it: {年} the year, {号} the number, {号3} in three digits."""
    words = pattern.replace("{year}", YEAR)
    for width in range(_MOST_DIGITS, 0, -1):
        words = words.replace(f"{{n:0{width}}}", f"{{号{width}}}").replace(f"{{n:{width}}}", f"{{号{width}}}")
    return words.replace("{n}", COUNT)


def meant(words: str) -> str:
    """Return the stored form of a pattern as the officer wrote it."""
    pattern = words.replace("｛", "{").replace("｝", "}").replace(YEAR, "{year}").replace(COUNT, "{n}")
    for width in range(1, _MOST_DIGITS + 1):
        pattern = pattern.replace(f"{{号{width}}}", f"{{n:0{width}}}")
    return pattern


def _series() -> Sequence[tuple[str, str]]:
    found = [(register.key, f"{register.label}编号") for register in registers.REGISTERS]
    for register in registers.REGISTERS:
        told_by = {step.numbers[1] for step in register.flow.steps if step.numbers} if register.flow else set()
        for name in sorted(told_by):
            found += [
                (f"{register.key}_{choice.code}", f"{choice.label}文号") for choice in register.field(name).choices
            ]
    return found
