"""The rule about named reports, with a planted case and one that only comes near."""

from datetime import date

import pytest

from paizhu.rules.flags.books import Running
from tests.unit.rules.flags.made_facts import TODAY, Books, in_books


@pytest.mark.parametrize(("rule", "due", "flagged"), [
    ("T17", date(2026, 3, 13), True), ("T18", date(2026, 3, 13), True),
    ("T17", TODAY, False), ("T20", date(2026, 3, 1), False),
])  # fmt: skip
def test_a_named_report_not_answered_in_time_is_flagged(rule: str, due: date, flagged: bool) -> None:
    books = Books(TODAY, [Running("petition", 6, rule, "向实名举报人告知受理", due, "不该出现的标题", "信〔2026〕6号")])
    found = in_books("RF-G1", books)
    assert bool(found) is flagged
    assert all("不该出现" not in each.words for each in found)
