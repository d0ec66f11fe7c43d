"""The officer's own calendar: marked, pasted, read from tables; deadlines move, and the journal says so."""

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.rules.notice import NoticeUnreadError, read_notice
from paizhu.services.office import Office
from paizhu.services.own_rules.calendar_days import DayRefusedError, read_table
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault

PETITION = registers.register("petition")
# Invented: no such notice was published when this was written.
NOTICE = """2027年部分节假日安排
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日至12日放假调休，共8天。2月13日（周六）上班。
七、国庆节：10月1日至7日放假调休，共7天。10月9日（周六）上班。"""


def named_letter(office: Office, received: str) -> int:
    typed = {"received_at": received, "named": "实名", "own_level": "本级", "summary": "示例反映"}
    return office.records.save(PETITION, typed).records[0][1]


def due_of(office: Office, record_id: int) -> date:
    (found,) = [task.due for task in office.today.every() if task.id == record_id and task.rule == "T17"]
    return found


def test_a_units_day_off_moves_the_running_deadlines_and_tells_which(office: Office) -> None:
    record_id = named_letter(office, "2026-03-05")
    assert due_of(office, record_id) == date(2026, 3, 26)
    done = office.calendar_days.mark([date(2026, 3, 20)], "unit", "示例局成立纪念日")
    assert due_of(office, record_id) == date(2026, 3, 27)
    (moved,) = [each for each in done.moved if each.id == record_id]
    assert (moved.register, moved.before, moved.after) == ("petition", date(2026, 3, 26), date(2026, 3, 27))
    assert office.desk.calendar.why(date(2026, 3, 20)) == "本单位休息（示例局成立纪念日）"
    (task,) = [task for task in office.today.every() if task.id == record_id]
    assert "本单位休息 1 天" in task.explanation


def test_every_change_is_an_entry_of_the_journal_that_names_what_changed(office: Office) -> None:
    record_id = named_letter(office, "2026-03-05")
    done = office.calendar_days.mark([date(2026, 3, 20)], "unit", "纪念日")
    entry = office.history.entry(done.entry)
    number = office.records.get(PETITION, record_id).no
    assert entry.label == f"工作日历：2026-03-20 改为本单位休息（纪念日）；期限变动 1 项：{number}"
    assert ["petition", record_id, "向实名举报人告知受理", "2026-03-26", "2026-03-27"] in entry.about["moved"]
    assert office.history.verify() == []
    assert office.history.last_undoable() == entry


def test_a_change_can_be_taken_back_and_that_is_journalled_too(office: Office) -> None:
    record_id = named_letter(office, "2026-03-05")
    done = office.calendar_days.mark([date(2026, 3, 20)], "unit", "")
    back = office.calendar_days.take_back(done)
    assert due_of(office, record_id) == date(2026, 3, 26)
    assert [(each.before, each.after) for each in back.moved] == [(date(2026, 3, 27), date(2026, 3, 26))]
    assert office.calendar_days.own(2026) == {}
    assert office.history.entry(back.entry).label.startswith("撤销：工作日历")


def test_the_years_notice_makes_it_known_and_moves_what_runs_over_the_border(office: Office) -> None:
    with clock.clock_at(datetime(2026, 12, 25, 10)):
        record_id = named_letter(office, "2026-12-25")
    (task,) = [task for task in office.today.every() if task.id == record_id]
    assert (task.due, "2027 年国务院未公布，按周末暂算" in task.explanation) == (date(2027, 1, 15), True)
    assert office.calendar_days.standing(2027) == "2027 年国务院未公布，按周末暂算"
    done = office.calendar_days.take_notice(read_notice(NOTICE, 2026), "示例发电〔2026〕1号")
    (task,) = [task for task in office.today.every() if task.id == record_id]
    assert (task.due, "未公布" in task.explanation) == (date(2027, 1, 18), False)
    assert record_id in {each.id for each in done.moved}
    assert office.calendar_days.standing(2027) == (
        "2027 年通知由您录入：放假 18 天、调休上班 2 天，依据示例发电〔2026〕1号"
    )


def test_what_is_kept_is_there_when_the_vault_is_opened_again(office: Office, vault: Vault) -> None:
    office.calendar_days.take_notice(read_notice(NOTICE, 2027))
    folder, key = vault.folder, vault.data_key
    vault.close()
    again = Vault.open_with(folder, Header.load(folder), key)
    try:
        calendar = Office(again).desk.calendar
        assert calendar.covers(2027)
        assert calendar.why(date(2027, 2, 13)) == "春节补班"
    finally:
        again.close()


def test_some_days_only_do_not_make_a_year_known_and_wipe_nothing_away(office: Office) -> None:
    office.calendar_days.mark([date(2027, 3, 8)], "unit", "活动")
    office.calendar_days.take_notice(read_notice("元旦：1月1日至3日放假", 2027))
    office.calendar_days.take_notice(read_notice("劳动节：5月1日至5日放假，5月8日上班", 2027))
    assert not office.desk.calendar.covers(2027)
    assert {kind for kind, _ in office.calendar_days.own(2027).values()} == {"off", "work", "unit"}
    assert office.calendar_days.own(2027)[date(2027, 1, 1)] == ("off", "元旦")
    office.calendar_days.take_notice(read_notice(NOTICE, 2027))
    own = office.calendar_days.own(2027)
    assert date(2027, 5, 1) not in own
    assert own[date(2027, 3, 8)] == ("unit", "活动")


