"""Whatever is written, workbook, form or paper: a file somebody works in, or marked read-only, stays as it is."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.rows import Row
from paizhu.documents.in_place import saved
from paizhu.documents.pdf.writing import put
from paizhu.documents.refusals import NotWrittenError
from paizhu.documents.tables.column_match import targets
from paizhu.documents.workbooks.write import SheetOut, write_book

TALK = registers.register("integrity_talk")
MARKS = ("~${}", ".~lock.{}#", ".~{}")
Write = Callable[[Path], object]


def book(path: Path) -> None:
    write_book(path, [SheetOut(TALK, targets(TALK), [Row("integrity_talk", 1, 1, {"record": "样本内容"})])])


def form(path: Path) -> None:
    with saved(path) as target:
        target.write_bytes(b"filled")


def paper(path: Path) -> None:
    put(path, b"%PDF")


every_writer = pytest.mark.parametrize("write", [book, form, paper])


@every_writer
@pytest.mark.parametrize("mark", MARKS)
def test_a_file_open_elsewhere_is_not_replaced(tmp_path: Path, write: Write, mark: str) -> None:
    path = tmp_path / "样本.xlsx"
    path.write_bytes(b"before")
    opened = tmp_path / mark.format(path.name)
    opened.touch()
    with pytest.raises(NotWrittenError, match="正在别的程序里打开") as told:
        write(path)
    assert "换一个文件名" in told.value.todo
    assert opened.name in told.value.todo, "what a crashed program left behind can be taken away"
    assert path.read_bytes() == b"before"
    opened.unlink()
    write(path)
    assert path.read_bytes() != b"before"


@every_writer
def test_a_file_marked_read_only_is_not_replaced(tmp_path: Path, write: Write) -> None:
    path = tmp_path / "样本.xlsx"
    path.write_bytes(b"before")
    path.chmod(0o444)
    with pytest.raises(NotWrittenError, match="只读"):
        write(path)
    assert path.read_bytes() == b"before"
    assert [each.name for each in tmp_path.iterdir()] == ["样本.xlsx"]


def test_a_file_opened_while_another_is_made_for_its_place_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "样本.xlsx"
    path.write_bytes(b"before")
    lock = tmp_path / ".~lock.样本.xlsx#"

    def slowly() -> None:
        with saved(path) as target:
            target.write_bytes(b"after")
            lock.touch()

    with pytest.raises(NotWrittenError, match="打开"):
        slowly()
    assert path.read_bytes() == b"before"
    assert sorted(each.name for each in tmp_path.iterdir()) == [lock.name, path.name]


def test_what_a_killed_program_left_readable_goes_with_the_next_file(tmp_path: Path) -> None:
    left, running = tmp_path / ".paizhu-left", tmp_path / ".paizhu-running"
    for room in (left, running):
        room.mkdir()
        (room / "form").write_text("示例甲", encoding="utf-8")
    long_ago = time.time() - 2 * 3600
    os.utime(left, (long_ago, long_ago))
    with saved(tmp_path / "表.xlsx") as target:
        target.write_bytes(b"x")
    # One of the last hour may be another window's, at work just now.
    assert sorted(path.name for path in tmp_path.iterdir()) == [".paizhu-running", "表.xlsx"]
