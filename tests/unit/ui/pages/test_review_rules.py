"""Lists of the review and rules of the flags in the window: changed by key, refused in words, put back in one step."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.reviews import lists as review_lists
from paizhu.services.reviews.lists import Kind
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.kit.roles import MarkRole, SecondLineRole
from paizhu.ui.pages.rules.flag_rules_page import FlagRulesPage
from paizhu.ui.pages.rules.review_lists_page import ReviewListsPage
from paizhu.ui.tasks import Tasks

REVIEW = registers.register("review_item")


@pytest.fixture
def context(office: Office, qapp: QApplication, tasks: Tasks) -> Context:
    return Context(office, Events(), tasks, theme.install(qapp))


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> ReviewListsPage:
    made = ReviewListsPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    return made


@pytest.fixture
def rules(context: Context, qtbot: QtBot) -> FlagRulesPage:
    made = FlagRulesPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    made.show()
    return made


def test_a_point_is_changed_by_key_and_put_back(page: ReviewListsPage, office: Office) -> None:
    page.choose("LF-02")
    shipped = page.words.toPlainText()
    assert page.save.reason == "没有改动"
    page.words.setFocus()
    page.words.selectAll()
    page.words.insertPlainText("已列入本年度预算")
    assert page.run("save")
    # The reason is missing: said beneath its field, and what was typed stays.
    assert "理由" in page.fields.notes["reason"].words()
    assert page.words.toPlainText() == "已列入本年度预算"
    page.reason.setText("按本单位制度细化")
    assert page.run("save")
    line = page.chosen()
    assert line
    assert (line.words, line.changed) == ("已列入本年度预算", True)
    assert shipped in page.original.text()
    QTest.keyClick(page.back_to_shipped, Qt.Key.Key_Space)
    assert review_lists.known_points(office.vault)["LF-02"].words == shipped


def test_a_new_phrase_is_offered_in_the_opinion_and_a_point_can_be_put_aside(
    page: ReviewListsPage, office: Office
) -> None:
    page.kind.set_current(Kind.PHRASE.value)
    page.refresh()
    assert page.run("new")
    page.words.setPlainText("请补充示例说明。")
    page.reason.setText("常用")
    page.save_chosen()
    assert "请补充示例说明。" in [line.words for line in review_lists.phrases(office.vault)]
    page.take_back()
    assert "请补充示例说明。" not in [line.words for line in review_lists.phrases(office.vault)]
    page.choose("CK-08")
    page.switch()
    assert "停用的理由" in page.fields.notes["reason"].words()
    page.reason.setText("本单位没有临时动议")
    page.switch()
    row = page.row_of("CK-08")
    assert page.model.index(row, 2).data(MarkRole).words == "停用"
    assert page.aside.text() == "恢复使用"


def test_every_rule_stands_with_its_words_and_numbers(rules: FlagRulesPage, office: Office) -> None:
    assert rules.model.rowCount() == len(office.flags.rules())
    row = rules.row_of("RF-A1")
    assert "90%" in rules.model.index(row, 0).data(SecondLineRole)
    assert [column.key for column in rules.model.columns] == ["name", "level", "state", "code"]


def test_a_number_is_set_with_a_reason_and_flags_are_counted_anew(
    rules: FlagRulesPage, office: Office, context: Context, qtbot: QtBot
) -> None:
    rules.choose("RF-A2")
    rules.editor("days").setText("60")
    rules.editor("likeness").setText("很像")
    rules.reason.setText("本单位小额事项多")
    rules.save_chosen()
    assert "要填数字" in rules.numbers.notes["likeness"].words()
    assert office.flags.rules()["RF-A2"].written["days"] == "90"
    rules.editor("likeness").setText("80")
    with qtbot.waitSignal(context.events.changed):
        assert rules.run("save")
    assert office.flags.rules()["RF-A2"].written["days"] == "60"
    assert "60 天" in rules.words.text()
    with qtbot.waitSignal(context.events.changed):
        rules.put_back()
    assert office.flags.rules()["RF-A2"].written["days"] == "90"
    assert not rules.back_to_shipped.isVisible()
