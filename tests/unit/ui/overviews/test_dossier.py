"""The dossier of a person on the page: asked why once, filtered, opened from, covered, refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.services.dossier.access import DossierAccess
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.theme import Theme
from tests.unit.documents.pdf_reading import text_of

PERSON: Register = registers.register("person")
TALK: Register = registers.register("integrity_talk")
LEAD: Register = registers.register("lead")


@pytest.fixture
def people(office: Office) -> list[int]:
    """A person with a talk and a lead, another with nothing, and the officer."""
    made = [
        office.records.save(PERSON, {"name": name, "phone": "13900000000"}).records[0][1]
        for name in ("曹志样", "姚远样", "陈守正")
    ]
    who = Ref("曹志样", "person", made[0])
    office.records.save(TALK, {"subject": who, "planned_date": "2026-03-02", "kind": "提醒"})
    office.records.save(LEAD, {"subject": who, "received_at": "2026-03-01", "summary": "违规接受宴请"})
    return made


@pytest.fixture
def overview(context: Context, qtbot: QtBot) -> DossierOverview:
    """The pane on screen, no purpose given yet."""
    made = DossierOverview(context)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def show(overview: DossierOverview, person: int) -> None:
    overview.show_record(overview.context.office.records.get(PERSON, person))


def opened(overview: DossierOverview, person: int) -> None:
    """Give the purpose by keyboard and show a person."""
    show(overview, person)
    overview.gate.purpose.setFocus()
    overview.gate.purpose.setText("年度考核")
    QTest.keyClick(overview.gate.purpose, Qt.Key.Key_Return)


def openings(office: Office) -> list[str]:
    return [entry.label for entry in office.history.entries() if entry.kind == "open"]


def test_nothing_is_shown_or_journalled_before_a_purpose_is_given(
    overview: DossierOverview, people: list[int], office: Office
) -> None:
    show(overview, people[0])
    QTest.keyClick(overview.gate.purpose, Qt.Key.Key_Return)
    assert overview.gate.isVisible()
    assert not overview.body.isVisible()
    assert openings(office) == []


def test_the_purpose_is_asked_once_and_every_person_shown_is_on_record(
    overview: DossierOverview, people: list[int], office: Office
) -> None:
    opened(overview, people[0])
    show(overview, people[1])
    show(overview, people[0])
    assert not overview.gate.isVisible()
    assert openings(office) == ["查阅廉政档案 姚远样", "查阅廉政档案 曹志样"]


def test_the_file_is_read_from_its_top_however_far_down_the_purpose_was_given(
    context: Context, people: list[int], qtbot: QtBot
) -> None:
    """What weighs on the person stands there; in a low window the purpose is asked below what is seen at first."""
    overview = DossierOverview(context)
    pane = scrolling(overview)
    qtbot.addWidget(pane)
    pane.resize(700, 220)
    pane.show()
    qtbot.waitExposed(pane)
    show(overview, people[0])
    bar = pane.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    opened(overview, people[0])
    assert overview.body.isVisible()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    assert bar.value() == 0


@pytest.mark.parametrize(("points", "width", "height"), [(15.75, 830, 260), (21, 1366, 240)])
def test_with_large_type_on_a_low_screen_the_purpose_is_asked_in_view(
    context: Context, people: list[int], look: Theme, qtbot: QtBot, points: float, width: int, height: int
) -> None:
    """So much is left of 1366×768 beside the list, between tabs, heading and buttons."""
    look.set_points(points)
    overview = DossierOverview(context)
    pane = scrolling(overview)
    qtbot.addWidget(pane)
    pane.resize(width, height)
    pane.show()
    qtbot.waitExposed(pane)
    show(overview, people[0])
    asked = (overview.gate.purpose, overview.gate.open_button)
    qtbot.waitUntil(lambda: all(each.visibleRegion().boundingRect().height() == each.height() for each in asked))


def test_a_count_filters_the_records_and_lets_them_go_again(overview: DossierOverview, people: list[int]) -> None:
    opened(overview, people[0])
    assert overview.model.rowCount() == 2
    tile = next(tile for tile in overview.tiles.tiles if tile.key == "leads")
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert [line.register for line in overview.model.lines] == ["lead"]
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert overview.model.rowCount() == 2


def test_enter_asks_for_the_record_a_line_comes_from(
    overview: DossierOverview, people: list[int], qtbot: QtBot
) -> None:
    opened(overview, people[0])
    overview.table.go_to(1)
    line = overview.model.lines[1]
    with qtbot.waitSignal(overview.context.events.asked_for) as asked:
        QTest.keyClick(overview.table, Qt.Key.Key_Return)
    assert asked.args == [line.register, line.id]


def test_a_covered_field_is_shown_on_record_and_covered_with_the_next_person(
    overview: DossierOverview, people: list[int], office: Office
) -> None:
    opened(overview, people[0])
    assert overview.side.covered() == {"phone": "●●●"}
    overview.side.reveal_button("phone").click()
    assert overview.side.covered() == {"phone": "13900000000"}
    assert office.history.entries()[0].kind == "reveal"
    show(overview, people[1])
    assert overview.side.covered() == {"phone": "●●●"}


def test_a_relative_is_named_for_a_minute_by_the_keyboard(
    overview: DossierOverview, people: list[int], office: Office
) -> None:
    rows = {"relation": [{"relative": "白某样", "relation": "夫妻"}]}
    office.records.save(PERSON, {}, people[0], rows=rows)
    opened(overview, people[0])
    side = overview.side
    (key,) = set(side.covered()) - {"phone"}
    assert side.covered()[key] == "亲属和利害关系：夫妻 白**"
    button = side.reveal_button(key)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert side.covered() == {"phone": "●●●", key: "亲属和利害关系：夫妻 白某样"}
    assert office.history.entries()[0].label == "显示亲属和利害关系的姓名 曹志样"
    side.cover()
    assert side.covered()[key] == "亲属和利害关系：夫妻 白**"
    assert button.isVisible()


def test_the_officers_own_file_says_why_it_stays_closed(
    overview: DossierOverview, people: list[int], office: Office
) -> None:
    opened(overview, people[0])
    show(overview, people[2])
    assert overview.refusal.isVisible()
    assert "本人" in overview.refusal.accessibleName()
    assert not overview.body.isVisible()
    assert overview.file is None


def test_a_past_day_shows_what_was_entered_by_then(overview: DossierOverview, people: list[int]) -> None:
    opened(overview, people[0])
    assert overview.model.rowCount() == 2
    assert overview.file is not None
    assert overview.file.as_of is None


def test_a_purpose_given_before_is_a_button(overview: DossierOverview, people: list[int], office: Office) -> None:
    opened(overview, people[0])
    again = DossierOverview(overview.context)
    show(again, people[1])
    buttons = {each.text(): each for each in again.gate.findChildren(QAbstractButton)}
    assert {"年度考核", "日常监督"} <= set(buttons)
    assert len(openings(office)) == 1
    buttons["年度考核"].click()
    assert len(openings(office)) == 2
    again.deleteLater()


def test_a_year_is_kept_from_the_page_and_told_with_its_way_back(
    overview: DossierOverview, people: list[int], office: Office, qtbot: QtBot
) -> None:
    opened(overview, people[0])
    overview.years.fill()
    actions = [action for action in overview.years.years.actions() if not action.isSeparator()]
    assert [action.text() for action in actions] == ["2025 年", "2026 年"]
    with qtbot.waitSignal(overview.context.events.said) as said:
        actions[1].trigger()
    assert "2026 年的廉政档案快照" in said.args[0]
    (file,) = office.records.attachments(PERSON, people[0])
    assert file["name"].startswith("廉政档案年度快照 2026")
    office.history.undo(said.args[1])
    assert office.records.attachments(PERSON, people[0]) == []


def test_a_talk_begun_from_the_file_knows_its_person(
    overview: DossierOverview, people: list[int], qtbot: QtBot
) -> None:
    opened(overview, people[0])
    with qtbot.waitSignal(overview.context.events.new_asked) as asked:
        overview.talk_button.click()
    assert asked.args == ["integrity_talk", {"subject": Ref("曹志样", "person", people[0])}]


def test_the_dossier_as_shown_is_looked_at_before_it_is_printed(
    overview: DossierOverview, people: list[int], office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    opened(overview, people[0])
    with qtbot.waitSignal(overview.context.events.draft_asked) as asked:
        overview.print_button.click()
    draft = asked.args[0]
    assert [entry for entry in office.history.entries() if entry.kind == "print"] == []
    office.printing.save(draft, tmp_path / "档案.pdf")
    assert "曹志样" in text_of(tmp_path / "档案.pdf")
    (entry,) = [entry for entry in office.history.entries() if entry.kind == "print"]
    assert entry.label.startswith("另存 干部廉政档案 曹志样")
    assert [access.purpose for access in DossierAccess(office.desk).of(people[0]) if access.kind == "print"] == [
        "年度考核"
    ]


def test_a_day_before_the_person_was_entered_says_what_the_file_goes_by(
    overview: DossierOverview, people: list[int], qtbot: QtBot
) -> None:
    opened(overview, people[0])
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    overview.as_of.setFocus()
    for typed in ("2025-01-01", "2026-03-16"):
        overview.as_of.setText(typed)
        QTest.keyClick(overview.as_of, Qt.Key.Key_Return)
        assert overview.as_of.hasFocus()
        assert overview.body.isVisible()
        assert overview.file is not None
        assert overview.refusal.isVisible() is (typed == "2025-01-01")


def test_the_counts_stand_in_one_row_of_one_frame_where_there_is_room(
    overview: DossierOverview, people: list[int], qtbot: QtBot
) -> None:
    opened(overview, people[0])
    # As wide as the pane at 1366 pixels.
    overview.resize(1060, 700)
    tiles = overview.tiles.tiles
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 1)
    # Cell touches cell: the lines between them belong to the frame.
    assert [tile.x() for tile in tiles[1:]] == [tile.x() + tile.width() for tile in tiles[:-1]]
    assert [tile.begins_line for tile in tiles] == [True] + [False] * (len(tiles) - 1)


def test_beside_the_records_the_facts_are_a_column_down_to_the_end(
    overview: DossierOverview, people: list[int], qtbot: QtBot
) -> None:
    opened(overview, people[0])
    overview.resize(1060, 1400)
    qtbot.waitUntil(lambda: overview.side.property("frame") == "side")
    foot = QPoint(0, overview.side.height())
    qtbot.waitUntil(lambda: overview.side.mapTo(overview, QPoint(0, overview.side.height())).y() >= 1390)
    assert overview.side.mapTo(overview, foot).x() + overview.side.width() == overview.width()
    overview.resize(620, 1400)
    qtbot.waitUntil(lambda: overview.side.property("frame") == "")
