"""Labels of a short editor stand right-aligned in one column, also where two editors follow each other."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.field_grid import FieldGrid, in_one_column
from paizhu.ui.theme import Theme


def test_words_end_and_fields_begin_at_one_place(look: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = FieldGrid(), FieldGrid()
    column.addLayout(first)
    column.addLayout(second)
    fields = [QLineEdit(), QPlainTextEdit(), QLineEdit()]
    labels = [
        first.add("两个议题相近的天数", fields[0]),
        first.add("要点", fields[1]),
        second.add("调整理由", fields[2]),
    ]
    in_one_column(first, second)
    page.resize(500, 300)
    page.show()
    qtbot.waitExposed(page)
    assert len({label.geometry().right() for label in labels}) == 1
    assert len({field.x() for field in fields}) == 1
    look.set_points(16)
    in_one_column(first, second)
    column.activate()
    assert len({field.x() for field in fields}) == 1
