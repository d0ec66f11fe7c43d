"""Red flags on a real vault: what they rest on, when they go stale, silencing one pair, numbers set by the office."""

import json
from datetime import date
from typing import Any

import pytest

from paizhu.base.errors import InvalidRecordError, NotFoundError
from paizhu.base.rows import Row
from paizhu.cli import main
from paizhu.registers import register
from paizhu.rules.flags.every import ITEM_RULES
from paizhu.rules.flags.finding import FlagDataError, Level
from paizhu.services.flags.computing import Flag
from paizhu.services.flags.reading import Reading
from paizhu.services.history import History
from paizhu.services.office import Office
from paizhu.services.out import classes
from paizhu.services.out.classes import Release
from tests.conftest import PASSWORD
from tests.typed import registered

REVIEW, UNIT, PERSON = register("review_item"), register("unit"), register("person")
LEAD, MEETING, MEASURE = register("lead"), register("meeting"), register("measure")
MONEY = {"category": "fund", "budget_item": "基本支出", "sub_category": "goods"}


def _save(office: Office, kind: Any, typed: dict[str, Any], **rows: Any) -> int:
    return office.records.save(kind, typed, rows=rows or None).records[0][1]


@pytest.fixture
def unit(office: Office) -> str:
    rule = {"item_kind": "all", "threshold": "50万元", "valid_from": "2020-01-01"}
    _save(office, UNIT, {"name": "某市示例局"}, spending_rule=[rule])
    return "某市示例局"


def _item(office: Office, unit: str, title: str, amount: str, day: str = "2026-03-20", **more: Any) -> int:
    typed = {**MONEY, "title": title, "unit_id": unit, "amount": amount, "planned_meeting_at": day, **more}
    return _save(office, REVIEW, typed)


def _codes(office: Office, number: int) -> list[str]:
    return [each.code for each in office.flags.of(number)]


def _flag(office: Office, number: int, code: str) -> Flag:
    return next(each for each in office.flags.of(number) if each.code == code)


def _row(office: Office, number: int) -> Row:
    return office.records.get(REVIEW, number)


