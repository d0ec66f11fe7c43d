"""What an office sets is one act like any other: newest in the journal, undone by Ctrl+Z, done again by Ctrl+Y."""

from collections.abc import Callable
from datetime import date

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.rules.notice import read_notice
from paizhu.services import keeping
from paizhu.services.flags.computing import Flags
from paizhu.services.office import Office
from paizhu.services.own_rules.influence_limits import InfluenceLimits
from paizhu.services.reviews.lists import Kind, ReviewLists
from paizhu.services.talks.rules import TalkRules

LEAD, MEASURE = registers.register("lead"), registers.register("measure")
NOTICE = "国庆节：10月1日至7日放假调休，共7天。9月20日（周日）、10月10日（周六）上班。"
Act = Callable[[Office], object]
Seen = Callable[[Office], object]


def _add_point(office: Office) -> object:
    return ReviewLists(office.desk).add(Kind.POINT, "示例要点", "", "示例依据", "本组要求")


def _points(office: Office) -> int:
    return len(ReviewLists(office.desk).lines(Kind.POINT))


CHANGES: dict[str, tuple[Act, Seen]] = {
    "a day off": (
        lambda office: office.calendar_days.mark([date(2026, 3, 17)], "unit", "示例停电"),
        lambda office: office.desk.calendar.is_working(date(2026, 3, 17)),
    ),
    "a notice": (
        lambda office: office.calendar_days.take_notice(read_notice(NOTICE, 2028), "示例通知"),
        lambda office: office.desk.calendar.is_working(date(2028, 10, 2)),
    ),
    "a limit": (
        lambda office: office.time_limits.set("T01", {"length": 20, "unit": "nat"}, "上级要求", "示发〔2026〕1号"),
        lambda office: (office.desk.limits["T01"].length, office.desk.limits["T01"].unit),
    ),
    "an influence period": (
        lambda office: InfluenceLimits(office.desk).set_months("admonish", 12, "上级要求", "示发〔2026〕2号"),
        lambda office: office.desk.influence.table.kinds["admonish"].months,
    ),
    "a rule of talks": (
        lambda office: TalkRules(office.desk).set_count("new_post", 20, "上级要求"),
        lambda office: office.desk.talks.plan("new_post").count,
    ),
    "a list of the review": (_add_point, _points),
    "a number of a flag": (
        lambda office: Flags(office.desk).set_parameters("RF-P1", {"days": "4"}, "上级要求"),
        lambda office: Flags(office.desk).rules()["RF-P1"].written["days"],
    ),
    "a setting": (
        lambda office: keeping.change_setting(office.desk, "quiet_days", 45),
        lambda office: office.desk.setting("quiet_days"),
    ),
}


@pytest.mark.parametrize(("change", "seen"), CHANGES.values(), ids=list(CHANGES))
def test_every_setting_goes_back_and_forth_like_any_other_act(office: Office, change: Act, seen: Seen) -> None:
    before = seen(office)
    change(office)
    after = seen(office)
    assert after != before
    entry = office.history.last_undoable()
    assert entry is not None
    assert entry.changes > 0
    office.history.undo(entry.id)
    assert seen(office) == before
    assert seen(Office(office.vault)) == before
    undoing = office.history.last_redoable()
    assert undoing is not None
    office.history.undo(undoing.id)
    assert seen(office) == after
    assert not office.history.verify()


def test_a_later_setting_stays_when_an_earlier_one_is_undone(office: Office) -> None:
    keeping.change_setting(office.desk, "quiet_days", 45)
    first = office.history.entries()[0].id
    keeping.change_setting(office.desk, "quiet_days", 60)
    undone = office.history.undo(first)
    assert len(undone.kept) == 1
    assert office.desk.setting("quiet_days") == 60


def test_who_uses_the_program_stands_in_the_journal_again_when_the_name_is_given_back(office: Office) -> None:
    keeping.change_setting(office.desk, "officer", "陈守正")
    assert office.vault.actor == "陈守正"
    keeping.change_setting(office.desk, "officer", "蒋薇")
    office.history.undo(office.history.entries()[0].id)
    assert office.vault.actor == "陈守正"


def test_measures_move_with_the_rule_and_move_back_in_the_same_undo(office: Office) -> None:
    made = office.records.save(MEASURE, {"subject": "示例甲", "kind": "诫勉", "decided_at": "2026-03-02"}).records[0][1]

    def end() -> object:
        return office.records.get(MEASURE, made).values["period_to"]

    before, entries = end(), len(office.history.entries())
    InfluenceLimits(office.desk).set_months("admonish", 12, "上级要求", "示发〔2026〕2号")
    assert (str(end()), len(office.history.entries())) == ("2027-03-01", entries + 1)
    newest = office.history.last_undoable()
    assert newest is not None
    office.history.undo(newest.id)
    assert end() == before


def test_a_page_gives_back_what_was_not_changed_since_and_says_so_otherwise(office: Office) -> None:
    office.records.save(LEAD, {"received_at": "2026-03-16", "subject": "示例甲"})
    done = office.time_limits.set("T01", {"length": 20, "unit": "nat"}, "上级要求", "示发〔2026〕1号")
    back = office.time_limits.take_back(done)
    assert [(each.before, each.after) for each in back.moved] == [(each.after, each.before) for each in done.moved]
    assert office.history.entry(done.entry).undone_by
    done = office.time_limits.set("T01", {"length": 20, "unit": "nat"}, "上级要求", "示发〔2026〕1号")
    office.time_limits.set("T01", {"length": 25, "unit": "nat"}, "上级要求", "示发〔2026〕3号")
    with pytest.raises(NotAllowedError, match="后来又改过"):
        office.time_limits.take_back(done)
    assert office.desk.limits["T01"].length == 25


def test_the_day_a_record_keeps_of_a_deadline_moves_with_it_and_back(office: Office) -> None:
    typed = {"received_at": "2026-03-02", "subject": "示例甲", "inquiry_got_at": "2026-03-05"}
    lead = office.records.save(LEAD, typed).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, lead, None, {"state": "talk_inquiry", "mode": "talk_inquiry", "proposed_at": date(2026, 3, 3)})

    def kept_and_due() -> tuple[object, object]:
        row = office.records.get(LEAD, lead)
        (due,) = [task.due for task in office.today.of_record(LEAD, row) if task.rule == "T02"]
        return row.values["inquiry_due"], due

    assert kept_and_due() == (date(2026, 3, 26), date(2026, 3, 26))
    office.calendar_days.mark([date(2026, 3, 17)], "unit", "示例停电")
    assert kept_and_due() == (date(2026, 3, 27), date(2026, 3, 27))
    newest = office.history.last_undoable()
    assert newest is not None
    office.history.undo(newest.id)
    assert kept_and_due() == (date(2026, 3, 26), date(2026, 3, 26))
