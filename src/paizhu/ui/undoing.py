"""Taking an act back from any page: at once when it is small, behind a backup and off the window when it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from paizhu.base.errors import NotFoundError, PaizhuError
from paizhu.base.progress import Progress
from paizhu.services import keeping
from paizhu.services.history import Undone
from paizhu.storage.deed import BY_ITSELF
from paizhu.ui.context import Context
from paizhu.ui.kit.undo_bar import NOTED_WORDS, REDO_WORDS, UNDO_HERE_WORDS, UNDO_WORDS
from paizhu.ui.write_many import write_many

WRITTEN_IN = "written_in"
"""Marks a widget in all of which one writes, not in its lines alone: a choice, a tick or a row is typing too."""


def is_written_in(focus: QWidget) -> bool:
    """Tell whether a key out of this widget is meant for what is being written."""
    return isinstance(focus, QLineEdit | QPlainTextEdit) or _is_in_form(focus)


def _is_in_form(focus: QWidget) -> bool:
    above: QWidget | None = focus
    while above is not None and not above.property(WRITTEN_IN):
        above = above.parentWidget()
    return above is not None


def was_typed_into(field: QWidget) -> bool:
    """Tell whether typing in a field can be taken back or done again there."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() or field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable() or field.document().isRedoAvailable()
    return False


def redo_typing(focus: QWidget | None) -> bool:
    """Do again what was taken back in the field being written; False if the key asks for an act.

    Only on Windows Qt gives Ctrl+Y to the field. Elsewhere it reaches the window, which must do no act for it.
    A field of a form that nothing was typed into lets the key pass, as it does with Ctrl+Z.
    """
    if not isinstance(focus, QLineEdit | QPlainTextEdit):
        return False
    if was_typed_into(focus):
        focus.redo()
        return True
    return not _is_in_form(focus)


def offered(context: Context, entry_id: int) -> str:
    """Return what a bar offers to do with an act that was just done: take it back, or do again what was undone."""
    if not entry_id:
        return NOTED_WORDS
    try:
        meant = context.office.history.meant(entry_id)
    except NotFoundError:
        # An act that came to nothing, such as a save that changes no value, leaves no entry to take back.
        return NOTED_WORDS
    if meant.undoes is not None:
        return REDO_WORDS
    return UNDO_HERE_WORDS if meant.kind in BY_ITSELF else UNDO_WORDS


def take_back(
    context: Context,
    entry_id: int,
    *,
    also: Sequence[tuple[str, int]] = (),
    then: Callable[[], object] = lambda: None,
    refused: Callable[[Exception], object] | None = None,
    offers_redo: bool = True,
) -> None:
    """Undo one act and say what came of it; records edited since stay, unless they are named in `also`.

    `then` is called when it is done, `refused` with what forbids it; without it the window tells it.
    """
    office = context.office

    refuse = refused or context.tasks.tell
    try:
        entry = office.history.meant(entry_id)
    except PaizhuError as error:
        refuse(error)
        return
    verb = "撤销" if entry.undoes is None else "重做"
    label = entry.label if entry.undoes is None else entry.label.removeprefix("撤销：")

    def done(undone: Undone) -> None:
        count = f"其中 {len(undone.kept)} 条" if undone.change.entry else f"涉及的 {len(undone.kept)} 条记录"
        edited = f"{count}后来又改过，保持现状" if undone.kept else ""
        left = "；".join(words for words in (edited, undone.named_words) if words)
        context.events.changed.emit(undone.change)
        for kind in keeping.kinds(undone.change.registers):
            context.events.settings_changed.emit(kind)
        words = "。".join(each for each in (f"{'已' if undone.change.entry else '没有'}{verb}：{label}", left) if each)
        context.events.said.emit(f"{words}。" if left else words, undone.change.entry if offers_redo else 0)
        then()

    def work(progress: Progress) -> Undone:
        return office.history.undo(entry_id, also, progress)

    write_many(context, work, done, refuse, count=entry.changes, words=f"{verb}：{label}")
