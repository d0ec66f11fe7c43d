"""Log files for faults of the program: what kind and where in the code, never the contents of records.

The text of an error is left out on purpose: it may quote what somebody typed.
"""

import sys
from pathlib import Path
from types import TracebackType

from paizhu import __version__
from paizhu.base import clock, paths

FOLDER = "logs"
_FILE = "paizhu.log"
_LARGEST = 1 << 20
_SOURCES = Path(__file__).resolve().parents[1]


def file() -> Path:
    """Return the log file, its folder made when missing."""
    folder = paths.home() / FOLDER
    folder.mkdir(exist_ok=True)
    return folder / _FILE


def fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Write a fault down and return the lines that were written, for 看详情."""
    lines = [f"{clock.now():%Y-%m-%d %H:%M:%S} {__version__} {kind.__name__}"]
    step = trace
    while step is not None:
        code = step.tb_frame.f_code
        lines.append(f"  {_short(code.co_filename)}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    cause = error.__cause__ or error.__context__
    if cause is not None:
        lines.append(f"  from {type(cause).__name__}")
    _append(lines)
    return "\n".join(lines)


def note(words: str) -> None:
    """Write one line about the program itself; the caller answers for it that it names no record."""
    _append([f"{clock.now():%Y-%m-%d %H:%M:%S} {__version__} {words}"])


def _append(lines: list[str]) -> None:
    try:
        target = file()
        if target.exists() and target.stat().st_size > _LARGEST:
            target.replace(target.with_name(f"{_FILE}.1"))
        with target.open("a", encoding="utf-8") as writing:
            writing.write("\n".join(lines) + "\n")
    except OSError:
        # A full or write-protected disk must not turn one fault into two; the terminal still hears of it.
        sys.stderr.write("\n".join(lines) + "\n")


def _short(name: str) -> str:
    """Return a file's name from the package on, so that the log does not tell where the officer keeps things."""
    path = Path(name)
    try:
        return path.resolve().relative_to(_SOURCES).as_posix()
    except ValueError:
        return path.name
