"""Ledgers in: real workbooks planned, applied, taken back and imported again on a real encrypted vault."""

import hashlib
import json
import os
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.errors import CancelledError, NotAllowedError, PaizhuError
from paizhu.base.rows import Ref
from paizhu.base.values import MASK
from paizhu.base.view import View
from paizhu.documents.tables.frame import Given
from paizhu.services.importing import columns as import_columns
from paizhu.services.importing.columns import looks
from paizhu.services.importing.facts import Said
from paizhu.services.importing.ledgers import Plan
from paizhu.services.office import Office
from tests.ledgers import ROWS, SECRETS, ledger, petitions

TALK = registers.register("integrity_talk")
PETITION = registers.register("petition")
PERSON = registers.register("person")


def state_of(folder: Path) -> dict[str, str]:
    """Return the fingerprint of the vault's files; the plan's own scratch folder is not the vault."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.iterdir()
        if file.is_file() and not file.name.endswith("-shm")
    }


def outcomes(plan: Plan) -> list[str]:
    return [row.outcome for sheet in plan.sheets for row in sheet.rows()]


def count(office: Office, key: str = "integrity_talk") -> int:
    return office.records.count(View(key))


def test_title_merged_header_total_and_signature_are_told_from_the_records(office: Office, tmp_path: Path) -> None:
    (sheet,) = office.importing.plan(ledger(tmp_path / "谈话.xlsx")).sheets
    assert (sheet.register.key, sheet.facts.header_rows, sheet.first_row, sheet.last_row) == (
        "integrity_talk",
        (2, 3),
        4,
        7,
    )
    paths = {column.header: column.path for column in sheet.columns}
    assert paths["被谈话人 / 姓名"] == "subject"
    assert paths["被谈话人 / 职务"] == "subject_post"
    assert [row for row, _reason in sheet.skipped] == [8, 9]


def test_planning_leaves_the_vault_byte_for_byte_as_it_was(office: Office, vault_folder: Path, tmp_path: Path) -> None:
    before = state_of(vault_folder)
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    plan.sheets[0].mend(7, 1, "2025.2.28")
    plan.as_json()
    plan.drop()
    assert state_of(vault_folder) == before
    assert list((vault_folder / "work").iterdir()) == []


def test_the_year_over_the_table_completes_dates_without_one(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    assert plan.sheets[0].row(5).values["start_at"] == date(2025, 3, 18)
    given = office.importing.replan(plan, 0, Said(given=Given((2, 3), 4)))
    assert given.row(5).values["start_at"] == date(2025, 3, 18)


def test_an_impossible_day_is_refused_with_its_cell_and_the_rest_goes_in(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    assert outcomes(plan) == ["new", "new", "new", "refused"]
    (problem,) = plan.sheets[0].row(7).problems
    assert (problem.column, problem.value, problem.severity) == ("B", "2025.2.30", "error")
    applied = office.importing.apply(plan)
    assert (applied.counts["new"], applied.counts["refused"], count(office)) == (3, 1, 3)


def test_the_same_file_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx", ROWS[:3])
    office.importing.apply(office.importing.plan(path))
    before = office.history.entries()
    again = office.importing.plan(path)
    assert outcomes(again) == ["same", "same", "same"]
    assert office.importing.apply(again).counts == {"new": 0, "changed": 0, "same": 3, "doubtful": 0, "refused": 0}
    assert count(office) == 3
    assert office.history.entries() == before


def test_a_changed_cell_shows_old_and_new_and_only_that_field_is_written(office: Office, tmp_path: Path) -> None:
    office.importing.apply(office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:2])))
    changed = [[*ROWS[0][:6], "提醒并谈心", ROWS[0][7]], ROWS[1]]
    plan = office.importing.plan(ledger(tmp_path / "改过.xlsx", changed))
    # The ledger brought the talk along as filed: what stands in it is corrected with a reason.
    assert outcomes(plan) == ["refused", "same"]
    plan.correct("登记表写错了内容")
    assert outcomes(plan) == ["changed", "same"]
    row = plan.sheets[0].row(4)
    assert (row.before["record"], row.values["record"]) == ("提醒分管领域廉政风险", "提醒并谈心")
    assert set(row.values) == {"record"}
    office.importing.apply(plan)
    assert office.records.get(TALK, row.id or 0).values["record"] == "提醒并谈心"


def test_a_twin_in_the_same_table_is_doubtful_until_it_is_taken(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", [ROWS[0], ROWS[1], [3, *ROWS[0][1:]]]))
    (sheet,) = plan.sheets
    assert outcomes(plan) == ["new", "new", "doubtful"]
    assert sheet.take(6).outcome == "new"
    assert sheet.reconsider(6).outcome == "doubtful"
    sheet.take(6)
    assert office.importing.apply(plan).counts["new"] == 3


def test_a_row_that_fits_two_records_offers_both_and_goes_to_the_one_chosen(office: Office, tmp_path: Path) -> None:
    for _each in range(2):
        office.records.save(TALK, {"subject": "孙立新", "planned_date": "2025-03-06"})
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:1]))
    (sheet,) = plan.sheets
    row = sheet.row(4)
    assert (row.outcome, len(row.candidates)) == ("doubtful", 2)
    assert "孙立新" in sheet.record_words(row.candidates[1])
    assert (sheet.take(4, row.candidates[1]).outcome, sheet.row(4).id) == ("changed", row.candidates[1])
    office.importing.apply(plan)
    assert office.records.get(TALK, row.candidates[1]).values["record"] == "提醒分管领域廉政风险"
    assert office.records.get(TALK, row.candidates[0]).values["record"] is None


def test_a_mended_cell_is_planned_again_and_the_file_stays_as_it_was(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    before = path.read_bytes()
    plan = office.importing.plan(path)
    mended = plan.sheets[0].mend(7, 1, "2025.2.28")
    assert (mended.outcome, mended.values["start_at"]) == ("new", date(2025, 2, 28))
    assert path.read_bytes() == before


def test_counts_add_up_to_every_row_under_the_header(office: Office, tmp_path: Path) -> None:
    office.records.save(PERSON, {"name": "邵 勇"})
    rows: list[list[object]] = [*ROWS, [5, "2025.5.5", "邵永", "主任", "日常", "陈守正", "x", None], [6, *ROWS[0][1:]]]
    (sheet,) = office.importing.plan(ledger(tmp_path / "谈话.xlsx", rows)).sheets
    tally = sheet.tally()
    assert tally.total == len(rows) + 2
    assert (tally.doubtful, tally.refused, tally.skipped, tally.same) == (1, 1, 2, 0)
    assert tally.ready + tally.look == 4
    assert sheet.numbers(problems_only=True) == sorted(row.row for row in sheet.rows() if row.problems)


def test_a_near_name_is_offered_and_not_applied(office: Office, tmp_path: Path) -> None:
    office.records.save(PERSON, {"name": "邵 勇"})
    row: list[object] = [1, "2025.5.5", "邵永勇", "主任", "日常", "陈守正", "x", None]
    (sheet,) = office.importing.plan(ledger(tmp_path / "谈话.xlsx", [row])).sheets
    problem = next(problem for problem in sheet.row(4).problems if problem.code == "unknown_name")
    assert (problem.value, problem.proposal, problem.severity) == ("邵永勇", "邵勇", "warning")
    assert sheet.row(4).values["subject"] == Ref("邵永勇")
    assert isinstance(linked := sheet.mend(4, 2, problem.proposal).values["subject"], Ref)
    assert linked.linked


def test_all_or_nothing_refuses_while_a_row_waits(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    with pytest.raises(NotAllowedError, match="1 行没有通过"):
        office.importing.apply(plan, all_or_nothing=True)
    assert count(office) == 0


def test_undo_takes_the_batch_back_and_the_corrected_file_imports_as_if_it_had_never_been(
    office: Office, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    applied = office.importing.apply(office.importing.plan(path))
    undone = office.importing.undo(applied.batch)
    assert (undone.kept, count(office)) == ((), 0)
    corrected = [*ROWS[:3], [4, "2025.2.28", *ROWS[3][2:]]]
    plan = office.importing.plan(ledger(path, corrected))
    assert outcomes(plan) == ["new"] * 4
    assert office.importing.apply(plan).counts["new"] == 4


def test_undo_keeps_and_lists_records_edited_since_unless_they_are_named(office: Office, tmp_path: Path) -> None:
    applied = office.importing.apply(office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:2])))
    edited = applied.ids["谈话台账", 4]
    office.records.save(TALK, {"place": "谈话室"}, edited)
    office.records.save(TALK, {"record": "改过的内容"}, edited, reason="内容登记有误")
    undone = office.importing.undo(applied.batch)
    assert [(kept.kind, kept.record_id) for kept in undone.kept] == [("integrity_talk", edited)]
    assert count(office) == 1


def test_a_field_that_the_ledger_left_empty_and_the_officer_filled_since_counts_as_edited(
    office: Office, tmp_path: Path
) -> None:
    applied = office.importing.apply(office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:2])))
    edited = applied.ids["谈话台账", 4]
    office.records.save(TALK, {"place": "谈话室"}, edited)
    (conflict,) = office.history.conflicts(applied.batch)
    assert (conflict.record_id, conflict.fields) == (edited, ("place",))
    office.importing.undo(applied.batch)
    assert not office.records.get(TALK, edited).voided


def test_only_an_import_is_undone_as_one(office: Office) -> None:
    entry = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-20"}).entry
    with pytest.raises(NotAllowedError, match="不是导入"):
        office.importing.undo(entry)


def test_a_batch_tells_file_hash_and_counts(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    office.importing.apply(office.importing.plan(path))
    (batch,) = office.importing.batches()
    assert batch.about["file"] == "谈话.xlsx"
    assert batch.about["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert batch.about["counts"]["new"] == 3


def test_a_column_without_a_field_is_kept_beside_the_record_and_its_source_is_known(
    office: Office, tmp_path: Path
) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:1]))
    office.importing.replan(
        plan, 0, Said(mapping={column.letter: column.path for column in plan.sheets[0].columns} | {"G": ""})
    )
    applied = office.importing.apply(plan)
    row = office.records.get(TALK, applied.ids["谈话台账", 4])
    assert row.extra["主要内容"] == "提醒分管领域廉政风险"
    assert row.values["record"] is None
    assert dict(row.source) == {"file": "谈话.xlsx", "sheet": "谈话台账", "row": 4}


def test_a_changed_mapping_is_remembered_for_the_next_file_of_the_same_form_and_can_be_forgotten(
    office: Office, tmp_path: Path
) -> None:
    plan = office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:1]))
    mapping = {column.letter: column.path for column in plan.sheets[0].columns} | {"H": "reason_note"}
    sheet = office.importing.replan(plan, 0, Said(mapping=mapping))
    office.importing.remember(sheet)
    second = office.importing.plan(ledger(tmp_path / "二.xlsx", ROWS[1:3])).sheets[0]
    assert second.facts.remembered
    assert {column.letter: column.path for column in second.columns}["H"] == "reason_note"
    office.importing.forget(second.facts.fingerprint)
    third = office.importing.plan(tmp_path / "二.xlsx").sheets[0]
    assert not third.facts.remembered
    assert {column.letter: column.path for column in third.columns}["H"] == "remarks"


def test_a_header_set_by_hand_and_another_register_plan_the_table_again(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:2]))
    by_hand = office.importing.replan(plan, 0, Said(given=Given((3,), 4)))
    assert by_hand.facts.header_rows == (3,)
    assert by_hand.facts.above[0].startswith("2025 年")
    back = office.importing.replan(plan, 0, Said(given=Given((2, 3), 4)))
    assert (back.facts.header_rows, outcomes(plan)) == ((2, 3), ["new", "new"])
    other = office.importing.replan(plan, 0, Said(register="person"))
    assert other.register.key == "person"
    assert plan.sheets == [other]


def test_a_sheet_nobody_recognised_can_be_pointed_out(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "杂项"
    for row in (["内部使用"], ["某列", "另一列"], ["孙立新", "2025.3.6"]):
        sheet.append(row)
    path = tmp_path / "杂项.xlsx"
    book.save(path)
    with pytest.raises(PaizhuError, match="里认出台账"):
        office.importing.plan(path)
    plan = office.importing.plan_known(path)
    assert plan.unknown == ["杂项"]
    # One that is likely is asked for too; only where it can be read as such is the sheet taken for it.
    assert office.importing.plan_known(path, "integrity_talk").unknown == ["杂项"]
    look = office.importing.looks(plan)["杂项"]
    assert look.rows[1] == (2, ("某列", "另一列"))
    with pytest.raises(PaizhuError, match="没有一列对得上"):
        office.importing.plan_unknown(plan, "杂项", "integrity_talk", Given((2,), 3))
    assert plan.unknown == ["杂项"]


def test_pasted_cells_go_through_the_same_checks_with_or_without_a_header(office: Office) -> None:
    with_header = office.importing.plan_cells(
        "integrity_talk", [["谈话日期", "谈话对象", "谈话类型"], ["2026.3.5", "孙立新", "提醒谈话"]]
    )
    assert outcomes(with_header) == ["new"]
    (sheet,) = with_header.sheets
    assert sheet.facts.matching is not None
    shown = looks(sheet.facts.matching, sheet.columns)
    assert [each.examples for each in shown] == [("2026.3.5",), ("孙立新",), ("提醒谈话",)]
    bare = office.importing.plan_cells("integrity_talk", [["2026.2.30", "丁海波"]], ["planned_date", "subject"])
    assert outcomes(bare) == ["refused"]
    assert office.importing.apply(with_header).counts["new"] == 1


def test_a_title_over_pasted_cells_and_a_total_below_them_are_no_records(office: Office) -> None:
    cells = [
        ["2025年谈话台账", "", ""],
        ["谈话日期", "谈话对象", "谈话类型"],
        ["3月5日", "示例甲", "提醒谈话"],
        ["合计", "1 人次", ""],
        ["填表人：示例乙", "", ""],
    ]
    (sheet,) = office.importing.plan_cells("integrity_talk", cells).sheets
    assert sheet.facts.header_rows == (2,)
    assert [row.row for row in sheet.rows()] == [3]
    assert sheet.row(3).values["planned_date"] == date(2025, 3, 5)
    assert [reason for _row, reason in sheet.skipped] == ["表头以上的标题", "合计行", "落款"]


def test_a_header_of_two_rows_is_one_in_pasted_cells_too(office: Office) -> None:
    cells = [
        ["序号", "谈话情况", "", "", "被谈话人", ""],
        ["", "时间", "地点", "类型", "姓名", "单位"],
        ["1", "2025.3.5", "301", "提醒谈话", "示例甲", "规划处"],
    ]
    (sheet,) = office.importing.plan_cells("integrity_talk", cells).sheets
    assert sheet.facts.header_rows == (1, 2)
    (row,) = sheet.rows()
    assert (row.outcome, row.values["place"], row.values["subject_unit"]) == ("new", "301", "规划处")
    again = office.importing.plan_cells("integrity_talk", [each[1:] for each in cells])
    assert [row.outcome for row in again.sheets[0].rows()] == ["new"]


def test_a_cancelled_plan_and_a_cancelled_import_leave_nothing_behind(
    office: Office, vault_folder: Path, tmp_path: Path
) -> None:
    rows = [
        [at, f"2025.3.{at % 28 + 1}", f"张{chr(0x4E00 + at)}", "科员", "日常", "陈守正", "x", None] for at in range(900)
    ]
    path = ledger(tmp_path / "多行.xlsx", rows)

    def stop(_words: str, done: int, _total: int) -> None:
        if done >= 400:
            raise CancelledError

    before = state_of(vault_folder)
    with pytest.raises(CancelledError):
        office.importing.plan(path, progress=stop)
    assert state_of(vault_folder) == before
    assert list((vault_folder / "work").iterdir()) == []
    plan = office.importing.plan(path)
    with pytest.raises(CancelledError):
        office.importing.apply(plan, progress=stop)
    assert (count(office), office.importing.batches()) == (0, [])
    # The same plan is taken up again: the act given up left no number and no state in it.
    applied = office.importing.apply(plan)
    assert (count(office), applied.counts["new"]) == (900, 900)
    listed = office.records.window(View("integrity_talk"), 0, 900)
    assert len({row.no for row in listed}) == 900


@pytest.fixture
def sealed(office: Office, tmp_path: Path) -> Plan:
    """The plan of a petition ledger that names an informant."""
    return office.importing.plan(petitions(tmp_path / "信访.xlsx"))


def test_columns_about_an_informant_are_sealed_or_dropped_and_never_shown(office: Office, sealed: Plan) -> None:
    (sheet,) = sealed.sheets
    assert sheet.facts.matching is not None
    looks = {look.header: look for look in import_columns.looks(sheet.facts.matching, sheet.columns)}
    assert looks["反映人"].path == "informant.name"
    assert looks["联系电话"].path == "informant.phone"
    assert all(look.examples == () for look in looks.values() if look.sealed)
    assert [label for _path, label in import_columns.choices(sheet.register, looks["反映人"])]
    assert all(
        path.startswith("informant.") for path, _label in import_columns.choices(sheet.register, looks["反映人"])
    )
    words = json.dumps(sealed.as_json(), ensure_ascii=False)
    assert not any(secret in words for secret in SECRETS)


@pytest.mark.parametrize("path", ["", "summary", "remarks"])
def test_no_mapping_brings_an_informant_into_plain_words(office: Office, sealed: Plan, path: str) -> None:
    letters = {column.header: column.letter for column in sealed.sheets[0].columns}
    mapping = {column.letter: column.path for column in sealed.sheets[0].columns} | {letters["反映人"]: path}
    if path:
        mapping = {
            letter: "" if other == path and letter != letters["反映人"] else other for letter, other in mapping.items()
        }
    office.importing.replan(sealed, 0, Said(mapping=mapping))
    applied = office.importing.apply(sealed)
    row = office.records.get(PETITION, applied.ids["信访登记", 2])
    assert SECRETS[0] not in json.dumps([*map(str, row.values.values()), dict(row.extra)], ensure_ascii=False)


def test_words_about_an_informant_stand_nowhere_but_under_seal(
    office: Office, sealed: Plan, vault_folder: Path, tmp_path: Path
) -> None:
    applied = office.importing.apply(sealed)
    record_id = applied.ids["信访登记", 2]
    row = office.records.get(PETITION, record_id)
    below = office.records.rows(PETITION, record_id)["informant"]
    assert len(below) == 1
    shown = [str(row.values), str(dict(row.extra)), str(dict(row.source)), str(below)]
    shown += [str(change) for change in office.history.of_record("petition", record_id)]
    shown += [str(entry) for entry in office.history.entries()]
    assert any(MASK in words for words in shown)
    assert not any(secret in words for secret in SECRETS for words in shown)
    assert all(office.search.find(secret) == [] for secret in SECRETS)
    places = [vault_folder, Path(os.environ["PAIZHU_HOME"])]
    for file in (file for place in places for file in place.rglob("*") if file.is_file()):
        content = file.read_bytes()
        assert not any(secret.encode() in content for secret in SECRETS), file.name


def test_the_seal_opens_with_the_password_and_a_reason(office: Office, sealed: Plan) -> None:
    applied = office.importing.apply(sealed)
    opened = office.records.reveal(PETITION, applied.ids["信访登记", 2], "informant", "口令-abc-12345", "核对反馈地址")
    assert (opened[0]["name"], opened[0]["phone"]) == SECRETS[:2]


def test_an_empty_workbook_is_called_empty(office: Office, tmp_path: Path) -> None:
    Workbook().save(tmp_path / "空.xlsx")
    with pytest.raises(PaizhuError, match="里没有内容"):
        office.importing.plan(tmp_path / "空.xlsx")


def headed(path: Path, *words: str) -> Path:
    """Write a sheet with this header and one row, whatever it tells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (words, ["示例"] * len(words)):
        sheet.append(row)
    book.save(path)
    return path


def test_a_named_register_takes_what_a_likely_one_leaves_to_the_header(office: Office, tmp_path: Path) -> None:
    told, open_to_all = headed(tmp_path / "一.xlsx", "姓名", "身份证号"), headed(tmp_path / "二.xlsx", "姓名", "日期")
    for key in ("integrity_talk", "lead"):
        for path, likely in ((told, "person"), (open_to_all, key)):
            assert [each.register.key for each in office.importing.plan_known(path, key).sheets] == [likely]
            assert [each.register.key for each in office.importing.plan(path, key).sheets] == [key]
    assert office.importing.plan_known(open_to_all).unknown == ["Sheet"]
    with pytest.raises(PaizhuError, match="里认出台账"):
        office.importing.plan(open_to_all)
