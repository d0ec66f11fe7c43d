"""与备份比对: which records and settings stand otherwise than in a backup, and which changed without the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QPlainTextEdit, QStackedWidget, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.services.safety.comparing import (
    COVERED,
    JOURNAL,
    SETTINGS,
    Comparing,
    Comparison,
    Difference,
    What,
    label_of,
)
from paizhu.storage.backup_place import Backup
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Offer, ReasonLabel
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.chips import Chip, ChipBar
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.empty import EmptyState
from paizhu.ui.kit.lines_model import LinesModel
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.moments import spoken
from paizhu.ui.pages.compare_model import CELLS
from paizhu.ui.pages.frame import CardSplit, PageFrame
from paizhu.ui.tasks import Task, was_cancelled

ALL = "all"
_NONE = "还没有可以比对的备份"
_WHAT = f"选一份备份，逐条看哪里和它不同。比对的是：{COVERED}。"
_START, _MAKE = "start", "make"
_OFFERS = (Offer(_START, "开始比对"), Offer(_MAKE, "打开备份与恢复"))
_RUNNING = "正在与备份比对"
_LOW = 480


class ComparePage(PageFrame):
    """Chooses a proven backup, compares off the window's thread, and lists what differs by register."""

    status = Signal(str)
    page_asked = Signal(str)
    report_asked = Signal(object)
    """What was found (Comparison), to be written into the report about the chain."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("与备份比对", "只读，台账和备份都不改动", scrolls=False, parent=parent)
        self._context = context
        self._backups: list[Backup] = []
        self._wanted: Backup | None = None
        self._starts = False
        self._task: Task | None = None
        self.compared: Comparison | None = None
        self.which = DropDown()
        self.which.setAccessibleName("与哪一份备份比对")
        self.which.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.again = Button("开始比对", icon="shield")
        self.again.clicked.connect(self.compare_chosen)
        self.report = Button("导出报告", icon="export", shortcut="Ctrl+E")
        self.report.clicked.connect(lambda: self.run("export"))
        self.report.refuse("先比对")
        for widget in (self.which, self.again, self.report):
            self.head.addWidget(widget)
        self.strip = Strip()
        self.strip.hide()
        self.chips = ChipBar(more=False)
        self.chips.chosen.connect(lambda _key: self._show_rows())
        self.known = QCheckBox("也列出有留痕的和不记留痕的改动")
        self.known.toggled.connect(lambda _on: self._show_chips())
        self.model = LinesModel(CELLS)
        self.table = RegisterTable("和备份不同的记录和设置", row=RowHeight.DENSE)
        self.table.setSelectionMode(RegisterTable.SelectionMode.SingleSelection)
        self.table.show_model(self.model, self.model.columns)
        self.table.picked.connect(self._show_difference)
        self.table.opened.connect(self.open_row)
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setProperty("read", True)
        self.details.setAccessibleName("备份里和现在各是什么")
        self.open = Button("打开这条记录", shortcut="Enter")
        self.open.clicked.connect(lambda: self.open_row(self.table.currentIndex().row()))
        self._empty = EmptyState("还没有比对", _WHAT, [*_OFFERS])
        self._empty.acted.connect(self._take)
        self._empty.show_offers(_START)
        self._lay_out()
        self.setFocusProxy(self.table)
        self.refresh()

    # --- going about -----------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read which backups there are; only proven ones can be compared with."""
        backups = self._context.office.backups
        self._context.tasks.run(lambda _progress: [each for each in backups.list() if each.proven], self._show_backups)

    def compare(self, wanted: Backup | None = None) -> None:
        """Compare with a backup, by default the newest proven one, as soon as the list of them was read."""
        self._wanted, self._starts = wanted, True
        self.refresh()

    def compare_chosen(self) -> None:
        """Compare with the backup that is chosen."""
        chosen = self.chosen()
        if chosen is None or self._task is not None:
            return
        self.again.refuse("正在比对")
        self._empty.show_offers()
        self._empty.show_words("正在比对", "可继续看别的台账，按 Esc 停下。台账和备份都不改动。")
        self._pages.setCurrentWidget(self._empty)
        comparing = Comparing(self._context.office.desk)
        self._task = self._context.tasks.run(
            lambda progress: comparing.compare(chosen, progress), self._show, self._failed, label=_RUNNING
        )

    def chosen(self) -> Backup | None:
        """Return the backup in the box."""
        at = self.which.currentIndex()
        return self._backups[at] if 0 <= at < len(self._backups) else None

    def _take(self, key: str) -> None:
        if key == _MAKE:
            self.page_asked.emit("backup")
        else:
            self.compare_chosen()

    def open_row(self, row: int) -> None:
        """Open the record a line is about; the journal has a page of its own."""
        each = self.model.line(row)
        if each is None or self._why_not(each):
            return
        if each.register in (JOURNAL, SETTINGS):
            self.page_asked.emit(each.page or "journal")
        else:
            self._context.events.asked_for.emit(each.register, each.record_id)

    def place(self) -> object:
        """Return the line in hand."""
        return self.table.currentIndex().row()

    def return_to(self, place: object) -> None:
        """Stand on a line again."""
        if isinstance(place, int) and place < self.model.rowCount():
            self.table.go_to(place)

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        match action.rpartition(".")[2]:
            case "export":
                if self.compared is not None:
                    self.report_asked.emit(self.compared)
            case "complete" | "primary" | "open":
                self.open_row(self.table.currentIndex().row())
            case _:
                return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what differs beside the list where both have no room above each other."""
        super().resizeEvent(event)
        low = self.height() < theme.current().px(_LOW)
        self._split.setOrientation(Qt.Orientation.Horizontal if low else Qt.Orientation.Vertical)

    # --- showing ---------------------------------------------------------------------------------------------

    def _show_backups(self, found: list[Backup]) -> None:
        wanted, had = self._wanted or self.chosen(), bool(self._backups)
        self._backups = found
        self.which.clear()
        self.which.addItems([f"{spoken(each.made)} · {each.reason.words}" for each in found])
        folders = [each.folder for each in found]
        if wanted is not None and wanted.folder in folders:
            self.which.setCurrentIndex(folders.index(wanted.folder))
        self._wanted = None
        self.which.setMinimumWidth(self.which.sizeHint().width())
        if not found:
            self.again.refuse(_NONE)
            self._empty.show_words(_NONE, "在“备份与恢复”里做一份，或把放备份的盘接上。")
            self._empty.show_offers(_MAKE)
        elif self._task is None:
            self.again.allow()
            # Read again while there were some, the list says nothing new: what was said of a stop still holds.
            if self.compared is None and not had:
                self._empty.show_words("还没有比对", _WHAT)
                self._empty.show_offers(_START)
        # Without a backup there is nothing to choose from, nothing to start and nothing to leave out.
        for part in (self.which, self.again, self.report, self.known):
            part.setVisible(bool(found))
        if self._starts:
            self._starts = False
            self.compare_chosen()

    def _show(self, compared: Comparison) -> None:
        self._end()
        self.compared = compared
        self.report.allow()
        made = spoken(compared.backup.made)
        level = Level.ERROR if compared.unexplained else Level.PLAIN
        detail = compared.words
        if compared.broken_there:
            detail += f"这份备份自己的留痕链也有 {len(compared.broken_there)} 条不符，请换更早的一份再比对。"
        self.strip.show_words(f"与{made} 的备份比对", detail, level)
        self.strip.show()
        self._show_chips()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: Exception) -> None:
        self._end()
        self._empty.show_offers(_START)
        if was_cancelled(error):
            self._empty.show_words("已停下，没有比完", "台账和备份都没有改动。")
        elif isinstance(error, PaizhuError):
            self._empty.show_words("没有比对成", str(error))
            messages.tell(self, error)

    def _end(self) -> None:
        self._task = None
        self.again.allow()

    def _listed(self) -> Sequence[Difference]:
        if self.compared is None:
            return ()
        return self.compared.found if self.known.isChecked() else self.compared.unexplained

    def _show_chips(self) -> None:
        listed = self._listed()
        keys = list(dict.fromkeys(each.register for each in listed))
        chips = [Chip(ALL, "全部", len(listed))]
        chips += [Chip(key, label_of(key), sum(each.register == key for each in listed)) for key in keys]
        current = self.chips.current()
        self.chips.show_chips(chips, current if current in keys else ALL)
        self._show_rows()

    def _show_rows(self) -> None:
        key = self.chips.current()
        rows = [each for each in self._listed() if key in (ALL, "", each.register)]
        self.model.show_lines(rows)
        self.status.emit(f"和备份不同 {len(rows):,} 处")
        if rows:
            self._pages.setCurrentWidget(self._split)
            self.table.go_to(0)
            self._show_difference(0)
        elif self.compared is not None:
            note = f"比对的是：{COVERED}。"
            if self.compared.found:
                note += "勾上“也列出有留痕的和不记留痕的改动”，可以看备份以后正常办理的记录。"
            self._empty.show_words("没有发现留痕以外的改动", note)
            self._pages.setCurrentWidget(self._empty)

    def _show_difference(self, row: int) -> None:
        each = self.model.line(row)
        if each is None:
            self.details.setPlainText("")
            return
        self.details.setPlainText("\n".join(one.words for one in each.fields) or each.title)
        reason = self._why_not(each)
        self.open.setText("打开所在的页" if each.register in (JOURNAL, SETTINGS) else "打开这条记录")
        self.open.refuse(reason) if reason else self.open.allow()

    @staticmethod
    def _why_not(each: Difference) -> str:
        if each.what is What.LOST and not each.part and each.register not in (JOURNAL, SETTINGS):
            return "现在的台账里没有这一条；从备份恢复可以找回"
        return ""

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.chips, 1)
        top.addWidget(self.known)
        above, below = Card("和备份不同的记录和设置", plain_head=True), Card("备份里 → 现在", plain_head=True)
        above.fill()
        above.body.addWidget(self.table, 1)
        below.fill()
        below.body.addWidget(self.details)
        below.set_corner(ReasonLabel(self.open))
        below.set_corner(self.open)
        self._split = CardSplit(Qt.Orientation.Vertical)
        self._split.addWidget(above)
        self._split.addWidget(below)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._split)
        self.body.addWidget(self.strip)
        self.body.addLayout(top)
        self.body.addWidget(self._pages, 1)
