"""The five sources searched about one person (domain 2.10): letters, open leads, cases, measures, earlier opinions.

It runs inside an act, so that what was found, and when, is written together with what asked for it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from paizhu.base import clock, values
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value, Values, refs_in
from paizhu.base.stored import POINTER
from paizhu.registers import register as register_of
from paizhu.registers.guards import same
from paizhu.registers.opinion_rows import SOURCES
from paizhu.rules import influence
from paizhu.services.flags.reading import is_open
from paizhu.services.own_rules import in_force
from paizhu.storage.journal import Act
from paizhu.storage.tables import TABLES, Table, quoted

OPINION, PETITION, LEAD, CASE, MEASURE = (
    register_of(key) for key in ("integrity_opinion", "petition", "lead", "case", "measure")
)
PEOPLE, LOOKUP = OPINION.child("opinion_person"), OPINION.child("lookup")
_NAMED_AT: Mapping[str, tuple[tuple[str, str], ...]] = {
    "petition": (("petition", "reported_names"), ("petition.reported", "person")),
    "lead": (("lead", "subject"),),
    "case": (("case", "subject"),),
    "measure": (("measure", "subject"),),
    "opinion": (("integrity_opinion.opinion_person", "person"),),
}
"""Where each source names a person: the table and the field."""
NEWS = ("petition", "lead", "case", "measure")
"""Registers whose new records must reach a unit that was answered already."""
_NAMESAKE = "（按姓名比对，请核对是否同一人）"


@dataclass(frozen=True, slots=True)
class Found:
    """What one source holds about a person: the records that count, and the finding in words with their numbers."""

    source: str
    records: tuple[Ref, ...]
    words: str


class Searches:
    """The searches of one act: each person is looked up once, however many requests ask about that person.

    What the act itself wrote before counts, so it is made once the act has written what it came for.
    """

    def __init__(self, act: Act, today: date) -> None:
        self._act = act
        self._today = today
        self._made: dict[Ref, list[Found]] = {}
        self._requests: dict[Ref, list[tuple[Row, str]]] = {}

    def found(self, who: Ref, itself: int = 0) -> list[Found]:
        """Return what each of the five sources holds; an opinion does not find itself."""
        if who not in self._made:
            self._search(who)
        others = [(row, line) for row, line in self._requests[who] if row.id != itself]
        opinions = _found("opinion", [row for row, _ in others], [line for _, line in others], who)
        return [opinions if each.source == "opinion" else each for each in self._made[who]]

    def rows_for(self, who: Ref, itself: int) -> list[Values]:
        """Return the rows that keep a search, one for each source."""
        return [
            {
                "who": who,
                "source": each.source,
                "searched_at": clock.now(),
                "hits": len(each.records),
                "records": each.records,
                "words": each.words,
            }
            for each in self.found(who, itself)
        ]

    def _search(self, who: Ref) -> None:
        makers: Mapping[str, Callable[[Sequence[Row], Ref, date], Found]] = {
            "petition": _petitions,
            "lead": _leads,
            "case": _cases,
            "measure": lambda rows, ref, day: _measures(self._act, rows, ref, day),
        }
        requests = named(self._act, "opinion", who)
        self._requests[who] = [(row, _request(self._act, row, who)) for row in requests]
        self._made[who] = [
            makers[source.code](named(self._act, source.code, who), who, self._today)
            if source.code in makers
            else Found(source.code, (), "")
            for source in SOURCES
        ]


def named(act: Act, source: str, who: Ref, *, only_touched: bool = False) -> list[Row]:
    """Return the live records of a source that name a person; ``only_touched`` those that this act wrote."""
    ids: dict[int, None] = {}
    for kind, field in _NAMED_AT[source]:
        ids |= dict.fromkeys(_naming(act, TABLES[kind], field, who, only_touched=only_touched))
    register = _NAMED_AT[source][0][0].partition(".")[0]
    rows = (act.read(register, each) for each in ids)
    return sorted((row for row in rows if not row.voided), key=lambda row: row.id)


def persons_of(act: Act, sources: Sequence[str]) -> list[Ref]:
    """Return everybody whom the records of these sources name that this act wrote."""
    found: dict[Ref, None] = {}
    for kind, field in (place for source in sources for place in _NAMED_AT[source]):
        there = TABLES[kind]
        rows = act.execute(
            f"SELECT {quoted(field)} FROM {quoted(there.name)} WHERE {quoted(field)} IS NOT NULL AND id IN "
            "(SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = ?)",
            (act.entry, kind),
        ).fetchall()
        read = there.readers[field]
        for (raw,) in rows:
            given: Value = read(raw) if read else raw
            found |= dict.fromkeys(refs_in(given))
    return list(found)


def _naming(act: Act, found: Table, field: str, who: Ref, *, only_touched: bool) -> Iterator[int]:
    own = "parent_id" if found.parent else "id"
    touched = (
        " AND id IN (SELECT record_id FROM journal_change WHERE entry_id = ? AND kind = ?)" if only_touched else ""
    )
    pointer = f"{POINTER}{who.register}:{who.id}" if who.linked else "\0"
    rows = act.execute(
        f"SELECT {own}, {quoted(field)} FROM {quoted(found.name)} WHERE voided = 0 "
        f"AND (instr({quoted(field)}, ?) > 0 OR instr({quoted(field)}, ?) > 0){touched}",
        (who.label, pointer, *((act.entry, found.kind) if only_touched else ())),
    ).fetchall()
    read = found.readers[field]
    for record_id, raw in rows:
        given: Value = read(raw) if read else raw
        if any(same(ref, who) for ref in refs_in(given)):
            yield int(record_id)


# --- in words --------------------------------------------------------------------------------------------------------


def _petitions(rows: Sequence[Row], who: Ref, _today: date) -> Found:
    return _found("petition", rows, [_line(PETITION, row, "received_at", "收到", "result") for row in rows], who)


def _leads(rows: Sequence[Row], who: Ref, _today: date) -> Found:
    still = [row for row in rows if is_open(row)]
    ended = len(rows) - len(still)
    more = f"另有已办结的线索 {ended} 件" if ended else ""
    return _found("lead", still, [_line(LEAD, row, "received_at", "收到") for row in still], who, more)


def _cases(rows: Sequence[Row], who: Ref, _today: date) -> Found:
    return _found("case", rows, [_line(CASE, row, "filed_at", "立案", "outcome") for row in rows], who)


def _measures(act: Act, rows: Sequence[Row], who: Ref, today: date) -> Found:
    known = [(row, made) for row in rows if (made := influence.measure(row.values, row.id))]
    settings = in_force.influence_in(act)
    periods = dict(
        zip((row.id for row, _ in known), influence.periods([m for _, m in known], today, settings), strict=True)
    )
    lines = []
    for row in rows:
        period = periods.get(row.id)
        weighs = influence.standing(period, today, settings).words if period else ""
        lines.append("，".join(filter(None, (_line(MEASURE, row, "decided_at", "决定", "kind"), weighs))))
    return _found("measure", rows, lines, who)


def _request(act: Act, row: Row, who: Ref) -> str:
    replies = [
        values.show(PEOPLE.field("reply"), each.get("reply"))
        for each in below(act, row.id, PEOPLE)
        if isinstance(ref := each.get("person"), Ref) and same(ref, who)
    ]
    told = _line(OPINION, row, "received_at", "收函", "reason")
    return "，".join(filter(None, (told, *replies)))


def below(act: Act, record_id: int, child: Register) -> list[dict[str, Value]]:
    """Return the live rows of one kind under an opinion as the act sees them, each with its id."""
    found = TABLES[f"{OPINION.key}.{child.key}"]
    rows = act.execute(f"{found.select} WHERE voided = 0 AND parent_id = ? ORDER BY position, id", (record_id,))
    return [{**row.values, "id": row.id} for row in map(found.row, rows.fetchall())]


def _line(register: Register, row: Row, day: str, verb: str, more: str = "") -> str:
    when = row.values.get(day)
    told = [f"{str(when)[:10]} {verb}" if when else ""]
    if more and row.values.get(more):
        told.append(values.show(register.field(more), row.values.get(more)))
    if register.flow and row.state:
        told.append(f"现在{register.flow.state(row.state).label}")
    return f"{row.no} {'，'.join(word for word in told if word)}".strip()


def _found(source: str, rows: Sequence[Row], lines: Sequence[str], who: Ref, more: str = "") -> Found:
    refs = tuple(Ref(row.no, row.register, row.id) for row in rows)
    told = [f"{line}{'' if _sure(row, who) else _NAMESAKE}" for row, line in zip(rows, lines, strict=True)]
    words = "；".join(filter(None, (*told, more))) if told or more else "没有查到"
    return Found(source, refs, words if told or not more else f"没有查到；{more}")


def _sure(row: Row, who: Ref) -> bool:
    """Tell whether both sides stand in the roster, so that a namesake is out of the question."""
    subject = row.values.get("subject")
    return who.linked and (not isinstance(subject, Ref) or subject.linked)
