"""A reason that is typed into the question below a list outlives the lock, encrypted, and is forgotten once used."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.drafts import NEW
from paizhu.ui.main_window import MainWindow
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab
from tests.conftest import PASSWORD
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle

TALK = registers.register("integrity_talk")
WORDS = "与另一条重复"


@pytest.fixture
def tabs() -> tuple[Tab, ...]:
    """The tabs as they are."""
    return TABS


@pytest.fixture
def talks(window: MainWindow) -> list[int]:
    """Three talks."""
    save = office_of(window).records.save
    return [save(TALK, {"subject": f"示例{at}", "planned_date": f"2026-03-0{at}"}).records[0][1] for at in range(1, 4)]


def asked_about(window: MainWindow, qtbot: QtBot, ids: list[int]) -> RegisterPage:
    page = page_at(window, "talks", RegisterPage)
    settle(qtbot, window)
    pane = page.side.list
    for each in ids:
        assert pane.go_to(each)
    if len(ids) > 1:
        pane.table.choose_rows(sorted(pane.model.place_of(each) for each in ids), pane.model.place_of(ids[0]))
    pane.table.setFocus()
    QTest.keyClick(pane.table, Qt.Key.Key_Delete)
    line_of(page).setText(WORDS)
    return page


def line_of(page: RegisterPage) -> QLineEdit:
    ask = page.side.list.ask
    assert ask.isVisible()
    line = ask.lines()[0]
    assert isinstance(line, QLineEdit)
    return line


def locked_and_opened(window: MainWindow, qtbot: QtBot) -> RegisterPage:
    act(window, "window.lock")
    settle(qtbot, window)
    window.session.unlock(PASSWORD)
    window.open_desk()
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, RegisterPage)
    return page


@pytest.mark.parametrize("count", [1, 2])
def test_the_question_stands_there_again_with_its_words(
    window: MainWindow, qtbot: QtBot, talks: list[int], count: int
) -> None:
    asked_about(window, qtbot, talks[:count])
    page = locked_and_opened(window, qtbot)
    line = line_of(page)
    assert line.text() == WORDS
    assert window.focusWidget() is line
    assert sorted(page.side.list.selected_ids()) == talks[:count]
    line.returnPressed.emit()
    settle(qtbot, window)
    records = office_of(window).records
    assert [records.get(TALK, each).values["void_reason"] for each in talks[:count]] == [WORDS] * count
    assert not office_of(window).vault.drafts.every(), "what was used is kept no longer"


def test_what_was_left_with_esc_is_not_asked_again(window: MainWindow, qtbot: QtBot, talks: list[int]) -> None:
    asked_about(window, qtbot, talks[:1])
    page = locked_and_opened(window, qtbot)
    QTest.keyClick(line_of(page), Qt.Key.Key_Escape)
    assert not office_of(window).vault.drafts.every()
    page = locked_and_opened(window, qtbot)
    assert not page.side.list.ask.isVisible()


def test_words_for_one_record_are_not_put_to_another(window: MainWindow, qtbot: QtBot, talks: list[int]) -> None:
    # As the program leaves it when it is closed over the question.
    kept = json.dumps({"ids": talks[:1], "words": WORDS})
    office_of(window).vault.drafts.put(f"void:{TALK.key}", NEW, kept)
    page = page_at(window, "talks", RegisterPage)
    settle(qtbot, window)
    for each, words in ((talks[1], ""), (talks[0], WORDS)):
        page.side.list.go_to(each)
        page.side.list_acts.ask_void()
        assert line_of(page).text() == words
