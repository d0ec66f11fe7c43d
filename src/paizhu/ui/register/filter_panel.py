"""更多筛选: conditions one under the other, all of which must hold; a panel above the list, not a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.field import Field
from paizhu.base.reading import ReadingError
from paizhu.base.register import Register
from paizhu.base.values import Reading
from paizhu.base.view import Condition, Test
from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.scrolled import bring_into_view
from paizhu.ui.panes import chain, tab_stops
from paizhu.ui.register.editor import Editor, EditorMaker
from paizhu.ui.register.filters import condition_of, filterable, needs_value, raw_value, tests_for
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text


class ConditionLine(QWidget):
    """One condition: a field, a test, and what to compare with."""

    removed = Signal(object)
    applied = Signal()

    def __init__(self, fields: Sequence[Field], make: EditorMaker) -> None:
        super().__init__()
        self._fields, self._make = list(fields), make
        self.editor: Editor | None = None
        self.which = DropDown()
        self.which.setAccessibleName("筛选的项目")
        self.which.addItems([field.label for field in self._fields])
        self.test = DropDown()
        self.test.setAccessibleName("比较方式")
        self._remove = Button("移除", Look.LINK, size=Size.SMALL)
        self._remove.setAccessibleName("移除这个条件")
        self._remove.clicked.connect(lambda: self.removed.emit(self))
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self._problem.hide()
        self._place = QHBoxLayout()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.which)
        row.addWidget(self.test)
        row.addLayout(self._place, 1)
        row.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._problem)
        self.which.currentIndexChanged.connect(self._show_field)
        self.test.currentIndexChanged.connect(self._show_test)
        self._show_field()

    @property
    def field(self) -> Field:
        """The field that is compared."""
        return self._fields[self.which.currentIndex()]

    def stops(self) -> list[QWidget]:
        """Return where Tab stops in the line, from left to right."""
        return [self.which, self.test, *(tab_stops(self.editor) if self.editor else ()), self._remove]

    def show_condition(self, condition: Condition) -> None:
        """Show a condition that is in force."""
        names = [field.name for field in self._fields]
        self.which.setCurrentIndex(names.index(condition.name))
        self.test.setCurrentIndex(max(self.test.findData(condition.test), 0))
        if self.editor:
            self.editor.show_raw(raw_value(condition, self.field))

    def condition(self, reading: Reading) -> Condition | None:
        """Return the condition; ReadingError, said beneath the line too, for words that cannot be read."""
        self._problem.hide()
        try:
            return condition_of(self.field, self._test(), self.editor.raw() if self.editor else None, reading)
        except ReadingError as error:
            self._problem.setText(error.message)
            self._problem.show()
            raise

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter apply the conditions."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.applied.emit()
        else:
            super().keyPressEvent(event)

    def _apply(self) -> bool:
        self.applied.emit()
        return True

    def _test(self) -> Test:
        return Test(self.test.currentData())

    def _show_field(self) -> None:
        self.test.blockSignals(True)
        self.test.clear()
        for test, words in tests_for(self.field):
            self.test.addItem(words, test)
        self.test.blockSignals(False)
        if self.editor:
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = self._make(self.field)
        # In a form Enter goes to the next field; here there is none, and the button promises what Enter does.
        self.editor.onward = self._apply
        self._place.addWidget(self.editor)
        chain(self.stops())
        self._show_test()

    def _show_test(self) -> None:
        if self.editor:
            self.editor.setVisible(needs_value(self._test()))


class _Conditions(QScrollArea):
    """The lines of conditions, as high as they are; they scroll where a low window leaves less, and are never cut."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the size of all lines."""
        return self.widget().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return the height of one line, and the width of the widest with a bar beside it."""
        least, bar = self.widget().minimumSizeHint(), self.verticalScrollBar().sizeHint().width()
        return QSize(least.width() + bar, theme.current().heights.button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for the room of a line that comes, goes, or says what is wrong in it."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class FilterPanel(QFrame):
    """The conditions of a list; `applied` gives them, with whether only 待补全 is wanted."""

    applied = Signal(list, bool)
    closed = Signal()

    def __init__(self, register: Register, make: EditorMaker) -> None:
        super().__init__()
        self.setProperty("frame", "strip-plain")
        self.setAccessibleName("更多筛选")
        self._fields, self._make = filterable(register), make
        self.lines: list[ConditionLine] = []
        self.missing = QCheckBox("只看待补全")
        self._room = _Conditions()
        # Never seen: it keeps the place of the conditions before the buttons below them.
        self._start = QWidget(self, focusPolicy=Qt.FocusPolicy.TabFocus)
        self._start.hide()
        add = Button("添加条件", size=Size.SMALL, icon="plus")
        add.clicked.connect(self.add_line)
        apply = Button("按条件筛选", shortcut="Enter", size=Size.SMALL)
        apply.clicked.connect(self.apply)
        clear = Button("清除条件", Look.FLAT, size=Size.SMALL)
        clear.clicked.connect(self.clear)
        close = Button("收起", Look.FLAT, shortcut="Esc", size=Size.SMALL)
        close.clicked.connect(self.close_panel)
        # Beside an open record at a large font they have no room in one line.
        foot = FlowLayout(gap=8)
        for part in (apply, add, self.missing, clear, close):
            foot.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.addWidget(self._room)
        whole.addLayout(foot)
        self._reading = Reading()
        self.hide()

    def open(self, conditions: Sequence[Condition], missing: bool, reading: Reading) -> None:
        """Show the conditions in force, and an empty line when there is none."""
        self._reading = reading
        self._drop_lines()
        self.missing.setChecked(missing)
        names = {field.name for field in self._fields}
        for condition in conditions:
            if condition.name in names:
                self.add_line().show_condition(condition)
        if not self.lines:
            self.add_line()
        self.show()
        self.lines[0].which.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_line(self) -> ConditionLine:
        """Add an empty condition."""
        line = ConditionLine(self._fields, self._make)
        line.removed.connect(self._remove)
        line.applied.connect(self.apply)
        self._room.column.addWidget(line)
        chain([*(self.lines[-1].stops() if self.lines else [self._start]), *line.stops()])
        self.lines.append(line)
        bring_into_view(line)
        return line

    def apply(self) -> None:
        """Give the conditions, when every one of them can be read."""
        try:
            found = [condition for line in self.lines if (condition := line.condition(self._reading))]
        except ReadingError:
            return
        self.applied.emit(found, self.missing.isChecked())

    def clear(self) -> None:
        """Take every condition away."""
        self._drop_lines()
        self.missing.setChecked(False)
        self.add_line()
        self.applied.emit([], False)

    def close_panel(self) -> None:
        """Fold the panel away; the conditions stay in force."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc fold the panel away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _remove(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        if not self.lines:
            self.add_line()

    def _drop_lines(self) -> None:
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
