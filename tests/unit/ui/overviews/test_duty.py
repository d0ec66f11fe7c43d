"""One responsibility item as it is worked: a period reported, papers put in their places, letters and answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Row
from paizhu.services.duties import work as duty_work
from paizhu.services.duties.work import DutyWork
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.overviews.duty import DutyOverview
from paizhu.ui.register.page import RegisterPage
from tests.typed import WHOLE

DUTY = registers.register("duty_item")


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Stand on a Thursday in September."""
    with clock.clock_at(datetime(2026, 9, 17, 9)):
        yield


@pytest.fixture
def item(office: Office) -> int:
    """A quarterly item under way, its third quarter due in three working days."""
    typed = {
        **WHOLE["duty_item"],
        "subject": "示例局",
        "owner": "示例甲",
        "content": "更新示例台账",
        "frequency": "每季",
        "due_date": "2026-12-26",
    }
    periods = [
        {"period": "一季度", "due": "2026-03-28", "completion": "已完成", "reported_at": "2026-03-28"},
        {"period": "二季度", "due": "2026-06-27", "completion": "已完成", "reported_at": "2026-06-27"},
        {"period": "三季度", "due": "2026-09-22", "material": "三季度台账"},
        {"period": "四季度", "due": "2026-12-26"},
    ]
    made = office.records.save(DUTY, typed, rows={"period": periods}).records[0][1]
    issued = {"issue_doc": "示例〔2026〕1号", "issued_at": "2026-01-10", "signed_for": "示例乙"}
    office.records.advance(DUTY, made, "issued", issued)
    office.records.advance(DUTY, made, "doing", {"progress": "一季度：已更新"})
    return made


@pytest.fixture
def page(context: Context, item: int, qtbot: QtBot) -> RegisterPage:
    """The page with the item open."""
    made = RegisterPage(context, (DUTY,))
    qtbot.addWidget(made)
    made.resize(1440, 800)
    made.show()
    qtbot.waitExposed(made)
    made.open_record(DUTY.key, item)
    return made


@pytest.fixture
def pane(page: RegisterPage) -> DutyOverview:
    """Its first pane."""
    found = page.side.detail.overview
    assert isinstance(found, DutyOverview)
    return found


def row(office: Office, item: int) -> Row:
    return office.records.get(DUTY, item)


def test_it_opens_at_the_period_to_report_and_every_period_is_seen(page: RegisterPage, pane: DutyOverview) -> None:
    assert pane.periods.reading() == "第 3 期，共 4 期：三季度，待报，限 09-22"
    assert pane.report.typed() == ("三季度", "", "")
    assert page.side.detail.bar.primary.accessibleName() == "保存进展"
    assert page.side.detail.bar.second.accessibleName() == "生成提醒函"


def test_arrows_choose_a_period(pane: DutyOverview) -> None:
    QTest.keyClick(pane.periods, Qt.Key.Key_Left)
    assert pane.report.typed()[:2] == ("二季度", "done")


def test_ctrl_s_saves_the_period(page: RegisterPage, pane: DutyOverview, office: Office, item: int) -> None:
    pane.report.degree.chosen.emit("done")
    pane.report.degree.set_current("done")
    pane.report.note.setPlainText("更新 22 条")
    assert page.run("save")
    third = office.records.rows(DUTY, item)["period"][2].values
    assert (third["completion"], third["note"]) == ("done", "更新 22 条")
    assert row(office, item).values["progress"] == "三季度：更新 22 条"


def test_without_a_degree_it_is_refused_and_the_words_stay(
    page: RegisterPage, pane: DutyOverview, office: Office, item: int
) -> None:
    pane.report.note.setPlainText("只写了说明")
    page.run("save")
    assert "完成度" in pane.strip.accessibleName()
    assert pane.report.note.toPlainText() == "只写了说明"
    assert office.records.rows(DUTY, item)["period"][2].values["note"] is None


