"""The register table and tree: keys, copying, layout, sorting asked for, columns that give way."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.columns import CellKind, Column, fitting, read_layout, shares
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.kit.table_copy import as_mime
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.theme import Scheme, Theme
from tests.unit.ui.kit.gallery_rows import LIST_COLUMNS, TODAY_COLUMNS, Rows, list_rows, today_rows


def table(qtbot: QtBot, width: int = 1000) -> RegisterTable:
    view = RegisterTable("会前审查")
    qtbot.addWidget(view)
    view.show_model(Rows(LIST_COLUMNS, list_rows()), LIST_COLUMNS)
    view.resize(width, 400)
    view.show()
    view.activateWindow()
    view.setFocus()
    QApplication.processEvents()
    return view


def shown_keys(view: RegisterTable) -> list[str]:
    return [column.key for at, column in enumerate(LIST_COLUMNS) if not view.isColumnHidden(at)]


def test_the_rows_of_the_gallery_are_a_sound_model(qtbot: QtBot) -> None:
    rows = Rows(LIST_COLUMNS, list_rows())
    # What it finds wrong it says as a warning, and a warning fails the test.
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert tester.model() is rows


def test_home_end_and_enter_work_on_rows(qtbot: QtBot) -> None:
    view = table(qtbot)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.selected_rows() == [13]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.selected_rows() == [0]
    QTest.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.opened) as signal:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert signal.args == [1]


def test_the_chosen_row_has_its_bar_also_where_the_first_column_has_no_room(qtbot: QtBot, look: Theme) -> None:
    view = table(qtbot)
    view.go_to(0)
    view.setColumnHidden(0, True)
    image = view.viewport().grab().toImage()
    assert image.pixelColor(1, view.rowHeight(0) // 2) == look.colour("slate")


def test_a_row_reached_by_key_is_seen_in_a_pane_that_scrolls_around_the_table(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.setMinimumHeight(700)
    holder = QWidget()
    QVBoxLayout(holder).addWidget(view)
    pane = scrolling(holder)
    qtbot.addWidget(pane)
    pane.resize(800, 260)
    pane.show()
    qtbot.waitExposed(pane)
    view.go_to(0)
    for _row in range(9):
        QTest.keyClick(view, Qt.Key.Key_Down)
    port = pane.viewport()
    row = view.visualRect(view.currentIndex())
    top = view.viewport().mapTo(port, row.topLeft()).y()
    assert 0 <= top <= port.height() - row.height()


def test_control_enter_is_left_to_the_red_action(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.go_to(2)
    with qtbot.assertNotEmitted(view.opened):
        QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_current_row_is_told(qtbot: QtBot) -> None:
    view = table(qtbot)
    with qtbot.waitSignal(view.picked) as signal:
        view.go_to(3)
    assert signal.args == [3]
    view.go_to(99)
    assert view.selected_rows() == [3]


def test_a_row_gone_to_is_selected_alone_whatever_key_is_held_down(qtbot: QtBot) -> None:
    view = table(qtbot)
    view.go_to(1)
    QTest.keyPress(view, Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier)
    try:
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ShiftModifier
        view.go_to(3)
        assert view.selected_rows() == [3]
    finally:
        QTest.keyRelease(view, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)


def test_copied_rows_paste_as_cells(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    view.go_to(0)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[1:4] for line in lines] == [["09-18", "未开始", "3 条"], ["09-17", "进行中", "无"]]
    html = QGuiApplication.clipboard().mimeData().html()
    assert html.count("<tr>") == 2
    assert "<td>1,234.50</td>" in html
    assert "mso-number-format:'\\@'\">09-18</td>" in html


def test_copying_with_the_head_names_the_columns(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    view.go_to(0)
    view.copy_selection(with_head=True)
    assert QGuiApplication.clipboard().text().split("\n")[0].startswith("议题\t上会\t审查状态")


def test_hidden_columns_are_not_copied(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    view.set_column_shown("meeting", False)
    view.go_to(0)
    view.copy_selection(with_head=True)
    assert "上会" not in QGuiApplication.clipboard().text()


def test_a_cell_with_line_breaks_stays_one_cell() -> None:
    assert as_mime([['一\n"二"', "三"]], [False, False]).text() == '"一\n""二"""\t三'


