"""Our own export with rows under its records, in the wizard: looked at, matched otherwise, and stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import DONE, MAPPING

PERSON = registers.register("person")


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def page(office: Office, context: Context, qtbot: QtBot, tmp_path: Path) -> ImportPage:
    """The page with a person's posts, of which one was changed in the workbook."""
    rows = {"post_history": [{"unit": "示例局", "post": "科长"}, {"unit": "示例站", "post": "站长"}]}
    office.records.save(PERSON, {"name": "孙立新"}, rows=rows)
    path = tmp_path / "人员.xlsx"
    office.exporting.export(path, ["person"])
    book = load_workbook(path)
    sheet = next(sheet for sheet in book if sheet.title.startswith("人员-"))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "站长":
                cell.value = "副站长"
    book.save(path)
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.flow.add_files([path])
    qtbot.waitUntil(lambda: not made.flow.busy)
    return made


def test_rows_below_stand_beside_their_records_and_go_nowhere_else(page: ImportPage, qtbot: QtBot) -> None:
    labels = [table.sheet.label for table in page.flow.tables if table.sheet]
    assert labels[0] == "人员"
    assert labels[1].startswith("人员：")
    page.segments.chosen.emit("1")
    assert page.step == MAPPING
    assert not page.side.register.isEnabled()
    assert page.side.register.placeholderText() == labels[1]
    assert not page.side.remember.isVisible()
    page.segments.chosen.emit("0")
    assert page.side.register.isEnabled()
    assert page.side.register.currentData() == "person"


def test_a_column_below_can_be_left_out_and_the_rest_goes_in(page: ImportPage, qtbot: QtBot, office: Office) -> None:
    page.segments.chosen.emit("1")
    letters = {look.path: look.letter for look in page.mapping.columns()}
    page.mapping.mapped.emit(letters["unit"], "")
    qtbot.waitUntil(lambda: not page.flow.busy)
    table = page.flow.table
    assert table is not None
    assert table.sheet is not None
    assert table.sheet.parent is PERSON
    assert page.flow.tally().ready + page.flow.tally().look == 1
    page.go_on()
    page.go_on()
    qtbot.waitUntil(lambda: not page.flow.busy)
    assert page.step == DONE
    (person,) = office.records.window(View("person"), 0, 9)
    rows = office.records.rows(PERSON, person.id)["post_history"]
    assert [row.values["post"] for row in rows] == ["科长", "副站长"]
    assert [str(getattr(row.values["unit"], "label", "")) for row in rows] == ["示例局", "示例站"]
