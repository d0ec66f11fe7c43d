"""Measures each promise beside its floor: `packaging/dev.py bench [--only import] [--scale 0.1] [--out FILE]`."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.benchmarks.figures import Figure

ROOT = Path(__file__).parents[2]
Works = dict[str, Callable[[Path, float], Iterator["Figure"]]]


def works() -> Works:
    """Return what can be measured, by name; sizes are those of the promises times the scale."""
    from tests.benchmarks import (
        flags,
        work_blocks,
        work_books,
        work_forms,
        work_safety,
        work_today,
        work_vault,
        work_window,
    )

    return {
        "launch": lambda folder, scale: work_window.started(folder, max(300, round(5_000 * scale))),
        "blocks": lambda folder, scale: work_blocks.blocked(folder, max(300, round(5_000 * scale))),
        "list": lambda folder, scale: work_window.listed(folder, round(100_000 * scale)),
        "save": lambda folder, scale: work_vault.saved(folder, round(10_000 * scale)),
        "search": lambda folder, scale: work_vault.searched(folder, round(100_000 * scale)),
        "read": lambda folder, scale: work_forms.read(folder, round(60_000 * scale)),
        "fill": lambda folder, scale: work_forms.fill_list(folder, round(5_000 * scale)),
        "import": lambda folder, scale: work_books.imported(folder, round(60_000 * scale)),
        "export": lambda folder, scale: work_books.exported(folder, round(60_000 * scale)),
        "flags": lambda folder, scale: flags.flagged(folder, max(300, round(3_000 * scale))),
        "today": work_today.opened,
        "compare": lambda folder, scale: work_safety.compared(folder, round(100_000 * scale)),
        "memory": lambda folder, scale: work_books.memory(folder, round(60_000 * scale)),
    }


def main(arguments: Sequence[str]) -> int:
    """Measure, print a table, write it down; the exit status tells whether every goal was met."""
    # Started as a folder, Python knows this folder only.
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    from tests.benchmarks.figures import HEAD

    known = works()
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(known), help="measure this alone; may be repeated")
    parser.add_argument("--scale", type=float, default=1.0, help="shrink the sizes, e.g. 0.1")
    parser.add_argument("--folder", type=Path, help="where to work; ledgers made there are used again")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "bench.json", help="where the figures go")
    given = parser.parse_args(arguments)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        # Settings and logs of the officer's own program are left alone.
        os.environ["PAIZHU_HOME"] = str(folder / "home")
        print(HEAD, flush=True)
        for name in given.only or known:
            for figure in known[name](folder, given.scale):
                figures.append(figure)
                print(figure.line(), flush=True)
    report = {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "scale": given.scale,
        "figures": [figure.as_json() for figure in figures],
    }
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
