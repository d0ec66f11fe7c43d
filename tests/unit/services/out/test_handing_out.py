"""R4: a list sent out in parts comes back filled, each row to its record, nothing twice."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base.errors import CancelledError, NotAllowedError, NotFoundError
from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import PasswordNeededError
from paizhu.services.office import Office
from paizhu.services.out import handing_out
from paizhu.services.out.exporting import Wanted
from paizhu.storage import queries

DUTY, PERSON = registers.register("duty_item"), registers.register("person")
TEAM = ("示例甲", "示例乙", "示例丙", "示例丁", "示例戊")


@pytest.fixture
def duties(office: Office) -> Office:
    """Five members of the team with four duties each, one duty of nobody in the roster."""
    for name in TEAM:
        office.records.save(PERSON, {"name": name})
        for number in range(4):
            values = {"subject": name, "content": f"{name}第{number + 1}项任务", "due_date": f"2026-0{number + 3}-10"}
            office.records.save(DUTY, values)
    office.records.save(DUTY, {"subject": "某处室", "content": "其他任务", "due_date": "2026-06-30"})
    return office


def rows(office: Office) -> list[Row]:
    with office.vault.read() as connection:
        return list(queries.every(connection, View("duty_item")))


def heads_of(sheet: Worksheet) -> dict[str, int]:
    """Return the column of each heading."""
    return {str(cell.value): cell.column for cell in sheet[3] if cell.column}


def fill_in(path: Path, words: str) -> int:
    """Write what was done into every row of a part, as its receiver would; return how many rows."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = heads_of(sheet)
    filled = 0
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, heads["责任内容"]).value:
            sheet.cell(row, heads["落实情况"]).value = f"{words}{filled + 1}"
            filled += 1
    book.save(path)
    return filled


def bring_back(office: Office, path: Path) -> dict[str, int]:
    plan = office.importing.plan(path)
    try:
        counts = plan.counts()
        if counts["new"] or counts["changed"]:
            office.importing.apply(plan)
        return {name: count for name, count in counts.items() if count}
    finally:
        plan.drop()


def test_stopped_half_way_nothing_has_left_the_vault(duties: Office, tmp_path: Path) -> None:
    folder, seen = tmp_path / "分发", []

    def stop_at_the_third(_words: str, done: int, _total: int) -> None:
        seen.append(len(list(folder.iterdir())))
        if done == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        duties.handing_out.write(folder, Wanted(View("duty_item")), "subject", progress=stop_at_the_third)
    assert seen == [0, 1, 2]
    assert list(folder.iterdir()) == []
    assert "export" not in {entry.kind for entry in duties.history.entries()}
    # The folder is empty again, so the same one takes the next try.
    assert len(duties.handing_out.write(folder, Wanted(View("duty_item")), "subject").files) == len(TEAM) + 1


def test_each_member_gets_one_workbook_with_his_duties_only(duties: Office, tmp_path: Path) -> None:
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject")
    assert dict(done.files) == {**{f"责任清单-{name}.xlsx": 4 for name in TEAM}, "责任清单-某处室.xlsx": 1}
    sheet = openpyxl.load_workbook(tmp_path / "分发" / "责任清单-示例乙.xlsx").worksheets[0]
    heads = heads_of(sheet)
    told = {str(sheet.cell(row, heads["责任主体"]).value) for row in range(4, sheet.max_row + 1)} - {"None"}
    assert told == {"示例乙"}


def test_filled_returns_merge_back_by_key_with_no_duplicates(duties: Office, tmp_path: Path) -> None:
    before = {row.id for row in rows(duties)}
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject")
    for name, count in done.files:
        assert fill_in(done.folder / name, "已办") == count
        assert bring_back(duties, done.folder / name) == {"changed": count}
    after = rows(duties)
    assert {row.id for row in after} == before
    assert all(str(row.values["progress"]).startswith("已办") for row in after)
    for name, count in done.files:
        assert bring_back(duties, done.folder / name) == {"same": count}


