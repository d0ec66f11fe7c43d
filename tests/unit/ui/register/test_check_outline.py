"""The tree of problems on its page: sources, problems, and below an unfolded problem its letter and rectification."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.ui.kit.roles import Fold, FoldRole, Mark, MarkRole
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage

FINDING, ACTIVITY, PROPOSAL = map(registers.register, ("finding", "supervision_activity", "proposal"))


@pytest.fixture
def page(office: Office, make_page: MakePage) -> RegisterPage:
    """A check with two problems, one in a letter, and a problem an audit sent."""
    office.records.save(registers.register("unit"), {"name": "示例处"})
    check = office.records.save(
        ACTIVITY, {"title": "示例专项检查", "start_date": "2026-03-02", "units": "示例处"}
    ).records[0][1]
    handing = HandingLetters(office.desk)
    handing.findings_from_activity(
        check, [{"problem": "公示期不足", "due": "2026-03-10"}, {"problem": "没有签字", "due": "2026-03-20"}]
    )
    first = handing.findings_of(check)[0]
    handing.letter_from_findings([first.id], "reminder")
    office.records.save(
        FINDING,
        {"problem": "缺审批单", "source_kind": "审计", "source_ref": "示例审〔2026〕1号", "duty_unit": "示例处"},
    )
    return make_page(FINDING, ACTIVITY, PROPOSAL)


def model(page: RegisterPage) -> OutlineModel:
    found = page.side.list.model
    assert isinstance(found, OutlineModel)
    return found


def words(page: RegisterPage) -> list[str]:
    shown = model(page)
    return [str(shown.index(row, 0).data()) for row in range(shown.rowCount())]


def test_problems_stand_under_what_they_came_from(page: RegisterPage) -> None:
    assert words(page) == [
        "示例专项检查（2 个）", "公示期不足", "没有签字", "示例审〔2026〕1号（1 个）", "缺审批单",
    ]  # fmt: skip
    heads = [column.words for column in model(page).columns if column.shown]
    assert heads == ["问题", "责任单位", "整改期限", "状态", "佐证"]
    state = next(at for at, column in enumerate(model(page).columns) if column.key == "state")
    assert model(page).index(0, state).data() == "销号 0 / 2"


def test_an_unfolded_problem_tells_its_letter_and_its_rectification(page: RegisterPage) -> None:
    table = page.side.list.table
    table.go_to(1)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert words(page)[1:5] == ["公示期不足", "建议　工作提醒函 建〔2026〕001", "整改　还没有措施", "没有签字"]
    assert model(page).index(2, 0).data(FoldRole) == Fold(2)
    state = next(at for at, column in enumerate(model(page).columns) if column.key == "state")
    mark = model(page).index(2, state).data(MarkRole)
    assert isinstance(mark, Mark)
    assert mark.words == "拟稿"
    assert model(page).place_of(model(page).row(4).id) == 4  # type: ignore[union-attr]  # a problem stands there
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert len(words(page)) == 5


def test_a_line_below_a_problem_stands_for_the_problem(page: RegisterPage) -> None:
    table = page.side.list.table
    table.go_to(1)
    table.fold(1, unfold=True)
    table.go_to(3)
    row = page.side.list.current_row()
    assert row is not None
    assert row.values["problem"] == "公示期不足"
    assert model(page).head_of(3) == 1
    assert table.chosen_count() == 0
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().row() == 1


def test_a_problem_nobody_was_told_of_has_a_chip(page: RegisterPage, office: Office) -> None:
    chips = page.side.list.outline.chips() if page.side.list.outline else ()
    ((key, label, conditions),) = chips
    assert (key, label) == ("unlettered", "还没交办")
    found = {office.records.get(FINDING, each).values["problem"] for each in conditions[0].value}
    assert found == {"没有签字", "缺审批单"}
