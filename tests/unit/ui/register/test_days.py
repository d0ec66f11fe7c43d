"""Days in a form: what cannot be is told beneath the field once it is left; the calendar offers no fact ahead."""

from datetime import date, datetime

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref
from paizhu.base.values import Reading
from paizhu.base.view import Test
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.register.edit_day import DayEditor
from paizhu.ui.register.field_row import FieldRow
from paizhu.ui.register.filters import condition_of
from paizhu.ui.theme import Theme

from .conftest import MakePage
from .test_child_rows import opened
from .used import line_of, note, stand_on, type_into

FINDING, LEAD = registers.register("finding"), registers.register("lead")


def doubt(row: FieldRow) -> str:
    """Return what is said beneath a value to look at."""
    return next((words for each in row.cell.findChildren(FieldNote) if "待核对" in (words := each.words())), "")


def test_a_day_that_cannot_be_is_told_beneath_it_before_anything_is_saved(make_page: MakePage, office: Office) -> None:
    finding = office.records.save(FINDING, {"problem": "示例问题", "found_at": "2026-03-05"}).records[0][1]
    page = make_page(FINDING)
    page.open_record(FINDING.key, finding)
    stand_on(page, finding)
    type_into(page, "assigned_at", "3.2")
    assert note(page, "assigned_at") == "“交办日期”早于“发现日期”（2026-03-05）"
    assert line_of(page, "assigned_at").text() == "2026-03-02"
    type_into(page, "found_at", "3.1")
    assert note(page, "assigned_at") == ""
    type_into(page, "found_at", "3.4")
    assert note(page, "assigned_at") != ""
    type_into(page, "assigned_at", "2026-12-05")
    assert "2026-12-05 还没有到（今天是 2026-03-16）" in note(page, "assigned_at")
    type_into(page, "due", "2026-12-05")
    type_into(page, "assigned_at", "3.4")
    assert (note(page, "assigned_at"), note(page, "due")) == ("", "")


def test_a_day_typed_before_one_that_stands_is_told_where_it_is_typed(make_page: MakePage, office: Office) -> None:
    typed = {"problem": "示例问题", "found_at": "2026-03-02", "assigned_at": "2026-03-04"}
    finding = office.records.save(FINDING, typed).records[0][1]
    page = make_page(FINDING)
    page.open_record(FINDING.key, finding)
    stand_on(page, finding)
    type_into(page, "found_at", "3.5")
    assert note(page, "found_at") == "“交办日期”早于“发现日期”（2026-03-05）"


def test_a_day_that_stood_wrong_is_told_beneath_it_while_another_field_is_saved(
    make_page: MakePage, office: Office
) -> None:
    finding = office.records.save(FINDING, {"problem": "示例问题", "found_at": "2026-03-02"}).records[0][1]
    with office.vault.act("save", "早先的版本") as act:
        act.change(FINDING, finding, None, {"found_at": date(2026, 12, 5)})
    page = make_page(FINDING)
    page.open_record(FINDING.key, finding)
    stand_on(page, finding)
    doubtful = page.side.detail.form.fields["found_at"]
    assert doubt(doubtful).startswith("待核对：“发现日期”记的是已经发生的事，2026-12-05 还没有到")
    type_into(page, "problem", "改写的问题")
    assert doubtful.editor is not None
    told = next(each for each in doubtful.cell.findChildren(FieldNote) if each.words())
    QApplication.processEvents()
    assert told.y() > doubtful.editor.y()
    assert page.run("record.save")
    assert office.records.get(FINDING, finding).values["problem"] == "改写的问题"
    assert doubt(doubtful) != ""
    type_into(page, "found_at", "3.2")
    assert doubt(doubtful) == ""
    assert page.run("record.save")
    assert office.records.get(FINDING, finding).values["found_at"] == date(2026, 3, 2)


def test_the_calendar_of_a_fact_ends_today_and_that_of_a_plan_does_not(qtbot: QtBot) -> None:
    ends: dict[str, QDate] = {}
    for name in ("found_at", "due"):
        editor = DayEditor(FINDING.field(name))
        qtbot.addWidget(editor)
        month = editor.month()
        qtbot.addWidget(month)
        ends[name] = month.maximumDate()
    today = QDate(2026, 3, 16)
    assert ends["found_at"] == today
    assert ends["due"] > today


