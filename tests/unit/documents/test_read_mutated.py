"""Mutated workbooks: whatever bytes come, a sentence or a reading, never a crash and never a hang."""

import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from paizhu.base.errors import PaizhuError
from tests.unit.documents.ledgers import FOLDER, found

TIMES = int(os.environ.get("PAIZHU_FUZZ", "240"))
SOURCES = (
    "talks_merged.xlsx",
    "duties_grouped.xlsx",
    "roster.xlsx",
    "talks_merged.xls",
    "duties_grouped.ods",
    "talks_gb18030.csv",
)
LONGEST_SECONDS = 10


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Change bytes, cut, repeat, or change the XML inside the package."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        return repacked(content, chance)
    return spoilt(content, chance)


def spoilt(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    if not made:
        return bytes(made)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 12)):
                made[chance.randrange(len(made))] = chance.randrange(256)
        case 1:
            del made[chance.randrange(len(made)) :]
        case 2:
            at = chance.randrange(len(made))
            made[at:at] = made[at : at + chance.randrange(1, 400)]
        case _:
            at = chance.randrange(len(made))
            del made[at : at + chance.randrange(1, 60)]
    return bytes(made)


def repacked(content: bytes, chance: random.Random) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(content))
    victim = chance.choice(source.namelist())
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in source.namelist():
            if name != victim:
                packed.writestr(name, source.read(name))
            elif chance.random() < 0.85:
                packed.writestr(name, spoilt(source.read(name), chance))
    return target.getvalue()


@pytest.mark.parametrize("name", SOURCES)
def test_a_mutated_workbook_is_read_or_refused_in_words(name: str, tmp_path: Path) -> None:
    content = (FOLDER / name).read_bytes()
    refusals: list[str] = []
    for seed in range(TIMES // len(SOURCES)):
        path = tmp_path / name
        path.write_bytes(mutated(content, random.Random(f"{name}{seed}")))
        start = time.monotonic()
        try:
            found(path)
        except PaizhuError as error:
            refusals.append(error.happened)
        except Exception as error:
            pytest.fail(f"{name}, seed {seed}: {error!r}")
        assert time.monotonic() - start < LONGEST_SECONDS, seed
    assert all(refusals)
