"""The small file beside the database that holds the keys, wrapped by the password and by the recovery code."""

import base64
import binascii
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from cryptography.exceptions import InvalidTag

from paizhu.base import paths
from paizhu.base.errors import NoEntryError, NotAllowedError, PaizhuError, VaultDamagedError, WrongPasswordError
from paizhu.storage import atomic
from paizhu.storage.keys import OFFICE_COST, Cost, Wrapped, new_key, new_recovery_code, read_recovery_code, unwrap, wrap
from paizhu.storage.sealing import new_pair, public_half

FILE = "header.json"
COPY = "header.json.bak"
FORMAT = 1

T = TypeVar("T")
SlotKind = Literal["password", "recovery"]
_KINDS: tuple[SlotKind, ...] = ("password", "recovery")
_WRONG_PASSWORD = "口令不对"
_WRONG_CODE = "这不是本库的恢复密钥"


@dataclass(frozen=True, slots=True)
class _Slot:
    """One way in: the data key and the private key, each wrapped under a derived key of its own."""

    cost: Cost
    data: Wrapped
    private: Wrapped


@dataclass(slots=True)
class Header:
    """Key slots of one vault; nothing in it is readable but an opaque id, a public key and the cost of a try.

    The public key takes what only a password given again may open (class P4). The data key never changes.
    """

    vault_id: str
    public_key: bytes
    _slots: dict[SlotKind, _Slot] = field(repr=False)
    notice: str = ""
    """Words to show after opening, when the first copy was damaged and the second was used."""
    lame: bool = False
    """One of the two copies is damaged, missing, or from before a change that the power cut short."""

    @classmethod
    def create(cls, password: str, cost: Cost = OFFICE_COST) -> "tuple[Header, bytes, str]":
        """Make the keys of a new vault: its header, the data key, and the recovery code to print once."""
        data_key = new_key()
        private_key, public_key = new_pair()
        code = new_recovery_code()
        header = cls(str(uuid.uuid4()), public_key, {})
        header._put("password", password, data_key, private_key, cost)
        header._put("recovery", code, data_key, private_key, cost)
        return header, data_key, code

    def unlock(self, password: str) -> bytes:
        """Return the data key."""
        return self._open("password", "data", password)

    def unlock_recovery(self, code: str) -> bytes:
        """Return the data key, from the code as typed."""
        return self._open("recovery", "data", read_recovery_code(code))

    def open_private(self, password: str) -> bytes:
        """Return the private key that opens sealed values (class P4); ask for the password each time."""
        return self._checked_private(self._open("password", "private", password))

    def open_private_recovery(self, code: str) -> bytes:
        """Return the private key that opens sealed values, from the recovery code as typed."""
        return self._checked_private(self._open("recovery", "private", read_recovery_code(code)))

    def change_password(self, old: str, new: str, cost: Cost = OFFICE_COST) -> None:
        """Wrap the same keys under a new password; the database stays as it is. Save the header afterwards."""
        self._put("password", new, self.unlock(old), self.open_private(old), cost)

    def reset_password(self, recovery_code: str, new: str, cost: Cost = OFFICE_COST) -> None:
        """Set a new password with the recovery code when the old one is forgotten. Save the header afterwards."""
        data_key, private_key = self.unlock_recovery(recovery_code), self.open_private_recovery(recovery_code)
        self._put("password", new, data_key, private_key, cost)

    def renew_recovery(self, password: str, cost: Cost = OFFICE_COST) -> str:
        """Return a new recovery code; the sheet printed before is worth nothing once the header is saved."""
        code = new_recovery_code()
        self._put("recovery", code, self.unlock(password), self.open_private(password), cost)
        return code

    def save(self, folder: Path) -> None:
        """Write the header and its second copy, both or neither as far as the disk allows.

        The copy guards against damage, not against a change: an old password must not stay valid in it.
        """
        text = self._render()
        try:
            atomic.write_together({folder / FILE: text, folder / COPY: text})
        except OSError as error:
            raise atomic.refusal(error, "没有写进钥匙文件", "数据库没有动，原来的口令和恢复密钥仍然有效") from error

    def change(self, folder: Path, do: "Callable[[Header], T]") -> T:
        """Change the keys and write them; when either is refused, the old ones stand here as on the disk."""
        before = dict(self._slots)
        try:
            made = do(self)
            self.save(folder)
        except BaseException:
            self._slots = before
            raise
        return made

    @classmethod
    def load(cls, folder: Path) -> "Header":
        """Read the header, or its second copy (with a notice) when the first is damaged."""
        try:
            header = cls._read(folder / FILE)
            header.lame = not _same(folder / COPY, header._render())
            return header
        except (OSError, ValueError, KeyError, TypeError) as first:
            try:
                header = cls._read(folder / COPY)
            except (OSError, ValueError, KeyError, TypeError):
                raise _unreadable(folder) from first
            header.lame = True
            header.notice = (
                f"钥匙文件 {FILE} 损坏或丢失，已改用同一文件夹里的副本 {COPY}，口令不变，数据没有受影响。"
                "请在下次改口令前先做一份备份。"
            )
            return header

    @property
    def digest(self) -> str:
        """What stands for this very key file; every change of a password or code makes it another one."""
        return hashlib.sha256(self._render()).hexdigest()

    def repair(self, folder: Path) -> None:
        """Write both copies anew after one of them was found damaged, and drop the notice."""
        self.save(folder)
        self.notice, self.lame = "", False

    @classmethod
    def _read(cls, path: Path) -> "Header":
        raw = path.read_bytes()
        content = dict(json.loads(raw))
        # Before anything else, and the same in every format: a damaged number must not pass for a newer program's.
        if content.pop("check") != _check(content):
            raise ValueError(FILE)
        if content["format"] > FORMAT:
            raise NotAllowedError(
                "这个库是用更新的程序建的，本机的程序认不出", "库没有改动", "请升级本机的程序后再打开"
            )
        slots = {kind: _slot_from(content["slots"][kind]) for kind in _KINDS}
        header = cls(str(uuid.UUID(content["vault_id"])), _bytes(content["public_key"]), slots)
        # Compared byte by byte, so that no damage is overlooked, wherever it sits.
        if header._render() != raw:
            raise ValueError(FILE)
        return header

    def _render(self) -> bytes:
        content: dict[str, Any] = {
            "format": FORMAT,
            "vault_id": self.vault_id,
            "public_key": _text(self.public_key),
            "slots": {kind: _slot_as_json(self._slots[kind]) for kind in _KINDS},
        }
        return json.dumps(content | {"check": _check(content)}, indent=1).encode()

    def _put(self, kind: SlotKind, words: str, data_key: bytes, private_key: bytes, cost: Cost) -> None:
        data = wrap(data_key, words, cost, self._context(kind, "data", cost))
        private = wrap(private_key, words, cost, self._context(kind, "private", cost))
        self._slots[kind] = _Slot(cost, data, private)

    def _open(self, kind: SlotKind, part: Literal["data", "private"], words: str) -> bytes:
        slot = self._slots[kind]
        try:
            return unwrap(getattr(slot, part), words, slot.cost, self._context(kind, part, slot.cost))
        except InvalidTag as error:
            if kind == "password":
                raise WrongPasswordError(_WRONG_PASSWORD, "库没有改动", "核对大小写和输入法后再试") from error
            raise WrongPasswordError(_WRONG_CODE, "库没有改动", "找到本库的恢复单后再试") from error

    def _context(self, kind: SlotKind, part: str, cost: Cost) -> bytes:
        # The public key is bound in: whoever swaps it to read what is sealed later makes every slot refuse.
        bound = [FORMAT, self.vault_id, kind, part, asdict(cost), _text(self.public_key)]
        return json.dumps(bound, sort_keys=True).encode()

    def _checked_private(self, private_key: bytes) -> bytes:
        if public_half(private_key) != self.public_key:
            raise VaultDamagedError("钥匙文件里的两半钥匙对不上", "数据库没有动", "从备份恢复钥匙文件")
        return private_key


