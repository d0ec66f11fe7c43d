"""Opening a vault for one command and letting it go again."""

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.cli import output, passwords
from paizhu.services.machine import Machine
from paizhu.services.session import Session

if TYPE_CHECKING:
    from paizhu.services.office import Office


@contextmanager
def sitting(folder: Path) -> Iterator[Session]:
    """Lend a session at a vault; which vault the window opens next time stays as it was."""
    machine = Machine()
    before = str(machine.setting("last_vault"))
    session = Session(machine)
    try:
        if folder.exists():
            session.choose(folder)
        yield session
    finally:
        session.lock()
        machine.set_setting("last_vault", before)


@contextmanager
def opened(given: Namespace, *, writing: bool = False) -> "Iterator[Office]":
    """Lend the services of the vault that a command names; what opening mended is told.

    Before a command that changes records the whole journal is proved: it is refused while an entry does not fit.
    """
    with sitting(existing(given.vault)) as session:
        office = session.unlock(passwords.password(given))
        for notice in session.notices:
            output.tell(notice)
        if office.older:
            output.tell(office.older.words)
        if writing:
            office.history.verify()
        yield office


def existing(folder: Path, todo: str = "核对文件夹的位置；新建用 paizhu vault create") -> Path:
    """Return a folder that must be there, by default that of a vault; refused in words when there is nothing."""
    from paizhu.base.errors import NotFoundError

    if not folder.is_dir():
        raise NotFoundError(f"没有找到“{folder.name}”", "", todo)
    return folder
