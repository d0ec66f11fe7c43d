"""会前审查, one item open: facts, checklist and papers at the left, hints and opinion at the right.

What is answered is stored at once; several strokes on one row within a moment are one act.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Change, Row
from paizhu.base.values import choice_words
from paizhu.registers.review import REVIEW
from paizhu.registers.review_follow import not_heard
from paizhu.services.reviews.hints import ReviewHint, ReviewHints
from paizhu.services.reviews.lists import phrases
from paizhu.services.reviews.reviewing import OPEN, Reviewing
from paizhu.services.reviews.versions import differences, earlier_opinions, versions
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import DeskTimer
from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.overviews.review_category import category_offers, no_list, offered
from paizhu.ui.overviews.review_changes import ReviewChanges
from paizhu.ui.overviews.review_columns import ReviewColumns, ground
from paizhu.ui.overviews.review_defects import ReviewDefects
from paizhu.ui.overviews.review_facts import ReviewFacts
from paizhu.ui.overviews.review_hints import HintsPane
from paizhu.ui.overviews.review_lists import list_block, list_notes, looked_at, received, rest_link
from paizhu.ui.overviews.review_opinion import OpinionBox
from paizhu.ui.overviews.review_opinion_words import OpinionWords
from paizhu.ui.overviews.review_table import PAPER_ANSWERS, POINT_ANSWERS, Line, LinesModel, LinesTable
from paizhu.ui.overviews.two_hats_strip import TwoHatsStrip
from paizhu.ui.rereading import Rereading
from paizhu.ui.turns import Pieces, next_turn

ANSWER_AFTER_MS = 700
_RECEIVED = {"yes": True, "no": False, "": None}
_QUIET_LEAVING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class ReviewOverview(Overview):
    """The first pane of a review item."""

    label = "审查表"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("审查表")
        ground(self, "surface")
        self._row: Row | None = None
        self._reviewing = Reviewing(context.office.desk)
        self._hints = ReviewHints(context.office.desk)
        self._prepared: set[int] = set()
        self._waiting: dict[tuple[str, int], Callable[[], Change]] = {}
        self.facts = ReviewFacts()
        self.changes = ReviewChanges()
        self.defects = ReviewDefects(context)
        self.hats = TwoHatsStrip(context)
        self.points = LinesModel(POINT_ANSWERS)
        self.papers = LinesModel(PAPER_ANSWERS)
        self.point_table = LinesTable("审查清单", self.points)
        self.paper_table = LinesTable("材料清单", self.papers)
        self._reading = Rereading(context.tasks, self._gather_hints, self._show_hints)
        self.hints = HintsPane(context.office)
        self.opinion = OpinionBox(lambda: phrases(context.office.vault))
        self.strip = Strip(closable=True)
        self.strip.hide()
        self._point_note, self._point_counts = list_notes()
        self._paper_note, self._paper_counts = list_notes()
        self.points_rest = rest_link("其余记为符合", self._answer_rest)
        self.papers_rest = rest_link("其余记为已收", self._receive_rest)
        self._lay_out()
        self._answer_timer = _timer(self, ANSWER_AFTER_MS, self._store_answers)
        self._words = OpinionWords(context, self.opinion, self._reviewing, self._do)
        self.facts.category_chosen.connect(self._choose_category)
        self.hats.field_asked.connect(self.field_asked)
        self.facts.edit_asked.connect(lambda: self.field_asked.emit("title"))
        self.points.edited.connect(self._answered)
        self.papers.edited.connect(self._received)
        self.hints.write_asked.connect(self.opinion.add_words)
        self.hints.record_asked.connect(self._open_record)
        self.hints.settled.connect(self._settle)
        self.hints.brought_back.connect(self._bring_hint_back)
        self.opinion.chosen.connect(self._choose_opinion)
        self.opinion.paper_asked.connect(context.events.paper_asked)
        for watched in (self.point_table, self.paper_table, self.opinion.text):
            watched.installEventFilter(self)

    @property
    def mends(self) -> frozenset[str]:
        """Papers, points and the opinion, until the opinion is signed."""
        return _MENDED if self._row and self._row.state in OPEN else frozenset()

    # --- showing ---------------------------------------------------------------------------------------------

    def showing(self, row: Row) -> Pieces:
        """Show an item; what was typed at another one is stored first, what is being typed at this one stays."""
        is_other = self._row is None or row.id != self._row.id
        if is_other:
            self.flush()
            self._words.leave()
            self.strip.hide()
        self._row = row
        editable = row.state in OPEN and not row.voided
        self.facts.show_item(self.context.office, row)
        self.defects.show_item(row)
        every = versions(self.context.office.vault, row.id)
        opinions = earlier_opinions(self.context.office.vault, row.id)
        found = differences(every, heard=not not_heard(row.values))
        self.changes.show_changes(found, every, opinions)
        self.hats.show_item(row)
        waiting = {row_id for _kind, row_id in self._waiting}
        if not waiting:
            self._show_lists(row, editable)
        self.opinion.show_item(row, editable=editable, keep_words=self._words.changed)
        self.opinion.earlier.show_opinion(opinions[0] if opinions else None, editable=editable)
        if is_other:
            self._words.stand_at(row.id, editable=editable)
        yield
        self._read_hints(row, is_other=is_other)
        if row.id not in self._prepared:
            self._prepared.add(row.id)
            # Not now: the page is still showing the record that this would change.
            next_turn(self, lambda: self._prepare(row.id))

    def offers(self) -> Sequence[Offer]:
        """Offer the category an item without one most likely has: until it is chosen there is no checklist."""
        return category_offers(self._row)

    def act(self, key: str) -> None:
        """Take the category that was offered, or go to where it is chosen."""
        if code := offered(key):
            self._choose_category(code)
        else:
            self.facts.category.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Store whatever still waits, now."""
        self._store_answers()
        self._words.store()

    def heightForWidth(self, width: int) -> int:
        """Ask for no height while the columns scroll by themselves."""
        return self.minimumSizeHint().height() if self.columns.beside else super().heightForWidth(width)

    def hideEvent(self, event: QHideEvent) -> None:
        """Store what waits when another tab or page is shown."""
        super().hideEvent(event)
        if not self.context.office.vault.closed:
            self.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Store before a shortcut does something with the record, and when the officer goes elsewhere."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.key() in _ACTING:
                self.flush()
        elif (
            isinstance(event, QFocusEvent)
            and event.type() is QEvent.Type.FocusOut
            and event.reason() not in _QUIET_LEAVING
        ):
            if watched is self.opinion.text:
                QTimer.singleShot(0, self, self._words.store)
            elif self._waiting:
                QTimer.singleShot(0, self, self._store_answers)
        return super().eventFilter(watched, event)

    # --- writing ---------------------------------------------------------------------------------------------

    def _prepare(self, review_id: int) -> None:
        if self._row is None or self._row.id != review_id or self.context.office.vault.closed:
            return
        self._do(lambda: self._reviewing.prepare(review_id))

    def _answered(self, at: int) -> None:
        row, line_ = self._row, self.points.lines[at]
        if row:
            self._wait("check", line_, lambda: self._reviewing.answer(row.id, line_.row_id, line_.answer, line_.note))
            self._tell_counts()

    def _received(self, at: int) -> None:
        row, line_ = self._row, self.papers.lines[at]
        if row:
            came = _RECEIVED[line_.answer]
            self._wait("material", line_, lambda: self._reviewing.receive(row.id, line_.row_id, came, line_.note))
            self._tell_counts()

    def _answer_rest(self) -> None:
        self._fill_rest(self._reviewing.answer_rest, f"已把其余 {self.points.counts()['']} 项记为符合")

    def _receive_rest(self) -> None:
        self._fill_rest(self._reviewing.receive_rest, f"已把其余 {self.papers.counts()['']} 份记为已收")

    def _fill_rest(self, fill: Callable[[int], Change], words: str) -> None:
        row = self._row
        if row:
            self._store_answers()
            change = self._do(lambda: fill(row.id))
            if change:
                self.context.events.said.emit(words, change.entry)

    def _wait(self, kind: str, line_: Line, store: Callable[[], Change]) -> None:
        key = (kind, line_.row_id)
        if any(other != key for other in self._waiting):
            self._store_answers()
        self._waiting[key] = store
        self._answer_timer.start()

    def _store_answers(self) -> None:
        self._answer_timer.stop()
        waiting, self._waiting = self._waiting, {}
        if not self.context.office.vault.closed:
            for store in waiting.values():
                self._do(store)

    def _choose_category(self, category: str) -> None:
        row = self._row
        if row:
            self.flush()
            change = self._do(lambda: self._reviewing.set_category(row.id, category))
            if change:
                words = choice_words(REVIEW.field("category"), category)
                self.context.events.said.emit(f"事项类别已改为{words}，审查清单随之更换", change.entry)

    def _choose_opinion(self, opinion: str) -> None:
        row = self._row
        if row:
            self._store_answers()
            self._words.store_with(opinion)

    def _read_hints(self, row: Row, *, is_other: bool) -> None:
        if not self._hints.is_felt:
            self._show_hints((row.id, self._hints.of(row)))
            return
        if is_other:
            self.hints.show_waiting()
        self._reading.ask()

    def _gather_hints(self) -> tuple[int, list[ReviewHint]]:
        row = self._row
        return (row.id, self._hints.of(row)) if row else (0, [])

    def _show_hints(self, found: tuple[int, list[ReviewHint]]) -> None:
        row = self._row
        if row and row.id == found[0]:
            self.hints.show_hints(found[1], can_write=row.state in OPEN and not row.voided)
            self.defects.show_flags(hint.flag for hint in found[1] if hint.flag)
            self.columns.fit()

    def _settle(self, hint: ReviewHint, reason: str) -> None:
        row = self._row
        if row:
            self._do_hint(lambda: self._hints.settle(row.id, hint, reason), f"已核实：{hint.finding}")

    def _bring_hint_back(self, hint: ReviewHint) -> None:
        row = self._row
        if row:
            self._do_hint(lambda: self._hints.bring_back(row.id, hint), f"已恢复提示：{hint.finding}")

    def _do_hint(self, write: Callable[[], Change], words: str) -> None:
        """Settle a hint or take that back, which is compared anew for; the hints are shown as they stand then."""

        def done(change: Change | None) -> None:
            if change:
                self.context.events.said.emit(words, change.entry)
            if self._row:
                self._read_hints(self._row, is_other=False)

        if self._hints.is_felt:
            self.context.tasks.run(lambda _progress: write(), lambda change: done(self._wrote(change)), self._not_done)
        else:
            done(self._do(write))

    def _open_record(self, register: str, record_id: int) -> None:
        self.flush()
        self.context.events.asked_for.emit(register, record_id)

    def _do(self, write: Callable[[], Change | None]) -> Change | None:
        try:
            change = write()
        except PaizhuError as error:
            self._not_done(error)
            return None
        return self._wrote(change)

    def _wrote(self, change: Change | None) -> Change | None:
        self.strip.hide()
        if change is not None:
            self.context.events.changed.emit(change)
        return change

    def _not_done(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            words = messages.joined([error.kept, error.todo])
            self.strip.show_words(error.happened.rstrip("。"), words, Level.ERROR)
            self.strip.show()

    # --- the machine -----------------------------------------------------------------------------------------

    def _show_lists(self, row: Row, editable: bool) -> None:
        self._order_lists(row)
        points = self._reviewing.points(row.id)
        self.points.show_lines(
            [Line(each.row_id, each.number, each.answer, each.words, each.basis, each.note) for each in points],
            editable=editable,
            ask_reasons=bool(row.values.get("opinion")),
        )
        papers = self._reviewing.papers(row.id)
        self.papers.show_lines(
            [
                Line(paper.row_id, at, _answer_of(paper.received), paper.name, paper.received_at, paper.note)
                for at, paper in enumerate(papers, start=1)
            ],
            editable=editable,
        )
        self._point_note.set_words(f"{choice_words(REVIEW.field('category'), str(row.values.get('category') or ''))}")
        self._tell_counts()

    def _order_lists(self, row: Row) -> None:
        """Put the papers above the points while it is asked whether they came, below afterwards."""
        assert REVIEW.flow is not None
        formal = REVIEW.flow.state(row.state or REVIEW.flow.start).stage in REVIEW.flow.stages()[:_FORMAL]
        first = self._blocks[1 if formal else 0]
        if self._lists.indexOf(first):
            self._lists.removeWidget(first)
            self._lists.insertWidget(0, first)

    def _tell_counts(self) -> None:
        counts, total = self.points.counts(), len(self.points.lines)
        self._point_counts.set_words(looked_at(counts, total) or no_list(self._row))
        category = self._point_note.words().split(" · ")[0]
        self._point_note.set_words(" · ".join(filter(None, (category, f"{total} 项" if total else ""))))
        papers = self.papers.counts()
        count = len(self.papers.lines)
        self._paper_note.set_words(f"{count} 份" if count else "")
        self._paper_counts.set_words(received(papers, count))
        self.points_rest.setVisible(self.points.editable and bool(counts[""]))
        self.papers_rest.setVisible(self.papers.editable and bool(papers[""]))
        self.point_table.setVisible(total > 0)
        self.paper_table.setVisible(count > 0)

    def _lay_out(self) -> None:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(0)
        column.addWidget(self.facts)
        column.addWidget(self.changes)
        column.addWidget(self.hats)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(0)
        self._blocks = (
            list_block("审查清单", (self._point_note, self._point_counts, self.points_rest), self.point_table),
            list_block("材料清单", (self._paper_note, self._paper_counts, self.papers_rest), self.paper_table),
        )
        for block in self._blocks:
            self._lists.addWidget(block)
        column.addLayout(self._lists)
        column.addStretch(1)
        self.columns = ReviewColumns(main, self.hints, self.opinion)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.strip)
        whole.addWidget(self.defects)
        whole.addWidget(self.columns, 1)


_ACTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_S, Qt.Key.Key_L, Qt.Key.Key_P, Qt.Key.Key_K)
_FORMAL = 2
_MENDED = frozenset({"material", "check", "suggestion", "opinion", "opinion_text"})


def _answer_of(received: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[received]


def _timer(parent: QObject, milliseconds: int, does: Callable[[], None]) -> QTimer:
    timer = DeskTimer(parent, milliseconds, single=True)
    timer.timeout.connect(does)
    return timer
