"""A folder nothing can be written into, for tests of every kind of file the program writes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def locked_folder(tmp_path: Path) -> Iterator[Path]:
    """A write-protected folder; as root by a mount, since root may write anywhere."""
    if sys.platform == "win32":
        pytest.skip("write protection by mode is one of POSIX")
    place = tmp_path / "locked"
    place.mkdir()
    if os.geteuid() == 0:
        if subprocess.run(["mount", "--bind", str(place), str(place)], capture_output=True, check=False).returncode:
            pytest.skip("root may write anywhere here, and may not mount")
        subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], check=True)
        yield place
        subprocess.run(["umount", str(place)], check=True)
        return
    place.chmod(0o500)
    yield place
    place.chmod(0o700)
