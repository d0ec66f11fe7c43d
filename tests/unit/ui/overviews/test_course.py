"""The overview of a matter as it is used: read, handed on, walked through, and who reported shown for a minute."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.base.register import Register
from paizhu.base.rows import Change, Ref
from paizhu.base.values import MASK
from paizhu.base.view import View
from paizhu.registers.case_flow import CASE_FLOW
from paizhu.services.matters.course_papers import Paper
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.hint_card import HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import PasswordEdit
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.overviews.course import CourseOverview
from paizhu.ui.overviews.course_clocks import ClockCard, shown
from paizhu.ui.overviews.course_file import Papers
from paizhu.ui.overviews.course_people import REVEAL, WRITE
from paizhu.ui.overviews.course_timeline import ALL, ONLY_NODES
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.theme import Theme
from tests.conftest import PASSWORD
from tests.unit.ui.register.used import revealed

PETITION, LEAD, CASE, MEASURE = (registers.register(key) for key in ("petition", "lead", "case", "measure"))
SECRET = "某举报人甲"
OF_ALL = {"决定机关", "主要事实", "依据条款"}
"""What every measure must say."""
Show = Callable[..., CourseOverview]


pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def show(context: Context, qtbot: QtBot) -> Show:
    """Show a record's overview in a scrolling pane of ordinary width."""
    areas: list[QScrollArea] = []

    def shown_one(register: Register, record_id: int, width: int = 1000) -> CourseOverview:
        overview = CourseOverview(context, register.key)
        area = QScrollArea()
        areas.append(area)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(overview)
        area.resize(width, 600)
        qtbot.addWidget(area)
        area.show()
        qtbot.waitExposed(area)
        overview.show_record(context.office.records.get(register, record_id))
        qtbot.waitUntil(lambda: all(card.isVisible() for card in overview.clocks.cards))
        qtbot.waitUntil(lambda: overview.height() >= overview.minimumSizeHint().height())
        return overview

    return shown_one


def letter(office: Office, state: str = "accepted", **more: object) -> int:
    typed: dict[str, object] = {
        "received_at": "2026-03-02", "channel": "来信", "origin": "本级收到", "named": "实名", "own_level": "本级",
        "petition_class": "检举控告", "is_repeat": "否", "reported_names": ["示例甲"], "issue_types": ["廉洁纪律"],
        "summary": "反映示例甲收受检测企业礼品礼金", "accepted_at": "2026-03-03", **more,
    }  # fmt: skip
    rows = {"informant": [{"mark": "反映人一", "name": SECRET, "phone": "00000000000"}]}
    made = office.records.save(PETITION, typed, rows=rows).records[0][1]
    move(office, PETITION, made, state)
    return made


def move(office: Office, register: Register, record_id: int, state: str) -> None:
    with office.vault.act("save", "补录") as act:
        act.change(register, record_id, None, {"state": state})


def tried_case(office: Office) -> int:
    """A case in trial with its lead and its letter."""
    source = letter(office, "as_lead")
    lead = office.records.save(LEAD, {
        "subject": "示例甲", "received_at": "2026-01-05", "proposed_at": "2026-01-12", "mode": "初步核实",
        "approved_at": "2026-01-14", "petition_refs": [Ref(number(office, PETITION, source), "petition", source)],
    }).records[0][1]  # fmt: skip
    move(office, LEAD, lead, "filed")
    case = office.records.save(CASE, {
        "name": "示例甲收受礼品案", "subject": "示例甲", "subject_unit": "示例站", "subject_post": "副站长",
        "lead_ref": Ref(number(office, LEAD, lead), "lead", lead), "filed_at": "2026-01-20",
        "trial_accepted_at": "2026-03-02", "team": ["示例丙", "示例丁"], "trial_team": ["示例戊", "示例己"],
        "facts": "2 起，金额 1.20 万元", "proposed_measure": "党内警告",
    }, rows={"measures_used": [{"kind": "谈话", "taken_at": "2026-02-03"}]}).records[0][1]  # fmt: skip
    move(office, CASE, case, "trial")
    return case


def number(office: Office, register: Register, record_id: int) -> str:
    return office.records.get(register, record_id).no


def words(inside: QWidget) -> str:
    """Every word a reader of this pane gets: what is shown and what is read out."""
    found = [each.text() for each in inside.findChildren(Label)]
    found += [each.text() for each in inside.findChildren(Button)]
    return "\n".join([*found, *(each.accessibleName() for each in inside.findChildren(QWidget))])