def test_a_row_added_by_the_receiver_is_new_and_the_others_are_not(duties: Office, tmp_path: Path) -> None:
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject")
    path = done.folder / "责任清单-示例丙.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = heads_of(sheet)
    last = max(row for row in range(4, sheet.max_row + 1) if sheet.cell(row, heads["责任内容"]).value)
    for head, words in (("责任主体", "示例丙"), ("责任内容", "自己加的任务"), ("完成时限", "2026-12-01")):
        sheet.cell(last + 1, heads[head]).value = words
    book.save(path)
    assert bring_back(duties, path) == {"new": 1, "same": 4}
    assert len(rows(duties)) == 22


def test_a_part_that_lost_its_hidden_columns_still_finds_its_records(duties: Office, tmp_path: Path) -> None:
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject")
    path = done.folder / "责任清单-示例丁.xlsx"
    fill_in(path, "已办")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.delete_cols(1, 2)
    book.save(path)
    assert bring_back(duties, path) == {"changed": 4}
    assert len(rows(duties)) == 21


def test_what_was_changed_meanwhile_is_shown_and_not_overwritten(duties: Office, tmp_path: Path) -> None:
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject")
    first = next(row for row in rows(duties) if row.values["content"] == "示例甲第1项任务")
    duties.records.save(DUTY, {"progress": "本组已核"}, first.id, first.version)
    path = done.folder / "责任清单-示例甲.xlsx"
    fill_in(path, "已办")
    counts = bring_back(duties, path)
    assert counts["changed"] == 3
    kept = next(row for row in rows(duties) if row.id == first.id)
    assert kept.values["progress"] == "本组已核"


def test_only_the_list_as_it_is_shown_goes_out(duties: Office, tmp_path: Path) -> None:
    view = View("duty_item").where(Condition("content", Test.CONTAINS, "第1项"))
    done = duties.handing_out.write(
        tmp_path / "分发", Wanted(view, ("subject", "content", "due_date", "progress")), "subject"
    )
    assert {count for _name, count in done.files} == {1}
    sheet = openpyxl.load_workbook(done.folder / "责任清单-示例甲.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[3]][2:] == ["责任主体", "责任内容", "完成时限", "落实情况"]


def test_two_of_one_name_get_a_file_each(office: Office, tmp_path: Path) -> None:
    units = registers.register("unit")
    for unit in ("示例一局", "示例二局"):
        office.records.save(units, {"name": unit})
        office.records.save(PERSON, {"name": "示例同名", "unit_now": unit})
    with office.vault.read() as connection:
        people = list(queries.every(connection, View("person")))
    for person in people:
        office.records.save(
            DUTY, {"subject": f"示例同名@{person.id}", "content": f"任务{person.id}", "due_date": "2026-06-30"}
        )
    parts = office.handing_out.parts(View("duty_item"), "subject")
    assert sum(len(part.ids) for part in parts) == 2
    assert len(office.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject").files) == len(parts)


def test_a_password_and_an_entry_for_all_of_them(duties: Office, tmp_path: Path) -> None:
    before = duties.vault.last_entry()[0]
    done = duties.handing_out.write(tmp_path / "分发", Wanted(View("duty_item")), "subject", password="示例口令9")
    with pytest.raises(PasswordNeededError):
        open_book(done.folder / done.files[0][0]).close()
    assert duties.vault.last_entry()[0] == before + 1
    entry = duties.history.entries()[0]
    assert (entry.kind, entry.about["by"], len(entry.about["files"])) == ("export", "subject", 6)


def test_a_folder_with_files_and_a_secret_register_are_refused(duties: Office, tmp_path: Path) -> None:
    (tmp_path / "旧.xlsx").write_bytes(b"x")
    with pytest.raises(NotAllowedError, match="已有文件"):
        duties.handing_out.write(tmp_path, Wanted(View("duty_item")), "subject")
    with pytest.raises(NotAllowedError, match="不逐条外发"):
        duties.handing_out.write(tmp_path / "线索", Wanted(View("lead")), "subject")
    with pytest.raises(NotFoundError, match="可以按这些分"):
        duties.handing_out.write(tmp_path / "分", Wanted(View("duty_item")), "content")
    assert "subject" in {field.name for field in handing_out.fields(DUTY)}
