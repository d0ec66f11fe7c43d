"""Two hats in the window: logged in a line, prompted at the item, shown by half year, attached only when ticked."""

import threading
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.two_hats.half_year import HalfYear, HalfYears
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.overviews.outside_head import OutsideHead
from paizhu.ui.overviews.two_hats_strip import TwoHatsStrip
from paizhu.ui.pages.export import ExportPage
from paizhu.ui.pages.two_hats_page import TwoHatsPage
from tests.unit.documents.pdf_reading import text_of

OUTSIDE = registers.register("outside_work")
REVIEW = registers.register("review_item")


def log(context: Context, **typed: str) -> int:
    return context.office.records.save(
        OUTSIDE, {"what": "招商考察", "ordered_by": "何文涛", "hours": "3", **typed}
    ).records[0][1]


def test_what_who_and_hours_are_logged_with_enter(context: Context, qtbot: QtBot) -> None:
    head = OutsideHead(context)
    qtbot.addWidget(head)
    head.what.setText("开标监督")
    head.who.setText("孙立新")
    head.hours.setText("多少")
    QTest.keyClick(head.hours, Qt.Key.Key_Return)
    assert not head._problem.isHidden()
    assert head.what.text() == "开标监督"
    assert context.office.records.count(View(OUTSIDE.key)) == 0
    head.hours.setText("4.5")
    QTest.keyClick(head.hours, Qt.Key.Key_Return)
    (row,) = context.office.records.window(View(OUTSIDE.key), 0, 5)
    assert (row.values["what"], str(row.values["hours"]), row.values["answer"]) == ("开标监督", "4.5", "done")
    assert head.what.text() == ""
    qtbot.waitUntil(lambda: "职责外 1 件 4.5 小时" in head.figures.words())


def test_the_item_prompts_and_one_click_puts_the_officer_on_the_list(context: Context, qtbot: QtBot) -> None:
    typed = {"title": "检测设备购置", "planned_meeting_at": "2026-03-20", "leader_in_charge": "陈守正"}
    one = context.office.records.save(REVIEW, typed).records[0][1]
    strip = TwoHatsStrip(context)
    qtbot.addWidget(strip)
    strip.show_item(context.office.records.get(REVIEW, one))
    assert strip.head.mark.words == "应考虑回避：1 条"
    strip.recuse.click()
    strip.show_item(context.office.records.get(REVIEW, one))
    assert strip.head.mark.words == "您已列入应回避人员"
    assert strip.recuse.isHidden()
    with qtbot.waitSignal(strip.field_asked) as heard:
        strip.write.click()
    assert heard.args == ["member_opinion"]


def test_the_half_year_opens_the_work_behind_a_figure(context: Context, qtbot: QtBot) -> None:
    one = log(context)
    page = TwoHatsPage(context)
    qtbot.addWidget(page)
    assert page.empty.isHidden()
    qtbot.waitUntil(lambda: page.line_model.rowCount() > 0)
    assert [(line.name, line.count) for line in page.line_model.lines] == [("没有写类型", 1), ("合计", 1)]
    assert page.line_model.index(1, 1).data() == "职责外合计"
    page.line_table.go_to(0)
    with qtbot.waitSignal(context.events.asked_for) as heard:
        page.work_table.go_to(0)
        QTest.keyClick(page.work_table, Qt.Key.Key_Return)
    assert heard.args == ["outside_work", one]
    page.turn(-1)
    qtbot.waitUntil(lambda: page._when.text() == "2025 年下半年")
    assert page.work_model.lines == []
    assert page._halves.isHidden()
    assert not page.empty.isHidden()


def test_the_half_year_is_counted_beside_the_window_and_the_last_one_asked_for_is_shown(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    log(context)
    count, go_on = HalfYears.of, threading.Event()
    threads: set[threading.Thread] = set()

    def slowly(self: HalfYears, *half: int) -> HalfYear:
        threads.add(threading.current_thread())
        assert go_on.wait(5)
        return count(self, *half)

    monkeypatch.setattr(HalfYears, "of", slowly)
    page, head = TwoHatsPage(context), OutsideHead(context)
    for widget in (page, head):
        qtbot.addWidget(widget)
    for _ in range(3):
        page.turn(-1)
    page.turn(1)
    go_on.set()
    qtbot.waitUntil(lambda: page._when.text() == "2025 年上半年")
    qtbot.waitUntil(lambda: "职责外 1 件" in head.figures.words())
    assert threading.main_thread() not in threads


@pytest.mark.parametrize("ticked", [False, True])
def test_the_annex_goes_with_an_export_only_when_ticked_each_time(
    context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ticked: bool
) -> None:
    log(context)
    page = ExportPage(context)
    qtbot.addWidget(page)
    assert not page.annex.isChecked()
    assert not page.books["outside_work"].isChecked()
    page.annex.setChecked(ticked)
    monkeypatch.setattr(messages, "ask_save", lambda *_given: tmp_path / "出.xlsx")
    with qtbot.waitSignal(page.written):
        page.export_now()
    assert ("主业与职责外" in load_workbook(tmp_path / "出.xlsx").sheetnames) is ticked
    assert not page.annex.isChecked()


def test_the_half_year_is_looked_at_before_it_is_printed(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    log(context)
    page = TwoHatsPage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.events.draft_asked) as asked:
        assert page.run("print")
    context.office.printing.save(asked.args[0], tmp_path / "对照.pdf")
    assert "职责外" in text_of(tmp_path / "对照.pdf")
    assert context.office.history.entries()[0].label.startswith("另存 主业与职责外工作对照表")
