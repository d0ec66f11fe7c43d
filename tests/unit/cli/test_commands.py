"""Every command on a real vault, called as a script would: what is printed, and with which status it ends."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from paizhu.base import clock
from paizhu.cli.status import Status
from paizhu.services import sample
from paizhu.storage import cipher
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD
from tests.typed import WHOLE
from tests.unit.cli.commanded import TALK, Line, saved

LEDGER = next(path for path in sample.ledgers() if "谈话" in path.name)
TWICE = 2


# --- dossiers ------------------------------------------------------------------------------------------------


def test_a_dossier_is_told_with_the_source_of_each_line(line: Line) -> None:
    person = saved(line, "person", name="孙立新", phone="13900000000")["record"]["id"]
    talk = saved(line)["record"]["id"]
    told = line.json("dossier", "VAULT", str(person), "--json")
    assert told["as_of"] == "2026-03-16"
    assert told["person"]["name"] == "孙立新"
    assert "13900000000" not in line.out
    lines = {part["part"]: part["lines"] for part in told["parts"]}
    assert [(each["register"], each["id"], each["date"]) for each in lines["G"]] == [
        ("integrity_talk", talk, "2026-03-20")
    ]
    assert line.run("dossier", "VAULT", str(person)) == 0
    assert "【G 谈话】1 条" in line.out


def test_a_dossier_becomes_a_paper(line: Line) -> None:
    person = saved(line, "person", name="孙立新")["record"]["id"]
    out = line.folder / "档案.pdf"
    assert line.run("dossier", "VAULT", str(person), "--pdf", str(out), "--purpose", "年度考核") == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_dossier_of_a_day_before_the_person_was_entered_is_refused(line: Line) -> None:
    person = saved(line, "person", name="孙立新")["record"]["id"]
    assert line.run("dossier", "VAULT", str(person), "--as-of", "2025-12-31", "--json") == 1
    assert line.out == ""
    assert "2025-12-31" in line.err
    assert line.run("dossier", "VAULT", str(person), "--as-of", "2025-12-31", "--by-events") == 0
    assert "不表示当时已经知道" in line.out


def test_the_officers_own_dossier_is_refused(line: Line) -> None:
    own = saved(line, "person", name="陈守正")["record"]["id"]
    assert line.run("dossier", "VAULT", str(own)) == 1
    assert "本人" in line.err


# --- asking for help and calling wrongly ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    ["vault create", "vault check", "vault backup", "vault restore", "vault password", "import", "import-undo",
     "export", "list", "show", "save", "advance", "search", "today", "clock", "dossier"],
)  # fmt: skip
def test_every_command_explains_itself_with_an_example(line: Line, command: str) -> None:
    assert line.run(*command.split(), "--help") == 0
    assert f"paizhu {command} " in line.out.split("例：")[1]


@pytest.mark.parametrize("words", [["bogus"], ["list"], ["list", "VAULT", "unit", "--bogus"], []])
def test_wrong_usage_ends_with_2_and_prints_nothing_to_standard_output(line: Line, words: list[str]) -> None:
    assert line.run(*words) == 2
    assert line.out == ""
    assert line.err


def test_a_register_that_does_not_exist_is_refused_with_those_that_do(line: Line) -> None:
    assert line.run("list", "VAULT", "bogus") == 1
    assert "integrity_talk" in line.err


def test_a_folder_that_is_not_there_is_refused_in_words(line: Line) -> None:
    assert line.run("list", str(line.folder / "没有.paizhu"), "unit") == 1
    assert "没有找到" in line.err


# --- passwords -----------------------------------------------------------------------------------------------


def test_a_wrong_password_is_refused_and_says_how_many_tries_are_left(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAIZHU_PASSWORD", "不是这个口令")
    assert line.run("list", "VAULT", "unit", "--json") == 1
    assert line.out == ""
    assert "口令不对" in line.err
    assert "还可试 4 次" in line.err


def test_a_password_file_goes_before_the_environment(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAIZHU_PASSWORD", "不是这个口令")
    kept = line.folder / "pw.txt"
    kept.write_text(f"{PASSWORD}\n", encoding="utf-8")
    assert line.json("list", "VAULT", "unit", "--password-file", str(kept), "--json") == []


def test_the_recovery_code_sets_a_new_password(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    made = line.json("vault", "create", str(line.folder / "新.paizhu"), "--unit", "某市示例局", "--json")
    fresh = line.folder / "new.txt"
    fresh.write_text("另一个-新口令-2026", encoding="utf-8")
    given = iter([made["recovery_code"]])
    monkeypatch.setattr("paizhu.cli.passwords.ask", lambda _words: next(given))
    words = ("vault", "password", made["vault"], "--recovery", "--new-password-file", str(fresh))
    assert line.run(*words) == 0, line.err
    assert line.run("list", made["vault"], "unit") == 1
    assert line.run("list", made["vault"], "unit", "--password-file", str(fresh)) == 0


def test_a_changed_password_replaces_the_old_one(line: Line) -> None:
    fresh = line.folder / "new.txt"
    fresh.write_text("另一个-新口令-2026", encoding="utf-8")
    assert line.run("vault", "password", "VAULT", "--new-password-file", str(fresh)) == 0
    assert line.run("list", "VAULT", "unit") == 1
    assert line.run("list", "VAULT", "unit", "--password-file", str(fresh)) == 0


# --- the vault -----------------------------------------------------------------------------------------------


def test_a_new_vault_shows_its_recovery_code_once_and_knows_its_unit(line: Line) -> None:
    made = line.json("vault", "create", str(line.folder / "新.paizhu"), "--unit", "某市示例局", "--json")
    assert len(made["recovery_code"].split("-")) == 8
    assert line.run("vault", "create", made["vault"], "--unit", "某市示例局") == 1
    assert line.run("vault", "check", made["vault"]) == 0
    assert made["recovery_code"] not in line.out


def test_a_sound_vault_passes_every_check(line: Line) -> None:
    saved(line)
    report = line.json("vault", "check", "VAULT", "--json")
    assert all(check["ok"] for check in report["checks"]), report
    names = {check["name"] for check in report["checks"]}
    assert names >= {"cipher", "sqlite", "foreign_keys", "schema", "journal", "attachments", "search"}
    assert report["journal"]["entries"] == 1
    assert len(report["journal"]["head"]) == 64


def test_a_flipped_byte_is_found_and_ends_with_4(line: Line) -> None:
    saved(line)
    database = line.vault / "vault.db"
    raw = bytearray(database.read_bytes())
    raw[len(raw) // 2] ^= 1
    database.write_bytes(raw)
    assert line.run("vault", "check", "VAULT", "--json") == 4
    checks = {check["name"]: check["ok"] for check in json.loads(line.out)["checks"]}
    assert not checks["cipher"]


def test_a_truncated_database_is_damage_for_every_command(line: Line) -> None:
    saved(line)
    database = line.vault / "vault.db"
    database.write_bytes(database.read_bytes()[:1000])
    assert line.run("vault", "check", "VAULT") == 4
    assert line.run("list", "VAULT", "integrity_talk") == 4


def test_a_vault_of_a_newer_program_is_not_called_damaged(line: Line) -> None:
    connection = cipher.connect(line.vault / "vault.db", cipher.database_key(Header.load(line.vault).unlock(PASSWORD)))
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert line.run("vault", "check", "VAULT") == 4
    assert "数据没有损坏" in line.err
    assert "请用新版本程序检查" in line.err
    assert line.run("list", "VAULT", "integrity_talk") == 1


def test_a_backup_brings_back_what_was_there_and_keeps_the_present_state(line: Line) -> None:
    saved(line)
    place = line.folder / "备份盘"
    assert line.json("vault", "backup", "VAULT", str(place), "--json")["proven"]
    saved(line, planned_date="2026-04-20")
    answer = line.json("vault", "restore", str(place), "VAULT", "--json")
    assert Path(answer["kept"]).is_dir()
    assert len(line.json("list", "VAULT", "integrity_talk", "--json")) == 1
    fresh = str(line.folder / "另一处.paizhu")
    assert line.run("vault", "restore", str(place), fresh) == 0
    assert line.run("vault", "check", fresh) == 0


def test_a_backup_comes_back_with_the_recovery_code_when_the_password_is_forgotten(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = line.json("vault", "create", str(line.folder / "新.paizhu"), "--unit", "某市示例局", "--json")
    place = line.folder / "备份盘"
    assert line.run("vault", "backup", made["vault"], str(place)) == 0
    code = made["recovery_code"]
    monkeypatch.setenv("PAIZHU_PASSWORD", code[:-1])
    assert line.run("vault", "restore", str(place), str(line.folder / "回来.paizhu")) == 1
    assert "第 8 组与恢复单不符" in line.err
    monkeypatch.setenv("PAIZHU_PASSWORD", code.lower().replace("-", " "))
    assert line.run("vault", "restore", str(place), str(line.folder / "回来.paizhu")) == 0


# --- records -------------------------------------------------------------------------------------------------


def test_a_saved_record_is_shown_as_it_is_kept(line: Line) -> None:
    shown = saved(line, requirement=[{"words": "报送整改情况", "due": "4.1"}])
    record = shown["record"]
    assert (record["id"], record["no"], record["version"], record["state"]) == (1, "谈〔2026〕001", 1, "planned")
    assert record["voided"] is False
    assert record["kind"] == "reminder"
    assert record["subject"] == {"id": None, "label": "孙立新"}
    assert record["talker"] is None
    assert shown["words"]["kind"] == "提醒谈话"
    assert shown["rows"]["requirement"][0]["due"] == "2026-04-01"
    assert {change["field"] for change in shown["history"]} >= {"subject", "planned_date", "words"}
    assert line.json("show", "VAULT", "integrity_talk", "1", "--json") == shown


def test_what_show_printed_can_be_saved_again_with_a_change(line: Line) -> None:
    shown = saved(line, requirement=[{"words": "报送整改情况"}])
    shown["record"]["place"] = "二楼"
    again = line.json("save", "VAULT", "integrity_talk", "--json-file", line.file(shown))
    assert again["record"]["place"] == "二楼"
    assert again["record"]["version"] == TWICE
    assert [row["id"] for row in again["rows"]["requirement"]] == [1]


def test_the_page_before_a_talk_is_printed_by_its_name(line: Line) -> None:
    talk = saved(line)["record"]["id"]
    out = line.folder / "一页纸.pdf"
    assert line.run("print", "VAULT", "talk_brief", str(talk), str(out)) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_person_is_linked_by_words_or_id_and_linked_back(line: Line) -> None:
    person = saved(line, "person", name="孙立新")["record"]["id"]
    by_words = saved(line)["record"]
    by_id = saved(line, planned_date="2026-04-20", subject={"id": person})["record"]
    assert by_words["subject"] == by_id["subject"] == {"id": person, "label": "孙立新"}
    links = line.json("show", "VAULT", "person", str(person), "--json")["links"]
    assert [(each["way"], each["register"], each["id"]) for each in links] == [
        ("from", "integrity_talk", 1),
        ("from", "integrity_talk", 2),
    ]


def test_an_impossible_value_is_refused_with_its_field(line: Line) -> None:
    status = line.run(
        "save", "VAULT", "integrity_talk", "--json-file", line.file({**TALK, "planned_date": "2026-02-30"})
    )
    assert status == 1
    assert [(each["field"], each["code"]) for each in json.loads(line.out)["problems"]] == [
        ("planned_date", "invalid_date")
    ]
    assert line.json("list", "VAULT", "integrity_talk", "--json") == []


@pytest.mark.parametrize(
    ("more", "field"),
    [({"subject": {"id": 99}}, "subject"), ({"state": "held"}, "state"), ({"bogus": "1"}, "bogus"),
     ({"requirement": "x"}, "requirement"), ({"requirement": [{"id": 9, "words": "x"}]}, "requirement")],
)  # fmt: skip
def test_what_cannot_be_saved_names_its_field(line: Line, more: dict[str, Any], field: str) -> None:
    assert line.run("save", "VAULT", "integrity_talk", "--json-file", line.file({**TALK, **more})) == 1
    assert field in [each["field"] for each in json.loads(line.out)["problems"]]


def test_an_old_version_is_refused_as_stale(line: Line) -> None:
    saved(line)
    change = {"id": 1, "version": 1, "place": "二楼"}
    assert line.json("save", "VAULT", "integrity_talk", "--json-file", line.file(change))["record"]["version"] == TWICE
    assert line.run("save", "VAULT", "integrity_talk", "--json-file", line.file({**change, "place": "三楼"})) == 1
    assert json.loads(line.out)["problems"][0]["code"] == "stale"


def test_a_step_without_what_it_needs_is_refused_and_goes_with_it(line: Line) -> None:
    saved(line)
    assert line.run("advance", "VAULT", "integrity_talk", "1", "held") == 1
    problems = json.loads(line.out)["problems"]
    assert {"start_at", "place", "talker", "record"} <= {each["field"] for each in problems}
    assert any("两人" in each["message"] for each in problems)
    given = {
        **WHOLE["integrity_talk"],
        "start_at": "2026-03-16T09:30",
        "place": "二楼",
        "talker": "陈守正",
        "companion": "蒋薇",
        "record": "提醒",
    }
    assert line.run("advance", "VAULT", "integrity_talk", "1", "held", "--json-file", line.file(given)) == 1
    assert [each["field"] for each in json.loads(line.out)["problems"]] == ["companion_unit"]
    given["companion_unit"] = "示例派出机关"
    shown = line.json("advance", "VAULT", "integrity_talk", "1", "held", "--json-file", line.file(given))
    assert (shown["record"]["state"], shown["record"]["start_at"]) == ("held", "2026-03-16T09:30")
    assert line.run("advance", "VAULT", "integrity_talk", "1", "archived") == 1


def test_a_list_is_narrowed_by_values_state_and_days(line: Line) -> None:
    saved(line)
    saved(line, planned_date="2026-05-20", kind="任前谈话", subject="罗卫东")

    def ids(*words: str) -> list[int]:
        return [each["id"] for each in line.json("list", "VAULT", "integrity_talk", "--json", *words)]

    assert ids() == [2, 1]
    assert ids("--where", "kind=提醒谈话") == ids("--where", "kind=reminder") == [1]
    assert ids("--where", "subject=罗卫东") == [2]
    assert ids("--state", "已计划") == [2, 1]
    assert ids("--state", "held") == []
    assert ids("--since", "2026-05-01") == [2]
    assert ids("--until", "2026-05-01") == [1]
    assert line.run("list", "VAULT", "integrity_talk", "--where", "bogus=1") == 1


def test_without_json_the_answer_is_readable_chinese(line: Line) -> None:
    saved(line)
    line.run("list", "VAULT", "integrity_talk")
    assert "提醒谈话" in line.out
    assert "共 1 条" in line.out
    line.run("show", "VAULT", "integrity_talk", "1")
    assert "谈话对象：孙立新" in line.out


def test_class_p4_is_masked_in_every_answer(line: Line) -> None:
    secret = "绝不外露甲"
    given = {"received_at": "2026-03-02", "summary": "反映公车私用", "named": "实名", "feedback_reaction": secret,
             "informant": [{"name": secret, "phone": "00012345678"}]}  # fmt: skip
    shown = saved(line, "petition", **given)
    assert shown["record"]["feedback_reaction"] == shown["record"]["named"] == "●●●"
    said = json.dumps(shown, ensure_ascii=False)
    for words in (["list", "VAULT", "petition", "--json"], ["search", "VAULT", secret, "--json"],
                  ["show", "VAULT", "petition", "1"], ["list", "VAULT", "petition"]):  # fmt: skip
        line.run(*words)
        said += line.out
    assert secret not in said
    assert "00012345678" not in said
    assert '"实名"' not in said
    assert line.run("list", "VAULT", "petition", "--where", "named=real") == 1


def test_saving_what_was_printed_masked_keeps_the_words_about_the_informant(line: Line) -> None:
    given = {"received_at": "2026-03-02", "summary": "反映公车私用", "named": "实名", "informant": [{"name": "甲某"}]}
    shown = saved(line, "petition", **given)
    shown["record"]["remarks"] = "补一句"
    again = line.json("save", "VAULT", "petition", "--json-file", line.file(shown))
    assert again["record"]["version"] == TWICE
    assert not [each for each in again["history"] if each["action"] == "change" and each["field"] in ("name", "named")]


# --- the whole vault -----------------------------------------------------------------------------------------


def test_a_word_in_the_middle_is_found_with_its_place(line: Line) -> None:
    saved(line, reason_note="住房保障采购把关")
    (found,) = line.json("search", "VAULT", "保障采", "--json")
    assert (found["register"], found["id"], found["where"]) == ("integrity_talk", 1, "reason_note")
    assert "保障采" in found["snippet"]


def test_today_tells_what_is_due_with_its_explanation(line: Line) -> None:
    saved(line)
    (task,) = line.json("today", "VAULT", "--on", "2026-03-19", "--json")
    assert (task["due"], task["state"], task["working_days_left"]) == ("2026-03-20", "soon", 1)
    assert task["explanation"]


def test_a_clock_is_explained_day_by_day(line: Line) -> None:
    told = line.json("clock", "VAULT", "T02", "--from", "2026-09-25", "--json")
    assert (told["due"], told["unit"], told["length"], told["provisional"]) == ("2026-10-22", "wd", 15, False)
    assert {"date": "2026-10-01", "why": next(s["why"] for s in told["skipped"] if s["date"] == "2026-10-01")} in told[
        "skipped"
    ]
    assert line.run("clock", "VAULT", "T99", "--from", "2026-09-25") == 1
    assert line.run("clock", "VAULT", "T02", "--from", "2026-02-30") == 1


# --- workbooks -----------------------------------------------------------------------------------------------


def test_a_clock_tells_every_part_of_its_rule_and_the_built_in_value(line: Line) -> None:
    told = line.json("clock", "VAULT", "T06", "--from", "2026-03-02", "--json")
    assert (told["lead"], told["first_day_counts"], told["end_on_non_working"]) == (10, False, "previous_reminder")
    assert told["extension"] == "经批准可以延长 1 个月"
    assert told["override"] is None
    assert told["shipped"]["length"] == told["length"] == 2
    assert told["warn_from"] < told["remind_on"] <= told["due"]


def test_recurring_work_is_listed_taken_and_rolled_on(line: Line) -> None:
    told = line.json("recurring", "VAULT", "--take", "R01", "--json")
    taken = next(each for each in told["recurring"] if each["code"] == "R01")
    assert (taken["due"], told["made"]) == ("2026-03-25", [])
    assert taken["id"]
    assert line.json("recurring", "VAULT", "--roll", "--json")["made"] == []
    assert line.run("recurring", "VAULT", "--take", "R01") == 1
    assert line.run("recurring", "VAULT") == 0
    assert "报送监督执纪工作月报" in line.out


def test_the_control_sheet_is_written_as_paper_or_workbook(line: Line, tmp_path: Path) -> None:
    for name in ("期限控制表.pdf", "期限控制表.xlsx"):
        assert line.run("deadlines", "VAULT", str(tmp_path / name)) == 0
        assert (tmp_path / name).stat().st_size > 1000
    assert line.run("deadlines", "VAULT", str(tmp_path / "期限控制表.txt")) == 1
    assert not (tmp_path / "期限控制表.txt").exists()


def test_a_plan_writes_nothing_and_ends_with_3_when_rows_are_refused(line: Line) -> None:
    before = (line.vault / "vault.db").read_bytes()
    assert line.run("import", "VAULT", str(LEDGER), "--json") == 3
    plan = json.loads(line.out)
    counts = plan["sheets"][0]["counts"]
    assert (plan["sheets"][0]["register"], counts["refused"], counts["doubtful"]) == ("integrity_talk", 1, 1)
    refused = next(row for row in plan["sheets"][0]["rows"] if row["outcome"] == "refused")
    assert refused["problems"][0]["code"] == "invalid_date"
    assert (line.vault / "vault.db").read_bytes() == before


def test_an_applied_import_names_its_batch_and_rows_and_can_be_taken_back(line: Line) -> None:
    assert line.run("import", "VAULT", str(LEDGER), "--apply", "--json") == 3
    done = json.loads(line.out)
    ids = [row["id"] for row in done["sheets"][0]["rows"] if row["outcome"] == "new"]
    records = line.json("list", "VAULT", "integrity_talk", "--json")
    assert sorted(ids) == sorted(each["id"] for each in records)
    shown = line.json("show", "VAULT", "integrity_talk", str(ids[0]), "--json")
    assert shown["source"]["file"] == LEDGER.name
    assert line.run("import", "VAULT", str(LEDGER), "--apply", "--json") == 3
    again = json.loads(line.out)["sheets"][0]["counts"]
    assert (again["new"], again["changed"], again["refused"]) == (0, 0, 1)
    assert json.loads(line.out)["batch"] is None
    assert line.json("import-undo", "VAULT", str(done["batch"]), "--json")["undone"] == len(ids)
    assert line.json("list", "VAULT", "integrity_talk", "--json") == []


def test_all_or_nothing_leaves_everything_out_when_one_row_is_refused(line: Line) -> None:
    assert line.run("import", "VAULT", str(LEDGER), "--apply", "--all-or-nothing") == 1
    assert line.json("list", "VAULT", "integrity_talk", "--json") == []


def test_a_second_file_that_cannot_be_read_leaves_the_first_out(line: Line) -> None:
    bad = line.folder / "坏的.xlsx"
    bad.write_bytes(b"not a workbook")
    assert line.run("import", "VAULT", str(LEDGER), str(bad), "--apply") == 1
    assert line.json("list", "VAULT", "integrity_talk", "--json") == []


def test_what_was_exported_comes_back_the_same(line: Line) -> None:
    saved(line)
    out = line.folder / "台账.xlsx"
    told = line.json("export", "VAULT", str(out), "--register", "integrity_talk", "--json")
    assert told["file"] == str(out)
    plan = line.json("import", "VAULT", str(out), "--json")
    assert plan["sheets"][0]["counts"] == {"new": 0, "changed": 0, "same": 1, "doubtful": 0, "refused": 0}


def test_a_register_goes_out_in_parts_and_comes_back(line: Line) -> None:
    for name in ("示例甲", "示例乙"):
        saved(line, "duty_item", subject=name, content=f"{name}的任务", due_date="2026-06-30")
    out = line.folder / "分发"
    words = ("export", "VAULT", str(out), "--register", "duty_item", "--split", "subject", "--json")
    assert line.json(*words)["files"] == {"责任清单-示例乙.xlsx": 1, "责任清单-示例甲.xlsx": 1}
    plan = line.json("import", "VAULT", str(out / "责任清单-示例甲.xlsx"), "--json")
    assert plan["sheets"][0]["counts"] == {"new": 0, "changed": 0, "same": 1, "doubtful": 0, "refused": 0}
    assert line.run(*words) == 1
    assert line.run("export", "VAULT", str(line.folder / "二"), "--split", "subject") == 1


def test_leads_leave_as_totals_unless_a_reason_is_given(line: Line) -> None:
    saved(line, "lead", subject="示例某", received_at="2026-03-02")
    told = line.json("export", "VAULT", str(line.folder / "一.xlsx"), "--register", "lead", "--json")
    assert told["totals"] == ["lead"]
    words = ("export", "VAULT", str(line.folder / "二.xlsx"), "--register", "lead", "--json")
    assert line.json(*words, "--with-confidential", "派出机关调阅")["totals"] == []
    assert line.run(*words, "--with-confidential", " ") == 1


def test_the_vault_the_window_opens_next_stays_the_same(line: Line) -> None:
    from paizhu.services.machine import Machine

    Machine().set_setting("last_vault", "别处.paizhu")
    saved(line)
    assert Machine().setting("last_vault") == "别处.paizhu"
    assert clock.today().year == 2026


def test_a_tampered_vault_takes_no_change_and_ends_with_damaged(line: Line) -> None:
    shown = saved(line)
    saved(line, planned_date="2026-03-21")
    vault = Vault.open(line.vault, PASSWORD)
    with vault._transaction():
        vault._writer.execute("UPDATE journal_entry SET label = '别的' WHERE id = 1")
    vault.close()
    changed = line.file({"id": shown["record"]["id"], "place": "别处"})
    assert line.run("save", "VAULT", "integrity_talk", "--json-file", changed) == Status.DAMAGED
    assert "留痕链第 1 条校验不符，台账已转为只读" in line.err
    assert line.run("import", "VAULT", str(LEDGER), "--apply") == Status.DAMAGED
    assert line.run("list", "VAULT", "integrity_talk") == Status.DONE
    assert line.run("vault", "check", "VAULT") == Status.DAMAGED
    record = line.json("show", "VAULT", "integrity_talk", str(shown["record"]["id"]), "--json")["record"]
    assert record["place"] is None


# --- settled records ------------------------------------------------------------------------------------------


def settled_talk(line: Line) -> int:
    """A talk whose course is over, with nothing 待补."""
    made: int = saved(line)["record"]["id"]
    vault = Vault.open(line.vault, PASSWORD)
    with vault.act("step") as act:
        act.change("integrity_talk", made, None, {"state": "archived"})
        act.execute("UPDATE integrity_talk SET missing = 0")
    vault.close()
    return made


def test_a_settled_record_is_changed_only_with_a_reason(line: Line) -> None:
    made = settled_talk(line)
    file = line.file({"id": made, "place": "三楼"})
    assert line.run("save", "VAULT", "integrity_talk", "--json-file", file) == Status.REFUSED
    assert json.loads(line.out)["problems"][0]["code"] == "settled"
    assert "已到“入档”，只读" in line.err
    assert "--reason" in line.err
    assert line.json("show", "VAULT", "integrity_talk", str(made), "--json")["record"]["place"] is None
    shown = line.json("save", "VAULT", "integrity_talk", "--json-file", file, "--reason", "地点登记有误")
    assert shown["record"]["place"] == "三楼"
    assert any(each["after"] == "事由：地点登记有误" for each in shown["history"])


def test_an_import_that_would_change_a_settled_record_says_so_and_waits(line: Line, tmp_path: Path) -> None:
    made = settled_talk(line)
    out = tmp_path / "谈话 台账.csv"
    out.write_text("谈话对象,计划日期,谈话类型,谈话地点\n孙立新,2026-03-20,提醒谈话,三楼\n", encoding="utf-8")
    words = ("import", "VAULT", str(out), "--register", "integrity_talk", "--apply")
    assert line.run(*words) == Status.SOME_REFUSED
    assert "须说明理由" in line.out
    assert "--reason" in line.err
    assert line.json("show", "VAULT", "integrity_talk", str(made), "--json")["record"]["place"] is None
    assert line.run(*words, "--reason", "地点登记有误", "--json") == 0
    assert json.loads(line.out)["sheets"][0]["rows"][0]["outcome"] == "changed"
    assert line.json("show", "VAULT", "integrity_talk", str(made), "--json")["record"]["place"] == "三楼"


# --- against a backup -----------------------------------------------------------------------------------------


def test_a_check_against_a_backup_finds_what_left_no_trace(line: Line, tmp_path: Path) -> None:
    from paizhu.storage import cipher, header
    from paizhu.storage.keys import Purpose, subkey

    made = saved(line)["record"]["id"]
    place = tmp_path / "备份 盘"
    assert line.run("vault", "backup", "VAULT", str(place)) == 0
    told = line.json("vault", "check", "VAULT", "--against", str(place), "--json")
    assert (told["comparison"]["unexplained"], told["comparison"]["differences"]) == (0, [])
    data_key = header.Header.load(line.vault).unlock(PASSWORD)
    connection = cipher.connect(line.vault / "vault.db", subkey(data_key, Purpose.DATABASE))
    connection.execute("UPDATE integrity_talk SET planned_date = '2026-02-02'")
    connection.close()
    assert line.run("vault", "check", "VAULT", "--against", str(place), "--json") == Status.DAMAGED
    (only,) = json.loads(line.out)["comparison"]["differences"]
    assert (only["register"], only["id"], only["what"], only["journalled"]) == (
        "integrity_talk", made, "changed", False
    )  # fmt: skip
    assert [(each["field"], each["before"], each["after"]) for each in only["fields"]] == [
        ("planned_date", "2026-03-20", "2026-02-02")
    ]
    assert line.run("vault", "check", "VAULT", "--against", str(place)) == Status.DAMAGED
    assert "有 1 处和备份不同，而留痕里没有记载" in line.out
    assert line.run("vault", "check", "VAULT", "--against", str(tmp_path / "没有")) == Status.REFUSED


# --- a vault made here ----------------------------------------------------------------------------------------


def test_a_vault_made_by_command_has_its_host_unit_in_the_roster(line: Line, tmp_path: Path) -> None:
    folder = tmp_path / "新 建.paizhu"
    line.json("vault", "create", str(folder), "--unit", "某市示例局", "--group", "驻某市示例局纪检监察组", "--json")
    (host,) = line.json("list", str(folder), "unit", "--json")
    assert (host["name"], host["kind"]) == ("某市示例局", "host")


# --- what a hostile script hands over --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("list", "VAULT", "integrity_talk", "--state", "没有的阶段"),
            "“廉政谈话”没有“没有的阶段”这个阶段。可用的有：planned",
        ),
        (("list", "VAULT", "integrity_talk", "--since", "2026-13-45"), "没有“2026-13-45”这一天"),
        (("search", "VAULT", " "), "没有写要找的字词"),
        (("search", "VAULT", "三", "--limit", "0"), "--limit 要写一个正整数"),
        (("print", "VAULT", "没有的文书", "1", "x.pdf"), "没有“没有的文书”这种文书"),
        (("print", "VAULT", "record", "1", "x.pdf"), "用 --register 写明是哪一本"),
        (("print", "VAULT", "talk_form", "1", "x.txt"), "“x.txt”不是 .pdf"),
        (("export", "VAULT", "x.docx"), "“x.docx”不是 .xlsx"),
        (("import-undo", "VAULT", "99"), "没有第 99 号操作"),
        (("vault", "restore", "没有的备份", "VAULT"), "核对备份所在的位置"),
        (("list", "VAULT", "unit", "--password-file", "没有.txt"), "读不到口令文件“没有.txt”。没有改动。"),
    ],
    ids=lambda each: each[0] + "-" + each[-1].replace("/", "") if isinstance(each, tuple) else "",
)
def test_bad_input_is_refused_in_words_and_nothing_else_is_done(line: Line, words: tuple[str, ...], said: str) -> None:
    assert line.run(*words) == Status.REFUSED
    assert said in line.err
    assert "已备份" not in line.err
    assert line.out == ""
    assert "没有改动。没有改动" not in line.err


def test_a_number_that_is_none_is_told_in_chinese(line: Line) -> None:
    assert line.run("show", "VAULT", "unit", "abc") == Status.USAGE
    assert "要写一个整数，现在是“abc”" in line.err
    assert "invalid" not in line.err


@pytest.mark.parametrize("written", ["{坏", "[1]", None])
def test_a_file_that_is_no_record_is_a_problem_in_json_too(line: Line, tmp_path: Path, written: str | None) -> None:
    path = tmp_path / "坏 文件.json"
    if written is not None:
        path.write_text(written, encoding="utf-8")
    assert line.run("save", "VAULT", "integrity_talk", "--json-file", str(path)) == Status.REFUSED
    assert [each["code"] for each in json.loads(line.out)["problems"]] == ["invalid_file"]


def test_a_batch_is_taken_back_once_and_not_backed_up_twice(line: Line) -> None:
    assert line.run("import", "VAULT", str(LEDGER), "--apply", "--json") == Status.SOME_REFUSED
    batch = json.loads(line.out)["batch"]
    assert line.run("import-undo", "VAULT", str(batch)) == 0
    assert "撤回前已备份" in line.err
    made = len(list((line.vault / "backups").glob("*.paizhu-backup")))
    assert line.run("import-undo", "VAULT", str(batch)) == Status.REFUSED
    assert f"第 {batch} 号操作已经撤回过" in line.err
    assert len(list((line.vault / "backups").glob("*.paizhu-backup"))) == made


def test_whom_a_later_record_names_is_told_at_taking_back(line: Line, tmp_path: Path) -> None:
    roster = tmp_path / "花名册.xlsx"
    book = Workbook()
    assert book.active is not None
    for row in (["姓名", "性别"], ["示例甲", "男"], ["示例乙", "女"]):
        book.active.append(row)
    book.save(roster)
    assert line.run("import", "VAULT", str(roster), "--register", "person", "--apply", "--json") == 0
    batch = json.loads(line.out)["batch"]
    talk = tmp_path / "谈话.json"
    talk.write_text('{"subject": "示例甲", "planned_date": "2026-03-20"}', encoding="utf-8")
    no = line.json("save", "VAULT", "integrity_talk", "--json-file", str(talk))["record"]["no"]
    done = line.json("import-undo", "VAULT", str(batch), "--json")
    assert (done["undone"], len(done["named"])) == (1, 1)
    assert f"还有记录写着的一起留下：示例甲（廉政谈话 {no}）。" in line.err
    assert [each["name"] for each in line.json("list", "VAULT", "person", "--json")] == ["示例甲"]


def test_a_backup_is_not_restored_into_a_file(line: Line, tmp_path: Path) -> None:
    assert line.run("vault", "backup", "VAULT", str(tmp_path / "备份")) == 0
    (tmp_path / "文件.txt").write_text("原样", encoding="utf-8")
    assert line.run("vault", "restore", str(tmp_path / "备份"), str(tmp_path / "文件.txt")) == Status.REFUSED
    assert "是一个文件，不是文件夹" in line.err
    assert (tmp_path / "文件.txt").read_text(encoding="utf-8") == "原样"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody may make one")
def test_a_place_for_backups_that_cannot_be_made_is_refused_in_words(line: Line) -> None:
    assert line.run("vault", "backup", "VAULT", "/proc/self/备份") == Status.REFUSED
    assert "没有建成备份文件夹“备份”" in line.err
