"""Making room in a sheet: rows put in, and everything that points below them moved along.

Formulas anywhere in the workbook, merged cells, validations, conditional formats, names, print areas, drawings,
comments, tables, links, filters, page breaks and charts follow, as when an officer inserts rows by hand.
"""

import re
from collections.abc import Callable, Mapping
from functools import partial

from paizhu.documents.books.xml_text import plain
from paizhu.documents.forms.package import FormPackage, SheetPart
from paizhu.documents.forms.refs import Insertion, Shift, copied_formula, moved_formula, moved_ranges, sheets_named
from paizhu.documents.forms.sheet import ATTRIBUTES, CellXml, SheetXml, known
from paizhu.documents.forms.text import escaped

_TAG = re.compile(rf"<(?:\w+:)?(\w+)(?=[\s/>]){ATTRIBUTES}(/?)>")
_ROW_BREAKS = re.compile(r"<(?:\w+:)?rowBreaks\b.*?</(?:\w+:)?rowBreaks>", re.DOTALL)
_MERGES = re.compile(r"(<(?:\w+:)?mergeCells\b)([^>]*)>(.*?)(</(?:\w+:)?mergeCells>)", re.DOTALL)
_MERGE = re.compile(r"""<(\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z]+)(\d+):([A-Z]+)(\d+)["'][^>]*>""")
_COUNT = re.compile(r"""(\bcount\s*=\s*["'])\d+(["'])""")
_WRITTEN = re.compile(r"<((?:\w+:)?(?:f|sqref|formula|formula1|formula2))(\s[^>]*)?>([^<]*)</\1\s*>")
_ANCHOR = re.compile(r"<((?:\w+:)?(?:twoCellAnchor|oneCellAnchor|anchor))((?:\s[^>]*)?)>(.*?)</\1>", re.DOTALL)
_ANCHOR_ROW = re.compile(r"(<(?:\w+:)?row>)(\d+)(</)")
_VML_ANCHOR = re.compile(r"(<(?:\w+:)?Anchor>)([^<]*)(</)")
_VML_ROW = re.compile(r"(<(?:\w+:)?Row>)\s*(\d+)\s*(</)")
_NAME = re.compile(rf"(<(?:\w+:)?definedName(?=\s){ATTRIBUTES}>)([^<]*)(</)")
_CHAIN = re.compile(rf"<(\w+:)?c\s{ATTRIBUTES}/>")
_PLACE = re.compile(r"([A-Z]+)(\d+)")

_LIKE = {
    "conditionalFormatting": "sqref",
    "dataValidation": "sqref",
    "protectedRange": "sqref",
    "ignoredError": "sqref",
}
_RANGE = {
    "mergeCell": "ref",
    "autoFilter": "ref",
    "sortState": "ref",
    "sortCondition": "ref",
    "dimension": "ref",
    "hyperlink": "ref",
    "selection": "sqref",
    "table": "ref",
    "comment": "ref",
    "threadedComment": "ref",
}
_CELL = {"selection": "activeCell", "pane": "topLeftCell", "sheetView": "topLeftCell", "inputCells": "r"}


def make_room(sheet: SheetXml, name: str, shift: Shift) -> None:
    """Put the rows of this shift into the sheet, each with the look and the formulas of the row above it."""
    sheet.open_shared()
    before = {number: dict(sheet.cells(number)) for each in shift.insertions for number in (each.after, each.last)}
    formulas = {
        number: {column: sheet.formula(cell) for column, cell in cells.items() if sheet.has_formula(cell)}
        for number, cells in before.items()
    }
    follow_formulas(sheet, name, {name.casefold(): shift})
    sheet.renumbered({number: shift.row(number) for number in sheet.rows})
    for each in shift.insertions:
        _put_rows(sheet, each, shift, formulas)
    sheet.head = moved_markup(sheet.head, name, {name.casefold(): shift})
    sheet.tail = _with_merges(moved_markup(sheet.tail, name, {name.casefold(): shift}), sheet.tail, shift)


def _put_rows(sheet: SheetXml, each: Insertion, shift: Shift, formulas: Mapping[int, Mapping[int, str]]) -> None:
    pattern_row = sheet.rows.get(shift.row(each.after))
    if pattern_row is None:
        return
    cells = sheet.cells(shift.row(each.after))
    own = formulas[each.after]
    area = (each.first, each.last)
    for step in range(1, each.count + 1):
        row = sheet.touched(shift.row(each.after) + step)
        row.attributes = pattern_row.attributes
        row.cells = {}
        for column, cell in cells.items():
            made = row.cells[column] = CellXml(column, cell.attributes)
            made.emptied()
            if column in own:
                sheet.set_formula(made, copied_formula(own[column], step, area, shift))
    if each.single:
        return
    # A formula that only repeats the one above it (a running number, a carried sum) goes on repeating it.
    last = sheet.touched(shift.row(each.last))
    for column, formula in formulas[each.last].items():
        if last.cells and column in last.cells and formula == copied_formula(own.get(column, ""), 1, area):
            sheet.set_formula(last.cells[column], copied_formula(own[column], each.count + 1, area, shift))


