"""Another program opens every filled form, computes it, and comes to the same sums."""

import random
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from paizhu.documents.books.book import Cell
from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill, fill
from paizhu.documents.forms.recalc import asks_recalculation
from tests.programs import program
from tests.unit.documents.blank_forms import EACH, FORMS, by_libreoffice, values_of, whole

CALC = "xlsx:Calc MS Excel 2007 XML"


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every form filled entirely, lists longer than the form, opened and saved by LibreOffice."""
    folder = tmp_path_factory.mktemp("filled")
    paths = []
    for name in EACH:
        paths.append(folder / name)
        fill(FORMS / name, whole(name, more=7).plan, paths[-1])
    return by_libreoffice(folder, paths, CALC)


@pytest.mark.parametrize("name", EACH)
def test_every_value_is_read_by_another_program(opened: Path, name: str) -> None:
    asked = whole(name, more=7)
    path = (opened / name).with_suffix(".xlsx")
    for sheet, area, rows in asked.lists:
        seen = values_of(path, sheet)
        texts = {str(value) for value in seen.values()}
        for row in rows:
            assert {str(value) for value in row if isinstance(value, str)} <= texts
        assert not [value for value in seen.values() if isinstance(value, str) and value.startswith("#")]
        assert len(rows) == area.last_row - area.first_row + 8
    for sheet, cells in asked.plan.cells.items():
        seen = values_of(path, sheet)
        assert {str(value) for value in cells.values()} <= {str(value) for value in seen.values()}


def test_totals_of_lists_are_computed_right(opened: Path) -> None:
    for name in ("review_ledger.xlsx", "lo_review_ledger.xlsx"):
        seen = values_of(opened / name, "会前审查")
        ((_sheet, _area, rows),) = whole(name, more=7).lists
        assert _near(seen[21, 4], sum(_decimal(row[3]) for row in rows))
        assert _near(seen[21, 7], sum(_decimal(row[6]) for row in rows))
        assert seen[25, 1] == "相符"
    seen = values_of(opened / "shared_formulas.xlsx", "经费")
    ((_sheet, _area, rows),) = whole("shared_formulas.xlsx", more=7).lists
    assert _near(seen[15, 4], sum(_decimal(row[1]) * _decimal(row[2]) for row in rows))
    seen = values_of(opened / "table_object.xlsx", "教育登记")
    ((_sheet, _area, rows),) = whole("table_object.xlsx", more=7).lists
    assert _near(seen[16, 3], sum(_decimal(row[3]) for row in rows))


def test_totals_of_figures_are_computed_right(opened: Path) -> None:
    seen = values_of(opened / "lead_figures.xlsx", "线索处置")
    for column in range(3, 11):
        assert _near(seen[11, column], sum(_decimal(seen[row, column]) for row in range(7, 11)))
    for row in range(7, 12):
        assert _near(seen[row, 9], sum(_decimal(seen[row, column]) for column in range(4, 9)))
    seen = values_of(opened / "four_forms.xlsx", "四种形态")
    whole_number = sum(_decimal(seen[row, 1]) for row in range(5, 9))
    for row in range(5, 9):
        assert _near(seen[row, 3], round(_decimal(seen[row, 1]) / whole_number * 100, 1))


def test_totals_of_any_length_equal_the_sum(tmp_path: Path) -> None:
    dice = random.Random(6)
    expected: dict[str, tuple[int, Decimal, int]] = {}
    paths = []
    for number in range(24):
        count = dice.choice([0, 1, 2, 5, 6, 9, 40, 333])
        rows: list[list[CellValue]] = [
            [f"问题{each}", "示例局", Decimal(dice.randrange(10**7)) / 100, dice.choice(["已整改", "整改中"])]
            for each in range(count)
        ]
        name = dice.choice(["linked_sheets", "lo_linked_sheets"])
        paths.append(tmp_path / f"{name}_{number}.xlsx")
        plan = FillPlan(lists=[ListFill("明细", 4, 8, dict(zip("abcd", "BCDE", strict=True)), rows, "A")])
        fill(FORMS / f"{name}.xlsx", plan, paths[-1])
        total = sum((_decimal(row[2]) for row in rows), Decimal())
        expected[paths[-1].name] = (count, total, sum(row[3] == "已整改" for row in rows))
    folder = by_libreoffice(tmp_path, paths, CALC)
    for name, (count, total, done) in expected.items():
        summed, listed = values_of(folder / name, "汇总"), values_of(folder / name, "明细")
        assert _near(summed[4, 1], total), name
        assert (summed[3, 1], summed[5, 1]) == (count, done), name
        assert _near(listed[9 + max(count - 5, 0), 3], total), name
        assert _near(summed[7, 1], Decimal()), name


def test_a_longer_list_prints_with_its_heading_on_every_page(tmp_path: Path) -> None:
    program("pdftotext")
    out = tmp_path / "review_ledger.xlsx"
    fill(FORMS / out.name, whole(out.name, more=20).plan, out)
    folder = by_libreoffice(tmp_path, [out], "pdf")
    command = ["pdftotext", "-layout", str(folder / "review_ledger.pdf"), "-"]
    pages = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")[:-1]
    assert len(pages) > 1
    assert all("议题名称" in page for page in pages)
    assert any("合计" in page for page in pages)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'<workbook><calcPr calcId="1"/></workbook>', b'<workbook><calcPr calcId="1" fullCalcOnLoad="1"/></workbook>'),
        (b'<x:calcPr fullCalcOnLoad="0" a="1"/>', b'<x:calcPr a="1" fullCalcOnLoad="1"/>'),
        (b"<sheets><sheet/></sheets><extLst/>", b'<sheets><sheet/></sheets><calcPr fullCalcOnLoad="1"/><extLst/>'),
        (
            b"<sheets/><definedNames><definedName>A</definedName></definedNames>",
            b'<sheets/><definedNames><definedName>A</definedName></definedNames><calcPr fullCalcOnLoad="1"/>',
        ),
    ],
)
def test_the_mark_to_compute_on_opening_is_set_in_its_place(before: bytes, after: bytes) -> None:
    assert asks_recalculation(before) == after


def _decimal(value: Cell | CellValue) -> Decimal:
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) else Decimal()


def _near(seen: Cell, expected: Decimal | int) -> bool:
    return abs(_decimal(seen) - Decimal(expected)) < Decimal("0.005")
