"""The window on the invented year, for whoever goes through all of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from paizhu.services import sample
from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.storage.vault import Vault
from paizhu.ui.tour_screens import Walk
from tests.conftest import PASSWORD


@pytest.fixture
def walk(vault: Vault, qapp: QApplication, tmp_path: Path) -> Iterator[Walk]:
    """The window on the invented year, as the tour walks through it."""
    office = Office(vault)
    sample.build(office)
    vault.close()
    session = Session(Machine())
    session.choose(vault.folder)
    session.unlock(PASSWORD)
    made = Walk(session, tmp_path / "pictures")
    made._open()
    yield made
    made.end()
