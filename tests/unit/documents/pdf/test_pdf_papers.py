"""Papers as files: the frame, rows never cut, nothing about informants, places that cannot be written."""

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from paizhu.base.errors import CancelledError, NotAllowedError, PaizhuError
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Sealed, Value
from paizhu.documents.papers.dossier import dossier_paper
from paizhu.documents.papers.lead import check_approval, disposal_approval, inquiry_approval
from paizhu.documents.papers.letter import Reply, ReplyPerson, opinion_reply
from paizhu.documents.papers.record import record_paper
from paizhu.documents.papers.recovery import recovery_sheet
from paizhu.documents.papers.register_list import list_paper
from paizhu.documents.papers.talk import BriefSection, brief, talk_form, talk_record
from paizhu.documents.pdf.blocks import (
    LETTER,
    LETTER_LINES,
    TITLE,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Signature,
    Space,
    label,
)
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.guard import checked, words
from paizhu.documents.pdf.writing import make, write
from paizhu.registers import REGISTERS
from paizhu.registers.lead import LEAD
from paizhu.registers.petition import PETITION
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK
from tests.make import make_values
from tests.unit.documents import pdf_reading as seen
from tests.unit.documents.pdf_reading import RARE, SECRET, STAMP, row

OURS = FontBook(())


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.key)
def test_any_list_and_any_record_of_any_register_can_be_printed(register: Register, tmp_path: Path) -> None:
    rows = [Row(register.key, number, 1, make_values(register, number=number)) for number in range(1, 4)]
    listed = write(tmp_path / "list.pdf", list_paper(register, rows, SECRET), book=OURS)
    assert "共3条" in seen.text_of(listed.path)
    kids = {kid.key: [Row(kid.key, 1, 1, make_values(kid))] for kid in register.rows}
    made = write(tmp_path / "record.pdf", record_paper(register, rows[0], SECRET, rows=kids), book=OURS)
    text = seen.text_of(made.path)
    assert f"{register.label}登记表" in text
    assert all("".join(section.label.split()) in text for section in register.sections)


def test_the_frame_ties_every_page_to_the_vault(tmp_path: Path) -> None:
    rows = [seen.REVIEW_ITEM] * 60
    written = write(tmp_path / "list.pdf", list_paper(REVIEW, rows, STAMP), book=OURS)
    assert written.pages > 2
    for page in range(1, written.pages + 1):
        text = seen.text_of(written.path, page=page)
        assert "编号示审〔2026〕3号" in text
        assert "核验码7F3K-9Q2M" in text
        assert "打印时间2026-03-1610:26" in text
        assert text.startswith("内部")
        assert f"第{page}页，共{written.pages}页" in text
        assert "议题名称" in text


def test_rows_are_never_cut_and_heads_are_repeated(tmp_path: Path) -> None:
    rows = tuple(
        GridRow((label(f"行{number}"), Cell(f"始{number}号" + "按照示例制度办理，" * (number % 17) + f"终{number}号")))
        for number in range(120)
    )
    head = GridRow((label("栏甲"), label("栏乙")))
    paper = Paper("示例", (Grid((1, 4), rows, (head,)),), STAMP)
    written = write(tmp_path / "rows.pdf", paper, book=OURS)
    pages = [seen.text_of(written.path, page=page) for page in range(1, written.pages + 1)]
    assert written.pages > 3
    assert all("栏甲栏乙" in page for page in pages)
    for number in range(120):
        assert [f"始{number}号" in page for page in pages] == [f"终{number}号" in page for page in pages]
        assert sum(f"始{number}号" in page for page in pages) == 1


def test_a_row_taller_than_a_page_goes_on_under_its_name(tmp_path: Path) -> None:
    text = "\n".join(f"第{number}句" for number in range(150))
    paper = Paper(
        "示例", (Grid((1, 4), (GridRow((label("内容"), Cell(text))), GridRow((label("后一行"), Cell("末尾"))))),), STAMP
    )
    written = write(tmp_path / "tall.pdf", paper, book=OURS)
    pages = [seen.text_of(written.path, page=page) for page in range(1, written.pages + 1)]
    assert written.pages > 2
    assert all("（续）" in page for page in pages[1:])
    assert all(sum(f"第{number}句" in page for page in pages) == 1 for number in range(150))
    assert "末尾" in pages[-1]


