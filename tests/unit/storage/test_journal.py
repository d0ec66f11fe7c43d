"""The act: everything inside happens as a whole, journalled, linked, numbered, or not at all."""

import json
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import NotFoundError, StaleRecordError
from paizhu.base.rows import Ref, Sealed, Value
from paizhu.base.view import Condition, Test, View
from paizhu.services.history import History
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault
from tests.make import DAY

TALK = registers.register("integrity_talk")
PETITION = registers.register("petition")


def typed(**more: Value) -> dict[str, Value]:
    return {"subject": Ref("示例甲"), "planned_date": DAY, "state": "planned", **more}


def created(vault: Vault, **more: Value) -> int:
    with vault.act("save", "新增") as act:
        return act.create(TALK, typed(**more))


def changes(vault: Vault) -> list[tuple[Any, ...]]:
    with vault.read() as connection:
        return [tuple(row) for row in connection.execute("SELECT kind, record_id, action, delta FROM journal_change")]


def test_an_act_that_fails_leaves_no_byte_of_it(vault: Vault, office: Office) -> None:
    created(vault)
    entry = vault.last_entry()

    def two_things() -> None:
        with vault.act("save", "两件事") as act:
            act.create(TALK, typed())
            act.next_number("integrity_talk", 2026)
            act.change(TALK, 1, 99, {"place": "三楼"})

    with pytest.raises(StaleRecordError):
        two_things()
    assert vault.last_entry() == entry
    assert office.records.count(View("integrity_talk")) == 1
    with vault.act("save", "再来") as act:
        assert act.next_number("integrity_talk", 2026) == 1


def test_an_act_without_changes_is_not_journalled_unless_it_says_so(vault: Vault) -> None:
    one = created(vault)
    entry = vault.last_entry()
    with vault.act("save", "没有改") as act:
        assert not act.change(TALK, one, None, {"place": None, "subject": Ref("示例甲")})
    assert vault.last_entry() == entry
    with vault.act("open", "查看", always=True):
        pass
    assert vault.last_entry()[0] == entry[0] + 1


def test_the_journal_holds_each_field_before_and_after(vault: Vault) -> None:
    one = created(vault, place="三楼")
    with vault.act("save", "修改") as act:
        act.change(TALK, one, 1, {"place": "四楼", "headcount": None})
    kind, record_id, action, delta = changes(vault)[-1]
    assert (kind, record_id, action) == ("integrity_talk", one, "change")
    assert json.loads(delta) == {"place": ["三楼", "四楼"]}


def test_every_change_raises_the_version(vault: Vault) -> None:
    one = created(vault)
    with vault.act("save", "修改") as act:
        act.change(TALK, one, 1, {"place": "四楼"})
        assert act.read(TALK, one).version == 2
        with pytest.raises(StaleRecordError):
            act.change(TALK, one, 1, {"place": "五楼"})


def test_long_acts_are_written_in_batches_and_stay_one_entry(vault: Vault) -> None:
    with vault.act("import", "导入") as act:
        for _ in range(2500):
            act.create(TALK, typed())
    assert vault.last_entry()[0] == 1
    assert len(changes(vault)) == 2500
    office = Office(vault)
    assert office.records.count(View("integrity_talk")) == 2500
    assert office.history.verify() == []
    assert not office.history.undo(1).kept
    assert office.records.count(View("integrity_talk")) == 0


def test_numbers_go_on_after_an_old_ledger_brought_its_own(vault: Vault) -> None:
    with vault.act("import", "导入") as act:
        act.claim_number("lead", 2026, 41)
        act.claim_number("lead", 2026, 7)
        assert act.next_number("lead", 2026) == 42
        assert act.next_number("lead", 2025) == 1
    with vault.act("save", "新增") as act:
        assert act.next_number("lead", 2026) == 43


def test_words_about_an_informant_are_sealed_before_they_are_written(vault: Vault) -> None:
    values: dict[str, Value] = {"received_at": DAY, "summary": "反映公车私用", "state": "received"}
    with vault.act("save", "新增") as act:
        one = act.create(PETITION, values, {"informant": [{"name": "举报人甲某"}]})
        act.add_row(PETITION, one, "informant", {"name": "举报人乙某"})
        act.set_rows(PETITION, one, "informant", [{"name": "举报人丙某"}])
    assert "举报人" not in json.dumps(changes(vault), ensure_ascii=False)
    with vault.read() as connection:
        (row,) = queries.children(connection, table(PETITION, "informant"), one)
    assert isinstance(row.values["name"], Sealed)


