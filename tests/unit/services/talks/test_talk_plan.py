"""Which talks the rules ask for: counted from the records, on working days, planned in one act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Ref
from paizhu.base.stored import ref_words
from paizhu.base.view import View
from paizhu.rules.talk_table import TalkDataError, load, shipped
from paizhu.services.linking import link
from paizhu.services.office import Office
from paizhu.services.talks import book
from paizhu.services.talks.plan import HOLIDAY, NEW_POST, YEARLY, TalkPlan, spread
from paizhu.services.talks.rules import TalkRules
from tests.typed import WHOLE, registered

TALK = registers.register("integrity_talk")


def person(office: Office, name: str, team: str = "是", **more: str) -> int:
    typed = {"name": name, "team_now": team, "status": "在职", "post_now": "副局长", **more}
    return office.records.save(registers.register("person"), typed).records[0][1]


def talk(office: Office, name: str, day: str, *, held: bool = True, **more: str) -> int:
    typed = {"subject": name, "planned_date": day, "kind": "日常", **({"start_at": f"{day} 9:00"} if held else {})}
    made = office.records.save(TALK, {**WHOLE["integrity_talk"], **typed, **more}).records[0][1]
    return registered(office, made) if held else made


def by_rule(office: Office, rule: str) -> list[tuple[str, date]]:
    return [
        (str(each.person.values["name"]), each.day) for each in TalkPlan(office.desk).proposals() if each.rule == rule
    ]


def test_held_planned_and_lacking_talks_of_the_team_are_counted_by_the_rule(office: Office) -> None:
    for name in ("罗卫东", "秦晓芸", "孙立新"):
        person(office, name)
    person(office, "普通干部", team="否")
    talk(office, "罗卫东", "2026-02-03")
    talk(office, "罗卫东", "2026-02-20")
    talk(office, "秦晓芸", "2025-12-03")
    talk(office, "秦晓芸", "2026-04-10", held=False)
    TalkRules(office.desk).set_count(YEARLY, 2, "本组谈话计划")
    team = {each.name: each for each in TalkPlan(office.desk).team()}
    assert {name: (len(each.held), len(each.planned), each.lacking, each.unplanned) for name, each in team.items()} == {
        "罗卫东": (2, 0, 0, 0),
        "秦晓芸": (0, 1, 2, 1),
        "孙立新": (0, 0, 2, 2),
    }
    assert [name for name, _ in by_rule(office, YEARLY)] == ["秦晓芸", "孙立新", "孙立新"]


def test_a_bare_name_two_of_the_roster_have_counts_for_neither_until_it_is_said_which(office: Office) -> None:
    held, planned = talk(office, "罗卫东", "2026-02-03"), talk(office, "罗卫东", "2026-04-10", held=False)
    meant = person(office, "罗卫东")
    plan = TalkPlan(office.desk)
    assert [(len(each.held), len(each.planned), each.doubt) for each in plan.team()] == [(1, 1, "")]
    person(office, "罗卫东 ", team="否", post_now="科员", status="退休")
    (member,) = plan.team()
    assert (member.held, member.planned, member.lacking, member.unplanned) == ((), (), 1, 1)
    assert [each.id for each in member.doubtful] == [held, planned]
    (proposal,) = plan.missing()
    assert proposal.why.endswith("今年已谈 0 次，另有 2 次只写了姓名，名册里有同名的，指明是哪一位才计入")
    link(office.vault, TALK, held, "subject", "person", meant)
    (member,) = plan.team()
    assert ([each.id for each in member.held], member.lacking) == ([held], 0)
    assert [each.id for each in member.doubtful] == [planned]


def test_names_are_compared_once_and_new_talks_are_counted_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(office, "罗卫东")
    talk(office, "罗卫东", "2026-02-03")
    talk(office, "示例外人", "2026-02-04")
    plan = TalkPlan(office.desk)
    assert [len(each.held) for each in plan.team()] == [1]
    compared: list[str] = []

    def noted(stored: str) -> str:
        compared.append(stored)
        return ref_words(stored)

    monkeypatch.setattr(book, "ref_words", noted)
    talk(office, "罗卫东", "2026-02-20")
    assert [len(each.held) for each in plan.team()] == [2]
    assert not compared
    talk(office, "又一示例", "2026-02-21")
    plan.team()
    assert len(compared) == 1


def test_a_lead_talk_never_counts_towards_coverage(office: Office) -> None:
    person(office, "罗卫东")
    talk(office, "罗卫东", "2026-02-03", kind="谈话提醒", lead_ref="线〔2026〕0001")
    talk(office, "罗卫东", "2026-02-04", kind="诫勉")
    talk(office, "罗卫东", "2026-02-05", lead_ref="线〔2026〕0001")
    assert [each.lacking for each in TalkPlan(office.desk).team()] == [1]


def test_missing_talks_are_planned_on_working_days_in_one_act_and_taken_back_in_one(office: Office) -> None:
    for name in ("罗卫东", "秦晓芸", "孙立新"):
        person(office, name, rank_now="县处级")
    plan = TalkPlan(office.desk)
    change = plan.create(plan.missing())
    rows = office.records.window(View(TALK.key), 0, 10)
    assert len(rows) == 3 == len(change.records)
    days = [row.values["planned_date"] for row in rows]
    assert all(isinstance(day, date) and office.desk.calendar.is_working(day) and day.year == 2026 for day in days)
    assert len(set(days)) == 3
    first = rows[0]
    assert (first.state, first.values["subject_post"], first.values["reason"]) == ("planned", "副局长", "yearly")
    assert isinstance(first.values["subject"], Ref)
    assert first.values["subject"].linked
    points = office.records.rows(TALK, first.id)["point"]
    assert [row.values["words"] for row in points] == list(shipped().kinds["routine"].points)
    assert plan.missing() == []
    office.history.undo(change.entry)
    assert office.records.count(View(TALK.key)) == 0


def test_nothing_to_plan_is_refused_in_words(office: Office) -> None:
    with pytest.raises(NotAllowedError, match="没有要安排的谈话"):
        TalkPlan(office.desk).create([])


def test_a_new_post_asks_for_its_talk_within_the_days_of_the_rule(office: Office) -> None:
    person(office, "新任甲", team="否", post_since="2026-03")
    person(office, "新任乙", team="否", post_since="2026-03")
    talk(office, "新任乙", "2026-03-05", kind="任前")
    person(office, "早任丙", team="否", post_since="2019-03")
    late = person(office, "逾期丁", team="否", post_since="2025-11")
    assert by_rule(office, NEW_POST) == [("逾期丁", date(2026, 3, 17)), ("新任甲", date(2026, 3, 31))]
    told = next(each for each in TalkPlan(office.desk).proposals() if each.person.id == late)
    assert not told.ticked
    assert "已经过了" in told.why


def test_a_dated_change_of_post_goes_before_the_month_of_the_roster(office: Office) -> None:
    rows = {"post_history": [{"post": "科长", "held_from": "2026-03-10"}, {"post": "科员", "held_from": "2020-01-02"}]}
    office.records.save(registers.register("person"), {"name": "新任戊", "status": "在职"}, rows=rows)
    # 30 days after 10 March is Thursday, 9 April.
    assert by_rule(office, NEW_POST) == [("新任戊", date(2026, 4, 9))]


def test_a_holiday_is_reminded_of_so_many_working_days_before(office: Office) -> None:
    person(office, "罗卫东")
    found = by_rule(office, HOLIDAY)
    # 清明 2026 is off from 4 April, a Saturday; five working days before it is Monday, 30 March.
    assert found[0] == ("罗卫东", date(2026, 3, 30))
    assert len(found) == 5
    talk(office, "罗卫东", "2026-03-25", kind="节前提醒", held=False)
    assert len(by_rule(office, HOLIDAY)) == 4
    TalkRules(office.desk).set_count(HOLIDAY, 10, "本组惯例")
    assert by_rule(office, HOLIDAY)[0][1] == date(2026, 4, 17)


def test_days_are_spread_over_the_year_and_taken_ones_left_free() -> None:
    days = [date(2026, 3, day) for day in range(2, 12)]
    assert spread(days, 2) == [days[2], days[7]]
    assert spread(days, 2, [days[2]]) == [days[3], days[7]]
    assert spread(days[:1], 3) == [days[0]] * 3
    assert spread(days, 0) == []


def test_two_talkers_are_asked_for_where_the_rule_of_the_kind_says_so(office: Office) -> None:
    alone = {"start_at": "2026-03-05 9:00", "place": "谈话室", "talker": "陈守正", "record": "要点"}
    one = talk(office, "罗卫东", "2026-03-05", held=False)
    step = TALK.flow and TALK.flow.step("planned", "held")
    assert step
    refused = office.records.objections(TALK, one, step, alone)
    assert [problem.code for problem in refused] == ["guard"]
    assert "两人以上" in refused[0].message
    two = {**alone, "recorder": "蒋薇"}
    assert [problem.field for problem in office.records.objections(TALK, one, step, two)] == ["companion_unit"]
    assert office.records.objections(TALK, one, step, {**two, "companion_unit": "示例派出机关"}) == []
    collective = talk(office, "罗卫东", "2026-03-06", held=False, kind="集体")
    assert [each.field for each in office.records.objections(TALK, collective, step, alone)] == ["headcount"]
    alone["headcount"] = "26"
    assert office.records.objections(TALK, collective, step, alone) == []
    TalkRules(office.desk).set_kind("collective", "上级要求", {"two_talkers": True})
    assert office.records.objections(TALK, collective, step, alone) != []
    TalkRules(office.desk).put_back("kind", "collective")
    assert office.records.objections(TALK, collective, step, alone) == []


def test_a_kind_may_be_made_to_need_approval_but_a_lead_talk_never_to_do_without(office: Office) -> None:
    rules = TalkRules(office.desk)
    one = talk(office, "罗卫东", "2026-03-05", held=False)
    step = TALK.flow and TALK.flow.step("planned", "held")
    assert step
    typed = {"start_at": "2026-03-05 9:00", "place": "谈话室", "talker": "甲", "recorder": "乙", "record": "要点"}
    rules.set_kind("routine", "本组规定", {"approval": True})
    assert "先报批" in office.records.objections(TALK, one, step, typed)[0].message
    with pytest.raises(InvalidRecordError, match="不能取消"):
        rules.set_kind("lead_reminder", "试试", {"approval": False})


def test_a_rule_is_changed_with_a_reason_within_its_bounds_and_journalled(office: Office) -> None:
    rules = TalkRules(office.desk)
    with pytest.raises(InvalidRecordError, match="理由"):
        rules.set_count(YEARLY, 2, " ")
    with pytest.raises(InvalidRecordError, match="0 到 12"):
        rules.set_count(YEARLY, 99, "太多")
    with pytest.raises(TalkDataError, match="没有"):
        rules.set_count("monthly", 2, "没有这条")
    rules.set_count(YEARLY, 2, "谈话计划", "示组〔2026〕1号")
    assert rules.table.plan(YEARLY).count == 2
    assert office.history.entries()[0].label == "设定谈话规则：班子成员每年谈话"
    override = rules.override("plan", YEARLY)
    assert override
    assert (override.values["count"], override.document, override.by) == (2, "示组〔2026〕1号", "陈守正")
    rules.put_back("plan", YEARLY)
    assert rules.table.plan(YEARLY).count == shipped().plan(YEARLY).count


def test_the_red_flag_of_silence_rests_on_the_same_days_as_the_plan(office: Office) -> None:
    assert office.flags.rules()["RF-T1"].written["days"] == str(shipped().plan(NEW_POST).count)
    TalkRules(office.desk).set_count(NEW_POST, 60, "本地规定")
    assert office.flags.rules()["RF-T1"].written["days"] == "60"
    office.flags.set_parameters("RF-T1", {"days": "45"}, "另有规定")
    assert office.flags.rules()["RF-T1"].written["days"] == "45"


@pytest.mark.parametrize(
    "broken",
    ["[plan", '[plan.x]\nname = "x"', "[kind.nothing]\npoints = []\n[plan]\n[brief]\n[loose]"],
)
def test_a_broken_table_is_refused(broken: str) -> None:
    with pytest.raises(TalkDataError, match="谈话规则"):
        load(broken)


def test_talks_count_for_whoever_is_meant_however_the_name_is_written_and_nobody_elses_are_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = person(office, "罗卫东")
    namesake = person(office, "罗卫东", team="否")
    with office.vault.act("import", "示例") as act:
        for number in range(2_500):
            day = date(2026, 1 + number % 2, 5)
            who = Ref(f"示例{number % 100}")
            act.create(TALK, {"subject": who, "planned_date": day, "start_at": day, "kind": "routine", "state": "held"})
        for who in (Ref("罗卫东"), Ref("罗 卫东"), Ref("罗卫东", "person", meant), Ref("罗卫东", "person", namesake)):
            day = date(2026, 3, 2)
            act.create(TALK, {"subject": who, "planned_date": day, "start_at": day, "kind": "routine", "state": "held"})
    plan = TalkPlan(office.desk)
    (member,) = plan.team()
    assert (len(member.held), len(member.doubtful)) == (1, 2)
    office.records.void(registers.register("person"), [namesake], "重复登记")
    (member,) = plan.team()
    assert (len(member.held), len(member.doubtful)) == (3, 0)
    asked: list[str] = []
    read = office.vault.read

    @contextmanager
    def overheard() -> Iterator[Any]:
        with read() as connection:
            connection.set_trace_callback(asked.append)
            yield connection
            connection.set_trace_callback(None)

    monkeypatch.setattr(office.vault, "read", overheard)
    plan.team()
    (talks,) = [words for words in asked if "planned_date" in words]
    with read() as connection:
        looked = [step[-1] for step in connection.execute(f"EXPLAIN QUERY PLAN {talks}")]
    assert looked == ["SEARCH integrity_talk USING INDEX ix_integrity_talk_by_subject (subject=?)"]
