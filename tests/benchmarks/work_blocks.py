"""The longest time the window answers nothing, for everything an officer does: a tenth of a second is promised."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from paizhu.services import sample
from tests.benchmarks import grounds
from tests.benchmarks.figures import Figure

_PROMISED = 0.1
_WALKS = 3


def blocked(folder: Path, records: int) -> Iterator[Figure]:
    """Walk through the whole window several times, each in a new process; what disturbs a walk only makes it longer.

    A line for everything that is done anywhere: every register and its parts, every page, the wizards.
    """
    from paizhu.services.machine import Machine

    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)
    office = grounds.new_office(folder / "walk.paizhu")
    sample.build(office)
    for path in sample.ledgers():
        plan = office.importing.plan(path)
        office.importing.apply(plan)
        plan.drop()
    grounds.fill(office, records)
    office.vault.close()
    longest: dict[str, list[float]] = {}
    for _ in range(_WALKS):
        machine = Machine(home / "settings.json")
        machine.set_setting("last_vault", str(folder / "walk.paizhu"))
        machine.set_setting("font_size", 10.5)
        machine.set_setting("theme", "light")
        for words, turn in _walk(home).items():
            longest[words] = min(turn, longest.get(words, turn))
    for words, (own, wall, cpu) in longest.items():
        beside = f"wall {wall * 1000:.0f} ms, processor {cpu * 1000:.0f} ms"
        yield Figure(f"no answer: {words}", own, _PROMISED, 1, note=f"{beside}; the floor is the promise, 100 ms")


def _walk(home: Path) -> dict[str, list[float]]:
    """Return what each thing took: seconds of the program's own, by the wall, of the processor."""
    environment = {**os.environ, "PAIZHU_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    walk = [sys.executable, str(Path(__file__).with_name("walk.py")), grounds.PASSWORD]
    done = subprocess.run(walk, env=environment, check=True, capture_output=True, text=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found
