"""Rows that only the program writes stay when the record above them is typed into: findings, hands, earlier turns."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from paizhu import registers
from paizhu.registers import REGISTERS
from paizhu.services.office import Office
from paizhu.ui.register.child_model import ChildModel
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.detail_stack import FORM
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

OPINION = registers.register("integrity_opinion")
OWN = [(above.key, kind.key) for above in REGISTERS for kind in above.rows if all(f.computed for f in kind.fields)]


def test_what_was_found_about_a_person_outlives_typing_in_the_form(office: Office, make_page: MakePage) -> None:
    letter = office.records.save(
        OPINION,
        {"from_unit": "人事处", "received_at": "2026-03-13"},
        rows={"opinion_person": [{"person": "示例甲"}, {"person": "示例乙"}]},
    ).records[0][1]
    before = office.records.rows(OPINION, letter)["lookup"]
    assert len(before) == 10
    page = make_page(OPINION)
    page.open_record(OPINION.key, letter)
    detail = page.side.detail
    detail.header.tabs.setCurrentIndex(FORM)
    page.run("edit")
    assert detail.form.typed_rows() == {}
    assert not detail.form.is_changed()
    detail.form.fields["letter_no"].show_raw("示人函〔2026〕9号")
    page.run("save")
    assert office.records.get(OPINION, letter).values["letter_no"] == "示人函〔2026〕9号"
    assert [row.values for row in office.records.rows(OPINION, letter)["lookup"]] == [row.values for row in before]


@pytest.mark.parametrize(("above", "kind"), OWN)
def test_a_kind_of_row_without_a_typed_field_is_never_sent(above: str, kind: str, office: Office) -> None:
    model = ChildModel(registers.register(above).child(kind))
    opinion = office.records.save(
        OPINION, {"from_unit": "人事处", "received_at": "2026-03-13"}, rows={"opinion_person": [{"person": "示例甲"}]}
    ).records[0][1]
    model.show_rows(office.records.rows(OPINION, opinion)["lookup"])
    assert model.rowCount() == 5
    assert not model.is_changed()
    # A draft of an older program kept them as emptied.
    model.show_typed([])
    assert (model.rowCount(), model.is_changed()) == (5, False)


def letter_in_hand(office: Office, make_page: MakePage) -> RegisterPage:
    """Return the form of a letter about one person, open for typing."""
    letter = office.records.save(
        OPINION, {"from_unit": "人事处", "received_at": "2026-03-13"}, rows={"opinion_person": [{"person": "示例甲"}]}
    ).records[0][1]
    page = make_page(OPINION)
    page.open_record(OPINION.key, letter)
    page.side.detail.header.tabs.setCurrentIndex(FORM)
    page.run("edit")
    return page


def test_rows_without_a_typed_field_offer_nothing_to_type(office: Office, make_page: MakePage) -> None:
    page = letter_in_hand(office, make_page)
    tables = page.side.detail.form.tables
    for key, hidden in (("opinion_person", False), ("lookup", True)):
        table = tables[key]
        assert isinstance(table, ChildTable)
        table.open()
        assert (table.add_button.isHidden(), table.remove_button.isHidden()) == (hidden, hidden)


def test_what_the_program_wrote_stands_in_the_form_to_be_read(office: Office, make_page: MakePage) -> None:
    page = letter_in_hand(office, make_page)
    table = page.side.detail.form.tables["lookup"]
    assert isinstance(table, ChildTable)
    model = table.view.model()
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(model.columnCount())]
    assert heads[:2] == ["查询对象", "查询来源"]
    assert [str(model.index(row, 0).data()) for row in range(model.rowCount())] == ["示例甲"] * 5
    assert all(table.view.columnWidth(at) > 40 for at in range(len(heads)))
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
