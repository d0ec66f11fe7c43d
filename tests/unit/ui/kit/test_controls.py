"""Buttons, segments, steps, tabs, gauges and passphrase: keys, words for screen readers, nothing that moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QFontMetrics, QImage, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from paizhu.ui import theme
from paizhu.ui.code_edit import CodeEdit
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, ReasonLabel
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.gauge import Gauge
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.password_edit import CAPS_WORDS, IME_WORDS, PasswordEdit, RuleList
from paizhu.ui.kit.pills import StatusPill
from paizhu.ui.kit.roles import Mark, Progress
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.kit.toolbar import ActionBar, DetailHeader
from paizhu.ui.new_password import NewPassword
from paizhu.ui.theme import Text, Theme
from tests.unit.ui.kit.folded import is_collapsed

KINDS = [("a", "重大决策"), ("b", "重要干部任免"), ("c", "重大项目安排"), ("d", "大额度资金使用")]
STEPS = [
    Step("材料接收", "09-16", When.PAST),
    Step("形式审查", "09-16 齐全", When.PAST),
    Step("实质审查", "进行中", When.CURRENT),
    Step("出具意见", "今天 17:30 前", When.LATER),
    Step("列席监督", "09-18", When.LATER),
    Step("采纳反馈", "", When.LATER),
]


def press(field: QLineEdit, letter: str, shift: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a letter key as the system reports it: under Caps Lock a capital comes without Shift."""
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, shift, letter))


def test_a_button_prints_its_key_but_is_read_out_without_it(qtbot: QtBot) -> None:
    button = Button("出具意见", Look.PRIMARY, shortcut="Ctrl+Enter")
    qtbot.addWidget(button)
    assert button.text() == "出具意见 Ctrl+Enter"
    assert button.accessibleName() == "出具意见"


def test_a_refused_button_says_why_beside_it_until_it_is_allowed(qtbot: QtBot) -> None:
    button = Button("归档")
    label = ReasonLabel(button)
    qtbot.addWidget(button)
    qtbot.addWidget(label)
    button.refuse("归档须先补：双方签字页扫描件。")
    assert not button.isEnabled()
    assert label.words() == "归档须先补：双方签字页扫描件。"
    assert button.accessibleDescription() == "归档须先补：双方签字页扫描件。"
    button.allow()
    assert button.isEnabled()
    assert label.isHidden()


