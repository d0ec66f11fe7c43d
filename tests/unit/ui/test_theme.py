"""The look: contrasts, sizes that follow the font, a font on every machine, icons that follow the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QIcon, QImage, QPainter, QPalette, QPixmap, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paizhu.base import paths
from paizhu.ui import theme
from paizhu.ui.icons import Shape, icon, paint_shape
from paizhu.ui.theme import FAMILIES, POINTS, Scheme, Text, Theme, nearest_points, pick_family
from paizhu.ui.tokens import DARK, LIGHT, Tokens
from tests.unit.ui.contrast import contrast

SETS = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
GROUNDS = ("win", "surface", "surface2", "sel", "hover", "accent_soft", "amber_soft")
TEXTS = ("ink", "ink2", "ink3", "accent", "slate", "amber")


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    yield theme.install(qapp, Scheme.LIGHT)
    theme.install(qapp, Scheme.LIGHT)


@pytest.mark.parametrize("tokens", SETS)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_colour_can_be_read_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", SETS)
@pytest.mark.parametrize("ground", GROUNDS)
def test_borders_of_controls_can_be_seen_on_every_ground(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.field, getattr(tokens, ground)) >= 3.0


@pytest.mark.parametrize("tokens", SETS)
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("accent_button_text", "accent_button"),
        ("accent_button_text", "accent_button_hover"),
        ("on_slate", "slate"),
        ("c1_label", "c1"),
        ("c2_label", "c2"),
        ("c3_label", "c3"),
        ("c4_label", "c4"),
    ],
)
def test_words_on_fills_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (LIGHT.ink, LIGHT.surface, 16.18),
        (LIGHT.field, LIGHT.surface, 3.78),
        (LIGHT.amber, LIGHT.surface, 7.52),
        (DARK.accent, DARK.surface, 7.35),
        (DARK.on_slate, DARK.slate, 8.70),
    ],
)
def test_contrasts_are_those_of_the_specification(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.01)


def test_the_chosen_colours_reach_palette_and_style_sheet(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.set_scheme(Scheme.DARK)

    assert look.dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.win)
    assert look.colour("ink") == QColor(DARK.ink)
    assert DARK.surface in qapp.styleSheet()
    assert LIGHT.surface2 not in qapp.styleSheet()


def test_every_name_in_the_style_sheet_is_filled_in(look: Theme, qapp: QApplication) -> None:
    assert "$" not in qapp.styleSheet()


def test_the_style_sheet_names_only_pictures_that_are_there(look: Theme, qapp: QApplication) -> None:
    for scheme in (Scheme.LIGHT, Scheme.DARK):
        look.set_scheme(scheme)
        named = re.findall(r"url\(([^)]+)\)", qapp.styleSheet())
        assert named
        assert [path for path in named if not Path(path).is_file()] == []


@pytest.mark.parametrize(("folder", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_pictures_of_the_style_sheet_use_only_tokens(folder: str, tokens: Tokens) -> None:
    allowed = set(tokens)
    for path in (paths.resources() / "icons" / folder).glob("*.svg"):
        assert set(re.findall(r"#[0-9A-Fa-f]{6}", path.read_text("utf-8"))) <= allowed, path.name


def test_heights_at_the_smallest_font_are_those_of_the_specification(look: Theme) -> None:
    if look.family not in FAMILIES:
        pytest.skip("measured with another font than the specification's")
    heights = look.heights
    assert (heights.row, heights.dense_row, heights.two_line_row, heights.header) == (36, 30, 50, 32)
    assert (heights.button, heights.small_button, heights.tall_button) == (32, 28, 40)
    assert (heights.toolbar, heights.tab_bar, heights.action_bar, heights.status_bar) == (48, 46, 52, 28)


def test_everything_doubles_at_the_largest_font(look: Theme) -> None:
    look.set_points(21)
    assert look.heights.row == 72
    assert look.px(16) == 32
    assert look.font(Text.TITLE).pointSizeF() == 33


@pytest.mark.parametrize("points", POINTS)
@pytest.mark.parametrize("text", list(Text))
def test_no_row_is_lower_than_its_words(look: Theme, points: float, text: Text) -> None:
    look.set_points(points)
    small = QFontMetrics(look.font(Text.SECONDARY)).height()
    assert look.heights.two_line_row >= QFontMetrics(look.font()).height() + small
    assert look.heights.status_bar >= small
    if text not in (Text.TITLE, Text.PANE):
        assert look.heights.row >= QFontMetrics(look.font(text)).height()


def test_font_size_goes_up_and_down_within_its_bounds(look: Theme) -> None:
    look.smaller()
    assert look.points == 10.5
    for _ in range(10):
        look.larger()
    assert look.points == 21
    look.smaller()
    assert look.points == 16
    look.normal()
    assert look.points == 10.5


@pytest.mark.parametrize(("stored", "used"), [(0, 10.5), (11.2, 11), (13, 12), (99, 21)])
def test_a_foreign_font_size_becomes_the_nearest_offered(stored: float, used: float) -> None:
    assert nearest_points(stored) == used


def test_the_first_wanted_family_is_taken_without_loading_the_shipped_one() -> None:
    def never() -> str:
        raise AssertionError

    assert pick_family({"WenQuanYi Micro Hei", "Noto Sans CJK SC", "Arial"}, never) == "Noto Sans CJK SC"


def test_without_a_wanted_family_the_shipped_one_is_loaded(qapp: QApplication) -> None:
    family = pick_family({"Arial"}, theme.load_shipped)
    assert family == "Noto Sans SC"
    assert family in QFontDatabase.families()
    font = QRawFont(str(next((paths.resources() / "fonts").glob("NotoSansSC-Regular*"))), 14)
    assert all(font.supportsCharacter(ord(character)) for character in "监督〔2025〕，：“”")


def test_qt_speaks_chinese(look: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    assert theme.speak_chinese(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert "取消" in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_an_icon_changes_its_colour_with_the_theme(look: Theme) -> None:
    lock = icon("lock", "ink")
    assert darkest(lock.pixmap(QSize(32, 32)).toImage()) == QColor(LIGHT.ink).lightness()
    look.set_scheme(Scheme.DARK)
    assert darkest(lock.pixmap(QSize(32, 32)).toImage()) == QColor(DARK.ink).lightness()


def test_an_icon_of_a_disabled_button_is_quieter(look: Theme) -> None:
    off = icon("lock", "ink").pixmap(QSize(32, 32), QIcon.Mode.Disabled).toImage()
    assert darkest(off) == QColor(LIGHT.ink3).lightness()


@pytest.mark.parametrize("drawing", sorted(path.stem for path in (paths.resources() / "icons").glob("*.svg")))
def test_every_icon_draws_something(look: Theme, drawing: str) -> None:
    image = icon(drawing).pixmap(QSize(16, 16)).toImage()
    assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16))


def test_no_two_shapes_look_alike_without_colour(look: Theme) -> None:
    drawn = {shape: bytes(painted(shape).constBits()) for shape in Shape}
    assert len(set(drawn.values())) == len(Shape)


def painted(shape: Shape) -> QImage:
    pixmap = QPixmap(16, 16)
    pixmap.fill(QColor("white"))
    with QPainter(pixmap) as painter:
        paint_shape(painter, pixmap.rect(), shape, QColor("black"))
    return pixmap.toImage()


def darkest(image: QImage) -> int:
    """Return the lightness of the pixels that are fully covered, which is the same for all of them."""
    covered = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]
    return covered[0].lightness()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("made", [QLineEdit, QPlainTextEdit])
def test_what_stands_in_an_empty_field_can_be_read(
    qtbot: QtBot, look: Theme, scheme: Scheme, made: type[QLineEdit | QPlainTextEdit]
) -> None:
    look.set_scheme(scheme)
    field = made()
    qtbot.addWidget(field)
    field.show()
    shown = field.palette().color(QPalette.ColorRole.PlaceholderText)
    assert (shown.name().upper(), shown.alpha()) == (look.tokens.ink3, 255)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_handle_of_a_scroll_bar_can_be_seen(qtbot: QtBot, look: Theme, scheme: Scheme) -> None:
    look.set_scheme(scheme)
    bar = QScrollBar(Qt.Orientation.Vertical)
    qtbot.addWidget(bar)
    bar.setRange(0, 10)
    bar.setPageStep(10)
    bar.resize(12, 200)
    bar.show()
    handle = bar.grab().toImage().pixelColor(6, 30).name()
    for ground in ("win", "surface", "surface2"):
        assert contrast(handle, getattr(look.tokens, ground)) >= 3.0


def test_of_several_fields_with_an_error_the_one_with_the_cursor_is_seen(look: Theme, qtbot: QtBot) -> None:
    lines = [QLineEdit() for _ in range(2)]
    holder = QWidget()
    column = QVBoxLayout(holder)
    for line in lines:
        line.setProperty("level", "error")
        column.addWidget(line)
    qtbot.addWidget(holder)
    holder.show()
    with qtbot.waitActive(holder):
        holder.activateWindow()
    lines[1].setFocus()
    qtbot.waitUntil(lines[1].hasFocus)

    def edge(line: QLineEdit) -> str:
        return str(line.grab().toImage().pixelColor(1, line.height() // 2).name())

    assert edge(lines[0]) == look.colour("accent").name()
    assert edge(lines[1]) == look.colour("slate").name()
