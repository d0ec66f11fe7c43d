"""The acts on one record: every word of what was changed has its room at any width."""

import pytest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.register.history_pane import HistoryPane
from paizhu.ui.theme import Theme

TALK = registers.register("integrity_talk")
WORDS = "一、指出专项检查 5 项问题 1 项逾期未改，督办不力。二、要求对照责任清单逐项销号，本周内书面反馈。"


@pytest.mark.parametrize("width", [300, 340, 400, 460])
def test_long_words_of_a_change_are_never_cut(office: Office, look: Theme, width: int, qtbot: QtBot) -> None:
    typed = {"subject": "孙立新", "planned_date": "2026-03-10", "record": WORDS, "outline": WORDS}
    talk = office.records.save(TALK, typed).records[0][1]
    pane = HistoryPane()
    area = scrolling(pane)
    qtbot.addWidget(area)
    area.resize(width, 300)
    area.show()
    qtbot.waitExposed(area)
    pane.show_changes(TALK, office.history.of_record(TALK.key, talk))
    long = [label for label in pane.findChildren(Label) if label.text().startswith("一、")]
    assert len(long) == 2
    qtbot.waitUntil(lambda: all(label.isVisible() for label in long))
    qtbot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) for label in long))
