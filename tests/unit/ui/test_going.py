"""The look may change while the desk is being thrown away: by the system's day and night, or by whoever locks it."""

import subprocess
import sys
from pathlib import Path

from tests.unit.ui import going


def test_the_look_changes_over_a_desk_that_is_going_time_and_again(vault_folder: Path) -> None:
    # In a process of its own: what Qt cannot forgive would end all tests with it.
    run = [sys.executable, "-m", going.__name__, str(vault_folder)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > going.TIMES
