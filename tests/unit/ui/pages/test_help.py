"""The help says something about every register, and about every field of it."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.base import paths
from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.ui.actions import Action
from paizhu.ui.pages.about import HelpPage, keys_html, register_html
from paizhu.ui.pages.help_pages import GUIDES, changes_html, subject_of, written
from paizhu.ui.panes import enter
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import POINTS, Theme


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_every_register_has_a_page_that_names_each_field(register: Register) -> None:
    assert (paths.resources() / "help" / f"{register.key}.md").is_file()
    html = register_html(register)
    assert [field.label for field in register.fields if field.label not in html] == []


@pytest.mark.parametrize(("subject", "said"), [("已归档、补录和更正", "补录"), ("口令、备份和比对", "编号规则")])
def test_what_concerns_every_register_has_its_page(qtbot: QtBot, subject: str, said: str) -> None:
    page = HelpPage([], None)
    qtbot.addWidget(page)
    (item,) = page.subjects.findItems(subject, Qt.MatchFlag.MatchExactly)
    page.subjects.setCurrentItem(item)
    assert said in page.text.toPlainText()


def help_page(qtbot: QtBot, commands: Sequence[Action] = ()) -> HelpPage:
    page = HelpPage(commands, None)
    qtbot.addWidget(page)
    page.show()
    return page


def kept(page: HelpPage) -> list[str]:
    """Return the subjects that are left."""
    items = [page.subjects.item(at) for at in range(page.subjects.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_words_leave_the_subjects_that_hold_them_and_are_marked_where_they_stand(qtbot: QtBot) -> None:
    page = help_page(qtbot)
    page.sought.setText("脱敏副本")
    assert "打印和核验" in kept(page)
    assert "供应商" not in kept(page)
    page.sought.setText("廉政谈话")
    current = page.subjects.currentItem()
    assert current is not None
    assert current.text() == "廉政谈话"  # before those that only speak of it
    assert page.text.extraSelections()
    QTest.keyClick(page.sought, Qt.Key.Key_Escape)
    assert page.sought.text() == ""
    assert len(kept(page)) == page.subjects.count()
    assert not page.text.extraSelections()


def test_words_that_stand_nowhere_are_told_and_the_line_stays(qtbot: QtBot) -> None:
    page = help_page(qtbot)
    page.sought.setText("没有这样的词")
    assert kept(page) == []
    assert "换一个说法" in page.text.toPlainText()
    page.sought.setText("期限月历")
    assert "今日和期限" in kept(page)


FEATURES = (
    "今日", "期限月历", "期限控制表", "快速登记", "推迟", "工作日历", "期限表", "影响期表",
    "定期事项", "查找", "筛选", "视图与列", "批量修改", "撤销", "最近操作", "回收区",
    "锁定", "导入", "疑似重复", "导出", "分开导出", "空表", "全部导出", "打印",
    "脱敏副本", "核验", "校验码", "填报表样", "更正说明", "审查清单", "提示规则", "谈话规则",
    "谈话计划", "覆盖表", "一谈了之", "谈前一页纸", "职责外", "编号清单", "廉政档案", "年度快照",
    "廉政意见", "卷宗", "核对回避", "备份", "恢复", "口令", "深色", "字小",
)  # fmt: skip


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_is_found_by_its_name(qtbot: QtBot, feature: str) -> None:
    page = help_page(qtbot)
    page.sought.setText(feature)
    assert set(kept(page)) - {"更新说明"}, feature


@pytest.mark.parametrize("name", [*GUIDES, *(register.key for register in REGISTERS)])
def test_a_page_shows_no_marks_of_its_writing(name: str) -> None:
    assert len(written(name)) > 50
    assert "##" not in written(name)
    assert "**" not in written(name)


def test_changes_are_told_by_subject_with_what_is_new_first() -> None:
    page = (paths.resources() / "help" / "changes.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.strip()][1:]
    html = changes_html()
    assert html.count("<li>") == len(lines)
    assert sum(subject_of(line) == "其他" for line in lines) < len(lines) / 10
    assert all(line.startswith(("新增：", "调整：", "修复：")) for line in lines)
    first = html[html.index("<h4>") : html.index("</ul>")]
    assert first.rindex("<b>新增</b>") < first.index("<b>调整</b>") < first.index("<b>修复</b>")


def test_opened_by_its_key_it_waits_for_the_word_that_is_sought(qtbot: QtBot) -> None:
    window, before = QWidget(), QLineEdit()
    page = HelpPage([], None)
    column = QVBoxLayout(window)
    column.addWidget(before)
    column.addWidget(page)
    qtbot.addWidget(window)
    before.setFocus()
    window.show()
    enter(page)
    assert window.focusWidget() is page.sought


def test_keys_stand_there_as_they_are_printed_on_the_keyboard() -> None:
    html = keys_html([Action("go.back", "返回", "Alt+Left", lambda: None, "到哪里")])
    assert "Alt+←" in html
    assert "方向" not in html


def test_the_help_counts_the_tabs_there_are() -> None:
    words = (paths.resources() / "help" / "finding_words.md").read_text(encoding="utf-8")
    assert f"换台账按 Ctrl+1 至 Ctrl+{len(TABS)}；" in words


def test_the_help_does_not_call_an_open_folder_encrypted() -> None:
    words = (paths.resources() / "help" / "moving_guide.md").read_text(encoding="utf-8")
    leaving = next(line for line in words.splitlines() if line.startswith("全部导出："))
    assert "不加密" in leaving
    assert "加密的" not in leaving


def test_no_name_of_a_subject_is_cut_in_large_letters(qtbot: QtBot, look: Theme) -> None:
    page = help_page(qtbot)
    page.resize(1366, 640)
    look.set_points(POINTS[-1])
    QApplication.processEvents()
    room = page.subjects.viewport().width()
    metrics = page.subjects.fontMetrics()
    names = [page.subjects.item(at).text() for at in range(page.subjects.count())]
    # The bar and the room at both ends of a line are no room for its name.
    assert [name for name in names if metrics.horizontalAdvance(name) + look.px(13) > room] == []


def test_enter_is_called_as_the_buttons_call_it_in_a_chinese_system_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QKeySequence, "toString", lambda *_: "Ctrl+回车")
    assert "Ctrl+Enter" in keys_html([Action("act", "做本页的红色操作", "Ctrl+Return", lambda: None)])
