"""The page of a review item, worked with keys and mouse over a real vault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.rules.flags.finding import Level
from paizhu.services.drafts import PaneDrafts
from paizhu.services.office import Office
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.services.reviews.words import OPINION_DRAFT
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.kit.hint_card import COMPARED, Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.overviews.review import ReviewOverview
from paizhu.ui.overviews.review_defects import ReviewDefects
from paizhu.ui.overviews.review_table import MARK, NOTE, POINT_ANSWERS, WORDS, Line, LinesModel, LinesTable
from paizhu.ui.register.page import RegisterPage

REVIEW = registers.register("review_item")
MEETING = registers.register("meeting")
Key = Qt.Key
Open = Callable[..., ReviewOverview]


pytestmark = pytest.mark.usefixtures("look")


def save(office: Office, key: str = "review_item", rows: Any = None, **typed: Any) -> int:
    return office.records.save(registers.register(key), typed, rows=rows).records[0][1]


@pytest.fixture
def item(office: Office) -> int:
    """An item near the unit's standard, its papers late, of a meeting with another item of the same supplier."""
    save(
        office,
        "unit",
        name="某市示例局",
        party_group_size=7,
        rows={"spending_rule": [{"threshold": "50万元", "valid_from": "2025-01-01", "rule_no": "示例规定"}]},
    )
    meeting = save(office, "meeting", name="示例党组会", held_at="2026-03-18 09:30", kind="党组(党委)会")
    ref = {"label": "示例党组会", "register": "meeting", "id": meeting}
    common: dict[str, Any] = {
        "meeting": ref,
        "planned_meeting_at": "2026-03-18",
        "unit_id": "某市示例局",
        "supplier": "某示例公司",
    }
    save(office, title="另一项采购", agenda_no=2, category="大额资金使用", amount="10万元", **common)
    return save(
        office,
        title="系统运维采购",
        agenda_no=1,
        category="大额资金使用",
        amount="48.60万元",
        submitted_at="2026-03-16 09:00",
        submit_dept="办公室",
        leader_in_charge="孙示例",
        procurement_mode="竞争性磋商",
        **common,
    )


@pytest.fixture
def open_item(context: Context, qtbot: QtBot) -> Open:
    """Open the page of review items at one, wide enough for both columns, its lists ready."""

    def open_it(record_id: int, width: int = 1500, height: int = 820) -> ReviewOverview:
        page = RegisterPage(context, (REVIEW, MEETING))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.open_record(REVIEW.key, record_id)
        overview = page.side.detail.overview
        assert isinstance(overview, ReviewOverview)
        qtbot.waitUntil(lambda: not context.tasks.busy)
        qtbot.waitUntil(lambda: bool(overview.points.lines))
        return overview

    return open_it


def checks(office: Office, record_id: int) -> list[Any]:
    return [row.values for row in office.records.rows(REVIEW, record_id)["check"]]


def shown(overview: ReviewOverview) -> str:
    words = [label.text() for label in overview.facts.findChildren(Label)]
    return " ".join([*words, *(label.mark.words for label in overview.facts.findChildren(MarkLabel))])


