"""What a blank form wants, proposed from its labels: which figure in which cell, which register in which list.

What cannot be told with some confidence stays empty; the officer points at it once and it is remembered.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.documents.forms.areas import FigureArea, FigureCell, ListArea
from paizhu.documents.forms.read import Form, FormSheet
from paizhu.documents.forms.shape import EditionChange, Shape, edition_changes
from paizhu.documents.tables.column_match import match_columns
from paizhu.documents.tables.frame import Column
from paizhu.documents.tables.register_find import recognise
from paizhu.rules.indicator_table import Indicator
from paizhu.services.forms.beside import parts_of_above
from paizhu.services.forms.wishes import SURE, CellWish, ListWish, Place, Wishes
from paizhu.services.forms.words import Words, clean

_SAME_FORM = 0.4
"""How much of a known form may have changed for a new one still to be taken as its next edition."""
Beside = tuple[frozenset[str], frozenset[str]]
"""The innermost labels of all rows and of all columns of an area."""


@dataclass(frozen=True, slots=True)
class _Label:
    """One label of a cell as compared; ``deepest`` is the innermost of its row or column."""

    words: str
    deepest: bool
    outer: str
    beside: frozenset[str]


class Matcher:
    """Proposes figures and lists for a form."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def propose(self, form: Form) -> Wishes:
        """Return a proposal for every cell and list that was found."""
        cells: dict[Place, CellWish] = {}
        lists: dict[tuple[str, int], ListWish] = {}
        for sheet in form.sheets:
            titles = titles_of(sheet)
            for area in sheet.areas:
                if isinstance(area, FigureArea):
                    beside = _beside(area)
                    for cell in area.wanted:
                        if not self._of_words(cell):
                            cells[sheet.name, cell.place] = self.figure(cell, titles, beside)
                    cells.update(parts_of_above(sheet.name, area, cells, self._words))
                else:
                    lists[sheet.name, area.first_row] = self.list(area, (*_just_above(sheet, area), *titles))
        return Wishes(cells, lists)

    # --- figures ---------------------------------------------------------------------------------------------

    def _of_words(self, cell: FigureCell) -> bool:
        """Tell whether a cell is for remarks, which no figure can fill."""
        return any(clean(label)[0] in self._words.kept for label in (*cell.row_path, *cell.column_path))

    def figure(self, cell: FigureCell, titles: Sequence[str], beside: Beside) -> CellWish:
        """Return the figure that the labels of a cell speak of; ``beside`` are the other rows and columns."""
        told = self._figure(cell.row_path, cell.column_path, titles, beside)
        code = self._words.coded(cell.row_code) or self._words.coded(cell.column_code)
        if told.code == code != "":
            return replace(told, confidence=1.0)
        labels = [clean(label)[0] for label in (*cell.row_path, *cell.column_path)]
        confirmed = bool(code) and any(self._words.named(code, label) == 1.0 for label in labels)
        # The commission's own numbers may look like ours: without a word that confirms them, clear words go first.
        if not code or (told.confidence >= SURE and not confirmed):
            return told
        return self._coded(code, cell, beside) or told

    def _coded(self, code: str, cell: FigureCell, beside: Beside) -> CellWish | None:
        """Return the figure a code names, with part and span by its labels; None for a column of words."""
        words, indicator = self._words, self._words.catalogue[code]
        parts, by, span = words.parts(indicator), dict[str, str](), "current"
        sure = 1.0
        labels = [clean(label)[0] for label in (*cell.row_path, *cell.column_path)]
        if any(each in words.kept for each in labels):
            return None
        for at, label in enumerate(labels):
            found, rest = words.span_of(label)
            span = found or span
            in_row = at < len(cell.row_path)
            outer = labels[at - 1] if at and at != len(cell.row_path) else ""
            each = _Label(rest, at in (len(cell.row_path) - 1, len(labels) - 1), outer, beside[not in_row])
            part = self._part(parts, each, by) if rest and not words.named(code, rest) else None
            if part is not None:
                by[part[0]] = part[1]
            elif each.deepest and rest and not words.named(code, rest) and rest not in words.plain:
                # The label beside the code says something else that is not understood: worth a look.
                carries = cell.row_code if in_row else cell.column_code
                sure = sure if words.coded(carries) == code else _UNTOLD_PART
        return CellWish(code, tuple(by.items()), span, sure)

    def _figure(
        self, row_path: Sequence[str], column_path: Sequence[str], titles: Sequence[str], beside: Beside
    ) -> CellWish:
        cleaned = [clean(label) for label in (*row_path, *column_path)]
        if any(words in self._words.kept for words, _unit in cleaned):
            return CellWish()
        unit = next((unit for _words, unit in reversed(cleaned) if unit), "")
        span, shares, labels = "current", False, []
        for at, (words, _unit) in enumerate(cleaned):
            found, rest = self._words.span_of(words)
            span = found or span
            shares = shares or rest in self._words.shares
            deepest = at in (len(row_path) - 1, len(cleaned) - 1)
            outer = cleaned[at - 1][0] if at and at != len(row_path) else ""
            if rest and rest not in self._words.shares:
                labels.append(_Label(rest, deepest, outer, beside[at >= len(row_path)]))
        titled = [clean(title)[0] for title in titles]
        best = CellWish()
        for indicator in self._words.catalogue.indicators.values():
            score, by = self._score(indicator, labels, titled, unit)
            if score > best.confidence:
                best = CellWish(indicator.code, by, span, score)
        if not best.code:
            return best
        if shares and self._words.catalogue[best.code].unit != "%":
            code = self._share_of(best.code)
            best = replace(best, code=code) if code else CellWish()
        most = 1.5 + len(labels)
        return replace(best, confidence=round(min(1.0, 0.35 + best.confidence / most), 2)) if best.code else best

    def _score(
        self, indicator: Indicator, labels: Sequence["_Label"], titles: Sequence[str], unit: str
    ) -> tuple[float, tuple[tuple[str, str], ...]]:
        words, code = self._words, indicator.code
        parts = words.parts(indicator)
        by: dict[str, str] = {}
        score = named = 0.0
        # The innermost label says most: an outer 其他 over columns is no part when the columns are.
        for each in sorted(labels, key=lambda each: not each.deepest):
            name = words.named(code, each.words)
            part = self._part(parts, each, by) if each.deepest or each.words not in _REST else None
            if name == 1.0 or (name and part is None):
                named = max(named, name)
                score += 1.5 * name
            elif part is not None:
                by[part[0]] = part[1]
                score += 1.0
            elif each.words not in words.plain:
                if each.deepest:
                    return 0.0, ()
                score -= 0.2
        in_title = max((words.named(code, title) for title in titles), default=0.0)
        if not named and not in_title:
            return 0.0, ()
        score += 0.4 * in_title
        if unit and indicator.unit != "%":
            score += 0.3 if indicator.unit == unit else -0.3
        if indicator.unit == "%" and not named:
            return 0.0, ()
        return score, tuple(by.items())

    def _part(
        self, parts: Mapping[str, Mapping[str, str]], label: "_Label", taken: Mapping[str, str]
    ) -> tuple[str, str] | None:
        for words in (label.outer + label.words, label.words):
            known = [name for name in parts if name not in taken and words in parts[name]]
            if known:
                # 其他 is a rank among ranks and a source among sources: the neighbours say which.
                name = max(known, key=lambda each: sum(beside in parts[each] for beside in label.beside))
                return name, parts[name][words]
        return None

    def _share_of(self, code: str) -> str:
        for each in self._words.catalogue.indicators.values():
            if each.part is not None and each.part.code == code:
                return each.code
        return ""

    # --- lists -----------------------------------------------------------------------------------------------

    def list(self, area: ListArea, titles: Sequence[str]) -> ListWish:
        """Return the register and fields that the header of a list speaks of."""
        columns = [each for each in area.columns if each.index != area.ordinal and each.index not in area.formulas]
        over = self._over_units(area, columns, titles)
        # A heading that only contains the name of a figure, as 谈话日期 does, may as well be a field of records.
        sure = sum(each.confidence >= SURE for each in over.figures.values()) if over is not None else 0
        if over is not None and sure > _MOSTLY * len(columns):
            return over
        told = self._words.register_of(titles)
        found = recognise(columns, (), registers.REGISTERS, "".join(titles))
        if told is not None and (found is None or found.register is not told):
            # The title says what the rows are; the headings alone are shared by several registers.
            closer = match_columns(columns, (), told)
            if found is None or closer.score >= found.score * _CLOSE:
                found = replace(closer, score=max(closer.score, 1.5)) if closer.fields else found
        if over is not None and (found is None or sure > len(found.fields)):
            return over
        if found is None:
            return ListWish()
        # What stands in rows under the record, who reported before all, is none of a list's columns.
        chosen = {match.column.letters: match.field for match in found.matches if found.register.has(match.field)}
        share = len(chosen) / max(len(columns), 1)
        # Headings alone are shared by many registers, also by some that do not exist yet: nobody said it is this one.
        confidence = min(1.0, 0.4 + 0.6 * share) if told is found.register else _UNTOLD
        return ListWish(found.register.key, chosen, round(confidence, 2))

    def _over_units(self, area: ListArea, columns: Sequence[Column], titles: Sequence[str]) -> ListWish | None:
        unit = columns[0] if columns else None
        if unit is None or not unit.path or clean(unit.path[-1])[0] not in _UNIT_HEADS:
            return None
        beside = (frozenset[str](), frozenset(clean(each.path[-1])[0] for each in columns if each.path))

        def wish_of(column: Column) -> CellWish:
            code = area.codes.get(column.index, "")
            return self.figure(FigureCell(0, column.index, (), column.path, column_code=code), titles, beside)

        figures = {
            each.letters: wish for each in columns if each is not unit and each.path and (wish := wish_of(each)).code
        }
        return ListWish("unit", {unit.letters: "name"}, 0.8, over="unit", figures=figures) if figures else None


