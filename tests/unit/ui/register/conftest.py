"""A register page over a real vault with a few invented talks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.theme import Theme

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")
PEOPLE = (("梁志远", "示例局局长"), ("孙立新", "示例局副局长"), ("单小明", "示例处处长"))
KNOWN = {"unit_now": "示例局", "rank_now": "县处级", "political_status": "中共党员"}
"""What the roster tells of them besides, so that nothing of the subject lacks."""
MakePage = Callable[..., RegisterPage]


@pytest.fixture(autouse=True)
def _light(look: Theme) -> None:
    """Every test of this folder begins and ends in light colours."""


@pytest.fixture
def talks(office: Office) -> list[int]:
    """Five planned talks in March 2026 with two persons of the roster, oldest first."""
    for name, post in PEOPLE:
        office.records.save(PERSON, {**KNOWN, "name": name, "post_now": post})
    made = []
    for day in range(1, 6):
        typed = {"subject": PEOPLE[day % 2][0], "planned_date": f"2026-03-{day:02d}", "kind": "提醒", "reason": "年度"}
        made.append(office.records.save(TALK, typed).records[0][1])
    return made


@pytest.fixture
def make_page(context: Context, qtbot: QtBot) -> MakePage:
    """Make and show the page of some registers, wide enough for list and detail."""

    def make(*kinds: Register, width: int = 1366, height: int = 680) -> RegisterPage:
        page = RegisterPage(context, kinds or (TALK,))
        qtbot.addWidget(page)
        page.resize(width, height)
        page.show()
        qtbot.waitExposed(page)
        # The page looks at its first record in the next turn.
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not context.tasks.busy)
        return page

    return make
