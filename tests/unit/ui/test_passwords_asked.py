"""Every question for a password in the open window: the answer stands at its field, is counted once, and Esc leaves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.services.session import Session
from paizhu.ui import theme
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.pages.lock import LockPage
from paizhu.ui.pages.recovery import RecoveryPane
from paizhu.ui.pages.security import SecurityCard
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme
from paizhu.ui.wizards.locked_file import LockedFile
from tests.conftest import PASSWORD

WRONG = "不是这个口令"


@pytest.fixture
def security(session: Session, qtbot: QtBot, tasks: Tasks, qapp: QApplication) -> Iterator[SecurityCard]:
    card = SecurityCard(Context(session.unlock(PASSWORD), Events(), tasks, theme.install(qapp)), session)
    qtbot.addWidget(card)
    card.show()
    yield card
    session.lock()


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> AskStrip:
    theme.install(qapp)
    made = AskStrip()
    qtbot.addWidget(made)
    made.ask("查看举报人", "", "记入留痕并显示", [("事由", None)], secret="口令")
    return made


def typed_into(strip: AskStrip) -> tuple[PasswordEdit, QLineEdit]:
    secret, reason = strip.lines()
    assert isinstance(secret, PasswordEdit)
    assert isinstance(reason, QLineEdit)
    return secret, reason


@pytest.mark.parametrize("renews", [False, True])
def test_a_wrong_password_in_the_settings_is_told_at_its_field_and_counted_once(
    security: SecurityCard, session: Session, tasks: Tasks, qtbot: QtBot, renews: bool
) -> None:
    (security.renew if renews else security.change).click()
    security.go.click()
    assert security.note.words() == "请输入现在的口令"
    assert not tasks.busy
    security.old.field.setText(WRONG)
    for edit in (security.form.first, security.form.second):
        edit.field.setText("ychz7wdh3jqm")
    security.go.click()
    security.try_it()
    qtbot.waitUntil(lambda: "口令不对" in security.note.words())
    assert "还可试 4 次" in security.note.words()
    assert security.old.field.accessibleDescription() == security.note.words()
    assert security.old.field.selectedText() == WRONG
    assert "还可试 4 次" in session.tries()[0]
    QTest.keyClick(security.old.field, Qt.Key.Key_Escape)
    assert security.old.text() == ""
    assert not security.old.isVisible()


def test_the_sheet_that_is_tried_is_left_by_esc_and_told_of_at_its_field(
    security: SecurityCard, tasks: Tasks, qtbot: QtBot
) -> None:
    from paizhu.storage.keys import new_recovery_code

    security.test.click()
    security.code.setText(new_recovery_code())
    security.compare.click()
    qtbot.waitUntil(lambda: "这不是本库的恢复密钥" in security.code.note.words())
    QTest.keyClick(security.code, Qt.Key.Key_Escape)
    assert not security.code.isVisible()
    assert security.code.text() == ""


def test_an_answer_is_taken_once_while_it_is_looked_at(strip: AskStrip) -> None:
    given: list[object] = []
    strip.given.connect(given.append)
    strip.given.connect(lambda _answers: strip.hold("正在核对口令"))
    secret, reason = typed_into(strip)
    secret.field.setText(WRONG)
    reason.setText("核对")
    for _each in range(2):
        QTest.keyClick(reason, Qt.Key.Key_Return)
    assert len(given) == 1
    strip.say("口令不对。还可试 4 次", 0)
    assert secret.field.accessibleDescription() == "口令不对。还可试 4 次"
    assert strip.said() == "口令不对。还可试 4 次"
    assert reason.text() == "核对"
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert len(given) == 2


def test_a_password_typed_and_not_given_does_not_stay_in_the_strip(strip: AskStrip) -> None:
    secret, _reason = typed_into(strip)
    secret.field.setText(WRONG)
    QTest.keyClick(secret.field, Qt.Key.Key_Escape)
    assert strip.isHidden()
    assert secret.text() == ""


def test_a_file_that_is_locked_asks_again_when_nothing_was_typed(qtbot: QtBot, qapp: QApplication) -> None:
    theme.install(qapp)
    asked = LockedFile("打开密码")
    qtbot.addWidget(asked)
    asked.ask("台账.xlsx")
    asked.open.click()
    assert asked.password.field.accessibleDescription() == "请输入这个文件的打开密码"


def test_a_code_of_another_vault_is_told_of_at_the_code(
    qtbot: QtBot, qapp: QApplication, session: Session, tasks: Tasks
) -> None:
    from paizhu.storage.keys import new_recovery_code

    theme.install(qapp)
    pane = RecoveryPane(session, tasks, lambda: None)
    qtbot.addWidget(pane)
    pane.code.setText(new_recovery_code())
    for edit in (pane.form.first, pane.form.second):
        edit.field.setText("ychz7wdh3jqm")
    pane.go.click()
    qtbot.waitUntil(lambda: "这不是本库的恢复密钥" in pane.code.note.words())
    with qtbot.waitSignal(pane.given_up):
        QTest.keyClick(pane.form.first.field, Qt.Key.Key_Escape)


@pytest.mark.parametrize("points", [10.5, 16.0, 21.0])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_whole_code_is_seen_where_it_is_typed(
    qtbot: QtBot, qapp: QApplication, session: Session, tasks: Tasks, points: float, scheme: Scheme
) -> None:
    theme.install(qapp, scheme, points)
    page = LockPage(session, tasks)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.show_locked()
    page.forgot.click()
    (code,) = page.findChildren(CodeEdit)
    code.setText("WWWWW-MMMMM-WWWWW-MMMMM-WWWWW-MMMMM-WWWWW-MMMMM")
    qtbot.waitUntil(lambda: code.width() > 100)
    assert code.verticalScrollBar().maximum() == 0
    assert code.horizontalScrollBar().maximum() == 0
    assert code.height() >= 2 * QFontMetrics(code.font()).height()
    theme.install(qapp)
