"""The window: tabs, the way back, locking and coming back, undo, backups, closing."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paizhu.base.errors import ChainBrokenError
from paizhu.registers import register
from paizhu.services.session import Session
from paizhu.ui import backup_strips, theme
from paizhu.ui.desk import Desk
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.backup import BackupPage
from paizhu.ui.pages.journal import JournalPage
from paizhu.ui.pages.settings import SettingsPage
from paizhu.ui.status_bar import StatusBar
from paizhu.ui.tabs import TABS
from paizhu.ui.wizards.fill_page import FillPage
from paizhu.ui.wizards.import_page import ImportPage
from tests.conftest import PASSWORD
from tests.unit.ui.conftest import StandInPage
from tests.unit.ui.windows import act, desk_of, office_of, page_at, press, settle

TALK = register("integrity_talk")
TYPED = {"subject": "孙立新", "planned_date": "2026-03-20"}


def page_of(window: MainWindow) -> StandInPage:
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, StandInPage)
    return page


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


# --- going about ---------------------------------------------------------------------------------------------


def test_pages_are_made_when_first_shown(window: MainWindow) -> None:
    pages = desk_of(window).pages
    assert len(list(pages.made())) == 1
    press(window, Qt.Key.Key_4, CTRL)
    assert pages.current_key == "talks"
    assert len(list(pages.made())) == 2


@pytest.mark.parametrize(("number", "key"), [(place, tab.key) for place, tab in enumerate(TABS, start=1)])
def test_each_tab_has_its_key(window: MainWindow, number: int, key: str) -> None:
    press(window, Qt.Key(Qt.Key.Key_0.value + number), CTRL)
    assert desk_of(window).pages.current_key == key
    assert desk_of(window).head.tabs.currentIndex() == number - 1


def test_a_record_opens_in_its_tab_and_back_returns_to_the_same_place(window: MainWindow, qtbot: QtBot) -> None:
    desk = desk_of(window)
    page_of(window).return_to(("today", 3))
    desk.context.events.asked_for.emit("integrity_talk", 7)
    assert desk.pages.current_key == "talks"
    # The page is made first, its record is shown in the next turn of the event loop.
    qtbot.waitUntil(lambda: page_of(window).opened == ("integrity_talk", 7))
    page_of(window).return_to(None)
    press(window, Qt.Key.Key_Left, ALT)
    assert desk.pages.current_key == "today"
    assert page_of(window).opened == ("today", 3)


def test_a_page_without_a_tab_leaves_through_its_button(window: MainWindow) -> None:
    desk = desk_of(window)
    desk.show_tab("talks")
    desk.head.settings.click()
    page = desk.pages.currentWidget()
    assert isinstance(page, SettingsPage)
    page.back.click()
    assert desk.pages.current_key == "talks"


def test_a_page_asked_for_has_the_focus(window: MainWindow) -> None:
    desk = desk_of(window)
    press(window, Qt.Key.Key_I, CTRL)
    page = desk.pages.currentWidget()
    assert isinstance(page, ImportPage)
    assert window.focusWidget() is page.files.choose
    desk.head.settings.click()
    page = desk.pages.currentWidget()
    focus = window.focusWidget()
    assert isinstance(page, SettingsPage)
    assert focus
    assert page.isAncestorOf(focus)


def test_the_key_of_a_tab_leads_into_its_page_and_the_arrows_stay_on_the_tabs(
    qtbot: QtBot, qapp: QApplication, session: Session
) -> None:
    theme.install(qapp)
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    window.open_desk()
    with qtbot.waitActive(window):
        window.show()
    desk = desk_of(window)
    tabs = desk.head.tabs
    for place, tab in enumerate(TABS, start=1):
        press(window, Qt.Key(Qt.Key.Key_0.value + place), CTRL)
        page, focus = desk.pages.currentWidget(), window.focusWidget()
        assert page
        assert focus
        assert page.isAncestorOf(focus), tab.label
    tabs.setFocus()
    QTest.keyClick(tabs, Qt.Key.Key_Left)
    assert desk.pages.current_key == TABS[-2].key
    assert window.focusWidget() is tabs
    settle(qtbot, window)
    window._end()


def test_the_marked_tab_can_be_clicked_to_leave_such_a_page(window: MainWindow) -> None:
    desk = desk_of(window)
    desk.show_tab("help")
    desk.head.tabs.tabBarClicked.emit(0)
    assert desk.pages.current_key == "today"


def test_keys_go_to_the_page_in_front(window: MainWindow) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    press(window, Qt.Key.Key_S, CTRL)
    assert page_of(window).asked == ["new", "save"]


def test_a_key_the_page_has_no_use_for_is_told(window: MainWindow) -> None:
    act(window, "print.open")
    assert "用不上" in desk_of(window).last_act.bar.accessibleName()


def test_the_status_shows_what_the_page_in_front_counts(window: MainWindow) -> None:
    desk = desk_of(window)
    page_of(window).status.emit("共 46 次 · 已选 1 次")
    assert desk.status._page.words() == "共 46 次 · 已选 1 次"
    desk.show_tab("talks")
    assert desk.status._page.words() == ""
    desk.show_tab("today")
    assert desk.status._page.words() == "共 46 次 · 已选 1 次"


def test_the_next_pane_gets_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    desk = desk_of(window)
    desk.head.tabs.setFocus()
    act(window, "pane.next")
    assert page_of(window).field.hasFocus()
    act(window, "pane.previous")
    assert desk.head.tabs.hasFocus()


# --- locking -------------------------------------------------------------------------------------------------


def test_locking_leaves_nothing_readable_and_comes_back_as_it_was(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    desk = desk_of(window)
    desk.show_tab("talks")
    page_of(window).return_to(("integrity_talk", 7))
    page_of(window).field.setText("孙立新的谈话")
    assert session.office is not None
    vault = session.office.vault
    press(window, Qt.Key.Key_L, CTRL)
    assert vault.closed
    assert session.office is None
    assert window.desk is None
    assert window.windowTitle() == "派驻监督工作台"
    assert "孙立新" not in readable(window, in_sight=True)
    # The widgets go page by page in the next turns of the event loop.
    qtbot.waitUntil(lambda: "孙立新" not in readable(window))
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)
    with qtbot.waitSignal(window.unlocked):
        window.lock_page.unlock.click()
    assert desk_of(window).pages.current_key == "talks"
    qtbot.waitUntil(lambda: page_of(window).opened == ("integrity_talk", 7))
    assert session.office is not None
    assert session.office.vault.drafts.every()[0][3] == "孙立新的谈话"
    settle(qtbot, window)


def test_the_clipboard_is_cleared_of_what_was_copied_here(window: MainWindow) -> None:
    copied = QMimeData()
    copied.setText("孙立新")
    QGuiApplication.clipboard().setMimeData(copied)
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_other_windows_are_hidden_at_the_lock(window: MainWindow, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    window.lock()
    assert not other.isVisible()


def test_keys_of_the_desk_do_nothing_while_it_is_locked(window: MainWindow) -> None:
    window.lock()
    press(window, Qt.Key.Key_4, CTRL)
    press(window, Qt.Key.Key_Z, CTRL)
    assert window.desk is None
    assert window.actions() == []


def test_work_on_its_way_is_stopped_by_the_lock(qtbot: QtBot, window: MainWindow) -> None:
    heard: list[object] = []
    tasks = desk_of(window).context.tasks

    def work(progress: object) -> None:
        assert callable(progress)
        for done in range(10**9):
            progress("正在写", done, 10**9)

    tasks.run(work, heard.append, heard.append, label="正在写")
    window.lock()
    assert heard == []


def test_the_set_minutes_reach_the_watch(window: MainWindow, session: Session) -> None:
    assert session.office is not None
    session.office.desk.set_setting("lock_minutes", 5)
    desk_of(window).context.events.settings_changed.emit("lock_minutes")
    assert window._watch is not None
    assert window._watch.minutes == 5
    assert desk_of(window).status.words("lock") == "5 分钟无操作自动锁定"
    window._lock_idle()
    assert "无操作 5 分钟" in readable(window)


def readable(window: MainWindow, *, in_sight: bool = False) -> str:
    words = [label.text() for label in window.findChildren(QLabel) if label.isVisible() or not in_sight]
    words += [edit.text() for edit in window.findChildren(QLineEdit) if edit.isVisible() or not in_sight]
    words += [edit.toPlainText() for edit in window.findChildren(QTextEdit) if edit.isVisible() or not in_sight]
    return " ".join([*words, window.windowTitle()])


# --- undo ----------------------------------------------------------------------------------------------------


def test_undo_and_redo_go_across_acts(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    view = office.records.default_view(TALK)
    office.records.save(TALK, TYPED)
    office.records.save(TALK, {**TYPED, "subject": "罗卫东"})
    for left in (1, 0):
        act(window, "act.undo")
        settle(qtbot, window)
        assert office.records.count(view) == left
    act(window, "act.undo")
    assert "没有可以撤销的操作" in desk_of(window).last_act.bar.accessibleName()
    act(window, "act.redo")
    settle(qtbot, window)
    assert office.records.count(view) == 1


def test_what_was_said_can_be_taken_back_from_the_bar(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    change = office.records.save(TALK, TYPED)
    desk = desk_of(window)
    desk.context.events.said.emit("已新增一次谈话。", change.entry)
    assert not desk.last_act.bar.isHidden()
    desk.last_act.bar._undo.click()
    settle(qtbot, window)
    assert office.records.count(office.records.default_view(TALK)) == 0


def test_the_journal_page_takes_any_act_back(qtbot: QtBot, window: MainWindow) -> None:
    office = office_of(window)
    office.records.save(TALK, TYPED)
    office.records.save(TALK, {**TYPED, "subject": "罗卫东"})
    page = page_at(window, "journal", JournalPage)
    assert page.model.rowCount() == 2
    page.table.go_to(1)
    assert "孙立新" in page.changes.toPlainText()
    page.undo.click()
    settle(qtbot, window)
    assert page.model.rowCount() == 3
    assert office.records.count(office.records.default_view(TALK)) == 1
    page.table.go_to(2)
    assert page.undo.reason == "已经撤销过"


def test_a_print_changes_no_record_and_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    office = desk_of(window).context.office
    saved = office.records.save(TALK, TYPED)
    office.printing.paper("talk_brief", TALK, saved.records[0][1], tmp_path / "谈前一页纸.pdf")
    desk = desk_of(window)
    desk.show_tab("journal")
    settle(qtbot, window)
    page = desk.pages.currentWidget()
    assert isinstance(page, JournalPage)
    told = [[str(page.model.index(row, at).data()) for at in (1, 2, 3)] for row in range(2)]
    assert told[0][0].startswith("打印")
    assert told[0][1:] == ["", "只留痕"]
    assert told[1][2] == "有效"
    page.table.go_to(0)
    assert page.undo.reason == "没有改动数据，不用撤销"


# --- backups and the chain -----------------------------------------------------------------------------------


def is_loud(status: StatusBar, key: str) -> bool:
    """Tell whether what stands in the status bar is amber or red."""
    return any(
        each.property("ink") for each in status.findChildren(QPushButton) if each.accessibleName() == status.words(key)
    )


def test_the_status_bar_shows_the_newest_proven_backup(qtbot: QtBot, window: MainWindow) -> None:
    status = desk_of(window).status
    assert status.words("backup") == "还没有备份"
    assert is_loud(status, "backup")
    # Not red: that is for what is overdue and for what blocks.
    assert {each.property("ink") for each in status.findChildren(QPushButton)} <= {"amber", ""}
    press(window, Qt.Key.Key_B, CTRL)
    settle(qtbot, window)
    assert status.words("backup") == "上次备份 今天 10:26"
    assert not is_loud(status, "backup")


def test_an_old_backup_is_red(window: MainWindow) -> None:
    from datetime import timedelta

    from paizhu.base import clock

    status = desk_of(window).status
    status.show_backup(clock.now() - timedelta(days=3))
    assert status.words("backup") == "已 3 天没有备份"
    assert is_loud(status, "backup")


def test_something_changed_is_backed_up_when_it_is_due(qtbot: QtBot, window: MainWindow) -> None:
    from datetime import timedelta

    from paizhu.base import clock

    office = office_of(window)
    upkeep = desk_of(window).upkeep
    upkeep.back_up_when_due()
    settle(qtbot, window)
    assert office.backups.list() == []
    office.records.save(TALK, TYPED)
    with clock.clock_at(clock.now() + timedelta(minutes=31)):
        upkeep.back_up_when_due()
        settle(qtbot, window)
    assert len(office.backups.list()) == 1


def test_going_back_to_a_backup_takes_three_clicks(qtbot: QtBot, window: MainWindow, session: Session) -> None:
    office = office_of(window)
    office.backups.make()
    office.records.save(TALK, TYPED)
    desk_of(window).status.backup_asked.emit()
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, BackupPage)
    assert window.focusWidget() is page.table
    page.restore.click()
    settle(qtbot, window)
    assert not page.question.isHidden()
    assert "备份以后的 1 次操作不在里面：廉政谈话少 1 条" in page.question.accessibleName()
    with qtbot.waitSignal(window.unlocked):
        page.question.acted.emit("restore")
    settle(qtbot, window)
    assert session.office is not None
    assert session.office.records.count(session.office.records.default_view(TALK)) == 0
    assert desk_of(window).pages.current_key == "backup"


def test_a_vault_with_a_damaged_page_can_be_brought_back_from_the_window(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    office = office_of(window)
    office.records.save(TALK, TYPED)
    office.backups.make()
    with office.vault.read() as connection:
        page_of_table = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'journal_entry'"
        ).fetchone()[0]
    window.lock()
    settle(qtbot, window)
    qtbot.waitUntil(lambda: session.office is None)
    assert session.folder is not None
    database = session.folder / "vault.db"
    raw = bytearray(database.read_bytes())
    raw[(page_of_table - 1) * 4096 + 50] ^= 1
    database.write_bytes(raw)
    session.unlock(PASSWORD)
    window.open_desk()
    settle(qtbot, window)
    desk = desk_of(window)
    assert "打开备份与恢复" in [button.text() for button in desk.strips.findChildren(QAbstractButton)]
    desk.strips.acted.emit(backup_strips.PAGE)
    settle(qtbot, window)
    page = desk.pages.currentWidget()
    assert isinstance(page, BackupPage)
    page.restore.click()
    settle(qtbot, window)
    assert "数不出差多少" in page.question.accessibleName()
    page.question.acted.emit("restore")
    settle(qtbot, window)
    assert session.office is not None
    assert "另存在" in desk_of(window).last_act.bar._words.text()
    assert session.office.records.get(TALK, 1).values["subject"]
    assert any(path.read_bytes() == bytes(raw) for path in session.folder.glob("backups/*.paizhu-kept/vault.db"))


def test_the_chain_is_verified_at_opening(qtbot: QtBot, window: MainWindow) -> None:
    assert desk_of(window).status.words("chain") == "留痕链校验通过 · 0 条"


def test_what_is_journalled_without_a_change_is_counted_at_once(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    assert session.office is not None
    with session.office.vault.act("print", "打印 示例文书", always=True):
        pass
    assert desk_of(window).status.words("chain") == "留痕链校验通过 · 1 条"
    desk_of(window).status.show_chain(1, wrong=1)
    with session.office.vault.act("print", "打印 示例文书", always=True):
        pass
    assert desk_of(window).status.words("chain") == "留痕链有 1 条校验不符"


def test_a_broken_chain_is_shown_with_what_to_do(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paizhu.ui import messages

    office = office_of(window)
    office.records.save(TALK, TYPED)
    with office.vault._transaction():
        office.vault._writer.execute("UPDATE journal_entry SET label = '改过的' WHERE id = 1")
    desk = desk_of(window)
    desk.upkeep.verify_chain()
    settle(qtbot, window)
    assert is_loud(desk.status, "chain")
    assert "第 1 条校验不符" in desk.strips.words("chain")
    assert "已转为只读" in desk.strips.words("chain")
    with pytest.raises(ChainBrokenError):
        office.records.save(TALK, {**TYPED, "planned_date": "2026-03-30"})
    report = tmp_path / "报告.txt"
    monkeypatch.setattr(messages, "ask_save", lambda *_: report)
    desk.strips.acted.emit("report")
    assert "第 1 条" in report.read_text(encoding="utf-8")


# --- settings ------------------------------------------------------------------------------------------------


def test_a_setting_takes_effect_as_it_is_changed(window: MainWindow, session: Session) -> None:
    page = page_at(window, "settings", SettingsPage)
    group = page.editor("group")
    assert isinstance(group, QLineEdit)
    group.setText("驻另一个示例局纪检监察组")
    group.editingFinished.emit()
    assert "驻另一个示例局纪检监察组" in window.windowTitle()
    assert session.office is not None
    assert session.office.desk.setting("group") == "驻另一个示例局纪检监察组"


def test_the_font_grows_by_key(window: MainWindow, qtbot: QtBot) -> None:
    act(window, "font.larger")
    act(window, "font.larger")
    qtbot.waitUntil(lambda: theme.current().points == 12.0 and window.updatesEnabled())
    act(window, "font.normal")
    qtbot.waitUntil(lambda: theme.current().points == 10.5 and window.updatesEnabled())


# --- closing -------------------------------------------------------------------------------------------------


def test_closing_keeps_drafts_makes_a_backup_and_lets_the_vault_go(
    qtbot: QtBot, window: MainWindow, session: Session
) -> None:
    assert session.office is not None
    backups = session.office.backups
    session.office.records.save(TALK, TYPED)
    page_of(window).field.setText("没写完")
    with qtbot.waitSignal(window.closing):
        window.close()
    assert session.office is None
    assert not window.isVisible()
    assert len(list(backups.own_place.glob("*.paizhu-backup"))) == 1
    office = session.unlock(PASSWORD)
    assert office.vault.drafts.every()[0][3] == "没写完"
    session.lock()


# --- everybody can use it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["today", "backup", "settings", "journal", "help"])
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, key: str) -> None:
    desk = desk_of(window)
    desk.show_tab(key)
    settle(qtbot, window)
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in desk.findChildren(kind)
        if widget.isVisible()
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


@pytest.mark.parametrize("points", [10.5, 16.0])
@pytest.mark.parametrize("key", ["today", "backup", "settings", "journal", "help"])
def test_the_window_fits_a_small_screen(qtbot: QtBot, window: MainWindow, key: str, points: float) -> None:
    theme.current().set_points(points)
    desk_of(window).show_tab(key)
    settle(qtbot, window)
    assert window.minimumSizeHint().boundedTo(QSize(1366, 696)) == window.minimumSizeHint()
    theme.current().normal()


@pytest.mark.parametrize(
    ("folder", "key"), [("forms/lead_figures.xlsx", "fill"), ("ledgers/talks_plain.xlsx", "import")]
)
def test_a_blank_form_dropped_on_the_window_is_filled_and_a_ledger_imported(
    window: MainWindow, qtbot: QtBot, folder: str, key: str
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(Path(__file__).resolve().parents[2] / "data" / folder))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(10, 10), copy, mime, left, none))
    qtbot.waitUntil(lambda: desk_of(window).pages.current_key == key)
    settle(qtbot, window)
    if key == "fill":
        page = desk_of(window).pages.currentWidget()
        assert isinstance(page, FillPage)
        qtbot.waitUntil(lambda: not page.busy)
        assert page.look is not None
        assert page.look.name == "lead_figures"


def test_a_file_dropped_on_the_search_line_is_no_word_to_seek_but_words_are(window: MainWindow) -> None:
    line = desk_of(window).head.search
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for urls, words in (([QUrl.fromLocalFile("/示例.pdf")], "/示例.pdf"), ([], "示例")):
        mime = QMimeData()
        # File managers give the path as words too.
        mime.setText(words)
        if urls:
            mime.setUrls(urls)
        QApplication.sendEvent(line, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
        QApplication.sendEvent(line, QDropEvent(QPointF(5, 5), copy, mime, left, none))
    assert line.text() == "示例"


@pytest.mark.parametrize(("page", "field"), [("settings", "使用人姓名"), ("calendar", "通知原文")])
def test_files_dragged_over_any_line_are_for_the_window_and_words_for_the_line(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, page: str, field: str
) -> None:
    desk = desk_of(window)
    desk.show_tab(page)
    settle(qtbot, window)
    # The fixture opened the desk before it showed the window; who unlocks it has it before him.
    desk.context.events.settings_changed.emit("lock_minutes")
    line = next(
        each
        for each in desk.pages.currentWidget().findChildren(QWidget)
        if each.accessibleName() == field and isinstance(each, QLineEdit | QPlainTextEdit)
    )
    place = QPointF(line.mapTo(window, line.rect().center()))
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    handle = window.windowHandle()
    before = line.text() if isinstance(line, QLineEdit) else line.toPlainText()
    for urls, words in (([QUrl.fromLocalFile(str(tmp_path / "示例.pdf"))], "/示例.pdf"), ([], "示例")):
        mime = QMimeData()
        mime.setText(words)
        if urls:
            mime.setUrls(urls)
        QApplication.sendEvent(handle, QDragEnterEvent(place.toPoint(), copy, mime, left, none))
        QApplication.sendEvent(handle, QDragMoveEvent(place.toPoint(), copy, mime, left, none))
        QApplication.sendEvent(handle, QDropEvent(place, copy, mime, left, none))
        qtbot.waitUntil(line.acceptDrops)
        now = line.text() if isinstance(line, QLineEdit) else line.toPlainText()
        assert ("/示例.pdf" in now, now != before) == (False, not urls)
    assert "“示例.pdf”不是工作簿，没有导入" in desk.last_act.bar.accessibleName()


def test_a_ledger_that_was_taken_for_a_blank_form_goes_on_to_the_import(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """Few records under long headings read like a table of figures."""
    path = Path(__file__).resolve().parents[2] / "data" / "messy/02_talks_name_and_post.xlsx"
    desk = desk_of(window)
    desk.errands.take_dropped([path])
    qtbot.waitUntil(lambda: desk.pages.current_key == "fill")
    page = desk.pages.currentWidget()
    assert isinstance(page, FillPage)
    qtbot.waitUntil(lambda: page.look is not None)
    page.ledger.click()
    assert desk.pages.current_key == "import"
    settle(qtbot, window)
    taken = desk.pages.currentWidget()
    assert isinstance(taken, ImportPage)
    qtbot.waitUntil(lambda: path in taken.flow.paths)


def test_what_is_no_workbook_dropped_on_the_window_is_named_and_the_rest_imported(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    ledger = Path(__file__).resolve().parents[2] / "data" / "ledgers/talks_plain.xlsx"
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    before = desk_of(window).pages.current_key
    for paths, key in (([tmp_path / "示例.pdf"], before), ([tmp_path / "示例.pdf", ledger], "import")):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        desk_of(window).last_act.bar.hide()
        window.dropEvent(QDropEvent(QPointF(10, 10), copy, mime, left, none))
        qtbot.waitUntil(lambda key=key: desk_of(window).pages.current_key == key)  # type: ignore[misc]  # a lambda's default has no type
        assert "“示例.pdf”不是工作簿，没有导入" in desk_of(window).last_act.bar.accessibleName()
    settle(qtbot, window)


# --- comparing with a backup ---------------------------------------------------------------------------------


@pytest.fixture
def tampered(qtbot: QtBot, window: MainWindow) -> Desk:
    """A desk whose journal and one record were rewritten behind the program's back, after a backup."""
    office = office_of(window)
    for day in ("2026-03-20", "2026-03-21", "2026-03-22"):
        office.records.save(TALK, {**TYPED, "planned_date": day})
    office.backups.make()
    office.records.save(TALK, {"place": "三楼"}, 1)
    with office.vault._transaction():
        office.vault._writer.execute("UPDATE journal_entry SET actor = '别人' WHERE id = 2")
        office.vault._writer.execute("UPDATE integrity_talk SET planned_date = '2026-02-02' WHERE id = 3")
    desk = desk_of(window)
    desk.upkeep.verify_chain()
    settle(qtbot, window)
    return desk


