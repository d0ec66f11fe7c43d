"""Two thousand mutated workbooks: whatever bytes come, a sentence or a reading, never a crash, a hang or a flood."""

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from paizhu.base.errors import PaizhuError
from paizhu.services.office import Office
from tests.unit.documents.ledgers import FOLDER, found
from tests.unit.documents.mutations import mutated

MESSY = FOLDER.parent / "messy"
SOURCES = sorted(path for folder in (FOLDER, MESSY) for path in folder.iterdir() if path.suffix in (
    ".xlsx", ".xlsm", ".xls", ".ods", ".csv"
))  # fmt: skip
TIMES = int(os.environ.get("PAIZHU_FUZZ", "2016"))
EACH = -(-TIMES // len(SOURCES))
LONGEST_SECONDS = 10
MOST_BYTES = 2**30


class HungError(Exception):
    """A file took longer than it may."""


@contextmanager
def guarded() -> Iterator[None]:
    """End what takes longer than ten seconds, and refuse memory beyond one gibibyte more than there is now."""
    if sys.platform == "win32":
        yield
        return
    import resource

    def hung(_signal: int, _frame: object) -> None:
        raise HungError

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    old = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MOST_BYTES, old[1]))
    before = signal.signal(signal.SIGALRM, hung)
    signal.alarm(LONGEST_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, old)


def test_two_thousand_are_tried() -> None:
    assert EACH * len(SOURCES) >= TIMES
    assert len(SOURCES) > 50


@pytest.mark.parametrize("source", SOURCES, ids=lambda each: each.name)
def test_a_mutated_workbook_is_read_or_refused_in_words(source: Path, tmp_path: Path) -> None:
    content = source.read_bytes()
    path = tmp_path / source.name
    refusals: list[PaizhuError] = []
    for seed in range(EACH):
        path.write_bytes(mutated(content, random.Random(f"{source.name}{seed}")))
        start = time.monotonic()
        try:
            with guarded():
                found(path)
        except PaizhuError as refusal:
            refusals.append(refusal)
        except BaseException as error:
            pytest.fail(f"{source.name}, seed {seed}: {error!r}")
        assert time.monotonic() - start < LONGEST_SECONDS, seed
    assert all(refusal.happened and refusal.todo and path.name in str(refusal) for refusal in refusals)


@pytest.mark.parametrize("source", SOURCES[::6], ids=lambda each: each.name)
def test_a_mutated_workbook_becomes_a_plan_or_a_sentence(office: Office, source: Path, tmp_path: Path) -> None:
    content = source.read_bytes()
    path = tmp_path / source.name
    for seed in range(8):
        path.write_bytes(mutated(content, random.Random(f"plan{source.name}{seed}")))
        with guarded(), suppress(PaizhuError):
            plan = office.importing.plan_known(path)
            plan.as_json()
            plan.drop()
