"""A change of many records on its way: it tells how far it is, can be stopped, and leaves alone who works elsewhere."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Change
from paizhu.services.office import Office
from paizhu.services.records import Records
from paizhu.ui.context import Context
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Task
from tests.unit.ui.register.conftest import MakePage

UNIT = registers.register("unit")
COUNT = 250
REASON = "示例重复"


class Held:
    """The voiding of records, stopped on its way until it is let go on."""

    def __init__(self) -> None:
        self.begun, self.goes_on = threading.Event(), threading.Event()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    made, void = Held(), Records.void

    def wait(self: Records, *given: object, **more: object) -> Change:
        made.begun.set()
        made.goes_on.wait(10)
        return void(self, *given, **more)  # type: ignore[arg-type]  # given on as they came

    monkeypatch.setattr(Records, "void", wait)
    yield made
    made.goes_on.set()


@pytest.fixture
def page(make_page: MakePage, office: Office, context: Context) -> RegisterPage:
    with office.vault.act("save") as act:
        for number in range(COUNT):
            act.create(UNIT, {"name": f"示例单位{number:03}"})
    made = make_page(UNIT)
    made.side.list.table.selectAll()
    return made


def void_all(page: RegisterPage) -> QLineEdit:
    page.run("void")
    line = page.side.list.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.setText(REASON)
    page.side.list.ask._give()
    return line


def count(office: Office) -> int:
    return office.records.count(office.records.default_view(UNIT))


def at_rest(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.tasks.busy)


def test_it_tells_how_far_it_is_and_takes_no_second_answer(
    qtbot: QtBot, page: RegisterPage, office: Office, context: Context, held: Held
) -> None:
    told: list[tuple[object, object, str]] = []
    begun: list[Task] = []
    context.tasks.started.connect(begun.append)
    void_all(page)
    begun[0].advanced.connect(lambda done, total, words: told.append((done, total, words)))
    page.side.list.ask._give()
    assert len(begun) == 1
    held.goes_on.set()
    at_rest(qtbot, context)
    assert {(total, words) for _done, total, words in told if words == "正在移入回收区"} == {(COUNT, "正在移入回收区")}
    assert count(office) == 0
    assert page.side.list.ask.isHidden()


def test_stopped_it_changes_nothing_and_the_reason_stands_there(
    qtbot: QtBot, page: RegisterPage, office: Office, context: Context, held: Held
) -> None:
    begun: list[Task] = []
    context.tasks.started.connect(begun.append)
    line = void_all(page)
    assert held.begun.wait(10)
    begun[0].cancel()
    held.goes_on.set()
    at_rest(qtbot, context)
    assert count(office) == COUNT
    assert page.side.list.ask.said() == "已按您的要求停下。数据和原来一样。"
    assert line.text() == REASON
    page.side.list.ask._give()
    at_rest(qtbot, context)
    assert count(office) == 0


def test_who_works_elsewhere_keeps_his_cursor_and_his_question(
    qtbot: QtBot, page: RegisterPage, office: Office, context: Context, held: Held
) -> None:
    elsewhere = QLineEdit(page)
    elsewhere.show()
    void_all(page)
    page.side.list.ask.leave()
    page.side.list.ask.ask("另一个问题", "", "办", [("原因", None)])
    with qtbot.waitActive(page):
        page.activateWindow()
    elsewhere.setFocus()
    held.goes_on.set()
    at_rest(qtbot, context)
    assert count(office) == 0
    assert page.side.list.ask.isVisible()
    assert QApplication.focusWidget() is elsewhere
