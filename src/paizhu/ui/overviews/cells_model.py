"""A short table made of cells: problems of a check, rows of a letter; each line leads to a record, or to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paizhu.base.rows import Ref
from paizhu.ui import theme
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.register.outline import Cell
from paizhu.ui.register.outline_lines import cell_words

_MOST_LINES = 12
_FRAME = 4
_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line: what stands in its columns, and the record that Enter opens."""

    cells: Mapping[str, Cell]
    record: Ref | None = None


class CellsModel(LinesModel[CellLine]):
    """Such lines under fixed columns."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__([_cells(column) for column in columns])


def _cells(column: Column) -> Cells[CellLine]:
    def of(line: CellLine) -> Cell:
        return line.cells.get(column.key) or _EMPTY

    return Cells(
        column,
        lambda line: cell_words(of(line)),
        mark=lambda line: of(line).mark,
        tip=lambda line: of(line).tip or None,
        tone=lambda line: of(line).tone,
    )


class CellsTable(RegisterTable):
    """Such a table in a frame, high enough for its lines."""

    def __init__(self, name: str, model: CellsModel) -> None:
        super().__init__(name)
        self.setProperty("frame", "box")
        self.show_model(model, model.columns)
        self._lines = model
        model.modelReset.connect(self.measure)
        theme.current().changed.connect(self.measure)

    def measure(self) -> None:
        """Take the height of the lines there are; more than a dozen are scrolled."""
        heights = theme.current().heights
        rows = min(len(self._lines.lines), _MOST_LINES)
        self.setFixedHeight(heights.header + rows * heights.row + _FRAME)
        self.setVisible(bool(rows))
