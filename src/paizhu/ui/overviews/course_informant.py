"""Who reported a matter: words that are shown for a minute on the password, and a comparison that shows nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from paizhu import registers
from paizhu.base.errors import PaizhuError, WrongPasswordError
from paizhu.services.kinship import Recusals
from paizhu.ui.context import Context
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.reveal_box import SHOWN_SECONDS, RevealBox

_PETITION = registers.register("petition")
_INFORMANT = _PETITION.child("informant")


class WhoReported(QObject):
    """Holds the strip that asks for the password and the box that shows the words; the pane gives both their place.

    `opened` names the one that just opened, to be scrolled to; `compared` carries who should recuse himself.
    """

    opened = Signal(QWidget)
    compared = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._petition = 0
        self.ask = AskStrip()
        self.box = RevealBox()

    def cover(self) -> None:
        """Take away at once what was revealed, and the line that asks for the password."""
        self.box.cover()
        self.ask.done()

    def ask_reveal(self, petition_id: int) -> None:
        """Ask for password and reason before the words about an informant are shown."""
        self._begin(petition_id)
        self.ask.ask(
            "查看举报人身份",
            f"写明事由后显示 {SHOWN_SECONDS} 秒。谁、何时、为何查看，记入留痕链，不能删除。",
            "记入留痕并显示",
            [("事由", None)],
            self._reveal,
            secret="口令",
        )
        self.opened.emit(self.ask)

    def ask_recusal(self, petition_id: int) -> None:
        """Ask for the password before the handlers are compared with who reported; nobody is shown."""
        self._begin(petition_id)
        self.ask.ask(
            "与举报人核对回避",
            "在内存里比对本件全部办理人员和登记的亲属、利害关系。只回答谁应当回避，不显示举报人，也不说原因；记入留痕。",
            "比对",
            [],
            self._compare,
            secret="口令",
        )
        self.opened.emit(self.ask)

    # --- the machine -----------------------------------------------------------------------------------------

    def _begin(self, petition_id: int) -> None:
        self._petition = petition_id
        self.box.cover()

    def _reveal(self, lines: Sequence[object]) -> None:
        password, reason = str(lines[0]), str(lines[1])
        if not password or not reason.strip():
            lacks = 1 if password else 0
            self.ask.say(("请输入口令", "请写明事由")[lacks], lacks)
            return
        held = self.ask.hold("正在核对口令")
        records, petition = self._context.office.records, self._petition
        self._context.tasks.run(
            lambda _progress: records.reveal(_PETITION, petition, _INFORMANT.key, password, reason),
            partial(self._revealed, held),
            partial(self._refused, held),
        )

    def _revealed(self, held: Callable[[], bool], rows: Sequence[Mapping[str, str]]) -> None:
        # Somebody may have gone on to another record or pane while the password was tried.
        if not held():
            return
        self.ask.done()
        self.box.show_words([(_INFORMANT.field(name).label, words) for row in rows for name, words in row.items()])
        # The line that asked is gone; covering again is one key away.
        self.box.hide_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(self.box)

    def _compare(self, lines: Sequence[object]) -> None:
        password, petition, desk = str(lines[0]), self._petition, self._context.office.desk
        if not password:
            self.ask.say("请输入口令", 0)
            return
        held = self.ask.hold("正在比对")

        def work(_progress: object) -> Recusals:
            from paizhu.services.kinship import InformantRecusal

            return InformantRecusal(desk).check(petition, password)

        self._context.tasks.run(work, partial(self._compared, held), partial(self._refused, held))

    def _compared(self, held: Callable[[], bool], found: Recusals) -> None:
        if not held():
            return
        self.ask.done()
        self.compared.emit(found)

    def _refused(self, held: Callable[[], bool], error: Exception) -> None:
        if not held():
            return
        if isinstance(error, WrongPasswordError):
            self.ask.say(str(error), 0)
        else:
            self.ask.say(str(error) if isinstance(error, PaizhuError) else "没有打开，内容没有动。请再试一次。")
