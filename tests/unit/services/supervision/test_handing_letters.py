"""From a check to its problems, to a letter, to the rectification: one act each, linked both ways, undone as one."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.supervision.handing_letters import HandingLetters

ACTIVITY, FINDING, PROPOSAL = map(registers.register, ("supervision_activity", "finding", "proposal"))


@pytest.fixture
def handing(office: Office) -> HandingLetters:
    return HandingLetters(office.desk)


def checked(office: Office, **more: Any) -> int:
    for name in ("示例处", "另一处"):
        office.records.save(registers.register("unit"), {"name": name})
    typed = {"title": "示例专项检查", "kind": "日常检查", "start_date": "2026-03-02", "end_date": "2026-03-05"}
    return office.records.save(ACTIVITY, {**typed, "units": "示例处", "handler": "陈某", **more}).records[0][1]


def counts(office: Office, activity: int) -> tuple[Any, ...]:
    held = office.records.get(ACTIVITY, activity).values
    return tuple(held.get(name) for name in ("findings", "open_findings", "suggestions", "adopted"))


def test_a_check_makes_findings_with_what_it_knows(office: Office, handing: HandingLetters) -> None:
    activity = checked(office)
    change = handing.findings_from_activity(
        activity, [{"problem": "公示期不足", "basis": "办法第三条"}, {"problem": "没有签字", "duty_unit": "另一处"}]
    )
    first, second = handing.findings_of(activity)
    number = office.records.get(ACTIVITY, activity).no
    assert change.records[0] == ("finding", first.id)
    assert first.values["source_ref"] == Ref(number, "supervision_activity", activity)
    assert (first.values["source_kind"], str(first.values["found_at"])) == ("check", "2026-03-05")
    assert getattr(first.values["duty_unit"], "label", "") == "示例处"
    assert getattr(second.values["duty_unit"], "label", "") == "另一处"
    assert counts(office, activity) == (2, 2, None, None)
    office.history.undo(change.entry)
    assert handing.findings_of(activity) == []
    assert counts(office, activity)[:2] in ((0, 0), (None, None))
    assert office.history.verify() == []


def test_undoing_the_earlier_of_two_acts_leaves_the_count_of_what_stands(
    office: Office, handing: HandingLetters
) -> None:
    activity = checked(office)
    first = handing.findings_from_activity(activity, [{"problem": "一"}])
    handing.findings_from_activity(activity, [{"problem": "二"}])
    office.history.undo(first.entry)
    assert counts(office, activity)[:2] == (1, 1)


def test_a_finding_turned_to_another_check_is_counted_there(office: Office, handing: HandingLetters) -> None:
    one, other = checked(office), checked(office, title="另一次检查")
    handing.findings_from_activity(one, [{"problem": "一"}])
    (finding,) = handing.findings_of(one)
    office.records.save(FINDING, {"source_ref": Ref("", "supervision_activity", other)}, finding.id)
    assert (counts(office, one)[0], counts(office, other)[0]) == (0, 1)
    office.records.void(FINDING, [finding.id], "重复")
    assert counts(office, other)[0] == 0
    office.records.unvoid(FINDING, [finding.id])
    assert counts(office, other)[0] == 1


@pytest.mark.parametrize("problems", [[], [{"problem": " "}], [{"problem": "有"}, {"basis": "没有问题"}]])
def test_a_problem_without_words_is_refused_and_nothing_is_stored(
    office: Office, handing: HandingLetters, problems: list[dict[str, str]]
) -> None:
    activity = checked(office)
    with pytest.raises(InvalidRecordError):
        handing.findings_from_activity(activity, problems)
    assert handing.findings_of(activity) == []


def test_a_check_that_was_cancelled_makes_no_findings(office: Office, handing: HandingLetters) -> None:
    activity = checked(office)
    office.records.advance(ACTIVITY, activity, "cancelled", {"cancel_reason": "与巡察重复"})
    with pytest.raises(NotAllowedError, match="取消"):
        handing.findings_from_activity(activity, [{"problem": "一"}])


def test_findings_make_the_draft_of_a_letter(office: Office, handing: HandingLetters) -> None:
    activity = checked(office)
    handing.findings_from_activity(
        activity,
        [{"problem": "公示期不足", "requirement": "统一公示模板", "due": "2026-04-10"}, {"problem": "没有签字"}],
    )
    change = handing.letter_from_activity(activity, "joint")
    letter = office.records.get(PROPOSAL, change.records[0][1])
    rows = office.records.rows(PROPOSAL, letter.id)
    assert letter.values["title"] == "关于示例专项检查发现问题的纪检监察建议"
    assert getattr(letter.values["addressee"], "label", "") == "示例处"
    assert [row.values["problem"] for row in rows["problems"]] == ["公示期不足", "没有签字"]
    assert str(rows["problems"][0].values["due"]) == "2026-04-10"
    assert [row.values["words"] for row in rows["suggestions"]] == ["统一公示模板"]
    assert letter.values["reply_due"] == handing.reply_day()
    first, _second = handing.findings_of(activity)
    assert first.values["proposal_ref"] == Ref(letter.no, "proposal", letter.id)
    assert [row.id for row in handing.letters_of(activity)] == [letter.id]
    assert counts(office, activity) == (2, 2, 1, None)
    with pytest.raises(NotAllowedError, match="没有还没发函"):
        handing.letter_from_activity(activity, "joint")
    office.history.undo(change.entry)
    assert handing.findings_of(activity)[0].values["proposal_ref"] is None


def test_one_letter_goes_to_one_unit(office: Office, handing: HandingLetters) -> None:
    activity = checked(office)
    handing.findings_from_activity(activity, [{"problem": "一"}, {"problem": "二", "duty_unit": "另一处"}])
    with pytest.raises(NotAllowedError, match="示例处、另一处"):
        handing.letter_from_activity(activity, "reminder")


def made(office: Office, handing: HandingLetters, kind: str = "reminder") -> tuple[int, int]:
    """Return a check and a letter about its one problem, signed."""
    activity = checked(office)
    handing.findings_from_activity(activity, [{"problem": "公示期不足", "requirement": "统一公示模板"}])
    letter = handing.letter_from_activity(activity, kind).records[0][1]
    office.records.save(PROPOSAL, {"causes": "没有模板"}, letter)
    office.records.advance(PROPOSAL, letter, "checked", {"checker": "审核人"})
    office.records.advance(
        PROPOSAL, letter, "signed", {"signer": "签发人", "signed_at": "2026-03-16", "seal": "本组印章"}
    )
    return activity, letter


def test_signing_numbers_each_kind_by_itself_and_goes_on_from_the_groups_own(
    office: Office, handing: HandingLetters
) -> None:
    _, first = made(office, handing)
    _, other = made(office, handing, "joint")
    _, second = made(office, handing)
    numbers = [office.records.get(PROPOSAL, each).values["doc_no"] for each in (first, other, second)]
    assert numbers == ["纪提〔2026〕1号", "纪监建〔2026〕1号", "纪提〔2026〕2号"]
    office.records.save(PROPOSAL, {"doc_no": "示纪提〔2026〕7号"}, second)
    _, third = made(office, handing)
    assert office.records.get(PROPOSAL, third).values["doc_no"] == "示纪提〔2026〕3号"


def test_a_delivered_letter_assigns_its_findings_and_starts_the_reply_clock(
    office: Office, handing: HandingLetters
) -> None:
    activity, letter = made(office, handing)
    assert [task.what for task in office.today.due() if task.register == "proposal"] == ["送达文书", "回复建议书"]
    (before,) = handing.findings_of(activity)
    assert before.state == "found"
    delivered = {"delivered_at": "2026-03-16", "delivered_by": "承办人", "received_by": "签收人"}
    change = office.records.advance(PROPOSAL, letter, "delivered", delivered)
    row = office.records.get(PROPOSAL, letter)
    (after,) = handing.findings_of(activity)
    assert after.state == "assigned"
    assert (after.values["assign_doc"], str(after.values["assigned_at"])) == (row.values["doc_no"], "2026-03-16")
    assert after.values["due"] == row.values["reply_due"]
    assert [task.what for task in office.today.due() if task.register == "proposal"] == ["回复建议书"]
    office.history.undo(change.entry)
    assert handing.findings_of(activity)[0].state == "found"
    assert office.history.verify() == []


def test_an_answer_that_takes_up_everything_answers_for_each_suggestion(
    office: Office, handing: HandingLetters
) -> None:
    activity, letter = made(office, handing, "joint")
    office.records.advance(
        PROPOSAL, letter, "delivered", {"delivered_at": "2026-03-16", "delivered_by": "甲", "received_by": "乙"}
    )
    office.records.advance(PROPOSAL, letter, "replied", {"replied_at": "2026-03-16", "adopted": "全部"})
    assert [row.values["adopted"] for row in office.records.rows(PROPOSAL, letter)["suggestions"]] == ["adopted"]
    assert counts(office, activity)[2:] == (1, 1)


def test_rows_of_a_letter_nobody_follows_become_findings(office: Office, handing: HandingLetters) -> None:
    office.records.save(registers.register("unit"), {"name": "示例处"})
    rows: dict[str, list[dict[str, Any]]] = {
        "problems": [{"problem": "公示期不足", "requirement": "统一模板", "due": "2026-04-10"}]
    }
    typed = {"title": "关于示例的提醒函", "addressee": "示例处", "kind": "工作提醒函", "doc_no": "示纪提〔2026〕1号"}
    letter = office.records.save(
        PROPOSAL, {**typed, "delivered_at": "2026-03-10", "signed_at": "2026-03-09"}, rows=rows
    ).records[0][1]
    with office.vault.act("save", "旧文书") as act:
        act.change(PROPOSAL, letter, None, {"state": "delivered"})
    change = handing.findings_from_letter(letter)
    (finding,) = office.records.window(View("finding"), 0, 9)
    assert (finding.state, finding.values["assign_doc"]) == ("assigned", "示纪提〔2026〕1号")
    assert (finding.values["problem"], str(finding.values["due"])) == ("公示期不足", "2026-04-10")
    (row,) = office.records.rows(PROPOSAL, letter)["problems"]
    assert row.values["finding_ref"] == Ref(finding.no, "finding", finding.id)
    with pytest.raises(NotAllowedError, match="都已经登记"):
        handing.findings_from_letter(letter)
    office.history.undo(change.entry)
    assert office.records.count(View("finding")) == 0
