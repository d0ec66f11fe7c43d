"""Forms that carry codes: hidden rows and columns of I-201, 1, 2, 3 and 甲乙, and codes in the cells themselves."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from paizhu import registers
from paizhu.documents.forms.read import read_form
from paizhu.rules import indicators
from paizhu.services.forms.matching import Matcher
from paizhu.services.forms.wishes import SURE, CellWish
from paizhu.services.forms.words import Words
from paizhu.services.office import Office
from tests.unit.documents.forms.compared import compare

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
LEAD = registers.register("lead")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Words.load(indicators.shipped(), ("示例一局",)))


def form(path: Path, cells: Mapping[str, Any], area: str, hidden: tuple[int, ...] = (), columns: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表"
    for place, value in cells.items():
        sheet[place] = value
    for row in sheet[area]:
        for cell in row:
            cell.border = BOX
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    for letter in columns:
        sheet.column_dimensions[letter].hidden = True
    book.save(path)
    return path


def wishes(matcher: Matcher, path: Path) -> dict[str, CellWish]:
    return {place: wish for (_sheet, place), wish in matcher.propose(read_form(path)).cells.items()}


def test_a_hidden_row_of_codes_says_what_strange_headings_mean(matcher: Matcher, tmp_path: Path) -> None:
    cells = {
        "A1": "2026年2月情况表", "A2": "干部层级", "B2": "甲类数", "C2": "乙类数", "A3": "0", "B3": "I-201",
        "C3": "I-206", "A4": "县处级", "A5": "乡科级",
    }  # fmt: skip
    found = wishes(matcher, form(tmp_path / "码.xlsx", cells, "A2:C5", hidden=(3,)))
    assert (found["B4"].code, dict(found["B4"].by), found["B4"].confidence) == ("I-201A", {"rank": "division"}, 1.0)
    assert (found["C5"].code, dict(found["C5"].by)) == ("I-206", {"rank": "section"})
    assert "B3" not in found


def test_a_hidden_row_over_the_header_counts_too(matcher: Matcher, tmp_path: Path) -> None:
    cells = {
        "A1": "2026年2月情况表", "B2": "I-301A", "C2": "I-302", "A2": "X", "A3": "单位", "B3": "一栏", "C3": "二栏",
    }  # fmt: skip
    path = form(tmp_path / "上.xlsx", cells, "A3:C6", hidden=(2,))
    wish = next(iter(matcher.propose(read_form(path)).lists.values()))
    assert {letter: each.code for letter, each in wish.figures.items()} == {"B": "I-301A", "C": "I-302"}


def test_a_column_of_codes_says_what_its_rows_mean(matcher: Matcher, tmp_path: Path) -> None:
    cells = {
        "A1": "2026年2月指标表", "A2": "指标名称", "B2": "指标代码", "C2": "本期", "D2": "本年累计", "E2": "上年同期",
        "A3": "第一项", "B3": "I-101", "A4": "第二项", "B4": "I-501B", "A5": "第三项", "B5": "Q-7",
    }  # fmt: skip
    found = wishes(matcher, form(tmp_path / "列.xlsx", cells, "A2:E5"))
    assert (found["C3"].code, found["C3"].span) == ("I-101", "current")
    assert (found["D4"].code, found["D4"].span) == ("I-501B", "cumulative")
    assert (found["E3"].span, found["D3"].confidence) == ("last_year", 1.0)
    assert found["C5"].code == ""


def test_a_hidden_column_of_codes_is_read(matcher: Matcher, tmp_path: Path) -> None:
    cells = {"A1": "指标表", "A2": "项目", "B2": "代码", "C2": "本月", "A3": "某一项", "B3": "I-302", "A4": "另一项"}
    found = wishes(matcher, form(tmp_path / "隐.xlsx", cells, "A2:C4", columns="B"))
    assert (found["C3"].code, found["C4"].code) == ("I-302", "")


def test_codes_in_the_cells_themselves_are_filled_over(office: Office, tmp_path: Path) -> None:
    cells = {
        "A1": "2026年2月简报", "A2": "项目", "B2": "本月", "C2": "本年累计", "A3": "其一", "B3": "I-201A",
        "C3": "I-201A", "A4": "其二", "B4": "I-999", "C4": None, "E7": "I-202",
    }  # fmt: skip
    path = form(tmp_path / "简报.xlsx", cells, "A2:C4")
    for day in ("2026-01-12", "2026-02-02"):
        office.records.save(LEAD, {"subject": f"示例{day}", "received_at": day, "summary": "反映收受礼品"})
    done = office.filling.fill(path, tmp_path / "填好.xlsx", "2026-02")
    sheet = openpyxl.load_workbook(done.path)["表"]
    assert [sheet[place].value for place in ("B3", "C3", "B4", "E7")] == [1, 2, "I-999", 0]
    assert compare(path, done.path).reshaped == ()
    assert ("表", "B4") in done.worked.empty


@pytest.mark.parametrize("codes", [("甲", "乙", 1, 2), ("甲", "乙", "1", "2"), ("甲", "乙", "1", "2=1+3")])
def test_rows_that_only_count_the_columns_are_passed_over(
    matcher: Matcher, tmp_path: Path, codes: tuple[object, ...]
) -> None:
    cells: dict[str, object] = {"A1": "2026年2月线索表", "A2": "职级", "B2": "代码", "C2": "受理", "D2": "超期"}
    cells |= dict(zip(("A3", "B3", "C3", "D3"), codes, strict=True))
    cells |= {"A4": "县处级", "B4": 1, "A5": "乡科级", "B5": 2}
    found = wishes(matcher, form(tmp_path / "甲乙.xlsx", cells, "A2:D5"))
    assert set(found) == {"C4", "D4", "C5", "D5"}
    assert (found["C4"].code, dict(found["C4"].by)) == ("I-201A", {"rank": "division"})


def test_the_commissions_own_codes_do_not_override_clear_words(matcher: Matcher, tmp_path: Path) -> None:
    cells = {
        "A1": "2026年2月线索表", "A2": "职级", "B2": "受理", "C2": "超期", "A3": "x", "B3": "I-206", "C3": "I-207",
        "A4": "县处级", "A5": "乡科级",
    }  # fmt: skip
    found = wishes(matcher, form(tmp_path / "异.xlsx", cells, "A2:C5", hidden=(3,)))
    assert (found["B4"].code, found["C4"].code) == ("I-201A", "I-206")


def test_a_part_beside_a_code_that_is_not_understood_is_to_be_looked_at(matcher: Matcher, tmp_path: Path) -> None:
    cells = {"A1": "情况表", "A2": "层级", "B2": "一栏", "A3": "0", "B3": "I-201A", "A4": "某某类", "A5": "县处级"}
    found = wishes(matcher, form(tmp_path / "疑.xlsx", cells, "A2:B5", hidden=(3,)))
    assert found["B5"].confidence >= SURE
    assert found["B4"].confidence < SURE
