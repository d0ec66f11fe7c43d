"""The recovery code on screen and on paper: shown once, printed or saved, and tried by typing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from paizhu.base import clock
from paizhu.base.errors import PaizhuError
from paizhu.ui import messages
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import Label
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Text

_COLUMNS = 4
_ONCE = (
    "打印或存下一份，锁进保密柜。程序不把恢复密钥写到盘上：还没收好就锁定的，解锁后还在这里；"
    "收好或退出以后，就再也看不到。"
)


class RecoverySheet(QWidget):
    """`kept` follows once the code was printed, saved or typed correctly; then the officer may go on."""

    kept = Signal()
    copied = Signal()
    """What is typed from the sheet is another than before."""

    def __init__(self, tasks: Tasks, group: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._group = group
        self._code = ""
        self.is_kept = False
        self._labels: list[QLabel] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(10)
        self.print = Button("打印恢复单", icon="print")
        self.save_pdf = Button("存为 PDF…", icon="file")
        self.save_text = Button("存为文本…", icon="file")
        self.words = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.typed = CodeEdit()
        self.typed.setAccessibleName("照恢复单输入一遍")
        self.typed.setPlaceholderText("可选：照抄好的恢复单输入一遍，看看有没有抄错")
        self.note = self.typed.note
        self._lay_out()
        self.print.clicked.connect(self.print_sheet)
        self.save_pdf.clicked.connect(self.ask_pdf)
        self.save_text.clicked.connect(self.ask_text)
        self.typed.textChanged.connect(self._greet)
        self.typed.complete.connect(self.compare)
        self.typed.left.connect(self.compare)

    def set_group(self, group: str) -> None:
        """Say whose sheet it is."""
        self._group = group

    def show_code(self, code: str) -> None:
        """Show a code; it has yet to be kept."""
        self._code = code
        self.is_kept = False
        for label in self._labels:
            # What is thrown away lives on for a moment; its words do not.
            label.setText("")
            label.setAccessibleName("")
        self._labels.clear()
        empty(self._grid)
        for place, group in enumerate(code.split("-") if code else ()):
            self._grid.addWidget(self._group_label(place, group), place // _COLUMNS, place % _COLUMNS)
        self.typed.clear()
        self.note.clear()
        self.words.setText(_ONCE if code else "")

    def forget(self) -> None:
        """Let nothing of the code stay on the screen."""
        self.show_code("")

    def differs(self) -> bool:
        """Tell whether something was typed from the sheet that is not the code."""
        return bool(self.typed.text().strip()) and not self._copied()

    def compare(self) -> None:
        """See whether what was typed from the sheet is the code."""
        if not self.typed.text().strip():
            self.note.clear()
            return
        if not self.typed.holds():
            return
        if not self._copied():
            self.note.show_error("和上面的恢复密钥不一样，请逐组核对")
            return
        self.note.show_done("抄得对。")
        self._keep("抄写核对无误。请把恢复单锁进保密柜。")

    def _copied(self) -> bool:
        from paizhu.storage.keys import MistypedCodeError, read_recovery_code

        try:
            return read_recovery_code(self.typed.text()) == self._code
        except MistypedCodeError:
            return False

    def _greet(self) -> None:
        """Say at once when the copy is right; what is wrong with it waits until the field is left."""
        if self._code and self._copied():
            self.compare()
        self.copied.emit()

    def ask_pdf(self) -> None:
        """Ask where to put the sheet as PDF, and write it."""
        path = messages.ask_save(self, "存恢复单", "恢复单.pdf", messages.PDF)
        if path and self._lies_apart(path):
            self.write_pdf(path)

    def ask_text(self) -> None:
        """Ask where to put the sheet as plain text, and write it."""
        path = messages.ask_save(self, "存恢复单", "恢复单.txt", messages.TEXT)
        if path and self._lies_apart(path):
            self.write_text(path)

    def write_pdf(self, path: Path) -> None:
        """Write the sheet as PDF."""
        self._put(path, self._paper())

    def _put(self, path: Path, make: Callable[[], bytes]) -> None:
        from paizhu.documents.pdf import writing

        self._tasks.run(lambda _progress: writing.put(path, make()), lambda _: self._saved(path), self._refuse)

    def write_text(self, path: Path) -> None:
        """Write the sheet as plain text."""
        try:
            path.write_text("\n".join(self._lines()) + "\n", encoding="utf-8")
        except OSError as error:
            from paizhu.storage import atomic

            self._refuse(atomic.refusal(error, "恢复单没有写成", ""))
        else:
            self._saved(path)

    def print_sheet(self) -> None:
        """Print the sheet on a printer the officer chooses; it is the page that is saved as PDF."""
        make = self._paper()
        self._tasks.run(lambda _progress: make(), self._choose_printer, self._refuse)

    def _choose_printer(self, content: bytes) -> None:
        from paizhu.documents.pdf.pages import Pages
        from paizhu.ui import paper_print

        pages = Pages(content)
        printer = paper_print.printer_for(pages)
        if not messages.ask_printer(self, printer):
            pages.close()
            return
        if printed := printer.outputFileName():
            # Without a printer the system offers a file: the sheet itself, and not a picture of it.
            pages.close()
            if self._lies_apart(Path(printed)):
                self._put(Path(printed), lambda: content)
            return

        def done(_count: int) -> None:
            pages.close()
            self._keep("恢复单已送去打印。核对纸上的字清楚，再锁进保密柜。")

        def failed(error: Exception) -> None:
            pages.close()
            self._refuse(error)

        self._tasks.run(lambda progress: paper_print.send(pages, printer, progress), done, failed)

    def _lies_apart(self, path: Path) -> bool:
        """Tell whether a place is outside every vault: a sheet in its folder would go wherever the data goes."""
        from paizhu.storage import header

        vault = next((folder for folder in path.resolve().parents if (folder / header.FILE).is_file()), None)
        if vault is None:
            return True
        self.words.setText(
            f"恢复单没有存：“{vault.name}”里放的就是数据，拿到它的人会连恢复密钥一起拿到。恢复密钥还在上面，"
            "请存到这个文件夹以外，最好存到移动盘。"
        )
        return False

    def _saved(self, path: Path) -> None:
        self._keep(f"恢复单已存为“{path.name}”，在 {path.parent}。不要留在这台电脑上，拷到别处后删掉。")

    def _refuse(self, error: Exception) -> None:
        words = str(error) if isinstance(error, PaizhuError) else "程序出了差错，恢复单没有做成。"
        self.words.setText(f"{words}恢复密钥还在上面。")

    def _paper(self) -> Callable[[], bytes]:
        """Return what makes the sheet as PDF: not for the thread of the window, fonts have to be read for it."""
        groups, owner = self._code.split("-"), self._group

        def make() -> bytes:
            from paizhu.documents.papers.recovery import recovery_sheet
            from paizhu.documents.pdf import writing
            from paizhu.documents.pdf.blocks import Stamp

            return writing.make(recovery_sheet(groups, Stamp("", clock.now()), owner=owner))[0]

        return make

    def _keep(self, words: str) -> None:
        self.words.setText(words)
        self.is_kept = True
        self.kept.emit()

    def _lines(self) -> list[str]:
        groups = self._code.split("-")
        rows = [groups[start : start + _COLUMNS] for start in range(0, len(groups), _COLUMNS)]
        return [
            "派驻监督工作台　恢复单",
            self._group,
            f"生成时间：{clock.now():%Y-%m-%d %H:%M}",
            "",
            *("　　".join(row) for row in rows),
            "",
            "忘记口令时，用它另设口令。谁拿到它，谁就能打开数据：请锁进保密柜，不要拍照，不要放在这台电脑上。",
            "里面没有数字 0、1 和字母 O、I。换发新的以后，这一张作废。",
        ]

    def _group_label(self, place: int, group: str) -> QLabel:
        label = Label(group, Text.TITLE)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._labels.append(label)
        label.setAccessibleName(f"第 {place + 1} 组：{' '.join(group)}")
        return label

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("frame", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 18, 24, 18)
        inside.addLayout(self._grid)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.print, self.save_pdf, self.save_text):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(card)
        column.addLayout(row)
        column.addWidget(self.words)
        column.addWidget(self.typed)
        column.addWidget(self.note)
