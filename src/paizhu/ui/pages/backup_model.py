"""The list of backups for a table, newest first."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from paizhu.storage.backup_place import Backup
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.moments import spoken

_MEGABYTE = 1 << 20


class Listed(NamedTuple):
    """A backup with how many records of each register it holds, and whether it lies in this machine's own place."""

    backup: Backup
    counts: dict[str, int]
    own: bool


def listed(found: list[tuple[Backup, dict[str, int]]], own_place: Path) -> list[Listed]:
    """Return backups as they are listed."""
    return [Listed(backup, counts, backup.folder.parent == own_place) for backup, counts in found]


def _holds(each: Listed) -> str:
    if each.backup.failed:
        return f"{spoken(each.backup.failed)} 发现损坏，不再算数"
    if not each.backup.proven:
        return "没有清点过"
    records = "，".join(f"{label} {count}" for label, count in each.counts.items())
    files = f"，附件 {each.backup.attachments} 个" if each.backup.attachments else ""
    return (records or "还没有记录") + files


def _mark(each: Listed) -> Mark:
    backup = each.backup
    if backup.failed and backup.spoilt:
        return Mark(Shape.TRIANGLE, f"坏了附件 {backup.spoilt} 个", Tone.AMBER)
    if backup.failed:
        return Mark(Shape.CROSS, "已损坏", Tone.ACCENT)
    if backup.proven is None:
        return Mark(Shape.TRIANGLE, "没有核验", Tone.AMBER)
    if backup.lacking:
        return Mark(Shape.TRIANGLE, f"缺附件 {backup.lacking} 个", Tone.AMBER)
    return Mark(Shape.TICK, "已核验", Tone.DONE)


CELLS: tuple[Cells[Listed], ...] = (
    Cells(Column("made", "时间", 150), lambda each: f"{each.backup.made:%Y-%m-%d %H:%M}"),
    Cells(Column("reason", "为什么做", 100), lambda each: each.backup.reason.words),
    Cells(
        Column("state", "核验", 110, CellKind.STATUS),
        mark=_mark,
        tip=lambda each: f"{spoken(each.backup.proven)} 核验" if each.backup.proven else None,
    ),
    Cells(Column("counts", "里面有", 300, stretches=True), _holds),
    Cells(Column("place", "位置", 110, rank=1), lambda each: "本机" if each.own else "第二个位置"),
    Cells(
        Column("size", "大小", 80, rank=2),
        lambda each: f"{max(each.backup.database_bytes / _MEGABYTE, 0.1):.1f} MB",
    ),
)
