"""期限控制表 from a real vault, read back from the PDF and the workbook; and one state for screen, card and paper."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.services.deadlines.control_sheet import narrowed_words
from paizhu.services.matters.course import Course
from paizhu.services.office import Office
from paizhu.services.out import anchoring
from paizhu.services.out.anchoring import Verdict
from paizhu.ui.register.words import deadline_mark

TALK, LEAD = registers.register("integrity_talk"), registers.register("lead")


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def cells_of(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


@pytest.fixture
def due(office: Office) -> Office:
    """A talk due today and a lead whose clock runs."""
    office.records.save(TALK, {"subject": "孙示例", "planned_date": "2026-03-16", "reason": "年度"})
    office.records.save(LEAD, {"received_at": "2026-03-02", "subject": "周示例", "summary": "反映示例问题"})
    return office


def test_the_paper_lists_every_deadline_with_its_anchor(due: Office, tmp_path: Path) -> None:
    path = tmp_path / "期限控制表.pdf"
    tasks = due.today.due()
    due.control_sheet.print(tasks, path, narrowed_words("", None, due.desk.today))
    words = text_of(path)
    assert "期限控制表" in words
    assert f"共{len(tasks)}件，超期0件，近期1件" in words
    assert "廉政谈话：孙示例" in words
    assert "今天到期" in words
    assert "自3月2日收到线索次日起1个月" in words
    code = re.search(r"\d+-[0-9A-F]{10}", words)
    assert code is not None
    assert anchoring.verify(due.desk, code[0]).verdict is not Verdict.REWRITTEN
    newest = due.history.entries(1)[0]
    assert (newest.kind, newest.label) == ("print", f"打印 期限控制表 {len(tasks)} 件")


def test_secret_matters_stand_by_their_number_until_a_purpose_is_given(due: Office, tmp_path: Path) -> None:
    tasks = due.today.due()
    number = next(task.no for task in tasks if task.register == "lead")
    assert due.control_sheet.needs_purpose(tasks)
    quiet, named = tmp_path / "一.pdf", tmp_path / "二.pdf"
    due.control_sheet.print(tasks, quiet)
    due.control_sheet.print(tasks, named, purpose="组务会研究")
    assert "周示例" not in text_of(quiet)
    assert number in text_of(quiet)
    assert "1件涉密级事项只列编号" in text_of(quiet)
    assert "周示例" in text_of(named)
    assert due.history.entries(1)[0].about["purpose"] == "组务会研究"


def test_the_workbook_holds_the_same_rows_and_is_journalled(due: Office, tmp_path: Path) -> None:
    path = tmp_path / "期限控制表.xlsx"
    tasks = due.today.due()
    due.control_sheet.export(tasks, path)
    head, *rows = cells_of(path)
    assert head[:4] == ["序号", "期限", "状态", "要办的事"]
    assert [row[1] for row in rows] == ["03-16 周一", "04-02 周四"]
    assert [row[2] for row in rows] == [task.standing.short for task in tasks]
    assert rows[1][3] == "提出线索处置意见（名称从略）"
    assert openpyxl.load_workbook(path).sheetnames == ["期限控制表"]
    assert due.history.entries(1)[0].kind == "export"


def test_a_reason_typed_for_an_extension_stays_inside_without_a_purpose(due: Office) -> None:
    from paizhu.services.deadlines.extensions import Approval, RunningClock

    lead = next(task for task in due.today.due() if task.register == "lead")
    rule = next(iter(due.desk.limits.values()))
    due.time_limits.set(lead.rule or "", {"extension": "经批准可以延长"}, "示例", "示例〔2026〕1号")
    clock, paper = RunningClock(LEAD, lead.id, lead.what, lead.due), Approval("陈守正", "示例〔2026〕2号")
    due.extensions.grant(clock, "周示例住院", date(2026, 4, 20), paper)
    tasks = due.today.due()
    quiet = due.control_sheet.sheet(tasks)
    named = due.control_sheet.sheet(tasks, purpose="组务会研究")
    assert not any("周示例" in cell for row in quiet.rows for cell in row)
    assert any("周示例住院" in cell for row in named.rows for cell in row)
    assert rule


@pytest.mark.parametrize(
    ("now", "words", "state"),
    [
        (datetime(2026, 4, 2, 23, 59), "今天到期", "today"),
        (datetime(2026, 4, 3, 0, 1), "超期 1 个工作日", "overdue"),
    ],
)
def test_list_card_paper_and_workbook_say_the_same_on_both_sides_of_midnight(
    due: Office, tmp_path: Path, now: datetime, words: str, state: str
) -> None:
    with clock.clock_at(now):
        task = next(task for task in due.today.due() if task.register == "lead")
        assert (task.state, task.standing.short) == (state, words)
        assert words in deadline_mark(task).words
        running = [each for each in Course(due.desk).of("lead", task.id).clocks if each.running and each.due]
        assert [(each.state, each.words) for each in running if each.due == task.due] == [(state, words)]
        paper, book = tmp_path / "表.pdf", tmp_path / "表.xlsx"
        due.control_sheet.print([task], paper)
        due.control_sheet.export([task], book)
        assert words.replace(" ", "") in text_of(paper)
        assert cells_of(book)[1][2] == words


def test_the_words_of_a_narrowed_list() -> None:
    assert narrowed_words("案件", 7, date(2026, 3, 16)) == "只列案件，7 天内到期（2026-03-16 起）"
    assert narrowed_words("", None, date(2026, 3, 16)) == ""


def test_no_sheet_tells_that_somebody_gave_his_name(office: Office, tmp_path: Path) -> None:
    letter = registers.register("petition")
    typed = {"received_at": "2026-03-02", "named": "实名", "own_level": "本级", "summary": "反映示例问题"}
    office.records.save(letter, typed)
    (task,) = [task for task in office.today.every() if task.rule == "T17"]
    assert "实名" in task.what
    for purpose in ("", "报分管领导"):
        paper, book = tmp_path / f"控制表{purpose}.pdf", tmp_path / f"控制表{purpose}.xlsx"
        office.control_sheet.print([task], paper, purpose=purpose)
        office.control_sheet.export([task], book, purpose=purpose)
        words = text_of(paper) + "".join(str(cell) for row in cells_of(book) for cell in row if cell)
        assert "办理信访举报" in words
        assert "实名" not in words
        assert "举报人" not in words
