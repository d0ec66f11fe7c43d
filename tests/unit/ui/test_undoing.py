"""Taking back: a small act at once, one of many records behind a proven backup and off the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.services.safety.backups import MANY
from paizhu.storage.backup_place import Reason
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.undoing import offered, take_back
from tests.unit.ui.windows import act, desk_of, press

CTRL = Qt.KeyboardModifier.ControlModifier
FINDING = registers.register("finding")


def written(office: Office, count: int) -> int:
    assert FINDING.flow
    with office.vault.act("save", f"登记 {count} 条") as act:
        for place in range(count):
            act.create(FINDING, {"problem": f"示例问题{place}", "state": FINDING.flow.start})
    return act.result().entry


def test_a_small_act_is_taken_back_at_once(context: Context, qtbot: QtBot) -> None:
    entry = written(context.office, MANY - 1)
    with qtbot.waitSignal(context.events.said, timeout=0) as said:
        take_back(context, entry)
    assert said.args
    assert said.args[0] == f"已撤销：登记 {MANY - 1} 条"
    assert context.office.backups.list() == []


def test_an_act_of_many_records_is_taken_back_behind_a_backup(context: Context, qtbot: QtBot) -> None:
    entry = written(context.office, MANY)
    with qtbot.waitSignal(context.events.said, timeout=20_000) as said:
        take_back(context, entry)
        assert context.office.history.entry(entry).undone_by is None, "the window goes on meanwhile"
    assert said.args
    assert said.args[0] == f"已撤销：登记 {MANY} 条"
    assert [each.reason for each in context.office.backups.list()] == [Reason.MASS_CHANGE]
    undoing = said.args[1]
    with qtbot.waitSignal(context.events.said, timeout=20_000) as said:
        take_back(context, undoing)
    assert said.args
    assert said.args[0] == f"已重做：登记 {MANY} 条"


def test_what_cannot_be_taken_back_is_told(context: Context, qtbot: QtBot) -> None:
    entry = written(context.office, 1)
    take_back(context, entry)
    with qtbot.waitSignal(context.tasks.refused, timeout=0) as refused:
        take_back(context, entry)
    assert refused.args
    assert "已经撤销过" in str(refused.args[0])


def test_the_bar_offers_to_do_again_what_was_undone_and_to_undo_what_was_redone(context: Context, qtbot: QtBot) -> None:
    entry = written(context.office, 1)
    assert [offered(context, entry), offered(context, 0)] == ["撤销", "知道了"]
    told = []
    for word in ("重做", "撤销", "重做"):
        with qtbot.waitSignal(context.events.said, timeout=0) as said:
            take_back(context, entry)
        assert said.args
        told.append(said.args[0])
        entry = said.args[1]
        assert offered(context, entry) == word
    assert told == ["已撤销：登记 1 条", "已重做：登记 1 条", "已撤销：登记 1 条"]


def test_nothing_is_told_as_undone_where_all_was_edited_since(context: Context, qtbot: QtBot) -> None:
    entry = written(context.office, 1)
    record_id = context.office.history.changes(entry)[0].record_id
    context.office.records.save(FINDING, {"problem": "后来改过"}, record_id)
    with qtbot.waitSignal(context.events.said, timeout=0) as said:
        take_back(context, entry)
    assert said.args == ["没有撤销：登记 1 条。涉及的 1 条记录后来又改过，保持现状。", 0]


def test_a_save_that_changes_nothing_offers_nothing_to_take_back(context: Context, office: Office) -> None:
    talk = registers.register("integrity_talk")
    typed = {"subject": "示例甲", "planned_date": "2026-03-05"}
    record_id = office.records.save(talk, typed).records[0][1]
    row = office.records.get(talk, record_id)
    again = office.records.save(talk, typed, record_id, row.version)
    assert offered(context, again.entry) == "知道了"


@pytest.mark.parametrize("typed", [True, False])
def test_a_field_keeps_the_redo_key_for_what_was_typed_there(window: MainWindow, qtbot: QtBot, typed: bool) -> None:
    # Qt knows Ctrl+Y in a text on Windows only; elsewhere it did an act of the vault again under the typing.
    context = desk_of(window).context
    take_back(context, written(context.office, 1))
    line = desk_of(window).head.search
    line.setFocus()
    if typed:
        QTest.keyClicks(line, "3.5")
        QTest.keyClick(line, Qt.Key.Key_Z, CTRL)
        assert line.text() == ""
    act(window, "act.redo")  # The key comes to the window under X; the platform of the tests is like Windows.
    assert line.text() == ("3.5" if typed else "")
    assert context.office.history.last_redoable() is not None
    window.setFocus()
    press(window, Qt.Key.Key_Y, CTRL)
    assert context.office.history.last_redoable() is None


def test_it_is_told_who_stays_since_a_later_record_names_him(context: Context, office: Office, qtbot: QtBot) -> None:
    talk = registers.register("integrity_talk")
    with office.vault.act("import", "导入《旧花名册.xlsx》2 行") as act:
        named = act.create("person", {"name": "示例甲"})
        act.create("person", {"name": "示例乙"})
    entry = act.result().entry
    made = office.records.save(talk, {"subject": Ref("示例甲", "person", named), "planned_date": "2026-03-05"})
    no = office.records.get(talk, made.records[0][1]).no
    with qtbot.waitSignal(context.events.said, timeout=0) as said:
        take_back(context, entry)
    assert said.args
    assert said.args[0] == f"已撤销：导入《旧花名册.xlsx》2 行。还有记录写着的一起留下：示例甲（廉政谈话 {no}）。"
