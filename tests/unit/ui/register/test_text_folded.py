"""A text of many pages in a form: folded while it is read, opened by key or mouse, never broken into lines whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.kit.eliding import WHOLE, beginning
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.long_text import LongText
from paizhu.ui.register.page import RegisterPage
from tests.unit.ui.register.conftest import MakePage
from tests.unit.ui.register.used import field, stand_on, type_into

FINDING = registers.register("finding")
SENTENCE = "问：示例事项是怎样办理的？答：按示例程序办理，没有其他情况。"
LONG = "\n".join([SENTENCE] * 3_300)


def a_finding(office: Office, words: str) -> int:
    return office.records.save(FINDING, {"problem": words}).records[0][1]


def settle(qtbot: QtBot, context: Context) -> None:
    """Wait until nothing is left to be done, nor to be shown in a later turn."""
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())


def reading(page: RegisterPage, record: int, qtbot: QtBot, context: Context) -> LongText:
    """Open a record with a long text for reading and return what stands in its place."""
    page.activateWindow()
    stand_on(page, record)
    page.side.detail.header.tabs.setCurrentIndex(1)
    settle(qtbot, context)
    long = field(page, "problem").long
    assert long is not None
    assert long.isVisible()
    return long


def longest_label(page: RegisterPage) -> int:
    return max(len(QLabel.text(label)) for label in page.findChildren(QLabel))


def test_no_label_has_the_whole_of_a_long_text(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    record = a_finding(office, LONG)
    page = make_page(FINDING)
    long = reading(page, record, qtbot, context)
    assert len(LONG) > 100_000
    assert longest_label(page) <= WHOLE, "a label breaks all of its words into lines whenever anything moves"
    assert long.head.text().startswith(SENTENCE)
    assert long.turn.text() == f"展开全文（共 {len(LONG)} 字）"
    assert field(page, "problem").reading.isHidden()
    type_into(page, "problem", f"{LONG}甲")
    page.side.acts.save()
    settle(qtbot, context)
    assert longest_label(page) <= WHOLE
    editor = field(page, "problem").editor
    assert editor is not None
    assert editor.raw() == "", "out of sight an editor holds nothing"
    assert office.records.get(FINDING, record).values["problem"] == f"{LONG}甲"


def test_the_whole_is_read_and_folded_by_key(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    short, record = a_finding(office, SENTENCE), a_finding(office, LONG)
    page = make_page(FINDING)
    long = reading(page, record, qtbot, context)
    long.turn.setFocus()
    QTest.keyClick(long.turn, Qt.Key.Key_Space)
    assert long.is_open
    assert long.head.isHidden()
    text = long.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    assert text.isReadOnly()
    assert text.toPlainText() == LONG
    assert text.height() < page.height(), "it scrolls by itself"
    qtbot.waitUntil(long.turn.hasFocus)
    QTest.keyClick(long.turn, Qt.Key.Key_Tab)
    assert text.hasFocus()
    QTest.keyClick(text, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == LONG
    stand_on(page, short)
    page.side.detail.header.tabs.setCurrentIndex(1)
    settle(qtbot, context)
    assert long.isHidden()
    assert text.toPlainText() == "", "what was read is not kept behind another record"
    assert not reading(page, record, qtbot, context).is_open
    QTest.mouseClick(long.turn, Qt.MouseButton.LeftButton)
    assert text.toPlainText() == LONG
    QTest.mouseClick(long.turn, Qt.MouseButton.LeftButton)
    assert not long.is_open
    assert not field(page, "problem").editing, "a click on the button is no wish to edit"


def test_a_text_of_one_page_stands_as_it_is(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    words = SENTENCE * (WHOLE // len(SENTENCE))
    record = a_finding(office, words)
    page = make_page(FINDING)
    stand_on(page, record)
    page.side.detail.header.tabs.setCurrentIndex(1)
    settle(qtbot, context)
    assert field(page, "problem").long is None
    assert field(page, "problem").reading.text() == words


def test_the_beginning_ends_with_a_sentence_and_after_a_dozen_lines() -> None:
    assert beginning(SENTENCE * 100).endswith("没有其他情况。……")
    assert beginning("长" * 5_000) == f"{'长' * 600}……"
    assert beginning("问\n" * 3_000).count("\n") == 11


def test_a_label_of_many_pages_begins_and_says_how_many(qapp: QApplication) -> None:
    label = Label(LONG, wraps=True)
    assert label.text() == LONG
    assert QLabel.text(label).replace("\u00a0", " ").endswith("（共 102299 字，这里是开头）")
    assert len(QLabel.text(label)) < WHOLE
    label.setText(SENTENCE)
    assert QLabel.text(label) == SENTENCE
