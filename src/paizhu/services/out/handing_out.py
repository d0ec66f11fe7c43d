"""A list sent out in parts: one workbook for each person or unit named in a field, to be filled in and brought back.

Each row carries the number and version of its record, so that a filled part comes back by the ordinary import and finds
its records again: nothing is made twice.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.field import Field, FieldKind
from paizhu.base.progress import Progress, silent
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.base.view import View
from paizhu.base.word_order import words_key
from paizhu.services.desk import Desk
from paizhu.services.out import classes
from paizhu.services.out.classes import DEFAULT, Release
from paizhu.services.out.exporting import Exporting, Wanted
from paizhu.services.register_keys import register_of
from paizhu.storage import queries

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 60
NOBODY = "未注明"


@dataclass(frozen=True, slots=True)
class Part:
    """What goes to one person or unit: whose it is, and the records."""

    label: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written: the folder, and each file with the number of its records."""

    folder: Path
    files: tuple[tuple[str, int], ...]


def fields(register: Register) -> list[Field]:
    """Return the fields a register can be parted by: those that name a person or a unit and may leave."""
    return [
        each for each in register.fields
        if each.kind is FieldKind.REF and {"person", "unit"} & set(each.targets) and classes.allowed(each)
    ]  # fmt: skip


class HandingOut:
    """Parts a list by whoever is named in a field, and writes a workbook for each."""

    def __init__(self, desk: Desk, exporting: Exporting) -> None:
        self._desk = desk
        self._exporting = exporting

    def parts(self, view: View, field: str, ids: Sequence[int] = ()) -> list[Part]:
        """Return the parts of a list, the largest first; records that name nobody are a part of their own."""
        register = register_of(view.register)
        if field not in {each.name for each in fields(register)}:
            known = "、".join(f"{each.name}（{each.label}）" for each in fields(register)) or "没有"
            raise NotFoundError(f"{register.label}不能按“{field}”分开", "", f"可以按这些分：{known}")
        wanted = set(ids)
        found: dict[tuple[object, ...], list[Row]] = {}
        with self._desk.vault.read() as connection:
            for row in queries.every(connection, view):
                if not wanted or row.id in wanted:
                    found.setdefault(_key(row.values.get(field)), []).append(row)
        made = [Part(_label(rows[0].values.get(field)), tuple(row.id for row in rows)) for rows in found.values()]
        return sorted(made, key=lambda part: (part.label == NOBODY, -len(part.ids), words_key(part.label)))

    def write(
        self,
        folder: Path,
        wanted: Wanted,
        field: str,
        *,
        release: Release = DEFAULT,
        password: str | None = None,
        progress: Progress = silent,
    ) -> HandedOut:
        """Write a workbook for each part of what is wanted into a folder that is new or empty; one act on record.

        Stopped or refused half-way, none of them is left.
        """
        register = register_of(wanted.view.register)
        if classes.totals_only(register, release):
            raise NotAllowedError(f"{register.label}不逐条外发", "没有写出文件", "换一本台账，或在导出页写明事由")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise NotAllowedError(f"“{folder.name}”里已有文件", "里面的文件没有动", "换一个空文件夹")
        parts = self.parts(wanted.view, field, wanted.ids)
        folder.mkdir(parents=True, exist_ok=True)
        files: dict[str, int] = {}
        try:
            for number, part in enumerate(parts, 1):
                progress(f"正在写 {part.label}", number, len(parts))
                name = _name(register.label, part.label, files)
                self._exporting.write(folder / name, [replace(wanted, ids=part.ids)], release, password)
                files[name] = len(part.ids)
        except BaseException:
            # Stopped half-way: nothing may have left the vault that is not on record.
            for name in files:
                (folder / name).unlink(missing_ok=True)
            raise
        label = register.field(field).label
        facts: dict[str, Any] = {"folder": folder.name, "register": register.key, "by": field, "files": files}
        with self._desk.vault.act("export", f"按{label}分发{register.label} {len(files)} 份", always=True, **facts):
            pass
        return HandedOut(folder, tuple(files.items()))


def _key(value: object) -> tuple[object, ...]:
    if isinstance(value, Ref):
        return (value.register, value.id) if value.linked else (folded(value.label),)
    return ("",)


def _label(value: object) -> str:
    return (value.label.strip() if isinstance(value, Ref) else "") or NOBODY


def _name(register: str, label: str, taken: dict[str, int]) -> str:
    """Return a file name for a part; two of one name are told apart by a number."""
    stem = f"{register}-{_UNSAFE.sub('_', label)[:_LONGEST]}"
    name, number = f"{stem}.xlsx", 2
    while name.casefold() in {each.casefold() for each in taken}:
        name, number = f"{stem}（{number}）.xlsx", number + 1
    return name
