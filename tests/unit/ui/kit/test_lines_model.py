"""A list under fixed columns: what each column tells, what is read out, and what is asked beyond its edge."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import ButtonRole, Mark, MarkRole, RowRole, SecondLineRole, Tone, ToneRole

ROLE = Qt.ItemDataRole


@dataclass(frozen=True)
class Thing:
    """Something a list could hold."""

    name: str
    basis: str = ""
    done: bool = False


def standing(thing: Thing) -> Mark | None:
    return Mark(Shape.TICK, "办结", Tone.DONE) if thing.done else None


CELLS: tuple[Cells[Thing], ...] = (
    Cells(Column("name", "名称"), lambda thing: thing.name, second=lambda thing: thing.basis, tip=str),
    Cells(Column("state", "状态", kind=CellKind.STATUS), mark=standing, tone=Tone.QUIET),
    Cells(Column("verb", "", kind=CellKind.BUTTON), lambda _thing: "打开", button=lambda _thing: "打开"),
)
THINGS = [Thing("风险点排查", "工作安排"), Thing("警示教育", done=True)]


@pytest.fixture
def model() -> LinesModel[Thing]:
    return LinesModel(CELLS, THINGS)


def test_it_is_a_model_qt_can_rely_on(model: LinesModel[Thing], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


@pytest.mark.parametrize(
    ("row", "column", "role", "told"),
    [
        (0, 0, ROLE.DisplayRole, "风险点排查"),
        (0, 0, SecondLineRole, "工作安排"),
        (0, 0, ROLE.AccessibleTextRole, "名称：风险点排查"),
        (0, 0, MarkRole, None),
        (0, 1, ROLE.DisplayRole, ""),
        (1, 1, ROLE.DisplayRole, "办结"),
        (1, 1, MarkRole, Mark(Shape.TICK, "办结", Tone.DONE)),
        (1, 1, ToneRole, Tone.QUIET),
        (1, 2, ButtonRole, "打开"),
        (1, 2, ROLE.AccessibleTextRole, "打开"),
        (1, 2, RowRole, THINGS[1]),
        (1, 2, ROLE.DecorationRole, None),
    ],
)
def test_a_column_tells_what_it_declares(
    model: LinesModel[Thing], row: int, column: int, role: int, told: object
) -> None:
    assert model.index(row, column).data(role) == told


def test_a_number_has_its_head_at_the_end_where_it_stands() -> None:
    counted = LinesModel((*CELLS, Cells(Column("count", "件数", kind=CellKind.COUNT), lambda _thing: "3")), THINGS)
    heads = [counted.headerData(at, Qt.Orientation.Horizontal, ROLE.TextAlignmentRole) for at in range(4)]
    assert [head is not None for head in heads] == [False, False, False, True]
    assert heads[3] & Qt.AlignmentFlag.AlignRight


def test_a_list_can_be_read_out_line_by_line() -> None:
    spoken = LinesModel(CELLS, THINGS, sentence=lambda thing: f"{thing.name}，{'办结' if thing.done else '在办'}")
    assert spoken.index(0, 1).data(ROLE.AccessibleTextRole) == "风险点排查，在办"


def test_what_lies_beyond_the_list_is_nothing(model: LinesModel[Thing]) -> None:
    assert model.line(-1) is None
    assert model.line(2) is None
    assert model.row_where(lambda thing: thing.name == "没有") == -1
    assert model.data(QModelIndex()) is None
    assert model.headerData(3, Qt.Orientation.Horizontal) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "状态"


def test_other_lines_take_the_place_of_those_shown(model: LinesModel[Thing], qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show_lines(THINGS[1:])
    assert (model.rowCount(), model.row_where(lambda thing: thing.done)) == (1, 0)
