"""Speaking to whoever runs the developer's commands, and starting programs for them."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class StoppedError(Exception):
    """A command cannot go on; the words say what to do, first in Chinese, then in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def use_any_console() -> None:
    """Let Chinese words through to a console that cannot show them, instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def say(chinese: str, english: str) -> None:
    """Tell what is being done, at once and in order with what the started programs say."""
    print(f"{chinese} | {english}", flush=True)


def start(command: Sequence[str | Path], extra: Mapping[str, str] | None = None, *, quiet: bool = False) -> int:
    """Run a program in the project's folder, show the command, return its exit code.

    A quiet one is heard only when it fails.
    """
    words = [str(word) for word in command]
    print("+ " + " ".join(words), flush=True)
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=child_environment(extra),
        check=False,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if quiet and done.returncode:
        print(done.stdout.decode("utf-8", "replace"), flush=True)
    return done.returncode


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the surroundings of every started program: UTF-8 whatever the computer is set to."""
    return {**os.environ, "PYTHONUTF8": "1", **(extra or {})}
