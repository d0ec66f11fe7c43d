"""Risk points know what was found at them: a finding that names its risk point is told there, within the same act."""

from paizhu.base.rows import Ref, refs_in
from paizhu.registers.finding import FINDING
from paizhu.registers.risk import RISK
from paizhu.services.desk import Desk
from paizhu.storage.journal import Act

_LONGEST = 24
_TOLD = "SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = 'finding'"
_CONCERNED = f"""
SELECT target_id FROM reference WHERE kind = 'finding' AND field = 'risk_ref' AND target = 'risk_point'
    AND record_id IN ({_TOLD})
UNION
SELECT record_id FROM reference WHERE kind = 'risk_point' AND field = 'finding_refs' AND target = 'finding'
    AND target_id IN ({_TOLD})
"""
_NAMED = """
SELECT f.id, f.no, f.problem FROM finding f JOIN reference r ON r.kind = 'finding' AND r.record_id = f.id
    AND r.field = 'risk_ref' AND r.target = 'risk_point'
WHERE r.target_id = ? AND f.voided = 0 ORDER BY f.id
"""


def follow(act: Act, _: Desk) -> None:
    """Write anew what was found at every risk point that a finding of this act names, or named before.

    What an earlier version let the officer type there and no finding of this act speaks of stays.
    """
    if act.deed.undoes is not None:
        return
    told = {record_id for (record_id,) in act.execute(_TOLD, (act.entry,)).fetchall()}
    for (risk_id,) in act.execute(_CONCERNED, (act.entry, act.entry)).fetchall():
        found = {ref.id: ref for ref in _named(act, risk_id)}
        standing = act.read(RISK, risk_id).values.get("finding_refs")
        kept = [ref for ref in refs_in(standing) if ref.id not in found and ref.id_in(FINDING.key) not in told]
        made = (*kept, *found.values())
        if made != (standing or ()):
            act.change(RISK, risk_id, None, {"finding_refs": made or None})


def _named(act: Act, risk_id: int) -> list[Ref]:
    return [
        Ref(f"{no or ''} {_cut(' '.join(str(problem).split()))}".strip(), FINDING.key, record_id)
        for record_id, no, problem in act.execute(_NAMED, (risk_id,)).fetchall()
    ]


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
