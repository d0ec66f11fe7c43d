"""What follows from a write for integrity opinions, within the same act: searches made, answers opened again.

Persons added to a request are searched for at once. A letter, lead, case or measure about somebody whose request is
not answered yet is searched for anew; about somebody answered already, before the appointment or while the answer is
valid, it opens the request again as 情况变化. Undoing the act undoes all of it.

A save must not get dearer with every request of the past: a person is searched for once in an act, and of what is kept
only rows whose finding differs are written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from paizhu.base.field import FieldKind
from paizhu.base.progress import Progress, silent
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.base.stored import from_db
from paizhu.registers import register as register_of
from paizhu.registers.guards import refs, same
from paizhu.registers.opinion_flow import ANSWERED, BEFORE_REPLY, CHANGED, unsearched
from paizhu.rules import limits
from paizhu.services.desk import Desk
from paizhu.services.flags.reading import is_open
from paizhu.services.opinions.search import LOOKUP, NEWS, OPINION, PEOPLE, Searches, below, named, persons_of
from paizhu.services.preparing import day_of
from paizhu.storage.journal import Act
from paizhu.storage.tables import TABLES, quoted

VALID = "C23"
_LATELY = timedelta(days=2 * 366)
"""No answer is relied on for longer, so that old requests cost nothing."""
SEARCHED, _CHECKED, _DRAFTED = "looked_up", "checked", ("drafted", "signed")
_LOOKUPS = f"{OPINION.key}.{LOOKUP.key}"
_FINDING = ("hits", "records", "words")
"""What a search found, in the order of the columns asked for; the person and the source say which search it was."""
_DATES = {"petition": "received_at", "lead": "received_at", "case": "filed_at", "measure": "decided_at"}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One person of one request that still matters."""

    opinion: int
    state: str
    replied: date | None
    valid_days: int | None
    row: int
    who: Ref
    reply: str
    appointed: date | None


def follow(act: Act, desk: Desk) -> None:
    """Write what follows from an act for integrity opinions; an undoing brings its own."""
    if act.deed.undoes is not None:
        return
    if OPINION.key in act.registers:
        _search_new(act, desk)
    if act.registers.intersection(NEWS):
        _take_news(act, desk)


def search_again(act: Act, opinion_id: int, today: date, progress: Progress = silent) -> None:
    """Search for every person of a request, in place of what was found before."""
    searches, made = Searches(act, today), list[Values]()
    people = below(act, opinion_id, PEOPLE)
    for done, person in enumerate(people):
        # Five sources are read for each: told of every person, so that it can be stopped at any of them.
        progress("正在查询五个来源", done, len(people))
        who = person.get("person")
        if isinstance(who, Ref):
            made += searches.rows_for(who, opinion_id)
    act.set_rows(OPINION, opinion_id, LOOKUP.key, made)


def _search_new(act: Act, desk: Desk) -> None:
    """Search for persons that came into a request with this act, unless it brings its own findings."""
    entered = set(_created(act, OPINION.key)) if act.deed.kind != "import" else set()
    asking: dict[int, list[dict[str, Value]]] = {}
    brought = set(_touched(act, _LOOKUPS, "opinion_lookup"))
    for opinion_id in _touched(act, f"{OPINION.key}.{PEOPLE.key}", "opinion_person"):
        opinion = act.read(OPINION, opinion_id)
        # What an old ledger says was answered long ago nobody searched for with this program.
        if opinion.voided or (opinion.state not in BEFORE_REPLY and opinion_id not in entered):
            continue
        if opinion_id in brought:
            continue
        people = asking[opinion_id] = below(act, opinion_id, PEOPLE)
        if OPINION.flow and opinion.state == OPINION.flow.start and people:
            act.change(OPINION, opinion_id, None, {"state": SEARCHED})
    # All of them have their state before the first search tells it.
    searches = Searches(act, desk.today)
    for opinion_id, people in asking.items():
        lookups = below(act, opinion_id, LOOKUP)
        present = [who for each in people if isinstance(who := each.get("person"), Ref)]
        made: list[Values] = [row for row in lookups if any(_about(row, who) for who in present)]
        for person in people:
            who = person.get("person")
            if isinstance(who, Ref) and unsearched(person, lookups):
                made += searches.rows_for(who, opinion_id)
        act.set_rows(OPINION, opinion_id, LOOKUP.key, made)


def _take_news(act: Act, desk: Desk) -> None:
    if not (named_now := persons_of(act, NEWS)):
        return
    news, reached = _News(act), list[_Asked]()
    for asked in _waiting(act, desk.today, named_now):
        waits = asked.state in BEFORE_REPLY
        if not waits and not _still_matters(asked, desk):
            continue
        if told := [_told(row) for row in news.about(asked)]:
            reached.append(asked)
            if waits:
                _take_back_reply(act, asked)
            else:
                _open_again(act, asked, told, desk.today)
    # Afterwards, so that one search of a person tells how all requests stand now. The row of the person must tell what
    # the strip above it tells; what the reply rested on stays in the journal.
    _keep_found(act, reached, Searches(act, desk.today))


