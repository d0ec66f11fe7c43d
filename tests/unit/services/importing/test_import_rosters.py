"""Rosters that come in one batch with the ledgers that name their people: linked without a question, in one undo."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.registers import register
from paizhu.services.importing.facts import Said
from paizhu.services.importing.questions import MAKE, WORDS, Answer
from paizhu.services.office import Office

TALK, DUTY = register("integrity_talk"), register("duty_item")


def together(path: Path, *people: str) -> Path:
    """Write talks and the roster of their people into one workbook, the talks first."""
    book = Workbook()
    talks = book.active
    assert talks is not None
    talks.title = "谈话台账"
    for row in (
        ["谈话时间", "谈话对象", "谈话类型", "谈话内容"],
        ["2025.3.5", "柳　青", "提醒谈话", "提醒"],
        ["2025.3.6", "花不全", "日常谈话", "谈心"],
    ):
        talks.append(row)
    roster = book.create_sheet("花名册")
    roster.append(["姓名", "性别", "部门", "职务"])
    for name, unit in zip(people, ("规划处", "财务处"), strict=False):
        roster.append([name, "男", unit, "处长"])
    book.save(path)
    return path


def subjects(office: Office) -> list[Ref]:
    found = [office.records.get(TALK, each).values["subject"] for each in office.records.ids(View("integrity_talk"))]
    return sorted((each for each in found if isinstance(each, Ref)), key=lambda each: each.label)


def test_people_of_the_roster_in_the_same_workbook_are_linked_and_not_asked_about(
    office: Office, tmp_path: Path
) -> None:
    plan = office.importing.plan(together(tmp_path / "台账.xlsx", "柳 青"))
    assert [each.words for each in office.importing.questions(plan.sheets) if each.register == "person"] == ["花不全"]
    applied = office.importing.apply(plan)
    linked, words = sorted(subjects(office), key=lambda each: not each.linked)
    assert (linked.label, linked.id) == ("柳青", office.records.ids(View("person"))[0])
    assert (words.label, words.linked) == ("花不全", False)
    office.importing.undo(applied.batch)
    assert (office.records.count(View("person")), office.records.count(View("integrity_talk"))) == (0, 0)


def test_two_of_one_name_in_the_roster_are_never_guessed(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(together(tmp_path / "台账.xlsx", "柳青", "柳 青"))
    assert "柳 青" in [each.words for each in office.importing.questions(plan.sheets)]
    office.importing.apply(plan)
    assert not any(each.linked for each in subjects(office))


def test_what_was_answered_stands_against_the_roster_of_the_batch(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan(together(tmp_path / "台账.xlsx", "柳青"))
    talks = next(each for each in plan.sheets if each.register is TALK)
    office.importing.answer(talks, {("person", "柳青"): Answer(WORDS)})
    office.importing.apply(plan)
    assert not any(each.linked for each in subjects(office))


def test_the_same_workbook_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = together(tmp_path / "台账.xlsx", "柳青")
    office.importing.apply(office.importing.plan(path))
    counts = office.importing.plan(path).counts()
    assert (counts["same"], counts["new"], counts["changed"]) == (3, 0, 0)


EMPTY_HEAD = ["谈话时间", "谈话对象", "谈话类型", "谈话地点", "备注"]


def written(path: Path, *rows: Sequence[str | None]) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in (EMPTY_HEAD, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


def test_a_cell_that_would_empty_what_is_known_is_told_and_can_be_told_to_say_nothing(
    office: Office, tmp_path: Path
) -> None:
    office.importing.apply(
        office.importing.plan(written(tmp_path / "一.xlsx", ["2025.3.5", "柳青", "日常谈话", "示例谈话室", "甲"]))
    )
    path = written(tmp_path / "二.xlsx", ["2025.3.5", "柳青", "日常谈话", None, "乙"])
    plan = office.importing.plan(path)
    row = plan.sheets[0].row(2)
    assert (row.outcome, row.values["place"], row.before["place"]) == ("changed", None, "示例谈话室")
    (problem,) = row.problems
    assert (problem.column, problem.code, problem.severity) == ("D", "emptied", "warning")
    assert problem.message == "“谈话地点”在表里空着，会清空台账里的“示例谈话室”"
    assert plan.sheets[0].emptied() == 1
    kept = office.importing.replan(plan, 0, Said(keep_filled=True))
    assert (kept.row(2).values.get("remarks"), "place" in kept.row(2).values, kept.emptied()) == ("乙", False, 0)
    office.importing.apply(plan)
    (talk,) = office.records.ids(View("integrity_talk"))
    stored = office.records.get(TALK, talk).values
    assert (stored["place"], stored["remarks"]) == ("示例谈话室", "乙")
    again = office.importing.plan(path, keep_filled=True)
    assert again.counts()["same"] == 1


def test_a_doubtful_row_that_is_this_record_leaves_alone_what_it_does_not_say(office: Office, tmp_path: Path) -> None:
    known = ["2025.3.5", "柳青", "日常谈话", "示例谈话室", "谈了节日期间的廉洁要求"]
    office.importing.apply(office.importing.plan(written(tmp_path / "一.xlsx", known)))
    near: list[str | None] = ["2025.3.6", "柳青", "日常谈话", None, "谈了节日期间的廉洁要求"]
    (sheet,) = office.importing.plan(written(tmp_path / "二.xlsx", near)).sheets
    row = sheet.row(2)
    assert row.outcome == "doubtful"
    taken = sheet.take(2, row.candidates[0])
    assert taken.outcome == "changed"
    assert "place" not in taken.values
    assert "start_at" in taken.values


def test_a_unit_among_the_people_who_are_responsible_is_asked_about_as_a_unit(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        ["责任主体", "责任内容", "完成时限"],
        ["局党组", "研究部署", "2026.6.30"],
        ["柳青", "抓落实", "2026.7.1"],
    ):
        book.active.append(row)
    book.save(tmp_path / "清单.xlsx")
    plan = office.importing.plan(tmp_path / "清单.xlsx")
    asked = {each.words: each.register for each in office.importing.questions(plan.sheets)}
    assert asked == {"局党组": "unit", "柳青": "person"}
    office.importing.answer(plan.sheets[0], {("unit", "局党组"): Answer(MAKE)})
    office.importing.apply(plan)
    subjects = [office.records.get(DUTY, each).values["subject"] for each in office.records.ids(View("duty_item"))]
    assert {(each.label, each.register) for each in subjects if isinstance(each, Ref) and each.linked} == {
        ("局党组", "unit")
    }


def test_a_name_that_was_stored_with_blanks_is_the_same_and_not_a_change(office: Office, tmp_path: Path) -> None:
    office.records.save(register("person"), {"name": "柳青"})
    with office.vault.act("save") as act:
        # As vaults hold it that were kept before names lost their blanks.
        act.execute("UPDATE person SET name = '柳 青'")
    office.exporting.export(tmp_path / "名册.xlsx", ["person"])
    assert office.importing.plan(tmp_path / "名册.xlsx").counts()["same"] == 1
