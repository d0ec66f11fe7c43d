"""Files given at once: one act for those that can be taken, and words for those that cannot."""

import os
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.services.attaching import FileRefusedError
from paizhu.services.office import Office

DUTY = registers.register("duty_item")


@pytest.fixture
def duty(office: Office) -> int:
    return office.records.save(DUTY, {"subject": "示例局", "content": "示例"}).records[0][1]


def paper(folder: Path, name: str, words: str = "示例") -> Path:
    made = folder / name
    made.write_text(words, encoding="utf-8")
    return made


def names(office: Office, duty: int) -> list[str]:
    return [str(each["name"]) for each in office.records.attachments(DUTY, duty)]


def test_files_given_at_once_are_one_act_and_one_undo(office: Office, duty: int, tmp_path: Path) -> None:
    paths = [paper(tmp_path, name, name) for name in ("甲.pdf", "乙.docx", "丙.jpg")]
    done = office.records.attaching.attach(DUTY, duty, paths, "evidence")
    assert done.names == ("甲.pdf", "乙.docx", "丙.jpg")
    assert office.records.get(DUTY, duty).values["evidence"] == 3
    assert office.history.entries()[0].label == "添加附件 甲.pdf等 3 个"
    assert done.change is not None
    office.history.undo(done.change.entry)
    assert names(office, duty) == []
    assert office.records.get(DUTY, duty).values["evidence"] is None


def test_what_cannot_be_taken_is_named_and_the_rest_goes_in(office: Office, duty: int, tmp_path: Path) -> None:
    gone = tmp_path / "已删.pdf"
    folder = tmp_path / "文件夹"
    folder.mkdir()
    done = office.records.attaching.attach(DUTY, duty, [folder, paper(tmp_path, "甲.pdf"), gone])
    assert names(office, duty) == ["甲.pdf"]
    assert done.why() == "“文件夹”是文件夹；“已删.pdf”已经不在原处"
    nothing = office.records.attaching.attach(DUTY, duty, [gone, folder])
    assert nothing.change is None
    hollow = office.records.attaching.attach(DUTY, duty, [paper(tmp_path, "没拷完.pdf", "")], "evidence")
    assert hollow.change is None
    assert hollow.why() == "“没拷完.pdf”是空文件，里面没有内容"
    assert office.records.get(DUTY, duty).values["evidence"] is None
    with pytest.raises(FileRefusedError, match="已经不在原处"):
        office.records.attach(DUTY, duty, gone)


def test_the_same_file_is_not_hung_twice_but_another_of_its_name_is(office: Office, duty: int, tmp_path: Path) -> None:
    first, copy = paper(tmp_path, "甲.pdf"), tmp_path / "别处"
    copy.mkdir()
    office.records.attach(DUTY, duty, first)
    again = office.records.attaching.attach(DUTY, duty, [first, paper(copy, "甲.pdf", "另一份")])
    assert again.why() == "“甲.pdf”已经在附件里，内容一样"
    assert names(office, duty) == ["甲.pdf", "甲.pdf"]


def test_a_record_in_the_recycle_list_takes_none(office: Office, duty: int, tmp_path: Path) -> None:
    office.records.void(DUTY, [duty], "重复")
    with pytest.raises(NotAllowedError, match="回收区"):
        office.records.attach(DUTY, duty, paper(tmp_path, "甲.pdf"))


def test_reasons_of_the_same_kind_are_told_together(office: Office, duty: int, tmp_path: Path) -> None:
    done = office.records.attaching.attach(DUTY, duty, [tmp_path / "甲.pdf", tmp_path / "乙.pdf"])
    assert done.why() == "“甲.pdf”、“乙.pdf”已经不在原处"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only there does a name stand for something without an end")
def test_what_is_no_file_is_refused(office: Office, duty: int, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(NotAllowedError, match="不是普通文件"):
        office.records.attach(DUTY, duty, tmp_path / "管道")


def test_the_journal_tells_of_a_file_in_one_line(office: Office, duty: int, tmp_path: Path) -> None:
    office.records.attach(DUTY, duty, paper(tmp_path, "甲.pdf"), "evidence:一季度")
    (file,) = office.records.attachments(DUTY, duty)
    office.records.detach(DUTY, duty, file["id"], file["slot"])
    office.history.undo(office.history.entries()[0].id)
    told = [each for each in office.history.of_record(DUTY.key, duty) if each.kind == "attachment"]
    assert [(each.entry.label, each.label, each.after) for each in told] == [
        ("撤销：移除附件 甲.pdf", "附件", "已放回"),
        ("移除附件 甲.pdf", "附件", "已移除"),
        ("添加附件 甲.pdf", "附件", "甲.pdf（佐证材料）"),
    ]
