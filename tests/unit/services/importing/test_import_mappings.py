"""Layouts remembered by the fingerprint of their header: named, edited by importing again, forgotten; never our own."""

import json
from pathlib import Path

import pytest

from paizhu.documents.refusals import NotAWorkbookError, TooLargeWorkbookError
from paizhu.services.importing.facts import Said
from paizhu.services.importing.mappings import Mappings
from paizhu.services.office import Office
from tests.ledgers import ROWS, ledger


def test_the_second_file_of_a_layout_needs_no_click(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:1]))
    sheet = office.importing.replan(plan, 0, Said(mapping={**letters_of(plan.sheets[0].columns), "H": "reason_note"}))
    office.importing.remember(sheet, "谈话月报")
    second = office.importing.plan(ledger(tmp_path / "二.xlsx", ROWS[1:])).sheets[0]
    assert second.facts.remembered
    assert letters_of(second.columns)["H"] == "reason_note"


def letters_of(columns: object) -> dict[str, str]:
    return {column.letter: column.path for column in columns}  # type: ignore[attr-defined]  # columns of a plan


def test_a_layout_keeps_its_name_until_another_is_given(office: Office, tmp_path: Path) -> None:
    sheet = office.importing.plan(ledger(tmp_path / "一.xlsx")).sheets[0]
    office.importing.remember(sheet, "谈话月报")
    office.importing.remember(sheet)
    mappings = Mappings(office.vault)
    (found,) = mappings.all()
    assert (found.name, found.register, found.fed) == ("谈话月报", "integrity_talk", 7)
    mappings.rename(found.fingerprint, "  季度  台账 ")
    assert mappings.all()[0].name == "季度 台账"
    mappings.rename(found.fingerprint, " ")
    assert mappings.all()[0].name == "季度 台账"
    mappings.forget(found.fingerprint)
    assert mappings.all() == []
    assert not office.importing.plan(ledger(tmp_path / "三.xlsx")).sheets[0].facts.remembered


def test_a_layout_remembered_before_it_could_be_named_is_still_known(office: Office) -> None:
    office.vault.keep("mapping", "abc", json.dumps(["integrity_talk", {"A": "subject"}]))
    found = Mappings(office.vault).find("abc")
    assert found is not None
    assert (found.register, dict(found.mapping), found.name) == ("integrity_talk", {"A": "subject"}, "")


def test_our_own_export_is_not_remembered_it_says_itself_what_it_holds(office: Office, tmp_path: Path) -> None:
    office.importing.apply(office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:1])))
    office.exporting.export(tmp_path / "出.xlsx", ["integrity_talk"])
    for sheet in office.importing.plan(tmp_path / "出.xlsx").sheets:
        office.importing.remember(sheet, "x")
    assert Mappings(office.vault).all() == []


def test_a_table_longer_than_the_setting_allows_is_refused_and_says_where_to_raise_it(
    office: Office, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "长.xlsx", ROWS * 5)
    office.desk.set_setting("workbook_limit_rows", 10)
    with pytest.raises(TooLargeWorkbookError, match="在设置里放宽上限"):
        office.importing.plan(path)
    office.desk.set_setting("workbook_limit_rows", 100)
    assert office.importing.plan(path).counts()["new"] > 0


def test_the_file_excel_leaves_beside_an_open_one_is_told_apart(office: Office, tmp_path: Path) -> None:
    (tmp_path / "~$台账.xlsx").write_bytes(b"\x05chen" + b" " * 160)
    with pytest.raises(NotAWorkbookError, match=r"请选择《台账\.xlsx》本身"):
        office.importing.plan(tmp_path / "~$台账.xlsx")


def test_a_doubtful_row_shows_what_each_record_says_otherwise(office: Office, tmp_path: Path) -> None:
    from paizhu import registers

    for place in ("谈话室", "会议室"):
        typed = {"subject": "孙立新", "planned_date": "2025-03-06", "place": place, "record": "旧"}
        office.records.save(registers.register("integrity_talk"), typed)
    rows = [[1, "2025.3.6", "孙立新", "副局长", "提醒", "陈守正", "新的内容", None]]
    (sheet,) = office.importing.plan(ledger(tmp_path / "一.xlsx", rows)).sheets
    (row,) = sheet.rows(["doubtful"])
    beside = [problem.message for problem in row.problems if problem.code == "candidate"]
    assert len(beside) == len(row.candidates) == 2
    assert all("台账里是“旧”，本表是“新的内容”" in words for words in beside)
