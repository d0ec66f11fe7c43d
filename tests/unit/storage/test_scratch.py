"""Planned rows in an encrypted file of their own: kept, counted, read in order, gone without trace."""

from pathlib import Path

import pytest

from paizhu.storage import scratch
from paizhu.storage.scratch import Kept, Scratch
from paizhu.storage.tables import TABLES
from paizhu.storage.vault import Vault
from tests.make import make_values


@pytest.fixture
def plan(vault: Vault) -> Scratch:
    made = Scratch(vault)
    made.put(
        Kept(
            number,
            "new" if number % 2 else "same",
            None,
            None,
            f"甲{number % 5}",
            number % 3,
            {"raw": ["示例", number]},
        )
        for number in range(2000, 0, -1)
    )
    return made


def test_rows_come_back_in_the_order_of_the_sheet(plan: Scratch) -> None:
    assert [kept.row for kept in plan.rows()] == list(range(1, 2001))
    assert [kept.row for kept in plan.rows(("new",), offset=2, limit=2)] == [5, 7]
    assert plan.numbers(("same",), problems_only=True)[:3] == [2, 4, 8]
    found = plan.row(7)
    assert found is not None
    assert found.body == {"raw": ["示例", 7]}
    assert plan.row(9999) is None
    plan.drop()


def test_rows_are_counted_by_outcome_and_problem(plan: Scratch) -> None:
    assert plan.counts() == {"new": 1000, "same": 1000}
    assert plan.tally() == {("new", False): 333, ("new", True): 667, ("same", False): 333, ("same", True): 667}
    assert plan.with_problems() == 1334
    plan.drop()


def test_the_first_row_of_an_identity_is_known(plan: Scratch) -> None:
    assert plan.earlier(["甲1", "甲0", "没有"]) == {"甲1": 1, "甲0": 5}
    plan.know([("乙", 3), ("乙", 4), ("乙", 4)])
    assert plan.standing(["乙", "没有"]) == {"乙": [3, 4]}
    plan.drop()


def test_nothing_stays_on_the_disk_when_a_plan_is_dropped(vault: Vault, plan: Scratch) -> None:
    work = vault.folder / scratch.FOLDER
    assert list(work.iterdir())
    plan.drop()
    assert list(work.iterdir()) == []


def test_a_plan_a_crash_left_behind_is_swept_and_nothing_else(vault: Vault, plan: Scratch) -> None:
    work = vault.folder / scratch.FOLDER
    other = work / "别的文件.txt"
    other.write_text("示例", encoding="utf-8")
    scratch.sweep(vault.folder)
    assert list(work.iterdir()) == [other]
    plan.drop()


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_values_survive_being_packed(kind: str) -> None:
    made = make_values(TABLES[kind].register)
    assert scratch.unpacked(TABLES[kind], scratch.packed(TABLES[kind], made)) == made


def test_a_plan_lies_under_the_vaults_folder(vault: Vault, plan: Scratch, tmp_path: Path) -> None:
    left = [path for path in tmp_path.rglob("*.plan*") if vault.folder not in path.parents]
    plan.drop()
    assert left == []
