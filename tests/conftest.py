"""What every test may use: a real encrypted vault, a clock that stands still, folders of its own."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from paizhu.base import clock
from paizhu.services import sample
from paizhu.services.office import Office
from paizhu.storage import header, keys
from paizhu.storage.vault import Vault

# Where several suites share a machine, what takes a blink elsewhere may take longer than the five seconds of pytest-qt.
# What comes is not waited for any longer than it takes.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals):
    assert wait.__kwdefaults__ is not None
    wait.__kwdefaults__["timeout"] = 60_000


@contextmanager
def _wait_active(qtbot: QtBot, widget: QWidget) -> Iterator[None]:
    yield
    qtbot.waitUntil(widget.isActiveWindow)


@contextmanager
def _wait_exposed(qtbot: QtBot, widget: QWidget) -> Iterator[None]:
    yield
    qtbot.waitUntil(lambda: bool((window := widget.window().windowHandle()) and window.isExposed()))


# Qt's own ways keep the interpreter to themselves while they wait. If a window of the test before goes then, its
# workers are waited for, and those wait for the interpreter: neither ever goes on.
QtBot.waitActive = _wait_active  # type: ignore[assignment,method-assign]
QtBot.waitExposed = _wait_exposed  # type: ignore[assignment,method-assign]
PASSWORD = "口令-abc-12345"
NOW = datetime(2026, 3, 16, 10, 26)
CHEAP = keys.Cost(memory_kib=64, iterations=1, lanes=1)


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Machine settings, attempts and logs go to a folder of this test."""
    monkeypatch.setenv("PAIZHU_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords cost nothing in tests; one test of the keys themselves uses the office's cost."""
    for function in (header.Header.create, header.Header.change_password, header.Header.reset_password):
        plain = getattr(function, "__func__", function)
        defaults = tuple(CHEAP if isinstance(value, keys.Cost) else value for value in plain.__defaults__ or ())
        monkeypatch.setattr(plain, "__defaults__", defaults)


@pytest.fixture(autouse=True)
def garbage_after_the_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the running program, no thread at work looks for garbage among widgets (``ui.clearing``)."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def no_key_held(request: pytest.FixtureRequest) -> None:
    """Ctrl, pressed by the test before, is let go: Qt takes going to a row for a click with the keys it heard last."""
    if "qtbot" in request.fixturenames:
        request.getfixturevalue("qapp")
        if QGuiApplication.keyboardModifiers() is not Qt.KeyboardModifier.NoModifier:
            QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(autouse=True)
def still_clock() -> Iterator[None]:
    """The program believes it is Monday, 16 March 2026, 10:26."""
    with clock.clock_at(NOW):
        yield


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A vault migrated once per run; tests work on copies."""
    folder = tmp_path_factory.mktemp("template") / "示例.paizhu"
    folder.mkdir()
    made, data_key, _code = header.Header.create(PASSWORD, CHEAP)
    from paizhu.storage import migrate

    migrate.build(folder / "vault.db", keys.subkey(data_key, keys.Purpose.DATABASE))
    made.save(folder)
    vault = Vault.open_with(folder, made, data_key)
    vault.catch_up()
    vault.keep("setting", "unit", "某市示例局")
    vault.keep("setting", "group", "驻某市示例局纪检监察组")
    vault.keep("setting", "officer", "陈守正")
    vault.close()
    return folder, data_key


@pytest.fixture
def vault_folder(vault_template: tuple[Path, bytes], tmp_path: Path) -> Path:
    """A vault folder of this test's own, locked; its password is PASSWORD."""
    folder = tmp_path / "示例.paizhu"
    shutil.copytree(vault_template[0], folder)
    return folder


@pytest.fixture
def vault(vault_template: tuple[Path, bytes], vault_folder: Path) -> Iterator[Vault]:
    """An open vault of this test's own."""
    opened = Vault.open_with(vault_folder, header.Header.load(vault_folder), vault_template[1])
    yield opened
    if not opened.closed:
        opened.close()


@pytest.fixture(scope="session")
def invented_template(vault_template: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A vault with the invented year, written once per run; tests work on copies."""
    folder = tmp_path_factory.mktemp("invented") / vault_template[0].name
    shutil.copytree(vault_template[0], folder)
    with pytest.MonkeyPatch.context() as patch, clock.clock_at(NOW):
        patch.setenv("PAIZHU_HOME", str(tmp_path_factory.mktemp("home")))
        opened = Vault.open_with(folder, header.Header.load(folder), vault_template[1])
        sample.build(Office(opened))
        opened.close()
    return folder


@pytest.fixture
def invented_vault(vault_template: tuple[Path, bytes], invented_template: Path, tmp_path: Path) -> Iterator[Vault]:
    """An open vault of this test's own with the invented year in it."""
    folder = tmp_path / invented_template.name
    shutil.copytree(invented_template, folder)
    opened = Vault.open_with(folder, header.Header.load(folder), vault_template[1])
    yield opened
    if not opened.closed:
        opened.close()


@pytest.fixture
def invented(invented_vault: Vault) -> Office:
    """Every service over the invented year."""
    return Office(invented_vault)


@pytest.fixture
def office(vault: Vault) -> Office:
    """Every service over the test's vault."""
    return Office(vault)
