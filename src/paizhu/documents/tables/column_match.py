"""Which register a table belongs to and which field each column feeds, with how sure that is.

Names decide first; what stands in the cells confirms or contradicts them. A field is fed by one column at most;
a column without a field keeps its words with the record.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import NamedTuple

from paizhu.base.field import Field, FieldKind
from paizhu.base.money import unit_of_header
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.documents.books.book import Cell
from paizhu.documents.tables import column_guess
from paizhu.documents.tables.column_evidence import evidence
from paizhu.documents.tables.frame import Column, DataRow
from paizhu.documents.tables.label_words import (
    ID_HEADER,
    PARENT_HEADER,
    VERSION_HEADER,
    header_key,
    is_ordinal,
    is_report,
    naming,
    own_header,
)

HIGH, MIDDLE, LOW = 0.85, 0.65, 0.42
_COMPUTED_TARGETS = frozenset({"no", "state", "year"})
_NEVER = frozenset({FieldKind.FILES, FieldKind.SEALED})
RECORD_ID, RECORD_VERSION, PARENT_ID, PARENT_NO = "@id", "@version", "@parent", "@parent_no"
"""Targets of the columns that this program writes beside the fields, so that its own workbooks come back exactly."""
_OWN = {ID_HEADER: RECORD_ID, VERSION_HEADER: RECORD_VERSION, "上级记录号": PARENT_ID}
SHAPE = "shape-"
"""How the fingerprint of a layout without headings begins."""
_MOST_EXAMPLES = 3
_ALIKE = 0.05
"""Scores nearer than this are equal: the columns are parts of one thing."""
_SORTS = ("类别", "类型", "种类", "性质", "方式", "形式", "分类")
_BY_SORT = 0.7
_ALL_FIT = 0.9
_CONTRADICTED = 0.2
_LABEL = "同名"
_BY_NAME = (_LABEL, "别名")
_CONTAINS = "包含"
_REPORTED = re.compile(r"被(反映|举报|信访|检举|控告|投诉)")
_TELLS = re.compile(r"(?<!被)(反映|举报|信访|检举|控告|来访|来信|投诉)人")


@dataclass(frozen=True, slots=True)
class Match:
    """One column and the field it feeds; ``field`` is empty when its words are kept beside the record.

    ``unit`` is the unit of money the header names. ``ordinal`` columns only count rows and are left out. ``sealed``
    columns tell of an informant (class P4): the field is ``informant.name`` and the like, or empty when there is no
    place for the words, which then must not be kept beside the record either.
    """

    column: Column
    field: str = ""
    confidence: float = 0.0
    how: str = ""
    unit: str = ""
    ordinal: bool = False
    sealed: bool = False
    examples: tuple[str, ...] = ()
    runner_up: str = ""

    @property
    def words(self) -> str:
        """Return how sure the match is, in one word: 高, 中, 低 or 未对应."""
        if self.ordinal:
            return "高"
        if not self.field or self.confidence < LOW:
            return "未对应"
        return "高" if self.confidence >= HIGH else "中" if self.confidence >= MIDDLE else "低"


@dataclass(frozen=True, slots=True)
class Matching:
    """How one table feeds one register; ``parent`` is the register above when the rows are child rows."""

    register: Register
    matches: tuple[Match, ...]
    score: float
    fingerprint: str
    parent: Register | None = None
    others: tuple[tuple[str, float], ...] = field(default_factory=tuple)
    own: bool = False

    @property
    def fields(self) -> Mapping[str, Match]:
        """Return the columns that feed something, by field or ``@id`` and the like."""
        return {match.field: match for match in self.matches if match.field}

    @property
    def extra(self) -> tuple[Match, ...]:
        """Return the columns whose words are kept beside the record."""
        return tuple(match for match in self.matches if not match.field and not match.ordinal and not match.sealed)


def fingerprint(columns: Sequence[Column], samples: Sequence[DataRow] = ()) -> str:
    """Return the mark by which a layout is known again: the headings in order, however spaced.

    A table without any heading is known by what its columns hold; without samples it is not known at all.
    """
    if headless(columns):
        width = max((len(row.cells) for row in samples), default=0)
        held = column_guess.shape([[row.cell(index) for row in samples] for index in range(width)])
        return SHAPE + sha256(held.encode()).hexdigest()[:32] if held else ""
    told = [column for column in columns if column.path and not is_report(column.path[-1])]
    words = "\n".join(f"{column.index}:{header_key(column.header)}" for column in told)
    return sha256(words.encode()).hexdigest()[:32]


def headless(columns: Sequence[Column]) -> bool:
    """Tell whether no column has a heading."""
    return not any(column.path for column in columns)


def targets(register: Register) -> tuple[Field, ...]:
    """Return the fields a ledger can feed: everything typed, and the number, state and year it may bring along."""
    return tuple(
        field
        for field in register.fields
        if field.kind not in _NEVER and (not field.computed or field.name in _COMPUTED_TARGETS)
    )


def match_columns(
    columns: Sequence[Column],
    samples: Sequence[DataRow],
    register: Register,
    mapping: Mapping[str, str] | None = None,
) -> Matching:
    """Return which column feeds which field; ``mapping`` by column letters wins, an empty field means none."""
    cells = {column.index: [row.cell(column.index) for row in samples] for column in columns}
    fixed = _fixed(columns, cells, register, mapping or {})
    if headless(columns) and len(columns) > 1:
        fixed |= _by_content(columns, cells, register, fixed)
    taken = {match.field for match in fixed.values() if match.field}
    hollow = _hollow(columns, cells)
    pairs = [
        pair
        for column in columns
        if column.index not in fixed and column.index not in hollow
        for pair in _pairs(column, targets(register), cells[column.index])
        if pair.field not in taken
    ]
    fed, second = _fed(_whole_ones(columns, pairs))
    matches = []
    for column in columns:
        index, examples = column.index, _examples(cells[column.index])
        made = fixed.get(index)
        if made is None and (pair := fed.get(index)):
            made = Match(column, pair.field, round(-pair.minus, 2), pair.how, _unit(column), examples=examples)
        made = made or Match(column, examples=examples)
        matches.append(made if index in fixed else replace(made, runner_up=second.get(index, "")))
    total = sum(match.confidence for match in matches if match.field and match.field[0] != "@")
    return Matching(register, tuple(matches), round(total, 2), fingerprint(columns, samples))


def _fixed(
    columns: Sequence[Column], cells: Mapping[int, Sequence[Cell]], register: Register, given: Mapping[str, str]
) -> dict[int, Match]:
    """Return the columns of which nothing is guessed, by their place: told by the officer or by their heading."""
    counted = _counted(register)
    found: dict[int, Match] = {}
    for column in columns:
        examples = _examples(cells[column.index])
        own = _own_target(column)
        if column.letters in given:
            name = given[column.letters]
            found[column.index] = Match(column, name, 1.0 if name else 0.0, "指定", _unit(column), examples=examples)
        elif own:
            found[column.index] = Match(column, own, 1.0, "本程序导出", examples=examples)
        elif column.path and (is_ordinal(column.path[-1]) or is_report(column.path[-1])):
            found[column.index] = Match(column, ordinal=True, confidence=1.0, how="序号", examples=examples)
        elif told := _told(column, register, counted, examples):
            found[column.index] = told
    return found


class _Pair(NamedTuple):
    """A column and a field it may feed; sorted, the surest come first, and of equals the first column and field."""

    minus: float
    at: int
    order: int
    field: str
    how: str


def _pairs(column: Column, fields: Sequence[Field], held: Sequence[Cell]) -> Iterator[_Pair]:
    """Yield the fields that a column may feed, by its name and what its cells hold."""
    scores = _called_first([_score(column, field_, held) for field_ in fields])
    by_sort = len(column.path) == 1 and folded(column.path[-1]).endswith(_SORTS) and max(scores)[0] < MIDDLE
    for order, (field_, (score, how)) in enumerate(zip(fields, scores, strict=True)):
        if score >= LOW:
            yield _Pair(-score, column.index, order, field_.name, how)
        elif by_sort and field_.kind is FieldKind.CHOICE and (evidence(field_, held) or 0) >= _ALL_FIT:
            # 类别 over 主体责任 and 监督责任 is not what else goes by 类别: what the name leaves open the cells tell.
            yield _Pair(-_BY_SORT, column.index, order, field_.name, "内容")


def _fed(pairs: Sequence[_Pair]) -> tuple[dict[int, _Pair], dict[int, str]]:
    """Return which field each column feeds, the surest first, and the field that comes next for it."""
    best: dict[int, _Pair] = {}
    second: dict[int, str] = {}
    taken: set[str] = set()
    for pair in sorted(pairs):
        if pair.at in best:
            second.setdefault(pair.at, pair.field)
        elif pair.field not in taken:
            taken.add(pair.field)
            best[pair.at] = pair
    return best, second


def _hollow(columns: Sequence[Column], cells: Mapping[int, Sequence[Cell]]) -> frozenset[int]:
    """Return the empty columns under a heading that reaches over a filled one as well: only that one is meant."""
    filled = {column.index for column in columns if any(cell is not None for cell in cells[column.index])}
    said = {column.path for column in columns if column.path and column.index in filled}
    return frozenset(column.index for column in columns if column.index not in filled and column.path in said)


def _told(column: Column, register: Register, counted: set[str], examples: tuple[str, ...]) -> Match | None:
    """Return what a column is by its heading alone: not taken in at all, or about an informant."""
    if folded(column.header) in counted:
        # It is called as what the program counts itself, so it is not what only sounds like it.
        return Match(column, examples=examples)
    return _informant(column, register)


def _counted(register: Register) -> set[str]:
    """Return the labels of what the program counts itself and takes from no ledger."""
    fed = {field.name for field in targets(register)}
    return {folded(field.label) for field in register.fields if field.computed and field.name not in fed}


def _by_content(
    columns: Sequence[Column], cells: Mapping[int, Sequence[Cell]], register: Register, said: Mapping[int, Match]
) -> dict[int, Match]:
    """Return what the cells of a table without any heading propose; all of it is to be looked at."""
    open_ = {column.index: cells[column.index] for column in columns if column.index not in said}
    fed = {match.field for match in said.values()}
    guessed = column_guess.guess(open_, register, [each for each in targets(register) if each.name not in fed])
    # Without a heading an informant cannot be told from others: names and numbers nobody placed are kept nowhere.
    secret = any(each.kind is FieldKind.SEALED for kind in (register, *register.rows) for each in kind.fields)
    made = {}
    for column in columns:
        if column.index not in open_:
            continue
        held = cells[column.index]
        name = guessed.get(column.index)
        if name == "":
            made[column.index] = Match(column, ordinal=True, confidence=1.0, how="序号", examples=_examples(held))
        elif name is not None:
            made[column.index] = Match(
                column, name, column_guess.GUESSED, "内容", _unit(column), examples=_examples(held)
            )
        elif secret and column_guess.tells_of_somebody(held):
            made[column.index] = Match(column, how="可能是反映人信息", sealed=True)
    return made


def _called_first(scores: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Put the very label of a field before what only sounds like it, however odd the cells look.

    Another word for a field gives way to its cells: 问题来源 stands over kinds of sources, or over their names.
    """
    called = max((score for score, how in scores if how.partition("，")[0] == _LABEL), default=0.0)
    least = called - 0.01
    return [(min(score, least), how) if called and how.startswith(_CONTAINS) else (score, how) for score, how in scores]


