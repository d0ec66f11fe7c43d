"""The tree of persons on its page: the line over it, folding, marks, the record beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.roles import Mark, MarkRole
from paizhu.ui.kit.tree_cells import NoteDelegate
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.register.detail_stack import FORM, HISTORY, OVERVIEW
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.sought_line import TYPED_MS

from .conftest import MakePage

PERSON, UNIT = registers.register("person"), registers.register("unit")


@pytest.fixture
def page(office: Office, make_page: MakePage) -> RegisterPage:
    """A unit with a team and a department."""
    office.records.save(UNIT, {"name": "示例局", "kind": "驻在单位"})
    office.records.save(UNIT, {"name": "示例处", "kind": "内设机构", "parent": "示例局"})
    people = (("单小明", "示例局", "局长"), ("曹示例", "示例处", "处长"), ("陶示例", "示例处", "副处长"))
    for at, (name, unit, post) in enumerate(people):
        typed = {"name": name, "unit_now": unit, "post_now": post, "team_now": "否" if at else "是"}
        office.records.save(PERSON, typed)
    measure = {"subject": "曹示例", "kind": "党内警告", "decided_at": "2026-03-01", "subject_unit": "示例处"}
    office.records.save(registers.register("measure"), measure)
    return make_page(PERSON)


def words(page: RegisterPage) -> list[str]:
    shown = page.side.list.model
    assert isinstance(shown, OutlineModel)
    return [str(shown.index(row, 0).data()) for row in range(shown.rowCount())]


def test_all_but_the_first_people_are_folded_at_first(page: RegisterPage) -> None:
    assert words(page) == ["示例局", "党组班子", "单小明", "示例处"]
    assert not page.side.list.table.horizontalHeader().isVisible()


def test_words_over_the_tree_leave_who_is_meant_unfolded(page: RegisterPage, qtbot: QtBot) -> None:
    box = page.side.list.line.box
    assert box.isVisible()
    box.setFocus()
    QTest.keyClicks(box, "csl")
    qtbot.waitUntil(lambda: words(page) == ["示例局", "示例处", "曹示例"])
    QTest.keyClick(box, Qt.Key.Key_Down)
    row = page.side.list.current_row()
    assert row is not None
    assert row.values["name"] == "曹示例"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "党组班子" in words(page))
    assert page.focusWidget() is box
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.side.list.table


def test_words_nobody_is_meant_by_say_so_and_can_be_cleared(page: RegisterPage, qtbot: QtBot) -> None:
    page.side.list.line.box.setText("没有这人")
    qtbot.waitUntil(lambda: page.side.list.model.total == 0)
    page.side.narrowing.clear()
    assert page.side.list.line.words() == ""
    assert len(words(page)) == 4


def test_a_lock_right_after_a_key_asks_a_closed_vault_nothing(page: RegisterPage, office: Office, qtbot: QtBot) -> None:
    page.side.list.line.box.setText("没有这人")
    office.vault.close()
    with qtbot.captureExceptions() as faults:
        page.side.list.line.changed.emit()
        # The list would be narrowed in the meantime.
        qtbot.wait(2 * TYPED_MS)
    assert faults == []


def test_an_influence_period_is_marked_beside_the_name(page: RegisterPage, office: Office) -> None:
    person = office.search.find("曹示例", 1, ("person",))[0].id
    page.open_record("person", person)
    model = page.side.list.model
    marks = [model.index(row, 1).data(MarkRole) for row in range(model.rowCount())]
    assert [mark.words for mark in marks if isinstance(mark, Mark)] == ["影响期"]
    assert page.side.detail.work.record_id == person


def test_the_status_counts_persons(page: RegisterPage) -> None:
    assert page.side.list.counts_words().startswith("共 3 人 · 影响期内 1 人")


def test_chips_tell_who_is_in_service_weighed_silent_and_gone(page: RegisterPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: len(page.side.narrowing.facets) > 2)
    words = {facet.words: facet.key for facet in page.side.narrowing.facets}
    assert {"在职", "影响期内", "今年未谈话"} <= set(words)
    page.side.narrowing.choose(words["影响期内"])
    assert page.side.list.model.total == 1


def test_the_red_button_stands_in_the_head_of_an_open_file_and_in_the_bar_elsewhere(page: RegisterPage) -> None:
    detail = page.side.detail
    page.side.open(page.side.list.current_id())
    overview = detail.overview
    assert isinstance(overview, DossierOverview)
    # Nothing of the file stands there yet, so there is no head to stand in.
    assert detail.bar.isAncestorOf(detail.bar.primary)
    overview.open_for("年度考核")
    assert overview.tools.isAncestorOf(detail.bar.primary)
    assert detail.has_primary
    assert not detail.bar.isVisible()
    assert detail.bar.primary.text() == "出具廉政意见"
    detail.header.tabs.setCurrentIndex(HISTORY)
    assert detail.bar.isVisible()
    assert not overview.tools.isAncestorOf(detail.bar.primary)
    detail.header.tabs.setCurrentIndex(OVERVIEW)
    assert overview.tools.isAncestorOf(detail.bar.primary)


def test_a_post_takes_the_room_a_short_name_leaves(page: RegisterPage) -> None:
    table = page.side.list.table
    model = table.model()
    row = words(page).index("单小明")
    at = next(at for at in range(model.columnCount()) if isinstance(table.itemDelegateForColumn(at), NoteDelegate))
    note = table.itemDelegateForColumn(at)
    assert isinstance(note, NoteDelegate)
    assert note.spare(model.index(row, at)) > 0
    table.setColumnWidth(0, 40)
    assert note.spare(model.index(row, at)) == 0


def test_the_dossier_of_a_record_seen_in_its_form_leaves_one_red_button(page: RegisterPage, qtbot: QtBot) -> None:
    detail = page.side.detail
    detail.header.tabs.setCurrentIndex(FORM)
    qtbot.waitUntil(lambda: page.toolbar.new_button.look is Look.PRIMARY)
    detail.header.tabs.setCurrentIndex(OVERVIEW)

    def red() -> list[str]:
        shown = [each for each in page.findChildren(Button) if each.isVisible() and each.look is Look.PRIMARY]
        return [each.text() for each in shown]

    qtbot.waitUntil(lambda: red() == ["出具廉政意见"])