def follow_formulas(sheet: SheetXml, name: str, shifts: Mapping[str, Shift]) -> bool:
    """Let the formulas of a sheet follow rows put into this or other sheets; tell whether any changed."""
    own = bool(shifts.get(name.casefold()))
    if not own and not _mentions(sheet, shifts):
        return False
    sheet.open_shared()
    changed = False
    for number in list(sheet.formula_rows()):
        for cell, about, formula in list(sheet.computed(number)):
            new = moved_formula(formula, name, shifts, number)
            said = dict(about)
            shift = shifts.get(name.casefold())
            for key in ("ref", "r1", "r2"):
                if key in said and shift:
                    said[key] = moved_ranges(said[key], shift.counted)
            if new != formula or said != about:
                sheet.touched(number)
                sheet.set_formula(cell, new, said)
                changed = True
    return changed


def _mentions(sheet: SheetXml, shifts: Mapping[str, Shift]) -> bool:
    return any(
        sheets_named(formula) & shifts.keys()
        for number in sheet.formula_rows()
        for _cell, _about, formula in sheet.computed(number)
    )


def moved_markup(text: str, name: str, shifts: Mapping[str, Shift]) -> str:
    """Return XML around or beside the cells of a sheet (its head, tail, tables, comments, charts) moved along."""
    shift = shifts.get(name.casefold()) if name else None

    def tag(found: re.Match[str]) -> str:
        local, written = found[1], found[0]
        if shift:
            written = _attribute(written, _LIKE.get(local), lambda value: moved_ranges(value, shift.covering))
            written = _attribute(written, _RANGE.get(local), lambda value: moved_ranges(value, shift.counted))
            written = _attribute(written, _CELL.get(local), lambda value: moved_ranges(value, shift.counted))
        if local == "hyperlink":
            written = _attribute(written, "location", lambda value: moved_formula(value, name, shifts))
        return written

    def element(found: re.Match[str]) -> str:
        local = found[1].rpartition(":")[2]
        words = plain(found[3])
        if local == "sqref":
            new = moved_ranges(words, shift.covering) if shift else words
        else:
            new = moved_formula(words, name, shifts, 0)
        return found[0] if new == words else f"<{found[1]}{found[2] or ''}>{escaped(new)}</{found[1]}>"

    text = _WRITTEN.sub(element, _TAG.sub(tag, text))
    if shift:
        text = _ROW_BREAKS.sub(lambda found: _breaks(found[0], shift), text)
        text = _ANCHOR.sub(lambda found: _anchor(found, shift), text)
    return text


def _attribute(tag: str, name: str | None, new: Callable[[str], str]) -> str:
    if name is None:
        return tag
    found = re.search(rf"""(\s{name}\s*=\s*)(?:"([^"]*)"|'([^']*)')""", tag)
    if found is None:
        return tag
    words = plain(found[2] if found[2] is not None else found[3])
    changed = new(words)
    if changed == words:
        return tag
    value = escaped(changed).replace('"', "&quot;")
    return f'{tag[: found.start()]}{found[1]}"{value}"{tag[found.end() :]}'


def _breaks(text: str, shift: Shift) -> str:
    # A break stands under the row it names; one right under a list stays under the list.
    return re.sub(r'(\bid=")(\d+)(")', lambda found: f"{found[1]}{shift.row(int(found[2]) + 1) - 1}{found[3]}", text)


def _anchor(found: re.Match[str], shift: Shift) -> str:
    opening = found[2]
    rows = [int(row) for _open, row, _close in _ANCHOR_ROW.findall(found[3])]
    control = found[1].rpartition(":")[2] == "anchor"
    if not rows or 'editAs="absolute"' in opening or (control and "moveWithCells" not in opening):
        return found[0]
    # Pictures that keep their size go along as a whole; the others stretch with the rows under them.
    whole = 'editAs="oneCell"' in opening or (control and "sizeWithCells" not in opening)
    delta = shift.row(rows[0] + 1) - rows[0] - 1

    def moved(one: re.Match[str]) -> str:
        row = int(one[2])
        return f"{one[1]}{row + delta if whole else shift.row(row + 1) - 1}{one[3]}"

    return f"<{found[1]}{opening}>{_ANCHOR_ROW.sub(moved, found[3])}</{found[1]}>"


