"""The plan of talks and the coverage table by keyboard: ticked and made in one act, opened and planned in a cell."""

import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.talks.matrix import Span, TalkMatrix
from paizhu.services.talks.plan import TalkPlan
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.overviews.talk_coverage import LOOSE, CoverageStrip
from paizhu.ui.pages.rules.talk_rules_page import TalkRulesPage
from paizhu.ui.pages.talk_matrix_page import TalkMatrixPage
from paizhu.ui.pages.talk_plan_page import TalkPlanPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.theme import POINTS
from tests.typed import registered
from tests.unit.documents.pdf_reading import text_of

TALK = registers.register("integrity_talk")


@pytest.fixture(autouse=True)
def team(context: Context) -> None:
    for name in ("梁志远", "罗卫东", "秦晓芸"):
        typed = {"name": name, "team_now": "是", "status": "在职", "post_now": "副局长"}
        context.office.records.save(registers.register("person"), typed)
    for day in ("2026-01-15", "2026-02-20"):
        typed = {"subject": "梁志远", "planned_date": day, "start_at": f"{day} 9:00", "kind": "日常"}
        registered(context.office, context.office.records.save(TALK, typed).records[0][1])


def settled(context: Context, qtbot: QtBot) -> None:
    """Wait until what a page asked for has been read and shown."""
    qtbot.waitUntil(lambda: not context.tasks.busy)


Show = Callable[[type[TalkPlanPage | TalkMatrixPage], float, int], TalkPlanPage | TalkMatrixPage]


@pytest.fixture
def show(context: Context, qtbot: QtBot, request: pytest.FixtureRequest) -> Show:
    """Show a page with letters so many times as large, in a window so many points wide."""

    def shown(make: type[TalkPlanPage | TalkMatrixPage], scale: float, width: int) -> TalkPlanPage | TalkMatrixPage:
        look = theme.current()
        request.addfinalizer(partial(look.set_points, look.points))  # before the page goes
        look.set_points(POINTS[0] * scale)
        page = make(context)
        qtbot.addWidget(page)
        settled(context, qtbot)
        page.resize(width, 600)
        page.show()
        return page

    return shown


def count(context: Context) -> int:
    return context.office.records.count(View(TALK.key))


def test_the_ticked_proposals_are_made_in_one_act(context: Context, qtbot: QtBot) -> None:
    page = TalkPlanPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    names = [str(each.person.values["name"]) for each in page.model.proposals if each.rule == "yearly"]
    assert names == ["罗卫东", "秦晓芸"]
    ticked = sum(page.model.ticks)
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert sum(page.model.ticks) == ticked - 1
    page.table.selectRow(1)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    page.day.setText("4.18")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert "请换一个工作日" in page._day_note.words()
    page.day.setText("4.20")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    assert page.model.day(1) == date(2026, 4, 20)
    before, entry = count(context), context.office.vault.last_entry()[0]
    assert page.run("record.complete")
    assert count(context) == before + ticked - 1
    assert context.office.vault.last_entry()[0] == entry + 1
    days = [row.values["planned_date"] for row in context.office.records.window(View(TALK.key), 0, 50)]
    assert date(2026, 4, 20) in days


def test_who_was_left_out_stays_left_out_and_a_day_set_by_hand_stays(context: Context, qtbot: QtBot) -> None:
    page = TalkPlanPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    key = [(each.rule, each.person.id) for each in page.model.proposals]
    for at in range(len(page.model.ticks)):
        page.model.tick(at, at == 1)
    page.model.set_day(1, date(2026, 4, 20))
    # Another talk moves every proposed day; the rules are asked again.
    typed = {"subject": "梁志远", "planned_date": page.model.day(0).isoformat(), "kind": "约谈"}
    context.events.changed.emit(context.office.records.save(TALK, typed))
    settled(context, qtbot)
    assert [(each.rule, each.person.id) for each in page.model.proposals][:2] == key[:2]
    assert page.model.ticks[:2] == [False, True]
    assert page.model.day(1) == date(2026, 4, 20)
    page.make_now()
    settled(context, qtbot)
    assert context.office.records.get(TALK, count(context)).values["secrecy_notice"] == "none"
    left = [(each.rule, each.person.id) for each in page.model.proposals]
    assert left[0] == key[0]
    assert key[1] not in left
    assert not any(page.model.ticks)


