"""Rules of the house that no other tool checks: small files, and signals that outlive their listeners."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "paizhu"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
# A lambda is no slot of the widget it speaks of: Qt goes on calling it after the widget is gone.
_KEPT_ALIVE = re.compile(r"theme\.current\(\)\.changed\.connect\(\s*(lambda|partial)")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_nothing_listens_to_the_theme_by_a_lambda() -> None:
    found = [path.name for path in FILES if _KEPT_ALIVE.search(path.read_text(encoding="utf-8"))]
    assert found == []
