"""The import page with real workbooks on a real vault: every step by keyboard, nothing written before the end."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.progress import Progress
from paizhu.base.values import MASK
from paizhu.base.view import View
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.importing.questions import Question
from paizhu.services.office import Office
from paizhu.storage.backup_place import Reason
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.label import Label
from paizhu.ui.tab_walk import tab_stops_of
from paizhu.ui.undoing import take_back
from paizhu.ui.wizards.import_header import pointed
from paizhu.ui.wizards.import_mapping import MappingRow
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, FILES, HEADER, MAPPING
from paizhu.ui.wizards.import_questions import QuestionPane
from paizhu.ui.wizards.import_rows_model import CHIPS, RowsModel
from tests.ledgers import ROWS, SECRETS, ledger, petitions

from .conftest import Opened, rest

TALK = registers.register("integrity_talk")


pytestmark = pytest.mark.usefixtures("look")


def count(office: Office) -> int:
    return office.records.count(View("integrity_talk"))


def test_a_ledger_goes_straight_to_its_columns_with_the_unsure_ones_first_by_tab(
    opened: Opened, tmp_path: Path
) -> None:
    rows = [[*row, "√"] for row in ROWS]
    page = opened(ledger(tmp_path / "谈话.xlsx", rows))
    assert page.step == MAPPING
    assert page.side.register.currentData() == "integrity_talk"
    asking = [look.letter for look in page.mapping.columns() if look.asks]
    assert asking == ["I"]
    assert page.mapping.combo("I").hasFocus()
    # The row in hand stands out, and gives it up with the focus.
    lit = {row.look.letter for row in page.mapping.findChildren(MappingRow) if row.property("frame") == "row-lit"}
    assert lit == {"I"}
    page.mapping.combo("C").setFocus()
    lit = {row.look.letter for row in page.mapping.findChildren(MappingRow) if row.property("frame") == "row-lit"}
    assert lit == {"C"}
    page.mapping.combo("I").setFocus()
    assert page.mapping.combo("C").accessibleName() == "C 列“被谈话人 / 姓名”对应到"
    assert "第 2、3 行合并为表头，数据从第 4 行起" in page.side._said.text()


def test_columns_that_are_shown_again_are_not_dressed_once_more(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    table = page.flow.table
    assert table is not None
    assert table.sheet is not None
    dressed: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() is QEvent.Type.StyleChange:
                dressed.append(event.type())
            return False

    page.mapping._body.installEventFilter(watch := Watch(page))
    page.mapping.show_columns(table.sheet.register, table.columns())
    page.mapping._body.removeEventFilter(watch)
    assert dressed == []
    row = page.mapping._rows[0]
    assert row.height() == row.minimumHeight() > 20


def test_the_heads_say_what_a_table_is_wherever_the_import_was_opened(opened: Opened, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx")
    page = opened(path, register="review_item")
    assert page.side.register.currentData() == "integrity_talk"
    assert "按表头认作“廉政谈话”，不是打开导入时的“会前审查”" in page.side._said.text()
    assert "按表头认作" not in opened(path, register="integrity_talk").side._said.text()


@pytest.mark.parametrize("asked", ["lead", "petition"])
def test_of_two_ledgers_a_table_may_be_the_one_is_meant_that_was_asked_for(
    opened: Opened, tmp_path: Path, asked: str
) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("被反映人,单位,职务,受理日期,主要问题\n示例甲,示例处,处长,2026.3.5,示例问题\n", "utf-8")
    assert opened(path, register=asked).side.register.currentData() == asked


def test_heads_that_say_nothing_leave_the_ledger_that_was_asked_for(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "台账.csv"
    path.write_text("甲列,备注\n示例甲,示例\n", "utf-8")
    assert opened(path, register="review_item").side.register.currentData() == "review_item"


def test_the_parts_shown_add_up_to_the_rows_of_the_table(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    tally = page.flow.tally()
    assert page.side.counts.title.text() == f"这一批共 {tally.total} 行"
    assert tally.total == len(ROWS) + 2
    assert "须先改正 1 行" in page.side.counts.accessibleName()
    assert page.bar.note() == "须先改正的 1 行不导入，可导出后再补"


def test_a_changed_column_is_planned_again_and_keeps_the_officers_hands(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    combo = page.mapping.combo("H")
    combo.setFocus()
    combo.setCurrentIndex(combo.findData("reason_note"))
    combo.activated.emit(combo.currentIndex())
    rest(page, qtbot)
    assert {look.letter: look.path for look in page.mapping.columns()}["H"] == "reason_note"
    assert page.step == MAPPING
    qtbot.waitUntil(lambda: page.mapping.combo("H").isVisible())


def test_a_field_given_to_another_column_leaves_the_one_before(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.mapping.mapped.emit("H", "record")
    rest(page, qtbot)
    paths = {look.letter: look.path for look in page.mapping.columns()}
    assert (paths["H"], paths["G"]) == ("record", "")


def test_a_wrong_cell_is_mended_by_keyboard_and_survives_another_mapping(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    assert page.step == CHECK
    page.preview.choose("refused")
    table = page.preview.rows
    assert table.model().rowCount() == 1
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert (editor.text(), editor.accessibleName()) == ("2025.2.30", "谈话时间，改为")
    editor.setText("2025.2.28")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.flow.tally().refused == 0)
    assert page.bar.next.text() == "导入 4 行"
    page.mapping.mapped.emit("H", "reason_note")
    rest(page, qtbot)
    assert page.flow.tally().refused == 0


def test_f2_opens_the_wrong_cell_of_the_row_and_enter_the_one_in_hand(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.preview.choose("refused")
    table = page.preview.rows
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    beside = table.currentIndex().column()
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "谈话时间，改为"
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert table.currentIndex().column() == beside - 1
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert table.currentIndex().column() == beside
    assert table.state() is QAbstractItemView.State.EditingState


def test_the_button_under_the_rows_mends_the_wrong_cell_too(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.preview.choose("refused")
    QTest.keyClick(page.preview.rows, Qt.Key.Key_Right)
    page.preview.strip.mend_asked.emit()
    editor = page.preview.rows.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.accessibleName() == "谈话时间，改为"


def test_rows_name_their_cell_what_is_wrong_and_the_way_out(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.preview.choose("refused")
    assert "第 7 行" in page.preview.strip.accessibleName()
    assert "B 列没有“2025.2.30”这一天，请改日期" in page.preview.strip.words()
    assert [button.accessibleName() for button in page.preview.strip.buttons()] == ["改这一格"]


def test_a_near_name_is_taken_for_every_row_at_once(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    office.records.save(registers.register("person"), {"name": "邵 勇"})
    rows = [[at, f"2025.{at}.5", "邵永勇", "主任", "日常", "陈守正", "x", None] for at in (1, 2, 3)]
    page = opened(ledger(tmp_path / "谈话.xlsx", rows))
    page.go_on()
    button = next(each for each in page.preview.strip.buttons() if each.accessibleName() == "改为“邵勇”")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    table = page.flow.table
    assert table is not None
    assert table.sheet is not None
    subjects = {str(row.values["subject"]) for row in table.sheet.rows()}
    assert len(subjects) == 1
    assert "邵勇" in subjects.pop()


def test_a_doubtful_row_waits_until_it_is_decided_and_the_decision_can_be_taken_back(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx", [ROWS[0], ROWS[1], [3, *ROWS[0][1:]]]))
    page.go_on()
    page.preview.choose("doubtful")
    assert page.bar.next.text() == "导入 2 行"
    QTest.mouseClick(page.preview.strip.buttons()[0], Qt.MouseButton.LeftButton)
    assert page.bar.next.text() == "导入 3 行"
    QTest.mouseClick(page.preview.strip.buttons()[-1], Qt.MouseButton.LeftButton)
    assert page.bar.next.text() == "导入 2 行"


def test_rows_over_settled_records_go_in_only_with_a_written_reason(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    office.importing.apply(office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:2])))
    with office.vault.act("step") as act:
        act.execute("UPDATE integrity_talk SET missing = 0, state = 'archived'")
    page = opened(ledger(tmp_path / "二.xlsx", [[*row[:6], "改过的内容", None] for row in ROWS[:2]]))
    page.go_on()
    preview = page.preview
    preview.choose("refused")
    assert "须说明理由" in preview.strip.words()
    assert page.bar.next.text() == "导入 0 行"
    _one, both = preview.strip.buttons()
    assert both.accessibleName() == "写明原因，更正这样的 2 条…"
    QTest.mouseClick(both, Qt.MouseButton.LeftButton)
    (reason,) = preview.ask.lines()
    assert isinstance(reason, QLineEdit)
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert preview.ask.isVisible()
    assert page.bar.next.text() == "导入 0 行"
    reason.setText("登记表写错了")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert page.bar.next.text() == "导入 2 行"
    preview.choose("changed")
    QTest.mouseClick(preview.strip.buttons()[-1], Qt.MouseButton.LeftButton)
    assert page.bar.next.text() == "导入 1 行"


def test_changed_rows_show_old_and_new(office: Office, opened: Opened, tmp_path: Path) -> None:
    applied = office.importing.apply(office.importing.plan(ledger(tmp_path / "一.xlsx", ROWS[:1])))
    with office.vault.act("step") as act:
        # Filed as the ledger brings it, its row would wait for a reason first.
        act.change(TALK, applied.ids["谈话台账", 4], None, {"state": "held"})
    page = opened(ledger(tmp_path / "二.xlsx", [[*ROWS[0][:6], "提醒并谈心", ROWS[0][7]]]))
    page.go_on()
    page.preview.choose("changed")
    model = page.preview.model()
    assert model is not None
    shown = [str(model.index(0, at).data()) for at in range(model.columnCount())]
    assert "提醒分管领域廉政风险 → 提醒并谈心" in shown
    assert shown[-1].startswith("有变化：")


def test_importing_makes_a_backup_then_one_batch_that_the_bar_can_take_back(
    office: Office, context: Context, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"), register="integrity_talk")
    assert page.head.back.accessibleName() == "返回廉政谈话"
    page.go_on()
    heard: list[tuple[object, ...]] = []
    context.events.changed.connect(lambda change: heard.append((change.registers,)))
    context.events.said.connect(lambda words, batch: heard.append((words, batch)))
    assert page.complete()
    rest(page, qtbot)
    batch = office.importing.batches()[0].id
    assert heard == [(frozenset({"integrity_talk"}),), ("已导入：新增 3 行。", batch)]
    assert (page.step, count(office)) == (DONE, 3)
    assert [each.reason for each in office.backups.list()] == [Reason.IMPORT]
    office.importing.undo(batch)
    assert count(office) == 0


def test_the_last_step_tells_when_the_import_was_taken_back_and_stands_again(
    office: Office, context: Context, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.go_on()
    rest(page, qtbot)
    batch = office.importing.batches()[0].id
    take_back(context, batch)
    assert (page.done.words(), count(office)) == ("这次导入已撤销。", 0)
    assert page.done.rest.isHidden()
    redoable = office.history.last_redoable()
    assert redoable is not None
    take_back(context, redoable.id)
    assert (page.done.words(), count(office)) == ("已导入：新增 3 行。", 3)
    assert not page.done.rest.isHidden()


def test_rows_that_stayed_out_can_be_mended_afterwards(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.go_on()
    rest(page, qtbot)
    page.done.rest.click()
    rest(page, qtbot)
    assert (page.step, page.flow.tally().same, page.flow.tally().refused) == (CHECK, 3, 1)
    table = page.flow.table
    assert table is not None
    table.mend(7, 1, "2025.2.28")
    page.preview.changed.emit()
    page.go_on()
    rest(page, qtbot)
    assert count(office) == 4


def test_the_same_file_again_offers_nothing_to_import(office: Office, opened: Opened, tmp_path: Path) -> None:
    path = ledger(tmp_path / "谈话.xlsx", ROWS[:2])
    office.importing.apply(office.importing.plan(path))
    page = opened(path)
    page.go_on()
    assert not page.bar.next.isEnabled()
    assert page.bar.next.reason == "没有要导入的行"


def test_all_or_nothing_holds_the_batch_back_while_a_row_waits(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    page.side.whole.click()
    assert page.bar.next.reason == "有行没有通过，按您的选择整批先不导入"


def test_the_chosen_columns_are_remembered_and_can_be_recognised_anew(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "一.xlsx", ROWS[:1]))
    page.mapping.mapped.emit("H", "reason_note")
    rest(page, qtbot)
    page.go_on()
    page.go_on()
    rest(page, qtbot)
    second = opened(ledger(tmp_path / "二.xlsx", ROWS[1:2]))
    assert {look.letter: look.path for look in second.mapping.columns()}["H"] == "reason_note"
    assert second.mapping.forget.isVisible()
    second.mapping.forget.click()
    rest(second, qtbot)
    assert {look.letter: look.path for look in second.mapping.columns()}["H"] == "remarks"


def test_stopping_while_reading_says_that_nothing_was_imported(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    rows = [
        [at, f"2025.3.{at % 28 + 1}", f"张{chr(0x4E00 + at)}", "科员", "日常", "陈守正", "x", None]
        for at in range(3000)
    ]
    page = ImportPage(context)
    qtbot.addWidget(page)
    page.show()
    page.flow.add_files([ledger(tmp_path / "多行.xlsx", rows)])
    with qtbot.waitSignal(page.flow.stopped):
        QApplication.sendEvent(
            page, QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
        )
    assert page.strip.accessibleName() == "已停下 没有导入任何内容，数据和原来一样。"
    assert page.flow.tables == []


def test_a_locked_workbook_asks_for_its_password_on_the_page(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    plain = ledger(tmp_path / "明.xlsx")
    locked = tmp_path / "密.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("a1b2", target)
    page = opened(locked)
    assert (page.step, page.files.locked.isVisibleTo(page)) == (FILES, True)
    page.files.locked.password.field.setText("wrong")
    page.files.locked.open.click()
    rest(page, qtbot)
    assert page.files.locked.isVisibleTo(page)
    assert "密码打不开" in page.files.locked._note.words()
    page.files.locked.password.field.setText("a1b2")
    page.files.locked.open.click()
    rest(page, qtbot)
    assert (page.step, page.files.locked.password.text()) == (MAPPING, "")


def test_files_that_cannot_be_read_keep_none_of_the_others_back(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    """Each press met the next bad file, and the question for a password stayed when it was answered."""
    good, locked, none, cut = (tmp_path / name for name in ("好.xlsx", "密.xlsx", "空.xlsx", "断.xlsx"))
    ledger(good)
    with ledger(tmp_path / "明.xlsx").open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("a1b2", target)
    none.touch()
    cut.write_bytes(good.read_bytes()[:2000])
    page = opened(none, locked, cut, good)
    qtbot.waitUntil(lambda: not page.files.locked.visibleRegion().isEmpty())
    assert page.files.locked.visibleRegion().boundingRect() == page.files.locked.rect(), "the whole question is seen"
    page.files.locked.password.field.setText("a1b2")
    page.files.locked.open.click()
    rest(page, qtbot)
    assert (page.step, [path.name for path in page.flow.paths]) == (MAPPING, ["密.xlsx", "好.xlsx"])
    said = page.strip.accessibleName()
    assert said.startswith("2 个文件没有读入：《空.xlsx》是空文件；《断.xlsx》已损坏")
    assert page.files.locked.isHidden()
    page.go_on()
    assert (page.step, page.strip.isHidden()) == (CHECK, True)


def test_a_file_that_is_no_workbook_is_refused_in_words_and_left_out(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "说明.xlsx"
    path.write_bytes(b"")
    page = opened(path)
    # The next file is chosen without a way back by Tab.
    assert page.focusWidget() is page.files.choose
    assert "是空文件" in page.strip.accessibleName()
    assert "原文件没有改动" in page.strip.accessibleName()
    assert page.flow.paths == []
    assert page.bar.next.reason == "先选择要导入的文件"


def test_the_header_can_be_pointed_at_by_keyboard(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.side.point.click()
    assert page.step == HEADER
    table = page.header.table
    assert table.header_rows() == (2, 3)
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.header_rows() == (3,)
    page.go_on()
    rest(page, qtbot)
    assert page.step == MAPPING
    assert page.flow.table is not None
    assert page.flow.table.sheet is not None
    assert page.flow.table.sheet.facts.header_rows == (3,)


@pytest.mark.parametrize(
    ("before", "number", "after"),
    [
        ((), 3, (3,)),
        ((2,), 3, (2, 3)),
        ((2, 3), 3, (2,)),
        ((2, 3), 9, (9,)),
        ((2, 3, 4), 5, (5,)),
        ((2, 3, 4), 3, ()),
    ],
)
def test_header_rows_stay_together(before: tuple[int, ...], number: int, after: tuple[int, ...]) -> None:
    assert pointed(before, number) == after


def test_a_sheet_nobody_recognised_waits_for_register_and_header(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["内部"], ["对象", "主谈人", "某列"], ["孙立新", "陈守正", "x"]):
        sheet.append(row)
    book.save(tmp_path / "杂项.xlsx")
    page = opened(tmp_path / "杂项.xlsx")
    assert page.step == HEADER
    if page.flow.table is not None and page.flow.table.sheet is None:
        assert "没有认出" in page.strip.accessibleName()
        page.side.register.setCurrentIndex(page.side.register.findData("integrity_talk"))
        page.side.register.activated.emit(page.side.register.currentIndex())
        page.header.table.toggle(1)
        page.go_on()
        rest(page, qtbot)
    assert page.flow.table is not None
    assert page.flow.table.sheet is not None


def test_several_sheets_stand_side_by_side_and_can_be_left_out(opened: Opened, tmp_path: Path) -> None:
    page = opened(Path(__file__).parents[3] / "data" / "ledgers" / "roster.xlsx")
    assert [table.sheet.register.key for table in page.flow.tables if table.sheet] == ["person", "unit"]
    assert page.segments.isVisible()
    total = page.flow.tally().total
    page.segments.chosen.emit("1")
    page.side.wanted.click()
    assert page.flow.tally().total < total


def test_another_register_plans_the_table_for_it(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.side.register.setCurrentIndex(page.side.register.findData("person"))
    page.side.register.activated.emit(page.side.register.currentIndex())
    rest(page, qtbot)
    assert page.flow.labels() == ("人员",)


def test_words_about_an_informant_are_nowhere_on_the_page(opened: Opened, tmp_path: Path) -> None:
    page = opened(petitions(tmp_path / "信访.xlsx"))
    shown: list[str] = []
    for step in (HEADER, MAPPING, CHECK):
        page._show_step(step)
        page.preview.choose("all")
        for view in (page.preview.rows, page.header.table, page.side.picture):
            model = view.model()
            for row in range(model.rowCount()):
                for column in range(model.columnCount()):
                    index = model.index(row, column)
                    roles = (
                        Qt.ItemDataRole.DisplayRole,
                        Qt.ItemDataRole.ToolTipRole,
                        Qt.ItemDataRole.AccessibleTextRole,
                    )
                    shown += [str(index.data(role)) for role in roles]
    shown += [example for look in page.mapping.columns() for example in look.examples]
    assert any(MASK in words for words in shown)
    assert not any(secret in words for secret in SECRETS for words in shown)


def test_files_dropped_on_the_page_are_read(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ledger(tmp_path / "谈话.xlsx"))), QUrl("https://example.invalid/a.xlsx")])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(9, 9), copy, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    page.dropEvent(event)
    rest(page, qtbot)
    assert [path.name for path in page.flow.paths] == ["谈话.xlsx"]


def test_esc_stops_an_import_wherever_the_cursor_went_when_the_buttons_went_dead(
    context: Context, opened: Opened, qtbot: QtBot, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def copy_on_and_on(progress: Progress, _reason: Reason) -> None:
        while True:
            progress("正在复制数据文件", 50 << 20, 99_213_312)
            Event().wait(0.01)

    page = opened(ledger(tmp_path / "谈话.xlsx"))
    while page.step != CHECK:
        page.go_on()
        rest(page, qtbot)
    monkeypatch.setattr(office.backups, "before_mass_change", copy_on_and_on)
    page.activateWindow()
    page.bar.next.setFocus()
    page.complete()
    qtbot.waitUntil(page.loading.isVisible)
    # The backup that goes before counts in bytes; they were called rows.
    qtbot.waitUntil(lambda: "导入前先备份，50 / 95 MB" in page.loading.accessibleName())
    QTest.keyClick(page.window(), Qt.Key.Key_Escape)
    rest(page, qtbot)
    assert "已停下" in page.strip.accessibleName()
    assert count(office) == 0
    assert page.focusWidget() is page.bar.next


def test_pasted_cells_are_looked_at_like_a_ledger(context: Context, qtbot: QtBot, office: Office) -> None:
    rows = [["2026.3.5", "孙立新"], ["2026.2.30", "丁海波"]]
    page = ImportPage.from_cells(context, "integrity_talk", rows, ["planned_date", "subject"])
    qtbot.addWidget(page)
    page.show()
    # Some hundred pasted lines take a moment: they are looked at off the window's thread.
    assert page.is_busy()
    rest(page, qtbot)
    assert (page.step, page.bar.next.text()) == (CHECK, "导入 1 行")
    page.complete()
    rest(page, qtbot)
    assert count(office) == 1
    told = page.done.findChildren(Label)
    assert any("还有 1 行没有导入，改好后再粘贴一次" in each.text() for each in told), (
        "there is no file to come back to"
    )


def test_after_a_lock_the_files_are_read_again_up_to_the_same_step(
    context: Context, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.go_on()
    place = page.place()
    again = ImportPage(context)
    qtbot.addWidget(again)
    again.show()
    again.return_to(place)
    rest(again, qtbot)
    assert again.step == CHECK


def test_a_page_thrown_away_while_it_reads_is_not_called_again(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportPage(context)
    page.flow.add_files([ledger(tmp_path / "谈话.xlsx")])
    page.deleteLater()
    del page
    with qtbot.waitSignal(context.tasks.idle):
        pass


def test_the_problem_rows_go_out_in_the_officers_own_workbook(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    proposed: list[str] = []

    def answer(_parent: object, _title: str, name: str, *_kinds: str) -> Path:
        proposed.append(name)
        return tmp_path / name

    monkeypatch.setattr(messages, "ask_save", answer)
    assert page.bar.export.isVisibleTo(page)
    page.bar.export.click()
    rest(page, qtbot)
    assert proposed == ["谈话（问题行）.xlsx"]
    assert (tmp_path / proposed[0]).is_file()
    assert page.strip.isVisibleTo(page)


def test_an_unknown_name_is_answered_once_by_keyboard_and_made_with_the_import(
    opened: Opened, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx", ROWS[:2]))
    page.go_on()
    assert page.step == CHECK
    rest(page, qtbot)
    assert page.questions.isVisibleTo(page)
    assert not [each for each in tab_stops_of(page.questions) if isinstance(each, QScrollArea)]
    combo = page.questions.combo("孙立新")
    assert (combo.currentText(), combo.accessibleName()) == ("先按原文保存", "“孙立新”是")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_End)
    rest(page, qtbot)
    assert page.questions.combo("孙立新").currentText().startswith("新建到")
    assert page.questions.combo("孙立新").hasFocus()
    assert office.records.count(View("person")) == 0
    page.go_on()
    rest(page, qtbot)
    assert page.step == DONE
    assert office.records.count(View("person")) == 1


def test_every_unknown_name_can_be_made_new_at_once(
    opened: Opened, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "一.xlsx", ROWS[:2]), ledger(tmp_path / "二.xlsx", [[9, "2025.9.1", *ROWS[0][2:]]]))
    page.go_on()
    rest(page, qtbot)
    page.questions.all_new.click()
    rest(page, qtbot)
    page.go_on()
    rest(page, qtbot)
    names = [row.values["name"] for row in office.records.window(View("person"), 0, 9)]
    assert sorted(map(str, names)) == sorted(["孙立新", "丁海波", "陈守正"])


def test_hundreds_of_names_are_looked_for_away_from_the_window_and_listed_in_pieces(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[at, "2025.3.5", f"赵{chr(0x5000 + at)}", *ROWS[0][3:]] for at in range(130)]
    page = opened(ledger(tmp_path / "谈话.xlsx", rows))
    importing, asked = page.flow._context.office.importing, set[bool]()
    plain = importing.questions

    def questions(sheets: Sequence[SheetPlan]) -> list[Question]:
        asked.add(threading.current_thread() is threading.main_thread())
        return plain(sheets)

    monkeypatch.setattr(importing, "questions", questions)
    page.go_on()
    assert page.step == CHECK
    pieces: list[int] = []
    make_some = QuestionPane._make_some

    def making(pane: QuestionPane) -> None:
        before = len(pane._combos)
        make_some(pane)
        pieces.append(len(pane._combos) - before)

    monkeypatch.setattr(QuestionPane, "_make_some", making)
    rest(page, qtbot)
    assert asked == {False}
    assert pieces == [10] * 10, "the hundred that are listed, some in each turn"
    assert page.questions.combo(f"赵{chr(0x5032)}").answer().kind == "words"
    page.questions.all_new.click()
    rest(page, qtbot)
    assert {page.questions.combo(f"赵{chr(0x5000 + at)}").answer().kind for at in (0, 50)} == {"make"}


def test_a_list_still_painted_while_its_plan_makes_way_shows_empty_rows(opened: Opened, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    table = page.flow.table
    assert table is not None
    assert table.sheet is not None
    model = RowsModel(table, CHIPS[-1])
    count = model.rowCount()
    assert count
    table.sheet.drop()
    assert [model.index(row, 1).data() for row in range(count)] == [None] * count


def test_the_frame_can_be_moved_from_the_first_record_to_the_last(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(ledger(tmp_path / "谈话.xlsx"))
    page.side.point.click()
    assert (page.header.first.value(), page.header.last.value()) == (4, 0)
    page.header.last.setValue(5)
    assert page.header.last.accessibleName() == "数据到第几行止，0 为到底"
    page.go_on()
    rest(page, qtbot)
    assert page.flow.tally().total == 2
    page.side.point.click()
    assert (page.header.first.value(), page.header.last.value()) == (4, 5)
    page.header.first.setValue(5)
    page.go_on()
    rest(page, qtbot)
    assert page.flow.tally().total == 1


def test_a_layout_is_named_where_it_is_remembered_and_listed_with_the_batches(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(ledger(tmp_path / "一.xlsx", ROWS[:1]))
    page.side.name.setText("谈话月报")
    page.go_on()
    page.go_on()
    rest(page, qtbot)
    second = opened(ledger(tmp_path / "二.xlsx", ROWS[1:2]))
    assert "按记住的“谈话月报”对应" in second.mapping._note.words()
    second.show_log()
    pane = second.log.remembered
    assert [field.text() for field in pane.names] == ["谈话月报"]
    pane.names[0].setText("谈话季报")
    pane.names[0].editingFinished.emit()
    assert office.importing.mappings.all()[0].name == "谈话季报"
    pane.buttons[0].click()
    assert office.importing.mappings.all() == []
    assert not pane.isVisible()


def test_what_looks_at_a_table_is_made_after_the_page_stands(context: Context, qtbot: QtBot) -> None:
    page = ImportPage(context)
    qtbot.addWidget(page)
    page.show()
    assert not page.has_middle
    rest(page, qtbot)
    assert page.has_middle
    page.show_log()
    assert page.shows_log()
    page.log.left.emit()
    assert page.files.isVisible()
