"""佐证材料 of an item: a place for the paper of each period that owes one, and those that belong to none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from paizhu.rules.duty_progress import SLOT, Progress
from paizhu.services.duties import work as duty_work
from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.label import Label
from paizhu.ui.register.file_slot import FileSlot
from paizhu.ui.theme import Text


class PapersPart(QWidget):
    """Every place takes a file by drag or by keyboard; a missing paper says so and offers a letter or a reason."""

    add_asked = Signal(object, str)
    open_asked = Signal(object)
    acted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._note = Label("", Text.SECONDARY, "ink2")
        self.slots: list[FileSlot] = []
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("佐证材料", Text.SECTION))
        head.addWidget(self._note)
        head.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._box = QFrame()
        self._column.addWidget(self._box)

    def show_papers(
        self, standing: Progress, files: Sequence[Mapping[str, Any]], *, can_add: bool, reason: str
    ) -> None:
        """Show what has come and what is missing."""
        wanted = f"应有 {len(standing.owed)} 份" if standing.owed else ""
        lacking = f"，还缺 {len(standing.lacking)} 份" if standing.lacking else ""
        self._note.setText(f"{wanted}{lacking}" if wanted else "")
        self._box.hide()
        self._box.deleteLater()
        self._box = QFrame()
        self._box.setProperty("frame", "box")
        inside = QVBoxLayout(self._box)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self.slots = []
        by_slot: dict[str, list[Mapping[str, Any]]] = {}
        for file in files:
            by_slot.setdefault(str(file["slot"]), []).append(file)
        single = standing.total == 1
        for period in standing.periods:
            if not (period in standing.owed or period.files or single):
                continue
            name = period.material or ("佐证材料" if single else f"{period.name}佐证")
            slot = self._slot(period.slot, name)
            offers = []
            if can_add and period in standing.lacking and not standing.ended:
                offers = [Offer(duty_work.URGE, "生成催办单…"), Offer("reason", "写明不附的理由…")]
            excuse = period.reason or reason
            slot.show_files(
                by_slot.pop(period.slot, []),
                can_add=can_add,
                missing=f"{name}：未收到" if period in standing.lacking else "",
                note=f"不附佐证：{excuse}" if excuse else name,
                offers=offers,
            )
            inside.addWidget(slot)
        rest = [file for slot_name in list(by_slot) if _is_evidence(slot_name) for file in by_slot[slot_name]]
        if rest or not self.slots:
            slot = self._slot(SLOT, "其他佐证" if self.slots else "佐证材料")
            slot.show_files(rest, can_add=can_add, note="还不到要交佐证的时候" if not self.slots else "")
            inside.addWidget(slot)
        self._column.addWidget(self._box)

    def _slot(self, slot: str, name: str) -> FileSlot:
        made = FileSlot(slot, name)
        made.add_asked.connect(self.add_asked)
        made.open_asked.connect(self.open_asked)
        made.acted.connect(self.acted)
        self.slots.append(made)
        return made


def _is_evidence(slot: str) -> bool:
    return slot.partition(":")[0] == SLOT
