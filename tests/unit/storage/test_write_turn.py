"""One thread writes at a time; the window is told of long work rather than kept waiting."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from paizhu.base.errors import StillWritingError
from paizhu.registers.organisations import UNIT
from paizhu.registers.talk import TALK
from paizhu.storage import cipher
from paizhu.storage.vault import Vault
from paizhu.storage.write_turn import LONG
from tests.still_writing import WORDS, writing

PASSWORD = "测试口令2026甲"


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made, _code = Vault.create(tmp_path / "试.paizhu", PASSWORD, {})
    yield made
    made.close()


def units(vault: Vault) -> list[Any]:
    with vault.read() as connection:
        return [row[0] for row in connection.execute("SELECT name FROM unit ORDER BY id")]


def test_the_window_is_refused_while_many_records_are_written(vault: Vault) -> None:
    with writing(vault):
        assert vault.long_act == WORDS
        with pytest.raises(StillWritingError, match=WORDS), vault.act("save", "新增") as act:
            act.create(UNIT, {"name": "示例二局"})
    assert vault.long_act == ""
    with vault.act("save", "新增") as act:
        act.create(UNIT, {"name": "示例二局"})
    assert units(vault) == ["示例一局", "示例二局"]


def test_few_records_are_waited_for(vault: Vault) -> None:
    with writing(vault, LONG - 1) as end:
        threading.Timer(0.05, end).start()
        with vault.act("save", "新增") as act:
            act.create(UNIT, {"name": "示例二局"})
    assert units(vault) == ["示例一局", "示例二局"]


def test_other_threads_wait_for_many_records_too(vault: Vault) -> None:
    def write() -> None:
        with vault.act("save", "新增") as act:
            act.create(UNIT, {"name": "示例二局"})

    with writing(vault):
        other = threading.Thread(target=write)
        other.start()
        other.join(0.05)
        assert other.is_alive()
    other.join()
    assert units(vault) == ["示例一局", "示例二局"]


def test_whoever_waits_hears_of_it_when_the_act_turns_out_to_be_long(vault: Vault) -> None:
    with writing(vault, 1):
        threading.Timer(0.05, lambda: vault._turn.tell(WORDS, LONG)).start()
        with pytest.raises(StillWritingError), vault.act("save", "新增"):
            pass


def test_drafts_typed_meanwhile_are_found_at_once_and_stored_right_after(vault: Vault) -> None:
    vault.drafts.put(TALK.key, 1, "旧的", "2026-03-01T08:00:00")
    vault.drafts.put(TALK.key, 3, "另一条", "2026-03-01T09:00:00")
    with writing(vault):
        vault.drafts.put(TALK.key, 1, "先写的")
        vault.drafts.put(TALK.key, 1, "后写的")
        vault.drafts.put(TALK.key, 3, None)
        assert [(each[1], each[3]) for each in vault.drafts.every()] == [(1, "后写的")]
        assert not vault.drafts.unwritten
    folder = vault.folder
    vault.close()
    again = Vault.open(folder, PASSWORD)
    assert [(each[1], each[3]) for each in again.drafts.every()] == [(1, "后写的")]
    again.close()


def test_small_things_kept_meanwhile_are_found_at_once_and_stored_right_after(vault: Vault) -> None:
    vault.keep("view", "talk/甲", "1")
    with writing(vault):
        vault.keep("view", "talk/乙", "2")
        vault.keep("view", "talk/甲", None)
        vault.keep("setting", "group", "示例组")
        assert (vault.kept("view", "talk/甲"), vault.kept("view", "talk/乙")) == (None, "2")
        assert vault.kept_names("view") == ["talk/乙"]
        assert vault.kept_bodies("view") == {"talk/乙": "2"}
        assert vault.kept("setting", "group") == "示例组"
    folder = vault.folder
    vault.close()
    again = Vault.open(folder, PASSWORD)
    assert again.kept_bodies("view") == {"talk/乙": "2"}
    assert again.kept("setting", "group") == "示例组"
    again.close()


def test_a_draft_left_that_the_disk_does_not_take_stays_in_memory(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(vault) as end:
        vault.drafts.put(TALK.key, 1, "写着的")
        monkeypatch.setattr(vault.drafts, "_write", _full)
        end()
        assert vault.drafts.unwritten
        assert [each[3] for each in vault.drafts.every()] == ["写着的"]


def test_an_act_that_fails_leaves_what_waited_for_it_stored(vault: Vault) -> None:
    with writing(vault, fails=True):
        vault.drafts.put(TALK.key, 1, "写着的")
    assert units(vault) == []
    assert [each[3] for each in vault.drafts.every()] == ["写着的"]
    assert vault._turn.waiting("draft") == {}


def _full() -> Any:
    raise cipher.refusal(Exception("database or disk is full"), "没有保存成")
