"""The lines of a tree: branches, the records under those that are unfolded, and a line for the rest of a long one.

The tree is a table of lines, so that columns, selection, copying and the windows of records are those of every
list; only which line stands where is worked out here, from the counts of the branches.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt

from paizhu.base.register import Register
from paizhu.base.view import Condition, Test, View
from paizhu.services.outline import PATH, Branch
from paizhu.services.records import Records
from paizhu.ui.kit.columns import CellKind
from paizhu.ui.kit.roles import (
    BoldRole,
    Fold,
    FoldRole,
    IconRole,
    LinkRole,
    NoteRole,
    ProgressRole,
    RowRole,
    SortRole,
)
from paizhu.ui.register.cell_words import Window
from paizhu.ui.register.outline import Cell, Outline
from paizhu.ui.register.outline_lines import Span, cell_words, folded_but_first, told
from paizhu.ui.register.table_model import KEPT_WINDOWS, WINDOW, Index, RegisterModel, Stored

_ROLE = Qt.ItemDataRole
_ROOT = QModelIndex()
# A branch is cut only when that hides more than a line or two.
_SLACK = 2
# Opened records are looked for among so many of a branch: nobody unfolds one by one further down.
_MOST_LOOKED_AT = 500


class OutlineModel(RegisterModel):
    """A window on the lines of a tree; `total` counts records, `lines` what is unfolded now."""

    told_roles = RegisterModel.told_roles | frozenset({ProgressRole, BoldRole, LinkRole, FoldRole, NoteRole, IconRole})

    def __init__(self, records: Records, register: Register, outline: Outline) -> None:
        super().__init__(records, register, outline.columns)
        self.outline = outline
        self.branches: list[Branch] = []
        self.folded: set[str] = set(outline.folded_at_first or ())
        self.whole: set[str] = set()
        self.cut = True
        """Whether long branches are cut and folding holds: while the list is narrowed neither does."""
        self._folded_while_narrow: set[str] = set()
        self.opened: set[int] = set()
        """Records whose lines below are shown; all others are folded."""
        self._first = True
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._kept: dict[tuple[str, int], Window] = {}
        self._facts: dict[int, Mapping[str, Cell]] = {}
        self._tree = next(at for at, column in enumerate(self.columns) if column.kind is CellKind.TREE)

    # --- what stands where -----------------------------------------------------------------------------------

    def show_view(self, view: View, today: date) -> None:
        """Show other records or another order; what is folded stays folded."""
        self.beginResetModel()
        self.view, self.today = view, today
        self._forget()
        self.total = self._records.count(view)
        self.branches = self.outline.branches(view if view.order else replace(view, order=self.outline.order))
        if self._first and self.outline.folded_at_first is None and self.branches:
            self._first = False
            self.folded = folded_but_first(self.branches)
        self._count()
        self.endResetModel()

    def stored(self, at: int) -> Stored | None:
        """Return the record in a line, or the one it stands below; None for a branch and for the line of a rest."""
        span = self._span(at)
        if span is not None and span.below:
            return self.stored(span.start - 1)
        if span is None or not span.records or span.branch.view is None:
            return None
        return self._record(span, span.first + at - span.start)

    def _record(self, span: Span, at: int) -> Stored | None:
        assert span.branch.view is not None
        number, place = divmod(at, WINDOW)
        key = (span.branch.key, number)
        window = self._kept.pop(key, None)
        if window is None:
            if self._records.is_locked:
                return None
            found = self._records.glimpse(span.branch.view, number * WINDOW, WINDOW, span.branch.own)
            window = Window(found, len(self.columns))
            self._facts.update(self.outline.facts(list(map(found.row_of, found.records)), self.today))
            while len(self._kept) >= KEPT_WINDOWS:
                gone = self._kept.pop(next(iter(self._kept)))
                for record in gone.records:
                    self._facts.pop(record[0], None)
        self._kept[key] = window
        return (window, place) if place < len(window.records) else None

    def branch(self, at: int) -> Branch | None:
        """Return the branch whose head stands in a line."""
        span = self._span(at)
        return span.branch if span and not (span.records or span.rest or span.below) else None

    def records_among(self, top: int, bottom: int) -> int:
        """Return how many of some lines hold records."""
        return sum(len(places) for _view, places in self.places_among(range(top, bottom + 1)))

    def places_among(self, lines: range) -> list[tuple[View, range]]:
        """Return where the records of some lines stand, as places in the views of their branches."""
        found = []
        for span in self._spans:
            first, end = max(span.start, lines.start), min(span.start + span.records, lines.stop)
            if first < end and span.branch.view:
                before = span.first - span.start
                found.append((span.branch.view, range(first + before, end + before)))
        return found

    def place_of(self, record_id: int, most: int = sys.maxsize) -> int:
        """Return the line a record stands in, or -1 while it is folded away or not in the view."""
        for (key, number), window in self._kept.items():
            if (place := window.place_of(record_id)) >= 0:
                return self._line(key, number * WINDOW + place)
        if self.total > most:
            return -1
        found = self._find(record_id)
        return self._line(found[0].key, found[1]) if found else -1

    def show_record(self, record_id: int) -> None:
        """Unfold whatever hides a record."""
        found = self._find(record_id)
        if found is None:
            return
        branch, place = found
        parts = branch.key.split(PATH)
        folded = self._folded_now()
        hidden = {PATH.join(parts[: depth + 1]) for depth in range(len(parts))} & folded
        if hidden or place >= self._shown(branch):
            folded -= hidden
            if place >= self._shown(branch):
                self.whole.add(branch.key)
            self._lay_out_again()

    def first_record(self) -> int:
        """Return the first line that holds a record, or -1 while all are folded away."""
        return next((span.start for span in self._spans if span.records), -1)

    def sorted_by(self, key: str, *, descending: bool) -> View | None:
        """Return the view in the order of a column, also of one of the tree's own that a field stands for."""
        return super().sorted_by(self.outline.sorts.get(key, key), descending=descending)

    def column_of(self, key: str) -> str:
        """Return the column that shows an order by a field."""
        return next((column for column, name in self.outline.sorts.items() if name == key), key)

    # --- folding ---------------------------------------------------------------------------------------------

    def toggle(self, at: int, *, unfold: bool | None = None) -> bool:
        """Fold or unfold the branch in a line, or bring in the rest of a long one; False where there is neither."""
        span = self._span(at)
        if span is None or span.below:
            return False
        if span.records:
            return self._open(at, unfold)
        if span.rest:
            if unfold is False:
                return False
            self.whole.add(span.branch.key)
        else:
            is_folded = span.branch.key in self._folded_now()
            if unfold is not None and unfold is not is_folded:
                return False
            if self.cut:
                self.folded ^= {span.branch.key}
            else:
                self._folded_while_narrow ^= {span.branch.key}
        self._lay_out_again()
        return True

    def _open(self, at: int, unfold: bool | None) -> bool:
        """Show or hide the lines below a record; False where it has none, or they stand as is asked."""
        row = self.row(at)
        if row is None or not self.outline.opens or unfold is (row.id in self.opened):
            return False
        self.opened ^= {row.id}
        self._lay_out_again()
        return True

    def head_of(self, at: int) -> int:
        """Return the line of the branch above a line, the line itself for a root."""
        span = self._span(at)
        if span is None:
            return at
        if span.below:
            return span.start - 1
        key = span.branch.key if span.records or span.rest else span.branch.key.rpartition(PATH)[0]
        return next((each.start for each in self._spans if each.branch.key == key), at)

    def fold_state(self) -> dict[str, Any]:
        """Return what is folded as plain data."""
        return {"folded": sorted(self.folded), "whole": sorted(self.whole)}

    def restore_folds(self, data: Mapping[str, Any]) -> None:
        """Fold as it was kept; whatever is damaged in it is left out."""
        folded, whole = data.get("folded"), data.get("whole")
        if isinstance(folded, list):
            self.folded, self._first = {str(key) for key in folded}, False
        if isinstance(whole, list):
            self.whole = {str(key) for key in whole}

    # --- what Qt asks ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of lines."""
        return 0 if parent.isValid() else self.lines

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
        """Return words, marks, bars and folding of a cell."""
        if role not in self.told_roles or not index.isValid():
            return None
        span = self._span(index.row())
        if span is None:
            return None
        key = self.columns[index.column()].key
        if span.below:
            return self._below(span, index, key, role)
        if not span.records:
            return self._rest(span, index.column(), role) if span.rest else self._head(span.branch, key, role)
        row = self.row(index.row())
        if role == FoldRole:
            opened = row is not None and row.id in self.opened
            place = Fold(span.branch.level + 1, opened, is_branch=self.outline.opens)
            return place if index.column() == self._tree else None
        cell = self._facts.get(row.id, {}).get(key) if row else None
        if cell is None or role in (SortRole, RowRole):
            return self.cell(index, role)
        return told(cell, self.columns[index.column()].words, role)

    def full_words(self, at_row: int, column: int) -> str:
        """Return the whole words of a cell, as they are copied."""
        row = self.row(at_row)
        cell = self._facts.get(row.id, {}).get(self.columns[column].key) if row else None
        return cell_words(cell) if cell else super().full_words(at_row, column)

    # --- the machine -----------------------------------------------------------------------------------------

    def _head(self, branch: Branch, key: str, role: int) -> Any:
        first = key == self.columns[self._tree].key
        words = self.outline.branch_words(branch)
        unfolded = branch.key not in self._folded_now()
        if role == FoldRole:
            return Fold(branch.level, unfolded, is_branch=True) if first else Fold(branch.level, is_branch=True)
        if role == BoldRole:
            return first and branch.level < self.outline.bold_levels
        if role == _ROLE.AccessibleTextRole and first:
            return f"第 {branch.level + 1} 层，{words}，{branch.total} 条，{'已展开' if unfolded else '已折叠'}"
        if first:
            return words if role in (_ROLE.DisplayRole, _ROLE.ToolTipRole) else None
        cell = self.outline.branch_cell(branch, key)
        return told(cell, "", role) if cell else None

    def _below(self, span: Span, index: Index, key: str, role: int) -> Any:
        """Tell what stands below a record: words for the officer, a line deeper than the record itself."""
        if role == FoldRole:
            return Fold(span.branch.level + 2) if index.column() == self._tree else None
        cell = span.below[index.row() - span.start].get(key)
        return told(cell, self.columns[index.column()].words, role) if cell else None

    def _rest(self, span: Span, column: int, role: int) -> Any:
        if column != self._tree:
            return None
        if role == FoldRole:
            return Fold(span.branch.level + 1)
        if role == LinkRole:
            return True
        return f"展开其余 {span.rest} 项" if role in (_ROLE.DisplayRole, _ROLE.AccessibleTextRole) else None

    def _span(self, at: int) -> Span | None:
        if not 0 <= at < self.lines:
            return None
        return self._spans[bisect_right(self._starts, at) - 1]

    def _folded_now(self) -> set[str]:
        """What is folded: while the list is narrowed nothing is at first, so that what is left is seen."""
        return self.folded if self.cut else self._folded_while_narrow

    def _shown(self, branch: Branch) -> int:
        cut = self.cut and branch.key not in self.whole and branch.own > self.outline.few + _SLACK
        return self.outline.few if cut else branch.own

    def _count(self) -> None:
        spans: list[Span] = []
        at = 0
        folded = self._folded_now()
        for branch in self.branches:
            if any(branch.key.startswith(f"{key}{PATH}") for key in folded):
                continue
            spans.append(Span(at, branch))
            at += 1
            if branch.key in folded or not branch.own:
                continue
            shown = self._shown(branch)
            for span in self._records_of(branch, shown, at):
                spans.append(span)
                at += span.lines
            if shown < branch.own:
                spans.append(Span(at, branch, rest=branch.own - shown))
                at += 1
        self._spans, self._starts, self.lines = spans, [span.start for span in spans], at

    def _records_of(self, branch: Branch, shown: int, at: int) -> Iterator[Span]:
        """Yield the lines of a branch's records, cut where lines of an opened one stand between."""
        whole = Span(at, branch, records=shown)
        begun = 0
        for place in range(min(shown, _MOST_LOOKED_AT)) if self.opened else ():
            found = self._record(whole, place)
            row = found[0].row(found[1]) if found else None
            below = self.outline.below(row) if row and row.id in self.opened else ()
            if row and below:
                yield Span(at, branch, records=place + 1 - begun, first=begun)
                at += place + 1 - begun
                yield Span(at, branch, below=below, of=row.id)
                at += len(below)
                begun = place + 1
        if begun < shown:
            yield Span(at, branch, records=shown - begun, first=begun)

    def _lay_out_again(self) -> None:
        self.beginResetModel()
        self._count()
        self.endResetModel()

    def _line(self, key: str, place: int) -> int:
        for span in self._spans:
            if span.branch.key == key and span.first <= place < span.first + span.records:
                return span.start + place - span.first
        return -1

    def _find(self, record_id: int) -> tuple[Branch, int] | None:
        for branch in self._holding(record_id):
            if branch.view is not None:
                place = self._records.position(branch.view, record_id)
                if place is not None:
                    return branch, place
        return None

    def _holding(self, record_id: int) -> Iterable[Branch]:
        itself = Condition("id", Test.IS, record_id)
        for branch in self.branches:
            if branch.own and branch.view and self._records.count(branch.view.where(itself)):
                yield branch

    def _forget(self) -> None:
        super()._forget()
        self._kept.clear()
        self._facts.clear()
