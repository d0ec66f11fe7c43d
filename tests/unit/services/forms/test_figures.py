"""Figures of a real vault: each equals its list, and is counted anew after every change."""

import pytest

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.rules.periods import PeriodWordError
from paizhu.services.office import Office

LEAD, TALK, UNIT = (registers.register(key) for key in ("lead", "integrity_talk", "unit"))


def a_lead(office: Office, day: str, **more: object) -> int:
    change = office.records.save(LEAD, {"subject": "马某样", "received_at": day, "summary": "反映收受礼品", **more})
    return change.records[0][1]


def test_a_figure_is_as_long_as_its_list(office: Office) -> None:
    made = [a_lead(office, "2026-02-02"), a_lead(office, "2026-02-27", subject="牛某样")]
    a_lead(office, "2026-03-01", subject="杨某样")
    figure = office.figures.figure("I-201A", "2026-02")
    assert (figure.value, figure.records) == (2, (("lead", made[0]), ("lead", made[1])))


def test_a_change_is_counted_at_once(office: Office) -> None:
    assert office.figures.figure("I-201A", "2026-02").value == 0
    number = a_lead(office, "2026-02-02")
    assert office.figures.figure("I-201A", "2026-02").value == 1
    office.records.void(LEAD, [number], "登记错了")
    assert office.figures.figure("I-201A", "2026-02").value == 0


def test_nothing_is_read_again_while_nothing_changes(office: Office) -> None:
    a_lead(office, "2026-02-02")
    first = office.figures.ledger
    office.figures.figure("I-202", "2026-02")
    assert office.figures.ledger is first


def test_one_unit_is_counted_alone(office: Office) -> None:
    office.records.save(UNIT, {"name": "示例一局"})
    office.records.save(UNIT, {"name": "示例二局"})
    a_lead(office, "2026-02-02", unit_id="示例一局")
    a_lead(office, "2026-02-03", unit_id="示例二局", subject="牛某样")
    assert office.figures.figure("I-201A", "2026-02", "示例一局").value == 1
    whole = office.figures.figure("I-201A", "2026-02")
    labels = {key.label: number for key, number in whole.by["unit"].items() if isinstance(key, Ref)}
    assert labels == {"示例一局": 1, "示例二局": 1}


def test_the_report_has_the_year_and_the_year_before(office: Office) -> None:
    for day in ("2025-02-10", "2026-01-10", "2026-02-10", "2026-02-11"):
        a_lead(office, day, subject=f"示例{day}")
    told = office.figures.all("2026-02")["I-201A"]
    assert [told.current.value, told.previous, told.year_to_date, told.last_year] == [2, 1, 3, 1]
    assert told.grown == 100
    compared = office.figures.compare("I-201A", "2026-02")
    assert [compared.current.value, compared.cumulative.value, compared.grown] == [2, 3, 100]


def test_every_figure_is_the_sum_of_its_list(office: Office) -> None:
    a_lead(office, "2026-02-02", mode="check", approved_at="2026-02-20")
    office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-02-03", "start_at": "2026-02-03 09:00"})
    for code, told in office.figures.all("2026-02").items():
        figure = told.current.over or told.current
        assert sum(entry.weight for entry in figure.entries) == figure.value, code
        assert len(figure.records) == len(figure.entries), code


def test_the_cut_off_day_moves_late_days_into_the_next_month(office: Office) -> None:
    a_lead(office, "2026-02-26")
    office.desk.set_setting("cutoff_day", 25)
    assert office.figures.figure("I-201A", "2026-02").value == 0
    assert office.figures.figure("I-201A", "2026-03").value == 1


def test_words_that_are_no_period_are_refused(office: Office) -> None:
    with pytest.raises(PeriodWordError, match="不是统计期"):
        office.figures.all("2026年2月")
