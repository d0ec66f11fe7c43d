"""The look of the whole program: colours, font, sizes; one per application, as Qt's own palette is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache, partial
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, Qt, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from paizhu.base import paths
from paizhu.ui.dressing import Wardrobe
from paizhu.ui.tokens import DARK, LIGHT, Tokens
from paizhu.ui.turns import next_turn

FAMILIES = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
POINTS = (10.5, 11.0, 12.0, 14.0, 16.0, 21.0)

# One em of the body font at 10.5 pt and 96 dpi: the pixel figures of the specification are drawn for it.
_DRAWN_EM = 14.0


class Scheme(StrEnum):
    """Which colours the officer asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Text(StrEnum):
    """The sizes of text, by place; the value names the size in the style sheet."""

    TITLE = "title"
    PANE = "pane"
    TAB = "tab"
    SECTION = "section"
    BODY = "body"
    SECONDARY = "secondary"


# Points while the body is 10.5; everything grows in proportion.
_TEXT_POINTS = {
    Text.TITLE: 16.5,
    Text.PANE: 13.5,
    Text.TAB: 11.25,
    Text.SECTION: 11.25,
    Text.BODY: 10.5,
    Text.SECONDARY: 9.75,
}
_ALWAYS_BOLD = {Text.TITLE, Text.PANE, Text.SECTION}


@dataclass(frozen=True)
class Heights:
    """Heights in pixels for the present font: as drawn, or more where the font's lines need more."""

    row: int
    dense_row: int
    two_line_row: int
    header: int
    button: int
    small_button: int
    tall_button: int
    toolbar: int
    tab_bar: int
    action_bar: int
    status_bar: int


class Theme(QObject):
    """Colours, font and sizes now in force; `changed` follows every change of any of them, for what is no widget."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, points: float = POINTS[0]) -> None:
        super().__init__(app)
        self._app = app
        self._scheme = scheme
        self._points = nearest_points(points)
        self._fonts: dict[tuple[Text, bool], QFont] = {}
        self._middles: dict[tuple[Text, bool], float] = {}
        self._colours: dict[str, QColor] = {}
        self.family = pick_family(set(QFontDatabase.families()), load_shipped)
        app.setStyle("Fusion")
        self._wardrobe = Wardrobe(app)
        self._is_gentle = False
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._apply()

    @property
    def scheme(self) -> Scheme:
        """What the officer asked for, which may be to follow the system."""
        return self._scheme

    @property
    def points(self) -> float:
        """Size of the body text."""
        return self._points

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown now."""
        return self.tokens is DARK

    def set_scheme(self, scheme: Scheme) -> None:
        """Show these colours from now on."""
        if scheme is not self._scheme:
            self._scheme = scheme
            self._apply()

    def set_points(self, points: float) -> None:
        """Use the nearest offered size of body text from now on."""
        points = nearest_points(points)
        if points != self._points:
            self._points = points
            self._apply()

    def larger(self) -> None:
        """Go one size up, if there is one."""
        self.set_points(POINTS[min(POINTS.index(self._points) + 1, len(POINTS) - 1)])

    def smaller(self) -> None:
        """Go one size down, if there is one."""
        self.set_points(POINTS[max(POINTS.index(self._points) - 1, 0)])

    def normal(self) -> None:
        """Go back to the size the program comes with."""
        self.set_points(POINTS[0])

    def follow(self, widget: QWidget, told: Callable[[], object]) -> None:
        """Call a method of a widget after every change; out of sight, when the widget is shown again."""
        self._wardrobe.follow(widget, told)

    def give_up(self, widget: QWidget) -> None:
        """Leave out of every change a hidden widget that is being thrown away in pieces."""
        self._wardrobe.give_up(widget)

    def gently(self, change: Callable[[], None]) -> None:
        """Make a change the officer asked for in four turns of the event loop, so that none of them is felt.

        What lies behind is laid to rest, then the look changes, everything finds its place, and it is painted.
        """
        self._wardrobe.prepare()
        next_turn(self, partial(self._change_unpainted, change))

    def _change_unpainted(self, change: Callable[[], None]) -> None:
        painted = [window for window in self._app.topLevelWidgets() if window.isVisible() and window.updatesEnabled()]
        for window in painted:
            window.setUpdatesEnabled(False)
        self._is_gentle = True
        try:
            change()
        finally:
            self._is_gentle = False
            next_turn(self, partial(_paint, painted))

    def font(self, text: Text = Text.BODY, *, bold: bool = False) -> QFont:
        """Return the font for a place; titles and section heads are bold in any case."""
        bold = bold or text in _ALWAYS_BOLD
        if (text, bold) not in self._fonts:
            font = QFont(self.family)
            font.setPointSizeF(self._text_points(text))
            font.setBold(bold)
            self._fonts[text, bold] = font
        return self._fonts[text, bold]

    def middle(self, text: Text = Text.BODY, *, bold: bool = False) -> float:
        """Return how far above its baseline the middle of a character is.

        Lines of Chinese fonts have more room above their characters than below: what stands beside words is centred on
        the characters, for in the middle of the line it would stand too high.
        """
        if (text, bold) not in self._middles:
            self._middles[text, bold] = -QFontMetricsF(self.font(text, bold=bold)).tightBoundingRect("国").center().y()
        return self._middles[text, bold]

    def drop(self, text: Text = Text.BODY) -> float:
        """Return how far the middle of a character is below the middle of its line."""
        line = QFontMetricsF(self.font(text))
        return line.ascent() - line.height() / 2 - self.middle(text)

    def colour(self, token: str) -> QColor:
        """Return the colour of a token; a name that is none raises `KeyError`."""
        return self._colours[token]

    def px(self, drawn: float) -> int:
        """Return pixels now for pixels as drawn at the smallest size."""
        return round(drawn * self._ratio)

    def _text_points(self, text: Text) -> float:
        return _TEXT_POINTS[text] * self._points / POINTS[0]

    def _system_changed(self) -> None:
        if self._scheme is Scheme.SYSTEM:
            self.gently(self._apply)

    def _apply(self) -> None:
        system_dark = self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        dark = system_dark if self._scheme is Scheme.SYSTEM else self._scheme is Scheme.DARK
        self.tokens = DARK if dark else LIGHT
        self._colours = {name: QColor(value) for name, value in self.tokens._asdict().items()}
        self._fonts.clear()
        self._middles.clear()
        body = QFontMetricsF(self.font())
        # A Chinese character is one em wide in every family, while line heights differ by a fifth.
        self._ratio = body.horizontalAdvance("国") / _DRAWN_EM
        self.heights = self._measure(body.height(), QFontMetricsF(self.font(Text.SECONDARY)).height())
        self._wardrobe.change(self.font(), palette(self.tokens), self._style_sheet(), apart=self._is_gentle)
        self.changed.emit()

    def _measure(self, line: float, small_line: float) -> Heights:
        def at_least(drawn: int, needed: float) -> int:
            return max(round(drawn * self._ratio), round(needed))

        return Heights(
            row=at_least(36, line + 8),
            dense_row=at_least(30, line + 4),
            two_line_row=at_least(50, line + small_line + 4),
            header=at_least(32, line + 6),
            button=at_least(32, line + 6),
            small_button=at_least(28, line + 4),
            tall_button=at_least(40, line + 8),
            toolbar=at_least(48, line + 18),
            tab_bar=at_least(46, line + 14),
            action_bar=at_least(52, line + 22),
            status_bar=at_least(28, small_line + 6),
        )

    def _style_sheet(self) -> str:
        values = self.tokens._asdict()
        values |= {f"{text}_pt": f"{self._text_points(text):g}pt" for text in Text}
        # The style sheet gives the content box: what is left within 1 px border and 1 px padding above and below.
        values |= {f"{name}_box": f"{height - 4}px" for name, height in asdict(self.heights).items()}
        values |= {f"px{size}": f"{self.px(size)}px" for size in (12, 14, 16, 18, 26)}
        # A radius above half the box would be ignored: 16 px of drawing and 1 px of border on each side.
        values["round"] = f"{(self.px(16) + 2) // 2}px"
        values["icons"] = (paths.resources() / "icons" / ("dark" if self.dark else "light")).as_posix()
        return _template().substitute(values)