_CLOSE = 0.7
_MOSTLY = 0.6
_UNTOLD_PART = 0.55
_UNTOLD = 0.45
_REST = frozenset(("其他", "其它", "其余"))
_UNIT_HEADS = frozenset(map(folded, ("单位", "单位名称", "驻在单位", "部门", "填报单位")))


def titles_of(sheet: FormSheet) -> tuple[str, ...]:
    """Return the words over the areas of a sheet, and its name: what all of it is about."""
    top = min((min(area.header_rows, default=area.first_row) for area in sheet.areas), default=1)
    above = [
        cell.words
        for (row, _column), cell in sorted(sheet.grid.cells.items())
        if row < top and isinstance(cell.value, str) and cell.words
    ]
    return tuple(dict.fromkeys([*above[:3], sheet.name]))


def _beside(area: FigureArea) -> Beside:
    rows = frozenset(clean(cell.row_path[-1])[0] for cell in area.cells if cell.row_path)
    return rows, frozenset(clean(cell.column_path[-1])[0] for cell in area.cells if cell.column_path)


def _just_above(sheet: FormSheet, area: ListArea) -> list[str]:
    top = min(area.header_rows, default=area.first_row)
    return [
        cell.words
        for (row, _column), cell in sorted(sheet.grid.cells.items())
        if top - 2 <= row < top and isinstance(cell.value, str) and cell.words
    ]


