"""与备份比对: every record that stands otherwise than in a backup, and whether the journal knows why.

What an act since the backup changed is told apart from what changed behind the journal's back: only the second is a
sign that somebody wrote into the file. Words about informants are never shown, only that they differ.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from paizhu import registers
from paizhu.base import stored, values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.progress import Progress, silent
from paizhu.services.desk import Desk
from paizhu.services.safety import kept_words
from paizhu.storage import comparing
from paizhu.storage.backup_place import Backup
from paizhu.storage.comparing import CHANGE, COUNTER, ENTRY, RowDifference, Sides
from paizhu.storage.journal import KEPT
from paizhu.storage.keys import Purpose
from paizhu.storage.tables import ATTACHMENT, TABLES

JOURNAL, SETTINGS = "journal", "settings"
"""Where differences of the journal itself, and of what is kept by name, are listed beside the registers."""
COVERED = "每本台账的记录和附件，设置、编号规则、本单位的规则和清单、列表视图，以及留痕"
"""What a comparison looks at, for whoever reads its result."""
HIDDEN = "不同（内容不显示）"
_OWN = {
    "voided": "作废", "void_reason": "作废原因", "void_by": "作废人", "void_at": "作废时间", "extra": "没有对应的列",
    "provenance": "来源", "parent_id": "所属记录", "name": "文件名", "slot": "所属项目", "size": "大小",
    "digest": "文件内容", "added_by": "添加人", "added_at": "添加时间", "register": "台账", "record_id": "所属记录",
    "at": "时间", "kind": "种类", "label": "做了什么", "actor": "使用人", "about": "附注", "undoes": "撤销的操作",
    "changes": "改动数", "previous": "前一条校验值", "hash": "校验值", "entry_id": "所属操作", "action": "动作",
    "delta": "改前和改后",
}  # fmt: skip
_UNREAD = frozenset({"delta", "about", "extra", "provenance"})
"""Columns that hold values of many fields at once: that they differ is said, what stands in them is not."""


class What(StrEnum):
    """How a row stands to the backup."""

    CHANGED = "changed"
    LOST = "lost"
    ADDED = "added"

    @property
    def words(self) -> str:
        """How the list says it."""
        return {What.CHANGED: "内容不同", What.LOST: "现在没有", What.ADDED: "备份里没有"}[self]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field in the backup and now, in words; ``secret`` says only that they differ."""

    name: str
    label: str
    before: str
    after: str
    journalled: bool
    secret: bool = False

    @property
    def words(self) -> str:
        """The line in which the page tells it."""
        if self.secret:
            return f"{self.label}：{HIDDEN}"
        return f"{self.label}：{self.before or '（空）'} → {self.after or '（空）'}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs, under the record it belongs to; ``journalled`` when acts since the backup say why.

    ``untraced``: the program itself keeps it without an act, so that nobody can say who changed it. ``page`` shows
    what is kept by name, and ``leaves`` tells whether its words may stand in a report.
    """

    register: str
    record_id: int
    no: str
    title: str
    part: str
    row_id: int
    what: What
    fields: tuple[FieldDifference, ...]
    journalled: bool
    untraced: bool = False
    page: str = ""
    leaves: bool = False


@dataclass(frozen=True)
class Comparison:
    """What comparing with one backup came to."""

    backup: Backup
    found: tuple[Difference, ...]
    last_entry: int
    entries_since: int
    broken_there: tuple[int, ...] = ()

    @cached_property
    def unexplained(self) -> tuple[Difference, ...]:
        """What the journal knows nothing of, although it should."""
        return tuple(each for each in self.found if not each.journalled and not each.untraced)

    @cached_property
    def untraced(self) -> tuple[Difference, ...]:
        """What the program changes without a trace: columns of imports, places in forms."""
        return tuple(each for each in self.found if each.untraced)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many rows differ without a trace, by register."""
        return Counter(each.register for each in self.unexplained)

    @property
    def words(self) -> str:
        """What was found, in a sentence or two."""
        since = f"备份以后的 {self.entries_since:,} 次操作都算在内。" if self.entries_since else ""
        explained = len(self.found) - len(self.unexplained) - len(self.untraced)
        known = f"另有 {explained:,} 处不同，都有留痕。" if explained else ""
        if self.untraced:
            known += f"导入对应和填表位置有 {len(self.untraced):,} 处不同，这些程序本来不记留痕。"
        if not self.unexplained:
            return f"没有发现留痕以外的改动。{known}{since}"
        return f"有 {len(self.unexplained):,} 处和备份不同，而留痕里没有记载。{known}{since}"

    def as_json(self) -> dict[str, Any]:
        """Return it as the command line prints it."""
        return {
            "backup": str(self.backup.folder),
            "made": self.backup.made.isoformat(timespec="minutes"),
            "unexplained": len(self.unexplained),
            "journalled": len(self.found) - len(self.unexplained) - len(self.untraced),
            "untraced": len(self.untraced),
            "covered": COVERED,
            "broken_in_backup": list(self.broken_there),
            "differences": [
                {
                    "register": each.register,
                    "id": each.record_id,
                    "no": each.no or None,
                    "part": each.part or None,
                    "row": each.row_id,
                    "name": each.title if each.register == SETTINGS else None,
                    "what": each.what.value,
                    "journalled": each.journalled,
                    "untraced": each.untraced,
                    "fields": [
                        {
                            "field": one.name,
                            "words": one.label,
                            "before": None if one.secret else one.before,
                            "after": None if one.secret else one.after,
                            "secret": one.secret,
                        }
                        for one in each.fields
                    ],
                }
                for each in self.found
            ],
        }