def _paint(windows: Iterable[QWidget]) -> None:
    for window in windows:
        if isValid(window):
            window.setUpdatesEnabled(True)


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template((paths.resources() / "style.qss").read_text(encoding="utf-8"))


_themes: list[Theme] = []


def install(app: QApplication, scheme: Scheme = Scheme.SYSTEM, points: float = POINTS[0]) -> Theme:
    """Give the program its look; a second call changes the look there is."""
    if not _themes:
        _themes.append(Theme(app, scheme, points))
    theme = _themes[0]
    theme.set_scheme(scheme)
    theme.set_points(points)
    return theme


def current() -> Theme:
    """Return the look in force; a program that installed none gets the one it comes with."""
    if _themes:
        return _themes[0]
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("a look needs an application")
    return install(app)


def nearest_points(points: float) -> float:
    """Return the offered size nearest to one that may come from an old or foreign setting."""
    return min(POINTS, key=lambda offered: abs(offered - points))


def pick_family(available: Collection[str], load_shipped: Callable[[], str]) -> str:
    """Return the first wanted family there is, else whatever loading the shipped font gives."""
    return next((family for family in FAMILIES if family in available), "") or load_shipped()


def load_shipped() -> str:
    """Load the shipped Chinese font, which takes a moment and is why it comes last."""
    families: list[str] = []
    for file in sorted((paths.resources() / "fonts").glob("NotoSansSC*.ttf")):
        families += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    if families:
        return families[0]
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return chinese[0] if chinese else QFont().defaultFamily()


def palette(tokens: Tokens) -> QPalette:
    """Return Qt's palette from the tokens, for everything the style sheet does not reach."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.win,
        role.WindowText: tokens.ink,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.surface2,
        role.Text: tokens.ink,
        role.Button: tokens.surface,
        role.ButtonText: tokens.ink,
        role.BrightText: tokens.accent,
        role.PlaceholderText: tokens.ink3,
        role.Highlight: tokens.sel,
        role.HighlightedText: tokens.ink,
        role.Link: tokens.slate,
        role.LinkVisited: tokens.slate,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.ink,
        role.Light: tokens.surface,
        role.Midlight: tokens.line1,
        role.Mid: tokens.line,
        role.Dark: tokens.field,
        role.Shadow: tokens.line,
        role.Accent: tokens.slate,
    }
    result = QPalette()
    for place, colour in colours.items():
        result.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.ink3))
    return result


def speak_chinese(app: QApplication) -> bool:
    """Let Qt's own words (context menus, print dialog) be Chinese; false when its translation is missing."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Script.SimplifiedHanScript, QLocale.Country.China))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return translator.load("qtbase_zh_CN", folder) and app.installTranslator(translator)
