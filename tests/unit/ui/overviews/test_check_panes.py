"""The first panes of a check, a problem and a letter: worked as an officer does, each answer one act."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.safety.backups import MANY
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.storage.backup_place import OWN_PLACE, Reason
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.label import Label
from paizhu.ui.overviews.check_activity import ActivityOverview
from paizhu.ui.overviews.check_letter import LetterOverview
from paizhu.ui.overviews.check_pane import CheckPane
from paizhu.ui.overviews.check_problem import ProblemOverview
from paizhu.ui.overviews.told import Told, ToldLines

FINDING, ACTIVITY, PROPOSAL, TALK = map(
    registers.register, ("finding", "supervision_activity", "proposal", "integrity_talk")
)


@pytest.fixture
def check(office: Office) -> int:
    office.records.save(registers.register("unit"), {"name": "示例处"})
    typed = {"title": "示例检查", "kind": "日常检查", "start_date": "2026-03-02", "end_date": "2026-03-05"}
    return office.records.save(ACTIVITY, {**typed, "units": "示例处"}).records[0][1]


def answer(pane: CheckPane, *words: str) -> None:
    """Fill in the strip's lines and press its button."""
    for line, text in zip(pane.ask.lines(), words, strict=False):
        if isinstance(line, QComboBox):
            line.setCurrentIndex(line.findText(text))
        elif isinstance(line, QLineEdit) and text != "*":
            line.setText(text)
    button = next(each for each in pane.ask.findChildren(Button) if each.text() != "不做了")
    button.click()


def shown(pane: CheckPane) -> str:
    from PySide6.QtWidgets import QPushButton

    labels = [label.text() for label in pane.findChildren(QLabel)]
    return "\n".join([*labels, *(button.text() for button in pane.findChildren(QPushButton))])


def test_a_problem_is_registered_on_the_page_of_its_check(
    office: Office, context: Context, check: int, qtbot: QtBot
) -> None:
    pane = ActivityOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(ACTIVITY, check))
    assert pane.letter_button.isHidden()
    pane.problem_button.click()
    unit = pane.ask.lines()[1]
    assert isinstance(unit, QLineEdit)
    assert unit.text() == "示例处"
    answer(pane, "", "*")
    assert not pane.ask.isHidden()
    answer(pane, "公示期不足", "*", "责任甲", "办法第三条", "统一模板", "2026-04-01")
    assert pane.ask.isHidden()
    pane.show_record(office.records.get(ACTIVITY, check))
    assert [line.cells["problem"].words for line in pane.problems.lines] == ["公示期不足"]
    assert not pane.letter_button.isHidden()
    (finding,) = HandingLetters(office.desk).findings_of(check)
    assert (str(finding.values["due"]), finding.values["basis"]) == ("2026-04-01", "办法第三条")


def test_a_letter_is_drafted_from_the_check_and_opened(
    office: Office, context: Context, check: int, qtbot: QtBot
) -> None:
    HandingLetters(office.desk).findings_from_activity(check, [{"problem": "公示期不足"}])
    pane = ActivityOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(ACTIVITY, check))
    pane.letter_button.click()
    with qtbot.waitSignal(context.events.asked_for) as asked:
        answer(pane, "整改通知书")
    assert asked.args[0] == "proposal"
    letter = office.records.get(PROPOSAL, int(asked.args[1]))
    assert letter.values["kind"] == "rectify"
    pane.show_record(office.records.get(ACTIVITY, check))
    assert [line.cells["name"].words for line in pane.letters.lines] == [f"整改通知书 {letter.no}"]
    assert pane.letter_button.isHidden()


def test_a_problem_shows_where_it_came_from_and_what_is_missing(
    office: Office, context: Context, check: int, qtbot: QtBot
) -> None:
    handing = HandingLetters(office.desk)
    handing.findings_from_activity(check, [{"problem": "公示期不足", "basis": "办法第三条"}])
    (finding,) = handing.findings_of(check)
    pane = ProblemOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(finding)
    told = shown(pane)
    for words in ("办法第三条", "示例检查", "还没有发函", "还没有写，销号前须写明"):
        assert words in told
    assert "未收到" in pane.slot.accessibleName()
    with qtbot.waitSignal(context.events.asked_for) as asked:
        next(each for each in pane.problem.findChildren(Button) if each.text() == "示例检查").click()
    assert asked.args == ["supervision_activity", check]


def test_a_problem_struck_off_before_is_named_with_the_way_to_it(
    office: Office, context: Context, check: int, qtbot: QtBot
) -> None:
    handing = HandingLetters(office.desk)
    change = handing.findings_from_activity(check, [{"problem": "公示期不足", "category": "制度"}])
    with office.vault.act("save", "销号") as act:
        act.change(FINDING, change.records[0][1], None, {"state": "closed", "closed_at": None})
        act.change(
            FINDING, change.records[0][1], None, {"closed_at": office.records.get(FINDING, 1).values["found_at"]}
        )
    again = handing.findings_from_activity(
        check, [{"problem": "公示又不足", "category": "制度", "found_at": "2026-03-13"}]
    )
    pane = ProblemOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(FINDING, again.records[0][1]))
    assert not pane.strip.isHidden()
    assert "疑似屡改屡犯" in shown(pane.strip)  # type: ignore[arg-type]  # a strip has labels too
    pane.show_record(office.records.get(FINDING, change.records[0][1]))
    assert pane.strip.isHidden()


