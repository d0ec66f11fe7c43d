"""People by period, who was not talked to first; one-key plans, Excel and PDF; and what was left at talking."""

import subprocess
import time
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from openpyxl import load_workbook

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref, Value, Values
from paizhu.services.duties.coverage import covers
from paizhu.services.office import Office
from paizhu.services.talks import book
from paizhu.services.talks.book import Talked
from paizhu.services.talks.loose import loose_ends, loose_ids
from paizhu.services.talks.matrix import TIGHT, Span, TalkMatrix, cell_words
from tests.typed import registered

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")


def person(office: Office, name: str, team: str = "是") -> None:
    office.records.save(PERSON, {"name": name, "team_now": team, "status": "在职", "post_now": "副局长"})


def talk(office: Office, name: str, day: str, *, held: bool = True, **more: object) -> int:
    typed = {"subject": name, "planned_date": day, "kind": "日常", **({"start_at": f"{day} 9:00"} if held else {})}
    rows = more.pop("rows", None)
    made = office.records.save(TALK, {**typed, **more}, rows=rows)  # type: ignore[arg-type]  # rows as typed
    return registered(office, made.records[0][1]) if held else made.records[0][1]


@pytest.fixture
def team(office: Office) -> None:
    for name in ("梁志远", "罗卫东", "秦晓芸"):
        person(office, name)
    person(office, "普通干部", team="否")
    talk(office, "梁志远", "2026-01-15")
    talk(office, "梁志远", "2026-02-20")
    talk(office, "秦晓芸", "2025-05-12")
    talk(office, "罗卫东", "2026-02-03", kind="谈话提醒", lead_ref="线〔2026〕0001")
    talk(office, "秦晓芸", "2026-04-10", held=False)


@pytest.mark.usefixtures("team")
def test_who_was_not_talked_to_stands_first_and_lead_talks_are_not_counted(office: Office) -> None:
    matrix = TalkMatrix(office.desk).matrix(Span.QUARTERS, 2026, team=True)
    assert [row.name for row in matrix.rows] == ["罗卫东", "秦晓芸", "梁志远"]
    assert [[cell_words(cell) for cell in row.cells] for row in matrix.rows] == [
        ["—", "—", "—", "—"],
        ["—", "已排 04-10", "—", "—"],
        ["2 次", "—", "—", "—"],
    ]
    assert [row.last for row in matrix.rows] == [None, date(2025, 5, 12), date(2026, 2, 20)]
    assert matrix.uncovered == 2


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize("team_only", [True, False])
def test_a_talk_of_one_of_two_namesakes_stands_in_no_row_and_is_told_beside(office: Office, team_only: bool) -> None:
    # The talks were written before the roster had anybody of the name, so that they are linked to nobody.
    talk(office, "示例重名", "2026-01-20")
    talk(office, "示例重名", "2027-01-20", held=False)
    person(office, "示例重名")
    person(office, "示例重名")
    matrix = TalkMatrix(office.desk).matrix(Span.QUARTERS, 2026, team=team_only)
    rows = [row for row in matrix.rows if row.name == "示例重名"]
    assert [(row.held, row.last) for row in rows] == [(0, None)] * 2
    told = f"没有谈过 {matrix.uncovered} 人；1 次只写了姓名，名册里有同名的，没有计入"
    assert matrix.words.endswith(told)
    cover = next(each for each in covers(office.desk) if each.key == "team")
    assert cover.words.endswith("；1 次未指明是哪一位")
    assert [each.words for each in cover.unclear] == ["2026-01-20 示例重名：有同名的，未指明是哪一位"]


@pytest.mark.usefixtures("team")
def test_a_narrow_cell_tells_the_same_in_fewer_words(office: Office) -> None:
    talk(office, "秦晓芸", "2026-03-06")
    talk(office, "秦晓芸", "2026-03-18", held=False)
    talk(office, "罗卫东", "2026-03-20", held=False)
    talk(office, "罗卫东", "2026-03-23", held=False)
    matrix = TalkMatrix(office.desk).matrix(Span.QUARTERS, 2026, team=True)
    both = {row.name: [(cell_words(cell), cell_words(cell, TIGHT)) for cell in row.cells[:2]] for row in matrix.rows}
    assert both == {
        "罗卫东": [("已排 2 次", "排2次"), ("—", "—")],
        "秦晓芸": [("03-06，已排 03-18", "6日 排18"), ("已排 04-10", "排10")],
        "梁志远": [("2 次", "2次"), ("—", "—")],
    }


