"""The folder .venv: recognised when broken, linked to the program, filled again only when the pins change."""

import importlib.util
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from devtools import environment, system
from devtools.terminal import StoppedError, child_environment


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in a folder with a Chinese name and a space, with a real but empty .venv and a program."""
    root = tmp_path / "派驻 工作台"
    program = root / "src" / "paizhu"
    program.mkdir(parents=True)
    (program / "__init__.py").write_text("", encoding="utf-8")
    (program / "__main__.py").write_text("import sys; print('started', *sys.argv[1:])\n", encoding="utf-8")
    venv.EnvBuilder(with_pip=False, symlinks=sys.platform != "win32").create(root / ".venv")
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setattr(environment, "VENV", root / ".venv")
    monkeypatch.setattr(environment, "STAMP", root / ".venv" / environment.STAMP.name)
    scripts = root / ".venv" / environment.SCRIPTS.name
    monkeypatch.setattr(environment, "SCRIPTS", scripts)
    monkeypatch.setattr(environment, "PYTHON", scripts / environment.PYTHON.name)
    return root


def test_the_program_starts_by_its_name_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    environment.link_program()
    command = str(environment.script("paizhu"))
    done = subprocess.run(
        [command, "list", "a b"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=child_environment(),
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "started list a b\n", "")
    assert checkout in environment.script("paizhu").parents


def test_linking_again_changes_no_file(checkout: Path) -> None:
    environment.link_program()
    files = [environment.site_packages() / "paizhu.pth", environment.script("paizhu")]
    before = [path.stat().st_mtime_ns for path in files]
    environment.link_program()
    assert [path.stat().st_mtime_ns for path in files] == before
    assert all(checkout in path.parents for path in files)


def test_an_environment_without_pip_is_not_whole(checkout: Path) -> None:
    assert environment.PYTHON.exists()
    assert not environment.is_whole()


def test_an_environment_whose_python_is_gone_is_not_whole(checkout: Path) -> None:
    environment.PYTHON.unlink()
    assert not environment.is_whole()


def test_the_environment_of_this_run_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    assert environment.is_whole()


def test_pins_are_installed_once_and_again_when_they_change(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = checkout / "requirements.txt"
    filled: list[str] = []
    monkeypatch.setattr(environment, "is_whole", lambda: True)
    monkeypatch.setattr(environment, "fill", lambda path: filled.append(path.read_text(encoding="utf-8")))
    for words in ("first", "first", "second", "second"):
        lock.write_text(words, encoding="utf-8")
        environment.prepare(lock)
    assert filled == ["first", "second"]


def test_a_failed_installation_is_tried_again(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = checkout / "requirements.txt"
    lock.write_text("no-such-package==1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    monkeypatch.setattr(environment, "is_whole", lambda: True)
    for _ in range(2):
        with pytest.raises(StoppedError, match="没有装全"):
            environment.prepare(lock)


def test_a_broken_stamp_counts_as_none(checkout: Path) -> None:
    environment.STAMP.write_text("{half", encoding="utf-8")
    assert environment.stamped() == {}


def test_line_ends_do_not_make_a_lock_file_new(tmp_path: Path) -> None:
    unix, windows = tmp_path / "unix.txt", tmp_path / "windows.txt"
    unix.write_bytes(b"alembic==1.20.1\n")
    windows.write_bytes(b"alembic==1.20.1\r\n")
    assert environment.fingerprint(unix) == environment.fingerprint(windows)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux distributions ship Python without venv")
def test_a_python_without_venv_is_told_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "may_install", lambda: False)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(StoppedError, match=rf"python3\.{sys.version_info.minor}-venv"):
        environment.make()
