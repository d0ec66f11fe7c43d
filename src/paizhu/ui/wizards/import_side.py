"""The right column of the import: where it goes, the header as found, how the rows divide, the way back."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from paizhu.base.register import Register
from paizhu.services.importing.facts import Tally
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text
from paizhu.ui.wizards.import_header import HeaderPicture, LookModel, header_words
from paizhu.ui.wizards.import_tables import ImportTable

WIDTH = 340
_OTHER = "按表头认作“{}”，不是打开导入时的“{}”；认错了，在上面换一种台账。"
_UNDO = "导入前自动备份一次。导入后随时可在“导入记录”里整批撤销，撤销时您后来改过的行会单独列出。"


def parts(tally: Tally, *, done: bool = False) -> list[tuple[Mark, int]]:
    """Return how the rows of a batch divide, as shapes with words; the counts add up to the total."""
    will = "已" if done else "将"
    return [
        (Mark(Shape.TICK, "可直接导入", Tone.DONE), tally.ready),
        (Mark(Shape.TRIANGLE, "可导入，建议看一眼", Tone.AMBER), tally.look),
        (Mark(Shape.CROSS, "须先改正", Tone.ACCENT), tally.refused),
        (Mark(Shape.DASH, f"疑似重复，{will}跳过"), tally.doubtful),
        (Mark(Shape.DASH, "按您的决定跳过"), tally.left),
        (Mark(Shape.DASH, "台账里已有，无变化"), tally.same),
        (Mark(Shape.DASH, "空行、合计行，跳过"), tally.skipped),
    ]


def parts_after(new: int, changed: int, tally: Tally) -> list[tuple[Mark, int]]:
    """Return what became of the rows of a batch that was imported."""
    return [
        (Mark(Shape.TICK, "新增", Tone.DONE), new),
        (Mark(Shape.TICK, "更新", Tone.DONE), changed),
        *((mark, count) for mark, count in parts(tally, done=True)[2:]),
    ]


class TallyList(QWidget):
    """The parts of a batch, one line each, numbers at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", Text.SECTION)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addLayout(self._lines)

    def show_tally(self, tally: Tally) -> None:
        """Show how a batch would divide; parts without rows are left out, except what goes in."""
        self.show_parts(tally.total, parts(tally))

    def show_parts(self, total: int, divided: Sequence[tuple[Mark, int]]) -> None:
        """Show parts of a total that add up to it."""
        empty(self._lines)
        self.title.setText(f"这一批共 {total:,} 行")
        said = []
        for at, (mark, count) in enumerate(divided):
            if not count and at:
                continue
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 5, 0, 5)
            row.addWidget(MarkLabel(mark, bold=False), 1)
            row.addWidget(Label(f"{count:,} 行", bold=True))
            self._lines.addWidget(holder)
            self._lines.addWidget(line())
            said.append(f"{mark.words} {count} 行")
        self.setAccessibleName(f"{self.title.text()}：{'，'.join(said)}")


