"""Sentences as officers write them, read over a real roster: what is plain is taken, the rest is said."""

from __future__ import annotations

from datetime import datetime

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref
from paizhu.services.office import Office

PERSON, UNIT, TALK = (registers.register(key) for key in ("person", "unit", "integrity_talk"))


@pytest.fixture
def roster(office: Office) -> Office:
    """Two persons, one name twice, and one unit."""
    for name in ("孙立新", "王小波", "李例", "李例"):
        office.records.save(PERSON, {"name": name})
    office.records.save(UNIT, {"name": "示例局办公室", "short_name": "办公室"})
    return office


def test_the_sentence_of_the_line_is_a_talk_with_day_person_and_kind(roster: Office) -> None:
    read = roster.quick.understand("9月25日 与孙立新 日常廉政谈话")
    assert read.register == "integrity_talk"
    assert read.values == {"planned_date": "2026-09-25", "subject": "孙立新", "kind": "routine"}
    assert read.words == "日常廉政谈话 · 孙立新 · 09-25 周五"
    assert read.unclear == ()


@pytest.mark.parametrize(
    ("sentence", "doubt"),
    [
        ("收到举报信 反映王某某 违规接受宴请", "“王某某”不在名册里"),
        ("4月10日前 督促 后勤处 整改 食堂采购台账不全", "“后勤处”不在名册里"),
        ("3月18日 张三来访反映办公室吃拿卡要", "日期还没有到"),
        ("张三反映办公室吃拿卡要 来访", "“张三”像是反映人：摘要里不写反映人，请改写，保存后登记在“反映人”里"),
        ("明天上午局长办公会", "没有写明几点"),
    ],
)
def test_what_is_not_plain_in_a_sentence_is_said(roster: Office, sentence: str, doubt: str) -> None:
    assert doubt in roster.quick.understand(sentence).unclear


def test_a_person_reported_on_is_not_taken_for_who_reports(roster: Office) -> None:
    read = roster.quick.understand("收到举报信 反映孙立新违规报销")
    assert read.unclear == ()
    assert "今天" in read.words