def button(inside: QWidget, name: str) -> Button:
    return next(each for each in inside.findChildren(Button) if name in each.accessibleName())


def opened(context: Context, qtbot: QtBot, kind: str, record_id: int) -> RegisterPage:
    """Return the page of all matters with one of them in front."""
    page = RegisterPage(context, (PETITION, LEAD, CASE, MEASURE))
    qtbot.addWidget(page)
    page.resize(1366, 680)
    page.show()
    qtbot.waitExposed(page)
    page.open_record(kind, record_id)
    return page


def test_a_case_tells_stations_clocks_people_facts_and_papers(office: Office, show: Show) -> None:
    overview = show(CASE, tried_case(office))
    assert overview.head.stepper.accessibleName() == "第 4 步，共 6 步：审理，进行中"
    cards = {card.clock.what: card.accessibleName() for card in overview.clocks.cards}
    assert cards["完成审理"].startswith("完成审理，剩 ")
    assert cards["向实名举报人反馈结果"] == "向实名举报人反馈结果，未起算，办结后 15 个工作日内"
    told = words(overview.people)
    assert "被审查人，示例甲，示例站副站长" in told
    assert "审理人，示例戊，查审分离" in told
    assert ("拟处理意见", "党内警告") in overview.facts.words()
    assert "缺 1 份" in words(overview.papers)
    assert "立案呈批表" in words(overview.papers)


def test_links_and_stations_open_the_other_parts(office: Office, context: Context, show: Show) -> None:
    overview = show(CASE, tried_case(office))
    asked: list[tuple[str, int]] = []
    context.events.asked_for.connect(lambda register, record_id: asked.append((register, record_id)))
    button(overview.head, "打开线索").click()
    overview.head.stepper.setFocus()
    QTest.keyClick(overview.head.stepper, Qt.Key.Key_Left)
    QTest.keyClick(overview.head.stepper, Qt.Key.Key_Left)
    QTest.keyClick(overview.head.stepper, Qt.Key.Key_Left)
    QTest.keyClick(overview.head.stepper, Qt.Key.Key_Return)
    assert asked == [("lead", 1), ("petition", 1)]


def test_only_nodes_stand_on_the_line_until_all_days_are_asked_for(office: Office, show: Show) -> None:
    timeline = show(CASE, tried_case(office)).timeline
    assert all(each.key for each in timeline.shown())
    assert "采取" not in words(timeline)
    assert timeline.switch.accessibleName() == ALL
    timeline.switch.click()
    assert "2026-02-03，立案，采取：谈话" in words(timeline)
    assert timeline.switch.accessibleName() == ONLY_NODES


def test_a_clock_goes_to_what_stops_it(office: Office, context: Context, show: Show) -> None:
    overview = show(PETITION, letter(office, notice_at=None))
    fields: list[str] = []
    overview.field_asked.connect(fields.append)
    card = next(card for card in overview.clocks.cards if card.clock.what == "向实名举报人告知受理")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert fields == ["notice_at"]


def test_every_open_clock_has_a_card_and_only_the_latest_passed_ones() -> None:
    from paizhu.services.matters.course_clocks import Clock

    passed = [Clock(("lead", 1), str(at), "done", "", "", "", "") for at in range(6)]
    running = [Clock(("case", 1), "running", "later", "", "", "", "")]
    found, more = shown([*passed, *running])
    assert [each.what for each in found] == ["3", "4", "5", "running"]
    assert more == 3


def test_the_facts_lead_into_the_form_to_the_first_that_is_missing(office: Office, show: Show) -> None:
    overview = show(CASE, tried_case(office))
    assert ("主要问题", "待补") in overview.facts.words()
    fields: list[str] = []
    overview.field_asked.connect(fields.append)
    button(overview.facts, "修改审理意见").click()
    assert fields == ["issue_types"]


# --- who reported --------------------------------------------------------------------------------------------------


def reveal(overview: CourseOverview, password: str, reason: str) -> None:
    button(overview.people, REVEAL).click()
    secret, line = overview.informant.ask.lines()
    assert isinstance(secret, PasswordEdit)
    assert isinstance(line, QLineEdit)
    secret.field.setText(password)
    line.setText(reason)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_who_reported_is_a_mask_until_password_and_reason_are_given(
    office: Office, context: Context, show: Show, qtbot: QtBot
) -> None:
    overview = show(CASE, tried_case(office))
    assert MASK in words(overview.people)
    assert SECRET not in words(overview)
    reveal(overview, PASSWORD, "核对反馈地址")
    qtbot.waitUntil(lambda: SECRET in revealed(overview.informant.box), timeout=20000)
    pane = overview.window()
    assert pane.focusWidget() is overview.informant.box.hide_button
    (entry,) = office.history.entries(kind="reveal")
    assert [change.after for change in office.history.changes(entry.id)] == ["事由：核对反馈地址"]


