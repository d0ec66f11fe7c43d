"""One field in a form: its label, its value as plain text, and the editor that takes the text's place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.field import Field, FieldKind
from paizhu.base.rows import Ref, Value
from paizhu.services.attaching import WITHIN
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.eliding import WHOLE, beginning
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.long_text import LongText
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.edit_choice import ChoiceEditor
from paizhu.ui.register.edit_covered import CoveredEditor, is_secret
from paizhu.ui.register.edit_ref import OUTSIDE
from paizhu.ui.register.editor import Editor, EditorMaker
from paizhu.ui.register.field_parts import FieldParts, in_lines
from paizhu.ui.register.file_slot import FileSlot
from paizhu.ui.register.ref_links import RefLinks, linked_refs

_WIDE = (FieldKind.TEXT, FieldKind.REFS, FieldKind.CHOICES, FieldKind.FILES)
_LONG_WORDS = 16


class FieldRow(QObject):
    """One field of the form; its widgets are made when it is first shown, the editor when it is first opened.

    Its parent is the section whose grid it stands in.
    """

    edited = Signal(str)
    left = Signal(str)
    clicked = Signal(str)
    ref_opened = Signal(str, int)
    """A record this field points to."""

    def __init__(self, field: Field, make: EditorMaker) -> None:
        super().__init__()
        self.field = field
        self._make = make
        self._value: Value = None
        self._first_raw: Any = ""
        self._lacking = False
        self._unfilled = ""
        self.only_fills = False
        """The record is settled and lacks something: what stands here already is not typed over."""
        self.editing = False
        self._seen = False
        self.editor: Editor | None = None
        self.onward: Callable[[], bool] | None = None
        """Goes to the field after this one; set by the form."""
        self.note: FieldNote | None = None
        self._caution = self._remark = ""
        self._doubt: FieldNote | None = None
        self._parts: FieldParts | None = None
        self._mark: MarkLabel | None = None
        self._links: RefLinks | None = None
        self.long: LongText | None = None
        """Stands in the place of `reading` where the words are many pages."""
        # A place for files takes drops and is heard by the form, so it is there from the start.
        self.slot = FileSlot(field.name, field.label) if field.kind is FieldKind.FILES else None

    @property
    def made(self) -> bool:
        """Tell whether label and cell exist; most fields of most records are empty and never need them."""
        return self._parts is not None

    @property
    def label(self) -> Label:
        """The field's name, at the left."""
        return self._need().label

    @property
    def cell(self) -> QWidget:
        """The place of value, editor and note."""
        return self._need().cell

    @property
    def reading(self) -> Label:
        """The value as plain text."""
        return self._need().reading

    @property
    def _column(self) -> QVBoxLayout:
        return self._need().column

    def _need(self) -> FieldParts:
        if self._parts is None:
            home = self.parent()
            self._parts = FieldParts(self.field, home if isinstance(home, QWidget) else None)
            self._parts.cell.clicked.connect(lambda: self.clicked.emit(self.field.name))
            if self.slot:
                self._parts.column.insertWidget(1, self.slot)
                self.slot.hide()
            self._show_reading()
        return self._parts

    @property
    def can_edit(self) -> bool:
        """Tell whether the field is typed here; computed ones and slots for files never are."""
        if self.only_fills and self._has_value():
            return False
        return not self.field.computed and self.field.kind is not FieldKind.FILES

    @property
    def is_covered(self) -> bool:
        """Tell whether the record's value may not be seen: class P4, until the password is given again."""
        return is_secret(self.field) and not self._seen and self._has_value()

    @property
    def takes_focus(self) -> bool:
        """Tell whether anything in its place is reached by Tab."""
        return self.editing or self.slot is not None or self.long is not None

    @property
    def has_covered(self) -> bool:
        """Tell whether anything is covered here, of the record or of what was typed."""
        return self.is_covered or (isinstance(self.editor, CoveredEditor) and self.editing and self.editor.is_covered)

    def uncover(self) -> None:
        """Show a value of class P4, in words and in the editor."""
        self._seen = True
        if isinstance(self.editor, CoveredEditor):
            self.editor.uncover()
        self._show_reading()

    def cover(self, *, typed: bool) -> None:
        """Cover a value of class P4 again; what was typed over it only where that is meant too."""
        self._seen = False
        if isinstance(self.editor, CoveredEditor) and (typed or not self.is_changed()):
            self.editor.cover()
        self._show_reading()

    @property
    def lacking(self) -> bool:
        """Tell whether the field is marked 待补: empty, and wanted by a step to come."""
        return self._lacking

    @property
    def shown(self) -> bool:
        """Tell whether the field has a place in the form now: filled, lacking, or open for typing."""
        return self._has_value() or self._lacking or self._has_place or (self.editing and self.can_edit)

    @property
    def _has_place(self) -> bool:
        return self.slot is not None and not self.slot.isHidden()

    def is_wide(self) -> bool:
        """Tell whether the field needs a line of its own."""
        if self.editing and self.can_edit:
            editor = self.editor.inner if isinstance(self.editor, CoveredEditor) else self.editor
            collapsed = isinstance(editor, ChoiceEditor) and editor.segments is not None
            return self.is_covered or self.field.kind in _WIDE or (collapsed and len(self.field.choices) > 2)
        return self.field.kind in _WIDE or len(self.words()) > _LONG_WORDS

    def words(self) -> str:
        """Return the value in words."""
        return values.MASK if self.is_covered else values.show(self.field, self._value)

    def show_value(self, value: Value, *, lacking: bool, unfilled: str = "") -> None:
        """Show the record's value, what was typed before goes; ``unfilled`` says in an empty editor what that means."""
        self._value, self._lacking, self._unfilled = value, lacking, unfilled
        self._caution, self._remark, self._seen = "", "", False
        self.clear_problem()
        if self.editing:
            self._fill_editor()
        elif self.editor:
            # Filled when it is opened: out of sight it holds nothing, and breaks no long text into lines.
            self._first_raw = ""
            self.editor.show_value(None)
        self._show_reading()

    def show_files(self, files: Sequence[Mapping[str, Any]], *, can_add: bool) -> None:
        """Show the files that lie in this place; an empty one that takes files says so."""
        if self.slot is None:
            return
        own = [file for file in files if str(file["slot"]).partition(WITHIN)[0] == self.field.name]
        self._need()
        self.slot.setVisible(can_add or bool(own))
        missing = f"{self.field.label}：待补" if self._lacking else ""
        self.slot.show_files(own, can_add=can_add, missing=missing, note="还没有，可以把文件拖到这里")
        self._show_reading()

    def choose_file(self) -> None:
        """Ask for files to put in this place."""
        if self.slot:
            self.slot.choose()

    def open(self) -> None:
        """Put the editor in place of the text."""
        if not self.can_edit or self.editing:
            return
        self.editing = True
        if self.editor is None:
            self.editor = CoveredEditor(self.field, self._make) if is_secret(self.field) else self._make(self.field)
            self.editor.onward = self.onward
            below = self._column.indexOf(self._doubt) if self._doubt else self._column.count() - 1
            self._column.insertWidget(below, self.editor)
            self.editor.edited.connect(self._typed)
            self.editor.left.connect(lambda: self.left.emit(self.field.name))
        self._fill_editor()
        self.editor.show()
        self._show_reading()

    def shut(self) -> None:
        """Put the text back; what was typed is the form's matter."""
        if not self.editing:
            return
        self.editing = False
        self.clear_problem()
        if self.editor:
            self.editor.hide()
        self._show_reading()

    def raw(self) -> Any:
        """Return what stands in the editor."""
        return self.editor.raw() if self.editor and self.editing else self._first_raw

    def is_changed(self) -> bool:
        """Tell whether something else stands in the editor than the record holds."""
        return self.editing and self.editor is not None and self.editor.raw() != self._first_raw

    def show_raw(self, raw: Any) -> None:
        """Show what was typed earlier, over the record's value."""
        self.open()
        if self.editor:
            self.editor.show_raw(raw)

    def show_read(self, value: Value) -> None:
        """Show typed words as they were understood, such as a day in full."""
        if self.editor is None or self.field.kind in (*_WIDE, FieldKind.CHOICE, FieldKind.YES_NO, FieldKind.REF):
            return
        words = values.show(self.field, value)
        if words and words != self.editor.raw():
            self.editor.show_read(words)

    def show_problem(self, words: str) -> None:
        """Say beneath the editor what must be mended."""
        self.open()
        if note := self._need_note():
            note.show_error(words)

    @property
    def has_problem(self) -> bool:
        """Tell whether the field is marked: what stands in it must be mended."""
        words = self.note.words() if self.note else ""
        return self.editing and words not in ("", self._caution, self._remark)

    def show_caution(self, words: str) -> None:
        """Remark beneath the editor on what is typed; a problem that stands there is more urgent."""
        if words == self._caution:
            return
        is_problem = self.has_problem
        self._caution = words
        if self.editing and not is_problem:
            self.clear_problem()

    def show_remark(self, words: str) -> None:
        """Say beneath the editor how typed words were understood; it goes once something else is typed."""
        self._remark = words
        self.clear_problem()

    def show_doubt(self, words: str) -> None:
        """Say beneath the value, read or typed, what of it must be looked at; it goes once something else is typed."""
        if words and self.is_covered:
            words = "查看后核对"
        if words and self._doubt is None:
            self._doubt = FieldNote(self.reading)
            self._column.insertWidget(self._column.count() - 1, self._doubt)
        if self._doubt:
            self._doubt.show_caution(f"待核对：{words}" if words else "")

    def clear_problem(self) -> None:
        """Take the problem away; a caution stays until what it was said of is typed anew."""
        if (words := self._caution or self._remark) and self.editing and (note := self._need_note()):
            note.show_caution(words)
        elif self.note:
            self.note.clear()

    def _typed(self) -> None:
        if self._doubt and self.is_changed():
            self._doubt.clear()
        self._remark = ""
        self.edited.emit(self.field.name)

    def _need_note(self) -> FieldNote | None:
        if self.note is None and self.editor:
            self.note = FieldNote(self.editor.target)
            self._column.insertWidget(self._column.count() - 1, self.note)
        return self.note

    def focus(self) -> None:
        """Put the cursor into the editor."""
        editor = self.editor
        if editor:
            editor.setFocus(Qt.FocusReason.TabFocusReason)
            if not editor.isAncestorOf(QApplication.focusWidget() or editor):
                # The buttons of a choice take the focus only once they were laid out.
                QTimer.singleShot(0, editor, lambda: editor.setFocus(Qt.FocusReason.TabFocusReason))

    def measure(self, label_width: int) -> None:
        """Give the label its width, and the first line the height of what stands beside it."""
        self.label.setFixedWidth(label_width)
        look = theme.current()
        metrics = QFontMetrics(look.font())
        self.label.setText(in_lines(self.field.label, label_width // metrics.horizontalAdvance("国")))
        line = metrics.height()
        beside_box = (self.editing and self.can_edit) or self._has_place
        self.label.setContentsMargins(0, (look.heights.button - line) // 2 if beside_box else 2, 0, 0)

    def set_visible(self, visible: bool) -> None:
        """Show or hide label and cell together."""
        if not visible and not self.made:
            return
        self.label.setVisible(visible)
        self.cell.setVisible(visible)

    def _fill_editor(self) -> None:
        if isinstance(self.editor, CoveredEditor):
            self.editor.seen = self._seen
        if self.editor:
            self.editor.show_value(self._value)
            self._first_raw = self.editor.raw()
            if self.field.kind is not FieldKind.SEALED:
                self.editor.show_placeholder(self._unfilled or ("待补" if self._lacking else ""))

    def _show_reading(self) -> None:
        if not self.made:
            return
        typing = self.editing and self.can_edit
        words = self.words()
        value = self._value
        if isinstance(value, Ref) and value.label and not value.linked and not self.is_covered:
            words = f"{words}（{OUTSIDE}）"
        in_place = self._has_place
        links = () if typing or self.is_covered else linked_refs(self.field, value)
        self._show_links(links)
        # A count of files that an old ledger brought along has words only.
        reads = not typing and self._has_value() and not in_place and not links
        is_long = len(words) > WHOLE
        self.reading.setText("" if is_long else words)
        self.reading.setVisible(reads and not is_long)
        self._show_long(words if is_long else "", reads=reads)
        if self._lacking and self._mark is None:
            self._mark = MarkLabel(Mark(Shape.SQUARE, "待补", Tone.AMBER), bold=False)
            self._column.insertWidget(1, self._mark)
        if self._mark:
            self._mark.setVisible(not typing and self._lacking and not in_place)
        if is_long:
            words = beginning(words)
        state = "已填写，已遮盖" if self.is_covered else words or ("待补" if self._lacking else "没有填写")
        self.reading.setAccessibleName(f"{self.field.label}：{state}")

    def _show_long(self, words: str, *, reads: bool) -> None:
        if words and reads and self.long is None:
            self.long = LongText(self.field.label)
            self._column.insertWidget(1, self.long)
        if self.long:
            self.long.show_words(words)
            self.long.setVisible(reads and bool(words))

    def _show_links(self, refs: Sequence[Ref]) -> None:
        if refs and self._links is None:
            self._links = RefLinks()
            self._links.opened.connect(self.ref_opened)
            self._column.insertWidget(1, self._links)
        if self._links:
            self._links.show_refs(refs)
            self._links.setVisible(bool(refs))

    def _has_value(self) -> bool:
        return self._value is not None and self._value not in ("", ())
