"""Settings show what holds, none cut to what an editor can hold."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox
from pytestqt.qtbot import QtBot

from paizhu.base.settings import SETTINGS, Place
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.safety import recovery_code
from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.pages.recovery import RecoveryPane
from paizhu.ui.pages.security import SecurityCard
from paizhu.ui.pages.settings import SettingsPage
from paizhu.ui.tasks import Tasks
from tests.conftest import PASSWORD

NUMBERS = [each for each in SETTINGS if each.type is int and not each.options and each.name not in ("sample",)]


@pytest.mark.parametrize("setting", NUMBERS, ids=lambda setting: str(setting.name))
def test_every_number_is_shown_as_it_holds(context: Context, office: Office, qtbot: QtBot, setting: object) -> None:
    chosen = next(each for each in NUMBERS if each is setting)
    assert chosen.place is Place.VAULT
    page = SettingsPage(context, Session(Machine()))
    qtbot.addWidget(page)
    editor = page.editor(chosen.name)
    assert isinstance(editor, QSpinBox)
    assert editor.value() == office.desk.setting(chosen.name)


def test_a_new_password_must_not_be_the_name_of_the_officer_or_the_unit(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    office.desk.set_setting("officer", "甲某某")
    card = SecurityCard(context, Session(Machine()))
    qtbot.addWidget(card)
    card.change.click()
    for words in ("甲某某的口令2026", f"{office.desk.setting('unit')}2026"):
        for edit in (card.form.first, card.form.second):
            edit.field.setText(words)
        assert "不含姓名、单位简称" in card.form.waits_for()
    for edit in (card.form.first, card.form.second):
        edit.field.setText("ychz7wdh3jqm")
    assert card.form.waits_for() == ""


def test_the_way_back_with_the_code_knows_the_name_of_the_vault(vault_folder: Path, qtbot: QtBot, tasks: Tasks) -> None:
    session = Session(Machine())
    session.choose(vault_folder.rename(vault_folder.with_name("驻某市示例局组.paizhu")))
    pane = RecoveryPane(session, tasks, lambda: None)
    qtbot.addWidget(pane)
    for edit in (pane.form.first, pane.form.second):
        edit.field.setText("驻某市示例局组2026")
    assert "不含姓名、单位简称" in pane.form.waits_for()


@pytest.fixture
def security(session: Session, qtbot: QtBot, tasks: Tasks, qapp: QApplication) -> SecurityCard:
    context = Context(session.unlock(PASSWORD), Events(), tasks, theme.install(qapp))
    card = SecurityCard(context, session)
    qtbot.addWidget(card)
    return card


@pytest.mark.parametrize("form", ["change", "renew", "test"])
def test_a_form_that_opens_at_the_foot_of_a_low_window_is_seen(
    session: Session, qtbot: QtBot, tasks: Tasks, qapp: QApplication, form: str
) -> None:
    """The button seemed to do nothing: what it opened stood below the window, and the cursor with it."""
    page = SettingsPage(Context(session.unlock(PASSWORD), Events(), tasks, theme.install(qapp)), session)
    qtbot.addWidget(page)
    page.resize(1366, 640)
    page.show()
    card = page.findChild(SecurityCard)
    assert card is not None
    getattr(card, form).click()
    field = card.code if form == "test" else card.old
    qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().height() == field.height())
    button = card.compare if form == "test" else card.go
    assert button.visibleRegion().boundingRect().height() == button.height()


def renewed(card: SecurityCard, tasks: Tasks, qtbot: QtBot) -> None:
    card.renew.click()
    card.old.field.setText(PASSWORD)
    with qtbot.waitSignal(tasks.idle):
        card.go.click()
    assert not card.sheet.isHidden()


def test_a_new_recovery_code_that_was_not_kept_is_reminded_of(
    security: SecurityCard, session: Session, qtbot: QtBot, tasks: Tasks, tmp_path: Path
) -> None:
    assert session.office is not None
    assert not recovery_code.is_loose(session.office)
    renewed(security, tasks, qtbot)
    assert recovery_code.is_loose(session.office)
    security.sheet.write_text(tmp_path / "恢复单.txt")
    assert not recovery_code.is_loose(session.office)


def test_a_sheet_can_be_tried_at_any_time_and_one_from_before_is_found_out(
    security: SecurityCard, qtbot: QtBot, tasks: Tasks
) -> None:
    renewed(security, tasks, qtbot)
    old = security.sheet._code
    renewed(security, tasks, qtbot)
    present = security.sheet._code
    security.test.click()
    assert security.sheet.isHidden()
    for typed, words in (
        (old, "这不是本库的恢复密钥"),
        (present.lower().replace("-", " "), "恢复单核对无误"),
    ):
        security.code.setText(typed)
        with qtbot.waitSignal(tasks.idle):
            security.compare.click()
        assert words in f"{security.words.text()}{security.code.note.words()}"
    assert security.code.text() == ""
    assert security.focusWidget() is security.test
    security.test.click()
    security.code.setText(present[:-1])
    security.compare.click()
    assert not tasks.busy
    assert "第 8 组与恢复单不符" in security.code.note.words()


def test_all_cards_have_their_labels_in_one_column(context: Context, qtbot: QtBot, qapp: QApplication) -> None:
    page = SettingsPage(context, Session(Machine()))
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qapp.processEvents()
    names = [setting.name for setting in SETTINGS if setting.name in page._editors]
    starts = {page.editor(name).mapTo(page, QPoint(0, 0)).x() for name in names}
    assert len(names) > 8
    assert len(starts) == 1


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SettingsPage:
    """The page in a window that has the keyboard."""
    made = SettingsPage(context, Session(Machine()))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_number(page: SettingsPage, name: str, words: str) -> NumberEdit:
    """Type over a number and go on to the next field."""
    editor = page.editor(name)
    assert isinstance(editor, NumberEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, words)
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    return editor


def test_a_number_of_several_digits_is_one_change(page: SettingsPage, context: Context, office: Office) -> None:
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    editor = type_number(page, "soon_days", "27")
    assert office.desk.setting("soon_days") == editor.value() == 27
    assert len(said) == 1
    assert office.history.last_undoable() is not None
    assert editor.note.isHidden()


@pytest.mark.parametrize(
    ("name", "words", "bounds"),
    [("cutoff_day", "31", "0 到 28"), ("soon_days", "99", "1 到 60"), ("backup_minutes", "2", "5 到 240")],
)
def test_a_number_out_of_bounds_is_refused_whole(
    page: SettingsPage, office: Office, name: str, words: str, bounds: str
) -> None:
    before = office.desk.setting(name)
    editor = type_number(page, name, words)
    assert office.desk.setting(name) == editor.value() == before
    assert editor.note.words() == f"没有改成 {words}，仍是 {before}。请填 {bounds} 之间的整数。"
    assert editor.note.isVisible()
    QTest.keyClick(editor, Qt.Key.Key_Up)
    assert editor.note.isHidden()
    assert type_number(page, name, "6").note.isHidden()
    assert office.desk.setting(name) == 6


def test_a_code_nobody_kept_is_not_said_to_replace_another(
    session: Session, qtbot: QtBot, tasks: Tasks, qapp: QApplication
) -> None:
    office = session.unlock(PASSWORD)
    session.unkept.hold(office.vault, "AAAAA-BBBBB")
    card = SecurityCard(Context(office, Events(), tasks, theme.install(qapp)), session)
    qtbot.addWidget(card)
    assert "还没有打印或保存" in card.words.text()
    assert "换发" not in card.words.text()
