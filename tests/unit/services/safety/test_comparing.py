"""A vault beside its backup: exactly what was written behind the journal's back is found, on real encrypted files."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import CancelledError
from paizhu.services import keeping
from paizhu.services.office import Office
from paizhu.services.safety import kept_words
from paizhu.services.safety.comparing import JOURNAL, SETTINGS, Comparing, Comparison, What
from paizhu.services.views import SavedView, Views
from paizhu.storage import backup_place, cipher
from paizhu.storage.backup_place import Backup
from paizhu.storage.keys import Purpose
from paizhu.storage.vault import Vault
from tests.migrations import small_vault

TALK, PETITION, PERSON = (registers.register(key) for key in ("integrity_talk", "petition", "person"))
Tamper = Callable[..., None]


@pytest.fixture
def tamper(office: Office) -> Tamper:
    """Write into the file with the right key and without the program, as somebody with the password could."""

    def write(statement: str, *parameters: Any) -> None:
        path = office.vault.folder / cipher.DATABASE
        connection = cipher.connect(path, office.vault.key_for(Purpose.DATABASE))
        connection.execute(statement, parameters)
        connection.close()

    return write


@pytest.fixture
def talks(office: Office) -> list[int]:
    """Three talks, one of them with points, and a file at the second."""
    made = [
        office.records.save(TALK, {"subject": name, "planned_date": f"2026-03-{day}"}).records[0][1]
        for name, day in (("孙立新", "02"), ("丁海波", "03"), ("吴建平", "04"))
    ]
    office.records.save(TALK, {}, made[0], rows={"point": [{"words": "示例要点"}]})
    return made


@pytest.fixture
def backup(office: Office, talks: list[int]) -> Backup:
    """A proven backup of that."""
    return office.backups.make().first


def compared(office: Office, backup: Backup) -> Comparison:
    return Comparing(office.desk).compare(backup)


def told(found: Comparison) -> list[tuple[str, int, str, What, list[tuple[str, str, str]]]]:
    return [
        (
            each.register,
            each.record_id,
            each.part,
            each.what,
            [(one.name, one.before, one.after) for one in each.fields],
        )
        for each in found.unexplained
    ]


def test_nothing_is_found_where_nothing_was_done(office: Office, backup: Backup) -> None:
    found = compared(office, backup)
    assert found.found == ()
    assert found.words == "没有发现留痕以外的改动。"


def test_what_was_done_with_the_program_is_told_apart(office: Office, backup: Backup, talks: list[int]) -> None:
    office.records.save(TALK, {"place": "三楼"}, talks[0])
    office.records.save(TALK, {"subject": "田玉芳", "planned_date": "2026-03-05"})
    office.records.save(TALK, {}, talks[0], rows={"point": [{"words": "又一条"}]})
    office.records.void(TALK, [talks[2]], "重复登记")
    office.history.undo(office.records.save(TALK, {"place": "五楼"}, talks[1]).entry)
    found = compared(office, backup)
    assert found.unexplained == ()
    assert {each.record_id for each in found.found} == {talks[0], talks[2], talks[2] + 1}


def test_exactly_the_tampered_rows_are_listed(office: Office, backup: Backup, talks: list[int], tamper: Tamper) -> None:
    office.records.save(TALK, {"place": "三楼"}, talks[1])
    tamper("UPDATE integrity_talk SET place = '四楼' WHERE id = ?", talks[1])
    tamper("UPDATE integrity_talk SET planned_date = '2026-03-09' WHERE id = ?", talks[0])
    tamper("UPDATE talk_point SET words = '改过的' WHERE parent_id = ?", talks[0])
    tamper("DELETE FROM integrity_talk WHERE id = ?", talks[2])
    found = compared(office, backup)
    assert told(found)[0] == (
        "integrity_talk", talks[0], "", What.CHANGED, [("planned_date", "2026-03-02", "2026-03-09")]
    )  # fmt: skip
    assert told(found)[1] == (
        "integrity_talk", talks[0], "谈话要点", What.CHANGED, [("words", "示例要点", "改过的")]
    )  # fmt: skip
    assert [(each[1], each[3]) for each in told(found)[2:]] == [(talks[1], What.CHANGED), (talks[2], What.LOST)]
    place = found.unexplained[2].fields[0]
    assert (place.name, place.after, place.journalled) == ("place", "四楼", False)
    assert found.unexplained[3].title
    assert found.counts == {"integrity_talk": 4}


def test_a_row_put_in_without_the_program_is_found(
    office: Office, backup: Backup, talks: list[int], tamper: Tamper
) -> None:
    tamper("INSERT INTO person (id, version, voided, missing, name) VALUES (?, 1, 0, 0, '混入的人')", 9001)
    (only,) = compared(office, backup).unexplained
    assert (only.register, only.record_id, only.what, only.title) == ("person", 9001, What.ADDED, "混入的人")


def test_a_rewritten_journal_is_found_and_proves_nothing(
    office: Office, backup: Backup, talks: list[int], tamper: Tamper
) -> None:
    entry = office.records.save(TALK, {"place": "三楼"}, talks[0]).entry
    tamper("UPDATE journal_entry SET actor = '别人' WHERE id = 2")
    tamper("UPDATE journal_change SET delta = ? WHERE entry_id = ?", '{"place":[null,"四楼"]}', entry)
    tamper("UPDATE integrity_talk SET place = '四楼' WHERE id = ?", talks[0])
    found = compared(office, backup)
    journal = [each for each in found.unexplained if each.register == JOURNAL]
    assert [each.no for each in journal] == ["第 2 条", f"第 {entry} 条"]
    assert ("actor", "陈守正", "别人") in [(one.name, one.before, one.after) for one in journal[0].fields]
    (record,) = [each for each in found.unexplained if each.register == "integrity_talk"]
    assert [(one.name, one.after) for one in record.fields] == [("place", "四楼")]


def test_words_about_an_informant_are_only_told_to_differ(office: Office, tamper: Tamper) -> None:
    letter = office.records.save(
        PETITION,
        {"received_at": "2026-03-02", "summary": "反映补贴问题"},
        rows={"informant": [{"name": "某举报人甲", "phone": "13900001234"}]},
    ).records[0][1]
    backup = office.backups.make().first
    sealed = office.vault.seal("另一个名字", "name")
    tamper("UPDATE petition_informant SET name = ? WHERE parent_id = ?", sealed, letter)
    (only,) = compared(office, backup).unexplained
    assert (only.register, only.record_id) == ("petition", letter)
    assert [(one.secret, one.before, one.after) for one in only.fields] == [(True, "", "")]
    assert "某举报人甲" not in str(only)
    assert sealed not in str(only)
    assert sealed not in str(compared(office, backup).as_json())


def test_a_renamed_person_is_no_difference_in_what_points_to_him(
    office: Office, talks: list[int], tamper: Tamper
) -> None:
    person = office.records.save(PERSON, {"name": "孙立新"}).records[0][1]
    office.records.link(TALK, talks[0], "subject", "person", person)
    backup = office.backups.make().first
    office.records.save(PERSON, {"name": "孙立心"}, person)
    found = compared(office, backup)
    assert found.unexplained == ()
    assert {each.register for each in found.found} == {"person"}


def test_stopping_leaves_nothing_behind_and_the_backup_untouched(office: Office, backup: Backup) -> None:
    before = {path.name: path.read_bytes() for path in backup.folder.iterdir()}

    def stop(words: str, _done: int, _total: int) -> None:
        if words == "正在逐条比对":
            raise CancelledError

    with pytest.raises(CancelledError):
        Comparing(office.desk).compare(backup, stop)
    assert {path.name: path.read_bytes() for path in backup.folder.iterdir()} == before
    assert list((office.vault.folder / "work").glob("*")) == []


def test_a_backup_of_an_older_version_is_compared_and_keeps_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "旧库.paizhu"
    shutil.copytree(small_vault.DATA / "0003", folder)
    backup = tmp_path / "旧库-20260101-080000.paizhu-backup"
    shutil.copytree(small_vault.DATA / "0003", backup)
    before = (backup / cipher.DATABASE).read_bytes()
    vault = Vault.open(folder, small_vault.PASSWORD)
    office = Office(vault)
    key = vault.key_for(Purpose.DATABASE)
    connection = cipher.connect(folder / cipher.DATABASE, key)
    connection.execute("UPDATE integrity_talk SET place = '四楼' WHERE id = 1")
    connection.close()
    (found,) = backup_place.list_backups([tmp_path])
    (only,) = Comparing(office.desk).compare(found).unexplained
    assert [(one.name, one.after) for one in only.fields] == [("place", "四楼")]
    assert (backup / cipher.DATABASE).read_bytes() == before
    vault.close()


# --- what is kept by name ------------------------------------------------------------------------------------


def test_settings_and_rules_set_with_the_program_are_told_apart(office: Office, backup: Backup) -> None:
    keeping.change_setting(office.desk, "soon_days", 8)
    Views(office.desk).save(TALK, SavedView("示例视图"))
    office.importing.mappings.keep("指纹", "integrity_talk", {"A": "subject"}, "示例模板")
    found = compared(office, backup)
    assert found.unexplained == ()
    told_apart = {each.title: (each.journalled, each.untraced) for each in found.found}
    assert told_apart == {
        "设置：提前几个工作日提醒": (True, False),
        "列表视图：廉政谈话 示例视图": (True, False),
        "导入时的列对应": (False, True),
    }


@pytest.mark.parametrize(
    ("kind", "name", "body", "title", "fields"),
    [
        ("setting", "lock_minutes", "600", "设置：无操作多久自动锁定", [("取值", "", "600")]),
        ("number", "lead", "外{year}-{n}", "编号规则：问题线索", [("规则", "", "外{年}-{号}")]),
        ("limit", "T17", '{"values": {"lead": 1}}', "期限表：T17", [("内容", "没有", "有")]),
        ("flag", "RF-A2", "不是数据", "提示规则：RF-A2", [("内容", "没有", "有")]),
        ("view", "lead/示例", "{}", "列表视图：问题线索 示例", [("内容", "没有", "有")]),
    ],
)
def test_what_is_kept_behind_the_journal_is_found(  # one line of the table
    office: Office,
    backup: Backup,
    tamper: Tamper,
    kind: str,
    name: str,
    body: str,
    title: str,
    fields: list[tuple[str, str, str]],
) -> None:
    tamper("INSERT INTO kept VALUES (?, ?, ?, '2026-03-09T08:00:00')", kind, name, body)
    (only,) = compared(office, backup).unexplained
    assert (only.register, only.title, only.what) == (SETTINGS, title, What.ADDED)
    assert [(one.label, one.before, one.after) for one in only.fields] == fields
    assert only.page != ""


def test_a_setting_that_was_changed_or_taken_away_behind_the_journal_is_found(office: Office, tamper: Tamper) -> None:
    for name in ("soon_days", "quiet_days"):
        keeping.change_setting(office.desk, name, 8)
    backup = office.backups.make().first
    keeping.change_setting(office.desk, "soon_days", 9)
    tamper("UPDATE kept SET body = '60' WHERE kind = 'setting' AND name = 'soon_days'")
    tamper("DELETE FROM kept WHERE kind = 'setting' AND name = 'quiet_days'")
    found = compared(office, backup)
    assert {each.title: each.what for each in found.unexplained} == {
        "设置：提前几个工作日提醒": What.CHANGED,
        "设置：多少天没有登记就提醒": What.LOST,
    }
    assert found.counts == {SETTINGS: 2}


def test_a_counter_that_went_back_is_found(office: Office, backup: Backup, tamper: Tamper) -> None:
    tamper("UPDATE number_counter SET last = last - 1 WHERE register = 'integrity_talk'")
    (only,) = compared(office, backup).unexplained
    assert only.title.startswith("编号计数：廉政谈话")
    office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-06"})
    office.records.save(TALK, {"subject": "示例乙", "planned_date": "2026-03-07"})
    assert [each for each in compared(office, backup).unexplained if each.title.startswith("编号计数")] == []


def test_a_kind_nobody_named_is_listed_and_what_passes_is_not(office: Office, backup: Backup, tamper: Tamper) -> None:
    for kind in ("unheard_of", *kept_words.PASSING):
        tamper("INSERT INTO kept VALUES (?, 'x', '1', '2026-03-09T08:00:00')", kind)
    (only,) = compared(office, backup).untraced
    assert only.title == "unheard_of：x"
    assert compared(office, backup).unexplained == ()