@pytest.mark.parametrize(
    ("sentence", "register", "values"),
    [
        ("与孙立新任前谈话，明天", "integrity_talk", {"kind": "pre_appointment", "planned_date": "2026-03-17"}),
        ("九月二十五日对王小波诫勉谈话", "integrity_talk", {"kind": "admonition", "subject": "王小波"}),
        ("3个工作日后 找王小波 提醒谈话", "integrity_talk", {"kind": "reminder", "planned_date": "2026-03-19"}),
        ("3月18日9:30 局党组会", "meeting", {"held_at": "2026-03-18 09:30", "name": "局党组会", "kind": "party_group"}),
        ("3月20日 议题：运维服务采购35.5万元", "review_item", {"title": "运维服务采购35.5万元"}),
        ("3月12日来信反映孙立新违规报销", "petition", {"channel": "letter", "summary": "反映孙立新违规报销"}),
        ("3月10日 线索 反映王小波公款吃喝", "lead", {"subject": "王小波", "summary": "反映王小波公款吃喝"}),
        (
            "明天下午 约谈李某某",
            "integrity_talk",
            {"kind": "summons", "subject": "李某某", "planned_date": "2026-03-17", "reason_note": "下午"},
        ),
        ("给孙立新做任前谈话 3月20日", "integrity_talk", {"subject": "孙立新", "reason_note": None}),
        ("年底前和孙立新谈一次话", "integrity_talk", {"subject": "孙立新", "planned_date": "2026-12-31"}),
        (
            "收到举报信 反映王某某 违规接受宴请",
            "petition",
            {
                "channel": "letter",
                "reported_names": "王某某",
                "received_at": "2026-03-16",
                "summary": "反映王某某 违规接受宴请",
            },
        ),
        ("收到匿名信，反映孙立新公车私用", "petition", {"named": "anonymous", "channel": "letter"}),
        (
            "收到派出机关转来举报信，反映孙立新收礼",
            "petition",
            {"origin": "commission", "summary": "收到派出机关转来举报信，反映孙立新收礼"},
        ),
        (
            "4月10日前 督促 后勤处 整改 食堂采购台账不全",
            "finding",
            {"duty_unit": "后勤处", "due": "2026-04-10", "problem": "食堂采购台账不全"},
        ),
        ("督促办公室4月15日前报整改情况", "finding", {"duty_unit": "办公室", "problem": "报整改情况"}),
        ("五个工作日内 催办办公室 整改回复", "finding", {"due": "2026-03-23", "problem": "整改回复"}),
        (
            "4月30日前 督促办公室完成一岗双责责任书签订",
            "duty_item",
            {"duty_kind": "dual", "content": "完成一岗双责责任书签订"},
        ),
        ("检查发现3-5处问题", "finding", {"problem": "3-5处问题", "due": None}),
        ("检查发现 办公室公车台账缺页，3月27日前整改", "finding", {"duty_unit": "办公室", "due": "2026-03-27"}),
        ("任务 3月30日前 办公室报送一季度总结", "duty_item", {"subject": "办公室", "content": "报送一季度总结"}),
    ],
)
def test_words_tell_the_register_and_its_parts(
    roster: Office, sentence: str, register: str, values: dict[str, str | None]
) -> None:
    read = roster.quick.understand(sentence)
    assert read.register == register
    assert {name: read.values.get(name) for name in values} == values


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("每月25日前报送月报", {"frequency": "monthly", "due_date": "2026-03-25", "content": "报送月报"}),
        ("每月10日 报送监督情况", {"frequency": "monthly", "due_date": "2026-04-10"}),
        ("每季度报送四种形态统计表", {"frequency": "quarterly", "due_date": "2026-03-31"}),
        ("每半年研究党风廉政建设", {"frequency": "half_yearly", "due_date": "2026-06-30"}),
        ("每年 4月30日前 案卷归档", {"frequency": "yearly", "due_date": "2026-04-30", "content": "案卷归档"}),
        ("办公室每月报送台账", {"frequency": "monthly", "subject": "办公室"}),
    ],
)
def test_how_often_makes_a_duty_that_goes_on_by_itself(roster: Office, sentence: str, values: dict[str, str]) -> None:
    read = roster.quick.understand(sentence)
    assert read.register == "duty_item"
    assert {name: read.values.get(name) for name in values} == values
    assert read.words.count("周") == 1, "one day is shown"
    if "subject" not in values:
        assert read.values["subject"] == "驻某市示例局纪检监察组"
    record = roster.quick.save(read).records[0][1]
    assert roster.records.get(registers.register("duty_item"), record).values["repeats"] is True


def test_a_name_outside_the_roster_is_taken_and_marked(roster: Office) -> None:
    read = roster.quick.understand("3月25日对欧阳例进行诫勉谈话")
    assert read.values["subject"] == "欧阳例"
    assert read.unclear == ("“欧阳例”不在名册里",)


def test_two_persons_of_one_name_are_never_guessed(roster: Office) -> None:
    read = roster.quick.understand("3月25日 与李例 例行廉政谈话")
    assert read.unclear == ("名册里有 2 个“李例”，没有关联",)
    change = roster.quick.save(read)
    assert roster.records.get(TALK, change.records[0][1]).values["subject"] == Ref("李例")


def test_a_day_long_past_that_is_planned_is_the_one_of_next_year(roster: Office) -> None:
    with clock.clock_at(datetime(2026, 11, 20, 9, 0)):
        read, met, letter, written = (
            roster.quick.understand(words)
            for words in (
                "1月30日 与孙立新 日常谈话",
                "1月28日 9:30 局党组会",
                "1月30日 收到举报信 反映示例处报销问题",
                "2026年1月30日 与孙立新 日常谈话",
            )
        )
    assert (read.values["planned_date"], "2027-01-30 周六" in read.words) == ("2027-01-30", True)
    assert "没有写年份，按明年的 2027-01-30 记；如指今年请写 2026.1.30" in read.unclear
    assert (met.register, met.values["held_at"]) == ("meeting", "2027-01-28 09:30")
    # What came in lies behind, however long ago; a year that is written stands.
    assert (letter.register, letter.values["received_at"]) == ("petition", "2026-01-30")
    assert (written.values["planned_date"], "日期已经过去" in written.unclear) == ("2026-01-30", True)


