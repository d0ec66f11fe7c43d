"""Enter goes from field to field, over the end of a section into the next one, and never round to its links."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Problem
from paizhu.services.office import Office
from paizhu.ui.register.cursor import field_with_cursor
from paizhu.ui.register.form import Form

from .conftest import MakePage
from .used import stand_on

FINDING = registers.register("finding")


def in_hand(form: Form) -> str:
    focus = QApplication.focusWidget()
    found = [name for name, row in form.fields.items() if row.editor and focus and row.editor.isAncestorOf(focus)]
    return found[0] if found else ""


def enter(form: Form, qtbot: QtBot, name: str) -> str:
    """Press Enter in a field and return the one the cursor is in then."""
    form.fields[name].focus()
    qtbot.waitUntil(lambda: in_hand(form) == name)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, Qt.Key.Key_Return)
    qtbot.wait(20)
    return in_hand(form)


def form_of_finding(make_page: MakePage, office: Office) -> Form:
    """Return the form of a finding with the least it needs."""
    finding = office.records.save(FINDING, {"problem": "示例问题", "found_at": "2026-03-02"}).records[0][1]
    page = make_page(FINDING)
    page.open_record(FINDING.key, finding)
    stand_on(page, finding)
    return page.side.detail.form


def test_enter_after_the_last_field_of_a_section_opens_the_next(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    form = form_of_finding(make_page, office)
    form.open_section(name="found_at")
    first = next(section for section in form.sections if section.editing)
    at = sorted(form.sections, key=lambda section: section.y()).index(first)
    later = next(each for each in sorted(form.sections, key=lambda section: section.y())[at + 1 :] if each.can_edit)
    last = [row for row in first.rows if row.can_edit][-1]
    wanted = next(row for row in later.rows if row.can_edit)
    assert not later.editing
    assert enter(form, qtbot, last.field.name) == wanted.field.name
    assert later.editing


def test_enter_walks_a_new_record_in_reading_order(make_page: MakePage, qtbot: QtBot) -> None:
    page = make_page(FINDING)
    page.run("record.new")
    form = page.side.detail.form
    qtbot.waitUntil(lambda: not form.opening)
    sections = sorted((each for each in form.sections if each.isVisible()), key=lambda section: section.y())
    names = [row.field.name for section in sections for row in section.rows if row.can_edit and row.editing]
    lines = [at for at, name in enumerate(names[:-1]) if form.fields[name].field.kind.value in ("line", "day", "ref")]
    assert len(lines) > 3
    for at in lines:
        assert enter(form, qtbot, names[at]) == names[at + 1]


def test_after_a_refusal_enter_goes_to_the_next_field_that_is_marked(
    make_page: MakePage, office: Office, qtbot: QtBot
) -> None:
    form = form_of_finding(make_page, office)
    form.show_problems([Problem("found_at", "请填写"), Problem("review_note", "请填写")])
    rows = [row for each in sorted(form.sections, key=lambda section: section.y()) for row in each.rows]
    names = [row.field.name for row in rows if row.editing and row.can_edit]
    assert names.index("review_note") > names.index("found_at") + 1, "others stand between"
    assert enter(form, qtbot, "found_at") == "review_note"


def test_f2_in_a_field_leaves_the_cursor_where_it_stands(make_page: MakePage, talks: list[int], qtbot: QtBot) -> None:
    page = make_page()
    stand_on(page, talks[0])
    page.run("edit")
    form = page.side.detail.form
    row = [row for row in form.sections[0].rows if row.editor][-1]
    row.focus()
    qtbot.waitUntil(lambda: field_with_cursor(form.fields) == row.field.name)
    page.run("edit")
    assert field_with_cursor(form.fields) == row.field.name
