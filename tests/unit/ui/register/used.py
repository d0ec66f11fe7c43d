"""What tests do on a register page: pick a record, type into its form, read what is said beneath a field."""

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from paizhu.ui.kit.label import Label
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.register.reveal_box import RevealBox


def stand_on(page: RegisterPage, record_id: int) -> None:
    """Pick a record in the list, which opens beside it."""
    assert page.side.list.go_to(record_id)
    page.side.acts.show_record(record_id)


def field(page: RegisterPage, name: str) -> FieldRow:
    """Return a field of the open form."""
    return page.side.detail.form.fields[name]


def line_of(page: RegisterPage, name: str) -> Any:
    """Return what a field is typed into."""
    editor = field(page, name).editor
    assert editor is not None
    return editor.target


def type_into(page: RegisterPage, name: str, words: str) -> None:
    """Open the field's section and type as the officer does, then leave the field."""
    if not field(page, name).editing:
        page.side.detail.form.open_section(None, name)
    editor = field(page, name).editor
    assert editor is not None
    target = editor.target
    if isinstance(target, QPlainTextEdit):
        target.setPlainText(words)
    elif isinstance(target, QLineEdit):
        target.setText(words)
        target.textEdited.emit(words)
    editor.left.emit()


def note(page: RegisterPage, name: str) -> str:
    """Return what stands beneath a field; empty while nothing does."""
    found = field(page, name).note
    return found.words() if found and not found.isHidden() else ""


def revealed(box: RevealBox) -> list[str]:
    """Return what was revealed and stands there still, beside the line that says for how long."""
    said = (label.text() for label in box.findChildren(Label))
    return [words for words in said if words and not words.startswith("已记入留痕")]
