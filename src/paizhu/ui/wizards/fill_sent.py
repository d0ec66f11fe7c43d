"""What was sent, held against today: what changed since, and the note that corrects it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from paizhu.rules import periods
from paizhu.services.forms.corrections import Draft
from paizhu.services.forms.memory import Sent
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.wizards.fill_correction import CorrectionPane

_NAMED = 4


class Work(Protocol):
    """Runs work away from the window and gives its result to what follows."""

    def __call__(self, work: Callable[[], Any], done: Callable[[Any], object], label: str) -> None:
        """Begin; ``label`` says what runs, ``done`` is called on the window's thread."""


class SentForms(QObject):
    """Tells what changed in the strip; `draft_shown` when the note is on its pane, `written` when it was made."""

    draft_shown = Signal()
    written = Signal(str)

    def __init__(self, context: Context, strip: Strip, note: CorrectionPane, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._filling = context.office.filling
        self._strip = strip
        self._note = note
        self._work = work
        self._draft: Draft | None = None
        strip.acted.connect(self._act)
        note.wanted.connect(self.write)
        note.looked.connect(self.look)

    def compare(self, sent: Sent) -> None:
        """Hold what was sent against the records as they are now."""
        filling = self._filling
        self._work(lambda: filling.corrections.draft(sent), self._told, "正在核对")

    def write(self, path: Path) -> None:
        """Write the note with the officer's words and keep that it was made."""
        draft, note = self._note.draft, self._note
        if draft is None:
            return
        title, to, body = note.title.text(), note.to.text(), note.text.toPlainText()
        corrections = self._filling.corrections

        def done(_made: object) -> None:
            self._context.events.written.emit(f"更正说明已存为《{path.name}》，更正的数已留存。", path)
            self.written.emit(path.name)

        self._work(lambda: corrections.save(draft, path, title=title, to=to, body=body), done, "正在写更正说明")

    def look(self) -> None:
        """Show the note as it will be printed."""
        draft, note = self._note.draft, self._note
        if draft is not None:
            title, to, body = note.title.text(), note.to.text(), note.text.toPlainText()
            corrections = self._filling.corrections
            self._work(
                lambda: corrections.preview(draft, title=title, to=to, body=body),
                self._context.events.draft_asked.emit,
                "正在生成更正说明",
            )

    def _told(self, draft: Draft) -> None:
        title = f"《{draft.sent.name}》{periods.label(draft.sent.period)}"
        self._draft = draft
        count = len(draft.changes)
        if count:
            words = "；".join(each.words for each in draft.changes[:_NAMED])
            more = f"；另有 {count - _NAMED} 个" if count > _NAMED else ""
            offers = [Offer("correct", "起草更正说明")]
            self._strip.show_words(f"{title}报出后有 {count} 个数变了", words + more, Level.AMBER, offers)
        else:
            notes = len(self._filling.memory.corrections(draft.sent))
            self._strip.show_words(f"{title}报出后没有变化", f"已作更正说明 {notes} 次" if notes else "", Level.PLAIN)
        self._strip.show()

    def _act(self, key: str) -> None:
        if key == "correct" and self._draft is not None:
            self._note.show_draft(self._draft)
            self._strip.hide()
            self.draft_shown.emit()
