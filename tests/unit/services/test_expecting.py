"""What a step lacks and the vault can propose, each with where it comes from."""

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.expecting import expected
from paizhu.services.office import Office

REVIEW, MEETING, CASE, MEASURE = (registers.register(key) for key in ("review_item", "meeting", "case", "measure"))
TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")
ALL = (
    "check_due",
    "closed_at",
    "check_approver",
    "recorder",
    "signed_at",
    "group_attendee",
    "reviewer",
    "signer",
    "appeal_due",
    "planned_meeting_at",
)


OWN = {"reviewer": "陈守正：按承办人填入"}
"""What an item tells by itself: whoever handles it writes the opinion."""


def saved(office: Office, register: Register, **typed: object) -> Row:
    return office.records.get(register, office.records.save(register, typed).records[0][1])


def told(office: Office, register: Register, row: Row, **typed: object) -> dict[str, str]:
    found = expected(office.desk, register, row, typed, ALL)
    words = {name: each.raw["label"] if isinstance(each.raw, dict) else each.raw for name, each in found.items()}
    return {name: f"{words[name]}：{each.why}" for name, each in found.items()}


def in_meeting(meeting: Row) -> dict[str, object]:
    return {"label": meeting.no, "register": MEETING.key, "id": meeting.id}


def test_an_item_takes_who_was_there_from_its_meeting_and_who_signs_from_the_item_before(office: Office) -> None:
    meeting = saved(office, MEETING, name="示例局党组会", group_attendee="示例甲")
    first = saved(office, REVIEW, title="议题一", meeting=in_meeting(meeting), reviewer="示例乙", signer="示例甲")
    second = saved(office, REVIEW, title="议题二", meeting=in_meeting(meeting))
    assert told(office, REVIEW, second) == {
        "group_attendee": "示例甲：按会议记录填入",
        "reviewer": f"示例乙：按同一会议的 {first.no} 填入",
        "signer": f"示例甲：按同一会议的 {first.no} 填入",
    }


def test_an_opinion_is_dated_today_and_written_by_whoever_handles_the_item(office: Office) -> None:
    item = saved(office, REVIEW, title="议题一", handler="示例己", feedback_date="2026-03-10")
    found = expected(office.desk, REVIEW, item, {}, ("opinion_date", "feedback_date", "reviewer", "signer"))
    assert {name: each.why for name, each in found.items()} == {
        "opinion_date": "按今天填入",
        "reviewer": "按承办人填入",
    }
    assert found["opinion_date"].raw == office.desk.today.isoformat()
    assert found["reviewer"].raw["label"] == "示例己"


def test_an_item_is_heard_when_its_meeting_is_held(office: Office) -> None:
    meeting = saved(office, MEETING, name="示例局党组会", held_at="2026-03-20 9:00")
    item = saved(office, REVIEW, title="议题一")
    typed = {"meeting": in_meeting(meeting)}
    assert told(office, REVIEW, item, **typed) == {**OWN, "planned_meeting_at": "2026-03-20 09:00：按会议时间填入"}


def test_without_the_minutes_the_item_before_tells_who_was_there(office: Office) -> None:
    meeting = saved(office, MEETING, name="示例局党组会")
    first = saved(office, REVIEW, title="议题一", meeting=in_meeting(meeting), group_attendee="示例丙")
    second = saved(office, REVIEW, title="议题二", meeting=in_meeting(meeting))
    assert told(office, REVIEW, second) == {**OWN, "group_attendee": f"示例丙：按同一会议的 {first.no} 填入"}


def test_no_meeting_tells_of_an_item_outside_it(office: Office) -> None:
    other = saved(office, MEETING, name="示例局党组会", group_attendee="示例甲")
    saved(office, REVIEW, title="议题一", meeting=in_meeting(other), reviewer="示例乙")
    assert told(office, REVIEW, saved(office, REVIEW, title="议题二", meeting="局长办公会")) == OWN
    assert told(office, REVIEW, saved(office, REVIEW, title="议题三")) == OWN


def test_a_check_ends_by_the_rule_and_is_approved_by_who_approved_how_the_lead_is_handled(office: Office) -> None:
    lead = saved(office, LEAD, subject="示例某", summary="示例问题", received_at="2026-01-05", approver="示例甲")
    assert told(office, LEAD, lead) == {"check_approver": "示例甲：按处置方式的批准人填入"}
    found = told(office, LEAD, lead, check_from="2026.1.15")
    assert found["check_due"].startswith("2026-03-15：按“初步核实”推算")


def punished(office: Office, *kinds: str) -> Row:
    case = saved(office, CASE, name="示例某案", subject="示例某", filed_at="2025-09-01")
    for kind in kinds:
        link = {"label": case.no, "register": CASE.key, "id": case.id}
        saved(office, MEASURE, subject="示例某", kind=kind, decided_at="2025-12-01", case_ref=link)
    return case


def test_the_end_of_an_appeal_follows_the_kind_of_punishment(office: Office) -> None:
    party = told(office, CASE, punished(office, "党内警告"), appeal_at="2026.1.5")
    assert party["appeal_due"].startswith("2026-04-05：按“党纪申诉复议复查办结”推算")
    assert "第五十九条" in party["appeal_due"]
    admin = told(office, CASE, punished(office, "政务记过"), appeal_at="2026-01-05")
    assert admin["appeal_due"].startswith("2026-02-05：按“作出复审决定”推算")


def test_no_end_of_an_appeal_is_guessed(office: Office) -> None:
    assert told(office, CASE, punished(office, "党内警告", "政务记过"), appeal_at="2026-01-05") == {}
    assert told(office, CASE, punished(office), appeal_at="2026-01-05") == {}
    assert told(office, CASE, punished(office, "党内警告")) == {}
    assert told(office, CASE, punished(office, "党内警告"), appeal_at="不知道") == {}


def test_a_talk_was_written_down_by_the_second_person_and_signed_on_its_day(office: Office) -> None:
    talk = saved(office, TALK, subject="示例某", planned_date="2026-03-02", talker="示例甲")
    assert told(office, TALK, talk) == {"recorder": "示例甲：按主谈人填入"}
    held = {"companion": "示例乙", "start_at": "2026-03-02 9:00"}
    assert told(office, TALK, talk, **held) == {
        "recorder": "示例乙：按陪谈人填入",
        "signed_at": "2026-03-02：按谈话当天填入",
    }


def test_a_lead_ends_on_the_day_the_first_form_was_decided_on(office: Office) -> None:
    lead = saved(office, LEAD, subject="示例某", summary="示例问题", received_at="2026-01-05")
    assert told(office, LEAD, lead, first_decided_at="2026.3.9") == {
        "closed_at": "2026-03-09：按第一种形态处理日期填入"
    }
