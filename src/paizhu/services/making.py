"""Records made from other records: completed, checked and numbered like those typed into a form."""

from collections.abc import Collection

from paizhu.base.asked import empty
from paizhu.base.errors import InvalidRecordError
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Value, Values
from paizhu.services import deriving, preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.records import Records
from paizhu.storage.journal import Act


class Making:
    """Prepares such records before the act and creates them within it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk)

    def prepared(self, register: Register, given: Values, gone: Collection[int] = ()) -> dict[str, Value]:
        """Return the values ready to be stored; refused like what is typed. ``gone`` as in :func:`deriving.aids`."""
        cutoff, aids = self._desk.setting("cutoff_day"), deriving.aids(self._desk, gone=gone)
        made = preparing.complete(register, filled(given), Roster(self._desk.vault), aids, cutoff)
        problems = preparing.objections(register, made)
        if problems:
            raise InvalidRecordError(problems)
        return made

    def create(self, act: Act, register: Register, made: dict[str, Value]) -> Ref:
        """Number and store a record; returns the reference others point to it with."""
        self._records.numbers.give(act, register, made)
        record_id = act.create(register, made)
        return Ref(str(made.get("no") or ""), register.key, record_id)


def filled(given: Values) -> dict[str, Value]:
    """Return the values that say something."""
    return {name: value for name, value in given.items() if not empty(value)}
