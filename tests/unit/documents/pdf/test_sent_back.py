"""What an office clerk sends back: sums cut in two, pages of one line, marks off the page, boxes signed for nothing."""

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from paizhu.base.rows import Row
from paizhu.documents.papers.correction import CorrectionLine, CorrectionNote
from paizhu.documents.papers.correction import paper as correction_paper
from paizhu.documents.papers.dossier import dossier_paper
from paizhu.documents.papers.letter import opinion_reply
from paizhu.documents.papers.proposal import Named, ProposalLetter, notice, proposal
from paizhu.documents.papers.register_list import layout, list_paper
from paizhu.documents.papers.stage_forms import stage_form
from paizhu.documents.papers.stages import stage_forms
from paizhu.documents.pdf.blocks import (
    A4,
    ACROSS,
    LETTER,
    MM,
    NOTE,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    label,
)
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.writing import write
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from tests.make import make_values
from tests.unit.documents import pdf_reading as seen
from tests.unit.documents.pdf_reading import SECRET, STAMP, row

OURS = FontBook(())
BARE = replace(STAMP, marking="", watermark=False)
SENT = ProposalLetter(
    body="驻某市示例局纪检监察组",
    number="示纪整〔2026〕6号",
    title="关于示例专项监督发现问题的整改通知",
    to="示例处",
    origin="示例专项监督",
    day=date(2026, 3, 16),
    problems=(Named("两处没有签字", requirement="补签并说明原因"),),
    ask="纪律检查建议",
    cc=("示例一处",),
)


