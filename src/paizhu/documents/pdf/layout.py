"""Blocks onto pages: where a page ends, what stays together, what is repeated."""

from collections.abc import Callable, Sequence

from paizhu.base.errors import CancelledError
from paizhu.documents.pdf.blocks import (
    FORM_LINE,
    FOUR,
    SMALL_FOUR,
    THREE,
    Align,
    Block,
    Break,
    Contents,
    Grid,
    Paper,
    Para,
    Picture,
    Signature,
    Space,
    Strike,
    Style,
)
from paizhu.documents.pdf.fonts import Face, FontBook
from paizhu.documents.pdf.grid import GridSetter, SetRow
from paizhu.documents.pdf.lines import Line, balanced, gap, wrap
from paizhu.documents.pdf.page import Drawn, Page, Rule, Words
from paizhu.documents.pdf.pictures import size_of

_BASELINE = 0.36
_ASK_EVERY = 20
_LEADERS = "…"
_PICTURE_GAP, _LEAST_OF_PAGE = 6.0, 0.5
_LEAST_SIGNED = 2
_COPIES_GAP = 14.0


def lay_out(
    paper: Paper,
    blocks: Sequence[Block],
    book: FontBook,
    missing: set[str],
    first_top: float,
    cancelled: Callable[[], bool] | None = None,
) -> list[Page]:
    """Return the pages of a paper; `first_top` is where the first begins, below a letterhead."""
    layout = _Layout(paper, book, missing, first_top, cancelled)
    layout.place_all(blocks)
    layout.finish()
    return layout.pages


