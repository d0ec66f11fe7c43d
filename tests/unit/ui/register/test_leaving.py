"""Esc in a form leaves the typing: the words wait as a draft, come back when it is opened, and are never lost."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.drafts import Drafts
from paizhu.services.office import Office
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import field, line_of, note, stand_on, type_into

FINDING, MEETING = map(registers.register, ("finding", "meeting"))
HELD = {"chair": "示例甲", "recorder": "示例乙", "expected": "6", "present": "6", "group_attendee": "示例丙"}


def opened(make_page: MakePage, office: Office) -> tuple[RegisterPage, int]:
    finding = office.records.save(FINDING, {"problem": "示例问题", "found_at": "2026-03-02"}).records[0][1]
    page = make_page(FINDING)
    page.open_record(FINDING.key, finding)
    stand_on(page, finding)
    page.side.detail.form.open_section(name="found_at")
    return page, finding


def escape(page: RegisterPage, name: str) -> None:
    QTest.keyClick(line_of(page, name), Qt.Key.Key_Escape)
    QApplication.processEvents()


def test_esc_leaves_a_form_in_which_nothing_was_typed(make_page: MakePage, office: Office) -> None:
    page, finding = opened(make_page, office)
    escape(page, "found_at")
    assert not page.side.detail.form.is_open
    assert Drafts(office.desk).find(FINDING, finding) is None


def test_esc_keeps_what_was_typed_as_a_draft_that_comes_back(make_page: MakePage, office: Office) -> None:
    page, finding = opened(make_page, office)
    type_into(page, "problem", "改写的问题")
    escape(page, "found_at")
    form, strip = page.side.detail.form, page.side.detail.strip
    assert not form.is_open
    assert field(page, "problem").reading.text() == "示例问题"
    assert not strip.isHidden()
    draft = Drafts(office.desk).find(FINDING, finding)
    assert draft is not None
    assert draft.typed == {"problem": "改写的问题"}
    # Opened at another field, what stood aside is not written over.
    page.run("record.edit")
    type_into(page, "found_at", "3.3")
    page.side.acts.keep_draft()
    draft = Drafts(office.desk).find(FINDING, finding)
    assert draft is not None
    assert draft.typed == {"problem": "改写的问题", "found_at": "2026-03-03"}
    assert page.run("record.save")
    assert office.records.get(FINDING, finding).values["problem"] == "改写的问题"


def test_the_strip_goes_on_typing_or_throws_the_draft_away(make_page: MakePage, office: Office) -> None:
    page, finding = opened(make_page, office)
    type_into(page, "problem", "改写的问题")
    escape(page, "found_at")
    page.side.detail.strip.acted.emit("resume")
    assert line_of(page, "problem").toPlainText() == "改写的问题"
    escape(page, "found_at")
    page.side.detail.strip.acted.emit("drop")
    assert Drafts(office.desk).find(FINDING, finding) is None
    page.run("record.edit")
    assert line_of(page, "problem").toPlainText() == "示例问题"


def test_a_step_taken_meanwhile_does_not_lose_the_draft(make_page: MakePage, office: Office) -> None:
    typed = {"name": "示例党组会", "held_at": "2026-03-13 09:30", "kind": "党组(党委)会", **HELD}
    meeting = office.records.save(MEETING, typed).records[0][1]
    page = make_page(MEETING)
    page.open_record(MEETING.key, meeting)
    stand_on(page, meeting)
    type_into(page, "name", "改写的名称")
    escape(page, "name")
    ways = [way for way in page.side.detail.ways_on.all if not way.against]
    assert ways
    assert page.side.acts.take_step(ways[0].step)
    assert office.records.get(MEETING, meeting).values["name"] == "示例党组会"
    draft = Drafts(office.desk).find(MEETING, meeting)
    assert draft is not None
    assert draft.typed == {"name": "改写的名称"}


def test_a_step_that_lacks_only_what_stands_aside_brings_it_back(make_page: MakePage, office: Office) -> None:
    """Marked as missing, the field already held the very words: they had come back with the form."""
    typed = {"name": "示例党组会", "held_at": "2026-03-13 09:30", "kind": "党组(党委)会", **HELD}
    del typed["recorder"], typed["present"]
    meeting = office.records.save(MEETING, typed).records[0][1]
    page = make_page(MEETING)
    page.open_record(MEETING.key, meeting)
    stand_on(page, meeting)
    step = page.side.detail.ways_on.all[0].step
    assert not page.side.acts.take_step(step)
    assert note(page, "recorder")
    type_into(page, "recorder", "示例乙")
    escape(page, "recorder")
    assert not page.side.acts.take_step(step)
    assert not note(page, "recorder"), "it is there"
    assert note(page, "present"), "and this is not"
    type_into(page, "present", "6")
    escape(page, "present")
    assert not page.side.acts.take_step(step), "what was put aside is looked at before it is stored"
    assert "草稿已放回" in page.side.detail.strip.accessibleName()
    assert not note(page, "present")
    assert page.side.acts.take_step(step)
    assert office.records.get(MEETING, meeting).values["present"] == 6


def test_esc_in_a_new_record_goes_back_to_the_list_and_keeps_the_words(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    page, finding = opened(make_page, office)
    page.run("record.new")
    type_into(page, "problem", "另一个问题")
    escape(page, "problem")
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == finding)
    assert not page.side.detail.form.is_open
    page.run("record.new")
    assert line_of(page, "problem").toPlainText() == "另一个问题"


def test_esc_in_a_new_record_leads_back_to_the_record_it_was_begun_from(
    make_page: MakePage, talks: list[int], qtbot: QtBot
) -> None:
    page = make_page()
    stand_on(page, talks[1])
    assert page.side.list.table.currentIndex().row() > 0
    page.run("record.new")
    page.run("record.new")
    escape(page, "subject")
    qtbot.waitUntil(lambda: page.side.detail.work.record_id == talks[1])
    assert page.side.list.current_id() == talks[1]
    assert page.side.list.table.hasFocus()


def test_esc_in_a_form_that_stands_open_goes_to_the_list_and_the_words_stay(
    make_page: MakePage, office: Office, talks: list[int]
) -> None:
    """A planned talk is still being written: there is nothing to shut, so one Esc leads back."""
    page = make_page()
    stand_on(page, talks[-1])
    assert page.side.detail.form.is_open
    type_into(page, "place", "三楼谈话室")
    line_of(page, "place").setFocus()
    escape(page, "place")
    assert page.side.list.table.hasFocus()
    assert line_of(page, "place").text() == "三楼谈话室"
    draft = Drafts(office.desk).find(registers.register("integrity_talk"), talks[-1])
    assert draft is not None
    assert draft.typed == {"place": "三楼谈话室"}


def test_a_second_esc_leads_from_the_record_to_the_list(make_page: MakePage, office: Office) -> None:
    page, _finding = opened(make_page, office)
    escape(page, "found_at")
    tabs = page.side.detail.header.tabs
    assert tabs.hasFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Escape)
    assert page.side.list.table.hasFocus()
