"""Columns of a list: what stays beside an open record fits there, whatever the register."""

import pytest
from PySide6.QtCore import Qt

from paizhu.base.register import Register
from paizhu.registers import REGISTERS, register
from paizhu.ui.kit.columns import CellKind, fitting, shares
from paizhu.ui.register.columns import columns_of

NARROW = 380
"""Room of a list beside an open record at 1366 pixels, in pixels of the smallest font."""


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_what_stays_beside_an_open_record_does_not_scroll_sideways(register: Register) -> None:
    columns = columns_of(register, deadlines=bool(register.limits))
    widths = [column.width for column in columns]
    kept = [at for at, shown in enumerate(fitting(columns, widths, NARROW)) if shown]
    final = shares(
        [columns[at] for at in kept], [widths[at] for at in kept], [columns[at].least for at in kept], NARROW
    )
    assert sum(final) <= NARROW
    assert any(columns[at].rank == 0 for at in kept)


def test_titles_of_reviews_keep_room_for_words_beside_an_open_record() -> None:
    columns = [column for column in columns_of(register("review_item"), deadlines=True) if column.rank == 0]
    titles = [column.stretches for column in columns].index(True)
    final = shares(columns, [column.width for column in columns], [column.least for column in columns], NARROW)
    assert final[titles] >= 9 * 14


def test_letters_of_one_office_are_told_apart_beside_an_open_record() -> None:
    columns = columns_of(register("integrity_opinion"), deadlines=True)
    shown = fitting(columns, [column.width for column in columns], NARROW)
    assert next(column.words for column, is_shown in zip(columns, shown, strict=True) if is_shown) == "来函文号"


def test_the_day_minutes_came_in_takes_no_more_room_than_a_day() -> None:
    (column,) = [each for each in columns_of(register("meeting")) if each.key == "minutes_received"]
    assert (column.words, column.width <= 96) == ("纪要报送", True)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_numbers_have_their_heads_over_them(register: Register) -> None:
    for column in columns_of(register):
        alignment = column.head(Qt.ItemDataRole.TextAlignmentRole)
        at_end = alignment is not None and bool(alignment & Qt.AlignmentFlag.AlignRight)
        assert at_end is (column.kind is CellKind.COUNT)
        assert column.head(Qt.ItemDataRole.DisplayRole) == column.words


def test_of_a_letter_that_names_nobody_a_narrow_list_still_says_what_it_is_about() -> None:
    staying = {column.key for column in columns_of(register("petition"), deadlines=True) if column.rank == 0}
    assert "summary" in staying
    assert "reported_names" not in staying
