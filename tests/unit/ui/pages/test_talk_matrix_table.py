"""How 覆盖表 shares its room out: what says least goes first, and months end as days alone."""

import pytest

from paizhu.ui.pages.talk_matrix_table import Widths, shared_out

POST = 300
"""What the words of the longest post need, in pixels."""


def shared(width: int, *, months: bool = False) -> Widths:
    return shared_out(width, 12 if months else 4, POST, months=months, px=round)


@pytest.mark.parametrize(
    ("width", "heads", "period"),
    [
        pytest.param(1400, (84, 300, 104), 207, id="the post is read whole and the quarters share the rest"),
        pytest.param(900, (84, 212, 104), 104, id="the post gives way"),
        pytest.param(780, (84, 115, 0), 124, id="the last talk goes, which stands in its quarter too"),
        pytest.param(650, (84, 115, 0), 91, id="the quarters draw together"),
        pytest.param(560, (84, 0, 0), 98, id="the post goes"),
    ],
)
def test_quarters_keep_their_sum_while_what_stands_beside_them_gives_way(
    width: int, heads: tuple[int, ...], period: int
) -> None:
    given = shared(width)
    assert (given.heads, given.period, given.total, given.is_tight) == (heads, period, 82, False)
    assert sum(given.heads) + given.period * 4 + given.total <= width


@pytest.mark.parametrize(
    ("width", "is_tight", "has_sum"),
    [
        pytest.param(1400, False, True, id="room for month and day"),
        pytest.param(900, True, True, id="the day alone"),
        pytest.param(660, True, False, id="no room for the sum either"),
    ],
)
def test_twelve_months_show_their_days_alone_before_they_lose_their_sum(
    width: int, is_tight: bool, has_sum: bool
) -> None:
    given = shared(width, months=True)
    assert (given.is_tight, bool(given.total)) == (is_tight, has_sum)
    assert sum(given.heads) + given.period * 12 + given.total <= width


def test_columns_keep_what_can_be_read_where_there_is_no_room_at_all() -> None:
    # The table then scrolls sideways.
    assert shared(200, months=True) == Widths((76, 0, 0), 47, 0, is_tight=True)
