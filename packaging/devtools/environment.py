"""The folder .venv: made when missing, filled from the hashed pins, filled again only when these change."""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from devtools import system
from devtools.terminal import ROOT, StoppedError, child_environment, say, start

VENV = ROOT / ".venv"
STAMP = VENV / "paizhu-installed.json"
RUN_LOCK = ROOT / "packaging" / "requirements.txt"
DEV_LOCK = ROOT / "packaging" / "requirements-dev.txt"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")


def prepare(lock: Path) -> None:
    """Make .venv hold what `lock` names and the program itself, doing nothing where nothing changed."""
    if not is_whole():
        make()
    installed = stamped()
    if installed.get(lock.name) != fingerprint(lock):
        fill(lock)
        installed[lock.name] = fingerprint(lock)
        if lock == DEV_LOCK:
            # The developer's pins contain the program's.
            installed[RUN_LOCK.name] = fingerprint(RUN_LOCK)
        STAMP.write_text(json.dumps(installed, indent=1) + "\n", encoding="utf-8")
    link_program()


def is_whole() -> bool:
    """Tell whether .venv works; a copied folder or a removed Python leaves one that does not."""
    if not PYTHON.exists():
        return False
    asked = "import sys, pip; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
    return subprocess.run([str(PYTHON), "-c", asked], capture_output=True, check=False).returncode == 0


def make() -> None:
    """Make .venv anew; Debian ships Python without the part that does this, so bring or name it."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python3.{sys.version_info.minor}-venv"
        if not system.may_install():
            raise StoppedError(*system.advice([package]))
        system.install([package])
    say("建立 Python 环境 .venv", "making .venv")
    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(VENV)


def fill(lock: Path) -> None:
    """Install the pins of a lock file; pip refuses whatever does not have the recorded hash."""
    say("安装 Python 组件，首次约需几分钟", f"installing {lock.name}")
    pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-q"]
    code = start([PYTHON, *pip, "--require-hashes", "--only-binary", ":all:", "-r", lock])
    if code:
        raise StoppedError(
            "Python 组件没有装全，上面是原因；项目文件没有改动。网络恢复后再执行一次，会接着装。",
            "Not all packages could be installed, the reason stands above; run the same command again.",
        )


def link_program() -> None:
    """Let .venv find the program where it lies, and give it the command `paizhu`.

    Two small files do what an editable install does, without a build tool to be fetched. The path is relative: it
    stays right in a folder with a Chinese name, which .pth files on Windows cannot spell.
    """
    folder = site_packages()
    link = Path(os.path.relpath(ROOT / "src", folder)).as_posix()
    write_if_changed(folder / "paizhu.pth", f"{link}\n")
    if os.name == "nt":
        write_if_changed(SCRIPTS / "paizhu.cmd", '@"%~dp0python.exe" -X utf8 -m paizhu %*\n')
        return
    launcher = SCRIPTS / "paizhu"
    write_if_changed(launcher, '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m paizhu "$@"\n')
    launcher.chmod(0o755)


def site_packages() -> Path:
    """Return where .venv's Python looks for packages."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run(
        [str(PYTHON), "-c", asked], capture_output=True, check=True, env=child_environment(), encoding="utf-8"
    )
    return Path(answer.stdout.strip())


def write_if_changed(path: Path, words: str) -> None:
    """Write a small file, but leave an equal one alone so that running programs are not disturbed."""
    if not path.exists() or path.read_text(encoding="utf-8") != words:
        path.write_text(words, encoding="utf-8")


def fingerprint(lock: Path) -> str:
    """Return what tells one state of a lock file from another, whatever the line ends."""
    return hashlib.sha256(b"".join(lock.read_bytes().split(b"\r"))).hexdigest()


def stamped() -> dict[str, str]:
    """Return which lock files .venv was filled from; nothing when that is not known."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def script(name: str) -> Path:
    """Return a command that a package put into .venv."""
    found = shutil.which(name, path=str(SCRIPTS))
    if found is None:
        raise StoppedError(
            f".venv 里没有 {name}。请删除 .venv 文件夹后再执行一次。",
            f"{name} is missing in .venv; remove the folder .venv and run the command again.",
        )
    return Path(found)
