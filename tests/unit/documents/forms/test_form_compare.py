"""Differences between packages and between editions of a form are seen, small ones too."""

import zipfile
from pathlib import Path

import pytest

from paizhu.documents.forms.fill import FillPlan, fill
from paizhu.documents.forms.read import read_form
from paizhu.documents.forms.shape import Shape, edition_changes, summary
from tests.unit.documents.blank_forms import EACH, FORMS, loaded, whole
from tests.unit.documents.forms.compared import compare


def edited(source: Path, target: Path, part: str, old: str, new: str) -> Path:
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), 1)
            after.writestr(name, content)
    return target


@pytest.mark.parametrize("name", EACH)
def test_a_form_equals_itself(name: str) -> None:
    found = compare(FORMS / name, FORMS / name)
    assert (found.added, found.removed, found.changed, found.reshaped, found.cells) == ((), (), (), (), ())


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<mergeCell ref="A14:D14"', '<mergeCell ref="A14:C14"'),
        ("<f>SUM(E4:E13)</f>", "<f>SUM(E4:E12)</f>"),
        ('<c r="C5" s="', '<c r="C5" s="1'),
        ('ht="24"', 'ht="25"'),
        ('orientation="landscape"', 'orientation="portrait"'),
        ('sqref="D4:D13"', 'sqref="D4:D12"'),
    ],
)
def test_anything_but_a_value_is_seen_as_reshaping(tmp_path: Path, old: str, new: str) -> None:
    form = FORMS / "review_ledger.xlsx"
    found = compare(form, edited(form, tmp_path / "other.xlsx", SHEET, old, new))
    assert found.reshaped == ("会前审查",)
    assert found.changed == (SHEET,)


def test_what_openpyxl_would_lose_is_seen(tmp_path: Path) -> None:
    workbook = loaded(FORMS / "talks_summary.xlsx")
    workbook["谈话汇总"]["D5"] = "日常谈话"
    workbook.save(tmp_path / "other.xlsx")
    found = compare(FORMS / "talks_summary.xlsx", tmp_path / "other.xlsx")
    assert found.removed
    assert "谈话汇总" in found.reshaped


def test_values_are_compared_by_meaning(tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    fill(FORMS / "mixed.xlsx", FillPlan({"月报": {"B4": 3, "A1": "2026年　月派驻监督月报"}}), out)
    found = compare(FORMS / "mixed.xlsx", out)
    assert [(change.place, change.before, change.after) for change in found.cells] == [("B4", None, 3)]


@pytest.mark.parametrize("name", EACH)
def test_a_filled_form_has_the_fingerprint_of_the_blank_one(name: str, tmp_path: Path) -> None:
    asked = whole(name)
    plan = FillPlan(
        {s: {p: v for p, v in cells.items() if isinstance(v, int)} for s, cells in asked.plan.cells.items()}
    )
    titles = {s: {p: v for p, v in cells.items() if "年" in v} for s, cells in asked.plan.titles.items()}
    fill(FORMS / name, FillPlan(plan.cells, titles=titles), tmp_path / name)
    assert [sheet.columns for sheet in read_form(tmp_path / name).shape.sheets] == [
        sheet.columns for sheet in asked.form.shape.sheets
    ]


def test_next_months_title_keeps_the_fingerprint(tmp_path: Path) -> None:
    form = FORMS / "mixed.xlsx"
    fill(form, FillPlan(titles={"月报": {"A1": "2027年11月派驻监督月报"}}), tmp_path / "next.xlsx")
    assert read_form(form).fingerprint == read_form(tmp_path / "next.xlsx").fingerprint


def test_a_new_edition_tells_what_was_added_dropped_and_moved(tmp_path: Path) -> None:
    workbook = loaded(FORMS / "lead_figures.xlsx")
    sheet = workbook["线索处置"]
    sheet["K3"] = "超期办理"
    sheet["B8"] = "科级"
    workbook.save(tmp_path / "new.xlsx")
    old, new = read_form(FORMS / "lead_figures.xlsx").shape, read_form(tmp_path / "new.xlsx").shape
    changes = edition_changes(old, new)
    assert {(change.what, change.how, change.path) for change in changes} == {
        ("column", "added", ("超期办理",)),
        ("column", "removed", ("超期",)),
        ("row", "added", ("领导干部", "科级")),
        ("row", "removed", ("领导干部", "乡科级")),
    }
    assert summary(changes) == "表样已变：新增 1 列、新增 1 行、减少 1 列、减少 1 行"


def test_an_added_column_is_one_change_in_the_summary(tmp_path: Path) -> None:
    workbook = loaded(FORMS / "extended_validation.xlsx")
    sheet = workbook["登记"]
    for row in range(2, 7):
        sheet[f"E{row}"]._style = sheet[f"D{row}"]._style
        sheet[f"E{row}"] = sheet[f"D{row}"].value
    sheet["D2"] = "签发人"
    workbook.save(tmp_path / "new.xlsx")
    old, new = read_form(FORMS / "extended_validation.xlsx").shape, read_form(tmp_path / "new.xlsx").shape
    changes = edition_changes(old, new)
    assert summary(changes) == "表样已变：新增 1 列"
    moved = next(change for change in changes if change.how == "moved")
    assert (moved.path, moved.before, moved.after) == (("送达日期",), "D", "E")
    assert moved.words == "“登记”移动列：送达日期（D → E）"


def test_the_same_edition_has_no_changes() -> None:
    for name in EACH:
        shape = read_form(FORMS / name).shape
        assert edition_changes(shape, shape) == ()
        assert summary(()) == ""
        assert Shape.from_plain(shape.plain()) == shape


def test_a_renamed_tab_of_a_single_sheet_is_the_same_form(tmp_path: Path) -> None:
    workbook = loaded(FORMS / "side_by_side.xlsx")
    workbook.worksheets[0].title = "第二季度"
    workbook.save(tmp_path / "new.xlsx")
    old, new = read_form(FORMS / "side_by_side.xlsx").shape, read_form(tmp_path / "new.xlsx").shape
    assert edition_changes(old, new) == ()
