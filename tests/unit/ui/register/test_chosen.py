"""Which of very many records are chosen: read beside the window, once, and the right ones in a tree too."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import Condition, Test, View, Which
from paizhu.services import naming
from paizhu.services.office import Office
from paizhu.services.record_reading import RecordReading
from paizhu.ui.context import Context
from paizhu.ui.register import list_acts
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.page import RegisterPage
from tests.unit.ui.register.conftest import MakePage

TALK, DUTY = registers.register("integrity_talk"), registers.register("duty_item")
COUNT = 230
WINDOW = threading.get_ident()

Readings = list[tuple[int, int]]


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Readings:
    """Every time ids of a list are read: on which thread, and how many."""
    # So many are felt here already.
    monkeypatch.setattr(list_acts, "_FELT", COUNT)
    made: Readings = []

    def counted(read: Callable[..., Sequence[int]]) -> Callable[..., Sequence[int]]:
        def reading(*given: Any) -> Sequence[int]:
            found = read(*given)
            made.append((threading.get_ident(), len(found)))
            return found

        return reading

    for name in ("ids", "ids_at"):
        monkeypatch.setattr(RecordReading, name, counted(getattr(RecordReading, name)))
    return made


@pytest.fixture
def page(make_page: MakePage, office: Office) -> RegisterPage:
    with office.vault.act("save") as act:
        for number in range(COUNT):
            day = date(2026, 3, 1 + number % 28)
            act.create(TALK, {"subject": Ref(f"示例{number:03}"), "planned_date": day, "state": "planned"})
    made = make_page(TALK)
    made.side.list.table.selectAll()
    return made


def rest(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.tasks.busy)


def answer(page: RegisterPage, qtbot: QtBot) -> None:
    ask = page.side.list.ask
    qtbot.waitUntil(ask.isVisible)
    line = ask.lines()[0]
    if isinstance(line, QLineEdit):
        line.setText("示例重复")
    ask._give()


def test_all_are_voided_and_the_window_reads_none_of_their_ids(
    page: RegisterPage, office: Office, qtbot: QtBot, context: Context, readings: Readings
) -> None:
    page.run("void")
    answer(page, qtbot)
    rest(qtbot, context)
    assert office.records.count(View(TALK.key)) == 0
    assert [number for _thread, number in readings] == [COUNT], "asked about and written without reading them again"
    assert WINDOW not in {thread for thread, _number in readings}


def test_the_question_what_to_change_is_asked_without_reading_them_here(
    page: RegisterPage, office: Office, qtbot: QtBot, context: Context, readings: Readings
) -> None:
    page.run("mass")
    ask = page.side.list.ask
    qtbot.waitUntil(ask.isVisible)
    mass = ask.lines()[0]
    assert isinstance(mass, list_acts.MassField)
    mass.which.setCurrentText("谈话地点")
    mass.editor.show_raw("示例谈话室")  # type: ignore[union-attr]  # there is one
    ask._give()
    rest(qtbot, context)
    changed = Condition("place", Test.IS, "示例谈话室")
    assert office.records.count(View(TALK.key, (changed,))) == COUNT
    assert [number for _thread, number in readings] == [COUNT]
    assert WINDOW not in {thread for thread, _number in readings}


def test_all_come_back_and_what_they_name_is_not_sought_here(
    page: RegisterPage,
    office: Office,
    qtbot: QtBot,
    context: Context,
    readings: Readings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office.records.void(TALK, office.records.ids(View(TALK.key)), "示例重复")
    sought: list[int] = []
    gone = naming.still_gone

    def still_gone(*given: Any) -> str:
        sought.append(threading.get_ident())
        return gone(*given)

    monkeypatch.setattr(naming, "still_gone", still_gone)
    page.side.list.show_view(View(TALK.key, which=Which.VOIDED))
    page.side.list.table.selectAll()
    readings.clear()
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    page.run("unvoid")
    rest(qtbot, context)
    assert office.records.count(View(TALK.key)) == COUNT
    assert said == [f"已恢复 {COUNT} 条"]
    assert (len(sought), WINDOW in sought) == (1, False)
    assert WINDOW not in {thread for thread, _number in readings}


@pytest.mark.parametrize("key", ["export", "print"])
def test_what_goes_out_is_read_beside_the_window(
    page: RegisterPage, office: Office, qtbot: QtBot, context: Context, readings: Readings, key: str
) -> None:
    out: list[list[int]] = []
    page.export_asked.connect(lambda _register, _view, ids: out.append(ids))
    page.print_asked.connect(lambda _register, _view, ids: out.append(ids))
    page.run(key)
    assert not out
    qtbot.waitUntil(lambda: bool(out))
    assert out == [office.records.ids(page.side.list.view)]
    assert WINDOW not in {thread for thread, number in readings[:-1]}
    page.run(key)
    # Others are chosen before it was read: those asked for are none of them.
    page.side.list.table.choose_rows([0], 0)
    rest(qtbot, context)
    assert len(out) == 1


def test_the_ids_that_go_out_are_handed_on_as_they_are(page: RegisterPage) -> None:
    """As a list of Qt's own each of 60,000 was wrapped and unwrapped again."""
    out: list[object] = []
    for asked in (page.export_asked, page.print_asked):
        asked.connect(lambda _register, _view, ids: out.append(ids))
        asked.emit(TALK, View(TALK.key), given := [1, 2])
        assert out.pop() is given


def test_others_chosen_under_the_question_are_read_beside_the_window_too(
    page: RegisterPage, office: Office, qtbot: QtBot, context: Context, readings: Readings
) -> None:
    page.run("void")
    qtbot.waitUntil(page.side.list.ask.isVisible)
    left = office.records.ids(page.side.list.view)[:10]
    readings.clear()
    page.side.list.table.choose_rows(list(range(10, COUNT)), 10)
    answer(page, qtbot)
    rest(qtbot, context)
    assert office.records.ids(View(TALK.key, order=page.side.list.view.order)) == left
    assert WINDOW not in {thread for thread, _number in readings[:-1]}


def test_lines_between_others_are_the_records_seen_there(page: RegisterPage) -> None:
    pane = page.side.list
    ids = pane.selected_ids()
    pane.table.choose_rows([*range(100), *range(110, 225)], 0)
    assert pane.chosen().count == 215
    assert pane.selected_ids() == [*ids[:100], *ids[110:225]]
    assert pane.selected_ids()[100] == pane.model.row(110).id  # type: ignore[union-attr]  # a record stands there


def test_the_records_of_a_long_tree_are_those_that_stand_there(
    make_page: MakePage, office: Office, qtbot: QtBot, context: Context
) -> None:
    """By the numbers of their lines, in which heads of branches count, others were voided than were chosen."""
    kinds = ["dual"] * 4 + ["supervisory"] * COUNT
    with office.vault.act("save") as act:
        made = [
            act.create(DUTY, {"content": f"示例{at:03}", "duty_kind": kind, "subject": Ref("示例组"), "state": "doing"})
            for at, kind in enumerate(kinds)
        ]
    page = make_page(DUTY)
    table, model = page.side.list.table, page.side.list.model
    assert isinstance(model, OutlineModel)
    model.toggle(next(at for at in range(model.lines) if "展开其余" in str(model.index(at, 0).data())))
    first = next(at for at in range(model.lines) if model.row(at))
    table.choose_rows(list(range(first, first + COUNT)), first)
    assert table.chosen_count() == COUNT
    page.run("void")
    answer(page, qtbot)
    rest(qtbot, context)
    assert sorted(office.records.ids(View(DUTY.key))) == made[:4]
