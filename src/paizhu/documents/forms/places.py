"""Words of a form with gaps: year and month in the title, 填报单位, 填表人, 报出日期 and their like."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from paizhu.documents.books.book import letters
from paizhu.documents.forms.grid import Grid

_BLANK = r"[\s_＿]"
_LABELS = {
    "unit": r"(?:填报|报送|填表|编制|报告|上报|派驻|报出)(?:单位|部门|机构|组)(?:名称)?|单位名称|单位(?=[(（]盖?公?章)",
    "person": r"填表人员?|填报人员?|制表人?|填表|经办人员?|统计人员?",
    "reviewer": r"审核人员?|复核人员?|审核|复核",
    "leader": r"(?:单位|部门|主要|分管)?(?:负责人|领导|负责同志)|审批人|签发人?|组长",
    "contact": r"联系人",
    "phone": r"联系电话|联系方式|电话",
    "date": r"(?:报出|填报|填表|报送|制表|上报|编制|填写)(?:日期|时间)",
    "period": r"(?:报告|统计|填报|所属)(?:期间|时期|时段|期别|期|区间|月份)",
}
_LABEL = re.compile(
    "(?<![\\w])(?:" + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items()) + ")"
    r"(?:[(（][^)）]{0,12}[)）])?" + rf"(?P<colon>{_BLANK}*[:：])?"
)
_YEAR = rf"(?P<year>\d{{4}}|20{_BLANK}+|{_BLANK}+|[×xX]{{2,4}}|(?:(?<=^)|(?<=[(（:：])))"
_PERIOD = re.compile(
    rf"{_YEAR}{_BLANK}*年(?:度)?(?:{_BLANK}*(?P<from_month>\d{{1,2}}){_BLANK}*月?{_BLANK}*[-—–~～至]{{1,2}}"
    rf"|(?P<first_month>{_BLANK}+)月{_BLANK}*[-—–~～至]{{1,2}})?"
    rf"(?P<month>{_BLANK}*\d{{1,2}}{_BLANK}*|{_BLANK}*|[×xX]{{1,2}})月(?:份)?"
    rf"(?:(?P<day>{_BLANK}*\d{{1,2}}{_BLANK}*|{_BLANK}*)日)?"
)
_QUARTER = re.compile(rf"{_YEAR}{_BLANK}*年(?:度)?第?(?P<quarter>[1-4一二三四]|{_BLANK}*)季度")
_YEAR_ONLY = re.compile(rf"(?<!\d)(?P<year>\d{{4}}|20{_BLANK}+|{_BLANK}{{2,}}|[×xX]{{2,4}})年度?(?!{_BLANK}*\d*月)")
_LONGEST = 120
_WIDE = 4
"""A gap in front of 年 that is wider belongs partly to what stands before it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in words: ``kind`` says what belongs there (``period.year``, ``unit`` …), start and end its letters."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """A cell with gaps, by its place in Excel's way; ``label`` are the words that say what belongs in it."""

    place: str
    text: str
    slots: tuple[Slot, ...]
    label: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return what belongs into the gaps, in order."""
        return tuple(slot.kind for slot in self.slots)

    def filled(self, words: Mapping[str, str]) -> str:
        """Return the cell's text with these words in the gaps; gaps without words stay as they are."""
        text = self.text
        for slot in reversed(self.slots):
            if (new := words.get(slot.kind)) is not None:
                text = text[: slot.start] + _fitted(text, slot, new) + text[slot.end :]
        return text


def _fitted(text: str, slot: Slot, new: str) -> str:
    gap = text[slot.start : slot.end]
    tight = slot.kind.rpartition(".")[2] in ("year", "month", "day", "quarter", "from_month", "first_month")
    if tight or slot.end == len(text):
        return new
    # What follows on the same line keeps its place as far as the gap was wide enough.
    left = max(_width(gap) - _width(new), 2)
    return new + " " * left


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def is_place(text: str) -> bool:
    """Tell whether a cell's words announce something to be filled beside them, rather than a row or column."""
    found = _LABEL.match(text.strip())
    return found is not None and (found["colon"] is not None or found.end() == len(text.strip()))


def find_places(grid: Grid, taken: set[tuple[int, int]], below: int) -> tuple[Place, ...]:
    """Return the cells with gaps outside the areas; under row ``below`` a bare date is the day of sending."""
    found: list[Place] = []
    beside: set[tuple[int, int]] = set()
    for (row, column), cell in sorted(grid.cells.items()):
        text = cell.value
        if not isinstance(text, str) or cell.formula or (row, column) in taken or len(text) > _LONGEST:
            continue
        place = f"{letters(column)}{row}"
        slots, open_label = _slots(text, under=row > below)
        if open_label:
            right = _right_of(grid, row, column)
            if not right and ":" not in text and "：" not in text:
                continue
            if right and right not in taken and right not in beside:
                beside.add(right)
                there = grid.at(*right).words
                parts = _dated(there, open_label) if open_label == "date" else []
                found.append(
                    Place(
                        f"{letters(right[1])}{right[0]}",
                        there,
                        tuple(parts) or (Slot(open_label, 0, len(there)),),
                        text.strip(),
                    )
                )
                slots = slots[:-1]
        if slots and (row, column) not in beside:
            found.append(Place(place, text, tuple(slots), text.strip()))
    return tuple(found)


def _right_of(grid: Grid, row: int, column: int) -> tuple[int, int] | None:
    area = grid.area(row, column)
    following = (area.right if area else column) + 1
    right = grid.anchor(row, following)
    cell = grid.at(row, following)
    blank_date = isinstance(cell.value, str) and bool(_PERIOD.fullmatch(cell.value.strip()))
    usable = (cell.empty and (cell.boxed or right in grid.cells)) or blank_date
    return right if usable and right != (row, column) else None


def _slots(text: str, *, under: bool) -> tuple[list[Slot], str]:
    labels = [each for each in _LABEL.finditer(text) if each["colon"] is not None or each.group() == text.strip()]
    slots: list[Slot] = []
    open_label = ""
    for index, label in enumerate(labels):
        kind = _kind_of(label)
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        start = label.end()
        gap = text[start:end]
        dated = _dated(gap, "period" if kind == "period" else "date", start)
        if kind not in ("date", "period"):
            # A date may follow on the same line, after the gap.
            slots.append(Slot(kind, start, dated[0].start if dated else end))
        slots += dated or ([Slot(kind, start, end)] if kind in ("date", "period") else [])
        if end == len(text) and not gap.strip("_＿ \u3000") and len(gap) < 2 and not dated:
            open_label = kind
    head = text[: labels[0].start()] if labels else text
    slots = _dated(head, "date" if under and not labels else "period") + slots
    return sorted(slots, key=lambda slot: slot.start), open_label


def _kind_of(label: re.Match[str]) -> str:
    return next(kind for kind in _LABELS if label[kind] is not None)


def _dated(text: str, of: str, at: int = 0) -> list[Slot]:
    """Return the gaps for year, month and day in words; a day makes it a date of sending."""
    for pattern in (_PERIOD, _QUARTER, _YEAR_ONLY):
        found = pattern.search(text)
        if found is None:
            continue
        if found.groupdict().get("day") is not None and "截" not in text[: found.start()]:
            of = "date"
        slots = [
            Slot(f"{of}.{name}", at + found.start(name), at + found.end(name))
            for name, words in found.groupdict().items()
            if words is not None
        ]
        year = slots[0]
        if year.end - year.start > _WIDE and not found["year"].strip():
            slots[0] = Slot(year.kind, year.end - _WIDE, year.end)
        return slots
    return []