def _unreadable(folder: Path) -> PaizhuError:
    if not paths.may_look(folder):
        return NoEntryError(folder.name)
    if not (folder / FILE).exists() and not (folder / COPY).exists():
        return VaultDamagedError(
            f"“{folder.name}”里没有钥匙文件 {FILE}，打不开",
            "文件夹里的内容没有动",
            "核对是不是选错了文件夹；选对了仍打不开，就从备份恢复",
        )
    return VaultDamagedError(
        f"“{folder.name}”的钥匙文件 {FILE} 和副本 {COPY} 都已损坏，口令和恢复密钥暂时用不上",
        "数据库 vault.db 和附件没有动",
        f"从备份恢复；或把任何一份备份里的 {FILE} 复制到这个文件夹",
    )


def _same(path: Path, text: bytes) -> bool:
    try:
        return path.read_bytes() == text
    except OSError:
        return False


def _check(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def _slot_as_json(slot: _Slot) -> dict[str, Any]:
    parts = {"data": slot.data, "private": slot.private}
    boxes = {name: {"salt": _text(part.salt), "box": _text(part.box)} for name, part in parts.items()}
    return {"cost": asdict(slot.cost), **boxes}


def _slot_from(content: Any) -> _Slot:
    cost = Cost(**{name: int(value) for name, value in content["cost"].items()})
    if not cost.sane:
        raise ValueError(cost)
    data, private = (
        Wrapped(_bytes(content[part]["salt"]), _bytes(content[part]["box"])) for part in ("data", "private")
    )
    return _Slot(cost, data, private)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(FILE) from error
