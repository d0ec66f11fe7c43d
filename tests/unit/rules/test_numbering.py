"""Running numbers: written by a pattern, read back from old ledgers."""

import pytest

from paizhu.rules import numbering

PATTERNS = [
    ("线〔{year}〕{n:04}", 2026, 12, "线〔2026〕0012"),
    ("线〔{year}〕{n:04}", 2026, 123456, "线〔2026〕123456"),
    ("{n}", 2026, 7, "7"),
    ("谈{n:3}号", 0, 7, "谈007号"),
    ("百分之百%{n:02}%", 0, 7, "百分之百%07%"),
]


@pytest.mark.parametrize(("pattern", "year", "n", "written"), PATTERNS)
def test_a_number_is_written_by_its_pattern_and_read_back(pattern: str, year: int, n: int, written: str) -> None:
    assert numbering.number(pattern, year, n) == written
    assert numbering.read(pattern, written) == (year if "{year}" in pattern else 0, n)
