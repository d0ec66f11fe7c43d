"""The help says something about every register, and about every field of it."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from paizhu.base import paths
from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.ui.pages.about import HelpPage, register_html


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
