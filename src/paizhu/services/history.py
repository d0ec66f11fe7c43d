"""What was done: the journal in words, undoing any act, and proving the chain."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu.base import stored, values
from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.field import FieldKind, Sens
from paizhu.base.progress import Progress, silent, taken
from paizhu.base.rows import Change
from paizhu.services import taking_back
from paizhu.services.desk import Desk
from paizhu.services.taking_back import Conflict, Named, Standing
from paizhu.storage.deed import BY_ITSELF, LISTED_AS_SAVED, LOOKS
from paizhu.storage.journal import KEPT
from paizhu.storage.tables import ATTACHMENT, TABLES, quoted

_ENTRIES = (
    "SELECT id, at, kind, label, actor, about, undoes, undone_by, changes, "
    "(SELECT undoing.undoes FROM journal_entry AS undoing WHERE undoing.id = journal_entry.undoes) FROM journal_entry"
)
_CHANGES = "SELECT entry_id, kind, record_id, action, delta FROM journal_change"
_NO_LOOK = f"kind NOT IN ({', '.join(map(repr, LOOKS))})"
_BROUGHT_BACK = (
    "SELECT undoing.undoes FROM journal_entry AS redoing JOIN journal_entry AS undoing ON undoing.id = redoing.undoes "
    "WHERE redoing.undone_by IS NULL AND undoing.undoes IS NOT NULL"
)
_OWN_WORDS = {"voided": "作废", "void_reason": "作废原因", "void_by": "作废人", "void_at": "作废时间", "name": "名称"}
_EXTRA = "extra"
"""Where what a ledger said beside the fields is kept, by its headings."""
_NOTED = {
    "reason": "事由", "purpose": "用途", "file": "文件", "code": "核验码", "compared": "比对人数",
    "found": "应当回避人数", "filled": "补录",
}  # fmt: skip
"""What is told of acts that changed nothing: looked at, printed, exported."""
_HIDDEN = {"id", "version", "parent_id", "position", "missing", "provenance", "register", "record_id", "digest", "size"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One act as the journal tells it; one that took an undoing back ``brings_back`` the act that was undone."""

    id: int
    at: str
    kind: str
    label: str
    actor: str
    about: dict[str, Any]
    undoes: int | None
    undone_by: int | None
    changes: int
    brings_back: int | None = None

    @property
    def undoable(self) -> bool:
        """Tell whether the act changed records, so that there is something to take back."""
        return bool(self.changes) and self.kind not in LOOKS


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, in words; class P4 is masked."""

    entry: Entry
    kind: str
    record_id: int
    action: str
    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing did: the change for the pages, the records edited since."""

    change: Change
    kept: tuple[Conflict, ...]
    named: tuple[Named, ...] = ()
    """Records the act made that stay since one that stays names them; ``named_words`` tells which, and what went to
    the recycle list although another names it."""
    named_words: str = ""


