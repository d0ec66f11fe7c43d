"""The open vault: connections to the encrypted file, reading, and the act as the only way to write."""

import queue
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from paizhu.base.bulk import many_rows
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.base.numbers import split_list
from paizhu.base.progress import Progress, silent
from paizhu.base.rows import Sealed, Values
from paizhu.base.text import folded
from paizhu.registers.petition_rows import COMPARED
from paizhu.storage import atomic, backup, chain_check, cipher, derived, migrate, ordering, reindex, restore, sealing
from paizhu.storage.attachments import FOLDER as ATTACHMENTS
from paizhu.storage.attachments import Attachments
from paizhu.storage.attempts import Attempts
from paizhu.storage.corrections import Corrections, Settled, nothing_settled
from paizhu.storage.deed import READING, Deed
from paizhu.storage.draft_table import DraftTable
from paizhu.storage.header import Header
from paizhu.storage.hold import Hold
from paizhu.storage.journal import KEPT, Act
from paizhu.storage.kept import SETTING, Kept
from paizhu.storage.keys import Purpose, keyed_hash, subkey
from paizhu.storage.proof import Proof
from paizhu.storage.search_index import SearchIndex
from paizhu.storage.write_turn import LONG, WriteTurn
from paizhu.storage.writer import Writer

DATABASE = cipher.DATABASE
_SEALED_NOTHING = str(None)
"""What empty cells were sealed as before they were left empty; no one is called that."""
_SETTINGS = f"{KEPT}{SETTING}"
"""What an act touched that may have changed whose name stands in the journal."""
_TROUBLE = ("is full", "I/O", "readonly", "locked", "busy", "malformed", "not a database", "unable to open")
"""Words of the database about the disk or the file; every other error of its is a fault of the program."""


