"""What the form of a register is made of: its sections with their fields, and the tables of rows under the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from paizhu.base.register import Register, Section
from paizhu.base.rows import Row
from paizhu.ui import theme
from paizhu.ui.register.brought import Brought
from paizhu.ui.register.child_table import ChildTable
from paizhu.ui.register.editor import FormEditors
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.form_plan import FormPart, FormPlan
from paizhu.ui.register.form_problems import Marks
from paizhu.ui.register.form_section import FormSection
from paizhu.ui.register.tick_rows import TickRows

_LABEL_LETTERS = 7
_BROUGHT = "brought along"


class FormBody:
    """Some two hundred widgets, made part by part in reading order when a form is first looked at."""

    def __init__(
        self,
        register: Register,
        make: FormEditors,
        plan: FormPlan,
        own_rows: Mapping[str, TickRows],
        own_parts: Mapping[str, FormPart],
    ) -> None:
        self._register, self._make, self._plan = register, make, plan
        # The state stands elsewhere on the page: in the head of the pane.
        hidden = {"state"} if register.flow is not None else set()
        self._names = {
            each.label: tuple(name for name in each.names if name not in hidden) for each in register.sections
        }
        self._labels = {
            title: tuple(register.field(name).label for name in names) for title, names in self._names.items()
        }
        self._all_labels = tuple(label for labels in self._labels.values() for label in labels)
        makers: dict[str, Callable[[], QWidget]] = {
            each.label: partial(self._make_section, each) for each in register.sections
        }
        makers |= {each.key: partial(self._make_table, each, own_rows) for each in register.rows}
        makers |= {name: partial(own_parts.__getitem__, name) for name in own_parts}
        self._makers = {name: makers[name] for name in plan.in_order(makers)} | {_BROUGHT: Brought}
        self.names = tuple(self._makers)
        """Of every part in reading order: title of a section, key of rows, name of an own part."""
        self.parts: dict[str, QWidget] = {}
        """Those made so far."""
        self.sections: list[FormSection] = []
        """Those made so far, in declared order; so are the fields."""
        self.fields: dict[str, FieldRow] = {}
        self.tables: dict[str, ChildTable | TickRows] = {}
        self.marks = Marks(self.fields, self.tables)

    @staticmethod
    def is_typed_into(part: QWidget) -> bool:
        """Tell whether a part is open for typing."""
        if isinstance(part, FormSection):
            return part.editing
        return isinstance(part, ChildTable | TickRows) and part.model.editable

    def make(self, name: str) -> QWidget:
        """Make a part and return it."""
        self.parts[name] = self._makers[name]()
        return self.parts[name]

    def parts_of(self, names: Collection[str]) -> set[str]:
        """Return the names of the parts in which these fields and kinds of rows stand."""
        homes = {title for title, fields in self._names.items() if any(name in names for name in fields)}
        return homes | {name for name in names if name in self._makers}

    def has_field(self, name: str) -> bool:
        """Tell whether a field has its place in the form, made or not."""
        return any(name in fields for fields in self._names.values())

    def has_rows(self, key: str) -> bool:
        """Tell whether a kind of rows has its place in the form, made or not."""
        return any(child.key == key for child in self._register.rows)

    def _make_section(self, section: Section) -> FormSection:
        rows = [FieldRow(self._register.field(name), self._make.field) for name in self._names[section.label]]
        made = FormSection(section.label, rows)
        titles = list(self._names)
        self.sections.append(made)
        self.sections.sort(key=lambda each: titles.index(each.title))
        fields = {row.field.name: row for each in self.sections for row in each.rows}
        self.fields.clear()
        self.fields.update(fields)
        return made

    def _make_table(self, child: Register, own_rows: Mapping[str, TickRows]) -> ChildTable | TickRows:
        made = own_rows.get(child.key) or ChildTable(child, self._make.row, self._plan.notes.get(child.key, ""))
        self.tables[child.key] = made
        return made

    def arrange(self, width: int, sections: Iterable[FormSection]) -> None:
        """Place the fields of sections for this width.

        A narrow form laid out by hand has no room to keep the labels of all its sections in one line.
        """
        points = theme.current().points
        for section in sections:
            labels = self._labels[section.title] if self._plan.order else self._all_labels
            section.arrange(width, _width_of(labels, points))

    def take_files(self, row: Row) -> None:
        """Show how many files lie in their places now, and leave alone what is typed beside them."""
        wanted = self._register.wanted_now(row.values)
        for name, field in self.fields.items():
            if field.slot:
                field.show_value(row.values.get(name), lacking=name in wanted)

    def lock(self, locked: bool, *, only_fills: bool) -> None:
        """Let everything only be read; with ``only_fills`` what stands empty can still be typed."""
        for part in (*self.sections, *self.tables.values()):
            part.lock(locked, only_fills=only_fills)

    @property
    def is_open(self) -> bool:
        """Tell whether anything is open for typing."""
        return any(map(self.is_typed_into, self.parts.values()))

    def is_changed(self) -> bool:
        """Tell whether anything was typed that is not saved."""
        return any(field.is_changed() for field in self.fields.values()) or any(
            table.model.is_changed() for table in self.tables.values()
        )

    def typed(self) -> dict[str, Any]:
        """Return the words of every field in which something else stands than the record holds."""
        return {name: field.raw() for name, field in self.fields.items() if field.is_changed()}

    def typed_rows(self) -> dict[str, list[dict[str, Any]]]:
        """Return the rows of every kind that was changed, with what stands in a cell that is typed into."""
        for table in self.tables.values():
            table.commit()
        return {key: table.model.typed() for key, table in self.tables.items() if table.model.is_changed()}

    def tell_rows(self, name: str) -> None:
        """Tell rows that follow a field, such as the kind of a talk, what stands in it now."""
        for table in self.tables.values():
            if isinstance(table, TickRows):
                table.take_field(name, str(self.fields[name].raw() or ""))

    def section_of(self, name: str) -> FormSection | None:
        """Return the section in which a field stands; None for a name that is no field of the form."""
        return next((section for section in self.sections if any(row.field.name == name for row in section.rows)), None)

    def section_with(self, focus: QWidget | None, shown: Collection[str]) -> FormSection | None:
        """Return the section to open while the cursor is in this widget: the one around it, or the first still shut.

        None when that one is not among the parts ``shown`` so far.
        """
        open_to = {section.title: section for section in self.sections if section.can_edit}
        if inside := next((each for each in open_to.values() if focus and each.isAncestorOf(focus)), None):
            return inside
        shut = (title for title in self._names if title not in shown or self._is_shut(open_to.get(title)))
        title = next(shut, None)
        return self.sections[0] if title is None else open_to.get(title) if title in shown else None

    @staticmethod
    def _is_shut(section: FormSection | None) -> bool:
        return section is not None and not section.editing


@lru_cache(maxsize=512)
def _width_of(labels: tuple[str, ...], _points: float) -> int:
    """Return the width of a label column: the longest label, but no more than seven characters."""
    metrics = QFontMetrics(theme.current().font())
    longest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
    return min(longest, metrics.horizontalAdvance("国") * _LABEL_LETTERS) + 2
