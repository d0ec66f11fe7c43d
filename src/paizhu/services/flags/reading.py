"""Reading for the red flags: the ledger beside an item, its meeting, the roster, the books as a whole."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from paizhu import registers
from paizhu.base.flow import Shape
from paizhu.base.month_only import last_day
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.base.text import folded
from paizhu.base.values import choice_words
from paizhu.base.view import View
from paizhu.registers.guards import same
from paizhu.registers.people import RELATION
from paizhu.registers.risk import STANDING
from paizhu.rules.flags.amounts import SPENDING, standard
from paizhu.rules.flags.books import Books, Running
from paizhu.rules.flags.cases import HANDS
from paizhu.rules.flags.facts import Answer, Around, Item, Ledger, Meeting, People, Tie, day_of
from paizhu.rules.flags.matching import Company, Relation, Relations
from paizhu.services.deadlines.today import Today
from paizhu.services.desk import Desk
from paizhu.services.flags.versions import Since, since_signed
from paizhu.storage import queries
from paizhu.storage.tables import TABLES, quoted, table

NEEDED = (
    *("title", "unit_id", "category", "sub_category", "meeting", "planned_meeting_at", "submitted_at", "lead_workdays"),
    *("amount", "threshold", "budget_item", "procurement_mode", "supplier", "recusal_list", "recused", "opinion"),
    *("adopted", "decided", "last_speak_ok", "vote_for", "vote_against", "vote_abstain", "changed_after_review"),
    *("change_note", "drop_reason", "conclusion", "follow_result", "reporter", "leader_in_charge", "handler"),
    *("co_handler", "reviewer", "signer", "flags", "state"),
)
"""Columns the rules compare; the long texts of an item are not read for it."""
_OF_TALKS = ("no", "state", "subject", "kind", "start_at", *HANDS["integrity_talk"])
_DAY = "substr(coalesce(planned_meeting_at, submitted_at), 1, 10)"
_CLOCKS = ("lead", "case", "measure", "duty_item", "petition")


class Reading:
    """One look at the vault; it is thrown away when the journal goes on, and never shared between threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._years: dict[int, Ledger] = {}

    # --- review items ----------------------------------------------------------------------------------------

    def item(self, review_id: int) -> Item | None:
        """Return one item, or None when there is none or it was voided."""
        return next(self._items("id = ?", (review_id,)), None)

    def every(self) -> Ledger:
        """Return the whole ledger."""
        return Ledger(self._items("1 = 1", ()))

    def beside(self, item: Item) -> Ledger:
        """Return the ledger from the year before an item's year to the summer after it."""
        year = (item.day or self._desk.today).year
        if year not in self._years:
            span = (f"{year - 1}-01-01", f"{year + 1}-06-30")
            self._years[year] = Ledger(self._items(f"{_DAY} BETWEEN ? AND ? OR {_DAY} IS NULL", span))
        return self._years[year]

    def around(self, item: Item, ledger: Ledger) -> Around:
        """Return everything around an item."""
        unit = self._unit(item.values)
        size = unit.values.get("party_group_size") if unit else None
        since = self._since(item) if item.agreed else Since()
        return Around(
            self._desk.today,
            ledger,
            self._meeting(item.values),
            size if isinstance(size, int) else None,
            self.people if item.company or item.candidates else People(),
            lambda who: self._on(who, ("measure",)),
            lambda who: [row for row in self._on(who, ("lead", "case")) if is_open(row)],
            self._desk.calendar.working_days_between,
            since.reviewed,
            since.people,
            since.again,
            self._answers_on,
            self._desk.influence,
        )

    def _since(self, item: Item) -> Since:
        if item.id not in self._edited:
            return Since()
        with self._vault.read() as connection:
            return since_signed(connection, item.id)

    @cached_property
    def _edited(self) -> frozenset[int]:
        """Items that were changed after they were made; nothing can have changed since the review of any other."""
        with self._vault.read() as connection:
            rows = connection.execute(
                "SELECT DISTINCT record_id FROM journal_change WHERE kind = 'review_item' AND action = 'change'"
            ).fetchall()
            rows += connection.execute(
                "SELECT DISTINCT c.parent_id FROM review_candidate c "
                "JOIN journal_change j ON j.kind = 'review_item.candidate' AND j.record_id = c.id "
                "JOIN journal_change i ON i.kind = 'review_item' AND i.record_id = c.parent_id AND i.action = 'create' "
                "WHERE j.entry_id > i.entry_id"
            ).fetchall()
        return frozenset(row[0] for row in rows)

    def _items(self, where: str, parameters: Sequence[Any]) -> Iterator[Item]:
        found = table("review_item")
        readers = [(name, found.readers[name]) for name in NEEDED]
        columns = ", ".join(map(quoted, NEEDED))
        live = f"FROM {quoted(found.name)} WHERE voided = 0 AND ({where})"
        with self._vault.read() as connection:
            rows = connection.execute(f"SELECT id, {columns} {live} ORDER BY id", parameters).fetchall()
            below = {
                kind: self._below(connection, kind, names, more, f"SELECT id {live}", parameters)
                for kind, names, more in (
                    ("check", ("code",), "answer = 'no'"),
                    ("suggestion", ("number", "words", "adopted", "reason"), "1 = 1"),
                    ("candidate", ("person", "from_post", "to_post", "opinion_ref"), "1 = 1"),
                )
            }
        for record_id, *stored in rows:
            values: dict[str, Value] = {
                name: raw if raw is None or convert is None else convert(raw)
                for (name, convert), raw in zip(readers, stored, strict=True)
            }
            yield self._made(record_id, values, {kind: each.get(record_id, ()) for kind, each in below.items()})

    def _below(
        self, connection: Any, kind: str, names: Sequence[str], more: str, ids: str, parameters: Sequence[Any]
    ) -> Mapping[int, list[Values]]:
        found = table("review_item", kind)
        rows = connection.execute(
            f"SELECT parent_id, {', '.join(map(quoted, names))} FROM {quoted(found.name)} "
            f"WHERE voided = 0 AND {more} AND parent_id IN ({ids}) ORDER BY parent_id, position, id",
            parameters,
        ).fetchall()
        made: dict[int, list[Values]] = defaultdict(list)
        for parent, *stored in rows:
            made[parent].append(
                {
                    name: raw if raw is None or (convert := found.readers[name]) is None else convert(raw)
                    for name, raw in zip(names, stored, strict=True)
                }
            )
        return made

    def _made(self, record_id: int, values: Values, rows: Mapping[str, Sequence[Values]]) -> Item:
        day = day_of(values.get("planned_meeting_at"))
        if day is None and (meeting := self._meeting(values)):
            day = meeting.day
        day = day or day_of(values.get("submitted_at"))
        threshold = values.get("threshold")
        if threshold is None and values.get("category") in SPENDING and (unit := self._unit(values)):
            on = day or self._desk.today
            threshold = standard(self._spending.get(unit.id, ()), str(values.get("sub_category") or ""), on)
        supplier = values.get("supplier")
        return Item(
            record_id,
            values,
            _key(values.get("unit_id")),
            day,
            threshold,  # type: ignore[arg-type]  # a money field holds a sum
            self._company(supplier) if isinstance(supplier, Ref) else None,
            frozenset(str(row.get("code")) for row in rows["check"]),
            rows["suggestion"],
            rows["candidate"],
        )

    # --- what stands around ----------------------------------------------------------------------------------

    def _rows(self, register: str) -> list[Row]:
        with self._vault.read() as connection:
            return list(queries.every(connection, View(register)))

    def _children(self, register: str, child: str) -> Mapping[int, list[Values]]:
        found = table(register, child)
        with self._vault.read() as connection:
            rows = connection.execute(f"{found.select} WHERE voided = 0 ORDER BY parent_id, position, id").fetchall()
        made: dict[int, list[Values]] = defaultdict(list)
        for row in map(found.row, rows):
            made[int(str(row.values["parent_id"]))].append(row.values)
        return made

    @cached_property
    def _units(self) -> Mapping[int, Row]:
        return {row.id: row for row in self._rows("unit")}

    @cached_property
    def _spending(self) -> Mapping[int, list[Values]]:
        return self._children("unit", "spending_rule")

    def _unit(self, values: Values) -> Row | None:
        unit = values.get("unit_id")
        return self._units.get(unit.id) if isinstance(unit, Ref) and unit.id is not None else None

    @cached_property
    def _codes(self) -> Mapping[int, str]:
        # Of tens of thousands of suppliers the whole rows would take longer to make than all that is compared.
        with self._vault.read() as connection:
            rows = connection.execute("SELECT id, uscc FROM supplier WHERE voided = 0 AND uscc > ''").fetchall()
        return dict(rows)

    def _company(self, ref: Ref, code: str = "") -> Company:
        return Company(ref, code or (self._codes.get(ref.id, "") if ref.id is not None else ""))

    @cached_property
    def meetings(self) -> Mapping[int, Meeting]:
        """Every meeting with what its minutes were checked for."""
        checks = self._children("meeting", "minute_check")
        return {
            row.id: Meeting(
                row.id,
                row.values,
                day_of(row.values.get("held_at")),
                {str(each.get("code")): str(each.get("answer")) for each in checks.get(row.id, ())},
            )
            for row in self._rows("meeting")
        }

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, date | None], Meeting]:
        return {(folded(str(each.values.get("name") or "")), each.day): each for each in self.meetings.values()}

    def _meeting(self, values: Values) -> Meeting | None:
        meant = values.get("meeting")
        if not isinstance(meant, Ref):
            return None
        if meant.id is not None:
            return self.meetings.get(meant.id)
        return self._by_name.get((folded(meant.label), day_of(values.get("planned_meeting_at"))))

    @cached_property
    def people(self) -> People:
        """The roster with posts, relations and ties to companies."""
        persons = {row.id: row for row in self._rows("person")}
        kinds = RELATION.field("relation")

        def ref(person: int) -> Ref:
            return Ref(str(persons[person].values.get("name") or ""), "person", person)

        relations = [
            Relation(ref(person), relative, kind, choice_words(kinds, kind) if kind else "")
            for person, rows in self._children("person", "relation").items()
            for row in rows
            if person in persons and isinstance(relative := row.get("relative"), Ref)
            for kind in (str(row.get("relation") or ""),)
        ]
        ties = [
            Tie(
                ref(person),
                self._company(company, str(row.get("uscc") or "")),
                whose if isinstance(whose := row.get("person"), Ref) else None,
                day_of(row.get("valid_from")),
                last_day(row.get("valid_to")),
            )
            for person, rows in self._children("person", "business_link").items()
            for row in rows
            if person in persons and isinstance(company := row.get("company"), Ref)
        ]
        return People(persons, self._children("person", "post_history"), Relations(relations), ties)

    def _on(self, who: Ref, kinds: Sequence[str]) -> list[Row]:
        """Return the records about a person; a namesake counts only where one side is not in the roster."""
        found = [row for kind in kinds for row in self._subjects[kind].get(folded(who.label), ())]
        return [row for row in found if isinstance(ref := row.values.get("subject"), Ref) and same(ref, who)]

    @cached_property
    def _subjects(self) -> Mapping[str, Mapping[str, list[Row]]]:
        made: dict[str, dict[str, list[Row]]] = {}
        for kind in ("measure", "lead", "case"):
            made[kind] = defaultdict(list)
            for row in self._rows(kind):
                if isinstance(ref := row.values.get("subject"), Ref):
                    made[kind][folded(ref.label)].append(row)
        return made

    def _answers_on(self, who: Ref) -> list[Answer]:
        return [each for each in self._answers.get(folded(who.label), ()) if same(_asked(each), who)]

    @cached_property
    def _answers(self) -> Mapping[str, list[Answer]]:
        """What was answered about each person, from letters that have gone out."""
        made: dict[str, list[Answer]] = defaultdict(list)
        people = self._children("integrity_opinion", "opinion_person")
        for row in self._rows("integrity_opinion"):
            day = day_of(row.values.get("reply_at"))
            for each in people.get(row.id, ()) if day else ():
                answer = Answer(row.id, str(row.values.get("reply_no") or row.no), each, day)
                made[folded(_asked(answer).label)].append(answer)
        return made

    # --- the books as a whole --------------------------------------------------------------------------------

    def books(self) -> Books:
        """Return the registers that the rules about the whole compare."""
        titles: dict[int, list[str]] = defaultdict(list)
        for item in self.every().items:
            if meeting := self._meeting(item.values):
                titles[meeting.id].append(item.title)
        extensions: dict[tuple[str, int], list[Values]] = {
            (register, record): rows
            for register, child in (("lead", "lead_extension"), ("case", "extension"))
            if f"{register}.{child}" in TABLES
            for record, rows in self._children(register, child).items()
        }
        return Books(
            self._desk.today,
            [
                Running(task.register, task.id, task.rule or "", task.what, task.due, task.title, task.no)
                for task in Today(self._desk).due(ahead_days=0, of=[registers.register(key) for key in _CLOCKS])
            ],
            self._rows("petition"),
            self._rows("lead"),
            self._children("lead", "hand"),
            extensions,
            self._rows("case"),
            self._rows("measure"),
            self._children("measure", "appeal"),
            self._talks(),
            self.people,
            list(self.meetings.values()),
            titles,
            self._risky(),
            self._rows("finding"),
            self._rows("integrity_archive"),
            self._rows("integrity_opinion"),
            self._children("integrity_opinion", "opinion_person"),
            self._desk.influence,
            self._rows("supervision_activity"),
            self._rows("proposal"),
            self._children("proposal", "problems"),
        )

    def _talks(self) -> list[Row]:
        """Return the talks with what the rules compare: there may be tens of thousands, and what was said is long."""
        with self._vault.read() as connection:
            return list(queries.some(connection, View("integrity_talk"), _OF_TALKS))

    def _risky(self) -> list[Row]:
        """Return the units with high risk points that still stand."""
        refs = [
            row.values.get("unit_id")
            for row in self._rows("risk_point")
            if row.values.get("level") == "high" and row.state in ("", *STANDING)
        ]
        ids = dict.fromkeys(ref.id for ref in refs if isinstance(ref, Ref) and ref.id is not None)
        return [self._units[each] for each in ids if each in self._units]


def _asked(answer: Answer) -> Ref:
    who = answer.values.get("person")
    return who if isinstance(who, Ref) else Ref("")


def _key(unit: Value) -> str:
    if not isinstance(unit, Ref):
        return ""
    return f"#{unit.id}" if unit.linked else folded(unit.label)


def is_open(row: Row) -> bool:
    """Tell whether a lead or case still goes on: no closing day, and a state that is neither an end nor done."""
    flow = registers.register(row.register).flow
    if row.values.get("closed_at") or row.values.get("decided_at") or flow is None:
        return False
    state = flow.state(row.state or flow.start)
    return not state.end and state.shape is not Shape.DONE
