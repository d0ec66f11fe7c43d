"""The passphrase field: 显示, and a word when Caps Lock or a Chinese input method would spoil what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QLocale, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.theme import Text

CAPS_WORDS = "大写锁定已打开，口令区分大小写"
IME_WORDS = "当前是中文输入法，口令请切换到英文（按 Shift）"
_STRENGTHS = ("", "弱", "一般", "较强", "强")
_PARTS = 4


class PasswordEdit(QWidget):
    """A tall passphrase field with its notices below; what was typed leaves by `text`, never by a signal."""

    entered = Signal()
    edited = Signal()

    def __init__(self, name: str = "口令", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        # The path of a file dropped here by mistake would be taken for the password, and cost a try.
        self.field.setAcceptDrops(False)
        self.field.setProperty("fit", "tall")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(name)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhLatinOnly
        )
        self.field.returnPressed.connect(self.entered)
        self.field.textChanged.connect(lambda _: self.edited.emit())
        self.field.installEventFilter(self)
        self.reveal = _Reveal(self.field)
        self.reveal.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.reveal.setCheckable(True)
        self.reveal.setCursor(Qt.CursorShape.ArrowCursor)
        self.reveal.toggled.connect(self._show_typed)
        inside = QHBoxLayout(self.field)
        inside.setContentsMargins(0, 0, 4, 0)
        inside.addStretch(1)
        inside.addWidget(self.reveal)
        self._note = MarkLabel(Mark(Shape.TRIANGLE, "", Tone.AMBER), Text.SECONDARY, bold=False)
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addWidget(self._note)
        self.setFocusProxy(self.field)
        self._caps = False
        self._chinese = False
        theme.current().follow(self, self._make_room)
        QGuiApplication.inputMethod().localeChanged.connect(self._ask_input_method)
        self._show_typed(False)

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def clear(self) -> None:
        """Forget what was typed and hide again what will be."""
        self.field.clear()
        self.reveal.setChecked(False)

    def show_typed(self, shown: bool) -> None:
        """Show or hide what is typed, as 显示 does."""
        self.reveal.setChecked(shown)

    def notice(self) -> str:
        """Return the notice now shown; empty when there is nothing to say."""
        return "" if self._note.isHidden() else self._note.mark.words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the keys and the input method of the field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self._look_at_key(event)
        elif isinstance(event, QInputMethodEvent) and event.preeditString():
            self._chinese = True
            self._show_notice()
        elif event.type() is QEvent.Type.FocusIn:
            self._ask_input_method()
        return super().eventFilter(watched, event)

    def _look_at_key(self, event: QKeyEvent) -> None:
        """Find out about Caps Lock from what keys give, which is all that every system tells."""
        words = event.text()
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._caps = False
        elif len(words) == 1 and words.isascii() and words.isalpha():
            self._caps = words.isupper() is not shifted
            # A letter that arrives as itself did not pass through a Chinese input method.
            self._chinese = False
        self._show_notice()

    def _ask_input_method(self) -> None:
        method = QGuiApplication.inputMethod()
        self._chinese = method.isVisible() and method.locale().language() == QLocale.Language.Chinese
        self._show_notice()

    def _show_notice(self) -> None:
        words = CAPS_WORDS if self._caps else IME_WORDS if self._chinese else ""
        if words:
            self._note.set_mark(Mark(Shape.TRIANGLE, words, Tone.AMBER))
        self._note.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def _show_typed(self, shown: bool) -> None:
        self.field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.reveal.setText("隐藏" if shown else "显示")
        self.reveal.setIcon(icon("eye-off" if shown else "eye"))
        self.reveal.setAccessibleName("隐藏口令" if shown else "显示口令")
        self._make_room()

    def _make_room(self) -> None:
        look = theme.current()
        self.reveal.setIconSize(QSize(look.px(19), look.px(16)))
        self.field.setTextMargins(0, 0, self.reveal.sizeHint().width(), 0)


class _Reveal(QToolButton):
    """显示 / 隐藏. It lies inside the field, so a key it does not use would fall through into the passphrase."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        # What Qt itself puts into a field has no frame; this one is reached by Tab.
        self.setProperty("ringed", True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep every key that would write or rub out; Enter and Esc go on to the page."""
        super().keyPressEvent(event)
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            event.accept()


class StrengthBar(QWidget):
    """Four parts and a word for how strong a passphrase is; the judging is done elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strength = 0
        self._bar = _Parts()
        self._word = Label("", Text.SECONDARY, bold=True)
        self._advice = Label("", Text.SECONDARY, "ink2")
        row = QHBoxLayout()
        row.setSpacing(0)
        # Nothing typed has no strength to be named.
        self._named = Label("还没有输入口令", Text.SECONDARY, "ink2")
        row.addWidget(self._named)
        row.addWidget(self._word)
        row.addStretch(1)
        row.addWidget(self._advice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._bar)
        column.addLayout(row)

    def show_strength(self, strength: int, advice: str = "") -> None:
        """Show a strength from 0 (nothing typed) to 4, and how to better it."""
        self._bar.show_parts(strength)
        self._named.setText("强度：" if strength else "还没有输入口令")
        self._word.setText(_STRENGTHS[strength])
        self._advice.setText(advice)
        words = f"强度：{_STRENGTHS[strength]}" if strength else self._named.text()
        self.setAccessibleName(f"{words}，{advice}" if advice else words)


class _Parts(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._filled = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, filled: int) -> None:
        self._filled = filled
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size for the present font."""
        return QSize(120, theme.current().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the present colours and font."""
        look = theme.current()
        gap = 4
        width = (self.width() - gap * (_PARTS - 1)) / _PARTS
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for part in range(_PARTS):
                painter.setBrush(look.colour("slate" if part < self._filled else "line"))
                painter.drawRoundedRect(QRectF(part * (width + gap), 0, width, self.height()), 2, 2)


class RuleList(QWidget):
    """Rules that tick off while typing: a circle until one is met, then the ticked disc."""

    def __init__(self, rules: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._rules = [MarkLabel(Mark(Shape.CIRCLE, words)) for words in rules]
        for rule in self._rules:
            column.addWidget(rule)

    def readings(self) -> list[str]:
        """Return how each rule is read out."""
        return [rule.accessibleName() for rule in self._rules]

    def show_met(self, met: Sequence[bool]) -> None:
        """Say for each rule, in order, whether it is met."""
        for rule, is_met in zip(self._rules, met, strict=True):
            words = rule.mark.words
            rule.set_mark(Mark(Shape.TICK, words, Tone.DONE) if is_met else Mark(Shape.CIRCLE, words))
            rule.setAccessibleName(f"{words}，{'已符合' if is_met else '尚未符合'}")
