"""`vault check --code`: what a code in the footer of a printed paper proves, called as acceptance would."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paizhu.cli import main
from tests.conftest import PASSWORD

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)

    def run(*words: str | Path) -> tuple[int, str, str]:
        status = main([str(word) for word in words])
        return (status, *capsys.readouterr())

    return run


@pytest.fixture
def talk(call: Call, vault_folder: Path, tmp_path: Path) -> int:
    given = tmp_path / "given.json"
    given.write_text('{"subject": "孙立新", "planned_date": "2026-03-20", "kind": "提醒谈话"}', encoding="utf-8")
    status, out, err = call("save", vault_folder, "integrity_talk", "--json-file", given)
    assert status == 0, err
    return int(json.loads(out)["record"]["id"])


def code_on(paper: Path) -> str:
    """Return the code as somebody would read it off the paper."""
    words = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    found = re.search(r"\d+-[0-9A-F]{10}", words)
    assert found
    return found[0]


@pytest.fixture
def code(call: Call, vault_folder: Path, talk: int, tmp_path: Path) -> str:
    paper = tmp_path / "谈话.pdf"
    status, _, err = call("print", vault_folder, "talk_form", str(talk), paper)
    assert status == 0, err
    return code_on(paper)


def verified(call: Call, vault: Path, code: str) -> dict[str, Any]:
    _, out, _ = call("vault", "check", vault, "--code", code, "--json")
    answer: dict[str, Any] = json.loads(out)["code"]
    return answer


def test_a_code_is_genuine_until_its_record_changes(
    call: Call, vault_folder: Path, talk: int, code: str, tmp_path: Path
) -> None:
    genuine = verified(call, vault_folder, code)
    assert (genuine["verdict"], genuine["record"]) == ("genuine", {"register": "integrity_talk", "id": talk})
    assert "廉政谈话登记表" in genuine["paper"]
    given = tmp_path / "changed.json"
    given.write_text(json.dumps({"id": talk, "version": 1, "place": "三楼谈话室"}), encoding="utf-8")
    assert call("save", vault_folder, "integrity_talk", "--json-file", given)[0] == 0
    changed = verified(call, vault_folder, code)
    assert (changed["verdict"], len(changed["since"])) == ("changed", 1)
    status, out, _ = call("vault", "check", vault_folder, "--code", code)
    assert status == 0
    assert "改动过 1 次" in out


def test_a_code_that_history_does_not_bear_out_ends_with_the_status_of_damage(
    call: Call, vault_folder: Path, code: str
) -> None:
    forged = f"{code.partition('-')[0]}-0123456789"
    status, out, _ = call("vault", "check", vault_folder, "--code", forged, "--json")
    assert status == 4
    assert json.loads(out)["code"]["verdict"] == "rewritten"


def test_a_misread_code_is_refused_with_how_one_looks(call: Call, vault_folder: Path) -> None:
    status, _, err = call("vault", "check", vault_folder, "--code", "随便写的")
    assert status == 1
    assert "校验码" in err