def test_an_arrow_on_a_button_goes_to_no_choice_nearby(look: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    button, choice = Button("修改"), QComboBox()
    choice.addItems(["重大决策", "重要干部任免"])
    for widget in (button, choice):
        column.addWidget(widget)
    page.show()
    page.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    for _press in range(2):
        QTest.keyClick(button if button.hasFocus() else choice, Qt.Key.Key_Down)
    assert button.hasFocus()
    assert choice.currentIndex() == 0


@pytest.mark.parametrize("look", list(Look))
def test_focus_moves_nothing(qtbot: QtBot, look: Look) -> None:
    pane = QWidget()
    column = QVBoxLayout(pane)
    button, field = Button("写入意见", look), QLineEdit()
    column.addWidget(button)
    column.addWidget(field)
    qtbot.addWidget(pane)
    pane.show()
    pane.activateWindow()
    field.setFocus()
    QApplication.processEvents()
    before = (button.geometry(), field.geometry(), button.sizeHint(), field.sizeHint())
    button.setFocus()
    column.invalidate()
    QApplication.processEvents()
    assert button.hasFocus()
    assert (button.geometry(), field.geometry(), button.sizeHint(), field.sizeHint()) == before


@pytest.mark.parametrize("points", [10.5, 16, 21])
def test_buttons_and_fields_are_as_high_as_the_theme_says(qtbot: QtBot, look: Theme, points: float) -> None:
    look.set_points(points)
    for widget in (Button("导入"), QLineEdit(), QComboBox()):
        qtbot.addWidget(widget)
        widget.show()
        assert abs(widget.sizeHint().height() - look.heights.button) <= 1


def test_other_choices_that_do_not_fit_forget_what_was_chosen_among_the_old(qtbot: QtBot) -> None:
    segments = Segments("工作表", [("线索", "线索")])
    qtbot.addWidget(segments)
    segments.resize(200, segments.height())
    segments.show()
    segments.set_current("线索")
    many = [(f"第{at}张表", f"第{at}张表") for at in range(13)]
    segments.show_choices(many, "第3张表")
    assert is_collapsed(segments)
    assert segments.current() == "第3张表"


def test_segments_become_a_drop_down_where_the_words_do_not_fit(qtbot: QtBot) -> None:
    segments = Segments("三重一大", KINDS)
    qtbot.addWidget(segments)
    segments.set_current("d")
    segments.resize(segments.sizeHint())
    segments.show()
    assert not is_collapsed(segments)
    segments.resize(200, segments.height())
    assert is_collapsed(segments)
    combo = segments.findChild(QComboBox)
    assert combo is not None
    assert combo.isVisible()
    assert combo.currentText() == "大额度资金使用"
    with qtbot.waitSignal(segments.chosen) as signal:
        QTest.keyClick(combo, Qt.Key.Key_Up)
    assert signal.args == ["c"]
    assert segments.current() == "c"


def test_segments_grow_out_of_their_room_with_the_font(qtbot: QtBot, look: Theme) -> None:
    segments = Segments("三重一大", KINDS)
    qtbot.addWidget(segments)
    segments.resize(segments.sizeHint())
    segments.show()
    look.set_points(16)
    segments.resize(segments.width() - 1, segments.height())
    assert is_collapsed(segments)


def test_arrows_move_the_choice_of_segments(qtbot: QtBot) -> None:
    segments = Segments("三重一大", KINDS)
    qtbot.addWidget(segments)
    segments.resize(segments.sizeHint())
    segments.show()
    segments.activateWindow()
    first = segments.findChildren(QPushButton)[0]
    first.setFocus()
    with qtbot.waitSignal(segments.chosen) as signal:
        QTest.keyClick(first, Qt.Key.Key_Right)
    assert signal.args == ["b"]


def test_steps_are_read_out_with_number_name_and_standing(qtbot: QtBot) -> None:
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    assert stepper.accessibleName() == "第 3 步，共 6 步：实质审查，进行中"


def test_keys_walk_the_steps_and_ask_for_one(qtbot: QtBot) -> None:
    stepper = Stepper(STEPS)
    qtbot.addWidget(stepper)
    stepper.resize(900, 56)
    stepper.show()
    QTest.keyClick(stepper, Qt.Key.Key_Right)
    assert stepper.accessibleName() == "第 4 步，共 6 步：出具意见，未开始"
    with qtbot.waitSignal(stepper.step_asked) as signal:
        QTest.keyClick(stepper, Qt.Key.Key_Return)
    assert signal.args == [3]


def test_all_steps_done_reads_out_the_last(qtbot: QtBot) -> None:
    stepper = Stepper([Step(step.words, step.note, When.PAST) for step in STEPS])
    qtbot.addWidget(stepper)
    assert stepper.accessibleName() == "第 6 步，共 6 步：采纳反馈，已完成"


def test_the_badge_of_a_tab_is_read_out_and_makes_room(qtbot: QtBot) -> None:
    tabs = TabBar()
    qtbot.addWidget(tabs)
    tabs.addTab("监督检查")
    before = tabs.tabSizeHint(0).width()
    tabs.set_badge(0, 3)
    assert tabs.accessibleTabName(0) == "监督检查，超期 3 件"
    assert tabs.tabSizeHint(0).width() > before
    tabs.set_badge(0, 0)
    assert tabs.tabSizeHint(0).width() == before


def test_tabs_of_a_detail_stand_beside_the_title_only_where_there_is_room(qtbot: QtBot) -> None:
    head = DetailHeader("虚构采购", "会审〔2025〕041 号")
    qtbot.addWidget(head)
    for words in ("审查表", "时间线", "附件 6", "修改记录"):
        head.tabs.addTab(words)
    head.resize(1000, 80)
    head.show()
    QApplication.processEvents()
    beside = head.tabs.geometry().left()
    head.resize(480, 120)
    QApplication.processEvents()
    assert beside > 400
    assert head.tabs.geometry().left() < 40


def test_a_gauge_reads_out_everything_and_opens_by_key(qtbot: QtBot) -> None:
    gauge = Gauge("班子成员谈话", Progress(3, 6), "还差：甲某某")
    qtbot.addWidget(gauge)
    gauge.show()
    assert gauge.accessibleName() == "班子成员谈话，3 / 6，50%，还差：甲某某"
    with qtbot.waitSignal(gauge.pressed):
        QTest.keyClick(gauge, Qt.Key.Key_Return)


def test_nearly_all_is_not_shown_as_all(qtbot: QtBot) -> None:
    gauge = Gauge("整改", Progress(299, 300))
    qtbot.addWidget(gauge)
    assert gauge.accessibleName().endswith("99%")


def test_a_pill_is_never_cut(qtbot: QtBot) -> None:
    pill = StatusPill(Mark(Shape.HALF, "实质审查"))
    qtbot.addWidget(pill)
    assert pill.minimumSizeHint() == pill.sizeHint()
    assert pill.accessibleName() == "实质审查"


def test_the_passphrase_shows_only_while_asked(qtbot: QtBot) -> None:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    edit.field.setText("invented words")
    assert edit.field.echoMode() is QLineEdit.EchoMode.Password
    edit.show_typed(True)
    assert edit.field.echoMode() is QLineEdit.EchoMode.Normal
    edit.clear()
    assert edit.text() == ""
    assert edit.field.echoMode() is QLineEdit.EchoMode.Password


def test_enter_presses_a_focused_button(qtbot: QtBot) -> None:
    button = Button("新建工作台", Look.PRIMARY)
    qtbot.addWidget(button)
    button.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(button, Qt.Key.Key_Return)
    QTest.keyClick(button, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(pressed) == 2


@pytest.mark.parametrize("kind", [Button, QCheckBox, QRadioButton])
def test_the_focus_is_a_border_and_nothing_laid_over_the_words(
    qtbot: QtBot, look: Theme, kind: Callable[[str], QAbstractButton]
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    control, other = kind("选择文件夹"), QLineEdit()
    column.addWidget(control)
    column.addWidget(other)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    other.setFocus()

    def inside() -> QImage:
        return control.grab(control.rect().adjusted(3, 3, -3, -3)).toImage()

    before = inside()
    control.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(control.hasFocus)
    # What Qt sets when keys move the focus; from then on its styles draw a focus of their own.
    page.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
    assert inside() == before


def test_typing_on_the_reveal_button_writes_nothing(qtbot: QtBot) -> None:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClicks(edit.field, "invented")
    edit.reveal.setFocus()
    QTest.keyClicks(edit.reveal, "invented")
    QTest.keyClick(edit.reveal, Qt.Key.Key_Backspace)
    assert edit.text() == "invented"
    QTest.keyClick(edit.reveal, Qt.Key.Key_Space)
    assert edit.field.echoMode() is QLineEdit.EchoMode.Normal
    with qtbot.waitSignal(edit.entered):
        QTest.keyClick(edit.reveal, Qt.Key.Key_Return)


def test_tab_leads_from_the_first_typing_to_the_second(qtbot: QtBot) -> None:
    both = NewPassword()
    qtbot.addWidget(both)
    both.show()
    both.activateWindow()
    both.first.field.setFocus()
    QTest.keyClicks(both.first.field, "Qing2026banxiang")
    QTest.keyClick(both.first.field, Qt.Key.Key_Tab)
    assert both.focusWidget() is both.second.field
    QTest.keyClick(both.second.field, Qt.Key.Key_Tab)
    assert both.focusWidget() is both.first.reveal


def test_capital_letters_without_shift_announce_caps_lock(qtbot: QtBot) -> None:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    edit.show()
    QTest.keyClicks(edit.field, "a")
    assert edit.notice() == ""
    press(edit.field, "A", Qt.KeyboardModifier.ShiftModifier)
    assert edit.notice() == ""
    press(edit.field, "A")
    assert edit.notice() == CAPS_WORDS
    QTest.keyClick(edit.field, Qt.Key.Key_CapsLock)
    assert edit.notice() == ""


def test_a_chinese_input_method_is_announced(qtbot: QtBot) -> None:
    edit = PasswordEdit()
    qtbot.addWidget(edit)
    edit.show()
    QApplication.sendEvent(edit.field, QInputMethodEvent("ni'hao", []))
    assert edit.notice() == IME_WORDS
    QTest.keyClicks(edit.field, "n")
    assert edit.notice() == ""


def test_rules_say_which_are_met(qtbot: QtBot) -> None:
    rules = RuleList(["不少于 10 位", "两遍一致"])
    qtbot.addWidget(rules)
    rules.show_met([True, False])
    assert rules.readings() == ["不少于 10 位，已符合", "两遍一致，尚未符合"]


def test_a_note_marks_and_describes_its_field(qtbot: QtBot) -> None:
    field = QLineEdit("48.6万")
    note = FieldNote(field)
    qtbot.addWidget(field)
    qtbot.addWidget(note)
    height = field.sizeHint().height()
    note.show_error("只写数字，单位是万元，例如 48.60")
    assert field.property("level") == "error"
    assert field.accessibleDescription() == "只写数字，单位是万元，例如 48.60"
    assert field.sizeHint().height() == height
    note.clear()
    assert field.property("level") == ""
    assert note.isHidden()


def test_the_action_bar_puts_the_first_action_left_and_saved_time_right(qtbot: QtBot) -> None:
    red, back = Button("出具意见", Look.PRIMARY), Button("退回补充材料")
    bar = ActionBar(red, back)
    qtbot.addWidget(bar)
    bar.show_saved("10:25 已自动保存")
    bar.resize(900, 52)
    bar.show()
    assert red.geometry().left() < 20
    assert bar.undo.geometry().right() > 880
    back.refuse("须先填上会日期。")
    assert bar.reasons() == "须先填上会日期。"
    back.allow()
    assert bar.reasons() == ""


def test_a_stepper_whose_days_gave_way_keeps_no_second_line(qtbot: QtBot) -> None:
    stepper = Stepper()
    qtbot.addWidget(stepper)
    steps = [Step("登记", "2026-03-02 登记", When.PAST), Step("办结", "2026-03-05 前", When.CURRENT)]
    stepper.show_fitted(steps, 2000)
    two_lines = stepper.sizeHint().height()
    stepper.show_fitted(steps, stepper.sizeHint().width() - 1)
    small = QFontMetrics(theme.current().font(Text.SECONDARY)).height()
    assert stepper.sizeHint().height() == two_lines - small
    stepper.show_fitted(steps, 2000)
    assert stepper.sizeHint().height() == two_lines


def test_a_number_stays_in_one_line_with_what_it_counts(qtbot: QtBot) -> None:
    label = Label("上会 11-30 周一 局党组会（第 21 次） 议题 1，金额 48.60 万元", wraps=True)
    qtbot.addWidget(label)
    assert label.text() == "上会 11-30 周一 局党组会（第 21 次） 议题 1，金额 48.60 万元"
    shown = QLabel.text(label)
    assert "第\u00a021\u00a0次" in shown
    assert "48.60\u00a0万元" in shown
    assert QLabel.text(Label("48.60 万元")) == "48.60 万元"
    label.setText("会前 2 个工作日")
    assert label.text() == "会前 2 个工作日"


def test_the_word_before_a_number_is_not_torn_apart(qtbot: QtBot) -> None:
    label = Label("议题\u00a01", wraps=True)
    qtbot.addWidget(label)
    assert QLabel.text(label) == "议\u2060题\u00a01"


@pytest.mark.parametrize("secret", ["password", "code"])
def test_a_file_dropped_on_a_secret_is_not_typed_into_it(qtbot: QtBot, secret: str) -> None:
    edit = PasswordEdit("口令") if secret == "password" else CodeEdit()
    qtbot.addWidget(edit)
    field = edit.field if isinstance(edit, PasswordEdit) else edit.viewport()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/tmp/示例.txt")])
    # What file managers hand over besides.
    data.setText("file:///tmp/示例.txt")
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(2, 2), Qt.DropAction.CopyAction, data, left, none)
    event.ignore()
    QApplication.sendEvent(field, event)
    assert not event.isAccepted()


def test_each_of_a_few_says_what_it_answers(look: Theme, qtbot: QtBot) -> None:
    segments = Segments("是否回避", [("yes", "是"), ("no", "否")])
    qtbot.addWidget(segments)
    assert [button.accessibleName() for button in segments.findChildren(QPushButton)] == [
        "是否回避：是",
        "是否回避：否",
    ]
