"""The vault of invented data to look round in: where it lies, made the first time, put aside when done with."""

from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.base import clock, paths
from paizhu.base.errors import NotAllowedError
from paizhu.services.session import ENDING, Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from paizhu.services.office import Office

PASSWORD = "示例口令2026"
"""No secret: it stands on the locked page."""
_NAME = "示例数据"


class SampleVault:
    """The invented vault of this machine, as the vault a session works with. Made without importing storage."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def folder(self) -> Path:
        """Where it lies, made or not."""
        return paths.home() / f"{_NAME}{ENDING}"

    @property
    def chosen(self) -> bool:
        """Tell whether it is the vault the session works with."""
        return self._session.folder == self.folder

    def open(self, build: "Callable[[Office], object]") -> "Office":
        """Open it; the first time it is made, and ``build`` writes the invented records."""
        session, folder = self._session, self.folder
        if folder.exists():
            session.choose(folder)
            return session.unlock(PASSWORD)
        # The invention brings its own unit, and with it the roster.
        names = {"group": "驻某市示例局纪检监察组", "officer": "陈守正", "sample": "1"}
        office, _code = session.create(folder, names, PASSWORD)
        session.unkept.forget(office.vault)
        try:
            build(office)
        except BaseException:
            # Half an invention would teach wrong things; the next try starts clean.
            session.lock()
            import shutil

            shutil.rmtree(folder, ignore_errors=True)
            session.forget_vault()
            raise
        return office

    def put_aside(self) -> Path:
        """Close it and move it aside; returns where it lies now. Refused while another vault is chosen."""
        if not self.chosen:
            raise NotAllowedError("现在打开的不是示例数据", "没有改动")
        from paizhu.storage import atomic

        self._session.lock()
        aside = self.folder.with_name(f"{_NAME}-已移走-{clock.now():%Y%m%d-%H%M%S}")
        try:
            self.folder.rename(aside)
        except OSError as error:
            raise atomic.refusal(error, "示例数据没有移走") from error
        self._session.forget_vault()
        return aside