def test_what_is_typed_survives_a_lock(
    page: RegisterPage, pane: DutyOverview, context: Context, item: int, qtbot: QtBot
) -> None:
    pane.report.note.setPlainText("写到一半")
    page.save_draft()
    other = RegisterPage(context, (DUTY,))
    qtbot.addWidget(other)
    other.open_record(DUTY.key, item)
    again = other.side.detail.overview
    assert isinstance(again, DutyOverview)
    assert again.report.note.toPlainText() == "写到一半"


def test_a_file_dragged_onto_a_place_lies_in_it(
    page: RegisterPage, pane: DutyOverview, office: Office, item: int, tmp_path: Path, qtbot: QtBot, context: Context
) -> None:
    slot = next(each for each in pane.papers.slots if each.name == "三季度台账")
    assert slot.accessibleName() == "三季度台账：三季度台账：未收到"
    paper = tmp_path / "台账.txt"
    paper.write_text("示例", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(slot.rect().center(), copy, data, left, none)
    slot.dragEnterEvent(entering)
    assert entering.isAccepted()
    slot.dropEvent(QDropEvent(QPointF(slot.rect().center()), copy, data, left, none))
    qtbot.waitUntil(lambda: bool(office.records.attachments(DUTY, item)))
    (file,) = office.records.attachments(DUTY, item)
    assert (file["slot"], file["name"]) == ("evidence:三季度", "台账.txt")
    qtbot.waitUntil(lambda: any(each.accessibleName() == "三季度台账：1 份" for each in pane.papers.slots))


def test_a_letter_is_shown_to_be_printed_and_its_urging_logged(
    page: RegisterPage, pane: DutyOverview, context: Context, office: Office, item: int, qtbot: QtBot
) -> None:
    page.side.detail.bar.second.click()
    lines = pane.ask.lines()
    assert isinstance(lines[0], QLineEdit)
    assert lines[0].text() == "示例甲"
    with qtbot.waitSignal(context.events.paper_asked) as asked:
        QTest.keyClick(lines[0], Qt.Key.Key_Return)
    assert asked.args == [DUTY.key, item, "duty_reminder"]
    assert office.printing.draft("duty_reminder", DUTY, item).content.startswith(b"%PDF")
    (urged,) = office.records.rows(DUTY, item)["urging"]
    assert str(urged.values["urged_at"]) == "2026-09-17"
    assert str(urged.values["reply_due"]) > "2026-09-17"
    qtbot.waitUntil(lambda: not pane.urgings.isHidden())


def test_after_three_silences_the_report_is_offered(pane: DutyOverview, office: Office, item: int) -> None:
    work = DutyWork(office.desk)
    for _each in range(3):
        work.urge(row(office, item), "letter", "示例甲", "2026-09-18")
    pane.show_record(row(office, item))
    assert "已督促 3 次没有答复" in pane.strip.accessibleName()
    answers = [each for each in pane.urgings.findChildren(Button) if each.accessibleName().startswith("登记答复")]
    answers[0].click()
    line = pane.ask.lines()[0]
    assert isinstance(line, QLineEdit)
    line.setText("月底前办结")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert work.urgings(row(office, item)).unanswered == 0


def test_a_finished_item_is_read_only(pane: DutyOverview, page: RegisterPage, office: Office, item: int) -> None:
    with office.vault.act("save") as act:
        act.change(DUTY, item, None, {"state": "done"})
    pane.show_record(row(office, item))
    assert pane.offers() == ()
    assert pane.report._fields.isHidden()
    assert duty_work.REPORT not in [offer.key for offer in pane.offers()]


def test_an_item_nobody_was_given_yet_is_issued_before_anything_is_reported(page: RegisterPage, office: Office) -> None:
    made = office.records.save(DUTY, {"subject": "示例局", "content": "示例事项"}).records[0][1]
    page.open_record(DUTY.key, made)
    detail = page.side.detail
    assert detail.overview is not None
    assert not detail.overview.report.isVisible()  # type: ignore[attr-defined]  # the overview of an item has one
    assert detail.bar.primary.accessibleName() == "分解下达"
    page.run("record.primary")
    assert "还不能分解下达" in detail.strip.accessibleName()
