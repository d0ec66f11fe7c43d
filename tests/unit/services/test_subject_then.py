"""A subject's post, rank and party status of the day: filled from the roster, never over what was typed."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.month_only import MonthOnly
from paizhu.base.rows import Ref
from paizhu.services.office import Office

PERSON, TALK, LEAD, PETITION = (registers.register(key) for key in ("person", "integrity_talk", "lead", "petition"))


@pytest.fixture
def person(office: Office) -> int:
    """Somebody who was head of one office until 2024 and of another since."""
    posts = [
        {
            "unit": "示例一处",
            "post": "副处长",
            "rank_level": "乡科级",
            "held_from": "2020-01-01",
            "held_to": "2023-12-31",
        },
        {"unit": "示例二处", "post": "处长", "rank_level": "县处级", "held_from": "2024-01-01"},
    ]
    typed = {"name": "冯雅琴", "gender": "女", "political_status": "中共党员"}
    return office.records.save(PERSON, typed, rows={"post_history": posts}).records[0][1]


def talk(office: Office, **typed: Any) -> dict[str, Any]:
    given = {"subject": "冯雅琴", "planned_date": "2026-03-20", **typed}
    return dict(office.records.get(TALK, office.records.save(TALK, given).records[0][1]).values)


def test_the_post_of_the_day_is_taken_from_the_history(office: Office, person: int) -> None:
    now = talk(office)
    assert (now["subject_unit"], now["subject_post"], now["subject_rank"]) == ("示例二处", "处长", "division")
    assert now["subject_political"] == "member"
    then = talk(office, planned_date="2022-05-06")
    assert (then["subject_unit"], then["subject_post"]) == ("示例一处", "副处长")


def test_what_is_typed_stands(office: Office, person: int) -> None:
    assert talk(office, subject_post="主持工作的副处长")["subject_post"] == "主持工作的副处长"
    # Emptied later by hand it stays empty: only a new record is filled.
    record = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "2026-03-27"}).records[0][1]
    office.records.save(TALK, {"subject_post": ""}, record)
    assert office.records.get(TALK, record).values["subject_post"] is None


def test_a_step_takes_what_the_roster_tells_by_now_and_asks_for_the_rest(office: Office) -> None:
    told = {"kind": "例行廉政谈话", "reason": "年度例行", "outline": "示例提纲"}
    record = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "2026-03-27", **told}).records[0][1]
    known = {"name": "冯雅琴", "unit_now": "示例局", "post_now": "处长", "political_status": "群众"}
    person = office.records.save(PERSON, known).records[0][1]
    office.records.save(TALK, {"subject": {"label": "冯雅琴", "register": "person", "id": person}}, record)
    office.records.save(TALK, {"subject_post": ""}, record)
    assert TALK.flow is not None
    step = TALK.flow.step("planned", "submitted")
    assert step is not None
    assert [each.field for each in office.records.objections(TALK, record, step)] == ["subject_rank"]
    with pytest.raises(StepRefusedError, match="“对象职级”还没有填写"):
        office.records.advance(TALK, record, "submitted")
    assert office.records.get(TALK, record).values["subject_post"] is None
    office.records.save(PERSON, {"rank_now": "县处级"}, person)
    office.records.advance(TALK, record, "submitted")
    now = office.records.get(TALK, record).values
    assert (now["subject_post"], now["subject_rank"]) == ("处长", "division")


def test_a_talk_from_an_old_ledger_is_filed_with_what_the_roster_tells(office: Office) -> None:
    told = {"kind": "例行廉政谈话", "reason": "年度例行", "follow_up": "无", "no_signed_page": "旧档只有纸质件"}
    record = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "2026-03-12", **told}).records[0][1]
    known = {"unit_now": "示例局", "post_now": "处长", "rank_now": "县处级", "political_status": "群众"}
    person = office.records.save(PERSON, {"name": "冯雅琴", **known}).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(TALK, record, None, {"state": "recorded", "subject": Ref("冯雅琴", "person", person)})
    office.records.advance(TALK, record, "archived")
    now = office.records.get(TALK, record).values
    assert (now["subject_post"], now["subject_political"]) == ("处长", "masses")


def test_another_subject_brings_his_own_post(office: Office, person: int) -> None:
    record = office.records.save(TALK, {"subject": "冯雅琴", "planned_date": "2026-03-27"}).records[0][1]
    other = office.records.save(PERSON, {"name": "曹志刚", "post_now": "副主任"}).records[0][1]
    office.records.save(TALK, {"subject": {"label": "曹志刚", "register": "person", "id": other}}, record)
    row = office.records.get(TALK, record)
    assert (row.values["subject_post"], row.values["subject_rank"]) == ("副主任", None)


def test_a_name_found_in_the_roster_later_brings_only_what_nobody_wrote(office: Office) -> None:
    given = {"subject": "冯雅琴", "planned_date": "2026-03-27", "subject_post": "主持工作的副处长"}
    record = office.records.save(TALK, given).records[0][1]
    known = {"name": "冯雅琴", "post_now": "处长", "rank_now": "县处级", "political_status": "群众"}
    person = office.records.save(PERSON, known).records[0][1]
    office.records.save(TALK, {"subject": {"label": "冯雅琴", "register": "person", "id": person}}, record)
    now = office.records.get(TALK, record).values
    assert (now["subject_post"], now["subject_rank"], now["subject_political"]) == (
        "主持工作的副处长",
        "division",
        "masses",
    )


@pytest.mark.parametrize(
    ("typed", "sits"),
    [
        ({"is_npc": "市人大代表"}, True),
        ({"is_npc": "无", "is_cppcc": "县政协委员"}, True),
        ({"is_npc": "无", "is_cppcc": "否"}, False),
        ({"is_npc": "无"}, None),
        ({}, None),
    ],
)
def test_a_lead_knows_a_delegate_by_the_roster(office: Office, typed: dict[str, Any], sits: bool | None) -> None:
    office.records.save(PERSON, {"name": "冯雅琴", **typed})
    given = {"subject": "冯雅琴", "received_at": "2026-03-02", "summary": "反映示例问题"}
    record = office.records.save(LEAD, given).records[0][1]
    assert office.records.get(LEAD, record).values["is_npc_cppcc"] is sits


def test_a_letter_tells_what_those_reported_on_were(office: Office, person: int) -> None:
    given = {"received_at": "2026-03-02", "summary": "反映示例问题", "reported_names": "冯雅琴、马某样"}
    record = office.records.save(PETITION, given).records[0][1]
    assert office.records.get(PETITION, record).values["reported_post"] == "示例二处处长"
    office.records.save(PETITION, {"reported_post": "示例二处"}, record)
    office.records.save(PETITION, {"summary": "反映示例问题两件"}, record)
    assert office.records.get(PETITION, record).values["reported_post"] == "示例二处"


def test_whoever_is_described_in_a_row_is_not_typed_again(office: Office) -> None:
    rows = {
        "reported": [{"person": "马某样", "unit": "示例一处", "post": "科长", "rank": "乡科级"}, {"person": "程某样"}]
    }
    given = {"received_at": "2026-03-02", "summary": "反映示例问题"}
    values = office.records.get(PETITION, office.records.save(PETITION, given, rows=rows).records[0][1]).values
    assert [ref.label for ref in values["reported_names"]] == ["马某样", "程某样"]  # type: ignore[union-attr]  # refs
    assert values["reported_post"] == "示例一处科长"


def test_a_lead_takes_the_person_as_he_is_and_a_name_out_of_the_roster_takes_nothing(
    office: Office, person: int
) -> None:
    given = {"subject": "冯雅琴", "received_at": "2026-03-02", "summary": "反映示例问题"}
    row = office.records.get(LEAD, office.records.save(LEAD, given).records[0][1])
    assert (row.values["subject_gender"], row.values["subject_post"]) == ("female", "处长")
    unknown = office.records.save(LEAD, {**given, "subject": "马某样"}).records[0][1]
    values = office.records.get(LEAD, unknown).values
    assert values["subject"] == Ref("马某样")
    assert values["subject_post"] is None


def test_the_month_of_the_present_post_says_since_when_it_counts_and_stays_a_month(office: Office) -> None:
    office.records.save(PERSON, {"name": "孙立新", "post_now": "副局长", "post_since": "2024-05"})
    given = {"subject": "孙立新", "summary": "反映示例问题"}
    found = []
    for day in ("2024-05-20", "2024-04-30"):
        made = office.records.save(LEAD, {**given, "received_at": day}).records[0][1]
        values = office.records.get(LEAD, made).values
        found.append((values["subject_post"], values["in_post_since"]))
    assert found == [("副局长", MonthOnly(2024, 5, 1)), (None, None)]


@pytest.mark.parametrize(
    ("typed", "is_top", "is_discipline"),
    [
        ({"post_now": "副局长"}, False, False),
        ({"post_now": "党组书记、局长"}, True, False),
        ({"post_now": "纪委副书记"}, False, True),
        ({"post_now": "科员", "unit_now": "示例纪检监察组"}, None, True),
        # Whether the head of an office leads the unit only the officer can say.
        ({"post_now": "主任"}, None, False),
        ({"post_now": "主任", "top_now": "是", "team_now": "是"}, True, False),
        ({}, None, None),
    ],
)
def test_what_the_post_says_of_a_subject_is_not_left_to_be_typed(
    office: Office, typed: dict[str, Any], is_top: bool | None, is_discipline: bool | None
) -> None:
    office.records.save(PERSON, {"name": "孙立新", "post_since": "2024-05" if typed else "", **typed})
    given = {"subject": "孙立新", "received_at": "2026-03-02", "summary": "反映示例问题"}
    values = office.records.get(LEAD, office.records.save(LEAD, given).records[0][1]).values
    assert (values["is_top"], values["is_discipline"]) == (is_top, is_discipline)
    if is_top is False:
        contrary = office.records.save(LEAD, {**given, "is_top": "是"}).records[0][1]
        assert office.records.get(LEAD, contrary).values["is_top"] is True


def test_a_post_left_in_a_month_was_held_to_its_end(office: Office) -> None:
    posts = [
        {"unit": "示例一处", "post": "副处长", "held_from": "2020-01", "held_to": "2023-06"},
        {"unit": "示例二处", "post": "处长", "held_from": "2023-07"},
    ]
    office.records.save(PERSON, {"name": "冯雅琴"}, rows={"post_history": posts})
    assert talk(office, planned_date="2023-06-20")["subject_post"] == "副处长"
    assert talk(office, planned_date="2023-07-03")["subject_post"] == "处长"