def _with_merges(moved: str, before: str, shift: Shift) -> str:
    """Repeat the cells merged across the row that new rows are made after."""
    added: list[str] = []
    for _prefix, left, top, right, bottom in _MERGE.findall(before):
        for each in shift.insertions:
            if int(top) == int(bottom) == each.after:
                start = shift.row(each.after)
                added += [f"{left}{start + step}:{right}{start + step}" for step in range(1, each.count + 1)]
    found = _MERGES.search(moved)
    if not added or found is None:
        return moved
    first = _MERGE.search(found[3])
    prefix = (first[1] or "") if first else ""
    new = found[3] + "".join(f'<{prefix}mergeCell ref="{each}"/>' for each in added)
    count = len(_MERGE.findall(new))
    attributes = _COUNT.sub(lambda said: f"{said[1]}{count}{said[2]}", found[2])
    return f"{moved[: found.start()]}{found[1]}{attributes}>{new}{found[4]}{moved[found.end() :]}"


def moved_parts(package: FormPackage, shifts: Mapping[str, Shift]) -> dict[str, bytes]:
    """Return the parts beside the sheets that change: drawings, comments, tables, charts, names."""
    moves: dict[str, Callable[[str], str]] = {}
    for sheet in package.sheets:
        along = partial(moved_markup, name=sheet.name, shifts=shifts)
        for drawing in package.related(sheet.part, "/drawing"):
            moves[drawing] = along
            for chart in package.related(drawing, "/chart"):
                moves[chart] = partial(moved_markup, name="", shifts=shifts)
        shift = shifts.get(sheet.name.casefold())
        for kind in ("/comments", "/threadedComment", "/table") if shift else ():
            moves.update(dict.fromkeys(package.related(sheet.part, kind), along))
        if shift:
            moves.update(dict.fromkeys(package.related(sheet.part, "/vmlDrawing"), partial(_vml, shift=shift)))
    moves[package.workbook_part] = partial(_names, shifts=shifts)
    changed: dict[str, bytes] = {}
    for part, move in moves.items():
        text = package.read(part).decode("utf-8", "surrogateescape")
        after = move(text)
        if after != text:
            changed[part] = after.encode("utf-8", "surrogateescape")
    return changed


def _vml(text: str, shift: Shift) -> str:
    def anchor(found: re.Match[str]) -> str:
        numbers = [each.strip() for each in found[2].split(",")]
        if len(numbers) != 8 or not (numbers[2].isdigit() and numbers[6].isdigit()):
            return found[0]
        delta = shift.row(int(numbers[2]) + 1) - int(numbers[2]) - 1
        if not delta:
            return found[0]
        numbers[2], numbers[6] = str(int(numbers[2]) + delta), str(int(numbers[6]) + delta)
        return found[1] + ", ".join(numbers) + found[3]

    text = _VML_ANCHOR.sub(anchor, text)
    return _VML_ROW.sub(lambda found: f"{found[1]}{shift.row(int(found[2]) + 1) - 1}{found[3]}", text)


def _names(text: str, shifts: Mapping[str, Shift]) -> str:
    def name(found: re.Match[str]) -> str:
        words = plain(found[3])
        new = moved_formula(words, "", shifts, 0)
        return found[0] if new == words else f"{found[1]}{escaped(new)}{found[4]}"

    return _NAME.sub(name, text)


def moved_chain(xml: bytes, sheets: tuple[SheetPart, ...], cells: Mapping[str, set[str]]) -> bytes:
    """Return the order of computing with the computed cells of changed sheets as they stand now, by sheet number."""
    text = xml.decode("utf-8")
    number = ""
    kept: list[str] = []
    for _prefix, attributes in _CHAIN.findall(text):
        about = known(attributes)
        number = about.get("i", number)
        if number in cells:
            continue
        rest = "".join(f' {key}="{escaped(value)}"' for key, value in about.items() if key not in ("r", "i"))
        kept.append(f'r="{about.get("r", "")}" i="{number}"{rest}')
    for sheet in sheets:
        kept += [f'r="{place}" i="{sheet.number}"' for place in sorted(cells.get(sheet.number, ()), key=_order)]
    first = _CHAIN.search(text)
    if first is None:
        return xml
    last = text.rindex("</")
    prefix = first[1] or ""
    return (text[: first.start()] + "".join(f"<{prefix}c {each}/>" for each in kept) + text[last:]).encode()


def _order(place: str) -> tuple[int, str]:
    found = _PLACE.match(place)
    return (int(found[2]), found[1]) if found else (0, place)
