"""The last step: what was imported, what still waits, and the way on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from paizhu.services.importing.facts import Tally
from paizhu.services.importing.ledgers import PASTED
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text
from paizhu.ui.wizards.import_side import TallyList, parts_after
from paizhu.ui.wizards.import_tables import Outcome


def done_words(outcome: Outcome) -> str:
    """Return in one sentence what was imported."""
    new, changed = counted(outcome)
    parts = [f"新增 {new:,} 行" if new else "", f"更新 {changed:,} 行" if changed else ""]
    said = "，".join(part for part in parts if part)
    files = f" {len(outcome.files)} 个文件：" if len(outcome.files) > 1 else ""
    return f"已导入{files or '：'}{said}。" if said else "没有要导入的行。"


def counted(outcome: Outcome) -> tuple[int, int]:
    """Return how many records were made and how many changed."""
    counts = [applied.counts for applied in outcome.applied]
    return sum(each["new"] for each in counts), sum(each["changed"] for each in counts)


def _is_pasted(outcome: Outcome) -> bool:
    """Tell whether cells were pasted: there is no file to come back to."""
    return outcome.files == (PASTED,)


class DonePane(QWidget):
    """What came of it; rows that were not taken can be looked at again."""

    log_asked = Signal()
    again_asked = Signal()
    rest_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: tuple[Outcome, Tally, tuple[str, ...]] | None = None
        context.events.changed.connect(self._look_again)
        self._mark = MarkLabel(Mark(Shape.TICK, "", Tone.DONE), Text.SECTION, bold=True)
        self._note = Label("", wraps=True)
        self._counts = TallyList()
        self.log = Button("看导入记录", Look.SECONDARY, icon="history")
        self.log.clicked.connect(self.log_asked)
        self.again = Button("再导入一个文件", Look.SECONDARY, icon="import")
        self.again.clicked.connect(self.again_asked)
        self.rest = Button("接着改没有导入的行", Look.SECONDARY)
        self.rest.clicked.connect(self.rest_asked)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.rest, self.log, self.again):
            row.addWidget(button)
        row.addStretch(1)
        self._body = QWidget()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._mark)
        column.addWidget(self._note)
        column.addWidget(self._counts)
        column.addLayout(row)
        column.addStretch(1)
        around = QHBoxLayout(self)
        around.setContentsMargins(16, 16, 16, 12)
        around.addWidget(self._body)
        around.addStretch(1)
        theme.current().follow(self, self._measure)
        self._measure()

    def words(self) -> str:
        """Return what was said."""
        return self._mark.mark.words

    def show_outcome(self, outcome: Outcome, tally: Tally, where: Sequence[str]) -> None:
        """Say what was imported and what waits."""
        self._shown = (outcome, tally, tuple(where))
        self._tell(outcome, tally, where)
        self.log.setFocus()

    def _tell(self, outcome: Outcome, tally: Tally, where: Sequence[str]) -> None:
        self._counts.show()
        self._mark.set_mark(Mark(Shape.TICK, done_words(outcome), Tone.DONE))
        waiting = tally.refused + tally.doubtful
        said = [f"在{'、'.join(where)}里可以看到。" if where else ""]
        if waiting:
            again = "改好后再粘贴一次" if _is_pasted(outcome) else "原文件没有动：改好后再导入同一个文件"
            said.append(f"还有 {waiting:,} 行没有导入，{again}，只会补上这些行。")
        if outcome.refused:
            said.append(f"后面的文件没有导入：{outcome.refused}")
        self._note.setText("".join(said))
        new, changed = counted(outcome)
        self._counts.show_parts(tally.total, parts_after(new, changed, tally))
        self.rest.setVisible(bool(waiting))

    def _look_again(self, _change: object) -> None:
        """Say it when all of it was taken back, by Ctrl+Z or in the list of imports, and when it stands again."""
        office = self._context.office
        if self._shown is None or office.vault.closed or not self._shown[0].applied:
            return
        undone = all(office.history.entry(each.batch).undone_by for each in self._shown[0].applied)
        if undone == self._counts.isHidden():
            return
        if not undone:
            self._tell(*self._shown)
            return
        self._mark.set_mark(Mark(Shape.DASH, "这次导入已撤销。", Tone.DONE))
        again = "再粘贴一次" if _is_pasted(self._shown[0]) else "再导入一次"
        untouched = "" if _is_pasted(self._shown[0]) else "，原文件没有动"
        self._note.setText(f"台账回到了导入以前{untouched}。要恢复的，按 Ctrl+Y，或者{again}。")
        self._counts.hide()
        self.rest.hide()

    def _measure(self) -> None:
        self._body.setMaximumWidth(theme.current().px(620))
        self._body.setMinimumWidth(theme.current().px(420))