@pytest.mark.usefixtures("team")
def test_for_the_team_only_its_own_talks_are_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 9):
        talk(office, "普通干部", f"2026-02-{day:02}")
    made: list[int] = []

    def noted(*given: object) -> Talked:
        made.append(int(str(given[0])))
        return Talked(*given)  # type: ignore[arg-type]  # what the reading gave

    monkeypatch.setattr(book, "Talked", noted)
    matrix = TalkMatrix(office.desk).matrix(Span.QUARTERS, 2026, team=True)
    assert [row.held for row in matrix.rows] == [0, 0, 2]
    assert len(made) == 4
    TalkMatrix(office.desk).matrix(Span.QUARTERS, 2026, team=False)
    assert len(made) == 4 + 12


@pytest.mark.usefixtures("team")
def test_the_same_by_month_over_years_and_for_everybody(office: Office) -> None:
    service = TalkMatrix(office.desk)
    months = service.matrix(Span.MONTHS, 2026, team=True)
    assert [cell_words(cell) for cell in months.rows[-1].cells][:3] == ["01-15", "02-20", "—"]
    years = service.matrix(Span.YEARS, 2026, team=True)
    assert [column.words for column in years.columns] == ["2022 年", "2023 年", "2024 年", "2025 年", "2026 年"]
    assert {row.name: row.held for row in years.rows} == {"罗卫东": 0, "秦晓芸": 1, "梁志远": 2}
    assert "普通干部" in [row.name for row in service.matrix(Span.QUARTERS, 2026, team=False).rows]


@pytest.mark.usefixtures("team")
def test_a_talk_is_planned_inside_a_period_and_a_past_one_is_refused(office: Office) -> None:
    service = TalkMatrix(office.desk)
    matrix = service.matrix(Span.QUARTERS, 2026, team=True)
    change = service.plan(matrix.rows[0], matrix.columns[2])
    row = office.records.get(TALK, change.records[0][1])
    day = row.values["planned_date"]
    assert isinstance(day, date)
    assert date(2026, 7, 1) <= day <= date(2026, 9, 30)
    assert office.desk.calendar.is_working(day)
    assert isinstance(row.values["subject"], Ref)
    now = service.plan(matrix.rows[0], matrix.columns[0])
    assert office.records.get(TALK, now.records[0][1]).values["planned_date"] > office.desk.today  # type: ignore[operator]  # a day
    past = service.matrix(Span.QUARTERS, 2025, team=True)
    with pytest.raises(NotAllowedError, match="已经过去"):
        service.plan(past.rows[0], past.columns[0])


@pytest.mark.usefixtures("team")
def test_it_goes_out_as_it_stands_and_is_journalled(office: Office, tmp_path: Path) -> None:
    service = TalkMatrix(office.desk)
    matrix = service.matrix(Span.QUARTERS, 2026, team=True)
    sheet = load_workbook(service.export(matrix, tmp_path / "覆盖.xlsx")).worksheets[0]
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert ["姓名", "单位职务", "一季度", "二季度", "三季度", "四季度", "合计", "最近一次"] in cells
    assert ["梁志远", "副局长", "2 次", "—", "—", "—", 2, "2026-02-20"] in cells
    assert office.history.entries()[0].kind == "export"
    written = service.print(matrix, tmp_path / "覆盖.pdf")
    read = subprocess.run(["pdftotext", "-layout", str(written.path), "-"], capture_output=True, check=True)
    words = "".join(read.stdout.decode().split())
    assert "班子成员谈话覆盖表（2026年）" in words
    assert "没有谈过2人" in words
    assert office.history.entries()[0].kind == "print"


