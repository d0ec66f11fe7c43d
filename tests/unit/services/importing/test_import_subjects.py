"""What a ledger has no column for, the roster tells of its subjects as they were on the day of the row."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.office import Office

PERSON, TALK, LEAD = (registers.register(key) for key in ("person", "integrity_talk", "lead"))


@pytest.fixture(autouse=True)
def _roster(office: Office) -> None:
    posts = [
        {"unit": "示例一处", "post": "副处长", "rank_level": "乡科级", "held_from": "2020-01", "held_to": "2023-12"},
        {"unit": "示例二处", "post": "处长", "rank_level": "县处级", "held_from": "2024-01"},
    ]
    known = {"name": "冯雅琴", "gender": "女", "political_status": "中共党员"}
    office.records.save(PERSON, known, rows={"post_history": posts})


def ledger(path: Path, *rows: Sequence[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    book.save(path)
    return path


def imported(office: Office, path: Path, key: str = "integrity_talk") -> list[dict[str, Any]]:
    plan = office.importing.plan(path, key)
    office.importing.apply(plan)
    plan.drop()
    return [dict(office.records.get(registers.register(key), each).values) for each in office.records.ids(View(key))]


@pytest.mark.parametrize("count", [2, 100])
def test_each_row_takes_what_the_subject_was_on_its_day(office: Office, tmp_path: Path, count: int) -> None:
    days = [date(2022 + 2 * (at % 2), 1, 1) + timedelta(days=7 * (at // 2)) for at in range(count)]
    path = ledger(
        tmp_path / "谈话.xlsx", ("谈话日期", "谈话对象", "谈话类型"), *((day, "冯雅琴", "日常") for day in days)
    )
    found = imported(office, path)
    assert len(found) == count
    for values in found:
        first = values["planned_date"].year == 2022
        then = tuple(values[name] for name in ("subject_unit", "subject_post", "subject_rank", "subject_political"))
        assert then == (
            ("示例一处", "副处长", "section", "member") if first else ("示例二处", "处长", "division", "member")
        )


def test_a_column_of_the_ledger_stands_even_where_it_is_empty(office: Office, tmp_path: Path) -> None:
    head = ("谈话日期", "谈话对象", "谈话类型", "对象职务")
    path = ledger(tmp_path / "谈话.xlsx", head, ("2024.3.5", "冯雅琴", "日常", "主持工作的副处长"),
                  ("2024.4.5", "冯雅琴", "日常", None))  # fmt: skip
    found = imported(office, path)
    assert {values["subject_post"] for values in found} == {"主持工作的副处长", None}
    assert {values["subject_rank"] for values in found} == {"division"}
    plan = office.importing.plan(path, "integrity_talk")
    assert plan.counts()["same"] == 2
    plan.drop()


def test_a_name_the_roster_does_not_know_brings_nothing(office: Office, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx", ("谈话日期", "谈话对象", "谈话类型"), ("2024.3.5", "程某样", "日常"))
    (values,) = imported(office, path)
    assert values["subject_post"] is None


def test_a_lead_takes_more_of_the_person(office: Office, tmp_path: Path) -> None:
    head = ("收到日期", "被反映人", "反映主要问题", "线索来源")
    path = ledger(tmp_path / "线索.xlsx", head, ("2024.3.5", "冯雅琴", "反映示例问题", "信访举报"))
    (values,) = imported(office, path, "lead")
    assert (values["subject_gender"], values["subject_post"]) == ("female", "处长")
