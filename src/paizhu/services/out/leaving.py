"""全部导出: everything the vault holds in folders anybody can read, complete by count; leaving must be easy.

What is sealed about informants never leaves; the list of contents says how many such rows stay behind.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError, PaizhuError
from paizhu.base.field import FieldKind
from paizhu.base.progress import Progress, silent
from paizhu.base.register import Register
from paizhu.base.rows import Problem
from paizhu.base.view import View
from paizhu.services.desk import Desk
from paizhu.services.out.classes import HINTS, Release
from paizhu.services.out.exporting import Exporting, Wanted
from paizhu.storage import queries
from paizhu.storage.tables import quoted, table

WORKBOOK = "台账.xlsx"
ATTACHMENTS = "附件"
CONTENTS = "目录.txt"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Left:
    """What was written: the folder, records by register, attachments, and sealed rows that stayed behind."""

    folder: Path
    records: dict[str, int]
    attachments: int
    sealed: int


def leave(desk: Desk, parent: Path, reason: str, progress: Progress = silent) -> Left:
    """Write everything below a new folder in ``parent``; nothing is left there when it fails or is cancelled."""
    if not reason.strip():
        raise InvalidRecordError([Problem("reason", "请写明全部导出的事由，它会记入留痕", "required")])
    folder = parent / f"全部导出-{clock.now():%Y%m%d-%H%M%S}"
    try:
        folder.mkdir()
    except OSError as error:
        raise PaizhuError(f"不能在“{parent.name}”里新建文件夹", "数据没有改动", "请另选一个可以写入的位置") from error
    try:
        release = Release(reason, _private() | HINTS)
        wanted = [Wanted(View(each.key)) for each in registers.REGISTERS]
        exported = Exporting(desk).export_views(folder / WORKBOOK, wanted, release, progress=progress)
        records = {each.label: _count(desk, each) for each in registers.REGISTERS}
        files = _attachments(desk, folder / ATTACHMENTS, progress)
        left = Left(folder, records, files, _sealed(desk))
        (folder / CONTENTS).write_text(_contents(desk, left, dict(exported.counts)), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return left


def _private() -> frozenset[str]:
    return frozenset(field.name for kind in registers.every_kind() for field in kind.fields if field.private)


def _count(desk: Desk, register: Register) -> int:
    with desk.vault.read() as connection:
        return queries.count(connection, View(register.key))


def _attachments(desk: Desk, place: Path, progress: Progress) -> int:
    with desk.vault.read() as connection:
        rows = connection.execute(
            "SELECT register, record_id, name, digest FROM attachment WHERE voided = 0 ORDER BY register, record_id, id"
        ).fetchall()
    for done, (key, record_id, name, digest) in enumerate(rows, start=1):
        register = registers.register(key)
        with desk.vault.read() as connection:
            row = queries.one(connection, table(register), record_id)
        folder = place / register.label / _fit(f"{row.no or record_id} {register.title_of(row)}")
        folder.mkdir(parents=True, exist_ok=True)
        desk.vault.attachments.export(digest, _free(folder / _fit(name)))
        progress("正在导出附件", done, len(rows))
    return len(rows)


def _sealed(desk: Desk) -> int:
    count = 0
    with desk.vault.read() as connection:
        for register in registers.REGISTERS:
            for child in register.rows:
                if any(field.kind is FieldKind.SEALED for field in child.fields):
                    name = quoted(table(register, child.key).name)
                    count += connection.execute(f"SELECT count(*) FROM {name} WHERE voided = 0").fetchone()[0]
    return count


def _contents(desk: Desk, left: Left, sheets: dict[str, int]) -> str:
    lines = [
        f"{desk.setting('group') or desk.vault.folder.stem}  全部导出",
        f"导出时间：{clock.now():%Y-%m-%d %H:%M}",
        "",
        f"{WORKBOOK}：每类台账一张表，明细行另成一表",
        *(f"  {label}：{count} 条" for label, count in left.records.items()),
        "  其中各表行数：" + "、".join(f"{name} {count}" for name, count in sheets.items()),
        "",
        f"{ATTACHMENTS}：{left.attachments} 个文件，按台账和记录分文件夹，可直接打开",
        f"没有导出：反映人（举报人）信息 {left.sealed} 条，按规定不得导出，仍在原库中",
    ]
    return "\n".join(lines) + "\n"


def _fit(words: str) -> str:
    """Return words that may name a file on Windows as well."""
    return _UNFIT.sub("_", words).strip(" .")[:_LONGEST] or "未命名"


def _free(path: Path) -> Path:
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return free


__all__ = ["ATTACHMENTS", "CONTENTS", "WORKBOOK", "Left", "leave"]
