"""Leaving the desk: it locks whatever the disk says and whatever is open, and what was typed comes back."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from paizhu import app
from paizhu.base.rows import Change
from paizhu.registers import register
from paizhu.services.drafts import Drafts
from paizhu.services.session import Session
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.vault import Vault
from paizhu.ui import left_drafts, messages, theme, unwritten
from paizhu.ui.kit.roles import Tone
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.lock_ground import Kept
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.cursor import field_with_cursor, put_cursor
from paizhu.ui.register.draft_keeping import HEADLINE
from paizhu.ui.register.matters_page import MattersPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.traces import Traces
from paizhu.ui.wizards.import_page import ImportPage
from tests.conftest import PASSWORD
from tests.unit.ui.register.used import type_into
from tests.unit.ui.windows import office_of, settle

pytestmark = pytest.mark.real_pages

TALK, LEAD, PETITION = register("integrity_talk"), register("lead"), register("petition")
LONG = "甲某某谈话时说的样本内容" * 4000
"""More than the free room of a page: the disk is asked for another one."""


def vault_of(session: Session) -> Vault:
    assert session.office is not None
    return session.office.vault


def fill_the_disk(vault: Vault) -> Callable[[], None]:
    """Let the real database refuse another page, as on a full disk; returns what makes room again."""
    pages = vault._writer.execute("PRAGMA page_count").fetchone()[0]
    vault._writer.execute(f"PRAGMA max_page_count = {pages}")
    return lambda: vault._writer.execute("PRAGMA max_page_count = 1000000")


def talks(qtbot: QtBot, window: MainWindow) -> RegisterPage:
    assert window.desk is not None
    window.desk.show_tab("talks")
    page = window.desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(page.isVisible)
    return page


def cases(qtbot: QtBot, window: MainWindow) -> MattersPage:
    assert window.desk is not None
    window.desk.show_tab("cases")
    page = window.desk.pages.currentWidget()
    assert isinstance(page, MattersPage)
    qtbot.waitUntil(page.isVisible)
    return page


def begin_a_talk(qtbot: QtBot, window: MainWindow, words: str) -> RegisterPage:
    page = talks(qtbot, window)
    page.new_record()
    for name, typed in (("subject", "甲某某"), ("record", words)):
        type_into(page, name, typed)
    return page


def typed_in(page: RegisterPage) -> dict[str, object]:
    return page.side.detail.form.typed()


def unlock(qtbot: QtBot, window: MainWindow) -> None:
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)
    with qtbot.waitSignal(window.unlocked):
        window.lock_page.unlock.click()
    settle(qtbot, window)


def wake(qtbot: QtBot, window: MainWindow) -> None:
    """Bring the window to the front, where its cursor is seen."""
    with qtbot.waitActive(window):
        window.activateWindow()


def come_back(qtbot: QtBot, window: MainWindow, page: RegisterPage | MattersPage) -> None:
    """Wait until a page stands as it was left, with the window in front."""
    settle(qtbot, window)
    page.rest.finish()
    wake(qtbot, window)


def rows_of(page: RegisterPage, key: str) -> ChildTable:
    """Return the table of rows of a kind in the form."""
    table = page.side.detail.form.tables[key]
    assert isinstance(table, ChildTable)
    return table


def type_here(words: str) -> None:
    """Type where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


# --- what was being written ----------------------------------------------------------------------------------


def test_a_record_that_was_never_saved_stands_there_again_after_the_lock(qtbot: QtBot, window: MainWindow) -> None:
    begin_a_talk(qtbot, window, "写到一半")
    window.lock()
    assert window.lock_page.ground.kept.mark == Kept.STORED.value
    unlock(qtbot, window)
    assert window.desk is not None
    page = window.desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.side.detail.work.is_new)
    assert typed_in(page)["record"] == "写到一半"


def test_the_cursor_stands_again_where_it_stood_and_wipes_nothing_out(qtbot: QtBot, window: MainWindow) -> None:
    page = begin_a_talk(qtbot, window, "写到一半")
    page.side.detail.form.fields["subject"].show_raw("示例甲")
    type_into(page, "place", "三楼")
    wake(qtbot, window)
    put_cursor(page.side.detail.form.fields["place"])
    window.lock()
    unlock(qtbot, window)
    page = talks(qtbot, window)
    qtbot.waitUntil(lambda: page.side.detail.work.is_new)
    page.rest.finish()
    wake(qtbot, window)
    form = page.side.detail.form
    qtbot.waitUntil(lambda: field_with_cursor(form.fields) == "place")
    type_here("2")
    assert (typed_in(page)["place"], typed_in(page)["record"]) == ("三楼2", "写到一半")


