"""The same ledgers as other hands saved them: locked, with macros, with a stored size that is wrong."""

from datetime import date
from pathlib import Path
from typing import Any

from msoffcrypto.format.ooxml import OOXMLFile

from tests.data.messy_kit import Messy, Table, new, put, repacked
from tests.data.messy_talks import FAR_DOWN, TALK_FIELDS, far_down


def locked(path: Path) -> None:
    """A plain ledger behind a password."""
    plain = path.with_name("明.xlsx")
    far_down(plain)
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("a1b2c3", target)


def sized(told: bytes, last: bool) -> Any:
    """Return what makes a plain ledger whose stored size is wrong, perhaps with a styled row at the very end."""

    def make(path: Path) -> None:
        by_quarter_first(path)

        def change(name: str, content: bytes) -> bytes:
            if not name.startswith("xl/worksheets/"):
                return content
            start = content.index(b'<dimension ref="') + len(b'<dimension ref="')
            made = content[:start] + told + content[content.index(b'"', start) :]
            end = b'<row r="1048576" customFormat="1" s="0"><c r="XFD1048576" s="0"/></row></sheetData>'
            return made.replace(b"</sheetData>", end) if last else made

        repacked(path, change)

    return make


def by_quarter_first(path: Path) -> None:
    """Ten rows of talks, plain."""
    book, sheet = new("谈话")
    heads = ["序号", "谈话时间", "谈话对象", "职务", "谈话类型", "主谈人", "谈话内容"]
    rows = [
        [at, date(2025, 3, at), f"张{name}", "科员", "日常", "陈守正", "收心"]
        for at, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    ]
    put(sheet, 1, [heads, *rows])
    book.save(path)


TEN = Table(
    "谈话",
    "integrity_talk",
    (1,),
    TALK_FIELDS,
    {
        at + 1: [f"2025-03-{at:02}", f"张{name}", "科员", "routine", "陈守正", "收心"]
        for at, name in enumerate("甲乙丙丁戊己庚辛壬癸", 1)
    },
)


def macros(path: Path) -> None:
    """The same with a macro project in the package."""
    by_quarter_first(path)

    def change(name: str, content: bytes) -> bytes:
        if name == "[Content_Types].xml":
            plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
            return content.replace(plain, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        return content

    repacked(path, change, {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not looked at"})


BOOKS = [
    Messy("09_talks_locked.xlsx", locked, (FAR_DOWN,), password="a1b2c3"),
    Messy("10_talks_says_a1.xlsx", sized(b"A1", last=False), (TEN,)),
    Messy("11_talks_claims_all.xlsx", sized(b"A1:XFD1048576", last=True), (TEN,)),
    Messy("12_talks_macros.xlsm", macros, (TEN,)),
]
