"""发现问题 as a tree: the check, audit or paper a problem came from, the problem, and what followed from it."""

from collections.abc import Mapping
from typing import Any

from paizhu.base.rows import Ref, Row
from paizhu.base.values import choice_words
from paizhu.base.view import ENDED, Condition, Test, View
from paizhu.registers.activity import ACTIVITY
from paizhu.registers.finding import FINDING
from paizhu.registers.finding_flow import CLOSED
from paizhu.services.desk import Desk
from paizhu.services.outline import Branch, Node, flattened
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.storage import queries
from paizhu.storage.tables import table

OPEN_FIRST = ((ENDED, False), ("due", False))
_CHECK = "check"
_BY_PAPER = ("inspection", "audit")
"""Sources that send a paper with many problems: each paper is a branch of its own."""
_NOWHERE = "没有写明来源"


class CheckTree:
    """Reads findings under their sources."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def branches(self, view: View) -> list[Branch]:
        """Return the branches of a view: checks, the newest first, then papers of others, then all other sources."""
        with self._vault.read() as connection:
            found = queries.groups(connection, view, ("source_kind", "source_ref"), CLOSED)
            checks = self._checks(connection)
        order = list(checks)
        own: list[tuple[tuple[int, str], Node]] = []
        rest: list[tuple[str, Node]] = []
        for kind, source, count, closed in found:
            of_kind = _of(view, kind)
            if kind == _CHECK and source:
                node = self._check(source, checks, of_kind, count, closed)
                own.append(((order.index(source) if source in checks else len(order), source), node))
            elif kind in _BY_PAPER and source:
                here = of_kind.where(Condition("source_ref", Test.IS, Ref(source)))
                rest.append((f"{kind}{source}", Node(source, _kind(kind), here, count, closed)))
            elif kind in (_CHECK, *_BY_PAPER):
                bare = of_kind.where(Condition("source_ref", Test.EMPTY))
                rest.append((f"{kind}~", Node(f"{_kind(kind)}（没有写明哪一次）", "", bare, count, closed)))
        for kind in dict.fromkeys(row[0] for row in found if row[0] not in (_CHECK, *_BY_PAPER)):
            counts = [(row[2], row[3]) for row in found if row[0] == kind]
            words = _kind(kind) if kind else _NOWHERE
            node = Node(words, "", _of(view, kind), sum(each[0] for each in counts), sum(each[1] for each in counts))
            rest.append((f"~{kind or '~'}", node))
        ordered = [node for _place, node in sorted(own, key=lambda each: each[0])]
        return flattened([*ordered, *(node for _place, node in sorted(rest, key=lambda each: each[0]))])

    def letters(self, finding: Row) -> list[Row]:
        """Return the letters that speak of a finding."""
        return HandingLetters(self._desk).letters_about(finding)

    def progress(self, finding: Row) -> str:
        """Return the newest report on a rectification with its day; empty without one."""
        with self._vault.read() as connection:
            told = queries.children(connection, table(FINDING, "progress"), finding.id)
        last = max(told, key=lambda each: str(each.values.get("on") or "")) if told else None
        return f"{last.values.get('on')} {last.values.get('words') or ''}".strip() if last else ""

    def unlettered(self) -> tuple[int, ...]:
        """Return the findings nobody was told of yet: neither assigned nor named in a letter."""
        view = View(FINDING.key, (Condition("assigned_at", Test.EMPTY), Condition("proposal_ref", Test.EMPTY)))
        flow = FINDING.flow
        assert flow is not None
        open_ones = tuple(state.code for state in flow.states if state.code not in CLOSED)
        with self._vault.read() as connection:
            return tuple(queries.ids(connection, view.where(Condition("state", Test.ONE_OF, open_ones))))

    def _check(self, name: str, checks: Mapping[str, tuple[str, str]], view: View, count: int, closed: int) -> Node:
        title, day = checks.get(name, (name, ""))
        # Two checks of one name are told apart by their day; the words of a branch are its place in the tree.
        twins = sum(other == title for other, _day in checks.values()) > 1
        words = f"{title}（{day}）" if twins and name in checks else title
        words = words.replace("/", "／")
        note = f"{name}　{day}" if name in checks else _kind(_CHECK)
        return Node(words, note, view.where(Condition("source_ref", Test.IS, Ref(name))), count, closed)

    def _checks(self, connection: Any) -> dict[str, tuple[str, str]]:
        """Return title and day of every check by its number, the newest first."""
        view = View(ACTIVITY.key).ordered("start_date", descending=True)
        rows = queries.some(connection, view, ("no", "title", "start_date"))
        return {
            str(row.values["no"]): (str(row.values["title"]), str(row.values.get("start_date") or "")[:10])
            for row in rows
            if row.values.get("no")
        }


def _of(view: View, kind: str | None) -> View:
    return view.where(Condition("source_kind", Test.IS, kind) if kind else Condition("source_kind", Test.EMPTY))


def _kind(code: str) -> str:
    return choice_words(FINDING.field("source_kind"), code)