def test_a_letter_page_holds_twenty_two_lines_of_twenty_eight_characters(tmp_path: Path) -> None:
    reply = replace(seen.REPLY, extra=("字" * 28 * 60,))
    written = write(tmp_path / "letter.pdf", opinion_reply(reply, replace(STAMP, marking="")), book=OURS)
    page = seen.text_of(written.path, page=2)
    assert page.startswith("字" * (28 * LETTER_LINES))
    assert not page.startswith("字" * (28 * LETTER_LINES + 1))
    assert "—2—" in page
    assert "—1—" not in seen.text_of(written.path, page=1)


def test_signatures_stand_on_each_page_of_a_talk_record_and_the_rest_is_struck_through(tmp_path: Path) -> None:
    long = replace(seen.TALK, values={**seen.TALK.values, "record": "问：示例问题？\n答：示例回答。\n" * 60})
    written = write(tmp_path / "talk.pdf", talk_record(long, seen.TALK_ROWS, STAMP), book=OURS)
    assert written.pages > 2
    for page in range(1, written.pages + 1):
        assert "被谈话人（签名）" in seen.text_of(written.path, page=page)
    struck = write(tmp_path / "one.pdf", talk_record(seen.TALK, seen.TALK_ROWS, STAMP), book=OURS)
    plain = talk_record(seen.TALK, seen.TALK_ROWS, STAMP)
    bare = write(tmp_path / "bare.pdf", replace(plain, blocks=plain.blocks[:-1]), book=OURS)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert seen.darkness(struck.path, tmp_path / "a")[-1] > seen.darkness(bare.path, tmp_path / "b")[-1]


def test_the_page_before_a_talk_is_set_smaller_until_it_fits(tmp_path: Path) -> None:
    lines = tuple(f"第{number}行，重点谈清供应商选择依据。" for number in range(1, 44))
    fits = write(tmp_path / "fits.pdf", brief("示例丙", "处长", (BriefSection("提纲", lines),), STAMP), book=OURS)
    assert (fits.pages, fits.warnings) == (1, ())
    more = write(tmp_path / "more.pdf", brief("示例丙", "处长", (BriefSection("提纲", lines * 3),), STAMP), book=OURS)
    assert more.pages > 1
    assert more.warnings == (f"内容太多，1 页放不下，打成了 {more.pages} 页",)


def test_contents_name_the_page_of_each_heading(tmp_path: Path) -> None:
    written = write(tmp_path / "dossier.pdf", dossier_paper(seen.DOSSIER, STAMP), book=OURS)
    assert "（一）奖励（1）" in seen.text_of(written.path)
    assert seen.text_of(written.path).count("二、奖励和惩罚") == 2


def test_rare_names_can_be_copied_and_what_no_font_has_is_named(tmp_path: Path) -> None:
    reply = Reply("示例组", "", "示例处", (replace(seen.PERSONS[0], name=f"{RARE}𰻞\U000323ae"),), date(2026, 3, 16))
    written = write(tmp_path / "rare.pdf", opinion_reply(reply, STAMP), book=OURS)
    text = seen.text_of(written.path)
    assert f"{RARE}𰻞" in text
    assert "〔缺字U+323AE〕" in text
    assert len(written.warnings) == 1
    assert "U+323AE" in written.warnings[0]


def test_a_sealed_value_is_refused_wherever_it_is_passed() -> None:
    sealed = Field("name", "反映人姓名", FieldKind.SEALED, sens=Sens.P4)
    plain = Field("summary", "主要问题", FieldKind.TEXT)
    with pytest.raises(NotAllowedError, match="反映人身份"):
        checked([sealed], SECRET)
    with pytest.raises(NotAllowedError, match="反映人身份"):
        words(plain, row("petition", summary=Sealed("封")))
    with pytest.raises(NotAllowedError):
        list_paper(PETITION, [], SECRET, fields=[PETITION.field("named")])
    with pytest.raises(NotAllowedError):
        record_paper(PETITION, row("petition"), SECRET, fields=[PETITION.field("feedback_reaction")])
    with pytest.raises(NotAllowedError):
        list_paper(LEAD, [row("lead", subject=Sealed("封"))], SECRET)


