"""The plain new rows of a block as a plan keeps them: by column, from the cells to the columns of the register."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from paizhu.base.rows import Value
from paizhu.documents.books.book import Rounded
from paizhu.services.importing.block import Block
from paizhu.services.importing.cells import PLAIN, raw_of
from paizhu.services.importing.facts import NEW
from paizhu.services.importing.read import CellProblem
from paizhu.storage.scratch import Run, packed_columns
from paizhu.storage.tables import Table


def run_of(
    found: Table, block: Block, identities: Sequence[str | None], states: Sequence[Value], places: Sequence[int]
) -> Run:
    """Return the rows at some places of a block; ``states`` are those they come in, none where there are no stages."""
    whole = len(places) == len(block.numbers)

    def of(column: Sequence[Any]) -> Sequence[Any]:
        return column if whole else [column[place] for place in places]

    values = {name: of(column) for name, column in block.columns.items()}
    if states:
        values["state"] = states
    cells = [of(column) for column in block.cells]
    shown: dict[int, dict[int, str]] = {}
    for index, column in enumerate(cells):
        if not PLAIN.issuperset(map(type, column)):
            for at, cell in enumerate(column):
                if type(cell) is Rounded:
                    shown.setdefault(at, {})[index] = cell.shown
            cells[index] = [cell if type(cell) in PLAIN else raw_of(cell) for cell in column]
    return Run(
        NEW,
        of(block.numbers),
        of(identities),
        packed_columns(found, values),
        cells,
        shown,
        of(block.extra),
        _told(of(block.problems)),
        of(block.names),
    )


def _told(problems: Sequence[Sequence[CellProblem]]) -> list[list[dict[str, Any]]]:
    """Return the problems of each row as plain data; what is said of many rows is the same object in all of them."""
    distinct = {id(problem): problem for row in problems for problem in row}
    told = {at: asdict(problem) for at, problem in distinct.items()}
    return [[told[id(problem)] for problem in row] for row in problems]
