"""A clock that stands before what was written last is told of when a vault is opened: all limits are counted by it."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui import opening_strips, theme
from paizhu.ui.opening_strips import CLOCK
from paizhu.ui.strips import Strips


@pytest.mark.parametrize(
    ("off", "told"),
    [(timedelta(days=-3000), True), (timedelta(days=-1), True), (timedelta(minutes=-20), False), (timedelta(1), False)],
    ids=["the battery ran down", "a day", "set right by some minutes", "time goes on"],
)
def test_a_clock_set_back_is_told_at_opening(
    qtbot: QtBot, qapp: QApplication, office: Office, off: timedelta, told: bool
) -> None:
    theme.install(qapp)
    office.records.save(registers.register("integrity_talk"), {"subject": "示例某", "planned_date": "2026-03-20"})
    written, strips, session = clock.now(), Strips(), Session(Machine())
    session.office, session.notices = office, ["上次没有正常关闭"]
    qtbot.addWidget(strips)
    with clock.clock_at(written + off):
        # Opening may write something itself, by the clock that is wrong.
        with office.vault.act("open", "打开", always=True):
            pass
        opening_strips.show(strips, office, session)
    assert (CLOCK in strips.names()) is told
    if told:
        assert strips.front() == CLOCK
        assert f"{written:%Y-%m-%d %H:%M}" in strips.words(CLOCK)
        assert f"{written + off:%Y-%m-%d %H:%M}" in strips.words(CLOCK)
