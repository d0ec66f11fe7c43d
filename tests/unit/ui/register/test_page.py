"""The register page as it is used: picked, typed, saved, stepped, undone, voided, filtered, copied."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.flow import Step
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.services.drafts import Drafts
from paizhu.services.office import Office
from paizhu.services.safety.backups import MANY
from paizhu.storage.backup_place import Reason
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.register import list_acts
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.detail_stack import FILES, HISTORY, TIMELINE
from paizhu.ui.register.edit_ref import RefEditor
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.record_work import RecordWork
from tests.conftest import PASSWORD

from .conftest import MakePage
from .used import field, line_of, note, revealed, stand_on, type_into

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")
PETITION = registers.register("petition")


def red_buttons(page: RegisterPage) -> list[str]:
    found = [each for each in page.findChildren(Button) if each.isVisible() and each.look is Look.PRIMARY]
    return [each.accessibleName() for each in found]


def place_of(table: ChildTable, name: str) -> int:
    return next(at for at, each in enumerate(table.model.fields) if each.name == name)


def list_column(page: RegisterPage, key: str) -> list[str]:
    model = page.side.list.model
    at = next(at for at, column in enumerate(model.columns) if column.key == key)
    return [str(model.index(row, at).data()) for row in range(model.rowCount())]


def test_the_page_opens_on_the_newest_record_and_tells_how_many_there_are(
    make_page: MakePage, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == talks[-1])
    said: list[str] = []
    page.status.connect(said.append)
    page.side.list.table.go_to(1)
    assert said[-1] == "共 5 条 · 已选 1 条"


def test_an_empty_register_says_what_belongs_there_and_its_new_button_is_red(make_page: MakePage) -> None:
    page = make_page()
    assert page.side.list.is_empty
    assert red_buttons(page) == ["新增谈话"]
    page.new_record()
    assert red_buttons(page) == ["保存"]


def test_a_new_record_is_typed_saved_and_stands_in_the_list(
    make_page: MakePage, office: Office, talks: list[int], context: Context
) -> None:
    page = make_page()
    said: list[tuple[str, int]] = []
    context.events.said.connect(lambda words, entry: said.append((words, entry)))
    page.run("record.new")
    type_into(page, "subject", "单小明")
    type_into(page, "planned_date", "3.20")
    assert line_of(page, "planned_date").text() == "2026-03-20"
    assert page.run("record.save")
    row = page.side.list.current_row()
    assert row is not None
    assert row.values["subject"].label == "单小明"  # type: ignore[union-attr]  # a talk has a subject
    assert row.values["subject"].linked  # type: ignore[union-attr]  # as above
    assert list_column(page, "planned_date")[0] == "03-20"
    assert said[-1][0].startswith("已登记廉政谈话")
    assert not page.side.detail.form.is_changed()


def test_what_is_missing_stands_beneath_its_field_and_nothing_typed_goes(make_page: MakePage, office: Office) -> None:
    page = make_page()
    page.new_record()
    type_into(page, "planned_date", "2026.13.45")
    assert "2026.13.45" in note(page, "planned_date")
    page.run("save")
    assert "谈话对象" in note(page, "subject")
    assert line_of(page, "planned_date").text() == "2026.13.45"
    assert field(page, "planned_date").editor.target.property("level") == "error"  # type: ignore[union-attr]  # open
    assert office.records.count(office.records.default_view(TALK)) == 0


def test_nothing_is_checked_while_it_is_typed(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page()
    page.new_record()
    line = line_of(page, "planned_date")
    QTest.keyClicks(line, "99")
    assert note(page, "planned_date") == ""


def test_a_step_that_waits_for_fields_opens_and_marks_them_then_goes(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    office.records.save(TALK, {"kind": "诫勉谈话"}, talks[0])
    page = make_page()
    stand_on(page, talks[0])
    assert page.side.detail.bar.primary.accessibleName() == "提交审批"
    assert "谈话提纲" in page.side.detail.ways_on.waiting.text()
    page.run("primary")
    assert "谈话提纲" in note(page, "outline")
    assert office.records.get(TALK, talks[0]).state == "planned"
    type_into(page, "outline", "一、岗位风险")
    page.run("primary")
    row = office.records.get(TALK, talks[0])
    assert (row.state, row.values["outline"]) == ("submitted", "一、岗位风险")
    assert page.side.detail.bar.primary.accessibleName() == "批准"


def test_ctrl_z_takes_the_step_back_and_the_page_follows(make_page: MakePage, office: Office, talks: list[int]) -> None:
    office.records.save(TALK, {"kind": "诫勉谈话"}, talks[0])
    page = make_page()
    stand_on(page, talks[0])
    type_into(page, "outline", "一、岗位风险")
    page.run("primary")
    page.run("undo")
    assert office.records.get(TALK, talks[0]).state == "planned"
    assert page.side.detail.bar.primary.accessibleName() == "提交审批"
    page.run("redo")
    assert office.records.get(TALK, talks[0]).state == "submitted"


def test_typed_words_become_a_draft_a_second_after_the_last_key_and_come_back(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    stand_on(page, talks[0])
    page.run("edit")
    type_into(page, "place", "本组谈话室")
    assert Drafts(office.desk).find(TALK, talks[0]) is None
    with qtbot.waitSignal(page.side.acts._draft_timer.timeout, timeout=3000):
        pass
    kept = Drafts(office.desk).find(TALK, talks[0])
    assert kept is not None
    assert kept.typed == {"place": "本组谈话室"}
    page.hide()
    again = make_page()
    stand_on(again, talks[0])
    assert "草稿" in again.side.detail.strip.accessibleName()
    assert line_of(again, "place").text() == "本组谈话室"
    again.run("save")
    assert Drafts(office.desk).find(TALK, talks[0]) is None
    assert office.records.get(TALK, talks[0]).values["place"] == "本组谈话室"


def test_what_was_typed_as_a_new_record_waits_behind_a_form_that_comes_filled_in(
    make_page: MakePage, office: Office, talks: list[int], context: Context, qtbot: QtBot
) -> None:
    """A talk typed half-way was gone for good once another was taken as the pattern of a new one."""
    page = make_page()
    page.run("new")
    type_into(page, "subject", "写到一半的人")
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    page.side.duplicate(talks[0])
    assert said[-1].startswith("先前没写完的那一份留着")
    assert field(page, "subject").raw()["label"] == "孙立新"
    # What the program filled in is no loss: of one pattern after the other none is kept.
    page.side.duplicate(talks[1])
    page.side.duplicate(talks[0])
    page.save_draft()
    assert sorted(kept for _key, kept, _at, _body in office.vault.drafts.every()) == [-1, 0]
    type_into(page, "planned_date", "2026-04-08")
    page.run("save")
    page.run("new")
    assert field(page, "subject").raw() == "写到一半的人"
    assert [kept for _key, kept, _at, _body in office.vault.drafts.every()] == [0]


def test_locking_keeps_a_draft_of_a_new_record_at_once(make_page: MakePage, office: Office) -> None:
    page = make_page()
    page.new_record()
    type_into(page, "subject", "示例甲")
    assert page.is_busy()
    page.save_draft()
    kept = Drafts(office.desk).find(TALK, None)
    assert kept is not None
    assert kept.typed["subject"] == "示例甲"


def test_going_to_another_record_keeps_what_was_typed(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    type_into(page, "place", "第一会议室")
    stand_on(page, talks[1])
    assert not page.side.detail.form.is_changed()
    stand_on(page, talks[0])
    assert line_of(page, "place").text() == "第一会议室"
    page.side.detail.strip.acted.emit("drop")
    assert not page.side.detail.form.is_changed()
    assert Drafts(office.desk).find(TALK, talks[0]) is None


def test_a_record_changed_elsewhere_is_not_overwritten_and_says_what_differs(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    page = make_page()
    stand_on(page, talks[0])
    type_into(page, "place", "本组谈话室")
    office.records.save(TALK, {"reason_note": "节前"}, talks[0])
    page.run("save")
    assert "节前" in page.side.detail.strip.accessibleName()
    assert line_of(page, "place").text() == "本组谈话室"
    assert office.records.get(TALK, talks[0]).values["place"] is None
    page.run("save")
    row = office.records.get(TALK, talks[0])
    assert (row.values["place"], row.values["reason_note"]) == ("本组谈话室", "节前")


def test_chips_count_and_narrow_the_list(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    chips = {button.chip.words: button.chip.count for button in page.toolbar.chips._buttons}
    assert chips["全部"] == 5
    assert chips["2026 年"] == 5
    assert chips["已计划"] == 5
    page.side.narrowing.choose("missing")
    assert page.side.list.model.total == chips["待补全"]
    page.run("filter")
    page.side.list.filters.applied.emit([Condition("place", Test.FILLED)], False)
    assert page.side.list.model.total == 0
    assert "谈话地点已填写" in page.side.list._stack.no_match.accessibleName()
    page.side.list.cleared.emit()
    assert page.side.list.model.total == 5


def test_a_condition_is_typed_in_words(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.run("filter")
    panel = page.side.list.filters
    line = panel.lines[0]
    line.show_condition(Condition("planned_date", Test.SINCE))
    assert line.editor is not None
    line.editor.show_raw("3.3")
    panel.apply()
    assert list_column(page, "planned_date") == ["03-05", "03-04", "03-03"]
    line.editor.show_raw("三三三")
    panel.apply()
    assert not line._problem.isHidden()
    assert page.side.list.model.total == 3


def test_conditions_in_a_low_window_scroll_and_none_is_cut(make_page: MakePage, talks: list[int], qtbot: QtBot) -> None:
    page = make_page()
    theme.current().set_points(16.0)
    page.resize(1366, 520)
    page.run("filter")
    panel = page.side.list.filters
    for _more in range(3):
        panel.add_line()
    least = theme.current().heights.button
    qtbot.waitUntil(lambda: panel.lines[-1].height() >= least and not panel.lines[-1].visibleRegion().isEmpty())
    assert all(line.which.height() >= least for line in panel.lines)
    assert page.side.list.table.viewport().height() >= theme.current().heights.row
    theme.current().normal()


@pytest.mark.parametrize(
    ("name", "value", "left"), [("kind", "reminder", 5), ("place", "三楼", 0), ("subject", "梁", 2)]
)
def test_enter_in_what_is_compared_with_applies_the_conditions(
    make_page: MakePage, talks: list[int], name: str, value: str, left: int
) -> None:
    """The button says 按条件筛选 Enter, whatever kind of field the cursor stands in."""
    page = make_page()
    page.run("filter")
    line = page.side.list.filters.lines[0]
    test = Test.ONE_OF if name == "kind" else Test.CONTAINS
    line.show_condition(Condition(name, test, (value,) if name == "kind" else value))
    assert line.editor is not None
    line.editor.target.setFocus()
    QTest.keyClick(line.editor.target, Qt.Key.Key_Return)
    assert [condition.name for condition in page.side.narrowing.conditions] == [name]
    assert page.side.list.model.total == left
    assert line.isAncestorOf(QApplication.focusWidget() or page)


def test_a_click_on_a_head_sorts_and_the_list_stands_so_the_next_time(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.list.table.sort_asked.emit("planned_date", False)
    assert list_column(page, "planned_date")[0] == "03-01"
    page.save_draft()
    page.hide()
    assert list_column(make_page(), "planned_date")[0] == "03-01"


def test_the_menu_sorts_too_and_says_which_way(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    menu = QMenu()
    page.side.list.table.fill_columns_menu(menu)
    sorting = next(each for each in menu.findChildren(QMenu) if each.title() == "排序")
    ways = {each.text(): each for each in sorting.actions()}
    assert {"谈话对象：升序", "期限：从近到远", "年度：从大到小"} <= set(ways)
    ways["期限：从近到远"].trigger()
    assert page.side.list.view.order == ((DUE, False),)
    ways["谈话对象：降序"].trigger()
    assert page.side.list.view.order == (("subject", True),)


def test_a_column_that_is_asked_for_comes_and_others_give_way(
    make_page: MakePage, talks: list[int], context: Context, qtbot: QtBot
) -> None:
    """Ranked behind all that stand there unasked it never came, however often it was ticked."""
    page = make_page()
    table, model = page.side.list.table, page.side.list.model
    at = {column.key: place for place, column in enumerate(model.columns)}
    head = table.horizontalHeader()
    assert head.isSectionHidden(at["place"])
    table.set_column_shown("place", True)
    assert not head.isSectionHidden(at["place"])
    assert head.length() <= table.viewport().width()
    # What stays is never pushed out; where too much is asked for, that is told, and the menu says it too.
    told: list[str] = []
    context.events.said.connect(lambda words, _entry: told.append(words))
    for key in ("talker", "companion", "record", "recorder", "reason", "start_at", "end_at", "no", "year"):
        table.set_column_shown(key, True)
    assert told
    assert "放不下" in told[-1]
    assert not any(head.isSectionHidden(at[key]) for key in ("subject", "state", DUE))
    menu = QMenu()
    table.fill_columns_menu(menu)
    crowded = [each.text() for each in menu.actions() if each.text().endswith("（放不下）")]
    assert crowded
    assert all(
        head.isSectionHidden(at[column.key]) for column in model.columns if f"{column.words}（放不下）" in crowded
    )


def test_a_view_is_saved_under_a_name_and_chosen_again(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.list.filtered.emit([Condition("planned_date", Test.IS, None)], False)
    page.run("save_view")
    line = page.side.list.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.setText("没有日期")
    line.returnPressed.emit()
    page.side.narrowing.clear()
    assert page.side.list.model.total == 5
    assert page.select_view("没有日期")
    assert page.side.list.model.total == 0
    assert not page.select_view("没有这个视图")
    # The menu offers what can be done with the view in use.
    choose(page, "给视图“没有日期”改名…")
    line = page.side.list.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    assert line.text() == "没有日期"
    line.setText("待排")
    line.returnPressed.emit()
    page.side.narrowing.clear()
    choose(page, "待排")
    assert page.side.list.model.total == 0
    page.side.narrowing.clear()
    choose(page, "按现在的样子更新视图“待排”")
    assert page.select_view("待排")
    assert page.side.list.model.total == 5
    choose(page, "删除视图“待排”")
    assert not page.select_view("待排")


def choose(page: RegisterPage, words: str) -> None:
    """Choose a line of the menu 视图与列."""
    page._view_menu.fill()
    next(each for each in page._view_menu.button.menu().actions() if each.text() == words).trigger()


def test_del_asks_the_reason_voids_and_the_undo_bar_brings_back(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    stand_on(page, talks[2])
    QTest.keyClick(page.side.list.table, Qt.Key.Key_Delete)
    ask = page.side.list.ask
    assert ask.isVisible()
    line = ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.returnPressed.emit()
    assert not office.records.get(TALK, talks[2]).voided
    line.setText("重复登记")
    line.returnPressed.emit()
    assert office.records.get(TALK, talks[2]).values["void_reason"] == "重复登记"
    assert page.side.list.model.total == 4
    assert page.side.list.current_id() in talks
    assert page.side.list.undo_bar.isVisible()
    page.side.list.undo_bar.undo_asked.emit()
    assert not office.records.get(TALK, talks[2]).voided
    assert page.side.list.model.total == 5


def test_the_recycle_list_shows_why_and_gives_back(make_page: MakePage, office: Office, talks: list[int]) -> None:
    office.records.void(TALK, [talks[0]], "重复登记")
    page = make_page()
    page.select_view("recycled")
    assert list_column(page, "void_reason") == ["重复登记"]
    page.open_record("integrity_talk", talks[0])
    assert "重复登记" in page.side.detail.strip.accessibleName()
    page.side.list.table.choose_rows([0], 0)
    page.run("unvoid")
    assert not office.records.get(TALK, talks[0]).voided


def test_esc_leaves_a_recycle_list_that_was_emptied_by_its_link(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    office.records.void(TALK, [talks[0]], "重复登记")
    page = make_page()
    page.select_view("recycled")
    page.open_record("integrity_talk", talks[0])
    link = next(each for each in page.side.detail.strip.findChildren(Button) if each.text() == "恢复这条记录")
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: page.side.list.model.total == 0 and not page.side.detail.has_record)
    QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.side.list.model.total == len(talks))


def test_rows_are_copied_with_their_heads_and_full_dates(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.list.table.choose_rows([0, 1], 0)
    page.run("copy")
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("计划日期\t谈话对象")
    assert lines[1].startswith("2026-03-05\t孙立新")
    assert len(lines) == 3


def test_heads_that_are_short_beside_an_open_record_are_copied_in_full(make_page: MakePage, office: Office) -> None:
    """Pasted back, 提示 would be taken for what was found out about a hint."""
    review = registers.register("review_item")
    office.records.save(review, {"title": "示例议题", "category": "大额资金", "planned_meeting_at": "2026-03-20"})
    page = make_page(review)
    page.side.list.go_first()
    page.side.list.table.copy_selection()
    head = QGuiApplication.clipboard().text().splitlines()[0].split("\t")
    shown = [column.words for column in page.side.list.model.columns]
    assert {"上会", "提示"} <= set(shown)
    assert {review.field("planned_meeting_at").label, review.field("flags").label} <= set(head)
    assert not {"上会", "提示"} & set(head)


def test_cells_from_excel_are_handed_on_as_rows(make_page: MakePage, talks: list[int], qtbot: QtBot) -> None:
    page = make_page()
    data = QMimeData()
    data.setText('谈话对象\t计划日期\r\n示例甲\t"3.8\n左右"\r\n')
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(page.cells_pasted) as caught:
        QTest.keyClick(page.side.list.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [TALK, [["谈话对象", "计划日期"], ["示例甲", "3.8\n左右"]]]


@pytest.mark.parametrize("at", ["toolbar", "empty"])
def test_cells_are_pasted_into_a_list_without_a_row_too(make_page: MakePage, qtbot: QtBot, at: str) -> None:
    """The first block of cells is pasted where no table stands yet."""
    page = make_page()
    assert page.side.list.is_empty
    data = QMimeData()
    data.setText("谈话对象\t计划日期\r\n示例甲\t2026.3.8\r\n")
    QGuiApplication.clipboard().setMimeData(data)
    here = page.toolbar.new_button if at == "toolbar" else page.side.list.findChild(Button)
    assert here is not None
    here.setFocus()
    with qtbot.waitSignal(page.cells_pasted) as caught:
        QTest.keyClick(here, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert caught.args == [TALK, [["谈话对象", "计划日期"], ["示例甲", "2026.3.8"]]]


def test_one_field_of_many_records_is_changed_in_one_act(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page()
    page.side.list.table.choose_rows([0, 1, 2], 0)
    page.run("mass")
    mass = page.side.list.ask.lines()[0]
    mass.which.setCurrentText("谈话地点")  # type: ignore[attr-defined]  # the line is a MassField
    mass.editor.show_raw("本组谈话室")  # type: ignore[attr-defined]  # as above
    page.side.list.ask._give()
    assert list_column(page, "place")[:4] == ["本组谈话室"] * 3 + ["—"]
    page.run("undo")
    assert list_column(page, "place")[0] == "—"


def test_before_a_record_goes_it_is_told_who_names_it(make_page: MakePage, office: Office) -> None:
    """A unit went to the recycle list, and the persons and units under it went on naming it without a word."""
    unit = registers.register("unit")
    host = office.records.save(unit, {"name": "示例局"}).records[0][1]
    office.records.save(unit, {"name": "示例局办公室", "parent": "示例局"})
    rows = {"post_history": [{"unit": "示例局", "post": "科长"}, {"unit": "示例局", "post": "副科长"}]}
    office.records.save(PERSON, {"name": "示例甲"}, rows=rows)
    gone = office.records.save(unit, {"name": "示例局旧科", "parent": "示例局"}).records[0][1]
    office.records.void(unit, [gone], "撤销")
    page = make_page(unit)
    page.side.list.go_to(host)
    page.run("void")
    asked = "".join(label.text() for label in page.side.list.ask.findChildren(QLabel))
    assert "还有记录写着它：单位 1 条、人员 1 条，那里的名字照旧留着" in asked
    page.side.list.ask.leave()
    other = next(each for each in office.records.ids(View("unit")) if each != host)
    page.side.list.go_to(other)
    page.run("void")
    assert not any("还有记录写着" in label.text() for label in page.side.list.ask.findChildren(QLabel))


def test_a_change_of_many_records_stands_behind_a_backup(
    make_page: MakePage, office: Office, qtbot: QtBot, context: Context
) -> None:
    with office.vault.act("save") as act:
        for place in range(MANY):
            act.create(TALK, {"subject": Ref(f"示例{place}"), "planned_date": date(2026, 3, 5), "state": "planned"})
    page = make_page()
    page.side.list.table.choose_rows(list(range(MANY)), 0)
    page.run("void")
    page.side.list.ask.lines()[0].setText("重复登记")  # type: ignore[attr-defined]  # the line is a QLineEdit
    with qtbot.waitSignal(context.events.said, timeout=20_000):
        page.side.list.ask._give()
    assert [each.reason for each in office.backups.list()] == [Reason.MASS_CHANGE]
    assert office.records.count(office.records.default_view(TALK)) == 0


@pytest.mark.parametrize("key", ["void", "mass"])
def test_what_there_is_to_say_of_thousands_is_sought_before_they_are_asked_about(
    make_page: MakePage,
    office: Office,
    talks: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    key: str,
) -> None:
    monkeypatch.setattr(list_acts, "_FELT", 3)
    page = make_page()
    ask = page.side.list.ask
    page.side.list.table.choose_rows([0, 1, 2], 0)
    page.run(key)
    assert ask.isHidden()
    qtbot.waitUntil(ask.isVisible)
    assert "选中的 3 条" in ask.accessibleName()
    ask.leave()
    page.run(key)
    # Others are chosen before the answer came: it would be asked about those now.
    page.side.list.table.choose_rows([0, 1, 2, 3], 0)
    qtbot.waitUntil(lambda: not page.side.list_acts._context.tasks.busy)
    assert ask.isHidden()


def test_an_empty_register_has_one_red_button_and_says_what_belongs_here(make_page: MakePage) -> None:
    page = make_page()
    red = [
        each for each in page.findChildren(QAbstractButton)
        if each.property("look") == "primary" and each.isVisible()
    ]  # fmt: skip
    assert [each.accessibleName() for each in red] == ["新增谈话"]
    assert red[0] is not page.toolbar.new_button
    assert page.side.list.is_empty
    assert page.side.detail.nothing.accessibleName().startswith("这里显示记录的内容")
    page.run("new")
    assert not page.side.detail.nothing.isVisible()


def test_the_tool_bar_is_red_again_when_there_are_records(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.detail.show_nothing()
    page._show_primary()
    assert page.toolbar.new_button.look is Look.PRIMARY


def test_a_change_of_many_says_its_scope_and_leaves_settled_ones(
    make_page: MakePage, office: Office, talks: list[int], context: Context
) -> None:
    with office.vault.act("step") as act:
        act.change(TALK.key, talks[-1], None, {"state": "archived"})
        act.execute("UPDATE integrity_talk SET missing = 0 WHERE id = ?", (talks[-1],))
    page = make_page()
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    page.side.list.table.choose_rows([0, 1, 2], 0)
    chosen = page.side.list.selected_ids()
    assert talks[-1] in chosen
    page.run("mass")
    ask = page.side.list.ask
    assert ask.accessibleName() == "将改动选中的 2 条（另有 1 条已归档，不改）"
    mass = ask.lines()[0]
    mass.which.setCurrentText("谈话地点")  # type: ignore[attr-defined]  # the line is a MassField
    mass.editor.show_raw("本组谈话室")  # type: ignore[attr-defined]  # as above
    ask._give()
    assert said[-1] == "已修改“谈话地点”：2 条，另有 1 条已归档，没有改"
    assert office.records.get(TALK, talks[-1]).values["place"] is None
    stand_on(page, talks[-1])
    page.run("mass")
    assert ask.isHidden()
    assert said[-1].startswith("选中的 1 条都已归档")


def test_a_duplicate_takes_the_person_but_not_the_course(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    page.run("duplicate")
    assert page.side.detail.work.is_new
    assert line_of(page, "subject").text() == "孙立新"
    assert field(page, "outline").raw() == ""
    # What it is about is asked for by a step as well.
    held = office.records.get(TALK, talks[0]).values
    assert [field(page, name).raw() for name in ("kind", "reason")] == [held["kind"], held["reason"]]
    assert None not in (held["kind"], held["reason"])


def test_a_name_is_proposed_by_initials_and_one_outside_the_roster_is_kept_and_made(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    page = make_page()
    page.new_record()
    editor = field(page, "subject").editor
    assert isinstance(editor, RefEditor)
    editor.line.setText("sxm")
    editor.line.textEdited.emit("sxm")
    assert [proposal.ref.label for proposal in editor.line.proposals()] == ["单小明"]
    type_into(page, "subject", "示例丁")
    assert editor._outside.isVisible()
    assert editor.raw() == "示例丁"
    editor.make_button.click()
    assert editor.raw()["register"] == "person"
    assert not editor._outside.isVisible()
    assert office.records.count(office.records.default_view(PERSON)) == 4


def test_rows_under_a_record_are_saved_with_it(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    table = page.side.detail.form.tables["requirement"]
    table.add_row()
    model = table.model
    for name, words in (("words", "完善内控制度"), ("due", "3.30")):
        at = next(at for at, each in enumerate(model.fields) if each.name == name)
        assert model.setData(model.index(0, at), words)
    assert page.is_busy()
    page.run("save")
    (row,) = office.records.rows(TALK, talks[0])["requirement"]
    assert (row.values["words"], str(row.values["due"])) == ("完善内控制度", "2026-03-30")
    page.side.detail.header.tabs.setCurrentIndex(TIMELINE)
    page.run("edit")
    table.open()
    table.model.remove_row(0)
    page.run("save")
    assert office.records.rows(TALK, talks[0])["requirement"] == []


def test_a_wrong_row_is_told_beneath_its_table(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    table = page.side.detail.form.tables["requirement"]
    table.add_row()
    at = next(at for at, each in enumerate(table.model.fields) if each.name == "due")
    table.model.setData(table.model.index(0, at), "3.30")
    page.run("save")
    # The row and the column are named, since the cell itself may have been scrolled away.
    assert "要求事项第 1 行" in table._problem.words()


def with_file(page: RegisterPage, office: Office, talk: int, source: Path, qtbot: QtBot) -> dict[str, Any]:
    """Stand on a talk, add a file to it and return it as it is stored."""
    stand_on(page, talk)
    page.side.detail.files.add_asked.emit([source], "")
    qtbot.waitUntil(lambda: len(office.records.attachments(TALK, talk)) == 1)
    qtbot.waitUntil(lambda: page.side.detail.header.tabs.tabText(FILES) == "附件 1")
    return office.records.attachments(TALK, talk)[0]


def test_a_file_is_stored_opened_from_a_folder_that_is_cleared_and_taken_off(
    make_page: MakePage,
    office: Office,
    talks: list[int],
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = tmp_path / "签字页.txt"
    source.write_text("示例", encoding="utf-8")
    opened: list[Path] = []

    def look(copy: Path) -> bool:
        opened.append(copy)
        return True

    monkeypatch.setattr(messages, "open_file", look)
    page = make_page()
    file = with_file(page, office, talks[0], source, qtbot)
    page.side.detail.files.open_asked.emit(file)
    qtbot.waitUntil(lambda: len(opened) == 1)
    assert opened[0].read_text(encoding="utf-8") == "示例"
    page.save_draft()
    assert not opened[0].exists()
    page.side.detail.header.tabs.setCurrentIndex(HISTORY)
    assert "附件" in [label.text() for label in page.side.detail.history.findChildren(QLabel)]
    page.side.detail.files.remove_asked.emit(file)
    assert office.records.attachments(TALK, talks[0]) == []


def test_a_file_is_put_into_its_slot_and_counted_in_the_form(
    make_page: MakePage, office: Office, talks: list[int], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "方案.txt"
    source.write_text("示例", encoding="utf-8")
    monkeypatch.setattr(messages, "ask_open_many", lambda *_: [source])
    page = make_page()
    stand_on(page, talks[0])
    page.side.detail.header.tabs.setCurrentIndex(FILES)
    page.side.detail.files.slot.setCurrentText("作为：谈话方案")
    page.side.detail.files.add_button.click()
    qtbot.waitUntil(lambda: field(page, "plan").words() == "1 份")
    assert office.records.get(TALK, talks[0]).values["plan"] == 1


def test_a_file_nothing_can_open_leaves_no_readable_copy(
    make_page: MakePage, office: Office, talks: list[int], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would lie there, looked at by nothing, until the desk is locked."""
    source = tmp_path / "签字页.ofd"
    source.write_text("示例", encoding="utf-8")
    tried: list[Path] = []

    def nothing(copy: Path) -> bool:
        tried.append(copy)
        return False

    monkeypatch.setattr(messages, "open_file", nothing)
    page = make_page()
    page.side.detail.files.open_asked.emit(with_file(page, office, talks[0], source, qtbot))
    qtbot.waitUntil(lambda: len(tried) == 1)
    assert "没有打开" in page.side.detail.strip.accessibleName()
    assert not tried[0].exists()


