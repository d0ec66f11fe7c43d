"""廉政意见回复 as the officer does it: a letter in, five sources searched, answers chosen, two signatures, sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paizhu.base import values
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.progress import Progress, silent
from paizhu.base.rows import Change, Problem, Ref, Row, Value, refs_in
from paizhu.registers.guards import same
from paizhu.registers.opinion import OPINION
from paizhu.registers.opinion_flow import BEFORE_REPLY, CHANGED, unsearched
from paizhu.registers.opinion_rows import OPINION_PERSON, SOURCES
from paizhu.services.desk import Desk
from paizhu.services.opinions.people import Asked, PeopleReading
from paizhu.services.records import Records

REPLY = OPINION_PERSON.field("reply")
REASON = OPINION_PERSON.field("reply_reason")


@dataclass(frozen=True, slots=True)
class Hit:
    """What one source holds about one person: the words with record numbers, and the records to open."""

    source: str
    label: str
    count: int
    words: str
    records: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """One person of a request: the row, what the five sources hold, and which were not searched."""

    row: Row
    hits: tuple[Hit, ...]
    missing: tuple[str, ...]

    @property
    def who(self) -> Ref:
        """The person asked about."""
        who = self.row.values.get("person")
        return who if isinstance(who, Ref) else Ref(str(who or ""))

    @property
    def count(self) -> int:
        """How many records were found, earlier opinions not counted: those say nothing against anybody."""
        return sum(hit.count for hit in self.hits if hit.source != "opinion")

    @property
    def reply(self) -> str:
        """The answer in words; empty while none is chosen."""
        return values.show(REPLY, self.row.values.get("reply"))


class Opinions:
    """Requests for integrity opinions of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk)

    def plan(self, text: str) -> list[Asked]:
        """Return the persons of typed or pasted lines as they are understood."""
        return PeopleReading(self._desk).plan(text)

    def plan_book(self, path: Path, password: str | None = None) -> list[Asked]:
        """Return the persons of a workbook as they are understood."""
        return PeopleReading(self._desk).plan_book(path, password)

    def receive(self, letter: Mapping[str, Any], people: Sequence[Asked]) -> Change:
        """Store a letter with its persons; all five sources are searched for each of them in the same act."""
        if not people:
            raise InvalidRecordError([Problem("opinion_person", "请写明征求意见的人员，一行一人", "required")])
        return self._records.save(OPINION, letter, rows={OPINION_PERSON.key: [each.typed() for each in people]})

    def add(self, opinion_id: int, people: Sequence[Asked]) -> Change:
        """Add persons to a request that is not answered yet; they are searched for at once."""
        row = self._open(opinion_id)
        standing = self._records.rows(OPINION, opinion_id)[OPINION_PERSON.key]
        known = [each.values["person"] for each in standing]
        fresh = [typed for typed in (each.typed() for each in people) if not _among(typed, known)]
        if not fresh:
            raise InvalidRecordError([Problem("opinion_person", "名单里已经有这些人，没有要添加的", "known")])
        rows = [*({**each.values, "id": each.id} for each in standing), *fresh]
        return self._records.save(OPINION, {}, opinion_id, row.version, rows={OPINION_PERSON.key: rows})

    def search_again(self, opinion_id: int, progress: Progress = silent) -> Change:
        """Search all five sources anew for every person, in place of what was found before."""
        from paizhu.services.opinions import watch as opinion_watch

        row = self._open(opinion_id, CHANGED)
        label, people = f"重新查询 {OPINION.label} {row.no}".strip(), self._records.rows(OPINION, opinion_id)
        with self._desk.vault.act("lookup", label, always=True, size=len(people[OPINION_PERSON.key])) as act:
            opinion_watch.search_again(act, opinion_id, self._desk.today, progress)
            if OPINION.flow and row.state == OPINION.flow.start:
                act.change(OPINION, opinion_id, row.version, {"state": opinion_watch.SEARCHED})
        return act.result()

    def people(self, opinion_id: int) -> list[Standing]:
        """Return the persons of a request with what was found about each."""
        rows = self._records.rows(OPINION, opinion_id)
        lookups = rows["lookup"]
        found = []
        for row in rows[OPINION_PERSON.key]:
            who = row.values.get("person")
            own = [
                each.values
                for each in lookups
                if isinstance(who, Ref) and isinstance(ref := each.values.get("who"), Ref) and same(ref, who)
            ]
            found.append(Standing(row, _hits(own), tuple(unsearched(row.values, own))))
        return found

    def waiting_for(self, person_id: int) -> int:
        """Return the newest request in which a person still waits for an answer; 0 for none."""
        marks = ", ".join("?" * len(BEFORE_REPLY))
        with self._desk.vault.read() as connection:
            row = connection.execute(
                "SELECT max(o.id) FROM integrity_opinion o JOIN opinion_person p ON p.parent_id = o.id "
                "JOIN reference r ON r.kind = ? AND r.record_id = p.id AND r.target = 'person' AND r.target_id = ? "
                f"WHERE o.voided = 0 AND p.voided = 0 AND o.state IN ({marks})",
                (f"{OPINION.key}.{OPINION_PERSON.key}", person_id, *BEFORE_REPLY),
            ).fetchone()
        return int(row[0] or 0)

    def answer(self, opinion_id: int, row_ids: Sequence[int], reply: str, reason: str = "", facts: str = "") -> Change:
        """Give these persons the answer the officer chose, with the reason that stays inside.

        暂未发现 is refused for somebody whose five sources were not all searched; nothing is chosen by the program.
        After news the answer may be another one: the supplement tells it, the letter that went out keeps its own.
        """
        row = self._open(opinion_id, CHANGED)
        chosen = REPLY.by_label.get(reply) or next((each for each in REPLY.choices if each.code == reply), None)
        if chosen is None:
            raise InvalidRecordError([Problem("reply", "请选定回复意见", "required")])
        people = self.people(opinion_id)
        for each in people:
            if each.row.id in row_ids and chosen.code == "clear" and each.missing:
                words = f"{each.who.label}的{'、'.join(each.missing)}没有查过，不能写“暂未发现”"
                raise InvalidRecordError([Problem("reply", words, "unsearched")])
        given: dict[str, Value] = {"reply": chosen.code, "reply_reason": reason or None, "facts": facts.strip() or None}
        rows = [
            {**each.row.values, **(given if each.row.id in row_ids else {}), "id": each.row.id} for each in people
        ]  # fmt: skip
        return self._records.save(OPINION, {}, opinion_id, row.version, rows={OPINION_PERSON.key: rows})

    # --- the machine -----------------------------------------------------------------------------------------

    def _open(self, opinion_id: int, *also: str) -> Row:
        row = self._records.get(OPINION, opinion_id)
        if row.voided:
            raise NotAllowedError("这条记录已移入回收区", "没有改动", "先恢复再修改")
        if row.state not in (*BEFORE_REPLY, *also):
            state = OPINION.flow.state(row.state).label if OPINION.flow else ""
            raise NotAllowedError(f"本件{state}，名单和意见不能再改", "没有改动", "有新情况的，登记情况变化后补充函告")
        return row


def _hits(rows: Sequence[Mapping[str, Value]]) -> tuple[Hit, ...]:
    found = []
    for source in SOURCES:
        row = next((each for each in rows if each.get("source") == source.code), None)
        if row is not None:
            hits = row.get("hits")
            words = str(row.get("words") or "")
            refs = refs_in(row.get("records"))
            found.append(Hit(source.code, source.label, hits if isinstance(hits, int) else 0, words, refs))
    return tuple(found)


def _person(typed: Mapping[str, Value]) -> Ref:
    who = typed.get("person")
    return who if isinstance(who, Ref) else Ref("")


def _among(typed: Mapping[str, Value], known: Sequence[Value]) -> bool:
    return any(isinstance(ref, Ref) and same(ref, _person(typed)) for ref in known)
