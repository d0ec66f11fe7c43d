"""How much of the year is covered: figures with the people and records behind them."""

from paizhu import registers
from paizhu.services.duties.coverage import Cover, covers
from paizhu.services.office import Office
from tests.typed import registered


def save(office: Office, key: str, **typed: str) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


def cover(office: Office, key: str) -> Cover:
    return next(each for each in covers(office.desk) if each.key == key)


def test_a_vault_without_records_covers_nothing(office: Office) -> None:
    assert covers(office.desk) == []


def test_team_members_nobody_talked_to_this_year_are_named(office: Office) -> None:
    ids = {
        name: save(office, "person", name=name, team_now="是", status=status)
        for name, status in (("罗卫东", "在职"), ("秦晓芸", ""), ("马俊峰", "在职"), ("退休者", "退休"))
    }
    save(office, "person", name="普通干部", team_now="否")
    for who, day in (("罗卫东", "2026-02-03"), ("秦晓芸", "2025-12-03")):
        registered(office, save(office, "integrity_talk", subject=who, planned_date=day, start_at=f"{day} 9:00"))
    save(office, "integrity_talk", subject="马俊峰", planned_date="2026-03-20")
    team = cover(office, "team")
    assert (team.done, team.total) == (1, 3)
    assert {missing.id for missing in team.missing} == {ids["秦晓芸"], ids["马俊峰"]}
    assert team.words == f"还差：{team.missing[0].words}、{team.missing[1].words}"


def test_items_that_met_without_an_opinion_are_the_missing_ones(office: Office) -> None:
    save(office, "review_item", title="甲", planned_meeting_at="2026-02-10", opinion="同意上会", adopted="采纳")
    missing = save(office, "review_item", title="乙", planned_meeting_at="2026-03-02")
    save(office, "review_item", title="以后", planned_meeting_at="2026-03-20")
    save(office, "review_item", title="去年", planned_meeting_at="2025-11-20")
    reviews = cover(office, "reviews")
    assert (reviews.done, reviews.total, reviews.words) == (1, 2, "没有审查意见：1 项，意见采纳率 100%")
    assert [each.id for each in reviews.missing] == [missing]


def test_duties_of_the_year_tell_late_from_not_yet_due(office: Office) -> None:
    save(office, "duty_item", content="已办", subject="局党组", due_date="2026-02-27", done_at="2026-02-20")
    save(office, "duty_item", content="超期", subject="局党组", due_date="2026-03-02")
    save(office, "duty_item", content="未到", subject="局党组", due_date="2026-12-30")
    duties = cover(office, "duties")
    assert (duties.done, duties.total, duties.words) == (1, 3, "超期 1 项，期限未到 1 项")
    assert [each.words for each in duties.missing] == ["超期", "未到"]


def test_findings_count_those_struck_off_and_tell_the_late_ones(office: Office) -> None:
    save(office, "finding", problem="已销号", found_at="2026-01-12", due="2026-02-12", closed_at="2026-02-10")
    save(office, "finding", problem="超期", found_at="2025-11-20", due="2026-03-02")
    save(office, "finding", problem="未到", found_at="2026-03-02", due="2026-04-02")
    save(office, "finding", problem="去年的", found_at="2025-03-02", due="2025-04-02", closed_at="2025-04-01")
    findings = cover(office, "findings")
    assert (findings.done, findings.total, findings.words) == (1, 3, "整改中 2 项，超期 1 项")
    assert {each.words for each in findings.missing} == {"超期", "未到"}
