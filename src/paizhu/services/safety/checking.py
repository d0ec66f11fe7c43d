"""Checking a vault from the file up: cipher, database, chain of the journal, attachments, search index."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.base import paths
from paizhu.base.errors import VaultDamagedError
from paizhu.base.rows import Row
from paizhu.base.view import View
from paizhu.services.desk import Desk
from paizhu.services.history import History
from paizhu.services.out.anchoring import Verdict, Verified, verify
from paizhu.services.safety import last_seen
from paizhu.services.safety.comparing import Comparing, Comparison
from paizhu.storage import cipher, migrate, queries
from paizhu.storage.backup_place import Backup
from paizhu.storage.header import Header
from paizhu.storage.search_index import words_of
from paizhu.storage.tables import TABLES, Table, table
from paizhu.storage.vault import Vault

LABELS = {
    "header": "钥匙文件",
    "cipher": "加密完整性",
    "sqlite": "数据库结构",
    "foreign_keys": "记录关联",
    "schema": "数据版本",
    "journal": "留痕链",
    "last_seen": "本机上次见到的状态",
    "attachments": "附件",
    "search": "搜索索引",
}
_SAMPLE = 5
_WORD = 12
_AMONG = 5000


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code name, whether it passed, and what was found, in words."""

    name: str
    ok: bool
    detail: str

    @property
    def label(self) -> str:
        """The check in words."""
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class Report:
    """Every check of a vault, with length and head of its journal."""

    checks: tuple[Check, ...] = field(default=())
    entries: int = 0
    head: str = ""
    code: Verified | None = None
    compared: Comparison | None = None

    @property
    def ok(self) -> bool:
        """Tell whether nothing is wrong; a record changed since it was printed is nothing wrong."""
        rewritten = self.code is not None and self.code.verdict is Verdict.REWRITTEN
        differs = self.compared is not None and bool(self.compared.unexplained)
        return all(check.ok for check in self.checks) and not rewritten and not differs

    def as_json(self) -> dict[str, Any]:
        """Return the report as the command line prints it."""
        made: dict[str, Any] = {
            "checks": [{"name": check.name, "ok": check.ok, "detail": check.detail} for check in self.checks],
            "journal": {"entries": self.entries, "head": self.head or None},
        }
        made |= {"code": self.code.as_json()} if self.code else {}
        return made | ({"comparison": self.compared.as_json()} if self.compared else {})


def check_vault(
    folder: Path, unlock: Callable[[Header], bytes], code: str = "", against: Backup | None = None
) -> Report:
    """Check a closed vault: the file first, with a connection that can only read, then what stands in it.

    ``unlock`` opens a key slot of the header. What cannot be read is a failed check, not a refusal. ``code`` is one
    from a paper, to be held against the journal; ``against`` a backup, to be compared record by record.
    """
    try:
        header = Header.load(folder)
    except VaultDamagedError as error:
        return Report((Check("header", False, error.happened),))
    data_key = unlock(header)
    words = "钥匙文件的副本缺失、损坏或不是同一份，下次解锁会重新写好" if header.lame else "两份钥匙文件一致"
    key = Check("header", not header.lame, header.notice or words)
    checks = [key, *check_file(folder / cipher.DATABASE, cipher.database_key(data_key))]
    if not all(check.ok for check in checks[1:]) or not _is_current(folder / cipher.DATABASE, data_key):
        return Report(tuple(checks))
    vault = Vault.open_with(folder, header, data_key)
    try:
        desk = Desk(vault)
        inside = Checking(desk).run()
        verified = verify(desk, code) if code else None
        compared = Comparing(desk).compare(against) if against else None
    finally:
        vault.close()
    return Report((*checks, *inside.checks), inside.entries, inside.head, verified, compared)


def _is_current(database: Path, data_key: bytes) -> bool:
    """Tell whether opening would leave the schema as it is: checking must never migrate."""
    connection = cipher.connect(database, cipher.database_key(data_key), readonly=True)
    try:
        return migrate.version(connection) == migrate.HEAD
    finally:
        connection.close()


def check_file(database: Path, key: bytes) -> list[Check]:
    """Check every page against its seal, then the structure of the database, its links and its version."""
    try:
        connection = cipher.connect(database, key, readonly=True)
    except VaultDamagedError as error:
        return [Check("cipher", False, error.happened)]
    try:
        return [
            _guarded("cipher", lambda: _pages(connection)),
            _guarded("sqlite", lambda: _structure(connection)),
            _guarded("foreign_keys", lambda: _foreign_keys(connection)),
            _guarded("schema", lambda: _schema(connection)),
        ]
    finally:
        connection.close()


