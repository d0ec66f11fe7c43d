"""Reading a ledger of the tests as far as tables and columns."""

from dataclasses import dataclass
from pathlib import Path

from paizhu.base.register import Register
from paizhu.documents.books.opening import open_book
from paizhu.documents.tables.column_match import Matching
from paizhu.documents.tables.frame import DataRow, Frame, Given
from paizhu.documents.tables.label_words import Vocabulary
from paizhu.documents.tables.register_find import recognise
from paizhu.documents.tables.table_find import read_tables
from paizhu.registers.case import CASE
from paizhu.registers.duty import DUTY
from paizhu.registers.lead import LEAD
from paizhu.registers.measure import MEASURE
from paizhu.registers.meeting import MEETING
from paizhu.registers.organisations import SUPPLIER, UNIT
from paizhu.registers.people import PERSON
from paizhu.registers.petition import PETITION
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK

FOLDER = Path(__file__).parents[2] / "data" / "ledgers"
KINDS: tuple[Register, ...] = (DUTY, MEETING, REVIEW, TALK, PETITION, LEAD, CASE, MEASURE, UNIT, PERSON, SUPPLIER)
VOCABULARY = Vocabulary(KINDS)


@dataclass(frozen=True)
class Found:
    """One table of a ledger, read to its end."""

    sheet: str
    frame: Frame
    matching: Matching | None
    rows: list[DataRow]

    @property
    def fed(self) -> dict[str, str]:
        """Return the field each column feeds, by letters."""
        assert self.matching is not None
        return {match.column.letters: match.field for match in self.matching.matches if match.field}

    @property
    def key(self) -> str:
        """Return the register recognised."""
        return self.matching.register.key if self.matching else ""


def found(path: Path, given: Given | None = None) -> list[Found]:
    """Return every table of a workbook."""
    tables = []
    with open_book(path) as book:
        for sheet in book.sheets:
            for table in read_tables(sheet, VOCABULARY, given):
                matching = recognise(table.columns, table.samples, KINDS, sheet.name)
                rows = list(table.rows())
                tables.append(Found(sheet.name, table.frame, matching, rows))
    return tables
