"""Names a ledger brings and the roster does not know: asked once, answered for every row, taken back by one undo."""

from pathlib import Path

from openpyxl import Workbook

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services import preparing
from paizhu.services.importing.ledgers import Plan
from paizhu.services.importing.questions import IS, MAKE, WORDS, Answer, Question
from paizhu.services.office import Office
from tests.ledgers import ledger

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")
UNIT, FINDING = registers.register("unit"), registers.register("finding")
ROWS: list[list[object]] = [
    [1, "2025.3.6", "孙立新", "副局长", "提醒", "陈守正", "甲", None],
    [2, "2025.3.7", "邵永勇", "处长", "日常", "陈守正", "乙", None],
    [3, "2025.4.2", "孙 立新", "科长", "日常", "陈守正、李记", "丙", None],
]


def planned(office: Office, tmp_path: Path) -> Plan:
    return office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS))


def asked(office: Office, plan: Plan) -> dict[str, Question]:
    return {each.words: each for each in office.importing.questions(plan.sheets) if each.register == "person"}


def test_each_unknown_name_is_asked_once_with_its_rows(office: Office, tmp_path: Path) -> None:
    office.records.save(PERSON, {"name": "邵 勇"})
    found = asked(office, planned(office, tmp_path))
    assert found["孙立新"].rows == 2
    assert found["陈守正"].rows == 2
    assert "陈守正、李记" not in found
    assert [label for _id, label in found["邵永勇"].candidates] == ["邵勇"]
    assert "邵 勇" not in found


def test_a_unit_written_nearly_as_in_the_roster_is_asked_about_first_and_never_linked_unasked(
    office: Office, tmp_path: Path
) -> None:
    known = office.records.save(UNIT, {"name": "示例市示例局"}).records[0][1]
    path = tmp_path / "问题.xlsx"
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    head = [FINDING.label_of(name) for name in ("problem", "duty_unit", "found_at")]
    units = ["示例中心", "示例中心", "示例局"]
    for cells in (head, *([f"示例问题{at}", unit, f"2026-03-0{at + 1}"] for at, unit in enumerate(units))):
        sheet.append(cells)
    made.save(path)
    plan = office.importing.plan(path, FINDING.key)
    (planned_sheet,) = plan.sheets
    asked_about = [each for each in office.importing.questions(plan.sheets) if each.register == UNIT.key]
    assert [(each.words, each.alike, each.candidates) for each in asked_about] == [
        ("示例局", True, ((known, "示例市示例局"),)),
        ("示例中心", False, ()),
    ]
    (problem,) = (each for each in planned_sheet.row(4).problems if each.code == "unknown_name")
    assert problem.message == "名册里没有，是不是“示例市示例局”？先按原文保存"
    assert planned_sheet.row(4).values["duty_unit"] == Ref("示例局")
    office.importing.answer(planned_sheet, {asked_about[0].key: Answer(IS, known)})
    assert planned_sheet.row(4).values["duty_unit"] == Ref("示例市示例局", UNIT.key, known)


def test_a_name_made_new_is_one_record_linked_from_every_row_and_one_undo_takes_all_back(
    office: Office, tmp_path: Path
) -> None:
    plan = planned(office, tmp_path)
    found = asked(office, plan)
    office.importing.answer(plan.sheets[0], {found["孙立新"].key: Answer(MAKE)})
    assert office.records.count(View("person")) == 0
    applied = office.importing.apply(plan)
    (made,) = applied.made.values()
    assert office.records.get(PERSON, made).values["name"] == "孙立新"
    for row in (4, 6):
        subject = office.records.get(TALK, applied.ids["谈话台账", row]).values["subject"]
        assert isinstance(subject, Ref)
        assert (subject.register, subject.id) == ("person", made)
    other = office.records.get(TALK, applied.ids["谈话台账", 5]).values["subject"]
    assert other == Ref("邵永勇")
    office.importing.undo(applied.batch)
    assert (office.records.count(View("person")), office.records.count(View("integrity_talk"))) == (0, 0)


def test_a_name_that_is_somebody_of_the_roster_is_linked_in_the_plan(office: Office, tmp_path: Path) -> None:
    office.records.save(PERSON, {"name": "邵 勇"})
    (known,) = office.records.ids(View("person"))
    plan = planned(office, tmp_path)
    (sheet,) = plan.sheets
    key = asked(office, plan)["邵永勇"].key
    assert office.importing.answer(sheet, {key: Answer(IS, known)}) == [5]
    assert sheet.row(5).values["subject"] == Ref("邵勇", "person", known)
    assert not [each for each in sheet.row(5).problems if (each.column, each.code) == ("C", "unknown_name")]
    assert "邵永勇" in asked(office, plan)
    office.importing.answer(sheet, {key: Answer(WORDS)})
    assert sheet.row(5).values["subject"] == Ref("邵永勇")


