"""The page of papers: which are offered, purposes asked in place, the PDF on the screen, printed and saved as seen."""

import subprocess
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.documents.pdf.pages import Pages
from paizhu.services.office import Office
from paizhu.services.out import anchoring
from paizhu.services.out.anchoring import Verdict
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.pdf_view import _Places
from paizhu.ui.pages.paper import PaperPage
from paizhu.ui.tasks import Tasks

TALK = registers.register("integrity_talk")
LEAD = registers.register("lead")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot, tasks: Tasks) -> PaperPage:
    made = PaperPage(Context(office, Events(), tasks, theme.install(qapp)))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def talk(office: Office) -> int:
    return office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026.3.5"}).records[0][1]


def test_one_record_offers_its_own_papers_first(page: PaperPage, talk: int) -> None:
    page.show_list(TALK, View("integrity_talk"), [talk])
    assert page.kind.current() == "talk_form"
    assert "孙立新" in page.what.text()


def pages_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def shown(page: PaperPage, qtbot: QtBot, talk: int) -> PaperPage:
    """Return the page with the first paper of a talk on the screen."""
    page.resize(1366, 696)
    page.show()
    with qtbot.waitSignal(page.drafted, timeout=20_000):
        page.show_list(TALK, View("integrity_talk"), [talk])
    return page


def test_the_paper_itself_stands_on_the_screen(page: PaperPage, talk: int, qtbot: QtBot, office: Office) -> None:
    entries = len(office.history.entries())
    shown(page, qtbot, talk)
    assert page.preview.count == 1
    assert "共 1 页" in page.preview.accessibleName()
    assert "孙立新" in page.preview.accessibleDescription().replace(" ", "")
    drawn = page.preview.viewport().grab().toImage()
    places = ((x, y) for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3))
    dark = sum(drawn.pixelColor(x, y).lightness() < 90 for x, y in places)
    assert dark > 100
    # Looking is not printing: nothing left the vault.
    assert len(office.history.entries()) == entries


