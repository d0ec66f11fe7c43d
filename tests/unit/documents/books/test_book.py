"""How a cell is put into words: as it is read in the sheet, not as Python holds it."""

from datetime import datetime

import pytest

from paizhu.documents.books.book import NO_RESULT, ErrorCell, Rounded, looks_of, words_of


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        ("张三", "张三"),
        (3.0, "3"),
        (3.5, "3.5"),
        (Rounded.of(1234.0, "1,234"), "1234"),
        (ErrorCell("#REF!"), "#REF!"),
        (NO_RESULT, "公式没有存下结果"),
    ],
)
def test_a_cell_is_put_into_the_words_that_are_read_in_it(cell: object, words: str) -> None:
    assert words_of(cell) == looks_of(cell) == words


def test_a_day_is_looked_at_without_the_midnight_it_is_kept_with() -> None:
    assert looks_of(datetime(2026, 3, 5)) == "2026-03-05"
    assert looks_of(datetime(2026, 3, 5, 9, 30)) == "2026-03-05 09:30:00"
