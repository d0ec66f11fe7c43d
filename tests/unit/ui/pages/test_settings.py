"""Settings show what holds, none cut to what an editor can hold."""

import pytest
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from paizhu.base.settings import SETTINGS, Place
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui.context import Context
from paizhu.ui.pages.settings import SettingsPage

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
