"""What an item is about: category, amount against the unit's standard, meeting, papers, deadline, who and how."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base import values
from paizhu.base.dates import short_day
from paizhu.base.rows import Ref, Row
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.registers.review_choices import APPOINTMENT
from paizhu.services.office import Office
from paizhu.services.preparing import day_of
from paizhu.services.reviews.reviewing import OPEN, Reviewing
from paizhu.services.reviews.words import near_standard
from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.segments import Segments
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.register.words import deadline_mark, explanation
from paizhu.ui.theme import Text

Fact = tuple[str, str, Mark | None, str]
"""Label, words, a mark after them, a tooltip."""
_TWO_COLUMNS = 520
_WAN = 10_000
_LONGEST_LABEL = 4


class ReviewFacts(QWidget):
    """The head of the review page; the category is chosen in place, all else in the form."""

    category_chosen = Signal(str)
    edit_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("议题信息")
        self.edit = Button("修改", Look.LINK, shortcut="F2", size=Size.SMALL)
        self.edit.clicked.connect(self.edit_asked)
        head = QHBoxLayout()
        head.addWidget(Label("议题信息", Text.SECTION))
        head.addStretch(1)
        head.addWidget(self.edit)
        field = REVIEW.field("category")
        self.category = Segments(field.label, [(choice.code, choice.label) for choice in field.choices])
        self.category.chosen.connect(self.category_chosen)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._facts: list[Fact] = []
        self._two: bool | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.category)
        column.addLayout(self._grid)

    def show_item(self, office: Office, row: Row) -> None:
        """Show the facts of an item; the category of one that was signed stands as words."""
        is_open = row.state in OPEN and not row.voided
        self.category.setVisible(is_open)
        self.category.set_current(str(row.values.get("category") or ""))
        facts = [fact for fact in _facts(office, row) if fact[1] or fact[2]]
        if not is_open:
            facts.insert(0, _plain(row, "category"))
        if facts != self._facts:
            self._facts, self._two = facts, None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts into one column where two have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        two = self.width() >= theme.current().px(_TWO_COLUMNS)
        if two == self._two:
            return
        self._two = two
        _clear(self._grid)
        half = (len(self._facts) + 1) // 2 if two else len(self._facts)
        for at, (label, words, mark, tip) in enumerate(self._facts):
            row, column = (at % half, at // half * 2) if half else (at, 0)
            name = Label(label, ink="ink3")
            self._grid.addWidget(name, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(label, words, mark, tip), row, column + 1, Qt.AlignmentFlag.AlignTop)
        for column, share in enumerate((0, 3, 0, 2 if two else 0)):
            self._grid.setColumnStretch(column, share)


def _value(label: str, words: str, mark: Mark | None, tip: str) -> QWidget:
    shown = QWidget()
    shown.setAccessibleName("，".join(filter(None, (label, words, mark.words if mark else ""))))
    shown.setToolTip(tip)
    if mark is None:
        row: QLayout = QHBoxLayout(shown)
        row.setContentsMargins(0, 0, 0, 0)
        text = Label(words, bold=False, wraps=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(text)
        return shown
    flow = FlowLayout(shown)
    flow.setContentsMargins(0, 0, 0, 0)
    if words:
        flow.addWidget(Label(words, bold=label == REVIEW.field("amount").label))
    flow.addWidget(MarkLabel(mark, Text.SECONDARY, bold=False) if words else MarkLabel(mark))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    shown.setSizePolicy(policy)
    return shown


def _facts(office: Office, row: Row) -> Iterator[Fact]:
    """Yield what is worth knowing of an item of its category, the money first."""
    category = row.values.get("category")
    if category in ("project", "fund") or row.values.get("amount") is not None:
        yield _amount(row)
    if category == APPOINTMENT:
        yield _candidates(office, row)
    yield _meeting(office, row)
    yield _papers_came(office, row)
    yield _deadline(office, row)
    if category == "decision":
        for name in ("legal_review", "risk_assess", "expert", "public"):
            yield _plain(row, name)
    dept, reporter = _shown(row, "submit_dept"), _shown(row, "reporter")
    yield REVIEW.field("submit_dept").label, f"{dept}（{reporter}）" if reporter else dept, None, ""
    yield _plain(row, "leader_in_charge")
    if category in ("project", "fund"):
        yield _plain(row, "supplier")
        yield _plain(row, "procurement_mode")
    if row.values.get("recusal_list"):
        yield _plain(row, "recusal_list")
    yield _quorum(office, row)


def _amount(row: Row) -> Fact:
    label = REVIEW.field("amount").label
    amount, standard = row.values.get("amount"), row.values.get("threshold")
    if not isinstance(amount, Decimal):
        return label, "", Mark(Shape.TRIANGLE, "没有填写金额", Tone.AMBER), ""
    words = f"{amount / _WAN:,.2f} 万元"
    if not isinstance(standard, Decimal) or not standard:
        tip = "本单位的起点标准登记在“单位”台账的大额标准里；缺少或者不明确，本身就是要问的问题"
        return label, words, Mark(Shape.TRIANGLE, "没有可用的起点标准", Tone.AMBER), tip
    share = Fraction(amount) / Fraction(standard)
    of = f"标准 {f'{standard / _WAN:,.2f}'.removesuffix('.00')} 万元的 {float(share):.1%}"
    if share >= 1:
        return label, words, Mark(Shape.DOT, of, Tone.DONE), ""
    near = share >= near_standard()
    return label, words, Mark(Shape.TRIANGLE, of, Tone.AMBER) if near else Mark(Shape.DASH, of, Tone.QUIET), ""


def _meeting(office: Office, row: Row) -> Fact:
    meeting = _shown(row, "meeting")
    number = Reviewing(office.desk).item_number(row)
    planned, held = row.values.get("planned_meeting_at"), None
    if (found := _linked_meeting(office, row)) is not None:
        held = found.values.get("held_at")
    # An old ledger names the day only; the meeting itself knows the hour.
    when = held if isinstance(held, datetime) and day_of(held) == day_of(planned) else planned
    words = " ".join(filter(None, (_when(office, when), meeting)))
    return "上会", f"{words} 议题\u00a0{number}" if words and number else words, None, ""


def _papers_came(office: Office, row: Row) -> Fact:
    came, lead = row.values.get("submitted_at"), row.values.get("lead_workdays")
    label = "材料送达"
    if not isinstance(came, date):
        return label, "", Mark(Shape.CIRCLE, "还没有登记送达时间", Tone.QUIET), ""
    words = _when(office, came)
    if not isinstance(lead, int):
        return label, words, None, ""
    rule = office.desk.limits.get("C01")
    late = rule is not None and lead < abs(rule.length)
    lead_words = f"会前 {lead} 个工作日" if lead else "会前不足 1 个工作日"
    tip = f"{rule.name}：会前 {abs(rule.length)} 个工作日，{rule.source}" if rule else ""
    mark = Mark(Shape.TRIANGLE, lead_words, Tone.AMBER) if late else Mark(Shape.TICK, lead_words, Tone.DONE)
    return label, words, mark, tip


def _deadline(office: Office, row: Row) -> Fact:
    task = next(iter(office.today.of_record(REVIEW, row)), None)
    if task is None:
        return "期限", "", None, ""
    return task.what if len(task.what) <= _LONGEST_LABEL else "期限", "", deadline_mark(task), explanation(task)


def _candidates(office: Office, row: Row) -> Fact:
    rows = office.records.rows(REVIEW, row.id)["candidate"]
    label = "拟任人选"
    if not rows:
        return label, "", Mark(Shape.TRIANGLE, "还没有登记人选", Tone.AMBER), ""
    words = []
    for each in rows:
        person = each.values.get("person")
        posts = " → ".join(str(post) for name in ("from_post", "to_post") if (post := each.values.get(name)))
        name = person.label if isinstance(person, Ref) else str(person or "")
        words.append(f"{name}：{posts}" if posts else name)
    return label, "\n".join(words), None, ""


def _quorum(office: Office, row: Row) -> Fact:
    meeting = _linked_meeting(office, row)
    found = Reviewing(office.desk).quorum(meeting) if meeting else None
    if found is None or found.enough is None:
        return "到会", "", None, ""
    shape, tone = (Shape.TICK, Tone.DONE) if found.enough else (Shape.TRIANGLE, Tone.AMBER)
    return "到会", "", Mark(shape, found.words, tone), f"依据：{found.source}"


def _linked_meeting(office: Office, row: Row) -> Row | None:
    meeting = row.values.get("meeting")
    return office.records.get(MEETING, meeting.id) if isinstance(meeting, Ref) and meeting.id is not None else None


def _plain(row: Row, name: str) -> Fact:
    return REVIEW.field(name).label, _shown(row, name), None, ""


def _shown(row: Row, name: str) -> str:
    return values.show(REVIEW.field(name), row.values.get(name))


def _when(office: Office, value: object) -> str:
    if not isinstance(value, date):
        return ""
    words = short_day(date(value.year, value.month, value.day), office.desk.today)
    timed = isinstance(value, datetime) and (value.hour or value.minute)
    return f"{words} {value:%H:%M}" if timed else words


def _clear(grid: QGridLayout) -> None:
    empty(grid)
