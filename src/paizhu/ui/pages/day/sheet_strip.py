"""期限控制表 asked for from any list of deadlines: at once, or with a purpose where secret matters stand in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from paizhu.services.deadlines.control_sheet import NAME
from paizhu.services.deadlines.task import Task
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.register.asking import AskStrip

_BOOK = "Excel 工作簿 (*.xlsx)"
_NOTE = "写明用途，信访、线索、案件就列出名称，用途记入留痕；空着，这些事项只列编号。"


class SheetStrip(AskStrip):
    """Makes the sheet of the list it is given; `drafted` gives the paper, to be looked at before it is printed."""

    drafted = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context

    def print_sheet(self, tasks: Sequence[Task], narrowed: str) -> None:
        """Make the paper and show it, to be printed or saved from there."""
        self._ask(tasks, f"打印{NAME}", "生成", lambda purpose: self._print(tasks, narrowed, purpose))

    def export_sheet(self, tasks: Sequence[Task], narrowed: str) -> None:
        """Write the workbook where the officer says."""
        self._ask(tasks, f"导出{NAME}", "选择位置并导出", lambda purpose: self._export(tasks, narrowed, purpose))

    # --- the machine -----------------------------------------------------------------------------------------

    def _ask(self, tasks: Sequence[Task], title: str, do: str, then: Callable[[str], None]) -> None:
        if not tasks:
            self._context.events.said.emit("现在没有可列的期限。换一个筛选再试。", 0)
            return
        if not self._context.office.control_sheet.needs_purpose(tasks):
            then("")
            return
        purpose = QLineEdit()
        purpose.setPlaceholderText("例如：组务会研究期限")

        def given(answers: Sequence[Any]) -> None:
            self.done()
            then(str(answers[0]).strip())

        self.ask(title, _NOTE, do, [("用途", purpose)], given)

    def _print(self, tasks: Sequence[Task], narrowed: str, purpose: str) -> None:
        sheet = self._context.office.control_sheet
        self._run(lambda: sheet.draft(tasks, narrowed, purpose), self.drafted.emit, f"正在生成{NAME}")

    def _export(self, tasks: Sequence[Task], narrowed: str, purpose: str) -> None:
        name = f"{NAME} {self._context.office.desk.today.isoformat()}.xlsx"
        path = messages.ask_save(self, f"导出{NAME}", name, _BOOK)
        if path is None:
            return
        sheet = self._context.office.control_sheet

        def done(made: Path) -> None:
            self._context.events.written.emit(f"已导出 {len(tasks)} 件：{made.name}", made)

        self._run(lambda: sheet.export(tasks, path, narrowed, purpose), done, f"正在导出{NAME}")

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], label: str) -> None:
        self._context.tasks.run(lambda _progress: work(), done, label=label)