def test_the_line_for_the_password_is_scrolled_into_view(office: Office, show: Show, qtbot: QtBot) -> None:
    overview = show(CASE, tried_case(office), 480)
    button(overview.people, REVEAL).click()

    def is_seen() -> bool:
        return not overview.informant.ask.visibleRegion().isEmpty()

    qtbot.waitUntil(is_seen)
    QTest.keyClick(overview.informant.ask, Qt.Key.Key_Escape)
    assert overview.informant.ask.isHidden()


def test_without_reason_or_with_a_wrong_password_nothing_is_shown(
    office: Office, context: Context, show: Show, qtbot: QtBot
) -> None:
    overview = show(CASE, tried_case(office))
    reveal(overview, PASSWORD, " ")
    assert "请写明事由" in overview.informant.ask.said()
    reveal(overview, "不是这个口令", "核对")
    qtbot.waitUntil(lambda: not context.tasks.busy, timeout=20000)
    assert "口令不对" in overview.informant.ask.said()
    assert overview.informant.box.isHidden()
    assert SECRET not in words(overview)
    assert office.history.entries(kind="reveal") == []


def test_what_was_revealed_is_covered_by_itself_and_when_the_pane_goes(
    office: Office, context: Context, show: Show, qtbot: QtBot
) -> None:
    overview = show(CASE, tried_case(office))
    overview.informant.box.show_words([("反映人姓名", SECRET)], seconds=1)
    qtbot.waitUntil(overview.informant.box.isHidden, timeout=5000)
    assert revealed(overview.informant.box) == []
    overview.informant.box.show_words([("反映人姓名", SECRET)])
    overview.hide()
    assert revealed(overview.informant.box) == []


def test_another_record_covers_what_was_revealed(office: Office, show: Show) -> None:
    case, other = tried_case(office), letter(office)
    overview = show(CASE, case)
    overview.informant.box.show_words([("反映人姓名", SECRET)])
    overview.show_record(office.records.get(PETITION, other))
    assert revealed(overview.informant.box) == []


# --- handing on ----------------------------------------------------------------------------------------------------