def test_a_long_list_is_opened_beside_the_window_and_laid_out_once(
    page: PaperPage, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two thousand pages were measured ten times over before the first of them stood there."""
    for day in range(1, 29):
        for name in ("孙立新", "冯雅琴", "曹志刚"):
            office.records.save(TALK, {"subject": name, "planned_date": f"2026-02-{day:02}"})
    opened: list[int] = []
    laid: list[int] = []
    open_pages, lay_out = Pages.__init__, _Places.__init__

    def opening(pages: Pages, content: bytes) -> None:
        opened.append(threading.get_ident())
        open_pages(pages, content)

    def laying(places: _Places, sizes: list[tuple[float, float]], width: int, zoom: float) -> None:
        laid.append(width)
        lay_out(places, sizes, width, zoom)

    monkeypatch.setattr(Pages, "__init__", opening)
    monkeypatch.setattr(_Places, "__init__", laying)
    page.resize(1366, 696)
    page.show()
    with qtbot.waitSignal(page.drafted, timeout=20_000):
        page.show_list(TALK, View("integrity_talk"))
    page.preview.viewport().grab()
    assert len(opened) == 1
    assert threading.get_ident() not in opened
    assert page.preview.count > 1
    assert len(laid) == len(set(laid)), "once for each width"
    before = len(laid)
    QTest.keyClick(page.preview, Qt.Key.Key_End)
    page.preview.viewport().grab()
    assert page.preview.current == page.preview.count - 1
    assert len(laid) == before


def test_keys_turn_the_pages_of_a_long_list(page: PaperPage, office: Office, qtbot: QtBot) -> None:
    for day in range(1, 29):
        for name in ("孙立新", "冯雅琴", "曹志刚"):
            office.records.save(TALK, {"subject": name, "planned_date": f"2026-02-{day:02}"})
    page.resize(1366, 696)
    page.show()
    with qtbot.waitSignal(page.drafted, timeout=20_000):
        page.show_list(TALK, View("integrity_talk"))
    assert page.preview.count > 2
    QTest.keyClick(page.preview, Qt.Key.Key_PageDown)
    assert page.preview.current == 1
    QTest.keyClick(page.preview, Qt.Key.Key_Home)
    assert page.preview.current == 0
    page.preview.zoom(1.5)
    assert page.preview.horizontalScrollBar().maximum() > 0


def test_what_is_seen_is_printed_page_for_page_and_journalled(
    page: PaperPage, talk: int, qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "打印机.pdf"

    def choose(_parent: QWidget | None, printer: QPrinter) -> bool:
        # The queue of a printer is read by the whole office: whom a paper is about does not stand in it.
        assert printer.docName() == "派驻监督工作台 内部文书"
        printer.setOutputFileName(str(target))
        return True

    monkeypatch.setattr(messages, "ask_printer", choose)
    shown(page, qtbot, talk)
    with qtbot.waitSignal(page.printed, timeout=20_000):
        assert page.run("record.complete")
    raster = subprocess.run(["pdftoppm", "-r", "40", "-gray", str(target)], capture_output=True, check=True).stdout
    # One A4 page at 40 dpi, with ink on it.
    assert raster.startswith(b"P5\n331 468")
    assert min(raster[20:]) < 120
    assert "没有送到打印机" in page.told.accessibleName()
    entry = office.history.entries()[0]
    assert (entry.kind, entry.label.partition(" ")[0]) == ("print", "打印")
    assert anchoring.verify(office.desk, entry.about["code"]).verdict is Verdict.GENUINE


def test_nothing_is_journalled_when_no_printer_is_chosen(
    page: PaperPage, talk: int, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_printer", lambda _parent, _printer: False)
    shown(page, qtbot, talk)
    page.print_now()
    assert office.history.entries()[0].kind != "print"


def test_a_paper_is_saved_as_it_is_seen(
    page: PaperPage, talk: int, qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "谈话.pdf"
    monkeypatch.setattr(messages, "ask_save", lambda *_: target)
    shown(page, qtbot, talk)
    with qtbot.waitSignal(page.written, timeout=20_000):
        page.save_now()
    assert "孙立新" in pages_of(target)
    assert office.history.entries()[0].label.startswith("另存 廉政谈话登记表")


def test_a_copy_opened_elsewhere_goes_at_the_lock_and_so_does_the_preview(
    page: PaperPage, talk: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def look(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(messages, "open_file", look)
    shown(page, qtbot, talk)
    with qtbot.waitSignal(page.written, timeout=20_000):
        page.open_now()
    assert opened[0].read_bytes().startswith(b"%PDF")
    page.save_draft()
    assert not opened[0].exists()
    assert page.preview.count == 0


@pytest.mark.parametrize("takes", [True, False])
def test_a_copy_is_journalled_as_opened_only_when_a_program_took_it(
    page: PaperPage, talk: int, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch, takes: bool
) -> None:
    before = office.vault.last_entry()[0]
    monkeypatch.setattr(messages, "open_file", lambda _path: takes)
    shown(page, qtbot, talk)
    with qtbot.waitSignal(page.written, timeout=20_000):
        page.open_now()
    assert office.vault.last_entry()[0] - before == int(takes)
    assert office.history.entries()[0].label.startswith("打开 廉政谈话登记表") == takes
    assert ("没有打开 PDF 的程序" in page.told.accessibleName()) != takes


def test_a_lead_asks_its_purpose_beneath_the_field_before_anything_is_shown(
    page: PaperPage, office: Office, qtbot: QtBot
) -> None:
    lead = office.records.save(LEAD, {"subject": "马某样", "received_at": "3.2"}).records[0][1]
    page.show()
    page.show_list(LEAD, View("lead"), [lead])
    page.open_now()
    assert "用途" in page._purpose_note.words()
    assert page.preview.count == 0
    page.purpose.setText("报请审批")
    with qtbot.waitSignal(page.drafted, timeout=20_000):
        QTest.keyClick(page.purpose, Qt.Key.Key_Return)
    assert "马某样" in page.preview.accessibleDescription().replace(" ", "")


def test_a_code_is_verified_on_the_page(page: PaperPage, office: Office, talk: int, qtbot: QtBot) -> None:
    page.show_list(TALK, View("integrity_talk"), [talk])
    page.codes.code.setText(anchoring.head_code(office.desk))
    page.codes.verify()
    qtbot.waitUntil(lambda: page.told.isVisibleTo(page))
    assert "与纸面一致" in page.told.accessibleName()
    page.codes.code.setText("随便")
    page.codes.verify()
    qtbot.waitUntil(lambda: "校验码" in page.codes.note.words())


def test_one_tick_makes_a_copy_that_names_nobody(page: PaperPage, talk: int, qtbot: QtBot) -> None:
    shown(page, qtbot, talk)
    with qtbot.waitSignal(page.drafted):
        page.covered.click()
    assert page._draft is not None
    assert page._draft.label.endswith("脱敏副本")
    assert "姓名已换成“某甲”" in page.told.accessibleName()
    with qtbot.waitSignal(page.drafted):
        page.covered.click()
    assert page._draft is not None
    assert not page._draft.label.endswith("脱敏副本")


def test_the_key_for_verifying_puts_the_cursor_where_the_code_is_typed(
    page: PaperPage, talk: int, qtbot: QtBot
) -> None:
    shown(page, qtbot, talk)
    page.activateWindow()
    assert page.run("verify")
    assert page.focusWidget() is page.codes.code


def test_the_note_about_fonts_is_one_short_sentence(page: PaperPage, talk: int, qtbot: QtBot) -> None:
    shown(page, qtbot, talk)
    notes = page._notes.words()
    assert notes == "" or notes.startswith("本机没有")
    assert "Noto" not in notes


def test_a_record_changed_since_is_shown_as_it_stands_before_it_is_printed(
    page: PaperPage, talk: int, qtbot: QtBot, office: Office
) -> None:
    shown(page, qtbot, talk)
    page.hide()
    change = office.records.save(TALK, {"place": "三楼谈话室"}, talk)
    page._context.events.changed.emit(change)
    with qtbot.waitSignal(page.drafted, timeout=20_000):
        page.show()
    assert "三楼谈话室" in page.preview.accessibleDescription().replace(" ", "")
