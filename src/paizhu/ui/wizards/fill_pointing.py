"""The cell in hand of a form: what it takes, the records behind it, and pointing it at something else."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from paizhu.services.forms.beside import along_row
from paizhu.services.forms.filling import Worked
from paizhu.services.forms.wishes import CellWish, ListWish, Wishes
from paizhu.services.register_keys import register_of
from paizhu.ui.context import Context
from paizhu.ui.wizards.fill_work import WorkPane

_SHOWN = 200


class Pointing(QObject):
    """Shows what was pointed at and worked out, cell by cell; `pointed` carries the wishes as they are to be then."""

    pointed = Signal(object)

    def __init__(self, pane: WorkPane, context: Context) -> None:
        super().__init__(pane)
        self._pane, self._context = pane, context
        self._wishes = Wishes()
        self._worked: Worked | None = None
        pane.view.pointed.connect(self.show_cell)
        pane.choice.chosen.connect(self._choose_cell)
        pane.list_choice.chosen.connect(self._choose_list)

    def take(self, wishes: Wishes, worked: Worked | None) -> None:
        """Take what the form is filled with; None while no form is open."""
        self._wishes, self._worked = wishes, worked

    def show_cell(self) -> None:
        """Show what the cell in hand takes and the records behind it."""
        pane = self._pane
        model, index = pane.view.form(), pane.view.currentIndex()
        if model is None or not index.isValid() or self._worked is None:
            return
        place, area = model.place(index), model.area_at(index)
        key = (model.sheet.name, place)
        pane.where.setText(str(model.data(index, Qt.ItemDataRole.AccessibleTextRole)))
        wish = self._wishes.cells.get(key)
        in_list = area is not None and wish is None
        writable = model.sheet.grid.at(index.row() + 1, index.column())
        fixed = wish is None and not in_list and (bool(writable.formula) or not writable.empty)
        pane.choice.setVisible(not in_list and not fixed)
        pane.list_choice.setVisible(in_list)
        records = self._worked.cells[key].records if key in self._worked.cells else ()
        if in_list and area is not None:
            list_key = (model.sheet.name, area.first_row)
            letter = place.rstrip("0123456789")
            pane.list_choice.show_wish(self._wishes.lists.get(list_key, ListWish()), letter)
            records = records or self._worked.listed.get(list_key, ())
        elif not fixed:
            pane.choice.show_wish(wish or CellWish())
        self._show_records(records)

    def _show_records(self, records: tuple[tuple[str, int], ...]) -> None:
        lines = []
        for key, number in records[:_SHOWN]:
            register = register_of(key)
            row = self._context.office.records.get(register, number)
            lines.append((key, number, f"{register.label} {row.no} {register.title_of(row)}"))
        self._pane.behind.setText(f"依据 {len(records)} 条" + ("，回车打开" if records else ""))
        self._pane.records.show_records(lines)

    def _choose_cell(self, wish: CellWish) -> None:
        model, index = self._pane.view.form(), self._pane.view.currentIndex()
        if model is not None and index.isValid():
            words = self._context.office.filling.words
            self.pointed.emit(along_row(model.sheet, model.place(index), wish, self._wishes, words))

    def _choose_list(self, wish: ListWish) -> None:
        model = self._pane.view.form()
        area = model.area_at(self._pane.view.currentIndex()) if model else None
        if model is not None and area is not None:
            self.pointed.emit(self._wishes.with_list((model.sheet.name, area.first_row), wish))
