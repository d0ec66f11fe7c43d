"""The whole import by keys alone: choose, header, columns, rows, done, and the batch taken back; no mouse anywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui import messages, turns
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, FILES, HEADER, MAPPING
from tests.ledgers import ROWS, ledger

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
_MOST_TABS = 60


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ImportPage:
    """The page as it opens, with a ledger that the file dialog will give."""
    path = ledger(tmp_path / "谈话.xlsx")
    monkeypatch.setattr(messages, "ask_open_many", lambda *_args: [path])
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    made.files.setFocus()
    return made


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QApplication.processEvents()
    QTest.keyClick(focused(), key, modifier)


def tab_to(wanted: Callable[[QWidget], bool]) -> QWidget:
    """Press Tab until the focus is where it is wanted."""
    for _ in range(_MOST_TABS):
        if wanted(focused()):
            return focused()
        press(Key.Key_Tab)
    pytest.fail(f"never reached; the focus is at {focused().accessibleName()!r}")


def named(words: str) -> Callable[[QWidget], bool]:
    return lambda widget: widget.accessibleName().startswith(words)


def at_rest(page: ImportPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.flow.busy and not turns.waiting())


def choose_the_file(page: ImportPage, qtbot: QtBot) -> None:
    tab_to(named("选择文件"))
    press(Key.Key_Space)
    at_rest(page, qtbot)
    qtbot.waitUntil(lambda: page.step == MAPPING and not turns.waiting())


def point_at_the_header(page: ImportPage, qtbot: QtBot) -> None:
    tab_to(named("不对，我来指定"))
    press(Key.Key_Space)
    assert page.step == HEADER
    table = page.header.table
    assert table.hasFocus()
    for key in (Key.Key_Down, Key.Key_Space, Key.Key_Space):
        press(key)
    assert table.header_rows() == (2, 3)
    press(Key.Key_Return, CTRL)
    at_rest(page, qtbot)
    assert page.step == MAPPING


def give_another_field_and_take_it_back(page: ImportPage, qtbot: QtBot) -> None:
    def fed() -> str:
        return {look.letter: look.path for look in page.mapping.columns()}["H"]

    before = fed()
    for key, same in ((Key.Key_Up, False), (Key.Key_Down, True)):
        tab_to(named("H 列"))
        press(key)
        at_rest(page, qtbot)
        qtbot.waitUntil(lambda same=same: (fed() == before) is same)  # type: ignore[misc]  # bound as it is now


def mend_the_wrong_day(page: ImportPage, qtbot: QtBot) -> None:
    rows = page.preview.rows
    tab_to(lambda widget: widget is rows)
    press(Key.Key_End)
    model = page.preview.model()
    assert model is not None
    while model.number_at(rows.currentIndex().row()) != 7:
        press(Key.Key_Up)
    press(Key.Key_F2)
    editor = rows.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.hasFocus()
    press(Key.Key_A, CTRL)
    QTest.keyClicks(editor, "2025.2.28")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.flow.tally().refused == 0)


def test_a_ledger_goes_in_and_out_by_keys_alone(page: ImportPage, qtbot: QtBot, office: Office) -> None:
    assert page.step == FILES
    choose_the_file(page, qtbot)
    point_at_the_header(page, qtbot)
    give_another_field_and_take_it_back(page, qtbot)
    press(Key.Key_Return, CTRL)
    assert page.step == CHECK
    mend_the_wrong_day(page, qtbot)
    press(Key.Key_Return, CTRL)
    at_rest(page, qtbot)
    assert page.step == DONE
    assert office.records.count(View("integrity_talk")) == len(ROWS)
    tab_to(named("看导入记录"))
    press(Key.Key_Space)
    log = page.log.table
    qtbot.waitUntil(lambda: log.model() is not None and log.model().rowCount() == 1)
    assert log.hasFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: office.records.count(View("integrity_talk")) == 0)


def test_stopping_a_long_import_leaves_the_vault_as_it_was_byte_for_byte(
    context: Context, qtbot: QtBot, office: Office, vault_folder: Path, tmp_path: Path
) -> None:
    rows = [
        [at, f"2025.3.{at % 28 + 1}", f"张{chr(0x4E00 + at)}", "科员", "日常", "陈守正", "x", None]
        for at in range(4000)
    ]
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    before = {path.name: path.read_bytes() for path in vault_folder.glob("vault.db*")}
    made.setFocus()
    made.flow.add_files([ledger(tmp_path / "多行.xlsx", rows)])
    with qtbot.waitSignal(made.flow.stopped):
        QTest.keyClick(made, Key.Key_Escape)
    assert {path.name: path.read_bytes() for path in vault_folder.glob("vault.db*")} == before
    assert office.importing.batches() == []
