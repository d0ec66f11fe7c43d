"""Where settings land: what the desktop names, and nowhere by chance."""

import sys
from pathlib import Path

import pytest

from paizhu.base import paths

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows names its folder otherwise")


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PAIZHU_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def test_the_desktop_may_name_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    assert paths.home() == tmp_path / "settings" / "paizhu"


@pytest.mark.parametrize("named", ["", "here", "./here"])
def test_an_empty_or_relative_name_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", named)
    assert paths.home() == tmp_path / "home" / ".config" / "paizhu"
    assert [each.name for each in tmp_path.iterdir()] == ["home"]
