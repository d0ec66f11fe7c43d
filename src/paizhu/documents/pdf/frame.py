"""The frame that every paper has: number, print time, code of the journal's head, QR code, watermark, page number."""

import io
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from reportlab import rl_config
from reportlab.lib.colors import Color, black
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from paizhu.base.errors import CancelledError
from paizhu.documents.pdf.blocks import MM, THREE, TWO, Letterhead, Numbering, Paper
from paizhu.documents.pdf.fonts import LOCK, TICKED, UNTICKED, Face, FontBook, our_file
from paizhu.documents.pdf.lines import runs, wrap
from paizhu.documents.pdf.page import Page, Rule, Words

PROGRAM = "派驻监督工作台"
RED = Color(0.8, 0, 0)
_GREY = Color(0.35, 0.35, 0.35)
_GROUND = Color(0.93, 0.94, 0.95)
_QR, _QR_SIDE = "paizhu-qr", 13 * MM
_QR_BOTTOM = 5.5 * MM
_WATERMARK = "paizhu-watermark"
_WATERMARK_GREY = 230
_WATERMARK_SCALE = 1.4
_SMALL = 7.5
_BOXES = {TICKED: "√", UNTICKED: "□"}
_INVISIBLE = 3
_SQUARE = 2
_WIDEST_HEAD = 170 * MM
# 信函格式: the name of the body 30 mm below the edge, the double line 4 mm below it, the second 20 mm above the foot.
_HEAD_TOP, _HEAD_GAP, _FOOT_LINE = 30 * MM, 4 * MM, 20 * MM


