"""Fields for files in a form: what lies there, dragging a file onto one, choosing one by keyboard."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import messages
from paizhu.ui.kit.button import Button
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.file_slot import FileSlot
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.waiting_line import WaitingLine

from .conftest import MakePage

DUTY = registers.register("duty_item")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A file of the officer."""
    made = tmp_path / "示例纪要.txt"
    made.write_text("示例", encoding="utf-8")
    return made


@pytest.fixture
def page(office: Office, make_page: MakePage) -> RegisterPage:
    """The form of an item."""
    item = office.records.save(DUTY, {"subject": "示例局", "content": "示例事项"}).records[0][1]
    page = make_page(DUTY)
    page.open_record(DUTY.key, item)
    page.side.detail.header.tabs.setCurrentIndex(FORM)
    return page


def slot(page: RegisterPage) -> FileSlot:
    found = page.side.detail.form.fields["evidence"].slot
    assert found is not None
    return found


def files(page: RegisterPage, office: Office) -> list[tuple[str, str]]:
    record = page.side.detail.work.record_id
    assert record is not None
    return [(file["slot"], file["name"]) for file in office.records.attachments(DUTY, record)]


def test_an_empty_place_is_seen_and_says_so(page: RegisterPage) -> None:
    assert slot(page).isVisible()
    assert slot(page).accessibleName() == "佐证材料：没有文件"


def test_a_file_dragged_onto_the_field_lies_there_and_is_counted(
    page: RegisterPage, office: Office, paper: Path, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    slot(page).dropEvent(QDropEvent(QPointF(4, 4), copy, data, left, none))
    qtbot.waitUntil(lambda: slot(page).accessibleName() == "佐证材料：1 份")
    assert files(page, office) == [("evidence", "示例纪要.txt")]
    tabs = page.side.detail.header.tabs
    assert any(tabs.tabText(at) == "附件 1" for at in range(tabs.count()))


def test_a_file_is_chosen_by_keyboard(
    page: RegisterPage, office: Office, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_open_many", lambda *_given: [paper])
    button = next(each for each in slot(page).findChildren(Button) if each.accessibleName() == "添加佐证材料")
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(files(page, office)))


def test_a_folder_is_not_taken(page: RegisterPage, office: Office, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    slot(page).dropEvent(QDropEvent(QPointF(4, 4), copy, data, left, none))
    assert files(page, office) == []


def test_a_new_record_takes_no_file_before_it_is_saved(page: RegisterPage) -> None:
    page.new_record()
    assert not slot(page).isVisible()


def test_a_fault_while_a_file_is_stored_is_told_once(
    page: RegisterPage, paper: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: told.append(kind))

    def fail(*_given: object) -> None:
        raise ValueError("示例")

    side = page.side
    monkeypatch.setattr(side.files, "_attach", fail)
    side.files.add([paper], "evidence")
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: not page._context.tasks.busy)
    assert told == [ValueError]


def test_the_link_to_a_wanted_file_stands_at_the_left_where_no_words_are_before_it(qtbot: QtBot) -> None:
    line = WaitingLine()
    qtbot.addWidget(line)
    line.resize(500, 40)
    talk = registers.register("integrity_talk")
    line.show_words("", "signed_page", talk)
    qtbot.waitExposed(line)
    assert line.add.geometry().right() < 250
    line.show_words("归档须先补：双方签字页扫描件。", "signed_page", talk)
    qtbot.waitUntil(lambda: line.add.geometry().right() > 450)
