"""One check from its plan to the look back, done on the page as an officer does it: every value typed, every step
pressed, the letter looked at, the paper of the rectification put in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.services.office import Office
from paizhu.services.supervision.handing_letters import HandingLetters
from paizhu.services.supervision.letter_paper import paper_of
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.overviews.check_activity import ActivityOverview
from paizhu.ui.overviews.check_pane import CheckPane
from paizhu.ui.overviews.check_problem import ProblemOverview
from paizhu.ui.register.edit_choice import ChoiceEditor, ChoicesEditor
from paizhu.ui.register.edit_refs import RefsEditor
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .used import type_into

FINDING, ACTIVITY, PROPOSAL = map(registers.register, ("finding", "supervision_activity", "proposal"))


def fill(page: RegisterPage, **typed: str) -> None:
    """Type values as the officer does; a choice is chosen by its words, a box ticked by its own."""
    for name, words in typed.items():
        if not page.side.detail.form.fields[name].editing:
            page.side.detail.form.open_section(None, name)
        editor = page.side.detail.form.fields[name].editor
        assert editor is not None
        if isinstance(editor, ChoicesEditor):
            for box in editor.boxes.values():
                if box.text() == words:
                    box.click()
        elif isinstance(editor, ChoiceEditor):
            choices = editor.field.choices
            code = next((choice.code for choice in choices if choice.label == words), words)
            editor.show_raw(code)
            editor.edited.emit()
            editor.left.emit()
        elif isinstance(editor, RefsEditor):
            editor.line.setText(words)
            editor.edited.emit()
            editor.left.emit()
        else:
            type_into(page, name, words)


def press(page: RegisterPage, label: str, **typed: str) -> None:
    """Fill what a step asks for and press its button, or choose it among the further steps."""
    fill(page, **typed)
    way = next(each for each in page.side.detail.ways_on.all if each.step.label == label)
    page.side.detail.step_asked.emit(way.step)
    strip = page.side.detail.strip
    assert strip.isHidden() or "还不能" not in strip.accessibleName(), (
        label,
        strip.accessibleName(),
        [each.message for each in way.against],
    )


def pane(page: RegisterPage) -> CheckPane:
    page.side.detail.header.tabs.setCurrentIndex(0)
    found = page.side.detail.overview
    assert isinstance(found, CheckPane)
    return found


def answer(of: CheckPane, *words: str) -> None:
    for line, text in zip(of.ask.lines(), words, strict=False):
        if isinstance(line, QComboBox):
            line.setCurrentIndex(line.findText(text))
        elif isinstance(line, QLineEdit) and text:
            line.setText(text)
    next(each for each in of.ask.findChildren(Button) if "不做了" not in each.text()).click()
    assert of.ask.isHidden()


def begun(page: RegisterPage) -> int:
    """Register a check, carry it out, and note its two problems."""
    page.new_record("supervision_activity")
    typed = {"title": "示例公示专项检查", "kind": "日常检查", "theme": "权力运行", "units": "示例处"}
    fill(page, **typed, start_date="3.10", place="三楼")
    page.run("save")
    press(page, "直接开展", members="检查甲、检查乙", member_unit="某市示例纪委监委")
    press(page, "登记监督情况", end_date="3.12", methods="查阅资料", content="抽查 12 份公示")
    check = pane(page)
    assert isinstance(check, ActivityOverview)
    for problem in ("公示期不足 7 日", "公示没有受理电话"):
        check.problem_button.click()
        answer(check, problem, "", "责任甲", "示例办法第三条", "统一公示模板", "2026-04-10")
    assert pane(page) is check
    assert len(check.problems.lines) == 2
    return page.side.detail.work.record_id or 0


def sent(page: RegisterPage, office: Office, folder: Path) -> int:
    """Make a reminder of the check in front, sign it, look at its paper, deliver it."""
    check = pane(page)
    assert isinstance(check, ActivityOverview)
    check.letter_button.click()
    answer(check, "工作提醒函")
    assert page.side.register is PROPOSAL
    letter = page.side.detail.work.record_id or 0
    press(page, "审核", causes="没有统一模板", checker="审核人")
    press(page, "签发", signer="签发人", signed_at="3.16", seal="本组印章")
    row = office.records.get(PROPOSAL, letter)
    assert row.values["doc_no"] == "纪提〔2026〕1号"
    written = office.printing.paper(paper_of(row), PROPOSAL, letter, folder / "提醒函.pdf")
    assert (written.pages, written.path.read_bytes()[:4]) == (1, b"%PDF")
    press(page, "登记送达", delivered_at="3.16", delivered_by="承办人", received_by="签收人")
    return letter


def rectified(page: RegisterPage, office: Office, finding: int, folder: Path, qtbot: QtBot) -> None:
    """Take a problem from its measures to being struck off, with its paper."""
    page.open_record("finding", finding)
    press(page, "登记整改方案", measures="统一模板，逐项核对")
    page.side.detail.form.open_section(None, "measures")
    table = page.side.detail.form.tables["progress"]
    table.edit_asked.emit()
    table.add_row()
    for name, words in (("on", "3.20"), ("words", "模板已印发")):
        at = next(at for at, each in enumerate(table.model.fields) if each.name == name)
        assert table.model.setData(table.model.index(0, at), words)
    page.run("save")
    press(page, "开始整改")
    paper = folder / f"模板{finding}.txt"
    paper.write_text("示例", encoding="utf-8")
    problem = pane(page)
    assert isinstance(problem, ProblemOverview)
    problem.slot.add_asked.emit([paper], "evidence")
    work = page.side.detail.work
    qtbot.waitUntil(lambda: work.row is not None and work.row.values["evidence"] == 1)
    press(page, "登记整改结果", report="模板已统一", reported_at="4.1")
    press(
        page,
        "组织验收",
        accept_mode="查阅资料",
        accepted_at="4.2",
        acceptors="检查甲、检查乙",
        acceptor_unit="示例协作区",
    )
    press(page, "销号", accept_result="通过", review_note="逐份核对，公示期和电话都已补上", closed_at="4.3")
    assert office.records.get(FINDING, finding).state == "closed"


def test_a_check_with_two_problems_goes_from_plan_to_look_back(
    office: Office, context: Context, make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    office.records.save(registers.register("unit"), {"name": "示例处", "kind": "内设机构"})
    page = make_page(FINDING, ACTIVITY, PROPOSAL)
    context.events.asked_for.connect(page.open_record)
    handing = HandingLetters(office.desk)
    activity = begun(page)
    sent(page, office, tmp_path)
    first, second = handing.findings_of(activity)
    assert (first.state, second.state) == ("assigned", "assigned")
    assert [task.what for task in office.today.due() if task.register == "proposal"] == ["回复建议书"]
    with clock.clock_at(datetime(2026, 4, 3, 9)):
        press(page, "登记回复", replied_at="4.2", adopted="全部采纳", reply="已统一模板")
        rectified(page, office, first.id, tmp_path, qtbot)
        page.open_record("supervision_activity", activity)
        press(page, "登记反馈", feedback="提醒函", feedback_at="3.16")
        fill(page, closed_at="4.3")
        assert any("还有 1 个问题没有销号" in each.message for each in page.side.detail.ways_on.all[0].against)
        page.run("save")
        rectified(page, office, second.id, tmp_path, qtbot)
        page.open_record("supervision_activity", activity)
        press(page, "办结")
    with clock.clock_at(datetime(2026, 9, 28, 9)):
        assert {task.what for task in office.today.due() if task.register == "finding"} == {"整改回头看"}
        page.open_record("finding", first.id)
        press(page, "登记回头看", look_back="9.25", look_back_result="未反弹")
        press(page, "办结", papers_filed="是")
    assert office.records.get(FINDING, first.id).state == "done"
    assert office.records.get(ACTIVITY, activity).state == "closed"
    assert office.history.verify() == []
