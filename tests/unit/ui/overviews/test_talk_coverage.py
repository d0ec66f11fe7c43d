"""班子成员覆盖 above the list of talks: counted, planned with one button and taken back, reached by keyboard."""

from collections import Counter
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services import sample
from paizhu.services.talks.plan import Member
from paizhu.services.talks.rules import TalkRules
from paizhu.ui import theme, turns
from paizhu.ui.context import Context
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.overviews.talk_coverage import MATRIX_PAGE, PLAN_PAGE, CoverageStrip, MemberCell
from paizhu.ui.register.page import RegisterPage
from tests.typed import registered

TALK = registers.register("integrity_talk")
PEOPLE = (("梁志远", "党组书记、局长"), ("孙立新", "党组成员、副局长"), ("罗卫东", "党组成员、副局长"))


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> RegisterPage:
    for name, post in PEOPLE:
        typed = {"name": name, "post_now": post, "team_now": "是", "status": "在职"}
        context.office.records.save(registers.register("person"), typed)
    for name, day in (("梁志远", "2026-01-20"), ("梁志远", "2026-02-20"), ("孙立新", "2026-02-03")):
        typed = {"subject": name, "planned_date": day, "start_at": f"{day} 9:00", "kind": "日常"}
        registered(context.office, context.office.records.save(TALK, typed).records[0][1])
    context.office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-18", "kind": "日常"})
    TalkRules(context.office.desk).set_count("yearly", 2, "本组计划")
    made = RegisterPage(context, (TALK,))
    qtbot.addWidget(made)
    made.resize(1366, 680)
    made.show()
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting() and bool(strip_of(made).cells))
    return made


def strip_of(page: RegisterPage) -> CoverageStrip:
    head = page.side.list.head
    assert isinstance(head, CoverageStrip)
    return head


def test_every_member_stands_there_with_dots_and_words(page: RegisterPage) -> None:
    strip = strip_of(page)
    assert strip.rule_words.words() == "每年不少于 2 次，已满 1 / 3 人"
    assert [cell.accessibleName() for cell in strip.cells] == [
        "梁志远，党组书记、局长，已满 2 次，最近 02-20",
        "孙立新，党组成员、副局长，还差 1 次，已排 03-18",
        "罗卫东，党组成员、副局长，还差 2 次，未排期",
    ]


def test_what_is_missing_is_planned_with_one_button_and_taken_back_with_one(
    page: RegisterPage, context: Context, qtbot: QtBot
) -> None:
    strip = strip_of(page)
    before = context.office.records.count(View(TALK.key))
    QTest.mouseClick(strip.arrange, Qt.MouseButton.LeftButton)
    assert context.office.records.count(View(TALK.key)) == before + 2
    assert page.side.list.model.total == before + 2
    qtbot.waitUntil(strip.arrange.isHidden)
    assert [member.unplanned for member in strip.members] == [0, 0, 0]
    page.side.list.undo_bar.undo_asked.emit()
    assert context.office.records.count(View(TALK.key)) == before
    qtbot.waitUntil(lambda: not strip.arrange.isHidden())


def test_a_member_offers_his_talks_a_new_one_and_his_file(page: RegisterPage, context: Context, qtbot: QtBot) -> None:
    strip = strip_of(page)
    menu = strip.menu_for(strip.members[1])
    assert [action.text() for action in menu.actions()] == [
        "打开 03-18 已排的谈话",
        "打开 02-03 已谈的谈话",
        "安排一次谈话",
        "看廉政档案",
    ]
    with qtbot.waitSignal(context.events.asked_for) as heard:
        menu.actions()[0].trigger()
    assert heard.args == ["integrity_talk", strip.members[1].planned[0].id]
    menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: len(strip.members[1].planned) == 2)


def test_a_talk_of_one_of_two_namesakes_is_told_as_doubtful_and_opened_from_there(
    page: RegisterPage, context: Context, qtbot: QtBot
) -> None:
    strip, records = strip_of(page), context.office.records
    person = registers.register("person")
    # A name that is in the roster already would be linked; so it comes in as an old ledger left it.
    with context.office.vault.act("save", "导入") as act:
        bare = act.create(TALK, {"subject": Ref("示例重名"), "planned_date": date(2026, 3, 2), "kind": "routine",
                                 "start_at": datetime(2026, 3, 2, 9), "state": "held"})  # fmt: skip
    for team in ("是", "否"):
        change = records.save(person, {"name": "示例重名", "team_now": team, "status": "在职", "post_now": "副局长"})
    context.events.changed.emit(change)
    qtbot.waitUntil(lambda: len(strip.cells) == 4 and not context.tasks.busy and not turns.waiting())
    (cell,) = (each for each in strip.cells if each.member.name == "示例重名")
    assert "还差 2 次" in cell.accessibleName()
    assert cell.accessibleName().endswith("另有 1 次只写了姓名，名册里有同名的，指明是哪一位才计入")
    assert "1 次未指明" in [label.mark.words for label in cell.findChildren(MarkLabel)]
    first = strip.menu_for(cell.member).actions()[0]
    assert first.text() == "打开 03-02 的谈话，有同名的，未指明是哪一位"
    with qtbot.waitSignal(context.events.asked_for) as heard:
        first.trigger()
    assert heard.args == ["integrity_talk", bare]


def test_enter_on_a_member_shows_what_can_be_done(page: RegisterPage, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[int] = []
    # The screen that is not there cannot be grabbed by a menu.
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: shown.append(len(menu.actions())))
    QTest.keyClick(strip_of(page).cells[2], Qt.Key.Key_Return)
    assert shown == [2]


