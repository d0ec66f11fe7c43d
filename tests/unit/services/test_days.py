"""Days that cannot be, where they arise: a step before its time, a day before another, a slip in a ledger."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.mass_change import MassChange
from paizhu.services.office import Office

MEETING, REVIEW, TALK, FINDING = map(registers.register, ("meeting", "review_item", "integrity_talk", "finding"))
HELD = {"chair": "示例甲", "recorder": "示例乙", "expected": "6", "present": "6", "group_attendee": "示例丙"}


def saved(office: Office, key: str, **typed: Any) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


def sheet_of(office: Office, tmp_path: Path, key: str, head: Sequence[str], *rows: Sequence[object]) -> SheetPlan:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in (head, *rows):
        sheet.append(list(row))
    made.save(tmp_path / "台账.xlsx")
    return office.importing.plan(tmp_path / "台账.xlsx", key).sheets[0]


def test_a_meeting_of_tomorrow_was_not_held_today(office: Office) -> None:
    meeting = saved(office, "meeting", name="示例党组会", held_at="2026-03-17 09:30", kind="党组(党委)会", **HELD)
    step = MEETING.flow.step("planned", "held") if MEETING.flow else None
    assert step is not None
    (before,) = office.records.objections(MEETING, meeting, step)
    assert (before.field, before.code) == ("held_at", "ahead")
    with pytest.raises(
        InvalidRecordError, match="“会议时间”是 2026-03-17，还没有到（今天是 2026-03-16）：到了那天再登记"
    ) as refused:
        office.records.advance(MEETING, meeting, "held")
    assert [problem.field for problem in refused.value.problems] == ["held_at"]
    assert office.records.get(MEETING, meeting).state == "planned"
    with clock.clock_at(datetime(2026, 3, 17, 8, 0)):
        office.records.advance(MEETING, meeting, "held")
        with pytest.raises(InvalidRecordError, match="“纪要报送日期”记的是已经发生的事"):
            office.records.advance(MEETING, meeting, "filed", {"minutes_received": "2026-03-20"})
    assert office.records.get(MEETING, meeting).state == "held"


def test_an_item_is_not_decided_before_its_meeting(office: Office) -> None:
    item = saved(office, "review_item", title="示例议题", planned_meeting_at="2026-03-20 09:30", state="")
    with office.vault.act("save", "示例") as act:
        act.change(REVIEW, item, None, {"state": "on_agenda"})
    decided = {"decided": "缓议", "minutes_checked": "2026-03-16", "changed_after_review": "否"}
    with pytest.raises(InvalidRecordError, match="“拟上会日期”是 2026-03-20，还没有到"):
        office.records.advance(REVIEW, item, "resolved", decided)
    with clock.clock_at(datetime(2026, 3, 20, 18, 0)):
        office.records.advance(REVIEW, item, "resolved", decided)


def test_a_feedback_before_its_opinion_is_refused_as_soon_as_it_is_typed(office: Office) -> None:
    item = saved(office, "review_item", title="示例议题", opinion_date="2026-03-12")
    with pytest.raises(InvalidRecordError, match="“反馈日期”早于“意见日期”（2026-03-12）"):
        office.records.save(REVIEW, {"feedback_date": "2026-03-11"}, item)
    office.records.save(REVIEW, {"feedback_date": "2026-03-12"}, item)


def test_a_day_may_be_mended_at_either_end(office: Office) -> None:
    finding = saved(office, "finding", problem="示例问题", found_at="2026-03-02", assigned_at="2026-03-04")
    with pytest.raises(InvalidRecordError) as refused:
        office.records.save(FINDING, {"found_at": "2026-03-05"}, finding)
    assert [problem.field for problem in refused.value.problems] == ["assigned_at"]
    office.records.save(FINDING, {"found_at": "2026-03-05", "assigned_at": "2026-03-05"}, finding)


def test_a_ledgers_future_fact_is_not_taken_but_kept_as_words(office: Office, tmp_path: Path) -> None:
    head = ("姓名", "谈话类型", "计划日期", "谈话时间", "地点")
    sheet = sheet_of(office, tmp_path, "integrity_talk", head,
                     ("某甲", "例行廉政谈话", "2026-03-02", "2026-12-02", "三楼"),
                     ("某乙", "例行廉政谈话", "2026-05-20", None, "三楼"))  # fmt: skip
    first, second = sheet.rows()
    (told,) = first.problems
    assert (told.column, told.field, told.value, told.code) == ("D", "start_at", "2026-12-02", "ahead")
    assert (told.severity, told.proposal) == ("warning", "2025-12-02")
    assert told.message.endswith("；是不是“2025-12-02”？")
    assert "start_at" not in first.values
    assert first.extra == {"谈话时间": "2026-12-02"}
    assert (first.values["state"], second.values["planned_date"]) == ("planned", date(2026, 5, 20))
    assert second.problems == ()
    mended = sheet.mend(first.row, 3, "2026-03-02")
    assert (mended.problems, mended.values["start_at"]) == ((), date(2026, 3, 2))


def test_a_ledgers_future_fact_that_identifies_the_record_waits_with_a_proposal(office: Office, tmp_path: Path) -> None:
    head = ("收件日期", "被反映人", "举报方式", "主要问题摘要")
    sheet = sheet_of(office, tmp_path, "petition", head, ("2062-03-05", "某甲", "来信", "示例反映"))
    (row,) = sheet.rows()
    (told,) = row.problems
    assert row.outcome == "refused"
    assert (told.column, told.value, told.severity, told.proposal) == ("A", "2062-03-05", "error", "2026-03-05")
    mended = sheet.mend(row.row, 0, told.proposal)
    assert (mended.outcome, mended.problems) == ("new", ())


def test_a_future_fact_in_a_ledger_empties_nothing_that_is_known(office: Office, tmp_path: Path) -> None:
    talk = saved(office, "integrity_talk", subject="某甲", planned_date="2026-03-02", start_at="2026-03-03")
    head = ("姓名", "计划日期", "谈话时间", "地点")
    sheet = sheet_of(office, tmp_path, "integrity_talk", head, ("某甲", "2026-03-02", "2026-12-03", "三楼"))
    (row,) = sheet.rows()
    assert (row.outcome, row.id) == ("changed", talk)
    assert "start_at" not in row.values
    assert row.values["place"] == "三楼"


def test_days_of_a_ledger_out_of_order_are_told_at_their_cell(office: Office, tmp_path: Path) -> None:
    head = ("问题", "发现日期", "交办日期")
    sheet = sheet_of(office, tmp_path, "finding", head, ("示例问题", "2026-03-05", "2026-03-02"))
    (row,) = sheet.rows()
    (told,) = row.problems
    assert (row.outcome, told.column, told.value) == ("refused", "C", "2026-03-02")
    assert told.message == "“交办日期”早于“发现日期”（2026-03-05）"


def test_a_day_set_in_many_records_at_once_is_held_against_each(office: Office) -> None:
    ids = [saved(office, "finding", problem="示例一", found_at="2026-03-02"),
           saved(office, "finding", problem="示例二", found_at="2026-03-09")]  # fmt: skip
    change = MassChange(office.desk)
    reach = change.reach(FINDING, ids)
    for day, words in (("2026-03-05", "“交办日期”早于“发现日期”（2026-03-09）"), ("2026-04-01", "还没有到")):
        with pytest.raises(InvalidRecordError, match=words):
            change.change(FINDING, reach, {"assigned_at": day})
        assert [office.records.get(FINDING, each).values["assigned_at"] for each in ids] == [None, None]
    change.change(FINDING, reach, {"assigned_at": "2026-03-10"})


def test_a_day_that_stood_wrong_stops_only_what_touches_or_needs_it(office: Office) -> None:
    finding = saved(office, "finding", problem="示例问题", found_at="2026-03-02", assigned_at="2026-03-04")
    with office.vault.act("save", "早先的版本") as act:
        act.change(FINDING, finding, None, {"found_at": date(2026, 12, 5)})
    office.records.save(FINDING, {"problem": "改写的问题"}, finding)
    assert office.records.get(FINDING, finding).values["problem"] == "改写的问题"
    office.records.save(FINDING, {"found_at": "2026-12-05", "problem": "再改"}, finding)
    for typed, field in (({"found_at": "2026-12-06"}, "found_at"), ({"assigned_at": "2026-03-05"}, "assigned_at")):
        with pytest.raises(InvalidRecordError) as refused:
            office.records.save(FINDING, typed, finding)
        assert field in [problem.field for problem in refused.value.problems]
    office.records.save(FINDING, {"found_at": "2026-03-03"}, finding)
    reach = MassChange(office.desk).reach(FINDING, [finding])
    with pytest.raises(InvalidRecordError, match="还没有到"):
        MassChange(office.desk).change(FINDING, reach, {"found_at": "2026-12-05"})


def test_a_step_still_asks_for_the_day_it_rests_on(office: Office) -> None:
    meeting = saved(office, "meeting", name="示例党组会", held_at="2026-03-13 09:30", kind="党组(党委)会", **HELD)
    office.records.advance(MEETING, meeting, "held")
    with office.vault.act("save", "早先的版本") as act:
        act.change(MEETING, meeting, None, {"minutes_received": date(2026, 12, 5)})
    office.records.save(MEETING, {"recorder": "示例丁"}, meeting)
    with pytest.raises(InvalidRecordError, match="“纪要报送日期”记的是已经发生的事"):
        office.records.advance(MEETING, meeting, "filed")
