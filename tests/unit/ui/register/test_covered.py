"""Fields of class P4 in a form: covered until the password is given again, and typed anew without being seen."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Ref, Value
from paizhu.base.values import MASK
from paizhu.services.office import Office
from paizhu.ui import turns
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.edit_covered import CoveredEditor, is_secret
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.list_acts import MassField
from paizhu.ui.register.page import RegisterPage
from tests.conftest import PASSWORD
from tests.journeys import told
from tests.registers.full_records import full
from tests.unit.ui.register.conftest import MakePage

WORDS = "绝不外露者"
PETITION = registers.register("petition")
SECRET = [field for register in registers.REGISTERS for field in register.fields if is_secret(field)]


def secret(field: Field, given: Value) -> Value:
    match field.kind:
        case FieldKind.LINE | FieldKind.TEXT:
            return f"{WORDS}一\n{WORDS}二" if field.kind is FieldKind.TEXT else WORDS
        case FieldKind.REF:
            return Ref(WORDS)
        case _:
            return given


@pytest.fixture
def letter(office: Office) -> int:
    made = {field.name: full(PETITION).get(field.name) for field in PETITION.fields}
    made |= {field.name: secret(field, made[field.name]) for field in PETITION.fields if is_secret(field)}
    with office.vault.act("save", "新增 信访举报") as act:
        return act.create(PETITION, made)


@pytest.fixture
def page(make_page: MakePage, letter: int) -> RegisterPage:
    made = make_page(PETITION)
    made.open_record("petition", letter)
    made.side.detail.header.tabs.setCurrentIndex(FORM)
    return made


def to_type(page: RegisterPage, name: str) -> tuple[FieldRow, CoveredEditor]:
    """Open a covered field to be typed anew."""
    page.side.detail.form.open_fields([name])
    row = page.side.detail.form.fields[name]
    assert isinstance(row.editor, CoveredEditor)
    return row, row.editor


def open_with_password(page: RegisterPage, qtbot: QtBot, reason: str = "核对告知情况") -> None:
    detail = page.side.detail
    section = next(each for each in detail.form.sections if each.reveal_button and each.reveal_button.isVisible())
    assert section.reveal_button
    section.reveal_button.click()
    detail.ask.given.emit([PASSWORD, reason])
    qtbot.waitUntil(lambda: not page.side.files.box.isHidden())


def all_secret(page: RegisterPage) -> list[Any]:
    return [page.side.detail.form.fields[field.name] for field in PETITION.fields if is_secret(field)]


def test_only_letters_have_such_fields() -> None:
    assert {field.name for field in SECRET} == {field.name for field in PETITION.fields if is_secret(field)}
    assert len(SECRET) >= 9


def test_what_is_covered_stands_in_no_widget_read_or_typed(page: RegisterPage) -> None:
    detail = page.side.detail
    for row in all_secret(page):
        assert row.words() == MASK
        assert row.reading.accessibleName() == f"{row.field.label}：已填写，已遮盖"
    assert WORDS not in "\n".join(told.words(page))
    detail.form.open_fields([field.name for field in PETITION.fields])
    assert all(isinstance(row.editor, CoveredEditor) and row.editor.is_covered for row in all_secret(page))
    assert WORDS not in "\n".join(told.words(page))
    assert detail.form.typed() == {}


def test_the_password_and_a_reason_show_it_for_a_minute_and_are_journalled(
    page: RegisterPage, office: Office, qtbot: QtBot
) -> None:
    detail, box = page.side.detail, page.side.files.box
    detail.form.open_fields(["feedback_by"])
    open_with_password(page, qtbot)
    assert WORDS in "\n".join(told.words(page))
    assert detail.form.fields["feedback_by"].raw() == WORDS
    assert office.history.entries(1)[0].kind == "reveal"
    assert not [each for each in detail.form.sections if each.reveal_button and each.reveal_button.isVisible()]
    box.hide_button.click()
    assert WORDS not in "\n".join(told.words(page))
    assert detail.form.typed() == {}


def test_a_wrong_password_shows_nothing(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    detail = page.side.detail
    page.side.files.ask_reveal("")
    detail.ask.given.emit(["不是这个口令", "核对"])
    qtbot.waitUntil(lambda: "口令不对" in "\n".join(told.words(detail.ask)))
    assert WORDS not in "\n".join(told.words(page))
    assert office.history.entries(kind="reveal") == []


@pytest.mark.parametrize("password", [PASSWORD, "不是这个口令"])
@pytest.mark.parametrize("meanwhile", ["another question", "nothing more"])
def test_an_answer_that_comes_late_leaves_alone_what_was_asked_since(
    page: RegisterPage, context: Context, qtbot: QtBot, password: str, meanwhile: str
) -> None:
    ask, files = page.side.detail.ask, page.side.files
    files.ask_reveal("")
    ask.given.emit([password, "核对"])
    if meanwhile == "another question":
        ask.ask("示例的另一件事", "", "登记", [("理由", None)])
    else:
        ask.leave()
    assert context.tasks.busy
    qtbot.waitUntil(lambda: not (context.tasks.busy or turns.waiting()), timeout=20000)
    assert (ask.isHidden(), ask.said()) == (meanwhile == "nothing more", "")
    assert files.box.isHidden()
    assert WORDS not in "\n".join(told.words(page))


@pytest.mark.parametrize("leave", ["another record", "a new one", "lock"])
def test_what_was_opened_is_covered_when_the_record_is_left(
    page: RegisterPage, office: Office, qtbot: QtBot, leave: str
) -> None:
    other = office.records.save(PETITION, {"received_at": "2026-03-02"}).records[0][1]
    open_with_password(page, qtbot)
    match leave:
        case "another record":
            page.open_record("petition", other)
        case "a new one":
            page.new_record("petition")
        case _:
            page.save_draft()
    assert page.side.files.box.isHidden()
    assert WORDS not in "\n".join(told.words(page))


def test_it_is_typed_anew_by_keyboard_without_being_seen_and_may_be_emptied(
    page: RegisterPage, office: Office, letter: int, qtbot: QtBot
) -> None:
    form = page.side.detail.form
    row, editor = to_type(page, "feedback_reaction")
    page.activateWindow()
    row.focus()
    button = editor.button
    qtbot.waitUntil(lambda: page.window().focusWidget() is button)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert row.raw() == ""
    assert "清空" in "\n".join(told.words(editor))
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not row.is_changed()
    editor.button.click()
    editor.inner.show_raw("没有异议")
    for name, other in form.fields.items():
        assert other.is_changed() == (name == "feedback_reaction")
    assert page.side.acts.save()
    assert office.records.get(PETITION, letter).values["feedback_reaction"] == "没有异议"
    assert row.words() == MASK


def test_what_was_typed_comes_back_from_a_draft_covered_and_whole(
    page: RegisterPage, office: Office, letter: int, qtbot: QtBot
) -> None:
    form = page.side.detail.form
    _row, editor = to_type(page, "feedback_reaction")
    editor.button.click()
    editor.inner.show_raw(f"{WORDS}新写的")
    other = office.records.save(PETITION, {"received_at": "2026-03-02"}).records[0][1]
    page.open_record("petition", other)
    page.open_record("petition", letter)
    assert f"{WORDS}新写的" not in "\n".join(told.words(page))
    assert form.typed() == {"feedback_reaction": f"{WORDS}新写的"}
    open_with_password(page, qtbot)
    assert f"{WORDS}新写的" in "\n".join(told.words(page))
    page.side.files.box.cover()
    # What is being typed is not taken from under the officer's hands.
    assert f"{WORDS}新写的" in "\n".join(told.words(page))


@pytest.mark.parametrize("way", ["opened", "drafted"])
def test_a_field_that_is_emptied_goes_on_saying_so_and_can_be_let_be(
    page: RegisterPage, office: Office, letter: int, qtbot: QtBot, way: str
) -> None:
    form = page.side.detail.form
    _row, editor = to_type(page, "feedback_by")
    editor.button.click()
    if way == "opened":
        open_with_password(page, qtbot)
    else:
        other = office.records.save(PETITION, {"received_at": "2026-03-02"}).records[0][1]
        page.open_record("petition", other)
        page.open_record("petition", letter)
    assert form.typed() == {"feedback_by": ""}
    assert "清空" in "\n".join(told.words(editor))
    editor.button.click()
    assert form.typed() == {}
    assert (WORDS in "\n".join(told.words(editor))) == (way == "opened")


def test_a_new_letter_shows_what_is_typed_into_it(make_page: MakePage) -> None:
    page = make_page(PETITION)
    page.new_record("petition", {"named": "real"})
    row = page.side.detail.form.fields["named"]
    assert isinstance(row.editor, CoveredEditor)
    assert not row.editor.is_covered
    assert row.raw() == "real"


def test_what_a_letter_held_before_is_opened_with_the_password(office: Office, letter: int) -> None:
    with office.vault.act("step", "示例") as act:
        act.add_row(PETITION, letter, "petition_earlier", {"step": "示例", "held": WORDS})
    (opened,) = office.records.reveal(PETITION, letter, "petition_earlier", PASSWORD, "核对上一次的答复")
    assert opened == {"held": WORDS}


def test_the_reading_of_words_looks_everywhere(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setToolTip(WORDS)
    assert WORDS in told.words(widget)


def test_enter_passes_over_what_stays_covered(page: RegisterPage, qtbot: QtBot) -> None:
    form = page.side.detail.form
    rows = [row for section in form.sections for row in section.rows]
    before = next(
        row for row, after in pairwise(rows) if is_secret(after.field) and row.can_edit and not is_secret(row.field)
    )
    form.open_section(name=before.field.name)
    before.focus()
    editor = before.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.isAncestorOf(page.focusWidget()) or page.focusWidget() is editor)
    focus = page.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    qtbot.wait(20)
    now = page.focusWidget()
    assert now is not None
    assert not editor.isAncestorOf(now)
    assert not isinstance(now, Button)
    assert all(row.has_covered for row in all_secret(page) if row.editing)


def test_changing_many_letters_at_once_offers_nothing_that_is_covered(make_page: MakePage, letter: int) -> None:
    page = make_page(PETITION)
    page.side.list.table.choose_rows([0], 0)
    page.run("mass")
    mass = page.side.list.ask.lines()[0]
    assert isinstance(mass, MassField)
    offered = [mass.which.itemText(at) for at in range(mass.which.count())]
    assert "举报方式" in offered
    assert not {field.label for field in SECRET if PETITION.has(field.name)}.intersection(offered)
