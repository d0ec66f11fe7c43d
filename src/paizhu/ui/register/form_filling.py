"""Which record a form is to show and how far it shows it: its parts are made when they are first seen or asked for.

Most records are only looked at in their overview or in the list, and a form has some two hundred widgets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register
from paizhu.base.rows import Row, Values
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.form_body import FormBody
from paizhu.ui.register.form_plan import FormPlan
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.form_standing import Standing
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.turns import InPieces, Pieces


class FormFilling:
    """Fills the parts of a form from the top, each locked or open as the record asks for."""

    def __init__(
        self,
        form: QWidget,
        register: Register,
        plan: FormPlan,
        body: FormBody,
        join: Callable[[QWidget], None],
        arrange: Callable[[Sequence[FormSection]], None],
    ) -> None:
        """``join`` gives a part that was just made its place in the form, ``arrange`` places the fields of sections."""
        self._register, self._plan, self._body = register, plan, body
        self._join, self._arrange = join, arrange
        self.row: Row | None = None
        self.locked = False
        self._rows: Mapping[str, Sequence[Row]] = {}
        self.given: Values = {}
        """What is known of a new record before anything is typed."""
        self._only_fills = self._is_new = False
        self._files: Sequence[Mapping[str, Any]] = ()
        self._can_add = False
        self._coming = InPieces(form)
        self._shown: set[str] = set()
        """Names of the parts that show the record by now."""
        self._put_off = True

    # --- which record ----------------------------------------------------------------------------------------

    def give_up(self) -> None:
        """Show no more of the record: another one is about to stand here."""
        self._coming.give_up()

    def take(self, row: Row, rows: Mapping[str, Sequence[Row]]) -> None:
        """Take another record with the rows under it; it is shown when it is asked for."""
        self._hold(row, rows, locked=row.voided)

    def take_new(self, values: Values) -> None:
        """Take an empty record in which these values are known already; it has no files."""
        self._hold(None, {}, locked=False)
        self._is_new, self.given, self._files, self._can_add = True, values, (), False

    def _hold(self, row: Row | None, rows: Mapping[str, Sequence[Row]], *, locked: bool) -> None:
        self.row, self._rows = row, rows
        self.locked, self._only_fills, self._is_new, self.given = locked, False, False, {}
        self._put_off = True

    def take_files(self, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Take the files of the record; with ``can_add`` its fields take more."""
        self._files, self._can_add = files, can_add
        if body := self.filled:
            for row in body.fields.values():
                row.show_files(files, can_add=can_add)
            self._arrange([section for section in body.sections if section.takes_files])

    def lock(self, locked: bool, *, only_fills: bool) -> None:
        """Let the record only be read; with ``only_fills`` what stands empty can still be typed."""
        self.locked, self._only_fills = locked, only_fills
        if body := self.filled:
            body.lock(locked, only_fills=only_fills)
            self._arrange(body.sections)

    # --- how far it is shown ---------------------------------------------------------------------------------

    @property
    def filled(self) -> FormBody | None:
        """What the form is made of, as far as it shows the record already; None before any of it is shown."""
        return None if self._put_off else self._body

    @property
    def coming(self) -> bool:
        """Tell whether parts of the record are still to be shown."""
        return bool(self._coming)

    @property
    def shown(self) -> Collection[str]:
        """Names of the parts that show the record by now."""
        return self._shown

    def begin(self) -> None:
        """Show the first part, and the others in turns to come, unless that was begun before."""
        if self._put_off:
            self._put_off = False
            self._coming.begin(self._pieces())

    def whole(self) -> FormBody:
        """Return what the form is made of, showing all of the record."""
        self.begin()
        self._coming.finish()
        return self._body

    def show_for(self, names: Collection[str]) -> None:
        """Show the parts in which these fields and kinds of rows stand, with everything above them."""
        self.begin()
        wanted = self._body.parts_of(names)
        self._coming.go_to(lambda: self._shown >= wanted)

    def _pieces(self) -> Pieces:
        """Show the record part by part from the top, each made when there is none yet."""
        self._shown.clear()
        standing = Standing(self._register, self.row, self._rows)
        # What was typed over another record goes at once: it is none of this one.
        for part in (cleared := [each for each in self._body.parts.values() if self._body.is_typed_into(each)]):
            standing.show_in(part)
        for name in self._body.names:
            part = self._body.parts.get(name) or self._made(name)
            if part not in cleared:
                standing.show_in(part)
            self._settle(name, part)
            self._shown.add(name)
            yield

    def _made(self, name: str) -> QWidget:
        part = self._body.make(name)
        self._join(part)
        return part

    def _settle(self, name: str, part: QWidget) -> None:
        """Lock a part that shows the record, or open it, and give it its place."""
        if isinstance(part, FormSection | ChildTable | TickRows):
            part.lock(self.locked, only_fills=self._only_fills)
            if name in self._opens():
                part.open()
        if isinstance(part, FormSection):
            for field in part.rows:
                field.show_files(self._files, can_add=self._can_add)
                if self.row is None and field.field.name in self.given and field.can_edit:
                    field.show_raw(self.given[field.field.name])
            self._arrange([part])

    def _opens(self) -> Collection[str]:
        """Return which parts stand open for typing by themselves: all of a new record, of a draft what is planned."""
        if self.row is None:
            return self._body.names if self._is_new else ()
        return self._plan.opens if self._plan.opens_at_once(self._register, self.row) else ()
