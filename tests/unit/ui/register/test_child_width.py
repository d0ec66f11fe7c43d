"""The columns of rows under a record share the width there is before they scroll sideways."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.field import Field
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.editor import Editor
from paizhu.ui.theme import Theme

REQUIREMENT = registers.register("integrity_talk").child("requirement")


def never(_field: Field) -> Editor:
    """Make no editor: nothing is typed here."""
    raise AssertionError


@pytest.fixture
def table(look: Theme, qtbot: QtBot) -> ChildTable:
    made = ChildTable(REQUIREMENT, never)
    qtbot.addWidget(made)
    made.model.show_typed([{"words": "报送分管领域风险清单", "due": "2026-12-10"}])
    return made


def test_a_requirement_with_its_days_fits_the_narrow_pane(table: ChildTable, qtbot: QtBot) -> None:
    table.resize(500, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.view.horizontalScrollBar().maximum() == 0
    due = [field.name for field in table.model.fields].index("due")
    assert table.view.columnWidth(due) >= 116


def test_much_less_room_scrolls_with_whole_columns(table: ChildTable, qtbot: QtBot) -> None:
    table.resize(260, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.view.horizontalScrollBar().maximum() > 0
    assert table.view.columnWidth(0) >= 150
