"""The page of the day over real records: groups, counts, opening a line and coming back to it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QScrollArea
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.deadlines.agenda import Appointment, Week
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.roles import ButtonRole, Group, Mark, MarkRole, SecondLineRole, Tone
from paizhu.ui.pages.day.today import NEW, TodayPage
from paizhu.ui.pages.day.today_head import TodayHead
from paizhu.ui.pages.day.today_model import TodayModel
from paizhu.ui.pages.day.today_side import AppointmentRow, TodaySide
from paizhu.ui.theme import POINTS, Theme

from .conftest import Opened, rest

TALK = registers.register("integrity_talk")
DUTY = registers.register("duty_item")


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def due(office: Office) -> dict[str, int]:
    """One thing overdue, one today, one soon, two later, of two registers."""
    talks = {"late": "2026-03-12", "soon": "2026-03-19", "later": "2026-05-08"}
    ids = {
        key: office.records.save(TALK, {"subject": f"孙{at}", "planned_date": day}).records[0][1]
        for at, (key, day) in enumerate(talks.items())
    }
    for key, day in (("today", "2026-03-16"), ("far", "2026-12-30")):
        typed = {"content": f"责任{key}", "subject": "局党组", "due_date": day}
        ids[key] = office.records.save(DUTY, typed).records[0][1]
    return ids


def model_of(page: TodayPage) -> TodayModel:
    model = page.table.model()
    assert isinstance(model, TodayModel)
    return model


@pytest.mark.usefixtures("due")
def test_lines_stand_in_groups_and_their_counts_equal_the_headline(opened: Opened) -> None:
    page = opened()
    groups = [line for line in model_of(page).lines if isinstance(line, Group)]
    assert [(group.words, group.note) for group in groups] == [
        ("已超期", "1 件"),
        ("今天", "1 件"),
        ("5 个工作日内", "1 件"),
        ("以后", "2 件"),
    ]
    assert page.head.title.text() == "3 月 16 日 星期一"
    assert page.head.count.text() == "待办 5 件，其中 "
    assert (page.head.late.mark.words, page.head.due.mark.words) == ("超期 1 件", "今天 1 件")
    assert page.head.rest.words() == "。本周还有谈话 1 次。"


@pytest.mark.usefixtures("due")
def test_a_line_tells_deadline_task_why_register_and_what_to_press(opened: Opened) -> None:
    model = model_of(opened())
    row = next(at for at in range(model.rowCount()) if model.task(at))
    cells = [model.index(row, at) for at in range(model.columnCount())]
    assert cells[0].data(MarkRole).words == "超期 2 个工作日"
    assert cells[1].data() == "廉政谈话：孙0"
    assert cells[1].data(SecondLineRole).endswith("记录里写明的计划日期：2026-03-12")
    assert (cells[2].data(), cells[3].data(ButtonRole)) == ("廉政谈话", "登记谈话")
    spoken = cells[1].data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("超期 2 个工作日，廉政谈话：孙0")


def test_enter_opens_the_record_and_coming_back_stands_at_the_same_line(
    context: Context, opened: Opened, due: dict[str, int], qtbot: QtBot
) -> None:
    page = opened()
    model = model_of(page)
    page.table.setFocus()
    page.table.go_to(next(at for at in range(model.rowCount()) if (task := model.task(at)) and task.state == "soon"))
    with qtbot.waitSignal(context.events.begin_asked) as heard:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert heard.args == ["integrity_talk", due["soon"], "held", 0]
    place = page.place()
    page.table.go_to(1)
    page.return_to(place)
    task = page.current()
    assert task is not None
    assert task.id == due["soon"]


def test_a_new_page_returns_to_the_place_once_it_has_read(opened: Opened, due: dict[str, int], qtbot: QtBot) -> None:
    page = opened()
    page.kinds.set_current("other")
    page._show_lines()
    page.table.go_to(model_of(page).rowCount() - 1)
    place = page.place()
    again = opened()
    again.return_to(place)
    assert again.kinds.current() == "other"
    task = again.current()
    assert task is not None
    assert task.id == due["far"]


@pytest.mark.usefixtures("due")
def test_arrows_pass_over_the_heads_of_groups(opened: Opened) -> None:
    page = opened()
    page.table.setFocus()
    seen = [page.table.currentIndex().row()]
    for _step in range(4):
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        seen.append(page.table.currentIndex().row())
    assert seen == [1, 3, 5, 7, 8]


@pytest.mark.usefixtures("due")
def test_chips_count_every_kind_and_narrow_the_list(opened: Opened) -> None:
    page = opened()
    counts = {button.chip.key: button.chip.count for button in page.kinds._buttons}
    assert counts == {"all": 5, "review": 0, "case": 0, "talk": 3, "other": 2}
    page.kinds.set_current("talk")
    page.kinds.chosen.emit("talk")
    assert {task.register for line in range(9) if (task := model_of(page).task(line))} == {"integrity_talk"}
    page.kinds.set_current("case")
    page.kinds.chosen.emit("case")
    assert page.empty.accessibleName() == "没有符合条件的事。当前只看一部分；全部共有 5 件。"


@pytest.mark.usefixtures("due")
@pytest.mark.parametrize(("span", "left"), [("7", 3), ("30", 3), ("all", 5)])
def test_the_list_can_be_narrowed_to_days_ahead(opened: Opened, span: str, left: int) -> None:
    page = opened()
    page.spans.set_current(span)
    page.spans.chosen.emit(span)
    assert sum(model_of(page).task(row) is not None for row in range(model_of(page).rowCount())) == left


def test_something_done_elsewhere_leaves_the_list_and_the_next_line_is_in_hand(
    office: Office, context: Context, opened: Opened, due: dict[str, int], qtbot: QtBot
) -> None:
    page = opened()
    assert page.current() is not None
    change = office.records.void(TALK, [due["late"]], "示例重复")
    context.events.changed.emit(change)
    rest(page, qtbot)
    assert page.head.count.text().startswith("待办 4 件")
    task = page.current()
    assert task is not None
    assert task.id == due["today"]


@pytest.mark.usefixtures("due")
def test_the_next_day_is_read_when_the_page_is_shown_again(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    page.hide()
    with clock.clock_at(datetime(2026, 3, 17, 8, 0)):
        page.show()
        rest(page, qtbot)
        assert page.head.title.text() == "3 月 17 日 星期二"
        assert page.head.late.mark.words == "超期 2 件"


def test_an_empty_vault_says_so(opened: Opened) -> None:
    page = opened()
    assert page.empty.accessibleName().startswith("没有要办的事")
    assert page.head.count.text() == "待办 0 件。"
    assert not page.side.year.isVisible()


def test_buttons_ask_for_a_new_record_of_their_register(context: Context, opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    asked: list[tuple[str, int]] = []
    context.events.asked_for.connect(lambda key, record_id: asked.append((key, record_id)))
    for button in page.buttons.values():
        button.click()
    assert asked == [(key, NEW) for key in ("review_item", "integrity_talk", "petition", "finding", "duty_item")]


def test_a_line_of_the_year_names_who_is_missing_and_opens_them(
    office: Office, context: Context, opened: Opened, qtbot: QtBot
) -> None:
    person = office.records.save(registers.register("person"), {"name": "罗卫东", "team_now": "是"}).records[0][1]
    page = opened()
    assert page.side.gauge("team").accessibleName() == "班子成员谈话，0 / 1，0%，还差：罗卫东"
    lines = [each for each in page.side.year.findChildren(QFrame) if each.property("frame") == "line"]
    assert lines
    # Hairlines reach the frame of the card, once all have their places.
    qtbot.waitUntil(lambda: all(each.width() > page.side.gauge("team").width() + 16 for each in lines))
    menu = page.side.missing_menu("team")
    with qtbot.waitSignal(context.events.asked_for) as heard:
        next(action for action in menu.actions() if action.text() == "罗卫东").trigger()
    assert heard.args == ["person", person]


def test_a_talk_nobody_can_be_told_of_stands_below_who_is_missing(
    office: Office, context: Context, opened: Opened, qtbot: QtBot
) -> None:
    typed = {"subject": "罗卫东", "planned_date": "2026-03-02", "kind": "日常", "start_at": "2026-03-02 9:00"}
    talk = office.records.save(registers.register("integrity_talk"), typed).records[0][1]
    for team in ("是", "否"):
        office.records.save(registers.register("person"), {"name": "罗卫东", "team_now": team})
    page = opened()
    assert page.side.gauge("team").accessibleName().endswith("还差：罗卫东；1 次未指明是哪一位")
    last = page.side.missing_menu("team").actions()[-1]
    assert last.text() == "2026-03-02 罗卫东：有同名的，未指明是哪一位"
    with qtbot.waitSignal(context.events.asked_for) as heard:
        last.trigger()
    assert heard.args == ["integrity_talk", talk]


def test_a_form_that_is_due_stands_beside_the_lines_and_opens_its_page(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    form = next(path for path in office.filling.ready_forms() if "线索" in path.stem)
    office.filling.fill(form, tmp_path / "一月.xlsx", "2026-01")
    page = opened()
    (row,) = page.side.forms.findChildren(AppointmentRow)
    assert row.accessibleName() == "周五，问题线索处置情况统计表，2026年2月，03-06 前报出，超期 6 个工作日"
    with qtbot.waitSignal(page.page_asked) as heard:
        QTest.keyClick(row, Qt.Key.Key_Return)
    assert heard.args == ["fill"]


@pytest.mark.usefixtures("due")
def test_complete_opens_the_line_in_hand(context: Context, opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(context.events.begin_asked):
        assert page.run("record.complete")
    assert not page.run("record.save")


@pytest.mark.usefixtures("due")
def test_a_low_window_with_large_words_scrolls_and_cuts_nothing(opened: Opened, look: Theme, qtbot: QtBot) -> None:
    page = opened()
    look.set_points(POINTS[-1])
    page.resize(1366, 430)
    rest(page, qtbot)
    assert page.spans.height() >= page.spans.sizeHint().height()
    assert page.kinds.height() >= page.kinds.minimumSizeHint().height()
    assert page.table.viewport().height() >= 3 * look.heights.two_line_row
    assert page.side.height() > look.heights.row
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    assert area.verticalScrollBar().maximum() > 0, "the rest is reached by scrolling"


def test_under_the_list_the_side_has_all_its_height_and_no_bar_of_its_own(
    opened: Opened, look: Theme, qtbot: QtBot
) -> None:
    page = opened()
    look.set_points(POINTS[-1])
    page.resize(1366, 430)
    rest(page, qtbot)
    qtbot.waitUntil(lambda: page.side.height() >= page.side.widget().sizeHint().height())
    assert page.side.verticalScrollBar().maximum() == 0


def test_on_a_sunday_the_page_tells_of_the_week_that_comes(office: Office, opened: Opened) -> None:
    office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026-03-24"})
    with clock.clock_at(datetime(2026, 3, 22, 9, 0)):
        page = opened()
        assert page.side.week.accessibleName() == "下周会议与谈话"
        (row,) = page.side.findChildren(AppointmentRow)
        assert "孙立新" in row.accessibleName()
        assert "下周有谈话 1 次" in page.head.rest.words()


def test_nothing_is_marked_late_before_it_was_counted(look: Theme, qtbot: QtBot) -> None:
    head = TodayHead()
    qtbot.addWidget(head)
    head.show()
    assert not head.late.isVisible()
    assert not head.due.isVisible()


def test_in_a_window_of_the_first_size_the_largest_words_lose_nothing_at_the_right(
    due: dict[str, int], opened: Opened, look: Theme, qtbot: QtBot
) -> None:
    page = opened()
    look.set_points(POINTS[-1])
    page.resize(1280, 500)
    rest(page, qtbot)
    page.head.count.setText("待办 173 件，其中 ")
    page.head.late.set_mark(Mark(Shape.DIAMOND, "超期 15 件", Tone.ACCENT))
    area = page.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
    assert page.head.month.text() == "期限月历"
    assert "Ctrl+M" in page.head.month.toolTip()


def test_that_the_calendar_is_there_is_said_only_where_the_day_is_read_in_full(
    opened: Opened, qtbot: QtBot, look: Theme
) -> None:
    head = opened().head
    head.show_calendar("法定工作日历：2026 年已载入", urgent=False)
    assert head._calendar.isVisible()
    look.set_points(21.0)
    qtbot.waitUntil(lambda: not head._calendar.isVisible())
    # That days are only estimated is no matter of room.
    head.show_calendar("2026 年工作日历未载入，按周一至周五估算", urgent=True)
    assert head._calendar.isVisible()


def test_a_week_of_hundreds_shows_its_first_and_says_how_many_more(qtbot: QtBot) -> None:
    side = TodaySide()
    qtbot.addWidget(side)
    each = [Appointment("integrity_talk", at, date(2026, 3, 5), "", f"示例谈话{at}", "", "") for at in range(400)]
    side.show_week(Week("本周", True, tuple(each)))
    rows = side.findChildren(AppointmentRow)
    assert 0 < len(rows) < 40
    assert [row.appointment.id for row in rows] == list(range(len(rows)))
    assert any(label.text() == f"另有 {400 - len(rows)} 场，在“整周日程”里。" for label in side.findChildren(Label))
    side.show_week(Week("本周", True, tuple(each[:2])))
    qtbot.waitUntil(lambda: len(side.findChildren(AppointmentRow)) == 2)
    assert not any("另有" in label.text() for label in side.findChildren(Label) if label.isVisibleTo(side))
