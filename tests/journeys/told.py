"""Every word a window holds, seen or not: texts, names and descriptions for a screen reader, tips, cells of tables."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.StatusTipRole,
)
_MOST_ROWS = 400


def words(window: QWidget) -> list[str]:
    """Return every word of a window and of what stands in it."""
    found: list[str] = []
    for each in (window, *window.findChildren(QWidget)):
        found += [each.accessibleName(), each.accessibleDescription(), each.toolTip(), each.windowTitle()]
        found += [each.statusTip(), each.whatsThis(), *_own(each)]
    return [each for each in found if each]


def _own(widget: QObject) -> Iterator[str]:
    match widget:
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText(), widget.displayText())
        case QPlainTextEdit() | QTextEdit():
            yield from (widget.toPlainText(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(at) for at in range(widget.count()))
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QTabBar():
            yield from (f"{widget.tabText(at)}{widget.tabToolTip(at)}" for at in range(widget.count()))
        case QMenu():
            yield from (f"{action.text()}{action.toolTip()}" for action in widget.actions())
        case QAbstractItemView() if widget.model():
            yield from _cells(widget.model(), QModelIndex())
        case _:
            return


def _cells(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        for column in range(columns):
            index = model.index(row, column, parent)
            yield from (str(held) for role in _ROLES if (held := index.data(role)) is not None)
        first = model.index(row, 0, parent)
        if first.isValid() and model.rowCount(first):
            yield from _cells(model, first)
