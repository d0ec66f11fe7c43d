"""Backups of the open vault: made and proven, to a second place too, when something changed; and the way back."""

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import CancelledError, PaizhuError
from paizhu.base.progress import Progress, silent
from paizhu.services.desk import Desk
from paizhu.services.safety import returning
from paizhu.services.safety.soundness import Soundness
from paizhu.storage import backup, backup_place, cipher, restore, thinning
from paizhu.storage.backup import NotProvenError
from paizhu.storage.backup_place import OWN_PLACE, Backup, Reason
from paizhu.storage.restore import Restored

STALE = timedelta(days=2)
SECOND_STALE = timedelta(days=7)
_SECOND = ("backup", "second_at")
_BEHIND = ("backup", "header_behind")
"""Kept while some backup still opens with a password from before."""


@dataclass(frozen=True, slots=True)
class Made:
    """What making a backup came to: the one in the vault's folder, the one in the second place, or why not there."""

    first: Backup
    second: Backup | None = None
    refused: PaizhuError | None = None
    away: bool = False
    """The second place is set and not there now, as a stick that is not plugged in."""

    @property
    def words(self) -> str:
        """One sentence for the undo bar."""
        if self.refused:
            why = self.refused.happened.partition("：")[2] or self.refused.happened
            return f"本机的备份已做好并核验。第二个位置没有写进去：{why}。{self.first.lacking_words}"
        where = "本机和第二个位置" if self.second else "本机"
        return f"{self.first.made:%H:%M} 的备份已做好并核验，存在{where}。{self.first.lacking_words}"


@dataclass(frozen=True, slots=True)
class Renewal:
    """How far a change of password has reached the backups."""

    renewed: int
    refused: int = 0
    away: Path | None = None
    """The second place, when it is not there now."""

    @property
    def complete(self) -> bool:
        """Tell whether every backup opens with the present password."""
        return not self.refused and self.away is None

    @property
    def words(self) -> str:
        """Which backups open with which password, in one sentence or two."""
        words = f"已有的 {self.renewed} 份备份也改用新口令。" if self.renewed else ""
        if self.refused:
            words += f"有 {self.refused} 份备份不让写入，仍要用旧口令打开；能写入以后，下次备份时自动改过来。"
        if self.away:
            words += "第二个备份位置现在没有连上，那里的备份仍要用旧口令打开；插上以后，下次备份时自动改过来。"
        return words


@dataclass(frozen=True)
class Difference:
    """What a backup has more (or less, below zero) than the vault now: acts, and records by the register's words."""

    acts: int
    records: dict[str, int]
    known: bool = True
    """A backup that was never proven has no counts."""

    @property
    def words(self) -> str:
        """What going back would leave behind or bring, in one sentence."""
        if not self.known:
            return "这一份没有清点过，里面有多少还不知道。"
        if not self.acts and not self.records:
            return "这一份和现在的内容一样多。"
        counts = "，".join(
            f"{label}{'多' if count > 0 else '少'} {abs(count):,} 条" for label, count in self.records.items()
        )
        acts = f"这一份比现在多 {self.acts:,} 次操作" if self.acts > 0 else f"备份以后的 {-self.acts:,} 次操作不在里面"
        parts = (acts if self.acts else "操作次数和现在一样，内容不同", counts)
        return f"{'：'.join(part for part in parts if part)}。"


_LOOKED_BACK = 1_000
MANY = 20
"""From so many records on, writing or taking back is a mass change: proven backup first, and off the window."""


