"""监督对象 as a tree: the unit stationed at with its team and departments, the units supervised, who has left."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from paizhu.base.rows import Ref, Row
from paizhu.base.view import Condition, Test, View
from paizhu.base.word_order import words_key
from paizhu.registers.people import PERSON, STATUSES
from paizhu.registers.talk import TALK
from paizhu.registers.talk_choices import HELD
from paizhu.rules import influence
from paizhu.services.desk import Desk
from paizhu.services.matters import weighing
from paizhu.services.outline import Branch, Node, flattened
from paizhu.storage import queries

TEAM, OFFICE, COVERED, ELSEWHERE, LEFT = "党组班子", "机关其他人员", "归口监督单位", "其他单位", "已调离、退休"
ACTIVE = "active"
GONE = tuple(choice.code for choice in STATUSES if choice.code != ACTIVE)
HERE = tuple(Condition("status", Test.NOT, code) for code in GONE)
"""In service, or nothing is known of having left."""
IN_TEAM_ORDER = (("top_now", True), ("no", False))
_NAMED = 500


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    kind: str
    parent: str


class PeopleTree:
    """Reads the roster of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def branches(self, view: View) -> list[Branch]:
        """Return the tree of a view, units in the order of the roster."""
        units = self._units()
        here, gone = view.where(*HERE), view.where(Condition("status", Test.ONE_OF, GONE))
        with self._vault.read() as connection:
            found = queries.groups(connection, here, ("unit_now", "team_now"), ())
            left = queries.count(connection, gone)
        counts: dict[str, dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
        for unit, team, count, _done in found:
            counts[unit or ""][bool(team)] += count
        below = defaultdict(list)
        for unit in units:
            below[unit.parent].append(unit)
        placed: set[str] = set()
        made = _Branches(here, below, counts, placed)
        hosts = [made.host(unit) for unit in units if unit.kind == "host"]
        inner = {"covered", "subordinate"}
        covered = [made.unit(unit) for unit in units if unit.kind in inner and unit.name not in placed]
        members = [node for node in covered if any(node.branches())]
        rest = [
            Node(name or "没有写明单位", view=_of_unit(here, name), own=sum(counts[name].values()))
            for name in sorted(counts, key=words_key)
            if name not in placed
        ]
        nodes = [*hosts, Node(COVERED, f"{len(members)} 家", below=members), Node(ELSEWHERE, below=rest)]
        return flattened([*nodes, Node(LEFT, view=gone, own=left)])

    def weighed(self) -> frozenset[int]:
        """Return who is inside an influence period today (domain 4.3)."""
        today, settings = self._desk.today, self._desk.influence
        view = View(weighing.MEASURE.key, (Condition("period_to", Test.SINCE, today),))
        with self._vault.read() as connection:
            near = {
                subject
                for row in queries.every(connection, view)
                if isinstance(subject := row.values.get("subject"), Ref) and subject.linked
            }
        running = set()
        for subject in near:
            period = influence.period(weighing.measures_of(self._desk, subject), today, settings)
            if period and influence.standing(period, today, settings).state == "in_period" and subject.id:
                running.add(subject.id)
        return frozenset(running)

    def without_talk(self) -> tuple[int, ...]:
        """Return who is in service and was not talked to this year."""
        year = self._desk.today.year
        held = View(
            TALK.key,
            (
                Condition("planned_date", Test.SINCE, f"{year}-01-01"),
                Condition("planned_date", Test.UNTIL, f"{year}-12-31"),
                Condition("start_at", Test.FILLED),
                Condition("state", Test.ONE_OF, HELD),
            ),
        )
        with self._vault.read() as connection:
            talked = {
                subject.id
                for row in queries.some(connection, held, ("subject",))
                if isinstance(subject := row.values.get("subject"), Ref)
            }
            everybody = queries.ids(connection, View(PERSON.key, HERE))
        return tuple(each for each in everybody if each not in talked)

    def matching(self, words: str) -> tuple[int, ...]:
        """Return the persons whose name, unit or post holds the words, names and units also by pinyin."""
        plain = View(PERSON.key)
        conditions = [Condition(name, Test.CONTAINS, words) for name in ("name", "unit_now", "post_now")]
        if words.isascii():
            with self._vault.searching() as index:
                named = index.names_like(words)
            conditions.append(Condition("name", Test.ONE_OF, tuple(named)))
            conditions += [Condition("unit_now", Test.IS, Ref(name)) for name in named]
        found: dict[int, None] = {}
        with self._vault.read() as connection:
            for condition in conditions:
                if condition.value:
                    found.update(dict.fromkeys(queries.ids(connection, plain.where(condition))))
        return tuple(found)[:_NAMED]

    def _units(self) -> list[_Unit]:
        with self._vault.read() as connection:
            rows: Sequence[Row] = list(queries.every(connection, View("unit")))
        return [
            _Unit(
                str(row.values["name"]),
                str(row.values.get("kind") or ""),
                parent.label if isinstance(parent := row.values.get("parent"), Ref) else "",
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class _Branches:
    """Makes the branches of a view: the units below each, how many of each are in its team or not, what stands."""

    view: View
    below: Mapping[str, Sequence[_Unit]]
    counts: Mapping[str, Mapping[bool, int]]
    placed: set[str]

    def host(self, unit: _Unit) -> Node:
        """Return the unit the group is stationed at, its team first and its office last."""
        self.placed.add(unit.name)
        own = _of_unit(self.view, unit.name)
        team, others = self.counts[unit.name][True], self.counts[unit.name][False]
        node = Node(unit.name, "驻在")
        node.below.append(Node(TEAM, view=own.where(Condition("team_now", Test.IS, True)), own=team))
        departments = [
            each
            for each in self.below[unit.name]
            if each.kind not in ("covered", "subordinate") and each.name not in self.placed
        ]
        node.below += [self.unit(each) for each in departments]
        node.below.append(Node(OFFICE, view=own.where(Condition("team_now", Test.NOT, True)), own=others))
        return node

    def unit(self, unit: _Unit) -> Node:
        """Return a unit with the units below it."""
        # A unit that is its own superior, by a slip of the pen, must not be walked for ever.
        self.placed.add(unit.name)
        node = Node(unit.name, view=_of_unit(self.view, unit.name), own=sum(self.counts[unit.name].values()))
        node.below = [self.unit(each) for each in self.below[unit.name] if each.name not in self.placed]
        return node


def _of_unit(view: View, name: str) -> View:
    return view.where(Condition("unit_now", Test.IS, Ref(name)) if name else Condition("unit_now", Test.EMPTY))
