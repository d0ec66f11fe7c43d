"""The strip at the start over what was typed and never saved: after a crash or a close nobody need remember where."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.services.drafts import NEW, Drafts
from paizhu.services.office import Office
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.moments import spoken_text
from paizhu.ui.strips import Strips

STRIP = "drafts-left"
RESUME = "draft-resume"


class LeftDrafts(QObject):
    """Tells how many drafts there are and leads to one after the other, the newest first."""

    def __init__(
        self,
        strips: Strips,
        office: Office,
        open_record: Callable[[str, int], None],
        open_new: Callable[[str], None],
    ) -> None:
        super().__init__(strips)
        self._strips = strips
        self._office = office
        self._open_record = open_record
        self._open_new = open_new
        self._left: list[tuple[Register, int, str]] = []
        self._told: list[tuple[Register, int, str]] = []

    def show(self) -> None:
        """Look for drafts and tell of them; nothing is said when there are none."""
        self._left = Drafts(self._office.desk).left()
        self._tell()

    def look_again(self) -> None:
        """Leave out what was saved or thrown away meanwhile; nothing new joins, for that stands before the officer."""
        if self._left:
            kept = {(register.key, record_id) for register, record_id, _at in Drafts(self._office.desk).left()}
            self._left = [each for each in self._left if (each[0].key, each[1]) in kept]
            self._tell()

    def resume(self) -> None:
        """Open the newest of them where it belongs; the strip goes on to the next."""
        self.look_again()
        if not self._left:
            return
        register, record_id, _at = self._left.pop(0)
        self._tell()
        if record_id <= NEW:
            self._open_new(register.key)
        else:
            self._open_record(register.key, record_id)

    def _tell(self) -> None:
        if not self._left:
            self._told = []
            self._strips.take(STRIP)
            return
        if self._told == self._left:
            return
        self._told = list(self._left)
        count = len(self._left)
        register, record_id, at = self._left[0]
        words = "有一份没写完的草稿" if count == 1 else f"有 {count} 份没写完的草稿"
        newest = "" if count == 1 else "最近的是"
        detail = f"{newest}{self._name(register, record_id)}，{spoken_text(at)} 留下，没有丢。"
        self._strips.put(STRIP, words, detail, Level.PLAIN, [Offer(RESUME, "接着填", Look.LINK)], closable=True)

    def _name(self, register: Register, record_id: int) -> str:
        if record_id <= NEW:
            return f"新增{register.label}"
        try:
            return f"{register.label} {self._office.records.get(register, record_id).no}".strip()
        except PaizhuError:
            return register.label
