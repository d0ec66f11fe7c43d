"""The layout of a form's labels: its fingerprint, and what a new edition of it adds, drops or moves."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu.base.text import folded
from paizhu.documents.books.book import letters

_YEAR = re.compile(r"(?:19|20)\d\d(?=年|$)|(?:19|20)\d\d(?=\D?度)")
_MONTH = re.compile(r"\d{1,2}(?:[-~至]\d{1,2})?(?=月)")
Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetShape:
    """Labels of one sheet: columns and rows by their path, each with its number (columns from 0, rows from 1)."""

    name: str
    columns: tuple[tuple[Labels, int], ...]
    rows: tuple[tuple[Labels, int], ...]
    gaps: tuple[Labels, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Labels of a whole form; ``plain`` and ``from_plain`` are for keeping it."""

    sheets: tuple[SheetShape, ...]

    @property
    def fingerprint(self) -> str:
        """Return the mark of this layout: equal for the same form of another month."""
        return hashlib.sha256(json.dumps(self.plain(), ensure_ascii=False).encode()).hexdigest()

    def plain(self) -> list[Any]:
        """Return lists and words only."""
        return [
            [
                sheet.name,
                [[list(path), number] for path, number in sheet.columns],
                [[list(path), number] for path, number in sheet.rows],
                [list(kinds) for kinds in sheet.gaps],
            ]
            for sheet in self.sheets
        ]

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> "Shape":
        """Return the shape that was kept."""
        return cls(
            tuple(
                SheetShape(
                    name,
                    tuple((tuple(path), number) for path, number in columns),
                    tuple((tuple(path), number) for path, number in rows),
                    tuple(tuple(kinds) for kinds in gaps),
                )
                for name, columns, rows, gaps in plain
            )
        )


def steady(words: str) -> str:
    """Return a label as compared between months: 2026年3月 and 2026年4月 are one."""
    return _MONTH.sub("", _YEAR.sub("", folded(words)))


def shape_of(
    name: str,
    columns: Iterable[tuple[Labels, int]],
    rows: Iterable[tuple[Labels, int]],
    gaps: Iterable[Labels],
) -> SheetShape:
    """Return the shape of one sheet from its labels as they stand."""
    return SheetShape(
        steady(name),
        tuple(dict.fromkeys((tuple(steady(part) for part in path), number) for path, number in columns)),
        tuple(dict.fromkeys((tuple(steady(part) for part in path), number) for path, number in rows)),
        tuple(gaps),
    )


@dataclass(frozen=True, slots=True)
class EditionChange:
    """One difference between two editions; ``what`` is column, row or sheet, ``how`` added, removed or moved.

    ``before`` and ``after`` are the letters of the column or the number of the row, empty where there is none.
    """

    sheet: str
    what: str
    how: str
    path: Labels
    before: str = ""
    after: str = ""

    @property
    def words(self) -> str:
        """Return the difference for the officer."""
        how = {"added": "新增", "removed": "减少", "moved": "移动"}[self.how]
        what = {"column": "列", "row": "行", "sheet": "表"}[self.what]
        name = " / ".join(self.path) or self.sheet
        at = f"（{self.before} → {self.after}）" if self.how == "moved" else ""
        return f"“{self.sheet}”{how}{what}：{name}{at}" if self.what != "sheet" else f"{how}工作表：{name}"


def edition_changes(old: Shape, new: Shape) -> tuple[EditionChange, ...]:
    """Return what a new edition adds, drops or moves; columns and rows are the same when their labels are."""
    before = {sheet.name: sheet for sheet in old.sheets}
    after = {sheet.name: sheet for sheet in new.sheets}
    if len(before) == len(after) == 1:
        # A form of one sheet is the same form when only its tab was renamed.
        before = {next(iter(after)): next(iter(before.values()))}
    changes = [EditionChange(name, "sheet", "removed", ()) for name in before if name not in after]
    for name, sheet in after.items():
        if name not in before:
            changes.append(EditionChange(name, "sheet", "added", ()))
            continue
        changes += _differences(name, "column", before[name].columns, sheet.columns)
        changes += _differences(name, "row", before[name].rows, sheet.rows)
    return tuple(changes)


def summary(changes: Sequence[EditionChange]) -> str:
    """Return the differences in one line, as 表样已变：新增 1 列; empty when there are none."""
    if not changes:
        return ""
    kinds = Counter((change.how, change.what) for change in changes)
    told = [
        f"{words} {kinds[(how, what)]} {unit}"
        for how, words in (("added", "新增"), ("removed", "减少"), ("moved", "移动"))
        for what, unit in (("sheet", "张表"), ("column", "列"), ("row", "行"))
        # What only made way for new columns is not worth a word when there are new ones.
        if kinds[(how, what)] and (how != "moved" or {change.how for change in changes} == {"moved"})
    ]
    return "表样已变：" + "、".join(told)


def _differences(
    sheet: str, what: str, old: Iterable[tuple[Labels, int]], new: Iterable[tuple[Labels, int]]
) -> list[EditionChange]:
    before, after = _numbered(old), _numbered(new)
    show = letters if what == "column" else str
    changes = [
        EditionChange(sheet, what, "removed", key[0], before=show(number))
        for key, number in before.items()
        if key not in after
    ]
    for key, number in after.items():
        if key not in before:
            changes.append(EditionChange(sheet, what, "added", key[0], after=show(number)))
        elif before[key] != number:
            changes.append(EditionChange(sheet, what, "moved", key[0], show(before[key]), show(number)))
    return changes


def _numbered(labels: Iterable[tuple[Labels, int]]) -> dict[tuple[Labels, int], int]:
    # Labels that occur twice are told apart by their order.
    seen: Counter[Labels] = Counter()
    found: dict[tuple[Labels, int], int] = {}
    for path, number in labels:
        found[(path, seen[path])] = number
        seen[path] += 1
    return found
