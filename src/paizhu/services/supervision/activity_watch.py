"""What supervision activities found and proposed, counted anew within every act that touches one of these records.

Counts follow an undoing too: they are what the records say, not what an act once wrote.
"""

import json
from typing import Any

from paizhu.base.field import FieldKind
from paizhu.base.rows import Ref, Value, ids_in
from paizhu.base.stored import from_db
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.choices import TAKEN
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import CLOSED
from paizhu.registers.proposal import PROPOSAL
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act

_POINTING = {"finding": "source_ref", "proposal": "source_refs"}
_NOW = """
SELECT DISTINCT r.target_id FROM reference r JOIN journal_change j ON j.kind = r.kind AND j.record_id = r.record_id
WHERE j.entry_id = ? AND r.target = 'supervision_activity'
    AND ((r.kind = 'finding' AND r.field = 'source_ref') OR (r.kind = 'proposal' AND r.field = 'source_refs'))
UNION
SELECT r.target_id FROM reference r JOIN proposal_suggestion s ON s.parent_id = r.record_id
JOIN journal_change j ON j.kind = 'proposal.suggestions' AND j.record_id = s.id
WHERE j.entry_id = ? AND r.kind = 'proposal' AND r.field = 'source_refs' AND r.target = 'supervision_activity'
UNION
SELECT a.parent_id FROM activity_advice a JOIN journal_change j ON j.record_id = a.id
WHERE j.entry_id = ? AND j.kind = 'supervision_activity.advice'
"""
_FINDINGS = """
SELECT f.state, f.term_kind FROM finding f JOIN reference r ON r.kind = 'finding' AND r.record_id = f.id
WHERE r.field = 'source_ref' AND r.target = 'supervision_activity' AND r.target_id = ? AND f.voided = 0
"""
_SUGGESTIONS = """
SELECT adopted FROM activity_advice WHERE parent_id = ? AND voided = 0
UNION ALL
SELECT s.adopted FROM proposal_suggestion s JOIN proposal p ON p.id = s.parent_id AND p.voided = 0
JOIN reference r ON r.kind = 'proposal' AND r.record_id = p.id AND r.field = 'source_refs'
WHERE r.target = 'supervision_activity' AND r.target_id = ? AND s.voided = 0
"""


_UNNAMED = """
SELECT DISTINCT f.id, p.id, p.no FROM journal_change j
JOIN reference r ON r.kind = j.kind AND r.record_id = j.record_id AND r.field = 'finding_ref' AND r.target = 'finding'
JOIN finding f ON f.id = r.target_id AND f.voided = 0 AND f.proposal_ref IS NULL
JOIN (SELECT id, parent_id, 'proposal.problems' AS kind FROM proposal_problem WHERE voided = 0
    UNION ALL SELECT id, parent_id, 'proposal.suggestions' FROM proposal_suggestion WHERE voided = 0) s
    ON s.kind = j.kind AND s.id = j.record_id
JOIN proposal p ON p.id = s.parent_id AND p.voided = 0
WHERE j.entry_id = ? AND j.kind IN ('proposal.problems', 'proposal.suggestions') ORDER BY f.id, p.id
"""


def follow(act: Act, _: Desk) -> None:
    """Name letters at the findings their rows speak of, then count for each activity what came of it."""
    if act.deed.undoes is None and PROPOSAL.key in act.registers:
        _name_letters(act)
    _count(act)


def _name_letters(act: Act) -> None:
    done: set[int] = set()
    for finding, letter, number in act.execute(_UNNAMED, (act.entry,)).fetchall():
        if finding not in done:
            done.add(finding)
            act.change(FINDING, finding, None, {"proposal_ref": Ref(str(number or ""), PROPOSAL.key, letter)})


def _count(act: Act) -> None:
    if act.execute("SELECT 1 FROM supervision_activity LIMIT 1").fetchone() is None:
        return
    found = {int(row[0]) for row in act.execute(_NOW, (act.entry,) * 3).fetchall()} | _before(act)
    own = act.execute(
        "SELECT record_id, action FROM journal_change WHERE entry_id = ? AND kind = 'supervision_activity'",
        (act.entry,),
    ).fetchall()
    for activity in sorted(found):
        if act.deed.undoes is not None and (activity, "change") in own:
            continue  # Its counts were put back with it.
        standing, counted = act.read(ACTIVITY, activity).values, _counts(act, activity)
        if (activity, "create") in own and any(standing.get(name) is not None for name in counted):
            continue  # It came with counts of its own, as a record brought back whole does.
        # Nothing found reads the same whether it was counted or not: a record just made needs no second change.
        changed: dict[str, Value] = {
            name: number for name, number in counted.items() if (standing.get(name) or 0) != number
        }
        if changed:
            act.change(ACTIVITY, activity, None, changed)


def _counts(act: Act, activity: int) -> dict[str, int]:
    findings = act.execute(_FINDINGS, (activity,)).fetchall()
    adopted = [row[0] for row in act.execute(_SUGGESTIONS, (activity, activity)).fetchall()]
    return {
        "findings": len(findings),
        "open_findings": sum(state not in CLOSED and term != "long_term" for state, term in findings),
        "suggestions": len(adopted),
        "adopted": sum(each in TAKEN for each in adopted),
    }


def _before(act: Act) -> set[int]:
    """Return the activities that records pointed to before this act turned them elsewhere."""
    found: set[int] = set()
    for kind, name in _POINTING.items():
        rows = act.execute(
            "SELECT delta FROM journal_change WHERE entry_id = ? AND kind = ? AND action = 'change' AND delta LIKE ?",
            (act.entry, kind, f'%"{name}"%'),
        ).fetchall()
        for (delta,) in rows:
            before: Any = json.loads(delta).get(name, [None])[0]
            value = from_db(FieldKind.REF if name == "source_ref" else FieldKind.REFS, before)
            found.update(ids_in(value, ACTIVITY.key))
    return found
