"""What a list shows its records by: the tree of a register, its lines, or those of the recycle list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.services.deadlines.task import Task
from paizhu.services.office import Office
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.outline import Outline
from paizhu.ui.register.outline_model import OutlineModel
from paizhu.ui.register.table_model import RegisterModel


def model_of(office: Office, register: Register, tree: Outline | None, *, recycled: bool) -> RegisterModel:
    """Return a model that shows nothing yet; what was voided stands in no tree, and no clock runs for it."""

    def deadlines(rows: Sequence[Row]) -> Mapping[int, Sequence[Task]]:
        return office.today.of_records(register, [row for row in rows if not row.voided])

    if tree and not recycled:
        return OutlineModel(office.records, register, tree)
    columns = columns_of(register, deadlines=bool(register.limits), recycled=recycled)
    return RegisterModel(office.records, register, columns, deadlines if register.limits else None)
