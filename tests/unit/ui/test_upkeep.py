"""What the open desk does by itself: red flags are computed anew when the officer pauses."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import theme, upkeep
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.tasks import Tasks
from paizhu.ui.upkeep import Upkeep

REVIEW = registers.register("review_item")


def test_flags_of_the_list_follow_what_was_written(
    office: Office, qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "_QUIET_MS", 1)
    events, parent = Events(), QObject()
    keeper = Upkeep(Context(office, events, Tasks(), theme.install(qapp)), parent)
    typed = {"title": "示例采购", "submitted_at": "3.17 16:00", "planned_meeting_at": "3.18 9:00"}
    item = office.records.save(REVIEW, typed).records[0][1]
    assert office.records.get(REVIEW, item).values["flags"] is None
    with qtbot.waitSignal(events.changed, timeout=10_000):
        keeper.look_at_flags()
    assert "RF-P1" in str(office.records.get(REVIEW, item).values["flags"])