def press(qtbot: QtBot, widget: Any, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(widget, key)


# --- facts ---------------------------------------------------------------------------------------------------


def test_the_facts_compare_amount_papers_and_deadline(open_item: Open, item: int) -> None:
    words = shown(open_item(item))
    assert "48.60 万元" in words
    assert "标准 50 万元的 97.2%" in words
    assert "会前 1 个工作日" in words
    assert "03-18 周三 09:30 示例党组会 议题\u00a01" in words
    assert "剩 2 个工作日" in words
    assert "竞争性磋商" in words


def test_an_item_opens_with_its_page_and_the_link_leads_to_the_form(
    open_item: Open, item: int, context: Context
) -> None:
    overview = open_item(item)
    asked: list[str] = []
    overview.field_asked.connect(asked.append)
    overview.facts.edit.click()
    assert asked == ["title"]


def test_choosing_another_category_is_saved_with_its_checklist(open_item: Open, item: int, office: Office) -> None:
    overview = open_item(item)
    overview.facts.category.chosen.emit("decision")
    assert office.records.get(REVIEW, item).values["category"] == "decision"
    assert any(str(row["code"]).startswith("MD") for row in checks(office, item))
    assert overview.points.lines[-1].words == checks(office, item)[-1]["words"]


# --- checklist -----------------------------------------------------------------------------------------------


def test_space_goes_through_the_answers_and_is_one_act_a_row(
    open_item: Open, item: int, office: Office, qtbot: QtBot
) -> None:
    overview = open_item(item)
    before = len(office.history.entries())
    overview.point_table.setFocus()
    press(qtbot, overview.point_table, Key.Key_Space, Key.Key_Space, Key.Key_Down, Key.Key_Space)
    overview.flush()
    assert [row["answer"] for row in checks(office, item)[:3]] == ["no", "yes", None]
    assert len(office.history.entries()) == before + 2


def test_an_answer_is_stored_by_itself_after_a_moment(open_item: Open, item: int, office: Office, qtbot: QtBot) -> None:
    overview = open_item(item)
    overview.point_table.setFocus()
    press(qtbot, overview.point_table, Key.Key_Space)
    qtbot.waitUntil(lambda: checks(office, item)[0]["answer"] == "yes")


def test_typing_begins_the_note_and_enter_goes_on_to_the_next_row(
    open_item: Open, item: int, office: Office, qtbot: QtBot
) -> None:
    overview = open_item(item)
    table = overview.point_table
    table.setFocus()
    qtbot.keyClicks(table, "a")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "bc")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == 1)
    overview.flush()
    assert checks(office, item)[0]["note"] == "abc"
    assert checks(office, item)[0]["answer"] is None


def test_the_row_that_enter_goes_on_to_is_seen(open_item: Open, item: int, qtbot: QtBot) -> None:
    overview = open_item(item, height=420)
    table, area, row = overview.point_table, overview.columns._main_scroll, 4
    table.setFocus()
    table.go_to(row - 1)
    bar = area.verticalScrollBar()

    def height() -> int:
        lowest = table.visualRect(table.lines.index(row - 1, WORDS)).bottomLeft()
        return table.viewport().mapTo(area.widget(), lowest).y() - area.viewport().height() + 2

    # The table has its height once the rows have been laid out.
    qtbot.waitUntil(lambda: 0 < height() <= bar.maximum())
    bar.setValue(height())
    assert not in_sight(table, row)
    qtbot.keyClicks(table, "a")
    editor = table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: table.currentIndex().row() == row and in_sight(table, row))


def in_sight(table: LinesTable, row: int) -> bool:
    """Tell whether a row is seen from its first line to its last."""
    place = table.visualRect(table.lines.index(row, WORDS))
    return table.viewport().visibleRegion().boundingRect().contains(place)


def test_another_item_begins_at_its_top(open_item: Open, item: int, office: Office, qtbot: QtBot) -> None:
    overview = open_item(item, height=420)
    bar = overview.columns._main_scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value()
    page = overview.parentWidget()
    while not isinstance(page, RegisterPage):
        assert page is not None
        page = page.parentWidget()
    other = next(row.id for row in Reviewing(office.desk).items(meeting_of(office, item)) if row.id != item)
    page.open_record(REVIEW.key, other)
    qtbot.waitUntil(lambda: bar.value() == 0)


def meeting_of(office: Office, item: int) -> int:
    meeting = office.records.get(REVIEW, item).values["meeting"]
    assert isinstance(meeting, Ref)
    assert meeting.id
    return meeting.id


