"""The locked page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.registers import register
from paizhu.services import sample_vault
from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.kit.button import Look
from paizhu.ui.pages.lock import LockPage
from paizhu.ui.pages.lock_ground import Kept
from paizhu.ui.pages.recovery import RecoveryPane
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme
from tests.conftest import PASSWORD


@pytest.fixture
def page(qtbot: QtBot, session: Session, tasks: Tasks) -> LockPage:
    made = LockPage(session, tasks)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show_locked("10:26 无操作 15 分钟", kept=Kept.STORED)
    made.show()
    return made


def type_password(qtbot: QtBot, page: LockPage, words: str) -> None:
    page.password.field.setText(words)
    QTest.keyClick(page.password.field, Qt.Key.Key_Return)


def wait_for_words(qtbot: QtBot, page: LockPage, tasks: Tasks, words: str) -> None:
    qtbot.waitUntil(lambda: words in page.tries.text() and not tasks.busy)


def new_code(session: Session) -> str:
    """Return a recovery code made just now; the vault is locked again."""
    session.unlock(PASSWORD)
    code = session.renew_recovery(PASSWORD)
    session.lock()
    return code


def test_the_right_password_and_enter_open(qtbot: QtBot, page: LockPage, session: Session) -> None:
    with qtbot.waitSignal(page.opened):
        type_password(qtbot, page, PASSWORD)
    assert session.office is not None
    assert page.password.text() == ""
    session.lock()


def test_what_another_version_left_to_do_is_told_while_it_is_done(
    qtbot: QtBot, page: LockPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, seen = session.unlock(PASSWORD), list[str]()
    office.records.save(register("integrity_talk"), {"subject": "孙立新", "planned_date": "2026-03-20"})
    office.vault._writer.execute("DELETE FROM kept WHERE kind = 'derived'")
    session.lock()
    monkeypatch.setattr(page.tries, "setText", seen.append)
    with qtbot.waitSignal(page.opened):
        type_password(qtbot, page, PASSWORD)
    assert any(words.startswith("正在重新计算待补全 0 %") for words in seen)
    session.lock()


def test_a_wrong_password_says_so_and_how_many_tries_are_left(qtbot: QtBot, page: LockPage, tasks: Tasks) -> None:
    with qtbot.waitSignal(tasks.idle):
        type_password(qtbot, page, "不是口令")
    qtbot.waitUntil(lambda: "还可试 4 次" in page.tries.text())
    assert page.note.words() == "口令不对"
    assert page.unlock.isEnabled()


def test_the_password_of_the_invented_vault_stays_in_sight_after_a_wrong_one(
    qtbot: QtBot, page: LockPage, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_vault.SampleVault, "chosen", True)
    page.show_locked()
    assert sample_vault.PASSWORD in page.note.words()
    with qtbot.waitSignal(tasks.idle):
        type_password(qtbot, page, "不是口令")
    assert "口令不对" in page.note.words()
    assert sample_vault.PASSWORD in page.note.words()


def test_after_five_wrong_ones_the_button_waits(qtbot: QtBot, page: LockPage, tasks: Tasks) -> None:
    for left in (4, 3, 2, 1, 0):
        type_password(qtbot, page, "不是口令")
        words = f"还可试 {left} 次" if left else "请等 10 分钟"
        wait_for_words(qtbot, page, tasks, words)
    assert not page.unlock.isEnabled()
    type_password(qtbot, page, PASSWORD)
    assert not tasks.busy


def test_nothing_typed_is_not_a_try(qtbot: QtBot, page: LockPage, tasks: Tasks) -> None:
    type_password(qtbot, page, "")
    assert not tasks.busy
    assert page.note.words() == "请输入口令"


def test_nothing_of_the_vault_stands_on_the_page(qtbot: QtBot, page: LockPage) -> None:
    said = " ".join(label.text() for label in page.findChildren(QLabel))
    for inside in ("某市示例局", "陈守正", "条", "件"):
        assert inside not in said
    assert "严禁" not in said
    assert "10:26 无操作 15 分钟" in said


def test_there_is_one_red_button_and_everything_has_a_name(page: LockPage) -> None:
    buttons = (page.unlock, page.forgot, page.quit, page.other)
    assert [button for button in buttons if button.look is Look.PRIMARY] == [page.unlock]
    assert all(button.accessibleName() for button in buttons)
    assert all(field.accessibleName() for field in page.findChildren(QLineEdit))


def test_a_damaged_vault_is_told_of_in_words(qtbot: QtBot, page: LockPage, session: Session, tasks: Tasks) -> None:
    assert session.folder is not None
    (session.folder / "vault.db").write_bytes(b"not a database at all" * 500)
    with qtbot.waitSignal(tasks.idle):
        type_password(qtbot, page, PASSWORD)
    assert "从备份恢复" in page.trouble.text()
    assert session.office is None
    # What the words tell to do stands right below them.
    assert page.mend.isVisible()
    with qtbot.waitSignal(page.mend_asked):
        page.mend.click()
    page.show_locked()
    assert not page.mend.isVisible()


def test_a_damaged_key_file_ends_the_try_and_says_so(
    qtbot: QtBot, page: LockPage, session: Session, tasks: Tasks
) -> None:
    assert session.folder is not None
    for name in ("header.json", "header.json.bak"):
        (session.folder / name).write_bytes(b"{")
    type_password(qtbot, page, PASSWORD)
    qtbot.waitUntil(lambda: not tasks.busy and "钥匙文件" in page.trouble.text())
    qtbot.waitUntil(lambda: page.tries.text() == "")
    assert page.unlock.isEnabled()


def test_the_recovery_code_sets_a_new_password_and_opens(
    qtbot: QtBot, page: LockPage, session: Session, tasks: Tasks
) -> None:
    code = new_code(session)
    page.forgot.click()
    pane = page.findChild(RecoveryPane)
    assert pane is not None
    pane.code.setText(code)
    pane.form.first.field.setText("ychz7wdh3jqm")
    pane.go.click()
    assert "两遍一致" in pane.words.text()
    pane.form.second.field.setText("ychz7wdh3jqm")
    with qtbot.waitSignal(page.opened):
        pane.go.click()
    session.lock()
    session.unlock("ychz7wdh3jqm")
    session.lock()


def test_a_mistyped_code_names_the_group(qtbot: QtBot, page: LockPage, session: Session, tasks: Tasks) -> None:
    code = new_code(session)
    page.show_recovery()
    pane = page.findChild(RecoveryPane)
    assert pane is not None
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    pane.code.setText(wrong)
    for edit in (pane.form.first, pane.form.second):
        edit.field.setText("ychz7wdh3jqm")
    pane.go.click()
    assert not tasks.busy
    assert "第 1 组" in pane.code.note.words()
    pane.back.click()
    qtbot.waitUntil(page.password.isVisible)


def test_ctrl_enter_presses_the_red_button_of_the_way_back(qtbot: QtBot, page: LockPage, session: Session) -> None:
    code = new_code(session)
    page.show_recovery()
    pane = page.findChild(RecoveryPane)
    assert pane is not None
    qtbot.keyClick(pane.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "现在填了 0 位" in pane.code.note.words()
    pane.code.setText(code)
    for edit in (pane.form.first, pane.form.second):
        edit.field.setText("ychz7wdh3jqm")
    with qtbot.waitSignal(page.opened):
        qtbot.keyClick(pane.code, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    session.lock()


def test_the_words_of_the_page_grow_and_shrink_by_the_keys(qtbot: QtBot, page: LockPage) -> None:
    look = theme.current()
    look.normal()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    start = look.points
    qtbot.keyClick(page.password.field, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: look.points > start)
    qtbot.keyClick(page.password.field, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: look.points == start)
    assert page.password.text() == ""


def test_a_code_is_typed_in_two_lines_as_it_stands_on_the_sheet(qtbot: QtBot, page: LockPage, session: Session) -> None:
    code = new_code(session)
    page.show_recovery()
    pane = page.findChild(RecoveryPane)
    assert pane is not None
    first, second = code[:24].lower().replace("-", " "), code[24:].lower().replace("-", " ")
    pane.code.setFocus()
    qtbot.keyClicks(pane.code, first)
    qtbot.keyClick(pane.code, Qt.Key.Key_Return)
    assert "已填 20 位，共 40 位" in pane.code.note.words()
    assert pane.code.hasFocus()
    qtbot.keyClicks(pane.code, f"{second[:-1]}0")
    qtbot.keyClick(pane.code, Qt.Key.Key_Return)
    assert "第 8 组与恢复单不符" in pane.code.note.words()
    qtbot.keyClick(pane.code, Qt.Key.Key_Backspace)
    qtbot.keyClicks(pane.code, second[-1])
    with qtbot.waitSignal(pane.code.complete):
        qtbot.keyClick(pane.code, Qt.Key.Key_Return)
    assert pane.code.note.words() == ""
    qtbot.waitUntil(pane.form.first.field.hasFocus)


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.LIGHT])
def test_the_padlock_is_seen_in_light_and_dark(page: LockPage, scheme: Scheme) -> None:
    look = theme.current()
    look.set_scheme(scheme)
    drawn = page._lock.pixmap().toImage()
    inks = {drawn.pixelColor(x, y).name().upper() for x in range(drawn.width()) for y in range(drawn.height())
            if drawn.pixelColor(x, y).alpha() == 255}  # fmt: skip
    wanted = look.tokens.ink
    look.set_scheme(Scheme.LIGHT)
    assert wanted in inks
