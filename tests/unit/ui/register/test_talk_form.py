"""The form of a talk: open while it is written, points by template, what to know before it, its papers."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.step_bar import lacking_words
from paizhu.ui.register.talk_form import BriefPart
from paizhu.ui.register.tick_rows import TickRows
from tests.typed import WRITTEN_UP

from .conftest import MakePage

TALK = registers.register("integrity_talk")
REMINDER = ["整改督办责任落实", "分管领域廉政风险", "与服务对象交往", "个人有关事项报告"]


def points_of(page: RegisterPage) -> TickRows:
    found = page.side.detail.form.tables["point"]
    assert isinstance(found, TickRows)
    return found


def brief_of(page: RegisterPage) -> BriefPart:
    found = page.side.detail.form.parts["brief"]
    assert isinstance(found, BriefPart)
    return found


def opened(make_page: MakePage, record_id: int) -> RegisterPage:
    page = make_page()
    page.open_record(TALK.key, record_id)
    return page


def choose_kind(page: RegisterPage, code: str) -> None:
    editor = page.side.detail.form.fields["kind"].editor
    assert editor
    combo = editor.findChild(QComboBox)
    assert combo
    combo.setCurrentIndex(combo.findData(code))
    combo.activated.emit(combo.currentIndex())


def test_a_planned_talk_stands_open_for_typing_and_a_closed_one_does_not(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    page = opened(make_page, talks[0])
    form = page.side.detail.form
    assert form.is_open
    assert not form.is_changed()
    assert [section.title for section in form.sections if section.editing] == ["谈话", "内容"]
    office.records.advance(TALK, talks[0], "cancelled", {"cancel_reason": "本人出差"})
    page.side.acts.show_record(talks[0])
    assert not form.is_open


def test_the_focus_stays_in_the_list_while_records_open_beside_it(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    page.side.list.table.setFocus()
    page.side.acts.show_record(talks[1])
    focus = page.focusWidget()
    assert focus is page.side.list.table


def test_points_come_from_the_template_of_the_kind_while_none_is_ticked(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    page = opened(make_page, talks[0])
    points = points_of(page)
    assert points.note.text() == "按“提醒谈话”模板"
    points.use_template("reminder")
    assert [box.text() for box in points.boxes] == REMINDER
    choose_kind(page, "routine")
    assert points.note.text() == "按“例行廉政谈话”模板"
    assert "履行一岗双责情况" in [box.text() for box in points.boxes]
    QTest.keyClick(points.boxes[1], Qt.Key.Key_Space)
    choose_kind(page, "reminder")
    assert points.boxes[1].isChecked()
    points.use_template("reminder")
    assert [box.text() for box in points.boxes] == ["分管领域廉政风险", REMINDER[0], *REMINDER[2:]]
    assert page.run("record.save")
    rows = office.records.rows(TALK, talks[0])["point"]
    assert [(row.values["words"], row.values.get("talked")) for row in rows][:2] == [
        ("分管领域廉政风险", True),
        (REMINDER[0], None),
    ]


def test_a_point_is_added_and_taken_out_by_keyboard(make_page: MakePage, talks: list[int]) -> None:
    page = opened(make_page, talks[0])
    points = points_of(page)
    points.use_template("reminder")
    points.add_button.click()
    QTest.keyClicks(points.line, "x")
    points.line.setText("食堂采购")
    QTest.keyClick(points.line, Qt.Key.Key_Return)
    assert points.boxes[-1].text() == "食堂采购"
    QTest.keyClick(points.boxes[0], Qt.Key.Key_Delete)
    assert [box.text() for box in points.boxes] == [*REMINDER[1:], "食堂采购"]


def test_the_menu_names_every_template_and_which_is_used(make_page: MakePage, talks: list[int]) -> None:
    words = [action.text() for action in points_of(opened(make_page, talks[0])).menu().actions()]
    assert "提醒谈话（现在用的）" in words
    assert len(words) == len(TALK.field("kind").choices)


def test_what_to_know_before_the_talk_stands_in_its_form(
    make_page: MakePage, office: Office, talks: list[int], context: Context, qtbot: QtBot
) -> None:
    duty = {"content": "深基坑专项整治", "subject": "局党组", "owner": "孙立新", "due_date": "2026-03-12"}
    duty_id = office.records.save(registers.register("duty_item"), duty).records[0][1]
    page = opened(make_page, talks[0])
    brief = brief_of(page)
    words = [label.words() for label in brief.findChildren(type(page.side.detail.header._title)) if label.words()]
    assert "谈前须知：深基坑专项整治" in words
    go = next(
        button for button in brief.findChildren(type(brief.file)) if button.accessibleName() == "打开深基坑专项整治"
    )
    with qtbot.waitSignal(context.events.asked_for) as heard:
        go.click()
    assert heard.args == ["duty_item", duty_id]
    with qtbot.waitSignal(context.events.asked_for) as heard:
        brief.file.click()
    assert heard.args[0] == "person"


@pytest.mark.parametrize(("name", "code"), [("paper", "talk_brief"), ("record", "talk_record")])
def test_its_papers_are_asked_for_by_one_link(
    make_page: MakePage, talks: list[int], context: Context, qtbot: QtBot, name: str, code: str
) -> None:
    brief = brief_of(opened(make_page, talks[0]))
    with qtbot.waitSignal(context.events.paper_asked) as heard:
        getattr(brief, name).click()
    assert heard.args == ["integrity_talk", talks[0], code]


def test_a_new_talk_has_no_brief_yet(make_page: MakePage) -> None:
    page = make_page()
    page.new_record()
    assert brief_of(page).isHidden()
    assert points_of(page).model.editable


def test_a_requirement_comes_back_in_the_day_and_is_done_by_keyboard(
    make_page: MakePage, office: Office, talks: list[int], qtbot: QtBot
) -> None:
    page = opened(make_page, talks[0])
    table = page.side.detail.form.tables["requirement"]
    assert isinstance(table, ChildTable)
    table.add_row()
    names = [field.name for field in table.model.fields]
    for name, words in (("words", "报送整改情况"), ("due", "3.12")):
        table.model.setData(table.model.index(0, names.index(name)), words)
    assert page.run("record.save")
    (task,) = [task for task in office.today.every() if task.row]
    assert (task.what, task.state, task.due.isoformat()) == ("落实谈话要求：报送整改情况", "overdue", "2026-03-12")
    qtbot.waitUntil(lambda: not turns.waiting())
    page.begin(task.action, task.row)
    at = table.view.currentIndex()
    assert names[at.column()] == "done_at"
    table.model.setData(at, "3.16")
    assert page.run("record.save")
    assert [each for each in office.today.every() if each.row] == []


def test_the_signed_page_is_asked_for_before_the_talk_is_filed(
    make_page: MakePage, office: Office, talks: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    typed = {"start_at": "3.2 9:00", "place": "谈话室", "talker": "陈守正", "recorder": "蒋薇", "record": "要点"}
    typed["companion_unit"] = "示例派出机关"
    office.records.advance(TALK, talks[0], "held", typed)
    page = opened(make_page, talks[0])
    assert "签字页" not in brief_of(page).rest.text()
    office.records.advance(TALK, talks[0], "signing")
    page.side.acts.show_record(talks[0])
    assert "归档前请补双方签字页扫描件" in brief_of(page).rest.text()
    # While nobody said whether it was signed, no reason for a refusal is asked for.
    (way,) = page.side.detail.ways_on.all
    assert [problem.field for problem in way.against] == [
        *("signed", "follow_up", "end_at", "subject_statement", "requirements"),
    ]  # fmt: skip
    said = {**WRITTEN_UP, "signed": "是", "requirements": "一周内报送情况说明", "follow_up": "回访"}
    office.records.advance(TALK, talks[0], "recorded", said)
    office.records.advance(TALK, talks[0], "follow_up")
    office.records.advance(TALK, talks[0], "revisit", {"revisit_date": "2026-03-15", "revisit_result": "已改正"})
    page.side.acts.show_record(talks[0])
    detail = page.side.detail
    filing = next(button for button in (detail.bar.primary, detail.bar.second) if button.text().startswith("归档"))
    assert not filing.isEnabled()
    assert filing.accessibleDescription() == "归档须先补：双方签字页扫描件。"
    assert "归档须先补：双方签字页扫描件。" in detail.ways_on.waiting.text()
    scan = tmp_path / "签字页.pdf"
    scan.write_bytes(b"%PDF-1.4")
    monkeypatch.setattr("paizhu.ui.messages.ask_open_many", lambda *_: [scan])
    QTest.mouseClick(detail.ways_on.waiting.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(filing.isEnabled)
    assert office.records.get(TALK, talks[0]).values["signed_page"] == 1
    assert "签字页" not in brief_of(page).rest.text() + detail.ways_on.waiting.text()
    QTest.mouseClick(filing, Qt.MouseButton.LeftButton)
    assert office.records.get(TALK, talks[0]).state == "archived"


def test_a_step_that_lacks_words_and_a_file_names_both_and_leads_to_the_words(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    typed = {"start_at": "3.2 9:00", "place": "谈话室", "talker": "陈守正", "recorder": "蒋薇", "record": "要点"}
    typed["companion_unit"] = "示例派出机关"
    signed = {**WRITTEN_UP, "signed": "是", "follow_up": "无"}
    for state, words in (("held", typed), ("signing", {}), ("recorded", signed)):
        office.records.advance(TALK, talks[0], state, words)
    # As a talk of an old ledger stands, which nobody asked for anything.
    office.records.save(TALK, {"follow_up": ""}, talks[0])
    page = opened(make_page, talks[0])
    filing = next(way for way in page.side.detail.ways_on.all if way.step.after == "archived")
    assert not filing.shut
    assert lacking_words(TALK, filing) == "归档须先补：后续措施、双方签字页扫描件。"


@pytest.mark.parametrize(("kind", "label"), [("例行廉政谈话", "登记谈话"), ("诫勉谈话", "提交审批")])
def test_a_planned_talk_offers_the_way_its_kind_goes(
    make_page: MakePage, office: Office, talks: list[int], kind: str, label: str
) -> None:
    office.records.save(TALK, {"kind": kind}, talks[0])
    page = opened(make_page, talks[0])
    assert page.side.detail.bar.primary.text().startswith(label)
