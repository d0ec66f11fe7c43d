"""What a cell takes from the cells around it: parts under 其中, the rest of a row, the list that is one of records."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from paizhu.documents.forms.read import Form, read_form
from paizhu.rules import indicators
from paizhu.services.forms.beside import along_row
from paizhu.services.forms.matching import Matcher
from paizhu.services.forms.wishes import LEAST, SURE, CellWish, Wishes
from paizhu.services.forms.words import Words

THIN = Side(style="thin")


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.load(indicators.shipped(), ("示例一局",))


def form(folder: Path, rows: list[list[str | None]], title: str = "示例统计表", empty: int = 0) -> Form:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([title])
    for row in rows:
        sheet.append(row)
    for cells in sheet.iter_rows(min_row=2, max_row=1 + len(rows) + empty, max_col=len(rows[0])):
        for cell in cells:
            cell.border = Border(THIN, THIN, THIN, THIN)
    book.save(folder / "表.xlsx")
    return read_form(folder / "表.xlsx")


@pytest.fixture
def figures(tmp_path: Path) -> Form:
    names = [
        "开展廉政谈话", "其中：提醒谈话", "任前廉政谈话", "会前审查议题", "处置问题线索",
        "其中：谈话函询", "初步核实", "提醒谈话",
    ]  # fmt: skip
    return form(tmp_path, [["项目", "本期", "本年累计"], *([name, None, None] for name in names)])


def told(wishes: Wishes, place: str) -> tuple[str, dict[str, str], str]:
    wish = wishes.cells["Sheet", place]
    return wish.code, dict(wish.by), wish.span


def test_rows_under_of_which_are_parts_of_the_row_above(words: Words, figures: Form) -> None:
    wishes = Matcher(words).propose(figures)
    assert told(wishes, "B4") == ("I-502A", {"kind": "reminder"}, "current")
    assert told(wishes, "C4") == ("I-502A", {"kind": "reminder"}, "cumulative")
    assert told(wishes, "B5") == ("I-502A", {"kind": "pre_appointment"}, "current")
    assert told(wishes, "B8") == ("I-204", {}, "current")
    assert told(wishes, "C9") == ("I-202", {"mode": "check"}, "cumulative")
    assert LEAST <= wishes.cells["Sheet", "B4"].confidence < SURE, "the officer looks at it"
    assert wishes.cells["Sheet", "B10"].code == "", "another figure stands between"


def test_a_figure_chosen_for_a_cell_is_taken_along_its_row(words: Words, figures: Form) -> None:
    sheet, wishes = figures.sheets[0], Matcher(words).propose(figures)
    whole = CellWish("I-502A", (), "current", 1.0)
    wishes = along_row(sheet, "B10", whole, wishes, words)
    assert told(wishes, "C10") == ("I-502A", {}, "cumulative")
    part = CellWish("I-502A", (("kind", "reminder"),), "current", 1.0)
    wishes = along_row(sheet, "B10", part, wishes, words)
    assert told(wishes, "C10") == ("I-502A", {"kind": "reminder"}, "cumulative")
    wishes = along_row(sheet, "C10", CellWish("I-502B", (), "cumulative", 1.0), wishes, words)
    wishes = along_row(sheet, "B10", CellWish("I-101", (), "current", 1.0), wishes, words)
    assert told(wishes, "C10") == ("I-101", {}, "cumulative")
    assert told(wishes, "B9") == ("I-202", {"mode": "check"}, "current"), "other rows stay"
    assert along_row(sheet, "B10", CellWish(), wishes, words).cells["Sheet", "C10"].code == "I-101"


@pytest.mark.parametrize(
    "heads",
    [
        ["序号", "姓名", "单位", "职务", "谈话日期", "谈话类型", "谈话地点", "谈话人"],
        ["序号", "单位", "姓名", "职务", "谈话日期", "谈话类型", "谈话地点", "谈话人"],
    ],
)
def test_a_list_of_records_with_a_unit_is_no_row_for_each_unit(words: Words, tmp_path: Path, heads: list[str]) -> None:
    (wish,) = Matcher(words).propose(form(tmp_path, [list(heads)], "廉政谈话情况登记表", empty=5)).lists.values()
    assert (wish.register, wish.over) == ("integrity_talk", "")
    fields = {heads[ord(letter) - 65]: name for letter, name in wish.columns.items()}
    assert fields["姓名"] == "subject"
    assert fields["单位"] == "subject_unit"
    assert fields["谈话日期"] == "start_at"
