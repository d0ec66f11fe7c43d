"""What a row of a ledger does not say itself: the record behind a name, what follows, who the subject was that day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from paizhu.base.register import Register
from paizhu.base.rows import Value, Values
from paizhu.services import deriving, preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.subject_then import SubjectThen


class Completing:
    """Completes the rows of one sheet; ``fed`` are the fields it has columns for.

    A cell that is empty in such a column says that there is nothing, or the same sheet would differ when it comes
    again: of the subject only what the sheet has no column for is taken from the roster. ``below`` tells that the
    rows stand under a record and have no subject.
    """

    def __init__(self, desk: Desk, register: Register, roster: Roster, fed: Collection[str], *, below: bool) -> None:
        self.register = register
        self.roster = roster
        self._fed = fed
        self._aids = deriving.aids(desk)
        self._cutoff_day = desk.setting("cutoff_day")
        self._then = None if below else SubjectThen(desk.vault, desk.today)

    @property
    def today(self) -> date:
        """The day up to which something can have happened."""
        return self._aids.today

    def one(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values of a row with all that is known beside them."""
        made = preparing.complete(self.register, given, self.roster, self._aids, self._cutoff_day)
        return made | self._of_subject(made)

    def all(
        self, given: Mapping[str, Sequence[Value]], count: int
    ) -> tuple[dict[str, Sequence[Value]], list[dict[str, Value]]]:
        """Return so many rows as :meth:`one` makes them: by column, and each by itself without what is empty."""
        columns, rows = preparing.complete_all(self.register, given, count, self.roster, self._aids, self._cutoff_day)
        told: dict[str, None] = {}
        for row in rows:
            found = self._of_subject(row)
            row.update(found)
            told.update(dict.fromkeys(found))
        return {**columns, **{name: [row.get(name) for row in rows] for name in told}}, rows

    def _of_subject(self, made: Values) -> dict[str, Value]:
        return self._then.arriving(self.register, made, self._fed) if self._then else {}
