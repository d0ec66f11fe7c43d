"""Leaving is easy: everything in readable folders, complete by count, and nothing about informants."""

from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base.errors import CancelledError, InvalidRecordError
from paizhu.services.office import Office
from paizhu.services.out.leaving import ATTACHMENTS, CONTENTS, WORKBOOK, leave

TALK = registers.register("integrity_talk")
PETITION = registers.register("petition")


@pytest.fixture
def filled(office: Office, tmp_path: Path) -> Office:
    talk = office.records.save(TALK, {"subject": "孙立新", "planned_date": "3.5", "record": "谈话内容全文"}).records[0][
        1
    ]
    for number in range(2):
        paper = tmp_path / f"第{number}份" / "签字页.txt"
        paper.parent.mkdir()
        paper.write_text(f"签字页 {number}", encoding="utf-8")
        office.records.attach(TALK, talk, paper)
    office.records.save(
        PETITION, {"received_at": "3.2", "summary": "反映公车私用"}, rows={"informant": [{"name": "举报人甲某"}]}
    )
    return office


def test_everything_goes_out_in_readable_folders(filled: Office, tmp_path: Path) -> None:
    left = leave(filled.desk, tmp_path, "交接")
    book = openpyxl.load_workbook(left.folder / WORKBOOK)
    words = "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "谈话内容全文" in words
    assert "反映公车私用" in words
    assert "举报人甲某" not in words
    papers = sorted((left.folder / ATTACHMENTS).rglob("*.txt"))
    assert [paper.read_text(encoding="utf-8") for paper in papers] == ["签字页 0", "签字页 1"]
    contents = (left.folder / CONTENTS).read_text(encoding="utf-8")
    assert "廉政谈话：1 条" in contents
    assert "2 个文件" in contents
    assert "反映人（举报人）信息 1 条" in contents


def test_a_reason_is_asked_and_kept_in_the_journal(filled: Office, tmp_path: Path) -> None:
    with pytest.raises(InvalidRecordError):
        leave(filled.desk, tmp_path, "  ")
    leave(filled.desk, tmp_path, "岗位交接")
    assert filled.history.entries()[0].about["reason"] == "岗位交接"


def test_cancelled_nothing_is_left_behind(filled: Office, tmp_path: Path) -> None:
    def stop(_words: str, _done: int, _total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        leave(filled.desk, tmp_path, "交接", stop)
    assert not list(tmp_path.glob("全部导出*"))
