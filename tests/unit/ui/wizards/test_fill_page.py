"""The page 填报表样 with real forms on a real vault: the grid, pointing at cells, lists, the file."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.documents.books.book import column_number
from paizhu.services.office import Office
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.roles import MarkRole
from paizhu.ui.theme import Scheme
from paizhu.ui.wizards.fill_page import FillPage
from paizhu.ui.wizards.fill_work import FillPlace
from tests.unit.documents.blank_forms import lead_list

LEAD = registers.register("lead")
DATA = Path(__file__).resolve().parents[3] / "data" / "forms"


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(context: Context, office: Office, qtbot: QtBot) -> FillPage:
    for number in range(2):
        office.records.save(
            LEAD,
            {
                "subject": f"示例{number}",
                "received_at": f"2026-02-0{number + 1}",
                "summary": "反映收受礼品",
                "subject_rank": "县处级",
            },
        )
    made = FillPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    return made


def ready(page: FillPage, name: str) -> Path:
    return next(path for path in page.filling.ready_forms() if name in path.stem)


def opened(page: FillPage, qtbot: QtBot, path: Path) -> FillPage:
    page.open(path)
    qtbot.waitUntil(lambda: not page.busy)
    return page


def point(page: FillPage, place: str) -> None:
    letters = place.rstrip("0123456789")
    model = page.view.form()
    assert model is not None
    page.view.setCurrentIndex(model.index(int(place.removeprefix(letters)) - 1, column_number(letters)))


def mark(page: FillPage, place: str) -> str:
    point(page, place)
    index = page.view.currentIndex()
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_form_is_shown_with_what_goes_into_it(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    assert page.period.text() == "2026年2月"
    assert mark(page, "B6") == "B6，数字：2"
    assert mark(page, "A1") == "A1，日期和落款：2026年2月问题线索处置情况统计表"
    assert mark(page, "A6") == "A6，原有文字：县处级"
    assert page.view.rowSpan(0, 0) == 1
    assert page.view.columnSpan(0, 0) == 10


def test_the_forms_own_totals_are_seen_before_it_goes_out(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    assert mark(page, "B10") == "B10，公式：2"
    assert mark(page, "I6") == "I6，公式：0"
    page.period.setText("1月")
    page.period.editingFinished.emit()
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "B10") == "B10，公式：0"


def test_a_form_without_any_place_says_so_and_can_be_pointed_at(page: FillPage, qtbot: QtBot, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet["A1"], sheet["A3"] = "关于开展学习的通知", "请各单位认真组织。"
    made.save(tmp_path / "通知.xlsx")
    opened(page, qtbot, tmp_path / "通知.xlsx")
    assert "没有认出要填的位置" in page.strip._words.text()
    assert page.worked is not None
    assert page.worked.bare


def test_behind_a_cell_stand_its_records_and_one_opens(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    point(page, "B6")
    assert page.records.count() == 2
    with qtbot.waitSignal(page._context.events.asked_for) as asked:
        page.records.setCurrentRow(0)
        page.records.itemActivated.emit(page.records.item(0))
    assert asked.args is not None
    assert asked.args[0] == "lead"


def test_a_cell_is_pointed_at_by_keyboard_and_counted_at_once(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, DATA / "protected.xlsx")
    assert mark(page, "B3") == "B3，数字：0"
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Return)
    assert page.choice.code.hasFocus()
    at = page.choice.code.findData("I-201A")
    page.choice.code.setCurrentIndex(at)
    page.choice.code.activated.emit(at)
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "B3") == "B3，数字：2"
    assert page.records.count() == 2
    QTest.keyClick(page.choice.code, Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_a_part_and_a_span_are_chosen(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    point(page, "B7")
    assert page.choice.parts[0].currentText() == "职级：乡科级"
    at = page.choice.parts[0].findText("职级：县处级")
    page.choice.parts[0].setCurrentIndex(at)
    page.choice.parts[0].activated.emit(at)
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "B7") == "B7，数字：2"


def test_a_column_of_a_list_takes_another_field(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "三重一大"))
    assert mark(page, "E4") == "E4，列表：提出部门"
    at = page.list_choice.field.findData("reporter")
    page.list_choice.field.setCurrentIndex(at)
    page.list_choice.field.activated.emit(at)
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "E4") == "E4，列表：汇报人"


def test_another_period_is_counted_anew_and_a_wrong_one_told(page: FillPage, qtbot: QtBot) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    page.period.setText("2026-01")
    page.period.editingFinished.emit()
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "B6") == "B6，数字：0"
    page.period.setText("上个月")
    page.period.editingFinished.emit()
    assert page._period_note.isVisibleTo(page)
    assert page.worked is not None
    assert page.worked.period == "2026-01"


def test_the_filled_form_is_written_and_listed_as_sent(
    page: FillPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(page, qtbot, ready(page, "问题线索"))
    monkeypatch.setattr(messages, "ask_save", lambda *_args: tmp_path / "线索.xlsx")
    with qtbot.waitSignal(page._context.events.written):
        assert page.run("record.complete")
    assert openpyxl.load_workbook(tmp_path / "线索.xlsx")["线索处置"]["B6"].value == 2
    page.show_start()
    assert page.start.sent.count() == 1
    assert "2026年2月" in page.start.sent.item(0).text()
    page.start.sent_chosen.emit(page.filling.sent()[0])
    qtbot.waitUntil(lambda: not page.busy)
    assert "没有变化" in page.strip.accessibleName()


def test_a_reason_taken_back_at_the_last_moment_lets_nothing_out(
    page: FillPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: tmp_path / "线索.xlsx")
    opened(page, qtbot, lead_list(tmp_path / "空表.xlsx"))
    page.reason.setText("示例事由")
    page.recount()
    qtbot.waitUntil(lambda: not page.busy)
    assert page.worked is not None
    assert page.worked.listed
    # The key exports while the cursor is still in the line: nobody counted anew yet.
    page.reason.clear()
    assert page.run("record.complete")
    qtbot.waitUntil(lambda: not page.busy)
    assert not (tmp_path / "线索.xlsx").exists()
    assert page.worked.listed == {}
    with qtbot.waitSignal(page._context.events.written):
        assert page.run("record.complete")
    (entry,) = page._context.office.history.entries(kind="export")
    assert "reason" not in entry.about


def test_a_form_is_dropped_and_what_was_pointed_at_survives_a_lock(page: FillPage, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(DATA / "protected.xlsx"))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(10, 10), action, mime, button, key))
    qtbot.waitUntil(lambda: not page.busy)
    point(page, "B3")
    page.choice.code.setCurrentIndex(page.choice.code.findData("I-201A"))
    page.choice.code.activated.emit(1)
    qtbot.waitUntil(lambda: not page.busy)
    place = page.place()
    assert isinstance(place, FillPlace)
    page.save_draft()
    page.show_start()
    page.return_to(place)
    qtbot.waitUntil(lambda: not page.busy)
    assert mark(page, "B3") == "B3，数字：2"


def test_what_is_no_form_is_refused_in_words(page: FillPage, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(b"no workbook")
    opened(page, qtbot, path)
    assert page.look is None
    assert page.stack.currentIndex() == 0


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_marked_cells_differ_from_plain_ones_in_light_and_dark(page: FillPage, qtbot: QtBot, scheme: Scheme) -> None:
    theme.current().set_scheme(scheme)
    theme.current().set_points(16)
    opened(page, qtbot, ready(page, "四种形态"))
    model = page.view.form()
    assert model is not None
    point(page, "A1")
    image: QImage = page.view.viewport().grab().toImage()
    ratio = image.devicePixelRatio()

    def ground(row: int, column: int) -> str:
        rect = page.view.visualRect(model.index(row, column))
        return image.pixelColor(int((rect.right() - 3) * ratio), int((rect.bottom() - 3) * ratio)).name()

    assert model.index(4, 1).data(MarkRole) is not None
    assert ground(4, 1) == theme.current().colour("sel").name()
    assert ground(4, 0) != ground(4, 1)


def test_what_is_due_and_the_blank_forms_stand_below_each_other_in_large_letters(page: FillPage, qtbot: QtBot) -> None:
    start = page.start
    right = start._right
    assert right.x() > start.plans.x() + start.plans.width() // 2
    theme.current().set_points(21.0)
    qtbot.waitUntil(lambda: right.x() == 0)
    assert start.horizontalScrollBar().maximum() == 0
