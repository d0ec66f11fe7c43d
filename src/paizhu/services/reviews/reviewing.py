"""The review of one agenda item: its points and papers, the opinion with numbered suggestions, its meeting."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from paizhu.base import clock, paths
from paizhu.base.rows import Change, Ref, Row, Value
from paizhu.base.text import folded
from paizhu.base.view import Condition, Test, View
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.registers.review_choices import RED_FLAGS
from paizhu.registers.review_flow import BEFORE_OPINION
from paizhu.services.deriving import party_group_size
from paizhu.services.desk import Desk
from paizhu.services.preparing import day_of
from paizhu.services.records import Records
from paizhu.services.reviews import lists as review_lists
from paizhu.services.taking_back import taken_back
from paizhu.storage import queries
from paizhu.storage.deed import LISTED
from paizhu.storage.tables import table

EARLY = ("submitted", "material_check", "returned_material", "under_review")
"""States in which missing points and papers are still listed for an item."""
OPEN = (*BEFORE_OPINION, "returned_material")
"""States in which answers, papers and opinion may still be changed here; later they are part of what was signed."""
_CHECK, _MATERIAL = "check", "material"
# Flags of another item that whoever reviews this one should know of: 贴线, 拆分 and what concerns persons.
_GRAVE = ("RF-A1", "RF-A2", "RF-A7", "RF-K1", "RF-K3", "RF-K4", "RF-P4")


@dataclass(frozen=True, slots=True)
class ReviewPoint:
    """One point of the checklist with its answer (yes, no, na, empty: not looked at) and what was noted."""

    row_id: int
    number: int
    code: str
    words: str
    basis: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that goes with the item; the day in words as stored."""

    row_id: int
    name: str
    received: bool | None
    received_at: str
    note: str


@dataclass(frozen=True, slots=True)
class SameMeeting:
    """What another item of the same meeting has to do with this one."""

    review_id: int
    number: int | None
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Quorum:
    """Whether enough members are there: counted from the figures, never believed from a tick."""

    members: int | None
    present: int | None
    needed: int | None
    special: bool
    source: str

    @property
    def enough(self) -> bool | None:
        """None while a figure is missing."""
        return None if self.needed is None or self.present is None else self.present >= self.needed

    @property
    def words(self) -> str:
        """The count as a sentence."""
        share = "三分之二" if self.special else "半数"
        why = "（有干部任免或处分事项）" if self.special else ""
        if self.needed is None:
            return "没有登记应到人数，到会人数还不能核算"
        if self.present is None:
            return f"应到 {self.members} 人，须 {self.needed} 人以上到会{why}，实到还没有登记"
        verdict = "达到" if self.enough else "不足"
        return f"应到 {self.members} 人，实到 {self.present} 人，{verdict}{share}{why}"


