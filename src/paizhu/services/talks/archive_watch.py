"""Talks go into the archive of the person talked with: a filed talk names it, within the act that filed it."""

from paizhu.base.rows import Ref
from paizhu.registers.archive import ARCHIVE
from paizhu.registers.talk import TALK
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act

FILED = "archived"
_PAIRS = """
SELECT DISTINCT t.id, a.id, a.no FROM integrity_talk t
JOIN reference rt ON rt.kind = 'integrity_talk' AND rt.record_id = t.id AND rt.field = 'subject'
    AND rt.target = 'person'
JOIN reference ra ON ra.kind = 'integrity_archive' AND ra.field = 'person_id' AND ra.target = 'person'
    AND ra.target_id = rt.target_id
JOIN integrity_archive a ON a.id = ra.record_id AND a.voided = 0
WHERE t.voided = 0 AND t.state = ? AND t.archived_to IS NULL
    AND (t.id IN (SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = 'integrity_talk')
      OR a.id IN (SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = 'integrity_archive'))
ORDER BY t.id, a.id
"""


def follow(act: Act, _: Desk) -> None:
    """Name the archive at talks this act filed, and at filed talks of a person whose archive it opened."""
    if act.deed.undoes is not None:
        return
    done: set[int] = set()
    for talk, archive, number in act.execute(_PAIRS, (FILED, act.entry, act.entry)).fetchall():
        if talk not in done:
            done.add(talk)
            act.change(TALK, talk, None, {"archived_to": Ref(str(number or ""), ARCHIVE.key, archive)})
