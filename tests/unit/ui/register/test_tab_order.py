"""Enter and Tab go through the fields of a section as they are read, past what stands beside an editor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme

LEAD = registers.register("lead")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[RegisterPage]:
    """A lead whose check is approved by somebody outside the roster, with that section open."""
    lead = office.records.save(
        LEAD,
        {"subject": "示例甲", "received_at": "2026-03-02", "check_approver": "示例领导", "check_from": "2026-03-05"},
    ).records[0][1]
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = RegisterPage(context, (LEAD,))
    qtbot.addWidget(made)
    made.resize(1366, 760)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.open_record("lead", lead)
    made.begin("check_opinion")
    yield made
    context.tasks.close()


def holder(page: RegisterPage, inside: QWidget | None) -> str:
    """Return the field whose cell the cursor stands in."""
    fields = page.side.detail.form.fields
    return next((name for name, row in fields.items() if row.made and inside and row.cell.isAncestorOf(inside)), "")


def test_after_a_drop_down_comes_the_field_beside_it(page: RegisterPage, qtbot: QtBot) -> None:
    field = page.side.detail.form.fields["check_opinion"]
    field.focus()
    qtbot.waitUntil(lambda: holder(page, page.focusWidget()) == "check_opinion")
    QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Return)
    assert holder(page, page.focusWidget()) == "check_signed"


def test_tab_walks_the_section_in_reading_order(page: RegisterPage, qtbot: QtBot) -> None:
    page.side.detail.form.fields["check_request_at"].focus()
    qtbot.waitUntil(lambda: holder(page, page.focusWidget()) == "check_request_at")
    walked = ["check_request_at"]
    for _ in range(30):
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        here = holder(page, page.focusWidget())
        if here and here != walked[-1]:
            walked.append(here)
        if here == "check_answered":
            break
    rows = page.side.detail.form.fields.values()
    shown = [row.field.name for row in rows if row.slot or (row.editing and row.editor)]
    assert walked == [name for name in shown if name in walked]
    assert "check_plan" in walked
    assert walked[-1] == "check_answered"


def test_a_section_opened_later_keeps_its_place_above(page: RegisterPage, qtbot: QtBot) -> None:
    page.begin("received_at")
    qtbot.waitUntil(lambda: holder(page, page.focusWidget()) == "received_at")
    form = page.side.detail.form
    fields = ["received_at"]
    for _ in range(200):
        QTest.keyClick(page.focusWidget() or page, Qt.Key.Key_Tab)
        here = holder(page, page.focusWidget())
        if here in fields[:-1]:
            break
        if here and here != fields[-1]:
            fields.append(here)
    assert "check_request_at" in fields
    assert fields == sorted(fields, key=list(form.fields).index)


def walked(page: RegisterPage, count: int) -> list[str]:
    """Return the names of what Tab stops at, from where the cursor is."""
    names = []
    # What was made just now is shown in a turn of its own.
    QApplication.processEvents()
    for _ in range(count):
        focus = page.focusWidget()
        assert focus is not None
        names.append(focus.accessibleName() or getattr(focus, "text", str)())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    return names


def test_tab_walks_the_conditions_and_then_the_buttons_below_them(page: RegisterPage) -> None:
    page.run("filter")
    panel = page.side.list.filters
    panel.add_line()
    line = ["筛选的项目", "比较方式", page.side.register.field("no").label, "移除这个条件"]
    assert panel.lines[0].field.name == "no"
    buttons = ["按条件筛选", "添加条件", "只看待补全", "清除条件", "收起"]
    assert walked(page, 13) == [*line, *line, *buttons]
    # Another field brings another editor, which takes the place of the one before.
    at = [field.name for field in panel.lines[0]._fields].index("subject")
    panel.lines[0].which.setCurrentIndex(at)
    panel.lines[0].which.setFocus()
    assert walked(page, 4) == ["筛选的项目", "比较方式", page.side.register.field("subject").label, "移除这个条件"]


def test_tab_walks_what_is_asked_below_the_list_and_then_its_buttons(page: RegisterPage) -> None:
    page.run("mass")
    field = page.side.list.ask.lines()[0]
    field.which.setCurrentIndex(1)  # type: ignore[attr-defined]  # it asks which field
    field.setFocus()
    label = field.words()  # type: ignore[attr-defined]
    names = walked(page, 4)
    assert names[:2] == ["要修改的项目", label]
    assert names[2].startswith("修改这")
    assert names[3] == "不做了"
