"""What follows from a step of a letter, within the same act.

A delivered letter assigns the findings its rows speak of; an answer that takes up all or nothing answers for each
suggestion that was not answered apart. Undoing the step undoes this with it.
"""

import json
from collections.abc import Iterator

from paizhu.base.asked import empty
from paizhu.base.flow import Facts
from paizhu.base.rows import Ref, Row, Value, Values, ids_in
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import ASSIGNED, BY_DAY, LASTING_TERM
from paizhu.registers.proposal import PROPOSAL
from paizhu.registers.proposal_flow import PARTLY, REPLIED, SENT
from paizhu.registers.proposal_rows import PROBLEMS, SUGGESTIONS
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.storage.journal import Act
from paizhu.storage.tables import table


def follow(act: Act, _: Desk) -> None:
    """Assign findings of letters this act delivered; answer suggestions of letters it registered the answer of."""
    if act.deed.undoes is not None:
        return
    for letter_id, after in _stepped(act):
        letter = act.read(PROPOSAL, letter_id)
        if letter.voided:
            continue
        if after == SENT:
            for row in (*_below(act, letter_id, PROBLEMS.key), *_below(act, letter_id, SUGGESTIONS.key)):
                for finding_id in ids_in(row.values.get("finding_ref"), FINDING.key):
                    assign(act, letter, finding_id, row.values)
        elif after == REPLIED:
            _answer(act, letter)


def assign(act: Act, letter: Row, finding_id: int, row: Values) -> None:
    """Let a letter assign a finding: what is not written there yet comes from the letter; then the step, if it may."""
    finding = act.read(FINDING, finding_id)
    if finding.voided:
        return
    held, told = finding.values, letter.values
    due = row.get("due") or told.get("reply_due")
    given: dict[str, Value] = {
        "proposal_ref": Ref(letter.no, PROPOSAL.key, letter.id),
        "assign_doc": told.get("doc_no"),
        "assigned_at": day_of(told.get("delivered_at")),
        "requirement": row.get("requirement") or row.get("words") or f"按《{told.get('title')}》整改，书面回复",
        "duty_unit": told.get("addressee"),
        "duty_person": row.get("duty_person"),
        "term_kind": BY_DAY,
        "due": None if held.get("term_kind") == LASTING_TERM else due,
    }
    new = {name: value for name, value in given.items() if value and empty(held.get(name))}
    flow = FINDING.flow
    step = flow.step(finding.state, ASSIGNED) if flow else None
    if step and not FINDING.objections(step, Facts({**held, **new})):
        new["state"] = step.after
    if new:
        act.change(FINDING, finding_id, None, new)


def _answer(act: Act, letter: Row) -> None:
    taken = letter.values.get("adopted")
    if not taken or taken == PARTLY:
        return
    rows = _below(act, letter.id, SUGGESTIONS.key)
    if any(not row.values.get("adopted") for row in rows):
        answered: list[Values] = [
            {**row.values, "id": row.id, "adopted": row.values.get("adopted") or taken} for row in rows
        ]
        act.set_rows(PROPOSAL, letter.id, SUGGESTIONS.key, answered)


def _stepped(act: Act) -> Iterator[tuple[int, str]]:
    rows = act.execute(
        "SELECT record_id, delta FROM journal_change WHERE entry_id = ? AND kind = 'proposal' AND action = 'change' "
        "AND delta LIKE '%\"state\":%' ORDER BY id",
        (act.entry,),
    ).fetchall()
    for letter_id, delta in rows:
        if "state" in (changed := json.loads(delta)):
            yield int(letter_id), str(changed["state"][1])


def _below(act: Act, letter_id: int, key: str) -> list[Row]:
    found = table(PROPOSAL, key)
    stored = act.execute(f"{found.select} WHERE parent_id = ? AND voided = 0 ORDER BY position, id", (letter_id,))
    rows: list[Row] = [found.row(each) for each in stored.fetchall()]
    return rows
