"""Every page of the window on a small screen, light and dark, at 100, 150 and 200 %: nothing is cut, all is named."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from paizhu.ui.register.asking import AskStrip
from paizhu.ui.theme import Scheme
from paizhu.ui.tour_screens import Look, Walk
from tests.journeys import focus
from tests.journeys.walking import Seen, other_pages, tabs_and_records

TALL = QSize(1440, 2400)
LOOKS = [(Scheme.LIGHT, 10.5), (Scheme.DARK, 10.5), (Scheme.LIGHT, 16.0), (Scheme.LIGHT, 21.0)]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
@pytest.mark.parametrize(("scheme", "points"), LOOKS)
def test_nothing_is_cut_and_every_control_has_a_name(walk: Walk, scheme: Scheme, points: float) -> None:
    seen, desk = Seen(walk, scheme, points), walk._desk()
    for words in tabs_and_records(walk):
        seen.look(words)
    # What asks for something beside the list of talks has the members above it to share the height with.
    desk.open_record("integrity_talk", desk.context.office.search.find("深基坑", 1, ("integrity_talk",))[0].id)
    for asking in ("mass", "void", "filter"):
        desk.pages.run(asking)
        seen.look(f"廉政谈话，{asking}")
        for strip in walk._window.findChildren(AskStrip):
            strip.leave()
    for words in other_pages(walk):
        seen.look(words)
    assert seen.told == ""


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_focus_is_seen_on_every_kind_of_control(walk: Walk, scheme: Scheme) -> None:
    walk._wear(Look("", scheme, 10.5, TALL))
    known: set[focus.Kind] = set()
    found: list[str] = []
    desk = walk._desk()

    def look(words: str) -> None:
        # A list that came up under a field would keep the keys.
        while popup := QApplication.activePopupWidget():
            popup.close()
        walk._window.activateWindow()
        walk._settle()
        unseen = focus.unseen(walk._window, desk.head.search, known, walk._pause)
        found.extend(f"{words}: {each}" for each in unseen)

    for words in tabs_and_records(walk):
        look(words)
    for words in other_pages(walk):
        look(words)
    assert found == []
    # The walk saw controls at all, each with the focus: tables, fields, buttons, chips, tabs.
    assert len(known) > 60
