"""What writes many records at once does so beside the window; few are written before the call returns."""

from __future__ import annotations

import shutil
import threading
from datetime import date
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Ref, Value
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.safety.backups import MANY
from paizhu.storage.backup_place import OWN_PLACE, Reason
from paizhu.ui.context import Context
from paizhu.ui.pages.duty_year import DutyYearPage
from paizhu.ui.write_many import write_many

DUTY = registers.register("duty_item")


@pytest.fixture
def wrote_on(office: Office) -> list[threading.Thread]:
    """Return the threads on which acts were written, in order."""
    found: list[threading.Thread] = []
    office.vault.followers["test"] = lambda _act: found.append(threading.current_thread())
    return found


@pytest.mark.parametrize(("count", "beside"), [(MANY - 1, False), (MANY, True)])
def test_many_are_written_beside_the_window(context: Context, qtbot: QtBot, count: int, beside: bool) -> None:
    on: list[threading.Thread] = []
    heard: list[Any] = []

    def write(_progress: Progress) -> str:
        on.append(threading.current_thread())
        return "写好"

    write_many(context, write, heard.append, heard.append, count=count, words="示例")
    assert bool(heard) is not beside
    qtbot.waitUntil(lambda: heard == ["写好"])
    assert (on[0] is not threading.main_thread()) is beside


def test_many_are_written_behind_a_backup_and_not_at_all_without_one(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    heard: list[Any] = []
    write_many(context, lambda _progress: "写好", heard.append, heard.append, count=MANY - 1, words="示例")
    assert office.backups.list() == []
    write_many(context, lambda _progress: "写好", heard.append, heard.append, count=MANY, words="示例")
    qtbot.waitUntil(lambda: heard == ["写好", "写好"])
    assert [each.reason for each in office.backups.list()] == [Reason.MASS_CHANGE]
    shutil.rmtree(office.vault.folder / OWN_PLACE)
    (office.vault.folder / OWN_PLACE).write_text("not a folder")
    write_many(context, lambda _progress: heard.append("written"), heard.append, heard.append, count=MANY, words="示例")
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert isinstance(heard[2], PaizhuError)
    assert heard[2].kept


@pytest.mark.parametrize("count", [1, MANY])
def test_a_refusal_is_told(context: Context, qtbot: QtBot, count: int) -> None:
    heard: list[Any] = []

    def write(_progress: Progress) -> str:
        raise PaizhuError("不行")

    write_many(
        context, write, lambda _made: pytest.fail("nothing was written"), heard.append, count=count, words="示例"
    )
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard[0].happened == "不行"


def test_a_year_of_many_items_is_made_beside_the_window_and_once(
    context: Context, office: Office, qtbot: QtBot, wrote_on: list[threading.Thread]
) -> None:
    with office.vault.act("import", "示例") as act:
        for at in range(MANY):
            values: dict[str, Value] = {
                "subject": Ref("示例局"),
                "content": f"事项{at}",
                "due_date": date(2026, 12, 20),
            }
            act.create(DUTY, {**values, "year": 2026, "state": "issued"})
    wrote_on.clear()
    page = DutyYearPage(context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(page.model.lines) == MANY)
    with qtbot.waitSignal(page.left):
        page.build.click()
        assert not page.build.isEnabled()
        page.build.click()
    assert office.records.count(View(DUTY.key)) == 2 * MANY
    assert [each is threading.main_thread() for each in wrote_on] == [False]
