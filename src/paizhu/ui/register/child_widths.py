"""How wide the columns of rows under a record are: what each kind of field wants, and what its words need."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from paizhu.base.field import FieldKind
from paizhu.ui import theme
from paizhu.ui.register.child_model import ChildModel
from paizhu.ui.register.column_wish import Wish, shared

_PLAIN_WIDTH = 116
_LEAST_WORDS, _LEAST_TITLE = 96, 50
"""What a column of free words may shrink to with its title whole, and any column before the table scrolls sideways."""
_MEASURED, _LONGEST, _MARGINS = 60, 40, 26
"""How many rows are looked through for their widest words, how far these are read, what stands beside in a cell."""
_WIDTHS = {
    FieldKind.TEXT: 220,
    FieldKind.LINE: 150,
    FieldKind.MOMENT: 150,
    FieldKind.YES_NO: 80,
    FieldKind.INTEGER: 80,
}


def share_out(view: QTableView, model: ChildModel) -> bool:
    """Show the columns that say something and share the width of a table among them; tell whether they scroll then."""
    for at, field in enumerate(model.shown):
        # As in the form, what is empty has no place while it is only read.
        says = model.editable or field.name in model.register.columns or model.says_anything(field)
        view.setColumnHidden(at, not says)
    seen = [at for at in range(len(model.shown)) if not view.isColumnHidden(at)]
    room = view.viewport().width()
    widths = shared([wish_of(model, at) for at in seen], room)
    for at, width in zip(seen, widths, strict=True):
        view.setColumnWidth(at, width)
    return sum(widths) > room


def wish_of(model: ChildModel, at: int) -> Wish:
    """Return how wide a column wants to be, what free words may shrink to, and what its words need to be read."""
    look, field = theme.current(), model.shown[at]
    title = look.px(len(model.head_of(field)) * 14 + 30)
    wanted = max(look.px(_WIDTHS.get(field.kind, _PLAIN_WIDTH)), title)
    # What is sealed is words as well, once it is typed; while it is read it is as short as its cover.
    free = field.kind in (FieldKind.TEXT, FieldKind.LINE, *((FieldKind.SEALED,) if model.editable else ()))
    metrics = QFontMetrics(look.font())
    cells = (str(model.index(row, at).data() or "") for row in range(min(model.rowCount(), _MEASURED)))
    longest = max((metrics.horizontalAdvance(words[:_LONGEST]) for words in cells), default=0)
    needed, least = longest + look.px(_MARGINS), look.px(_LEAST_TITLE)
    if free:
        return Wish(wanted, max(look.px(_LEAST_WORDS), title), max(wanted, needed), least)
    whole = max(title, needed)
    # A name may be long, as that of a company is: it gets what is left over, and makes no table scroll.
    whole = whole if field.targets else min(wanted, whole)
    return Wish(wanted, wanted, whole, max(least, min(needed, wanted)))
