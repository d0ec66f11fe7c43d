"""Renewing the lock files: every package that the pins of pyproject.toml bring along, with the hashes of its files."""

import shutil
import tempfile
import venv
from pathlib import Path

from devtools.environment import DEV_LOCK, RUN_LOCK
from devtools.terminal import ROOT, StoppedError, start

RESOLVER = "uv==0.13.9"
HEADER = "# Made by `python3 packaging/dev.py lock` out of pyproject.toml; not edited by hand.\n"


def lock(*, upgrade: bool) -> int:
    """Write both lock files; with `upgrade` also what is only brought along may become newer."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.EnvBuilder(with_pip=True).create(folder / "tool")
        python = next(folder.glob("tool/[bS]*/python*"))
        if code := start([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", RESOLVER]):
            return code
        new_run, new_dev = folder / RUN_LOCK.name, folder / DEV_LOCK.name
        for old, new in ((RUN_LOCK, new_run), (DEV_LOCK, new_dev)):
            # The resolver keeps to what stands in the file it is to write.
            if old.exists() and not upgrade:
                shutil.copyfile(old, new)
        if code := resolve(python, new_run) or resolve(
            python, new_dev, "--extra", "dev", "--constraints", str(new_run)
        ):
            return code
        for old, new in ((RUN_LOCK, new_run), (DEV_LOCK, new_dev)):
            keep(new, old)
    return 0


def resolve(python: Path, target: Path, *more: str) -> int:
    """Find every needed package for every supported Python and system, and the hashes of all its wheels."""
    words = ["-m", "uv", "pip", "compile", str(ROOT / "pyproject.toml"), "--quiet", "--universal"]
    words += ["--python-version", "3.11", "--only-binary", ":all:", "--generate-hashes", "--no-header"]
    words += ["--no-annotate", "--no-emit-index-url", "--no-emit-find-links", "--output-file", str(target)]
    return start([python, *words, *more])


def keep(new: Path, old: Path) -> None:
    """Put a finished lock file in its place; one that names an address would tie everyone to this computer's index."""
    words = new.read_text(encoding="utf-8")
    if "://" in words:
        raise StoppedError(
            f"{new.name} 里出现了网络地址，没有保留，原来的文件未改动。", f"{new.name} would name an address; not kept."
        )
    old.write_text(HEADER + words, encoding="utf-8", newline="\n")
