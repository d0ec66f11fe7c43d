"""One field of many records set at once: which of the chosen ones it reaches, and the act that sets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from paizhu.base import happened
from paizhu.base.errors import InvalidRecordError, NotAllowedError, SettledError
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.progress import Progress, silent, told
from paizhu.base.register import Register
from paizhu.base.rows import Change, Problem, Values
from paizhu.services import preparing
from paizhu.services.correcting import Correcting
from paizhu.services.deadlines import extended
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.tables import table

_ONE_BY_ONE = (FieldKind.FILES, FieldKind.SEALED)


def may_be_set(field: Field) -> bool:
    """Tell whether a field of many records may be set at once.

    Files belong to one record. Class P4 is opened record by record with the password and a reason: whoever may not see
    what stands there must not write over it either.
    """
    return field.kind not in _ONE_BY_ONE and field.sens is not Sens.P4


@dataclass(frozen=True, slots=True)
class Reach:
    """Which of the chosen records a change reaches, and how many are settled and stay as they are."""

    ids: tuple[int, ...]
    settled: int

    @property
    def words(self) -> str:
        """The scope of the change in words, said before it is made."""
        left = f"（另有 {self.settled} 条已归档，不改）" if self.settled else ""
        return f"将改动选中的 {len(self.ids)} 条{left}"

    @property
    def done(self) -> str:
        """How many were changed, said afterwards beside 撤销."""
        left = f"，另有 {self.settled} 条已归档，没有改" if self.settled else ""
        return f"{len(self.ids)} 条{left}"


class MassChange:
    """Sets one field of many records; a settled one needs a reason of its own and is never among them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def reach(self, register: Register, record_ids: Sequence[int]) -> Reach:
        """Return which of these records may be changed without a reason; one that lacks something may be filled in."""
        return self.narrowed(register, Reach(tuple(record_ids), 0), ())

    def narrowed(self, register: Register, reach: Reach, names: Sequence[str]) -> Reach:
        """Return the same once the fields are known: settled records in which they stand filled are left out."""
        settled = Correcting(self._desk).settled_among(register, reach.ids, names)
        found = tuple(each for each in reach.ids if each not in settled)
        return Reach(found, reach.settled + len(reach.ids) - len(found))

    def change(self, register: Register, reach: Reach, typed: Mapping[str, Any], progress: Progress = silent) -> Change:
        """Set the fields on every record the change reaches, in one act; refused for those of class P4."""
        if covered := [register.field(name) for name in typed if not may_be_set(register.field(name))]:
            raise NotAllowedError(f"“{covered[0].label}”不能成批修改", "没有改动", "打开记录，逐条修改")
        read = preparing.read_typed(register, typed, self._desk.reading)
        # The approval of an extension belongs to one record: no day of one is set for many.
        problems = [*read.problems, *extended.untold(register, read.values, {}, dict)]
        if problems:
            raise InvalidRecordError(problems)
        reach = self.narrowed(register, reach, tuple(read.values))
        if not reach.ids:
            raise SettledError(f"选中的 {reach.settled} 条都已归档，只读", "没有改动", "逐条写明更正的原因后再改")
        made = Roster(self._desk.vault).linked(register, read.values)
        self._refuse_impossible_days(register, reach, made, progress)
        with self._desk.vault.act("save", f"修改 {register.label} {len(reach.ids)} 条", size=len(reach.ids)) as act:
            for record_id in told(reach.ids, "正在修改", progress):
                act.change(register, record_id, None, made)
        return act.result()

    def _refuse_impossible_days(self, register: Register, reach: Reach, made: Values, progress: Progress) -> None:
        if not any(field.name in made for field in register.days):
            return
        with self._desk.vault.read() as connection:
            ids = told(reach.ids, "正在核对日期", progress)
            rows = [queries.one(connection, table(register), each) for each in ids]
        for row in rows:
            found = happened.refusing(
                register, {**row.values, **made}, row.values, self._desk.today, made.keys(), made.keys()
            )
            if found:
                words = f"{row.no or register.title_of(row)}：{found[0].message}"
                raise InvalidRecordError([Problem(found[0].field, words, found[0].code)])
