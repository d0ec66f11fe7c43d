"""Planned rows in an encrypted file of their own: kept, counted, read in order, gone without trace."""

from pathlib import Path

import pytest

from paizhu.storage import scratch
from paizhu.storage.scratch import Kept, Run, Scratch
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


def test_a_plan_that_is_dropped_ends_for_whoever_reads_it_on_another_thread(plan: Scratch) -> None:
    rows = plan.rows()
    assert next(rows).row == 1
    plan.drop()
    assert len(list(rows)) < 2000
    assert list(plan.rows()) == list(plan.together(("new",))) == []


def test_a_row_that_is_put_again_replaces_the_one_of_its_block(plan: Scratch) -> None:
    plan.put([Kept(7, "changed", 3, 2, None, 0, {"raw": ["改过"]})])
    found = plan.row(7)
    assert found == Kept(7, "changed", 3, 2, None, 0, {"raw": ["改过"]})
    assert [kept.body["raw"] for kept in plan.rows(offset=5, limit=3)] == [["示例", 6], ["改过"], ["示例", 8]]
    assert plan.counts() == {"changed": 1, "new": 999, "same": 1000}
    plan.drop()


def test_what_was_counted_is_counted_anew_once_a_row_is_put(plan: Scratch) -> None:
    before = (plan.counts(), plan.with_problems(), plan.tally(), len(plan.numbers(("new",))), len(plan.numbers()))
    assert before == (plan.counts(), plan.with_problems(), plan.tally(), 1000, 2000)
    plan.put([Kept(7, "changed", 3, 2, None, 0, {}), Kept(2001, "new", None, None, None, 2, {})])
    assert plan.counts() == {"changed": 1, "new": 1000, "same": 1000}
    assert plan.with_problems() == before[1]
    assert plan.tally()["changed", False] == 1
    assert (plan.numbers(("changed",)), plan.numbers()[-1]) == ([7], 2001)
    plan.drop()


def test_rows_far_apart_are_found_whatever_blocks_are_at_hand(vault: Vault) -> None:
    plan = Scratch(vault)
    for start in range(0, 3000, 100):
        plan.put(Kept(row, "new", None, None, None, 0, {"raw": [f"第{row}行"]}) for row in range(start, start + 100))
    for row in (2999, 0, 1500, 2999, 50, 700, 0):
        found = plan.row(row)
        assert found is not None
        assert found.body["raw"] == [f"第{row}行"]
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


def run(first: int, count: int) -> Run:
    """Return rows that are kept by column: every third says something else, every fourth has a word to be said."""
    places = range(count)
    return Run(
        "new",
        [first + place for place in places],
        [f"甲{place}" for place in places],
        {"kind": ["routine"] * count, "place": [f"{place} 楼" if place % 3 else None for place in places]},
        [["日常"] * count, [f"{place} 楼" if place % 3 else None for place in places]],
        {1: {0: "约"}},
        [{"旧列": "原文"} if place == 2 else {} for place in places],
        [[{"code": "year"}] if place % 4 == 0 else [] for place in places],
        [[("person", "某甲")] for _ in places],
    )


def test_rows_kept_by_column_come_back_as_rows(vault: Vault) -> None:
    plan = Scratch(vault)
    plan.put([Kept(100, "same", 3, 1, "乙", 0, {"raw": ["不变"]})], run(1, 99))
    alone = list(run(1, 99).each())
    assert [kept.row for kept in plan.rows()] == list(range(1, 101))
    assert list(plan.rows(("new",))) == alone
    assert plan.row(3) == alone[2]
    assert alone[0].body["raw"] == ["日常"]
    assert alone[1].body["shown"] == {0: "约"}
    assert alone[2].body["extra"] == {"旧列": "原文"}
    assert plan.with_problems() == 25
    plan.drop()


def test_rows_kept_by_column_are_handed_out_so_in_the_order_of_the_sheet(vault: Vault) -> None:
    plan = Scratch(vault)
    plan.put([Kept(100, "same", 3, 1, "乙", 0, {"raw": ["不变"]})], run(1, 99))
    plan.put([Kept(60, "changed", 3, 1, None, 0, {"raw": ["改过"]})])
    first, mended, *rest = plan.together(("new", "changed"))
    assert isinstance(first, Run)
    assert list(first.each()) == list(run(1, 99).each())[:59]
    assert isinstance(mended, Kept)
    assert (mended.row, mended.body) == (60, {"raw": ["改过"]})
    # So few rows are not worth a statement of their own.
    assert [each.row if isinstance(each, Kept) else None for each in rest] == list(range(61, 100))
    plan.drop()


def test_the_few_rows_of_one_remark_are_found_without_opening_a_block(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside each doubtful row stands how many others there are; every block was opened for it."""
    plan = Scratch(vault)
    for first in range(0, 1000, 100):
        remarks = [{"code": "near"}, {"code": "year"}]
        plan.put([Kept(first + 50, "doubtful", None, None, None, 2, {"problems": remarks})], run(first, 50))
    monkeypatch.setattr(scratch, "_Block", lambda *_: pytest.fail("a block was opened"))
    assert plan.numbers_with("near", "doubtful") == list(range(50, 1000, 100))
    assert len(plan.numbers_with("year", "new")) == 130
    assert plan.numbers_with("near", "new") == plan.numbers_with("other", "doubtful") == []
    plan.put([Kept(50, "new", None, None, None, 0, {"problems": []})])
    plan.put([Kept(150, "doubtful", None, None, None, 1, {"problems": [{"code": "year"}]})])
    assert plan.numbers_with("near", "doubtful") == list(range(250, 1000, 100))
    plan.drop()
