"""Editors of a form as the keyboard meets them: boxes are one stop of Tab, a name written elsewhere is recognised."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.field import Field
from paizhu.base.rows import Ref
from paizhu.services.proposing import Proposal
from paizhu.ui.register.edit_choice import ChoiceEditor, ChoicesEditor
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.edit_refs import RefsEditor
from paizhu.ui.theme import Theme

PETITION, LEAD = registers.register("petition"), registers.register("lead")
KNOWN = Ref("示例甲", "person", 7)


class _Roster:
    """Knows one person, and two namesakes of another."""

    known = (KNOWN, Ref("示例乙", "person", 8), Ref("示例乙", "person", 9))

    def find(self, field: Field, words: str) -> list[Proposal]:
        """Return who fits the words."""
        return [each for each in self.every(field) if words and each.ref.label.startswith(words)]

    def every(self, field: Field) -> list[Proposal]:
        """Return everybody."""
        return [Proposal(ref, "") for ref in self.known]

    def alike(self, field: Field, words: str) -> list[Proposal]:
        """Return nothing: persons are no organisations."""
        return []

    def called(self, field: Field, words: str) -> list[Ref]:
        """Return nothing: persons have one name."""
        return []


ROSTER = _Roster()


class _ByLetters(_Roster):
    """Finds by the first letters of a name as well."""

    letters = ((7, "slj"), (8, "sly"), (9, "sly"))

    def find(self, field: Field, words: str) -> list[Proposal]:
        """Return who fits the words or the letters."""
        return [
            each
            for each in self.every(field)
            if each.ref.label.startswith(words) or dict(self.letters)[each.ref.id or 0].startswith(words)
        ]


class _Far(_Roster):
    """Knows one person by a long unit and post as well."""

    post = "驻某市示例住房和城乡建设局纪检监察组 一级主任科员"

    def every(self, field: Field) -> list[Proposal]:
        """Return that one."""
        return [Proposal(KNOWN, self.post)]


@pytest.fixture
def boxes(qtbot: QtBot) -> Iterator[tuple[ChoicesEditor, QLineEdit]]:
    """Boxes with a line after them, shown and with the cursor in the first box."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    editor, after = ChoicesEditor(PETITION.field("issue_types")), QLineEdit()
    column.addWidget(editor)
    column.addWidget(after)
    qtbot.addWidget(holder)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: next(iter(editor.boxes.values())).hasFocus())
    yield editor, after
    holder.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_one_key_leaves_all_boxes(boxes: tuple[ChoicesEditor, QLineEdit], key: Qt.Key) -> None:
    editor, after = boxes
    QTest.keyClick(next(iter(editor.boxes.values())), key)
    assert after.hasFocus()


def test_arrows_walk_from_box_to_box_and_tab_comes_back_to_the_last(boxes: tuple[ChoicesEditor, QLineEdit]) -> None:
    editor, after = boxes
    first, second = list(editor.boxes.values())[:2]
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Space)
    assert editor.raw() == [list(editor.boxes)[1]]
    QTest.keyClick(second, Qt.Key.Key_Tab)
    assert after.hasFocus()
    QTest.keyClick(after, Qt.Key.Key_Backtab)
    assert second.hasFocus()


def test_a_name_laid_down_elsewhere_is_the_person_of_the_roster(qtbot: QtBot) -> None:
    many = RefsEditor(PETITION.field("reported_names"), ROSTER)
    one = RefEditor(LEAD.field("subject"), ROSTER)
    for editor in (many, one):
        qtbot.addWidget(editor)
        editor.show_raw("示例甲")
    linked = {"label": "示例甲", "register": "person", "id": 7}
    assert many.raw() == [linked]
    assert one.raw() == linked


def test_enter_takes_the_only_name_that_letters_stand_for(qtbot: QtBot) -> None:
    many = RefsEditor(PETITION.field("reported_names"), _ByLetters())
    one = RefEditor(LEAD.field("subject"), _ByLetters())
    linked = {"label": "示例甲", "register": "person", "id": 7}
    for editor, meant in ((many, [linked]), (one, linked)):
        qtbot.addWidget(editor)
        editor.line.setText("slj")
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
        assert editor.raw() == meant
    assert many.line.text() == "", "the line waits for the next name"


@pytest.mark.parametrize("typed", ["sly", "示例"])
def test_enter_guesses_neither_between_namesakes_nor_what_words_may_go_on_to(qtbot: QtBot, typed: str) -> None:
    many = RefsEditor(PETITION.field("reported_names"), _ByLetters())
    qtbot.addWidget(many)
    many.line.setText(typed)
    QTest.keyClick(many.line, Qt.Key.Key_Return)
    assert many.raw() == [typed]


