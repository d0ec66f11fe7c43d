"""packaging/dev.py as it is typed: with any Python, on a computer with or without a screen."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from devtools import commands, environment
from devtools.terminal import ROOT, start

DEV = ROOT / "packaging" / "dev.py"
SOURCES = [DEV, *sorted((ROOT / "packaging" / "devtools").glob("*.py"))]


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 10, 13), (3, 14, 0)])
def test_an_unsuitable_python_is_refused_in_words(
    version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", version)
    assert dev.main() == 2
    assert f"这里是 {version[0]}.{version[1]}。" in capsys.readouterr().err


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names | {"devtools"}


def test_an_old_python_can_read_the_first_file() -> None:
    ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_help_names_every_command() -> None:
    done = subprocess.run([sys.executable, "-X", "utf8", DEV, "--help"], capture_output=True, check=True)
    words = done.stdout.decode("utf-8")
    assert [name for name in commands.COMMANDS if f"    {name} " not in words] == []


def test_every_command_of_the_help_can_be_run() -> None:
    for name in commands.COMMANDS:
        assert commands.parser().parse_known_args([name])[0].command == name


def test_further_words_reach_the_started_program() -> None:
    given, rest = commands.parser().parse_known_args(["test", "tests/unit", "-k", "lock", "-x"])
    assert (given.command, rest) == ("test", ["tests/unit", "-k", "lock", "-x"])


def test_an_unknown_check_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["check", "spelling"]) == 1
    assert "没有这项检查：spelling" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
@pytest.mark.parametrize(
    ("surroundings", "shown"),
    [({}, False), ({"DISPLAY": ""}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_a_screen_is_known_by_the_surroundings(
    surroundings: dict[str, str], shown: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert commands.has_display() is shown


def test_the_first_failing_check_ends_the_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def fail_on_style(command: list[str | Path]) -> int:
        asked.append(str(command[-1]))
        return 7 if "check" in command else 0

    monkeypatch.setattr(commands, "start", fail_on_style)
    monkeypatch.setattr(environment, "script", Path)
    assert commands.run_checks(commands.CHECKS) == 7
    assert len(asked) == 2


def test_a_started_program_hands_back_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    assert start([sys.executable, "-c", "print('中文'); raise SystemExit(3)"]) == 3
    assert "中文" in capfd.readouterr().out


@pytest.mark.parametrize(("code", "heard"), [(0, False), (3, True)])
def test_a_quiet_program_is_heard_only_when_it_fails(code: int, heard: bool, capfd: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-c", f"print('the ' + 'reason'); raise SystemExit({code})"]
    assert start(command, quiet=True) == code
    assert ("the reason" in capfd.readouterr().out) is heard


def test_ci_runs_what_the_readme_tells_a_newcomer() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert script[-1] == "exec python3 packaging/dev.py test"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("python3 packaging/dev.py run", "python3 packaging/dev.py test"):
        assert command in readme