def test_a_big_file_is_counted_within_a_second(office: Office) -> None:
    with office.vault.act("save", "示例") as act:
        ids = [act.create(PERSON, {"name": f"示例人员{at}", "status": "active"}) for at in range(300)]
        for at in range(12_000):
            day = date(2021 + at % 6, 1 + at % 12, 1 + at % 28)
            who = Ref(f"示例人员{at % 300}", "person", ids[at % 300])
            act.create(
                TALK, {"subject": who, "kind": "routine", "planned_date": day, "start_at": day, "state": "archived"}
            )
    began = time.perf_counter()
    matrix = TalkMatrix(office.desk).matrix(Span.YEARS, 2026, team=False)
    # One second is what the officer may wait on a quiet machine; tests run side by side.
    assert time.perf_counter() - began < 3
    assert len(matrix.rows) == 300
    assert sum(row.held for row in matrix.rows) == 10_000


def test_a_talk_without_follow_up_or_with_something_overdue_is_a_loose_end(office: Office) -> None:
    silent = talk(office, "甲", "2026-01-12")
    late = talk(office, "乙", "2026-03-02", rows={"requirement": [{"words": "报送说明", "due": "2026-03-10"}]})
    unvisited = talk(office, "丙", "2026-01-12", follow_up="回访", revisit_date="2026-03-01")
    talk(office, "丁", "2026-01-12", follow_up="无")
    talk(office, "戊", "2026-03-12")
    talk(
        office,
        "己",
        "2026-01-12",
        rows={"requirement": [{"words": "已办", "due": "2026-02-01", "done_at": "2026-02-01"}]},
    )
    talk(office, "庚", "2026-01-12", held=False)
    found = {end.talk.id: end.words for end in loose_ends(office.desk)}
    assert found == {silent: "没有写后续", late: "要求逾期没有落实：报送说明", unvisited: "到期没有回访"}
    cover = next(each for each in covers(office.desk) if each.key == "followed")
    assert (cover.done, cover.total) == (3, 6)
    assert cover.words.startswith("一谈了之 3 次")


def test_a_loose_end_is_found_whatever_else_stands_in_a_talk(office: Office) -> None:
    today, first = date(2026, 3, 16), date(2026, 2, 14)
    starts = (None, datetime(2026, 2, 13, 9), datetime(2026, 2, 14, 9), datetime(2026, 3, 2, 9))
    visits = (None, today - timedelta(1), today, today + timedelta(1))
    # Each requirement with the day it is due and whether it is done.
    asks: tuple[tuple[tuple[date | None, bool], ...], ...] = (
        (), ((None, False),), ((today - timedelta(1), False),), ((today, False),), ((today - timedelta(1), True),),
        ((today - timedelta(1), True), (today - timedelta(9), False)),
    )  # fmt: skip
    expected: set[int] = set()
    with office.vault.act("save", "示例") as act:
        for start, visit, result, follow, state, asked in product(
            starts, visits, (None, "已回访"), (None, "none", "revisit"), ("held", "cancelled"), asks
        ):
            rows: list[Values] = [
                {"words": "要求", "due": due, "done_at": today if done else None} for due, done in asked
            ]
            values: dict[str, Value] = {"subject": Ref("示例甲"), "planned_date": first, "start_at": start}
            more: dict[str, Value] = {"revisit_date": visit, "revisit_result": result, "follow_up": follow}
            made = act.create(TALK, {**values, **more, "state": state}, {"requirement": rows})
            late = any(due and due < today and not done for due, done in asked)
            unvisited = visit is not None and visit < today and not result
            silent = not follow and visit is None and not asked and start is not None and start.date() < first
            if start and state != "cancelled" and (late or unvisited or silent):
                expected.add(made)
    gone = min(expected)
    office.records.void(TALK, [gone], "示例：重复登记")
    assert set(loose_ids(office.desk)) == expected - {gone}
    ends = loose_ends(office.desk)
    assert {end.talk.id for end in ends} == expected - {gone}
    assert all(end.words for end in ends), "each says why"
    assert [end.talk.id for end in loose_ends(office.desk, among=[gone, max(expected)])] == [max(expected)]
