"""What values of cells are worth in a formula: as figures, as words, compared, matched against a criterion."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from fnmatch import translate


@dataclass(frozen=True, slots=True)
class Fault:
    """An error as a value: ``#DIV/0!`` and its like spread to whatever is computed from them."""

    words: str


Scalar = float | str | bool | Fault | None
Grid = list[list[Scalar]]
Worth = Scalar | Grid

DIVISION, VALUE, MISSING, NUMBER = Fault("#DIV/0!"), Fault("#VALUE!"), Fault("#N/A"), Fault("#NUM!")
_FIGURE = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*(%?)\s*")
_CRITERION = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)
_SAME = 1e-15


def figure(value: Scalar) -> float | Fault:
    """Return a value as a number; an empty cell is nothing, words that spell no number are a fault."""
    match value:
        case Fault():
            return value
        case None:
            return 0.0
        case bool():
            return float(value)
        case str():
            found = _FIGURE.fullmatch(value)
            if found is None:
                return VALUE
            return float(value.strip().rstrip("%")) / (100 if found[1] else 1)
        case _:
            return float(value)


def words(value: Scalar) -> str | Fault:
    """Return a value as words, a whole number without its point."""
    match value:
        case Fault():
            return value
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value
        case _:
            return shown(float(value))


def shown(number: float) -> str:
    """Return a number as a cell keeps it: fifteen digits tell it in words, never with an empty fraction."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g")


def truth(value: Scalar) -> bool | Fault:
    """Return whether a value says yes; words that are neither TRUE nor FALSE are a fault."""
    if isinstance(value, Fault):
        return value
    if isinstance(value, str):
        return value.upper() == "TRUE" if value.upper() in ("TRUE", "FALSE") else VALUE
    return bool(value)


def compared(one: Scalar, other: Scalar) -> int:
    """Return less than, equal to or greater than zero; numbers come before words, words before yes and no."""
    one, other = _filled(one, other), _filled(other, one)
    ranks = _rank(one), _rank(other)
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if isinstance(one, str) and isinstance(other, str):
        here, there = one.casefold(), other.casefold()
        return (here > there) - (here < there)
    left, right = float(one or 0), float(other or 0)  # type: ignore[arg-type]  # words and faults went before
    if abs(left - right) <= _SAME * max(abs(left), abs(right)):
        return 0
    return -1 if left < right else 1


def _filled(value: Scalar, beside: Scalar) -> Scalar:
    if value is not None:
        return value
    return "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0.0


def _rank(value: Scalar) -> int:
    return 2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0


def criterion(asked: Scalar) -> Callable[[Scalar], bool]:
    """Return the test a criterion such as ``">=5"`` or ``"*局"`` puts to a cell."""
    if isinstance(asked, Fault):
        return lambda cell: cell == asked
    if not isinstance(asked, str):
        return lambda cell: (
            cell is not None and not isinstance(cell, (str, Fault)) and compared(cell, asked or 0.0) == 0
        )
    found = _CRITERION.fullmatch(asked)
    sign, rest = (found[1] or "", found[2]) if found else ("", asked)
    number = figure(rest) if rest.strip() else VALUE
    if not isinstance(number, Fault):
        return _of_number(sign, number)
    if sign in ("<", ">", "<=", ">="):
        return lambda cell: isinstance(cell, str) and _holds(sign, compared(cell, rest))
    if not rest:
        blank = sign != "<>"
        return (lambda cell: cell is None or (not sign and cell == "")) if blank else (lambda cell: cell is not None)
    pattern = re.compile(translate(_plain_brackets(rest)), re.IGNORECASE | re.DOTALL)
    if sign == "<>":
        return lambda cell: not (isinstance(cell, str) and pattern.match(cell))
    return lambda cell: isinstance(cell, str) and pattern.match(cell) is not None


def _of_number(sign: str, number: float) -> Callable[[Scalar], bool]:
    def fits(cell: Scalar) -> bool:
        if isinstance(cell, str):
            told = figure(cell)
            same = not isinstance(told, Fault) and told == number
            return not same if sign == "<>" else same and sign in ("", "=")
        if cell is None or isinstance(cell, (bool, Fault)):
            return sign == "<>"
        return _holds(sign or "=", compared(cell, number))

    return fits


def _holds(sign: str, order: int) -> bool:
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[sign]


def holds(sign: str, one: Scalar, other: Scalar) -> bool:
    """Tell whether a comparison between two values holds."""
    return _holds(sign, compared(one, other))


def _plain_brackets(text: str) -> str:
    # A tilde makes the next sign plain; brackets mean nothing in a criterion, but do to the matcher.
    made, plain = "", False
    for sign in text:
        if sign == "~" and not plain:
            plain = True
            continue
        made += f"[{sign}]" if sign == "[" or (plain and sign in "*?") else sign
        plain = False
    return made


_ROUNDINGS = {"ROUND": ROUND_HALF_UP, "ROUNDUP": ROUND_UP, "ROUNDDOWN": ROUND_DOWN}


def rounded(how: str, number: float, places: int) -> float:
    """Return a number rounded as the functions of this name do, halves away from zero."""
    exact = Decimal(format(number, ".15g"))
    step = Decimal(1).scaleb(-max(min(places, 15), -15))
    return float((exact / step).quantize(Decimal(1), _ROUNDINGS[how]) * step)
