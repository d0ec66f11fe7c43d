"""What the officer chooses on the import page: empty cells, doubtful rows, which table to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.registers import register
from paizhu.services.office import Office
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, HEADER, MAPPING

from .conftest import Opened, rest

TALK = register("integrity_talk")
PLAIN = ["谈话时间", "谈话对象", "谈话类型", "谈话地点", "备注"]
HEAD = ["谈话时间", "谈话对象", "谈话类型", "谈话地点", "谈话内容"]
KNOWN = ["2025.3.5", "柳青", "日常谈话", "示例谈话室", "谈了节日期间的廉洁要求"]
Rows = Sequence[Sequence[str | None]]


pytestmark = pytest.mark.usefixtures("look")


def book(path: Path, rows: Rows, head: Sequence[str] = HEAD) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in (head, *rows):
        made.active.append(list(row))
    made.save(path)
    return path


def chips(page: ImportPage) -> dict[str, int | None]:
    return {each.chip.key: each.chip.count for each in page.preview.chips._buttons}


def test_empty_cells_over_what_is_known_are_told_and_can_be_kept_from_emptying(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    office.importing.apply(office.importing.plan(book(tmp_path / "一.xlsx", [KNOWN], PLAIN)))
    page = opened(book(tmp_path / "二.xlsx", [[*KNOWN[:3], None, KNOWN[4]]], PLAIN))
    page.go_on()
    assert "会清空台账里的“示例谈话室”" in page.preview.strip.words()
    assert page.side._emptied.text() == "有 1 行里的空格会清空台账里已有的内容。"
    assert page.bar.next.text() == "导入 1 行"
    page.side.keep.click()
    qtbot.waitUntil(
        lambda: not page.flow.busy and page.flow.table is not None and page.flow.table.keep_filled, timeout=20_000
    )
    assert page.step == CHECK
    assert page.side.keep.isChecked()
    assert page.side.keep.isVisible()
    assert not page.side._emptied.isVisible()
    assert page.bar.next.text() == "导入 0 行"


def test_what_was_said_of_empty_cells_is_there_again_when_the_import_is_taken_up(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    office.importing.apply(office.importing.plan(book(tmp_path / "一.xlsx", [KNOWN], PLAIN)))
    page = opened(book(tmp_path / "二.xlsx", [[*KNOWN[:3], None, "换了内容"]], PLAIN))
    page.flow.keep_filled(True)
    qtbot.waitUntil(lambda: not page.flow.busy, timeout=20_000)
    page.put_aside()
    other = opened()
    (saved,) = other.resuming._kept.all()
    other.resuming.take_up(saved)
    qtbot.waitUntil(lambda: not other.flow.busy and bool(other.flow.tables), timeout=20_000)
    assert other.flow.tables[0].keep_filled
    assert other.flow.tables[0].emptied == 0


def test_a_doubtful_row_left_out_is_no_longer_counted_as_doubtful(
    office: Office, opened: Opened, tmp_path: Path
) -> None:
    office.importing.apply(office.importing.plan(book(tmp_path / "一.xlsx", [KNOWN])))
    near = [["2025.3.6", "柳青", "日常谈话", None, KNOWN[4]], ["2025.6.6", "武大山", "日常谈话", None, "另一回事"]]
    page = opened(book(tmp_path / "二.xlsx", near))
    page.go_on()
    assert chips(page)["doubtful"] == 1
    assert "选“就是这一条”时，这一行空着的格不改动它" in page.preview.strip.words()
    skip = next(each for each in page.preview.strip.buttons() if each.text().startswith("跳过"))
    QTest.mouseClick(skip, Qt.MouseButton.LeftButton)
    assert "doubtful" not in chips(page)
    page.preview.choose("all")
    assert chips(page)["all"] == 2


def test_the_list_of_tables_says_where_something_is_to_be_mended(opened: Opened, tmp_path: Path) -> None:
    bad = book(tmp_path / "甲.xlsx", [KNOWN, ["2025.2.30", *KNOWN[1:]]])
    page = opened(bad, book(tmp_path / "乙.xlsx", [["2025.4.5", *KNOWN[1:]]]))
    assert page.step == MAPPING
    assert [words for _key, words in page.flow.choices()] == [
        "甲 · Sheet · 廉政谈话（须先改正 1）",
        "乙 · Sheet · 廉政谈话",
    ]
    page.go_on()
    model = page.preview.model()
    assert model is not None
    page.preview.choose("refused")
    model = page.preview.model()
    assert model is not None
    model.setData(model.index(0, 1), "2025.2.28")
    assert page.segments._words[0] == "甲 · Sheet · 廉政谈话"


def test_people_of_a_roster_among_the_files_are_linked_whatever_the_order(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    talks = book(tmp_path / "谈话.xlsx", [["2025.3.5", "柳　青", *KNOWN[2:]]])
    roster = book(tmp_path / "名册.xlsx", [["柳 青", "男", "1975.3", "本科"]], ["姓名", "性别", "出生年月", "学历"])
    page = opened(talks, roster)
    page.go_on()
    rest(page, qtbot)
    assert not page.questions.asks()
    page.go_on()
    qtbot.waitUntil(lambda: page.step == DONE, timeout=20_000)
    (talk,) = office.records.ids(View("integrity_talk"))
    subject = office.records.get(TALK, talk).values["subject"]
    assert isinstance(subject, Ref)
    assert (subject.label, subject.id) == ("柳青", office.records.ids(View("person"))[0])


def test_words_put_right_once_are_put_right_wherever_they_stand(opened: Opened, tmp_path: Path) -> None:
    rows = [[f"2025.{month}.5", "柳青", "聊聊天", None, None] for month in (1, 4, 8)]
    page = opened(book(tmp_path / "一.xlsx", [*rows, ["2025.9.5", "柳青", "日常谈话", None, None]], PLAIN))
    page.go_on()
    model = page.preview.model()
    assert model is not None
    assert model.rowCount() == 3
    kind = [column.field.name for column in model.fed if column.field].index("kind") + 1
    assert model.setData(model.index(0, kind), "提醒谈话")
    assert page.preview.strip.words() == "已改为“提醒谈话”。"
    (rest,) = page.preview.strip.buttons()
    assert rest.accessibleName() == "其余“聊聊天”也改为“提醒谈话”"
    QTest.mouseClick(rest, Qt.MouseButton.LeftButton)
    assert page.flow.table is not None
    assert page.flow.table.sheet is not None
    kinds = [row.values["kind"] for row in page.flow.table.sheet.rows()]
    assert kinds == ["reminder", "reminder", "reminder", "routine"]
    assert page.flow.tally().look == 0


def test_words_that_stand_nowhere_else_are_not_offered(opened: Opened, tmp_path: Path) -> None:
    rows = [["2025.1.5", "柳青", "聊聊天", None, None], ["2025.4.5", "柳青", "日常谈话", None, None]]
    page = opened(book(tmp_path / "一.xlsx", rows, PLAIN))
    page.go_on()
    model = page.preview.model()
    assert model is not None
    kind = [column.field.name for column in model.fed if column.field].index("kind") + 1
    assert model.setData(model.index(0, kind), "提醒谈话")
    assert page.preview.strip.isHidden()


def test_one_enter_ends_a_cell_over_its_list_of_choices(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(book(tmp_path / "一.xlsx", [["2025.1.5", "柳青", "聊聊天", None, None]], PLAIN))
    page.go_on()
    rows = page.preview.rows
    assert rows.mend()
    editor = rows.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("提醒谈话")
    # The list itself takes the keyboard, which no window off screen can give it.
    enter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(editor.completer().popup(), enter)
    assert page.flow.table is not None
    sheet = page.flow.table.sheet
    assert sheet is not None
    qtbot.waitUntil(lambda: sheet.row(2).values.get("kind") == "reminder")
    assert rows.state() is not QAbstractItemView.State.EditingState


def test_two_columns_that_tell_no_register_wait_for_it_with_their_header_marked(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    path = book(tmp_path / "名单.xlsx", [("示例甲", "示例备注"), ("示例乙", None)], ("姓名", "备注"))
    page = opened(path)
    assert page.step == HEADER
    assert page.flow.table is not None
    assert page.flow.table.sheet is None
    assert page.side.register.currentData() in ("", None)
    assert page.header.header_rows() == (1,)
    page.side.register.setCurrentIndex(page.side.register.findData("person"))
    page.side.register_chosen.emit("person")
    qtbot.waitUntil(lambda: not page.flow.busy)
    assert page.flow.table.sheet is not None
    assert page.flow.table.sheet.register.key == "person"
    assert page.flow.tally().ready == 2
