"""The help says something about every register, and about every field of it."""

import pytest

from paizhu.base import paths
from paizhu.base.register import Register
from paizhu.registers import REGISTERS
from paizhu.ui.pages.about import register_html


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_every_register_has_a_page_that_names_each_field(register: Register) -> None:
    assert (paths.resources() / "help" / f"{register.key}.md").is_file()
    html = register_html(register)
    assert [field.label for field in register.fields if field.label not in html] == []
