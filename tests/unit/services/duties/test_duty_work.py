"""Reporting a period, urging, answers, the report after three silences: over a real vault, papers as real PDF."""

import re
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Row
from paizhu.services.duties import work as duty_work
from paizhu.services.duties.tree import Duties
from paizhu.services.duties.work import DutyWork
from paizhu.services.office import Office
from tests.programs import program
from tests.typed import WHOLE

DUTY = registers.register("duty_item")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a Thursday in September."""
    with clock.clock_at(datetime(2026, 9, 17, 9)):
        yield


@pytest.fixture
def item(office: Office) -> int:
    """A quarterly item that was issued and nothing was written down about."""
    typed = {
        **WHOLE["duty_item"],
        "subject": "示例局",
        "owner": "示例甲",
        "content": "更新示例台账",
        "frequency": "每季",
    }
    made = office.records.save(DUTY, {**typed, "due_date": "2026-12-26"}).records[0][1]
    issued = {"issue_doc": "示例〔2026〕1号", "issued_at": "2026-01-10", "signed_for": "示例乙"}
    office.records.advance(DUTY, made, "issued", issued)
    return made


def row(office: Office, item: int) -> Row:
    return office.records.get(DUTY, item)


def lacking(office: Office, item: int) -> list[str]:
    return [each.name for each in Duties(office.desk).standing(row(office, item)).lacking]


def words(path: Path) -> str:
    found = subprocess.run([program("pdftotext"), str(path), "-"], capture_output=True, check=True).stdout.decode()
    return re.sub(r"\s+", "", found)


def test_the_first_report_writes_every_period_and_sets_the_item_going(office: Office, item: int) -> None:
    before = office.history.last_undoable()
    DutyWork(office.desk).report(row(office, item), "一季度", "done", "更新 22 条")
    now = row(office, item)
    assert (now.state, now.values["progress"]) == ("doing", "一季度：更新 22 条")
    periods = office.records.rows(DUTY, item)["period"]
    assert [each.values["period"] for each in periods] == ["一季度", "二季度", "三季度", "四季度"]
    assert str(periods[0].values["reported_at"]) == "2026-09-17"
    assert Duties(office.desk).standing(now).done == 1
    newest = office.history.last_undoable()
    assert newest is not None
    assert before is not None
    assert newest.id == before.id + 1


def test_words_the_officer_wrote_himself_stay(office: Office, item: int) -> None:
    office.records.save(DUTY, {"progress": "自己写的情况"}, item)
    DutyWork(office.desk).report(row(office, item), "一季度", "partly", "进行中")
    assert row(office, item).values["progress"] == "自己写的情况"


def test_a_period_taken_back_to_partly_is_reported_no_longer(office: Office, item: int) -> None:
    work = DutyWork(office.desk)
    work.report(row(office, item), "一季度", "done", "")
    work.report(row(office, item), "一季度", "partly", "还差一处")
    first = office.records.rows(DUTY, item)["period"][0]
    assert (first.values["completion"], first.values["reported_at"]) == ("partly", None)


def test_a_report_without_its_degree_is_refused_and_changes_nothing(office: Office, item: int) -> None:
    with pytest.raises(InvalidRecordError, match="完成度"):
        DutyWork(office.desk).report(row(office, item), "一季度", "", "写了说明")
    assert office.records.rows(DUTY, item)["period"] == []


def test_a_reason_stands_for_the_paper(office: Office, item: int) -> None:
    work = DutyWork(office.desk)
    work.report(row(office, item), "一季度", "done", "")
    assert lacking(office, item) == ["一季度", "二季度"]
    with pytest.raises(InvalidRecordError, match="理由"):
        work.waive(row(office, item), "一季度", "  ")
    work.waive(row(office, item), "一季度", "口头传达，没有材料")
    assert lacking(office, item) == ["二季度"]


def test_each_urging_stays_and_an_answer_ends_the_silence(office: Office, item: int) -> None:
    work = DutyWork(office.desk)
    for _each in range(3):
        work.urge(row(office, item), "letter", "示例甲", "2026-09-24")
    found = work.urgings(row(office, item))
    assert (len(found.rows), found.unanswered, found.wants_report) == (3, 3, True)
    work.answer(row(office, item), found.rows[-1].id, "月底前办结")
    found = work.urgings(row(office, item))
    assert (len(found.rows), found.unanswered, found.wants_report) == (3, 0, False)
    assert [str(each.values.get("reply") or "") for each in found.rows] == ["", "", "月底前办结"]
    assert getattr(found.rows[0].values["whom"], "label", "") == "示例甲"


def test_the_papers_say_how_the_item_stands(office: Office, item: int, tmp_path: Path) -> None:
    work = DutyWork(office.desk)
    work.report(row(office, item), "一季度", "done", "")
    work.urge(row(office, item), "letter", "示例甲", "2026-09-24")
    letter = words(office.printing.paper(duty_work.REMINDER, DUTY, item, tmp_path / "提醒函.pdf").path)
    assert "提醒函" in letter
    assert "更新示例台账" in letter
    assert "已完成1期，共4期" in letter
    assert "请于2026年9月24日前书面答复" in letter
    for _each in range(2):
        work.urge(row(office, item), "letter", "示例甲", "2026-09-24")
    urging = words(office.printing.paper(duty_work.URGE, DUTY, item, tmp_path / "催办单.pdf").path)
    assert "督促3次" in urging
    report = words(office.printing.paper(duty_work.REPORT, DUTY, item, tmp_path / "报告.pdf").path)
    assert "代拟稿" in report
    assert report.count("没有答复") >= 3
    printed = [entry.label for entry in office.history.entries(limit=3)]
    assert any("催办单" in label for label in printed)