def test_an_informant_is_shown_only_with_password_and_reason_and_covered_at_lock(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    typed = {"received_at": "2026-03-02"}
    record_id = office.records.save(PETITION, typed, rows={"informant": [{"name": "示例甲"}]}).records[0][1]
    page = make_page(PETITION)
    page.open_record("petition", record_id)
    table = page.side.detail.form.tables["informant"]
    assert isinstance(table, ChildTable)
    assert table.model.index(0, place_of(table, "name")).data() == "●●●"
    table.reveal_button.click()
    page.side.detail.ask.given.emit(["口令不对-000", "核对反馈地址"])
    qtbot.waitUntil(lambda: "口令不对" in page.side.detail.ask.said())
    assert revealed(page.side.files.box) == []
    page.side.detail.ask.given.emit([PASSWORD, "核对反馈地址"])
    qtbot.waitUntil(lambda: "示例甲" in revealed(page.side.files.box))
    assert office.history.entries(1)[0].kind == "reveal"
    page.save_draft()
    assert revealed(page.side.files.box) == []


def test_words_about_an_informant_are_sealed_in_the_draft_too(make_page: MakePage, office: Office) -> None:
    page = make_page(PETITION)
    page.new_record()
    table = page.side.detail.form.tables["informant"]
    assert isinstance(table, ChildTable)
    table.add_row()
    table.model.setData(table.model.index(0, place_of(table, "name")), "示例甲")
    page.save_draft()
    (body,) = [body for _register, _record, _at, body in office.vault.drafts.every()]
    assert "示例甲" not in body
    assert '"sealed"' in body


def test_the_way_back_leads_to_the_same_place(make_page: MakePage, talks: list[int]) -> None:
    page = make_page(TALK, PERSON)
    page.side.list.table.sort_asked.emit("planned_date", False)
    stand_on(page, talks[1])
    place = page.place()
    page.new_record("person")
    assert page.side.register is PERSON
    page.return_to(place)
    assert page.side.register is TALK
    assert page.side.list.current_id() == talks[1]
    assert list_column(page, "planned_date")[0] == "03-01"


def test_a_record_that_the_filters_hide_is_opened_nevertheless(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.list.filtered.emit([Condition("place", Test.FILLED)], False)
    page.open_record("integrity_talk", talks[3])
    assert page.side.detail.work.record_id == talks[3]
    assert page.side.list.current_id() == talks[3]


def test_in_a_narrow_window_the_detail_takes_the_place_of_the_list(
    make_page: MakePage, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page(width=820)
    assert page.side.list.isVisible()
    assert not page.side.detail.isVisible()
    page.side.list.table.go_to(0)
    QTest.keyClick(page.side.list.table, Qt.Key.Key_Return)
    assert page.side.detail.isVisible()
    assert not page.side.list.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.side.list.isVisible()
    assert not page.side.detail.isVisible()


def test_f6_walks_the_panes(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    page.side.list.table.setFocus()
    page.run("next_pane")
    assert page.side.detail.isAncestorOf(page.focusWidget())
    page.run("previous_pane")
    assert page.focusWidget() is page.side.list.table


def test_the_journal_of_a_record_takes_one_act_back(make_page: MakePage, office: Office, talks: list[int]) -> None:
    office.records.save(TALK, {"place": "第一会议室"}, talks[0])
    page = make_page()
    stand_on(page, talks[0])
    page.side.detail.header.tabs.setCurrentIndex(HISTORY)
    newest, changes = page.side.detail.history.acts()[0]
    assert [change.label for change in changes] == ["谈话地点"]
    page.side.detail.history.undo_asked.emit(newest.id)
    assert office.records.get(TALK, talks[0]).values["place"] is None


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda register: register.key)
def test_every_register_opens_a_new_form_whose_controls_have_names(
    make_page: MakePage, register: Register, qtbot: QtBot
) -> None:
    page = make_page(register)
    page.new_record()
    qtbot.waitUntil(lambda: not page.side.detail.form.opening)
    kinds = (QLineEdit, QComboBox, QPlainTextEdit, QAbstractButton, QAbstractItemView)
    controls = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds) and widget.isVisible()]
    nameless = [widget for widget in controls if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert controls
    assert [f"{type(each).__name__} in {type(each.parent()).__name__}" for each in nameless] == []


def test_after_a_step_the_cursor_waits_on_the_next_one(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    typed = {"start_at": "3.2 9:00", "talker": "陈守正", "recorder": "蒋薇", "record": "要点"}
    office.records.save(TALK, {**typed, "companion_unit": "示例协作区"}, talks[0])
    page = make_page()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.open_record(TALK.key, talks[0])
    detail = page.side.detail
    detail.form.open_section(name="place")
    detail.form.fields["place"].show_raw("谈话室")
    detail.form.fields["place"].focus()
    qtbot.waitUntil(lambda: detail.form.isAncestorOf(QApplication.focusWidget() or page))
    assert TALK.flow is not None
    step = TALK.flow.step("planned", "held")
    assert step is not None
    assert page.side.acts.take_step(step)
    assert detail.bar.primary.hasFocus()
    assert detail.bar.primary.text().startswith("交对象核对")


def test_the_deadline_sorts_by_what_is_due_first(make_page: MakePage, office: Office, talks: list[int]) -> None:
    """The day is worked out, not stored; talks without a running clock stand last whichever way the list runs."""
    office.records.advance(TALK, talks[0], "cancelled", {"cancel_reason": "示例"})
    page = make_page()
    page.side.list.table.sort_asked.emit(DUE, False)
    running = [talks[1], talks[2], talks[3], talks[4]]

    def listed() -> list[int]:
        model = page.side.list.model
        return [row.id for at in range(model.total) if (row := model.row(at))]

    assert listed() == [*running, talks[0]]
    page.side.list.table.sort_asked.emit(DUE, True)
    assert listed() == [*running[::-1], talks[0]]
    # What is done to a record moves it at once: put off, the second talk is due last of all.
    page.side.list.table.sort_asked.emit(DUE, False)
    version = office.records.get(TALK, talks[1]).version
    page._context.events.changed.emit(office.records.save(TALK, {"planned_date": "2026-06-01"}, talks[1], version))
    assert listed() == [talks[2], talks[3], talks[4], talks[1], talks[0]]
    # And so the list stands the next time.
    page.save_draft()
    again = make_page()
    assert again.side.list.view.order == ((DUE, False),)
    assert again.side.list.model.row(0).id == talks[2]  # type: ignore[union-attr]  # there is one


def test_a_step_that_a_rule_stands_against_asks_for_putting_right_and_not_for_filling_in(
    make_page: MakePage, office: Office
) -> None:
    lead = registers.register("lead")
    basics = {"received_at": "2026-03-02", "subject": "示例某", "source": "监督检查发现", "summary": "示例"}
    made = office.records.save(lead, basics).records[0][1]
    page = make_page(lead)
    page.open_record(lead.key, made)
    strip = page.side.detail.strip
    page.side.acts.take_step(lead_step("registered", "proposed"))
    assert "须先填。" in strip.accessibleName()
    type_into(page, "proposed_at", "下下周")
    page.side.acts.take_step(lead_step("registered", "proposed"))
    assert "须先填好或改正。" in strip.accessibleName()


def lead_step(before: str, after: str) -> Step:
    flow = registers.register("lead").flow
    assert flow is not None
    step = flow.step(before, after)
    assert step is not None
    return step


def test_a_new_record_does_not_wait_for_the_one_that_stood_there(
    make_page: MakePage, office: Office, talks: list[int], context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = make_page(TALK, PERSON)
    page.open_record(TALK.key, talks[0])
    type_into(page, "place", "三楼谈话室")
    page.open_record(PERSON.key, office.records.ids(View(PERSON.key))[0])
    context.events.changed.emit(office.records.save(TALK, {"companion": "示例甲"}, talks[0]))
    read: list[int] = []
    read_one = RecordWork.open

    def noted(work: RecordWork, record_id: int) -> Row:
        read.append(record_id)
        return read_one(work, record_id)

    monkeypatch.setattr(RecordWork, "open", noted)
    page.new_record(TALK.key)
    assert page.side.detail.work.is_new
    assert read == []
    # What was typed over it waits as a draft, as it does whenever another record is shown.
    page.open_record(TALK.key, talks[0])
    assert page.side.detail.form.typed() == {"place": "三楼谈话室"}
    assert read == [talks[0]]
