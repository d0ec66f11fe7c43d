"""责任清单 as a tree of three responsibilities, and where its items stand: progress, what is due, missing papers."""

from collections.abc import Iterable, Sequence
from datetime import date

from paizhu.base.rows import Ref, Row
from paizhu.base.view import ENDED, Condition, Test, View
from paizhu.base.word_order import name_key
from paizhu.registers.duty import DUTY
from paizhu.registers.people import PERSON
from paizhu.rules import duty_progress
from paizhu.rules.duty_progress import SLOT, Progress
from paizhu.services.desk import Desk
from paizhu.services.outline import Branch, Node, flattened
from paizhu.storage import queries
from paizhu.storage.tables import table

MAIN, SUPERVISORY, DUAL = "党组主体责任", "纪检监察组监督责任", "班子成员“一岗双责”"
_ROOTS = ((MAIN, ("main", "first")), (SUPERVISORY, ("supervisory",)), (DUAL, ("dual",)))
REST = "未写明责任类型"
OPEN_FIRST = ((ENDED, False), ("due_date", False))
"""What is still open comes first, the nearest day before the later ones."""
_BLOCK = 500


class Duties:
    """Reads the list of responsibilities of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def branches(self, view: View) -> list[Branch]:
        """Return the tree of a view: the three roots in their order, that of the team by member with portfolio."""
        flow = DUTY.flow
        assert flow is not None
        ended = [state.code for state in flow.states if state.end]
        with self._vault.read() as connection:
            found = queries.groups(connection, view, ("duty_kind", "subject"), ended)
        nodes = []
        for words, codes in _ROOTS:
            rows = [row for row in found if row[0] in codes]
            of_kind = view.where(Condition("duty_kind", Test.ONE_OF, codes))
            if words == DUAL:
                nodes.append(Node(words, below=self._members(of_kind, rows)))
            else:
                nodes.append(_leaf(words, of_kind, rows))
        nodes.append(_leaf(REST, view.where(Condition("duty_kind", Test.EMPTY)), [row for row in found if not row[0]]))
        return flattened(nodes)

    def standings(self, rows: Sequence[Row], on: date | None = None) -> dict[int, Progress]:
        """Return where items stand, by id: read in three queries however many they are."""
        today = on or self._desk.today
        soon = self._desk.calendar.add_working_days(today, int(self._desk.setting("soon_days")))
        ids = [row.id for row in rows]
        with self._vault.read() as connection:
            periods = queries.children_of(connection, table(DUTY, "period"), ids) if ids else {}
            files = queries.file_counts(connection, DUTY.key, ids, SLOT) if ids else {}
        return {
            row.id: duty_progress.progress(
                row.values,
                [{**period.values, "id": period.id} for period in periods.get(row.id, ())],
                files.get(row.id, {}),
                today,
                soon,
            )
            for row in rows
        }

    def standing(self, row: Row) -> Progress:
        """Return where one item stands."""
        return self.standings([row])[row.id]

    def wanting(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the open items that a report is wanted for now, and those that lack papers."""
        flow = DUTY.flow
        assert flow is not None
        states = tuple(state.code for state in flow.states if not state.end)
        view = View(DUTY.key, (Condition("state", Test.ONE_OF, states),))
        pending, lacking = [], []
        with self._vault.read() as connection:
            blocks = list(_blocks(queries.every(connection, view)))
        for block in blocks:
            for record_id, standing in self.standings(block).items():
                if standing.pending:
                    pending.append(record_id)
                if standing.lacking:
                    lacking.append(record_id)
        return tuple(sorted(pending)), tuple(sorted(lacking))

    def _members(self, view: View, rows: Sequence[tuple[str | None, str | None, int, int]]) -> list[Node]:
        counts: dict[str, tuple[int, int]] = {}
        for _kind, subject, count, done in rows:
            name = subject or ""
            before = counts.get(name, (0, 0))
            counts[name] = (before[0] + count, before[1] + done)
        portfolios = self._portfolios()
        places = {name: place for place, name in enumerate(portfolios)}
        return [
            Node(
                name,
                portfolios.get(name, ""),
                view.where(Condition("subject", Test.IS, Ref(name))),
                *counts[name],
            )
            for name in sorted(counts, key=lambda name: (places.get(name, len(places)), name_key(name)))
        ]

    def _portfolios(self) -> dict[str, str]:
        """Return the members of the team in the order of the roster, with what each is in charge of."""
        view = View(PERSON.key, (Condition("team_now", Test.IS, True),))
        with self._vault.read() as connection:
            team = sorted(queries.every(connection, view), key=lambda row: (not row.values.get("top_now"), row.id))
        return {str(row.values["name"]): str(row.values.get("duties_now") or "") for row in team}


def _leaf(words: str, view: View, rows: Sequence[tuple[str | None, str | None, int, int]]) -> Node:
    return Node(words, view=view, own=sum(row[2] for row in rows), done=sum(row[3] for row in rows))


def _blocks(rows: Iterable[Row]) -> Iterable[list[Row]]:
    block: list[Row] = []
    for row in rows:
        block.append(row)
        if len(block) == _BLOCK:
            yield block
            block = []
    if block:
        yield block