def test_nothing_about_who_reported_is_printed_even_with_a_purpose(tmp_path: Path) -> None:
    values = make_values(PETITION)
    kids = {kid.key: [Row(kid.key, 1, 1, {**make_values(kid), "mark": "反映人一"})] for kid in PETITION.rows}
    written = write(tmp_path / "petition.pdf", record_paper(PETITION, Row("petition", 1, 1, values), SECRET, rows=kids))
    text = seen.text_of(written.path)
    assert "反映人略" in text
    assert "反映人一" not in text
    for field in PETITION.fields:
        if field.sens is Sens.P4:
            assert field.label not in text


def test_confidential_papers_need_a_purpose() -> None:
    for build in (disposal_approval, inquiry_approval, check_approval):
        with pytest.raises(NotAllowedError, match="用途"):
            build(seen.LEAD, seen.LEAD_ROWS, STAMP)
    with pytest.raises(NotAllowedError, match="用途"):
        talk_form(replace(seen.TALK, values={**seen.TALK.values, "lead_ref": Ref("线〔2026〕2号")}), {}, STAMP)
    with pytest.raises(NotAllowedError, match="用途"):
        list_paper(LEAD, [seen.LEAD], STAMP, fields=[LEAD.field("subject")])


def test_without_a_purpose_a_list_leaves_class_p3_out(tmp_path: Path) -> None:
    text = seen.text_of(write(tmp_path / "leads.pdf", list_paper(LEAD, [seen.LEAD], STAMP), book=OURS).path)
    assert "示例丁" not in text
    assert "收受礼金" not in text


def test_private_fields_are_masked_and_flags_left_out_unless_chosen(tmp_path: Path) -> None:
    talk = write(tmp_path / "talk.pdf", record_paper(TALK, seen.TALK, STAMP), book=OURS)
    assert "●●●" in seen.text_of(talk.path)
    assert "采购经过" not in seen.text_of(talk.path)
    plain = write(tmp_path / "plain.pdf", list_paper(REVIEW, [seen.REVIEW_ITEM], STAMP), book=OURS)
    assert "贴线" not in seen.text_of(plain.path)
    chosen = [REVIEW.field("title"), REVIEW.field("flags")]
    asked = write(tmp_path / "asked.pdf", list_paper(REVIEW, [seen.REVIEW_ITEM], STAMP, fields=chosen), book=OURS)
    assert "贴线" in seen.text_of(asked.path)


def test_the_recovery_sheet_carries_no_code_of_the_journal(tmp_path: Path) -> None:
    text = seen.text_of(write(tmp_path / "sheet.pdf", recovery_sheet(["ABCD"], STAMP), book=OURS).path)
    assert "核验码" not in text
    assert "示审" not in text


def test_cancelling_leaves_the_place_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"before")
    heard: list[int] = []
    paper = list_paper(REVIEW, [seen.REVIEW_ITEM] * 100, STAMP)
    with pytest.raises(CancelledError):
        write(path, paper, heard.append, lambda: len(heard) >= 2, OURS)
    assert heard == [1, 2]
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_progress_hears_every_page(tmp_path: Path) -> None:
    heard: list[int] = []
    written = write(tmp_path / "list.pdf", list_paper(REVIEW, [seen.REVIEW_ITEM] * 60, STAMP), heard.append, None, OURS)
    assert heard == list(range(1, written.pages + 1))


def test_places_that_cannot_be_written_are_refused_in_words(tmp_path: Path) -> None:
    paper = Paper("示例", (Para("示例文字"),), STAMP)
    (tmp_path / "folder.pdf").mkdir()
    for path, expected in (
        (tmp_path / "none" / "a.pdf", "文件夹不存在"),
        (tmp_path / "folder.pdf", "已经是一个文件夹"),
    ):
        with pytest.raises(PaizhuError, match=expected):
            write(path, paper, book=OURS)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder.pdf"]


def test_a_folder_without_permission_is_refused_in_words(locked_folder: Path) -> None:
    with pytest.raises(PaizhuError, match=r"没有写入这个文件夹的权限|只能读"):
        write(locked_folder / "a.pdf", Paper("示例", (Para("示例文字"),), STAMP), book=OURS)


