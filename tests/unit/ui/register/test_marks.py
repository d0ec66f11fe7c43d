"""What a refusal marks: the strip counts what is left of it, and goes when nothing is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form import Form
from paizhu.ui.register.page import RegisterPage

from .conftest import KNOWN, MakePage

TALK, PERSON = registers.register("integrity_talk"), registers.register("person")


def said(page: RegisterPage) -> str:
    strip = page.side.detail.strip
    return strip.accessibleName() if strip.isVisible() else ""


def type_into(form: Form, name: str, words: str) -> FieldRow:
    """Type over what stands in a line, then leave it for the planned day, as Tab or the mouse would."""
    line = line_of(form, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, words) if words else QTest.keyClick(line, Qt.Key.Key_Delete)
    line_of(form, "place" if name != "place" else "planned_date").setFocus()
    return form.fields[name]


def line_of(form: Form, name: str) -> QLineEdit | QPlainTextEdit:
    editor = form.fields[name].editor
    assert editor
    line = editor.findChild(QLineEdit) or editor.findChild(QPlainTextEdit)
    assert line
    return line


def refused(make_page: MakePage, talk: int) -> RegisterPage:
    """Return the page of a talk whose days nobody can read, after Ctrl+S was pressed."""
    page = make_page()
    page.open_record(TALK.key, talk)
    form = page.side.detail.form
    for name, words in (("planned_date", "13.45"), ("start_at", "25.1")):
        form.open_section(name=name)
        type_into(form, name, words)
    assert not page.side.acts.save()
    assert "请改正标出的 2 项" in said(page)
    return page


def test_the_strip_counts_down_and_goes(make_page: MakePage, talks: list[int]) -> None:
    page = refused(make_page, talks[0])
    form = page.side.detail.form
    type_into(form, "planned_date", "2026-03-09")
    assert "请改正标出的 1 项" in said(page)
    type_into(form, "start_at", "2026-03-09 09:30")
    assert said(page) == ""
    assert form.is_changed(), "nothing typed went with it"


def test_what_is_mended_wrongly_counts_again(make_page: MakePage, talks: list[int]) -> None:
    page = refused(make_page, talks[0])
    form = page.side.detail.form
    type_into(form, "planned_date", "2026-03-09")
    type_into(form, "start_at", "")
    assert said(page) == ""
    type_into(form, "planned_date", "13.45")
    assert "请改正标出的 1 项" in said(page)


def test_a_refused_step_counts_what_it_lacks(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page()
    page.open_record(TALK.key, talks[0])
    assert TALK.flow is not None
    step = TALK.flow.step("planned", "cancelled")
    assert step is not None
    assert not page.side.acts.take_step(step)
    assert "下面标出的 1 项须先填" in said(page)
    form = page.side.detail.form
    type_into(form, "cancel_reason", "away")
    assert said(page) == ""
    type_into(form, "cancel_reason", "")
    assert form.fields["cancel_reason"].has_problem, "emptied again it lacks what it lacked"
    assert "下面标出的 1 项须先填" in said(page)


def test_what_was_said_of_one_record_is_not_said_of_the_next(make_page: MakePage, talks: list[int]) -> None:
    page = refused(make_page, talks[0])
    type_into(page.side.detail.form, "planned_date", "2026-03-09")
    page.open_record(TALK.key, talks[1])
    page.side.detail.form.open_section(name="start_at")
    type_into(page.side.detail.form, "start_at", "25.1")
    assert said(page) == "", "a field that was left says itself what is wrong; nobody tried to save"


def test_a_gap_of_the_roster_is_named_with_the_way_to_it(
    make_page: MakePage, office: Office, context: Context, qtbot: QtBot
) -> None:
    person = office.records.save(PERSON, {**KNOWN, "name": "示例科长", "post_now": "科长"}).records[0][1]
    office.desk.set_setting("officer", "示例甲")
    typed = {"subject": "示例科长", "planned_date": "2026-03-05", "approver": "示例甲", "approved_at": "2026-03-04"}
    talk = office.records.save(TALK, typed).records[0][1]
    with office.vault.act("step", "示例") as act:
        act.change(TALK, talk, None, {"state": "submitted"})
    page = make_page()
    page.open_record(TALK.key, talk)
    assert TALK.flow is not None
    step = TALK.flow.step("submitted", "approved")
    assert step is not None
    assert not page.side.acts.take_step(step)
    note = page.side.detail.form.fields["approve_note"].note
    assert note
    assert "名册没有写明示例科长的干部管理权限" in note.words()
    way = next(each for each in page.side.detail.strip.findChildren(QPushButton) if "补写" in each.text())
    with qtbot.waitSignal(context.events.begin_asked) as asked:
        QTest.keyClick(way, Qt.Key.Key_Space)
    assert asked.args == [PERSON.key, person, "cadre_authority", 0]
    office.records.save(PERSON, {"cadre_authority": "本组权限内"}, person)
    assert page.side.acts.take_step(step)
    assert office.records.get(TALK, talk).state == "approved"