def test_two_of_one_name_are_asked_first_and_told_apart_by_their_unit(office: Office, tmp_path: Path) -> None:
    for unit in ("办公室", "财务科"):
        office.records.save(PERSON, {"name": "孙立新", "unit_now": unit})
    plan = planned(office, tmp_path)
    first = office.importing.questions(plan.sheets)[0]
    assert (first.words, first.same_name) == ("孙立新", True)
    assert [label for _id, label in first.candidates] == ["孙立新（办公室）", "孙立新（财务科）"]
    assert not any(isinstance(ref := row.values["subject"], Ref) and ref.linked for row in plan.sheets[0].rows())
    office.importing.answer(plan.sheets[0], {first.key: Answer(IS, first.candidates[1][0])})
    applied = office.importing.apply(plan)
    subject = office.records.get(TALK, applied.ids["谈话台账", 4]).values["subject"]
    assert isinstance(subject, Ref)
    assert subject.id == first.candidates[1][0]


def test_nothing_is_made_for_rows_that_wait(office: Office, tmp_path: Path) -> None:
    rows: list[list[object]] = [[1, "2025.2.30", "孙立新", "副局长", "提醒", "陈守正", "甲", None]]
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx", rows))
    answers = {each.key: Answer(MAKE) for each in office.importing.questions(plan.sheets)}
    office.importing.answer(plan.sheets[0], answers)
    assert office.importing.apply(plan).made == {}


def test_a_name_is_enough_for_each_register_that_is_asked_about() -> None:
    for key in ("person", "unit", "supplier"):
        assert not preparing.objections(registers.register(key), {"name": "某"})


def named(path: Path, rows: list[list[object]]) -> Path:
    made = Workbook()
    assert made.active is not None
    made.active.append(["谈话时间", "谈话对象", "单位"])
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_of_two_of_one_name_the_unit_in_the_row_tells_which_is_meant(office: Office, tmp_path: Path) -> None:
    """One answer for the name would enter a warning to the one in the file of the other."""
    office.records.save(UNIT, {"name": "示例市规划处", "short_name": "规划处"})
    office.records.save(PERSON, {"name": "孙立新", "unit_now": "规划处"})
    rows_below = {"post_history": [{"unit": "老干部处", "post": "科长"}]}
    office.records.save(PERSON, {"name": "孙立新", "unit_now": "财务科"}, rows=rows_below)
    rows: list[list[object]] = [
        ["2025.3.6", "孙立新", "规划处"],
        ["2025.3.7", "孙立新", "老干部处"],
        ["2025.3.8", "孙立新", "外单位"],
    ]
    plan = office.importing.plan(named(tmp_path / "谈话.xlsx", rows), "integrity_talk")
    (sheet,) = plan.sheets
    first, second = sorted(office.records.ids(View("person")))
    told = [sheet.row(number).values["subject"] for number in (2, 3, 4)]
    assert told == [Ref("孙立新", "person", first), Ref("孙立新", "person", second), Ref("孙立新")]
    (words,) = [each.message for each in sheet.row(2).problems if each.code == "namesake"]
    assert words == "名册里有几个“孙立新”，按这一行的单位关联到孙立新（示例市规划处），请核对"
    (question,) = [each for each in office.importing.questions(plan.sheets) if each.register == "person"]
    assert (question.words, question.rows, question.first) == ("孙立新", 1, 4)
    # What is answered for the row that does not tell changes none of those that do.
    assert office.importing.answer(sheet, {question.key: Answer(IS, first)}) == [4]
    sheet.reconsider(3)
    assert sheet.row(3).values["subject"] == Ref("孙立新", "person", second)
    (question,) = [each for each in office.importing.questions(plan.sheets) if each.register == "person"]
    assert question.rows == 1


def test_the_short_names_a_roster_brings_are_not_asked_for_in_the_same_files(office: Office, tmp_path: Path) -> None:
    made = Workbook()
    units, people = made.active, made.create_sheet("花名册")
    assert units is not None
    units.title = "单位"
    for line in (["单位全称", "简称", "单位性质"], ["示例市储备中心", "储备中心", "直属事业单位"]):
        units.append(line)
    for line in (["姓名", "单位", "职级", "性别"], ["示例甲", "储备中心", "乡科级副职", "男"]):
        people.append(line)
    made.save(tmp_path / "名册.xlsx")
    plan = office.importing.plan(tmp_path / "名册.xlsx")
    assert [each.words for each in office.importing.questions(plan.sheets)] == []
    applied = office.importing.apply(plan)
    row = office.records.get(PERSON, applied.ids["花名册", 2])
    unit = row.values["unit_now"]
    assert isinstance(unit, Ref)
    assert (unit.label, unit.linked, row.values["rank_now"]) == ("示例市储备中心", True, "section")
