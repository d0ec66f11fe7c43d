"""What is worked out of the records is worked out anew when another version of the program did it otherwise."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.asked import ALWAYS, Asked, When, chosen, empty, fewer, given, lacking, no, other_than, yes
from paizhu.base.errors import CancelledError
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.base.view import View, Which
from paizhu.services.office import Office
from paizhu.storage import derived
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.tables import TABLES
from paizhu.storage.vault import Vault
from tests.make import DAY

TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")
WRONG = 77


def another_version(vault: Vault, *, words: bool = False) -> None:
    """Leave the vault as a program would that asks for other fields and looks into none of these records."""
    vault._writer.execute("DELETE FROM kept WHERE kind = 'derived'")
    for key in TABLES:
        if "." not in key:
            vault._writer.execute(f'UPDATE "{TABLES[key].name}" SET missing = {WRONG}')
    if words:
        vault._writer.execute("DELETE FROM search_text")


def talks(vault: Vault, many: int) -> list[int]:
    with vault.act("save", "准备") as act:
        values: list[dict[str, Value]] = [
            {"subject": Ref(f"示例{number}"), "planned_date": DAY, "state": ("planned", "held")[number % 2]}
            for number in range(many)
        ]
        return [act.create(TALK, each) for each in values]


def every(vault: Vault, register: Register) -> list[Row]:
    return Office(vault).records.window(View(register.key, which=Which.ALL), 0, 10_000)


def is_right(row: Row, register: Register) -> bool:
    return row.missing == len(register.wanted_now(row.values))


def test_every_start_of_the_same_program_finds_the_same_marks() -> None:
    # Else each opening would count a whole register anew, and write into a vault that was only looked at.
    asking = "from paizhu.storage import derived\nfor each in derived._all(): print(each.name, each.mark)"
    told = {
        subprocess.run(
            [sys.executable, "-c", asking],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in "12345"
    }
    assert len(told) == 1
    assert "missing.lead " in told.pop()


def test_counts_are_right_again_and_nobody_wrote_anything(vault: Vault) -> None:
    office = Office(vault)
    for day in ("2026-03-05", "2026-03-06"):
        office.records.save(TALK, {"subject": "孙立新", "planned_date": day})
    office.records.save(LEAD, {"subject": "单秀兰", "received_at": "2026-03-02", "source": "信访举报"})
    office.records.void(TALK, [2], "重复登记")
    before = {each.key: every(vault, each) for each in (TALK, LEAD)}
    last, writes = vault.last_entry(), vault.writes
    another_version(vault)
    assert {row.missing for row in every(vault, TALK)} == {WRONG}
    vault.catch_up()
    assert {each.key: every(vault, each) for each in (TALK, LEAD)} == before
    assert (vault.last_entry(), vault.writes, office.history.verify()) == (last, writes, [])


def test_a_register_without_a_course_is_counted_too(vault: Vault) -> None:
    person = registers.register("person")
    Office(vault).records.save(person, {"name": "孙立新"})
    another_version(vault)
    vault.catch_up()
    assert [is_right(row, person) for row in every(vault, person)] == [True]


def test_words_that_were_not_looked_into_are_found_and_voided_records_are_not(vault: Vault) -> None:
    one, other = talks(vault, 2)
    with vault.act("void", "示例") as act:
        act.void(TALK, other, "示例")
    another_version(vault, words=True)
    vault.catch_up()
    with vault.searching() as index:
        assert [hit.id for hit in index.find("示例", 10)] == [one]
        assert index.count() == 1


def test_nothing_is_written_where_nothing_is_due(vault: Vault) -> None:
    talks(vault, 3)
    before = vault._writer.execute("PRAGMA data_version").fetchone(), vault._writer._connection.total_changes
    said: list[str] = []
    vault.catch_up(lambda words, _done, _total: said.append(words))
    assert (vault._writer.execute("PRAGMA data_version").fetchone(), vault._writer._connection.total_changes) == before
    assert said == []


def test_a_new_vault_is_worked_out_from_the_first(tmp_path: Path) -> None:
    made, _code = Vault.create(tmp_path / "新.paizhu", "口令-abc-12345", {})
    assert derived.due(made._writer) == ()
    made.close()


def test_stopped_half_way_it_goes_on_from_there(vault: Vault) -> None:
    many = 2_500
    talks(vault, many)
    another_version(vault)

    def stop(_words: str, done: int, _total: int) -> None:
        if done >= 2_000:
            raise CancelledError

    with pytest.raises(CancelledError):
        vault.catch_up(stop)
    rows = every(vault, TALK)
    right = [row.id for row in rows if is_right(row, TALK)]
    assert 0 < len(right) < many
    seen: list[tuple[int, int]] = []
    # What was worked out already is not gone through a second time.
    vault._writer.execute(f"UPDATE integrity_talk SET missing = {WRONG} WHERE id = ?", (right[0],))
    vault.catch_up(lambda _words, done, total: seen.append((done, total)))
    assert [row.id for row in every(vault, TALK) if not is_right(row, TALK)] == [right[0]]
    assert seen[0][1] < 2 * many
    assert derived.due(vault._writer) == ()


def test_a_stop_and_yet_another_version_begin_again(vault: Vault) -> None:
    talks(vault, 2)
    vault._writer.execute("UPDATE kept SET body = 'older 2' WHERE name = 'missing.integrity_talk'")
    vault._writer.execute(f"UPDATE integrity_talk SET missing = {WRONG}")
    vault.catch_up()
    assert all(is_right(row, TALK) for row in every(vault, TALK))


def test_a_disk_that_takes_nothing_refuses_and_changes_nothing(vault: Vault) -> None:
    resource = pytest.importorskip("resource")
    talks(vault, 50)
    another_version(vault)
    vault._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(NotWrittenError):
            vault.catch_up()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {row.missing for row in every(vault, TALK)} == {WRONG}
    vault.catch_up()
    assert all(is_right(row, TALK) for row in every(vault, TALK))


# --- what the mark tells -------------------------------------------------------------------------------------


def asking_more(needs: tuple[str, ...] = (), guards: tuple[Asked, ...] = ()) -> Register:
    """Return the talks as a version would declare them in which every step asks for more."""
    assert TALK.flow
    steps = [
        dataclasses.replace(each, needs=(*each.needs, *needs), guards=(*each.guards, *guards))
        for each in TALK.flow.steps
    ]
    return dataclasses.replace(TALK, flow=dataclasses.replace(TALK.flow, steps=tuple(steps)))


def test_the_mark_changes_with_whatever_is_asked() -> None:
    field = next(each for each in TALK.fields if not each.wanted and not each.computed and not each.required)
    more = tuple(dataclasses.replace(each, wanted=True) if each is field else each for each in TALK.fields)
    marks = [
        derived.asked(each)
        for each in (
            TALK,
            dataclasses.replace(TALK, fields=more),
            asking_more(needs=(field.name,)),
            asking_more(guards=(Asked(field.name, "请填写", chosen("kind", "remind")),)),
            asking_more(guards=(Asked(field.name, "请填写", chosen("kind", "collective")),)),
        )
    ]
    assert len(set(marks)) == len(marks)
    assert derived.asked(asking_more()) == marks[0]


def test_the_mark_changes_with_whatever_is_looked_into() -> None:
    found = TABLES["integrity_talk"]
    field = next(each for each in TALK.fields if not each.searchable)
    more = tuple(dataclasses.replace(each, searchable=True) if each is field else each for each in TALK.fields)
    other = dataclasses.replace(found, register=dataclasses.replace(TALK, fields=more))
    assert derived.searched(other) != derived.searched(found)


CONDITIONS: list[Callable[[], When]] = [
    lambda: ALWAYS,
    lambda: chosen("kind", "a"),
    lambda: chosen("kind", "b"),
    lambda: chosen("mode", "a"),
    lambda: other_than("kind", "a"),
    lambda: yes("kind"),
    lambda: no("kind"),
    lambda: given("kind"),
    lambda: given("kind", "mode"),
    lambda: lacking("kind"),
    lambda: fewer("kind", "mode"),
    lambda: yes("kind") & no("mode"),
    lambda: yes("kind") | no("mode"),
    lambda: (yes("kind") | no("mode")) & given("x"),
    lambda: yes("kind") | (no("mode") & given("x")),
]


def test_no_two_conditions_are_spelled_alike_and_each_is_spelled_the_same_twice() -> None:
    spelled = [make().spelled for make in CONDITIONS]
    assert len(set(spelled)) == len(CONDITIONS)
    assert spelled == [make().spelled for make in CONDITIONS]


def test_every_condition_is_made_by_a_function_that_spells_it() -> None:
    source = Path(registers.__file__).parents[1]
    asking = [
        text for path in source.rglob("*.py") if "base.asked import" in (text := path.read_text(encoding="utf-8"))
    ]
    assert asking
    assert not [text for text in asking if "When(" in text]


def test_fewer_tells_only_of_counts_that_are_given() -> None:
    asked = fewer("present", "expected")
    assert asked.agrees({"present": 3, "expected": 4})
    assert not asked.agrees({"present": 4, "expected": 4})
    assert not asked.agrees({"present": 3})
    assert not empty(asked.spelled)
