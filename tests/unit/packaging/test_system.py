"""What the computer must have: found by the very thing that will be used, named by Debian's package."""

import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from devtools import system
from devtools.terminal import StoppedError

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="nothing is looked for on other systems")


def as_someone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the right to install from whoever runs the tests."""
    monkeypatch.setattr(system, "may_install", lambda: False)


@ONLY_LINUX
@pytest.mark.parametrize("plugin", ["libqxcb.so", "libqoffscreen.so"])
def test_qt_loads_with_the_named_packages(plugin: str) -> None:
    path = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms" / plugin
    asked = "import ctypes, sys; ctypes.CDLL(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", asked, str(path)], capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr


@ONLY_LINUX
def test_a_library_that_loads_is_not_missing() -> None:
    assert system.missing_libraries({"libc6": "libc.so.6", "libnowhere9": "libnowhere.so.9"}) == ["libnowhere9"]


@ONLY_LINUX
def test_a_program_on_the_path_is_not_missing() -> None:
    assert system.missing_programs({"dash": "sh", "nowhere-utils": "nowhere-program"}) == ["nowhere-utils"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("noto/NotoSansCJK-Regular.ttc", True),
        ("wqy/wqy-microhei.ttc", True),
        ("windows/simsun.ttc", True),
        ("dejavu/DejaVuSans.ttf", False),
        ("noto/NotoSansCJK-Regular.conf", False),
    ],
)
def test_a_chinese_font_is_known_by_its_file(tmp_path: Path, name: str, found: bool) -> None:
    path = tmp_path / name
    path.parent.mkdir()
    path.touch()
    assert system.has_chinese_font([str(tmp_path)]) is found


def test_no_font_folder_means_no_font(tmp_path: Path) -> None:
    assert not system.has_chinese_font([str(tmp_path / "nothing")])


@ONLY_LINUX
def test_who_may_not_install_is_told_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    as_someone(monkeypatch)
    monkeypatch.setitem(system.QT_LIBRARIES, "libnowhere9", "libnowhere.so.9")
    with pytest.raises(StoppedError) as stopped:
        system.prepare(window=False, tests=False)
    lines = [line for line in str(stopped.value).splitlines() if "libnowhere9" in line]
    if shutil.which("apt-get"):
        assert len(lines) == 1
        assert lines[0].strip().startswith("sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends ")


@ONLY_LINUX
def test_without_apt_the_packages_are_named_to_go_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(system.WINDOW_LIBRARIES, "libnowhere9", "libnowhere.so.9")
    with pytest.raises(StoppedError, match="软件管理程序") as stopped:
        system.prepare(window=True, tests=False)
    assert "libnowhere9" in str(stopped.value)
    assert "sudo" not in str(stopped.value)


@ONLY_LINUX
def test_a_missing_font_alone_only_advises(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_someone(monkeypatch)
    monkeypatch.setattr(system, "FONT_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(system, "QT_LIBRARIES", {"libc6": "libc.so.6"})
    system.prepare(window=False, tests=False)
    assert system.FONT_PACKAGE in capsys.readouterr().out


@ONLY_LINUX
def test_libraries_of_a_window_are_not_asked_of_a_computer_without_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    as_someone(monkeypatch)
    monkeypatch.setattr(system, "QT_LIBRARIES", {"libc6": "libc.so.6"})
    monkeypatch.setitem(system.WINDOW_LIBRARIES, "libnowhere9", "libnowhere.so.9")
    system.prepare(window=False, tests=False)
    with pytest.raises(StoppedError, match="libnowhere9"):
        system.prepare(window=True, tests=False)
