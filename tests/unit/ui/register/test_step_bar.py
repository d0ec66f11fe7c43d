"""The course of a talk as the stepper shows it, and which step the red button takes."""

import pytest

from paizhu import registers
from paizhu.base.flow import OTHER_WAY
from paizhu.base.rows import Problem
from paizhu.services.office import Office
from paizhu.ui.kit.stepper import When
from paizhu.ui.register.record_work import RecordWork
from paizhu.ui.register.step_bar import Way, due_at, lacking_words, ordered, reached, stations, told
from tests.typed import THEN

TALK = registers.register("integrity_talk")
FLOW = TALK.flow
assert FLOW is not None
HELD = {
    "start_at": "2026-03-10 15:00",
    "place": "本组谈话室",
    "talker": "陈守正",
    "recorder": "示例甲",
    "companion_unit": "示例派出机关",
    "record": "示例",
}

TOLD = {"kind": "提醒", "reason": "年度例行", **THEN}


def test_a_station_that_was_never_reached_is_told_as_passed_over(office: Office) -> None:
    assert FLOW is not None
    made = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-10", **TOLD, **HELD})
    record_id = made.records[0][1]
    office.records.advance(TALK, record_id, "held")
    days = reached(TALK, office.history.of_record("integrity_talk", record_id))
    assert days == {"计划": "2026-03-16", "谈话": "2026-03-16"}
    shown = stations(FLOW, "held", days, 2026)
    assert [(each.words, each.note, each.when) for each in shown[:4]] == [
        ("计划", "03-16", When.PAST),
        ("审批", "跳过", When.PAST),
        ("谈话", "已谈话", When.CURRENT),
        ("签字", "", When.LATER),
    ]


def test_a_step_that_was_taken_back_was_never_reached(office: Office) -> None:
    made = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-10", **TOLD, **HELD})
    record_id = made.records[0][1]
    taken = office.records.advance(TALK, record_id, "held")
    office.history.undo(taken.entry)
    assert reached(TALK, office.history.of_record("integrity_talk", record_id)) == {"计划": "2026-03-16"}


def test_the_line_of_a_record_reads_the_moves_alone_and_tells_the_same(office: Office) -> None:
    rows = {"requirement": [{"words": f"示例要求{at}"} for at in range(3)]}
    made = office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-10", **TOLD, **HELD}, rows=rows)
    record_id = made.records[0][1]
    for place in ("示例一楼", "示例二楼"):
        office.records.save(TALK, {"place": place}, record_id)
    taken = office.records.advance(TALK, record_id, "held")
    moves = office.history.moves(TALK.key, record_id)
    assert {each.entry.id for each in moves} == {made.entry, taken.entry}
    assert [each.entry.id for each in moves if each.field == "state"] == [taken.entry, made.entry], "newest first"
    assert reached(TALK, moves) == reached(TALK, office.history.of_record(TALK.key, record_id))
    assert set(reached(TALK, moves)) == {"计划", "谈话"}


def test_a_step_that_can_be_taken_comes_before_one_that_waits_and_cancelling_comes_last() -> None:
    assert FLOW is not None
    waits = (Problem("outline", "“谈话提纲”还没有填写", "missing"),)
    ways = [Way(step, waits if step.after == "submitted" else ()) for step in FLOW.steps_from("planned")]
    assert [way.step.after for way in ordered(FLOW, ways)] == ["held", "submitted", "cancelled"]


def test_a_way_no_rule_stands_against_comes_before_one_that_was_not_approved() -> None:
    lead = registers.register("lead").flow
    assert lead is not None
    against = {
        "talk_inquiry": (Problem("", "批准的处置方式不是“谈话函询”", "guard"), Problem("", "请登记谈话", "guard")),
        "checking": (Problem("check_from", "还没有填写", "missing"), Problem("", "核查组须有两人以上", "guard")),
    }
    ways = [Way(step, against.get(step.after, ())) for step in lead.steps_from("approved") if step.after in against]
    assert [way.step.after for way in ordered(lead, ways)] == ["checking", "talk_inquiry"]


def test_the_red_step_stays_while_one_types_and_what_was_tried_comes_first() -> None:
    assert FLOW is not None
    waits = (Problem("outline", "“谈话提纲”还没有填写", "missing"),)
    steps = FLOW.steps_from("planned")
    stored = {step.after: Way(step, waits) for step in steps}
    typed = [Way(step, () if step.after == "submitted" else waits) for step in steps]
    first = ordered(FLOW, [*stored.values()])[0].step.after
    assert first == "held"
    assert ordered(FLOW, typed)[0].step.after == "submitted"
    assert ordered(FLOW, typed, stored)[0].step.after == "held"
    assert ordered(FLOW, typed, stored, "cancelled")[0].step.after == "cancelled"
    closed = [Way(step, (Problem("", "须先报批", OTHER_WAY),) if step.after == "held" else ()) for step in steps]
    assert ordered(FLOW, closed, stored, "held")[0].step.after == "submitted"


