"""An import beside many records that stand already."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paizhu.base import bulk
from paizhu.base.rows import Row
from paizhu.services.office import Office
from paizhu.storage import scratch
from paizhu.storage.vault import Vault
from tests.ledgers import ledger


def test_what_stands_already_is_read_as_a_run_over_many_rows(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the window looks for garbage among all the records that are alive meanwhile."""
    plan = office.importing.plan(ledger(tmp_path / "谈话.xlsx"))
    office.importing.apply(plan)
    plan.drop()
    runs: list[bool] = []
    every_row = scratch.every_row

    def noted(vault: Vault, register: str) -> Iterator[Row]:
        for row in every_row(vault, register):
            runs.append(bulk.is_running())
            yield row

    monkeypatch.setattr(scratch, "every_row", noted)
    office.importing.plan(ledger(tmp_path / "谈话.xlsx")).drop()
    assert runs
    assert all(runs)