class Comparing:
    """Compares the open vault with its backups; nothing is written, neither here nor there."""

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault

    def compare(self, backup: Backup, progress: Progress = silent) -> Comparison:
        """Compare every record; CancelledError stops it, and nothing is left behind."""
        key = self._vault.key_for(Purpose.DATABASE)
        with comparing.opened(self._vault.folder, key, backup.folder, progress) as sides:
            broken = self._vault.verify(sides.here)
            now = int(sides.here.execute("SELECT coalesce(max(id), 0) FROM journal_entry").fetchone()[0])
            reading = _Reading(sides, broken)
            found = [reading.difference(row) for row in comparing.differences(sides, progress)]
            found += [
                each
                for row in comparing.kept_differences(sides, kept_words.PASSING)
                if not kept_words.is_passing(row.kind.removeprefix(KEPT), row.name)
                and (each := reading.of_kept(row)) is not None
            ]
            found += reading.newer_entries(broken)
            return Comparison(
                backup,
                tuple(sorted(found, key=_place)),
                sides.last_entry,
                max(now - sides.last_entry, 0),
                sides.broken_there,
            )


_ORDER = {key: place for place, key in enumerate([JOURNAL, SETTINGS, *(each.key for each in registers.REGISTERS)])}


def _place(each: Difference) -> tuple[bool, int, int, str, int]:
    return each.journalled, _ORDER[each.register], each.record_id, each.part, each.row_id


