"""The first run: seven steps, four ways in."""

import errno
import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.progress import Progress
from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.storage import restore
from paizhu.ui import messages, theme
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.password_edit import StrengthBar
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.lock import LockPage
from paizhu.ui.recovery_sheet import RecoverySheet
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import POINTS, Theme
from paizhu.ui.wizards.first_run import FirstRun
from paizhu.ui.wizards.first_run_data import STEPS
from tests.conftest import PASSWORD
from tests.unit.documents.pdf_reading import page_count, text_of
from tests.unit.ui.first_steps import GOOD, fill_group, fill_password


@pytest.fixture
def wizard(qtbot: QtBot, qapp: QApplication, fresh: Session, tasks: Tasks, tmp_path: Path) -> FirstRun:
    theme.install(qapp)
    made = FirstRun(fresh, tasks)
    qtbot.addWidget(made)
    made.group.set_place(tmp_path)
    made.resize(1366, 696)
    made.show()
    return made


def make_vault(qtbot: QtBot, wizard: FirstRun, tasks: Tasks) -> None:
    fill_group(wizard)
    fill_password(wizard)
    wizard.next.click()
    qtbot.waitUntil(lambda: wizard.current is wizard.recovery)


def back_up(folder: Path) -> None:
    """Leave a backup of a vault behind, made by another start."""
    other = Session(Machine())
    other.choose(folder)
    other.unlock(PASSWORD).backups.make()
    other.lock()


def test_the_notice_about_state_secrets_stands_on_the_first_page(wizard: FirstRun) -> None:
    said = " ".join(label.text() for label in wizard.welcome.findChildren(QLabel))
    names = " ".join(child.accessibleName() for child in wizard.welcome.findChildren(QAbstractButton))
    assert "严禁在本程序中录入、存储、处理国家秘密" in said
    for way in ("新建工作台", "打开已有的", "从备份恢复", "先试示例数据"):
        assert way in names


def test_a_first_start_stands_on_its_first_button(qtbot: QtBot, qapp: QApplication, fresh: Session) -> None:
    theme.install(qapp)
    window = MainWindow(fresh)
    qtbot.addWidget(window)
    window.begin()
    with qtbot.waitActive(window):
        window.show()
    wizard = window.first_run
    assert wizard is not None
    assert window.focusWidget() is wizard.welcome.buttons["new"]
    window._end()


