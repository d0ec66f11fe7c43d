"""Settings show what holds, none cut to what an editor can hold."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from paizhu.base.settings import SETTINGS, Place
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui.context import Context
from paizhu.ui.pages.recovery import RecoveryPane
from paizhu.ui.pages.security import SecurityCard
from paizhu.ui.pages.settings import SettingsPage
from paizhu.ui.tasks import Tasks

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