def test_a_record_that_is_not_there_is_refused(vault: Vault) -> None:
    with pytest.raises(NotFoundError), vault.act("save", "修改") as act:
        act.change(TALK, 77, None, {"place": "三楼"})


def test_references_follow_what_is_written(vault: Vault) -> None:
    def pointing(target_id: int) -> list[tuple[str, int, str]]:
        with vault.read() as connection:
            return queries.pointing_to(connection, "person", target_id)

    one = created(vault, subject=Ref("示例乙", "person", 5))
    assert pointing(5) == [("integrity_talk", one, "subject")]
    with vault.act("save", "修改") as act:
        act.change(TALK, one, None, {"subject": Ref("示例丙", "person", 6), "talker": Ref("示例丙", "person", 6)})
    assert pointing(5) == []
    assert pointing(6) == [("integrity_talk", one, "subject"), ("integrity_talk", one, "talker")]


def test_a_new_name_is_carried_to_rows_below_and_found_there(vault: Vault, office: Office) -> None:
    person = registers.register("person")
    with vault.act("save", "新增") as act:
        act.create(person, {"name": "孙立心"})
        act.create(person, {"name": "示例乙"}, {"relation": [{"relative": Ref("孙立心", "person", 1)}]})
    with vault.act("save", "修改") as act:
        act.change(person, 1, None, {"name": "孙立新"})
    (below,) = office.records.rows(person, 2)["relation"]
    assert below.values["relative"] == Ref("孙立新", "person", 1)
    assert [hit.id for hit in office.search.find("立新")] == [1, 2]
    assert office.search.find("立心") == []


def test_a_new_name_of_a_unit_is_one_statement_for_the_records_of_a_kind_that_name_it(
    vault: Vault, office: Office
) -> None:
    unit, activity = registers.register("unit"), registers.register("supervision_activity")
    old = Ref("示例单位", "unit", 1)
    with vault.act("save", "新增") as act:
        act.create(unit, {"name": "示例单位"})
        act.create(unit, {"name": "示例二处", "parent": old})
        for _ in range(300):
            act.create(TALK, typed(unit_id=old))
        act.create(
            activity,
            {"title": "示例检查", "state": "planned", "units": (Ref("示例二处", "unit", 2), old, Ref("外单位"))},
        )
    statements: list[str] = []
    vault._writer._connection.set_trace_callback(statements.append)
    with vault.act("save", "修改") as act:
        act.change(unit, 1, None, {"name": "样例单位"})
    vault._writer._connection.set_trace_callback(None)
    assert sum("integrity_talk" in each for each in statements) < 5
    new = Ref("样例单位", "unit", 1)
    talks = View(TALK.key, (Condition("unit_id", Test.IS, new),))
    assert office.records.count(talks) == 300
    assert office.records.get(unit, 2).values["parent"] == new
    assert office.records.get(activity, 1).values["units"] == (Ref("示例二处", "unit", 2), new, Ref("外单位"))
    # A talk is not found by the unit it belongs to, so nothing of it is written for the search.
    assert [(hit.register, hit.id) for hit in office.search.find("样例单位")] == [
        ("unit", 1),
        ("supervision_activity", 1),
    ]
    assert office.search.find("示例单位") == []


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE journal_entry SET label = '别的' WHERE id = 2",
        "UPDATE journal_entry SET actor = '别人' WHERE id = 2",
        "UPDATE journal_entry SET at = '2020-01-01T00:00:00' WHERE id = 2",
        "UPDATE journal_change SET record_id = 9 WHERE entry_id = 2",
        "DELETE FROM journal_change WHERE entry_id = 2",
        "INSERT INTO journal_change (entry_id, kind, record_id, action, delta) VALUES (2, 'lead', 1, 'create', '{}')",
        "DELETE FROM journal_entry WHERE id = 1",
    ],
)
def test_whatever_is_rewritten_behind_the_program_shows_in_the_chain(vault: Vault, office: Office, forged: str) -> None:
    for _ in range(3):
        created(vault)
    assert History(office.desk).verify() == []
    vault._writer.execute(forged)
    assert History(office.desk).verify() == [2]
