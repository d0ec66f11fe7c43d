"""The window on a vault that is filled already, gone through as the tour goes through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSize

from paizhu.services.machine import Machine
from paizhu.services.session import Session
from paizhu.storage.vault import Vault
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import Scheme
from paizhu.ui.tour_screens import OPENED, OTHERS, Look, Walk
from tests.conftest import PASSWORD
from tests.journeys import seen

PAGES = (*(key for key, _words in OTHERS), "import", "export", "fill", "compare", "numbers", "paper")
"""Every page that is no tab."""
SMALL = QSize(1366, 696)
_LOOKS = 4


@contextmanager
def walking(vault: Vault, pictures: Path) -> Iterator[Walk]:
    """Close the vault and open the window on it, which goes in the end."""
    vault.close()
    session = Session(Machine())
    session.choose(vault.folder)
    session.unlock(PASSWORD)
    walk = Walk(session, pictures)
    walk._open()
    yield walk
    walk.end()


def tabs_and_records(walk: Walk) -> Iterator[str]:
    """Bring every tab to the front, then a record of each kind, first to be read and then to be filled in."""
    desk = walk._desk()
    for tab in TABS:
        desk.show_tab(tab.key)
        yield tab.label
    for _key, register, words in OPENED:
        desk.open_record(register, desk.context.office.search.find(words, 1, (register,))[0].id)
        for overview in walk._window.findChildren(DossierOverview):
            overview.open_for("日常监督")
        yield register
        desk.pages.run("edit")
        yield f"{register}，填写"


def other_pages(walk: Walk) -> Iterator[str]:
    """Bring every other page to the front."""
    for key in PAGES:
        walk._desk().show_tab(key)
        yield key


class Seen:
    """What is cut or has no name in the window, each with where it was seen first."""

    def __init__(self, walk: Walk, scheme: Scheme, points: float) -> None:
        self._walk = walk
        self._found: dict[str, str] = {}
        walk._wear(Look("", scheme, points, SMALL))

    def look(self, words: str) -> None:
        """Look at the window as it is now; the words say where that is."""
        for fault in faults(self._walk):
            self._found.setdefault(fault, words)

    @property
    def told(self) -> str:
        """What was found, a line each; empty where all is well."""
        return "\n".join(f"{words}: {fault}" for fault, words in self._found.items())


def faults(walk: Walk) -> list[str]:
    """Return what is cut or has no name in the window once it rests."""
    found: list[str] = []
    # On a busy machine the last layout may still be on its way; what is cut for good is cut every time.
    for _time in range(_LOOKS):
        walk._settle()
        found = [*seen.cut(walk._window), *seen.nameless(walk._window)]
        if not found:
            break
    return found
