"""A line of the day opens its record ready for the very thing it asks for."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

TALK, DUTY = registers.register("integrity_talk"), registers.register("duty_item")


def begun(page: RegisterPage, office: Office, record_id: int) -> None:
    """Open the first line of the day at this record, as the window does."""
    task = next(task for task in office.today.every() if task.id == record_id)
    page.open_record(task.register, task.id)
    page.begin(task.action, task.row)


def focused(page: RegisterPage) -> Any:
    """Return the name of the field in which the cursor stands."""
    focus = page.focusWidget()
    fields = page.side.detail.form.fields.items()
    return next((name for name, row in fields if focus is not None and row.cell.isAncestorOf(focus)), None)


def test_a_step_opens_the_first_field_it_lacks(make_page: MakePage, office: Office, talks: list[int]) -> None:
    page = make_page(TALK)
    begun(page, office, talks[0])
    way = next(way for way in page.side.detail.ways_on.all if way.step.after == "held")
    lacking = [problem.field for problem in way.against if problem.code == "missing"]
    assert focused(page) == lacking[0]
    assert page.side.detail.header.tabs.currentIndex() == FORM
    assert page.side.detail.form.typed() == {}


def test_a_field_is_opened_by_its_name(make_page: MakePage, office: Office) -> None:
    typed = {"content": "报送季度情况", "subject": "局党组", "due_date": "2026-03-20"}
    duty = office.records.save(DUTY, typed).records[0][1]
    page = make_page(DUTY)
    begun(page, office, duty)
    assert focused(page) == "progress"


def test_the_clock_of_a_row_opens_that_row(make_page: MakePage, office: Office) -> None:
    typed = {"content": "报送季度情况", "subject": "局党组", "due_date": "2026-12-31"}
    periods = [{"period": "一季度", "due": "2026-03-10", "reported_at": "2026-03-10"},
               {"period": "二季度", "due": "2026-03-18"}]  # fmt: skip
    duty = office.records.save(DUTY, typed, rows={"period": periods}).records[0][1]
    page = make_page(DUTY)
    task = next(task for task in office.today.every() if task.row)
    page.open_record(task.register, duty)
    page.begin(task.action, task.row)
    table = page.side.detail.form.tables["period"]
    assert isinstance(table, ChildTable)
    at = table.view.currentIndex()
    assert table.model.editable
    assert (at.row(), table.model.fields[at.column()].name) == (1, "reported_at")


@pytest.mark.parametrize("action", ["no_such_thing", ""])
def test_what_cannot_be_found_leaves_the_record_open(
    make_page: MakePage, office: Office, talks: list[int], action: str
) -> None:
    page = make_page(TALK)
    page.open_record(TALK.key, talks[0])
    page.begin(action)
    assert page.side.detail.work.record_id == talks[0]


def test_a_step_that_lacks_nothing_waits_on_its_button(make_page: MakePage, office: Office) -> None:
    duty = office.records.save(DUTY, {"content": "报送季度情况", "subject": "局党组"}).records[0][1]
    with office.vault.act("step", "示例") as act:
        act.change(DUTY, duty, None, {"state": "checked"})
    page = make_page(DUTY)
    page.open_record(DUTY.key, duty)
    free = next(way for way in page.side.detail.ways_on.all if way.free)
    page.begin(free.step.after)
    button = page.focusWidget()
    assert button in (page.side.detail.bar.primary, page.side.detail.bar.second)
    assert isinstance(button, QAbstractButton)
    assert free.step.label in button.text()
