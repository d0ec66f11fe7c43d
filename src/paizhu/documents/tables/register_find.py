"""Which register a table belongs to: by the columns it would feed, the name of its sheet and the words over it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.documents.tables import column_guess
from paizhu.documents.tables.column_match import MIDDLE, Matching, match_columns, targets
from paizhu.documents.tables.frame import Column, DataRow
from paizhu.documents.tables.label_words import ID_HEADER, own_header

_ASKED = 0.7
"""A register that was asked for is meant where it fits so well beside the one that fits best."""
_LEAST = 1.5
"""The score from which a table is taken for a ledger of a register at all."""
_FEW, _MANY = 2, 4
"""So few columns say nothing of a register where each of them has a place in so many."""


def recognise(
    columns: Sequence[Column],
    samples: Sequence[DataRow],
    registers: Sequence[Register],
    sheet_name: str = "",
    above: Sequence[str] = (),
    likely: str = "",
) -> Matching | None:
    """Return the likeliest register with its columns, by the words over the table too; None when none fits well.

    ``likely`` is the key of the register that was asked for: of several that fit alike it is the one.
    """
    if is_own(columns):
        own = _own_kind(columns, registers)
        if own is None:
            return None
        register, parent = own
        return replace(match_columns(columns, samples, register), parent=parent, own=True)
    found = [match_columns(columns, samples, register) for register in registers]
    scored = sorted(
        ((_overall(matching, sheet_name, above), matching) for matching in found), key=lambda each: -each[0]
    )
    asked = next((each for each in scored if each[1].register.key == likely), None)
    if asked and asked[0] >= max(_LEAST, scored[0][0] * _ASKED):
        scored.remove(asked)
        scored.insert(0, asked)
    if not scored or scored[0][0] < _LEAST:
        return None
    best = scored[0][1]
    if best.register.key != likely and not _is_named(best.register, sheet_name, above) and _says_little(best, found):
        return None
    others = tuple((matching.register.key, round(score, 2)) for score, matching in scored[1:4] if score > 0)
    return replace(best, score=round(scored[0][0], 2), others=others)


def likeliest(columns: Sequence[Column], samples: Sequence[DataRow], registers: Sequence[Register]) -> str:
    """Return the register that a table without any heading speaks for by its content; empty when none stands out."""
    cells = {column.index: [row.cell(column.index) for row in samples] for column in columns}
    return column_guess.likeliest(cells, {each.key: targets(each) for each in registers}, registers)


def _overall(matching: Matching, sheet_name: str, above: Sequence[str]) -> float:
    names = matching.fields
    score = matching.score
    told = [match for match in matching.matches if match.column.path and not match.ordinal]
    fed = sum(bool(match.field) for match in told)
    # Of two registers that share some usual columns, the one that has a place for most of them is meant.
    score *= 0.5 + 0.5 * fed / max(len(told), 1)
    identity = [name for name in matching.register.identity if name in names and names[name].confidence >= MIDDLE]
    if len(identity) < len(matching.register.identity):
        score *= 0.75
    if not identity:
        score *= 0.6
    return score + 0.5 * _is_sheet_of(matching.register, sheet_name) + 0.5 * _is_told_above(matching.register, above)


def _is_named(register: Register, sheet_name: str, above: Sequence[str]) -> bool:
    return _is_sheet_of(register, sheet_name) or _is_told_above(register, above)


def _is_sheet_of(register: Register, sheet_name: str) -> bool:
    key, label = folded(sheet_name), folded(register.label)
    return bool(key) and (label in key or key in label)


def _is_told_above(register: Register, above: Sequence[str]) -> bool:
    return any(folded(register.label) in folded(words) for words in above)


def _says_little(best: Matching, found: Sequence[Matching]) -> bool:
    """Tell whether a table has no more than two columns, such as 姓名 and 备注, that ledgers of many kinds have.

    Whichever register it fits best by a hair, nobody can tell that it is meant; the officer is asked.
    """
    fed = [match.column.index for match in best.matches if match.field and not match.ordinal]
    if len(fed) > _FEW:
        return False
    takers = Counter(match.column.index for each in found for match in each.matches if match.confidence >= MIDDLE)
    return all(takers[index] >= _MANY for index in fed)


def is_own(columns: Sequence[Column]) -> bool:
    """Tell whether this program wrote the table: such a table names what its rows are."""
    return any(column.path and own_header(column.path[-1]) for column in columns)


def _own_kind(columns: Sequence[Column], registers: Sequence[Register]) -> tuple[Register, Register | None] | None:
    for column in columns:
        found = own_header(column.path[-1]) if column.path else None
        if found is None or found[0] != ID_HEADER:
            continue
        parent_key, _, child_key = found[1].partition(".")
        for register in registers:
            if register.key != parent_key:
                continue
            if not child_key:
                return register, None
            return next(((child, register) for child in register.rows if child.key == child_key), None)
    return None