def test_the_links_lead_to_the_plan_and_the_table(page: RegisterPage) -> None:
    asked: list[str] = []
    page.page_asked.connect(asked.append)
    strip_of(page).plan_link.click()
    strip_of(page).matrix_link.click()
    assert asked == [PLAN_PAGE, MATRIX_PAGE]


def test_a_holiday_near_by_is_proposed_beside_the_plan(page: RegisterPage, qtbot: QtBot) -> None:
    link = strip_of(page).plan_link
    qtbot.waitUntil(lambda: "（3）" in link.text())
    # 清明 is off from 4 April 2026; five working days before it is 30 March.
    assert link.text() == "谈话计划（3）"
    assert link.toolTip() == "清明节前提醒：3 人，2026-03-30"


def test_without_a_team_the_strip_says_how_to_mark_one(context: Context, qtbot: QtBot) -> None:
    strip = CoverageStrip(context)
    qtbot.addWidget(strip)
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())
    assert "名册里还没有标出班子成员" in strip.rule_words.words()
    assert strip.cells == []


def test_in_a_narrow_list_the_members_stand_in_two_lines(page: RegisterPage) -> None:
    strip = strip_of(page)
    strip.resize(420, 120)
    assert len(strip.cells) == 3


def test_in_a_low_window_the_members_give_way_to_the_list(
    page: RegisterPage, context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip, pane = strip_of(page), page.side.list
    row = theme.current().heights.row
    heard: list[int] = []
    strip.give_way(5 * row)
    assert not strip.cells[0].isVisible()
    assert strip.matrix_link.isVisible()
    before = strip.cells[0]
    context.office.records.save(TALK, {"subject": "罗卫东", "planned_date": "2026-03-20", "kind": "日常"})
    strip.read()
    qtbot.waitUntil(lambda: strip.cells[0] is not before)
    assert not strip.cells[0].isVisible(), "counting again does not bring them back"
    with monkeypatch.context() as listening:
        listening.setattr(strip, "give_way", heard.append)
        page.resize(1366, 600)
    assert heard[-1] == pane.height()
    strip.give_way(pane.height())
    assert strip.cells[0].isVisible()


def test_cells_stay_where_an_act_changed_nothing_they_say(page: RegisterPage, context: Context, qtbot: QtBot) -> None:
    """Making a dozen of them anew after every save was the longest part of it."""
    strip = strip_of(page)
    before = list(strip.cells)

    def saved(**typed: str) -> None:
        told = {"subject": "梁志远", "planned_date": "2026-04-20", "kind": "日常", **typed}
        context.events.changed.emit(context.office.records.save(TALK, told, talk))
        qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())

    talk = context.office.records.save(
        TALK, {"subject": "示例丙", "planned_date": "2026-04-20", "kind": "日常"}
    ).records[0][1]
    saved(subject="示例丙", place="三楼谈话室")
    assert strip.cells == before
    saved()
    assert strip.cells != before


def test_of_hundreds_only_those_are_made_that_have_room(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, members = registers.register("person"), 60
    with context.office.vault.act("save") as act:
        for at in range(members):
            act.create(person, {"name": f"示例{at:02}", "post_now": "副局长", "team_now": True, "status": "active"})
    made: list[str] = []
    plain = MemberCell.__init__

    def counted(cell: MemberCell, member: Member, today: date, ahead: date) -> None:
        made.append(member.name)
        plain(cell, member, today, ahead)

    monkeypatch.setattr(MemberCell, "__init__", counted)
    strip = CoverageStrip(context)
    qtbot.addWidget(strip)
    strip.resize(1100, 200)
    strip.show()
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())
    assert len(strip.members) == members
    assert 4 < len(strip.cells) <= len(made) < members / 2


@pytest.mark.parametrize(("members", "width", "shape"), [(6, 790, (6,)), (6, 700, (3, 3)), (7, 790, (4, 3))])
def test_no_member_stands_alone_in_a_second_row(
    context: Context, qtbot: QtBot, members: int, width: int, shape: tuple[int, ...]
) -> None:
    for at in range(members):
        typed = {"name": f"示例{'甲乙丙丁戊己庚'[at]}", "post_now": "副局长", "team_now": "是", "status": "在职"}
        context.office.records.save(registers.register("person"), typed)
    strip = CoverageStrip(context)
    qtbot.addWidget(strip)
    strip.resize(width, 200)
    strip.show()
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())
    QApplication.processEvents()
    rows = Counter(cell.y() for cell in strip.cells)
    assert tuple(rows[y] for y in sorted(rows)) == shape
    assert all(cell.width() >= cell.minimumSizeHint().width() for cell in strip.cells)


@pytest.mark.parametrize(("points", "width"), [(10.5, 820), (14.0, 1050)])
def test_no_member_is_cut_where_more_is_told_of_each(context: Context, qtbot: QtBot, points: float, width: int) -> None:
    sample.build(context.office)
    # A window of its own could not become narrower than it needs; a part of one can.
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(width, 200)
    strip = CoverageStrip(context)
    strip.setParent(holder)
    strip.resize(width, 200)
    holder.show()
    theme.current().set_points(points)
    strip.read()
    qtbot.waitUntil(lambda: not context.tasks.busy and not turns.waiting())
    QApplication.processEvents()
    assert strip.cells
    assert [cell.member.name for cell in strip.cells if cell.width() < cell.minimumSizeHint().width()] == []
    theme.current().normal()
