"""Any ledger can be opened, and what cannot is refused in words."""

import hashlib
import io
import os
import time as clock_time
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from paizhu.documents.books.book import NO_RESULT, ErrorCell, Limits, Merge, SheetRow
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import (
    DamagedWorkbookError,
    NotAWorkbookError,
    PasswordNeededError,
    TooLargeWorkbookError,
    WorkbookRefusedError,
    WrongWorkbookPasswordError,
)
from paizhu.documents.tables.table_find import read_tables
from tests.unit.documents.ledgers import VOCABULARY

LEDGERS = Path(__file__).parents[3] / "data" / "ledgers"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rows_of(path: Path, sheet: int = 0, password: str | None = None) -> list[SheetRow]:
    with open_book(path, password) as book:
        return list(book.sheets[sheet].rows())


def with_sheet(path: Path, data: str, *, prefix: str = "", styles: str = "", strings: str = "", rest: str = "") -> Path:
    """Write a workbook whose one sheet has this XML for its rows, as no library would write it."""
    p = f"{prefix}:" if prefix else ""
    name = f":{prefix}" if prefix else ""
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{kinds}">'
            '<sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="a" Type="{kinds}/worksheet" Target="worksheets/s.xml"/>'
            f'<Relationship Id="b" Type="{kinds}/styles" Target="styles.xml"/>'
            f'<Relationship Id="c" Type="{kinds}/sharedStrings" Target="/xl/strings.xml"/></Relationships>',
        )
        archive.writestr("xl/styles.xml", styles or f'<styleSheet xmlns="{MAIN}"/>')
        archive.writestr("xl/strings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        sheet = f'<{p}worksheet xmlns{name}="{MAIN}"><{p}sheetData>{data}</{p}sheetData>{rest}</{p}worksheet>'
        archive.writestr("xl/worksheets/s.xml", sheet)
    return path


def test_rows_carry_the_numbers_and_columns_excel_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["C5"] = "孙立新"
    book.active["E9"] = 3
    book.save(tmp_path / "a.xlsx")
    assert rows_of(tmp_path / "a.xlsx") == [
        SheetRow(5, [None, None, "孙立新"]),
        SheetRow(9, [None, None, None, None, 3]),
    ]


def test_values_keep_their_type(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    given = [
        "  两 头 ",
        12,
        48.6,
        True,
        False,
        date(2026, 3, 5),
        datetime.fromisoformat("2026-03-05T09:30"),
        time(9, 30),
        "第一行\n第二行 <&>\"'",
    ]
    sheet.append(given)
    book.save(tmp_path / "a.xlsx")
    (row,) = rows_of(tmp_path / "a.xlsx")
    assert row.cells == given
    assert [type(cell) for cell in row.cells] == [type(cell) for cell in given]


@pytest.mark.parametrize(
    ("number", "meant"),
    [(14, date(2026, 3, 5)), (31, date(2026, 3, 5)), (57, date(2026, 3, 5)), (58, date(2026, 3, 5)), (2, 46086)],
    ids=["short", "chinese long", "chinese month", "chinese day", "two decimals"],
)
def test_built_in_chinese_formats_are_dates(tmp_path: Path, number: int, meant: object) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    path = with_sheet(tmp_path / "a.xlsx", '<row r="1"><c r="A1" s="1"><v>46086</v></c></row>', styles=styles)
    assert rows_of(path)[0].cells == [meant]


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ('yyyy"年"m"月"d"日";@', date(2026, 3, 5)),
        ("[$-804]aaaa", 46086),
        ("0.00E+00", 46086),
        ('#,##0"元"', 46086),
        ("G/通用格式", 46086),
        ("[Red]General", 46086),
        ("m/d", date(2026, 3, 5)),
        ("@", 46086),
    ],
)
def test_own_formats_are_dates_only_when_they_show_one(tmp_path: Path, code: str, meant: object) -> None:
    escaped = code.replace('"', "&quot;")
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="180" formatCode="{escaped}"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="180"/></cellXfs></styleSheet>'
    )
    path = with_sheet(tmp_path / "a.xlsx", '<row r="1"><c r="A1" s="1"><v>46086</v></c></row>', styles=styles)
    assert rows_of(path)[0].cells == [meant]


