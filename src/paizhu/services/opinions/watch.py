"""What follows from a write for integrity opinions, within the same act: searches made, answers opened again.

Persons added to a request are searched for at once. A letter, lead, case or measure about somebody whose request is
not answered yet is searched for anew; about somebody answered already, before the appointment or while the answer is
valid, it opens the request again as 情况变化. Undoing the act undoes all of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.field import FieldKind
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.base.stored import from_db
from paizhu.registers import register as register_of
from paizhu.registers.guards import refs, same
from paizhu.registers.opinion_flow import ANSWERED, BEFORE_REPLY, CHANGED, unsearched
from paizhu.rules import limits
from paizhu.services.desk import Desk
from paizhu.services.flags.reading import is_open
from paizhu.services.opinions.search import LOOKUP, NEWS, OPINION, PEOPLE, below, named, persons_of, rows_for
from paizhu.services.preparing import day_of
from paizhu.storage.journal import Act

VALID = "C23"
_LATELY = timedelta(days=2 * 366)
"""No answer is relied on for longer, so that old requests cost nothing."""
SEARCHED, _CHECKED, _DRAFTED = "looked_up", "checked", ("drafted", "signed")
_DATES = {"petition": "received_at", "lead": "received_at", "case": "filed_at", "measure": "decided_at"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One person of one request that still matters."""

    opinion: int
    state: str
    replied: date | None
    row: int
    who: Ref
    reply: str


def follow(act: Act, desk: Desk) -> None:
    """Write what follows from an act for integrity opinions; an undoing brings its own."""
    if act.deed.undoes is not None:
        return
    if OPINION.key in act.registers:
        _search_new(act, desk)
    if act.registers.intersection(NEWS):
        _take_news(act, desk)


def search_again(act: Act, opinion_id: int, today: date, only: Ref | None = None) -> None:
    """Search for every person of a request (or one), in place of what was found before."""
    kept = [] if only is None else [row for row in below(act, opinion_id, LOOKUP) if not _about(row, only)]
    made: list[Values] = list(kept)
    for person in below(act, opinion_id, PEOPLE):
        who = person.get("person")
        if isinstance(who, Ref) and (only is None or same(who, only)):
            made += rows_for(act, who, today, opinion_id)
    act.set_rows(OPINION, opinion_id, LOOKUP.key, made)


def _search_new(act: Act, desk: Desk) -> None:
    """Search for persons that came into a request with this act, unless it brings its own findings."""
    entered = set(_created(act, OPINION.key)) if act.deed.kind != "import" else set()
    for opinion_id in _touched(act, f"{OPINION.key}.{PEOPLE.key}", "opinion_person"):
        opinion = act.read(OPINION, opinion_id)
        # What an old ledger says was answered long ago nobody searched for with this program.
        if opinion.voided or (opinion.state not in BEFORE_REPLY and opinion_id not in entered):
            continue
        if opinion_id in _touched(act, f"{OPINION.key}.{LOOKUP.key}", "opinion_lookup"):
            continue
        people, lookups = below(act, opinion_id, PEOPLE), below(act, opinion_id, LOOKUP)
        present = [who for each in people if isinstance(who := each.get("person"), Ref)]
        made: list[Values] = [row for row in lookups if any(_about(row, who) for who in present)]
        for person in people:
            who = person.get("person")
            if isinstance(who, Ref) and unsearched(person, lookups):
                made += rows_for(act, who, desk.today, opinion_id)
        act.set_rows(OPINION, opinion_id, LOOKUP.key, made)
        if OPINION.flow and opinion.state == OPINION.flow.start and people:
            act.change(OPINION, opinion_id, None, {"state": SEARCHED})


def _take_news(act: Act, desk: Desk) -> None:
    named_now = persons_of(act, NEWS)
    for asked in list(_waiting(act, desk.today, named_now)) if named_now else ():
        told = [_told(row) for source in NEWS for row in _news(act, source, asked)]
        if not told:
            continue
        if asked.state in BEFORE_REPLY:
            _search_before_reply(act, asked, desk.today)
        elif _still_matters(asked, act, desk):
            _open_again(act, asked, told, desk.today)


def _search_before_reply(act: Act, asked: _Asked, today: date) -> None:
    """Search anew; an answer chosen before the news is taken back, so that somebody looks at it again."""
    search_again(act, asked.opinion, today, asked.who)
    if asked.reply:
        people = [
            {**row, "reply": None, "reply_reason": None} if row["id"] == asked.row else row
            for row in below(act, asked.opinion, PEOPLE)
        ]
        act.set_rows(OPINION, asked.opinion, PEOPLE.key, people)
        if asked.state in _DRAFTED:
            act.change(OPINION, asked.opinion, None, {"state": _CHECKED})


