"""What measures the promises runs at all; its figures mean nothing at this size, and nobody looks at them here.

What is measured in a process of its own is done in this one, except the start and the walk through the window: they
take long, and the type checker knows every name in them.
"""

from pathlib import Path

import pytest

from tests.benchmarks import __main__ as bench
from tests.benchmarks import figures, grounds, work_books, work_forms, work_safety, work_vault

SCALE = 0.001
RECORDS = 20
_APART = {"launch", "blocks", "memory", "compare"}


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "trial", True)
    monkeypatch.setattr(work_vault, "_SAVES", 1)
    monkeypatch.setattr(work_forms, "_TIMES", 1)


@pytest.mark.parametrize("name", sorted(bench.works().keys() - _APART))
def test_every_measurement_runs(name: str, tmp_path: Path) -> None:
    found = list(bench.works()[name](tmp_path, SCALE))
    assert found
    assert all(figure.name in figure.line() for figure in found)


def test_a_vault_is_compared_with_its_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work_safety.prepare(str(tmp_path), RECORDS)
    work_safety.compare(str(tmp_path), RECORDS)
    assert len(capsys.readouterr().out.split()) == 3


def test_import_and_export_tell_their_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grounds.ledger(tmp_path, RECORDS)
    for work in ("import", "export"):
        work_books.in_a_process(str(tmp_path), work, RECORDS)
        assert float(capsys.readouterr().out) > 0
