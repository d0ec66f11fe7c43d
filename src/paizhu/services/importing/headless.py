"""Sheets without any header row: known again by the shape of what they hold, or proposed by it."""

from collections.abc import Sequence

from paizhu import registers
from paizhu.base.register import Register
from paizhu.documents.books.book import Sheet
from paizhu.documents.tables import column_match, register_find, table_find
from paizhu.documents.tables.column_match import Matching
from paizhu.documents.tables.frame import Given, Table
from paizhu.documents.tables.label_words import Vocabulary
from paizhu.services.importing.columns import matched
from paizhu.services.importing.look import frame_without_header, look_at
from paizhu.services.importing.mappings import Mappings

Found = tuple[Table, Matching, Given]


def found_again(sheet: Sheet, known: Sequence[Register], mappings: Mappings) -> Found | None:
    """Return the table of a sheet whose shape was matched in an earlier import; None for any other sheet."""
    if not any(name.startswith(column_match.SHAPE) for name in mappings.fingerprints()):
        return None
    given = frame_without_header(look_at(sheet))
    for table in table_find.read_tables(sheet, Vocabulary(known), given):
        kept = mappings.find(column_match.fingerprint(table.columns, table.samples))
        if kept is not None and kept.register in {each.key for each in known}:
            kind = registers.register(kept.register)
            return table, matched(table.columns, table.samples, kind, kept.mapping), given
        break
    return None


def proposed(sheet: Sheet, known: Sequence[Register]) -> str | None:
    """Return the register the cells of a sheet without a header speak for; empty when none stands out.

    None for a sheet without content.
    """
    look = look_at(sheet)
    if not look.rows:
        return None
    given = frame_without_header(look)
    for table in table_find.read_tables(sheet, Vocabulary(known), given):
        return register_find.likeliest(table.columns, table.samples, known)
    return ""