@pytest.mark.parametrize(
    ("xml", "cells"),
    [
        ('<c r="A1"><v>1.10101199003071E+17</v></c>', [110101199003071000]),
        ('<c r="A1" t="e"><v>#REF!</v></c>', [ErrorCell("#REF!")]),
        ('<c r="A1"><f>B1+1</f></c>', [NO_RESULT]),
        ('<c r="A1"><f>B1+1</f><v>7</v></c>', [7]),
        ('<c r="A1" t="str"><f>"x"&amp;B1</f><v>x&amp;y</v></c>', ["x&y"]),
        ('<c r="A1" t="b"><v>1</v></c>', [True]),
        ('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>', ["甲乙", "第_行"]),
        ('<c t="s" r="C1"><v>2</v></c>', [None, None, "换\n行"]),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>', ["甲 乙"]),
        ('<c r="A1" t="str"><v><![CDATA[<甲>&]]></v></c>', ["<甲>&"]),
        ('<!-- <c r="A1"><v>9</v></c> --><c r="B1"><v>1</v></c>', [None, 1]),
        ("<c r='A1' s='0'\n><v>5.0</v></c>", [5.0]),
        ('<c r="A1"><v>0.1</v></c><c r="B1" s="0"/>', [0.1]),
    ],
)
def test_every_way_to_write_a_cell_is_understood(tmp_path: Path, xml: str, cells: list[object]) -> None:
    rich = "<si><r><t>甲</t></r><r><t>乙</t></r><rPh><t>不算</t></rPh></si>"
    strings = f"{rich}<si><t>第_x005F_行</t></si><si><t>换&#10;行</t></si>"
    path = with_sheet(tmp_path / "a.xlsx", f'<row r="1">{xml}</row>', strings=strings)
    assert rows_of(path)[0].cells == cells


def test_names_with_a_prefix_are_understood(tmp_path: Path) -> None:
    data = '<x:row r="2"><x:c r="B2" t="str"><x:v>甲</x:v></x:c></x:row><x:row r="3"/>'
    assert rows_of(with_sheet(tmp_path / "a.xlsx", data, prefix="x")) == [SheetRow(2, [None, "甲"])]


def test_merged_and_hidden_parts_are_known() -> None:
    with open_book(LEDGERS / "duties_grouped.xlsx") as book:
        layout = book.sheets[0].layout
    assert Merge(4, 1, 6, 1) in layout.merges
    assert Merge(1, 0, 1, 8) in layout.merges
    assert layout.hidden_rows == {5}


def test_open_document_layout_is_the_same_as_that_of_excel() -> None:
    with open_book(LEDGERS / "duties_grouped.xlsx") as one, open_book(LEDGERS / "duties_grouped.ods") as other:
        assert set(one.sheets[0].layout.merges) == set(other.sheets[0].layout.merges)
        assert one.sheets[0].layout.hidden_rows == other.sheets[0].layout.hidden_rows


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("talks_merged.xlsx", "talks_merged.xls"),
        ("leads_three_rows.xlsx", "leads_three_rows.xls"),
        ("duties_grouped.xlsx", "duties_grouped.ods"),
        ("reviews_two_tables.xlsx", "reviews_two_tables.ods"),
        ("talks_merged.xlsx", "wps_says_a1.xlsx"),
        ("talks_merged.xlsx", "claims_whole_sheet.xlsx"),
        ("talks_utf8_bom.csv", "talks_gb18030.csv"),
        ("talks_utf8_bom.csv", "talks_tabs.csv"),
    ],
)
def test_the_format_makes_no_difference(one: str, other: str) -> None:
    assert rows_of(LEDGERS / one) == rows_of(LEDGERS / other)


def test_sheets_keep_name_order_and_hiding() -> None:
    with open_book(LEDGERS / "roster.xlsx") as book:
        assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
            ("干部名册", False),
            ("单位", False),
            ("参数", True),
        ]