class Checking:
    """Checks what stands in an open vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def run(self) -> Report:
        """Check chain, attachments and index; the file itself is checked by :func:`check_file`."""
        entries, head = self._vault.last_entry()
        checks = (
            _guarded("journal", self._journal),
            _guarded("last_seen", self._last_seen),
            _guarded("attachments", self._attachments),
            _guarded("search", self._search),
        )
        return Report(checks, entries, head)

    def _journal(self) -> tuple[bool, str]:
        wrong = History(self._desk).verify()
        with self._vault.read() as connection:
            count, last = connection.execute("SELECT count(*), coalesce(max(id), 0) FROM journal_entry").fetchone()
        if count != last:
            return False, f"留痕应有 {last} 条，只有 {count} 条"
        if wrong:
            more = f"等 {len(wrong)} 条" if len(wrong) > 1 else ""
            return False, f"第 {wrong[0]} 条{more}与前后对不上，留痕被改动过"
        return True, f"留痕 {count} 条，逐条相扣"

    def _last_seen(self) -> tuple[bool, str]:
        older = last_seen.look(self._vault, paths.home())
        return older is None, older.happened if older else "本机上次见到的操作都在留痕里"

    def _attachments(self) -> tuple[bool, str]:
        with self._vault.read() as connection:
            named = [row[0] for row in connection.execute("SELECT DISTINCT digest FROM attachment")]
        found = self._vault.attachments.check(named)
        faults = [
            f"{words} {len(names)} 个" for words, names in (("缺少", found.missing), ("损坏", found.damaged)) if names
        ]
        if faults:
            return False, f"附件{'、'.join(faults)}"
        return True, f"附件 {len(named)} 个，内容都对得上"

    def _search(self) -> tuple[bool, str]:
        live = 0
        lost: list[str] = []
        with self._vault.read() as connection:
            for register in registers.REGISTERS:
                view = View(register.key)
                count = queries.count(connection, view)
                live += count
                for place in sorted({count * step // _SAMPLE for step in range(_SAMPLE)} if count else set()):
                    for row in queries.window(connection, view, place, 1):
                        if not self._found(table(register), row):
                            lost.append(row.no or f"{register.label} {row.id}")
        with self._vault.searching() as index:
            documents = index.count()
        if documents != live:
            return False, f"索引里有 {documents} 条，记录有 {live} 条，请重建索引"
        if lost:
            return False, f"按自己的内容搜不到 {'、'.join(lost[:3])}，请重建索引"
        return True, f"索引 {documents} 条，与记录一致"

    def _found(self, there: Table, row: Row) -> bool:
        """Tell whether the first word of a record leads back to it; one without words cannot be sought."""
        for _name, words in words_of(there, row.values):
            sought = "".join(words.split())[:_WORD]
            if not any(letter.isalnum() for letter in sought):
                continue
            with self._vault.searching() as index:
                hits = index.find(sought, _AMONG, (there.kind,))
            return len(hits) == _AMONG or any(hit.id == row.id for hit in hits)
        return True


def _guarded(name: str, work: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *work())
    except VaultDamagedError as error:
        return Check(name, False, error.happened)
    except (cipher.DatabaseError, ValueError, KeyError, TypeError) as error:
        # Anything that cannot be read here was written by us once: it is damage, whatever form it takes.
        return Check(name, False, f"{LABELS[name]}读不出来（{type(error).__name__}）")


def _pages(connection: Any) -> tuple[bool, str]:
    faults = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    if faults:
        return False, f"有 {faults} 处与校验不符，数据文件被改动或损坏"
    version = connection.execute("PRAGMA cipher_version").fetchone()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return True, f"{pages} 页逐页核对无误（SQLCipher {str(version[0]).split()[0] if version else ''}）"


def _structure(connection: Any) -> tuple[bool, str]:
    faults = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    return (False, f"结构有 {len(faults)} 处不对：{faults[0]}") if faults else (True, "结构和索引完好")


def _foreign_keys(connection: Any) -> tuple[bool, str]:
    """Check declared foreign keys, and that every row stands under a record that exists."""
    faults = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    for there in TABLES.values():
        if there.parent is None:
            continue
        above = table(there.parent).name
        faults += connection.execute(
            f'SELECT count(*) FROM "{there.name}" WHERE parent_id NOT IN (SELECT id FROM "{above}")'
        ).fetchone()[0]
    return (False, f"{faults} 行指向不存在的记录") if faults else (True, "每一行都挂在记录下")


def _schema(connection: Any) -> tuple[bool, str]:
    standing = migrate.version(connection)
    if standing > migrate.HEAD or not standing:
        return False, f"数据版本“{standing}”比本程序（{migrate.HEAD}）新" if standing else "没有数据版本"
    return True, f"数据版本 {standing}" + ("" if standing == migrate.HEAD else f"，打开时会升到 {migrate.HEAD}")
