"""Any ledger opened for reading: the content decides what a file is, its name does not.

The file is opened read-only and never touched; a copy decrypted with its password stays in memory.
"""

import hashlib
import io
import zipfile
from pathlib import Path
from typing import IO

from paizhu.documents.books.archive import open_archive, told_as_damage
from paizhu.documents.books.book import Book, Closeable, Limits, Sheet
from paizhu.documents.books.csv_text import csv_sheets
from paizhu.documents.refusals import (
    NotAWorkbookError,
    PasswordNeededError,
    TooLargeWorkbookError,
    WorkbookRefusedError,
    WrongWorkbookPasswordError,
)

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_PAGES = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"mime-version:")
# Such files may hold nothing but letters, and would be taken for a text table of one column.
_NO_TABLES = {b"%pdf-": " PDF 文件", b"{\\rtf": "文字文档"}
DEFAULT_LIMITS = Limits()


def open_book(path: Path, password: str | None = None, limits: Limits = DEFAULT_LIMITS) -> Book:
    """Open a workbook or text table; every refusal says in words what the file is and what to do."""
    name = path.name
    try:
        stream = path.open("rb")
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise WorkbookRefusedError(f"找不到《{name}》", "请确认文件还在原处，重新选择") from error
    except IsADirectoryError as error:
        raise NotAWorkbookError(f"《{name}》是文件夹", "请选择里面的台账文件") from error
    except OSError as error:
        raise WorkbookRefusedError(
            f"《{name}》打不开：没有读取权限，或正被别的程序独占", "请关闭占用它的程序，或复制一份再导入"
        ) from error
    try:
        return _opened(path, stream, size, password, limits)
    except BaseException:
        stream.close()
        raise


def _opened(path: Path, stream: io.BufferedReader, size: int, password: str | None, limits: Limits) -> Book:
    name = path.name
    if name.startswith("~$"):
        raise NotAWorkbookError(
            f"《{name}》是 Excel 或 WPS 打开文件时留下的临时文件，不是台账", f"请选择《{name[2:]}》本身"
        )
    if size == 0:
        raise NotAWorkbookError(f"《{name}》是空文件", "请重新取得这个文件")
    if size > limits.file_bytes:
        raise TooLargeWorkbookError(
            f"《{name}》有 {size / 2**20:,.0f} 兆，超过 {limits.file_bytes / 2**20:,.0f} 兆的上限",
            "请分成几个文件，或在设置里放宽上限",
        )
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    head = stream.read(512)
    stream.seek(0)
    held: list[Closeable] = [stream]
    content: IO[bytes] = stream
    if head.startswith(_OLE):
        unlocked = _decrypted(stream, name, password)
        if unlocked is not None:
            content = unlocked
            head = unlocked.read(512)
            unlocked.seek(0)
    sheets: tuple[Sheet, ...]
    if head.startswith(_ZIP):
        archive = open_archive(content, name, limits)
        held.insert(0, archive)
        sheets = _from_archive(archive, name, limits)
    elif head.startswith((_OLE, *_BIFF)):
        from paizhu.documents.books.xls import xls_sheets

        sheets = xls_sheets(content, name, limits)
    else:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith(_PAGES):
            raise NotAWorkbookError(
                f"《{name}》里面是网页，不是电子表格（有些系统导出的“Excel”就是这样）",
                "请用 Excel 或 WPS 打开它，另存为 xlsx 再导入",
            )
        if kind := next((words for mark, words in _NO_TABLES.items() if start.startswith(mark)), ""):
            raise NotAWorkbookError(
                f"《{name}》是{kind}，不是电子表格",
                "请选择 xlsx、xlsm、xls、et、ods 或 csv 文件；只有 PDF 的，请向填表人要电子表格",
            )
        sheets = csv_sheets(content, path, limits)
    return Book(path, digest, sheets, tuple(held))


def _from_archive(archive: zipfile.ZipFile, name: str, limits: Limits) -> tuple[Sheet, ...]:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names and any(each.startswith("xl/") for each in names):
        if "xl/workbook.bin" in names:
            raise WorkbookRefusedError(
                f"《{name}》是二进制工作簿（xlsb），读不了", "请用 Excel 或 WPS 另存为 xlsx 再导入"
            )
        from paizhu.documents.books.xlsx import xlsx_sheets

        return xlsx_sheets(archive, name, limits)
    if "content.xml" in names and "mimetype" in names:
        from paizhu.documents.books.ods import ods_sheets

        return ods_sheets(archive, name, limits)
    kind = "文字文档" if any(each.startswith("word/") for each in names) else "压缩包"
    raise NotAWorkbookError(f"《{name}》是{kind}，不是电子表格", "请选择 xlsx、xls、ods 或 csv 文件")


def _decrypted(stream: IO[bytes], name: str, password: str | None) -> IO[bytes] | None:
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError

    with told_as_damage(name):
        try:
            office = msoffcrypto.OfficeFile(stream)
            encrypted = office.is_encrypted()
        except FileFormatError as error:
            raise NotAWorkbookError(f"《{name}》不是电子表格", "请选择 xlsx、xls、ods 或 csv 文件") from error
    stream.seek(0)
    if not encrypted:
        return None
    if not password:
        raise PasswordNeededError(name)
    plain = io.BytesIO()
    with told_as_damage(name):
        try:
            office.load_key(password=password)
            office.decrypt(plain)
        except (InvalidKeyError, DecryptionError) as error:
            raise WrongWorkbookPasswordError(name) from error
    plain.seek(0)
    return plain
