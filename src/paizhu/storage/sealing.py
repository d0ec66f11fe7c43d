"""Sealing a value to a public key: anyone may put in, only the private key takes out (class P4)."""

import base64
import binascii

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from paizhu.base.errors import VaultDamagedError
from paizhu.storage.keys import KEY_BYTES, decrypt, encrypt

_CONTEXT = b"paizhu/sealed/1"
_MARK = "."
"""Between a box and its mark; no sign of base64."""


def new_pair() -> tuple[bytes, bytes]:
    """Return a fresh private key and its public half."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_half(private_key: bytes) -> bytes:
    """Return the public key that belongs to a private one."""
    return X25519PrivateKey.from_private_bytes(private_key).public_key().public_bytes_raw()


def seal(public_key: bytes, text: str, mark: str = "") -> str:
    """Encrypt the text so that only the private half opens it; two boxes of one text look different.

    A ``mark`` stands beside the box in the open: it must tell nothing to whoever does not hold its key.
    """
    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public_key))
    box = encrypt(_box_key(shared, ephemeral, public_key), text.encode(), _CONTEXT)
    sealed = base64.b64encode(ephemeral + box).decode()
    return f"{sealed}{_MARK}{mark}" if mark else sealed


def mark_of(box: str) -> str:
    """Return the mark beside a box; empty when it was sealed without one."""
    return box.partition(_MARK)[2]


def marked(box: str, mark: str) -> str:
    """Return the same box with this mark beside it."""
    return f"{box.partition(_MARK)[0]}{_MARK}{mark}"


def open_sealed(private_key: bytes, box: str) -> str:
    """Return the sealed text; refused when the box was changed or sealed to another key."""
    try:
        raw = base64.b64decode(box.partition(_MARK)[0], validate=True)
        ephemeral, inner = raw[:KEY_BYTES], raw[KEY_BYTES:]
        private = X25519PrivateKey.from_private_bytes(private_key)
        shared = private.exchange(X25519PublicKey.from_public_bytes(ephemeral))
        return decrypt(_box_key(shared, ephemeral, public_half(private_key)), inner, _CONTEXT).decode()
    except (InvalidTag, ValueError, binascii.Error) as error:
        raise VaultDamagedError(
            "这一项密封内容打不开：内容已损坏，或属于另一个库", "密封的原文没有动", "从备份里找回这条记录"
        ) from error


def _box_key(shared: bytes, ephemeral: bytes, public_key: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=ephemeral + public_key, info=_CONTEXT).derive(shared)
