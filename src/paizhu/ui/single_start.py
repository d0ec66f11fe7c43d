"""One window for one vault: a second start brings the first to the front and ends."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from paizhu.base import paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer
    from PySide6.QtWidgets import QWidget

_FOLDER = "windows"
_GREETING = b"show"
_PATIENCE_MS = 800


class SingleStart(QObject):
    """Listens under a name made from the vault's path, so that a later start can find the window; no network."""

    asked = Signal()
    """Somebody started the program again on the same vault."""

    def __init__(self, vault: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name_of(vault)
        self._mark = paths.home() / _FOLDER / self._name
        self._server: QLocalServer | None = None

    def raise_other(self) -> bool:
        """Bring the other window of this vault to the front; False when there is none that answers.

        The mark is looked at first, so that a usual start need not load the local sockets.
        """
        if not self._mark.exists():
            return False
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE_MS):
            # The program was killed; its mark means nothing any more.
            self._mark.unlink(missing_ok=True)
            return False
        socket.write(_GREETING)
        socket.waitForBytesWritten(_PATIENCE_MS)
        socket.waitForReadyRead(_PATIENCE_MS)
        socket.disconnectFromServer()
        return True

    def listen(self) -> bool:
        """Wait for later starts; False when the system gives no such place, which harms nothing."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._answer)
        if not server.listen(self._name):
            return False
        self._server = server
        self._mark.parent.mkdir(exist_ok=True)
        self._mark.touch()
        return True

    def listens_for(self, vault: Path | None) -> bool:
        """Tell whether it waits for starts on this very vault."""
        return self._server is not None and vault is not None and name_of(vault) == self._name

    def close(self) -> None:
        """Stop waiting."""
        if self._server:
            self._server.close()
            self._server = None
            self._mark.unlink(missing_ok=True)

    def _answer(self) -> None:
        while self._server and (socket := self._server.nextPendingConnection()):
            socket.write(_GREETING)
            socket.flush()
            socket.disconnected.connect(socket.deleteLater)
            self.asked.emit()


def name_of(vault: Path) -> str:
    """Return the name under which the window of a vault listens; it tells nothing about the vault."""
    return "paizhu-" + hashlib.sha256(str(vault.absolute()).encode()).hexdigest()[:20]


def bring_to_front(window: QWidget) -> None:
    """Answer a second start of the program."""
    from PySide6.QtCore import Qt  # it takes a tenth of the start

    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