def test_the_same_paper_can_be_looked_at_before_it_is_written() -> None:
    content, pages, warnings, faces = make(Paper("示例", (Para("示例文字"),), STAMP), book=OURS)
    assert content.startswith(b"%PDF-")
    assert (pages, warnings) == (1, ())
    assert len(faces) == 5


def test_the_stamp_runs_across_the_page_only_when_asked(tmp_path: Path) -> None:
    stamps = (STAMP, replace(STAMP, watermark=False))
    made = [
        write(tmp_path / f"{n}.pdf", Paper("示例", (Para("正文"),), each), book=OURS) for n, each in enumerate(stamps)
    ]
    sizes = [each.path.stat().st_size for each in made]
    assert sizes[0] > sizes[1] + 1000
    # Words of the watermark are a picture: they are not copied along with the text.
    assert seen.text_of(made[0].path) == seen.text_of(made[1].path)


def test_sums_and_dates_keep_one_line_in_a_list(tmp_path: Path) -> None:
    item = replace(seen.REVIEW_ITEM, values={**seen.REVIEW_ITEM.values, "amount": Decimal("12345678.90")})
    written = write(tmp_path / "list.pdf", list_paper(REVIEW, [item], STAMP), book=OURS)
    text = seen.text_of(written.path)
    assert "12,345,678.90" in text
    assert "2026-03-18" in text


def last_page_lines(path: Path) -> list[str]:
    """Return the lines of the last page that say something: no page number, no signature, no repeated head."""
    pages = str(seen.page_count(path))
    told = subprocess.run(
        ["pdftotext", "-layout", "-f", pages, "-l", pages, path, "-"], check=True, capture_output=True, text=True
    ).stdout
    lines = [re.sub(r"\s+", "", line) for line in told.splitlines()]
    return [line for line in lines if line]


@pytest.mark.parametrize("words", ["暂未发现影响使用的问题", "截至目前未收到有关问题反映，暂未发现影响使用的问题"])
def test_no_letter_ends_on_a_page_of_name_and_date_alone(tmp_path: Path, words: str) -> None:
    bare = replace(STAMP, marking="", watermark=False, code="")
    turned = 0
    for count in range(1, 25):
        person = ReplyPerson("示例甲", "示例中心党支部副书记", "示例中心主任", words)
        letter = opinion_reply(replace(seen.REPLY, persons=(person,) * count), bare)
        path = write(tmp_path / f"{count}.pdf", letter, book=OURS).path
        if seen.page_count(path) > 1:
            turned += 1
            lines = last_page_lines(path)
            assert next(at for at, line in enumerate(lines) if seen.REPLY.body in line) >= 2, (count, lines)
    assert turned > 10


@pytest.mark.parametrize("rows", [12, 13, 14, 15, 16, 17])
def test_a_table_signed_at_once_brings_two_rows_along(tmp_path: Path, rows: int) -> None:
    grid = Grid((1.0, 3.0), tuple(GridRow((Cell(f"第{each}行"), Cell("甲\n乙"))) for each in range(rows)))
    blocks = (Para("示例标题", TITLE), grid, Space(20), Signature("驻某市示例局纪检监察组", "2026年3月16日"))
    path = write(tmp_path / "表.pdf", Paper("示例", blocks, replace(STAMP, marking=""), LETTER), book=OURS).path
    if seen.page_count(path) > 1:
        assert f"第{rows - 2}行" in seen.text_of(path, page=2)


@pytest.mark.parametrize(
    ("more", "blank"),
    [({"end_at": None, "signed": None}, True), ({"end_at": None, "signed": True}, False), ({"signed": None}, False)],
)
def test_a_record_to_be_signed_leaves_room_for_the_end_that_is_not_written(more: dict[str, Value], blank: bool) -> None:
    """The paper is printed before the end is known; a record tells from when to when."""
    held = {"start_at": datetime(2026, 3, 10, 15), "end_at": datetime(2026, 3, 10, 15, 40)}
    paper = talk_record(replace(seen.TALK, values={**seen.TALK.values, **held, **more}), seen.TALK_ROWS, STAMP)
    words = [block.text for block in paper.blocks if isinstance(block, Para)]
    assert ("时间：2026-03-10 15:00 至　　时　　分" in words) is blank