class _Layout:
    """The page being filled and the height still free on it."""

    def __init__(
        self, paper: Paper, book: FontBook, missing: set[str], first_top: float, cancelled: Callable[[], bool] | None
    ) -> None:
        self._sheet = paper.sheet
        self._paper = paper
        self._book = book
        self._missing = missing
        self._cancelled = cancelled
        self._top = self._sheet.height - self._sheet.top
        self._foot = _Foot(paper, book, missing)
        self._floor = self._sheet.bottom + self._foot.height
        self._contents: list[tuple[Page, Words]] = []
        self.pages = [Page()]
        self._y = first_top

    def place_all(self, blocks: Sequence[Block]) -> None:
        """Put blocks one below the other, what is held together on one page."""
        signed = self._signed(blocks)
        for number, block in enumerate(blocks):
            held = number in signed or (isinstance(block, Para) and block.keep_next)
            self._place(block, self._least(blocks, number + 1, signed) if held else 0.0)

    def _signed(self, blocks: Sequence[Block]) -> frozenset[int]:
        """Return the blocks that go over with a signature, two lines of the text or the last row of a table at least.

        A page with nothing but name and date is none (GB/T 9704-2012: no “此页无正文”), nor one with a note alone.
        """
        found: set[int] = set()
        for end, last in enumerate(blocks):
            lines = 0
            ends = isinstance(last, Signature) or (isinstance(last, Para) and last.keep_back)
            for number in range(end - 1, -1, -1) if ends else ():
                block = blocks[number]
                if isinstance(block, Space):
                    continue
                if lines >= _LEAST_SIGNED or not isinstance(block, Para | Grid):
                    break
                found.add(number)
                lines += len(self._lines(block)) if isinstance(block, Para) else _LEAST_SIGNED
        return frozenset(found)

    def _least(self, blocks: Sequence[Block], start: int, signed: frozenset[int]) -> float:
        """Return the height without which what follows cannot begin."""
        height = 0.0
        for number, block in enumerate(blocks[start:], start):
            match block:
                case Space():
                    height += block.height
                case Para():
                    lines = len(self._lines(block))
                    height += block.style.pitch * min(lines, 2)
                    if lines > _LEAST_SIGNED or not (block.keep_next or number in signed):
                        break
                case Signature():
                    return height + self._signed_height(block)
                case Grid():
                    setter = self._setter(block)
                    rows = [setter.set(row).height for row in block.rows[:1]]
                    return height + setter.head_height + min(sum(rows), self._full - setter.head_height)
                case _:
                    break
        return height

    @property
    def _full(self) -> float:
        return self._top - self._floor

    def _setter(self, grid: Grid) -> GridSetter:
        return GridSetter(grid, self._book, self._sheet.left, self._sheet.inner_width, self._missing)

    def _place(self, block: Block, held: float) -> None:
        match block:
            case Para():
                self._para(block, held)
            case Grid():
                self._grid(block, held)
            case Space():
                self._y -= 0 if self._at_top() else min(block.height, max(0.0, self._y - self._floor))
            case Strike():
                self._strike()
            case Break():
                if not self._at_top():
                    self._new_page()
            case Picture():
                self._picture(block)
            case Signature():
                self._signature(block)
            case Contents():
                self._list_contents(block)

    def finish(self) -> None:
        """Put the feet on all pages, and the pages into the contents."""
        for page in self.pages:
            self._foot.draw(page)
        if not self._contents:
            return
        # Headings and contents stand in the same order; two headings may say the same.
        where = [number for number, page in enumerate(self.pages, 1) for _heading in page.headings]
        right = self._sheet.width - self._sheet.right
        for (page, words), at in zip(self._contents, where, strict=True):
            em = self._book[words.face]
            number = str(at)
            end = right - em.width(number) * words.size
            page.words.append(Words(end, words.y, number, words.face, words.size))
            # The dots end in one line, whatever stands before them.
            dot = em.widths[_LEADERS] * words.size
            last = right - 2.5 * words.size
            dots = int((last - words.x - (em.width(words.text) + 0.5) * words.size) / dot)
            if dots > 0:
                page.words.append(Words(last - dots * dot, words.y, _LEADERS * dots, words.face, words.size))

    @property
    def _page(self) -> Page:
        return self.pages[-1]

    def _at_top(self) -> bool:
        page = self._page
        return not page.words and not page.rules and not page.pictures

    def _new_page(self) -> None:
        self._ask()
        self.pages.append(Page())
        self._y = self._top

    def _ask(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise CancelledError

    def _need(self, height: float) -> None:
        if self._y - height < self._floor - 0.01 and not self._at_top():
            self._new_page()

    def _para(self, para: Para, held: float = 0.0) -> None:
        style = para.style
        lines = self._lines(para)
        for number, line in enumerate(lines):
            # Of a paragraph held to what follows, the last two lines go over with it.
            left = len(lines) - number
            self._need(left * style.pitch + held if held and left <= 2 else style.pitch)
            if para.heading and not number:
                self._page.headings.append((para.text, self._y, para.heading))
            self._line(line, style, first=number == 0)

    def _lines(self, para: Para) -> list[Line]:
        style = para.style
        width = self._sheet.inner_width - style.right * style.size
        text = self._book.printable(style.face, para.text.strip("\n"), self._missing)
        em = self._book[style.face].widths
        if para.balanced:
            return balanced(text, em, style.size, width)
        return wrap(text, em, style.size, width, style.indent * style.size)

    def _line(self, line: Line, style: Style, *, first: bool) -> None:
        sheet = self._sheet
        room = sheet.inner_width - style.right * style.size
        indent = style.indent * style.size if (first or self._after_last) else 0.0
        self._after_last = line.last
        x = sheet.left
        open_by = 0.0
        if style.align is Align.CENTER:
            x += (room - line.width) / 2
        elif style.align is Align.RIGHT:
            x += room - line.width
        else:
            x += indent
            open_by = gap(line, room - indent, style.size) if style.align is Align.JUSTIFY else 0.0
        baseline = self._y - style.pitch / 2 - style.size * _BASELINE
        if line.text:
            self._page.words.append(Words(x, baseline, line.text, style.face, style.size, open_by, style.red))
        self._y -= style.pitch

    _after_last = True

    def _grid(self, grid: Grid, held: float = 0.0) -> None:
        setter = self._setter(grid)
        full = self._full - setter.head_height
        first = max((setter.set(row).height for row in grid.rows[:1]), default=0.0)
        self._need(setter.head_height + (0.0 if self._cut(first, full) else first))
        open_rows: list[SetRow] = list(setter.head)
        free = self._y - self._floor - setter.head_height
        rows = iter(grid.rows)
        group: list[SetRow] = []
        for number, given in enumerate(rows):
            if number % _ASK_EVERY == 0:
                self._ask()
            group.append(setter.set(given))
            held_rows = bool(held) and number == len(grid.rows) - 2
            if (group[-1].keep_next or held_rows) and number + 1 < len(grid.rows):
                continue
            height = sum(row.height for row in group)
            if number == len(grid.rows) - 1 and height + held <= full:
                # The last row goes over with what it is held to.
                height += held
            cut = height > free and any(self._cut(row.height, full, free) for row in group)
            if height > free and height <= full and not cut:
                self._close(setter, open_rows)
                self._new_page()
                open_rows, free = list(setter.head), full
            after = sum(row.height for row in group) + (held if number == len(grid.rows) - 1 else 0.0)
            for row in group:
                after -= row.height
                tall = cut and self._cut(row.height, full, free)
                # Of a tall row the last lines go over with what it is held to.
                free = self._set_row(setter, row, open_rows, free, full, cut=cut, after=after if tall else 0.0)
            group = []
        self._close(setter, open_rows)

    def _cut(self, height: float, full: float, free: float | None = None) -> bool:
        """Tell whether a row may be cut: taller than a page, or else half a page and more would stay empty."""
        free = self._y - self._floor if free is None else free
        return height > full or min(height, free) > full * _LEAST_OF_PAGE

    def _set_row(
        self,
        setter: GridSetter,
        row: SetRow,
        open_rows: list[SetRow],
        free: float,
        full: float,
        *,
        cut: bool,
        after: float,
    ) -> float:
        """Set a row and return the room left; of a tall one its last lines go over with the rows ``after`` it."""
        least = _LEAST_SIGNED * setter.line
        while row.height + after > free and (row.height > free or row.height > 2 * least):
            room = min(free, row.height - least) if after else free
            parts = setter.split(row, room) if cut or row.height > full else None
            if parts is not None:
                open_rows.append(parts[0])
                row = parts[1]
            self._close(setter, open_rows)
            self._new_page()
            open_rows[:] = setter.head
            free = full
        open_rows.append(row)
        return free - row.height

    def _close(self, setter: GridSetter, rows: list[SetRow]) -> None:
        if len(rows) > len(setter.head) or (rows and not setter.head):
            self._y = setter.draw(self._page, rows, self._y)

    def _strike(self) -> None:
        sheet, top = self._sheet, self._y - SMALL_FOUR
        if top - self._floor > 3 * SMALL_FOUR:
            left, right, low = sheet.left, sheet.width - sheet.right, self._floor + SMALL_FOUR
            for line in ((left, top, right, top), (right, top, left, low), (left, low, right, low)):
                self._page.rules.append(Rule(*line, 0.7))
        self._y = self._floor

    def _picture(self, block: Picture) -> None:
        """Put a picture into the room left on the page, or on the next where too little is left."""
        self._ask()
        across, high = size_of(block.content)
        style = FORM_LINE
        caption = style.pitch if block.name else 0.0
        if (self._y - self._floor) < self._full * _LEAST_OF_PAGE:
            self._new_page()
        room = self._y - self._floor - caption - _PICTURE_GAP
        scale = min(self._sheet.inner_width / across, room / high)
        width, height = across * scale, high * scale
        x = self._sheet.left + (self._sheet.inner_width - width) / 2
        self._y -= height
        self._page.pictures.append(Drawn(x, self._y, width, height, block.content))
        self._y -= _PICTURE_GAP
        if block.name:
            self._para(Para(block.name, Style(style.face, style.size, style.pitch, align=Align.CENTER)))

    def _signature(self, block: Signature) -> None:
        style = Style()
        self._need(self._signed_height(block))
        em = self._book[style.face]
        name = self._book.printable(style.face, block.name, self._missing)
        right = self._sheet.width - self._sheet.right
        date_width, name_width = em.width(block.date) * THREE, em.width(name) * THREE
        middle = right - 4 * THREE - date_width / 2
        # A long name keeps two characters free at its right, and the date moves with it.
        middle = min(middle, right - 2 * THREE - name_width / 2)
        middle = max(middle, self._sheet.left + name_width / 2)
        for text, width in ((name, name_width), (block.date, date_width)):
            baseline = self._y - style.pitch / 2 - THREE * _BASELINE
            self._page.words.append(Words(middle - width / 2, baseline, text, style.face, THREE))
            self._y -= style.pitch
        if block.copies:
            # 信函格式 of GB/T 9704-2012: who gets a copy stands lowest in the type area of the last page.
            self._y = min(self._y - _COPIES_GAP, self._floor + self._high(block.copies))
            self._para(block.copies)

    def _signed_height(self, block: Signature) -> float:
        """Return how high name, date and the line for copies are."""
        return 2 * Style().pitch + (_COPIES_GAP + self._high(block.copies) if block.copies else 0.0)

    def _high(self, para: Para) -> float:
        return len(self._lines(para)) * para.style.pitch

    def _list_contents(self, block: Contents) -> None:
        style = FORM_LINE
        self._para(Para(block.title, Style(Face.HEI, FOUR, 26.0, align=Align.CENTER)))
        for heading in self._paper.headings():
            self._need(style.pitch)
            text = self._book.printable(style.face, heading.text, self._missing)
            x = self._sheet.left + 2 * style.size * (heading.heading - 1)
            words = Words(x, self._y - style.pitch / 2 - style.size * _BASELINE, text, style.face, style.size)
            self._page.words.append(words)
            self._contents.append((self._page, words))
            self._y -= style.pitch


class _Foot:
    """What stands at the foot of every page, set once."""

    def __init__(self, paper: Paper, book: FontBook, missing: set[str]) -> None:
        self._page = Page()
        self.height = 0.0
        if not paper.foot:
            return
        bare = Paper(paper.title, paper.foot, paper.stamp, paper.sheet)
        layout = _Layout(bare, book, missing, paper.sheet.height - paper.sheet.top, None)
        layout.place_all(paper.foot)
        used = paper.sheet.height - paper.sheet.top - layout._y
        self._page = layout.pages[0]
        self.height = used
        drop = layout._y - paper.sheet.bottom
        for words in self._page.words:
            words.y -= drop
        for rule in self._page.rules:
            rule.y -= drop
            rule.to_y -= drop

    def draw(self, page: Page) -> None:
        """Put the foot on a page."""
        page.words.extend(self._page.words)
        page.rules.extend(self._page.rules)