class Reviewing:
    """What is done with one item on its review page; every write is one act."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._records = Records(desk)

    # --- points and papers -----------------------------------------------------------------------------------

    def prepare(self, review_id: int) -> Change | None:
        """List the points and papers of the item's category that are not there yet; None when nothing is missing.

        An item that is past its review, or that came with an old ledger of a past meeting, is left as it is. So is
        a list the officer keeps in words of his own: points without a code are not mixed with shipped ones. What was
        listed here for the category and taken back by the officer is not listed again either.
        """
        row = self._records.get(REVIEW, review_id)
        if row.voided or row.state not in EARLY or self._is_history(row) or not row.values.get("category"):
            return None
        category = str(row.values["category"])
        wanted = self._lacking(category, self._records.rows(REVIEW, review_id))
        if not any(wanted.values()) or self._was_taken_back(review_id, category):
            return None
        with self._vault.act(LISTED, f"列出审查要点和材料 {row.no}".strip(), category=category) as act:
            for key, given in wanted.items():
                for values in given:
                    act.add_row(REVIEW, review_id, key, values)
        return act.result()

    def points(self, review_id: int) -> list[ReviewPoint]:
        """Return the checklist of an item in order."""
        known = review_lists.known_points(self._vault)
        found = []
        for number, row in enumerate(self._records.rows(REVIEW, review_id)[_CHECK], start=1):
            code = str(row.values.get("code") or "")
            basis = known[code].basis if code in known else ""
            answer, note = str(row.values.get("answer") or ""), str(row.values.get("note") or "")
            found.append(ReviewPoint(row.id, number, code, str(row.values.get("words") or ""), basis, answer, note))
        return found

    def papers(self, review_id: int) -> list[Paper]:
        """Return the papers of an item in order."""
        return [
            Paper(
                row.id,
                str(row.values.get("name") or ""),
                bool(row.values["received"]) if row.values.get("received") is not None else None,
                str(row.values.get("received_at") or ""),
                str(row.values.get("note") or ""),
            )
            for row in self._records.rows(REVIEW, review_id)[_MATERIAL]
        ]

    def answer(self, review_id: int, row_id: int, answer: str, note: str | None = None) -> Change:
        """Store the answer to a point; a note of None leaves the one that stands."""
        values: dict[str, Value] = {"answer": answer or None}
        if note is not None:
            values["note"] = note.strip() or None
        return self._set_row(review_id, _CHECK, row_id, values, "核对审查要点")

    def receive(self, review_id: int, row_id: int, received: bool | None, note: str | None = None) -> Change:
        """Store whether a paper came; one that came today is dated, unless it has its day."""
        values: dict[str, Value] = {"received": received}
        standing = next((paper for paper in self.papers(review_id) if paper.row_id == row_id), None)
        if not received:
            values["received_at"] = None
        elif standing is None or not standing.received_at:
            values["received_at"] = clock.today()
        if note is not None:
            values["note"] = note.strip() or None
        return self._set_row(review_id, _MATERIAL, row_id, values, "登记材料")

    def answer_rest(self, review_id: int) -> Change:
        """Note every point nobody answered yet as met, in one act; answers that stand are left alone."""
        return self._set_rest(review_id, _CHECK, "answer", {"answer": "yes"}, "核对审查要点")

    def receive_rest(self, review_id: int) -> Change:
        """Note every paper nobody looked for yet as received today, in one act; papers found missing stay so."""
        given: dict[str, Value] = {"received": True, "received_at": clock.today()}
        return self._set_rest(review_id, _MATERIAL, "received", given, "登记材料")

    def set_category(self, review_id: int, category: str) -> Change:
        """Give an item another category and the checklist that goes with it.

        Points and papers of the former category leave when nothing was noted at them; what was answered stays.
        """
        rows = self._records.rows(REVIEW, review_id)
        lists = review_lists.in_force(self._vault)
        points = {point.code for point in lists.points_for(category)}
        known_points = set(review_lists.known_points(self._vault))
        papers = set(lists.materials_for(category))
        known_papers = review_lists.known_papers(self._vault)
        kept = {
            _CHECK: [
                row
                for row in rows[_CHECK]
                if row.values.get("answer")
                or row.values.get("note")
                or str(row.values.get("code") or "") not in known_points - points
            ],
            _MATERIAL: [
                row
                for row in rows[_MATERIAL]
                if row.values.get("received")
                or row.values.get("note")
                or str(row.values.get("name")) not in known_papers - papers
            ],
        }
        more = self._lacking(category, {**rows, **kept})
        given = {key: [*(_typed(row) for row in kept[key]), *more[key]] for key in kept}
        return self._records.save(REVIEW, {"category": category}, review_id, rows=given)

    # --- opinion ---------------------------------------------------------------------------------------------

    def opinion(self, review_id: int, opinion: str | None = None, text: str | None = None) -> Change:
        """Store the choice, the words, or both; what the words number is listed within the same act."""
        typed: dict[str, Any] = {}
        if opinion is not None:
            typed["opinion"] = opinion
        if text is not None:
            typed["opinion_text"] = text.strip()
        return self._records.save(REVIEW, typed, review_id)

    # --- the meeting -----------------------------------------------------------------------------------------

    def items(self, meeting_id: int) -> list[Row]:
        """Return the items linked to a meeting in the order of its agenda, those withdrawn last."""
        pointing = Condition("meeting", Test.POINTS_TO, Ref("", MEETING.key, meeting_id))
        with self._vault.read() as connection:
            found = list(queries.every(connection, View(REVIEW.key, (pointing,))))
        return sorted(found, key=lambda row: (row.state == "dropped", _number(row) or 999, row.id))

    def item_number(self, row: Row) -> int | None:
        """Return which item of its meeting this is: as written, else by its place among those of the meeting."""
        meeting = row.values.get("meeting")
        if (written := _number(row)) is not None or not isinstance(meeting, Ref) or meeting.id is None:
            return written
        return next((at for at, each in enumerate(self.items(meeting.id), start=1) if each.id == row.id), None)

    def conflicts(self, review_id: int) -> list[SameMeeting]:
        """Return what the other items of the same meeting have to do with this one."""
        row = self._records.get(REVIEW, review_id)
        meeting = row.values.get("meeting")
        if not isinstance(meeting, Ref) or meeting.id is None:
            return []
        people = self._people(row)
        others = [each for each in self.items(meeting.id) if each.id != review_id and each.state != "dropped"]
        return [
            SameMeeting(each.id, _number(each), REVIEW.title_of(each), words)
            for each in others
            for words in self._between(row, people, each)
        ]

    def quorum(self, meeting: Row) -> Quorum:
        """Count whether enough members are there; the members are those of the unit's party group, else 应到."""
        rule = _quorum_rule()
        items = [each for each in self.items(meeting.id) if each.state != "dropped"]
        special = any(
            each.values.get("category") in rule["special_categories"]
            or each.values.get("sub_category") in rule["special_sub_categories"]
            for each in items
        )
        members = self._members(meeting)
        share = Fraction(rule["special" if special else "ordinary"])
        needed = -(-members * share.numerator // share.denominator) if members else None
        present = meeting.values.get("present")
        return Quorum(members, present if isinstance(present, int) else None, needed, special, str(rule["source"]))

    # --- the machine -----------------------------------------------------------------------------------------

    def _was_taken_back(self, review_id: int, category: str) -> bool:
        with self._vault.read() as connection:
            undone = [
                about
                for kind in (_CHECK, _MATERIAL)
                for about in taken_back(connection, LISTED, table(REVIEW, kind), review_id)
            ]
        return any(about.get("category") == category for about in undone)

    def _is_history(self, row: Row) -> bool:
        day = day_of(row.values.get("planned_meeting_at"))
        return bool(row.source) and day is not None and day < self._desk.today

    def _lacking(self, category: str, rows: Mapping[str, Sequence[Row]]) -> dict[str, list[dict[str, Value]]]:
        codes = {str(row.values.get("code") or "") for row in rows[_CHECK]}
        names = {folded(str(row.values.get("name") or "")) for row in rows[_MATERIAL]}
        own_points = bool(codes) and codes == {""}
        lists = review_lists.in_force(self._vault)
        known_papers = {folded(name) for name in review_lists.known_papers(self._vault)}
        own_papers = bool(names) and not names & known_papers
        points: list[dict[str, Value]] = [
            {"code": point.code, "words": point.words}
            for point in lists.points_for(category)
            if point.code not in codes and not own_points
        ]
        papers: list[dict[str, Value]] = [
            {"name": name} for name in lists.materials_for(category) if folded(name) not in names and not own_papers
        ]
        return {_CHECK: points, _MATERIAL: papers}

    def _set_rest(self, review_id: int, kind: str, name: str, given: Mapping[str, Value], label: str) -> Change:
        no = self._records.get(REVIEW, review_id).no
        with self._vault.act("save", f"{label} {no}".strip()) as act:
            for row in self._records.rows(REVIEW, review_id)[kind]:
                if row.values.get(name) is None:
                    act.change(table(REVIEW, kind).kind, row.id, None, given)
        return act.result()

    def _set_row(self, review_id: int, kind: str, row_id: int, values: dict[str, Value], label: str) -> Change:
        no = self._records.get(REVIEW, review_id).no
        with self._vault.act("save", f"{label} {no}".strip()) as act:
            act.change(table(REVIEW, kind).kind, row_id, None, values)
        return act.result()

    def _between(self, row: Row, people: set[str], other: Row) -> Iterator[str]:
        supplier, theirs = row.values.get("supplier"), other.values.get("supplier")
        if isinstance(supplier, Ref) and isinstance(theirs, Ref) and folded(supplier.label) == folded(theirs.label):
            yield f"供应商同为{supplier.label}"
        if shared := people & self._people(other, candidates_only=True):
            yield f"拟任人选{'、'.join(sorted(shared))}也在本议题中"
        flags = other.values.get("flags")
        labels = {choice.code: choice.label for choice in RED_FLAGS}
        grave = [labels[str(code)] for code in flags if code in _GRAVE] if isinstance(flags, tuple) else []
        if grave and other.state in OPEN:
            yield f"有提示：{'、'.join(grave)}"

    def _people(self, row: Row, *, candidates_only: bool = False) -> set[str]:
        named = [each.values.get("person") for each in self._records.rows(REVIEW, row.id)["candidate"]]
        if not candidates_only:
            named += [row.values.get(name) for name in ("reporter", "leader_in_charge")]
        return {ref.label for ref in named if isinstance(ref, Ref)}

    def _members(self, meeting: Row) -> int | None:
        unit = meeting.values.get("unit_id")
        if meeting.values.get("kind") == "party_group" and isinstance(unit, Ref) and unit.id is not None:
            with self._vault.read() as connection:
                size = party_group_size(connection, unit.id)
            if size:
                return size
        expected = meeting.values.get("expected")
        return expected if isinstance(expected, int) and expected else None


@cache
def _quorum_rule() -> Mapping[str, Any]:
    data = tomllib.loads((paths.resources() / "rules" / "agenda.toml").read_text(encoding="utf-8"))
    found: Mapping[str, Any] = data["quorum"]
    return found


def _number(row: Row) -> int | None:
    number = row.values.get("agenda_no")
    return number if isinstance(number, int) else None


def _typed(row: Row) -> dict[str, Any]:
    """Return a row under a record as it is handed in again unchanged."""
    return {**row.values, "id": row.id}
