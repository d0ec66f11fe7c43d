"""Our own workbooks open everywhere and come back exactly."""

import resource
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from paizhu.base import values
from paizhu.base.errors import CancelledError
from paizhu.base.field import Field
from paizhu.base.rows import Ref, Row, Value
from paizhu.documents.books.book import GUIDE_SHEET, LISTS_SHEET
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import NotWrittenError
from paizhu.documents.tables.column_match import PARENT_ID, PARENT_NO, RECORD_ID, RECORD_VERSION, Matching, targets
from paizhu.documents.tables.frame import DataRow
from paizhu.documents.tables.register_find import recognise
from paizhu.documents.tables.table_find import read_tables
from paizhu.documents.workbooks.write import CUT, SheetOut, template, write_book
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import REQUIREMENT, TALK
from tests.programs import program
from tests.unit.documents.ledgers import KINDS, VOCABULARY

NINE = datetime.fromisoformat("2026-05-11T09:05")

TALKS = [
    Row(
        "integrity_talk",
        7,
        3,
        {
            "no": "谈〔2026〕0007",
            "kind": "routine",
            "subject": Ref("张  三".replace("  ", "")),
            "planned_date": date(2026, 3, 5),
            "start_at": NINE,
            "headcount": 26,
            "signed": True,
            "record": '第一行\n第二行 <b>&amp;"引号"\' _x000A_ =1+1',
            "requirements": "=cmd|' /C calc'!A0",
            "outline": "-5",
            "remarks": "@SUM(1)\thttp://example.invalid",
            "state": "held",
        },
    ),
    Row(
        "integrity_talk",
        8,
        1,
        {"subject": Ref("欧阳小丽"), "planned_date": date(2026, 3, 6), "start_at": date(2026, 3, 6)},
    ),
    Row("integrity_talk", 9, 1, {"subject": Ref("李四"), "planned_date": date(1999, 12, 31), "record": "+86-000"}),
]


def sheet(rows: list[Row] = TALKS, **more: object) -> SheetOut:
    return SheetOut(TALK, targets(TALK), rows, **more)  # type: ignore[arg-type]  # the keywords of SheetOut


def back(path: Path, password: str | None = None) -> dict[str, tuple[Matching, list[DataRow]]]:
    """Return what the importer sees of a workbook, by sheet."""
    seen = {}
    with open_book(path, password) as book:
        for each in book.sheets:
            for table in read_tables(each, VOCABULARY) if each.name not in (GUIDE_SHEET, LISTS_SHEET) else ():
                matching = recognise(table.columns, table.samples, KINDS, each.name)
                assert matching is not None
                seen[each.name] = (matching, list(table.rows()))
    return seen


def values_of(matching: Matching, row: DataRow) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, match in matching.fields.items():
        cell = row.cell(match.column.index)
        if not name.startswith("@") and cell is not None:
            found[name] = values.parse(matching.register.field(name), cell)
    return found


def same(matching: Matching, rows: list[DataRow], records: list[Row]) -> None:
    for row, record in zip(rows, records, strict=True):
        assert values_of(matching, row) == dict(record.values)
        ids = matching.fields
        assert (row.cell(ids[RECORD_ID].column.index), row.cell(ids[RECORD_VERSION].column.index)) == (
            record.id,
            record.version,
        )