def test_of_namesakes_none_is_taken(qtbot: QtBot) -> None:
    many = RefsEditor(PETITION.field("reported_names"), ROSTER)
    qtbot.addWidget(many)
    many.show_raw("示例乙")
    assert many.raw() == ["示例乙"]


def test_a_proposal_taken_by_enter_is_named_once(qtbot: QtBot) -> None:
    many = RefsEditor(PETITION.field("reported_names"), ROSTER)
    qtbot.addWidget(many)
    many.line.setText("示例甲")
    QTest.keyClick(many.line, Qt.Key.Key_Return)
    # The proposal under the cursor is told as chosen after the line was ended already.
    many.line.met.emit(KNOWN)
    assert many.raw() == [{"label": "示例甲", "register": "person", "id": 7}]


def test_backspace_in_the_empty_line_takes_the_last_name_away(qtbot: QtBot) -> None:
    many = RefsEditor(PETITION.field("reported_names"), ROSTER)
    qtbot.addWidget(many)
    many.show_raw("示例甲、某某某")
    QTest.keyClick(many.line, Qt.Key.Key_Backspace)
    assert many.raw() == [{"label": "示例甲", "register": "person", "id": 7}]
    many.line.setText("另")
    QTest.keyClick(many.line, Qt.Key.Key_Backspace)
    assert len(many.raw()) == 1


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("by_key", [True, False])
def test_the_roster_opens_at_the_line_without_a_word_typed(qtbot: QtBot, by_key: bool) -> None:
    one = RefEditor(LEAD.field("subject"), ROSTER)
    qtbot.addWidget(one)
    one.show()
    one.activateWindow()
    one.show_raw("示例甲")
    if by_key:
        QTest.keyClick(one.line, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    else:
        QTest.mouseClick(one.line.mark, Qt.MouseButton.LeftButton)
    popup = one.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert [each.ref.id for each in one.line.proposals()] == [7, 8, 9]
    # Another that is typed or chosen takes the place of the one that stood there.
    assert one.line.selectedText() == "示例甲"
    popup.hide()


def test_the_choices_of_a_drop_down_stand_below_it_whole(look: Theme, qtbot: QtBot) -> None:
    one = ChoiceEditor(LEAD.field("check_opinion"))
    qtbot.addWidget(one)
    one.show()
    qtbot.waitExposed(one)
    assert one.combo is not None
    drawn = QStyleOptionComboBox()
    drawn.initFrom(one.combo)
    assert one.combo.style().styleHint(QStyle.StyleHint.SH_ComboBox_Popup, drawn, one.combo) == 0
    assert one.combo.maxVisibleItems() >= one.combo.count()


def test_a_field_for_several_letters_asks_for_numbers_and_not_for_names(qtbot: QtBot) -> None:
    asked = []
    for name in ("petition_refs", "check_team"):
        several = RefsEditor(LEAD.field(name), ROSTER)
        qtbot.addWidget(several)
        asked.append(several.line.placeholderText())
    assert asked == ["写一个编号后按回车，再写下一个", "写一个名字后按回车，再写下一个"]


def test_several_names_are_no_one_to_be_put_into_the_roster(qtbot: QtBot) -> None:
    one = RefEditor(LEAD.field("subject"), ROSTER, make=lambda _field, words: Ref(words))
    qtbot.addWidget(one)
    one.show()
    for words, offered in (("某某甲", True), ("某某甲、某某乙", False), ("某某乙", True)):
        one.show_raw(words)
        assert (one.make_button.isVisible(), one.link_button.isVisible()) == (offered, offered)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_the_roster_stays_on_the_screen_and_is_wide_enough_for_units_and_posts(qtbot: QtBot) -> None:
    one = RefEditor(LEAD.field("subject"), _Far())
    qtbot.addWidget(one)
    one.setFixedWidth(160)
    screen = one.screen().availableGeometry()
    one.move(screen.right() - 170, screen.top() + 50)
    one.show()
    one.activateWindow()
    QTest.mouseClick(one.line.mark, Qt.MouseButton.LeftButton)
    popup = one.line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.waitUntil(lambda: popup.geometry().right() <= screen.right())
    assert popup.width() > popup.fontMetrics().horizontalAdvance(f"{KNOWN.label}　{_Far.post}")