def test_a_notice_that_reaches_back_keeps_the_day_with_its_own_year(office: Office) -> None:
    office.calendar_days.take_notice(read_notice("元旦：2027年12月31日至2028年1月2日放假", 2028))
    assert list(office.calendar_days.own(2027)) == [date(2027, 12, 31)]
    office.calendar_days.forget(2028)
    assert office.desk.calendar.why(date(2027, 12, 31)) == "元旦放假"
    assert office.desk.calendar.is_working(date(2028, 1, 3))


def test_a_built_in_day_can_be_corrected_and_put_back(office: Office) -> None:
    office.calendar_days.mark([date(2026, 10, 7)], "work", "国庆节")
    assert office.desk.calendar.is_working(date(2026, 10, 7))
    assert "您另改了 1 天" in office.calendar_days.standing(2026)
    office.calendar_days.mark([date(2026, 10, 7)], None)
    assert not office.desk.calendar.is_working(date(2026, 10, 7))
    assert office.vault.kept_names("calendar") == []


def test_a_day_that_is_off_anyway_cannot_be_the_units_own(office: Office) -> None:
    with pytest.raises(DayRefusedError) as refused:
        office.calendar_days.mark([date(2026, 10, 1)], "unit", "")
    assert "国庆节放假" in str(refused.value)
    with pytest.raises(DayRefusedError):
        office.calendar_days.mark([], "off")
    assert office.vault.kept_names("calendar") == []


def test_what_cannot_be_journalled_does_not_stand(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    named_letter(office, "2026-03-05")
    monkeypatch.setattr(json, "dumps", _broken)
    with pytest.raises(RuntimeError):
        office.calendar_days.mark([date(2026, 3, 20)], "unit", "")
    monkeypatch.undo()
    assert office.desk.calendar.is_working(date(2026, 3, 20))
    assert office.calendar_days.own(2026) == {}


def _broken(*_given: object, **_named: object) -> str:
    raise RuntimeError


def test_the_months_days_say_what_they_are(office: Office) -> None:
    office.calendar_days.mark([date(2026, 10, 9)], "unit", "示例")
    days = {day.day.day: day for day in office.calendar_days.month(2026, 10)}
    assert len(days) == 31
    assert (days[1].working, days[1].why, days[1].own) == (False, "国庆节放假", None)
    assert (days[10].working, days[10].why) == (True, "国庆节补班")
    assert (days[9].working, days[9].own) == (False, "unit")


def test_two_columns_of_a_workbook_are_read(tmp_path: Path, office: Office) -> None:
    path = tmp_path / "放假安排.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("日期", "安排", "名称"),
        (date(2027, 10, 1), "放假", "国庆节"),
        ("2027-10-02", "放假", "国庆节"),
        ("10月9日", "上班", "国庆节"),
        ("2027.3.9", "本单位休息", "活动日"),
        ("10月10日", "看情况", ""),
    ):
        sheet.append(row)
    book.save(path)
    read = read_table(path, 2027)
    assert read.days == {
        date(2027, 3, 9): ("unit", "活动日"),
        date(2027, 10, 1): ("off", "国庆节"),
        date(2027, 10, 2): ("off", "国庆节"),
        date(2027, 10, 9): ("work", "国庆节"),
    }
    assert any("第 6 行" in doubt for doubt in read.doubts)
    office.calendar_days.take_notice(read)
    assert office.desk.calendar.why(date(2027, 3, 9)) == "本单位休息（活动日）"


def test_a_text_table_is_read_and_one_without_days_refused(tmp_path: Path) -> None:
    good = tmp_path / "放假.csv"
    good.write_text("日期,安排\n2027-10-01至2027-10-07,放假\n2027-10-09,补班\n", encoding="utf-8")
    read = read_table(good, 2027)
    assert (read.off, read.worked) == (7, 1)
    empty = tmp_path / "空.csv"
    empty.write_text("日期,安排\n没有,没有\n", encoding="utf-8")
    with pytest.raises(NoticeUnreadError):
        read_table(empty, 2027)


def test_statutory_holidays_can_be_taken_in_before_the_notice_comes(office: Office) -> None:
    with clock.clock_at(datetime(2026, 12, 25, 10)):
        record_id = named_letter(office, "2026-12-25")
        (task,) = [task for task in office.today.every() if task.id == record_id]
        assert task.due == date(2027, 1, 15)
        assert "按周末暂算（元旦 1 天依法放假，还没有扣除）" in task.explanation
        office.calendar_days.mark([date(2027, 5, 1)], "work", "示例调休")
        done = office.calendar_days.take_statutory(2027)
        (task,) = [task for task in office.today.every() if task.id == record_id]
        assert task.due == date(2027, 1, 18)
        assert "跳过元旦 1 天" in task.explanation
        assert "2027 年国务院未公布，按周末暂算，依据" in task.explanation
        # What the officer marked himself stays as he marked it.
        assert office.calendar_days.own(2027)[date(2027, 5, 1)] == ("work", "示例调休")
        assert office.calendar_days.standing(2027) == "2027 年国务院未公布，按周末暂算，您已标 13 天"
        entry = office.history.entry(done.entry)
        assert entry.label.startswith("工作日历：2027 年先载入法定节日 12 天（《全国年节及纪念日放假办法》")
        with pytest.raises(DayRefusedError, match="没有还要载入的法定节日"):
            office.calendar_days.take_statutory(2027)
        # The notice takes their place, and a year it covers offers nothing.
        office.calendar_days.take_notice(read_notice(NOTICE, 2027))
        assert date(2027, 6, 9) not in office.calendar_days.own(2027)
        assert office.calendar_days.statutory(2027) == office.calendar_days.statutory(2026) == {}
