"""监督对象 as a tree: units with their number of persons, persons with their post or the mark that matters more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from paizhu.base.rows import Row
from paizhu.base.view import Condition, Test, View
from paizhu.registers.people import PERSON
from paizhu.services.office import Office
from paizhu.services.outline import Branch
from paizhu.services.people_tree import COVERED, GONE, HERE, IN_TEAM_ORDER, PeopleTree
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.outline import Cell, Chip, Outline

NOTE = "~note"
WEIGHED = "影响期"


class PeopleOutline(Outline):
    """Persons under their units; but for the first ones everything is folded until somebody looks for it."""

    order = IN_TEAM_ORDER
    few = 500
    headed = False
    bold_levels = 1
    share, least = 0.22, 268
    unit = "人"
    folded_at_first = None
    placeholder = "姓名、拼音首字母、单位"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._tree = PeopleTree(office.desk)
        self._weighed: frozenset[int] = frozenset()
        self.columns = _columns()

    def branches(self, view: View) -> list[Branch]:
        """Return the units; who is inside an influence period is read with them."""
        self._weighed = self._tree.weighed()
        return self._tree.branches(view)

    def branch_cell(self, branch: Branch, key: str) -> Cell | None:
        """Show how many persons a unit has; a root of units, how many units."""
        if key != NOTE:
            return None
        words = branch.note if branch.words == COVERED else f"{branch.note} {branch.total}".strip()
        return Cell(words, tone=Tone.QUIET)

    def facts(self, rows: Sequence[Row], today: date) -> Mapping[int, Mapping[str, Cell]]:
        """Return name and note of persons: the mark of an influence period, else the post."""
        found = {}
        for row in rows:
            post = str(row.values.get("post_now") or "")
            note = Cell(post, tone=Tone.QUIET, tip=post)
            if row.id in self._weighed:
                note = Cell(mark=Mark(Shape.TRIANGLE, WEIGHED, Tone.AMBER), tip=f"在处分影响期内　{post}".strip())
            found[row.id] = {"name": Cell(str(row.values["name"]), icon="person", tip=post), NOTE: note}
        return found

    def done_words(self, branches: Sequence[Branch]) -> str:
        """Tell how many are inside an influence period."""
        return f"影响期内 {len(self._weighed)} 人"

    def chips(self) -> Sequence[Chip]:
        """Return who is in service, inside an influence period, without a talk this year, and who has left."""
        weighed, silent = tuple(sorted(self._tree.weighed())), self._tree.without_talk()
        return (
            ("active", "在职", HERE),
            ("weighed", "影响期内", (Condition("id", Test.ONE_OF, weighed),)),
            ("untalked", "今年未谈话", (Condition("id", Test.ONE_OF, silent),)),
            ("left", "调离退休", (Condition("status", Test.ONE_OF, GONE),)),
        )

    def matching(self, words: str) -> tuple[int, ...]:
        """Return who is meant by words typed over the tree."""
        return self._tree.matching(words)


def _columns() -> tuple[Column, ...]:
    listed = {column.key: column for column in columns_of(PERSON)}
    name = replace(listed.pop("name"), kind=CellKind.TREE, width=150, least=110, rank=0, stretches=True)
    note = Column(NOTE, "职务", 84, CellKind.NOTE, rank=0, least=84)
    return (name, note, *(replace(column, shown=False, stretches=False) for column in listed.values()))
