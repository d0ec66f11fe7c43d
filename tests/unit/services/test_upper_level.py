"""Items of the upper level keep number, date and hand-over only: typed, imported and through the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.view import View
from paizhu.cli import main
from paizhu.services.importing.ledgers import Plan
from paizhu.services.office import Office
from tests.conftest import PASSWORD

PETITION = registers.register("petition")
HEADS = ["编号", "收件日期", "举报方式", "是否属本级受理", "主要问题摘要", "反映人", "转办日期", "经办随记"]
ARTICLE = "第十五条"


def planned(office: Office, path: Path, *rows: list[Any]) -> Plan:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "信访登记"
    for row in (HEADS, *rows):
        sheet.append(row)
    book.save(path)
    return office.importing.plan(path)


@pytest.mark.parametrize(
    ("content", "informant"), [("反映某甲收受礼金", None), (None, "某反映人"), ("反映某甲收受礼金", "某反映人")]
)
def test_a_ledger_row_with_content_of_the_upper_level_is_refused_with_the_rule(
    office: Office, tmp_path: Path, content: str | None, informant: str | None
) -> None:
    plan = planned(office, tmp_path / "信访.xlsx",
                   ["信〔2026〕0001", "2026.1.5", "来信", "上级", content, informant, None, None],
                   ["信〔2026〕0002", "2026.1.6", "来信", "本级", "反映示例问题", None, None, None])  # fmt: skip
    (sheet,) = plan.sheets
    row = sheet.row(2)
    assert row.outcome == "refused"
    words = "；".join(problem.message for problem in row.problems)
    assert ("不得录入内容" in words) or (ARTICLE in words)
    office.importing.apply(plan)
    assert office.records.count(View("petition")) == 1
    assert office.search.find("收受礼金") == []


def test_what_has_no_field_is_not_kept_with_an_item_of_the_upper_level(office: Office, tmp_path: Path) -> None:
    plan = planned(office, tmp_path / "信访.xlsx",
                   ["信〔2026〕0001", "2026.1.5", "来信", "上级", None, None, "2026.1.8", "来信人说某甲收钱"],
                   ["信〔2026〕0002", "2026.1.6", "来信", "本级", "反映示例问题", None, None, "再来电"])  # fmt: skip
    office.importing.apply(plan)
    (first, second) = office.records.ids(View("petition").ordered("no"))
    upper, own = (office.records.get(PETITION, each) for each in (first, second))
    assert (upper.no, str(upper.values["received_at"]), str(upper.values["transfer_at"])) == (
        "信〔2026〕0001", "2026-01-05", "2026-01-08",
    )  # fmt: skip
    assert upper.extra == {}
    assert own.extra == {"经办随记": "再来电"}


def test_the_command_line_refuses_it_too(
    vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)
    given = tmp_path / "给.json"
    for data, words in (
        ({"received_at": "2026-03-02", "own_level": "upper", "summary": "反映某甲收受礼金"}, "不得录入内容"),
        ({"received_at": "2026-03-02", "own_level": "upper", "informant": [{"name": "某反映人"}]}, ARTICLE),
    ):
        given.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        assert main(["save", str(vault_folder), "petition", "--json-file", str(given)]) == 1
        assert words in json.loads(capsys.readouterr().out)["problems"][0]["message"]
    given.write_text(json.dumps({"received_at": "2026-03-02", "own_level": "upper"}), encoding="utf-8")
    assert main(["save", str(vault_folder), "petition", "--json-file", str(given)]) == 0


@pytest.mark.parametrize("state", ["received", "screening", "up"])
def test_nothing_is_lacking_of_an_upper_item_that_may_not_be_entered(office: Office, state: str) -> None:
    typed = {"received_at": "2026-03-02", "own_level": "upper"}
    made = office.records.save(PETITION, typed).records[0][1]
    with office.vault.act("save", "示例") as act:
        act.change(PETITION, made, None, {"state": state})
    row = office.records.get(PETITION, made)
    lacking = set(PETITION.wanted_now(row.values))
    assert not lacking & {"summary", "petition_class"}
    assert row.missing == len(lacking)


@pytest.mark.parametrize("level", ["own", None])
def test_of_every_other_item_they_are_lacking_and_asked_for_at_the_end(office: Office, level: str | None) -> None:
    """One from an old ledger may have come in behind the step that asks for them."""
    made = office.records.save(PETITION, {"received_at": "2026-03-02", "own_level": level}).records[0][1]
    with office.vault.act("save", "示例") as act:
        act.change(PETITION, made, None, {"state": "closed"})
    assert PETITION.flow is not None
    step = PETITION.flow.step("closed", "archived")
    assert step is not None
    against = {problem.field for problem in office.records.objections(PETITION, made, step)}
    assert {"summary", "petition_class"} <= against
    assert {"summary", "petition_class"} <= set(PETITION.wanted_now(office.records.get(PETITION, made).values))