@pytest.mark.parametrize("across", [False, True])
@pytest.mark.parametrize("typed", [True, False])
def test_the_cursor_stands_again_in_a_record_that_was_changed(
    qtbot: QtBot, window: MainWindow, session: Session, across: bool, typed: bool
) -> None:
    assert session.office is not None
    values = {"summary": "示例问题", "subject": "示例甲", "received_at": "2026-03-05", "source": "巡察"}
    lead = session.office.records.save(LEAD, values).records[0][1]
    page = cases(qtbot, window)
    if not across:
        page.toolbar.switcher.chosen.emit(LEAD.key)
    page.open_record(LEAD.key, lead)
    settle(qtbot, window)
    wake(qtbot, window)
    page.run("edit")
    if typed:
        type_into(page, "held_reason", "写到一半")
    page.side.detail.form.open_section(None, "summary")
    put_cursor(page.side.detail.form.fields["summary"], 2)
    window.lock()
    unlock(qtbot, window)
    page = cases(qtbot, window)
    come_back(qtbot, window, page)
    form = page.side.detail.form
    qtbot.waitUntil(lambda: field_with_cursor(form.fields) == "summary")
    type_here("2")
    assert typed_in(page)["summary"] == "示例2问题"


def test_the_field_with_the_cursor_is_in_sight_again(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    assert session.office is not None
    values = {"subject": "甲某某", "planned_date": "2026-03-05", "kind": "提醒"}
    talk = session.office.records.save(TALK, values).records[0][1]
    page = talks(qtbot, window)
    page.open_record(TALK.key, talk)
    settle(qtbot, window)
    wake(qtbot, window)
    page.side.detail.form.open_section(None, "subject_unit")
    type_into(page, "subject_unit", "写到一半")
    put_cursor(page.side.detail.form.fields["subject_unit"])
    window.lock()
    unlock(qtbot, window)
    page = talks(qtbot, window)
    page.rest.finish()
    view = page.side.detail.stack.form_scroll.viewport()

    def in_sight() -> bool:
        line = page.side.detail.form.fields["subject_unit"].editor
        top = line.mapTo(view, QPoint(0, 0)).y() if line is not None else -1
        return line is not None and 0 <= top <= view.height() - line.height()

    qtbot.waitUntil(in_sight)


@pytest.mark.parametrize("typed", [True, False])
def test_the_cursor_stands_again_in_a_cell_of_the_rows_below(
    qtbot: QtBot, window: MainWindow, session: Session, typed: bool
) -> None:
    assert session.office is not None
    rows = {"requirement": [{"words": "交样本说明"}, {"words": "报样本清单"}]}
    talk = session.office.records.save(TALK, {"subject": "甲某某", "planned_date": "2026-03-05"}, rows=rows)
    page = talks(qtbot, window)
    page.open_record(TALK.key, talk.records[0][1])
    settle(qtbot, window)
    wake(qtbot, window)
    table = rows_of(page, "requirement")
    table.open()
    table.view.setCurrentIndex(table.model.index(1, [field.name for field in table.model.fields].index("words")))
    table.view.setFocus()
    assert table.type_here(2)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    if typed:
        QTest.keyClicks(focus, "1")
    window.lock()
    unlock(qtbot, window)
    page = talks(qtbot, window)
    come_back(qtbot, window, page)
    table = rows_of(page, "requirement")
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    type_here("2")
    table.commit()
    words = [row["words"] for row in table.model.typed()]
    assert words == ["交样本说明", "报样12本清单" if typed else "报样2本清单"]


def test_a_covered_cell_is_in_hand_again_but_not_opened(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    assert session.office is not None
    letter = session.office.records.save(PETITION, {"received_at": "2026-03-05"}).records[0][1]
    page = cases(qtbot, window)
    page.open_record(PETITION.key, letter)
    settle(qtbot, window)
    wake(qtbot, window)
    page.run("edit")
    table = rows_of(page, "informant")
    table.open()
    table.add_row()
    name = [field.name for field in table.model.fields].index("name")
    table.view.setCurrentIndex(table.model.index(0, name))
    assert table.type_here()
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "abc")
    window.lock()
    unlock(qtbot, window)
    page = cases(qtbot, window)
    come_back(qtbot, window, page)
    table = rows_of(page, "informant")
    qtbot.waitUntil(table.view.hasFocus)
    assert table.view.currentIndex().column() == name
    assert not table.view.findChildren(QLineEdit)


def test_the_first_field_of_a_draft_is_not_wiped_out_by_the_next_key(qtbot: QtBot, window: MainWindow) -> None:
    page = begin_a_talk(qtbot, window, "写到一半")
    first = next(name for name, row in page.side.detail.form.fields.items() if row.field.required)
    page.side.detail.form.fields[first].show_raw("示例甲")
    page.side.acts.keep_draft()
    wake(qtbot, window)
    page.side.list.table.setFocus()
    page.new_record()
    editor = page.side.detail.form.fields[first].editor
    assert editor is not None
    assert isinstance(editor.target, QLineEdit)
    assert not editor.target.hasSelectedText()


def test_undo_out_of_an_empty_field_leaves_the_acts_while_others_are_typed(qtbot: QtBot, window: MainWindow) -> None:
    page = begin_a_talk(qtbot, window, "写到一半")
    office = office_of(window)
    saved = office.records.save(TALK, {"subject": "示例乙", "planned_date": "2026-03-05"})
    wake(qtbot, window)
    put_cursor(page.side.detail.form.fields["place"])
    assert window.desk is not None
    window.desk.last_act.undo()
    assert not office.history.entry(saved.entry).undone_by
    assert "没保存" in window.desk.last_act.bar.accessibleName()
    focus = QApplication.focusWidget()
    assert focus is not None
    focus.clearFocus()
    window.desk.last_act.undo()
    assert office.history.entry(saved.entry).undone_by


def test_undo_out_of_a_row_below_or_a_choice_leaves_the_acts_while_something_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = begin_a_talk(qtbot, window, "写到一半")
    office = office_of(window)
    saved = office.records.save(TALK, {"subject": "示例乙", "planned_date": "2026-03-05"})
    wake(qtbot, window)
    form = page.side.detail.form
    table = form.tables["requirement"]
    assert isinstance(table, ChildTable)
    table.add_row()
    table.view.setFocus()
    kind = form.fields["kind"].editor
    assert kind is not None
    assert window.desk is not None
    for target in (table.view, kind.target):
        target.setFocus()
        qtbot.waitUntil(target.hasFocus)
        window.desk.last_act.undo()
        assert not office.history.entry(saved.entry).undone_by


def test_an_empty_form_that_was_given_up_is_not_opened_again(qtbot: QtBot, window: MainWindow) -> None:
    talks(qtbot, window).new_record()
    window.lock()
    assert window.lock_page.ground.kept.mark == Kept.NOTHING.value
    unlock(qtbot, window)
    page = talks(qtbot, window)
    page.rest.finish()
    assert not page.side.detail.work.is_new


def test_a_draft_left_elsewhere_is_told_of_too(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    vault_of(session).drafts.put(TALK.key, 0, '{"typed": {"record": "甲"}, "rows": {}}')
    window.lock()
    assert window.lock_page.ground.kept.mark == Kept.STORED.value


def test_after_a_start_the_strip_leads_back_into_the_form(qtbot: QtBot, qapp: QApplication, session: Session) -> None:
    theme.install(qapp)
    office = session.unlock(PASSWORD)
    Drafts(office.desk).keep(TALK, None, {"record": "断电前写的"})
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.open_desk()
    window.show()
    settle(qtbot, window)
    assert window.desk is not None
    assert "有一份没写完的草稿" in window.desk.strips.words(left_drafts.STRIP)
    window.desk.strips.acted.emit(left_drafts.RESUME)
    page = window.desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.side.detail.work.is_new)
    assert typed_in(page)["record"] == "断电前写的"
    assert left_drafts.STRIP not in window.desk.strips.names()
    window._end()


def test_a_full_disk_keeps_nobody_from_locking_and_the_draft_comes_back(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    vault = vault_of(session)
    fill_the_disk(vault)
    begin_a_talk(qtbot, window, LONG)
    window.lock()
    qtbot.waitUntil(lambda: vault.closed)
    assert window.desk is None
    assert window.lock_page.ground.kept.mark.tone is Tone.AMBER
    assert session.has_unwritten
    # Sealed while the desk is locked: the words stand nowhere in what the session holds.
    assert all("甲某某".encode() not in box for box in session._waiting.values())
    unlock(qtbot, window)
    assert window.desk is not None
    page = window.desk.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    qtbot.waitUntil(lambda: page.side.detail.work.is_new)
    assert typed_in(page)["record"] == LONG
    # The disk had room again, so it is stored by now.
    assert not session.has_unwritten


def test_a_full_disk_is_told_in_words_while_one_types(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    make_room = fill_the_disk(vault_of(session))
    page = begin_a_talk(qtbot, window, LONG)
    page.side.acts.keep_draft()
    assert window.desk is not None
    strip = page.side.acts.keeping.strip
    assert strip.isVisible()
    assert HEADLINE in strip.accessibleName()
    assert "盘上空间不足" in strip.accessibleName()
    assert session.has_unwritten
    # It stands where the record stands, not over the other pages, and leaves when the disk takes it.
    assert window.desk.strips.names() == []
    make_room()
    page.side.acts.keep_draft()
    assert not session.has_unwritten
    assert strip.isHidden()


def test_what_is_in_memory_alone_is_told_in_passing_when_its_page_is_left(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    fill_the_disk(vault_of(session))
    page = begin_a_talk(qtbot, window, LONG)
    assert window.desk is not None
    with qtbot.waitSignal(page._context.events.said) as said:
        window.desk.show_tab("today")
    assert said.args
    assert HEADLINE in str(said.args[0])
    settle(qtbot, window)
    window.desk.show_tab("talks")
    assert page.side.acts.keeping.strip.isVisible()


def test_what_is_in_memory_alone_is_told_in_passing_when_its_record_is_left(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    make_room = fill_the_disk(vault_of(session))
    page = begin_a_talk(qtbot, window, LONG)
    page.side.acts.keep_draft()
    with qtbot.waitSignal(page._context.events.said) as said:
        page.side.acts.close()
    assert said.args
    assert HEADLINE in str(said.args[0])
    assert page.side.acts.keeping.strip.isHidden()
    page.new_record()
    assert typed_in(page)["record"] == LONG
    page.side.acts.keep_draft()
    assert page.side.acts.keeping.strip.isVisible()
    make_room()
    type_into(page, "planned_date", "2026-03-20")
    assert page.side.acts.save()
    assert page.side.acts.keeping.strip.isHidden()


def test_closing_over_a_full_disk_is_held_up_once(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    fill_the_disk(vault_of(session))
    begin_a_talk(qtbot, window, LONG)
    window.close()
    assert window.isVisible()
    assert window.desk is not None
    assert unwritten.UNWRITTEN.headline in window.desk.strips.words("trouble")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert session.office is None


def paste_an_informant(qtbot: QtBot, window: MainWindow) -> None:
    rows = [["标题", "收到日期", "举报人姓名"], ["示例反映", "2026-03-02", "示例举报人"]]
    assert window.desk is not None
    window.desk.errands._look_at_cells(register("petition"), rows)
    settle(qtbot, window)
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.pages.loses())


def test_locking_says_that_pasted_words_about_an_informant_were_not_kept(qtbot: QtBot, window: MainWindow) -> None:
    paste_an_informant(qtbot, window)
    window.lock()
    assert window.lock_page.ground.kept.mark == Kept.INFORMANT_LEFT_OUT.value
    unlock(qtbot, window)
    settle(qtbot, window)
    assert window.desk is not None
    page = window.desk.pages.currentWidget()
    assert isinstance(page, ImportPage)
    assert "没有留下" in page.strip.accessibleName()
    window.lock()
    assert window.lock_page.ground.kept.mark == Kept.NOTHING.value


def test_closing_over_pasted_words_about_an_informant_is_held_up_once(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    paste_an_informant(qtbot, window)
    window.close()
    assert window.isVisible()
    assert window.desk is not None
    assert unwritten.INFORMANT.headline in window.desk.strips.words("trouble")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert session.office is None


def test_what_held_up_the_closing_is_told_no_more_once_it_is_written(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    make_room = fill_the_disk(vault_of(session))
    page = begin_a_talk(qtbot, window, LONG)
    window.close()
    assert window.desk is not None
    assert window.desk.strips.names() == ["trouble"]
    make_room()
    page.side.acts.keep_draft()
    assert window.desk.strips.names() == []


@pytest.mark.parametrize("leaves", ["with another page", "when it is done after all"])
def test_what_was_refused_on_a_page_stands_over_no_other_and_not_for_ever(
    window: MainWindow, session: Session, leaves: str
) -> None:
    desk, error = (
        window.desk,
        NotWrittenError("没有保存成：盘上空间不足", "已经保存的内容没有动", "删去盘上不用的文件后再试"),
    )
    assert desk is not None
    messages.tell(desk.pages.currentWidget(), error)
    assert desk.strips.names() == ["trouble"]
    if leaves == "with another page":
        desk.show_tab("settings")
    else:
        desk.context.events.changed.emit(Change(frozenset({TALK.key})))
    assert desk.strips.names() == []
    # What no page told of stays until it was read.
    window.show_trouble(messages.trouble_of(error))
    desk.show_tab("help")
    assert desk.strips.names() == ["trouble"]


def test_a_window_that_stays_because_no_backup_was_made_names_nobody_in_its_title(
    qtbot: QtBot, window: MainWindow, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise NotWrittenError("没有做成备份：盘上空间不足", "数据都在本机", "换一个盘再备份")

    assert session.office is not None
    session.office.desk.set_setting("group", "驻某市示例局纪检监察组")
    window.lock()
    session.unlock(PASSWORD)
    window.open_desk()
    assert "纪检监察组" in window.windowTitle()
    monkeypatch.setattr(session.office.backups, "at_closing", refused)
    window.close()
    qtbot.waitUntil(lambda: "再按一次关闭即可退出" in window.lock_page.trouble.text())
    assert window.windowTitle() == "派驻监督工作台"


def test_closing_keeps_the_draft_once_there_is_room(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    make_room = fill_the_disk(vault_of(session))
    begin_a_talk(qtbot, window, LONG)
    window.close()
    make_room()
    with qtbot.waitSignal(window.closing):
        window.close()
    session.unlock(PASSWORD)
    assert LONG in vault_of(session).drafts.every()[0][3]


def test_a_refusal_that_nobody_took_is_told_in_its_own_words(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app.catch_faults(window)
    error = NotWrittenError("没有保存成：盘上空间不足", "已经保存的内容没有动", "删去盘上不用的文件后再试")
    sys.excepthook(type(error), error, None)
    assert window.desk is not None
    assert "盘上空间不足" in window.desk.strips.words("trouble")
    assert "程序出了差错" not in window.desk.strips.words("trouble")


# --- whatever is open ----------------------------------------------------------------------------------------


def press_lock(window: MainWindow) -> None:
    """Press Ctrl+L as the system hands it over: to the native window that has the focus."""
    native = QGuiApplication.focusWindow() or window.windowHandle()
    QTest.keyClick(native, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_key_locks_over_an_open_list(qtbot: QtBot, window: MainWindow) -> None:
    page = begin_a_talk(qtbot, window, "写到一半")
    editor = page.side.detail.form.fields["kind"].editor
    assert editor is not None
    box = editor.target
    assert isinstance(box, QComboBox)
    box.showPopup()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    press_lock(window)
    qtbot.waitUntil(lambda: window.desk is None)
    assert QApplication.activePopupWidget() is None


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_key_locks_over_an_open_menu(qtbot: QtBot, window: MainWindow) -> None:
    talks(qtbot, window)
    menu = QMenu(window)
    menu.addAction("甲")
    menu.popup(window.mapToGlobal(QPoint(50, 50)))
    qtbot.waitUntil(menu.isVisible)
    press_lock(window)
    qtbot.waitUntil(lambda: window.desk is None)
    assert not menu.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_key_locks_over_a_dialog(qtbot: QtBot, window: MainWindow) -> None:
    dialog = QDialog(window)
    dialog.setModal(True)
    with qtbot.waitActive(dialog):
        dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())
    press_lock(window)
    qtbot.waitUntil(lambda: window.desk is None)
    assert not dialog.isVisible()


class Clipboard:
    """A clipboard with a selection, as X11 has it; without a screen there is none to try it on."""

    def __init__(self) -> None:
        self.cleared: list[object] = []

    def ownsClipboard(self) -> bool:
        return False

    def supportsSelection(self) -> bool:
        return True

    def ownsSelection(self) -> bool:
        return True

    def clear(self, mode: QClipboard.Mode = QClipboard.Mode.Clipboard) -> None:
        self.cleared.append(mode)


def test_words_that_were_only_marked_cannot_be_pasted_after_the_lock(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = Clipboard()
    traces = Traces(window)
    monkeypatch.setattr(QGuiApplication, "clipboard", lambda: clipboard)
    traces.hide()
    assert clipboard.cleared == [QClipboard.Mode.Selection]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the dialogs are the system's own")
def test_file_dialogs_write_down_no_folder_that_was_visited(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a desktop's own dialogs Qt keeps the folders of its own in a readable file of the account."""
    Traces(window)
    case = tmp_path / "示例甲案材料"
    case.mkdir()
    dialog = QFileDialog(None, "选择", str(case))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    qtbot.waitUntil(dialog.isVisible)
    dialog.close()
    shiboken6.delete(dialog)
    kept = QSettings(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, "QtProject")
    assert not kept.allKeys()
    assert not Path(kept.fileName()).exists()
    assert kept.fileName().startswith(os.devnull)
