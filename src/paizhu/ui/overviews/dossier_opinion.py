"""出具廉政意见 from a dossier: the request that is still open for the person, or the few words of a new letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox, QLineEdit

from paizhu.base.errors import PaizhuError
from paizhu.base.rows import Row
from paizhu.registers.opinion import OPINION, REASONS
from paizhu.services.opinions.answering import Opinions
from paizhu.services.opinions.people import Asked
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.register.asking import AskStrip

_NOTE = "登记后五个来源当场查询，意见由您选定。名单里有几个人的，到“廉政意见”里新增后粘贴名单。"


class OpinionAsk(AskStrip):
    """Asks who wrote, when, and for which post; what is known of the person is not typed again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._person: Row | None = None
        self.given.connect(self._store)

    def begin(self, person: Row) -> None:
        """Open the request in which the person waits for an answer, or ask for a new one."""
        self._person = person
        waiting = Opinions(self._context.office.desk).waiting_for(person.id)
        if waiting:
            self._context.events.asked_for.emit(OPINION.key, waiting)
            return
        reason = DropDown()
        for choice in REASONS:
            reason.addItem(choice.label, choice.code)
        lines = [
            ("来函单位", QLineEdit()),
            ("来函文号", QLineEdit()),
            ("收到日期", QLineEdit(self._context.office.desk.today.isoformat())),
            ("征求事由", reason),
            ("拟任职务", QLineEdit()),
        ]
        self.ask(f"出具{person.values.get('name')}的廉政意见", _NOTE, "登记并查询", list(lines))

    def _store(self, given: Sequence[Any]) -> None:
        if self._person is None:
            return
        unit, number, received, reason, to_post = given
        letter = {
            "from_unit": str(unit),
            "letter_no": str(number),
            "received_at": str(received),
            "reason": reason.currentData() if isinstance(reason, QComboBox) else "",
        }
        unit_now = self._person.values.get("unit_now")
        asked = Asked(
            str(self._person.values.get("name") or ""),
            getattr(unit_now, "label", ""),
            str(self._person.values.get("post_now") or ""),
            str(to_post).strip(),
            self._person.id,
        )
        try:
            change = Opinions(self._context.office.desk).receive(letter, [asked])
        except PaizhuError as error:
            self.say(messages.joined([error.happened, error.kept, error.todo]))
            return
        self.done()
        self._context.events.changed.emit(change)
        self._context.events.asked_for.emit(OPINION.key, change.records[0][1])
        self._context.events.said.emit("已登记来函，五个来源已查询", change.entry)
