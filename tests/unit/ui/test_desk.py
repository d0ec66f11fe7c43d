"""The open desk joined: every page is known, made when asked for, and leads back by its own button."""

from collections.abc import Iterator
from inspect import isfunction, signature
from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete, isValid

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui import desk_pages, theme
from paizhu.ui.context import Context
from paizhu.ui.desk import Desk
from paizhu.ui.events import Events
from paizhu.ui.kit.button import Button
from paizhu.ui.page_offers import Offer, PageOffers
from paizhu.ui.pages.export import ExportPage
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.plain_pages import PAGES
from paizhu.ui.tasks import Tasks


@pytest.fixture
def desk(office: Office, qapp: QApplication, tasks: Tasks) -> Iterator[Desk]:
    session = Session(Machine())
    session.office = office
    made = Desk(Context(office, Events(), tasks, theme.install(qapp)), session)
    made.begin(None)
    made.resize(1200, 760)
    made.show()
    yield made
    if isValid(made):
        made.reminders.stop()
        tasks.close()
        delete(made)


def test_the_pages_known_are_those_that_can_be_made() -> None:
    assert set(desk_pages.PLAIN) == set(PAGES)
    assert len(set(desk_pages.PLAIN)) == len(desk_pages.PLAIN)


@pytest.mark.parametrize(
    "key", [key for key, made in PAGES.items() if isinstance(made, type) and issubclass(made, PageFrame)]
)
def test_a_page_beside_the_tabs_leads_back_to_where_one_came_from(desk: Desk, key: str) -> None:
    start = desk.pages.current_key
    desk.show_tab(key)
    page = desk.pages.currentWidget()
    assert isinstance(page, PageFrame)
    assert type(page) is PAGES[key]
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    assert desk.pages.current_key == start


def test_every_command_that_shows_a_page_shows_one_that_is_known(desk: Desk) -> None:
    for action in desk.commands():
        name = action.id.removesuffix(".open")
        # What stands in front may be exported itself, without a page of its own.
        if name in PAGES and name != "export":
            action.run()
            assert desk.pages.current_key == name


def test_a_refusal_that_comes_after_the_desk_was_thrown_away_is_nobodys(desk: Desk) -> None:
    tasks, events = desk.context.tasks, desk.context.events
    refusal = PaizhuError("示例情况", "没有改动", "再试一次")
    tasks.refused.emit(refusal)
    assert desk.strips.isVisible()
    desk.reminders.stop()
    tasks.close()
    delete(desk)
    tasks.refused.emit(refusal)
    events.changed.emit(Change(frozenset(), ()))


def test_that_all_is_invented_is_read_even_while_another_strip_stands_above(
    office: Office, qapp: QApplication, tasks: Tasks
) -> None:
    office.desk.set_setting("sample", 1)
    session = Session(Machine())
    session.office = office
    made = Desk(Context(office, Events(), tasks, theme.install(qapp)), session)
    made.begin(None)
    made.show()
    try:
        assert made.strips.front() == "sample"
        assert made.status.sample.isHidden(), "said once is enough"
        made.strips.put("reminder", "超期 5 件", closable=True)
        assert not made.strips.in_view("sample")
        assert made.status.sample.isVisible()
        assert made.status.sample.accessibleName() == "示例数据"
        made.strips.take("reminder")
        assert made.status.sample.isHidden()
    finally:
        made.reminders.stop()
        tasks.close()
        delete(made)


def test_what_was_done_before_a_refusal_no_longer_stands_beside_it(desk: Desk) -> None:
    desk.say("已导出 3 条到《台账.xlsx》。")
    assert desk.last_act.bar.isVisible()
    desk.context.tasks.refused.emit(PaizhuError("没有写成", "原来的文件没有动", "换一个文件夹"))
    assert desk.strips.isVisible()
    assert not desk.last_act.bar.isVisible()
    desk.show_tab("export")
    page = desk.pages.currentWidget()
    assert isinstance(page, ExportPage)
    desk.say("已导出 3 条到《台账.xlsx》。")
    page.leave_now()
    assert page.leaving.reason_note.words()
    assert not desk.last_act.bar.isVisible(), "a refusal beneath a field is one too"


def test_what_can_be_taken_back_stays_offered_beside_a_refusal(desk: Desk) -> None:
    desk.say("已删除 1 条。", 7)
    desk.context.tasks.refused.emit(PaizhuError("没有写成", "原来的文件没有动", "换一个文件夹"))
    assert desk.last_act.bar.isVisible()


def test_a_vault_of_ones_own_is_never_called_a_sample(desk: Desk) -> None:
    desk.strips.put("reminder", "超期 5 件", closable=True)
    assert desk.status.sample.isHidden()


def test_a_reminder_leads_to_what_it_counts(desk: Desk) -> None:
    desk.show_tab("settings")
    desk.reminders.unseen.emit("超期 5 件")
    link = next(button for button in desk.strips.findChildren(Button) if button.text() == "看要办的事")
    link.click()
    assert desk.pages.current_key == "today"
    assert "reminder" not in desk.strips.names()


def test_what_pages_offer_the_desk_is_written_down_and_made_as_it_is_asked_for(desk: Desk) -> None:
    promised = {name: signature(made) for name, made in vars(PageOffers).items() if isfunction(made) and name[0] != "_"}
    assert set(promised) == set(get_args(Offer))
    pages = [desk.pages.page(key) for key in desk.pages.known()]
    made = {(page, name): getattr(type(page), name) for page in pages for name in promised if hasattr(page, name)}
    for (page, name), offer in made.items():
        given = [None] * (len(promised[name].parameters) - 1)
        # Refused by the signature where a page asks for more or less than it is given.
        signature(offer).bind(page, *given)
    # What no page makes any more is asked for in vain.
    assert {name for _page, name in made} == set(promised)
