"""更正说明: what was sent stays; what changed since is told with its records, put on paper, and kept."""

import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from paizhu import registers
from paizhu.services.forms.filling import Filled, Filling
from paizhu.services.office import Office
from tests.programs import program
from tests.unit.documents.blank_forms import by_libreoffice

LEAD = registers.register("lead")
FORM = next(path for path in Filling.ready_forms() if "线索" in path.stem)


def lead(office: Office, subject: str, day: str) -> int:
    change = office.records.save(
        LEAD, {"subject": subject, "received_at": day, "summary": "反映收受礼品", "subject_rank": "县处级"}
    )
    return change.records[0][1]


@pytest.fixture
def sent(office: Office, tmp_path: Path) -> Filled:
    """A form sent with one lead in February."""
    lead(office, "张三丰", "2026-02-02")
    return office.filling.fill(FORM, tmp_path / "二月.xlsx", "2026-02")


def test_nothing_changed_needs_no_note(office: Office, sent: Filled) -> None:
    assert office.filling.corrections.draft(sent.sent).changes == ()


def test_a_late_record_is_told_with_its_number_and_without_its_name(office: Office, sent: Filled) -> None:
    number = office.records.get(LEAD, lead(office, "李四光", "2026-02-20")).no
    draft = office.filling.corrections.draft(sent.sent)
    assert draft.title == "关于更正《问题线索处置情况统计表》（2026年2月）有关数据的说明"
    by_place = {(each.figure.place, each.before, each.after) for each in draft.changes}
    assert {("B6", "1", "2"), ("C6", "1", "2")} == by_place
    assert f"报送数为1，应为2。增加问题线索 {number}（报送后补录）" in draft.body
    assert "李四光" not in draft.body
    assert "下列2个数据应予更正" in draft.body


def test_a_voided_and_a_moved_record_are_told_as_such(office: Office, sent: Filled) -> None:
    record = sent.worked.cells["线索处置", "B6"].records[0][1]
    row = office.records.get(LEAD, record)
    office.records.save(LEAD, {"received_at": "2026-03-01"}, record, row.version)
    assert "减少问题线索" in office.filling.corrections.draft(sent.sent).body
    assert "报送后更正，不再计入" in office.filling.corrections.draft(sent.sent).body
    office.records.void(LEAD, [record], "录错")
    assert "报送后作废" in office.filling.corrections.draft(sent.sent).body


def test_the_note_is_kept_and_asked_for_once(office: Office, sent: Filled, tmp_path: Path) -> None:
    lead(office, "李四光", "2026-02-20")
    corrections = office.filling.corrections
    made = corrections.save(corrections.draft(sent.sent), tmp_path / "更正.pdf")
    assert (tmp_path / "更正.pdf").read_bytes().startswith(b"%PDF")
    assert corrections.changes(sent.sent) == []
    assert office.filling.memory.corrections(sent.sent) == [made]
    # What was sent is not touched by it.
    assert office.filling.sent()[0] == sent.sent
    entry = office.history.entries()[0]
    assert (entry.kind, entry.label[:7], entry.about["file"]) == ("print", "另存 更正说明", "更正.pdf")
    lead(office, "王五", "2026-02-21")
    again = corrections.draft(sent.sent)
    assert {(each.before, each.after) for each in again.changes} == {("2", "3")}
    corrections.save(again, tmp_path / "更正二.pdf")
    assert len(office.filling.memory.corrections(sent.sent)) == 2


def test_next_months_running_total_agrees_with_the_corrected_figure(
    office: Office, sent: Filled, tmp_path: Path
) -> None:
    lead(office, "李四光", "2026-02-20")
    look = office.filling.look(FORM)
    assert any("上期累计 1" in words for words in office.filling.work(look, "2026-03").checks)
    corrections = office.filling.corrections
    corrections.save(corrections.draft(sent.sent), tmp_path / "更正.pdf")
    assert office.filling.work(look, "2026-03").checks == ()


def test_the_officers_own_words_stand_on_the_paper(office: Office, sent: Filled, tmp_path: Path) -> None:
    program("pdftotext")
    lead(office, "李四光", "2026-02-20")
    corrections = office.filling.corrections
    draft = corrections.draft(sent.sent)
    corrections.save(draft, tmp_path / "更正.pdf", to="示例市纪委监委", body="原数有误。\n特此说明。")
    told = subprocess.run(["pdftotext", str(tmp_path / "更正.pdf"), "-"], capture_output=True, text=True, check=True)
    words = "".join(told.stdout.split())
    for each in ("示例市纪委监委：", "原数有误。", "驻某市示例局纪检监察组", "2026年3月16日", "附件：更正数据对照表"):
        assert each in words


def test_the_note_opens_in_a_word_processor(office: Office, sent: Filled, tmp_path: Path) -> None:
    lead(office, "李四光", "2026-02-20")
    corrections = office.filling.corrections
    corrections.save(corrections.draft(sent.sent), tmp_path / "更正.docx")
    with zipfile.ZipFile(tmp_path / "更正.docx") as package:
        for name in package.namelist():
            ElementTree.fromstring(package.read(name))
    program("lowriter")
    paper = by_libreoffice(tmp_path, [tmp_path / "更正.docx"], "pdf") / "更正.pdf"
    told = subprocess.run(["pdftotext", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    words = "".join(told.split())
    for each in ("关于更正《问题线索处置情况统计表》", "应为2", "特此说明。", "更正原因", "报送后补录"):
        assert each in words


def adjusted_form(path: Path) -> Path:
    """A monthly form with a column for what came since the months before were sent."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "月报"
    thin = Side(style="thin")
    line = Border(left=thin, right=thin, top=thin, bottom=thin)
    for place, words in {
        "A1": "2026年　月问题线索月报",
        "A2": "项目",
        "B2": "本月",
        "C2": "调整",
        "D2": "本年累计",
    }.items():
        sheet[place] = words
    sheet["A3"] = "新受理问题线索（件）"
    for row in (2, 3):
        for column in "ABCD":
            sheet[f"{column}{row}"].border = line
    book.save(path)
    return path


def test_what_came_since_stands_in_the_column_of_adjustments(office: Office, tmp_path: Path) -> None:
    form = adjusted_form(tmp_path / "月报.xlsx")
    gone = lead(office, "张三丰", "2026-01-05")
    lead(office, "赵六", "2026-01-06")
    office.filling.fill(form, tmp_path / "一月.xlsx", "2026-01")
    lead(office, "李四光", "2026-02-20")
    look = office.filling.look(form)
    assert [office.filling.work(look, "2026-02").cells["月报", place].value for place in ("B3", "C3", "D3")] == [
        1,
        0,
        3,
    ]
    for name in ("补一", "补二"):
        lead(office, name, "2026-01-20")
    office.records.void(LEAD, [gone], "录错")
    worked = office.filling.work(look, "2026-02")
    assert [worked.cells["月报", place].value for place in ("B3", "C3", "D3")] == [1, 1, 4]
    # Two came and one went; the running total is the sum of all three columns, so nothing contradicts.
    assert len(worked.cells["月报", "C3"].records) == 3
    assert worked.checks == ()
