"""The functions forms use, each from the values of its arguments; one that is not here is left to other programs."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from paizhu.documents.forms.formula_parse import UnreadFormulaError
from paizhu.documents.forms.formula_values import (
    DIVISION,
    MISSING,
    NUMBER,
    VALUE,
    Fault,
    Grid,
    Scalar,
    Worth,
    compared,
    criterion,
    figure,
    rounded,
    truth,
    words,
)

Function = Callable[[Sequence[Worth]], Worth]
_HIDDEN_TOO = 100


def grid(value: Worth) -> Grid:
    """Return a value as rows of cells."""
    return value if isinstance(value, list) else [[value]]


def single(value: Worth) -> Scalar:
    """Return the one value meant; an area where one value is wanted is a fault."""
    if not isinstance(value, list):
        return value
    return value[0][0] if len(value) == 1 and len(value[0]) == 1 else VALUE


def _cells(value: Worth) -> Iterator[Scalar]:
    return chain.from_iterable(grid(value))


def _figures(values: Sequence[Worth]) -> list[float] | Fault:
    """Return the numbers among cells; what is given in the formula itself counts whatever it is."""
    found: list[float] = []
    for value in values:
        if not isinstance(value, list):
            told = figure(value)
            if isinstance(told, Fault):
                return told
            if value is not None:
                found.append(told)
            continue
        for cell in _cells(value):
            if isinstance(cell, Fault):
                return cell
            if isinstance(cell, (int, float)) and not isinstance(cell, bool):
                found.append(float(cell))
    return found


def _of_figures(compute: Callable[[list[float]], Worth]) -> Function:
    def function(values: Sequence[Worth]) -> Worth:
        found = _figures(values)
        return found if isinstance(found, Fault) else compute(found)

    return function


def _of_numbers(compute: Callable[..., Worth], least: int, most: int) -> Function:
    """Return a function of single numbers."""

    def function(values: Sequence[Worth]) -> Worth:
        if not least <= len(values) <= most:
            return VALUE
        told = [figure(single(value)) for value in values]
        fault = next((each for each in told if isinstance(each, Fault)), None)
        return fault if fault is not None else compute(*told)

    return function


def _of_words(compute: Callable[..., Worth], least: int, most: int) -> Function:
    """Return a function of words and then of numbers."""

    def function(values: Sequence[Worth]) -> Worth:
        if not least <= len(values) <= most:
            return VALUE
        first = words(single(values[0]))
        told = [figure(single(value)) for value in values[1:]]
        fault = next((each for each in (first, *told) if isinstance(each, Fault)), None)
        return fault if fault is not None else compute(first, *told)

    return function


def _average(found: list[float]) -> Worth:
    return math.fsum(found) / len(found) if found else DIVISION


def total(found: Sequence[float]) -> float:
    """Return a sum without the noise of binary fractions that adding one after the other leaves."""
    return math.fsum(found)


def _counted(values: Sequence[Worth]) -> float:
    """Count cells with something in them."""
    return float(sum(cell is not None for value in values for cell in _cells(value)))


def _numbers(values: Sequence[Worth]) -> float:
    cells = (cell for value in values for cell in _cells(value))
    return float(sum(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in cells))


def _blank(values: Sequence[Worth]) -> float:
    return float(sum(cell in (None, "") for cell in _cells(values[0])))


def _all(values: Sequence[Worth], join: Callable[[Iterator[bool]], bool]) -> Worth:
    told = []
    for value in values:
        for cell in _cells(value):
            if isinstance(value, list) and (cell is None or isinstance(cell, str)):
                continue
            said = truth(cell)
            if isinstance(said, Fault):
                return said
            told.append(said)
    return join(iter(told)) if told else VALUE


def _matching(pairs: Sequence[Worth]) -> list[bool] | Fault:
    """Return for each cell of the first area whether every criterion holds there; areas of other sizes are a fault."""
    if not pairs or len(pairs) % 2:
        return VALUE
    held: list[bool] | None = None
    for area, asked in zip(pairs[::2], pairs[1::2], strict=True):
        fits = criterion(single(asked))
        here = [fits(cell) for cell in _cells(area)]
        if held is not None and len(held) != len(here):
            return VALUE
        held = here if held is None else [one and other for one, other in zip(held, here, strict=True)]
    return held or []


def _picked(added: Worth, held: list[bool]) -> list[float] | Fault:
    cells = list(_cells(added))
    if len(cells) < len(held):
        return VALUE
    found: list[float] = []
    for cell, fits in zip(cells, held, strict=False):
        if fits and isinstance(cell, Fault):
            return cell
        if fits and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            found.append(float(cell))
    return found


def _if_one(values: Sequence[Worth], compute: Callable[[list[float]], Worth]) -> Worth:
    if len(values) not in (2, 3):
        return VALUE
    held = _matching(values[:2])
    added = values[2] if len(values) > 2 else values[0]
    found = held if isinstance(held, Fault) else _picked(added, held)
    return found if isinstance(found, Fault) else compute(found)


def _if_many(values: Sequence[Worth], compute: Callable[[list[float]], Worth]) -> Worth:
    held = _matching(values[1:])
    found = held if isinstance(held, Fault) else _picked(values[0], held)
    return found if isinstance(found, Fault) else compute(found)


def _count_if(values: Sequence[Worth]) -> Worth:
    held = _matching(values)
    return held if isinstance(held, Fault) else float(sum(held))


def _sumproduct(values: Sequence[Worth]) -> Worth:
    areas = [list(_cells(value)) for value in values]
    if len({len(area) for area in areas}) != 1:
        return VALUE
    added = []
    for cells in zip(*areas, strict=True):
        fault = next((cell for cell in cells if isinstance(cell, Fault)), None)
        if fault is not None:
            return fault
        plain = [
            float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else 0.0 for cell in cells
        ]
        added.append(math.prod(plain))
    return math.fsum(added)


def _match(values: Sequence[Worth]) -> Worth:
    """Find a value in a row or column; only the exact search is computed here."""
    if len(values) != 3 or figure(single(values[2])) != 0:
        raise UnreadFormulaError
    asked = single(values[0])
    at = next((at for at, cell in enumerate(_cells(values[1]), 1) if cell is not None and _same(cell, asked)), None)
    return MISSING if at is None else float(at)


def _same(cell: Scalar, asked: Scalar) -> bool:
    return isinstance(cell, str) == isinstance(asked, str) and compared(cell, asked) == 0


def _lookup(values: Sequence[Worth]) -> Worth:
    """Find a row by its first cell; only the exact search is computed here."""
    if len(values) != 4 or truth(single(values[3])) is not False:
        raise UnreadFormulaError
    asked, column = single(values[0]), figure(single(values[2]))
    if isinstance(column, Fault):
        return column
    for row in grid(values[1]):
        if row and row[0] is not None and _same(row[0], asked):
            return row[int(column) - 1] if 1 <= column <= len(row) else Fault("#REF!")
    return MISSING


def _index(values: Sequence[Worth]) -> Worth:
    rows = grid(values[0])
    places = [figure(single(value)) for value in values[1:3]]
    fault = next((each for each in places if isinstance(each, Fault)), None)
    if fault is not None or not 1 <= len(places) <= 2:
        return fault or VALUE
    at = [int(each) for each in places if not isinstance(each, Fault)]
    if len(at) == 1:
        at = [1, at[0]] if len(rows) == 1 else [at[0], 1]
    inside = 1 <= at[0] <= len(rows) and 1 <= at[1] <= len(rows[0])
    if 0 in at:
        raise UnreadFormulaError
    return rows[at[0] - 1][at[1] - 1] if inside else Fault("#REF!")


def _rank(values: Sequence[Worth]) -> Worth:
    asked, found = figure(single(values[0])), _figures(values[1:2])
    order = figure(single(values[2])) if len(values) > 2 else 0.0
    if isinstance(asked, Fault) or isinstance(found, Fault) or isinstance(order, Fault):
        return VALUE
    if asked not in found:
        return MISSING
    return float(1 + sum(each < asked if order else each > asked for each in found))


def _nth(values: Sequence[Worth], *, largest: bool) -> Worth:
    found, place = _figures(values[:1]), figure(single(values[1]))
    if isinstance(found, Fault) or isinstance(place, Fault):
        return VALUE
    ordered = sorted(found, reverse=largest)
    return ordered[int(place) - 1] if 1 <= place <= len(ordered) else NUMBER


def _joined(values: Sequence[Worth]) -> Worth:
    told = [words(cell) for value in values for cell in _cells(value)]
    fault = next((each for each in told if isinstance(each, Fault)), None)
    return fault if fault is not None else "".join(map(str, told))


def _mod(number: float, by: float) -> Worth:
    return DIVISION if by == 0 else number - by * math.floor(number / by)


def _middle(text: str, first: float, count: float) -> Worth:
    return VALUE if first < 1 or count < 0 else text[int(first) - 1 : int(first) - 1 + int(count)]


FUNCTIONS: Mapping[str, Function] = {
    "SUM": _of_figures(total),
    "PRODUCT": _of_figures(lambda found: math.prod(found) if found else 0.0),
    "AVERAGE": _of_figures(_average),
    "MAX": _of_figures(lambda found: max(found, default=0.0)),
    "MIN": _of_figures(lambda found: min(found, default=0.0)),
    "COUNT": _numbers,
    "COUNTA": _counted,
    "COUNTBLANK": _blank,
    "ROUND": _of_numbers(lambda number, places: rounded("ROUND", number, int(places)), 2, 2),
    "ROUNDUP": _of_numbers(lambda number, places: rounded("ROUNDUP", number, int(places)), 2, 2),
    "ROUNDDOWN": _of_numbers(lambda number, places: rounded("ROUNDDOWN", number, int(places)), 2, 2),
    "TRUNC": _of_numbers(lambda number, places=0.0: rounded("ROUNDDOWN", number, int(places)), 1, 2),
    "INT": _of_numbers(lambda number: float(math.floor(number)), 1, 1),
    "ABS": _of_numbers(abs, 1, 1),
    "MOD": _of_numbers(_mod, 2, 2),
    "SQRT": _of_numbers(lambda number: NUMBER if number < 0 else math.sqrt(number), 1, 1),
    "AND": lambda values: _all(values, all),
    "OR": lambda values: _all(values, any),
    "NOT": lambda values: said if isinstance(said := truth(single(values[0])), Fault) else not said,
    "SUMIF": lambda values: _if_one(values, total),
    "AVERAGEIF": lambda values: _if_one(values, _average),
    "SUMIFS": lambda values: _if_many(values, total),
    "AVERAGEIFS": lambda values: _if_many(values, _average),
    "MAXIFS": lambda values: _if_many(values, lambda found: max(found, default=0.0)),
    "MINIFS": lambda values: _if_many(values, lambda found: min(found, default=0.0)),
    "COUNTIF": _count_if,
    "COUNTIFS": _count_if,
    "SUMPRODUCT": _sumproduct,
    "MATCH": _match,
    "VLOOKUP": _lookup,
    "INDEX": _index,
    "RANK": _rank,
    "RANK.EQ": _rank,
    "LARGE": lambda values: _nth(values, largest=True),
    "SMALL": lambda values: _nth(values, largest=False),
    "CONCATENATE": _joined,
    "CONCAT": _joined,
    "LEN": _of_words(lambda text: float(len(text)), 1, 1),
    "TRIM": _of_words(
        lambda text: " ".join(text.split(" ")).strip() if "  " not in text else " ".join(text.split()), 1, 1
    ),
    "UPPER": _of_words(lambda text: text.upper(), 1, 1),
    "LOWER": _of_words(lambda text: text.lower(), 1, 1),
    "LEFT": _of_words(lambda text, count=1.0: text[: int(count)] if count >= 0 else VALUE, 1, 2),
    "RIGHT": _of_words(
        lambda text, count=1.0: text[len(text) - int(count) :] if 0 < count < len(text) else text if count else "", 1, 2
    ),
    "MID": _of_words(_middle, 3, 3),
    "VALUE": lambda values: figure(single(values[0])),
    "N": lambda values: 0.0 if isinstance(single(values[0]), (str, type(None))) else figure(single(values[0])),
    "ISBLANK": lambda values: single(values[0]) is None,
    "ISNUMBER": lambda values: isinstance(single(values[0]), (int, float)) and not isinstance(single(values[0]), bool),
    "ISTEXT": lambda values: isinstance(single(values[0]), str),
    "ISERROR": lambda values: isinstance(single(values[0]), Fault),
    "ISNA": lambda values: single(values[0]) == MISSING,
    "NA": lambda _values: MISSING,
    "PI": lambda _values: math.pi,
}
"""By name; each takes faults as they are and gives one back where Excel would."""


SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 9: "SUM"}


def subtotal(number: float) -> tuple[Function, bool] | None:
    """Return the function behind a number of SUBTOTAL, and whether rows hidden by hand are left out."""
    plain = int(number) % _HIDDEN_TOO
    name = SUBTOTALS.get(plain)
    return (FUNCTIONS[name], number > _HIDDEN_TOO) if name else None
