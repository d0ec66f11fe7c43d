"""A row as the usual programs write it, taken out of the XML with one pattern for all of its cells.

A pattern for one cell, found again and again, takes twice as long, and tells nothing of what stands between cells.
"""

import re
from functools import lru_cache

from paizhu.documents.books.book import letters

WIDEST = 256
"""Columns up to which a pattern for a whole row is made."""
_STEP = 4
# Possessive throughout: a row that does not fit is given up at once, however long its texts are. Cells stand in the
# order of their columns, any of them may be missing; a formula counts by its stored value and must have one.
_CELL = (
    r'(?:<c r="{column}[0-9]++"([^>/]*+)(?:/>|>(?:'
    r"(?:<v>|<is><t(?: xml:space=\"preserve\")?+>|<f(?=[ />])[^>/]*+(?:/>|>[^<]*+</f>)<v>(?=[^<]))"
    r"([^<]*+)(?:</v>|</t></is>))?+</c>))?+"
)


def usual_row(columns: int) -> re.Pattern[str]:
    """Return the pattern of a row with up to so many columns, or a few more.

    Its groups are the number of the row, then for each column the attributes of the cell and what is stored in it.
    """
    return _pattern(min(-(-columns // _STEP) * _STEP, WIDEST))


@lru_cache(maxsize=WIDEST // _STEP)
def _pattern(columns: int) -> re.Pattern[str]:
    cells = "".join(_CELL.format(column=letters(column)) for column in range(columns))
    return re.compile(rf'\s*+<row r="([0-9]{{1,9}})"[^>/]*+>{cells}\s*+</row>')
