"""The step 对应字段: which field each column feeds, with how sure that is; unsure columns come first by Tab."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.register import Register
from paizhu.services.importing.columns import LIKELY, NONE, SURE, UNSURE, ColumnLook, choices
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import ElidedLabel, Label, restyle
from paizhu.ui.theme import Text
from paizhu.ui.turns import InPieces, Pieces

LEAVE = "不导入"
COUNTED = "自动算出，不读入"
ASK = "请选择，或不导入"
NO_HEADING = "（无表头）"
_BARS = {SURE: 3, LIKELY: 2, UNSURE: 1, NONE: 0}
_WIDTHS = (40, 150, 190, 104)


class SureMark(QWidget):
    """Three bars and a word for how sure a match is; amber where the officer should look."""

    def __init__(self, sure: str) -> None:
        super().__init__()
        self.sure = sure
        self.setAccessibleName(f"把握：{sure}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        look = theme.current()
        words = QFontMetrics(look.font(bold=True)).horizontalAdvance(self.sure)
        return QSize(look.px(24) + words, look.heights.small_button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars and word."""
        look = theme.current()
        loud = self.sure in (UNSURE, NONE)
        ink = look.colour("amber" if loud else "ink")
        with QPainter(self) as painter:
            painter.setPen(QPen(ink, 1))
            base = self.height() / 2 + look.px(6)
            for bar in range(3):
                height = look.px(4) + bar * look.px(3)
                place = QRectF(bar * look.px(6) + 0.5, base - height + 0.5, look.px(4), height)
                painter.setBrush(ink if bar < _BARS[self.sure] else Qt.BrushStyle.NoBrush)
                painter.drawRect(place)
            painter.setFont(look.font(bold=loud))
            inside = QRectF(look.px(22), 0, self.width() - look.px(22), self.height())
            painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, self.sure)


class FieldCombo(DropDown):
    """The fields a column may feed; the wheel over it scrolls the list and never changes a choice."""

    def __init__(self, register: Register, look: ColumnLook) -> None:
        super().__init__()
        self.letter = look.letter
        name = look.header or NO_HEADING
        self.setAccessibleName(f"{look.letter} 列“{name}”对应到")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(16)
        self.addItem("不另存（反映人信息）" if look.sealed else COUNTED if look.counted else LEAVE, "")
        for path, label in choices(register, look):
            self.addItem(label, path)
        at = self.findData(look.path)
        self.setCurrentIndex(max(at, 0))
        self.ask(ASK if not look.path and look.sure == NONE else self.itemText(0))
        self.setEnabled(not look.fixed)
        if look.counted:
            self.setToolTip("这一列由程序自动算出，不从表里读入")
        elif look.fixed:
            self.setToolTip("这一列只是行号，不用导入" if look.header else "")
        elif not look.path:
            self.setToolTip("不导入的列不会丢：原文留在记录的“原表其他内容”里")
        self.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel pass on to the list around."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)


class MappingRow(QFrame):
    """One column of the workbook."""

    def __init__(self, register: Register, look: ColumnLook) -> None:
        super().__init__()
        self.look = look
        self.setProperty("frame", "slot")
        self.combo = FieldCombo(register, look)
        self.combo.installEventFilter(self)
        self.sure = SureMark(look.sure)
        examples = "●●●" if look.sealed else "、".join(" ".join(words.split()) for words in look.examples)
        self._cells: tuple[QWidget, ...] = (
            Label(look.letter, ink="ink2"),
            ElidedLabel(look.header or NO_HEADING, ink="ink" if look.header else "ink3", keeps_end=True),
            self.combo,
            self.sure,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 12, 1)
        row.setSpacing(12)
        for cell in self._cells:
            row.addWidget(cell)
        row.addWidget(ElidedLabel(examples, ink="ink2"), 1)
        row.addStretch(0)
        self.measure()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Light up the row whose field is being chosen, so that its examples are found at a glance."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("frame", "row-lit" if event.type() is QEvent.Type.FocusIn else "slot")
            restyle(self)
        return super().eventFilter(watched, event)

    def measure(self) -> None:
        """Take the widths for the present font."""
        look = theme.current()
        for cell, width in zip(self._cells, _WIDTHS, strict=True):
            cell.setFixedWidth(look.px(width))
        self.setFixedHeight(_row_height())


def _row_height() -> int:
    heights = theme.current().heights
    return max(heights.dense_row, heights.small_button + 4)