def test_a_day_still_far_ahead_that_tells_what_was_is_the_one_of_last_year(roster: Office) -> None:
    with clock.clock_at(datetime(2027, 1, 5, 9, 0)):
        letter, near = (
            roster.quick.understand(f"{day} 收到举报信 反映示例处报销问题") for day in ("12月28日", "1月9日")
        )
    assert (letter.register, letter.values["received_at"]) == ("petition", "2026-12-28")
    assert "没有写年份，今年的还没有到，按去年的 2026-12-28 记" in letter.unclear
    assert near.values["received_at"] == "2027-01-09"
    assert {"日期还没有到", "如指去年请写 2026.1.9"} <= set(near.unclear)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("与孙立新谈话", "没有写明谈话类型"),
        ("与孙立新谈话", "没有写明计划日期"),
        ("3月2日 与孙立新 日常谈话", "按 2026-03-02 记，已过去；如指明年请写 2027.3.2"),
        ("2026年3月2日 与孙立新 日常谈话", "日期已经过去"),
        ("昨天 与孙立新 日常谈话", "日期已经过去"),
        ("2月30日 与孙立新 日常谈话", "没有“2月30日”这一天，请改日期，例如 2026-03-05"),
        ("3月25日 与孙立新、王小波 日常谈话", "还提到“王小波”，没有登记为对象"),
        ("3月25日或3月26日 与孙立新 日常谈话", "有几个日期，用了“3月25日”，没有用“3月26日”"),
        ("3月25日 与孙立新 日常廉政谈话 信访", "也提到“信访”（信访举报）"),
    ],
)
def test_what_is_not_plain_is_said(roster: Office, sentence: str, said: str) -> None:
    assert said in roster.quick.understand(sentence).unclear


@pytest.mark.parametrize("sentence", ["到示例科室看了看", "信访和线索", "看到3-5处不足", "  "])
def test_without_words_of_one_register_it_asks(roster: Office, sentence: str) -> None:
    read = roster.quick.understand(sentence)
    assert read.register is None
    assert read.values == {}


def test_the_register_an_officer_chose_is_taken(roster: Office) -> None:
    read = roster.quick.understand("3月30日 办公室 报送总结", "duty_item")
    assert read.values == {"due_date": "2026-03-30", "subject": "办公室", "content": "报送总结"}


def test_an_amount_or_a_number_of_things_is_no_day(roster: Office) -> None:
    read = roster.quick.understand("议题 采购预算3.5万元 占比5-10%")
    assert "planned_meeting_at" not in read.values
    assert read.values["title"] == "采购预算3.5万元 占比5-10%"


def test_saving_links_the_person_and_gives_one_act_to_undo(roster: Office) -> None:
    change = roster.quick.save(roster.quick.understand("9月25日 与孙立新 日常廉政谈话"))
    row = roster.records.get(TALK, change.records[0][1])
    subject = row.values["subject"]
    assert isinstance(subject, Ref)
    assert subject.linked
    roster.history.undo(change.entry)
    assert roster.records.get(TALK, row.id).voided


def test_saving_without_what_is_needed_is_refused_in_words(roster: Office) -> None:
    with pytest.raises(InvalidRecordError, match="计划日期"):
        roster.quick.save(roster.quick.understand("与孙立新日常谈话"))


def test_somebody_new_in_the_roster_is_known_after_refreshing(roster: Office) -> None:
    sentence = "3月25日 与郭小示 日常谈话"
    assert roster.quick.understand(sentence).unclear
    roster.records.save(PERSON, {"name": "郭小示"})
    roster.quick.refresh()
    assert roster.quick.understand(sentence).unclear == ()


def test_every_register_names_fields_it_has(office: Office) -> None:
    for kind in office.quick.kinds:
        for name in filter(None, (kind.day, kind.text, kind.person, kind.unit, kind.kind)):
            assert kind.register.has(name), (kind.key, name)
