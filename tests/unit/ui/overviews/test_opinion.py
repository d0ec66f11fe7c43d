"""A letter about persons worked in the window: pasted, searched, answered by keyboard and mouse, signed, news shown."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.services.drafts import PaneDrafts
from paizhu.services.office import Office
from paizhu.services.opinions.answering import Opinions
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.scrolled import scrolling
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.overviews.opinion import OpinionOverview
from paizhu.ui.overviews.opinion_people import found_mark

OPINION: Register = registers.register("integrity_opinion")
PERSON: Register = registers.register("person")
LEAD: Register = registers.register("lead")
TEN = "\n".join(f"示例{word} 办公室科员 拟任副主任" for word in "甲乙丙丁戊己庚辛壬癸")


@pytest.fixture
def letter(office: Office) -> int:
    office.records.save(PERSON, {"name": "示例甲"})
    office.records.save(LEAD, {"subject": "示例甲", "received_at": "2026-03-02", "summary": "示例"})
    return office.records.save(OPINION, {"from_unit": "人事处", "received_at": "2026-03-13"}).records[0][1]


@pytest.fixture
def overview(context: Context, qtbot: QtBot, letter: int) -> OpinionOverview:
    """The pane on screen, kept fresh as the page does it."""
    made = OpinionOverview(context)
    qtbot.addWidget(made)
    made.resize(940, 800)
    made.show()
    qtbot.waitExposed(made)
    show(made, letter)
    context.events.changed.connect(lambda _change: show(made, letter))
    return made


def show(overview: OpinionOverview, letter: int) -> None:
    overview.show_record(overview.context.office.records.get(OPINION, letter))


def fill(overview: OpinionOverview, words: str = TEN) -> None:
    overview.paste.text.setPlainText(words)
    overview.paste.read()
    QTest.mouseClick(overview.paste.store_button, Qt.MouseButton.LeftButton)


def choose(overview: OpinionOverview, *rows: int) -> None:
    selection = overview.table.selectionModel()
    selection.clear()
    for row in rows:
        index = overview.people.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.select(index, flags)


def state_of(overview: OpinionOverview, letter: int) -> str:
    return overview.context.office.records.get(OPINION, letter).state


def test_a_letter_without_persons_asks_for_them_and_searches_at_once(overview: OpinionOverview, letter: int) -> None:
    assert overview.paste.isVisible()
    fill(overview)
    assert not overview.paste.isVisible()
    assert overview.people.rowCount() == 10
    assert state_of(overview, letter) == "looked_up"
    shown = [overview.people.index(row, 2).data() for row in (0, 1)]
    assert shown == ["线索 1", "五个来源已查，没有查到"]
    assert all(overview.people.index(row, 3).data() == "未选定" for row in range(10))


def test_an_earlier_opinion_is_told_beside_the_five_sources_and_not_instead(
    overview: OpinionOverview, office: Office
) -> None:
    office.records.save(
        OPINION, {"from_unit": "人事处", "received_at": "2026-03-02"}, rows={"opinion_person": [{"person": "示例丙"}]}
    )
    fill(overview)
    mark = found_mark(overview.people.lines[2])
    assert (mark.words, mark.short) == ("五个来源已查，只有往次意见 1", "已查，只有往次意见 1")
    assert overview.people.index(2, 2).data() == mark.words


def test_the_red_button_asks_for_the_persons_and_then_takes_them(overview: OpinionOverview, letter: int) -> None:
    assert [offer.words for offer in overview.offers()] == ["登记征求意见人员"]
    overview.act("people")
    assert overview.paste.isVisible()
    overview.paste.text.setPlainText(TEN)
    overview.act("people")
    assert len(overview.people.lines) == 10
    assert [offer.words for offer in overview.offers()] == ["会审签字"]


def test_nothing_is_stored_when_the_paste_is_left(overview: OpinionOverview, letter: int) -> None:
    overview.paste.text.setPlainText(TEN)
    QTest.keyClick(overview.paste.text, Qt.Key.Key_Escape)
    assert overview.people.rowCount() == 0
    assert state_of(overview, letter) == "received"
    overview.open_paste()
    assert overview.paste.text.toPlainText() == TEN, "Esc leaves the words as a draft"


def test_a_long_list_of_names_stands_in_a_table_with_what_is_to_be_looked_at(overview: OpinionOverview) -> None:
    overview.open_paste()
    labels = len(overview.paste.findChildren(QLabel))
    overview.paste.text.setPlainText("\n".join(f"示例甲{at} 办公室主任 拟任副处长" for at in range(300)))
    overview.paste.read()
    assert overview.paste.table.isVisible()
    assert overview.paste.understood.rowCount() == 300
    assert len(overview.paste.findChildren(QLabel)) == labels
    row = overview.paste.understood.index(299, 0)
    words = row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "示例甲299" in words
    assert "名册里没有此人" in words


def test_a_workbook_of_persons_is_taken(
    overview: OpinionOverview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["姓名", "单位", "现任职务", "拟任职务"], ["示例甲", "办公室", "科员", "副主任"]):
        book.active.append(row)
    book.save(tmp_path / "名单.xlsx")
    monkeypatch.setattr(messages, "ask_open", lambda *_: tmp_path / "名单.xlsx")
    overview.paste._ask_book()
    QTest.mouseClick(overview.paste.store_button, Qt.MouseButton.LeftButton)
    assert [person.who.label for person in overview.people.lines] == ["示例甲"]


def test_every_record_found_is_one_press_away(overview: OpinionOverview, qtbot: QtBot) -> None:
    fill(overview)
    choose(overview, 0)
    (link,) = overview.found.links
    with qtbot.waitSignal(overview.context.events.asked_for) as asked:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == ["lead", 1]


def test_several_persons_are_answered_alike_and_each_with_a_reason(overview: OpinionOverview, letter: int) -> None:
    fill(overview)
    choose(overview, *range(1, 10))
    assert overview.found.isVisibleTo(overview)
    assert "选中 9 人" in overview._found_head.text()
    overview.answer.radios["clear"].setFocus()
    QTest.keyClick(overview.answer.radios["clear"], Qt.Key.Key_Space)
    choose(overview, 0)
    assert not any(radio.isChecked() for radio in overview.answer.radios.values())
    QTest.mouseClick(overview.answer.radios["hold"], Qt.MouseButton.LeftButton)
    overview.answer.reason.setCurrentIndex(overview.answer.reason.findData("checking"))
    overview.answer.reason.activated.emit(overview.answer.reason.currentIndex())
    rows = overview.context.office.records.rows(OPINION, letter)["opinion_person"]
    assert [row.values["reply"] for row in rows] == ["hold", *["clear"] * 9]
    assert [row.values["reply_reason"] for row in rows] == ["checking", *[None] * 9]


def test_a_digit_in_the_list_gives_the_chosen_persons_their_answer(overview: OpinionOverview, letter: int) -> None:
    fill(overview)
    choose(overview, 3, 4)
    QTest.keyClick(overview.table, Qt.Key.Key_1)
    choose(overview, 0)
    QTest.keyClick(overview.table, Qt.Key.Key_2)
    assert overview.answer.reason.isVisible()
    rows = overview.context.office.records.rows(OPINION, letter)["opinion_person"]
    codes = list(overview.answer.radios)
    assert [rows[at].values["reply"] for at in (0, 2, 3, 4)] == [codes[1], None, codes[0], codes[0]]


def test_facts_are_written_beside_the_answer(overview: OpinionOverview, letter: int) -> None:
    fill(overview)
    choose(overview, 1)
    QTest.mouseClick(overview.answer.radios["facts"], Qt.MouseButton.LeftButton)
    overview.answer.facts.setText("2025 年受诫勉，影响期已满")
    QTest.keyClick(overview.answer.facts, Qt.Key.Key_Return)
    row = overview.context.office.records.rows(OPINION, letter)["opinion_person"][1]
    assert (row.values["reply"], row.values["facts"]) == ("facts", "2025 年受诫勉，影响期已满")


def test_the_draft_is_signed_from_the_bar(overview: OpinionOverview, letter: int) -> None:
    fill(overview)
    assert [offer.words for offer in overview.offers()] == ["会审签字"]
    overview.act("joint")
    lines = overview.ask.lines()
    assert isinstance(lines[2], QLineEdit)
    assert lines[2].text() == "陈守正"
    QTest.keyClick(lines[2], Qt.Key.Key_Return)
    assert state_of(overview, letter) == "checked"
    assert overview.offers() == ()


def test_what_is_asked_comes_into_sight_from_the_end_of_a_long_letter(overview: OpinionOverview, qtbot: QtBot) -> None:
    fill(overview)
    area = scrolling(overview)
    area.resize(940, 420)
    area.show()
    qtbot.waitExposed(area)
    bar = area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    bar.setValue(bar.maximum())
    overview.act("joint")
    seen = area.viewport()
    qtbot.waitUntil(lambda: seen.rect().contains(overview.ask.lines()[0].mapTo(seen, QPoint(0, 0))))
    area.takeWidget()
    area.deleteLater()


def test_news_after_the_reply_stands_on_top_with_both_ways_on(
    overview: OpinionOverview, letter: int, qtbot: QtBot, office: Office
) -> None:
    fill(overview)
    with office.vault.act("step", "已发函") as act:
        act.change(OPINION, letter, None, {"state": "sent", "reply_at": office.desk.today})
    change = office.records.save(LEAD, {"subject": "示例乙", "received_at": "2026-03-16"})
    overview.context.events.changed.emit(change)
    assert overview.strip.isVisible()
    assert "示例乙" in overview.strip.accessibleName()
    assert not overview.add_button.isVisible()
    assert found_mark(overview.people.lines[1]).words == "线索 1"
    with qtbot.waitSignal(overview.step_asked) as asked:
        overview.strip.acted.emit("supplemented")
    assert asked.args == ["supplemented"]


def test_the_dossier_begins_an_opinion_and_later_goes_back_to_it(
    context: Context, qtbot: QtBot, office: Office
) -> None:
    person = office.records.save(PERSON, {"name": "示例甲", "post_now": "科员"}).records[0][1]
    pane = DossierOverview(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_record(office.records.get(PERSON, person))
    assert [offer.words for offer in pane.offers()] == ["出具廉政意见"]
    pane.act("opinion")
    unit, _number, received, _reason, to_post = pane.opinion.lines()
    assert isinstance(unit, QLineEdit)
    assert isinstance(received, QLineEdit)
    assert isinstance(to_post, QLineEdit)
    assert received.text() == "2026-03-16"
    QTest.keyClick(unit, Qt.Key.Key_Return)
    assert pane.opinion.isVisible()
    unit.setText("人事处")
    to_post.setText("副主任")
    with qtbot.waitSignal(context.events.asked_for) as asked:
        QTest.keyClick(to_post, Qt.Key.Key_Return)
    made = asked.args[1]
    (standing,) = Opinions(office.desk).people(made)
    assert (standing.who, standing.row.values["to_post"]) == (Ref("示例甲", "person", person), "副主任")
    assert len(standing.hits) == 5
    with qtbot.waitSignal(context.events.asked_for) as again:
        pane.act("opinion")
    assert again.args == [OPINION.key, made]


def test_names_that_are_not_stored_yet_survive_the_lock(
    overview: OpinionOverview, context: Context, letter: int, qtbot: QtBot
) -> None:
    overview.open_paste()
    overview.paste.text.setPlainText(TEN)
    overview.keep_draft()
    after = OpinionOverview(context)
    qtbot.addWidget(after)
    show(after, letter)
    assert after.paste.text.toPlainText() == TEN.strip()
    after.paste.leave()
    show(after, letter)
    assert after.paste.text.toPlainText() == ""
    fill(overview)
    overview.keep_draft()
    overview.paste.store()
    assert not PaneDrafts(context.office.vault, "integrity_opinion:people").find(letter)
