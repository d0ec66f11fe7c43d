"""A command line on the test's own vault."""

from pathlib import Path

import pytest

from tests.conftest import PASSWORD
from tests.unit.cli.commanded import Line


@pytest.fixture
def line(
    capsys: pytest.CaptureFixture[str], vault_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Line:
    """The command line with the test's vault and its password in the environment."""
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)
    return Line(capsys, vault_folder, tmp_path)
