"""Before a dossier is opened: what it holds, that the opening stays on record, and the purposes given lately."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.rows import Ref, Row
from paizhu.registers.people import PERSON
from paizhu.services.dossier.gathering import COUNTS
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text

_USUAL = ("日常监督", "拟任前了解", "廉政谈话前准备", "年度更新")
_MOST = 6
_WIDE = 640


class DossierGate(QWidget):
    """Asks for the purpose once per sitting; `given` follows words, Enter or a button with a purpose given before."""

    given = Signal(str)

    def __init__(self, purposes: Callable[[], Sequence[str]]) -> None:
        super().__init__()
        self.setAccessibleName("查阅廉政档案")
        self._purposes = purposes
        self._who = Label("", ink="ink2", wraps=True)
        self.purpose = QLineEdit()
        self.purpose.setAccessibleName("查阅事由")
        self.purpose.setPlaceholderText("如：日常监督、拟任前了解、年度更新")
        self.purpose.returnPressed.connect(self._give)
        self.open_button = Button("打开档案", shortcut="Enter")
        self.open_button.clicked.connect(self._give)
        self._problem = Label("", Text.SECONDARY, "accent", wraps=True)
        self._problem.hide()
        self._lately = QWidget()
        self._flow = FlowLayout(self._lately, gap=8)
        self._frame = QFrame()
        self._frame.setProperty("frame", "card")
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(Label("查阅廉政档案", Text.PANE))
        column.addWidget(self._who)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Label("查阅事由", ink="ink3"))
        row.addWidget(self.purpose, 1)
        row.addWidget(self.open_button)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._lately)
        column.addSpacing(4)
        # Below what is asked: with large type on a low screen the line to be filled must not lie below the edge.
        held = "、".join(label for _key, label, _kinds in COUNTS)
        for words in (
            "谁、何时、为何查阅，记入留痕，不能删除。本次使用期间只问一次事由。",
            f"打开后看得到：{held}等台账里与本人有关的记录，任职经历，亲属和利害关系，处分影响期。",
            "举报人身份不在其中；联系电话、身份证号、亲属姓名先遮住，逐项显示，逐项留痕。",
        ):
            column.addLayout(_point(words))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 20, 16, 16)
        whole.addStretch(1)
        whole.addWidget(self._frame, 6)
        whole.addStretch(1)
        theme.current().follow(self, self._measure)
        self._measure()

    def show_person(self, row: Row) -> None:
        """Name whose file it is, from the roster only, and offer the purposes given lately."""
        unit = row.values.get("unit_now")
        post = values.show(PERSON.field("post_now"), row.values.get("post_now"))
        where = f"{unit.label if isinstance(unit, Ref) else ''}{post}"
        name = str(row.values["name"])
        self._who.setText(f"{name}　{where}" if where else name)
        empty(self._flow)
        for words in list(dict.fromkeys([*self._purposes(), *_USUAL]))[:_MOST]:
            button = Button(words, size=Size.SMALL)
            button.setAccessibleName(f"以“{words}”为由打开档案")
            button.clicked.connect(lambda _=False, words=words: self.given.emit(words))
            self._flow.addWidget(button)

    def _give(self) -> None:
        words = self.purpose.text().strip()
        self._problem.setText("" if words else "请写明查阅事由，或点下面的一项。")
        self._problem.setVisible(not words)
        if words:
            self.given.emit(words)

    def _measure(self) -> None:
        self._frame.setMaximumWidth(theme.current().px(_WIDE))


def _point(words: str) -> QHBoxLayout:
    # A layout and no widget of its own: only so the card learns how high wrapped words become.
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(MarkLabel(Mark(Shape.DOT, "")), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, wraps=True), 1)
    return row