def test_a_letter_names_its_own_clock_as_the_day_of_the_reply(office: Office, context: Context, qtbot: QtBot) -> None:
    typed = {"title": "关于公示的建议", "addressee": "示例处", "kind": "纪律检查建议", "reply_due": "2026-04-20"}
    letter = office.records.save(PROPOSAL, typed).records[0][1]
    with office.vault.act("save", "补录") as act:
        act.change(PROPOSAL, letter, None, {"state": "delivered", "delivered_at": date(2026, 3, 2)})
    pane = LetterOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(PROPOSAL, letter))
    labels = [each.text() for each in pane.facts.findChildren(QLabel)]
    assert "回复期限" in labels
    assert "回复建议书" not in labels


def test_labels_of_one_pane_stand_in_one_column(qtbot: QtBot) -> None:
    few, many = ToldLines("问题"), ToldLines("建议")
    few.show_lines([Told("来源", "示例"), Told("问题", "示例")])
    many.show_lines([Told("建议书文号", "示例"), Told("整改期限", "示例")])
    for each in (few, many):
        qtbot.addWidget(each)
        each.resize(500, 80)
        each.show()
    starts = [each.findChildren(QLabel)[1].mapTo(each, QPoint(0, 0)).x() for each in (few, many)]
    assert starts[0] == starts[1]


def test_a_letter_shows_its_rows_and_offers_to_follow_them(
    office: Office, context: Context, check: int, qtbot: QtBot
) -> None:
    rows = {"problems": [{"problem": "公示期不足"}], "suggestions": [{"words": "统一模板", "adopted": "采纳"}]}
    letter = office.records.save(
        PROPOSAL, {"title": "关于公示的建议", "addressee": "示例处", "kind": "纪律检查建议"}, rows=rows
    ).records[0][1]
    pane = LetterOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(PROPOSAL, letter))
    assert [line.cells["words"].words for line in pane.lines.lines] == ["公示期不足", "统一模板"]
    assert not pane.follow_button.isHidden()
    pane.follow_button.click()
    pane.show_record(office.records.get(PROPOSAL, letter))
    assert pane.follow_button.isHidden()
    record = pane.lines.lines[0].record
    assert record is not None
    assert record.register == "finding"
    with qtbot.waitSignal(context.events.paper_asked) as asked:
        pane.paper_button.click()
    assert asked.args == ["proposal", letter, "proposal_letter"]


def many_talked_to(office: Office, count: int = MANY) -> int:
    typed = {"title": "示例约谈", "kind": "约谈", "start_date": "2026-03-02", "end_date": "2026-03-02"}
    people = "、".join(f"示例{chr(0x4E00 + at)}" for at in range(count))
    return office.records.save(ACTIVITY, {**typed, "talked": people}).records[0][1]


def test_talks_of_many_persons_of_a_check_are_written_once_behind_a_backup(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    check = many_talked_to(office)
    pane = ActivityOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(ACTIVITY, check))
    with qtbot.waitSignal(context.events.said):
        pane.talk_button.click()
        pane.talk_button.click()
    assert office.records.count(View(TALK.key)) == MANY
    assert [each.reason for each in office.backups.list()] == [Reason.MASS_CHANGE]


def test_problems_of_a_long_letter_are_followed_behind_a_backup_and_not_at_all_without_one(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    rows = {"problems": [{"problem": f"示例问题{at}"} for at in range(MANY)]}
    typed = {"title": "示例建议", "addressee": "示例处", "kind": "纪律检查建议"}
    letter = office.records.save(PROPOSAL, typed, rows=rows).records[0][1]
    pane = LetterOverview(context)
    qtbot.addWidget(pane)
    pane.show_record(office.records.get(PROPOSAL, letter))
    shutil.rmtree(office.vault.folder / OWN_PLACE, ignore_errors=True)
    (office.vault.folder / OWN_PLACE).write_text("not a folder")
    pane.follow_button.click()
    qtbot.waitUntil(lambda: not pane.strip.isHidden())
    assert office.records.count(View(FINDING.key)) == 0
    (office.vault.folder / OWN_PLACE).unlink()
    with qtbot.waitSignal(context.events.said):
        pane.follow_button.click()
    assert office.records.count(View(FINDING.key)) == MANY
    assert pane.strip.isHidden()
    assert [each.reason for each in office.backups.list()] == [Reason.MASS_CHANGE]


def test_a_sentence_has_the_whole_width_and_its_record_stands_below(qtbot: QtBot) -> None:
    lines = ToldLines("文书")
    qtbot.addWidget(lines)
    lines.resize(700, 300)
    lines.show()
    words = "保障房分配专项监督发现补贴复核超期，反映出复核机制不健全"
    lines.show_lines([Told("起因", words, records=[Ref("示例专项监督", "supervision_activity", 7)])])
    told = next(label for label in lines.findChildren(Label) if label.text() == words)
    (link,) = lines.findChildren(Button)
    qtbot.waitUntil(lambda: told.height() > 0 and link.y() >= told.y() + told.height())
    one_line = told.heightForWidth(told.width()) < 2 * told.fontMetrics().lineSpacing()
    assert one_line, "a short sentence is not wrapped for the sake of its record"
    assert link.x() - told.x() < 8