def _open_again(act: Act, asked: _Asked, told: Sequence[str], today: date) -> None:
    opinion = act.read(OPINION, asked.opinion)
    before = str(opinion.values.get("after_change") or "")
    fresh = f"{today.isoformat()} {asked.who.label}：{'；'.join(told)}"
    changed: dict[str, Value] = {"state": CHANGED, "after_change": "\n".join(filter(None, (before, fresh)))}
    if opinion.state != CHANGED:
        changed["changed_at"] = today
    act.change(OPINION, asked.opinion, None, changed)
    # The row of the person must tell what the strip above it tells; what the reply rested on stays in the journal.
    search_again(act, asked.opinion, today, asked.who)


def _news(act: Act, source: str, asked: _Asked) -> Iterator[Row]:
    """Yield the records of this act that tell something new about a person: not listed before, and not ancient."""
    listed = {(ref.register, ref.id) for row in below(act, asked.opinion, LOOKUP) for ref in refs(row, ("records",))}
    known = str(act.read(OPINION, asked.opinion).values.get("after_change") or "")
    made = set(_created(act, source))
    for row in named(act, source, asked.who, only_touched=True):
        if (row.register, row.id) in listed or (row.no and row.no in known):
            continue
        day = day_of(row.values.get(_DATES[source]))
        recent = asked.replied is None or day is None or day >= asked.replied
        # An old ledger brought in later tells of the past; what is still open in it weighs all the same.
        if recent or (row.id in made and source in ("lead", "case") and is_open(row)):
            yield row


def _told(row: Row) -> str:
    register = register_of(row.register)
    return f"新登记{register.label} {row.no}".strip()


def _still_matters(asked: _Asked, act: Act, desk: Desk) -> bool:
    """Tell whether the answer may still be relied on: before the appointment, or while it is valid."""
    person = next((row for row in below(act, asked.opinion, PEOPLE) if row["id"] == asked.row), {})
    appointed = day_of(person.get("appointed_at"))
    if appointed is not None:
        return desk.today <= appointed
    limit, days = desk.limits.get(VALID), act.read(OPINION, asked.opinion).values.get("valid_days")
    if asked.replied is None or limit is None:
        return True
    if isinstance(days, int):
        return (desk.today - asked.replied).days <= days
    return desk.today <= limits.due(limit, asked.replied, desk.calendar).day


def _waiting(act: Act, today: date, named_now: Sequence[Ref]) -> Iterator[_Asked]:
    """Yield the persons of requests not answered yet, and of those answered lately or before an appointment to come."""
    before, after = BEFORE_REPLY, (*ANSWERED, CHANGED)
    rows = act.execute(
        "SELECT o.id, o.state, o.reply_at, p.id, p.person FROM integrity_opinion o "
        "JOIN opinion_person p ON p.parent_id = o.id AND p.voided = 0 WHERE o.voided = 0 "
        f"AND (o.state IN ({', '.join('?' * len(before))}) OR o.state IN ({', '.join('?' * len(after))}) "
        "AND (o.reply_at >= ? OR p.appointed_at >= ?)) ORDER BY o.id, p.position",
        (*before, *after, (today - _LATELY).isoformat(), today.isoformat()),
    ).fetchall()
    for opinion, state, replied, row, raw in rows:
        who = from_db(FieldKind.REF, raw)
        # Only those the act speaks of are looked at further: a save must not pay for every request of two years.
        if isinstance(who, Ref) and any(same(who, ref) for ref in named_now):
            person = act.read(OPINION, row, PEOPLE.key).values
            day = date.fromisoformat(replied[:10]) if replied else None
            yield _Asked(opinion, state, day, row, who, str(person.get("reply") or ""))


def _touched(act: Act, kind: str, table: str) -> list[int]:
    """Return the records under which rows of a kind were written by this act."""
    rows = act.execute(
        f'SELECT DISTINCT t.parent_id FROM "{table}" t JOIN journal_change j ON j.record_id = t.id '
        "WHERE j.entry_id = ? AND j.kind = ? ORDER BY 1",
        (act.entry, kind),
    ).fetchall()
    return [int(row[0]) for row in rows]


def _created(act: Act, register: str) -> list[int]:
    rows = act.execute(
        "SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = ? AND action = 'create'",
        (act.entry, register),
    ).fetchall()
    return [int(row[0]) for row in rows]


def _about(row: Values, who: Ref) -> bool:
    ref = row.get("who")
    return isinstance(ref, Ref) and same(ref, who)
