"""Files dragged onto a record: taken anywhere on it, told what was not, and no program is ever run."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.services.office import Office
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button
from paizhu.ui.kit.file_link import FileLink
from paizhu.ui.register.detail_stack import FILES, FORM
from paizhu.ui.register.page import RegisterPage

from .conftest import MakePage
from .test_marks import line_of

TALK = registers.register("integrity_talk")
_COPY, _LEFT, _NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LONG = f"{'关于落实党风廉政建设责任制情况' * 5}的报告.pdf"


@pytest.fixture
def page(make_page: MakePage, talks: list[int]) -> RegisterPage:
    page = make_page(TALK)
    page.open_record(TALK.key, talks[0])
    return page


def data_of(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(widget: QWidget, *paths: Path) -> bool:
    """Drag files over a widget; tell whether it takes them."""
    data = data_of(*paths)
    event = QDragEnterEvent(QPoint(5, 5), _COPY, data, _LEFT, _NONE)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drop(widget: QWidget, *paths: Path) -> None:
    drag(widget, *paths)
    data = data_of(*paths)
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), _COPY, data, _LEFT, _NONE))


def paper(folder: Path, name: str) -> Path:
    made = folder / name
    made.write_text(name, encoding="utf-8")
    return made


def said(page: RegisterPage) -> str:
    strip = page.side.detail.strip
    return strip.accessibleName() if strip.isVisible() else ""


def kept(page: RegisterPage, office: Office) -> list[str]:
    record = page.side.detail.work.record_id
    assert record is not None
    return [str(each["name"]) for each in office.records.attachments(TALK, record)]


def test_files_dropped_on_the_form_hang_at_the_record_in_one_act(
    page: RegisterPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    pane = page.side.detail
    pane.header.tabs.setCurrentIndex(FORM)
    paths = [paper(tmp_path, name) for name in ("甲.pdf", "乙.pdf")]
    assert drag(pane, *paths)
    veil = page.side.files.drops.veil
    assert veil.isVisible()
    pane.grab()
    drop(pane, *paths)
    assert not veil.isVisible()
    qtbot.waitUntil(lambda: kept(page, office) == ["甲.pdf", "乙.pdf"])
    qtbot.waitUntil(lambda: "甲.pdf 等 2 个" in page.side.list.undo_bar.accessibleName())
    page.run("record.undo")
    assert kept(page, office) == []


def test_workbooks_over_the_form_are_left_to_the_window_and_taken_in_the_list_of_files(
    page: RegisterPage, tmp_path: Path
) -> None:
    pane, book = page.side.detail, paper(tmp_path, "台账.xlsx")
    pane.header.tabs.setCurrentIndex(FORM)
    assert not drag(pane, book)
    assert drag(pane, book, paper(tmp_path, "甲.pdf"))
    pane.header.tabs.setCurrentIndex(FILES)
    assert drag(pane, book)


def test_a_field_lets_files_pass_to_the_record_around_it(page: RegisterPage, tmp_path: Path) -> None:
    page.side.detail.form.open_fields(["place", "record"])
    for name in ("place", "record"):
        editor = page.side.detail.form.fields[name].editor
        assert editor is not None
        target = editor.target.viewport() if hasattr(editor.target, "viewport") else editor.target
        veil = page.side.files.drops.veil
        veil.hide()
        assert drag(target, paper(tmp_path, "甲.pdf"))
        assert veil.isVisible()
        words = QMimeData()
        words.setText("几个字")
        event = QDragEnterEvent(QPoint(5, 5), _COPY, words, _LEFT, _NONE)
        QApplication.sendEvent(target, event)
        assert event.isAccepted()


def test_a_file_that_comes_while_one_types_moves_nothing_and_asks_nothing(
    page: RegisterPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    detail = page.side.detail
    page.activateWindow()
    detail.form.open_section(name="place")
    line = line_of(detail.form, "place")
    QTest.keyClicks(line, "B2")
    qtbot.waitUntil(line.hasFocus)
    record = detail.work.record_id
    assert record is not None
    drop(detail, paper(tmp_path, "甲.pdf"))
    qtbot.waitUntil(lambda: kept(page, office) == ["甲.pdf"])
    # Into a field of its own a file changes the record as well.
    detail.form.add_asked.emit([paper(tmp_path, "乙.pdf")], "signed_page")
    qtbot.waitUntil(lambda: kept(page, office) == ["甲.pdf", "乙.pdf"])
    # It is stored away from the window, which hears of it afterwards.
    qtbot.waitUntil(lambda: "附件 2" in detail.header.tabs.tabText(FILES))
    # Two files in one breath: the tab counts both when the window has heard of the first only.
    qtbot.waitUntil(lambda: detail.work.version == office.records.get(TALK, record).version)
    assert said(page) == ""
    assert line.hasFocus()
    assert detail.form.typed() == {"place": "B2"}
    assert page.side.acts.save()
    assert office.records.get(TALK, record).values["place"] == "B2"


def test_what_was_not_taken_is_said(page: RegisterPage, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page.side.detail, tmp_path, paper(tmp_path, "甲.pdf"), tmp_path / "已删.pdf")
    qtbot.waitUntil(lambda: "有 2 个没有添加为附件" in said(page))
    assert "“已删.pdf”已经不在原处" in said(page)
    assert kept(page, office) == ["甲.pdf"]


def test_a_new_record_and_a_voided_one_say_why_they_take_nothing(
    page: RegisterPage, office: Office, tmp_path: Path, context: Context
) -> None:
    record = page.side.detail.work.record_id
    assert record is not None
    context.events.changed.emit(office.records.void(TALK, [record], "重复"))
    page.open_record(TALK.key, record)
    drop(page.side.detail, paper(tmp_path, "甲.pdf"))
    assert "先恢复这条记录" in said(page)
    page.new_record()
    drop(page.side.detail, paper(tmp_path, "甲.pdf"))
    assert "先保存，再把文件拖进来" in said(page)


def test_a_program_is_kept_but_never_run(
    page: RegisterPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(messages, "open_file", opened.append)
    drop(page.side.detail, paper(tmp_path, "安装.EXE"), paper(tmp_path, "甲.pdf"))
    qtbot.waitUntil(lambda: len(kept(page, office)) == 2)
    page.side.detail.header.tabs.setCurrentIndex(FILES)
    program, plain = page.side.detail.files.findChildren(FileLink)
    program.click()
    assert "没有打开" in said(page)
    plain.click()
    qtbot.waitUntil(lambda: bool(opened))
    assert [path.name for path in opened] == ["甲.pdf"]


@pytest.mark.parametrize("points", [10.5, 16.0])
def test_a_long_name_leaves_the_buttons_in_reach(
    page: RegisterPage, qtbot: QtBot, tmp_path: Path, points: float
) -> None:
    theme.current().set_points(points)
    pane = page.side.detail
    drop(pane, paper(tmp_path, LONG[-60:]))
    pane.header.tabs.setCurrentIndex(FILES)

    def links() -> list[FileLink]:
        return [each for each in pane.files.findChildren(FileLink) if each.isVisible()]

    # The record comes anew with its file, and the line with the room there is for it.
    qtbot.waitUntil(lambda: ["…" in each.text() for each in links()] == [True])
    buttons = [each for each in pane.files.findChildren(Button) if each.isVisible()]
    right = pane.stack.widget(FILES).mapToGlobal(QPoint(pane.stack.width(), 0)).x()
    assert [each.text() for each in buttons if each.mapToGlobal(QPoint(each.width(), 0)).x() > right] == []
    (link,) = links()
    assert link.text().endswith(".pdf")
    assert link.toolTip() == LONG[-60:]
    theme.current().normal()