def _take_back_reply(act: Act, asked: _Asked) -> None:
    """Take back an answer chosen before the news, so that somebody looks at it again."""
    if not asked.reply:
        return
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


def _keep_found(act: Act, reached: Sequence[_Asked], searches: Searches) -> None:
    """Write what was found anew about these persons, and nothing where it is what was found before."""
    there = TABLES[_LOOKUPS]
    for asked in reached:
        rows = act.execute(
            f"SELECT id, who, source, {', '.join(_FINDING)} FROM {quoted(there.name)} "
            "WHERE voided = 0 AND parent_id = ?",
            (asked.opinion,),
        ).fetchall()
        known: dict[str, tuple[int, tuple[object, ...]]] = {}
        for row_id, raw, source, *finding in rows:
            who = from_db(FieldKind.REF, raw)
            if isinstance(who, Ref) and same(who, asked.who):
                known[source] = (row_id, tuple(finding))
        for made in searches.rows_for(asked.who, asked.opinion):
            row_id, before = known.get(str(made["source"]), (0, ()))
            if not row_id:
                act.add_row(OPINION, asked.opinion, LOOKUP.key, made)
            elif before != tuple(there.encode(name, made[name]) for name in _FINDING):
                act.change(_LOOKUPS, row_id, None, made)


class _News:
    """The records of one act that may be news, read once for all the requests they reach."""

    def __init__(self, act: Act) -> None:
        self._act = act
        self._made = {source: frozenset(_created(act, source)) for source in NEWS}
        self._named: dict[Ref, list[tuple[str, Row]]] = {}

    def about(self, asked: _Asked) -> Iterator[Row]:
        """Yield what tells something new about a person: not listed before, and not ancient."""
        if asked.who not in self._named:
            self._named[asked.who] = [
                (source, row) for source in NEWS for row in named(self._act, source, asked.who, only_touched=True)
            ]
        for source, row in self._named[asked.who]:
            if self._known(asked, source, row):
                continue
            day = day_of(row.values.get(_DATES[source]))
            recent = asked.replied is None or day is None or day >= asked.replied
            # An old ledger brought in later tells of the past; what is still open in it weighs all the same.
            if recent or (row.id in self._made[source] and source in ("lead", "case") and is_open(row)):
                yield row

    def _known(self, asked: _Asked, source: str, row: Row) -> bool:
        """Tell whether a record was found for this request before, or told of when the request was opened again."""
        found = self._act.execute(
            "SELECT records FROM opinion_lookup WHERE voided = 0 AND parent_id = ? AND source = ?",
            (asked.opinion, source),
        ).fetchall()
        listed = (ref for (raw,) in found for ref in refs({"": from_db(FieldKind.REFS, raw)}, ("",)))
        if any((ref.register, ref.id) == (row.register, row.id) for ref in listed):
            return True
        return bool(row.no) and row.no in str(self._act.read(OPINION, asked.opinion).values.get("after_change") or "")


def _told(row: Row) -> str:
    register = register_of(row.register)
    return f"新登记{register.label} {row.no}".strip()


def _still_matters(asked: _Asked, desk: Desk) -> bool:
    """Tell whether the answer may still be relied on: before the appointment, or while it is valid."""
    if asked.appointed is not None:
        return desk.today <= asked.appointed
    limit = desk.limits.get(VALID)
    if asked.replied is None or limit is None:
        return True
    if asked.valid_days is not None:
        return (desk.today - asked.replied).days <= asked.valid_days
    return desk.today <= limits.due(limit, asked.replied, desk.calendar).day


def _waiting(act: Act, today: date, named_now: Sequence[Ref]) -> list[_Asked]:
    """Return the persons of requests not answered yet, of those answered lately or before an appointment to come."""
    before, after = BEFORE_REPLY, (*ANSWERED, CHANGED)
    rows = act.execute(
        "SELECT o.id, o.state, o.reply_at, o.valid_days, p.id, p.person, p.reply, p.appointed_at "
        "FROM integrity_opinion o JOIN opinion_person p ON p.parent_id = o.id AND p.voided = 0 WHERE o.voided = 0 "
        f"AND (o.state IN ({', '.join('?' * len(before))}) OR o.state IN ({', '.join('?' * len(after))}) "
        "AND (o.reply_at >= ? OR p.appointed_at >= ?)) ORDER BY o.id, p.position",
        (*before, *after, (today - _LATELY).isoformat(), today.isoformat()),
    ).fetchall()
    found = []
    for opinion, state, replied, valid_days, row, raw, reply, appointed in rows:
        who = from_db(FieldKind.REF, raw)
        # Only those the act speaks of are looked at further: a save must not pay for every request of two years.
        if isinstance(who, Ref) and any(same(who, ref) for ref in named_now):
            day, until = (date.fromisoformat(each[:10]) if each else None for each in (replied, appointed))
            found.append(_Asked(opinion, state, day, valid_days, row, who, reply or "", until))
    return found


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
