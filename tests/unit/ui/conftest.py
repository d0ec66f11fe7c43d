"""What tests of the shell share: a context over a real vault, and pages that stand in for registers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu.services.machine import Machine
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui import theme, turns
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.main_window import MainWindow
from paizhu.ui.tabs import TABS, Tab
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme, Theme
from paizhu.ui.turns import Pieces
from tests.conftest import PASSWORD
from tests.unit.ui.windows import settle


class StandInPage(QWidget):
    """A page that does what the shell asks of every page, and notes it."""

    status = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.field = QLineEdit()
        self.field.setAccessibleName("内容")
        self.asked: list[str] = []
        self.opened: tuple[str, int] | None = None
        self.shown: tuple[str, int] | None = None
        QVBoxLayout(self).addWidget(self.field)

    def opening(self, register_key: str, record_id: int) -> Pieces:
        self.opened = (register_key, record_id)
        yield
        self.shown = self.opened

    def place(self) -> object:
        return self.opened

    def return_to(self, place: object) -> None:
        assert place is None or isinstance(place, tuple)
        self.opened = place

    def run(self, action_id: str) -> bool:
        known = action_id in ("new", "save")
        if known:
            self.asked.append(action_id)
        return known

    def save_draft(self) -> None:
        if self.field.text():
            self.context.office.vault.drafts.put("integrity_talk", 0, self.field.text())

    def is_busy(self) -> bool:
        return bool(self.field.text())


@pytest.fixture
def tabs(request: pytest.FixtureRequest) -> tuple[Tab, ...]:
    """The tabs of the window over stand-in pages, or as they are where a test is marked to have the real ones."""
    if request.node.get_closest_marker("real_pages"):
        return TABS
    return tuple(Tab(tab.key, tab.label, tab.registers, StandInPage) for tab in TABS)


@pytest.fixture
def a_turn_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every piece of what comes in pieces takes a turn, however fast the machine."""
    monkeypatch.setattr(turns, "_ENOUGH_SECONDS", 0)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    """Workers that are gone after the test."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def look(qapp: QApplication) -> Iterator[Theme]:
    """Light colours at the smallest font, before and after."""
    yield theme.install(qapp, Scheme.LIGHT)
    theme.install(qapp, Scheme.LIGHT)


@pytest.fixture
def context(office: Office, tasks: Tasks, qapp: QApplication) -> Context:
    """What a page is given."""
    return Context(office, Events(), tasks, theme.install(qapp))


@pytest.fixture
def session(vault_folder: Path) -> Iterator[Session]:
    """A session that knows a locked vault, and holds none when the test is over."""
    made = Session(Machine())
    made.choose(vault_folder)
    yield made
    made.lock()


@pytest.fixture
def fresh() -> Iterator[Session]:
    """A session on a machine that knows no vault yet."""
    made = Session(Machine())
    yield made
    made.lock()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, session: Session, tabs: tuple[Tab, ...]) -> Iterator[MainWindow]:
    """The window, unlocked and at rest."""
    theme.install(qapp)
    made = MainWindow(session, tabs=tabs)
    qtbot.addWidget(made)
    made.resize(1366, 696)
    session.unlock(PASSWORD)
    made.open_desk()
    made.show()
    made.activateWindow()
    # Not `waitActive`: it keeps the interpreter to itself, and the workers of the open desk stand still meanwhile.
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, made)
    yield made
    made._end()
