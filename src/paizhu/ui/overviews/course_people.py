"""Who has to do with a matter, as a table; who reported stands masked in its last rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.values import MASK
from paizhu.registers.people import PERSON
from paizhu.services.matters.course_people import Informant, Person
from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.card import line
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

_ROLE, _NAME = 78, 72
_SUBJECTS = ("被反映人", "被审查人", "受处分人")
REVEAL = "查看需留痕"
RECUSAL = "核对回避"
WRITE = "登记身份"


class PeopleTable(QFrame):
    """Rows of role, name, unit and post, and what there is to say or do; one mask for everybody who reported."""

    dossier_asked = Signal(int)
    reveal_asked = Signal(int)
    recusal_asked = Signal(int)
    writing_asked = Signal()
    """The identity of who reported is to be written down."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setAccessibleName("涉案人员")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)

    def show_people(
        self, people: Sequence[Person], informants: Sequence[Informant], *, can_write: bool = False
    ) -> None:
        """Show these people; where nobody is known to have reported, ``can_write`` offers to write it down here."""
        empty(self._column)
        role, name, post = (Label(words, Text.SECONDARY, "ink2") for words in ("身份", "姓名", "单位职务"))
        self._column.addWidget(_row(role, name, post, QWidget(), frame="card-head"))
        rows = [self._person(person) for person in people]
        rows += [self._informant(informant, can_write=can_write) for informant in informants]
        for at, row in enumerate(rows):
            if at:
                # Between rows only: below the last one stands the frame.
                self._column.addWidget(line())
            self._column.addWidget(row)
        if not people and not informants:
            note = Label("还没有写明被反映人。", ink="ink2", wraps=True)
            note.setContentsMargins(12, 8, 12, 8)
            self._column.addWidget(note)

    def _person(self, person: Person) -> QWidget:
        end: QWidget = QWidget()
        if person.note:
            fine = person.fine is True
            shape, tone = (Shape.TICK, Tone.DONE) if fine else (Shape.TRIANGLE, Tone.AMBER)
            end = MarkLabel(Mark(shape, person.note, tone), Text.SECONDARY)
        elif person.role in _SUBJECTS and person.ref.id_in(PERSON.key):
            link = Button("廉政档案", Look.LINK, size=Size.SMALL)
            link.setAccessibleName(f"查看{person.ref.label}的廉政档案")
            link.clicked.connect(lambda: self.dossier_asked.emit(person.ref.id or 0))
            end = link
        row = _row(Label(person.role, ink="ink2"), ElidedLabel(person.ref.label), _post(person.post), end)
        said = (person.role, person.ref.label, person.post, person.note)
        row.setAccessibleName("，".join(words for words in said if words))
        return row

    def _informant(self, informant: Informant, *, can_write: bool) -> QWidget:
        role = QWidget()
        side = QHBoxLayout(role)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(4)
        mark = QLabel()
        pixels = theme.current().px(14)
        mark.setPixmap(icon("lock").pixmap(QSize(pixels, pixels), self.devicePixelRatioF()))
        side.addWidget(mark)
        side.addWidget(Label("举报人", ink="ink2"))
        side.addStretch(1)
        several = f"（{informant.count} 人）" if informant.count > 1 else ""
        told = "身份已遮盖" if informant.count else "没有登记身份" if informant.can_be_named else ""
        words = "，".join(part for part in (informant.named, f"{told}{several}") if part)
        end: QWidget = QWidget()
        if informant.count:
            button = Button(REVEAL, icon="eye", size=Size.SMALL)
            button.setAccessibleName(f"{REVEAL}，{informant.no}的举报人")
            button.setToolTip("须再输入口令并写明事由；谁、何时、为何查看，记入留痕链")
            button.clicked.connect(lambda: self.reveal_asked.emit(informant.petition))
            check = Button(RECUSAL, Look.LINK, size=Size.SMALL)
            check.setAccessibleName(f"{RECUSAL}，{informant.no}的举报人与办理人员")
            check.setToolTip("须再输入口令；只回答谁应当回避，不显示举报人，也不说原因")
            check.clicked.connect(lambda: self.recusal_asked.emit(informant.petition))
            end = QWidget()
            ends = QHBoxLayout(end)
            ends.setContentsMargins(0, 0, 0, 0)
            ends.setSpacing(6)
            for part in (check, button):
                ends.addWidget(part)
        elif can_write and informant.can_be_named:
            end = Button(WRITE, Look.LINK, size=Size.SMALL)
            end.setAccessibleName(f"{WRITE}，{informant.no}的举报人")
            end.setToolTip("单独加密保存；写好离开就遮盖，查看须再输入口令")
            end.clicked.connect(self.writing_asked)
        row = _row(role, Label(MASK if informant.count else ""), _post(words), end)
        row.setProperty("ground", "surface2")
        row.setAccessibleName(f"举报人，{words}")
        return row


def _post(words: str) -> ElidedLabel:
    label = ElidedLabel(words, ink="ink")
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label


def _row(role: QWidget, name: QWidget, post: QWidget, end: QWidget, *, frame: str = "") -> QFrame:
    row = QFrame()
    row.setProperty("frame", frame)
    look = theme.current()
    side = QHBoxLayout(row)
    side.setContentsMargins(10, 2, 8, 2)
    side.setSpacing(8)
    role.setFixedWidth(look.px(_ROLE))
    name.setFixedWidth(look.px(_NAME))
    side.addWidget(role)
    side.addWidget(name)
    side.addWidget(post, 1)
    side.addWidget(end, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.setMinimumHeight(look.heights.header if frame == "card-head" else look.heights.dense_row)
    return row