def test_the_red_step_of_a_check_is_the_one_its_report_proposes(office: Office) -> None:
    lead = registers.register("lead")
    assert lead.flow is not None
    basics = {"received_at": "2026-03-02", "subject": "示例某", "summary": "示例", "source": "监督检查发现"}
    for opinion, wanted in (
        ("予以了结", "closed_no_action"),
        ("谈话提醒", "first_form"),
        ("暂存待查", "held"),
        ("移送有关党组织处理", "moved_to_party_body"),
        ("拟立案审查调查", "filing"),
    ):
        typed = {**basics, "check_report_at": "2026-03-09", "check_opinion": opinion, "summary": opinion}
        made = office.records.save(lead, typed).records[0][1]
        steps = lead.flow.steps_from("check_report")
        with office.vault.act("save", "示例") as act:
            act.change(lead, made, None, {"state": "check_report"})
        ways = [Way(step, tuple(office.records.objections(lead, made, step))) for step in steps]
        assert ordered(lead.flow, ways)[0].step.after == wanted


def test_of_a_lead_that_is_closed_filing_comes_next_and_clarifying_once_it_was_asked_for(office: Office) -> None:
    lead = registers.register("lead")
    assert lead.flow is not None
    made = office.records.save(lead, {"received_at": "2026-03-02", "subject": "示例某", "close_reason": "失实"})
    with office.vault.act("save", "示例") as act:
        act.change(lead, made.records[0][1], None, {"state": "closed_no_action"})
    work = RecordWork(office, lead)
    work.open(made.records[0][1])
    assert [way.step.label for way in work.ways({}, {})] == ["归档", "启动澄清正名", "重新启动"]
    work.asked = "clarify"
    assert work.ways({}, {})[0].step.label == "启动澄清正名"


@pytest.mark.parametrize(("repeat", "first"), [("否", "受理"), ("是", "作重复件留存")])
def test_a_letter_that_repeats_another_is_usually_put_aside(office: Office, repeat: str, first: str) -> None:
    petition = registers.register("petition")
    typed = {"received_at": "2026-03-02", "summary": "示例", "own_level": "本级", "is_repeat": repeat}
    made = office.records.save(petition, typed).records[0][1]
    with office.vault.act("save", "示例") as act:
        act.change(petition, made, None, {"state": "screening"})
    work = RecordWork(office, petition)
    work.open(made)
    assert work.ways({}, {})[0].step.label == first


@pytest.mark.parametrize(("here", "first"), [("in_period", "period_over"), ("executing", "executed")])
def test_an_appeal_is_never_what_comes_next_by_itself(here: str, first: str) -> None:
    flow = registers.register("case").flow
    assert flow is not None
    held = Problem("", "影响期还没有满", "guard")
    ways = [Way(step, () if step.after == "appeal" else (held,)) for step in flow.steps_from(here)]
    assert [way.step.after for way in ordered(flow, ways)][:1] == [first]


def test_the_result_of_an_appeal_is_the_likeliest_once_it_is_known() -> None:
    flow = registers.register("case").flow
    assert flow is not None
    ways = [Way(step, () if step.after == "changed" else (Problem("", "不是", "guard"),))
            for step in flow.steps_from("appeal")]  # fmt: skip
    assert ordered(flow, ways)[0].step.after == "changed"


def test_what_a_step_waits_for_is_said_in_one_line() -> None:
    assert FLOW is not None
    step = FLOW.step("planned", "submitted")
    assert step is not None
    way = Way(step, (Problem("outline", "没有填写", "missing"), Problem("", "须两人在场", "guard")))
    assert lacking_words(TALK, way) == "提交审批须先补：谈话提纲；须两人在场。"
    assert lacking_words(TALK, Way(step)) == ""