def test_a_click_on_the_mark_gives_the_next_answer(open_item: Open, item: int, qtbot: QtBot) -> None:
    overview = open_item(item)
    place = overview.point_table.visualRect(overview.points.index(0, MARK)).center()
    qtbot.mouseClick(overview.point_table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert overview.points.lines[0].answer == "yes"
    place = overview.point_table.visualRect(overview.points.index(0, WORDS)).center()
    qtbot.mouseClick(overview.point_table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert overview.points.lines[0].answer == "yes"


def test_a_doubt_without_a_note_is_marked_only_when_an_opinion_is_given(
    open_item: Open, item: int, qtbot: QtBot
) -> None:
    overview = open_item(item)
    overview.points.cycle(0, 2)
    overview.flush()
    note = overview.points.index(0, NOTE)
    assert note.data() == "点此填写说明"
    overview.opinion.chosen.emit("ok_with_note")
    assert note.data() == "请写明存疑的理由"


def test_every_row_says_all_of_itself_to_a_screen_reader(open_item: Open, item: int) -> None:
    overview = open_item(item)
    overview.points.cycle(5)
    words = overview.points.index(5, WORDS).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words.startswith("第 6 项，符合，会前酝酿充分")
    assert words.endswith("《党组工作条例》第二十三条")


def test_a_step_by_its_key_comes_after_what_was_just_answered(
    open_item: Open, item: int, office: Office, qtbot: QtBot
) -> None:
    overview = open_item(item)
    overview.point_table.setFocus()
    press(qtbot, overview.point_table, Key.Key_Space)
    qtbot.keyClick(overview.point_table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert checks(office, item)[0]["answer"] == "yes"


def test_a_paper_is_ticked_with_today(open_item: Open, item: int, office: Office, qtbot: QtBot) -> None:
    overview = open_item(item)
    overview.paper_table.setFocus()
    press(qtbot, overview.paper_table, Key.Key_Space)
    overview.flush()
    row = office.records.rows(REVIEW, item)["material"][0].values
    assert (row["received"], str(row["received_at"])) == (True, "2026-03-16")
    assert overview.papers.lines[0].quiet == "2026-03-16"


def test_undoing_brings_the_old_answer_back_into_view(open_item: Open, item: int, office: Office, qtbot: QtBot) -> None:
    overview = open_item(item)
    overview.points.cycle(0)
    overview.flush()
    entry = office.history.last_undoable()
    assert entry is not None
    overview.context.events.changed.emit(office.history.undo(entry.id).change)
    assert overview.points.lines[0].answer == ""


def test_what_was_signed_is_only_read(open_item: Open, item: int, office: Office) -> None:
    save_all = office.vault.act("save", "审签")
    with save_all as act:
        act.add_row(REVIEW, item, "check", {"words": "要点", "answer": "yes"})
        act.change(REVIEW, item, None, {"state": "opinion_signed", "opinion": "ok"})
    overview = open_item(item)
    overview.points.cycle(0)
    assert overview.points.lines[0].answer == "yes"
    assert overview.opinion.text.isReadOnly()
    assert "逐条写" not in overview.opinion.text.placeholderText(), "nothing may be written any more"
    assert overview.facts.category.isHidden()


# --- opinion -------------------------------------------------------------------------------------------------


def test_words_are_a_draft_until_the_officer_goes_on_and_then_one_act(
    open_item: Open, item: int, office: Office, qtbot: QtBot
) -> None:
    overview = open_item(item)
    before = len(office.history.entries())
    drafts = PaneDrafts(office.vault, OPINION_DRAFT)
    overview.opinion.text.setFocus()
    overview.opinion.text.insertPlainText("建议：一、补充依据；二、逐项表决。")
    qtbot.waitUntil(lambda: drafts.find(item) is not None)
    assert len(office.history.entries()) == before
    overview.point_table.setFocus()
    qtbot.waitUntil(lambda: drafts.find(item) is None)
    assert len(office.history.entries()) == before + 1
    rows = office.records.rows(REVIEW, item)["suggestion"]
    assert [row.values["words"] for row in rows] == ["补充依据", "逐项表决"]


def test_words_that_were_not_stored_stand_there_again(open_item: Open, item: int, office: Office) -> None:
    PaneDrafts(office.vault, OPINION_DRAFT).keep(item, "还没写完")
    assert open_item(item).opinion.words == "还没写完"


def test_a_change_of_the_record_leaves_words_being_typed_alone(open_item: Open, item: int, office: Office) -> None:
    overview = open_item(item)
    overview.opinion.text.insertPlainText("正在写")
    change = office.records.save(REVIEW, {"budget_item": "信息化运维"}, item)
    overview.context.events.changed.emit(change)
    assert overview.opinion.words == "正在写"


def test_the_choice_of_opinion_is_stored_and_each_of_the_eight_can_be_chosen(
    open_item: Open, item: int, office: Office
) -> None:
    overview = open_item(item)
    for code in [choice.code for choice in REVIEW.field("opinion").choices]:
        radio = overview.opinion._radios.get(code)
        if radio:
            radio.click()
        else:
            overview.opinion.others.activated.emit(overview.opinion.others.findData(code))
        assert office.records.get(REVIEW, item).values["opinion"] == code


def test_going_to_another_item_stores_what_was_typed_at_the_first(open_item: Open, item: int, office: Office) -> None:
    overview = open_item(item)
    overview.opinion.text.insertPlainText("第一项的意见")
    other = office.records.get(REVIEW, item - 1)
    overview.show_record(other)
    assert office.records.get(REVIEW, item).values["opinion_text"] == "第一项的意见"
    assert overview.opinion.words == ""
    assert office.records.get(REVIEW, other.id).values["opinion_text"] is None


def test_phrases_fit_the_category_and_go_where_the_cursor_is(open_item: Open, item: int) -> None:
    overview = open_item(item)
    overview.opinion._fill_menu()
    words = [action.text() for action in overview.opinion._menu.actions() if action.text()]
    assert any("预算依据" in each for each in words)
    assert not any("廉政意见回复" in each for each in words)
    overview.opinion._menu.actions()[0].trigger()
    assert overview.opinion.words == words[0]


# --- hints ---------------------------------------------------------------------------------------------------


def test_a_hint_shows_its_records_and_goes_into_the_opinion(open_item: Open, item: int, context: Context) -> None:
    overview = open_item(item)
    hint = next(hint for hint in overview.hints._hints if hint.evidence and hint.pair)
    at = overview.hints._hints.index(hint)
    asked: list[tuple[str, int]] = []
    context.events.asked_for.connect(lambda register, record_id: asked.append((register, record_id)))
    overview.hints._cards[at].acted.emit("evidence")
    from paizhu.ui.kit.button import Button

    overview.hints._places[at].findChildren(Button)[0].click()
    assert asked == [hint.evidence[0]]
    overview.hints._cards[at].acted.emit("write")
    assert overview.opinion.words == hint.for_opinion


def test_a_hint_is_settled_only_with_a_reason(open_item: Open, item: int, office: Office) -> None:
    overview = open_item(item)
    hint = next(hint for hint in overview.hints._hints if hint.pair)
    at = overview.hints._hints.index(hint)
    overview.hints._cards[at].acted.emit("settle")
    from paizhu.ui.register.asking import AskStrip

    ask = overview.hints._places[at].findChild(AskStrip)
    assert ask is not None
    before = len(office.history.entries())
    ask.given.emit([""])
    assert len(office.history.entries()) == before
    ask.given.emit(["已看合同，不是同一项目"])
    assert hint.key not in [each.key for each in overview.hints._hints if not each.settled and each.pair == hint.pair]
    aside = overview.hints.put_aside
    assert aside.isVisible()
    assert aside.unfold.isVisible()
    QTest.mouseClick(aside.unfold, Qt.MouseButton.LeftButton)
    assert "已看合同，不是同一项目" in " ".join(label.text() for label in aside.findChildren(Label))
    QTest.mouseClick(aside.links[0], Qt.MouseButton.LeftButton)
    assert hint.key in [each.key for each in overview.hints._hints if not each.settled and each.pair == hint.pair]
    assert not overview.hints.put_aside.isVisible()
    assert [each.label[:6] for each in office.history.entries()[:2]] == [
        "提示恢复显示",
        f"提示已核实 {hint.finding}"[:6],
    ]


def test_what_shares_the_meeting_stands_among_the_hints(open_item: Open, item: int) -> None:
    found = [hint.finding for hint in open_item(item).hints._hints]
    assert "议题 2 供应商同为某示例公司" in found


def test_the_head_counts_hints_like_the_list_without_what_the_meeting_brings(open_item: Open, item: int) -> None:
    pane = open_item(item).hints
    open_hints = [hint for hint in pane._hints if not hint.settled]
    met = sum(hint.level is Level.MEETING for hint in open_hints)
    assert met
    assert pane._title.text() == f"提示 {len(open_hints) - met} 条"
    assert pane._note.text() == COMPARED


def test_a_folded_hint_shows_its_finding_in_full_where_there_is_room(qtbot: QtBot) -> None:
    card = HintCard(Hint("重点核实", "同一供应商多次中标"), folded=True)
    qtbot.addWidget(card)
    card.resize(330, card.sizeHint().height())
    card.show()
    QApplication.processEvents()
    assert card._finding.text() == "同一供应商多次中标"
    assert card._finding.x() < card.width() / 2


def test_a_folded_hint_leaves_out_of_a_long_finding_and_not_of_its_level(qtbot: QtBot) -> None:
    card = HintCard(Hint("同会议题", "议题 1 有提示：贴线、疑似拆分、供应商涉案、材料送达不足"), folded=True)
    qtbot.addWidget(card)
    card.resize(304, card.sizeHint().height())
    card.show()
    QApplication.processEvents()
    level = card.findChild(MarkLabel)
    assert level is not None
    assert level.width() >= level.sizeHint().width()
    assert card._finding.text() != "议题 1 有提示：贴线、疑似拆分、供应商涉案、材料送达不足"


def test_a_note_keeps_its_line_where_the_points_leave_room(qtbot: QtBot) -> None:
    model = LinesModel(POINT_ANSWERS)
    table = LinesTable("审查清单", model)
    qtbot.addWidget(table)
    table.resize(620, 200)
    table.show()
    model.show_lines([Line(1, 1, "yes", "已列入年度预算", note="预算批复第 17 项，额度 50 万元")], editable=True)
    assert table.rowHeight(0) == theme.current().heights.row


def test_the_paper_of_an_item_is_one_press_away(open_item: Open, item: int, context: Context) -> None:
    asked: list[tuple[str, int, str]] = []
    context.events.paper_asked.connect(lambda *given: asked.append(given))
    open_item(item).opinion.print.click()
    assert asked == [("review_item", item, "review_opinion")]


# --- keys ----------------------------------------------------------------------------------------------------


def test_the_tab_key_goes_from_the_facts_to_the_opinion_in_reading_order(
    open_item: Open, item: int, qtbot: QtBot
) -> None:
    overview = open_item(item)
    wanted = [overview.facts.edit, overview.point_table, overview.paper_table, overview.opinion.text]
    overview.facts.edit.setFocus()
    seen: list[Any] = []
    for _each in range(60):
        focus = QApplication.focusWidget()
        if focus in wanted and focus not in seen:
            seen.append(focus)
        if focus is None or focus is overview.opinion.text:
            break
        qtbot.keyClick(focus, Key.Key_Tab)
    assert seen == wanted


def test_a_defect_after_the_meeting_becomes_a_finding_in_one_press(
    context: Context, qtbot: QtBot, office: Office
) -> None:
    item = office.records.save(REVIEW, {"title": "示例采购"}).records[0][1]
    with office.vault.act("save", "已决议") as act:
        act.change(REVIEW, item, None, {"state": "resolved", "decided": "agreed", "last_speak_ok": False})
    defects = ReviewDefects(context)
    qtbot.addWidget(defects)
    defects.show_item(office.records.get(REVIEW, item))
    defects.show_flags(context.office.flags.of(item))
    assert "末位表态" in defects.strip.accessibleName()
    defects.strip.acted.emit("make")
    (words,) = defects.ask.lines()
    with qtbot.waitSignal(context.events.changed) as changed:
        QTest.keyClick(words, Qt.Key.Key_Return)
    assert changed.args[0].registers >= {"finding", "review_item"}
    defects.show_item(office.records.get(REVIEW, item))
    with qtbot.waitSignal(context.events.asked_for) as asked:
        defects.strip.acted.emit("open")
    assert asked.args == ["finding", 1]
    early = office.records.save(REVIEW, {"title": "会前议题"}).records[0][1]
    defects.show_item(office.records.get(REVIEW, early))
    assert defects.isHidden()


def test_words_that_cannot_be_stored_stay_with_their_item(
    open_item: Open, item: int, office: Office, qtbot: QtBot
) -> None:
    overview = open_item(item)
    other = save(office, title="另一件采购", category="大额资金使用")
    qtbot.keyClicks(overview.opinion.text, "Jianyi huan yi jia")
    office.records.void(REVIEW, [item], "示例作废")
    overview.show_record(office.records.get(REVIEW, other))
    assert overview.opinion.words == ""
    overview.flush()
    assert office.records.get(REVIEW, other).values["opinion_text"] is None
    kept = PaneDrafts(office.vault, OPINION_DRAFT).find(item)
    assert kept is not None
    assert kept[1] == "Jianyi huan yi jia"
