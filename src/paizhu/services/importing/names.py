"""Names in a row of a ledger that stand for no record, or for more than one: what is said of them, what is asked."""

from collections.abc import Mapping, Sequence
from itertools import repeat

from paizhu import registers
from paizhu.base import numbers
from paizhu.base.field import Sens
from paizhu.base.rows import Ref, Value, refs_in
from paizhu.base.text import folded
from paizhu.documents.tables.column_evidence import UNIT_NAME
from paizhu.services.importing.block import Block
from paizhu.services.importing.read import CellProblem, Column, RowRead
from paizhu.services.linking import Roster

_REMEMBERED, _TOLD = 5_000, 3
Targets = tuple[str, ...]
_UNIT = "unit"
_Notice = tuple[list[tuple[str, str]], list[CellProblem]]


class NameNotes:
    """Looks at the names of the rows of one table; a name met before costs a look-up."""

    def __init__(self, roster: Roster, columns: Sequence[Column]) -> None:
        self._roster = roster
        self._edition = -1
        self._noted: dict[tuple[str, str], tuple[Value, _Notice]] = {}
        self._referring = [
            (column.field.name, column, column.field.targets)
            for column in columns
            if column.field and column.field.targets and column.field.sens is not Sens.P4
        ]

    def note(self, row: RowRead, given: Mapping[str, Value], made: Mapping[str, Value]) -> None:
        """Put down in a row which of its names are to be asked about, and what is to be said of them."""
        for name, column, targets in self._referring:
            if (after := made.get(name)) is not None:
                names, problems = self._noticed(name, column, targets, given.get(name), after)
                row.names += names
                row.problems += problems

    def note_all(self, block: Block, given: Mapping[str, Sequence[Value]]) -> None:
        """Put the same down in many rows; where the same name stands, the same is said."""
        for name, column, targets in self._referring:
            if name not in block.columns:
                continue
            after = block.columns[name]
            for at, (one, other) in enumerate(zip(given.get(name, repeat(None)), after, strict=False)):
                if other is None:
                    continue
                names, problems = self._noticed(name, column, targets, one, other)
                if names:
                    block.names[at] = [*block.names[at], *names]
                if problems:
                    block.problems[at] = [*block.problems[at], *problems]

    def _noticed(self, name: str, column: Column, targets: Targets, before: Value, after: Value) -> _Notice:
        if self._edition != self._roster.edition:
            self._edition = self._roster.edition
            self._noted.clear()
        # The same name becomes the same reference as long as the roster stands as it does.
        words = before.label if type(before) is Ref else ""
        noted = self._noted.get((name, words)) if words else None
        if noted is None or noted[0] is not after:
            noted = (after, self._notice(name, column, targets, before, after))
            if words and len(self._noted) < _REMEMBERED:
                self._noted[(name, words)] = noted
        return noted[1]

    def _notice(self, name: str, column: Column, targets: Targets, before: Value, after: Value) -> _Notice:
        """Return the names of one cell that are to be asked about, and what is to be said of it."""
        names: list[tuple[str, str]] = []
        for one, other in zip(refs_in(before), refs_in(after), strict=False):
            target = _kind_of(one.label, targets)
            asked = target in registers.ROSTERS and (
                not other.linked or self._roster.stands_for(target, one.label, other)
            )
            if asked and _is_one(one.label):
                names.append((target, one.label))
        if isinstance(after, Ref) and isinstance(before, Ref) and after.linked and self._apart(before, after):
            words = (
                f"名册里有几个“{after.label}”，按这一行的单位关联到{self._roster.described('person', after.id or 0)}"
            )
            return names, [CellProblem(column.letter, name, after.label, "namesake", f"{words}，请核对", "warning")]
        target = _kind_of(after.label, targets) if isinstance(after, Ref) else targets[0]
        if not isinstance(after, Ref) or after.linked or self._roster.answered(target, after.label):
            return names, []
        if target == "person" and (many := len(numbers.split_list(after.label))) > 1:
            words = f"这里只关联一个人，这一格有 {many} 个名字，先按原文保存"
            return names, [CellProblem(column.letter, name, after.label, "several_names", words, "warning")]
        same = self._roster.matches(target, after.label)
        if len(same) > 1:
            words = f"名册里有 {len(same)} 个“{after.label}”，先按原文保存，之后再关联"
            return names, [CellProblem(column.letter, name, after.label, "ambiguous_name", words, "warning")]
        if like := self._roster.alike(target, after.label):
            told = "、".join(f"“{each}”" for _id, each in like[:_TOLD])
            words = f"名册里没有，是不是{told}？先按原文保存"
            only = like[0][1] if len(like) == 1 else ""
            return names, [CellProblem(column.letter, name, after.label, "unknown_name", words, "warning", only)]
        if target == "person" and self._roster.any("person"):
            near = self._roster.near(target, after.label)
            words = "名册里没有" + (f"，相近：{near}" if near else "，先按原文保存，之后可以关联")
            return names, [CellProblem(column.letter, name, after.label, "unknown_name", words, "warning", near or "")]
        return names, []

    def _apart(self, before: Ref, after: Ref) -> bool:
        """Tell whether somebody was told from others of the same name by what else the row says."""
        if before.linked or after.register != "person" or self._roster.stands_for("person", before.label, after):
            return False
        return len(self._roster.matches("person", before.label)) > 1


def _kind_of(words: str, targets: Targets) -> str:
    """Return the register a name belongs to where a field takes several: 局党组 is a unit, not a person."""
    return _UNIT if _UNIT in targets and UNIT_NAME.search(folded(words)) else targets[0]


def _is_one(words: str) -> bool:
    return len(numbers.split_list(words)) == 1