def places(path: Path) -> list[tuple[int, float, float, float, float, str]]:
    """Return every word with its page and its edges in points: left, top, right, bottom from the upper left."""
    told = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True, text=True).stdout
    found, page = [], 0
    for line in told.splitlines():
        page += "<page " in line
        if at := re.search(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', line):
            left, top, right, bottom = (float(at[number]) for number in range(1, 5))
            found.append((page, left, top, right, bottom, at[5]))
    return found


def test_a_sum_of_twelve_digits_keeps_its_line(tmp_path: Path) -> None:
    item = replace(seen.REVIEW_ITEM, values={**seen.REVIEW_ITEM.values, "amount": Decimal("123456789012.34")})
    path = write(tmp_path / "表.pdf", list_paper(REVIEW, [item], BARE), book=OURS).path
    assert any(word == "123,456,789,012.34" for *_place, word in places(path))


def test_a_list_gives_its_room_to_what_would_run_over_lines() -> None:
    names = ("name", "unit_now", "post_now")
    fields = [PERSON.field(name) for name in names]
    rows = [GridRow((label("1"), Cell("示例甲"), Cell("某市示例住房和城乡建设局机关"), Cell("党组成员、副局长")))] * 9
    size, widths = layout(fields, ACROSS, rows)
    assert size == 10.5
    assert widths[2] >= 14  # the unit's 14 characters stand on one line
    assert widths[1] < widths[2]


def test_an_empty_list_has_its_heads_on_one_line() -> None:
    fields = [REVIEW.field("opinion_date"), REVIEW.field("title")]
    _size, widths = layout(fields, ACROSS, [GridRow((label("1"), Cell(""), Cell("议题")))])
    assert widths[1] >= 4


@pytest.mark.parametrize("lines", range(20, 44))
def test_no_page_holds_a_note_alone(tmp_path: Path, lines: int) -> None:
    grid = Grid((1, 4), tuple(GridRow((label("栏"), Cell(f"第{number}行"))) for number in range(lines)))
    paper = Paper("示例", (grid, Space(4), Para("本表由承办人保管。", NOTE, keep_back=True)), BARE)
    path = write(tmp_path / "表.pdf", paper, book=OURS).path
    last = seen.text_of(path, page=seen.page_count(path))
    assert f"第{lines - 1}行" in last
    assert "本表由承办人保管。" in last


def test_a_form_of_a_matter_shrinks_its_boxes_rather_than_need_a_page_for_a_line(tmp_path: Path) -> None:
    for form in stage_forms():
        paper = stage_form(form, Row(form.register, 1, 1, {}), {}, SECRET, "驻某市示例局纪检监察组")
        path = write(tmp_path / "表.pdf", paper, book=OURS).path
        assert seen.page_count(path) == 1, form.code


def test_sections_of_a_report_are_written_in_and_signed_once() -> None:
    form = next(each for each in stage_forms() if each.code == "check_report_form")
    paper = stage_form(form, Row("lead", 1, 1, {}), {}, SECRET, "驻某市示例局纪检监察组")
    grid = next(block for block in paper.blocks if isinstance(block, Grid))
    signed = [line.cells[0].text for line in grid.rows if line.cells[-1].sign]
    assert signed == ["核查组全体人员签名"]
    assert "四、存在的疑点" in [line.cells[0].text for line in grid.rows]


@pytest.mark.parametrize("lines", [20, 30, 38, 60, 150])
def test_no_list_begins_with_a_page_of_its_title_alone(tmp_path: Path, lines: int) -> None:
    high = Cell("\n".join(f"第{number}句" for number in range(lines)))
    blocks = (Para("示例台账"), Grid((1, 4), (GridRow((label("1"), high)), GridRow((label("2"), Cell("末尾"))))))
    path = write(tmp_path / "表.pdf", Paper("示例", blocks, BARE), book=OURS).path
    assert "第0句" in seen.text_of(path, page=1)
    text = seen.text_of(path)
    assert all(text.count(f"第{number}句") == 1 for number in range(lines))


def test_a_row_of_less_than_half_a_page_is_still_never_cut(tmp_path: Path) -> None:
    rows = tuple(
        GridRow((label(f"{number}"), Cell("\n".join(f"甲{number}乙{at}丙" for at in range(15))))) for number in range(9)
    )
    path = write(tmp_path / "表.pdf", Paper("示例", (Grid((1, 4), rows),), BARE), book=OURS).path
    pages = [seen.text_of(path, page=page + 1) for page in range(seen.page_count(path))]
    for number in range(9):
        assert sum(f"甲{number}乙" in page for page in pages) == 1


@pytest.mark.parametrize("marking", ["", "工作秘密"])
def test_a_long_number_stays_inside_the_page_and_clear_of_the_marking(tmp_path: Path, marking: str) -> None:
    number = "示例住房和城乡建设纪检监察组廉政意见回复函〔2026〕1234567890号（第二次征求意见的补充回复）"
    stamp = replace(STAMP, marking=marking, watermark=False)
    path = write(tmp_path / "函.pdf", opinion_reply(replace(seen.REPLY, number=number), stamp), book=OURS).path
    first = [each for each in places(path) if each[0] == 1]
    assert min(left for _page, left, *_rest in first) >= 20 * MM - 1  # the red head alone is wider than the type area
    assert number in seen.text_of(path).replace(marking, "") if marking else number in seen.text_of(path)
    assert "党风廉政情况的回复意见" in seen.text_of(path, page=1)


def test_who_gets_a_copy_stands_lowest_in_the_type_area(tmp_path: Path) -> None:
    path = write(tmp_path / "书.pdf", notice(SENT, BARE), book=OURS).path
    page, _left, _top, _right, bottom, _word = next(each for each in places(path) if each[5].startswith("抄送"))
    assert page == seen.page_count(path)
    foot = A4[1] - LETTER.bottom
    assert foot - 24 < bottom <= foot
    assert "签收人" in seen.text_of(path, page=page)


def test_a_proposal_without_suggestions_asks_what_each_problem_demands(tmp_path: Path) -> None:
    text = seen.text_of(write(tmp_path / "甲.pdf", proposal(SENT, BARE), book=OURS).path)
    assert "提出如下纪律检查建议：1.补签并说明原因。" in text
    bare = replace(SENT, problems=(Named("两处没有签字"),))
    text = seen.text_of(write(tmp_path / "乙.pdf", proposal(bare, BARE), book=OURS).path)
    assert "建议措施" not in text
    assert "提出如下" not in text


def test_an_annex_is_named_in_the_letter_and_begins_a_page(tmp_path: Path) -> None:
    note = CorrectionNote(
        "关于更正示例统计表的说明", "示例纪委", ("原数有误。",), (CorrectionLine("C6", "示例指标", "1", "2", "补录"),),
        "驻某市示例局纪检监察组", date(2026, 3, 16),
    )  # fmt: skip
    path = write(tmp_path / "说明.pdf", correction_paper(note, BARE), book=OURS).path
    first, second = seen.text_of(path, page=1), seen.text_of(path, page=2)
    assert first.index("附件：更正数据对照表") < first.index("驻某市示例局纪检监察组")
    assert second.startswith("附件更正数据对照表")
    assert "补录" in second


def test_a_chapter_of_one_section_stands_once_in_the_contents(tmp_path: Path) -> None:
    group = seen.DOSSIER.groups[0]
    dossier = replace(seen.DOSSIER, groups=(replace(group, sections=(replace(group.sections[0], heading="记录"),)),))
    text = seen.text_of(write(tmp_path / "档案.pdf", dossier_paper(dossier, STAMP), book=OURS).path)
    assert "记录" not in text.replace("打印后记录", "")
    assert text.count("一、基本情况") == 2


def test_margins_and_page_numbers_are_those_of_the_standard(tmp_path: Path) -> None:
    reply = replace(seen.REPLY, extra=("字" * 28 * 60,))
    path = write(tmp_path / "函.pdf", opinion_reply(reply, BARE), book=OURS).path
    full = [each for each in places(path) if "字" * 20 in each[5]]
    assert min(left for _page, left, *_rest in full) == pytest.approx(28 * MM, abs=MM)
    assert max(right for _page, _left, _top, right, *_rest in full) == pytest.approx(A4[0] - 26 * MM, abs=MM)
    second = [each for each in full if each[0] == 2]
    assert min(top for _page, _left, top, *_rest in second) == pytest.approx(37 * MM, abs=8)  # half the leading
    assert max(each[4] for each in second) <= A4[1] - 35 * MM + 1
    dashes = {page: left for page, left, top, _r, _b, word in places(path) if word == "—" and top > A4[1] - 35 * MM}
    assert 1 not in dashes  # 信函格式: the first page has none
    assert dashes[2] < A4[0] / 2 < dashes[3]


def test_what_stands_in_a_record_can_be_found_in_its_list(tmp_path: Path) -> None:
    values = make_values(REVIEW) | {"planned_meeting_at": datetime(2026, 3, 18, 9, 0)}
    path = write(tmp_path / "表.pdf", list_paper(REVIEW, [row("review_item", **values)], SECRET), book=OURS).path
    assert "2026-03-1809:00" in seen.text_of(path)


def test_days_in_the_table_of_a_letter_keep_their_line(tmp_path: Path) -> None:
    late = replace(SENT, problems=(Named("两处没有签字", requirement="补签", due=date(2026, 11, 24)),))
    path = write(tmp_path / "书.pdf", notice(late, BARE), book=OURS).path
    assert any(word == "2026年11月24日" for *_place, word in places(path))
