"""Rows that head a group are low, and a line that comes to stand where one was has its whole height again."""

from __future__ import annotations

from PySide6.QtGui import QStandardItem, QStandardItemModel
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.roles import GroupRole
from paizhu.ui.kit.table_view import RegisterTable, RowHeight


def test_a_line_where_a_group_was_headed_is_as_high_as_the_others(qtbot: QtBot) -> None:
    view = RegisterTable("示例", row=RowHeight.TWO_LINES)
    qtbot.addWidget(view)
    model = QStandardItemModel(3, 2)
    for row in range(3):
        model.setItem(row, 0, QStandardItem("示例"))
    model.item(1).setData("以后", GroupRole)
    view.show_model(model, [Column("words", "事项", 200), Column("day", "日期", 90)])
    view.span_groups()
    heights = theme.current().heights
    assert [view.rowHeight(row) for row in range(3)] == [heights.two_line_row, heights.dense_row, heights.two_line_row]
    model.item(1).setData(None, GroupRole)
    model.item(2).setData("以后", GroupRole)
    view.span_groups()
    assert [view.rowHeight(row) for row in range(3)] == [heights.two_line_row, heights.two_line_row, heights.dense_row]
