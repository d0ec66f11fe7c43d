"""The list of responsibilities as a tree: folding by keys and mouse, long branches, filters, windows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.base.view import Condition, Test
from paizhu.services.office import Office
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

DUTY = registers.register("duty_item")
TREE = 0


def fill(office: Office, count: int) -> list[int]:
    """Make so many items of the group and two of members, in one act."""
    kinds = ["supervisory"] * count + ["dual", "dual"]
    with office.vault.act("save") as act:
        return [
            act.create(
                DUTY,
                {"content": f"示例事项{at:04}", "duty_kind": kind, "subject": Ref("示例组"), "state": "doing"},
            )
            for at, kind in enumerate(kinds)
        ]


@pytest.fixture
def page(office: Office, make_page: MakePage) -> RegisterPage:
    """A page with twelve items under one root and two under another."""
    for at in range(12):
        office.records.save(DUTY, {"content": f"监督事项{at:02}", "duty_kind": "监督责任", "subject": "示例组"})
    for name in ("示例甲", "示例乙"):
        office.records.save(DUTY, {"content": f"{name}的事项", "duty_kind": "一岗双责", "subject": name})
    return make_page(DUTY)


def model(page: RegisterPage) -> OutlineModel:
    found = page.side.list.model
    assert isinstance(found, OutlineModel)
    return found


def words(page: RegisterPage) -> list[str]:
    shown = model(page)
    return [str(shown.index(row, TREE).data()) for row in range(shown.rowCount())]


def key(page: RegisterPage, which: Qt.Key) -> None:
    QTest.keyClick(page.side.list.table, which)


def at(page: RegisterPage) -> str:
    return words(page)[page.side.list.table.currentIndex().row()]


def test_a_long_branch_ends_in_a_line_for_the_rest(page: RegisterPage) -> None:
    shown = words(page)
    assert shown[0] == "纪检监察组监督责任（12 项）"
    assert shown[7] == "展开其余 6 项"
    assert shown[8:] == ["班子成员“一岗双责”（2 项）", "示例甲", "示例甲的事项", "示例乙", "示例乙的事项"]
    page.side.list.table.go_to(7)
    key(page, Qt.Key.Key_Return)
    assert "展开其余 6 项" not in words(page)
    assert len(words(page)) == 18


def test_space_and_arrows_fold_and_walk(page: RegisterPage) -> None:
    page.side.list.table.go_to(0)
    key(page, Qt.Key.Key_Space)
    assert words(page)[:2] == ["纪检监察组监督责任（12 项）", "班子成员“一岗双责”（2 项）"]
    key(page, Qt.Key.Key_Right)
    assert words(page)[1].startswith("监督事项")
    key(page, Qt.Key.Key_Right)
    assert at(page).startswith("监督事项")
    key(page, Qt.Key.Key_Left)
    assert at(page) == "纪检监察组监督责任（12 项）"
    key(page, Qt.Key.Key_Left)
    assert len(words(page)) == 6


def test_the_arrow_folds_under_the_mouse(page: RegisterPage) -> None:
    table = page.side.list.table
    place = QPoint(18, table.rowViewportPosition(0) + table.rowHeight(0) // 2)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(words(page)) == 6


def test_only_matching_rows_are_left_and_none_of_them_is_cut(page: RegisterPage) -> None:
    page.side.list.filtered.emit([Condition("content", Test.CONTAINS, "监督事项0")], False)
    assert words(page)[0] == "纪检监察组监督责任（10 项）"
    assert len(words(page)) == 11
    assert "共 10 项" in page.side.list.counts_words()


def test_a_record_that_is_folded_away_is_unfolded_when_it_is_opened(page: RegisterPage, office: Office) -> None:
    page.side.list.table.go_to(0)
    key(page, Qt.Key.Key_Space)
    last = office.records.ids(office.records.default_view(DUTY))[0]
    page.open_record(DUTY.key, last)
    assert page.side.list.current_id() == last
    assert page.side.detail.work.record_id == last


def test_branches_are_neither_counted_nor_copied_nor_voided(page: RegisterPage) -> None:
    table = page.side.list.table
    table.selectAll()
    assert table.chosen_count() == 8
    assert len(page.side.list.selected_ids()) == 8
    table.copy_selection()
    assert len(QGuiApplication.clipboard().text().strip().splitlines()) == 9


def test_the_plain_list_stays_available_and_is_remembered(page: RegisterPage) -> None:
    here = page.side.list.current_id()
    page.side.set_tree(False)
    assert not isinstance(page.side.list.model, OutlineModel)
    assert page.side.list.model.rowCount() == 14
    assert page.side.list.current_id() == here
    saved = page.side.as_saved()
    page.side.set_tree(True)
    page.side.show_saved(saved)
    assert not page.side.list.as_tree


def test_what_is_folded_is_remembered(page: RegisterPage) -> None:
    page.side.list.table.go_to(0)
    key(page, Qt.Key.Key_Space)
    saved = page.side.as_saved()
    key(page, Qt.Key.Key_Space)
    page.side.show_saved(saved)
    assert len(words(page)) == 6


def test_sorting_keeps_the_branches(page: RegisterPage) -> None:
    page.side.list.sorted_by.emit("content", True)
    assert words(page)[:2] == ["纪检监察组监督责任（12 项）", "监督事项11"]


def test_a_tree_of_thousands_reads_windows_only(office: Office, make_page: MakePage) -> None:
    fill(office, 3000)
    page = make_page(DUTY)
    shown = model(page)
    page.side.list.table.go_to(7)
    key(page, Qt.Key.Key_Return)
    assert shown.rowCount() == 3005
    page.side.list.table.go_to(2990)
    assert at(page) == "示例事项2989"
    assert sum(len(window.records) for window in shown._kept.values()) <= 128 * 24


@pytest.mark.parametrize("register", [DUTY])
def test_every_cell_of_a_tree_can_be_read_out(page: RegisterPage, register: Register) -> None:
    shown = model(page)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert shown.index(0, TREE).data(role) == "第 1 层，纪检监察组监督责任（12 项），12 条，已展开"
    item = [shown.index(1, at).data(role) for at in range(6)]
    assert all("：" in str(each) for each in item)
