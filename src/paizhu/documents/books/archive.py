"""Looking into the archive a workbook is before any of it is unpacked."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from paizhu.base.errors import PaizhuError
from paizhu.documents.books.book import Limits
from paizhu.documents.refusals import DamagedWorkbookError, TooLargeWorkbookError

_MOST_PARTS = 20_000
_RATIO = 400
"""Sheets shrink to a tenth, runs of empty rows to a hundredth; what shrinks far more is made to harm."""
_RATIO_FROM = 32 * 2**20
_SMALL_PART = 16 * 2**20
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)")


@contextmanager
def told_as_damage(name: str, what: str = "") -> Iterator[None]:
    """Turn whatever goes wrong inside into a DamagedWorkbookError; refusals pass as they are."""
    try:
        yield
    except PaizhuError:
        raise
    except Exception as error:
        # zlib, checksums, short files and the libraries each have errors of their own; to the officer they are one.
        raise DamagedWorkbookError(name, what) from error


def open_archive(stream: IO[bytes], name: str, limits: Limits) -> zipfile.ZipFile:
    """Return the archive when its table of contents is sound and it unpacks to no more than the limits allow."""
    with told_as_damage(name):
        archive = zipfile.ZipFile(stream)
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    suspicious = any(
        part.file_size > _RATIO_FROM and part.file_size > _RATIO * max(part.compress_size, 1) for part in parts
    )
    if len(parts) > _MOST_PARTS or unpacked > limits.unpacked_bytes or suspicious:
        archive.close()
        raise TooLargeWorkbookError(
            f"《{name}》解开后有 {unpacked / 2**20:,.0f} 兆，远大于一般台账，没有读取",
            "请确认文件来源；确是台账的，删去多余的空行后另存再导入",
        )
    return archive


def part_bytes(archive: zipfile.ZipFile, part: str, name: str, most: int = _SMALL_PART) -> bytes:
    """Return a small part whole, empty when there is none; a part that declares entities is refused."""
    with told_as_damage(name):
        try:
            found = archive.getinfo(part)
        except KeyError:
            return b""
        if found.file_size > most:
            raise TooLargeWorkbookError(f"《{name}》里的说明部分大得不正常，没有读取", "请另存为新文件再导入")
        content = archive.read(found)
    if _FORBIDDEN.search(content):
        raise DamagedWorkbookError(name, "文件的写法不合规范")
    return content


class CheckedPart:
    """A part read as a stream, whose damage is told in words."""

    def __init__(self, archive: zipfile.ZipFile, part: str, name: str) -> None:
        self._name = name
        with told_as_damage(name, "缺少工作表"):
            self._stream = archive.open(part)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, empty at the end."""
        with told_as_damage(self._name):
            return self._stream.read(size)