def buttons_of(widget: QWidget) -> dict[str, QAbstractButton]:
    return {button.accessibleName(): button for button in widget.findChildren(QAbstractButton) if button.isVisible()}


def test_the_strip_tells_three_parts_and_can_be_folded(qtbot: QtBot, window: MainWindow, tampered: Desk) -> None:
    words = tampered.strips.words("chain")
    for part in ("第 2 条校验不符", "今天 10:26 的一条记录与校验值不一致", "数据未改动", "与今天 10:26 的备份比对"):
        assert part in words
    high = tampered.strips.height()
    QTest.mouseClick(buttons_of(tampered.strips)["收起"], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert tampered.strips.height() < high
    assert {"与备份比对", "导出校验报告"} <= set(buttons_of(tampered.strips))


def test_comparing_lists_what_left_no_trace_and_opens_the_record(
    qtbot: QtBot, window: MainWindow, tampered: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paizhu.ui import messages
    from paizhu.ui.pages.compare import ComparePage

    QTest.mouseClick(buttons_of(tampered.strips)["与备份比对"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    page = tampered.pages.currentWidget()
    assert isinstance(page, ComparePage)
    shown = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert shown == ["留痕", "廉政谈话"]
    page.chips.set_current("integrity_talk")
    page.chips.chosen.emit("integrity_talk")
    assert page.model.rowCount() == 1
    assert page.details.toPlainText() == "计划日期：2026-03-22 → 2026-02-02"
    page.chips.set_current("all")
    page.known.setChecked(True)
    assert page.model.rowCount() == 3
    page.known.setChecked(False)
    report = tmp_path / "报告.txt"
    monkeypatch.setattr(messages, "ask_save", lambda *_: report)
    QTest.mouseClick(page.report, Qt.MouseButton.LeftButton)
    written = report.read_text(encoding="utf-8")
    assert "【廉政谈话】1 处没有留痕" in written
    assert "计划日期" in written
    assert "孙立新" not in written
    page.table.go_to(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page_of(window).opened == ("integrity_talk", 3))


def test_comparing_can_be_stopped_and_says_so(
    qtbot: QtBot, window: MainWindow, tampered: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paizhu.base.errors import CancelledError
    from paizhu.services.safety import comparing
    from paizhu.ui.pages.compare import ComparePage

    def stopped(self: object, backup: object, progress: object) -> None:
        raise CancelledError

    monkeypatch.setattr(comparing.Comparing, "compare", stopped)
    tampered.compare()
    settle(qtbot, window)
    page = tampered.pages.currentWidget()
    assert isinstance(page, ComparePage)
    stopped_words = "已停下，没有比完。台账和备份都没有改动。"
    qtbot.waitUntil(lambda: page._empty.accessibleName() == stopped_words)
    assert page.again.isEnabled()
    # The list of backups may be read once more just then.
    page._show_backups(list(page._backups))
    assert page._empty.accessibleName() == stopped_words


def test_without_a_backup_the_page_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    from paizhu.ui.pages.compare import ComparePage

    desk_of(window).compare()
    settle(qtbot, window)
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, ComparePage)
    assert page.again.reason == "还没有可以比对的备份"
    # Nothing stands there that leads nowhere: no empty box, no button that starts nothing.
    assert not page.which.isVisible()
    offers = [each for each in page.findChildren(QPushButton) if each.isVisible() and each.text() != "返回 Alt+←"]
    assert [each.text() for each in offers] == ["打开备份与恢复"]
    QTest.mouseClick(offers[0], Qt.MouseButton.LeftButton)
    assert isinstance(desk_of(window).pages.currentWidget(), BackupPage)


def test_the_page_of_backups_compares_the_chosen_one(qtbot: QtBot, window: MainWindow, tampered: Desk) -> None:
    from paizhu.ui.pages.compare import ComparePage

    tampered.show_tab("backup")
    settle(qtbot, window)
    page = tampered.pages.currentWidget()
    assert isinstance(page, BackupPage)
    page.table.go_to(0)
    QTest.mouseClick(page.compare, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    compared = tampered.pages.currentWidget()
    assert isinstance(compared, ComparePage)
    assert compared.compared is not None


# --- backups that were not made, or are old ------------------------------------------------------------------


def test_a_backup_that_was_not_made_says_why_and_offers_two_ways_on(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paizhu.storage import backup
    from paizhu.storage.atomic import NotWrittenError
    from paizhu.ui import messages

    desk = desk_of(window)

    def full(*_given: object) -> None:
        raise NotWrittenError("没有备份：盘上空间不足，还差 120 MB", "", "删去盘上不用的文件，或换一个盘再备份")

    with monkeypatch.context() as patched:
        patched.setattr(backup, "_ask_for_room", full)
        press(window, Qt.Key.Key_B, CTRL)
        settle(qtbot, window)
    words = desk.strips.words("backup-refused")
    assert words.startswith("没有做成备份。盘上空间不足，还差 120 MB。数据都在本机")
    elsewhere = tmp_path / "另一个 盘"
    elsewhere.mkdir()
    monkeypatch.setattr(messages, "ask_folder", lambda *_: elsewhere)
    QTest.mouseClick(buttons_of(desk.strips)["换个位置备份"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(list(elsewhere.glob("*.paizhu-backup"))) == 1
    QTest.mouseClick(buttons_of(desk.strips)["再试一次"], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "backup-refused" not in desk.strips.names()
    assert desk.status.words("backup") == "上次备份 今天 10:26"


def test_an_old_backup_is_reminded_of_and_one_press_makes_a_new_one(qtbot: QtBot, window: MainWindow) -> None:
    from datetime import timedelta

    from paizhu.base import clock

    desk = desk_of(window)
    press(window, Qt.Key.Key_B, CTRL)
    settle(qtbot, window)
    assert "backup-old" not in desk.strips.names()
    with clock.clock_at(clock.now() + timedelta(days=3)):
        desk.upkeep.look_at_backups()
        settle(qtbot, window)
        assert "已 3 天没有备份" in desk.strips.words("backup-old")
        QTest.mouseClick(buttons_of(desk.strips)["现在备份"], Qt.MouseButton.LeftButton)
        settle(qtbot, window)
        assert "backup-old" not in desk.strips.names()


def test_the_list_of_backups_follows_one_made_from_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    desk.show_tab("backup")
    settle(qtbot, window)
    page = desk.pages.currentWidget()
    assert isinstance(page, BackupPage)
    assert page.model.rowCount() == 0
    desk.upkeep.back_up()
    settle(qtbot, window)
    assert page.model.rowCount() == 1


def test_the_page_of_backups_sees_that_the_second_place_is_gone(
    qtbot: QtBot, window: MainWindow, session: Session, tmp_path: Path
) -> None:
    assert session.office is not None
    stick = tmp_path / "盘"
    stick.mkdir()
    session.office.desk.set_setting("second_backup", str(stick))
    desk_of(window).show_tab("backup")
    page = desk_of(window).pages.currentWidget()
    assert isinstance(page, BackupPage)
    settle(qtbot, window)
    assert page.second_state.text() == "现在连着"
    stick.rmdir()
    page.make_now()
    settle(qtbot, window)
    assert page.second_state.text() == "现在没有连上"