def test_markup_in_a_cell_is_not_pasted_as_markup() -> None:
    assert "<b>" not in as_mime([["<b>甲</b>"]], [False]).html()


def test_a_click_on_a_head_asks_for_sorting_and_again_for_the_other_way(qtbot: QtBot) -> None:
    view = table(qtbot)
    head = view.horizontalHeader()
    place = QPoint(head.sectionViewportPosition(1) + 10, head.height() // 2)
    with qtbot.waitSignal(view.sort_asked) as signal:
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["meeting", False]
    view.show_sorted("meeting")
    with qtbot.waitSignal(view.sort_asked) as signal:
        QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == ["meeting", True]


def test_the_columns_menu_sorts_and_hides_without_the_mouse(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    menu = QMenu()
    qtbot.addWidget(menu)
    view.fill_columns_menu(menu)
    meeting = next(action for action in menu.actions() if action.text() == "上会")
    title = next(action for action in menu.actions() if action.text() == "议题")
    assert not title.isEnabled()
    meeting.trigger()
    assert "meeting" not in shown_keys(view)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_columns_menu_ticks_by_keys_and_stays_until_esc(qtbot: QtBot, key: Qt.Key) -> None:
    view = table(qtbot, 1300)
    menu = QMenu(view)
    view.fill_columns_menu(menu)
    by_words = {action.text(): action for action in menu.actions()}
    menu.popup(view.mapToGlobal(QPoint(10, 10)))
    for words, hidden in (("上会", "meeting"), ("进度", "progress")):
        menu.setActiveAction(by_words[words])
        QTest.keyClick(menu, key)
        assert hidden not in shown_keys(view)
        assert menu.isVisible()
    QTest.keyClick(menu, key)
    assert "progress" in shown_keys(view)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(by_words["上会"]).center())
    assert "meeting" in shown_keys(view)
    assert menu.isVisible()
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert menu.isHidden()


def test_a_column_that_gets_room_is_no_longer_said_to_have_none(qtbot: QtBot) -> None:
    view = table(qtbot, 860)
    menu = QMenu(view)
    view.fill_columns_menu(menu)
    amount = next(action for action in menu.actions() if action.text().endswith("（放不下）"))
    for action in menu.actions():
        if action.isCheckable() and action.isEnabled() and action is not amount:
            action.trigger()
    assert "放不下" not in amount.text()
    amount.trigger()
    assert "放不下" not in amount.text()


def test_columns_leave_by_rank_and_title_state_deadline_stay(qtbot: QtBot) -> None:
    assert shown_keys(table(qtbot, 1300)) == [column.key for column in LIST_COLUMNS]
    assert "amount" not in shown_keys(table(qtbot, 860))
    assert shown_keys(table(qtbot, 460)) == ["title", "state", "due"]


def test_the_title_takes_the_extra_width(qtbot: QtBot) -> None:
    narrow, wide = table(qtbot, 1100), table(qtbot, 1700)
    assert wide.columnWidth(0) - narrow.columnWidth(0) == 600
    assert wide.columnWidth(2) == narrow.columnWidth(2)


def test_a_layout_survives_being_kept_as_json(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    with qtbot.waitSignal(view.arranged):
        view.horizontalHeader().moveSection(1, 4)
    view.horizontalHeader().resizeSection(2, 150)
    view.set_column_shown("progress", False)
    view.show_sorted("due", descending=True)
    kept = json.loads(json.dumps(view.layout_data()))
    other = table(qtbot, 1300)
    other.restore_layout(kept)
    assert other.layout_data() == kept
    assert "progress" not in shown_keys(other)
    assert other.columnWidth(2) == 150
    assert other.horizontalHeader().visualIndex(1) == 4


def test_a_damaged_or_foreign_layout_changes_nothing(qtbot: QtBot) -> None:
    view = table(qtbot, 1300)
    before = [view.columnWidth(at) for at in range(len(LIST_COLUMNS))]
    view.restore_layout({"order": 7, "widths": {"title": "wide"}, "hidden": ["gone"], "sort": ["gone"]})
    assert [view.columnWidth(at) for at in range(len(LIST_COLUMNS))] == before


def test_widths_are_kept_for_the_smallest_font(qtbot: QtBot, look: Theme) -> None:
    view = table(qtbot, 1300)
    look.set_points(21)
    view.resize(3000, 400)
    view.horizontalHeader().resizeSection(2, 300)
    assert view.layout_data()["widths"]["state"] == 150


def test_a_column_that_a_larger_font_widens_was_not_drawn_by_the_officer(qtbot: QtBot, look: Theme) -> None:
    view = table(qtbot, 1300)
    view.horizontalHeader().resizeSection(2, 60)
    look.set_points(21)
    look.set_points(10.5)
    assert view.layout_data()["widths"]["state"] == 60
    assert view.columnWidth(2) == 60


def test_rows_grow_with_the_font(qtbot: QtBot, look: Theme) -> None:
    view = table(qtbot)
    look.set_points(16)
    assert view.rowHeight(0) == look.heights.row
    assert look.heights.row > 50


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_selected_row_has_a_bar_at_its_left(qtbot: QtBot, look: Theme, scheme: Scheme) -> None:
    look.set_scheme(scheme)
    view = table(qtbot)
    view.clearFocus()
    view.go_to(2)
    image: QImage = view.viewport().grab().toImage()
    middle = view.rowViewportPosition(2) + view.rowHeight(2) // 2
    assert image.pixelColor(1, middle) == look.colour("slate")
    assert image.pixelColor(5, middle) == look.colour("sel")
    assert image.pixelColor(1, view.rowViewportPosition(5) + 5) == look.colour("surface")


def test_pressing_the_button_of_a_row_names_the_row(qtbot: QtBot) -> None:
    view = RegisterTable("要办的事", row=RowHeight.TWO_LINES)
    qtbot.addWidget(view)
    view.show_model(Rows(TODAY_COLUMNS, today_rows()), TODAY_COLUMNS)
    view.span_groups()
    view.resize(900, 400)
    view.show()
    QApplication.processEvents()
    place = QPoint(view.viewport().width() - 30, view.rowViewportPosition(1) + view.rowHeight(1) // 2)
    with qtbot.waitSignal(view.button_pressed) as signal:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert signal.args == [1]
    assert view.columnSpan(0, 0) == len(TODAY_COLUMNS)


def test_fitting_drops_the_highest_rank_first() -> None:
    columns = [Column("a", "", 100), Column("b", "", 100, rank=2), Column("c", "", 100, rank=1)]
    assert fitting(columns, [100, 100, 100], 300) == [True, True, True]
    assert fitting(columns, [100, 100, 100], 250) == [True, False, True]
    assert fitting(columns, [100, 100, 100], 50) == [True, False, False]


def test_a_deadline_shrinks_before_the_title_does() -> None:
    columns = [Column("title", "", 200, stretches=True), Column("due", "", 220, CellKind.DEADLINE, least=120)]
    assert shares(columns, [200, 220], [0, 120], 500) == [280, 220]
    assert shares(columns, [200, 220], [0, 120], 350) == [230, 120]
    assert shares(columns, [200, 220], [0, 120], 300) == [180, 120]
    assert shares(columns, [200, 220], [96, 120], 330) == [210, 120]
    assert shares(columns, [200, 220], [96, 120], 250) == [130, 120]


def test_rows_end_at_the_edge_of_the_pane_also_where_the_title_had_to_go() -> None:
    columns = (Column("state", "状态", 100), Column("due", "期限", 120))
    assert shares(columns, [100, 120], [0, 0], 300) == [100, 200]
    assert shares(columns, [100, 120], [0, 0], 200) == [100, 120]


def test_a_layout_of_nonsense_is_the_ordinary_one() -> None:
    assert read_layout({"widths": {"a": 3}}).widths == {"a": 40}
    assert read_layout({"sort": 5, "order": None}).sort_key == ""
