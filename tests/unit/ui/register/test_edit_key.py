"""F2 opens what is in hand for a small change: the cursor stands behind the words, which the next key does not wipe."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.cursor import field_with_cursor
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import stand_on

TALK = registers.register("integrity_talk")
ROWS = "requirement"


@pytest.fixture
def page(make_page: MakePage, office: Office, qtbot: QtBot) -> RegisterPage:
    """A talk with one requirement below it, only read so far."""
    values = {"subject": "示例甲", "planned_date": "2026-03-05"}
    rows = {ROWS: [{"words": "交样本说明"}]}
    talk = office.records.save(TALK, values, rows=rows).records[0][1]
    made = make_page(TALK)
    made.open_record(TALK.key, talk)
    stand_on(made, talk)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def line_in_hand(qtbot: QtBot) -> QLineEdit:
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    return line


def test_the_first_field_is_gone_on_with_and_not_wiped_out(page: RegisterPage, qtbot: QtBot) -> None:
    form = page.side.detail.form
    section = next(each for each in form.sections if any(row.field.name == "subject" for row in each.rows))
    section.shut()
    form.open_section(section)
    first = next(row for row in section.rows if row.can_edit)
    qtbot.waitUntil(lambda: field_with_cursor(form.fields) == first.field.name)
    form.open_section(section, "subject")
    QTest.keyClicks(line_in_hand(qtbot), "2")
    assert form.fields["subject"].raw() == "示例甲2"


@pytest.mark.parametrize("typing", [False, True])
def test_a_cell_in_hand_is_opened_and_no_section_far_from_it(page: RegisterPage, qtbot: QtBot, typing: bool) -> None:
    form = page.side.detail.form
    table = form.tables[ROWS]
    assert isinstance(table, ChildTable)
    if typing:
        table.open()
    opened = [section.title for section in form.sections if section.editing]
    table.go_to(0, "words")
    qtbot.waitUntil(table.view.hasFocus)
    page.run("record.edit")
    QTest.keyClicks(line_in_hand(qtbot), "2")
    assert table.isAncestorOf(line_in_hand(qtbot))
    page.run("record.edit")
    table.commit()
    assert table.model.typed()[0]["words"] == "交样本说明2"
    assert [section.title for section in form.sections if section.editing] == opened
