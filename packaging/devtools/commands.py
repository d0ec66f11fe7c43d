"""The commands of packaging/dev.py."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from devtools import environment, pins, system
from devtools.environment import DEV_LOCK, PYTHON, RUN_LOCK
from devtools.terminal import StoppedError, say, start, use_any_console

WITHOUT_WINDOW = {"QT_QPA_PLATFORM": "offscreen"}
CHECKS = ("format", "style", "types", "contracts")


def main(words: Sequence[str]) -> int:
    """Do what the words ask; the exit code is that of the first thing that failed."""
    use_any_console()
    given, rest = parser().parse_known_args(words)
    try:
        return COMMANDS[given.command](rest)
    except StoppedError as stopped:
        print(stopped, file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    """Return the words understood; what follows them goes to the program that is started."""
    made = argparse.ArgumentParser(prog="dev.py", description="派驻监督工作台：运行、检查、测试 | run, check, test")
    commands = made.add_subparsers(dest="command", required=True)
    commands.add_parser(
        "run", help="打开工作台；没有图形桌面时改为无窗口演示 | open the desk, or the tour without a display"
    )
    commands.add_parser("test", help="全部检查和测试 | every check, then the tests (further words go to pytest)")
    commands.add_parser("check", help=f"只做检查：{' '.join(CHECKS)} | only the checks, or those named")
    commands.add_parser("tour", help="无窗口演示，结果写到 out | the tour without a window, into ./out")
    commands.add_parser("bench", help="测量速度 | measure speed")
    lock = commands.add_parser("lock", help="更新依赖锁定文件 | renew the lock files")
    lock.add_argument(
        "--upgrade", action="store_true", help="允许间接依赖升级 | let what is brought along become newer"
    )
    return made


def run(rest: list[str]) -> int:
    """Open the desk; where there is no screen, say so and leave the tour's results in ./out."""
    if not has_display():
        say(
            "没有图形桌面，改为无窗口演示：用示例台账走一遍主要工作，结果写到 ./out/",
            "no display: the tour runs instead and writes into ./out/",
        )
        return tour(rest)
    system.prepare(window=True, tests=False)
    environment.prepare(RUN_LOCK)
    return start([PYTHON, "-m", "paizhu", *rest])


def tour(rest: list[str]) -> int:
    """Walk through the main job on the sample ledgers without a window."""
    system.prepare(window=False, tests=False)
    environment.prepare(RUN_LOCK)
    return start([PYTHON, "-m", "paizhu", "tour", *(rest or ["out"])], WITHOUT_WINDOW)


def test(rest: list[str]) -> int:
    """Run the checks, then the tests, so that the tests' own count is the last line."""
    system.prepare(window=True, tests=True)
    environment.prepare(DEV_LOCK)
    if code := run_checks(CHECKS):
        return code
    return start([PYTHON, "-m", "pytest", "-n", "2", *rest], WITHOUT_WINDOW)


def check(rest: list[str]) -> int:
    """Run the checks alone, or those named."""
    if unknown := [name for name in rest if name not in CHECKS]:
        raise StoppedError(f"没有这项检查：{' '.join(unknown)}。可用：{' '.join(CHECKS)}", "There is no such check.")
    environment.prepare(DEV_LOCK)
    return run_checks(rest or CHECKS)


def run_checks(names: Sequence[str]) -> int:
    """Run the named checks in order, up to the first that fails."""
    commands: dict[str, list[str | Path]] = {
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "style": [PYTHON, "-m", "ruff", "check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "contracts": [environment.script("lint-imports")],
    }
    return next((code for name in names if (code := start(commands[name]))), 0)


def bench(rest: list[str]) -> int:
    """Measure each figure beside its floor; not a test, since it takes minutes and wants a quiet computer."""
    system.prepare(window=False, tests=False)
    environment.prepare(DEV_LOCK)
    return start([PYTHON, "tests/benchmarks", *rest], WITHOUT_WINDOW)


def lock(rest: list[str]) -> int:
    """Renew the lock files out of pyproject.toml."""
    return pins.lock(upgrade="--upgrade" in rest)


def has_display() -> bool:
    """Tell whether a window can be shown."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "tour": tour,
    "bench": bench,
    "lock": lock,
}