def _whole_ones(columns: Sequence[Column], pairs: Sequence[_Pair]) -> list[_Pair]:
    """Leave out fields that several columns under one heading would feed equally well: each is only a part of it."""
    groups = {column.index: column.path[:-1] for column in columns if len(column.path) > 1}
    best: dict[tuple[tuple[str, ...], str], list[float]] = {}
    for pair in pairs:
        if pair.at in groups:
            best.setdefault((groups[pair.at], pair.field), []).append(-pair.minus)
    parts = {key for key, scores in best.items() if sum(score > max(scores) - _ALIKE for score in scores) > 1}
    return [pair for pair in pairs if (groups.get(pair.at, ()), pair.field) not in parts]


def _score(column: Column, field_: Field, cells: Sequence[Cell]) -> tuple[float, str]:
    if not column.path:
        if field_.kind is not FieldKind.CHOICE:
            return 0.0, ""
        seen = evidence(field_, cells)
        # Without a heading only words of a choice tell enough, and never so much that nobody need look.
        fits = seen is not None and seen >= _ALL_FIT
        return (0.45, "内容") if fits else (0.0, "")
    name = naming(column.path, field_)
    if name.score < LOW:
        return 0.0, ""
    seen = evidence(field_, cells)
    if seen is None:
        return name.score, name.how
    if seen < _CONTRADICTED:
        return name.score * 0.6, f"{name.how}，内容不像"
    return min(1.0, name.score * (0.9 + 0.12 * seen)), name.how


