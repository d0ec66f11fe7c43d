"""处分影响期表 in the window: what may be set is open, what the law fixes says so, and measures move with it."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.roles import MarkRole
from paizhu.ui.pages.rules.influence_page import InfluencePage
from paizhu.ui.tasks import Tasks

MEASURE = registers.register("measure")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot, tasks: Tasks) -> InfluencePage:
    typed = {"subject": "曹志刚", "kind": "admonish", "decided_at": "2026-01-10", "decided_by": "示例局党组"}
    office.records.save(MEASURE, typed)
    made = InfluencePage(Context(office, Events(), tasks, theme.install(qapp)))
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    return made


def test_what_the_law_fixes_is_shown_and_says_that_it_cannot_be_set(page: InfluencePage) -> None:
    page.choose("party_warning")
    assert page.save.reason == "有规定，不能改"
    assert not page.months.isVisible()
    row = page.row_of("party_warning")
    assert page.model.index(row, 1).data() == "1 年"
    assert page.model.index(row, 2).data(MarkRole).words == "已核"


def test_a_length_is_set_with_document_and_put_back(page: InfluencePage, qtbot: QtBot) -> None:
    page.choose("admonish")
    page.months.setValue(12)
    page.run("save")
    qtbot.waitUntil(lambda: "理由和文号" in page._trouble.words())
    assert page.months.value() == 12
    page.reason.setText("市里规定一年")
    page.document.setText("示纪发〔2026〕5号")
    with qtbot.waitSignal(page._context.events.said) as said:
        page.run("save")
    assert "1 条处分的期满日跟着变动" in said.args[0]
    line = page.chosen()
    assert line
    assert line.changed
    with qtbot.waitSignal(page._context.events.said):
        page.back_to_shipped.click()
    assert not page.back_to_shipped.isVisible()


def test_the_reading_of_month_ends_is_chosen_by_key(page: InfluencePage, office: Office, qtbot: QtBot) -> None:
    segments = page.choices["month_end"]
    with qtbot.waitSignal(page._context.events.said):
        segments.set_current("day_before")
        segments.chosen.emit("day_before")
    QTest.qWait(1)
    assert office.desk.influence.month_end == "day_before"
