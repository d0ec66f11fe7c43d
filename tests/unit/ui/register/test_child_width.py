"""The columns of rows under a record share the width there is before they scroll sideways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.field import Field
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.column_wish import Wish, shared
from paizhu.ui.register.editor import Editor
from paizhu.ui.register.editors import editor_for
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
    table.resize(200, 200)
    table.show()
    qtbot.waitExposed(table)
    assert table.view.horizontalScrollBar().maximum() > 0
    assert table.view.columnWidth(0) >= 150


def test_room_for_the_bar_is_kept_only_where_the_columns_scroll(table: ChildTable, qtbot: QtBot) -> None:
    table.resize(500, 200)
    table.show()
    qtbot.waitExposed(table)
    view = table.view

    def spare() -> int:
        return view.viewport().height() - view.rowHeight(0)

    assert 0 <= spare() <= 4, "no empty strip stands below the last row"
    table.resize(200, 200)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0 and 0 <= spare() <= 4)
    table.resize(500, 200)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() == 0 and 0 <= spare() <= 4)


def test_rows_that_are_only_read_again_begin_at_their_first_column(table: ChildTable, qtbot: QtBot) -> None:
    table.open()
    table.resize(200, 200)
    table.show()
    qtbot.waitExposed(table)
    bar = table.view.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    table.shut()
    assert bar.value() == 0


def test_cells_are_made_with_the_first_row_and_follow_their_button_in_the_order_of_tab(
    look: Theme, qtbot: QtBot
) -> None:
    # Most records have no rows of most kinds, and a dozen tables would be felt when a form is made.
    made = ChildTable(REQUIREMENT, editor_for)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    assert made.findChildren(QTableView) == []
    made.show_problem("请填写要求")
    made.add_row()
    assert made.view.isVisible()
    assert made.view.accessibleDescription() == "请填写要求"
    assert made.model.rowCount() == 1
    made.activateWindow()
    made.add_button.setFocus()
    qtbot.waitUntil(made.add_button.hasFocus)
    QTest.keyClick(made.add_button, Qt.Key.Key_Tab)
    after = made.focusWidget()
    assert after is not None
    assert after is made.view or made.view.isAncestorOf(after)


def test_columns_without_a_word_have_no_place_until_rows_are_typed(look: Theme, qtbot: QtBot) -> None:
    kind = registers.register("petition").child("informant")
    made = ChildTable(kind, never)
    qtbot.addWidget(made)
    made.model.show_typed([{"name": "示例举报人", "phone": "000"}])
    made.resize(448, 200)
    made.show()
    qtbot.waitExposed(made)
    names = [field.name for field in made.model.shown]
    hidden = {name for at, name in enumerate(names) if made.view.isColumnHidden(at)}
    assert "address" in hidden
    assert not hidden & {"name", "phone", *kind.columns}
    assert made.view.horizontalScrollBar().maximum() == 0
    made.open()
    assert not any(made.view.isColumnHidden(at) for at in range(len(names)))
    made.resize(800, 200)
    qtbot.waitUntil(lambda: made.view.horizontalScrollBar().maximum() == 0)


def test_short_words_leave_their_room_to_others_before_anything_scrolls(look: Theme, qtbot: QtBot) -> None:
    kind = registers.register("petition").child("reported")
    made = ChildTable(kind, never)
    qtbot.addWidget(made)
    made.model.show_typed([{"person": "示例某", "unit": "示例处", "post": "处长", "rank": "division"}])
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    assert made.view.horizontalScrollBar().maximum() == 0
    made.resize(200, 200)
    qtbot.waitUntil(lambda: made.view.horizontalScrollBar().maximum() > 0)


@pytest.mark.parametrize("points", [10.5, 16.0])
def test_many_columns_open_for_typing_fit_a_narrow_pane_and_what_is_typed_has_room(
    look: Theme, qtbot: QtBot, points: float
) -> None:
    look.set_points(points)
    made = ChildTable(registers.register("integrity_archive").child("arc_loan"), editor_for)
    qtbot.addWidget(made)
    made.open()
    made.resize(look.px(528), look.px(200))
    made.show()
    qtbot.waitExposed(made)
    made.add_row()
    port = made.view.viewport()
    qtbot.waitUntil(lambda: made.view.horizontalScrollBar().maximum() == 0)
    for column in (0, len(made.model.shown) - 1):
        index = made.model.index(0, column)
        made.view.setCurrentIndex(index)
        if made.view.indexWidget(index) is None:
            made.view.edit(index)
        editor = made.view.indexWidget(index)
        assert editor is not None
        assert editor.width() >= look.px(148) > made.view.columnWidth(column)
        assert port.rect().contains(editor.geometry())


@pytest.mark.parametrize(
    ("room", "widths"),
    [(700, [220, 116, 116]), (400, [168, 116, 116]), (300, [96, 102, 102]), (250, [220, 116, 116])],
    ids=["enough", "words give way", "then what is empty beside short words", "too little for all"],
)
def test_how_columns_share_their_room(room: int, widths: list[int]) -> None:
    assert shared([Wish(220, 96, 220), Wish(116, 116, 90), Wish(116, 116, 90)], room) == widths


def test_titles_are_cut_before_anything_scrolls() -> None:
    wishes = [Wish(220, 96, 220, 58), Wish(116, 116, 90, 70), Wish(116, 116, 90, 90)]
    assert shared(wishes, 276) == [96, 90, 90]
    assert shared(wishes, 247) == [77, 80, 90]
    assert shared(wishes, 218) == [58, 70, 90]
    assert shared(wishes, 217) == [220, 116, 116]


def test_room_that_is_left_goes_to_words_that_need_it() -> None:
    wishes = [Wish(220, 96, 300), Wish(150, 96, 190), Wish(116, 116, 90)]
    assert shared(wishes, 700) == [300, 190, 116]
    assert shared(wishes, 486 + 60) == [260, 170, 116]


def test_words_are_read_whole_while_empty_columns_have_room(look: Theme, qtbot: QtBot) -> None:
    kind = registers.register("review_item").child("suggestion")
    made = ChildTable(kind, never)
    qtbot.addWidget(made)
    words = "补充信用评价标准的合法性审核意见并报局长办公会"
    made.model.show_typed([{"number": 1, "words": words}])
    made.open()
    made.resize(900, 200)
    made.show()
    qtbot.waitExposed(made)
    at = [field.name for field in made.model.shown].index("words")
    assert made.view.columnWidth(at) >= made.view.fontMetrics().horizontalAdvance(words)
    assert made.view.horizontalScrollBar().maximum() == 0


def test_the_title_of_the_rows_is_not_said_again_over_each_column() -> None:
    table = ChildTable(registers.register("petition").child("informant"), never)
    across = Qt.Orientation.Horizontal
    heads = [table.model.headerData(at, across) for at in range(table.model.columnCount())]
    assert heads == ["代称", "姓名", "性别", "政治面貌", "单位", "职务", "电话", "地址"]


def test_a_long_name_gets_the_room_that_is_left_and_makes_nothing_scroll(look: Theme, qtbot: QtBot) -> None:
    made = ChildTable(registers.register("person").child("business_link"), never)
    qtbot.addWidget(made)
    made.model.show_typed([{"company": "示例建设工程信息技术服务有限公司"}])
    made.resize(900, 200)
    made.show()
    qtbot.waitExposed(made)
    company = [field.name for field in made.model.fields].index("company")
    words = made.view.fontMetrics().horizontalAdvance("示例建设工程信息技术服务有限公司")
    assert made.view.columnWidth(company) > words
    made.resize(540, 200)
    qtbot.waitUntil(lambda: made.view.columnWidth(company) < words)
    assert made.view.horizontalScrollBar().maximum() == 0