def _informant(column: Column, register: Register) -> Match | None:
    # Their words are never shown, not even as examples of what stands in the column.
    if of_reported(column.path) or any(naming(column.path, field_).how in _BY_NAME for field_ in targets(register)):
        return None
    tells = bool(_TELLS.search(folded(column.header)))
    for kind in (register, *register.rows):
        for field_ in kind.fields:
            if field_.kind is not FieldKind.SEALED:
                continue
            name = naming(column.path, field_)
            if name.how in _BY_NAME or (tells and _is_of_informant(column, field_)):
                place = field_.name if kind is register else f"{kind.key}.{field_.name}"
                return Match(column, place, round(max(name.score, MIDDLE), 2), "反映人信息", sealed=True)
    return Match(column, how="反映人信息", sealed=True) if tells else None


def of_reported(path: Sequence[str]) -> bool:
    """Tell whether a heading speaks of whoever was reported on, and so of no informant."""
    return any(_REPORTED.search(folded(words)) for words in path)


def _is_of_informant(column: Column, field_: Field) -> bool:
    """Tell whether a heading is one of this field's own, whatever the informant is called before it."""
    bare = _TELLS.sub("", header_key(column.path[-1])).lstrip("的") if column.path else ""
    return bool(bare) and bare in {_TELLS.sub("", header_key(words)) for words in (field_.label, *field_.aliases)}


def _own_target(column: Column) -> str:
    found = own_header(column.path[-1]) if column.path else None
    if found:
        return _OWN[found[0]]
    return PARENT_NO if column.path and header_key(column.path[-1]) == PARENT_HEADER else ""


def _unit(column: Column) -> str:
    return next((unit for part in reversed(column.path) if (unit := unit_of_header(part))), "") or ""


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    words = (str(getattr(cell, "words", cell)) for cell in cells if cell is not None)
    return tuple(dict.fromkeys(words))[:_MOST_EXAMPLES]
