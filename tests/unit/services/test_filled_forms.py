"""Every form filled from a real vault, opened, computed and rendered by LibreOffice: figures are those of the lists.

What our own reading says of a filled form is one opinion; here another program has the word.
"""

import subprocess
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.services.forms.filling import Filled, Filling
from paizhu.services.office import Office
from tests.programs import program
from tests.unit.documents.blank_forms import FORMS, by_libreoffice

READY = Filling.ready_forms()
SHARED = [*READY, *(path for path in sorted(FORMS.glob("*.xls[xm]")) if path.stem != "lo_linked_sheets")]
WHOLE = next(path for path in READY if "全套" in path.stem)
RECORDS: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "unit": ({"name": "示例一局"}, {"name": "示例二局"}),
    "petition": (
        {"received_at": "2026-02-03", "channel": "来信", "unit_id": "示例一局", "summary": "反映吃请"},
        {"received_at": "2026-02-09", "channel": "电话", "unit_id": "示例二局", "summary": "反映收礼"},
        {"received_at": "2026-01-09", "channel": "来信", "unit_id": "示例二局", "summary": "反映公车"},
    ),
    "lead": (
        {"subject": "示例甲", "received_at": "2026-02-02", "summary": "反映收受礼品", "subject_rank": "县处级",
         "mode": "谈话函询", "approved_at": "2026-02-20", "unit_id": "示例一局", "issue_types": "廉洁纪律"},
        {"subject": "示例乙", "received_at": "2026-02-03", "summary": "反映公款吃喝", "subject_rank": "乡科级",
         "mode": "初步核实", "approved_at": "2026-02-21", "unit_id": "示例二局", "issue_types": "廉洁纪律"},
        {"subject": "示例丙", "received_at": "2026-01-12", "summary": "反映违规用人", "subject_rank": "县处级",
         "unit_id": "示例一局", "issue_types": "组织纪律"},
    ),
    "measure": (
        {"subject": "示例丁", "kind": "党内警告", "decided_at": "2026-02-10", "unit_id": "示例一局",
         "subject_rank": "乡科级"},
        {"subject": "示例丁", "kind": "政务记过", "decided_at": "2026-02-10", "unit_id": "示例一局",
         "subject_rank": "乡科级"},
        {"subject": "示例戊", "kind": "党内严重警告", "decided_at": "2026-01-10", "unit_id": "示例二局",
         "subject_rank": "县处级"},
    ),
    "integrity_talk": (
        {"subject": "干部甲", "kind": "提醒谈话", "planned_date": "2026-02-05", "start_at": "2026-02-05 09:00",
         "state": "held"},
        {"subject": "干部乙", "kind": "约谈", "planned_date": "2026-01-05", "start_at": "2026-01-05 09:00",
         "state": "held"},
    ),
    "proposal": (
        {"kind": "工作提醒函", "title": "关于示例公示的提醒函", "addressee": "示例一局", "doc_no": "示纪提〔2026〕1号",
         "drafted_at": "2026-01-30", "signed_at": "2026-02-02", "delivered_at": "2026-02-03",
         "reply_due": "2026-03-05"},
        {"kind": "监察建议", "title": "关于示例采购的监察建议", "addressee": "示例二局", "doc_no": "示监建〔2026〕1号",
         "drafted_at": "2026-02-10", "signed_at": "2026-02-11", "delivered_at": "2026-02-12", "reply_due": "2026-03-14",
         "replied_at": "2026-02-27", "adopted": "部分"},
        {"kind": "工作提醒函", "title": "还在拟稿的提醒函", "addressee": "示例二局", "drafted_at": "2026-02-20"},
    ),
    "supervision_activity": (
        {"title": "示例专项检查", "kind": "专项检查", "start_date": "2026-02-04", "unit_id": "示例一局"},
    ),
    "duty_item": tuple(
        {"subject": "示例一局", "content": f"第{number}项任务", "due_date": f"2026-02-{number:02}"}
        for number in range(1, 15)
    ),
    "review_item": tuple(
        {"title": f"关于示例项目{number}的议题", "category": "大额资金使用", "amount": "486000", "unit_id": "示例一局",
         "planned_meeting_at": f"2026-02-{number:02} 09:00"}
        for number in range(1, 13)
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """Forms filled, and the folder of the workbooks that LibreOffice computed."""

    filled: Mapping[str, Filled]
    folder: Path


@pytest.fixture
def office_with_records(office: Office) -> Office:
    """A vault with something in every register that the forms ask for, in February and before."""
    for key, records in RECORDS.items():
        register = registers.register(key)
        for values in records:
            office.records.save(register, dict(values))
    return office


@pytest.fixture
def opened(office_with_records: Office, tmp_path: Path) -> Opened:
    program("soffice")
    folder = tmp_path / "filled"
    folder.mkdir()
    made: dict[str, Filled] = {}
    for form in SHARED:
        made[form.name] = office_with_records.filling.fill(form, folder / form.name, "2026-02")
    paths = [done.path for done in made.values()]
    return Opened(made, by_libreoffice(tmp_path, paths, "xlsx"))


def computed(opened: Opened, name: str) -> Workbook:
    """Return what LibreOffice made of a form, with the values it computed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(opened.folder / f"{Path(name).stem}.xlsx", data_only=True)


def number(value: object) -> Decimal | None:
    return Decimal(str(round(float(value), 6))) if isinstance(value, int | float) else None


def test_another_program_sees_the_figures_of_the_lists_and_computes_the_totals(opened: Opened) -> None:
    seen = 0
    for name, done in opened.filled.items():
        book = computed(opened, name)
        for behind in done.worked.cells.values():
            if behind.sheet not in book.sheetnames:
                continue
            shown = book[behind.sheet][done.place(behind.sheet, behind.place)].value
            if isinstance(behind.value, int | Decimal):
                assert number(shown) == number(float(behind.value)), (name, behind.sheet, behind.place)
                figure = behind.figure
                assert figure is not None
                if behind.wish.span != "grown" and figure.over is None and all(e.weight == 1 for e in figure.entries):
                    assert behind.value == len(figure.records)
                seen += 1
        for sheet in book.worksheets:
            errors = [cell.coordinate for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("#")]
            assert errors == [], (name, sheet.title)
    assert seen > 600

    check_the_whole_set(computed(opened, WHOLE.name))


def check_the_whole_set(book: Workbook) -> None:
    """Hold the sheets of the set against each other and against what was typed."""
    summary = {str(row[2].value): row for row in book["01总表"].iter_rows(min_row=4)}
    assert [summary["I-101"][at].value for at in (4, 5)] == [2, 3]
    assert [summary["I-303"][at].value for at in (4, 5)] == [1, 2]
    petitions, leads, punished = book["02信访举报"], book["03问题线索处置"], book["04立案处分"]
    assert petitions["B6"].value == "示例一局"
    assert [petitions[f"{letter}18"].value for letter in "CGI"] == [2, 1, 1]
    assert [leads[f"{letter}18"].value for letter in "CDE"] == [2, 1, 1]
    # One person with both punishments: once in each class, and the subtotals of the sheet compute themselves.
    assert [punished[f"{letter}18"].value for letter in ("J", "P", "K", "E")] == [1, 1, 1, 1]
    ranks, issues = book["05职级分布"], book["07六项纪律"]
    assert (ranks["C12"].value, issues["B16"].value) == (1, 2)
    letters = book["11建议书"]
    assert [letters[f"{letter}4"].value for letter in "BCD"] == ["示纪提〔2026〕1号", "工作提醒函", "示例一局"]
    assert [letters[f"{letter}5"].value for letter in "BCDH"] == [
        "示监建〔2026〕1号",
        "监察建议",
        "示例二局",
        "部分采纳",
    ]
    assert [str(letters[f"{letter}5"].value)[:10] for letter in "EFG"] == ["2026-02-12", "2026-03-14", "2026-02-27"]
    assert letters["B6"].value is None
    assert [summary["I-505A"][at].value for at in (4, 5)] == [2, 2]
    listed = book["13台账明细"]
    assert [listed[f"{letter}17"].value for letter in "AD"] == [14, "第14项任务"]


def test_every_form_is_rendered_with_its_words(office_with_records: Office, tmp_path: Path) -> None:
    program("pdftotext")
    (tmp_path / "filled").mkdir()
    paths = [office_with_records.filling.fill(form, tmp_path / "filled" / form.name, "2026-02").path for form in SHARED]
    papers = by_libreoffice(tmp_path, paths, "pdf")
    told = {path.name: words_of(papers / f"{path.stem}.pdf") for path in paths}
    for name, words in told.items():
        assert len(words) > 15, name
    for words in ("填报单位", "驻某市示例局纪检监察组", "2026年2月派驻监督工作总表", "示例一局", "第14项任务"):
        assert words in told[WHOLE.name]


def words_of(paper: Path) -> str:
    """Return the words of a paper without spaces."""
    made = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True)
    return "".join(made.stdout.split())