class History:
    """The journal of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def entries(self, limit: int = 100, before: int | None = None, kind: str = "") -> list[Entry]:
        """Return the newest acts first; ``before`` the number of one to read on from it, ``kind`` to see only such."""
        wanted = ["1 = 1"]
        parameters: list[object] = []
        if before is not None:
            wanted.append("id < ?")
            parameters.append(before)
        if kind:
            wanted.append("kind = ?")
            parameters.append(kind)
        with self._vault.read() as connection:
            rows = connection.execute(
                f"{_ENTRIES} WHERE {' AND '.join(wanted)} ORDER BY id DESC LIMIT ?",
                (*parameters, limit),
            ).fetchall()
        return [_entry(row) for row in rows]

    def of_record(self, register: str, record_id: int) -> list[FieldChange]:
        """Return every change of one record and of the rows under it, newest first."""
        kinds = [kind for kind in TABLES if kind.startswith(f"{register}.")]
        with self._vault.read() as connection:
            found = connection.execute(
                f"{_CHANGES} WHERE kind = ? AND record_id = ?",
                (register, record_id),
            ).fetchall()
            for kind in kinds:
                found += connection.execute(
                    f"{_CHANGES} WHERE kind = ? AND record_id IN "
                    f"(SELECT id FROM {quoted(TABLES[kind].name)} WHERE parent_id = ?)",
                    (kind, record_id),
                ).fetchall()
            found += connection.execute(
                f"{_CHANGES} WHERE kind = ? AND record_id IN "
                "(SELECT id FROM attachment WHERE register = ? AND record_id = ?)",
                (ATTACHMENT, register, record_id),
            ).fetchall()
            return _told(connection, found)

    def moves(self, register: str, record_id: int) -> list[FieldChange]:
        """Return the changes of a record with which its state changed, newest first.

        They are few however often the record was saved, and however many rows and files it has.
        """
        with self._vault.read() as connection:
            found = connection.execute(
                f"{_CHANGES} WHERE kind = ? AND record_id = ? AND instr(delta, '\"state\"')", (register, record_id)
            ).fetchall()
            return _told(connection, found)

    def looks(self, records: Iterable[tuple[str, int]]) -> list[FieldChange]:
        """Return who looked at these records, printed or exported them, newest first; changes are left out."""
        with self._vault.read() as connection:
            found = [
                row
                for key in records
                for row in connection.execute(
                    f"{_CHANGES} WHERE kind = ? AND record_id = ? AND action NOT IN ('create', 'change')", key
                ).fetchall()
            ]
        entries = {number: self.entry(number) for number in {row[0] for row in found}}
        found.sort(key=lambda row: -row[0])
        return [change for row in found for change in _in_words(entries[row[0]], *row[1:])]

    def changes(self, entry_id: int, limit: int = 500) -> list[FieldChange]:
        """Return what an act changed, field by field."""
        entry = self.entry(entry_id)
        with self._vault.read() as connection:
            rows = connection.execute(
                f"{_CHANGES} WHERE entry_id = ? ORDER BY id LIMIT ?", (entry_id, limit)
            ).fetchall()
        return [change for _id, *row in rows for change in _in_words(entry, *row)]

    def entry(self, entry_id: int) -> Entry:
        """Return one act; NotFoundError when there is none."""
        with self._vault.read() as connection:
            row = connection.execute(
                f"{_ENTRIES} WHERE id = ?",
                (entry_id,),
            ).fetchone()
        if row is None:
            raise NotFoundError(f"没有第 {entry_id} 号操作", "数据没有改动")
        return _entry(row)

    def last_undoable(self) -> Entry | None:
        """Return the newest act of the officer, which Ctrl+Z takes back: neither undone nor an undoing itself."""
        with self._vault.read() as connection:
            row = connection.execute(
                f"{_ENTRIES} "
                "WHERE changes > 0 AND undone_by IS NULL AND undoes IS NULL "
                f"AND {_NO_LOOK} AND {self._officers()} ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return _entry(row) if row else None

    def last_redoable(self) -> Entry | None:
        """Return the undoing that Ctrl+Y takes back: the newest in force, when the officer did nothing after it."""
        with self._vault.read() as connection:
            row = connection.execute(
                f"{_ENTRIES} WHERE changes > 0 AND undone_by IS NULL "
                "AND undoes IN (SELECT id FROM journal_entry WHERE undoes IS NULL) "
                "AND id > (SELECT coalesce(max(id), 0) FROM journal_entry WHERE changes > 0 AND undoes IS NULL "
                f"AND {_NO_LOOK} AND {self._officers()}) ORDER BY id DESC LIMIT 1"
            ).fetchone()
        return _entry(row) if row else None

    def _officers(self) -> str:
        """Return the test for what the officer did, or brought back himself.

        What the program does of itself is none of that, nor is what made the sample; both are taken back in the list.
        """
        by_itself = ", ".join(map(repr, BY_ITSELF))
        own = f"kind NOT IN ({by_itself}) AND NOT {LISTED_AS_SAVED} AND id > {int(self._desk.setting('sample'))}"
        return f"(({own}) OR id IN ({_BROUGHT_BACK}))"

    def meant(self, entry_id: int) -> Entry:
        """Return the act that taking this one back is about: to take a redoing back is to undo the act once more."""
        entry = self.entry(entry_id)
        return self.entry(entry.brings_back) if entry.brings_back else entry

    def conflicts(self, entry_id: int) -> list[Conflict]:
        """Return the records of an act that were edited since; undoing leaves them unless they are ticked."""
        with self._vault.read() as connection:
            return taking_back.conflicts(connection, entry_id)

    def undo(
        self,
        entry_id: int,
        also: Sequence[tuple[str, int]] = (),
        progress: Progress = silent,
    ) -> Undone:
        """Take an act back, any time later: created records are voided, changed ones get their old values.

        Records edited since are kept and listed, unless they stand in ``also``. Whoever a record that stays names stays
        too, one written since as well, or a talk would be one with nobody; where all stays, the act is in force still.
        """
        entry = self.meant(entry_id)
        entry_id = entry.id
        if entry.undone_by:
            raise NotAllowedError("这一次操作已经撤销过", "数据没有改动")
        if not entry.undoable:
            raise NotAllowedError("这一次操作没有改动数据，不用撤销")
        verb = "重做" if entry.undoes else "撤销"
        label = entry.label.removeprefix("撤销：") if entry.undoes else entry.label
        with self._vault.act("undo", f"{verb}：{label}", undoes=entry_id, size=entry.changes) as act:
            standing, anything = Standing(act, entry_id, also), False
            for kind, record_id, action, delta in taken(standing.turned, f"正在{verb}", progress):
                if standing.stays(kind, record_id, action):
                    continue
                if action == "create":
                    back: dict[str, Any] = {"voided": 1}
                    if kind != ATTACHMENT and TABLES[kind].parent is None:
                        back["void_reason"] = f"撤销：{entry.label}"
                else:
                    back = {name: before for name, (before, _after) in delta.items()}
                act.restore(kind, record_id, back)
                anything = True
            left = standing.left_naming()
        made = act.result() if anything else Change(frozenset())
        if any(each.startswith(KEPT) for each in made.registers):
            self._desk.count_anew()
        named = (
            taking_back.told(self._vault, standing.named),
            taking_back.told(self._vault, left, taking_back.LEFT_NAMING),
        )
        return Undone(made, standing.kept, tuple(standing.named), "；".join(words for words in named if words))

    def check_import(self, batch: int) -> None:
        """Refuse what is no import that could be taken back; asked before anything is done for the undoing."""
        entry = self.entry(batch)
        if entry.kind != "import" or entry.undone_by:
            why = "不是导入" if entry.kind != "import" else "已经撤回过"
            raise NotAllowedError(f"第 {batch} 号操作{why}", "数据没有改动", "在导入记录里选一次导入")

    def verify(self) -> list[int]:
        """Return the entries whose hash does not follow from the stored words and changes; empty when all do.

        What is found holds from then on: while an entry does not fit, the vault refuses every change.
        """
        return self._vault.verify()


def _entry(row: Sequence[Any]) -> Entry:
    about = json.loads(row[5]) if row[5] else {}
    return Entry(row[0], row[1], row[2], row[3], row[4], about, *row[6:])


def _told(connection: Any, found: list[Any]) -> list[FieldChange]:
    """Return these changes field by field with the acts that made them, newest first."""
    acts = tuple({row[0] for row in found})
    marks = ", ".join("?" * len(acts))
    entries = {row[0]: _entry(row) for row in connection.execute(f"{_ENTRIES} WHERE id IN ({marks})", acts)}
    found.sort(key=lambda row: -row[0])
    return [change for row in found for change in _in_words(entries[row[0]], *row[1:])]


def _in_words(entry: Entry, kind: str, record_id: int, action: str, delta: str) -> Iterator[FieldChange]:
    facts = json.loads(delta)
    if action not in ("create", "change"):
        said = (
            f"{_NOTED[name]}：{value}" for name, value in facts.items() if name in _NOTED and value not in ("", None)
        )
        yield FieldChange(entry, kind, record_id, action, "", entry.label, "", "，".join(said))
        return
    if kind.startswith(KEPT):
        # Its name and body are for the program; what was done stands in the label.
        yield FieldChange(entry, kind, record_id, action, "", entry.label, "", "")
        return
    if kind == ATTACHMENT:
        # One file is one line: who put it there and when stands in the act itself.
        words = _file_words(facts) if action == "create" else "已移除" if facts["voided"][1] else "已放回"
        yield FieldChange(entry, kind, record_id, action, "name", "附件", "", words)
        return
    fields = TABLES[kind].fields if kind in TABLES else {}
    for name, (before, after) in facts.items():
        if name in _HIDDEN:
            continue
        field = fields.get(name)
        if name == _EXTRA:
            yield FieldChange(entry, kind, record_id, action, name, "原表其他内容", _beside(before), _beside(after))
            continue
        if field is None:
            label = _OWN_WORDS.get(name, name)
            yield FieldChange(entry, kind, record_id, action, name, label, _own(before), _own(after))
            continue
        if field.sens is Sens.P4 or field.kind is FieldKind.SEALED:
            shown = [values.MASK if value is not None else "" for value in (before, after)]
        else:
            shown = [values.show(field, stored.from_db(field.kind, value)) for value in (before, after)]
        yield FieldChange(entry, kind, record_id, action, name, field.label, shown[0], shown[1])


def _file_words(facts: dict[str, Any]) -> str:
    """Return the name of a file that was put at a record, with the field it belongs to."""
    name, (key, slot) = str(facts["name"][1]), (facts["register"][1], str(facts["slot"][1] or "").partition(":")[0])
    fields = TABLES[key].fields if key in TABLES else {}
    return f"{name}（{fields[slot].label}）" if slot in fields else name


def _beside(kept: str | None) -> str:
    """Return what a ledger said beside the fields, each under its own heading."""
    return "；".join(f"{heading}：{words}" for heading, words in json.loads(kept or "{}").items())


def _own(value: Any) -> str:
    return {None: "", 0: "否", 1: "是"}.get(value, str(value)) if not isinstance(value, str) else value