def offered(register: Register) -> list[tuple[str, str]]:
    """Return the fields a column of a list may take, as code and label."""
    return [(each.name, each.label) for each in register.fields]


# --- knowing a form again ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Edition:
    """A kept form that is this one or its edition before, with what changed since."""

    name: str
    shape: Shape
    body: Mapping[str, object]
    changes: tuple[EditionChange, ...] = ()


def nearest(shape: Shape, kept: Iterable[Edition]) -> Edition | None:
    """Return the kept form of which this is the next edition; None when none is near enough."""
    best: tuple[float, Edition] | None = None
    sizes = {sheet.name: len(sheet.columns) + len(sheet.rows) for sheet in shape.sheets}
    size = max(1, sum(sizes.values()))
    for each in kept:
        changes = edition_changes(each.shape, shape)
        before = {sheet.name: len(sheet.columns) + len(sheet.rows) for sheet in each.shape.sheets}
        weight = sum(_weight(change, before, sizes) for change in changes) / size
        if weight <= _SAME_FORM and (best is None or weight < best[0]):
            best = weight, replace(each, changes=changes)
    return best[1] if best else None


def _weight(change: EditionChange, before: Mapping[str, int], after: Mapping[str, int]) -> float:
    """Return how much of a form changed: a whole sheet weighs what stands in it, a label that moved next to nothing."""
    if change.what == "sheet":
        return max(1, (after if change.how == "added" else before).get(change.sheet, 1))
    return 0.1 if change.how == "moved" else 1.0