def test_the_calendar_keeps_red_for_what_is_overdue_and_quietens_what_cannot_be_chosen(qtbot: QtBot) -> None:
    editor = DayEditor(FINDING.field("found_at"))
    qtbot.addWidget(editor)
    month = editor.month()
    qtbot.addWidget(month)
    month.resize(320, 240)
    month.show()
    qtbot.waitExposed(month)
    drawn = month.grab().toImage()
    colours = [drawn.pixelColor(x, y) for x in range(drawn.width()) for y in range(drawn.height())]
    assert not any(seen.red() > 180 and max(seen.green(), seen.blue()) < 60 for seen in colours), "no pure red"
    assert not any(seen.green() > 120 and max(seen.red(), seen.blue()) < 80 for seen in colours), "no green arrow"
    quiet = month.weekdayTextFormat(Qt.DayOfWeek.Sunday).foreground().color()
    assert quiet == theme.current().colour("ink3")


def test_the_day_of_an_extension_that_no_row_tells_says_where_to_enter_it(make_page: MakePage, office: Office) -> None:
    """An old ledger brings the day alone; that its approval lacks was told by the clock and the step only."""
    with office.vault.act("import", "导入旧台账") as act:
        lead = act.create(
            LEAD,
            {
                "subject": Ref("示例甲"),
                "received_at": date(2026, 1, 5),
                "state": "checking",
                "check_extended_to": date(2026, 5, 20),
            },
        )
    page = make_page(LEAD)
    page.open_record(LEAD.key, lead)
    stand_on(page, lead)
    assert doubt(page.side.detail.form.fields["check_extended_to"]) == (
        "待核对：没有登记批准的延期，请在“线索延期”里补登"
    )
    row = {"matter": "初步核实", "new_due": "2026-05-20", "approver": "示例领导"}
    office.records.save(LEAD, {}, lead, rows={"lead_extension": [row]})
    page = make_page(LEAD)
    page.open_record(LEAD.key, lead)
    stand_on(page, lead)
    assert doubt(page.side.detail.form.fields["check_extended_to"]) == ""


def test_a_plan_without_its_year_says_which_year_was_meant(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    stand_on(page, talks[0])
    type_into(page, "planned_date", "1.30")
    assert line_of(page, "planned_date").text() == "2026-01-30"
    assert note(page, "planned_date") == "按 2026-01-30 记，已过去；如指明年请写 2027.1.30"
    type_into(page, "planned_date", "2027.1.30")
    assert note(page, "planned_date") == ""
    with clock.clock_at(datetime(2026, 11, 30, 9, 0)):
        stand_on(page, talks[1])
        type_into(page, "planned_date", "1.30")
        assert line_of(page, "planned_date").text() == "2027-01-30"
        assert note(page, "planned_date") == "没有写年份，按明年的 2027-01-30 记；如指今年请写 2026.1.30"
        assert page.run("record.save")
    assert page.side.detail.form.row is not None
    assert page.side.detail.form.row.values["planned_date"] == date(2027, 1, 30)


def test_what_happened_is_the_last_such_day_and_it_is_said(make_page: MakePage, talks: list[int]) -> None:
    page = make_page()
    with clock.clock_at(datetime(2027, 1, 5, 9, 0)):
        stand_on(page, talks[0])
        type_into(page, "start_at", "12.28")
        assert line_of(page, "start_at").text() == "2026-12-28"
        assert note(page, "start_at") == "没有写年份，今年的还没有到，按去年的 2026-12-28 记"
        type_into(page, "start_at", "1.9")
        assert "还没有到（今天是 2027-01-05）" in note(page, "start_at")
        assert note(page, "start_at").endswith("；如指去年请写 2026.1.9")


def test_a_day_in_a_row_shows_the_year_it_is_kept_with(look: Theme, qtbot: QtBot) -> None:
    table = opened(registers.register("integrity_talk").child("requirement"), qtbot)
    cell = table.model.index(0, [field.name for field in table.model.fields].index("due"))
    table.view.setCurrentIndex(cell)
    table.view.edit(cell)
    qtbot.waitUntil(lambda: isinstance(table.view.indexWidget(cell), DayEditor))
    editor = table.view.indexWidget(cell)
    assert isinstance(editor, DayEditor)
    with clock.clock_at(datetime(2026, 11, 30, 9, 0)):
        QTest.keyClicks(editor.line, "1.30")
        QTest.keyClick(editor.line, Qt.Key.Key_Tab)
    assert [row["due"] for row in table.model.typed()] == ["2027-01-30"]


def test_a_filter_over_plans_looks_at_this_year() -> None:
    planned = registers.register("integrity_talk").field("planned_date")
    reading = Reading(date(2026, 11, 30), typed_now=True)
    condition = condition_of(planned, Test.SINCE, "1.1", reading)
    assert condition is not None
    assert condition.value == date(2026, 1, 1)
