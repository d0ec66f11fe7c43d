"""An agenda in a workbook, with its title rows, merged headings and sums, as the lines an officer would have pasted.

What comes out are words: they stand in the place for an agenda and are read, shown and mended there like pasted ones.
"""

from pathlib import Path

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Problem
from paizhu.documents.books.book import Cell, words_of
from paizhu.documents.books.opening import open_book
from paizhu.documents.tables.column_match import Match, match_columns
from paizhu.documents.tables.frame import DataRow, Table
from paizhu.documents.tables.label_words import Vocabulary
from paizhu.documents.tables.table_find import read_tables
from paizhu.registers.review import REVIEW

_FIELDS = ("title", "category", "sub_category", "submit_dept", "reporter", "leader_in_charge", "amount")
_NUMBER = "序号"


def agenda_words(path: Path, password: str | None = None) -> str:
    """Return the words above the table, a line of headings and a line an item, the cells parted by tabs.

    A workbook without a column of items is refused in words; several sheets with one are read one after the other.
    """
    found: list[str] = []
    with open_book(path, password) as book:
        for sheet in book.sheets:
            for each in read_tables(sheet, Vocabulary((REVIEW,))):
                fed = match_columns(each.columns, each.samples, REVIEW).fields
                if "title" in fed:
                    found += _lines(each, {name: match for name, match in fed.items() if name in _FIELDS})
    if not found:
        words = f"《{path.name}》里没有找到“议题名称”一列"
        raise InvalidRecordError([Problem("title", f"{words}，请核对表头，或把议程粘贴进来")])
    return "\n".join(found)


def _lines(found: Table, fed: dict[str, Match]) -> list[str]:
    ordinal = next((column.index for column in found.columns if "".join(column.header.split()) == _NUMBER), None)
    names = [name for name in _FIELDS if name in fed]
    rows = [row for row in found.rows() if _words(row.cell(fed["title"].column.index))]
    above = [words for words in found.frame.above if words]
    heads = [_head(name, fed[name].unit) for name in names]
    lines = ["\t".join((_NUMBER, *heads))]
    for at, row in enumerate(rows, start=1):
        number = _words(row.cell(ordinal)) if ordinal is not None else ""
        lines.append("\t".join((number or str(at), *(_cell(row, fed[name]) for name in names))))
    return [*above, *lines]


def _head(name: str, unit: str) -> str:
    label = REVIEW.field(name).label
    return f"{label}（{unit}）" if unit else label


def _cell(row: DataRow, match: Match) -> str:
    return _words(row.cell(match.column.index))


def _words(cell: Cell) -> str:
    return " ".join(words_of(cell).split())