def test_the_red_button_of_a_letter_hands_it_on_where_the_bare_step_would_ask_for_a_number(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    petition = letter(office)
    page = opened(context, qtbot, "petition", petition)
    detail = page.side.detail
    assert detail.bar.primary.text() == "由本件登记线索 Ctrl+Enter"
    assert "转线索编号" not in detail.ways_on.waiting.text()
    detail.ways_on.press_primary()
    assert len(office.records.ids(View("lead"))) == 1
    assert office.records.get(PETITION, petition).state == "as_lead"


def test_beside_the_form_it_hands_on_too_and_stores_what_was_typed_first(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    petition = letter(office)
    page = opened(context, qtbot, "petition", petition)
    detail = page.side.detail
    detail.field_asked.emit("remarks")
    editor = detail.form.fields["remarks"].editor
    assert editor is not None
    editor.text.setPlainText("来信原件在保密柜")  # type: ignore[attr-defined]  # the editor of several lines
    assert detail.bar.primary.text() == "由本件登记线索 Ctrl+Enter"
    assert not detail.bar.save.isHidden()
    detail.ways_on.press_primary()
    assert office.records.get(PETITION, petition).values["remarks"] == "来信原件在保密柜"
    assert office.records.get(PETITION, petition).state == "as_lead"


def test_the_step_that_was_refused_is_under_the_red_button_and_not_the_hand_over(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    petition = letter(office)
    page = opened(context, qtbot, "petition", petition)
    detail = page.side.detail
    # What stands in the menu, 转办, is asked for and lacks what is to be typed.
    step = next(way.step for way in detail.ways_on.all if way.step.after == "assigned")
    detail.step_asked.emit(step)
    assert detail.form.is_open
    assert detail.bar.primary.text() == "转办、交办或督办 Ctrl+Enter"
    typed = {"proposal": "拟转办", "decision": "同意", "transfer_at": "2026-03-02", "transfer_due": "2026-04-20"}
    for name, words in typed.items():
        detail.form.fields[name].show_raw(words)
    detail.form.fields["handling"].show_raw("transfer")
    detail.form.fields["transfer_to"].show_raw({"label": "示例单位", "register": "", "id": None})
    detail.ways_on.press_primary()
    assert office.records.ids(View("lead")) == []
    assert detail.strip.isHidden()
    assert office.records.get(PETITION, petition).state == "assigned"
    # Asked for and done: the hand-over of the new state, if there is one, comes back.
    assert detail.work.asked == ""


def test_an_overview_says_that_what_is_typed_in_the_form_is_not_in_it_yet(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    petition = letter(office)
    detail = opened(context, qtbot, "petition", petition).side.detail
    detail.field_asked.emit("remarks")
    editor = detail.form.fields["remarks"].editor
    assert editor is not None
    detail.header.tabs.setCurrentIndex(OVERVIEW)
    assert detail.strip.isHidden(), "nothing was typed"
    detail.header.tabs.setCurrentIndex(FORM)
    editor.text.setPlainText("来信原件在保密柜")  # type: ignore[attr-defined]  # the editor of several lines
    detail.header.tabs.setCurrentIndex(OVERVIEW)
    assert "还没有保存" in detail.strip.accessibleName()
    button(detail.strip, "回到记录").click()
    assert detail.header.tabs.currentIndex() == FORM
    assert detail.strip.isHidden()
    detail.header.tabs.setCurrentIndex(OVERVIEW)
    detail.save_asked.emit()
    assert detail.strip.isHidden()
    assert office.records.get(PETITION, petition).values["remarks"] == "来信原件在保密柜"


def test_what_leads_on_is_offered_beside_the_form_after_the_step_before_it(
    office: Office, context: Context, qtbot: QtBot
) -> None:
    lead = office.records.save(
        LEAD, {"subject": "示例甲", "received_at": "2026-01-05", "summary": "收礼", "check_opinion": "拟立案",
               "filing_request_at": "2026-03-09", "filing_basis": "查明收礼", "filing_approver": "示例领导"}
    ).records[0][1]  # fmt: skip
    move(office, LEAD, lead, "check_report")
    page = opened(context, qtbot, "lead", lead)
    detail = page.side.detail
    detail.field_asked.emit("remarks")
    assert detail.bar.primary.text() == "呈批立案 Ctrl+Enter"
    detail.ways_on.press_primary()
    assert office.records.get(LEAD, lead).state == "filing"
    assert detail.bar.primary.text() == "由本件登记立案… Ctrl+Enter"


@pytest.mark.parametrize("typing", [False, True])
def test_what_was_written_into_another_record_of_the_matter_is_told_at_once_or_after_typing(
    office: Office, context: Context, qtbot: QtBot, typing: bool
) -> None:
    case = tried_case(office)
    office.records.save(CASE, {"outcome": "给予处分", "decided_at": "2026-03-10", "decision_no": "示〔2026〕1号"}, case)
    move(office, CASE, case, "decided")
    page = opened(context, qtbot, "case", case)
    detail = page.side.detail
    assert detail.bar.primary.text() == "由本件登记处分… Ctrl+Enter"
    if typing:
        detail.field_asked.emit("remarks")
        detail.form.fields["remarks"].show_raw("写到一半")
    context.events.changed.emit(HandingOn(office.desk).measures_from_case(case, "党内警告"))
    if typing:
        assert detail.form.typed()["remarks"] == "写到一半"
        page.run("record.save")
    qtbot.waitUntil(lambda: detail.bar.primary.text() == "交付执行 Ctrl+Enter")
    with pytest.raises(StepRefusedError, match="本案已经登记处分"):
        HandingOn(office.desk).measures_from_case(case, "党内警告")


def test_ctrl_s_never_hands_a_matter_on(office: Office, context: Context, qtbot: QtBot) -> None:
    petition = letter(office)
    page = RegisterPage(context, (PETITION, LEAD, CASE, MEASURE))
    qtbot.addWidget(page)
    page.open_record("petition", petition)
    page.side.acts.save()
    assert office.records.get(PETITION, petition).state == "accepted"


def test_a_clock_of_another_record_leads_to_the_field_there(office: Office, context: Context, show: Show) -> None:
    source = letter(office, "as_lead")
    lead = office.records.save(LEAD, {
        "subject": "示例甲", "received_at": "2026-03-03",
        "petition_refs": [Ref(number(office, PETITION, source), "petition", source)],
    }).records[0][1]  # fmt: skip
    overview = show(LEAD, lead)
    asked: list[tuple[str, int, str, int]] = []
    context.events.begin_asked.connect(lambda *given: asked.append(given))
    card = next(card for card in overview.clocks.cards if card.clock.what == "向实名举报人告知受理")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert asked == [("petition", source, "notice_at", 0)]


def test_two_punishments_of_one_decision_tell_whose_clock_each_is(office: Office, show: Show) -> None:
    case = tried_case(office)
    link = Ref(number(office, CASE, case), "case", case)
    both = [
        office.records.save(MEASURE, {"subject": "示例甲", "kind": kind, "decided_at": "2026-03-06", "case_ref": link})
        for kind in ("撤销党内职务", "政务撤职")
    ]
    cards = show(MEASURE, both[0].records[0][1]).clocks.cards
    names = [card.accessibleName() for card in cards]
    assert any("政务撤职 · 限 1 个月" in words(card) for card in cards)
    assert [name.partition("，")[0] for name in names if name.startswith("办理职务工资变更")] == [
        "办理职务工资变更（撤销党内职务）", "办理职务工资变更（政务撤职）",
    ]  # fmt: skip
    assert any(name.startswith("宣布处分决定，") for name in names)


def test_pressing_a_clock_puts_the_cursor_into_its_field(office: Office, context: Context, qtbot: QtBot) -> None:
    made = office.records.save(MEASURE, {"subject": "示例甲", "kind": "党内警告", "decided_at": "2026-03-06"})
    page = RegisterPage(context, (MEASURE,))
    qtbot.addWidget(page)
    page.resize(1366, 680)
    page.show()
    qtbot.waitExposed(page)
    page.open_record("measure", made.records[0][1])
    overview = page.side.detail.overview
    assert isinstance(overview, CourseOverview)
    next(card for card in overview.clocks.cards if card.clock.what == "宣布处分决定").pressed.emit()
    field = page.side.detail.form.fields["announced_at"]
    qtbot.waitUntil(lambda: field.cell.isAncestorOf(page.focusWidget() or page))


def test_a_lead_never_reopened_waits_for_no_second_opinion(office: Office, show: Show) -> None:
    lead = office.records.save(LEAD, {"subject": "示例甲", "received_at": "2026-03-03"}).records[0][1]
    overview = show(LEAD, lead)
    whats = [card.clock.what for card in overview.clocks.cards]
    assert "提出线索处置意见" in whats
    assert "重新提出线索处置意见" not in whats


def test_a_letter_is_handed_on_by_one_button_and_its_lead_is_shown(
    office: Office, context: Context, show: Show
) -> None:
    petition = letter(office)
    overview = show(PETITION, petition)
    asked: list[tuple[str, int]] = []
    said: list[tuple[str, int]] = []
    changed: list[Change] = []
    context.events.asked_for.connect(lambda *given: asked.append(given))
    context.events.said.connect(lambda *given: said.append(given))
    context.events.changed.connect(changed.append)
    overview.act("lead")
    (lead,) = office.records.ids(View("lead"))
    assert asked == [("lead", lead)]
    assert said == [("已由本件登记线索", changed[0].entry)]
    assert changed[0].registers == {"petition", "lead"}


def test_what_stands_against_it_is_told_with_the_way_to_it(office: Office, show: Show) -> None:
    overview = show(PETITION, letter(office, issue_types=[]))
    fields: list[str] = []
    overview.field_asked.connect(fields.append)
    overview.act("lead")
    assert "问题类型" in overview.strip.accessibleName()
    assert office.records.count(View("lead")) == 0
    button(overview.strip, "去填写").click()
    assert fields == ["issue_types"]


def test_what_stood_against_a_step_is_not_said_any_more_after_another_was_taken(office: Office, show: Show) -> None:
    petition = letter(office, issue_types=[])
    overview = show(PETITION, petition)
    overview.act("lead")
    assert not overview.strip.isHidden()
    overview.show_record(office.records.get(PETITION, petition))
    assert not overview.strip.isHidden(), "the same record as it was says it still"
    closing = {"handling": "自办", "proposal": "拟自办", "decision": "同意", "result": "不属实", "eight_rules": "否",
               "closed_at": "2026-03-02", "mass_side": "否", "issue_types": "廉洁纪律", "notice_mode": "面谈",
               "notice_at": "2026-03-02", "notice_by": "示例官甲"}  # fmt: skip
    office.records.advance(PETITION, petition, "closed", closing)
    overview.show_record(office.records.get(PETITION, petition))
    assert overview.strip.isHidden()


def test_a_filing_asks_for_its_day_only(office: Office, show: Show) -> None:
    lead = office.records.save(
        LEAD, {"subject": "示例甲", "received_at": "2026-01-05", "summary": "收礼", "filing_request_at": "2026-03-09"}
    ).records[0][1]
    move(office, LEAD, lead, "filing")
    overview = show(LEAD, lead)
    overview.act("case")
    (line,) = overview.ask.lines()
    assert isinstance(line, QLineEdit)
    assert line.text() == "2026-03-16"
    line.setText("没有这一天")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert office.records.count(View("case")) == 0
    assert not overview.ask.isHidden()
    line.setText("3月11日")
    QTest.keyClick(line, Qt.Key.Key_Return)
    (case,) = office.records.ids(View("case"))
    assert office.records.get(CASE, case).values["name"] == "示例甲案（2026年3月11日立案）"
    assert overview.ask.isHidden()


def test_a_new_letter_is_compared_and_can_be_joined_or_marked(office: Office, show: Show) -> None:
    first = letter(office)
    new = letter(office, "screening", received_at="2026-03-10", accepted_at=None)
    overview = show(PETITION, new)
    (card,) = overview.findChildren(HintCard)
    assert "疑似重复" in card.accessibleName()
    assert "被反映人相同、反映内容相近" in card.accessibleName()
    button(card, "作为首件登记").click()
    kept = office.records.get(PETITION, new).values
    assert (kept["is_repeat"], kept["first_ref"]) == (True, Ref(number(office, PETITION, first), "petition", first))


# --- the pane among the others -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "points"), [(480, 10.5), (690, 10.5), (1000, 10.5), (760, 16.0)])
def test_nothing_is_wider_than_the_pane(
    office: Office, show: Show, look: Theme, qtbot: QtBot, width: int, points: float
) -> None:
    look.set_points(points)
    case = tried_case(office)
    overview = show(CASE, case, width)
    assert overview.minimumSizeHint().width() <= width
    assert overview.width() <= width


def test_cards_and_links_are_reached_by_the_keyboard_and_named(office: Office, show: Show) -> None:
    overview = show(CASE, tried_case(office))
    reached = [each for each in overview.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
    shown_ones = [each for each in reached if each.isVisible()]
    assert {type(each) for each in shown_ones} >= {ClockCard, Button}
    assert all(each.accessibleName() for each in shown_ones)


def test_the_page_opens_with_it_and_keeps_one_red_button(office: Office, context: Context, qtbot: QtBot) -> None:
    case = tried_case(office)
    page = opened(context, qtbot, "case", case)
    overview = page.side.detail.overview
    assert isinstance(overview, CourseOverview)
    assert overview.isVisible()
    red = [each for each in page.findChildren(Button) if each.isVisible() and each.look is Look.PRIMARY]
    assert len(red) == 1
    page.hide()
    assert revealed(overview.informant.box) == []


# --- a longer span -------------------------------------------------------------------------------------------------


def extend_button(overview: CourseOverview, what: str) -> Button:
    card = next(card for card in overview.clocks.cards if card.clock.what == what)
    return next(each for each in card.findChildren(Button) if each.accessibleName() == f"延长时限：{what}")


def test_a_running_clock_is_extended_by_approval_and_keeps_its_first_day(office: Office, show: Show) -> None:
    case = tried_case(office)
    overview = show(CASE, case)
    extend_button(overview, "完成审理").click()
    reason, until, approver, document, _day = (line for line in overview.ask.lines() if isinstance(line, QLineEdit))
    for line, typed in ((reason, "案情复杂"), (until, "4月20日"), (approver, "示例领导"), (document, "")):
        line.setText(typed)
    QTest.keyClick(document, Qt.Key.Key_Return)
    assert "批准文号" in words(overview.ask)
    assert office.records.rows(CASE, case)["extension"] == []
    document.setText("示批〔2026〕7号")
    QTest.keyClick(document, Qt.Key.Key_Return)
    (row,) = office.records.rows(CASE, case)["extension"]
    assert (str(row.values["new_due"]), row.values["matter"]) == ("2026-04-20", "完成审理")
    card = next(card for card in overview.clocks.cards if card.clock.what == "完成审理")
    assert str(card.clock.due) == "2026-04-20"
    assert "原期限" in card.clock.explanation
    assert overview.ask.isHidden()


def test_a_clock_whose_rule_knows_no_extension_offers_none(office: Office, show: Show) -> None:
    overview = show(PETITION, letter(office, received_at="2026-03-02"))
    card = next(card for card in overview.clocks.cards if card.clock.what == "向实名举报人告知受理")
    assert [each for each in card.findChildren(Button) if each.isVisible()] == []


# --- papers ----------------------------------------------------------------------------------------------------------


def test_a_missing_paper_is_made_by_pressing_its_name_and_the_whole_file_by_its_link(
    office: Office, context: Context, show: Show
) -> None:
    case = tried_case(office)
    overview = show(CASE, case)
    asked: list[tuple[str, int, str]] = []
    context.events.paper_asked.connect(lambda *given: asked.append(given))
    button(overview.papers, "立案呈批表").click()
    overview.papers.whole.click()
    assert asked == [("case", case, "filing_approval"), ("case", case, "case_file")]


def test_handlers_are_compared_with_who_reported_and_nobody_is_shown(
    office: Office, context: Context, show: Show, qtbot: QtBot
) -> None:
    overview = show(CASE, tried_case(office))
    button(overview.people, "核对回避").click()
    (line,) = overview.informant.ask.lines()
    assert isinstance(line, PasswordEdit)
    line.field.setText(PASSWORD)
    QTest.keyClick(line.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not overview.strip.isHidden(), timeout=20000)
    assert "没有应当回避的情形" in overview.strip.accessibleName()
    assert overview.informant.box.isHidden()
    assert SECRET not in words(overview)
    assert office.history.entries(kind="reveal")[0].label == "与举报人核对回避"


def test_the_form_of_a_closed_lead_is_proposed_with_the_counting_rule(office: Office, show: Show) -> None:
    lead = office.records.save(LEAD, {
        "subject": "示例甲", "received_at": "2026-01-05", "measures": "提醒谈话", "closed_at": "2026-03-02",
    }).records[0][1]  # fmt: skip
    move(office, LEAD, lead, "first_form")
    overview = show(LEAD, lead)
    button(overview.head, "填入形态：第一种形态").click()
    assert "不重不漏" in words(overview.ask)
    (line,) = overview.ask.lines()
    assert isinstance(line, QLineEdit)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert office.records.get(LEAD, lead).values["form"] == "f1"
    assert overview.ask.isHidden()


def test_somebody_lent_from_elsewhere_is_named_with_his_unit(office: Office, show: Show) -> None:
    case = tried_case(office)
    overview = show(CASE, case)
    assert "请写明单位" in words(overview.people)
    office.records.save(CASE, {"team_note": "示例丁来自示例派出机关"}, case)
    overview.show_record(office.records.get(CASE, case))
    assert overview.matter is not None
    assert "请写明单位" not in [person.note for person in overview.matter.people]


def test_after_a_step_the_overview_begins_at_its_top(office: Office, context: Context, qtbot: QtBot) -> None:
    case = tried_case(office)
    typed = {"trial_talk_at": "2026-03-12", "trial_report_at": "2026-03-13", "trial_opinion": "同意",
             "proposed_measure": "党内警告"}  # fmt: skip
    office.records.save(CASE, typed, case)
    page = RegisterPage(context, (CASE, MEASURE))
    qtbot.addWidget(page)
    page.resize(1366, 600)
    page.show()
    qtbot.waitExposed(page)
    page.open_record("case", case)
    area = page.side.detail.stack.currentWidget()
    assert isinstance(area, QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    way = next(way for way in page.side.detail.ways_on.all if way.step.after == "trial_report")
    assert page.side.acts.take_step(way.step)
    assert area.verticalScrollBar().value() == 0


def test_an_item_of_the_upper_level_is_asked_for_nothing_more(office: Office, show: Show) -> None:
    made = office.records.save(PETITION, {"received_at": "2026-03-02", "own_level": "upper"}).records[0][1]
    office.records.advance(PETITION, made, "screening", {})
    office.records.advance(PETITION, made, "up", {"transfer_at": "2026-03-04"})
    assert "待补" not in words(show(PETITION, made))
    assert office.records.get(PETITION, made).missing == 0


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("撤销党内职务", OF_ALL | {"送达日期", "宣布日期", "职务工资变更办结日期", "材料入档日期", "执行情况报告日期"}),
        ("政务警告", OF_ALL | {"送达日期", "宣布日期", "材料入档日期"}),
        ("诫勉", OF_ALL),
    ],
)
def test_of_a_punishment_no_more_is_called_lacking_than_its_case_asks(
    office: Office, show: Show, kind: str, asked: set[str]
) -> None:
    typed = {"subject": "示例甲", "kind": kind, "decided_at": "2026-03-06", "doc_no": "示例〔2026〕1号"}
    made = office.records.save(MEASURE, typed).records[0][1]
    assert {name for name, value in show(MEASURE, made).facts.words() if value == "待补"} == asked


@pytest.mark.parametrize("state", [pytest.param(state.code, id=state.code) for state in CASE_FLOW.states])
def test_an_overview_calls_missing_what_the_form_calls_missing(office: Office, show: Show, state: str) -> None:
    case = tried_case(office)
    move(office, CASE, case, state)
    row = office.records.get(CASE, case)
    told = {name for name, value in show(CASE, case).facts.words() if value == "待补"}
    assert told <= {CASE.label_of(name) for name in CASE.wanted_now(row.values)}
    # A case that was withdrawn has no decision to give a number to.
    assert (CASE.label_of("decision_no") in told) is (state in {"decided", "exempt", "first_form"})


def test_further_persons_are_added_from_where_they_stand(office: Office, show: Show) -> None:
    overview = show(CASE, tried_case(office))
    asked: list[str] = []
    overview.field_asked.connect(asked.append)
    button(overview, "添加涉案人员").click()
    assert asked == ["team"]
    letter_pane = show(PETITION, letter(office))
    letter_pane.field_asked.connect(asked.append)
    button(letter_pane, "添加涉案人员").click()
    assert asked[-1] == "reported_names"


def test_the_stations_stand_on_a_band_as_wide_as_the_pane(office: Office, show: Show, qtbot: QtBot) -> None:
    overview = show(CASE, tried_case(office))
    band = overview.head.course
    qtbot.waitUntil(lambda: band.width() == overview.width())
    assert (band.x(), band.y(), band.property("frame")) == (0, 0, "course")


def test_who_reported_is_written_down_from_where_nobody_is_known(office: Office, show: Show, qtbot: QtBot) -> None:
    basics = {"received_at": "2026-03-02", "summary": "示例反映", "named": "实名"}
    letter = office.records.save(PETITION, basics).records[0][1]
    overview = show(PETITION, letter)
    (write,) = [button for button in overview.people.findChildren(Button) if button.text() == WRITE]
    with qtbot.waitSignal(overview.field_asked) as asked:
        QTest.mouseClick(write, Qt.MouseButton.LeftButton)
    (kind,) = asked.args
    assert PETITION.child(kind).label == "反映人"
    office.records.save(PETITION, {}, letter, rows={kind: [{"mark": "群众甲", "name": SECRET}]})
    overview = show(PETITION, letter)
    assert not [button for button in overview.people.findChildren(Button) if button.text() == WRITE]


def test_an_anonymous_letter_asks_nobody_to_be_written_down(office: Office, show: Show) -> None:
    basics = {"received_at": "2026-03-02", "summary": "示例反映", "named": "匿名"}
    overview = show(PETITION, office.records.save(PETITION, basics).records[0][1])
    assert not [button for button in overview.people.findChildren(Button) if button.text() == WRITE]
    rows = [each.accessibleName() for each in overview.people.findChildren(QFrame)]
    assert "举报人，匿名" in rows


def test_labels_of_seven_characters_stand_in_one_line(office: Office, show: Show) -> None:
    overview = show(PETITION, letter(office))
    labels = [each for each in overview.facts.findChildren(Label) if each.text() == "是否属本级受理"]
    assert len(labels) == 1
    assert labels[0].width() >= labels[0].fontMetrics().horizontalAdvance("是否属本级受理")


def test_a_paper_that_can_be_made_stands_on_the_line_of_its_station(qtbot: QtBot) -> None:
    box = Papers()
    qtbot.addWidget(box)
    box.show_papers([Paper("信访", "信访举报登记表", "", ("petition", 1), "", "", form="petition_form")])
    box.resize(600, 120)
    box.show()
    qtbot.waitExposed(box)
    link = next(each for each in box.findChildren(Button) if each.text() == "信访举报登记表")
    station = next(each for each in box.findChildren(Label) if each.text() == "信访")
    (state,) = box.findChildren(MarkLabel)
    middles = [each.mapTo(box, each.rect().center()).y() for each in (link, station, state)]
    assert max(middles) - min(middles) <= 1
