"""Keys: what they are made of, how a password wraps them, and the printed recovery code."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from paizhu.base.errors import WrongPasswordError

KEY_BYTES = 32
SALT_BYTES = 16
_NONCE_BYTES = 12


class Purpose(StrEnum):
    """What a key made from the data key is for; a released one is never renamed, or its data could not be read."""

    DATABASE = "database"
    ATTACHMENTS = "attachments"
    DRAFTS = "drafts"
    HASHING = "hashing"
    BACKUPS = "backups"
    RECUSAL = "recusal"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one try of a password is (Argon2id): memory in KiB, passes over it, lanes."""

    memory_kib: int
    iterations: int
    lanes: int

    @property
    def sane(self) -> bool:
        """Tell whether the figures can be meant: a damaged header must not ask for all memory of the machine."""
        return 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1 << 20 and 1 <= self.iterations <= 100


# About 0.16 s on two cores of 2023; an office PC of 2012 needs about half a second.
OFFICE_COST = Cost(memory_kib=64 * 1024, iterations=4, lanes=2)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A secret encrypted under a key derived from a password or code."""

    salt: bytes
    box: bytes


def new_key() -> bytes:
    """Return a fresh random key of 256 bits."""
    return secrets.token_bytes(KEY_BYTES)


def subkey(data_key: bytes, purpose: Purpose) -> bytes:
    """Return the key for one purpose; keys of different purposes tell nothing about each other."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"paizhu/1/{purpose.value}".encode()).derive(data_key)


def keyed_hash(key: bytes, data: bytes) -> str:
    """Return a hash in hex that only a holder of the key can compute, so that it betrays nothing of the data."""
    return hmac.new(key, data, hashlib.sha256).hexdigest()


def encrypt(key: bytes, data: bytes, context: bytes) -> bytes:
    """Encrypt under a fresh nonce; the context is bound in and must be given again to decrypt."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, data, context)


def decrypt(key: bytes, box: bytes, context: bytes) -> bytes:
    """Return what `encrypt` was given; InvalidTag when key, context or a single byte differs."""
    if len(box) <= _NONCE_BYTES:
        raise InvalidTag
    return AESGCM(key).decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], context)


def wrap(secret: bytes, words: str, cost: Cost, context: bytes) -> Wrapped:
    """Encrypt a secret so that only the words (password or code) open it again."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Wrapped(salt, encrypt(_derived(words, salt, cost), secret, context))


def unwrap(wrapped: Wrapped, words: str, cost: Cost, context: bytes) -> bytes:
    """Return the secret; InvalidTag when the words are others or the wrapping was changed."""
    return decrypt(_derived(words, wrapped.salt, cost), wrapped.box, context)


def _derived(words: str, salt: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    # An input method may hand over full-width letters and digits; the officer means the same password.
    return kdf.derive(unicodedata.normalize("NFKC", words).encode())


# 32 signs without 0, O, 1 and I, so that a printed code can be typed from paper.
_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS = 8
_SECRET_SIGNS = 4
_GROUP_SIGNS = _SECRET_SIGNS + 1
CODE_SIGNS = _GROUPS * _GROUP_SIGNS
# Odd weights: a single mistyped sign always changes the check sign.
_WEIGHTS = (1, 3, 5, 7)


class MistypedCodeError(WrongPasswordError):
    """The recovery code was copied wrongly; `groups` are the numbers (from 1) of the groups to look at."""

    def __init__(self, happened: str, todo: str, groups: tuple[int, ...] = ()) -> None:
        self.groups = groups
        super().__init__(happened, "库没有改动，也不计入试错次数", todo)


def new_recovery_code() -> str:
    """Return a fresh code of 160 random bits: eight groups of five signs, the fifth checking the four before."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_SECRET_SIGNS)) for _ in range(_GROUPS))
    return "-".join(group + _check_sign(group, place) for place, group in enumerate(groups))


def read_recovery_code(typed: str) -> str:
    """Return the code in its printed form from what was typed: any spacing, case, width.

    Refused when it cannot be a code, naming the groups that were copied wrongly.
    """
    plain = "".join(sign if sign.isalnum() else " " for sign in unicodedata.normalize("NFKC", typed).upper())
    code = "".join(plain.split())
    if len(code) != CODE_SIGNS:
        wrong = _broken_groups(plain)
        where = f"，第 {_places(wrong)} 组与恢复单不符" if wrong else ""
        raise MistypedCodeError(
            f"恢复密钥应有 {_GROUPS} 组、每组 {_GROUP_SIGNS} 位，现在填了 {len(code)} 位{where}",
            "对照恢复单补齐后再试",
            wrong,
        )
    groups = [code[start : start + _GROUP_SIGNS] for start in range(0, len(code), _GROUP_SIGNS)]
    if wrong := tuple(place + 1 for place, group in enumerate(groups) if not _group_holds(group, place)):
        raise MistypedCodeError(
            f"恢复密钥第 {_places(wrong)} 组与恢复单不符", "逐位对照恢复单改正；密钥里没有 0、O、1、I 这几个字", wrong
        )
    return "-".join(groups)


def _broken_groups(plain: str) -> tuple[int, ...]:
    """Return the groups in which a sign is lacking or too many, counted from 1; none when this is hardly a code.

    Where the groups were not typed apart, they are counted off from both ends, as long as they hold.
    """
    parts, code = plain.split(), "".join(plain.split())
    if len(parts) == _GROUPS:
        wrong = [place for place, part in enumerate(parts) if not _group_holds(part, place)]
    else:
        starts = range(0, CODE_SIGNS, _GROUP_SIGNS)
        back = len(code) - CODE_SIGNS
        ahead = [_group_holds(code[start : start + _GROUP_SIGNS], place) for place, start in enumerate(starts)]
        behind = [
            start + back >= 0 and _group_holds(code[start + back :][:_GROUP_SIGNS], place)
            for place, start in enumerate(starts)
        ]
        first = next((place for place in range(_GROUPS) if not ahead[place]), _GROUPS - 1)
        last = next((place for place in reversed(range(_GROUPS)) if not behind[place]), 0)
        # One group in 32 holds by chance where it is read a sign too early or too late: then the two ends overlap, and
        # every group in which they do may be the one.
        wrong = [*range(min(first, last), max(first, last) + 1)]
    return tuple(place + 1 for place in wrong) if len(wrong) <= _GROUPS // 2 else ()


def _places(groups: tuple[int, ...]) -> str:
    return "、".join(str(group) for group in groups)


def _check_sign(group: str, place: int) -> str:
    # The place is added in, so that two groups in the wrong order are noticed as well.
    total = place + sum(weight * _SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, group, strict=True))
    return _SIGNS[total % len(_SIGNS)]


def _group_holds(group: str, place: int) -> bool:
    known = len(group) == _GROUP_SIGNS and all(sign in _SIGNS for sign in group)
    return known and _check_sign(group[:_SECRET_SIGNS], place) == group[_SECRET_SIGNS]
