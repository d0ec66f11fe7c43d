"""The report about entries of the journal that do not fit the chain: numbers and times, no contents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.storage import atomic


def write_report(path: Path, office: Office, wrong: Sequence[int]) -> None:
    """Write it as plain text; refused in words when the disk does not take it."""
    count, head = office.vault.last_entry()
    lines = [
        "留痕链校验报告",
        f"校验时间：{clock.now():%Y-%m-%d %H:%M}",
        f"共 {count} 条，校验不符 {len(wrong)} 条，链尾 {head[:16]}",
        "",
        *(f"第 {entry} 条　{office.history.entry(entry).at.replace('T', ' ')}" for entry in wrong),
    ]
    try:
        atomic.write(path, "\n".join(lines).encode())
    except OSError as error:
        raise atomic.refusal(error, "没有写成校验报告") from error
