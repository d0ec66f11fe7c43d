"""One minute before and one minute after midnight: every place that says how a deadline stands says the same.

Screen, paper, workbook, command line and tray are each asked as they are used; none of them counts by itself.
"""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref
from paizhu.base.view import DUE
from paizhu.cli.entry import main
from paizhu.services.dossier.gathering import Dossier
from paizhu.services.facets import OVERDUE, Facets
from paizhu.services.matters.course import Course
from paizhu.services.office import Office
from paizhu.services.talks.brief import TalkBrief
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.table_model import RegisterModel
from paizhu.ui.register.words import deadline_mark
from paizhu.ui.reminders import count
from paizhu.ui.tray import Tray
from tests.conftest import PASSWORD
from tests.programs import program
from tests.typed import registered

TALK, LEAD, MEASURE, PERSON = map(registers.register, ("integrity_talk", "lead", "measure", "person"))
BEFORE, AFTER = datetime(2026, 4, 2, 23, 59), datetime(2026, 4, 3, 0, 1)
"""The day on which the lead received on 2 March is due, and the first minutes of the next."""
SAYS = {BEFORE: "今天到期", AFTER: "超期 1 个工作日"}
STATE = {BEFORE: "today", AFTER: "overdue"}
# The tray of Qt looks for a signal that the off-screen platform does not have.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")
BOTH = pytest.mark.parametrize("now", [BEFORE, AFTER], ids=["23:59", "00:01"])


@pytest.fixture
def lead(office: Office) -> int:
    """A lead whose clock runs out on 2 April."""
    typed = {"received_at": "2026-03-02", "subject": "周示例", "summary": "反映示例问题"}
    return office.records.save(LEAD, typed).records[0][1]


def in_list(office: Office, _lead: int, _folder: Path) -> str:
    model = RegisterModel(
        office.records, LEAD, columns_of(LEAD, deadlines=True), lambda rows: office.today.of_records(LEAD, rows)
    )
    model.show_view(office.records.default_view(LEAD), clock.today())
    at = next(place for place, each in enumerate(model.columns) if each.key == DUE)
    return str(model.index(0, at).data())


def on_card(office: Office, lead: int, _folder: Path) -> str:
    clocks = [each for each in Course(office.desk).of("lead", lead).clocks if each.due == date(2026, 4, 2)]
    return "".join(each.words for each in clocks if each.running)


def on_page_of_the_day(office: Office, lead: int, _folder: Path) -> str:
    return "".join(deadline_mark(task).words for task in office.today.due() if task.id == lead)


def on_paper(office: Office, lead: int, folder: Path) -> str:
    path = folder / "期限控制表.pdf"
    office.control_sheet.print([task for task in office.today.due() if task.id == lead], path)
    read = subprocess.run([program("pdftotext"), "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


def in_workbook(office: Office, lead: int, folder: Path) -> str:
    path = folder / "期限控制表.xlsx"
    office.control_sheet.export([task for task in office.today.due() if task.id == lead], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return "".join(str(cell) for row in sheet.iter_rows(min_row=3, values_only=True) for cell in row)


Place = Callable[[Office, int, Path], str]
PLACES: tuple[Place, ...] = (in_list, on_card, on_page_of_the_day, on_paper, in_workbook)


@BOTH
@pytest.mark.parametrize("place", PLACES)
def test_due_today_is_not_overdue_wherever_it_is_read(
    office: Office, lead: int, tmp_path: Path, qapp: QApplication, place: Place, now: datetime
) -> None:
    with clock.clock_at(now):
        said = "".join(place(office, lead, tmp_path).split())
    other = SAYS[AFTER if now is BEFORE else BEFORE]
    assert "".join(SAYS[now].split()) in said
    assert "".join(other.split()) not in said


@BOTH
def test_the_command_line_counts_by_the_same_clock(
    office: Office, lead: int, vault_folder: Path, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setenv("PAIZHU_PASSWORD", PASSWORD)
    office.vault.close()
    told = {}
    with clock.clock_at(now):
        for words in ((), ("--json",)):
            out = io.StringIO()
            with redirect_stdout(out):
                assert main(["today", str(vault_folder), *words]) == 0
            told[words] = out.getvalue()
    (task,) = [each for each in json.loads(told["--json",]) if each["register"] == "lead" and each["id"] == lead]
    assert (task["state"], task["due"]) == (STATE[now], "2026-04-02")
    assert SAYS[now] in told[()]


@BOTH
def test_tray_and_chip_count_by_the_same_clock(office: Office, lead: int, qapp: QApplication, now: datetime) -> None:
    tray = Tray(available=True)
    with clock.clock_at(now):
        counts = count(office)
        tray.show_counts(counts.late, counts.today)
        late = [task.id for task in office.today.due(ahead_days=0) if task.state == "overdue"]
        chips = {facet.key for facet in Facets(office.desk).of(LEAD, late)}
    assert (counts.late, counts.today) == ((0, 1) if now is BEFORE else (1, 0))
    assert counts.words in tray.icon.toolTip()
    assert (OVERDUE in chips) is (now is AFTER)
    tray.hide()


@pytest.mark.parametrize(("now", "runs", "words"), [(datetime(2026, 7, 9, 23, 59), True, "影响期内"),
                                                    (datetime(2026, 7, 10, 0, 1), False, "已期满")])  # fmt: skip
def test_a_period_runs_to_the_last_minute_of_its_last_day_in_the_dossier(
    office: Office, now: datetime, runs: bool, words: str
) -> None:
    person = office.records.save(PERSON, {"name": "示例某"}).records[0][1]
    who = Ref("示例某", "person", person)
    office.records.save(MEASURE, {"subject": who, "kind": "诫勉", "decided_at": "2026-01-10"})
    with clock.clock_at(now):
        file = Dossier(office.desk).of(person)
        assert file.weight is not None
        assert file.weight.period.end == date(2026, 7, 9)
        assert file.weight.runs is runs
        assert words in {line.state_words for part in file.parts for line in part.lines}


@BOTH
def test_the_page_before_a_talk_counts_by_the_same_clock(office: Office, now: datetime) -> None:
    person = office.records.save(PERSON, {"name": "示例某"}).records[0][1]
    who = Ref("示例某", "person", person)
    asked = {"requirement": [{"words": "报送情况说明", "due": "2026-04-02"}]}
    before = {"subject": who, "planned_date": "2026-03-02", "start_at": "2026-03-02 9:00"}
    registered(office, office.records.save(TALK, before, rows=asked).records[0][1])
    talk = office.records.save(TALK, {"subject": who, "planned_date": "2026-04-10"}).records[0][1]
    with clock.clock_at(now):
        brief = TalkBrief(office.desk).of(office.records.get(TALK, talk))
    lines = [line for part in brief.parts for line in part.lines if "报送情况说明" in line.words and line.stands]
    assert [SAYS[now] in line.stands for line in lines] == [True]
    assert [line.late for line in lines] == [now is AFTER]
