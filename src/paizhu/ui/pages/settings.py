"""Settings, made from their one declaration; each takes effect as it is changed and needs no saving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from paizhu.base.rows import Change
from paizhu.base.settings import SETTINGS, Place, Setting
from paizhu.base.settings import setting as setting_of
from paizhu.services import keeping
from paizhu.services.session import Session
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.number_edit import NumberEdit
from paizhu.ui.kit.segments import Segments
from paizhu.ui.machine import scheme_of
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.pages.security import SecurityCard
from paizhu.ui.theme import Text

_HIDDEN = ("last_vault", "sample")
_FOLDERS = ("second_backup",)
_COUNTING = (
    ("calendar", "打开工作日历"),
    ("limits", "打开期限表"),
    ("influence", "打开影响期表"),
    ("recurring", "打开定期事项"),
    ("talk_rules", "打开谈话规则"),
    ("number_patterns", "打开编号和文号格式"),
)
_REVIEWING = (("review_lists", "打开审查清单和语句"), ("flag_rules", "打开提示规则"))
_NUMBER = 104
_RANGES = {
    "backup_minutes": (5, 240),
    "cutoff_day": (0, 28),
    "soon_days": (1, 60),
    "quiet_days": (0, 999),
    "workbook_limit_mb": (1, 2000),
    "workbook_limit_rows": (1_000, 1_048_576),
}


class SettingsPage(PageFrame):
    """One card for each group of settings; `page_asked` names another page that is set up by itself."""

    page_asked = Signal(str)

    def __init__(self, context: Context, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("设置", "改了就生效，不用另外保存", parent=parent)
        self._context = context
        self._session = session
        self._editors: dict[str, QWidget] = {}
        self._labels: list[Label] = []
        groups: dict[str, list[Setting]] = {}
        for setting in SETTINGS:
            if setting.name not in _HIDDEN:
                groups.setdefault(setting.group, []).append(setting)
        for group, settings in groups.items():
            self.body.addWidget(self._card(group, settings))
            if group == "提醒":
                self.body.addWidget(
                    self._pages_card("期限、谈话和编号", "放假、补班、每一项期限的长度，谈话规则和编号格式", _COUNTING)
                )
                self.body.addWidget(self._pages_card("审查看什么", "清单、语句和提示的规则都可以改", _REVIEWING))
            if group == "安全":
                self.body.addWidget(SecurityCard(context, session))
        self.body.addStretch(1)
        theme.current().follow(self, self._follow_theme)
        self._align()
        context.events.changed.connect(self._follow)

    def editor(self, name: str) -> QWidget:
        """Return the widget that edits a setting."""
        return self._editors[name]

    def change(self, setting: Setting, value: Any) -> None:
        """Keep a value and let it take effect."""
        if value == self._value(setting):
            return
        if setting.place is Place.MACHINE:
            self._session.machine.set_setting(setting.name, value)
            if setting.group == "界面":
                self._context.theme.gently(self._show_look)
        else:
            made = keeping.change_setting(self._context.office.desk, setting.name, value)
            self._context.events.said.emit(f"“{setting.label}”已改。", made.entry)
        self._context.events.settings_changed.emit(setting.name)

    def _show_look(self) -> None:
        self._context.theme.set_scheme(scheme_of(self._session.machine))
        self._context.theme.set_points(float(self._session.machine.setting("font_size")))

    def _value(self, setting: Setting) -> Any:
        if setting.place is Place.MACHINE:
            return self._session.machine.setting(setting.name)
        return self._context.office.desk.setting(setting.name)

    def _card(self, group: str, settings: list[Setting]) -> Card:
        card = Card(group, plain_head=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        row = 0
        for setting in settings:
            label = Label(setting.label)
            self._labels.append(label)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            editor = self._make(setting)
            self._editors[setting.name] = editor
            label.setBuddy(editor)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(self._held(setting, editor), row, 1)
            row += 1
            if isinstance(editor, NumberEdit):
                grid.addWidget(editor.note, row, 1)
                row += 1
            if setting.help:
                grid.addWidget(Label(setting.help, Text.SECONDARY, "ink2", wraps=True), row, 1)
                row += 1
        card.body.addLayout(grid)
        return card

    def _pages_card(self, title: str, note: str, pages: Sequence[tuple[str, str]]) -> Card:
        card = Card(title, note, plain_head=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for key, words in pages:
            button = Button(words)
            button.clicked.connect(lambda _=False, key=key: self.page_asked.emit(key))
            row.addWidget(button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _make(self, setting: Setting) -> QWidget:
        value = self._value(setting)
        if setting.options:
            segments = Segments(setting.label, [(str(option), words) for option, words in setting.options])
            segments.set_current(str(value))
            segments.chosen.connect(lambda key: self.change(setting, setting.type(key)))
            return segments
        if setting.type is int:
            number = NumberEdit(*_RANGES.get(setting.name, (0, 100_000)))
            number.setValue(int(value))
            number.setAccessibleName(setting.label)
            number.valueChanged.connect(lambda value: self.change(setting, value))
            return number
        line = QLineEdit(str(value))
        line.setAccessibleName(setting.label)
        line.editingFinished.connect(lambda: self.change(setting, line.text().strip()))
        return line

    def _held(self, setting: Setting, editor: QWidget) -> QWidget:
        """Return the editor with what belongs beside it: a folder has its button, a short one does not stretch."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(editor, 1 if isinstance(editor, QLineEdit | Segments) else 0)
        if setting.name in _FOLDERS and isinstance(editor, QLineEdit):
            choose = Button("选择文件夹…", icon="folder")
            choose.clicked.connect(lambda: self._choose_folder(setting, editor))
            row.addWidget(choose)
        elif isinstance(editor, NumberEdit):
            row.addStretch(1)
        return holder

    def _choose_folder(self, setting: Setting, line: QLineEdit) -> None:
        folder = messages.ask_folder(self, setting.label)
        if folder:
            line.setText(str(folder))
            self.change(setting, str(folder))

    def _follow(self, change: Change) -> None:
        """Show what was taken back elsewhere, as by Ctrl+Z."""
        if "setting" not in keeping.kinds(change.registers):
            return
        for name, editor in self._editors.items():
            value = self._value(setting_of(name))
            with QSignalBlocker(editor):
                if isinstance(editor, Segments):
                    editor.set_current(str(value))
                elif isinstance(editor, NumberEdit):
                    editor.setValue(int(value))
                elif isinstance(editor, QLineEdit):
                    editor.setText(str(value))

    def _follow_theme(self) -> None:
        """Show a size or colours that were changed by key."""
        self._align()
        for name, value in (("font_size", theme.current().points), ("theme", theme.current().scheme.value)):
            editor = self._editors.get(name)
            if isinstance(editor, Segments):
                editor.set_current(str(value))

    def _align(self) -> None:
        """Keep one column of labels down the whole page, as wide as the longest of them, and one width of numbers."""
        widest = max(label.fontMetrics().horizontalAdvance(label.text()) for label in self._labels)
        for label in self._labels:
            label.setMinimumWidth(widest)
        for editor in self._editors.values():
            if isinstance(editor, NumberEdit):
                editor.setMinimumWidth(theme.current().px(_NUMBER))
