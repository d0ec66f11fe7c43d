"""Judging a new password while it is typed: which rules it meets, how strong it is, how to better it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST = 10
RULES = ("不少于 10 位", "不含姓名、单位简称", "不是常见口令", "两遍一致")

_COMMON = (
    "1234567890", "0123456789", "12345678910", "0987654321", "1111111111", "0000000000", "8888888888", "6666666666",
    "password", "passw0rd", "p@ssw0rd", "p@ssword", "qwertyuiop", "1qaz2wsx3e", "q1w2e3r4t5", "asdfghjkl", "zxcvbnm",
    "abcdefghij", "abcd123456", "abc1234567", "a123456789", "aa12345678", "woaini1314", "admin12345", "administrator",
    "5201314520", "iloveyou", "letmein", "welcome", "jijian12345",
)  # fmt: skip
_SHORTEST_NAME = 2
_SIGNS = 4
_STRONG, _GOOD, _FAIR = 48, 34, 22


@dataclass(frozen=True, slots=True)
class Judgement:
    """Which of RULES are met, in their order; strength from 0 (nothing typed) to 4; advice in words."""

    met: tuple[bool, ...]
    strength: int
    advice: str

    @property
    def good(self) -> bool:
        """Tell whether the password may be used."""
        return all(self.met)


def judge(password: str, again: str, names: Sequence[str] = ()) -> Judgement:
    """Judge a password against the rules; `names` are the words of the first steps that must not stand in it."""
    plain = unicodedata.normalize("NFKC", password).lower()
    met = (
        len(password) >= LEAST,
        bool(plain) and not any(name in plain for name in _parts(names)),
        bool(plain) and not _is_common(plain),
        bool(password) and password == again,
    )
    strength = _strength(plain) if plain else 0
    if strength and not all(met[:3]):
        strength = 1
    return Judgement(met, strength, _advice(password, strength))


def names_in(*names: str) -> list[str]:
    """Return the names of group, unit and officer that must not be a password, and what a unit is called for short."""
    return [*names, *(short for name in names for short in _short(name))]


def _short(unit: str) -> list[str]:
    """Return a unit without the place before it."""
    for sign in ("市", "县", "区", "省"):
        head, found, rest = unit.partition(sign)
        if found and head and rest:
            return [rest]
    return []


def _parts(names: Sequence[str]) -> list[str]:
    """Return the names that may not be part of a password, without spaces, and none too short to mean anything."""
    folded = ("".join(unicodedata.normalize("NFKC", name).lower().split()) for name in names)
    return [name for name in folded if len(name) >= _SHORTEST_NAME]


def _is_common(plain: str) -> bool:
    if len(set(plain)) < _SIGNS:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return steps in ({1}, {-1}) or any(plain in common or common in plain for common in _COMMON if len(plain) > _SIGNS)


def _strength(plain: str) -> int:
    """Return 1 to 4 from the number of different signs, weighed by how many a guesser must try for each."""
    kinds = {"digit" if sign.isdigit() else "letter" if sign.isascii() and sign.isalpha() else sign for sign in plain}
    weight = sum(_weight(sign) for sign in plain) * min(len(set(plain)) / len(plain) + 0.2, 1.0)
    weight += 4 * (len(kinds) > 1)
    return 4 if weight >= _STRONG else 3 if weight >= _GOOD else 2 if weight >= _FAIR else 1


def _weight(sign: str) -> float:
    if sign.isdigit():
        return 2.5
    if sign.isascii():
        return 3.6 if sign.isalpha() else 4.5
    return 7.0


def _advice(password: str, strength: int) -> str:
    if not password:
        return ""
    if len(password) < LEAST:
        return f"还差 {LEAST - len(password)} 位"
    return {1: "换一个更难猜的", 2: "加几个字会更稳妥", 3: "再长一点会更稳妥"}.get(strength, "")
