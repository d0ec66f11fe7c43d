"""Rows under records out and in again: all the same, changed cells changes, new rows under the record they name."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Value, Values
from paizhu.base.view import View
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from tests.registers.full_records import full, rows_below

PERSON = registers.register("person")
ALL = Release("核对导出与导入")
AGREED: dict[str, dict[str, Value]] = {"measure": {"measure_class": "party", "kind": "party_warning"}}
"""Values that a check wants to go together."""


def exported(office: Office, path: Path, edit: Callable[[Worksheet], None] | None = None) -> Path:
    """A person with two posts, exported, and the sheet of posts edited."""
    rows = {"post_history": [{"unit": "示例局", "post": "科长"}, {"unit": "示例站", "post": "站长"}]}
    office.records.save(PERSON, {"name": "孙立新"}, rows=rows)
    office.exporting.export(path, ["person"])
    if edit is not None:
        book = load_workbook(path)
        edit(book[sheet_of(book.sheetnames)])
        book.save(path)
    return path


def sheet_of(names: list[str]) -> str:
    return next(name for name in names if name.startswith("人员-"))


def agreeing(register: Register, number: int) -> dict[str, list[Values]]:
    """Rows in every kind under a register, whose year is that of their day."""
    made = rows_below(register, number)
    for key, rows in made.items():
        day = register.child(key).main_date
        made[key] = [
            {**row, "year": when.year} if "year" in row and isinstance(when := row.get(day), date) else row
            for row in rows
        ]
    return made


def headings(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): place for place, cell in enumerate(sheet[3], 1)}


def below(office: Office, path: Path) -> SheetPlan:
    return next(sheet for sheet in office.importing.plan(path).sheets if sheet.parent is not None)


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda each: each.key)
def test_every_register_comes_back_all_the_same_with_the_rows_below(
    office: Office, register: Register, tmp_path: Path
) -> None:
    with office.vault.act("save", "样") as act:
        for number in (1, 2):
            values = {**full(register, number * 10), **AGREED.get(register.key, {})}
            act.create(register, values, rows=agreeing(register, number * 10))
    office.exporting.export(tmp_path / "台账.xlsx", [register.key], release=ALL)
    plan = office.importing.plan(tmp_path / "台账.xlsx")
    outcomes = {
        (sheet.kind, row.row): (row.outcome, [problem.message for problem in row.problems])
        for sheet in plan.sheets
        for row in sheet.rows()
        if row.outcome != "same"
    }
    assert outcomes == {}
    assert plan.counts()["same"] == office.records.count(View(register.key)) + sum(
        len(sheet.numbers()) for sheet in plan.sheets if sheet.parent is not None
    )
    assert {sheet.kind for sheet in plan.sheets} >= {register.key}
    plan.drop()


def test_a_changed_cell_below_is_a_change_and_can_be_taken_back(office: Office, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "站长":
                    cell.value = "副站长"

    plan = office.importing.plan(exported(office, tmp_path / "人员.xlsx", edit))
    assert (plan.counts()["changed"], plan.counts()["same"]) == (1, 2)
    applied = office.importing.apply(plan)
    (person,) = office.records.window(View("person"), 0, 9)
    assert [row.values["post"] for row in office.records.rows(PERSON, person.id)["post_history"]] == ["科长", "副站长"]
    office.importing.undo(applied.batch)
    assert [row.values["post"] for row in office.records.rows(PERSON, person.id)["post_history"]] == ["科长", "站长"]


def test_a_row_added_below_goes_under_the_record_it_names(office: Office, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        last = sheet.max_row + 1
        for column, value in zip("ABC", (None, None, sheet.cell(4, 3).value), strict=True):
            sheet[f"{column}{last}"] = value
        heads = headings(sheet)
        sheet.cell(last, heads["职务"], "副局长")
        sheet.cell(last, heads["单位"], "示例局")
        sheet.delete_rows(4)

    path = exported(office, tmp_path / "人员.xlsx", edit)
    plan = office.importing.plan(path)
    assert plan.counts() == {"new": 1, "changed": 0, "same": 2, "doubtful": 0, "refused": 0}
    office.importing.apply(plan)
    (person,) = office.records.window(View("person"), 0, 9)
    posts = [row.values["post"] for row in office.records.rows(PERSON, person.id)["post_history"]]
    assert posts == ["科长", "站长", "副局长"]


def test_a_row_below_that_names_no_record_is_refused_in_words(office: Office, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        heads = headings(sheet)
        sheet.cell(sheet.max_row + 1, heads["职务"], "副局长")

    sheet = below(office, exported(office, tmp_path / "人员.xlsx", edit))
    (row,) = sheet.rows(["refused"])
    assert "请在“上级编号”里填它的编号" in "".join(problem.message for problem in row.problems)
    assert "不会删除" in "".join(sheet.notes)


def test_a_row_below_changed_in_both_places_is_doubtful(office: Office, tmp_path: Path) -> None:
    def edit(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "站长":
                    cell.value = "副站长"

    path = exported(office, tmp_path / "人员.xlsx", edit)
    (person,) = office.records.window(View("person"), 0, 9)
    rows = office.records.rows(PERSON, person.id)["post_history"]
    typed = [
        {"id": row.id, **row.values, "post": f"{row.values['post']}（主持）", "doc_no": "某〔2026〕1号"} for row in rows
    ]
    office.records.save(PERSON, {}, person.id, rows={"post_history": typed})
    sheet = below(office, path)
    (doubtful,) = sheet.rows(["doubtful"])
    said = "".join(problem.message for problem in doubtful.problems)
    assert "站长（主持）" in said
    assert "副站长" in said
    assert sheet.counts()["same"] == 1
    taken = sheet.take(doubtful.row, doubtful.candidates[0])
    assert (taken.outcome, dict(taken.values)) == ("changed", {"post": "副站长"})


def test_a_sheet_of_another_register_is_never_taken_for_the_one_asked_for(office: Office, tmp_path: Path) -> None:
    office.records.save(PERSON, {"name": "孙立新"})
    office.records.save(registers.register("unit"), {"name": "示例局"})
    office.exporting.export(tmp_path / "全部.xlsx", ["unit", "person"])
    plan = office.importing.plan(tmp_path / "全部.xlsx", "person")
    assert [sheet.register.key for sheet in plan.sheets] == ["person"]
    assert plan.counts()["same"] == 1


def test_a_post_whose_month_alone_is_known_goes_out_and_comes_back_as_that_month(
    office: Office, tmp_path: Path
) -> None:
    posts = [
        {"unit": "示例局", "post": "科长", "held_from": "2019.6", "held_to": "2023年6月"},
        {"unit": "示例局", "post": "处长", "held_from": "2023-06"},
    ]
    typed = {"name": "孙立新", "gender": "男"}
    person = office.records.save(PERSON, typed, rows={"post_history": posts}).records[0][1]
    now = office.records.get(PERSON, person).values
    assert (now["post_now"], now["post_since"]) == ("处长", "2023-06")

    def edit(sheet: Worksheet) -> None:
        at = headings(sheet)
        assert [sheet.cell(row, at["起"]).value for row in (4, 5)] == ["2019-06", "2023-06"]
        sheet.cell(4, at["止"]).value = "2023.05"

    office.exporting.export(tmp_path / "名册.xlsx", ["person"])
    plan = office.importing.plan(tmp_path / "名册.xlsx")
    assert plan.counts()["same"] == 3
    book = load_workbook(tmp_path / "名册.xlsx")
    edit(book[sheet_of(book.sheetnames)])
    book.save(tmp_path / "名册.xlsx")
    plan = office.importing.plan(tmp_path / "名册.xlsx")
    assert plan.counts()["changed"] == 1
    office.importing.apply(plan)
    kept = [row.values for row in office.records.rows(PERSON, person)["post_history"]]
    assert [str(row["held_to"] or "") for row in kept] == ["2023-05", ""]
    office.history.undo(office.history.entries()[0].id)
    kept = [row.values for row in office.records.rows(PERSON, person)["post_history"]]
    assert [str(row["held_to"] or "") for row in kept] == ["2023-06", ""]
    assert not office.history.verify()


LEAD = registers.register("lead")
EXTENSION: dict[str, Value] = {"matter": "初步核实", "new_due": "2026-04-20", "approver": "示例领导"}


def test_rows_of_an_extension_that_come_alone_write_the_day_as_the_act_does(office: Office, tmp_path: Path) -> None:
    lead = {"subject": "孙立新", "received_at": "2026-01-05", "check_from": "2026-01-12", "check_due": "2026-03-12"}
    record = office.records.save(LEAD, lead).records[0][1]

    def until() -> Value:
        return office.records.get(LEAD, record).values["check_extended_to"]

    def imported(edit: Callable[[Worksheet], None]) -> int:
        path = tmp_path / "线索.xlsx"
        office.exporting.export(path, ["lead"], release=ALL)
        book = load_workbook(path)
        name = next(each for each in book.sheetnames if each.endswith("线索延期"))
        edit(book[name])
        for each in book.sheetnames:
            if each != name:
                del book[each]
        book.save(path)
        return office.importing.apply(office.importing.plan(path)).batch

    def write(row: int, **cells: str) -> Callable[[Worksheet], None]:
        def edit(sheet: Worksheet) -> None:
            heads = headings(sheet)
            for label, words in cells.items():
                sheet.cell(row, heads[label], words)

        return edit

    office.records.save(LEAD, {}, record, rows={"lead_extension": [EXTENSION]})
    no = str(office.records.get(LEAD, record).no)
    assert until() == date(2026, 4, 20)
    batches = [imported(write(5, 上级编号=no, 延期事项="初步核实", 延至="2026-05-20", 延期批准人="示例领导"))]
    assert until() == date(2026, 5, 20)
    # Corrected in the sheet, the day follows; a row nobody approved, or of something else, moves nothing.
    batches.append(imported(write(5, 延至="2026-06-20")))
    assert until() == date(2026, 6, 20)
    batches.append(imported(write(6, 上级编号=no, 延期事项="函询回复", 延至="2026-08-20", 延期批准人="示例领导")))
    assert until() == date(2026, 6, 20)
    for batch in reversed(batches):
        office.importing.undo(batch)
    assert until() == date(2026, 4, 20)