def test_a_flag_tells_its_level_rule_numbers_and_evidence(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造一标段", "26万元")
    two = _item(office, unit, "屋面改造二标段", "26万元", "2026-02-20")
    flag = _flag(office, one, "RF-A2")
    assert (flag.name, flag.level, flag.silenced) == ("疑似拆分", Level.VERIFY, None)
    assert flag.evidence == ((REVIEW.key, two),)
    assert flag.parameters["days"] == "90"
    assert "90 天内" in flag.rule
    assert flag.pair == _flag(office, two, "RF-A2").pair


def test_flags_are_computed_anew_when_a_record_they_rest_on_changes(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造一标段", "26万元")
    two = _item(office, unit, "屋面改造二标段", "26万元", "2026-02-20")
    assert "RF-A2" in _codes(office, one)
    office.records.void(REVIEW, [two], "重复登记")
    assert "RF-A2" not in _codes(office, one)
    office.records.unvoid(REVIEW, [two])
    office.records.save(REVIEW, {"amount": "60万元"}, two)
    assert "RF-A2" not in _codes(office, one)


def test_the_same_state_of_the_vault_is_not_read_twice(
    office: Office, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    first = office.flags.of(one)
    monkeypatch.setattr(office.flags._reading, "item", lambda _number: pytest.fail("read again"))
    assert office.flags.of(one) == first


def test_a_standard_written_later_is_laid_beside_items_that_stood_before(office: Office) -> None:
    number = _save(office, UNIT, {"name": "某市示例局"})
    one = _item(office, "某市示例局", "屋面改造", "48万元")
    assert _codes(office, one) == ["RF-A0"]
    rule = {"item_kind": "all", "threshold": "50万元", "valid_from": "2020-01-01"}
    office.records.save(UNIT, {}, number, rows={"spending_rule": [rule]})
    assert _codes(office, one) == ["RF-A1"]


def test_silencing_puts_one_pair_aside_and_no_other(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造一标段", "26万元")
    two = _item(office, unit, "屋面改造二标段", "26万元", "2026-02-20")
    flag = _flag(office, one, "RF-A2")
    with pytest.raises(InvalidRecordError):
        office.flags.silence(one, "RF-A2", flag.pair, "  ")
    office.flags.silence(one, "RF-A2", flag.pair, "两个标段资金渠道不同，已核对批复")
    assert _flag(office, one, "RF-A2").silenced == "两个标段资金渠道不同，已核对批复"
    assert _flag(office, two, "RF-A2").silenced
    entry = History(office.desk).entries(1)[0]
    assert (entry.kind, entry.about["pair"], entry.about["reason"]) == (
        "silence", flag.pair, "两个标段资金渠道不同，已核对批复",
    )  # fmt: skip

    _item(office, unit, "屋面改造三标段", "26万元", "2026-03-02")
    again = _flag(office, one, "RF-A2")
    assert again.silenced is None
    assert again.pair != flag.pair


def test_a_silenced_pair_can_be_shown_again_and_one_that_is_gone_is_refused(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    pair = _flag(office, one, "RF-A1").pair
    with pytest.raises(NotFoundError):
        office.flags.silence(one, "RF-A2", pair, "没有这条")
    with pytest.raises(NotFoundError):
        office.flags.unsilence(one, "RF-A1", pair)
    office.flags.silence(one, "RF-A1", pair, "已核对")
    office.flags.unsilence(one, "RF-A1", pair)
    assert _flag(office, one, "RF-A1").silenced is None


def test_a_number_of_a_rule_is_set_with_its_reason_and_journalled(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "43万元")
    assert _codes(office, one) == []
    with pytest.raises(InvalidRecordError):
        office.flags.set_parameters("RF-A1", {"share": "85"}, "")
    with pytest.raises(InvalidRecordError):
        office.flags.set_parameters("RF-A1", {"share": "很高"}, "试一试")
    with pytest.raises(FlagDataError):
        office.flags.set_parameters("RF-A1", {"weight": "1"}, "试一试")
    office.flags.set_parameters("RF-A1", {"share": "85"}, "本单位小额事项多")
    flag = _flag(office, one, "RF-A1")
    assert flag.parameters == {"share": "85"}
    assert "85%" in flag.rule
    entry = History(office.desk).entries(1)[0]
    assert (entry.about["before"], entry.about["after"]) == ({"share": "90"}, {"share": "85"})
    office.flags.set_parameters("RF-A1", {"share": None}, "恢复")
    assert _codes(office, one) == []


def test_the_list_column_is_written_where_it_differs_and_the_version_stays(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    plain = _item(office, unit, "制度修订", "90万元")
    version = _row(office, one).version
    assert office.flags.stale
    change = office.flags.recompute()
    assert change.records == ((REVIEW.key, one),)
    assert _row(office, one).values["flags"] == ("RF-A1",)
    assert _row(office, one).version == version
    assert _row(office, plain).values["flags"] is None
    assert not office.flags.stale
    head = office.vault.last_entry()
    assert office.flags.recompute().records == ()
    assert office.vault.last_entry() == head
    office.records.save(REVIEW, {"amount": "60万元"}, one, version)
    assert office.flags.stale
    office.flags.recompute([one])
    assert _row(office, one).values["flags"] is None


def test_writing_the_column_is_no_act_that_undo_takes_back(office: Office, unit: str) -> None:
    _item(office, unit, "屋面改造", "48万元")
    saved = office.history.last_undoable()
    office.flags.recompute()
    assert office.history.last_undoable() == saved
    assert office.history.verify() == []


def test_a_new_item_is_taken_back_though_its_hints_were_written_meanwhile(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    made = office.history.last_undoable()
    office.flags.recompute()
    assert _row(office, one).values["flags"]
    assert made is not None
    assert office.history.conflicts(made.id) == []
    assert office.history.undo(made.id).kept == ()
    assert _row(office, one).voided
    redo = office.history.last_redoable()
    assert redo is not None
    office.history.undo(redo.id)
    assert not _row(office, one).voided


def test_an_item_edited_since_stays_and_its_hints_are_no_edit(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    made = office.history.last_undoable()
    office.flags.recompute()
    office.records.save(REVIEW, {"reporter": "示例甲"}, one)
    assert made is not None
    assert [each.fields for each in office.history.conflicts(made.id)] == [("reporter",)]
    assert [each.record_id for each in office.history.undo(made.id).kept] == [one]


def test_a_silence_goes_back_like_any_other_act(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    office.flags.silence(one, "RF-A1", _flag(office, one, "RF-A1").pair, "已核对")
    newest = office.history.last_undoable()
    assert newest is not None
    office.history.undo(newest.id)
    assert _flag(office, one, "RF-A1").silenced is None


def test_a_silenced_flag_leaves_the_column(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    office.flags.silence(one, "RF-A1", _flag(office, one, "RF-A1").pair, "已核对")
    office.flags.recompute()
    assert _row(office, one).values["flags"] is None


def test_an_open_lead_is_confidential_and_never_in_the_column(office: Office, unit: str) -> None:
    _save(office, PERSON, {"name": "人选甲"})
    lead = _save(office, LEAD, {"subject": "人选甲", "received_at": "2026-03-01"})
    candidate = {"person": "人选甲", "to_post": "处长", "opinion_ref": "廉意〔2026〕1号"}
    typed = {"title": "人选甲任职", "category": "appointment", "planned_meeting_at": "2026-03-20", "unit_id": unit}
    one = _save(office, REVIEW, typed, candidate=[candidate])
    flag = _flag(office, one, "RF-K2")
    assert flag.confidential
    assert ("lead", lead) in flag.evidence
    assert flag.outward == "建议暂缓上会，由本组进一步核实后再议"
    assert "线索" not in flag.words
    office.flags.recompute()
    assert _row(office, one).values["flags"] is None
    office.records.void(LEAD, [lead], "登记有误")
    assert _codes(office, one) == []


def test_a_candidate_inside_a_period_is_found_through_the_roster(office: Office, unit: str) -> None:
    _save(office, PERSON, {"name": "人选甲"})
    measure = _save(office, MEASURE, {"subject": "人选甲", "kind": "党内警告", "decided_at": "2025-06-01"})
    candidate = {"person": "人选甲", "to_post": "处长", "opinion_ref": "廉意〔2026〕1号"}
    typed = {"title": "人选甲任职", "category": "appointment", "planned_meeting_at": "2026-03-20", "unit_id": unit}
    one = _save(office, REVIEW, typed, candidate=[candidate])
    flag = _flag(office, one, "RF-K1")
    assert ("measure", measure) in flag.evidence
    assert not flag.confidential


def test_a_sum_changed_after_the_opinion_is_found_in_the_journal_until_it_is_reviewed_again(
    office: Office, unit: str
) -> None:
    opinion = {"opinion": "ok", "opinion_date": "2026-03-10", "last_speak_ok": True}
    one = _item(office, unit, "屋面改造", "90万元", "2026-03-13", **opinion)
    office.records.save(REVIEW, {"decided": "agreed"}, one)
    assert "RF-P3" not in _codes(office, one)
    office.records.save(REVIEW, {"amount": "96万元"}, one)
    assert _flag(office, one, "RF-P3").figures == ("金额：审查时 90.00 万元，现在 96.00 万元",)
    office.records.save(REVIEW, {"opinion_date": "2026-03-12"}, one)
    assert "RF-P3" not in _codes(office, one)


def test_a_candidate_added_after_the_opinion_is_found_in_the_journal(office: Office, unit: str) -> None:
    typed: dict[str, Any] = {
        "title": "任职事项",
        "category": "appointment",
        "planned_meeting_at": "2026-03-13",
        "unit_id": unit,
    }
    typed |= {"opinion": "ok", "opinion_date": "2026-03-10", "last_speak_ok": True, "decided": "agreed"}
    one = _save(office, REVIEW, typed, candidate=[{"person": "人选甲", "to_post": "处长"}])
    assert "RF-P3" not in _codes(office, one)
    (known,) = office.records.rows(REVIEW, one)["candidate"]
    rows: list[dict[str, Any]] = [{"id": known.id, **known.values}, {"person": "人选乙", "to_post": "副处长"}]
    office.records.save(REVIEW, {}, one, rows={"candidate": rows})
    assert _flag(office, one, "RF-P3").figures == ("人选有变化",)


def test_the_meeting_of_an_item_is_found_by_its_words_too(office: Office, unit: str) -> None:
    meeting = {"name": "第三次党组会", "held_at": "2026-03-05", "expected": 9, "present": 4}
    number = _save(office, MEETING, meeting)
    one = _item(office, unit, "屋面改造", "90万元", "2026-03-05", meeting="第三次党组会")
    flag = _flag(office, one, "RF-P5")
    assert flag.level is Level.MEETING
    assert flag.evidence == (("meeting", number),)


def test_flags_of_the_whole_stand_at_the_record_they_are_about(office: Office) -> None:
    lead = _save(office, LEAD, {"subject": "某甲", "received_at": "2026-01-05"})
    person = _save(office, PERSON, {"name": "班子乙", "team_now": True})
    found = {each.code: each for each in office.flags.of_whole()}
    assert found["RF-L1"].about == ("lead", lead)
    assert found["RF-L1"].confidential
    assert found["RF-T1"].about == ("person", person)
    flag = found["RF-T1"]
    office.flags.silence(None, flag.code, flag.pair, "本月补谈")
    assert next(each for each in office.flags.of_whole() if each.code == "RF-T1").silenced == "本月补谈"


def test_flags_set_no_opinion_and_a_voided_item_has_none(office: Office, unit: str) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    before = _row(office, one)
    office.flags.of(one)
    office.flags.recompute()
    after = _row(office, one)
    changed = {name for name in before.values if before.values[name] != after.values[name]}
    assert changed == {"flags"}
    office.records.void(REVIEW, [one], "登记有误")
    assert office.flags.of(one) == []


def test_a_day_that_passes_makes_flags_stale(office: Office, unit: str) -> None:
    from datetime import datetime

    from paizhu.base import clock

    _save(office, MEETING, {"name": "例会", "held_at": "2026-03-13"})
    one = _item(office, unit, "屋面改造", "90万元", "2026-03-13", meeting="例会")
    assert _codes(office, one) == []
    with clock.clock_at(datetime(2026, 3, 23, 9, 0)):
        assert _codes(office, one) == ["RF-P9"]
    assert date(2026, 3, 16) == office.desk.today


def test_flags_leave_the_vault_only_when_chosen_by_name() -> None:
    shown = ("title", "flags", "opinion")
    names = [field.name for field in classes.fields_out(REVIEW, wanted=shown)]
    assert names == ["title", "opinion"]
    assert not classes.HINTS & {field.name for field in classes.fields_out(REVIEW, Release("上报"))}
    chosen = Release("上报", frozenset({"flags"}))
    assert [field.name for field in classes.fields_out(REVIEW, chosen, shown)] == list(shown)


def test_the_command_prints_the_flags_of_an_item(
    office: Office, unit: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = _item(office, unit, "屋面改造", "48万元")
    office.vault.close()
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)
    assert main(["flags", str(office.vault.folder), str(one), "--json"]) == 0
    (flag,) = json.loads(capsys.readouterr().out)
    assert (flag["code"], flag["silenced"], flag["parameters"]) == ("RF-A1", None, {"share": "90"})
    assert flag["evidence"] == [{"register": "review_item", "id": one}]
    assert main(["flags", str(office.vault.folder), str(one)]) == 0
    assert "不是结论" in capsys.readouterr().out
    assert main(["flags", str(office.vault.folder), "999"]) == 1


def test_every_open_rule_of_an_item_can_stand_in_the_list() -> None:
    listed = {choice.code for choice in register("review_item").field("flags").choices}
    # K2 speaks of leads and stands in no list.
    assert set(ITEM_RULES) - listed == {"RF-K2"}


def test_of_talks_the_books_hold_what_their_rules_compare(office: Office) -> None:
    held = {"subject": "示例甲", "planned_date": "2026-03-02", "start_at": "2026-03-02 9:00", "talker": "示例乙"}
    talk = register("integrity_talk")
    number = registered(office, _save(office, talk, {**held, "record": "谈了很久" * 500}))
    (row,) = Reading(office.desk).books().talks
    whole = office.records.get(talk, number)
    assert (row.id, row.no, row.state) == (number, whole.no, whole.state)
    assert row.values.get("start_at") == whole.values.get("start_at")
    # Tens of thousands of them would fill the memory with what no rule reads.
    assert "record" not in row.values
    assert any("不足两人" in each.words for each in office.flags.of_whole())
