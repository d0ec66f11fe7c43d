"""Makes the messy ledgers and their right readings: ``python -m tests.data.make_messy``, after changing them.

The readings are written down by hand in the modules beside this one, never taken from what the program reads.
"""

from tests.data import messy_files, messy_lists, messy_more, messy_people, messy_reviews, messy_saved, messy_talks
from tests.data.messy_kit import FOLDER, Messy, write

_MODULES = (messy_talks, messy_saved, messy_lists, messy_reviews, messy_files, messy_people, messy_more)
BOOKS: tuple[Messy, ...] = tuple(book for module in _MODULES for book in module.BOOKS)


def main() -> None:
    """Write every messy ledger anew."""
    for old in FOLDER.glob("[0-9]*"):
        old.unlink()
    for book in BOOKS:
        write(book)


if __name__ == "__main__":
    main()
