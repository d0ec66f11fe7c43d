"""The header: passwords, the recovery code, and damage to the file."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from paizhu.base.errors import NotAllowedError, VaultDamagedError, WrongPasswordError
from paizhu.storage import atomic, header, sealing
from paizhu.storage.atomic import NotWrittenError
from paizhu.storage.header import COPY, FILE, Header
from paizhu.storage.keys import OFFICE_COST, MistypedCodeError, new_recovery_code
from tests.unit.storage.made_vault import CHEAP, PASSWORD, contents, flip, make_vault


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_vault(tmp_path).folder


def test_password_and_recovery_code_open_the_same_keys() -> None:
    made, data_key, code = Header.create(PASSWORD, CHEAP)
    assert made.unlock(PASSWORD) == data_key
    assert made.unlock_recovery(code.lower()) == data_key
    assert made.open_private(PASSWORD) == made.open_private_recovery(code)
    assert sealing.public_half(made.open_private(PASSWORD)) == made.public_key


def test_a_new_header_costs_the_full_price_unless_told_otherwise(tmp_path: Path) -> None:
    # In a program of its own, because the tests around make passwords cheap.
    program = "import sys; from pathlib import Path; from paizhu.storage.header import Header;"
    program += "made = Header.create('a')[0]; made.change_password('a', 'b'); made.save(Path(sys.argv[1]))"
    source = str(Path(header.__file__).parents[2])
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=True, env={**os.environ, "PYTHONPATH": source})
    slots = json.loads((tmp_path / FILE).read_text())["slots"]
    assert slots["password"]["cost"] == slots["recovery"]["cost"] == asdict(OFFICE_COST)
    assert Header.load(tmp_path).unlock("b")


def test_a_saved_header_is_read_back(tmp_path: Path) -> None:
    made, data_key, code = Header.create(PASSWORD, CHEAP)
    made.save(tmp_path)
    again = Header.load(tmp_path)
    assert (again.vault_id, again.public_key, again.notice) == (made.vault_id, made.public_key, "")
    assert again.unlock(PASSWORD) == again.unlock_recovery(code) == data_key


def test_a_wrong_password_is_said_at_once_and_changes_nothing(folder: Path) -> None:
    before = contents(folder)
    with pytest.raises(WrongPasswordError, match=r"口令不对。库没有改动。"):
        Header.load(folder).unlock("不是这个")
    with pytest.raises(WrongPasswordError):
        Header.load(folder).open_private("不是这个")
    assert contents(folder) == before


def test_a_code_of_another_vault_is_told_apart_from_a_mistyped_one() -> None:
    made, _key, code = Header.create(PASSWORD, CHEAP)
    with pytest.raises(WrongPasswordError, match="不是本库的恢复密钥") as wrong:
        made.unlock_recovery(new_recovery_code())
    assert not isinstance(wrong.value, MistypedCodeError)
    with pytest.raises(MistypedCodeError):
        made.unlock_recovery(code[:-1] + ("2" if code[-1] != "2" else "3"))


def test_changing_the_password_keeps_the_keys_and_the_database(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    before = vault.database.read_bytes()
    private = vault.header.open_private(PASSWORD)
    vault.header.change_password(PASSWORD, "新的口令", CHEAP)
    vault.header.save(vault.folder)
    assert vault.database.read_bytes() == before
    again = Header.load(vault.folder)
    assert again.unlock("新的口令") == vault.data_key
    assert again.open_private("新的口令") == private
    assert again.unlock_recovery(vault.code) == vault.data_key
    with pytest.raises(WrongPasswordError):
        again.unlock(PASSWORD)


def test_after_a_change_the_old_password_opens_neither_copy(folder: Path) -> None:
    made = Header.load(folder)
    made.change_password(PASSWORD, "新的口令", CHEAP)
    made.save(folder)
    (folder / FILE).unlink()
    with pytest.raises(WrongPasswordError):
        Header.load(folder).unlock(PASSWORD)


def test_a_wrong_old_password_changes_nothing() -> None:
    made, data_key, _code = Header.create(PASSWORD, CHEAP)
    with pytest.raises(WrongPasswordError):
        made.change_password("不是这个", "新的口令", CHEAP)
    assert made.unlock(PASSWORD) == data_key


def test_a_forgotten_password_is_set_anew_with_the_code(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    vault.header.reset_password(vault.code.replace("-", " "), "新的口令", CHEAP)
    assert vault.header.unlock("新的口令") == vault.data_key
    assert sealing.public_half(vault.header.open_private("新的口令")) == vault.header.public_key


def test_a_renewed_code_makes_the_old_sheet_worthless(tmp_path: Path) -> None:
    vault = make_vault(tmp_path)
    code = vault.header.renew_recovery(PASSWORD, CHEAP)
    assert vault.header.unlock_recovery(code) == vault.data_key
    with pytest.raises(WrongPasswordError):
        vault.header.unlock_recovery(vault.code)


def test_every_flipped_byte_of_the_header_is_noticed_and_the_copy_used(folder: Path) -> None:
    whole = (folder / FILE).read_bytes()
    for at in range(len(whole)):
        flip(folder / FILE, at)
        assert Header.load(folder).notice, f"byte {at} was not noticed"
        (folder / FILE).write_bytes(whole)
    assert not Header.load(folder).notice


@pytest.mark.parametrize("spoiled", [b"", b"{}", b"[1]", b"\xff\xfe", b"null", b'{"check": 1}'])
def test_the_copy_opens_the_vault_and_a_message_says_so(folder: Path, spoiled: bytes) -> None:
    (folder / FILE).write_bytes(spoiled)
    used = Header.load(folder)
    assert used.unlock(PASSWORD)
    assert FILE in used.notice
    assert COPY in used.notice
    used.repair(folder)
    assert Header.load(folder).notice == ""


def test_with_both_copies_damaged_the_words_say_what_is_kept_and_what_to_do(folder: Path) -> None:
    for name in (FILE, COPY):
        (folder / name).write_bytes(b"\0" * 100)
    with pytest.raises(VaultDamagedError) as refused:
        Header.load(folder)
    assert "数据库 vault.db 和附件没有动" in refused.value.kept
    assert "从备份恢复" in refused.value.todo


def test_a_folder_that_is_no_vault_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(VaultDamagedError, match=r"没有钥匙文件 header\.json.*选错了文件夹"):
        Header.load(tmp_path)


def test_a_header_of_a_newer_program_is_refused_with_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Header.load(folder)
    monkeypatch.setattr(header, "FORMAT", 2)
    made.save(folder)
    monkeypatch.undo()
    with pytest.raises(NotAllowedError, match="更新的程序"):
        Header.load(folder)


def test_a_swapped_public_key_makes_the_slots_refuse(folder: Path) -> None:
    made = Header.load(folder)
    made.public_key = sealing.new_pair()[1]
    made.save(folder)
    with pytest.raises(WrongPasswordError):
        Header.load(folder).unlock(PASSWORD)


def test_an_absurd_cost_is_damage_and_not_tried(folder: Path) -> None:
    text = (folder / FILE).read_text()
    content = json.loads(text)
    content["slots"]["password"]["cost"]["memory_kib"] = 1 << 40
    content.pop("check")
    (folder / FILE).write_bytes(json.dumps(content | {"check": header._check(content)}, indent=1).encode())
    assert Header.load(folder).notice


def test_a_header_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    made, _key, _code = Header.create(PASSWORD, CHEAP)
    with pytest.raises(NotWrittenError, match=r"没有写进钥匙文件：找不到这个位置.*仍然有效"):
        made.save(tmp_path / "不在")


def test_the_header_shows_nothing_readable(folder: Path) -> None:
    text = (folder / FILE).read_text()
    assert PASSWORD not in text
    assert "某某局" not in text
    assert text.isascii()


def test_a_disk_that_fills_up_between_the_two_copies_changes_neither(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [(folder / name).read_bytes() for name in (FILE, COPY)]
    synced: list[Path] = []

    def full(path: Path) -> None:
        synced.append(path)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic, "sync", full)
    header = Header.load(folder)
    with pytest.raises(NotWrittenError, match="原来的口令和恢复密钥仍然有效"):
        header.change(folder, lambda held: held.change_password(PASSWORD, "新的口令", CHEAP))
    assert [(folder / name).read_bytes() for name in (FILE, COPY)] == before
    assert not list(folder.glob("*.partial"))
    # What is in memory agrees with the disk, so that the old password goes on opening what is sealed.
    assert header.open_private(PASSWORD)


@pytest.mark.parametrize("left", [b"", b"{}", None])
def test_a_second_copy_that_is_gone_or_another_is_noticed_and_written_anew(folder: Path, left: bytes | None) -> None:
    (folder / COPY).unlink()
    if left is not None:
        (folder / COPY).write_bytes(left)
    header = Header.load(folder)
    assert header.lame
    assert not header.notice
    header.repair(folder)
    assert not Header.load(folder).lame
    assert (folder / COPY).read_bytes() == (folder / FILE).read_bytes()
