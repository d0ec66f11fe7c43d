"""Quick capture and putting off on the page of the day, with keys and mouse over a real vault."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.drafts import Drafts
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.storage import queries
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.day.today import NEW, TodayPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS, Tab
from paizhu.ui.theme import Scheme
from tests.conftest import PASSWORD

from .conftest import Opened, rest

TALK = registers.register("integrity_talk")
SENTENCE = "9月25日 与孙立新 日常廉政谈话"


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def opened(opened: Opened, office: Office) -> Opened:
    """The one the sentences speak of stands in the roster."""
    office.records.save(registers.register("person"), {"name": "孙立新"})
    return opened


def talks(office: Office) -> int:
    return office.records.count(View(TALK.key))


def test_new_puts_the_cursor_into_the_line(opened: Opened) -> None:
    page = opened()
    page.activateWindow()
    assert page.run("new")
    assert page.focusWidget() is page.quick.line
    assert page.quick.line.accessibleName() == "快速登记"
    assert not page.quick._below.isVisible()


def test_what_was_understood_stands_below_before_anything_is_saved(opened: Opened, office: Office) -> None:
    page = opened()
    page.quick.line.setText(SENTENCE)
    assert page.quick._said.text() == "识别为：日常廉政谈话 · 孙立新 · 09-25 周五"
    assert not page.quick._more.isVisible()
    assert page.quick.line.accessibleDescription() == page.quick._said.text()
    assert talks(office) == 0


def test_enter_saves_says_it_and_the_task_joins_the_list(
    context: Context, opened: Opened, office: Office, qtbot: QtBot
) -> None:
    page = opened()
    page.quick.line.setText(SENTENCE)
    with qtbot.waitSignal(context.events.said) as heard:
        QTest.keyClick(page.quick.line, Qt.Key.Key_Return)
    rest(page, qtbot)
    assert heard.args[0].startswith("已登记廉政谈话")
    assert office.history.last_undoable().id == heard.args[1]  # type: ignore[union-attr]  # something was just saved
    assert page.quick.line.text() == ""
    assert page.head.count.text() == "待办 1 件。"


def test_unclear_parts_are_marked_with_shape_and_words(opened: Opened) -> None:
    page = opened()
    page.quick.line.setText("对李例子诫勉谈话")
    assert page.quick._unclear.isVisible()
    assert page.quick._more.text() == "“李例子”不在名册里；没有写明计划日期"
    assert "待核对：“李例子”不在名册里" in page.quick.line.accessibleDescription()


def test_a_refusal_names_what_is_wanted_and_keeps_the_sentence(opened: Opened, office: Office) -> None:
    page = opened()
    page.quick.line.setText("与孙立新日常谈话")
    QTest.keyClick(page.quick.line, Qt.Key.Key_Return)
    assert "计划日期" in page.quick._problem.text()
    assert page.quick.line.text() == "与孙立新日常谈话"
    assert talks(office) == 0


def test_without_a_register_the_buttons_ask_and_enter_saves_nothing(opened: Opened, office: Office) -> None:
    page = opened()
    page.quick.line.setText("9月25日 孙立新")
    QTest.keyClick(page.quick.line, Qt.Key.Key_Return)
    assert talks(office) == 0
    assert page.focusWidget() is page.quick.choices["integrity_talk"]
    QTest.keyClick(page.quick.choices["integrity_talk"], Qt.Key.Key_Space)
    assert page.quick.understood.values == {"planned_date": "2026-09-25", "subject": "孙立新"}
    assert page.focusWidget() is page.quick.line
    QTest.keyClick(page.quick.line, Qt.Key.Key_Return)
    assert talks(office) == 1


def test_shift_enter_opens_the_form_with_a_draft_and_saves_nothing(
    context: Context, opened: Opened, office: Office, qtbot: QtBot
) -> None:
    page = opened()
    page.quick.line.setText(SENTENCE)
    with qtbot.waitSignal(context.events.asked_for) as heard:
        QTest.keyClick(page.quick.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert heard.args == [TALK.key, NEW]
    draft = Drafts(office.desk).find(TALK, None)
    assert draft is not None
    assert draft.typed == {"kind": "routine", "subject": "孙立新", "planned_date": "2026-09-25"}
    assert talks(office) == 0


def test_the_form_of_the_register_is_filled_in_and_saves_what_was_understood(
    context: Context, opened: Opened, office: Office, qtbot: QtBot
) -> None:
    form = RegisterPage(context, (TALK,))
    qtbot.addWidget(form)
    form.resize(1366, 640)
    form.show()
    context.events.asked_for.connect(form.open_record)
    page = opened()
    page.quick.line.setText(SENTENCE)
    page.quick.form.click()
    assert page.quick.line.text() == ""
    assert form.run("record.save")
    with office.vault.read() as connection:
        row = next(iter(queries.every(connection, View(TALK.key))))
    assert row.values["kind"] == "routine"
    assert row.values["planned_date"] == date(2026, 9, 25)
    subject = row.values["subject"]
    assert isinstance(subject, Ref)
    assert (subject.label, subject.linked) == ("孙立新", True)


def test_a_new_form_left_open_and_empty_is_filled_in_as_well(
    context: Context, opened: Opened, office: Office, qtbot: QtBot
) -> None:
    form = RegisterPage(context, (TALK,))
    qtbot.addWidget(form)
    form.resize(1366, 640)
    form.show()
    form.new_record()
    context.events.asked_for.connect(form.open_record)
    page = opened()
    page.quick.line.setText(SENTENCE)
    QTest.keyClick(page.quick.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert page.quick.line.text() == ""
    typed = form.side.detail.form.typed()
    assert (typed["kind"], typed["planned_date"]) == ("routine", "2026-09-25")
    assert form.run("record.save")
    assert talks(office) == 1


def test_an_unsaved_new_form_is_never_written_over(opened: Opened, office: Office) -> None:
    page = opened()
    Drafts(office.desk).keep(TALK, None, {"subject": "周示例"})
    page.quick.line.setText(SENTENCE)
    page.quick.form.click()
    draft = Drafts(office.desk).find(TALK, None)
    assert draft is not None
    assert draft.typed == {"subject": "周示例"}
    assert page.quick.line.text() == SENTENCE
    assert "没有保存的新表单" in page.quick._problem.text()


def test_the_sentence_stands_there_again_after_a_lock(opened: Opened) -> None:
    page = opened()
    page.quick.line.setText(SENTENCE)
    assert page.is_busy()
    page.save_draft()
    assert opened().quick.line.text() == SENTENCE


def test_escape_leaves_the_line_and_keeps_the_words(opened: Opened, office: Office, qtbot: QtBot) -> None:
    office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-12"})
    page = opened()
    page.quick.start()
    page.quick.line.setText(SENTENCE)
    QTest.keyClick(page.quick.line, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.table
    assert page.quick.line.text() == SENTENCE


def put_off(page: TodayPage, until: str, reason: str, qtbot: QtBot) -> None:
    page.activateWindow()
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_S)
    day, why = page.snooze.lines()
    assert isinstance(day, QLineEdit)
    assert isinstance(why, QLineEdit)
    day.setText(until)
    why.setText(reason)
    QTest.keyClick(why, Qt.Key.Key_Return)
    rest(page, qtbot)


@pytest.fixture
def late(office: Office) -> Office:
    """Two overdue talks."""
    for name, day in (("孙示例", "2026-03-12"), ("周示例", "2026-03-13")):
        office.records.save(TALK, {"subject": name, "planned_date": day})
    return office


@pytest.mark.usefixtures("late")
def test_s_puts_the_line_in_hand_off_and_the_counts_follow(context: Context, opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(context.events.said) as heard:
        put_off(page, "下周五", "等本人出差回来", qtbot)
    words, entry = heard.args
    assert words == "已推迟到 03-27 周五：廉政谈话：孙示例"
    assert page.head.count.text() == "待办 1 件，其中 "
    assert (page.put_off.text(), page.put_off.isVisible()) == ("已推迟 1 件（超期 1 件）", True)
    context.events.changed.emit(context.office.history.undo(entry).change)
    rest(page, qtbot)
    assert page.head.count.text() == "待办 2 件，其中 "
    assert not page.put_off.isVisible()


@pytest.mark.usefixtures("late")
def test_the_line_of_what_is_put_off_opens_it_and_s_brings_it_back(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    put_off(page, "+5", "等材料", qtbot)
    page.put_off.click()
    task = page.current()
    assert task is not None
    assert task.title.startswith("孙示例")
    assert task.explanation.startswith("已推迟到 03-21 周六：等材料；")
    assert page.put_off.text() == "回到要办的事"
    page.snooze.menu().actions()[1].trigger()
    rest(page, qtbot)
    assert page.head.count.text() == "待办 2 件，其中 "
    assert not page.put_off.isVisible()


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize(
    ("until", "reason", "said"),
    [("明天", "", "请写明推迟的理由"), ("昨天", "等材料", "今天之后"), ("某天", "等材料", "不是日期")],
)
def test_a_refusal_stays_in_the_strip_with_what_was_typed(
    opened: Opened, qtbot: QtBot, until: str, reason: str, said: str
) -> None:
    page = opened()
    put_off(page, until, reason, qtbot)
    assert said in page.snooze._problem.text()
    assert [line.text() for line in page.snooze.lines() if isinstance(line, QLineEdit)] == [until, reason]
    assert page.head.count.text() == "待办 2 件，其中 "


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("larger", [0, 6])
def test_no_words_are_cut_in_either_colours_and_at_large_fonts(
    opened: Opened, qapp: QApplication, scheme: Scheme, larger: int
) -> None:
    look = theme.install(qapp, scheme)
    for _step in range(larger):
        look.larger()
    page = opened()
    page.quick.line.setText("对李例子诫勉谈话，了解示例工程款支付情况")
    qapp.processEvents()
    for label in (page.quick._said, page.quick._more):
        assert label.height() >= label.heightForWidth(label.width())
    assert page.minimumSizeHint().width() <= 1366
    for _step in range(larger):
        look.smaller()


def test_ctrl_shift_n_comes_to_the_line_from_another_tab_and_ctrl_n_is_enough_on_today(
    qtbot: QtBot, session: Session, tabs: tuple[Tab, ...]
) -> None:
    window = MainWindow(session, tabs=(TABS[0], *tabs[1:]))
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    window.open_desk()
    with qtbot.waitActive(window):
        window.show()
    desk = window.desk
    assert desk is not None
    page = desk.pages.page("today")
    assert isinstance(page, TodayPage)
    rest(page, qtbot)
    desk.show_tab("people")
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_N, control | shift)
    assert desk.pages.current_key == "today"
    assert page.quick.line.hasFocus()
    page.table.setFocus()
    QTest.keyClick(window, Qt.Key.Key_N, control)
    assert page.quick.line.hasFocus()
    desk.back()
    assert desk.pages.current_key == "people"
    qtbot.waitUntil(lambda: not window.tasks.busy and not desk.context.tasks.busy)
    window._end()
