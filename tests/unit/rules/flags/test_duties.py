"""The rule about late duties, with a planted case and some that only come near."""

from datetime import date

from paizhu.rules.flags.books import Running
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books


def _late(due: date, what: str = "完成责任事项") -> Books:
    return Books(TODAY, [Running("duty_item", 2, "", what, due, "示例责任事项")])


def test_a_duty_past_its_day_is_flagged_and_one_due_today_is_not() -> None:
    (finding,) = in_books("RF-D1", _late(date(2026, 3, 15)))
    assert finding.evidence == (("duty_item", 2),)
    assert not in_books("RF-D1", _late(TODAY))


def test_the_days_an_office_lets_pass_and_other_clocks_of_a_duty_raise_no_flag() -> None:
    assert not in_books("RF-D1", _late(date(2026, 3, 11)), days="5")
    assert in_books("RF-D1", _late(date(2026, 3, 10)), days="5")
    assert not in_books("RF-D1", _late(date(2026, 3, 1), "答复督办：提醒"))
