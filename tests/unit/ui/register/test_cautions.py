"""While a letter is typed, earlier ones like it are named beneath the summary, and saving goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.edit_refs import RefsEditor
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme
from tests.unit.ui.windows import write

PETITION, UNIT, FINDING, ACTIVITY = (
    registers.register(key) for key in ("petition", "unit", "finding", "supervision_activity")
)


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[RegisterPage]:
    """The list of letters with one letter in it and an empty form open."""
    office.records.save(
        PETITION, {"received_at": "2026-03-02", "reported_names": ["示例甲"], "summary": "反映示例甲收受检测企业礼金"}
    )
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = RegisterPage(context, (PETITION,))
    qtbot.addWidget(made)
    made.resize(1366, 680)
    made.show()
    qtbot.waitExposed(made)
    made.new_record("petition", {"received_at": "2026-03-10"})
    qtbot.waitUntil(lambda: not made.side.detail.form.opening)
    yield made
    context.tasks.close()


@pytest.fixture
def units(office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[RegisterPage]:
    """The lists of units and talks; the roster knows one bureau by its whole name."""
    office.records.save(UNIT, {"name": "示例市示例局"})
    office.records.save(UNIT, {"name": "示例市另一局", "short_name": "另一局"})
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = RegisterPage(context, (UNIT, FINDING, ACTIVITY))
    qtbot.addWidget(made)
    made.resize(1366, 680)
    made.show()
    qtbot.waitExposed(made)
    yield made
    context.tasks.close()


def test_a_new_unit_written_nearly_as_another_is_asked_about_while_it_is_typed(
    units: RegisterPage, qtbot: QtBot
) -> None:
    units.new_record("unit", {"name": "示例局"})
    qtbot.waitUntil(lambda: not units.side.detail.form.opening)
    field = units.side.detail.form.fields["name"]
    qtbot.waitUntil(lambda: bool(field.note and "示例市示例局" in field.note.words()))
    assert field.note
    assert field.note.words() == "名册里已有“示例市示例局”，是不是同一家？是同一家的不用另登。"
    assert units.side.acts.save()
    # What stands there already is not asked about once more with itself alone.
    row = units.side.detail.work.row
    assert row
    assert row.values["name"] == "示例局"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_unit_typed_nearly_as_in_the_roster_is_linked_only_by_a_click(
    units: RegisterPage, office: Office, qtbot: QtBot
) -> None:
    units.new_record("finding", {"problem": "示例问题"})
    qtbot.waitUntil(lambda: not units.side.detail.form.opening)
    editor = units.side.detail.form.fields["duty_unit"].editor
    assert isinstance(editor, RefEditor)
    editor.line.setFocus()
    write(done="示例局")
    assert editor.line.text() == "示例局"
    assert editor.same_button.isHidden()
    editor.line.completer().popup().hide()
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not editor.same_button.isHidden())
    assert editor.same_button.text() == "是不是“示例市示例局”"
    assert editor.raw() == "示例局"
    editor.same_button.click()
    assert editor.raw() == {"label": "示例市示例局", "register": "unit", "id": 1}
    assert editor.same_button.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_short_name_is_seen_to_be_linked_and_not_asked_about(units: RegisterPage, qtbot: QtBot) -> None:
    units.new_record("finding", {"problem": "示例问题"})
    qtbot.waitUntil(lambda: not units.side.detail.form.opening)
    editor = units.side.detail.form.fields["duty_unit"].editor
    assert isinstance(editor, RefEditor)
    editor.line.setFocus()
    write(done="另一局")
    editor.line.completer().popup().hide()
    QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: editor.line.text() == "示例市另一局")
    assert editor.raw() == {"label": "示例市另一局", "register": "unit", "id": 2}
    assert editor.same_button.isHidden()


@pytest.fixture
def checked(units: RegisterPage, qtbot: QtBot) -> RefsEditor:
    """The field of the units checked, in the form of a new check; the cursor stands in it."""
    units.new_record("supervision_activity", {"title": "示例检查"})
    qtbot.waitUntil(lambda: not units.side.detail.form.opening)
    editor = units.side.detail.form.fields["units"].editor
    assert isinstance(editor, RefsEditor)
    editor.line.setFocus()
    return editor


def asked(editor: RefsEditor) -> list[str]:
    return [button.text() for button in editor.same_buttons if not button.isHidden()]


WHOLE = {"label": "示例市示例局", "register": "unit", "id": 1}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_of_several_units_each_is_asked_about_and_linked_only_by_a_click(
    checked: RefsEditor, qtbot: QtBot, key: Qt.Key
) -> None:
    for words in ("另一局、", "示例局、", "不在名册的某处"):
        write(done=words)
    checked.line.completer().popup().hide()
    assert asked(checked) == ["“示例局”是不是“示例市示例局”"]
    QTest.keyClick(checked.line, key)
    other = {"label": "示例市另一局", "register": "unit", "id": 2}
    assert checked.raw() == [other, "示例局", "不在名册的某处"]
    (button,) = checked.same_buttons
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    # It stands where the name stood that was written.
    assert checked.raw() == [other, WHOLE, "不在名册的某处"]
    assert asked(checked) == []
    assert checked.line.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_question_about_one_of_several_units_is_answered_by_keyboard(checked: RefsEditor, qtbot: QtBot) -> None:
    write(done="示例局")
    checked.line.completer().popup().hide()
    QTest.keyClick(checked.line, Qt.Key.Key_Return)
    (button,) = checked.same_buttons
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert checked.raw() == [WHOLE]
    # Taken away again, the name is not asked about any more; written again it is.
    QTest.keyClick(checked.line, Qt.Key.Key_Backspace)
    assert (checked.raw(), asked(checked)) == ([], [])
    write(done="示例局、")
    assert asked(checked) == ["“示例局”是不是“示例市示例局”"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("by_key", [True, False])
def test_of_units_two_of_which_may_be_meant_one_is_chosen(
    checked: RefsEditor, office: Office, qtbot: QtBot, by_key: bool
) -> None:
    second = office.records.save(UNIT, {"name": "外地市示例局"}).records[0][1]
    write(done="示例局、")
    checked.line.completer().popup().hide()
    assert asked(checked) == ["“示例局”是不是“示例市示例局”等 2 家"]
    checked.same_buttons[0].click()
    popup = checked.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert [each.ref.id for each in checked.line.proposals()] == [1, second]
    if by_key:
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Down)
        QTest.keyClick(popup, Qt.Key.Key_Return)
    else:
        at = popup.visualRect(popup.model().index(1, 0)).center()
        qtbot.mouseClick(popup.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: checked.raw() == [{"label": "外地市示例局", "register": "unit", "id": second}])
    assert asked(checked) == []
    assert checked.line.text() == ""


def test_a_draft_with_several_units_is_asked_about_as_it_is_shown(checked: RefsEditor) -> None:
    checked.show_raw(["示例局", "示例市另一局"])
    assert asked(checked) == ["“示例局”是不是“示例市示例局”"]
    checked.show_value(())
    assert asked(checked) == []


def note(page: RegisterPage) -> str:
    """Return what stands beneath the summary."""
    found = page.side.detail.form.fields["summary"].note
    return found.words() if found else ""


def type_summary(page: RegisterPage, words: str) -> None:
    """Type into the summary as the keyboard does."""
    editor = page.side.detail.form.fields["summary"].editor
    assert editor is not None
    editor.target.setFocus()
    editor.text.setPlainText(words)  # type: ignore[attr-defined]  # the editor of several lines


def test_a_letter_like_an_earlier_one_is_told_while_it_is_typed(page: RegisterPage, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    assert "信〔2026〕0001（2026-03-02 收到，反映内容相近）" in note(page)
    type_summary(page, "完全另外的一件事情")
    qtbot.waitUntil(lambda: note(page) == "", timeout=5000)


def test_a_caution_stops_no_saving(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    assert page.side.acts.save()
    assert office.records.count(View("petition")) == 2


def test_a_problem_of_the_field_is_more_urgent_than_a_caution(page: RegisterPage, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    field = page.side.detail.form.fields["summary"]
    field.show_problem("请改正")
    assert note(page) == "请改正"
    field.clear_problem()
    assert "疑似重复" in note(page)
