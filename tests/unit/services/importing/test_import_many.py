"""An import beside many records that stand already."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

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


def test_what_is_opened_to_look_at_one_row_is_small(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["谈话时间", "谈话对象", "谈话类型", "谈话内容"])
    for at in range(700):
        sheet.append([f"2026-03-{at % 28 + 1:02}", f"示例{at}", "日常", f"内容{at}"])
    book.save(tmp_path / "谈话.xlsx")
    together: list[int] = []
    put = scratch.Scratch.put

    def noted(self: scratch.Scratch, rows: Iterable[scratch.Kept], run: scratch.Run | None = None) -> None:
        alone = list(rows)
        together.append(len(alone) + (len(run.rows) if run else 0))
        put(self, alone, run)

    monkeypatch.setattr(scratch.Scratch, "put", noted)
    office.importing.plan(tmp_path / "谈话.xlsx").drop()
    assert sum(together) >= 700
    assert max(together) <= 250, "each row of a list may lie in another block"
