"""Who may open a dossier and what stays of it: nobody his own or a relative's file, every opening on record.

An opening is written once per person and hour for the same purpose, so that going to and fro does not fill the journal.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from paizhu.base import clock
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.tables import table

_ONCE_IN = timedelta(hours=1)
_OWN = "这是您本人的廉政档案，不能查阅"
_RELATIVE = "这是您亲属或利害关系人的廉政档案，不能查阅"
_INSTEAD = "确有需要的，由派出机关指定其他人员办理；如系同名，请在“设置”里把使用人姓名写得能够区分"
_NOTES = (
    "SELECT e.id, e.at, e.kind, e.label, e.actor, c.delta FROM journal_change c JOIN journal_entry e "
    "ON e.id = c.entry_id WHERE c.kind = 'person' AND c.record_id = ? AND c.action IN ('open', 'reveal', 'print') "
    "ORDER BY e.id DESC"
)


@dataclass(frozen=True, slots=True)
class Access:
    """One time somebody looked into a dossier, showed a covered field of it, or printed it."""

    entry: int
    at: datetime
    kind: str
    label: str
    actor: str
    purpose: str


class DossierAccess:
    """Keeps the gate of the dossiers of one vault and reads its book of visitors."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def check(self, person: Row) -> None:
        """Refuse the officer's own file and those of his relatives (domain 2.8, 8.2); entries of today count."""
        officer = str(self._desk.setting("officer")).strip()
        if not officer:
            return
        name = str(person.values["name"])
        if folded(name) == folded(officer):
            raise NotAllowedError(_OWN, "档案没有打开", _INSTEAD)
        found = Roster(self._vault).matches("person", officer)
        own = [record_id for record_id, _ in found]
        with self._vault.read() as connection:
            relations = table("person", "relation")
            theirs = queries.children(connection, relations, person.id)
            mine = [row for record_id in own for row in queries.children(connection, relations, record_id)]
        named = any(_is(row, officer, own) for row in theirs) or any(_is(row, name, [person.id]) for row in mine)
        if named:
            raise NotAllowedError(_RELATIVE, "档案没有打开", _INSTEAD)

    def note_opening(self, person: Row, purpose: str, as_of: str = "") -> None:
        """Journal that a file was opened, unless the same purpose opened it within the hour."""
        now = clock.now()
        for each in self.of(person.id):
            if each.at < now - _ONCE_IN:
                break
            if each.kind == "open" and each.purpose == purpose:
                return
        facts = {"purpose": purpose} | ({"as_of": as_of} if as_of else {})
        self._note("open", f"查阅廉政档案 {person.values['name']}", person.id, facts)

    def note_reveal(self, person: Row, label: str) -> None:
        """Journal that a covered field was shown."""
        self._note("reveal", f"显示{label} {person.values['name']}", person.id, {"field": label})

    def of(self, person_id: int) -> list[Access]:
        """Return who looked into a file, newest first."""
        with self._vault.read() as connection:
            found = connection.execute(_NOTES, (person_id,)).fetchall()
        return [
            Access(entry, datetime.fromisoformat(at), kind, label, actor, str(json.loads(delta).get("purpose", "")))
            for entry, at, kind, label, actor, delta in found
        ]

    def purposes(self, most: int = 5) -> list[str]:
        """Return the purposes files were opened for lately, each once, the newest first."""
        with self._vault.read() as connection:
            found = connection.execute(
                "SELECT about FROM journal_entry WHERE kind = 'open' AND about IS NOT NULL ORDER BY id DESC LIMIT 100"
            ).fetchall()
        given = [str(json.loads(about).get("purpose") or "") for (about,) in found]
        return [words for words in dict.fromkeys(given) if words][:most]

    def _note(self, kind: str, label: str, person_id: int, facts: dict[str, Any]) -> None:
        with self._vault.act(kind, label, always=True, **facts) as act:
            act.note("person", person_id, kind, facts)


def _is(relation: Row, name: str, ids: list[int]) -> bool:
    relative = relation.values.get("relative")
    if not isinstance(relative, Ref):
        return False
    if relative.linked:
        return relative.id in ids
    return folded(relative.label) == folded(name)
