"""What is copied is marked so that whatever remembers the clipboard does not keep it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.table_copy import as_mime
from paizhu.ui.kit.unkept import is_marked, marked, marks
from paizhu.ui.traces import Traces


class Clipboard(QObject):
    """A clipboard that tells who owns it; the one without a screen does not."""

    dataChanged = Signal()  # noqa: N815  # as the one it stands for

    def __init__(self) -> None:
        super().__init__()
        self.held = QMimeData()
        self.ours = True

    def ownsClipboard(self) -> bool:
        return self.ours

    def mimeData(self) -> QMimeData:
        return self.held

    def setMimeData(self, data: QMimeData) -> None:
        self.held = data
        self.dataChanged.emit()


def words(said: str) -> QMimeData:
    data = QMimeData()
    data.setText(said)
    return data


def test_cells_of_a_list_are_marked_and_paste_as_before() -> None:
    data = as_mime([["示例甲", "12"]], [False, True])
    assert is_marked(data)
    assert data.text() == "示例甲\t12"
    assert "<td>12</td>" in data.html()


@pytest.mark.parametrize("ours", [True, False])
def test_words_copied_out_of_a_field_are_marked_and_those_of_others_left_alone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ours: bool
) -> None:
    clipboard, window = Clipboard(), QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: clipboard)
    traces = Traces(window)
    clipboard.ours = ours
    copied = words("示例甲")
    clipboard.setMimeData(copied)
    assert is_marked(clipboard.held) == ours
    assert clipboard.held.text() == "示例甲"
    assert (clipboard.held is copied) != ours
    traces.deleteLater()


def test_each_system_is_told_in_its_own_words() -> None:
    told = marks("win32")
    assert [name.partition('"')[2].rstrip('"') for name in told] == [
        "ExcludeClipboardContentFromMonitorProcessing", "CanIncludeInClipboardHistory", "CanUploadToCloudClipboard",
    ]  # fmt: skip
    assert marks("linux") == {"x-kde-passwordManagerHint": b"secret"}
    assert is_marked(marked(words("示例甲")))
