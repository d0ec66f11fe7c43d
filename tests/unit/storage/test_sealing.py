"""Sealed values: in with the public key, out with the private one only."""

import base64

import pytest

from paizhu.base.errors import VaultDamagedError
from paizhu.storage import sealing

PRIVATE, PUBLIC = sealing.new_pair()


@pytest.mark.parametrize("text", ["", "反映人甲，虚构", "𬱖" * 1000])
def test_what_is_sealed_comes_out_the_same(text: str) -> None:
    assert sealing.open_sealed(PRIVATE, sealing.seal(PUBLIC, text)) == text


def test_two_boxes_of_one_text_look_different_and_show_nothing_of_it() -> None:
    first, second = sealing.seal(PUBLIC, "反映人甲"), sealing.seal(PUBLIC, "反映人甲")
    assert first != second
    assert "反映人甲".encode() not in base64.b64decode(first)


def test_another_private_key_does_not_open_the_box() -> None:
    stranger, _public = sealing.new_pair()
    with pytest.raises(VaultDamagedError):
        sealing.open_sealed(stranger, sealing.seal(PUBLIC, "反映人甲"))


def test_no_changed_or_shortened_box_opens() -> None:
    raw = base64.b64decode(sealing.seal(PUBLIC, "甲"))
    spoiled = [bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]]) for at in range(len(raw))]
    spoiled += [raw[:length] for length in range(len(raw))]
    # The top bit of an X25519 key is not part of it, so byte 31 is spoiled in its lowest bit as all others are.
    for box in spoiled:
        with pytest.raises(VaultDamagedError):
            sealing.open_sealed(PRIVATE, base64.b64encode(box).decode())
    with pytest.raises(VaultDamagedError, match="打不开"):
        sealing.open_sealed(PRIVATE, "不是盒子")


def test_the_public_half_is_found_from_the_private_one() -> None:
    assert sealing.public_half(PRIVATE) == PUBLIC
