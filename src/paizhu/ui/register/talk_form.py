"""The form of a talk: what to know before it, its points, words, statement and what comes after, on one narrow page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from paizhu.base.flow import Facts
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.registers.talk import AWAITING_PAGE, POINT, REQUIREMENT
from paizhu.registers.talk_guards import page_kept
from paizhu.services.talks.brief import Line, TalkBrief
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.register.form_plan import FormPart, FormPlan
from paizhu.ui.register.tick_rows import TickRows
from paizhu.ui.theme import Text

_SHOWN = 2


class BriefPart(FormPart):
    """谈前须知: what is late or open with the person, two lines of it, and the ways to all the rest."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._row: Row | None = None
        self.setAccessibleName("谈前须知")
        frame = QFrame()
        frame.setProperty("frame", "hint-slate")
        self._lines = QGridLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(0, 1)
        self.rest = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.file = Button("看档案", Look.LINK, size=Size.SMALL)
        self.file.clicked.connect(self._open_file)
        self.paper = Button("打印谈前一页纸", Look.LINK, size=Size.SMALL)
        self.paper.clicked.connect(lambda: self._ask_paper("talk_brief"))
        self.record = Button("打印签字稿", Look.LINK, size=Size.SMALL)
        self.record.clicked.connect(lambda: self._ask_paper("talk_record"))
        links = QHBoxLayout()
        links.setSpacing(10)
        links.addStretch(1)
        for button in (self.file, self.paper, self.record):
            links.addWidget(button)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(10, 6, 10, 6)
        inside.setSpacing(4)
        inside.addLayout(self._lines)
        inside.addWidget(self.rest)
        inside.addLayout(links)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    def show_record(self, row: Row | None) -> None:
        """Gather and show what is known of the person; nothing for a talk that has no record yet."""
        self._row = row
        self.setVisible(row is not None)
        if row is None or self._context.office.vault.closed:
            return
        brief = TalkBrief(self._context.office.desk).of(row)
        urgent = brief.urgent
        self._show_lines(urgent[:_SHOWN])
        said = [f"另有 {len(urgent) - _SHOWN} 项未了" if len(urgent) > _SHOWN else ""]
        talks = brief.part("talks").lines
        said.append(f"上次谈话 {talks[0].words}" if talks else "没有更早的谈话记录")
        said.append(self._lacks_signed_page(row))
        self.rest.setText("，".join(words for words in said if words))
        self.file.setVisible(brief.person is not None)

    def _lacks_signed_page(self, row: Row) -> str:
        """Say before a talk is filed that the page both signed hangs nowhere yet; a draft is never held up by it."""
        if row.state not in AWAITING_PAGE or not page_kept(
            Facts(row.values, rule=self._context.office.desk.talks.says)
        ):
            return ""
        return "归档前请补双方签字页扫描件"

    def _show_lines(self, lines: Sequence[Line]) -> None:
        empty(self._lines)
        if not lines:
            self._lines.addWidget(Label("谈前须知：没有逾期或未了的事项", wraps=True), 0, 0)
        for at, line in enumerate(lines):
            words = ElidedLabel(f"谈前须知：{line.words}" if not at else line.words)
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._lines.addWidget(words, at, 0)
            mark = Mark(Shape.DIAMOND, line.stands, Tone.ACCENT) if line.late else Mark(Shape.CIRCLE, line.stands)
            stands = MarkLabel(mark, Text.SECONDARY)
            stands.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._lines.addWidget(stands, at, 1)
            go = Button("打开", Look.LINK, size=Size.SMALL)
            go.setAccessibleName(f"打开{line.words}")
            go.clicked.connect(lambda _=False, line=line: self._context.events.asked_for.emit(line.register, line.id))
            self._lines.addWidget(go, at, 2)

    def _open_file(self) -> None:
        subject = self._row.values.get("subject") if self._row else None
        record_id = getattr(subject, "id", None)
        if record_id:
            self._context.events.asked_for.emit("person", record_id)

    def _ask_paper(self, code: str) -> None:
        if self._row:
            self._context.events.paper_asked.emit(self._row.register, self._row.id, code)


def _points(context: Context, register: Register) -> TickRows:
    def templates() -> Mapping[str, tuple[str, Sequence[str]]]:
        kinds = {} if context.office.vault.closed else context.office.desk.talks.kinds
        return {code: (kind.name, kind.points) for code, kind in kinds.items()}

    return TickRows(register, "words", "talked", "kind", templates)


TALK_PLAN = FormPlan(
    order=("谈话", "brief", POINT.key, "内容", REQUIREMENT.key, "签字与后续", "准备与审批", "对象", "登记"),
    opens=("谈话", "内容", POINT.key, REQUIREMENT.key),
    course=False,
    notes={REQUIREMENT.key: "写了期限的，到期回到“今日”"},
    ticks={POINT.key: _points},
    parts={"brief": BriefPart},
)
