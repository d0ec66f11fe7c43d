"""The search index itself: what goes in, what is found, and that it never runs ahead of the records."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.rows import Ref, Value, Values
from paizhu.storage.search_index import document_of
from paizhu.storage.vault import Vault
from tests.make import DAY

TALK = registers.register("integrity_talk")


def talk(vault: Vault, subject: str, record: str = "") -> int:
    with vault.act("save", "准备") as act:
        made: dict[str, Value] = {"subject": Ref(subject), "planned_date": DAY, "state": "planned"}
        made["record"] = record or None
        return act.create(TALK, made)


def found(vault: Vault, words: str, limit: int = 10) -> list[int]:
    with vault.searching() as index:
        return [hit.id for hit in index.find(words, limit)]


def test_rows_below_and_columns_without_a_field_are_found_with_their_record(vault: Vault) -> None:
    with vault.act("save", "准备") as act:
        rows: dict[str, list[Values]] = {"post_history": [{"post": "调研室主任", "from_date": DAY}]}
        one = act.create(registers.register("person"), {"name": "示例甲"}, rows, {"旧表的一列": "调研督导"})
    assert found(vault, "室主任") == [one]
    assert found(vault, "研督") == [one]


def test_the_newest_stand_first_and_no_more_than_asked(vault: Vault) -> None:
    ids = [talk(vault, "示例甲", "专项检查") for _ in range(5)]
    assert found(vault, "专项", 3) == ids[:1:-1]


def test_words_of_several_fields_must_all_occur(vault: Vault) -> None:
    one = talk(vault, "示例甲", "专项检查")
    talk(vault, "示例乙", "专项检查")
    assert found(vault, "示例甲 专项") == [one]


def test_an_act_that_was_given_up_leaves_nothing_in_the_index(vault: Vault) -> None:
    def given_up() -> None:
        with vault.act("save", "准备") as act:
            act.create(TALK, {"subject": Ref("单某样"), "planned_date": DAY, "state": "planned"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        given_up()
    assert found(vault, "单某样") == []
    assert found(vault, "shanmouyang") == []
    one = talk(vault, "单某样")
    assert found(vault, "shanmouyang") == [one]


def test_the_index_made_anew_is_the_index_kept_up(vault: Vault) -> None:
    for number in range(30):
        talk(vault, f"示例{number}", f"第 {number} 次谈话")
    with vault.act("void", "示例") as act:
        act.void(TALK, 3, "示例")
    words = ("示例", "示例7", "次谈话", "第3", "shili")
    before = {each: found(vault, each, 100) for each in words}
    assert vault.rebuild_index() == 29
    assert {each: found(vault, each, 100) for each in words} == before


def test_a_missing_index_is_made_when_the_vault_is_opened(vault: Vault) -> None:
    one = talk(vault, "示例甲")
    folder, header, key = vault.folder, vault.header, vault.data_key
    vault._writer.execute("DROP TABLE search_text")
    vault.close()
    opened = Vault.open_with(folder, header, key)
    try:
        assert found(opened, "示例甲") == [one]
    finally:
        opened.close()


def test_a_voided_record_has_no_document(vault: Vault) -> None:
    one = talk(vault, "示例甲")
    with vault.act("void", "示例") as act:
        act.void(TALK, one, "示例")
        row = act.read(TALK, one)
    with vault.searching() as index:
        assert document_of(index, row, {}) is None
        assert index.count() == 0


def test_one_new_name_does_not_read_all_the_names_there_are(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = registers.register("unit")
    with vault.act("save") as act:
        act.create(unit, {"name": "示例一局"})
    vault._index.forget_pending()
    asked: list[str] = []
    execute = vault._writer.execute

    def listen(statement: str, parameters: Any = ()) -> Any:
        asked.append(statement)
        return execute(statement, parameters)

    monkeypatch.setattr(vault._writer, "execute", listen)
    for name in ("示例一局", "示例二局"):
        with vault.act("save") as act:
            act.create(unit, {"name": name})
    named = [statement for statement in asked if "FROM search_name" in statement]
    assert len(named) == 2, "one for each name"
    assert all("WHERE label = ?" in statement for statement in named)
    with vault.act("save") as act:
        for at in range(60):
            act.create(unit, {"name": f"示例{at}处"})
    assert "SELECT label FROM search_name" in asked, "of many they are read once"
    with vault.searching() as index:
        assert index.names_like("sl2c") == ["示例2处"]
        assert index.names_like("slej") == ["示例二局"]