class Frame:
    """Draws laid-out pages into one PDF."""

    def __init__(self, paper: Paper, book: FontBook, missing: set[str]) -> None:
        self._paper = paper
        self._book = book
        self._sheet = paper.sheet
        self._out = io.BytesIO()
        self._missing = missing
        self._head = _Head(paper.letterhead, book, missing, paper) if paper.letterhead else None

    @property
    def first_top(self) -> float:
        """Where the text of the first page begins."""
        plain = self._sheet.height - self._sheet.top
        return min(plain, self._head.low) if self._head else plain

    def draw(
        self,
        pages: Sequence[Page],
        progress: Callable[[int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> bytes:
        """Return the PDF of these pages."""
        with LOCK:
            # Text encoding of streams is for printers of the nineties; it costs a fifth of the time and of the size.
            rl_config.useA85 = 0
            canvas = self._canvas()
            for number, page in enumerate(pages, 1):
                if cancelled is not None and cancelled():
                    raise CancelledError
                self._draw_page(canvas, page, number, len(pages))
                canvas.showPage()
                if progress is not None:
                    progress(number)
            canvas.save()
        return self._out.getvalue()

    def _canvas(self) -> Canvas:
        stamp = self._paper.stamp
        first = self._book[Face.BODY].glyph("一")
        canvas = Canvas(
            self._out,
            pagesize=(self._sheet.width, self._sheet.height),
            pageCompression=1,
            # The published types take the name for a number.
            initialFontName=cast(Any, first.font if first else None),
        )
        canvas.setTitle(self._paper.title)
        canvas.setAuthor(stamp.user)
        canvas.setSubject(stamp.number)
        canvas.setCreator(PROGRAM)
        canvas.setProducer(PROGRAM)
        if self._paper.stamp.watermark and stamp.watermark_words:
            picture = ImageReader(_watermark(stamp.watermark_words, self._sheet.width, self._sheet.height))
            canvas.beginForm(_WATERMARK, 0, 0, self._sheet.width, self._sheet.height)
            canvas.drawImage(picture, 0, 0, self._sheet.width, self._sheet.height)
            canvas.endForm()
        if stamp.code:
            canvas.beginForm(_QR, 0, 0, _QR_SIDE, _QR_SIDE)
            _draw_qr(canvas, stamp.anchor or stamp.code)
            canvas.endForm()
        return canvas

    def _draw_page(self, canvas: Canvas, page: Page, number: int, total: int) -> None:
        if self._paper.stamp.watermark and self._paper.stamp.watermark_words:
            canvas.doForm(_WATERMARK)
        canvas.setFillColor(_GROUND)
        for shade in page.shades:
            canvas.rect(shade.x, shade.y, shade.width, shade.height, stroke=0, fill=1)
        for drawn in page.pictures:
            picture = ImageReader(io.BytesIO(drawn.content))
            canvas.drawImage(picture, drawn.x, drawn.y, drawn.width, drawn.height)
        rules, words = list(page.rules), list(page.words)
        if self._head and number == 1:
            rules += self._head.rules
            words += self._head.words
        words += self._marking(number)
        _draw_rules(canvas, rules)
        for words_of, y, level in page.headings:
            key = f"{number}-{y:.0f}"
            canvas.bookmarkHorizontal(key, 0, y)
            canvas.addOutlineEntry(words_of, key, level - 1)
        canvas.setFillColor(black)
        text = canvas.beginText()
        for line in words:
            self._draw_words(canvas, text, line)
        if not (self._head and number == 1):
            for line in self._number(number, total):
                self._draw_words(canvas, text, line)
        text.setFillColor(_GREY)
        for line in self._foot_words():
            self._draw_words(canvas, text, line)
        canvas.drawText(text)
        if self._paper.stamp.code:
            canvas.saveState()
            canvas.translate(self._sheet.left, _QR_BOTTOM)
            canvas.doForm(_QR)
            canvas.restoreState()

    def _draw_words(self, canvas: Canvas, text: Any, line: Words) -> None:
        metrics = self._book[line.face]
        if line.red:
            text.setFillColor(RED)
        x = line.x
        for opened, font, part in _parts(line, metrics.fonts):
            text.setTextOrigin(x, line.y)
            text.setFont(font, line.size)
            width = metrics.width(part) * line.size
            if part in _BOXES:
                _draw_box(canvas, text, x, line, width, part)
            else:
                text.setCharSpace(line.gap if opened else 0)
                text.textOut(part)
            x += width + line.gap * (len(part) if opened else 1)
        text.setCharSpace(0)
        if line.red:
            text.setFillColor(black)

    def _number(self, number: int, total: int) -> list[Words]:
        sheet = self._sheet
        size = sheet.number_size
        widths = self._book[Face.SONG]
        y = sheet.bottom - 7 * MM - size * 0.3
        if sheet.numbering is Numbering.OF_TOTAL:
            words = f"第 {number} 页，共 {total} 页"
            x = (sheet.width - widths.width(words) * size) / 2
        else:
            words = f"— {number} —"
            right = sheet.width - sheet.right - size - widths.width(words) * size
            x = right if number % 2 else sheet.left + size
        return [Words(x, y, words, Face.SONG, size)]

    def _foot_words(self) -> list[Words]:
        stamp, sheet = self._paper.stamp, self._sheet
        x = sheet.left + (_QR_SIDE + 2 * MM if stamp.code else 0)
        lines = [f"打印时间　{stamp.printed_at:%Y-%m-%d %H:%M}"]
        if stamp.number:
            lines[0] = f"编号　{stamp.number}　　{lines[0]}"
        if stamp.code:
            lines.append(f"核验码　{stamp.code}")
            lines.append("在“核验”里输入核验码，可查打印后记录是否改动")
        shown = [self._book.printable(Face.SONG, each, self._missing) for each in lines]
        top = _QR_BOTTOM + _QR_SIDE / 2 + (len(shown) / 2 - 0.8) * _SMALL * 1.45
        return [Words(x, top - place * _SMALL * 1.45, each, Face.SONG, _SMALL) for place, each in enumerate(shown)]

    def _marking(self, number: int) -> list[Words]:
        marking = self._paper.stamp.marking
        if not marking:
            return []
        text = self._book.printable(Face.HEI, marking, self._missing)
        if self._head and number == 1:
            return [Words(self._sheet.left, self._head.number_y, text, Face.HEI, THREE)]
        return [Words(self._sheet.left, self._sheet.height - 15 * MM, text, Face.HEI, 12)]


class _Head:
    """The red head of a letter, measured so that the text can begin below it."""

    def __init__(self, head: Letterhead, book: FontBook, missing: set[str], paper: Paper) -> None:
        sheet = paper.sheet
        middle = sheet.width / 2
        left, right = middle - _WIDEST_HEAD / 2, middle + _WIDEST_HEAD / 2
        face = book[Face.TITLE]
        name = book.printable(Face.TITLE, head.name, missing)
        size = max(TWO, min(40.0, _WIDEST_HEAD / max(face.width(name), 1)))
        lines = wrap(name, face.widths, size, _WIDEST_HEAD)
        y = sheet.height - _HEAD_TOP
        self.words: list[Words] = []
        for line in lines:
            self.words.append(Words(middle - line.width / 2, y - size * 0.88, line.text, Face.TITLE, size, red=True))
            y -= size * 1.15
        y -= _HEAD_GAP
        self.rules = [
            Rule(left, y, right, y, 2.2, red=True),
            Rule(left, y - 3, right, y - 3, 0.8, red=True),
            Rule(left, _FOOT_LINE + 3, right, _FOOT_LINE + 3, 0.8, red=True),
            Rule(left, _FOOT_LINE, right, _FOOT_LINE, 2.2, red=True),
        ]
        self.number_y = y - 3 - THREE * 7 / 8 - THREE * 0.88
        number = book.printable(Face.BODY, head.number, missing)
        # Beside the marking, and whole however long it is.
        marked = (book[Face.HEI].width(paper.stamp.marking) + 1) * THREE if paper.stamp.marking else 0.0
        low = self.number_y
        for at, line in enumerate(wrap(number, book[Face.BODY].widths, THREE, sheet.inner_width - marked)):
            low = self.number_y - at * THREE * 15 / 8
            self.words.append(Words(sheet.width - sheet.right - line.width, low, line.text, Face.BODY, THREE))
        # The title stands two lines below the number.
        self.low = low - THREE * 0.12 - 2 * THREE * 15 / 8


def _parts(line: Words, fonts: Mapping[str, str]) -> list[tuple[bool, str, str]]:
    """Cut a line where the font changes, and at boxes and words; True is a run that may be opened by the gap."""
    names = {fonts[char] for char in set(line.text)}
    plain = len(names) == 1 and not _BOXES.keys() & set(line.text)
    made: list[tuple[bool, str, str]] = []
    for opened, run in runs(line.text) if line.gap else [(True, line.text)]:
        if plain:
            made.append((opened, next(iter(names)), run))
            continue
        for (box, font), chars in groupby(run, lambda char: (char if char in _BOXES else "", fonts[char])):
            part = "".join(chars)
            made += [(opened, font, each) for each in (part if box else (part,))]
    return made


def _draw_rules(canvas: Canvas, rules: Sequence[Rule]) -> None:
    canvas.setLineCap(_SQUARE)
    drawn = sorted(rules, key=lambda rule: (rule.red, rule.width))
    for (red, width), group in groupby(drawn, key=lambda rule: (rule.red, rule.width)):
        canvas.setStrokeColor(RED if red else black)
        canvas.setLineWidth(width)
        canvas.lines([(rule.x, rule.y, rule.to_x, rule.to_y) for rule in group])


def _draw_box(canvas: Canvas, text: Any, x: float, line: Words, width: float, char: str) -> None:
    """Draw a square, with a tick in it when chosen; what can be copied from the PDF is √ or □."""
    side = line.size * 0.74
    left, low = x + (width - side) / 2 - line.size * 0.08, line.y - line.size * 0.04
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.7)
    canvas.rect(left, low, side, side, stroke=1, fill=0)
    if char == TICKED:
        canvas.setLineWidth(1.3)
        points = ((0.16, 0.52), (0.42, 0.2), (0.9, 0.95))
        (x1, y1), (x2, y2), (x3, y3) = ((left + across * side, low + up * side) for across, up in points)
        canvas.lines([(x1, y1, x2, y2), (x2, y2, x3, y3)])
    text.setTextRenderMode(_INVISIBLE)
    text.textOut(_BOXES[char])
    text.setTextRenderMode(0)


def _draw_qr(canvas: Canvas, words: str) -> None:
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Rect

    # Its squares are drawn here: reportlab's renderer would bring a font into the file that is not embedded.
    widget: Any = QrCodeWidget(words, barWidth=_QR_SIDE, barHeight=_QR_SIDE, barBorder=0, barLevel="M")
    canvas.setFillColor(black)
    for each in widget.draw().contents:
        if isinstance(each, Rect) and each.fillColor is not None:
            canvas.rect(each.x, each.y, each.width, each.height, stroke=0, fill=1)


def _watermark(words: str, width: float, height: float) -> Any:
    """Return the ground with the line across it, as a picture: words would be copied along with the text."""
    from PIL import Image, ImageDraw, ImageFont

    size = (int(width * _WATERMARK_SCALE), int(height * _WATERMARK_SCALE))
    font = ImageFont.truetype(str(our_file("NotoSansSC-Regular")), int(15 * _WATERMARK_SCALE))
    left, top, right, bottom = (int(edge) for edge in font.getbbox(words))
    strip = Image.new("L", (right - left + 8, bottom - top + 8), 255)
    ImageDraw.Draw(strip).text((4 - left, 4 - top), words, font=font, fill=_WATERMARK_GREY)
    turned = strip.rotate(32, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    ground = Image.new("L", size, 255)
    for share in (0.2, 0.5, 0.8):
        place = (int((size[0] - turned.width) / 2), int(size[1] * share - turned.height / 2))
        # Rotated strips overlap; the darker of both stands.
        layer = Image.new("L", size, 255)
        layer.paste(turned, place)
        ground = Image.composite(ground, layer, ground.point(lambda grey: 255 if grey < 255 else 0))
    return ground
