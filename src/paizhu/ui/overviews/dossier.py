"""廉政档案: a person over all registers; the purpose is asked once per sitting, every opening is on record."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Ref, Row
from paizhu.services.dossier.gathering import Dossier, File, counts, kinds_of
from paizhu.services.dossier.hints import hints
from paizhu.services.plain import Plain
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Offer
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.lines_model import LinesModel
from paizhu.ui.kit.scrolled import to_top
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.kit.toolbar import move_button
from paizhu.ui.overviews.dossier_counts import CountTiles
from paizhu.ui.overviews.dossier_gate import DossierGate
from paizhu.ui.overviews.dossier_model import CELLS
from paizhu.ui.overviews.dossier_opinion import OpinionAsk
from paizhu.ui.overviews.dossier_side import DossierSide
from paizhu.ui.overviews.dossier_years import YearsButton
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text, Theme
from paizhu.ui.turns import Pieces

_BESIDE = 800
_TOOLS_BESIDE = 940
_OPINION = "opinion"
_SIDE = 316
_FEWEST, _MOST = 4, 16


class DossierOverview(Overview):
    """Asks why, then shows the file of the person in hand; a file that may not be opened says so and shows nothing."""

    label = "廉政档案"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._dossier = Dossier(context.office.desk)
        self._purpose = ""
        self._row: Row | None = None
        self._as_of: date | None = None
        self._chosen = ""
        self.file: File | None = None
        self.refusal = Strip(level=Level.ERROR)
        self.refusal.hide()
        self.opinion = OpinionAsk(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.refusal)
        column.addWidget(self.opinion)
        column.addWidget(self._make_gate())
        column.addWidget(self._make_body(), 1)
        column.addStretch()
        self.body.hide()

    # --- what the pane asks ----------------------------------------------------------------------------------

    def showing(self, row: Row) -> Pieces:
        """Show the file of a person, the same place kept when it is the person shown before."""
        if self._row is None or self._row.id != row.id:
            self._as_of, self._chosen = None, ""
            self.as_of.clear()
            self.opinion.leave()
        self._row = row
        self._show()
        yield

    def offers(self) -> tuple[Offer, ...]:
        """Return what the bar offers: an opinion on the person, whether the file was opened or not."""
        return (Offer(_OPINION, "出具廉政意见"),) if self._row is not None and not self._row.voided else ()

    def take_in(self, primary: Button) -> bool:
        """Take the red button among the others of the head, once the file is open."""
        if self.file is None or self._row is None or self._row.voided:
            return False
        if primary.parentWidget() is not self.tools:
            move_button(primary, lambda: self._tools.addWidget(primary))
        return True

    def act(self, key: str) -> None:
        """Begin an opinion, or go to the one that waits for an answer."""
        if key == _OPINION and self._row is not None:
            self.opinion.begin(self._row)

    def open_for(self, purpose: str) -> None:
        """Open the files of this sitting for a purpose, as typed into its line."""
        self._give_purpose(purpose)

    # --- the machine -----------------------------------------------------------------------------------------

    def _make_gate(self) -> QWidget:
        self.gate = DossierGate(self._dossier.access.purposes)
        self.gate.given.connect(self._give_purpose)
        return self.gate

    def _make_body(self) -> QWidget:
        self.body = QWidget()
        self.weight = Strip(level=Level.AMBER)
        self.side = DossierSide()
        self.side.edit_asked.connect(lambda: self.field_asked.emit("post_now"))
        self.side.reveal_asked.connect(self._reveal)
        self.side.opened.connect(self.context.events.asked_for)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_top())
        column.addWidget(self.weight)
        self._main = self._make_main()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        column.addLayout(self._grid, 1)
        self._place()
        theme.current().follow(self, self._place)
        return self.body

    def _make_top(self) -> QGridLayout:
        self._post = Label("", Text.SECTION, wraps=True)
        self._meta = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.talk_button = Button("登记谈话")
        self.talk_button.clicked.connect(self._begin_talk)
        self.print_button = Button("打印廉政档案")
        self.print_button.clicked.connect(self._print)
        self.years = YearsButton(self.context)
        self.tools = QWidget()
        self._tools = FlowLayout(self.tools, gap=8)
        for button in (self.talk_button, self.print_button, self.years):
            self._tools.addWidget(button)
        who = QVBoxLayout()
        who.setSpacing(4)
        who.addWidget(self._post)
        who.addWidget(self._meta)
        who.addStretch(1)
        self._top = QGridLayout()
        self._top.setContentsMargins(16, 10, 16, 8)
        self._top.setHorizontalSpacing(16)
        self._top.setVerticalSpacing(6)
        self._top.setColumnStretch(0, 1)
        self._top.addLayout(who, 0, 0)
        return self._top

    def _make_main(self) -> QWidget:
        self.tiles = CountTiles()
        self.tiles.chosen.connect(self._choose)
        self.model = LinesModel(CELLS)
        self.table = RegisterTable("监督记录")
        self.table.setProperty("frame", "box")
        self.table.show_model(self.model, self.model.columns)
        self.table.opened.connect(self._open)
        self.as_of = QLineEdit()
        self.as_of.setAccessibleName("截至日期")
        self.as_of.setPlaceholderText("截至（空为今天）")
        self.as_of.setToolTip("写一个日期后回车，档案按那一天已登记的内容显示")
        self.as_of.returnPressed.connect(self._take_day)
        self._empty = Label("各台账里没有关于此人的记录", ink="ink2")
        self._hidden = Label("", Text.SECONDARY, "ink3", wraps=True)
        head = QHBoxLayout()
        head.addWidget(Label("监督记录", Text.SECTION))
        head.addStretch(1)
        head.addWidget(self.as_of)
        head.addSpacing(8)
        head.addWidget(Label("回车打开原记录，Alt+← 返回", Text.SECONDARY, "ink3"))
        whole = QWidget()
        main = QVBoxLayout(whole)
        main.setContentsMargins(0, 8, 0, 16)
        main.setSpacing(8)
        main.addWidget(self.tiles)
        main.addLayout(head)
        for part in (self.table, self._empty, self._hidden):
            main.addWidget(part)
        main.addStretch(1)
        return whole

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the narrow column beside the records, or below them where there is no room."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        look = theme.current()
        beside = self.width() >= look.px(_BESIDE)
        self._grid.addWidget(self._main, 0, 0)
        self._grid.addWidget(self.side, 0 if beside else 1, 1 if beside else 0)
        self._grid.setColumnStretch(0, 1)
        self.side.setMinimumWidth(look.px(_SIDE) if beside else 0)
        self.side.setMaximumWidth(look.px(_SIDE) if beside else 16777215)
        self._grid.setContentsMargins(16, 0, 0 if beside else 16, 0)
        self.side.stand_beside(beside)
        self._place_tools(look)
        self._fit_table()

    def _place_tools(self, look: Theme) -> None:
        """Put what can be done with the file beside who it is about, or below where words would be crowded."""
        beside = self.width() >= look.px(_TOOLS_BESIDE)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._top.addWidget(self.tools, *((0, 1) if beside else (1, 0)), right if beside else Qt.AlignmentFlag(0))
        self.as_of.setFixedWidth(look.px(156))

    def _fit_table(self) -> None:
        heights = theme.current().heights
        rows = min(max(self.model.rowCount(), _FEWEST), _MOST)
        self.table.setFixedHeight(heights.header + rows * heights.row + 4)

    def _give_purpose(self, purpose: str) -> None:
        self._purpose = purpose
        self._show()
        self.bar_changed.emit()
        if self.body.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            to_top(self)

    def _show(self) -> None:
        self.gate.setVisible(not self._purpose)
        if not self._purpose and self._row is not None:
            self.gate.show_person(self._row)
        self.refusal.hide()
        standing, self.file = self.file, None
        if not self._purpose or self._row is None:
            self.body.hide()
            return
        try:
            self.file = self._dossier.of(self._row.id, self._as_of, self._purpose, by_events=True)
        except PaizhuError as error:
            self.refusal.show_words(error.happened, messages.joined([error.kept, error.todo]), Level.ERROR)
            self.refusal.show()
            if self._as_of and standing and standing.person.id == self._row.id:
                # A day on which nothing was known leaves the file as it stood, and the day to be typed anew.
                self.file, self._as_of = standing, standing.as_of
            else:
                self.body.hide()
            return
        self._show_file(self.file)
        self.years.stand_at(self._row.id, self._purpose)
        self.body.show()

    def _show_file(self, file: File) -> None:
        if file.entered:
            self.refusal.show_words("按发生日期列出", f"{file.basis}。", Level.AMBER)
            self.refusal.show()
        self._post.setText(file.post)
        self._post.setVisible(bool(file.post))
        self._meta.setText(_meta(file))
        self.weight.setVisible(file.weight is not None and file.weight.runs)
        if file.weight and file.weight.runs:
            self.weight.show_words("处分影响期内", _weight_words(file), Level.AMBER)
        self.tiles.show_counts(counts(file), self._chosen)
        self._hidden.setText(f"另有 {file.hidden} 条信访、线索或案件，按知悉范围不列出。" if file.hidden else "")
        self._hidden.setVisible(bool(file.hidden))
        self.side.show_file(file, hints(file))
        self._list()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self._list()

    def _list(self) -> None:
        if self.file is None:
            return
        kinds = kinds_of(self._chosen)
        at = self.table.currentIndex().row()
        self.model.show_lines([line for line in self.file.records if not kinds or line.register in kinds])
        self.table.go_to(min(max(at, 0), self.model.rowCount() - 1))
        self.table.setVisible(self.model.rowCount() > 0)
        self._empty.setVisible(self.model.rowCount() == 0)
        self._fit_table()

    def _open(self, row: int) -> None:
        line = self.model.lines[row]
        self.context.events.asked_for.emit(line.register, line.id)

    def _reveal(self, name: str) -> None:
        if self._row is None:
            return
        try:
            words = self._dossier.reveal(self._row.id, name)
        except PaizhuError as error:
            messages.tell(self, error)
            return
        self.side.show_words(name, words)

    def _take_day(self) -> None:
        typed = self.as_of.text().strip()
        try:
            self._as_of = Plain(self.context.office.desk).day(typed) if typed else None
        except PaizhuError as error:
            messages.tell(self, error)
            return
        if self._as_of:
            self.as_of.setText(self._as_of.isoformat())
        self._show()

    def _begin_talk(self) -> None:
        if self._row:
            ref = Ref(str(self._row.values["name"]), self._row.register, self._row.id)
            self.context.events.new_asked.emit("integrity_talk", {"subject": ref})

    def _print(self) -> None:
        if self.file is None:
            return
        from paizhu.services.dossier import paper as dossier_paper

        file, desk, purpose = self.file, self.context.office.desk, self._purpose
        self.context.tasks.run(
            lambda _progress: dossier_paper.draft(desk, file, purpose),
            self.context.events.draft_asked.emit,
            label="正在生成廉政档案",
        )


def _meta(file: File) -> str:
    facts = {fact.name: fact.words for fact in file.facts}
    said = [facts[name] for name in ("rank_now", "political_status") if facts[name]]
    said += [f"分管：{facts['duties_now']}"] if facts["duties_now"] else []
    sources = len({line.register for line in file.records})
    when = f"截至 {file.as_of.isoformat()} 发生的事项" if file.entered and file.as_of else file.basis
    when = when or f"{clock.now():%H:%M}"
    return "　".join([*said, f"档案由 {sources} 本台账自动汇总，{when}"])


def _weight_words(file: File) -> str:
    assert file.weight is not None
    period = file.weight.period
    left = f"，还有 {file.weight.days_left} 天" if file.weight.days_left is not None else ""
    until = f"，至 {period.end.isoformat()}{left}" if period.end else ""
    return f"{period.name}，{period.decided_at.isoformat()} 决定{until}。{period.effect}（{period.source}）"
