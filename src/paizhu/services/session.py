"""One sitting at the desk: which vault, the password, locking and coming back; the heavy parts load when needed."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from paizhu.base import clock, paths
from paizhu.base.errors import NoEntryError, NotAllowedError, NotFoundError, PaizhuError
from paizhu.base.progress import Progress, silent
from paizhu.services.machine import Machine
from paizhu.services.unkept import UnkeptCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from paizhu.services.office import Office
    from paizhu.services.safety.backups import Renewal
    from paizhu.storage.backup_place import Backup
    from paizhu.storage.header import Header
    from paizhu.storage.hold import Hold
    from paizhu.storage.restore import Restored

T = TypeVar("T")
ENDING = ".paizhu"
_HEADER = "header.json"
_LAST_UNLOCK = "last_unlock"
_REST = ("wizard", "next_step")


class Session:
    """The vault this window works with. Made without importing storage: the unlock window must stand at once."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.office: Office | None = None
        self._waiting: dict[str, bytes] = {}
        """By vault, sealed: drafts that the disk did not take before the vault was locked."""
        self.unkept = UnkeptCode()
        self.notices: list[str] = []
        """What opening found and mended, in sentences, to be shown once."""
        self._to_tell: list[str] = []
        self.folder: Path | None = Path(kept) if (kept := str(machine.setting("last_vault"))) else None

    # --- which vault -----------------------------------------------------------------------------------------

    @property
    def known(self) -> bool:
        """Tell whether the vault used last is still there; otherwise the first-run page asks."""
        folder = self.folder
        return bool(folder and folder.is_dir() and (any(folder.glob(f"{_HEADER}*")) or not paths.may_look(folder)))

    @property
    def lost(self) -> Path | None:
        """Where the vault used last was and is not now: a stick that is away, a folder moved or renamed."""
        return None if self.known else self.folder

    @property
    def name(self) -> str:
        """Name of the vault's folder, the only words about it that stand on the locked page."""
        return self.folder.name.removesuffix(ENDING) if self.folder else ""

    @property
    def last_unlock(self) -> "datetime | None":
        """When a vault was unlocked last on this machine."""
        from datetime import datetime

        return datetime.fromisoformat(kept) if (kept := self.machine.mark(_LAST_UNLOCK)) else None

    def choose(self, folder: Path) -> None:
        """Work with the vault in this folder from now on; refused when it is none."""
        if not paths.may_look(folder):
            raise NoEntryError(folder.name)
        if not any(folder.glob(f"{_HEADER}*")):
            raise NotFoundError(
                f"“{folder.name}”不是工作台的数据文件夹",
                "里面的文件没有动",
                f"选名字以 {ENDING} 结尾、里面有 {_HEADER} 的文件夹",
            )
        self.lock()
        self._to_tell = []
        self._use(folder)

    def tell_after_opening(self, words: str) -> None:
        """Let what was done to the closed vault be said when it is opened."""
        self._to_tell.append(words)

    @property
    def done_while_closed(self) -> str:
        """What was done to the closed vault, for the locked page: whoever brought it back must not wonder."""
        return "".join(self._to_tell)

    def forget_vault(self) -> None:
        """Work with no vault until one is chosen or made."""
        self.folder = None
        self.machine.set_setting("last_vault", "")

    def _use(self, folder: Path) -> None:
        self.folder = folder
        self.machine.set_setting("last_vault", str(folder))

    # --- opening ---------------------------------------------------------------------------------------------

    def tries(self) -> tuple[str, int]:
        """Return how many tries are left, in words, and the seconds to wait before the next (0: now)."""
        from paizhu.storage.attempts import Attempts
        from paizhu.storage.header import Header

        folder = self._chosen()
        attempts = Attempts(Header.load(folder).vault_id, folder)
        return attempts.words, attempts.wait_seconds

    def last_backup(self) -> "datetime | None":
        """Return when the newest proven backup in the vault's own folder was made; needs no key."""
        from paizhu.storage import backup_place

        found = backup_place.newest_proven(backup_place.list_backups([self._chosen() / backup_place.OWN_PLACE]))
        return found.made if found else None

    def unlock(self, password: str, progress: Progress = silent) -> "Office":
        """Open the vault; a wrong password is counted, and an older vault is brought up to date after a backup."""
        from paizhu.storage.attempts import Attempts
        from paizhu.storage.header import Header

        folder = self._chosen()
        header = Header.load(folder)
        data_key = Attempts(header.vault_id, folder).run(lambda: header.unlock(password))
        return self._open(folder, data_key, progress)

    def recover(self, code: str, new_password: str, progress: Progress = silent) -> "Office":
        """Set a new password with the printed recovery code, and open; backups get the new password as well."""
        from paizhu.storage.attempts import Attempts
        from paizhu.storage.header import Header

        folder = self._chosen()
        # Not counted: nobody guesses 160 random bits, and the code is the way out of a wait.
        header = Header.load(folder)
        data_key = header.unlock_recovery(code)
        office = self._open(folder, data_key, progress, lambda held: held.reset_password(code, new_password))
        Attempts(header.vault_id, folder).forget()
        renewal = office.backups.renew_headers()
        self.notices.append(f"口令已另设，下次解锁用新口令；恢复单仍然有效。{renewal.words}")
        self._note(office, "用恢复密钥另设口令")
        return office

    def create(self, folder: Path, names: Mapping[str, str], password: str) -> "tuple[Office, str]":
        """Make a new vault with the host unit in its roster, and open it; returns the recovery code, kept nowhere."""
        from paizhu.services import host_unit
        from paizhu.services.office import Office
        from paizhu.storage import atomic
        from paizhu.storage.vault import Vault

        if folder.exists():
            raise NotAllowedError(f"“{folder.name}”已经有了", "里面的内容没有动", "换一个名字，或打开已有的")
        self.lock()
        try:
            vault, code = Vault.create(folder, password, names)
        except OSError as error:
            raise atomic.refusal(error, f"没有建成“{folder.name}”", "没有留下半成品") from error
        self._use(folder)
        self._opened(Office(vault))
        self.unkept.hold(vault, code)
        host_unit.enter(self._standing())
        return self._standing(), code

    def _open(
        self,
        folder: Path,
        data_key: bytes,
        progress: Progress,
        renew: "Callable[[Header], None] | None" = None,
    ) -> "Office":
        """Open the vault while nobody else has it; ``renew`` changes its keys then, and not before."""
        from paizhu.services import catching_up
        from paizhu.services.office import Office
        from paizhu.services.safety import key_watch, last_seen, returning
        from paizhu.storage.hold import Hold
        from paizhu.storage.vault import Vault

        self.notices = list(self._to_tell)
        hold = Hold.acquire(folder)
        try:
            header = self._made_ready(folder, data_key, hold, progress)
            vault = Vault.open_with(folder, header, data_key, hold)
        except BaseException:
            hold.release()
            raise
        self.notices += catching_up.after_opening(vault, progress)
        if renew:
            try:
                header.change(folder, renew)
            except BaseException:
                vault.close()
                raise
        self._opened(Office(vault))
        last_seen.begin(self._standing(), self.machine.folder)
        returning.note(vault)
        if renew:
            key_watch.keep(vault)
        elif words := key_watch.look(vault):
            self.notices.append(words)
        return self._standing()

    def _made_ready(self, folder: Path, data_key: bytes, hold: "Hold", progress: Progress) -> "Header":
        """Mend what a crash left, bring an older vault up to date after a backup, and return the header as it is now.

        What was found and mended is added to the notices.
        """
        from paizhu.services import readable
        from paizhu.services.safety import after_crash
        from paizhu.storage import backup, cipher, log_check, migrate, restore
        from paizhu.storage.header import Header

        database, key = folder / cipher.DATABASE, cipher.database_key(data_key)
        restore.finish(folder)
        damaged = log_check.kept_if_damaged(database, key)
        if hold.stale or damaged:
            self.notices.append(after_crash.words(hold.stale, damaged))
        # Read only now: another window may have changed the password until it let go.
        header = Header.load(folder)
        readable.sweep(header.vault_id)
        if header.notice:
            self.notices.append(header.notice)
        if header.lame:
            header.repair(folder)
        if database.is_file():
            migrate.bring_up_to_date(
                database, key, before=lambda: backup.make_before_upgrade(folder, data_key, progress)
            )
        return header

    def _opened(self, office: "Office") -> None:
        self.office = office
        self._to_tell = []
        self._take_waiting(office)
        # From here the half hour counts, and what was written before is not taken for new.
        office.backups  # noqa: B018  # made now on purpose
        self.machine.remember(_LAST_UNLOCK, clock.now().isoformat())

    # --- keeping ---------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Close the vault and forget its keys; doing it twice is no harm."""
        office, self.office = self.office, None
        if office and not office.vault.closed:
            from paizhu.services.safety import last_seen
            from paizhu.storage.keys import Purpose

            if box := office.vault.drafts.unwritten.sealed(office.vault.key_for(Purpose.DRAFTS)):
                self._waiting[office.vault.header.vault_id] = box
            last_seen.end(office, self.machine.folder)
            office.vault.close()

    @property
    def has_unwritten(self) -> bool:
        """Tell whether a draft is in memory alone, because the disk did not take it; ending the program loses it."""
        return bool(self._waiting) or bool(self.office and self.office.vault.drafts.unwritten)

    def _take_waiting(self, office: "Office") -> None:
        """Bring back drafts from before the lock, and try again to store them."""
        from paizhu.storage.keys import Purpose

        vault = office.vault
        if box := self._waiting.pop(vault.header.vault_id, None):
            vault.drafts.unwritten.bring(vault.key_for(Purpose.DRAFTS), box)
        for register, record_id, body in vault.drafts.unwritten.waiting():
            try:
                vault.drafts.put(register, record_id, body)
            except PaizhuError:
                # They stay in memory; the window says so when the officer types on.
                break

    def close(self, progress: Progress = silent) -> None:
        """End the sitting: a backup when something changed, then the vault is closed, whatever comes of the backup."""
        office = self.office
        try:
            if office:
                office.backups.at_closing(progress)
        finally:
            self.lock()

    def change_password(self, old: str, new: str) -> "Renewal":
        """Wrap the keys under a new password; nothing is encrypted anew, and backups get the new password too.

        Returns which backups could not be reached for it.
        """
        office = self._standing()
        self._change_keys(office, lambda header: header.change_password(old, new))
        renewal = office.backups.renew_headers()
        self._note(office, "更换口令")
        return renewal

    def renew_recovery(self, password: str) -> str:
        """Return a new recovery code; the sheet printed before opens nothing any more."""
        from paizhu.services.safety import recovery_code

        office = self._standing()
        code = self._change_keys(office, lambda header: header.renew_recovery(password))
        self.unkept.hold(office.vault, code)
        recovery_code.note_issued(office)
        office.backups.renew_headers()
        self._note(office, "换发恢复密钥")
        return code

    @staticmethod
    def _change_keys(office: "Office", change: "Callable[[Header], T]") -> "T":
        """Change the key slots with the password given; a wrong one is counted, as at the locked page."""
        from paizhu.services.safety import key_watch
        from paizhu.storage.attempts import Attempts

        folder, header = office.vault.folder, office.vault.header
        made = Attempts(header.vault_id, folder).run(lambda: header.change(folder, change))
        key_watch.keep(office.vault)
        return made

    def restore(self, chosen: "Backup", progress: Progress = silent) -> "tuple[Office, Restored]":
        """Go back to a backup, keeping the present state; the vault is open again afterwards, also when refused."""
        office = self._standing()
        folder, data_key = office.vault.folder, office.vault.data_key
        try:
            restored = office.backups.restore(chosen, progress)
        finally:
            reopened = self._open(folder, data_key, silent)
        return reopened, restored

    # --- the first run ---------------------------------------------------------------------------------------

    def remember_step(self, step: str) -> None:
        """Keep in the vault which step of the first run comes next; empty when all are done."""
        self._standing().vault.keep(*_REST, step or None)

    def next_step(self) -> str:
        """Return the step of the first run that comes next; empty when all are done."""
        return self._standing().vault.kept(*_REST) or ""

    # --- small things ----------------------------------------------------------------------------------------

    def _chosen(self) -> Path:
        if self.folder is None:
            raise NotFoundError("还没有选定工作台的数据文件夹", "", "新建一个，或打开已有的")
        return self.folder

    def _standing(self) -> "Office":
        if self.office is None:
            raise PaizhuError("工作台已锁定", "没有改动", "解锁后再办")
        return self.office

    @staticmethod
    def _note(office: "Office", words: str) -> None:
        with office.vault.act("security", words, always=True):
            pass


def preload() -> None:
    """Import what an open vault needs; meant for a thread while the password is typed."""
    import paizhu.services.office
    import paizhu.services.safety.backups
    import paizhu.storage.attempts
    import paizhu.storage.restore  # noqa: F401  # known to be loaded is all that counts
