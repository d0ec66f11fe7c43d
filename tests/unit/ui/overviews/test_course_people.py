"""The table of who has to do with a matter: a line stands between two rows, and none beside the frame."""

import pytest
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from paizhu.base.rows import Ref
from paizhu.services.matters.course_people import Informant, Person
from paizhu.ui.overviews.course_people import PeopleTable

pytestmark = pytest.mark.usefixtures("look")
PEOPLE = [Person("被反映人", Ref("孙示例"), "示例处处长"), Person("批准人", Ref("周示例"), "示例组组长")]
LETTERS = [Informant(1, "信〔2026〕0001", "实名", 1)]


@pytest.mark.parametrize("letters", [[], LETTERS])
def test_lines_stand_between_rows_only(qtbot: QtBot, letters: list[Informant]) -> None:
    table = PeopleTable()
    qtbot.addWidget(table)
    table.show_people(PEOPLE, letters)
    column = table._column
    parts = [item.widget() for at in range(column.count()) if (item := column.itemAt(at))]
    kinds = [part.property("frame") for part in parts if isinstance(part, QFrame)]
    count = len(PEOPLE) + len(letters)
    assert kinds.count("line") == count - 1
    assert kinds[0] == "card-head"
    assert not kinds[-1]
