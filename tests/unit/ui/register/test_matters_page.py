"""案件档案 as it is used: the list over all matters by keys and mouse, its chips and words, and the way back."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.matters.listing import Line, Matters
from paizhu.services.office import Office
from paizhu.ui import theme
from paizhu.ui.context import Context
from paizhu.ui.desk_timer import SETTLE_MS
from paizhu.ui.events import Events
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.chips import ChipButton
from paizhu.ui.panes import first_list
from paizhu.ui.register.matters_page import ACROSS, MattersPage
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS
from paizhu.ui.tasks import Tasks
from paizhu.ui.theme import Scheme
from tests.conftest import PASSWORD

from .used import type_into

KINDS = tuple(registers.register(key) for key in ("petition", "lead", "case", "measure"))
PETITION, LEAD, CASE, _MEASURE = KINDS


@pytest.fixture
def context(invented: Office, qapp: QApplication) -> Iterator[Context]:
    made = Context(invented, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    yield made
    made.tasks.close()


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> MattersPage:
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.across.loaded and made.side.detail.has_record)
    return made


def titles(page: MattersPage) -> list[str]:
    at = next(n for n, column in enumerate(page.across.model.columns) if column.key == "title")
    return [str(page.across.model.index(row, at).data()) for row in range(page.across.model.rowCount())]


def shown(page: MattersPage) -> tuple[str, int]:
    return page.side.register.key, page.side.detail.work.record_id or 0


def chip(page: MattersPage, words: str) -> ChipButton:
    return next(each for each in page.toolbar.chips.findChildren(ChipButton) if each.chip.words == words)


def test_the_tab_opens_with_every_matter_and_shows_the_most_pressing(page: MattersPage) -> None:
    assert page.toolbar.switcher.current() == ACROSS
    assert len(titles(page)) == 10
    assert shown(page) == page.across.model.lines[0].key
    assert not page.side.list.isVisible()
    assert page.side.detail.isVisible()
    assert isinstance(next(tab for tab in TABS if tab.key == "cases").make, object)


def test_the_status_bar_counts_the_matter_that_was_gone_to(context: Context, qtbot: QtBot, page: MattersPage) -> None:
    said: list[str] = []
    page.status.connect(said.append)
    page.across.table.clearSelection()
    assert said[-1].endswith("已选 0 件")
    page.open_record(*page.across.model.lines[-1].key)
    assert said[-1].endswith("已选 1 件")


def test_the_keys_go_to_the_list_over_all_matters_from_the_first(context: Context, qtbot: QtBot) -> None:
    """The lists of the registers lie hidden beside it and must not take them."""
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    made.come_now()
    assert made.focusWidget() is None
    assert first_list(made) is made.across.table


def test_moving_down_with_the_keys_opens_records_of_other_registers(page: MattersPage, qtbot: QtBot) -> None:
    page.across.table.setFocus()
    for _each in range(3):
        QTest.keyClick(page.across.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(page)[0] == "case")
    assert page.side.detail.work.row is not None
    assert page.side.detail.work.row.values["name"] == "马俊峰收受礼品礼金案"
    assert page.focusWidget() is page.across.table


def test_a_click_opens_the_record_beside_the_list(page: MattersPage, qtbot: QtBot) -> None:
    table = page.across.table
    at = page.across.model.place_of("lead", page.across.model.lines[6].key[1])
    spot = table.visualRect(page.across.model.index(at, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(spot.x(), spot.y()))
    qtbot.waitUntil(lambda: shown(page) == page.across.model.lines[at].key)
    assert page.across.model.lines[at].stage == "暂存"


def test_a_click_on_a_head_sorts_the_matters_and_stays_on_the_one_in_front(page: MattersPage) -> None:
    before = shown(page)

    def sorted_by(column: int) -> list[str]:
        page.across.table.horizontalHeader().sectionClicked.emit(column)
        return [page.across.model.index(at, column).data() for at in range(page.across.model.rowCount())]

    by_sound = sorted_by(0)
    assert [each.split()[0][0] for each in by_sound[:3]] == ["曹", "程", "反"]
    assert sorted_by(0) == by_sound[::-1]
    stages = list(dict.fromkeys(sorted_by(1)))
    assert stages == ["信访", "线索", "审理", "执行", "暂存", "办结"]
    assert list(dict.fromkeys(sorted_by(1))) == stages[::-1]
    # The nearest deadline comes first, which is how the list begins, then what is over.
    days = [(line.standing, line.task.due) for line in page.across.model.lines if line.standing == "open" and line.task]
    sorted_by(2)
    pressing = [line.task.due for line in page.across.model.lines if line.standing == "open" and line.task]
    assert pressing == sorted(day for _standing, day in days)
    assert shown(page) == before
    assert page.across.current() is not None
    assert page.across.current().key == before  # type: ignore[union-attr]  # it stands on a line
    # A list read again stays in its order.
    page.across.read()
    page.across.choose("all")
    assert [line.task.due for line in page.across.model.lines if line.standing == "open" and line.task] == pressing


def test_the_chips_count_and_narrow_the_list(page: MattersPage) -> None:
    counts = {each.words: each.count for each in page.across.chips()}
    assert counts == {"全部": 10, "在办": 6, "已超期": 1, "今天到期": 1, "暂存待查": 1, "已办结": 3}
    QTest.mouseClick(chip(page, "今天到期"), Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 1
    QTest.mouseClick(chip(page, "全部"), Qt.MouseButton.LeftButton)
    assert len(titles(page)) == 10


def test_words_narrow_the_list_and_escape_gives_it_back(page: MattersPage, qtbot: QtBot) -> None:
    page.run("filter")
    assert page.across.words.isVisible()
    QTest.keyClicks(page.across.words, "zz")
    assert titles(page) == []
    page.across.words.setText("曹志刚")
    assert titles(page) == ["曹志刚违规接受宴请案"]
    QTest.keyClick(page.across.words, Qt.Key.Key_Escape)
    assert len(titles(page)) == 10
    assert page.focusWidget() is page.across.words
    QTest.keyClick(page.across.words, Qt.Key.Key_Escape)
    assert page.across.words.isHidden()
    assert page.focusWidget() is page.across.table


def test_a_write_is_seen_at_once_and_can_be_taken_back_below_the_list(page: MattersPage, qtbot: QtBot) -> None:
    page.new_record()
    assert page.side.register is PETITION
    page.side.detail.form.open_section()
    saved = page._context.office.records.save(
        PETITION, {"received_at": "2026-03-16", "summary": "新来的示例信", "own_level": "本级"}
    )
    page._context.events.changed.emit(saved)
    page._context.events.said.emit("已登记信访举报", saved.entry)
    qtbot.waitUntil(lambda: "新来的示例信" in titles(page))
    assert page.across.undo_bar.isVisible()
    page.across.undo_bar.undo_asked.emit()
    qtbot.waitUntil(lambda: "新来的示例信" not in titles(page))


def test_the_list_stands_on_what_was_just_registered(page: MattersPage, qtbot: QtBot) -> None:
    page.new_record()
    type_into(page, "received_at", "2026-03-16")
    assert page.run("record.save")
    made = shown(page)
    qtbot.waitUntil(lambda: (line := page.across.current()) is not None and line.key == made)
    # The line that is chosen shows its record only when it has stood a while: it must be this one.
    qtbot.wait(5 * SETTLE_MS)
    assert shown(page) == made


def test_a_step_taken_beside_the_list_moves_the_line(page: MattersPage, qtbot: QtBot) -> None:
    held = next(line for line in page.across.model.every if line.stage == "暂存")
    page.open_record(*held.key)
    change = page._context.office.records.advance(
        LEAD, held.key[1], "closed_no_action", {"close_reason": "无可查性", "closed_at": "2026-03-16"}
    )
    page._context.events.changed.emit(change)
    qtbot.waitUntil(lambda: any(line.key == held.key and line.stage == "办结" for line in page.across.model.every))


def test_the_way_back_leads_to_the_same_matter_and_chip(page: MattersPage, qtbot: QtBot) -> None:
    page.across.choose("open")
    page.across.table.go_to(2)
    qtbot.waitUntil(lambda: shown(page) == page.across.model.lines[2].key)
    place, before = page.place(), shown(page)
    page.toolbar.switcher._choose("measure")
    assert page.side.list.isVisible()
    assert not page.across.isVisible()
    page.return_to(place)
    qtbot.waitUntil(lambda: shown(page) == before)
    assert (shown(page), page.across.model.facet, page.toolbar.switcher.current()) == (before, "open", ACROSS)
    assert page.across.isVisible()


def test_a_register_by_itself_has_its_own_list_again(page: MattersPage) -> None:
    page.toolbar.switcher._choose("case")
    assert (page.side.register, page.side.list.isVisible(), page.across.isVisible()) == (CASE, True, False)
    assert page.toolbar.new_button.text() == "新增案件"
    page.toolbar.switcher._choose(ACROSS)
    assert (page.side.list.isVisible(), page.across.isVisible()) == (False, True)
    assert page.toolbar.new_button.text() == "登记信访"


def test_what_concerns_rows_of_one_register_is_done_in_its_own_list(page: MattersPage) -> None:
    first = shown(page)
    page.run("void")
    assert not page.across.isVisible()
    assert page.side.list.isVisible()
    assert page.side.list.ask.isVisible()
    assert shown(page) == first


def test_a_narrow_window_shows_the_list_or_the_record(page: MattersPage, qtbot: QtBot) -> None:
    page.resize(700, 700)
    qtbot.waitUntil(lambda: not page._sides_box.isVisible())
    page.across.table.setFocus()
    QTest.keyClick(page.across.table, Qt.Key.Key_Return)
    assert page._sides_box.isVisible()
    assert not page.across.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert page.across.isVisible()
    assert not page._sides_box.isVisible()


def test_printing_from_the_list_is_about_the_record_in_front(page: MattersPage, qtbot: QtBot) -> None:
    register, record_id = shown(page)
    with qtbot.waitSignal(page.print_asked) as asked:
        page.run("print")
    kind, _view, ids = asked.args
    assert (kind.key, ids) == (register, [record_id])


def test_an_empty_tab_says_what_belongs_here(office: Office, qapp: QApplication, qtbot: QtBot) -> None:
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.across.loaded)
    assert made.across._stack.currentWidget() is made.across.empty
    context.tasks.close()


def test_the_tab_is_made_by_this_page(context: Context, qtbot: QtBot) -> None:
    made = next(tab for tab in TABS if tab.key == "cases").make(context)
    qtbot.addWidget(made)
    assert isinstance(made, MattersPage)
    assert isinstance(made, RegisterPage)


def test_who_looked_at_the_matter_is_told_at_each_of_its_records(page: MattersPage, context: Context) -> None:
    office = context.office
    case = next(line for line in page.across.model.every if line.stage == "审理")
    letter = case.records[0][1]
    office.records.reveal(PETITION, letter, "informant", PASSWORD, "核对笔录签名")
    page.open_record(*case.key)
    detail = page.side.detail
    tabs = detail.header.tabs
    assert tabs.tabText(tabs.count() - 1) == "查看留痕"
    tabs.setCurrentIndex(tabs.count() - 1)
    assert not any(entry.kind == "reveal" for entry, _changes in detail.history.acts())
    detail.history.which._choose("looks")
    ((entry, changes),) = detail.history.acts()
    assert (entry.label, changes[0].after) == ("查看反映人", "事由：核对笔录签名")


def test_an_empty_list_has_one_red_button_and_says_so_beside(office: Office, qapp: QApplication, qtbot: QtBot) -> None:
    context = Context(office, Events(), Tasks(), theme.install(qapp, Scheme.LIGHT))
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.show()
    qtbot.waitUntil(lambda: made.across.is_empty)
    red = [each for each in made.findChildren(Button) if each.isVisible() and each.look is Look.PRIMARY]
    assert len(red) == 1
    assert red[0] is not made.toolbar.new_button
    context.tasks.close()


def test_a_click_on_the_line_one_stands_on_leads_back_from_another_record(page: MattersPage, qtbot: QtBot) -> None:
    table, lines = page.across.table, page.across.model.lines
    at = next(row for row, line in enumerate(lines) if line.key[0] == "case")
    here = QPoint(table.visualRect(page.across.model.index(at, 0)).center())
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=here)
    qtbot.waitUntil(lambda: shown(page) == lines[at].key)
    other = next(line.key for line in lines if line.key[0] != "case")
    page._show_record(*other)
    assert shown(page) == other
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=here)
    qtbot.waitUntil(lambda: shown(page) == lines[at].key)


def test_the_matters_are_read_once_when_the_tab_is_opened(
    context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, times = Matters.every, []
    go_on = threading.Event()

    def counted(self: Matters) -> list[Line]:
        times.append(1)
        assert go_on.wait(5)
        return read(self)

    monkeypatch.setattr(Matters, "every", counted)
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.wait(1)
    go_on.set()
    # Asked for once more meanwhile, what was read would be thrown away, and the list wait for the second reading.
    qtbot.waitUntil(lambda: made.across.loaded)
    assert len(times) == 1


def test_nothing_is_counted_before_the_matters_were_read(context: Context, qtbot: QtBot) -> None:
    made = MattersPage(context, KINDS)
    qtbot.addWidget(made)
    assert not made.across.loaded
    assert {each.count for each in made.across.chips()} == {None}
    assert made.across.counts_words() == "正在读取全部案件"
    made.show()
    qtbot.waitUntil(lambda: made.across.loaded)
    assert next(each.count for each in made.across.chips()) == 10
    assert made.across.counts_words().startswith("在办 ")