def test_the_days_a_record_tells_stand_under_its_stations_come_or_planned() -> None:
    review = registers.register("review_item")
    flow = review.flow
    assert flow is not None
    values = {"submitted_at": "2026-03-13 16:20", "planned_meeting_at": "2026-03-18 09:00", "opinion_date": None}
    shown = {
        each.words: (each.note, each.when) for each in stations(flow, "under_review", {}, 2026, told(review, values))
    }
    assert shown["材料接收"] == ("03-13", When.PAST)
    assert shown["形式审查"] == ("", When.PAST)
    assert shown["实质审查"] == ("审查中", When.CURRENT)
    assert shown["列席监督"] == ("03-18", When.LATER)


@pytest.mark.parametrize(
    ("register", "state", "values", "station", "day"),
    [
        ("petition", "accepted", {"received_at": "2026-03-02"}, "收件", "03-02"),
        ("case", "sent_trial", {"filed_at": "2026-01-05", "sent_trial_at": "2026-03-02"}, "立案", "01-05"),
        ("integrity_talk", "signing", {"start_at": "2026-03-03 09:30"}, "谈话", "03-03"),
        ("finding", "reported", {"found_at": "2026-02-03"}, "发现", "02-03"),
    ],
)
def test_a_station_tells_the_day_of_the_matter_and_not_the_day_it_was_typed(
    register: str, state: str, values: dict[str, str], station: str, day: str
) -> None:
    kind = registers.register(register)
    flow = kind.flow
    assert flow is not None
    typed_later = dict.fromkeys(flow.stages(), "2026-03-16")
    shown = {each.words: each.note for each in stations(flow, state, typed_later, 2026, told(kind, values))}
    assert shown[station] == day


def test_no_station_tells_the_day_on_which_an_informant_was_answered() -> None:
    letter = registers.register("petition")
    assert letter.flow is not None
    values = {"received_at": "2026-01-05", "feedback_at": "2026-02-11"}
    assert any(state.day == "feedback_at" for state in letter.flow.states)
    assert told(letter, values) == {"收件": "2026-01-05"}


def test_a_station_to_come_tells_by_when_a_running_clock_wants_it_reached(office: Office) -> None:
    review = registers.register("review_item")
    flow = review.flow
    assert flow is not None
    made = office.records.save(
        review, {"title": "示例议题", "planned_meeting_at": "2026-03-20", "category": "大额资金使用"}
    )
    row = office.records.get(review, made.records[0][1])
    due = due_at(flow, office.today.of_record(review, row))
    assert due["出具意见"] == "2026-03-20"
    shown = {each.words: each.note for each in stations(flow, "under_review", {}, 2026, told(review, row.values), due)}
    assert shown["出具意见"] == "限 03-20"
    assert shown["列席监督"] == "03-20"


def test_words_that_cannot_be_read_are_told_with_their_field() -> None:
    assert FLOW is not None
    step = next(each for each in FLOW.steps_from("planned") if each.after == "held")
    way = Way(step, (Problem("start_at", "“三楼”不是日期，请改成日期，例如 2026-03-05", "invalid_date"),))
    assert lacking_words(TALK, way) == f"{step.label}：“谈话时间”：“三楼”不是日期，请改成日期，例如 2026-03-05。"


@pytest.mark.parametrize(
    ("here", "held", "first"),
    [
        ("planned", {"outline": "示例提纲"}, "held"),
        ("recorded", {"follow_up": "none"}, "archived"),
        ("follow_up", {"follow_up": "track"}, "archived"),
        ("follow_up", {"follow_up": "to_lead"}, "to_lead"),
    ],
)
def test_the_red_step_of_a_talk_comes_first_even_while_it_waits(here: str, held: dict[str, str], first: str) -> None:
    assert FLOW is not None
    waits = (Problem("record", "还没有填写", "missing"),)
    assert ordered(FLOW, ways_of(here, held, waits, first))[0].step.after == first


@pytest.mark.parametrize(
    ("here", "held", "first"),
    [
        ("recorded", {"follow_up": "track"}, "follow_up"),
        ("follow_up", {"follow_up": "revisit"}, "revisit"),
        ("follow_up", {"follow_up": "track", "revisit_date": "2026-09-15"}, "revisit"),
    ],
)
def test_a_talk_with_something_to_come_is_not_filed_away_first(here: str, held: dict[str, str], first: str) -> None:
    assert FLOW is not None
    assert ordered(FLOW, ways_of(here, held))[0].step.after == first


def ways_of(here: str, held: dict[str, str], waits: tuple[Problem, ...] = (), of: str = "") -> list[Way]:
    """Return the ways on of a talk with these values; one of them waits for something."""
    assert FLOW is not None
    return [
        Way(step, waits if step.after == of else (), bool(step.usual and step.usual.agrees(held)))
        for step in FLOW.steps_from(here)
    ]