class Backups:
    """Make, prove, thin, list and go back; every backup counts only once it was opened and counted."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._writes = desk.vault.writes
        self._making = threading.Lock()
        self._behind: bool | None = None
        self._tried: datetime | None = None
        self._soundness = Soundness(desk.vault.data_key, desk.vault.header)
        self.made = 0
        """How many were made in this sitting: who shows the newest one looks again when this has grown."""

    @property
    def own_place(self) -> Path:
        """The folder of backups inside the vault's folder."""
        return self._vault.folder / OWN_PLACE

    @property
    def second_place(self) -> Path | None:
        """The second folder, when one is set; it may not be there now."""
        kept = str(self._desk.setting("second_backup"))
        return Path(kept) if kept else None

    @property
    def places(self) -> list[Path]:
        """Every folder that holds backups of this vault."""
        return [place for place in (self.own_place, self.second_place) if place]

    @property
    def changed(self) -> bool:
        """Tell whether something was written since the last backup, in this sitting or in one that ended without.

        The desk is locked, killed and closed from the locked page: no backup can be made there without the key.
        """
        if self._vault.writes != self._writes:
            return True
        if self._behind is None:
            self._behind = self._is_behind()
        return self._behind

    def _is_behind(self) -> bool:
        """Tell whether the journal goes on after the newest backup, or may do so: clocks are set back."""
        newest = self._newest_here()
        with self._vault.read() as connection:
            row = connection.execute("SELECT at FROM journal_entry ORDER BY id DESC LIMIT 1").fetchone()
        if row is None:
            return False
        return newest is None or newest.made > clock.now() or datetime.fromisoformat(row[0]) > newest.made

    def make(self, progress: Progress = silent, reason: Reason = Reason.BY_HAND) -> Made:
        """Make a proven backup in the vault's folder, and in the second place when one is set.

        A second place that does not take it is told of in the result: the first backup is good all the same.
        One at a time: each clears away what it finds half made in a place.
        """
        with self._making:
            return self._make(progress, reason)

    def _make(self, progress: Progress, reason: Reason) -> Made:
        writes = self._vault.writes
        first = backup.make(self._vault.folder, self._vault.data_key, reason=reason, progress=progress)
        self._writes, self._behind = writes, False
        self.made += 1
        second, refused, away = None, None, False
        if place := self.second_place:
            try:
                second = backup.make(self._vault.folder, self._vault.data_key, place, reason=reason, progress=progress)
            except CancelledError:
                raise
            except PaizhuError as error:
                refused, away = error, not place.is_dir()
            # Never reached since it was set, it has been without a backup since the first one that it missed.
            if second or self._vault.kept(*_SECOND) is None:
                with suppress(PaizhuError):
                    self._vault.keep(*_SECOND, first.made.isoformat())
        self._thin()
        if not refused and self._vault.kept(*_BEHIND) is not None:
            # The stick that was away when the password was changed.
            self.renew_headers()
        return Made(first, second, refused, away)

    def make_when_due(self, progress: Progress = silent) -> Made | None:
        """Make the backup of every half hour; None while it is not time, or nothing changed.

        One that was refused is tried again after the same time and not with every look. Not for the thread of the
        window: whether it is time is read from the places, and a stick or a network drive may be slow to answer.
        """
        if not self.due(tried=self._tried):
            return None
        self._tried = clock.now()
        return self.make(progress, Reason.TIMER)

    def make_at(self, place: Path, progress: Progress = silent) -> Backup:
        """Make a proven backup in a folder chosen for this once; the places that are set stay as they are."""
        with self._making:
            return backup.make(self._vault.folder, self._vault.data_key, place, progress=progress)

    def before_mass_change(self, progress: Progress = silent, reason: Reason = Reason.MASS_CHANGE) -> Made:
        """Make the backup that precedes an import, or a change of many records; without one it must not begin."""
        return self.make(progress, reason)

    def before_many(self, count: int, progress: Progress = silent) -> Made | None:
        """Make the backup that precedes a change of so many records at once; None when they are not many."""
        return self.before_mass_change(progress) if count >= MANY else None

    def at_closing(self, progress: Progress = silent) -> Made | None:
        """Make the backup of the end of the day, unless nothing was written since the last one."""
        if not self.changed and self._newest_here():
            return None
        return self.make(progress, Reason.CLOSING)

    def due(self, now: datetime | None = None, tried: datetime | None = None) -> bool:
        """Tell whether it is time for a backup: something changed, and the set minutes went by since the last try.

        Of what is dated later than now nobody knows how long ago it was, since the clock was set back: it is time then.
        """
        if not self.changed:
            return False
        now = now or clock.now()
        newest = self._newest_here()
        past = [each for each in (newest and newest.made, self._first_after(newest), tried) if each and each <= now]
        wait = timedelta(minutes=int(self._desk.setting("backup_minutes")))
        return not past or now - max(past) >= wait

    def _first_after(self, newest: Backup | None) -> datetime | None:
        """Return when the first act was done that no backup holds, looking no further back than a thousand acts.

        Not when the desk was opened: one that is locked every few minutes would have no backup the whole day.
        """
        with self._vault.read() as connection:
            rows = connection.execute(f"SELECT at FROM journal_entry ORDER BY id DESC LIMIT {_LOOKED_BACK}").fetchall()
        done = (datetime.fromisoformat(at) for (at,) in rows)
        return min((at for at in done if newest is None or at > newest.made), default=None)

    def second_behind(self, now: datetime | None = None) -> int:
        """Return for how many days the second place has had no backup, 0 for less than a week or without one.

        It is remembered in the vault, since a stick that is away cannot be asked.
        """
        kept = self._vault.kept(*_SECOND) if self.second_place else None
        days = ((now or clock.now()) - datetime.fromisoformat(kept)).days if kept else 0
        return days if days >= SECOND_STALE.days else 0

    def list(self) -> list[Backup]:
        """Return the backups of this vault in all places, newest first, with their row counts."""
        found = backup_place.list_backups(self.places, self._vault.header.vault_id, self._vault.data_key)
        return [self._soundness.as_seen(each) for each in found]

    def newest_proven(self) -> Backup | None:
        """Return the newest backup that was opened and counted.

        One in the vault's own folder goes before one in the second place, which another copy of the vault may fill too.
        """
        return self._newest_here() or self._newest_in(self.places)

    def _newest_here(self) -> Backup | None:
        """Return the newest that is certainly one of this copy of the vault: each is made here first."""
        return self._newest_in([self.own_place])

    def _newest_in(self, places: Iterable[Path]) -> Backup | None:
        # Without the key: read every few minutes for the status bar, and the counts are not wanted there.
        found = backup_place.list_backups(places, self._vault.header.vault_id)
        return backup_place.newest_proven(map(self._soundness.as_seen, found))

    # --- whether they still hold -----------------------------------------------------------------------------

    def prove(self, chosen: Backup, progress: Progress = silent) -> Backup:
        """Open a backup again and read all of it."""
        return self._minded(self._soundness.prove, chosen, progress)

    def look(self, chosen: Backup, progress: Progress = silent) -> Backup:
        """Return a backup as it stands now: still what was proven, or found damaged."""
        return self._minded(self._soundness.look, chosen, progress)

    def unseen(self) -> Sequence[Backup]:
        """Return the backups that were not looked at in this sitting as they lie there now, newest first."""
        return self._soundness.waiting(self.list())

    def look_at_newest(self, progress: Progress = silent) -> Backup | None:
        """Look at the backup that passes for the newest proven one; return it when it turns out to be damaged."""
        newest = self.newest_proven()
        if newest is None or not newest.fingerprint or newest not in self._soundness.waiting([newest]):
            return None
        seen = self.look(newest, progress)
        return seen if seen.failed else None

    def prove_oldest(self, progress: Progress = silent) -> Backup | None:
        """Prove the backup again whose proof is the oldest, when it is a month old; None when none is."""
        chosen = self._soundness.due(self.list(), clock.now())
        return self._minded(self._soundness.prove_again, chosen, progress) if chosen else None

    def another(self, than: Backup, progress: Progress = silent) -> Backup | None:
        """Return the backup that comes nearest to one that cannot be used, looked at and whole; None without any."""
        for each in returning.nearest(self.list(), than):
            with suppress(PaizhuError):
                if self.look(each, progress).proven:
                    return each
        return None

    def _minded(self, work: Callable[[Backup, Progress], Backup], chosen: Backup, progress: Progress) -> Backup:
        try:
            seen = work(chosen, progress)
        except NotProvenError:
            self._behind = None
            raise
        if seen.failed:
            # What was written since the one before it stands in no backup now.
            self._behind = None
        return seen

    def counts(self, chosen: Backup) -> "dict[str, int]":
        """Return how many records of each register a backup holds, by the register's words."""
        tables = {each.model.__tablename__: each.label for each in registers.REGISTERS}
        return {label: chosen.tables[name] for name, label in tables.items() if chosen.tables.get(name)}

    def difference(self, chosen: Backup) -> Difference:
        """Return what a backup has more or less than the vault, read as it is now."""
        with self._vault.read() as connection:
            now = cipher.counts(connection)
        more = {name: chosen.tables.get(name, 0) - count for name, count in now.items()}
        tables = {each.label: more.get(each.model.__tablename__, 0) for each in registers.REGISTERS}
        records = {label: count for label, count in tables.items() if count}
        return Difference(more.get("journal_entry", 0), records, bool(chosen.tables))

    def renew_headers(self) -> Renewal:
        """Put the present key slots into every backup that can be reached; the others follow when they can."""
        there = [place for place in self.places if place.is_dir() or place == self.own_place]
        found = backup_place.renew_headers(there, self._vault.header)
        away = self.second_place if len(there) < len(self.places) else None
        renewal = Renewal(found.renewed, len(found.left), away)
        # What the disk refuses here is no reason to call the change of password off: it stands.
        with suppress(PaizhuError):
            self._vault.keep(*_BEHIND, None if renewal.complete else "1")
        return renewal

    def restore(self, chosen: Backup, progress: Progress = silent) -> Restored:
        """Put a backup in place of the present state, which is kept as a backup of its own.

        The vault is closed by this and has to be opened again, whatever comes of it.
        """
        folder, data_key = self._vault.folder, self._vault.data_key
        if not self._vault.closed:
            self._vault.close()
        return returning.held(folder, lambda: restore.restore(chosen, folder, data_key, progress=progress))

    def _thin(self) -> None:
        vault_id = self._vault.header.vault_id
        for place in self.places:
            try:
                backup_place.remove(thinning.thin(backup_place.list_backups([place], vault_id), clock.now()))
            except PaizhuError:
                # An old backup too many does no harm; the next making tries again.
                continue
