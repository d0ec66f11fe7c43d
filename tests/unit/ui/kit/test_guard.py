"""A fault while Qt paints leaves the window alive, is told once, and empties only its own cell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.guard import Guarded
from paizhu.ui.kit.table_view import RegisterTable

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Faulty(Guarded, QAbstractTableModel):
    """Three rows; whatever is asked of the second one goes wrong."""

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 3

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.row() == 1:
            raise ZeroDivisionError("示例")
        return f"第 {index.row()} 行" if role == Qt.ItemDataRole.DisplayRole else None


def test_a_fault_while_painting_is_told_once_and_the_window_lives_on(qtbot: QtBot) -> None:
    view = RegisterTable("示例")
    qtbot.addWidget(view)
    model = Faulty(view)
    with qtbot.captureExceptions() as told:
        view.show_model(model, [Column("words", "示例", 200, CellKind.WORDS)])
        view.resize(400, 300)
        view.show()
        for _ in range(5):
            view.viewport().repaint()
            QApplication.processEvents()
        qtbot.waitUntil(lambda: bool(told))
    assert [kind for kind, _, _ in told] == [ZeroDivisionError]
    assert [model.index(row, 0).data() for row in range(3)] == ["第 0 行", None, "第 2 行"]
