"""The page of a meeting: who is there, its items, and an agenda pasted into it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.reviews.agenda_reading import AgendaItem, AgendaReading
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.services.safety.backups import MANY
from paizhu.storage.backup_place import OWN_PLACE, Reason
from paizhu.storage.journal import Act
from paizhu.ui.context import Context
from paizhu.ui.overviews import overview_of
from paizhu.ui.overviews.review_meeting import MeetingOverview
from paizhu.ui.register.page import RegisterPage

REVIEW = registers.register("review_item")
MEETING = registers.register("meeting")
AGENDA = "1. 办公楼维修采购（办公室，48.60 万元）\n2. 关于听取近期工作情况\n3. 示例处处长拟任人选"


pytestmark = pytest.mark.usefixtures("look")


def save(office: Office, key: str, **typed: Any) -> int:
    return office.records.save(registers.register(key), typed).records[0][1]


@pytest.fixture
def meeting(office: Office) -> int:
    made = save(office, "meeting", name="示例党组会", held_at="2026-03-20 09:30", expected=7, present=5)
    ref = {"label": "示例党组会", "register": "meeting", "id": made}
    save(office, "review_item", title="甲方案", meeting=ref, agenda_no=1, category="重大决策")
    signed = save(
        office, "review_item", title="乙方案", meeting=ref, agenda_no=2, category="重大决策", opinion="同意上会"
    )
    with office.vault.act("save", "审签") as act:
        act.change(REVIEW, signed, None, {"state": "opinion_signed"})
    return made


@pytest.fixture
def overview(context: Context, meeting: int, qtbot: QtBot) -> MeetingOverview:
    made = overview_of("meeting", context)
    assert isinstance(made, MeetingOverview)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show_record(context.office.records.get(MEETING, meeting))
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_items_stand_in_the_order_of_the_agenda_with_what_still_waits(overview: MeetingOverview) -> None:
    assert [item.row.values["title"] for item in overview.items.lines] == ["甲方案", "乙方案"]
    assert overview._counts.words() == "2 项，会已召开，还有 1 项没有出具意见"


def test_the_quorum_is_counted(overview: MeetingOverview) -> None:
    assert overview._members.mark.words == "应到 7 人，实到 5 人，达到半数"


def test_enter_opens_an_item(overview: MeetingOverview, context: Context, qtbot: QtBot) -> None:
    asked: list[tuple[str, int]] = []
    context.events.asked_for.connect(lambda register, record_id: asked.append((register, record_id)))
    overview.table.go_to(1)
    qtbot.keyClick(overview.table, Qt.Key.Key_Return)
    assert asked == [("review_item", overview.items.lines[1].row.id)]


def read(overview: MeetingOverview, qtbot: QtBot) -> None:
    """Have the agenda read, and wait for what is understood of it."""
    overview.paste.read()
    qtbot.waitUntil(lambda: not overview.paste.busy)


def test_a_pasted_agenda_is_shown_before_anything_is_saved(
    overview: MeetingOverview, office: Office, meeting: int, qtbot: QtBot
) -> None:
    overview.open_paste()
    overview.paste.text.setPlainText(AGENDA)
    read(overview, qtbot)
    assert [item.title for item in overview.paste.understood.lines] == [
        "办公楼维修采购",
        "关于听取近期工作情况",
        "示例处处长拟任人选",
    ]
    assert overview.paste._told.words() == "识别为 3 项议题，1 项请核对"
    assert len(Reviewing(office.desk).items(meeting)) == 2


def test_an_unclear_category_is_chosen_by_space_and_all_is_stored_as_one_act(
    overview: MeetingOverview, office: Office, meeting: int, qtbot: QtBot
) -> None:
    overview.open_paste()
    overview.paste.text.setPlainText(AGENDA)
    read(overview, qtbot)
    overview.paste.table.go_to(1)
    qtbot.keyClick(overview.paste.table, Qt.Key.Key_Space)
    before = len(office.history.entries())
    overview.paste.store_button.click()
    qtbot.waitUntil(overview.paste.isHidden)
    items = Reviewing(office.desk).items(meeting)
    assert [(row.values["agenda_no"], row.values["category"]) for row in items[2:]] == [
        (3, "fund"),
        (4, "decision"),
        (5, "appointment"),
    ]
    assert len(office.history.entries()) == before + 1


def test_an_agenda_of_another_meeting_can_become_that_meeting(
    overview: MeetingOverview, office: Office, context: Context, meeting: int, qtbot: QtBot
) -> None:
    asked: list[tuple[str, int]] = []
    context.events.asked_for.connect(lambda register, record_id: asked.append((register, record_id)))
    overview.open_paste()
    overview.paste.text.setPlainText(f"示例党组会第 9 次会议议程\n时间：2026-03-25 14:30\n{AGENDA}")
    read(overview, qtbot)
    overview.paste.other_button.click()
    qtbot.waitUntil(lambda: bool(asked))
    ((register, made),) = asked
    row = office.records.get(MEETING, made)
    assert (register, row.values["name"], str(row.values["held_at"])) == (
        "meeting",
        "示例党组会第 9 次会议",
        "2026-03-25 14:30:00",
    )
    assert len(Reviewing(office.desk).items(made)) == 3
    assert len(Reviewing(office.desk).items(meeting)) == 2


def test_escape_stores_nothing_and_loses_nothing_of_what_was_pasted_and_mended(
    overview: MeetingOverview, office: Office, context: Context, meeting: int, qtbot: QtBot
) -> None:
    said: list[str] = []
    context.events.said.connect(lambda words, _entry: said.append(words))
    overview.open_paste()
    overview.paste.text.setPlainText(AGENDA)
    read(overview, qtbot)
    overview.paste.understood.cycle(1)
    chosen = overview.paste.understood.lines[1].category
    qtbot.keyClick(overview.paste, Qt.Key.Key_Escape)
    assert overview.paste.isHidden()
    assert len(Reviewing(office.desk).items(meeting)) == 2
    assert said == ["议程还没有登记，粘贴的内容存为草稿，按“登记议程”接着核对"]
    overview.open_paste()
    assert overview.paste.text.toPlainText() == AGENDA
    read(overview, qtbot)
    assert overview.paste.understood.lines[1].category == chosen


def test_the_keys_go_on_among_the_items_once_an_agenda_is_stored(
    overview: MeetingOverview, context: Context, office: Office, meeting: int, qtbot: QtBot
) -> None:
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    overview.open_paste()
    overview.paste.text.setPlainText(AGENDA)
    read(overview, qtbot)
    # As the page does.
    context.events.changed.connect(lambda _change: overview.show_record(office.records.get(MEETING, meeting)))
    overview.paste.store_button.setFocus()
    qtbot.keyClick(overview.paste.store_button, Qt.Key.Key_Space)
    qtbot.waitUntil(overview.table.hasFocus)


def test_the_keys_stay_beside_an_agenda_that_was_left(overview: MeetingOverview, qtbot: QtBot) -> None:
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    overview.open_paste()
    qtbot.keyClick(overview.paste.text, Qt.Key.Key_Escape)
    qtbot.waitUntil(overview.paste_button.hasFocus)


def test_nothing_scrolls_sideways_in_a_narrow_pane(overview: MeetingOverview, qtbot: QtBot) -> None:
    overview.open_paste()
    overview.paste.text.setPlainText(AGENDA)
    read(overview, qtbot)
    overview.resize(470, 700)
    assert overview.minimumSizeHint().width() <= 470
    qtbot.waitUntil(lambda: overview.table.horizontalScrollBar().maximum() == 0)
    qtbot.waitUntil(lambda: overview.paste.table.horizontalScrollBar().maximum() == 0)


def test_an_agenda_pasted_over_the_list_of_meetings_is_read_and_cells_are_not(
    context: Context, office: Office, qtbot: QtBot
) -> None:
    meeting = office.records.save(MEETING, {"name": "示例党组会", "held_at": "2026-03-20 9:00"}).records[0][1]
    page = RegisterPage(context, (MEETING,))
    qtbot.addWidget(page)
    page.resize(1366, 680)
    page.show()
    page.open_record(MEETING.key, meeting)
    QGuiApplication.clipboard().setText("1. 关于甲方案的议题\n2. 关于乙采购48万元的议题")
    assert page.run("paste")
    overview = page.side.detail.overview
    assert isinstance(overview, MeetingOverview)
    assert overview.paste.isVisible()
    read(overview, qtbot)
    assert [line.title for line in overview.paste.understood.lines] == ["关于甲方案的议题", "关于乙采购48万元的议题"]
    QGuiApplication.clipboard().setText("会议名称\t会议时间\n示例会\t2026-03-27")
    with qtbot.waitSignal(page.cells_pasted):
        page.run("paste")


def another_look(context: Context, meeting: int, qtbot: QtBot) -> MeetingOverview:
    """Return the pane as it is made anew after a lock."""
    made = MeetingOverview(context)
    qtbot.addWidget(made)
    made.show_record(context.office.records.get(MEETING, meeting))
    made.show()
    return made


def test_an_agenda_that_is_not_stored_yet_survives_the_lock(
    overview: MeetingOverview, context: Context, meeting: int, qtbot: QtBot
) -> None:
    assert overview.take_pasted(AGENDA)
    read(overview, qtbot)
    overview.paste.understood.cycle(1)
    overview.paste.came.setText("今天 9:30")
    overview.keep_draft()
    chosen = overview.paste.understood.lines[1].category
    after = another_look(context, meeting, qtbot)
    qtbot.waitUntil(lambda: not after.paste.busy)
    assert after.paste.isVisible()
    assert after.paste.text.toPlainText() == AGENDA
    assert (after.paste.came.text(), after.paste.understood.lines[1].category) == ("今天 9:30", chosen)
    assert "没有登记的议程" in after.paste._told.words()
    after.paste.leave()
    assert not another_look(context, meeting, qtbot).paste.isVisible(), "given up is given up"


def test_words_of_an_agenda_are_kept_while_one_types_and_gone_once_stored(
    overview: MeetingOverview, context: Context, meeting: int, qtbot: QtBot
) -> None:
    overview.open_paste()
    overview.paste.put(AGENDA)
    qtbot.waitUntil(lambda: overview.paste.has_kept(meeting))
    overview.paste.store(as_new=False)
    qtbot.waitUntil(overview.paste.isHidden)
    assert not overview.paste.has_kept(meeting)


def test_a_pasted_agenda_is_taken_back_by_the_undo_key(overview: MeetingOverview, qtbot: QtBot) -> None:
    assert overview.take_pasted(AGENDA)
    qtbot.keyClick(overview.paste.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert overview.paste.text.toPlainText() == ""


def test_an_agenda_is_read_and_a_long_one_stored_beside_the_window_behind_a_backup(
    overview: MeetingOverview, office: Office, meeting: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    on: list[bool] = []
    real = AgendaReading.plan

    def plan(self: AgendaReading, text: str, meeting_id: int | None = None) -> list[AgendaItem]:
        on.append(threading.current_thread() is threading.main_thread())
        return real(self, text, meeting_id)

    monkeypatch.setattr(AgendaReading, "plan", plan)
    office.vault.followers["test"] = lambda _act: on.append(threading.current_thread() is threading.main_thread())
    overview.open_paste()
    overview.paste.text.setPlainText("\n".join(f"{at}. 示例事项{at}的汇报" for at in range(1, MANY + 1)))
    overview.paste.store(as_new=False)
    overview.paste.store(as_new=False)
    qtbot.waitUntil(overview.paste.isHidden)
    assert len(Reviewing(office.desk).items(meeting)) == 2 + MANY, "once"
    assert set(on) == {False}
    assert [each.reason for each in office.backups.list()] == [Reason.MASS_CHANGE]


def test_what_is_written_over_an_agenda_while_it_is_stored_stays(
    overview: MeetingOverview, office: Office, meeting: int, qtbot: QtBot
) -> None:
    goes_on = threading.Event()

    def wait(_act: Act) -> None:
        goes_on.wait(10)

    office.vault.followers["test"] = wait
    overview.open_paste()
    overview.paste.text.setPlainText("\n".join(f"{at}. 示例事项{at}的汇报" for at in range(1, MANY + 1)))
    overview.paste.store(as_new=False)
    qtbot.waitUntil(lambda: bool(overview.context.tasks.at_act))
    overview.paste.text.appendPlainText(f"{MANY + 1}. 又一项示例事项的汇报")
    goes_on.set()
    qtbot.waitUntil(lambda: not overview.paste.busy and not overview.context.tasks.busy)
    assert not overview.paste.isHidden()
    fresh = [item.title for item in overview.paste.understood.lines if not item.known]
    assert fresh == ["又一项示例事项的汇报"]


def test_without_a_backup_nothing_of_a_long_agenda_is_stored_and_its_words_stay(
    overview: MeetingOverview, office: Office, meeting: int, qtbot: QtBot
) -> None:
    place = office.vault.folder / OWN_PLACE
    if place.exists():
        place.rmdir()
    place.write_text("not a folder")
    overview.open_paste()
    words = "\n".join(f"{at}. 示例事项{at}的汇报" for at in range(1, MANY + 1))
    overview.paste.text.setPlainText(words)
    overview.paste.store(as_new=False)
    qtbot.waitUntil(lambda: bool(overview.paste._problem.text()))
    assert "备份" in overview.paste._problem.text()
    assert overview.paste.text.toPlainText() == words
    assert len(Reviewing(office.desk).items(meeting)) == 2