class _Reading:
    """Puts raw rows of both sides into words."""

    def __init__(self, sides: Sides, broken: Sequence[int]) -> None:
        self._sides = sides
        self._broken = frozenset(broken)
        self._titles: dict[tuple[str, int], tuple[str, str]] = {}

    def difference(self, row: RowDifference) -> Difference:
        """Return one row in words, with the record it belongs to."""
        what = What.LOST if row.after is None else What.ADDED if row.before is None else What.CHANGED
        if row.kind in (ENTRY, CHANGE):
            return self._of_journal(row, what)
        wanted = comparing.expected(self._sides, row, list(self._broken))
        stray = self._stray(row, wanted)
        standing = row.after or row.before or {}
        if row.kind == ATTACHMENT:
            register, record_id, part = str(standing["register"]), int(standing["record_id"]), "附件"
            fields = [_own(name, row, name not in stray) for name in row.columns if name in _OWN]
        else:
            found = TABLES[row.kind]
            register = (found.parent or found.register).key
            record_id = int(standing["parent_id"]) if found.parent else row.id
            part = found.register.label if found.parent else ""
            sealed = found.parent is not None and any(each.sens is Sens.P4 for each in found.register.fields)
            fields = [
                _field(found.fields[name], row, name not in stray, sealed)
                if name in found.fields
                else _own(name, row, name not in stray)
                for name in row.columns
                if name in found.fields or (name in _OWN and what is What.CHANGED)
            ]
        no, title = self._named(register, record_id)
        if register not in _ORDER:
            register, record_id = JOURNAL, 0
        return Difference(register, record_id, no, title, part, row.id, what, tuple(fields), not stray)

    def newer_entries(self, broken: Sequence[int]) -> Iterator[Difference]:
        """Yield entries the backup does not know and that do not fit the chain."""
        for number in broken:
            if number > self._sides.last_entry:
                yield Difference(JOURNAL, 0, f"第 {number:,} 条", "备份以后的一条，校验不符", "", number,
                                 What.CHANGED, (), False)  # fmt: skip

    def of_kept(self, row: RowDifference) -> Difference | None:
        """Return a setting, a rule of the office or a view that stands otherwise, or a counter that went back."""
        what = What.LOST if row.after is None else What.ADDED if row.before is None else What.CHANGED
        if row.kind.startswith(COUNTER):
            register, was, now = row.kind.removeprefix(f"{COUNTER}."), row.before, row.after
            # Numbers are only issued upwards: one that went back would be issued twice.
            if now is not None and (was is None or int(now["last"]) > int(was["last"])):
                return None
            title = f"{kept_words.COUNTER.label}：{_label(register)}" + (f" {row.name} 年" if int(row.name) else "")
            last = [str(side["last"]) if side else "" for side in (was, now)]
            step = FieldDifference("last", "发到几号", last[0], last[1], journalled=False)
            return Difference(SETTINGS, 0, "", title, "", 0, what, (step,), journalled=False,
                              page=kept_words.COUNTER.page, leaves=True)  # fmt: skip
        kind = row.kind.removeprefix(KEPT)
        told = kept_words.kind_of(kind)
        before, after = (side["body"] if side else None for side in (row.before, row.after))
        journalled = told.traced and comparing.expected_body(self._sides, row, self._broken) == after
        fields = tuple(
            FieldDifference(row.name, label, old, new, journalled)
            for label, old, new in kept_words.parts_of(kind, row.name, before, after)
        )
        return Difference(SETTINGS, 0, "", kept_words.title_of(kind, row.name), "", 0, what, fields, journalled,
                          not told.traced, told.page, told.leaves)  # fmt: skip

    def _stray(self, row: RowDifference, wanted: Mapping[str, Any] | None) -> frozenset[str]:
        """Return the columns that do not keep what backup and journal together say they must."""
        if row.after is None:
            return frozenset(row.before or {})
        if wanted is None:
            return frozenset(row.after)
        left = frozenset(name for name, now in row.after.items() if not comparing.same(wanted.get(name), now))
        # What stands in a column of its own kind there is not part of the record: the number it is kept under.
        return left - {"id"}

    def _of_journal(self, row: RowDifference, what: What) -> Difference:
        standing = row.after or row.before or {}
        number = int(standing["id"] if row.kind == ENTRY else standing["entry_id"])
        fields = [_own(name, row, journalled=False) for name in row.columns if name in _OWN]
        title = str(standing["label"]) if row.kind == ENTRY else self._about(standing)
        part = "" if row.kind == ENTRY else "改动内容"
        return Difference(JOURNAL, 0, f"第 {number:,} 条", title, part, row.id, what, tuple(fields), False)

    def _about(self, standing: Mapping[str, Any]) -> str:
        """Return which record a line of the journal is about, and which fields it speaks of."""
        kind = str(standing["kind"])
        found = TABLES.get(kind)
        if found is None:
            kept = kept_words.KINDS.get(kind.removeprefix(KEPT))
            return kept.label if kept else _LOOSE.get(kind, kind)
        try:
            names = list(json.loads(str(standing["delta"])))
        except ValueError:
            names = []
        labels = "、".join(found.fields[name].label for name in names[:4] if name in found.fields)
        return f"{found.register.label} {standing['record_id']}" + (f"：{labels}" if labels else "")

    def _named(self, register: str, record_id: int) -> tuple[str, str]:
        key = (register, record_id)
        if key not in self._titles:
            self._titles[key] = self._read_name(register, record_id)
        return self._titles[key]

    def _read_name(self, register: str, record_id: int) -> tuple[str, str]:
        found = TABLES.get(register)
        for connection in (self._sides.here, self._sides.there) if found else ():
            assert found is not None
            row = connection.execute(f"{found.select} WHERE id = ?", (record_id,)).fetchone()
            if row:
                made = found.row(row)
                return made.no, found.register.title_of(made)
        return "", ""


def _field(field: Field, row: RowDifference, journalled: bool, sealed: bool) -> FieldDifference:
    if sealed or field.sens is Sens.P4 or field.kind is FieldKind.SEALED:
        return FieldDifference(field.name, field.label, "", "", journalled, secret=True)
    before, after = (_shown(field, (side or {}).get(field.name)) for side in (row.before, row.after))
    return FieldDifference(field.name, field.label, before, after, journalled)


def _shown(field: Field, raw: Any) -> str:
    try:
        return values.show(field, stored.from_db(field.kind, raw))
    except (ValueError, TypeError, ArithmeticError):
        # Somebody wrote what the program never would: it is told as it stands.
        return str(raw)


def _own(name: str, row: RowDifference, journalled: bool) -> FieldDifference:
    if name in _UNREAD:
        return FieldDifference(name, _OWN[name], "", "", journalled, secret=True)
    before, after = ((side or {}).get(name) for side in (row.before, row.after))
    if name == "voided":
        said = {0: "否", 1: "是", None: ""}
        return FieldDifference(name, _OWN[name], said.get(before, ""), said.get(after, ""), journalled)
    old, new = ("" if raw is None else str(raw) for raw in (before, after))
    return FieldDifference(name, _OWN[name], old, new, journalled)


def label_of(key: str) -> str:
    """Return the words for where a difference stands: a register, or the journal."""
    return _LOOSE[key] if key in (JOURNAL, SETTINGS) else registers.register(key).label


_LOOSE = {JOURNAL: "留痕", SETTINGS: "设置和规则", ATTACHMENT: "附件"}


def _label(key: str) -> str:
    return registers.register(key).label if key in _ORDER else key