def test_nothing_is_made_while_the_rules_are_asked(context: Context, qtbot: QtBot) -> None:
    page = TalkPlanPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    before, ticked = count(context), sum(page.model.ticks)
    page.read()
    with qtbot.waitSignal(context.events.said) as said:
        assert page.run("record.complete")
    assert "请再按一次" in said.args[0]
    assert count(context) == before
    settled(context, qtbot)
    assert page.run("record.complete")
    assert count(context) == before + ticked


def test_the_pages_read_away_from_the_window(context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    readers: set[tuple[str, bool]] = set()

    def noting(kind: type, name: str) -> None:
        plain = getattr(kind, name)

        def read(*given: object, **named: object) -> object:
            readers.add((name, threading.current_thread() is threading.main_thread()))
            return plain(*given, **named)

        monkeypatch.setattr(kind, name, read)

    for kind, name in ((TalkPlan, "proposals"), (TalkPlan, "team"), (TalkMatrix, "matrix")):
        noting(kind, name)
    plan, matrix, strip = TalkPlanPage(context), TalkMatrixPage(context), CoverageStrip(context)
    for page in (plan, matrix, strip):
        qtbot.addWidget(page)
    settled(context, qtbot)
    qtbot.waitUntil(lambda: bool(strip.cells))
    typed = {"subject": "罗卫东", "planned_date": "2026-03-18", "kind": "日常"}
    context.events.changed.emit(context.office.records.save(TALK, typed))
    qtbot.waitUntil(lambda: any("03-18" in cell.accessibleName() for cell in strip.cells))
    assert readers == {("proposals", False), ("team", False), ("matrix", False)}


def test_the_table_comes_back_to_the_cell_it_was_left_at(context: Context, qtbot: QtBot) -> None:
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    page.turn(-1)
    settled(context, qtbot)
    page.table.setCurrentIndex(page.model.index(1, 5))
    place = page.place()
    page.turn(1)
    settled(context, qtbot)
    page.table.setCurrentIndex(page.model.index(0, 3))
    page.return_to(place)
    settled(context, qtbot)
    assert page.place() == place
    assert page.model.matrix is not None
    assert "2025" in page.model.matrix.title


def test_a_group_is_ticked_by_its_button_and_nothing_ticked_says_why(context: Context, qtbot: QtBot) -> None:
    page = TalkPlanPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    for group in dict.fromkeys(each.group for each in page.model.proposals):
        page.model.tick_rule(group, False)
    assert page.make.reason == "先勾选要安排的谈话"
    page._turn_group(page.model.proposals[0].group)
    assert sum(page.model.ticks) > 0
    assert page.make.reason == ""


def test_enter_opens_the_talk_of_a_cell_and_p_plans_one(context: Context, qtbot: QtBot) -> None:
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    assert page.model.rowCount() == 3
    page.span.set_current("months")
    page.span.chosen.emit("months")
    settled(context, qtbot)
    last = page.model.rowCount() - 1
    page.table.setCurrentIndex(page.model.index(last, 3))
    with qtbot.waitSignal(context.events.asked_for) as heard:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert heard.args[0] == "integrity_talk"
    page.table.setCurrentIndex(page.model.index(0, 3 + 5))
    before = count(context)
    QTest.keyClick(page.table, Qt.Key.Key_P)
    assert count(context) == before + 1
    settled(context, qtbot)
    told = [str(page.model.index(row, 3 + 5).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
    assert any("已排" in each for each in told)


def test_several_talks_of_a_cell_are_offered_by_day(context: Context, qtbot: QtBot) -> None:
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    talks = page.model.talks_at(page.model.index(2, 3))
    assert [action.text() for action in page.cell_menu(talks).actions()] == ["2026-01-15 已谈", "2026-02-20 已谈"]


def test_the_table_goes_to_a_workbook_and_is_looked_at_before_it_is_printed(
    context: Context, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    monkeypatch.setattr(messages, "ask_save", lambda *_given: tmp_path / "覆盖.xlsx")
    assert page.run("export")
    qtbot.waitUntil(lambda: (tmp_path / "覆盖.xlsx").exists() and not context.tasks.busy)
    monkeypatch.setattr(messages, "ask_save", lambda *_given: pytest.fail("a paper is looked at first"))
    before = len(context.office.history.entries())
    with qtbot.waitSignal(context.events.draft_asked) as asked:
        assert page.run("print")
    assert len(context.office.history.entries()) == before
    context.office.printing.save(asked.args[0], tmp_path / "覆盖.pdf")
    assert "合计" in text_of(tmp_path / "覆盖.pdf")
    assert context.office.history.entries()[0].label.startswith("另存 班子成员谈话覆盖表")


def test_the_list_has_a_chip_for_talks_left_at_talking(context: Context, qtbot: QtBot) -> None:
    page = RegisterPage(context, (TALK,))
    qtbot.addWidget(page)
    page.resize(1366, 680)
    page.show()
    page.side.narrowing.look()
    qtbot.waitUntil(lambda: any(facet.key == LOOSE for facet in page.side.narrowing.facets))
    page.side.narrowing.choose(LOOSE)
    # Held on 15 January without a word of what follows; the one of 20 February is younger than thirty days.
    assert page.side.list.model.total == 1


def test_a_rule_is_set_with_a_reason_and_put_back(context: Context, qtbot: QtBot) -> None:
    page = TalkRulesPage(context)
    qtbot.addWidget(page)
    page.choose("plan.yearly")
    assert page.save.reason == "没有改动"
    page.count.setValue(2)
    page.save_chosen()
    assert "理由" in page.fields.notes["reason"].words()
    page.reason.setText("本组谈话计划")
    with qtbot.waitSignal(context.events.settings_changed):
        assert page.run("record.save")
    assert context.office.desk.talks.plan("yearly").count == 2
    assert page.model.lines[0].mark.words == "本单位设定"
    page.choose("plan.yearly")
    page.back_to_shipped.click()
    assert context.office.desk.talks.plan("yearly").count == 1


def test_no_two_rules_are_called_the_same(context: Context, qtbot: QtBot) -> None:
    page = TalkRulesPage(context)
    qtbot.addWidget(page)
    names = [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]
    assert len(set(names)) == len(names)
    assert {"安排：节前提醒", "要求：节前提醒"} <= set(names)


def test_the_template_of_a_kind_is_edited_line_by_line_and_lead_talks_stay_approved(
    context: Context, qtbot: QtBot
) -> None:
    page = TalkRulesPage(context)
    qtbot.addWidget(page)
    page.choose("kind.reminder")
    page.points.setPlainText("要点一\n\n要点二")
    page.reason.setText("本组习惯")
    page.save_chosen()
    assert context.office.desk.talks.kinds["reminder"].points == ("要点一", "要点二")
    page.choose("kind.lead_reminder")
    page.approval.setChecked(False)
    page.reason.setText("试试")
    page.save_chosen()
    assert "不能取消" in page.fields.notes["approval"].words()


def test_a_coverage_of_nobody_says_who_would_stand_there_and_offers_everybody(context: Context, qtbot: QtBot) -> None:
    for row in context.office.records.window(View("person"), 0, 10):
        context.office.records.save(registers.register("person"), {"team_now": "否"}, row.id, row.version)
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    page.show()
    assert not page.table.isVisible()
    (offer,) = [each for each in page.empty.findChildren(QPushButton) if each.isVisible()]
    QTest.mouseClick(offer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.table.hasFocus)
    assert page.table.isVisible()
    assert not page.empty.isVisible()
    assert page.model.rowCount() == 3


def test_without_a_team_in_the_roster_no_talk_is_said_to_be_done(context: Context, qtbot: QtBot) -> None:
    person, records = registers.register("person"), context.office.records
    records.void(person, range(1, records.count(View(person.key)) + 1), "示例：名册重新登记")
    page = TalkPlanPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    page.show()
    told = " ".join(label.text() for label in page.empty.findChildren(QLabel))
    assert "名册里还没有在职的班子成员" in told
    assert "谈过" not in told


@pytest.mark.parametrize("make", [TalkPlanPage, TalkMatrixPage])
def test_the_keys_stay_on_a_page_that_has_nothing_to_list_any_more(
    context: Context, qtbot: QtBot, make: type[TalkPlanPage | TalkMatrixPage]
) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    page = make(context, around)
    column = QVBoxLayout(around)
    # Where Qt would put the cursor by itself.
    column.addWidget(QPushButton("上面的按钮"))
    column.addWidget(page)
    around.show()
    around.activateWindow()
    qtbot.waitUntil(lambda: not context.tasks.busy and page.table.isVisible())
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    person, records = registers.register("person"), context.office.records
    everybody = range(1, records.count(View(person.key)) + 1)
    context.events.changed.emit(records.void(person, everybody, "示例：名册重新登记"))
    qtbot.waitUntil(lambda: not page.table.isVisible())
    focus = QApplication.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)


@pytest.mark.parametrize("make", [TalkPlanPage, TalkMatrixPage])
@pytest.mark.parametrize(("scale", "width"), [(1.0, 1366), (1.5, 1440), (2.0, 1366)])
def test_nothing_is_scrolled_sideways_however_large_the_letters(
    show: Show, qtbot: QtBot, make: type[TalkPlanPage | TalkMatrixPage], scale: float, width: int
) -> None:
    look, page = theme.current(), show(make, scale, width)
    bar, table = page.table.horizontalScrollBar(), page.table
    qtbot.waitUntil(lambda: table.columnWidth(0) >= look.px(50) and bar.maximum() == 0)
    model = table.model()
    shown = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())]
    shown = [words for at, words in enumerate(shown) if not table.isColumnHidden(at)]
    wanted = ("谈话对象", "建议日期", "为什么") if make is TalkPlanPage else ("姓名", "一季度", "四季度", "合计")
    assert [words for words in wanted if words not in shown] == []


@pytest.mark.parametrize(("scale", "width"), [(1.0, 1366), (1.5, 1366), (2.0, 1340)])
def test_twelve_months_have_room_with_their_days_alone(show: Show, qtbot: QtBot, scale: float, width: int) -> None:
    look, page = theme.current(), show(TalkMatrixPage, scale, width)
    assert isinstance(page, TalkMatrixPage)
    page.span.set_current(Span.MONTHS.value)
    page.read()
    bar, table = page.table.horizontalScrollBar(), page.table
    qtbot.waitUntil(
        lambda: page.model.columnCount() == 16 and table.columnWidth(3) >= look.px(47) and not bar.maximum()
    )
    cells = [page.model.index(row, at) for row in range(page.model.rowCount()) for at in range(3, 15)]
    words = {str(cell.data()) for cell in cells}
    full = {str(cell.data(Qt.ItemDataRole.AccessibleTextRole)) for cell in cells}
    assert any("20日" in each or "02-20" in each for each in words)
    assert any("，02-20" in each for each in full), "what is read out names the whole day"
    metrics = table.fontMetrics()
    assert all(metrics.horizontalAdvance(each) <= table.columnWidth(3) - look.px(18) + 1 for each in words)


def test_a_roomy_coverage_table_shows_unit_and_post_whole(context: Context, qtbot: QtBot) -> None:
    typed = {"name": "示例丁", "team_now": "是", "status": "在职", "post_now": "党组成员、机关党委书记、工会主席"}
    context.office.records.save(registers.register("person"), typed)
    page = TalkMatrixPage(context)
    qtbot.addWidget(page)
    settled(context, qtbot)
    page.resize(1440, 700)
    page.show()
    qtbot.waitUntil(lambda: page.model.matrix is not None)
    post = next(row.post for row in page.model.matrix.rows if row.name == "示例丁") if page.model.matrix else ""
    assert "工会主席" in post
    qtbot.waitUntil(lambda: page.table.columnWidth(1) > page.table.fontMetrics().horizontalAdvance(post))
