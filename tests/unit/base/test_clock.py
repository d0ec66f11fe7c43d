"""The one clock of the program."""

# local time without zone is what the program keeps

from datetime import datetime

from paizhu.base import clock

MOMENT = datetime(2026, 9, 17, 23, 59, 59, 999)


def test_the_clock_stands_where_it_is_set_and_goes_on_afterwards() -> None:
    with clock.clock_at(MOMENT):
        assert clock.now() == datetime(2026, 9, 17, 23, 59, 59)
        assert clock.today() == MOMENT.date()
    assert clock.now() > datetime(2026, 1, 1)


def test_none_gives_the_clock_back_to_the_machine() -> None:
    clock.set_clock(lambda: MOMENT.replace(year=2001))
    clock.set_clock(None)
    assert clock.today().year > 2025
