"""Columns of a list: what stays beside an open record fits there, whatever the register."""

import pytest

from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.ui.kit.columns import fitting, shares
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
