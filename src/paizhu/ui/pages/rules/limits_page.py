"""The time-limit table in the window: every limit with source and confidence, set for this unit, and put back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from paizhu.base.errors import PaizhuError
from paizhu.services.own_rules.moving import Recount
from paizhu.services.own_rules.time_limits import ENDS, PERIODS, UNITS, Entry
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.field_grid import FieldGrid
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.rules.limits_model import CELLS
from paizhu.ui.pages.rules.moved_list import MovedList
from paizhu.ui.pages.rules.rules_page import UNCHANGED, RulesPage, Words
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.tasks import Progress
from paizhu.ui.theme import Text

_LONGEST, _LONGEST_LEAD = 1000, 250
_NEXT, _SAME = "next", "same"


class LimitsPage(RulesPage[Entry]):
    """Every limit with what holds here, and below the one in hand what moved with the last change."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        words = Words(
            "期限表",
            "有规定的和惯例",
            "标“待核”的凭记忆写入，核对原文后登记",
            one="这一项",
        )
        super().__init__(context, words, CELLS, lambda entry: entry.limit.code, parent=parent)
        self._limits = context.office.time_limits
        self._showing = False
        self._fill_card()
        self.moved = MovedList()
        self.moved.opened.connect(context.events.asked_for)
        self.moved.back_asked.connect(self.take_back)
        self.right.addWidget(self.moved, 1)
        self.refresh()

    def read(self) -> tuple[Sequence[Entry], str]:
        """Return every limit, and how many wait for the text of their rule."""
        entries = self._limits.entries()
        memory = sum(entry.limit.confidence == "memory" for entry in entries)
        own = sum(entry.override is not None for entry in entries)
        return entries, f"共 {len(entries)} 项，待核 {memory} 项，本单位改过 {own} 项；内置值随时可以恢复"

    def edit(self) -> None:
        """Go on to the length, or to the reminder of a limit that has none."""
        (self.length if self.length.isVisible() else self.lead).setFocus()

    # --- changing ----------------------------------------------------------------------------------------------

    def typed(self) -> dict[str, Any]:
        """Return what the editor says of the limit in hand."""
        entry = self.chosen()
        assert entry is not None
        values: dict[str, Any] = {
            "first_day_counts": self.first.current() == _SAME,
            "end_on_non_working": self.end.currentData(),
            "lead": self.lead.value(),
            "extension": self.extension.text().strip(),
        }
        if self._counted(entry):
            sign = -1 if entry.shipped.length < 0 else 1
            values |= {"length": sign * self.length.value(), "unit": self.unit.currentData()}
        return values

    def save_chosen(self) -> None:
        """Keep what was typed for this unit."""
        entry = self.chosen()
        if entry is None:
            return
        code, values = entry.limit.code, self.typed()
        reason, document = self.reason.text(), self.document.text()
        self._change(code, lambda: self._limits.set(code, values, reason, document))

    def confirm_chosen(self) -> None:
        """Note that the number was compared with the text of its rule."""
        entry = self.chosen()
        if entry:
            code, document = entry.limit.code, self.document.text()
            self._change(code, lambda: self._limits.confirm(code, document))

    def put_back(self) -> None:
        """Return to the built-in value."""
        entry = self.chosen()
        if entry:
            code = entry.limit.code
            self._change(code, lambda: self._limits.put_back(code))

    def take_back(self) -> None:
        """Undo the last change made here."""
        done, entry = self.moved.done, self.chosen()
        if done:
            code = entry.limit.code if entry else ""
            self._change(code, lambda: self._limits.take_back(done), undoable=False)

    # --- the machine -------------------------------------------------------------------------------------------

    def _change(self, code: str, change: Callable[[], Recount], *, undoable: bool = True) -> None:
        """Change the table off this thread: every running deadline is counted again."""

        def work(_progress: Progress) -> Recount:
            return change()

        def done(made: Recount) -> None:
            self.refresh(code)
            self.moved.show_done(made, undoable=undoable)
            self._context.events.said.emit(made.sentence, made.entry if undoable else 0)
            self._context.events.settings_changed.emit("limits")
            self.changed.emit()

        self._context.tasks.run(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, PaizhuError):
            self._trouble.show_error(messages.sentence(error))
            self.document.setFocus()

    @staticmethod
    def _counted(entry: Entry) -> bool:
        """Tell whether a limit has a length of its own, rather than the end of a period or the same day."""
        return entry.shipped.unit not in PERIODS and entry.shipped.length != 0

    def _fill_card(self) -> None:
        self.about = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.sentence = Label("", wraps=True)
        self.original = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.length = NumberEdit(1, _LONGEST, at_once=True)
        self.unit = DropDown()
        for key, words in UNITS.items():
            self.unit.addItem(words, key)
        self.first = Segments("从哪天算起", [(_NEXT, "次日起"), (_SAME, "当日起")])
        self.end = DropDown()
        for key, words in ENDS.items():
            self.end.addItem(words, key)
        # The longest choice is a sentence; at a large font it may not push the pane out of the window.
        self.end.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.end.setMinimumContentsLength(6)
        self.end.currentTextChanged.connect(self.end.setToolTip)
        self.lead = NumberEdit(0, _LONGEST_LEAD, at_once=True)
        self.lead.setSuffix(" 个工作日")
        self.extension, self.reason, self.document = QLineEdit(), QLineEdit(), QLineEdit()
        self.extension.setPlaceholderText("规定里能否延期，例如 经批准可以延长 1 个月")
        self.reason.setPlaceholderText("为什么与内置的不同")
        self.document.setPlaceholderText("依据的文件和文号；登记核对时写核对的文件")
        self._trouble = FieldNote(self.document)
        self._span = QWidget()
        span = FlowLayout(self._span, gap=8)
        for part in (self.length, self.unit, self.first):
            span.addWidget(part)
        fields = FieldGrid()
        self._span_words = fields.add("期限", self._span)
        fields.add_bare(self.length.note)
        fields.add("末日逢休息日", self.end)
        fields.add("提前提醒", self.lead)
        fields.add("延期规定", self.extension)
        fields.add("改动理由", self.reason)
        fields.add("文号", self.document)
        self.length.setAccessibleName("长度")
        self.unit.setAccessibleName("单位")
        self.confirm = Button("登记已核对")
        self.confirm.clicked.connect(self.confirm_chosen)
        body = self.card.body
        body.addWidget(self.about)
        body.addWidget(self.sentence)
        body.addLayout(fields)
        body.addWidget(self._trouble)
        body.addWidget(self.original)
        self.add_buttons(self.confirm)
        for signal in (self.length.valueChanged, self.unit.activated, self.lead.valueChanged, self.end.activated):
            signal.connect(lambda *_: self._show_sentence())
        self.first.chosen.connect(lambda _key: self._show_sentence())

    def show_line(self, entry: Entry) -> None:
        """Put a limit into the editor; a clock without a length of its own offers none."""
        self._showing = True
        limit, override = entry.limit, entry.override
        self.name.setText(f"{limit.name}（{limit.code}）")
        self.about.setText("；".join(part for part in (limit.source, limit.note) if part))
        counted = self._counted(entry)
        self._span.setVisible(counted)
        self._span_words.setVisible(counted)
        self.length.setValue(abs(limit.length) or 1)
        self.unit.setCurrentIndex(max(self.unit.findData(limit.unit), 0))
        self.first.set_current(_SAME if limit.first_day_counts else _NEXT)
        self.end.setCurrentIndex(self.end.findData(limit.end_on_non_working))
        self.lead.setValue(limit.lead)
        self.extension.setText(limit.extension)
        self.reason.setText(override.reason if override else "")
        self.document.setText(override.document if override else "")
        self._trouble.clear()
        checked = f"{override.on} 已与原文核对：{override.document}" if override and override.checked else ""
        self.original.setText(checked or (f"内置值：{entry.original}" if entry.original else ""))
        self.original.setVisible(bool(self.original.text()))
        self.confirm.setVisible(limit.confidence == "memory")
        self.back_to_shipped.setVisible(override is not None)
        self._showing = False
        self._show_sentence()

    def _show_sentence(self) -> None:
        """Show how a clock would run that started today, with the values as they stand typed."""
        entry = self.chosen()
        if self._showing or entry is None:
            return
        values = self.typed()
        try:
            self.sentence.setText(f"假如今天起算：{self._limits.preview(entry.limit.code, values)}")
        except PaizhuError as error:
            self.sentence.setText(error.happened)
        self.allow()

    def objection(self, entry: Entry) -> str:
        """Refuse what holds already."""
        same = all(getattr(entry.limit, name) == value for name, value in self.typed().items())
        return UNCHANGED if same else ""
