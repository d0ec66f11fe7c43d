"""What counts at the station a matter has reached, how its measures weigh, and which papers are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.field import FieldKind
from paizhu.registers.course import Block, stretch
from paizhu.services.matters.course import Matter, Weight
from paizhu.services.matters.course_part import Part
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

_TWO_ABREAST, _LABEL, _LONGEST_LABEL = 480, 90, 118


class Facts(QWidget):
    """The facts of the present station in two columns, with the way into the form."""

    edit_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", Text.SECTION)
        self._edit = Button("修改", Look.LINK, shortcut="F2", size=Size.SMALL)
        self._edit.clicked.connect(self._ask)
        self._first = ""
        self._cells: list[tuple[QWidget, QWidget, bool]] = []
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._edit)
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(head)
        self._column.addWidget(self._body)
        self._two = False

    def show_matter(self, matter: Matter, *, can_write: bool) -> None:
        """Show what counts at the record that is open, with the way into its form where one may write there."""
        part = matter.here
        block, lacking = _block(part), part.register.wanted_now(part.row.values)
        self._title.setText(block.title)
        self._edit.setAccessibleName(f"修改{block.title}")
        self._edit.setVisible(can_write)
        self._first = next((name for name in block.names if name in lacking), block.names[0])
        self._cells = [*_facts(part, block, lacking), *_weights(matter.weights)]
        self._place()

    def words(self) -> list[tuple[str, str]]:
        """Return label and words of every line, as they are read out."""
        return [(name.accessibleName(), value.accessibleName()) for name, value, _ in self._cells]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set two facts abreast where there is room."""
        super().resizeEvent(event)
        if (self.width() >= theme.current().px(_TWO_ABREAST)) is not self._two:
            self._place()

    def _ask(self) -> None:
        self.edit_asked.emit(self._first)

    def _place(self) -> None:
        self._two = self.width() >= theme.current().px(_TWO_ABREAST)
        old, self._body = self._body, QWidget()
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.current().px(_LABEL))
        grid.setColumnStretch(1, 1)
        if self._two:
            grid.setColumnStretch(3, 1)
        row = side = 0
        top = Qt.AlignmentFlag.AlignTop
        for name, value, whole in self._cells:
            if not self._two or whole:
                row += side
                side = 0
                grid.addWidget(name, row, 0, top)
                grid.addWidget(value, row, 1, 1, 3, top)
                row += 1
                continue
            grid.addWidget(name, row, 2 * side, top)
            grid.addWidget(value, row, 2 * side + 1, top)
            row, side = (row + 1, 0) if side else (row, 1)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()


def _block(part: Part) -> Block:
    flow = part.register.flow
    state = flow.state(part.row.state or flow.start) if flow else None
    blocks = stretch(part.register.key).blocks
    return blocks.get(state.stage if state else "") or blocks[""]


def _facts(part: Part, block: Block, lacking: Sequence[str]) -> Iterable[tuple[QWidget, QWidget, bool]]:
    fields = (part.register.field(name) for name in block.names)
    told = [(field, values.show(field, part.row.values.get(field.name))) for field in fields]
    told = [(field, words) for field, words in told if words or field.name in lacking]
    if not told:
        yield Label(), Label("还没有填写", ink="ink3"), True
    width = _width_of(field.label for field, _words in told)
    for field, words in told:
        label = Label(field.label, ink="ink3", wraps=True)
        label.setAccessibleName(field.label)
        label.setFixedWidth(width)
        shown: QWidget = Label(words, wraps=True) if words else MarkLabel(Mark(Shape.SQUARE, "待补", Tone.AMBER))
        shown.setAccessibleName(words or "待补")
        yield label, shown, field.kind is FieldKind.TEXT


def _width_of(labels: Iterable[str]) -> int:
    """Return the width of the labels: up to eight characters stand in one line, longer ones go on below."""
    look = theme.current()
    metrics = QFontMetrics(look.font())
    longest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
    return min(max(longest + 2, look.px(_LABEL)), look.px(_LONGEST_LABEL))


def _weights(weights: Sequence[Weight]) -> Iterable[tuple[QWidget, QWidget, bool]]:
    for weight in weights:
        label = Label("影响期", ink="ink3")
        label.setAccessibleName("影响期")
        running = weight.state == "in_period"
        mark = Mark(Shape.TRIANGLE, weight.words, Tone.AMBER) if running else Mark(Shape.TICK, weight.words, Tone.DONE)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(MarkLabel(mark))
        column.addWidget(Label(weight.sentence, Text.SECONDARY, "ink2", wraps=True))
        shown.setAccessibleName(f"{weight.words}，{weight.sentence}")
        shown.setToolTip(weight.note)
        yield label, shown, True
