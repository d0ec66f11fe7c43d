"""``figures`` and ``fill`` on a real vault, called as a script would."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paizhu import registers
from paizhu.cli import main
from paizhu.services.forms.filling import Filling
from paizhu.services.office import Office
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD

LEADS = next(path for path in Filling.ready_forms() if "线索" in path.stem)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(vault: Vault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with two leads of February 2026, closed again."""
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)
    lead = registers.register("lead")
    for number in range(2):
        typed = {"subject": f"示例{number}", "received_at": f"2026-02-0{number + 1}", "summary": "反映收受礼品"}
        Office(vault).records.save(lead, {**typed, "subject_rank": "县处级"})
    vault.close()
    return vault_folder


def answered(captured: Captured, *words: str) -> Any:
    status = main(list(words))
    told = captured.readouterr()
    assert status == 0, told.err
    return json.loads(told.out)


def test_figures_come_with_their_records(folder: Path, capsys: Captured) -> None:
    told = answered(capsys, "figures", str(folder), "--period", "2026-02", "--json")
    one = told["I-201A"]
    assert (one["value"], one["year_to_date"], one["previous"]) == (2, 2, 0)
    assert one["records"] == [{"register": "lead", "id": 1}, {"register": "lead", "id": 2}]
    assert one["by"]["rank"] == {"division": 2}


def test_figures_are_readable_without_json(folder: Path, capsys: Captured) -> None:
    assert main(["figures", str(folder), "--period", "2026-02"]) == 0
    assert "新受理问题线索" in capsys.readouterr().out


def test_a_blank_form_is_filled(folder: Path, capsys: Captured, tmp_path: Path) -> None:
    out = tmp_path / "线索.xlsx"
    told = answered(capsys, "fill", str(folder), str(LEADS), str(out), "--period", "2026-02", "--json")
    assert openpyxl.load_workbook(out)["线索处置"]["B6"].value == 2
    cell = next(each for each in told["cells"] if each["cell"] == "B6")
    assert (cell["indicator"], cell["by"], cell["value"], len(cell["records"])) == (
        "I-201A", {"rank": "division"}, 2, 2,
    )  # fmt: skip
    assert told["checks"] == []


def test_a_form_that_is_not_there_and_a_wrong_period_are_refused(
    folder: Path, capsys: Captured, tmp_path: Path
) -> None:
    assert main(["fill", str(folder), str(tmp_path / "没有.xlsx"), str(tmp_path / "出.xlsx")]) == 1
    assert main(["figures", str(folder), "--period", "十月", "--json"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "不是统计期" in told.err
    assert not (tmp_path / "出.xlsx").exists()


@pytest.mark.parametrize("command", ["figures", "fill"])
def test_each_command_explains_itself(capsys: Captured, command: str) -> None:
    assert main([command, "--help"]) == 0
    assert f"paizhu {command} " in capsys.readouterr().out.split("例：")[1]
