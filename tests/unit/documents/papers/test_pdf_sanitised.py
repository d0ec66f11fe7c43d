"""脱敏副本 on paper: no name, no number of a person, not in the text, the title, the outline or the watermark."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from paizhu.documents.papers.sanitised import sanitised
from paizhu.documents.pdf.blocks import LETTER, Cell, Grid, GridRow, Letterhead, Paper, Para, Picture, Signature
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.writing import write
from tests.unit.documents import pdf_reading as seen

OURS = FontBook(())
STAMP = replace(seen.STAMP, user="欧阳示例", purpose="研究欧阳示例的线索", number="示函〔2026〕3号")
SAID = "欧阳 示例，320106198001010011，欧阳示例与邵勇通话"
NUMBERS = "联系 025-83456789；护照 E12345678；卡号 6222021234567890123；编号 示函〔2026〕3号，金额 1,234,567.89 元。"
BLOCKS = (
    Para("关于欧阳示例的情况", heading=1),
    Grid(
        (1.0, 1.0),
        (GridRow((Cell("邵　勇\n13912345678"), Cell(SAID, sign="邵勇（签字）"))),),
        (GridRow((Cell("欧阳示例"), Cell("说明"))),),
    ),
    Para(NUMBERS),
    Picture(b"", "欧阳示例签字页"),
    Signature("驻某市示例局纪检监察组", "2026年3月16日"),
)
PAPER = Paper("欧阳示例谈话记录", BLOCKS, STAMP, LETTER, Letterhead("驻某市示例局纪检监察组", "示函〔2026〕3号"))


def test_no_original_word_is_left_in_the_file(tmp_path: Path) -> None:
    done = sanitised(PAPER, {"欧阳示例", "邵勇", "甲"})
    path = write(tmp_path / "副本.pdf", done.paper, book=OURS).path
    told = seen.text_of(path) + subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    for word in ("欧阳", "示例，", "邵", "勇", "13912345678", "3201061980", "83456789", "E12345678", "6222021234"):
        assert word not in told
    assert (done.persons, done.numbers, done.pictures) == (2, 5, 1)
    assert "2 人的姓名" in done.words


def test_the_same_person_is_the_same_throughout_and_other_words_stay(tmp_path: Path) -> None:
    done = sanitised(PAPER, {"欧阳示例", "邵勇"})
    text = seen.text_of(write(tmp_path / "副本.pdf", done.paper, book=OURS).path)
    assert "关于某甲的情况" in text
    assert "某甲与某乙通话" in text
    assert "某乙（签字）" in text
    assert "脱敏副本" in text
    for kept in ("示函〔2026〕3号", "1,234,567.89", "驻某市示例局纪检监察组", "（图片附件从略）"):
        assert kept in text
    assert done.paper.stamp.user == ""
    assert done.paper.stamp.purpose == "研究某甲的线索"


@pytest.mark.parametrize("count", [3, 30])
def test_everybody_gets_a_name_of_his_own(count: int) -> None:
    names = [f"示{chr(0x4E00 + each)}例" for each in range(count)]
    done = sanitised(Paper("名单", (Para("、".join(names)),), seen.STAMP), names)
    (block,) = done.paper.blocks
    assert isinstance(block, Para)
    assert len(set(block.text.split("、"))) == done.persons == count


def test_without_known_names_only_numbers_go() -> None:
    done = sanitised(Paper("说明", (Para("电话 13912345678"),), seen.STAMP), ())
    (block,) = done.paper.blocks
    assert isinstance(block, Para)
    assert block.text == "电话 ＊＊＊＊＊＊＊＊＊＊＊"
