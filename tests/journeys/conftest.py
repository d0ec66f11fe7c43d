"""The window on the invented year, for whoever goes through all of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from paizhu.storage.vault import Vault
from paizhu.ui.tour_screens import Walk
from tests.journeys.walking import walking


@pytest.fixture
def walk(invented_vault: Vault, qapp: QApplication, tmp_path: Path) -> Iterator[Walk]:
    """The window on the invented year, as the tour walks through it."""
    with walking(invented_vault, tmp_path / "pictures") as made:
        yield made