class MappingPane(QWidget):
    """Every column in the order of the sheet; `mapped` tells which column now feeds which field."""

    mapped = Signal(str, str)
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[MappingRow] = []
        self._looks: list[ColumnLook] = []
        self._coming = InPieces(self)
        self._held, self._enters = "", False
        self._note = ElidedLabel("", Text.SECONDARY, "ink2")
        self.forget = Button("重新识别", Look.LINK, size=Size.SMALL)
        self.forget.setToolTip("不用上次的对应，按表头重新识别")
        self.forget.clicked.connect(self.forget_asked)
        top = QHBoxLayout()
        top.setContentsMargins(16, 6, 16, 4)
        top.setSpacing(8)
        top.addWidget(Label("对应字段", Text.SECTION))
        top.addWidget(self._note)
        top.addStretch(1)
        top.addWidget(self.forget)
        self._head = QFrame()
        self._head.setProperty("frame", "course")
        heads = QHBoxLayout(self._head)
        heads.setContentsMargins(12, 3, 12, 3)
        heads.setSpacing(12)
        self._heads = [Label(words, Text.SECONDARY, "ink2") for words in ("列", "原表表头", "对应到本台账字段", "把握")]
        for label in self._heads:
            heads.addWidget(label)
        heads.addWidget(Label("原表内容举例", Text.SECONDARY, "ink2"), 1)
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._head)
        column.addWidget(self.area, 1)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_columns(self, register: Register, columns: Sequence[ColumnLook], *, remembered: str | None = None) -> None:
        """Show the columns of a table; the column that was in hand stays in hand."""
        held = next((row.look.letter for row in self._rows if row.combo.hasFocus()), "")
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows, self._looks = [], list(columns)
        asking = sum(look.asks for look in columns)
        matched = sum(bool(look.path) for look in columns)
        look_at = f"，请看 {asking} 列" if asking else ""
        known = f"按记住的“{remembered}”对应" if remembered else "按上次的对应"
        how = known if remembered is not None else f"自动对应 {matched} 列"
        self._note.set_words(f"{len(columns)} 列，{how}{look_at}")
        self.forget.setVisible(remembered is not None)
        self._held, self._enters = held, False
        self._coming.begin(self._come(register))

    def _come(self, register: Register) -> Pieces:
        for at, look in enumerate(self._looks):
            row = MappingRow(register, look)
            row.combo.activated.connect(lambda _=0, combo=row.combo: self._choose(combo))
            self._column.insertWidget(at, row)
            self._rows.append(row)
            yield
        order = [row.combo for row in sorted(self._rows, key=lambda row: not row.look.asks)]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)
        # The officer may have gone on to the next step by then.
        if self._enters and self.isVisible():
            self._enter(self._first(), Qt.FocusReason.TabFocusReason)
        elif self.isVisible():
            self._enter(self._held, Qt.FocusReason.OtherFocusReason)

    def columns(self) -> list[ColumnLook]:
        """Return the columns shown."""
        return list(self._looks)

    def combo(self, letter: str) -> FieldCombo:
        """Return the drop-down of a column by its letters; KeyError for a column that is not there."""
        self._coming.finish()
        for row in self._rows:
            if row.look.letter == letter:
                return row.combo
        raise KeyError(letter)

    def needed_height(self) -> int:
        """Return the height at which every column is in view."""
        rows = len(self._looks) * _row_height()
        return rows + self._head.sizeHint().height() + theme.current().heights.small_button + 12

    def keep_rows(self, count: int) -> None:
        """Keep so many columns in view, however low the window."""
        self.area.setMinimumHeight(min(count, len(self._looks)) * _row_height())

    def focus_first(self) -> None:
        """Put the focus on the first column that should be looked at, once it is there."""
        if self._coming:
            self._enters = True
        else:
            self._enter(self._first(), Qt.FocusReason.TabFocusReason)

    def _first(self) -> str:
        """Return the first column that should be looked at, else the first that can be changed; empty without one."""
        rows = [row for row in self._rows if row.look.asks] or [row for row in self._rows if row.combo.isEnabled()]
        return rows[0].look.letter if rows else ""

    def _enter(self, letter: str, reason: Qt.FocusReason) -> None:
        for row in self._rows:
            if row.look.letter == letter:
                row.combo.setFocus(reason)
                # The rows get their places only after this.
                QTimer.singleShot(0, row, partial(self.area.ensureWidgetVisible, row))

    def _choose(self, combo: FieldCombo) -> None:
        look = next(row.look for row in self._rows if row.combo is combo)
        path = str(combo.currentData() or "")
        if path != look.path or look.sure == NONE:
            self.mapped.emit(look.letter, path)

    def _measure(self) -> None:
        look = theme.current()
        for label, width in zip(self._heads, _WIDTHS, strict=True):
            label.setFixedWidth(look.px(width))
        for row in self._rows:
            row.measure()
        # Two pixels less than a button, so that a row of the list is no higher than a row of a dense table.
        self._body.setStyleSheet(f"QComboBox {{ min-height: {look.heights.small_button - 4}px; }}")
