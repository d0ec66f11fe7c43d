"""The command line as a script calls it, and a record saved through it."""

import json
from pathlib import Path
from typing import Any

import pytest

from paizhu.cli import main

TALK = {"subject": "孙立新", "planned_date": "2026-03-20", "kind": "提醒谈话"}


class Line:
    """Calls the command line and keeps what it said."""

    def __init__(self, captured: pytest.CaptureFixture[str], vault: Path, folder: Path) -> None:
        self._captured = captured
        self.vault = vault
        self.folder = folder
        self.out = ""
        self.err = ""

    def run(self, *words: str) -> int:
        """Run a command; VAULT stands for the test's vault."""
        status = main([str(self.vault) if word == "VAULT" else word for word in words])
        self.out, self.err = self._captured.readouterr()
        return status

    def json(self, *words: str) -> Any:
        """Run a command that must succeed and return its one document."""
        status = self.run(*words)
        assert status == 0, self.err
        return json.loads(self.out)

    def file(self, data: Any) -> str:
        """Write a JSON file and return its path."""
        path = self.folder / "given.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return str(path)


def saved(line: Line, register: str = "integrity_talk", **more: Any) -> dict[str, Any]:
    """Save a record through the command line and return what it printed."""
    data = {**TALK, **more} if register == "integrity_talk" else more
    shown: dict[str, Any] = line.json("save", "VAULT", register, "--json-file", line.file(data))
    return shown
