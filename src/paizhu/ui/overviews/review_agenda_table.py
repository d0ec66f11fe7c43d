"""The table of what was understood of an agenda: the category of each item is mended there before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from paizhu.base.values import choice_words
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.agenda_reading import CONFIDENCE_WORDS, AgendaItem
from paizhu.services.reviews.agenda_words import HIGH
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable, RowHeight

_CATEGORY = 2
_WAN = 10_000


def _category_mark(item: AgendaItem) -> Mark:
    if not item.category:
        return Mark(Shape.TRIANGLE, "请选择类别", Tone.AMBER)
    words = choice_words(REVIEW.field("category"), item.category)
    if item.confidence == HIGH:
        return Mark(Shape.TICK, words, Tone.DONE)
    return Mark(Shape.TRIANGLE, f"{words}？", Tone.AMBER, words)


def _category(item: AgendaItem) -> str:
    return f"{choice_words(REVIEW.field('category'), item.category)}（{CONFIDENCE_WORDS[item.confidence]}）"


def _tone(item: AgendaItem) -> Tone:
    return Tone.QUIET if item.known else Tone.DONE


CELLS: tuple[Cells[AgendaItem], ...] = (
    Cells(Column("number", "序号", 44, rank=3), lambda item: str(item.number), tone=_tone),
    Cells(
        Column("title", "议题", 190, stretches=True),
        lambda item: item.title,
        second=lambda item: (
            "已在本次会议中，不再登记" if item.known else "；".join(filter(None, (item.named, *item.unsure)))
        ),
        tip=lambda item: item.line,
        tone=lambda item: Tone.QUIET if item.known else None,
    ),
    Cells(Column("category", "类别（空格更改）", 156, CellKind.DEADLINE), _category, mark=_category_mark, tone=_tone),
    Cells(Column("dept", "提出部门", 104, rank=2), lambda item: item.submit_dept, tone=_tone),
    Cells(Column("leader", "分管领导", 84, rank=4), lambda item: item.leader_in_charge, tone=_tone),
    Cells(
        Column("amount", "金额", 92, CellKind.COUNT, rank=1),
        lambda item: f"{item.amount / _WAN:,.2f} 万" if item.amount is not None else "",
        tone=_tone,
    ),
)


def _sentence(item: AgendaItem) -> str:
    return "，".join(
        [f"第 {item.number} 项", item.title, _category_mark(item).words, *filter(None, (item.named, *item.unsure))]
    )


class UnderstoodModel(LinesModel[AgendaItem]):
    """The items as they were understood; the category of each can be changed."""

    def __init__(self) -> None:
        super().__init__(CELLS, sentence=_sentence)
        self.chosen: dict[str, str] = {}

    def show_lines(self, lines: Sequence[AgendaItem]) -> None:
        """Show what was read; a category the officer chose stays with the title it was chosen for."""
        super().show_lines(
            [
                replace(item, category=self.chosen[item.title], confidence=HIGH, unsure=())
                if item.title in self.chosen
                else item
                for item in lines
            ]
        )

    def cycle(self, row: int, by: int = 1) -> None:
        """Give an item the next category."""
        codes = [choice.code for choice in REVIEW.field("category").choices]
        item = self.lines[row]
        at = codes.index(item.category) + by if item.category in codes else 0
        self.chosen[item.title] = codes[at % len(codes)]
        # What is known of money belongs to the sum, not to the category that was proposed with it.
        self.lines[row] = replace(item, category=codes[at % len(codes)], sub_category="", confidence=HIGH, unsure=())
        self.tell_changed(row, row)


class UnderstoodTable(RegisterTable):
    """The table of what was understood; Space or a click on the category goes through the four."""

    def __init__(self, model: UnderstoodModel) -> None:
        super().__init__("识别结果", row=RowHeight.TWO_LINES)
        self._model = model
        self.show_model(model, model.columns)
        self.clicked.connect(lambda index: self._cycle(index.row()) if index.column() == _CATEGORY else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Space give the next category, Shift+Space the one before."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._cycle(self.currentIndex().row(), -1 if back else 1)
        else:
            super().keyPressEvent(event)

    def _cycle(self, row: int, by: int = 1) -> None:
        self._model.cycle(row, by)