def test_the_first_run_needs_no_mouse(qtbot: QtBot, wizard: FirstRun) -> None:
    wizard.activateWindow()
    wizard.welcome.setFocus()
    QTest.keyClick(wizard.welcome.buttons["new"], Qt.Key.Key_Return)
    for edit, words in (
        (wizard.group.group, "驻某市示例局纪检监察组"),
        (wizard.group.unit, "某市示例局"),
        (wizard.group.officer, "陈守正"),
    ):
        assert wizard.focusWidget() is edit
        edit.insert(words)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    QTest.keyClick(wizard.group.place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current is wizard.password
    QTest.keyClick(wizard.password.form.first.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current is wizard.password, "a step that waits is not left by the key either"
    QTest.keyClicks(wizard.password.form.first.field, GOOD)
    QTest.keyClick(wizard.password.form.first.field, Qt.Key.Key_Return)
    QTest.keyClicks(wizard.password.form.second.field, GOOD)
    QTest.keyClick(wizard.password.form.second.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wizard.current is wizard.recovery)


def test_f1_explains_each_step_below_what_is_filled_in_there(wizard: FirstRun, qtbot: QtBot) -> None:
    assert wizard.help.button.text() == "这一步的说明 F1"
    told = set()
    for at, (_key, label) in enumerate(STEPS):
        wizard.go_to(at)
        assert wizard.help.isHidden(), "no longer about the step in front"
        QTest.keyClick(wizard, Qt.Key.Key_F1)
        assert wizard.help.isVisible()
        assert wizard.help.accessibleName().startswith(f"说明：{label}。")
        told.add(wizard.help.words())
    wizard.choose_way("restore")
    assert wizard.help.isHidden()
    QTest.mouseClick(wizard.help.button, Qt.MouseButton.LeftButton)
    told.add(wizard.help.words())
    assert len(told) == len(STEPS) + 1
    assert all(len(words) > 60 and "##" not in words for words in told)
    QTest.keyClick(wizard, Qt.Key.Key_F1)
    assert wizard.help.isHidden()


def test_the_words_of_the_first_page_grow_by_the_key(qtbot: QtBot, wizard: FirstRun) -> None:
    look = theme.current()
    look.normal()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    start = look.points
    QTest.keyClick(wizard, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: look.points > start)
    QTest.keyClick(wizard, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: look.points == start)


def test_the_next_button_tells_why_it_waits(wizard: FirstRun) -> None:
    wizard.choose_way("new")
    assert wizard.next.reason == "请先填写派驻机构名称"
    fill_group(wizard)
    assert wizard.next.isEnabled()
    wizard.next.click()
    wizard.password.form.first.field.setText("某市示例局2026年")
    assert "不含姓名、单位简称" in wizard.next.reason
    wizard.next.click()
    assert wizard.current is wizard.password


def test_a_short_name_of_the_unit_is_no_password(wizard: FirstRun) -> None:
    fill_group(wizard)
    wizard.next.click()
    for edit in (wizard.password.form.first, wizard.password.form.second):
        edit.field.setText("示例局-abc-98765")
    assert not wizard.next.isEnabled()


def test_all_seven_steps_make_a_vault_that_opens_again(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, tasks: Tasks, tmp_path: Path
) -> None:
    make_vault(qtbot, wizard, tasks)
    code = wizard._gathered.code
    assert wizard.next.reason == "请先打印或存下恢复密钥"
    assert not wizard.later.isEnabled()
    wizard.recovery.sheet.write_text(tmp_path / "恢复单.txt")
    assert code.split("-")[0] in (tmp_path / "恢复单.txt").read_text(encoding="utf-8")
    wizard.next.click()
    second = tmp_path / "盘"
    second.mkdir()
    wizard.backup.set_second(second)
    wizard.next.click()
    assert wizard.current is wizard.calendar
    assert wizard.calendar.model.rowCount() > 10
    assert wizard.focusWidget() is wizard.calendar.table
    wizard.next.click()
    with qtbot.waitSignal(wizard.finished) as finished:
        wizard.next.click()
    assert finished.args == [False]
    office = fresh.office
    assert office is not None
    assert office.desk.setting("lock_minutes") == 5
    # The unit typed once stands in the roster, so that records point to it.
    unit = registers.register("unit")
    (host,) = office.records.window(office.records.default_view(unit), 0, 9)
    assert (host.values["name"], host.values["kind"]) == (office.desk.setting("unit"), "host")
    assert office.desk.setting("second_backup") == str(second)
    assert fresh.next_step() == ""
    assert fresh.folder == tmp_path / "驻某市示例局纪检监察组.paizhu"
    fresh.lock()
    fresh.unlock(GOOD)
    fresh.lock()
    fresh.recover(code, "另一个口令-98765")
    fresh.lock()


def test_steps_put_off_are_resumed_where_they_were_left(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, tasks: Tasks, tmp_path: Path
) -> None:
    make_vault(qtbot, wizard, tasks)
    wizard.recovery.sheet.write_text(tmp_path / "恢复单.txt")
    wizard.next.click()
    with qtbot.waitSignal(wizard.finished):
        wizard.later.click()
    assert fresh.next_step() == "backup"
    again = FirstRun(fresh, tasks, step=fresh.next_step())
    qtbot.addWidget(again)
    assert again.current is again.backup
    again.back.click()
    assert not again.recovery._gone.isHidden()
    assert again.recovery.waits_for() == ""
    fresh.lock()


def test_a_code_that_was_never_printed_is_issued_anew_in_its_step(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, tasks: Tasks, tmp_path: Path
) -> None:
    make_vault(qtbot, wizard, tasks)
    # As after a program that was killed before the sheet was printed.
    again = FirstRun(fresh, tasks, step=fresh.next_step())
    qtbot.addWidget(again)
    step = again.recovery
    assert again.current is step
    step.renew.click()
    assert "请先填口令" in step.note.words()
    step.password.field.setText("不是这个")
    with qtbot.waitSignal(tasks.idle):
        step.renew.click()
    assert "口令不对" in step.note.words()
    step.password.field.setText(GOOD)
    with qtbot.waitSignal(tasks.idle):
        step.renew.click()
    assert not step.sheet.isHidden()
    assert step.password.text() == ""
    assert "请先打印或存下" in step.waits_for()
    step.sheet.write_text(tmp_path / "恢复单.txt")
    assert step.waits_for() == ""
    code = "".join((tmp_path / "恢复单.txt").read_text(encoding="utf-8").splitlines()[4:6])
    fresh.lock()
    fresh.recover(code, "另一个口令-98765")
    fresh.lock()


def test_a_damaged_vault_is_put_right_where_it_lies(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, tasks: Tasks
) -> None:
    make_vault(qtbot, wizard, tasks)
    assert fresh.office is not None
    folder = fresh.office.vault.folder
    fresh.office.backups.make()
    fresh.lock()
    (folder / "vault.db").write_bytes(b"?" * 5000)
    again = FirstRun(fresh, tasks)
    qtbot.addWidget(again)
    again.mend(folder)
    qtbot.waitUntil(lambda: again.restoring.which.count() == 1)
    again.restoring.password.field.setText(GOOD)
    with qtbot.waitSignal(again.restoring.restored):
        again.restoring.go.click()
    assert fresh.folder == folder
    fresh.unlock(GOOD)
    assert any("已恢复到" in words for words in fresh.notices)
    fresh.lock()


def test_a_place_that_is_taken_is_not_overwritten(wizard: FirstRun, tmp_path: Path) -> None:
    (tmp_path / "驻某市示例局纪检监察组.paizhu").mkdir()
    fill_group(wizard)
    assert "已经有同名的数据" in wizard.next.reason


def test_an_existing_vault_is_chosen_and_still_locked(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_folder", lambda *_: vault_folder)
    with qtbot.waitSignal(wizard.vault_chosen):
        wizard.welcome.buttons["open"].click()
    assert fresh.folder == vault_folder
    assert fresh.office is None


def test_a_folder_that_is_no_vault_is_refused_in_place(
    wizard: FirstRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_folder", lambda *_: tmp_path)
    wizard.welcome.buttons["open"].click()
    assert "不是工作台的数据文件夹" in wizard.strips.words("trouble")


def test_a_vault_comes_back_from_a_backup(
    qtbot: QtBot,
    wizard: FirstRun,
    fresh: Session,
    vault_folder: Path,
    tasks: Tasks,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    back_up(vault_folder)
    wizard.choose_way("restore")
    step = wizard.restoring
    (tmp_path / "回来").mkdir()
    monkeypatch.setattr(messages, "ask_folder", lambda *_: tmp_path / "回来")
    step.elsewhere.click()
    step.look_into(vault_folder)
    qtbot.waitUntil(lambda: step.which.count() == 1)
    step.password.field.setText("不是口令")
    step.go.click()
    qtbot.waitUntil(lambda: "口令不对" in step.note.words())
    step.password.field.setText(PASSWORD)
    with qtbot.waitSignal(wizard.vault_chosen):
        step.go.click()
    assert fresh.folder == tmp_path / "回来" / "示例.paizhu"
    # The locked page follows: it must not look as if nothing had happened.
    page = LockPage(fresh, tasks)
    qtbot.addWidget(page)
    page.show_locked()
    assert f"备份，存在 {fresh.folder}。用那时的口令解锁" in page.note.words()
    fresh.unlock(PASSWORD)
    assert "已恢复到" in fresh.notices[0]
    fresh.lock()


def test_a_backup_that_was_never_proven_is_not_the_one_that_is_proposed(
    qtbot: QtBot, wizard: FirstRun, vault_folder: Path
) -> None:
    other = Session(Machine())
    other.choose(vault_folder)
    office = other.unlock(PASSWORD)
    good = office.backups.make().first
    with clock.clock_at(clock.now() + timedelta(hours=1)):
        (office.backups.make().first.folder / "proven.json").unlink()
    other.lock()
    wizard.choose_way("restore")
    step = wizard.restoring
    step.look_into(vault_folder)
    qtbot.waitUntil(lambda: step.which.count() == 2)
    assert f"{good.made:%H:%M}" in step.which.currentText()
    assert "已核验" in step.which.currentText()


def test_a_mistyped_recovery_code_is_told_by_its_group_and_costs_no_try(
    qtbot: QtBot, wizard: FirstRun, tmp_path: Path
) -> None:
    other = Session(Machine())
    office, code = other.create(tmp_path / "原来.paizhu", {}, GOOD)
    office.backups.make()
    other.lock()
    wizard.choose_way("restore")
    step = wizard.restoring
    step.set_target(tmp_path / "回来")
    step.look_into(tmp_path / "原来.paizhu")
    qtbot.waitUntil(lambda: step.which.count() == 1)
    for typed in (code[:-1], code.replace("-", "")[1:]):
        step.password.field.setText(typed)
        step.go.click()
        qtbot.waitUntil(step.go.isEnabled)
        # Without its strokes the code may be wrong in the second group too, as far as can be seen.
        wrong = "8" if typed == code[:-1] else r"1(、\d)*"
        assert re.search(f"第 {wrong} 组与恢复单不符", step.note.words())
        assert "也不计入试错次数" in step.note.words()
    step.password.field.setText(code.lower().replace("-", " "))
    with qtbot.waitSignal(wizard.vault_chosen):
        step.go.click()


def test_a_refusal_below_the_edge_of_a_small_window_is_scrolled_into_view(qtbot: QtBot, wizard: FirstRun) -> None:
    theme.current().set_points(21.0)
    wizard.choose_way("restore")
    step = wizard.restoring
    qtbot.waitUntil(lambda: step.go.visibleRegion().isEmpty())
    step.password.entered.emit()
    assert "请先选备份在哪里" in step.words.text()
    qtbot.waitUntil(lambda: not step.words.visibleRegion().isEmpty())
    theme.current().normal()


def test_a_step_begins_at_its_top_however_far_the_one_before_was_scrolled(qtbot: QtBot, wizard: FirstRun) -> None:
    theme.current().set_points(21.0)
    wizard.choose_way("new")
    area = next(each for each in wizard.findChildren(QScrollArea) if each.isAncestorOf(wizard.group))
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    fill_group(wizard)
    bar.setValue(bar.maximum())
    wizard.next.click()
    assert wizard.current is wizard.password
    assert bar.value() == 0
    theme.current().normal()


def test_what_is_known_of_each_year_is_never_cut(qtbot: QtBot, wizard: FirstRun, tasks: Tasks) -> None:
    make_vault(qtbot, wizard, tasks)
    theme.current().set_points(21.0)
    wizard.go_to(5)
    wizard.resize(1366, 696)
    QApplication.processEvents()
    marks = wizard.calendar.findChildren(MarkLabel)
    assert len(marks) == 3
    qtbot.waitUntil(lambda: all(mark.width() >= mark.sizeHint().width() for mark in marks))
    assert len({mark.y() for mark in marks}) > 1, "they have a line each, or two share one"
    theme.current().normal()


def test_a_place_without_room_leaves_another_to_be_chosen(
    qtbot: QtBot, wizard: FirstRun, vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(vault_folder)
    wizard.choose_way("restore")
    step = wizard.restoring
    full = tmp_path / "满盘"
    full.mkdir()
    step.set_target(full)
    step.look_into(vault_folder)
    qtbot.waitUntil(lambda: step.which.count() == 1)
    assert step.place.text() == str(full / "示例.paizhu")
    copy = restore._copy

    def no_room(source: Path, dest: Path, progress: Progress) -> None:
        if full in dest.parents:
            raise OSError(errno.ENOSPC, "full")
        copy(source, dest, progress)

    monkeypatch.setattr(restore, "_copy", no_room)
    step.password.field.setText(PASSWORD)
    step.go.click()
    qtbot.waitUntil(lambda: "盘上空间不足" in step.words.text())
    assert list(full.iterdir()) == []
    step.set_target(tmp_path)
    with qtbot.waitSignal(wizard.vault_chosen):
        step.go.click()


def test_going_back_from_the_restore_page_leads_to_the_welcome_page(wizard: FirstRun) -> None:
    wizard.choose_way("restore")
    wizard.back.click()
    assert wizard.current is wizard.welcome


@pytest.mark.parametrize("points", [10.5, 16.0, 21.0])
def test_every_step_fits_a_small_screen_and_every_control_has_a_name(
    qtbot: QtBot, wizard: FirstRun, points: float
) -> None:
    theme.current().set_points(points)
    for at in range(7):
        wizard.go_to(at)
        # As once the vault is made.
        for button in (wizard.lock, wizard.back, wizard.later, wizard.next):
            button.show()
        wizard.later.setText("以后再设置其余步骤")
        assert wizard.minimumSizeHint().width() <= 1366
        assert wizard.minimumSizeHint().height() <= 696
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in wizard.findChildren(kind)
        if not (widget.accessibleName() or getattr(widget, "text", str)())
        and str(widget.metaObject().className()) != "QTableCornerButton"
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
    theme.current().normal()


# --- the recovery sheet --------------------------------------------------------------------------------------


@pytest.fixture
def sheet(qtbot: QtBot, qapp: QApplication, tasks: Tasks) -> RecoverySheet:
    from paizhu.storage.keys import new_recovery_code

    theme.install(qapp)
    made = RecoverySheet(tasks, "驻某市示例局纪检监察组")
    qtbot.addWidget(made)
    made.show_code(new_recovery_code())
    return made


def test_copying_the_code_correctly_counts_as_kept(qtbot: QtBot, sheet: RecoverySheet) -> None:
    sheet.typed.setText(sheet._code.lower().replace("-", " "))
    with qtbot.waitSignal(sheet.kept):
        sheet.compare()


def test_a_wrong_group_is_named_and_nothing_counts_as_kept(sheet: RecoverySheet) -> None:
    first = "A" if sheet._code[0] != "A" else "B"
    sheet.typed.setText(first + sheet._code[1:])
    sheet.compare()
    assert "第 1 组" in sheet.note.words()
    assert not sheet.is_kept


def test_a_right_copy_is_told_as_soon_as_it_stands_there(qtbot: QtBot, sheet: RecoverySheet) -> None:
    sheet.show()
    with qtbot.waitSignal(sheet.kept):
        QTest.keyClicks(sheet.typed, sheet._code.lower())
    assert sheet.note.words() == "抄得对。"
    QTest.keyClick(sheet.typed, Qt.Key.Key_Backspace)
    assert sheet.note.words() == ""
    assert sheet.differs()


def test_the_next_step_waits_while_a_wrong_copy_stands_there(
    qtbot: QtBot, wizard: FirstRun, tasks: Tasks, tmp_path: Path
) -> None:
    """Tried and found wrong, the sheet would be of no use on the day it is needed."""
    make_vault(qtbot, wizard, tasks)
    sheet = wizard.recovery.sheet
    sheet.write_text(tmp_path / "恢复单.txt")
    assert wizard.next.isEnabled()
    QTest.keyClicks(sheet.typed, sheet._code[:-1])
    assert "还不一样" in wizard.next.reason
    QTest.keyClick(sheet.typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wizard.current is wizard.recovery
    QTest.keyClicks(sheet.typed, sheet._code[-1])
    assert wizard.next.isEnabled()
    sheet.typed.setText("AB")
    sheet.typed.setText("")
    assert wizard.next.isEnabled(), "trying it is free"


@pytest.mark.parametrize("name", ["恢复单.pdf", "恢复单.txt"])
def test_no_sheet_is_left_among_the_data_it_opens(
    qtbot: QtBot, wizard: FirstRun, tasks: Tasks, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    make_vault(qtbot, wizard, tasks)
    assert wizard._session.office
    inside = wizard._session.office.vault.folder / "backups" / name
    monkeypatch.setattr(messages, "ask_save", lambda *_given: inside)
    sheet = wizard.recovery.sheet
    (sheet.save_pdf if name.endswith("pdf") else sheet.save_text).click()
    assert not tasks.busy
    assert not inside.exists()
    assert not sheet.is_kept
    assert "存到这个文件夹以外" in sheet.words.text()


@pytest.mark.parametrize("points", [10.5, 14.0, 16.0])
def test_nothing_at_the_foot_of_the_rail_is_cut_off(
    qtbot: QtBot, wizard: FirstRun, tasks: Tasks, points: float
) -> None:
    theme.current().set_points(points)
    make_vault(qtbot, wizard, tasks)
    for part in (wizard.help.button, wizard.lock):
        assert part.isVisible()
        assert part.width() >= part.sizeHint().width()
    theme.current().normal()


def test_the_sheet_is_a_pdf_of_one_page_from_which_the_code_can_be_copied(
    qtbot: QtBot, sheet: RecoverySheet, tmp_path: Path
) -> None:
    path = tmp_path / "恢复单.pdf"
    with qtbot.waitSignal(sheet.kept):
        sheet.write_pdf(path)
    assert page_count(path) == 1
    for group in sheet._code.split("-"):
        assert group in text_of(path)
    assert "恢复单.pdf" in sheet.words.text()


def test_a_sheet_printed_into_a_file_is_not_said_to_be_on_paper(
    qtbot: QtBot, sheet: RecoverySheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a printer the system's dialog offers a file, and that lies on the machine the sheet must not lie on."""
    file = tmp_path / "print.pdf"

    def into_a_file(_parent: object, printer: QPrinter) -> bool:
        printer.setOutputFileName(str(file))
        return True

    monkeypatch.setattr(messages, "ask_printer", into_a_file)
    with qtbot.waitSignal(sheet.kept):
        sheet.print_sheet()
    assert page_count(file) == 1
    assert "已送去打印" not in sheet.words.text()
    assert "已存为“print.pdf”" in sheet.words.text()
    assert sheet._code[:5] in text_of(file)


def test_a_sheet_whose_printing_was_called_off_is_not_kept(
    qtbot: QtBot, sheet: RecoverySheet, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_printer", lambda _parent, _printer: False)
    with qtbot.waitSignal(tasks.idle):
        sheet.print_sheet()
    assert not sheet.is_kept


def test_a_place_that_cannot_be_written_leaves_the_code_in_view(
    qtbot: QtBot, sheet: RecoverySheet, tasks: Tasks, tmp_path: Path
) -> None:
    sheet.write_text(tmp_path / "没有" / "恢复单.txt")
    assert "没有写成" in sheet.words.text()
    assert not sheet.is_kept
    sheet.words.setText("")
    with qtbot.waitSignal(tasks.idle):
        sheet.write_pdf(tmp_path / "没有" / "恢复单.pdf")
    assert "要存的文件夹不存在" in sheet.words.text()
    assert "恢复密钥还在上面" in sheet.words.text()
    assert not sheet.is_kept


# --- a vault that is not where it was ------------------------------------------------------------------------


def test_a_vault_that_is_away_is_told_of_and_found_again(
    qtbot: QtBot, wizard: FirstRun, fresh: Session, tasks: Tasks, tmp_path: Path
) -> None:
    make_vault(qtbot, wizard, tasks)
    fresh.lock()
    folder = fresh.folder
    assert folder is not None
    folder.rename(tmp_path / "拔出")
    again = FirstRun(Session(fresh.machine), tasks)
    qtbot.addWidget(again)
    assert str(folder) in again.strips.words("lost")
    assert again.welcome.buttons["open"].look is Look.PRIMARY
    assert again.welcome.buttons["new"].look is Look.SECONDARY
    look = next(button for button in again.strips.findChildren(Button) if button.text() == "再找一次")
    with qtbot.assertNotEmitted(again.vault_chosen):
        look.click()
    (tmp_path / "拔出").rename(folder)
    with qtbot.waitSignal(again.vault_chosen):
        look.click()


def test_a_first_day_speaks_of_no_other_vault(wizard: FirstRun) -> None:
    assert wizard.strips.names() == []
    assert wizard.welcome.buttons["new"].look is Look.PRIMARY


def test_a_short_step_has_nothing_to_scroll(wizard: FirstRun, qtbot: QtBot) -> None:
    wizard.choose_way("new")
    (area,) = [each for each in wizard.findChildren(QScrollArea) if each.isAncestorOf(wizard.group)]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)


def test_one_step_is_seen_at_a_time(wizard: FirstRun, qtbot: QtBot) -> None:
    def seen() -> list[QWidget]:
        return [page for page in (*wizard._pages, wizard.restoring) if page.isVisible()]

    qtbot.waitUntil(lambda: seen() == [wizard.welcome])
    wizard.choose_way("new")
    assert seen() == [wizard.group]
    wizard.choose_way("restore")
    assert seen() == [wizard.restoring]


def test_no_strength_is_named_before_a_password_is_typed(wizard: FirstRun) -> None:
    fill_group(wizard)
    wizard.next.click()
    bar = wizard.findChild(StrengthBar)
    assert isinstance(bar, StrengthBar)
    told = [label.text() for label in bar.findChildren(QLabel)]
    assert "还没有输入口令" in told
    assert "强度：" not in told
    wizard.password.form.first.field.setText(GOOD)
    assert "强度：" in [label.text() for label in bar.findChildren(QLabel)]


@pytest.mark.parametrize("points", [POINTS[0], POINTS[-1]])
def test_what_is_said_of_the_ways_to_begin_stands_in_one_column(wizard: FirstRun, look: Theme, points: float) -> None:
    look.set_points(points)
    QApplication.processEvents()
    assert len({button.width() for button in wizard.welcome.buttons.values()}) == 1
