"""The list under the search box: found while typing, moved through and opened without leaving the box."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.search import Found
from paizhu.ui.context import Context
from paizhu.ui.kit.roles import Group
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.pages.found_list import FoundModel, More, pieces
from paizhu.ui.pages.search import QUIET_MS, SearchPopup
from paizhu.ui.pages.search_results import SearchResultsPage
from paizhu.ui.theme import Theme

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def records(office: Office) -> dict[str, int]:
    """Ten talks about one word, a person, and a review item that says it in its text."""
    ids = {}
    for at in range(10):
        typed = {
            "subject": f"示例{'甲乙丙丁戊己庚辛壬癸'[at]}",
            "planned_date": f"2026-03-{at + 10}",
            "reason_note": "重申住房补贴纪律",
        }
        ids[f"talk{at}"] = office.records.save(registers.register("integrity_talk"), typed).records[0][1]
    ids["person"] = office.records.save(registers.register("person"), {"name": "单小明"}).records[0][1]
    typed = {"title": "住房保障系统运维", "planned_meeting_at": "2026-03-20"}
    ids["item"] = office.records.save(registers.register("review_item"), typed).records[0][1]
    return ids


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window with the box and something else to focus."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1000, 600)
    column = QVBoxLayout(made)
    made.box = SearchBox("搜索全部台账", "Ctrl+K")  # type: ignore[attr-defined]  # found again by the fixtures below
    made.other = QPushButton("别处")  # type: ignore[attr-defined]  # as above
    column.addWidget(made.box)  # type: ignore[attr-defined]  # as above
    column.addWidget(made.other)  # type: ignore[attr-defined]  # as above
    column.addStretch(1)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def box(window: QWidget) -> SearchBox:
    """The box, with the focus."""
    found = window.findChild(SearchBox)
    assert isinstance(found, SearchBox)
    found.setFocus()
    return found


@pytest.fixture
def popup(context: Context, box: SearchBox) -> SearchPopup:
    """The list, nothing typed yet."""
    return SearchPopup(context, box)


def type_words(box: SearchBox, words: str) -> None:
    box.setText(words)
    box.textEdited.emit(words)


def shown(popup: SearchPopup, qtbot: QtBot) -> FoundModel:
    qtbot.waitUntil(popup.isVisible)
    model = popup.model()
    assert model is not None
    return model


@pytest.mark.usefixtures("records")
def test_what_is_typed_is_found_grouped_by_register_at_most_eight_each(
    popup: SearchPopup, box: SearchBox, qtbot: QtBot
) -> None:
    type_words(box, "住房")
    model = shown(popup, qtbot)
    groups = [line for line in model.lines if isinstance(line, Group)]
    assert [(group.words, group.note) for group in groups] == [("会前审查", "1 条"), ("廉政谈话", "10 条")]
    (more,) = [line for line in model.lines if isinstance(line, More)]
    assert more.words == "该台账还有 2 条"
    assert box.hasFocus()
    assert popup.geometry().top() >= box.geometry().bottom()


def test_arrows_pass_over_heads_and_enter_opens(
    context: Context, popup: SearchPopup, box: SearchBox, records: dict[str, int], qtbot: QtBot
) -> None:
    type_words(box, "住房")
    shown(popup, qtbot)
    assert popup.list.currentIndex().row() == 1
    assert box.accessibleDescription().startswith("会前审查，")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert popup.list.currentIndex().row() == 3
    assert "事由说明：重申住房补贴纪律" in box.accessibleDescription()
    QTest.keyClick(box, Qt.Key.Key_Up)
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert popup.list.currentIndex().row() == 1
    with qtbot.waitSignal(context.events.asked_for) as heard:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert heard.args == ["review_item", records["item"]]
    assert not popup.isVisible()


def test_a_name_is_found_by_its_initials(
    context: Context, popup: SearchPopup, box: SearchBox, records: dict[str, int], qtbot: QtBot
) -> None:
    type_words(box, "sxm")
    model = shown(popup, qtbot)
    found = model.found(1)
    assert found is not None
    assert (found.register, found.id) == ("person", records["person"])


@pytest.mark.usefixtures("records")
def test_nothing_found_says_so(popup: SearchPopup, box: SearchBox, qtbot: QtBot) -> None:
    type_words(box, "没有这个词")
    qtbot.waitUntil(popup.isVisible)
    assert popup.words().startswith("没有找到“没有这个词”。")
    assert not popup.list.isVisible()
    assert box.accessibleDescription() == popup.words()


@pytest.mark.usefixtures("records")
def test_escape_clears_the_line_and_its_list_and_the_next_one_leaves(
    popup: SearchPopup, box: SearchBox, qtbot: QtBot
) -> None:
    type_words(box, "住房")
    shown(popup, qtbot)
    assert "Esc 清空" in popup.words()
    with qtbot.assertNotEmitted(popup.left):
        QTest.keyClick(box, Qt.Key.Key_Escape)
    assert (popup.isVisible(), box.text()) == (False, "")
    with qtbot.waitSignal(popup.left):
        QTest.keyClick(box, Qt.Key.Key_Escape)


@pytest.mark.usefixtures("records")
def test_escape_in_the_middle_of_typing_leaves_no_list_behind(popup: SearchPopup, box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "zf")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.wait(2 * QUIET_MS)
    assert (popup.isVisible(), box.text()) == (False, "")


@pytest.mark.usefixtures("records")
def test_leaving_by_key_closes_the_list_wherever_the_pointer_rests(
    popup: SearchPopup, box: SearchBox, window: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QTest.keyClicks(box, "zfbt")
    box.setText("住房补贴")
    popup.search()
    qtbot.waitUntil(popup.isVisible)
    monkeypatch.setattr(popup, "underMouse", lambda: True)
    window.other.setFocus(Qt.FocusReason.TabFocusReason)  # type: ignore[attr-defined]  # set by the fixture
    assert not popup.isVisible()


def test_an_emptied_box_closes_the_list(popup: SearchPopup, box: SearchBox, qtbot: QtBot) -> None:
    type_words(box, "住房")
    shown(popup, qtbot)
    type_words(box, "")
    assert not popup.isVisible()


@pytest.mark.usefixtures("records")
def test_only_the_words_typed_last_are_shown(popup: SearchPopup, box: SearchBox, qtbot: QtBot) -> None:
    type_words(box, "住房")
    popup.search()
    type_words(box, "单小明")
    popup.search()
    model = shown(popup, qtbot)
    assert [line.register for line in model.lines if isinstance(line, Found)] == ["person"]


@pytest.mark.usefixtures("records")
def test_leaving_the_box_closes_the_list(popup: SearchPopup, box: SearchBox, window: QWidget, qtbot: QtBot) -> None:
    type_words(box, "住房")
    shown(popup, qtbot)
    button = window.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.setFocus()
    assert not popup.isVisible()


@pytest.mark.usefixtures("records")
def test_a_list_made_after_the_first_letter_answers_it(context: Context, box: SearchBox, qtbot: QtBot) -> None:
    box.setText("住房")
    late = SearchPopup(context, box)
    assert shown(late, qtbot).rowCount() > 1


def test_words_are_cut_where_they_were_found() -> None:
    assert pieces("住房保障与住房", ["住房"]) == [("住房", True), ("保障与", False), ("住房", True)]
    assert pieces("A3 楼", ["a3"]) == [("A3", True), (" 楼", False)]
    assert pieces("甲乙丙", ["甲乙", "乙丙"]) == [("甲乙", True), ("丙", False)]
    assert pieces("甲乙", []) == [("甲乙", False)]


@pytest.mark.usefixtures("records")
def test_a_box_that_goes_away_takes_its_list_with_it(popup: SearchPopup, box: SearchBox, qtbot: QtBot) -> None:
    type_words(box, "住房")
    shown(popup, qtbot)
    box.hide()
    assert not popup.isVisible()


@pytest.mark.usefixtures("records")
def test_words_typed_a_moment_before_the_box_went_are_not_looked_for(
    popup: SearchPopup, box: SearchBox, qtbot: QtBot
) -> None:
    type_words(box, "住房")
    with qtbot.waitSignal(popup.destroyed):
        shiboken6.delete(box)
        # It may be due in the very turn in which the list goes too.
        assert not popup._timer.isActive()


def test_the_rest_of_a_register_has_its_page(
    context: Context, popup: SearchPopup, box: SearchBox, records: dict[str, int], qtbot: QtBot
) -> None:
    type_words(box, "住房")
    model = shown(popup, qtbot)
    row = next(at for at, line in enumerate(model.lines) if isinstance(line, More))
    with qtbot.waitSignal(context.events.results_asked) as heard:
        popup.open_row(row)
    assert heard.args == ["住房", "integrity_talk"]
    page = SearchResultsPage(context)
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show()
    page.show_results("住房", "integrity_talk")
    qtbot.waitUntil(lambda: page.list.model() is not None)
    listed = page.list.model()
    assert isinstance(listed, FoundModel)
    assert sum(isinstance(line, Found) for line in listed.lines) == 10
    assert page.kinds.current() == "integrity_talk"
    with qtbot.waitSignal(context.events.asked_for) as opened:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0] == "integrity_talk"
    page.kinds.chosen.emit("review_item")
    qtbot.waitUntil(lambda: "会前审查 1 条" in page._note.words())
    place = page.place()
    assert (place.words, place.register) == ("住房", "review_item")


@pytest.mark.parametrize("points", [10.5, 16.0, 21.0])
def test_the_key_in_the_line_takes_no_room_from_words(qtbot: QtBot, look: Theme, points: float) -> None:
    look.set_points(points)
    line = SearchBox("搜索全部台账", "Ctrl+K")
    qtbot.addWidget(line)
    line.show()
    line.resize(line.sizeHint())
    with_key = line.textMargins().right()
    assert with_key > 0
    line.setText("住房保障")
    assert line.textMargins().right() == 0
    line.clear()
    assert line.textMargins().right() == with_key
    line.resize(line.sizeHint().width() - look.px(40), line.height())
    assert line.textMargins().right() == 0