class SidePane(QScrollArea):
    """The side column; it scrolls apart where the window is low."""

    register_chosen = Signal(str)
    wanted_changed = Signal(bool)
    keep_changed = Signal(bool)
    header_asked = Signal()

    def __init__(self, registers: Sequence[Register]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.register = DropDown()
        self.register.setAccessibleName("导入到哪一种台账")
        self.register.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.register.addItem("请选择台账", "")
        for each in registers:
            self.register.addItem(each.label, each.key)
        self.register.activated.connect(lambda _: self.register_chosen.emit(str(self.register.currentData() or "")))
        self.asked = ""
        """What the register is called from whose list the import was opened."""
        self.wanted = QCheckBox("导入这张表")
        self.wanted.clicked.connect(self.wanted_changed)
        self.keep = QCheckBox("空格不清空台账里已有的内容")
        self.keep.clicked.connect(self.keep_changed)
        self.picture = HeaderPicture()
        self._emptied = Label("", Text.SECONDARY, "amber", wraps=True)
        self._said = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.point = Button("不对，我来指定", Look.LINK, size=Size.SMALL)
        self.point.clicked.connect(self.header_asked)
        self.counts = TallyList()
        self.whole = QCheckBox("有须改正或疑似重复的，整批先不导入")
        self.remember = QCheckBox("记住这次对应，下次自动用")
        self.remember.setChecked(True)
        self.name = QLineEdit()
        self.name.setPlaceholderText("给这种表起个名字（可不填）")
        self.name.setAccessibleName("这种表的名字")
        self.remember.toggled.connect(self.name.setEnabled)
        self._lay_out()
        theme.current().follow(self, self._measure)
        self._measure()

    def show_table(self, table: ImportTable, *, many: bool, pasted: bool, sealed: Collection[int]) -> None:
        """Show where a table goes, its header and how its rows divide."""
        sheet = table.sheet
        at = self.register.findData(sheet.register.key if sheet else table.proposed)
        self.register.setCurrentIndex(max(at, 0))
        # Rows under records go where our own export took them from; there is nothing to choose.
        below = sheet is not None and sheet.parent is not None
        self.register.setEnabled(not below)
        if sheet is not None and below:
            self.register.setPlaceholderText(sheet.label)
            self.register.setCurrentIndex(-1)
        self.wanted.setVisible(many)
        self.wanted.setChecked(table.wanted)
        self.wanted.setText(f"导入这张表（{table.name}）")
        self.keep.setVisible(table.keep_filled or bool(table.emptied))
        self.keep.setChecked(table.keep_filled)
        self._emptied.setVisible(bool(table.emptied))
        self._emptied.setText(f"有 {table.emptied:,} 行里的空格会清空台账里已有的内容。")
        self.picture.setVisible(bool(table.look.rows) and not pasted)
        self._said.setVisible(not pasted)
        self.point.setVisible(not pasted)
        self._head.setVisible(not pasted)
        rows = sheet.facts.header_rows if sheet else ()
        start = next((i for i, (number, _w) in enumerate(table.look.rows) if rows and number >= rows[0] - 1), 0)
        shown = type(table.look)(table.look.name, table.look.rows[start : start + HeaderPicture.ROWS], table.look.spans)
        self.picture.show_look(LookModel(shown, rows, sealed, HeaderPicture.ROWS))
        said = [header_words(rows, sheet.first_row), *sheet.notes] if sheet else ["没有认出这是哪一种台账。"]
        if sheet and self.asked and sheet.label != self.asked and not below:
            said.append(_OTHER.format(sheet.label, self.asked))
        self._said.setText("\n".join(said))
        own = bool(sheet and sheet.facts.matching and sheet.facts.matching.own)
        for widget in (self.remember, self.name):
            widget.setVisible(bool(sheet and sheet.facts.fingerprint) and not own)

    def show_pointing(self, *, shown: bool) -> None:
        """Show the small picture of the header and the way to it, except where the large one stands beside it."""
        self.point.setVisible(shown)
        self._head.setVisible(shown)
        self.picture.setVisible(shown and self.picture.isVisibleTo(self))

    def show_counts(self, tally: Tally) -> None:
        """Show how all rows of the batch divide."""
        self.counts.show_tally(tally)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("ground", "surface2")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(8)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(Label("导入到", bold=True))
        where.addWidget(self.register, 1)
        head = QHBoxLayout()
        self._head = Label("识别到的表头", Text.SECTION)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self.point)
        undo = HintCard(Hint("可撤销", "", _UNDO, Tone.PLAIN))
        for part in (where, head):
            column.addLayout(part)
        for widget in (
            self.picture,
            self._said,
            self.counts,
            self._emptied,
            self.keep,
            undo,
            self.remember,
            self.name,
            self.whole,
            self.wanted,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidget(inside)
        for label in inside.findChildren(QLabel):
            label.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _measure(self) -> None:
        self.setMinimumWidth(theme.current().px(260))
