"""Settled records are read-only until a reason is written; the reason stays in the journal."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.base.register import Register
from paizhu.services.correcting import Correcting
from paizhu.services.duties.year import DutyYear
from paizhu.services.office import Office
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.register.detail_stack import FILES, FORM
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.settled import CORRECT
from tests.conftest import PASSWORD
from tests.unit.ui.register.used import revealed

from .conftest import MakePage

MEETING, DUTY = registers.register("meeting"), registers.register("duty_item")


def settle_as(office: Office, register: Register, record_id: int, state: str) -> None:
    """Put a record into the state that settles it, with nothing 待补."""
    with office.vault.act("step") as act:
        act.change(register, record_id, None, {"state": state})
        act.execute(f'UPDATE "{register.key}" SET missing = 0')


def form_of(make_page: MakePage, register: Register, record_id: int) -> RegisterPage:
    """Return the page of a register with the form of a record."""
    page = make_page(register)
    page.open_record(register.key, record_id)
    page.side.detail.header.tabs.setCurrentIndex(FORM)
    return page


@pytest.fixture
def page(office: Office, make_page: MakePage) -> RegisterPage:
    """A meeting whose minutes were filed, with nothing 待补."""
    made = office.records.save(MEETING, {"name": "示例会议", "held_at": "2026-03-10"}).records[0][1]
    settle_as(office, MEETING, made, "filed")
    return form_of(make_page, MEETING, made)


def test_a_settled_record_cannot_be_edited_and_says_so(page: RegisterPage) -> None:
    detail = page.side.detail
    assert detail.strip.isVisible()
    assert "已归档，只读" in detail.strip.accessibleName()
    # The day it came into its state, by the journal.
    assert "03-16" in detail.strip.accessibleName()
    assert not detail.strip._icon.pixmap().isNull()
    page.run("edit")
    assert not detail.form.is_open


def test_a_reason_opens_it_and_stays_in_the_journal(page: RegisterPage, office: Office) -> None:
    detail = page.side.detail
    detail.strip.acted.emit(CORRECT)
    line = detail.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not detail.form.is_open
    line.setText("地点登记有误")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert detail.form.is_open
    entry = office.history.entries(limit=1)[0]
    assert (entry.kind, entry.label.startswith("申请更正 ")) == ("correct", True)
    changes = office.history.of_record(MEETING.key, detail.work.record_id or 0)
    assert any("地点登记有误" in change.after for change in changes)


def test_what_was_asked_last_in_one_place_is_what_is_answered(
    office: Office, make_page: MakePage, qtbot: QtBot
) -> None:
    petition = registers.register("petition")
    typed = {"received_at": "2026-03-02"}
    made = office.records.save(petition, typed, rows={"informant": [{"name": "示例甲"}]}).records[0][1]
    settle_as(office, petition, made, "archived")
    page = form_of(make_page, petition, made)
    detail = page.side.detail
    detail.strip.acted.emit(CORRECT)
    page.side.files.ask_reveal("informant")
    password, reason = detail.ask.lines()
    assert isinstance(password, PasswordEdit)
    assert isinstance(reason, QLineEdit)
    password.field.setText(PASSWORD)
    reason.setText("核对反馈地址")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "示例甲" in revealed(page.side.files.box))
    # The password was no reason to correct anything: that would stand in the journal.
    assert not detail.form.is_open
    assert [entry.kind for entry in office.history.entries(limit=2)] == ["reveal", "step"]
    detail.strip.acted.emit(CORRECT)
    (line,) = detail.ask.lines()
    assert isinstance(line, QLineEdit)
    line.setText("收到日期登记有误")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert detail.form.is_open


def test_going_on_to_another_record_closes_it_again(page: RegisterPage, office: Office) -> None:
    first = page.side.detail.work.record_id or 0
    other = office.records.save(MEETING, {"name": "另一次", "held_at": "2026-03-11"}).records[0][1]
    page.side.settled._open = first
    page.open_record(MEETING.key, other)
    page.open_record(MEETING.key, first)
    assert page.side.detail.strip.isVisible()


def test_a_finished_item_of_a_year_that_was_carried_on_is_read_only(office: Office) -> None:
    with clock.clock_at(datetime(2026, 11, 17, 9)):
        made = office.records.save(DUTY, {"subject": "示例局", "content": "示例", "due_date": "2026-12-20"}).records[0][
            1
        ]
        settle_as(office, DUTY, made, "done")
        correcting = Correcting(office.desk)
        assert correcting.settled(DUTY, office.records.get(DUTY, made)) == ""
        DutyYear(office.desk).build(2026, 2027, [made])
        assert correcting.settled(DUTY, office.records.get(DUTY, made)) == "2026 年清单已转入下一年"
        with pytest.raises(InvalidRecordError):
            correcting.begin(DUTY, office.records.get(DUTY, made), " ")


def test_its_places_for_files_take_nothing(office: Office, make_page: MakePage) -> None:
    talk = registers.register("integrity_talk")
    made = office.records.save(talk, {"subject": "孙立新", "planned_date": "2026-03-10"}).records[0][1]
    page = form_of(make_page, talk, made)
    slots = [row.slot for row in page.side.detail.form.fields.values() if row.slot]
    assert any(adding(slot) for slot in slots)
    settle_as(office, talk, made, "archived")
    other = office.records.save(talk, {"subject": "丁海波", "planned_date": "2026-03-11"}).records[0][1]
    page.open_record(talk.key, other)
    page.open_record(talk.key, made)
    assert page.side.detail.strip.isVisible()
    assert not any(adding(slot) for slot in slots)


def test_one_that_lacks_something_is_filled_in_where_it_is_empty(
    office: Office, make_page: MakePage, page: RegisterPage
) -> None:
    made = office.records.save(MEETING, {"name": "示例会议", "held_at": "2026-03-12"}).records[0][1]
    with office.vault.act("step") as act:
        act.change(MEETING, made, None, {"state": "filed"})
        act.execute("UPDATE meeting SET missing = 2")
    page.open_record(MEETING.key, made)
    detail = page.side.detail
    detail.header.tabs.setCurrentIndex(FORM)
    assert "已归档，待补 2 项" in detail.strip.accessibleName()
    page.run("edit")
    fields = detail.form.fields
    assert fields["place"].editing
    assert not fields["name"].editor or not fields["name"].editor.isVisibleTo(detail)
    editor = fields["place"].editor
    assert editor is not None
    editor.show_raw("三楼")
    page.run("save")
    assert office.records.get(MEETING, made).values["place"] == "三楼"
    told = office.history.of_record(MEETING.key, made)
    assert [each.after for each in told if each.action == "fill"] == ["补录：会议地点"]


def test_the_files_of_a_settled_record_say_how_to_change_them(office: Office, make_page: MakePage) -> None:
    talk = registers.register("integrity_talk")
    made = office.records.save(talk, {"subject": "孙立新", "planned_date": "2026-03-10"}).records[0][1]
    settle_as(office, talk, made, "archived")
    page = make_page(talk)
    page.open_record(talk.key, made)
    detail = page.side.detail
    detail.header.tabs.setCurrentIndex(FILES)
    add = detail.files.add_button
    assert (add.isEnabled(), "申请更正" in add.reason) == (False, True)
    detail.strip.acted.emit(CORRECT)
    line = detail.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.setText("附件扫描不清")
    QTest.keyClick(line, Qt.Key.Key_Return)
    detail.header.tabs.setCurrentIndex(FILES)
    assert add.isEnabled()
    page.open_record(talk.key, made)


def adding(slot: QWidget) -> list[QAbstractButton]:
    """The ways to put a file in that can be pressed."""
    return [
        each for each in slot.findChildren(QAbstractButton)
        if each.accessibleName().startswith("添加") and each.isVisibleTo(slot)
    ]  # fmt: skip


def test_what_was_called_off_is_only_read_and_filed_nowhere(office: Office, make_page: MakePage) -> None:
    made = office.records.save(MEETING, {"name": "示例会议", "held_at": "2026-03-10"}).records[0][1]
    settle_as(office, MEETING, made, "cancelled")
    told = form_of(make_page, MEETING, made).side.detail.strip.accessibleName()
    assert "只读" in told
    assert "已归档" not in told
    assert "取消" in told
