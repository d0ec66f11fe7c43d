"""One list over all matters: what belongs together, which record stands for it, its stage, deadline and end."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.matters.listing import CLOSED, HELD, OPEN, Line, Matters
from paizhu.services.office import Office

PETITION, LEAD, CASE, MEASURE = (registers.register(key) for key in ("petition", "lead", "case", "measure"))


def every(office: Office) -> list[Line]:
    return Matters(office.desk).every()


def titles(lines: Iterable[Line]) -> list[str]:
    return [line.title for line in lines]


def letter(office: Office, *people: str, **more: object) -> int:
    typed = {"received_at": "2026-03-02", "channel": "来信", "origin": "本级收到", "named": "匿名", "own_level": "本级",
             "petition_class": "检举控告", "is_repeat": "否", "reported_names": list(people), "issue_types": "廉洁纪律",
             "summary": "收受礼品", "accepted_at": "2026-03-03", **more}  # fmt: skip
    made = office.records.save(PETITION, typed).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(PETITION, made, None, {"state": "accepted"})
    return made


def test_the_sample_is_ten_matters_each_at_its_stage(invented: Office) -> None:
    lines = every(invented)
    assert [line.stage for line in lines] == [
        "线索", "信访", "线索", "审理", "信访", "执行", "暂存", "办结", "办结", "办结",
    ]  # fmt: skip
    assert [line.standing for line in lines] == [OPEN] * 6 + [HELD] + [CLOSED] * 3
    dues = [line.task.due for line in lines if line.standing == OPEN and line.task]
    assert dues == sorted(dues)
    case = next(line for line in lines if line.stage == "审理")
    assert [key for key, _id in case.records] == ["petition", "lead", "case"]
    assert case.key[0] == "case"
    assert [line.ended for line in lines if line.standing == CLOSED] == ["诫勉", "失实", "不属实"]


def test_a_letter_stands_by_itself_until_a_lead_is_made_of_it(office: Office) -> None:
    made = letter(office, "示例甲")
    (line,) = every(office)
    assert (line.key, line.stage) == (("petition", made), "信访")
    HandingOn(office.desk).lead_from_petition(made)
    (line,) = every(office)
    assert (line.stage, [key for key, _id in line.records]) == ("线索", ["petition", "lead"])


def test_two_persons_are_two_matters_of_one_letter_and_two_letters_one_matter(office: Office) -> None:
    handing = HandingOn(office.desk)
    both = letter(office, "示例甲", "示例乙")
    handing.lead_from_petition(both)
    lines = every(office)
    assert sorted(titles(lines)) == ["示例乙 收受礼品", "示例甲 收受礼品"]
    assert all(line.records[0] == ("petition", both) for line in lines)
    second = letter(office, "示例甲", received_at="2026-03-05", accepted_at="2026-03-06")
    handing.join_petitions(next(line.key[1] for line in lines if line.title.startswith("示例甲")), [second])
    assert len(every(office)) == 2
    joined = next(line for line in every(office) if line.title.startswith("示例甲"))
    assert {key for key in joined.records if key[0] == "petition"} == {("petition", both), ("petition", second)}


def test_the_nearest_deadline_of_any_record_of_a_matter_counts(office: Office) -> None:
    lead = office.records.save(LEAD, {"received_at": "2026-01-05", "subject": "示例甲"}).records[0][1]
    case = office.records.save(CASE, {"name": "示例甲案", "subject": "示例甲", "filed_at": "2026-02-02",
                                      "lead_ref": Ref("线", "lead", lead)}).records[0][1]  # fmt: skip
    office.records.save(MEASURE, {"subject": "示例甲", "kind": "党内警告", "decided_at": "2026-03-10",
                                  "case_ref": Ref("案", "case", case)})  # fmt: skip
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, lead, None, {"state": "filed"})
        act.change(CASE, case, None, {"state": "executing", "decided_at": date(2026, 3, 10), "outcome": "punish"})
    (line,) = every(office)
    assert line.key == ("case", case)
    assert line.task is not None
    assert (line.task.register, line.task.what, line.stage) == ("measure", "宣布处分决定", "执行")


def test_what_was_laid_aside_after_a_check_says_that_and_not_what_was_approved_before(office: Office) -> None:
    lead = office.records.save(LEAD, {"received_at": "2026-01-05", "subject": "示例甲"}).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, lead, None, {"state": "held", "mode": "talk_inquiry", "approved_at": date(2026, 1, 12),
                                      "check_report_at": date(2026, 3, 3)})  # fmt: skip
    (line,) = every(office)
    assert (line.standing, line.ended, line.ended_on) == (HELD, "暂存待查", date(2026, 3, 3))


@pytest.mark.parametrize(
    ("opinion", "state", "ended"),
    [("false_accusation", "false_accusation", "查处诬告"), ("credited", "archived", "采信了结")],
)
def test_what_an_inquiry_ended_with_stands_in_the_list_and_not_that_there_was_one(
    office: Office, opinion: str, state: str, ended: str
) -> None:
    lead = office.records.save(LEAD, {"received_at": "2026-01-05", "subject": "示例甲"}).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, lead, None, {"state": state, "mode": "talk_inquiry", "report_opinion": opinion})
    (line,) = every(office)
    assert line.ended == ended


def test_a_closed_letter_whose_informant_waits_for_an_answer_is_still_open(office: Office) -> None:
    made = letter(office, "示例甲", named="实名", notice_at="2026-03-04", closed_at="2026-03-10", result="不属实")
    with office.vault.act("save", "准备") as act:
        act.change(PETITION, made, None, {"state": "closed"})
    (line,) = every(office)
    assert (line.standing, line.task.rule if line.task else "") == (OPEN, "T18")


def test_an_item_of_the_upper_level_has_no_words(office: Office) -> None:
    office.records.save(PETITION, {"received_at": "2026-03-02", "own_level": "上级"})
    (line,) = every(office)
    assert line.title == "信〔2026〕0001"


def test_old_cases_and_measures_without_links_stand_by_themselves_and_voided_ones_nowhere(office: Office) -> None:
    case = office.records.save(CASE, {"name": "示例旧案", "filed_at": "2020-02-02"}).records[0][1]
    office.records.save(MEASURE, {"subject": "示例乙", "kind": "诫勉", "decided_at": "2021-03-10",
                                  "executed_at": "2021-04-01"})  # fmt: skip
    lines = {line.title: line for line in every(office)}
    assert set(lines) == {"示例旧案", "示例乙 诫勉"}
    assert lines["示例乙 诫勉"].standing == CLOSED
    office.records.void(CASE, [case], "示例")
    assert titles(every(office)) == ["示例乙 诫勉"]


def test_nothing_of_an_informant_stands_in_the_list(office: Office, tmp_path: Path) -> None:
    typed = {"received_at": "2026-03-02", "summary": "示例", "own_level": "本级", "named": "实名"}
    office.records.save(PETITION, typed, rows={"informant": [{"mark": "反映人一", "name": "某举报人甲"}]})
    assert "某举报人甲" not in repr(every(office))
    assert "实名" not in repr([(line.title, line.ended, line.state_words) for line in every(office)])


@pytest.mark.parametrize("register", ["petition", "lead", "case", "measure"])
def test_every_register_can_stand_for_a_matter(office: Office, register: str) -> None:
    kind = registers.register(register)
    typed = {
        "petition": {"received_at": "2026-03-02", "summary": "示例"},
        "lead": {"received_at": "2026-03-02", "subject": "示例甲"},
        "case": {"name": "示例案", "filed_at": "2026-03-02"},
        "measure": {"subject": "示例甲", "kind": "党内警告", "decided_at": "2026-03-02"},
    }[register]
    made = office.records.save(kind, typed).records[0][1]
    assert [line.key for line in every(office)] == [(register, made)]