def test_the_file_is_known_by_its_hash_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes((LEDGERS / "roster.xlsx").read_bytes())
    path.chmod(0o400)
    before = path.read_bytes(), path.stat().st_mtime_ns
    with open_book(path) as book:
        assert book.sha256 == hashlib.sha256(before[0]).hexdigest()
        assert list(book.sheets[0].rows())
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_workbook_with_a_password_asks_for_it(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    with path.open("wb") as out:
        OOXMLFile(io.BytesIO((LEDGERS / "roster.xlsx").read_bytes())).encrypt("口令123", out)
    with pytest.raises(PasswordNeededError, match="请输入这个文件的密码"):
        open_book(path)
    with pytest.raises(WrongWorkbookPasswordError, match="密码打不开"):
        open_book(path, "口令124")
    assert rows_of(path, password="口令123") == rows_of(LEDGERS / "roster.xlsx")


def _zip(name: str, content: bytes) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr(name, content)
    return memory.getvalue()


GOOD = (LEDGERS / "talks_merged.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", NotAWorkbookError, "空文件"),
        (GOOD[: len(GOOD) // 2], DamagedWorkbookError, "已损坏"),
        (GOOD[:-30], DamagedWorkbookError, "已损坏"),
        (os.urandom(4096), NotAWorkbookError, "不是电子表格"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + os.urandom(3000), WorkbookRefusedError, "《坏.xlsx》"),
        (b"%PDF-1.7\n\x00\x01", NotAWorkbookError, "不是电子表格"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", NotAWorkbookError, "是 PDF 文件，不是电子表格"),
        (b"{\\rtf1\\ansi 1 2 3}", NotAWorkbookError, "是文字文档，不是电子表格"),
        (b"<html><table><tr><td>1</td></tr></table></html>", NotAWorkbookError, "网页"),
        (_zip("word/document.xml", b"<a/>"), NotAWorkbookError, "文字文档"),
        (_zip("photo.jpg", b"1"), NotAWorkbookError, "压缩包"),
        (_zip("xl/workbook.xml", b"<a/>"), NotAWorkbookError, "压缩包"),
    ],
    ids=[
        "empty",
        "half",
        "cut tail",
        "random",
        "random ole",
        "pdf",
        "pdf of letters",
        "rtf",
        "web page",
        "docx",
        "zip",
        "no types",
    ],
)
def test_what_is_no_sound_workbook_is_refused_in_words(
    tmp_path: Path, content: bytes, refusal: type[Exception], words: str
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(content)
    with pytest.raises(refusal, match=words) as caught:
        rows_of(path)
    assert "原文件没有改动" in str(caught.value)


def test_damage_that_makes_the_library_panic_is_a_refusal(tmp_path: Path) -> None:
    good = (LEDGERS / "talks_merged.xls").read_bytes()
    path = tmp_path / "坏.xls"
    refused = 0
    for place in range(600, 2600, 20):
        path.write_bytes(good[:place] + b"\xff\x7f" + good[place + 2 :])
        try:
            rows_of(path)
        except WorkbookRefusedError:
            refused += 1
    assert refused


def test_a_heading_merged_over_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1" t="str"><v>谈话对象</v></c></row><row r="2"><c r="A2" t="str"><v>某</v></c></row>'
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    path = with_sheet(tmp_path / "a.xlsx", data, rest=merge)
    started = clock_time.perf_counter()
    with open_book(path) as book:
        assert len(book.sheets[0].layout.merges) == 1
        assert sum(len(list(table.rows())) for table in read_tables(book.sheets[0], VOCABULARY)) <= 1
    assert clock_time.perf_counter() - started < 1


def test_damage_inside_the_packed_sheet_is_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(LEDGERS / "talks_merged.xlsx") as archive:
        info = archive.getinfo("xl/worksheets/sheet1.xml")
        middle = info.header_offset + 60 + info.compress_size // 2
    spoilt = bytearray(GOOD)
    spoilt[middle : middle + 4] = b"\xff\xff\xff\xff"
    path = tmp_path / "坏.xlsx"
    path.write_bytes(spoilt)
    with pytest.raises(DamagedWorkbookError):
        rows_of(path)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="5"></row><row r="2"><c r="A2"><v>1</v></c></row>',
    ],
    ids=["text that is not there", "row zero", "rows backwards"],
)
def test_a_sheet_that_contradicts_itself_is_refused(tmp_path: Path, data: str) -> None:
    with pytest.raises(DamagedWorkbookError):
        rows_of(with_sheet(tmp_path / "a.xlsx", data))


def test_a_sheet_cut_off_in_its_text_is_refused(tmp_path: Path) -> None:
    path = with_sheet(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/s.xml"] = parts["xl/worksheets/s.xml"][:-30]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(DamagedWorkbookError, match="中途断了"):
        rows_of(path)


def test_an_archive_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "炸.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(100):
                part.write(b"0" * 2**20)
    started = clock_time.perf_counter()
    with pytest.raises(TooLargeWorkbookError, match="解开后有 100 兆"):
        open_book(path)
    assert clock_time.perf_counter() - started < 1


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", bomb + "<workbook>&c;</workbook>")
    with pytest.raises(DamagedWorkbookError):
        open_book(path)


def test_a_cell_at_the_far_corner_costs_nothing_and_is_refused(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = with_sheet(tmp_path / "a.xlsx", data)
    started = clock_time.perf_counter()
    with pytest.raises(TooLargeWorkbookError, match="XFD 列还有内容"):
        rows_of(path)
    assert clock_time.perf_counter() - started < 1


def test_rows_of_any_shape_are_read_one_below_the_other(tmp_path: Path) -> None:
    """What does not fit the usual pattern is read by another one, and the rows around it are none the worse."""
    data = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="B2"><v>3</v></c></row><row r="3"/>'
        '<row r="4" ht="15"><c r="A4"><f>A1+1</f><v>4</v></c><c r="B4"><f>B1</f></c></row>\n'
        '<row r="5"><c r="B5"><v>6</v></c><c r="A5"><v>5</v></c></row>'
        '<row r="6"><c r="A6" t="inlineStr"><is><r><t>一</t></r><r><t>二</t></r></is></c><c r="D6"><v>7</v></c></row>'
        "<row><c><v>8</v></c><c><v>9</v></c></row>"
        '<row r="8" spans="1:4"><c r="A8" t="str"><v>a&lt;b</v></c><c r="C8" t="b"><v>1</v></c></row>'
    )
    assert rows_of(with_sheet(tmp_path / "a.xlsx", data)) == [
        SheetRow(1, [1, 2]),
        SheetRow(2, [None, 3]),
        SheetRow(4, [4, NO_RESULT]),
        SheetRow(5, [5, 6]),
        SheetRow(6, ["一二", None, None, 7]),
        SheetRow(7, [8, 9]),
        SheetRow(8, ["a<b", None, True]),
    ]


def test_any_text_is_found_by_its_number(tmp_path: Path) -> None:
    texts = [f"第{number}条" if number % 7 else "" for number in range(100)]
    strings = "".join(f"<si><t>{words}</t></si>" if words else "<si/>" for words in texts)
    order = [99, 3, 3, 98, 0, 50, 3, 99, 17, 3]
    data = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{number}</v></c><c r="B{row}"><v>1</v></c></row>'
        for row, number in enumerate(order, start=1)
    )
    path = with_sheet(tmp_path / "a.xlsx", data, strings=strings)
    assert [row.cells[0] or "" for row in rows_of(path)] == [texts[number] for number in order]


def test_styled_cells_without_content_are_not_content(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    assert rows_of(with_sheet(tmp_path / "a.xlsx", data)) == [SheetRow(1, [1])]


def test_limits_are_said_with_their_number(tmp_path: Path) -> None:
    path = LEDGERS / "talks_merged.xlsx"
    with pytest.raises(TooLargeWorkbookError, match="上限"):
        open_book(path, limits=Limits(file_bytes=1000))
    with open_book(path, limits=Limits(rows=3)) as book, pytest.raises(TooLargeWorkbookError, match="超过 3 行"):
        list(book.sheets[0].rows())


@pytest.mark.parametrize("name", ["没有.xlsx", "."])
def test_what_cannot_be_opened_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(WorkbookRefusedError):
        open_book(tmp_path / name)


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_a_long_text_table_is_read_to_its_end(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "长 台账.csv"
    path.write_text("".join(f"{at}{mark}内容{at}\n" for at in range(1, 501)), encoding="utf-8")
    rows = rows_of(path)
    assert len(rows) == 500
    assert rows[-1] == SheetRow(500, ["500", "内容500"])


def test_a_text_table_may_be_left_in_the_middle(tmp_path: Path) -> None:
    path = tmp_path / "长 台账.csv"
    path.write_text("".join(f"{at},内容{at}\n" for at in range(1, 501)), encoding="utf-8")
    with open_book(path) as book:
        rows = book.sheets[0].rows()
        assert next(rows).cells == ["1", "内容1"]
    # Closed by now: a complaint about it would fail this test.
    del rows


def test_guarded_codes_and_quoted_lines_of_a_text_table_survive(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('编号;内容\r\n="0012";"第一行\r\n第二行"\r\n\r\n007;;'.encode("gb18030"))
    assert rows_of(path) == [
        SheetRow(1, ["编号", "内容"]),
        SheetRow(2, ["0012", "第一行\n第二行"]),
        SheetRow(4, ["007"]),
    ]
