"""Reminders with the real tray widget off screen: numbers and never a name, silent when locked or switched off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.services.session import Session
from paizhu.ui.context import Context
from paizhu.ui.main_window import MainWindow
from paizhu.ui.reminders import Counts, Reminders, count
from paizhu.ui.tray import Tray, badged
from tests.conftest import PASSWORD

TALK, MEETING = registers.register("integrity_talk"), registers.register("meeting")
# The tray of Qt looks for a signal that the off-screen platform does not have.
pytestmark = pytest.mark.qt_log_ignore("systemTrayWindowChanged")
MORNING = datetime(2026, 3, 17, 8, 0)


@pytest.fixture
def due(office: Office) -> Office:
    """One talk overdue, one due today, with a name that must never be told."""
    for name, day in (("孙示例", "2026-03-12"), ("周示例", "2026-03-16")):
        office.records.save(TALK, {"subject": name, "planned_date": day})
    return office


@pytest.fixture
def made(context: Context, qtbot: QtBot) -> Iterator[Reminders]:
    """Reminders over a tray that is taken to be there."""
    reminders = Reminders(context, context.events, Tray(available=True))
    yield reminders
    reminders.stop()


def looked(made: Reminders, qtbot: QtBot) -> None:
    made.look()
    qtbot.waitUntil(lambda: not made._looking)


def test_the_first_look_of_a_day_tells_numbers_without_names(due: Office, made: Reminders, qtbot: QtBot) -> None:
    looked(made, qtbot)
    assert made.tray.said == ["超期 1 件，今天到期 1 件"]
    assert made.tray.number == 2
    tooltip = made.tray.icon.toolTip()
    assert tooltip.endswith("超期 1 件，今天到期 1 件")
    assert not any(name in tooltip + "".join(made.tray.said) for name in ("孙示例", "周示例"))
    assert isinstance(made.tray.icon, QSystemTrayIcon)
    assert made.tray.icon.isVisible()
    looked(made, qtbot)
    assert len(made.tray.said) == 1, "once a day"
    assert due


def test_a_second_unlock_of_the_day_is_quiet(due: Office, made: Reminders, context: Context, qtbot: QtBot) -> None:
    looked(made, qtbot)
    again = Reminders(context, context.events, Tray(available=True))
    looked(again, qtbot)
    assert again.tray.said == []
    assert again.tray.number == 2
    again.stop()
    assert due


def test_more_that_falls_due_is_told_less_is_not(due: Office, made: Reminders, qtbot: QtBot) -> None:
    looked(made, qtbot)
    late = due.records.save(TALK, {"subject": "吴示例", "planned_date": "2026-03-13"}).records[0][1]
    looked(made, qtbot)
    assert made.tray.said[-1] == "超期 2 件，今天到期 1 件"
    due.records.void(TALK, [late], "重复登记")
    looked(made, qtbot)
    assert len(made.tray.said) == 2
    assert made.tray.number == 2


def test_a_new_day_is_noticed_by_the_clock(due: Office, made: Reminders, qtbot: QtBot) -> None:
    looked(made, qtbot)
    with clock.clock_at(MORNING), qtbot.waitSignal(made.day_turned):
        made.tick()
        qtbot.waitUntil(lambda: not made._looking)
    assert made.tray.said[-1] == "超期 2 件"
    assert due


def test_what_was_put_off_is_not_counted(due: Office, made: Reminders, qtbot: QtBot) -> None:
    task = due.today.due()[0]
    due.snooze.put_off(task, due.desk.calendar.add_working_days(due.desk.today, 2), "等本人出差回来")
    looked(made, qtbot)
    assert made.tray.said == ["今天到期 1 件"]


def test_what_begins_within_half_an_hour_is_told_once(office: Office, made: Reminders, qtbot: QtBot) -> None:
    office.records.save(MEETING, {"name": "示例会议", "held_at": "2026-03-16 10:50"})
    looked(made, qtbot)
    told = [words for words in made.tray.said if words.startswith("半小时内")]
    assert told == ["半小时内开始：会议 1 次"]
    made.tick()
    assert len([words for words in made.tray.said if words.startswith("半小时内")]) == 1


def test_switched_off_it_is_silent(due: Office, made: Reminders, context: Context, qtbot: QtBot) -> None:
    looked(made, qtbot)
    due.desk.set_setting("reminders", "off")
    context.events.settings_changed.emit("reminders")
    assert not made.tray.icon.isVisible()
    made.look()
    assert not made._looking
    assert made.tray.number == 0


def test_without_a_tray_the_window_is_told_and_nothing_is_shown(due: Office, context: Context, qtbot: QtBot) -> None:
    made = Reminders(context, context.events, Tray(available=False))
    with qtbot.waitSignal(made.unseen) as heard:
        made.look()
    assert heard.args == ["超期 1 件，今天到期 1 件"]
    assert not made.tray.icon.isVisible()
    made.stop()
    assert due


def test_a_click_comes_to_the_front(made: Reminders, qtbot: QtBot) -> None:
    with qtbot.waitSignal(made.front_asked):
        made.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    with qtbot.waitSignal(made.front_asked):
        made.tray.icon.messageClicked.emit()


def test_the_number_is_painted_on_the_icon() -> None:
    plain, one, many = (badged(number).pixmap(64).toImage() for number in (0, 1, 140))
    assert plain != one
    assert one != many


def test_locking_takes_count_and_words_away_at_once(session: Session, qtbot: QtBot) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    assert session.office is not None
    session.office.records.save(TALK, {"subject": "孙示例", "planned_date": "2026-03-12"})
    window.open_desk()
    assert window.desk is not None
    reminders = window.desk.reminders
    reminders.tray.available = True
    qtbot.waitUntil(lambda: not window.desk.context.tasks.busy)  # type: ignore[union-attr]  # it stands
    reminders.take(count(session.office))
    assert reminders.tray.number == 1
    icon = reminders.tray.icon
    window.lock()
    assert not icon.isVisible()
    assert "超期" not in icon.toolTip()
    window.close()


def test_a_turned_day_rolls_recurring_matters_on(session: Session, qtbot: QtBot) -> None:
    duty = registers.register("duty_item")
    window = MainWindow(session)
    qtbot.addWidget(window)
    session.unlock(PASSWORD)
    assert session.office is not None
    typed = {"content": "报送月报", "subject": "驻局组", "frequency": "每月", "due_date": "2026-03-16"}
    session.office.records.save(duty, typed)
    window.open_desk()
    desk = window.desk
    assert desk is not None
    qtbot.waitUntil(lambda: not desk.context.tasks.busy)
    with clock.clock_at(MORNING):
        with qtbot.waitSignal(desk.context.events.changed):
            desk.reminders.tick()
        qtbot.waitUntil(lambda: not desk.context.tasks.busy)
    assert session.office.records.count(session.office.records.default_view(duty)) == 2
    assert desk.last_act.bar.isVisibleTo(desk)
    window.close()


def test_thousands_are_parted_as_everywhere_else() -> None:
    assert Counts(44367, 1200).words == "超期 44,367 件，今天到期 1,200 件"
