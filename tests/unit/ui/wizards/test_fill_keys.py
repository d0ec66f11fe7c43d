"""The form wizard by keys alone and by mouse alone; the list of forms due, the note afterwards, passwords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.documents.books.book import column_number
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import PasswordNeededError
from paizhu.services.office import Office
from paizhu.services.out.drafts import PRINTED
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.roles import MarkRole
from paizhu.ui.wizards.fill_page import FillPage
from tests.unit.documents.pdf_reading import text_of

LEAD = registers.register("lead")
DATA = Path(__file__).resolve().parents[3] / "data" / "forms"
Saves = Callable[[Path], None]


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(context: Context, office: Office, qtbot: QtBot) -> FillPage:
    lead(office, "示例甲", "2026-02-02")
    made = FillPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.activateWindow()
    return made


@pytest.fixture
def saves(monkeypatch: pytest.MonkeyPatch) -> Saves:
    def to(path: Path) -> None:
        monkeypatch.setattr(messages, "ask_save", lambda *_args: path)

    return to


def lead(office: Office, subject: str, day: str) -> None:
    office.records.save(
        LEAD, {"subject": subject, "received_at": day, "summary": "反映收受礼品", "subject_rank": "县处级"}
    )


def ready(page: FillPage, name: str) -> Path:
    return next(path for path in page.filling.ready_forms() if name in path.stem)


def key(at: Qt.Key, times: int = 1) -> None:
    """Press a key where the focus is, as a hand would."""
    for _each in range(times):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, at)


def settled(page: FillPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def walk_to(page: FillPage, place: str) -> None:
    """Go to a cell with the arrow keys."""
    letters = place.rstrip("0123456789")
    row, column = int(place.removeprefix(letters)) - 1, column_number(letters)
    here = page.view.currentIndex()
    key(Qt.Key.Key_Down if row > here.row() else Qt.Key.Key_Up, abs(row - here.row()))
    here = page.view.currentIndex()
    key(Qt.Key.Key_Right if column > here.column() else Qt.Key.Key_Left, abs(column - here.column()))
    assert (page.view.currentIndex().row(), page.view.currentIndex().column()) == (row, column)


def spoken(page: FillPage) -> str:
    return str(page.view.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def choose_by_key(box: QComboBox, wanted: str) -> None:
    """Choose in a box with the arrow keys alone."""
    assert QApplication.focusWidget() is box
    target = box.findData(wanted)
    assert target >= 0
    step = Qt.Key.Key_Down if target > box.currentIndex() else Qt.Key.Key_Up
    key(step, abs(target - box.currentIndex()))
    assert box.currentData() == wanted


def test_a_form_is_filled_with_keys_alone(page: FillPage, qtbot: QtBot, tmp_path: Path, saves: Saves) -> None:
    """From the list of forms to the file: open, point at a cell, give it a figure, look at its list, export."""
    page.start.ready.setFocus()
    key(Qt.Key.Key_Home)
    while page.start.ready.currentItem().text() != "问题线索处置情况统计表":
        key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    settled(page, qtbot)
    assert page.view.hasFocus()
    walk_to(page, "B7")
    assert spoken(page) == "B7，数字：0"
    key(Qt.Key.Key_Return)
    choose_by_key(page.choice.code, "I-201B")
    settled(page, qtbot)
    key(Qt.Key.Key_Escape)
    assert page.view.hasFocus()
    walk_to(page, "B6")
    assert spoken(page) == "B6，数字：1"
    while not page.records.hasFocus():
        key(Qt.Key.Key_Tab)
    with qtbot.waitSignal(page._context.events.asked_for) as asked:
        key(Qt.Key.Key_Home)
        key(Qt.Key.Key_Return)
    assert asked.args is not None
    assert asked.args[0] == "lead"
    key(Qt.Key.Key_Escape)
    assert page.view.hasFocus()
    saves(tmp_path / "线索.xlsx")
    with qtbot.waitSignal(page._context.events.written):
        # Ctrl+Enter of the window arrives as this command.
        assert page.run("record.complete")
    assert openpyxl.load_workbook(tmp_path / "线索.xlsx")["线索处置"]["B6"].value == 1


def test_a_cell_is_pointed_at_by_mouse(page: FillPage, qtbot: QtBot) -> None:
    page.open(DATA / "protected.xlsx")
    settled(page, qtbot)
    model = page.view.form()
    assert model is not None
    index = model.index(2, 1)
    at = page.view.visualRect(index).center()
    QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert spoken(page) == "B3，数字：0"
    QTest.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    assert page.choice.code.hasFocus()
    # The list of a box is a window of its own, which the platform without a screen cannot show.
    page.choice.code.setCurrentIndex(page.choice.code.findData("I-201A"))
    page.choice.code.activated.emit(page.choice.code.currentIndex())
    settled(page, qtbot)
    assert spoken(page) == "B3，数字：1"


def test_the_forms_due_are_listed_and_one_key_fills_the_next_period(
    page: FillPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page.filling.fill(ready(page, "问题线索"), tmp_path / "一月.xlsx", "2026-01")
    page.show_start()
    assert page.start.plans.hasFocus()
    row = [str(page.start.model.index(0, column).data()) for column in range(page.start.model.columnCount())]
    assert row == [
        "问题线索处置情况统计表", "月报", "2026年1月，03-16 报出", "2026年2月", "2026-03-06", "超期 6 个工作日",
    ]  # fmt: skip
    assert page.start.model.index(0, 5).data(MarkRole).words == "超期 6 个工作日"
    key(Qt.Key.Key_Return)
    settled(page, qtbot)
    assert (page.period.text(), page.look is not None and page.look.known) == ("2026年2月", True)


def test_cycle_and_days_are_set_and_a_form_is_sent_no_more(page: FillPage, tmp_path: Path) -> None:
    page.filling.fill(ready(page, "问题线索"), tmp_path / "一月.xlsx", "2026-01")
    page.show_start()
    page.start.days.setValue(10)
    page.start.days.editingFinished.emit()
    assert page.filling.schedule.plans()[0].due == date(2026, 3, 13)
    page.start.cycle.setCurrentIndex(page.start.cycle.findData("quarter"))
    page.start.cycle.activated.emit(page.start.cycle.currentIndex())
    assert page.start.model.index(0, 3).data() == "2025年第四季度"
    stop = next(each for each in page.start.findChildren(QPushButton) if each.text() == "不再报送")
    stop.click()
    assert page.start.model.rowCount() == 0


def test_days_out_of_bounds_are_refused_beneath_and_no_digit_is_dropped(page: FillPage, tmp_path: Path) -> None:
    page.filling.fill(ready(page, "问题线索"), tmp_path / "一月.xlsx", "2026-01")
    page.show_start()
    before = page.filling.schedule.plans()[0].days
    days = page.start.days
    days.setFocus()
    days.selectAll()
    QTest.keyClicks(days, "61")
    assert "没有改成 61" in days.note.words()
    assert days.note.isVisible()
    QTest.keyClick(days, Qt.Key.Key_Tab)
    assert days.value() == before == page.filling.schedule.plans()[0].days
    assert "请填 1 到 60 之间的整数" in days.note.words()
    days.setFocus()
    days.selectAll()
    QTest.keyClicks(days, "12")
    assert not days.note.words()
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert page.filling.schedule.plans()[0].days == 12


def test_what_changed_since_is_offered_as_a_note_and_made(
    page: FillPage, context: Context, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    page.filling.fill(ready(page, "问题线索"), tmp_path / "二月.xlsx", "2026-02")
    lead(office, "示例乙", "2026-02-20")
    page.show_start()
    qtbot.waitUntil(lambda: "报出后变了 2 个数" in page.start.sent.item(0).text())
    page.start.sent.setFocus()
    page.start.sent.setCurrentRow(0)
    key(Qt.Key.Key_Return)
    settled(page, qtbot)
    assert "报出后有 2 个数变了" in page.strip.accessibleName()
    next(each for each in page.strip.findChildren(QPushButton) if "起草更正说明" in each.text()).click()
    assert page.stack.currentWidget() is page.note
    assert "报送数为1，应为2" in page.note.text.toPlainText()
    page.note.to.setText("示例市纪委监委")
    with qtbot.waitSignal(context.events.draft_asked) as asked:
        assert page.run("record.complete")
    assert page.filling.memory.corrections(page.filling.sent()[0]) == []
    office.printing.save(asked.args[0], tmp_path / "更正.pdf")
    office.printing.note(asked.args[0], PRINTED)
    assert "示例市纪委监委" in text_of(tmp_path / "更正.pdf")
    assert len(page.filling.memory.corrections(page.filling.sent()[0])) == 1
    page.start.sent_chosen.emit(page.filling.sent()[0])
    settled(page, qtbot)
    assert "已作更正说明 1 次" in page.strip.accessibleName()


def test_the_filled_form_takes_a_password(page: FillPage, qtbot: QtBot, tmp_path: Path, saves: Saves) -> None:
    page.open(ready(page, "问题线索"))
    settled(page, qtbot)
    page.password.field.setText("示例口令9")
    saves(tmp_path / "密.xlsx")
    with qtbot.waitSignal(page._context.events.written) as said:
        page.export_now()
    assert said.args is not None
    assert "打开要口令" in said.args[0]
    assert page.password.text() == ""
    with pytest.raises(PasswordNeededError):
        open_book(tmp_path / "密.xlsx").close()
    with open_book(tmp_path / "密.xlsx", "示例口令9") as book:
        assert book.sheet("线索处置") is not None


def test_a_form_with_a_password_asks_for_it(page: FillPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.filling.fill(ready(page, "问题线索"), tmp_path / "锁.xlsx", "2026-02", out_password="示例口令9")
    page.show_start()
    page.open(tmp_path / "锁.xlsx")
    settled(page, qtbot)
    assert page.start.locked.password.isVisible()
    page.start.locked.password.field.setText("不对")
    key(Qt.Key.Key_Return)
    settled(page, qtbot)
    assert page.look is None
    page.start.locked.password.field.setText("示例口令9")
    key(Qt.Key.Key_Return)
    settled(page, qtbot)
    assert page.look is not None
    assert page.start.locked.password.text() == ""
