"""导入记录: every batch with its file, counts and who, and taking a whole batch back at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.base.errors import NotFoundError, PaizhuError
from paizhu.base.rows import Change
from paizhu.services.history import Entry
from paizhu.services.taking_back import Conflict
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable
from paizhu.ui.theme import Text
from paizhu.ui.undoing import take_back
from paizhu.ui.wizards.import_remembered import RememberedPane

UNDO_WORDS = "整批撤销"


def _counted(*keys: str) -> Callable[[Entry], str]:
    def words(entry: Entry) -> str:
        counts: dict[str, int] = entry.about.get("counts") or {}
        return f"{sum(counts.get(key, 0) for key in keys):,}"

    return words


def _mark(entry: Entry) -> Mark:
    if entry.undone_by:
        return Mark(Shape.DASH, "已撤销", Tone.QUIET)
    return Mark(Shape.TICK, "已导入", Tone.DONE)


CELLS: tuple[Cells[Entry], ...] = (
    Cells(Column("at", "时间", 140), lambda entry: entry.at.replace("T", " ")[:16]),
    Cells(
        Column("file", "文件", 240, stretches=True),
        lambda entry: str(entry.about.get("file") or entry.label),
        tip=lambda entry: f"{entry.label}\n指纹：{str(entry.about.get('sha256', ''))[:16]}",
    ),
    Cells(Column("new", "新增", 76, CellKind.COUNT, rank=2), _counted("new")),
    Cells(Column("changed", "有变化", 76, CellKind.COUNT, rank=2), _counted("changed")),
    Cells(Column("waiting", "没有导入", 90, CellKind.COUNT, rank=3), _counted("refused", "doubtful")),
    Cells(Column("actor", "经办", 90, rank=1), lambda entry: entry.actor),
    Cells(Column("state", "状态", 110, CellKind.STATUS), mark=_mark),
    Cells(
        Column("undo", "", 110, CellKind.BUTTON),
        lambda entry: "" if entry.undone_by else UNDO_WORDS,
        button=lambda entry: None if entry.undone_by else UNDO_WORDS,
    ),
)


class ImportLog(QWidget):
    """The list of batches; `left` asks to go back to the import."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked: Entry | None = None
        self._boxes: list[tuple[QCheckBox, Conflict]] = []
        self.model = LinesModel(CELLS)
        self.table = RegisterTable("导入记录")
        self.table.show_model(self.model, self.model.columns)
        self.table.button_pressed.connect(self.ask_undo)
        self.table.opened.connect(self.ask_undo)
        self._empty = EmptyState("还没有导入过", "从旧台账导入以后，每一批都记在这里，随时可以整批撤销。")
        self._question = self._make_question()
        self._stack = QStackedWidget()
        for page in (self.table, self._empty, self._question):
            self._stack.addWidget(page)
        back = Button("返回导入", Look.FLAT, icon="back")
        back.clicked.connect(self.left)
        back.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        top = QHBoxLayout()
        top.setContentsMargins(12, 6, 16, 6)
        top.setSpacing(8)
        top.addWidget(back)
        top.addWidget(Label("导入记录", Text.SECTION))
        top.addWidget(ElidedLabel("每一批可以随时整批撤销；您后来改过的记录会单独列出", Text.SECONDARY, "ink2"))
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        self.remembered = RememberedPane(context)
        column.addWidget(self.remembered)
        context.events.changed.connect(self._read_shown)
        self.setFocusProxy(self.table)

    def read(self) -> None:
        """Read the batches again, and the layouts remembered."""
        self.remembered.read()
        importing = self._context.office.importing
        self._context.tasks.run(lambda _progress: importing.batches(), self._show)

    def ask_undo(self, place: int) -> None:
        """Ask what becomes of records edited since, or take the batch back at once when there are none."""
        entry = self.model.line(place)
        if entry is None or entry.undone_by:
            return
        history = self._context.office.history

        def done(conflicts: list[Conflict]) -> None:
            if conflicts:
                self._show_question(entry, conflicts)
            else:
                self.undo(entry, ())

        self._context.tasks.run(lambda _progress: history.conflicts(entry.id), done)

    def undo(self, entry: Entry, also: Sequence[tuple[str, int]]) -> None:
        """Take a batch back; records edited since stay unless they are named."""

        def then() -> None:
            self._stack.setCurrentWidget(self.table)
            self.read()

        take_back(self._context, entry.id, also=also, then=then, refused=self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            messages.tell(self, error)
        self.read()

    def _read_shown(self, _change: Change) -> None:
        if self.isVisible():
            self.read()

    def _show(self, entries: list[Entry]) -> None:
        place = self.table.currentIndex().row()
        self.model.show_lines(entries)
        self.table.go_to(max(min(place, len(entries) - 1), 0))
        if self._stack.currentWidget() is not self._question:
            self._stack.setCurrentWidget(self.table if entries else self._empty)

    def _make_question(self) -> QWidget:
        self._headline = Label("", Text.SECTION, wraps=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        inside = QWidget()
        inside.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        go = Button("撤销这一批", Look.PRIMARY, shortcut="Ctrl+Enter")
        go.clicked.connect(self._go)
        leave = Button("先不撤销")
        leave.clicked.connect(lambda: self._stack.setCurrentWidget(self.table))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(go)
        row.addWidget(leave)
        row.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._headline)
        column.addWidget(Label("没有勾选的保持您后来改的样子；勾选的也一起撤销。", ink="ink2", wraps=True))
        column.addWidget(area, 1)
        column.addLayout(row)
        return page

    def _show_question(self, entry: Entry, conflicts: Sequence[Conflict]) -> None:
        self._asked = entry
        empty(self._list)
        self._headline.setText(f"{entry.label}：其中 {len(conflicts)} 条记录您后来改过")
        self._boxes = [(QCheckBox(self._conflict_words(conflict)), conflict) for conflict in conflicts]
        for box, _conflict in self._boxes:
            self._list.addWidget(box)
        self._list.addStretch(1)
        self._stack.setCurrentWidget(self._question)
        self._boxes[0][0].setFocus()

    def complete(self) -> bool:
        """Take the batch in question back; False while nothing is asked."""
        asked = self._asked is not None and self._stack.currentWidget() is self._question
        if asked:
            self._go()
        return asked

    def _go(self) -> None:
        if self._asked is not None:
            also = [(conflict.kind, conflict.record_id) for box, conflict in self._boxes if box.isChecked()]
            self.undo(self._asked, also)

    def _conflict_words(self, conflict: Conflict) -> str:
        key, _, child = conflict.kind.partition(".")
        register = registers.register(key)
        kind = register.child(child) if child else register
        names = [kind.field(name).label for name in conflict.fields if kind.has(name)]
        names += [
            register.child(rows).label if rows else "附件"
            for rows in (kind.partition(".")[2] for kind in conflict.rows)
        ]
        changed = f"，改过：{'、'.join(names)}" if names else ""
        if child:
            return f"{register.label}的{kind.label}{changed}"
        try:
            row = self._context.office.records.get(register, conflict.record_id)
        except NotFoundError:
            return f"{register.label}{changed}"
        return f"{register.label} {row.no} {register.title_of(row)}{changed}"
