"""Every version of what was reviewed: title, amount, supplier and candidates, read back from the journal.

Nothing is kept twice: the journal holds each field before and after, so a version is what stood between two acts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from paizhu.base import stored, values
from paizhu.base.field import Field
from paizhu.registers.review import REVIEW
from paizhu.registers.review_follow import AGAIN, SIGNED_STATES, WATCHED
from paizhu.registers.review_rows import CANDIDATE
from paizhu.storage.vault import Vault

CANDIDATES = "candidate"
_NAMES = (*WATCHED, CANDIDATES)
_FOUND = "supplier"
"""What most purchases bring out only after the meeting, see ``SUPPLIER_FOUND`` of the register."""
_OF_PERSON = ("person", "from_post", "to_post")
_DELTAS = (
    "SELECT c.entry_id, c.kind, c.record_id, c.delta, e.at, e.actor FROM journal_change c "
    "JOIN journal_entry e ON e.id = c.entry_id WHERE c.action IN ('create', 'change') AND ("
    "(c.kind = 'review_item' AND c.record_id = ?) OR (c.kind = 'review_item.candidate' AND c.record_id IN "
    '(SELECT id FROM "review_candidate" WHERE parent_id = ?))) ORDER BY c.id'
)
_OPINION = ("opinion", "opinion_text", "opinion_date", "signer")
_OWN_DELTAS = (
    "SELECT delta FROM journal_change WHERE kind = 'review_item' AND record_id = ? "
    "AND action IN ('create', 'change') ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Version:
    """What stood from one act to the next, in words by field; ``signed`` tells that an opinion went out on it."""

    number: int
    at: datetime
    by: str
    words: Mapping[str, str]
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads differently: what, before, after."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EarlierOpinion:
    """An opinion that went out on an earlier version: what was chosen, its words, when and by whom it was signed."""

    opinion: str
    text: str
    day: str
    signer: str

    @property
    def words(self) -> str:
        """Choice, day and signer in one line."""
        signed = "　".join(filter(None, (self.day, self.signer and f"{self.signer}审签")))
        return f"{self.opinion}（{signed}）" if signed else self.opinion


def label_of(name: str) -> str:
    """Return the words for a watched field or for the candidates."""
    return CANDIDATE.label if name == CANDIDATES else REVIEW.field(name).label


def versions(vault: Vault, review_id: int) -> list[Version]:
    """Return the versions of an item, the first one first; changes within one act are one version."""
    with vault.read() as connection:
        rows = connection.execute(_DELTAS, (review_id, review_id)).fetchall()
    item: dict[str, str] = dict.fromkeys(WATCHED, "")
    people: dict[int, dict[str, str]] = {}
    found: list[Version] = []
    made_in = 0
    for entry_id, kind, record_id, text, at, actor in rows:
        delta = json.loads(text)
        if kind == REVIEW.key:
            item |= {name: _shown(REVIEW.field(name), delta[name][1]) for name in WATCHED if name in delta}
        else:
            _take_person(people, record_id, delta)
        now = {**item, CANDIDATES: "；".join(_person(each) for each in people.values() if each.get("person"))}
        signs = kind == REVIEW.key and _signs(delta)
        if not found or found[-1].words != now:
            made = Version(len(found) + 1, datetime.fromisoformat(at), actor, now, signs)
            if made_in == entry_id:
                # Item and candidates of one save arrive one after the other.
                made = Version(found[-1].number, made.at, actor, now, signs or found[-1].signed)
                found.pop()
            found.append(made)
            made_in = entry_id
        elif signs:
            last = found[-1]
            found[-1] = Version(last.number, last.at, last.by, last.words, True)
    return found


def differences(every: Sequence[Version], *, heard: bool = False) -> list[Difference]:
    """Return what differs from the version the last opinion went out on.

    Once the item was signed again, it is the opinion before that: the paper of the new one shows what it is new in.
    A supplier found once the item was ``heard`` by its meeting is no change of what was reviewed.
    """
    signed = [version for version in every if version.signed]
    if not signed:
        return []
    last = every[-1]
    before = signed[-1] if signed[-1] is not last else signed[-2] if len(signed) > 1 else last
    return [
        Difference(label_of(name), before.words[name], last.words[name])
        for name in _NAMES
        if before.words[name] != last.words[name] and not (heard and name == _FOUND and not before.words[name])
    ]


def earlier_opinions(vault: Vault, review_id: int) -> list[EarlierOpinion]:
    """Return the opinions that a later change overtook, the last one first."""
    with vault.read() as connection:
        rows = connection.execute(_OWN_DELTAS, (review_id,)).fetchall()
    now: dict[str, Any] = {}
    found: list[EarlierOpinion] = []
    for (text,) in rows:
        delta = json.loads(text)
        before, after = delta.get("state", ("", ""))
        if before in SIGNED_STATES and after == AGAIN and now.get("opinion"):
            shown = {name: _shown(REVIEW.field(name), now.get(name)) for name in _OPINION}
            found.insert(0, EarlierOpinion(*(shown[name] for name in _OPINION)))
        now |= {name: delta[name][1] for name in _OPINION if name in delta}
    return found


def _take_person(people: dict[int, dict[str, str]], row_id: int, delta: Mapping[str, Any]) -> None:
    if delta.get("voided", (0, 0))[1]:
        people.pop(row_id, None)
        return
    standing = people.setdefault(row_id, {})
    for name in _OF_PERSON:
        if name in delta:
            standing[name] = _shown(CANDIDATE.field(name), delta[name][1])


def _person(given: Mapping[str, str]) -> str:
    posts = "→".join(filter(None, (given.get("from_post", ""), given.get("to_post", ""))))
    return f"{given['person']}（{posts}）" if posts else given["person"]


def _shown(field: Field, raw: Any) -> str:
    return values.show(field, stored.from_db(field.kind, raw))


def _signs(delta: Mapping[str, Any]) -> bool:
    return bool(delta.get("opinion_date", (None, None))[1]) or delta.get("state", ("", ""))[1] == SIGNED_STATES[0]
