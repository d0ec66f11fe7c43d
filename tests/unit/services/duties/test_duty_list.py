"""The list of responsibilities as a tree over a real vault: roots, members, counts, and what is wanted now."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import Condition, Test, View
from paizhu.services.duties.tree import OPEN_FIRST, Duties
from paizhu.services.office import Office

DUTY, PERSON = registers.register("duty_item"), registers.register("person")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a day in September."""
    with clock.clock_at(datetime(2026, 9, 17, 9)):
        yield


def duty(office: Office, content: str, kind: str, subject: str, **more: object) -> int:
    typed = {"content": content, "duty_kind": kind, "subject": subject, "due_date": "2026-12-20", **more}
    return office.records.save(DUTY, typed).records[0][1]


@pytest.fixture
def items(office: Office) -> list[int]:
    """Items of all three roots; the team is in the roster, its head first."""
    for name, top, portfolio in (("示例乙", "否", "工程"), ("示例甲", "是", "全面工作")):
        office.records.save(PERSON, {"name": name, "team_now": "是", "top_now": top, "duties_now": portfolio})
    return [
        duty(office, "事项一", "一岗双责", "示例乙"),
        duty(office, "事项二", "一岗双责", "示例甲"),
        duty(office, "事项三", "监督责任", "示例组"),
        duty(office, "事项四", "主体责任", "示例局", frequency="每季"),
        duty(office, "事项五", "第一责任人", "示例甲"),
        duty(office, "事项六", "", "示例丙"),
    ]


def test_the_roots_stand_in_their_order_and_members_in_that_of_the_team(office: Office, items: list[int]) -> None:
    found = Duties(office.desk).branches(View("duty_item"))
    assert [(each.level, each.words, each.note, each.total) for each in found] == [
        (0, "党组主体责任", "", 2),
        (0, "纪检监察组监督责任", "", 1),
        (0, "班子成员“一岗双责”", "", 2),
        (1, "示例甲", "全面工作", 1),
        (1, "示例乙", "工程", 1),
        (0, "未写明责任类型", "", 1),
    ]
    assert sum(each.total for each in found if not each.level) == len(items)


def test_every_branch_counts_what_its_view_holds(office: Office, items: list[int]) -> None:
    for branch in Duties(office.desk).branches(View("duty_item", order=OPEN_FIRST)):
        if branch.view:
            assert office.records.count(branch.view) == branch.own
    named = View("duty_item", (Condition("content", Test.CONTAINS, "三"),))
    assert [(each.words, each.total) for each in Duties(office.desk).branches(named)] == [("纪检监察组监督责任", 1)]


def test_done_items_are_counted_and_stand_last(office: Office, items: list[int]) -> None:
    with office.vault.act("save") as act:
        act.change(DUTY, items[3], None, {"state": "done"})
    root = Duties(office.desk).branches(View("duty_item", order=OPEN_FIRST))[0]
    assert (root.done, root.total) == (1, 2)
    assert root.view is not None
    assert office.records.ids(root.view) == [items[4], items[3]]


def test_reports_and_papers_wanted_now_are_found(office: Office, items: list[int], tmp_path: Path) -> None:
    rows = {"period": [{"period": "三季度", "due": "2026-09-18"}, {"period": "四季度", "due": "2026-12-18"}]}
    office.records.save(DUTY, {}, items[3], rows=rows)
    duties = Duties(office.desk)
    assert duties.wanting() == ((items[3],), (items[3],))
    paper = tmp_path / "三季度.txt"
    paper.write_text("示例", encoding="utf-8")
    office.records.attach(DUTY, items[3], paper, "evidence:三季度")
    assert duties.wanting() == ((items[3],), ())
    assert duties.standing(office.records.get(DUTY, items[3])).done == 0
