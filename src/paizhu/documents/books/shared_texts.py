"""The texts that the cells of a workbook share, kept so that a million of them cost little more than their letters."""

import re
from itertools import islice

from paizhu.documents.books.xml_text import CHUNK, LONGEST, Stream, is_spelt, plain, runs
from paizhu.documents.refusals import DamagedWorkbookError

_USUAL = re.compile(rb"<si(?:/>|><t(?: [^>]*)?>([^<]*)</t>(?:<phoneticPr [^>]*/>)?</si>)")
_STRING = re.compile(rb"<si(?=[\s/>])(?:/>|[^>]*>(?:<t(?: [^>]*)?>([^<]*)</t>|(.*?))</si>)", re.DOTALL)
_PREFIX = re.compile(rb"<(\w+):sst\b")
_PAGE = 16
_OPEN_PAGES = 32
_REMEMBERED = 20_000
"""Few enough that a long ledger takes hardly more memory than a short one."""
# No text holds this character, since XML has no way to write it.
_BETWEEN = b"\0"


class _Known(dict[str, str]):
    """The texts that were asked for more than once, by their number as a cell writes it: persons, units and days that
    stand in many rows are looked up without a call of Python, and what stands in one row alone takes no room.
    """

    def __init__(self, texts: "SharedTexts") -> None:
        super().__init__()
        self._texts = texts
        self._open = texts.open
        self._asked = bytearray(texts.count)

    def __missing__(self, index: str) -> str:
        try:
            number = int(index)
            asked = self._asked[number]
        except (ValueError, IndexError):
            number = -1
        if number < 0:
            raise self._texts.damaged()
        # Rows ask for new texts nearly in order: the page is mostly at hand.
        words = self._open.get(number // _PAGE) or self._texts.page(number // _PAGE)
        text = words[number % _PAGE]
        if not asked:
            self._asked[number] = True
            return text
        if len(self) >= _REMEMBERED:
            self.clear()
        self[index] = text
        return text


class SharedTexts:
    """The texts by number, unpacked a page at a time."""

    def __init__(self, part: Stream | None, name: str) -> None:
        self._name = name
        self._pages: list[bytes] = []
        self.count = 0
        self.open: dict[int, list[str]] = {}
        if part is not None:
            self._read(part)
        self.known = _Known(self)

    def _read(self, part: Stream) -> None:
        rest = b""
        prefix = b""
        waiting: list[bytes] = []
        while chunk := part.read(CHUNK):
            if not self._pages and not rest and (found := _PREFIX.search(chunk)):
                prefix = found[1] + b":"
            rest += chunk
            closing = b"</" + prefix + b"si>"
            end = rest.rfind(closing) + len(closing)
            if end >= len(closing):
                waiting += _texts(rest[:end], prefix)
                rest = rest[end:]
                self._keep(waiting, whole=False)
            if len(rest) > LONGEST:
                raise DamagedWorkbookError(self._name, "文字部分不完整")
        # Empty texts close themselves and may be the last.
        waiting += _texts(rest, prefix)
        self._keep(waiting, whole=True)

    def _keep(self, texts: list[bytes], *, whole: bool) -> None:
        full = len(texts) if whole else len(texts) // _PAGE * _PAGE
        pieces = iter(texts[:full])
        while page := list(islice(pieces, _PAGE)):
            self._pages.append(_BETWEEN.join(page))
        self.count += full
        del texts[:full]

    def damaged(self) -> DamagedWorkbookError:
        """Return the refusal of a cell whose number belongs to no text."""
        return DamagedWorkbookError(self._name, "单元格指向不存在的文字")

    def page(self, number: int) -> list[str]:
        """Unpack a page and keep it open for a while."""
        text = self._pages[number].decode("utf-8", "replace")
        words = text.split("\0")
        if is_spelt(text):
            words = list(map(plain, words))
        if len(self.open) >= _OPEN_PAGES:
            self.open.clear()
        self.open[number] = words
        return words

    def text(self, index: str) -> str:
        """Return the text with this number, given as the digits of the cell."""
        return self.known[index.strip()]


def _texts(xml: bytes, prefix: bytes) -> list[bytes]:
    if prefix:
        xml = xml.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
    if _BETWEEN in xml:
        xml = xml.replace(_BETWEEN, b"")
    usual = _USUAL.findall(xml)
    if len(usual) == xml.count(b"<si"):
        return usual
    return [one or (_rich(several) if several else b"") for one, several in _STRING.findall(xml)]


def _rich(xml: bytes) -> bytes:
    return runs(xml.decode("utf-8", "replace")).encode()
