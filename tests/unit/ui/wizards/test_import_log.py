"""导入记录: batches listed and taken back whole, with records edited since asked about first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QScrollArea
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.importing.ledgers import Applied
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.kit.roles import ButtonRole
from paizhu.ui.tab_walk import tab_stops_of
from paizhu.ui.wizards.import_log import UNDO_WORDS, ImportLog
from tests.ledgers import ROWS, ledger

TALK = registers.register("integrity_talk")


@pytest.fixture
def applied(office: Office, tmp_path: Path) -> Applied:
    """One import of two talks."""
    return office.importing.apply(office.importing.plan(ledger(tmp_path / "谈话.xlsx", ROWS[:2])))


@pytest.fixture
def log(context: Context, qtbot: QtBot, applied: Applied) -> ImportLog:
    """The list, read."""
    made = ImportLog(context)
    qtbot.addWidget(made)
    made.show()
    made.read()
    qtbot.waitUntil(lambda: bool(made.model.lines))
    return made


def test_a_batch_stands_with_file_counts_and_the_way_back(log: ImportLog) -> None:
    model = log.model
    shown = [str(model.index(0, at).data()) for at in range(model.columnCount())]
    assert shown == ["2026-03-16 10:26", "谈话.xlsx", "2", "0", "0", "陈守正", "已导入", UNDO_WORDS]


def test_a_batch_nobody_touched_is_taken_back_at_once(
    office: Office, context: Context, log: ImportLog, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(context.events.said) as heard:
        log.ask_undo(0)
    assert str(heard.args[0] if heard.args else "").startswith("已撤销：导入《谈话.xlsx》2 行")
    assert office.records.count(View("integrity_talk")) == 0
    qtbot.waitUntil(lambda: log.model.index(0, 6).data() == "已撤销")
    assert log.model.index(0, 7).data(ButtonRole) is None


@pytest.mark.parametrize(("ticked", "left"), [(False, 1), (True, 0)])
def test_records_edited_since_are_asked_about_and_kept_unless_ticked(
    office: Office, context: Context, log: ImportLog, applied: Applied, qtbot: QtBot, ticked: bool, left: int
) -> None:
    office.records.save(TALK, {"record": "后来改过"}, applied.ids["谈话台账", 4], reason="内容登记有误")
    log.ask_undo(0)
    qtbot.waitUntil(lambda: bool(log.findChildren(QCheckBox)))
    (box,) = log.findChildren(QCheckBox)
    assert not [each for each in tab_stops_of(log) if isinstance(each, QScrollArea)]
    assert "改过：谈话内容" in box.text()
    assert office.records.count(View("integrity_talk")) == 2
    box.setChecked(ticked)
    with qtbot.waitSignal(context.events.changed):
        log._go()
    assert office.records.count(View("integrity_talk")) == left


def test_ctrl_enter_takes_the_batch_in_question_back(
    office: Office, context: Context, log: ImportLog, applied: Applied, qtbot: QtBot
) -> None:
    assert not log.complete()
    office.records.save(TALK, {"record": "后来改过"}, applied.ids["谈话台账", 4], reason="内容登记有误")
    log.ask_undo(0)
    qtbot.waitUntil(lambda: bool(log.findChildren(QCheckBox)))
    with qtbot.waitSignal(context.events.changed):
        assert log.complete()
    assert office.records.count(View("integrity_talk")) == 1
    qtbot.waitUntil(lambda: not log.complete())
