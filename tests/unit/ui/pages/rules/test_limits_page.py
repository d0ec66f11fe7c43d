"""The time-limit table in the window: shown with its confidence, set with reason and paper, put back in one click."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.roles import MarkRole, SecondLineRole, Tone
from paizhu.ui.pages.rules.limits_page import LimitsPage
from paizhu.ui.tasks import Tasks

LEAD = registers.register("lead")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot, tasks: Tasks) -> LimitsPage:
    office.records.save(LEAD, {"received_at": "2026-03-02", "subject": "曹志刚"})
    made = LimitsPage(Context(office, Events(), tasks, theme.install(qapp)))
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    return made


def cell(page: LimitsPage, code: str, key: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    at = [column.key for column in page.model.columns].index(key)
    return page.model.index(page.row_of(code), at).data(role)


def test_every_limit_stands_with_source_length_and_how_sure_it_is(page: LimitsPage, office: Office) -> None:
    assert page.model.rowCount() == len(office.desk.limits)
    assert cell(page, "T02", "name", SecondLineRole) == "《监督执纪工作规则》第二十九条"
    assert cell(page, "T02", "span") == "15 个工作日"
    assert cell(page, "T02", "span", SecondLineRole) == "收函次日起"
    mark = cell(page, "T02", "state", MarkRole)
    assert (mark.words, mark.tone) == ("待核", Tone.AMBER)  # type: ignore[attr-defined]  # it is a Mark
    assert cell(page, "T10", "state") == "已核"
    assert cell(page, "C01", "state") == "惯例"


def test_the_sentence_follows_what_is_typed(page: LimitsPage) -> None:
    page.choose("T02")
    assert "4 月 7 日到期" in page.sentence.text()
    assert page.save.reason == "没有改动"
    page.length.setValue(5)
    assert "3 月 23 日到期" in page.sentence.text()
    assert page.save.isEnabled()


def test_saving_needs_reason_and_paper_and_keeps_what_was_typed(page: LimitsPage, qtbot: QtBot) -> None:
    page.choose("T01")
    page.length.setValue(2)
    page.save.click()
    qtbot.waitUntil(lambda: bool(page._trouble.words()))
    assert "还要写明理由、文号" in page._trouble.words()
    assert page.length.value() == 2


def test_an_override_is_saved_shows_the_original_and_lists_what_moved(
    page: LimitsPage, qtbot: QtBot, office: Office
) -> None:
    page.choose("T01")
    page.length.setValue(2)
    page.reason.setText("上级要求")
    page.document.setText("示办〔2026〕3号")
    with qtbot.waitSignal(page.changed):
        assert page.run("save")
    assert cell(page, "T01", "span") == "2 个月"
    assert cell(page, "T01", "state") == "本单位设定"
    assert page.original.text() == "内置值：长度原为 1 个月"
    assert [(each.before, each.after) for each in page.moved.model.lines] == [(date(2026, 4, 2), date(2026, 5, 2))]
    with qtbot.waitSignal(page.changed):
        page.back_to_shipped.click()
    assert cell(page, "T01", "span") == "1 个月"
    assert page.back_to_shipped.isHidden()
    assert office.vault.kept_names("limit") == []


def test_a_change_is_taken_back_from_the_list_of_moves(page: LimitsPage, qtbot: QtBot) -> None:
    page.choose("T01")
    page.lead.setValue(9)
    with qtbot.waitSignal(page.changed):
        page.save.click()
    assert cell(page, "T01", "lead") == "9 个工作日"
    with qtbot.waitSignal(page.changed):
        page.moved.back.click()
    assert cell(page, "T01", "lead") == "7 个工作日"


def test_a_number_from_memory_is_noted_as_checked(page: LimitsPage, qtbot: QtBot) -> None:
    page.choose("T01")
    assert not page.confirm.isHidden()
    page.document.setText("规则第二十一条原文")
    with qtbot.waitSignal(page.changed):
        page.confirm.click()
    assert cell(page, "T01", "state") == "已核"
    assert page.confirm.isHidden()
    assert "已与原文核对：规则第二十一条原文" in page.original.text()


def test_a_limit_without_a_length_offers_none(page: LimitsPage) -> None:
    for code in ("T21", "C12", "T05"):
        page.choose(code)
        assert page._span.isHidden()
        assert "length" not in page.typed()
    page.choose("C01")
    assert page.typed()["length"] == -2


def test_enter_goes_on_to_the_editor_and_the_place_is_kept(page: LimitsPage, qtbot: QtBot) -> None:
    page.choose("T08")
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is page.length
    place = page.place()
    page.choose("T01")
    page.return_to(place)
    entry = page.chosen()
    assert entry is not None
    assert entry.limit.code == "T08"
