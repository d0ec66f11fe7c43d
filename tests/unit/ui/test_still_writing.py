"""While an act of many records is being written the window waits for nothing: it tells so, and keeps what was typed."""

import threading

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from paizhu.registers import register
from paizhu.storage.write_turn import LONG
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.lock_ground import Kept
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Progress
from tests.conftest import PASSWORD
from tests.still_writing import WORDS, writing
from tests.unit.ui.register.used import type_into
from tests.unit.ui.windows import act, desk_of, office_of, page_at, settle

pytestmark = pytest.mark.real_pages

TALK = register("integrity_talk")
TYPED = {"subject": "罗卫东", "planned_date": "2026-03-05"}


def begin_a_talk(qtbot: QtBot, window: MainWindow) -> RegisterPage:
    page = page_at(window, "talks", RegisterPage)
    settle(qtbot, window)
    page.new_record()
    type_into(page, "subject", "甲某某")
    type_into(page, "planned_date", "2026-03-05")
    type_into(page, "record", "写到一半")
    return page


def count(window: MainWindow) -> int:
    records = office_of(window).records
    return records.count(records.default_view(TALK))


def test_a_save_is_refused_and_what_was_typed_stands_there(qtbot: QtBot, window: MainWindow) -> None:
    page = begin_a_talk(qtbot, window)
    with writing(office_of(window).vault):
        desk_of(window).pages.run("save")
        strip = page.side.detail.strip
        assert strip.isVisible()
        assert f"“{WORDS}”还没有写完" in strip.accessibleName()
        assert "填写的内容都还在。等它写完再做一次" in strip.accessibleName()
        assert page.side.detail.form.typed()["record"] == "写到一半"
    desk_of(window).pages.run("save")
    settle(qtbot, window)
    assert count(window) == 1
    assert strip.isHidden()


def test_a_draft_is_left_to_be_stored_and_the_desk_locks_meanwhile(qtbot: QtBot, window: MainWindow) -> None:
    begin_a_talk(qtbot, window)
    vault, begun, goes_on = office_of(window).vault, threading.Event(), threading.Event()

    def write(_progress: Progress) -> None:
        with vault.act("void", WORDS, size=LONG):
            begun.set()
            goes_on.wait()

    desk_of(window).context.tasks.run(write, lambda _nothing: None)
    assert begun.wait(5)
    window.lock()
    assert window.desk is None
    assert window.lock_page.ground.kept.mark == Kept.STORED.value
    assert window._last_work.waits
    goes_on.set()
    settle(qtbot, window)
    window.session.unlock(PASSWORD)
    assert "写到一半" in office_of(window).vault.drafts.every()[0][3]


def test_undo_does_not_reach_behind_the_act_that_is_coming(qtbot: QtBot, window: MainWindow) -> None:
    office, tasks = office_of(window), desk_of(window).context.tasks
    office.records.save(TALK, TYPED)
    goes_on = threading.Event()
    tasks.run(lambda _progress: goes_on.wait(), lambda _nothing: None, label="正在移走", acts="把 200 条记录移走")
    for key, verb in (("act.undo", "撤销"), ("act.redo", "重做")):
        act(window, key)
        assert f"“把 200 条记录移走”还没有写完，没有{verb}以前的操作。等它写完再{verb}" in said(window)
    assert count(window) == 1
    goes_on.set()
    settle(qtbot, window)
    act(window, "act.undo")
    settle(qtbot, window)
    assert count(window) == 0


def test_what_was_said_to_be_done_is_not_taken_back_meanwhile(qtbot: QtBot, window: MainWindow) -> None:
    change = office_of(window).records.save(TALK, TYPED)
    desk = desk_of(window)
    desk.context.events.said.emit("已新增一次谈话。", change.entry)
    with writing(office_of(window).vault):
        desk.last_act.bar._undo.click()
        assert count(window) == 1
        assert any(f"“{WORDS}”还没有写完" in label.text() for label in window.findChildren(QLabel) if label.isVisible())
    desk.last_act.bar._undo.click()
    settle(qtbot, window)
    assert count(window) == 0


def said(window: MainWindow) -> str:
    return desk_of(window).last_act.bar.accessibleName()
