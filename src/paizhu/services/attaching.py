"""Files at a record: those given at once are one act, and of each that cannot be taken it is said why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paizhu.base import clock
from paizhu.base.errors import NotAllowedError
from paizhu.base.progress import Progress, silent
from paizhu.base.register import Register
from paizhu.base.rows import Change
from paizhu.services import preparing
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

WITHIN = ":"
"""Between a field for files and the place within it."""


class FileRefusedError(NotAllowedError):
    """One file cannot be taken: its name and why, apart, so that many can be told in one sentence."""

    def __init__(self, name: str, why: str, kept: str, todo: str = "") -> None:
        super().__init__(f"“{name}”{why}", kept, todo)
        self.name, self.why = name, why


@dataclass(frozen=True, slots=True)
class Attached:
    """What came of it: the act, None when no file was taken; the names taken, and those that were not."""

    change: Change | None
    names: tuple[str, ...]
    refused: tuple[FileRefusedError, ...] = ()

    def why(self) -> str:
        """Return in one sentence what was not taken, the names together that have the same reason."""
        reasons: dict[str, list[str]] = {}
        for each in self.refused:
            reasons.setdefault(each.why, []).append(f"“{each.name}”")
        return "；".join(f"{'、'.join(names)}{why}" for why, names in reasons.items())


class Attaching:
    """Stores files encrypted and hangs them at records, or takes them off."""

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault

    def attach(
        self,
        register: Register,
        record_id: int,
        paths: Sequence[Path],
        slot: str = "",
        progress: Progress = silent,
    ) -> Attached:
        """Take every file that can be read; ``slot`` names the field they belong to, or a place in it."""
        with self._vault.read() as connection:
            row = queries.one(connection, table(register.key), record_id)
            known = set(queries.files_at(connection, register.key, record_id, ("digest", "name", "slot")))
        if row.voided:
            raise NotAllowedError("这条记录已移入回收区", "没有添加附件", "先恢复再添加")
        if words := preparing.bare_words(register, row.values):
            raise NotAllowedError(words, "没有添加附件", "纸质件按规定移送上级")
        taken: list[tuple[str, str]] = []
        refused: list[FileRefusedError] = []
        for path in paths:
            try:
                digest = self._stored(path, progress)
            except FileRefusedError as error:
                refused.append(error)
                continue
            if (digest, path.name, slot) in known:
                refused.append(FileRefusedError(path.name, "已经在附件里，内容一样", "没有再添一份"))
                continue
            known.add((digest, path.name, slot))
            taken.append((digest, path.name))
        change = self._noted(register, record_id, taken, slot) if taken else None
        return Attached(change, tuple(name for _digest, name in taken), tuple(refused))

    def detach(self, register: Register, record_id: int, attachment_id: int, slot: str = "") -> Change:
        """Take a file off a record; its contents stay until the recycle list is cleared."""
        with self._vault.read() as connection:
            found = connection.execute("SELECT name FROM attachment WHERE id = ?", (attachment_id,)).fetchone()
        with self._vault.act("detach", f"移除附件 {found[0] if found else ''}".strip()) as act:
            act.detach(attachment_id)
            self._count(act, register, record_id, slot)
        return act.result()

    def _stored(self, path: Path, progress: Progress) -> str:
        kept, todo = "原来的文件没有动", "核对后再添加"
        if path.is_dir():
            raise FileRefusedError(path.name, "是文件夹", kept, "打开它，选中里面的文件一起拖进来")
        if not path.exists():
            raise FileRefusedError(path.name, "已经不在原处", "其他附件没有动", todo)
        if not path.is_file():
            raise FileRefusedError(path.name, "不是普通文件", kept, todo)
        try:
            with path.open("rb") as stream:
                empty = not stream.read(1)
        except OSError as error:
            raise FileRefusedError(path.name, "读不出来，可能没有权限，或正被其他程序占用", kept, todo) from error
        if empty:
            # It would stand as evidence and nobody could ever read it: a copy broke off, or a scan failed.
            raise FileRefusedError(path.name, "是空文件，里面没有内容", kept, "重新取得这个文件再添加")
        return self._vault.attachments.store(path, progress)

    def _noted(self, register: Register, record_id: int, taken: Sequence[tuple[str, str]], slot: str) -> Change:
        more = f"等 {len(taken)} 个" if len(taken) > 1 else ""
        with self._vault.act("attach", f"添加附件 {taken[0][1]}{more}") as act:
            for digest, name in taken:
                act.attach(
                    {
                        "register": register.key,
                        "record_id": record_id,
                        "slot": slot,
                        "name": name,
                        "size": self._vault.attachments.size(digest),
                        "digest": digest,
                        "added_by": self._vault.actor,
                        "added_at": clock.now().isoformat(timespec="minutes"),
                    }
                )
            self._count(act, register, record_id, slot)
        return act.result()

    def _count(self, act: Act, register: Register, record_id: int, slot: str) -> None:
        # A place within a field, such as the paper of one quarter, counts for the field: ``evidence:一季度``.
        name = slot.partition(WITHIN)[0]
        if name:
            found = act.execute(
                "SELECT count(*) FROM attachment WHERE register = ? AND record_id = ? AND voided = 0 "
                "AND (slot = ? OR substr(slot, 1, ?) = ?)",
                (register.key, record_id, name, len(name) + 1, name + WITHIN),
            ).fetchone()[0]
            act.change(register, record_id, None, {name: found or None})
