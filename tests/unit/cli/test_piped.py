"""The real program under a bare C locale and with pipes of other encodings: Chinese goes in and comes out whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PASSWORD = "口令要长一点2026"
BARE = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


def paizhu(
    folder: Path, *words: str, put: bytes = b"", password: str = PASSWORD, more: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the program with a home of its own; without a password it is taken from the pipe."""
    env = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "c"), "XDG_DATA_HOME": str(folder / "d")}
    env |= ({"PAIZHU_PASSWORD": password} if password else {}) | (more or {})
    command = [sys.executable, "-m", "paizhu", *words]
    return subprocess.run(command, input=put, capture_output=True, check=False, env=env, cwd=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a vault under a Chinese password."""
    made = paizhu(tmp_path, "vault", "create", "v.paizhu", "--unit", "示例局")
    assert made.returncode == 0, made.stderr.decode()
    return tmp_path


def test_a_password_with_chinese_opens_the_vault_whatever_the_language(folder: Path) -> None:
    listed = paizhu(folder, "list", "v.paizhu", "unit", "--json", more=BARE)
    assert (listed.returncode, json.loads(listed.stdout)[0]["name"]) == (0, "示例局")
    piped = paizhu(folder, "list", "v.paizhu", "unit", "--json", put=f"{PASSWORD}\n".encode(), password="", more=BARE)
    assert (piped.returncode, piped.stdout) == (0, listed.stdout)


def test_json_from_a_pipe_is_utf_8_whatever_the_language(folder: Path) -> None:
    given = json.dumps({"name": "柳青"}, ensure_ascii=False).encode("utf-8-sig")
    made = paizhu(folder, "save", "v.paizhu", "person", "--json-file", "-", put=given, more=BARE)
    assert (made.returncode, json.loads(made.stdout)["record"]["name"]) == (0, "柳青")


def test_a_pipe_of_another_encoding_is_refused_in_words_and_nothing_is_saved(folder: Path) -> None:
    given = json.dumps({"name": "柳青"}, ensure_ascii=False).encode("gb18030")
    made = paizhu(folder, "save", "v.paizhu", "person", "--json-file", "-", put=given, more=BARE)
    assert made.returncode == 1
    assert "读不到标准输入。没有改动。核对位置和编码（UTF-8）。" in made.stderr.decode()
    asked = paizhu(folder, "list", "v.paizhu", "unit", put=PASSWORD.encode("gb18030"), password="", more=BARE)
    assert (asked.returncode, asked.stderr.decode()) == (
        1,
        "送来的口令不是 UTF-8 编码。没有改动。换成 UTF-8，或用 --password-file。\n",
    )
    assert json.loads(paizhu(folder, "list", "v.paizhu", "person", "--json").stdout) == []


def test_whoever_has_seen_enough_may_close_the_pipe(folder: Path) -> None:
    for number in range(3):
        given = json.dumps({"name": f"柳青{number}", "remarks": "示例" * 60_000}, ensure_ascii=False).encode()
        assert paizhu(folder, "save", "v.paizhu", "person", "--json-file", "-", put=given).returncode == 0
    env = {**os.environ, "PAIZHU_PASSWORD": PASSWORD, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "c")}
    command = [sys.executable, "-m", "paizhu", "list", "v.paizhu", "person", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=folder) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.read(5)
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (0, b"")


def test_an_import_is_applied_though_nobody_reads_what_it_says(folder: Path) -> None:
    rows = "".join(f"示例人员{number},示例局\n" for number in range(40))
    (folder / "名册.csv").write_text(f"姓名,单位\n{rows}", encoding="utf-8-sig")
    apply = ("import", "v.paizhu", "名册.csv", "--register", "person", "--apply")
    assert unread(folder, *apply) == 0
    assert len(json.loads(paizhu(folder, "list", "v.paizhu", "person", "--json").stdout)) == 40
    # What is refused is refused all the same, and says so to a script by its status.
    assert unread(folder, *apply[:-1], "--apply", "--sheet", "没有这张") == 1
    assert unread(folder, "import-undo", "v.paizhu", "999") == 1


def test_an_import_is_applied_though_its_output_was_closed_from_the_first(folder: Path) -> None:
    (folder / "名册.csv").write_text("姓名,单位\n柳青,示例局\n", encoding="utf-8-sig")
    apply = f'"{sys.executable}" -m paizhu import v.paizhu 名册.csv --register person --apply --json >&- 2>&-'
    env = {**os.environ, "PAIZHU_PASSWORD": PASSWORD, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "c")}
    assert subprocess.run(["/bin/sh", "-c", apply], check=False, env=env, cwd=folder).returncode == 0
    assert [each["name"] for each in json.loads(paizhu(folder, "list", "v.paizhu", "person", "--json").stdout)] == [
        "柳青"
    ]


def unread(folder: Path, *words: str) -> int:
    """Run the program into pipes whose other ends are closed before it says its first word; returns its status."""
    env = {**os.environ, "PAIZHU_PASSWORD": PASSWORD, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "c")}
    # Unbuffered, the very first line meets the closed pipe, not the last flush.
    command = [sys.executable, "-u", "-m", "paizhu", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=folder) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        running.stderr.close()
    return running.returncode
