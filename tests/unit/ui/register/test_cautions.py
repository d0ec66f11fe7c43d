"""While a letter is typed, earlier ones like it are named beneath the summary, and saving goes on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme

PETITION = registers.register("petition")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot) -> Iterator[RegisterPage]:
    """The list of letters with one letter in it and an empty form open."""
    office.records.save(
        PETITION, {"received_at": "2026-03-02", "reported_names": ["示例甲"], "summary": "反映示例甲收受检测企业礼金"}
    )
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = RegisterPage(context, (PETITION,))
    qtbot.addWidget(made)
    made.resize(1366, 680)
    made.show()
    qtbot.waitExposed(made)
    made.new_record("petition", {"received_at": "2026-03-10"})
    qtbot.waitUntil(lambda: not made.side.detail.form.opening)
    yield made
    context.tasks.close()


def note(page: RegisterPage) -> str:
    """Return what stands beneath the summary."""
    found = page.side.detail.form.fields["summary"].note
    return found.words() if found else ""


def type_summary(page: RegisterPage, words: str) -> None:
    """Type into the summary as the keyboard does."""
    editor = page.side.detail.form.fields["summary"].editor
    assert editor is not None
    editor.target.setFocus()
    editor.text.setPlainText(words)  # type: ignore[attr-defined]  # the editor of several lines


def test_a_letter_like_an_earlier_one_is_told_while_it_is_typed(page: RegisterPage, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    assert "信〔2026〕0001（2026-03-02 收到，反映内容相近）" in note(page)
    type_summary(page, "完全另外的一件事情")
    qtbot.waitUntil(lambda: note(page) == "", timeout=5000)


def test_a_caution_stops_no_saving(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    assert page.side.acts.save()
    assert office.records.count(View("petition")) == 2


def test_a_problem_of_the_field_is_more_urgent_than_a_caution(page: RegisterPage, qtbot: QtBot) -> None:
    type_summary(page, "反映示例甲收受检测企业礼金问题")
    qtbot.waitUntil(lambda: "疑似重复" in note(page), timeout=5000)
    field = page.side.detail.form.fields["summary"]
    field.show_problem("请改正")
    assert note(page) == "请改正"
    field.clear_problem()
    assert "疑似重复" in note(page)
