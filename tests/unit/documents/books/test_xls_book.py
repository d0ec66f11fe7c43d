"""What an old binary workbook shows beside what it holds: rounded numbers, hidden rows and columns."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from paizhu.documents.books.book import Rounded
from paizhu.documents.books.opening import open_book
from paizhu.documents.books.xls_formats import read_looks
from paizhu.services.office import Office
from tests.unit.documents.blank_forms import by_libreoffice

HEAD = ["议题名称", "拟上会日期", "金额(万元)", "备注"]


@pytest.fixture(scope="module", params=["xls:MS Excel 97", "ods:calc8"])
def saved(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger with rounded sums, hidden parts and two comments, saved by another program as an older kind."""
    folder = tmp_path_factory.mktemp("old")
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "议题"
    sheet.append(HEAD)
    for at, (amount, code) in enumerate(
        [(1186.607, "0"), (1186.607, "0.00"), (1186.607, "General"), (1200, "0"), (0.125, "0%"), (3.5, "#,##0.0_ ")], 2
    ):
        sheet.append([f"示例议题{at}", "2026-03-05", amount, f"备注{at}"])
        sheet.cell(at, 3).number_format = code
    sheet["C8"] = "=C2*2"
    sheet["C8"].number_format = "0"
    sheet["A8"], sheet["B8"] = "示例议题8", "2026-03-05"
    sheet["C3"].comment, sheet["B8"].comment = Comment("示例批注", "示例"), Comment("示例批注二", "示例")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True
    path = folder / "议题.xlsx"
    made.save(path)
    kind = str(request.param)
    return by_libreoffice(folder, [path], kind) / f"议题.{kind.partition(':')[0]}"


def test_a_number_shown_rounded_is_noticed_as_in_newer_workbooks(saved: Path) -> None:
    with open_book(saved) as book:
        rows = {row.number: row.cells for row in book.sheets[0].rows()}
        layout = book.sheets[0].layout
    shown = {number: cells[2].shown for number, cells in rows.items() if isinstance(cells[2], Rounded)}
    assert shown == {2: "1187", 3: "1186.61", 6: "0.13", 8: "2373"}
    assert {number: cells[2] for number, cells in rows.items() if number in (2, 4, 5, 7)} == {
        2: 1186.607,
        4: 1186.607,
        5: 1200,
        7: 3.5,
    }
    assert layout.hidden_rows == {5}
    assert 3 in layout.hidden_columns
    assert sorted(layout.commented) == [(3, 2), (8, 1)]


def test_the_plan_says_that_the_stored_value_counts(saved: Path, office: Office) -> None:
    plan = office.importing.plan(saved, "review_item")
    (sheet,) = plan.sheets
    (problem,) = [each for each in sheet.row(2).problems if each.code == "rounded"]
    assert problem.message == "原表显示为 1187，存的是 1186.607，按存的数导入"
    assert any("原表隐藏了 第 5 行" in words or "原表隐藏了第 5 行" in words for words in sheet.notes)


def test_what_cannot_be_read_of_the_looks_is_passed_over() -> None:
    assert read_looks(io.BytesIO(b"\xd0\xcf\x11\xe0" + bytes(600)), 100) == []
    assert read_looks(io.BytesIO(b""), 100) == []