def test_what_is_written_comes_back_the_same(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    written = write_book(path, [sheet(title="某某局廉政谈话台账", under_title="2026 年")])
    assert written.counts == (("廉政谈话", 3),)
    ((matching, rows),) = back(path).values()
    assert (matching.register.key, matching.own) == ("integrity_talk", True)
    same(matching, rows, TALKS)


def _through_office(path: Path, kind: str, folder: Path) -> Path:
    out = folder / "office"
    subprocess.run(
        [
            program("soffice"),
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            out,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{path.stem}.{kind}"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_another_program_saves_it_without_changing_a_value(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "talks.xlsx"
    write_book(path, [sheet()])
    ((matching, rows),) = back(_through_office(path, kind, tmp_path)).values()
    assert matching.own
    same(matching, rows, TALKS)


def test_no_text_becomes_a_formula_a_link_or_a_number(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [sheet()])
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in xml
        assert b"hyperlink" not in xml
    read = openpyxl.load_workbook(path)["廉政谈话"]
    cells = {cell.value: cell for row in read.iter_rows(min_row=4) for cell in row if cell.value is not None}
    for words in ("=cmd|' /C calc'!A0", "-5", "+86-000"):
        assert cells[words].data_type == "s"
    assert cells[words].number_format == "@"


def test_an_id_number_survives_five_round_trips(tmp_path: Path) -> None:
    people = [
        Row("person", 1, 1, {"name": "张三", "id_no": "110101197503070013"}),
        Row("person", 2, 1, {"name": "李四", "id_no": "01010119801212002X"}),
    ]
    fields = tuple(field for field in targets(PERSON) if field.name in ("name", "id_no"))
    for turn in range(5):
        path = tmp_path / f"{turn}.xlsx"
        write_book(path, [SheetOut(PERSON, fields, people)])
        ((matching, rows),) = back(path).values()
        people = [
            Row("person", record.id, 1, values_of(matching, row)) for record, row in zip(people, rows, strict=True)
        ]
    assert [row.values["id_no"] for row in people] == ["110101197503070013", "01010119801212002X"]


def test_dates_numbers_and_choices_are_typed(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    record = Row("review_item", 1, 1, {"title": "议题", "amount": Decimal("486000.50"), "category": "fund"})
    fields = tuple(REVIEW.field(name) for name in ("title", "amount", "category"))
    write_book(path, [SheetOut(REVIEW, fields, [record]), sheet()])
    book = openpyxl.load_workbook(path)
    amount = book["会前审查"]["D4"]
    assert (amount.value, amount.number_format) == (486000.5, "0.00")
    talk = book["廉政谈话"]
    heads = {cell.value: get_column_letter(cell.column or 1) for cell in talk[3]}
    assert talk[f"{heads['计划日期']}4"].number_format == "yyyy-mm-dd"
    moment = talk[f"{heads['谈话时间']}4"]
    assert (moment.value, moment.number_format) == (NINE, "yyyy-mm-dd hh:mm")
    assert talk[f"{heads['谈话时间']}5"].number_format == "yyyy-mm-dd"


def test_the_sheet_is_set_up_for_reading_and_printing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [sheet(title="台账标题", under_title="某某局 2026 年")])
    talk = openpyxl.load_workbook(path)["廉政谈话"]
    assert (talk["C1"].value, talk["C2"].value) == ("台账标题", "某某局 2026 年")
    # Who the talk was with stays in sight, and not only its kind before it.
    heads = {cell.value: get_column_letter(cell.column or 1) for cell in talk[3]}
    assert heads["谈话对象"] == "D"
    assert (talk.freeze_panes, talk.print_title_rows) == ("E4", "$3:$3")
    assert (talk.page_setup.paperSize, talk.page_setup.orientation, talk.page_setup.fitToHeight) == (9, "landscape", 0)
    with zipfile.ZipFile(path) as archive:
        assert (
            "<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>"
            in archive.read("xl/worksheets/sheet1.xml").decode()
        )
    assert talk.column_dimensions["A"].hidden
    lists = {str(each.sqref).split(":", maxsplit=1)[0]: each.formula1 for each in talk.data_validations.dataValidation}
    heads = {cell.value: get_column_letter(cell.column or 1) for cell in talk[3]}
    assert lists[f"{heads['已核对签字']}4"] == '"是,否"'
    assert "'选项'!" in lists[f"{heads['谈话类型']}4"] or lists[f"{heads['谈话类型']}4"].startswith('"例行')


def test_masked_words_stand_instead_of_the_value(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"

    def masked(field: Field, row: Row) -> str | None:
        return "张**" if field.name == "subject" and row.id == 7 else None

    write_book(path, [sheet(masked=masked)])
    ((matching, rows),) = back(path).values()
    column = matching.fields["subject"].column.index
    assert [row.cell(column) for row in rows] == ["张**", "欧阳小丽", "李四"]


@pytest.mark.parametrize(
    "words",
    [
        *(
            "<r><t>某</t></r>",
            "<r>",
            "a&b<c>",
            "_x000A_",
            "甲\x07乙",
            "甲_x0007_乙",
            '他说"好"',
            "第一行\n第二行\t后半",
        ),
        *("\u3000首行缩进", "末尾空格 ", "\n前空一行", "甲\ufffe乙", "1e5", "true"),
    ],
)
def test_words_of_any_spelling_come_back_as_they_were(tmp_path: Path, words: str) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [SheetOut(TALK, targets(TALK), [Row("integrity_talk", 1, 1, {"record": words})])])
    sheet = openpyxl.load_workbook(path)["廉政谈话"]
    (column,) = (cell.column for cell in sheet[3] if cell.value == TALK.field("record").label)
    assert unescape(str(sheet.cell(4, column).value)) == words


def test_rows_under_a_record_stand_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    below = [Row("requirement", 1, 1, {"words": "一周内报情况说明", "due": date(2026, 3, 12)})]
    out = SheetOut(REQUIREMENT, targets(REQUIREMENT), below, parent=TALK, above=lambda _row: (7, "谈〔2026〕0007"))
    write_book(path, [sheet(), out])
    seen = back(path)
    matching, rows = seen["廉政谈话-要求事项"]
    assert (matching.register.key, matching.parent, matching.own) == ("requirement", TALK, True)
    found = {name: rows[0].cell(match.column.index) for name, match in matching.fields.items()}
    assert (found[PARENT_ID], found[PARENT_NO]) == (7, "谈〔2026〕0007")
    same(matching, rows, below)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_book(path, [sheet([Row("integrity_talk", 1, 1, {"record": "长" * 40_000})])])
    ((matching, rows),) = back(path).values()
    text = rows[0].cell(matching.fields["record"].column.index)
    assert isinstance(text, str)
    assert (len(text), text.endswith(CUT)) == (32_767, True)


def test_an_empty_form_is_known_again_when_it_is_filled(tmp_path: Path) -> None:
    for register in KINDS:
        path = tmp_path / f"{register.key}.xlsx"
        template(register, path)
        book = openpyxl.load_workbook(path)
        assert GUIDE_SHEET in book.sheetnames
        form = book[book.sheetnames[0]]
        heads = {str(cell.value): cell.column or 0 for cell in form[3]}
        for field in register.fields:
            if field.required and not field.computed:
                form.cell(
                    4, heads[field.label], "2026-03-05" if "date" in field.kind or field.kind == "day" else "某某"
                )
        form.cell(4, max(heads.values()), "x")
        book.save(path)
        ((matching, rows),) = back(path).values()
        assert (matching.register.key, [row.number for row in rows]) == (register.key, [4])
        assert not matching.extra


def test_with_a_password_nothing_opens_without_it(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    write_book(path, [sheet()], password="口令-123")
    assert path.read_bytes()[:4] == bytes.fromhex("d0cf11e0")
    ((matching, rows),) = back(path, "口令-123").values()
    same(matching, rows, TALKS)
    assert [each.name for each in tmp_path.iterdir()] == ["密.xlsx"]


def _endless() -> Iterator[Row]:
    number = 0
    while True:
        number += 1
        yield Row("integrity_talk", number, 1, {"record": f"第 {number} 行"})


def test_cancelled_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    told: list[int] = []

    def stop_at_the_second(done: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise CancelledError

    with pytest.raises(CancelledError):
        write_book(path, [sheet(_endless())], progress=stop_at_the_second)  # type: ignore[arg-type]  # any iterable of rows
    assert told == [250, 500]
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_fault_in_the_rows_leaves_nothing_behind(tmp_path: Path) -> None:
    def faulty() -> Iterator[Row]:
        yield TALKS[0]
        raise KeyError("fault")

    with pytest.raises(KeyError):
        write_book(tmp_path / "a.xlsx", [SheetOut(TALK, targets(TALK), faulty())])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    rows = [Row("integrity_talk", number, 1, {"record": "内容" * 500}) for number in range(400)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(NotWrittenError, match="磁盘空间不够"):
            write_book(path, [sheet(rows)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotWrittenError, match="文件夹不存在"):
        write_book(tmp_path / "没有" / "a.xlsx", [sheet()])
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(NotWrittenError, match="已经是一个文件夹"):
        write_book(tmp_path / "a.xlsx", [sheet()])
