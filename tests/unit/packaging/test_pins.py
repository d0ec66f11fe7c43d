"""The lock files: whole, hashed, without addresses, and saying the same as pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest

from devtools import pins
from devtools.environment import DEV_LOCK, RUN_LOCK
from devtools.terminal import ROOT, StoppedError

LOCKS = [pytest.param(RUN_LOCK, id="run"), pytest.param(DEV_LOCK, id="dev")]
REQUIREMENT = re.compile(r"(?P<name>[a-z0-9.-]+)==(?P<version>[0-9][^ ;]*)( ; [^#]+)?")
PIN = re.compile(r'^ {4}"(?P<name>[^=]+)==(?P<version>[^"]+)",(?P<reason>.*)$', re.MULTILINE)


def locked(path: Path) -> dict[str, str]:
    """Return version by name of what a lock file names."""
    found = (REQUIREMENT.match(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {match["name"]: match["version"] for match in found if match}


def pinned(group: str) -> dict[str, str]:
    """Return version by name of what pyproject.toml pins, names as pip folds them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    words = project["dependencies"] if group == "run" else project["optional-dependencies"][group]
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in (word.split("==") for word in words)}


@pytest.mark.parametrize("path", LOCKS)
def test_every_line_is_a_pin_or_a_hash(path: Path) -> None:
    body = path.read_text(encoding="utf-8").replace("\\\n", "").splitlines()[1:]
    for line in body:
        name, *hashes = line.split("    --hash=")
        assert REQUIREMENT.fullmatch(name.strip()), line[:80]
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest.strip()) for digest in hashes), name


@pytest.mark.parametrize("path", LOCKS)
def test_no_address_stands_in_a_lock_file(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    assert "://" not in words
    assert "index" not in words
    assert "find-links" not in words


@pytest.mark.parametrize(("group", "path"), [("run", RUN_LOCK), ("run", DEV_LOCK), ("dev", DEV_LOCK)])
def test_pyproject_and_lock_name_the_same_versions(group: str, path: Path) -> None:
    lock = locked(path)
    assert {name: lock.get(name) for name in pinned(group)} == pinned(group)


def test_tools_of_developers_do_not_reach_the_officer() -> None:
    assert not pinned("dev").keys() & locked(RUN_LOCK).keys()
    assert locked(RUN_LOCK).items() <= locked(DEV_LOCK).items()


def test_every_pin_has_its_reason() -> None:
    found = list(PIN.finditer((ROOT / "pyproject.toml").read_text(encoding="utf-8")))
    assert len(found) == len(pinned("run")) + len(pinned("dev"))
    assert [match["name"] for match in found if not re.fullmatch(r"  # \S.+", match["reason"])] == []


def test_a_lock_file_with_an_address_is_not_kept(tmp_path: Path) -> None:
    new, old = tmp_path / "new.txt", tmp_path / "old.txt"
    new.write_text("--extra-index-url file:///somewhere\nalembic==1.20.1\n", encoding="utf-8")
    old.write_text("alembic==1.20.1\n", encoding="utf-8")
    with pytest.raises(StoppedError, match="没有保留"):
        pins.keep(new, old)
    assert old.read_text(encoding="utf-8") == "alembic==1.20.1\n"


def test_a_kept_lock_file_says_how_it_is_made(tmp_path: Path) -> None:
    new, old = tmp_path / "new.txt", tmp_path / "old.txt"
    new.write_text("alembic==1.20.1\n", encoding="utf-8")
    pins.keep(new, old)
    assert old.read_text(encoding="utf-8") == f"{pins.HEADER}alembic==1.20.1\n"