class Vault:
    """One vault folder, unlocked. Made by :meth:`create` and :meth:`open`; closed by :meth:`close`."""

    def __init__(self, folder: Path, header: Header, data_key: bytes, hold: Hold) -> None:
        self.folder = folder
        self.header = header
        self._data_key = data_key
        self._hold = hold
        self._key = cipher.database_key(data_key)
        self.attachments = Attachments(folder / ATTACHMENTS, data_key)
        self._turn = WriteTurn()
        # The one given back last goes out first: it has in memory what was read just now, and those needed only when
        # many read at once do not fill up with the same pages.
        self._readers: queue.LifoQueue[Any] = queue.LifoQueue()
        self.writes = 0
        self._kept = Kept(self._turn, self.read, self._transaction)
        self.drafts = DraftTable(self._turn, self.read, self._transaction, lambda: not self.closed)
        self.closed = False
        self.followers: dict[str, Callable[[Act], None]] = {}
        """What else is written when an act is about to end, by name: it stands, falls and is undone with the act."""
        self.journalled: Callable[[int], None] = lambda _entry: None
        """Told of each new entry of the journal once it stands, on the thread that wrote it."""
        self.settled: Settled = nothing_settled
        """Tells which records are read-only, so that no act changes one without a reason."""
        self._writer = Writer(self._connect())
        self._index = SearchIndex(self._writer)
        try:
            with self._transaction():
                empty = self._index.ensure()
            if empty:
                self.rebuild_index()
            self.actor = self._officer()
            self._proof = Proof(self._writer)
        except BaseException:
            self._let_go()
            raise

    @classmethod
    def create(cls, folder: Path, password: str, names: Mapping[str, str]) -> tuple["Vault", str]:
        """Make a new vault and return it with its recovery code, which is shown once and kept nowhere."""
        if backup.out_of_reach(folder):
            # It would open, and then neither be backed up nor take an import.
            raise atomic.NotWrittenError(
                f"没有建成“{folder.name}”：{atomic.TOO_LONG}", "没有留下半成品", atomic.SHORTEN
            )
        try:
            folder.mkdir(mode=atomic.OWNER_ONLY, parents=True, exist_ok=False)
        except OSError as error:
            raise atomic.refusal(error, f"没有建成“{folder.name}”", "没有留下半成品") from error
        try:
            header, data_key, code = Header.create(password)
            migrate.build(folder / DATABASE, cipher.database_key(data_key))
            header.save(folder)
            vault = cls.open_with(folder, header, data_key)
            vault.catch_up()
            for name, words in names.items():
                vault.keep(SETTING, name, words)
        except BaseException as error:
            shutil.rmtree(folder, ignore_errors=True)
            if isinstance(error, cipher.DatabaseError):
                raise cipher.refusal(error, f"没有建成“{folder.name}”", "没有留下半成品") from error
            if isinstance(error, OSError):
                raise atomic.refusal(error, f"没有建成“{folder.name}”", "没有留下半成品") from error
            raise
        return vault, code

    @classmethod
    def open(cls, folder: Path, password: str) -> "Vault":
        """Unlock a vault; a wrong password, a damaged file and another holder are refused in words."""
        header = Header.load(folder)
        return cls.open_with(folder, header, header.unlock(password))

    @classmethod
    def open_with(cls, folder: Path, header: Header, data_key: bytes, hold: Hold | None = None) -> "Vault":
        """Open with a key that is known already; older vaults are brought up to date on a copy first."""
        hold = hold or Hold.acquire(folder)
        try:
            restore.finish(folder)
            if not (folder / DATABASE).is_file():
                raise VaultDamagedError("数据文件不在文件夹里", "钥匙文件还在", "从备份恢复，或把数据文件放回原处")
            migrate.bring_up_to_date(folder / DATABASE, cipher.database_key(data_key))
            return cls(folder, header, data_key, hold)
        except BaseException:
            hold.release()
            raise

    @property
    def data_key(self) -> bytes:
        """The key that all others are made from; for making, proving and restoring backups, never to be kept."""
        return self._data_key

    def key_for(self, purpose: Purpose) -> bytes:
        """Return a key made from the data key for one purpose only."""
        return subkey(self._data_key, purpose)

    def close(self) -> None:
        """Close every connection and let the vault go; the keys are forgotten with the object."""
        with self._turn.at_last():
            if not self.closed:
                # Only advice for later queries: a full disk must not keep the vault from being closed.
                with suppress(cipher.DatabaseError):
                    self._writer.execute("PRAGMA optimize")
                self._let_go()

    def _let_go(self) -> None:
        self._kept.forget_settings()
        self.closed = True
        while not self._readers.empty():
            self._readers.get_nowait().close()
        try:
            self._writer.close()
        finally:
            self._hold.release()

    def seal(self, words: str, name: str) -> str:
        """Encrypt the words of a field about an informant so that only the password, given again, opens them."""
        return sealing.seal(self.header.public_key, words, self.recusal_mark(words) if name == COMPARED else "")

    def recusal_mark(self, words: str) -> str:
        """Return marks of the names in these words, by which a name at hand can be compared with a sealed one.

        They are made with a key of this vault: whoever does not hold it learns nothing from them, and whoever does
        learns only whether a name he knows already is one of them (监察法 第六十七条 asks for that comparison).
        """
        key = self.key_for(Purpose.RECUSAL)
        return ",".join(keyed_hash(key, folded(each).encode()) for each in split_list(words))

    def prove(self, password: str) -> None:
        """Refuse whoever does not know the password of the open vault; a wrong one is counted as at the locked page."""
        Attempts(self.header.vault_id, self.folder).run(lambda: self.header.unlock(password))

    def open_sealed(self, password: str, rows: Sequence[Values]) -> list[dict[str, str]]:
        """Return the words of sealed values, which need the password again, counted as at the locked page."""
        private = Attempts(self.header.vault_id, self.folder).run(lambda: self.header.open_private(password))
        opened = [
            {name: sealing.open_sealed(private, value.box) for name, value in row.items() if isinstance(value, Sealed)}
            for row in rows
        ]
        return [{name: words for name, words in row.items() if words != _SEALED_NOTHING} for row in opened]

    # --- reading ---------------------------------------------------------------------------------------------

    @contextmanager
    def read(self) -> Iterator[Any]:
        """Lend a connection for reading; it sees the last finished act."""
        self._must_be_open()
        try:
            connection = self._readers.get_nowait()
        except queue.Empty:
            connection = self._connect(readonly=True)
        spoiled = False
        try:
            yield connection
        except cipher.DatabaseError as error:
            # A connection that met a damaged page answers nothing any more, not even from sound ones.
            spoiled = True
            raise _told(error, "没有读出来") from error
        finally:
            # Locked while another thread was still reading: its connection is not kept for anyone.
            if self.closed or spoiled:
                connection.close()
            else:
                self._readers.put(connection)

    def _connect(self, *, readonly: bool = False) -> Any:
        connection = cipher.connect(self.folder / DATABASE, self._key, readonly=readonly)
        ordering.teach(connection)
        return connection

    @contextmanager
    def searching(self) -> Iterator[SearchIndex]:
        """Lend the search index over a reading connection."""
        with self.read() as connection:
            index = SearchIndex(connection)
            index.load()
            yield index

    # --- writing ---------------------------------------------------------------------------------------------

    @contextmanager
    def act(
        self,
        kind: str,
        label: str = "",
        *,
        always: bool = False,
        undoes: int | None = None,
        size: int = 0,
        **about: Any,
    ) -> Iterator[Act]:
        """Open the one way to write: everything inside happens as a whole, journalled, or not at all.

        ``size`` is about how many records it is, where they may be many: the window does not wait for those.
        """
        deed = Deed(kind, label, self.actor, about, undoes, always)
        with self._turn, many_rows():
            with self._transaction():
                self._turn.tell(label, size)
                if kind not in READING:
                    # Looking and leaving stay possible, and on record, while the chain is broken.
                    self._proof.must_be_whole(self._writer)
                act = Act(self._writer, self._index, deed, self.seal, Corrections(self._writer, self.settled, kind))
                yield act
                act.corrections.stop()
                for follow in self.followers.values():
                    follow(act)
                stands = act.finish()
            if size >= LONG:
                self._rest_after_many()
        self.writes += 1
        if stands:
            self.journalled(act.entry)
        if _SETTINGS in act.registers:
            self._kept.forget_settings()
            self.actor = self._officer()

    def _rest_after_many(self) -> None:
        """Give back the memory and the log that an act of many records took: closing at a lock would do it by then."""
        with suppress(cipher.DatabaseError):
            self._writer.execute("PRAGMA shrink_memory")
            # Whoever still reads is not waited for; the log goes with a later act then.
            self._writer.execute("PRAGMA busy_timeout = 0")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._writer.execute(f"PRAGMA busy_timeout = {cipher.BUSY_MILLISECONDS}")

    @contextmanager
    def _transaction(self) -> Iterator[Writer]:
        self._must_be_open()
        try:
            self._writer.execute("BEGIN IMMEDIATE")
            yield self._writer
            self._writer.execute("COMMIT")
        except BaseException as error:
            self._index.forget_pending()
            self._writer.rest()
            # A full disk ends the transaction by itself.
            if self._writer.in_transaction:
                with suppress(cipher.DatabaseError):
                    self._writer.execute("ROLLBACK")
            if isinstance(error, cipher.DatabaseError):
                raise _told(error, "没有保存成") from error
            raise
        finally:
            self._writer.rest()

    @property
    def broken(self) -> tuple[int, ...]:
        """Entries of the journal that do not fit the chain; while there are any, the vault takes no change."""
        return self._proof.broken

    def verify(self, reading: Any = None) -> list[int]:
        """Prove the whole chain and return the entries that do not fit; the vault keeps in mind what was found.

        ``reading`` is a connection of the caller's own to read the vault over.
        """
        with nullcontext(reading) if reading else self.read() as connection:
            found = chain_check.wrong(connection)
        if self._proof.is_news(found):
            with self._turn, self._transaction():
                self._proof.keep(self._writer, found)
        self._proof.settle(found)
        return found

    def _must_be_open(self) -> None:
        if self.closed:
            raise PaizhuError("工作台已锁定", "没有改动", "解锁后再办")

    @property
    def long_act(self) -> str:
        """The label of the act of many records that is being written now; empty when there is none."""
        return self._turn.long_act

    def rebuild_index(self, progress: Progress = silent) -> int:
        """Make the search index anew from the records; it is derived and may be thrown away at any time."""
        with self._turn, self._transaction():
            derived.settle(self._writer, derived.SEARCH)
            return reindex.rebuild(self._writer, self._index, progress)

    def catch_up(self, progress: Progress = silent) -> None:
        """Work out anew what another version of the program worked out otherwise: counts of 待补, the search index.

        It is written some records at a time: stopped half-way, it goes on from there the next time.
        """
        with self._turn:
            waiting = derived.due(self._writer)
            told = derived.Told(self._writer, waiting, progress)
        while waiting:
            with self._turn, self._transaction():
                waiting = derived.catch_up(self._writer, self._index, waiting, told)

    # --- small things kept by name ---------------------------------------------------------------------------

    def kept(self, kind: str, name: str) -> str | None:
        """Return a small thing kept by name (setting, view, mapping), or None."""
        return self._kept.get(kind, name)

    def kept_names(self, kind: str) -> list[str]:
        """Return the names of what is kept of one kind, newest first."""
        return self._kept.names(kind)

    def kept_bodies(self, kind: str) -> dict[str, str]:
        """Return everything kept of one kind, by name."""
        return self._kept.bodies(kind)

    def keep(self, kind: str, name: str, body: str | None) -> None:
        """Keep a small thing by name; None forgets it."""
        self._kept.put(kind, name, body)
        if kind == SETTING and name == "officer":
            self.actor = self._officer()

    def _officer(self) -> str:
        """Return whose name stands in the journal from now on."""
        return self.kept(SETTING, "officer") or "本组"

    def last_entry(self) -> tuple[int, str]:
        """Return number and hash of the newest journal entry."""
        with self.read() as connection:
            row = connection.execute("SELECT id, hash FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
        return (int(row[0]), str(row[1])) if row else (0, "")


def _told(error: Exception, happened: str) -> Exception:
    """Return the refusal when disk or file are at fault, else the error itself, which is a fault of the program."""
    words = str(error)
    return cipher.refusal(error, happened) if any(part in words for part in _TROUBLE) else error
