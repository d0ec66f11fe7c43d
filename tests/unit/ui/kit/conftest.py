"""A fresh look and rows of invented cells for the tests of the widgets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from paizhu.ui import theme
from paizhu.ui.theme import Scheme, Theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """Show light colours at the smallest font, before and after."""
    yield theme.install(qapp, Scheme.LIGHT)
    theme.install(qapp, Scheme.LIGHT)
