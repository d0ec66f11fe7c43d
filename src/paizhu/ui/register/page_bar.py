"""The tool bar of a page of registers: which register, what is done with all of it, and the chips over its list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from paizhu.base.register import Register
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.chips import ChipBar
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.toolbar import Toolbar
from paizhu.ui.register.bar_buttons import name_button
from paizhu.ui.register.words import new_words


class PageBar(Toolbar):
    """Tells which button was pressed; what stands on the chips is put there by the page."""

    acted = Signal(str)
    """What a button asks for: new, import, export, print, filter."""

    def __init__(self, segments: Sequence[tuple[str, str]], views: Button) -> None:
        super().__init__()
        self.switcher = Segments("台账", list(segments))
        self.new_button = Button("新增", icon="plus")
        self.chips = ChipBar()
        self.chips.more_asked.connect(lambda: self.acted.emit("filter"))
        if len(segments) > 1:
            self.add(self.switcher)
        for button, action, keys in (
            (self.new_button, "new", "Ctrl+N"),
            (Button("导入", icon="import"), "import", "Ctrl+I"),
            (Button("导出", icon="export"), "export", "Ctrl+E"),
            (Button("打印", icon="print"), "print", "Ctrl+P"),
        ):
            button.clicked.connect(lambda _=False, action=action: self.acted.emit(action))
            button.setToolTip(keys)
            self.add(button)
        self.add_line()
        self.add(self.chips, stretches=True)
        self.add(views)

    def show_register(self, register: Register) -> None:
        """Say which register is in front, and what a new record of it is called."""
        self.switcher.set_current(register.key)
        name_button(self.new_button, new_words(register), "")
