"""The far part of the walk: every register, every page beside the tabs, the wizards, and what is typed there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from paizhu.base.field import FieldKind
from paizhu.base.view import View
from paizhu.services import sample

if TYPE_CHECKING:
    # Only for the type checker, which finds what was renamed: imported, they would be loaded before their time.
    from paizhu.ui.desk import Desk
    from paizhu.ui.overviews.dossier import DossierOverview
    from paizhu.ui.overviews.review_meeting import MeetingOverview
    from paizhu.ui.register.page import RegisterPage
    from paizhu.ui.register.side import RegisterSide
    from paizhu.ui.wizards.fill_page import FillPage
    from paizhu.ui.wizards.import_page import ImportPage

Steps = Iterator[tuple[str, Callable[[], object]]]
_FORM = Path(__file__).parents[1] / "data" / "forms" / "four_forms.xlsx"
_PASTED = 200
_TABS = {2: "the days", 3: "the files", 4: "the changes"}


def far(desk: Desk) -> Steps:
    """Yield everything that the near walk leaves out, each with its words."""
    for tab in desk.tabs:
        for register in tab.registers:
            yield from _register(desk, register)
    for key in desk.pages.known():
        yield f"the page {key}", partial(desk.show_tab, key)
    yield from _pages(desk)
    yield from _sought(desk)
    yield from _imported(desk)
    yield from _filled(desk)


def _register(desk: Desk, register: str) -> Steps:
    ids = desk.context.office.records.ids(View(register))
    if not ids:
        return
    yield f"{register}: a record", partial(desk.open_record, register, ids[0])
    side = page_of_registers(desk).side
    for at, words in _TABS.items():
        yield f"{register}: {words}", partial(side.detail.header.tabs.setCurrentIndex, at)
    yield f"{register}: its form", partial(side.detail.header.tabs.setCurrentIndex, 1)
    yield f"{register}: edit", partial(desk.pages.run, "edit")
    form = side.detail.form
    plain = (FieldKind.LINE, FieldKind.TEXT)
    line = next((row for row in form.fields.values() if row.can_edit and row.field.kind in plain and row.editor), None)
    if line is not None:
        yield f"{register}: type", partial(typed_at, _line_in(line.editor), "三")
    for table in form.tables.values():
        if (add := getattr(table, "add_row", None)) and table.model.fields:
            yield f"{register}: add a row", add
            yield f"{register}: type into the row", partial(typed_at, QApplication.focusWidget(), "四")
            break
    yield f"{register}: leave the typing", partial(_drop_typed, side)
    yield f"{register}: edit again", partial(desk.pages.run, "edit")
    if line is not None:
        yield f"{register}: type again", partial(typed_at, _line_in(line.editor), "五")
    yield f"{register}: save", partial(desk.pages.run, "save")
    yield f"{register}: undo", desk.last_act.undo
    yield f"{register}: redo", desk.last_act.redo
    yield from _steps_of(desk, side, register, ids)
    yield f"{register}: new", partial(desk.pages.run, "new")
    yield f"{register}: back to the list", side.show_list
    yield f"{register}: next record", partial(typed_key, side.list.table, Qt.Key.Key_Down)
    yield f"{register}: sort", partial(side.list.sorted_by.emit, side.register.columns[-1], True)
    for facet in side.narrowing.facets[1:3]:
        yield f"{register}: a chip", partial(side.narrowing.choose, facet.key)
    yield f"{register}: all again", side.narrowing.clear
    yield f"{register}: recycle", partial(desk.pages.run, "void")
    yield f"{register}: recycle, left", side.detail.ask.leave


def _steps_of(desk: Desk, side: RegisterSide, register: str, ids: Sequence[int]) -> Steps:
    """Take the first step that lacks nothing, of the first record that has one."""
    for record in ids[:40]:
        desk.open_record(register, record)
        ready = next((way for way in side.detail.ways_on.all if not way.against and not way.shut), None)
        if ready:
            yield f"{register}: before a step", side.show_list
            yield f"{register}: a step", partial(side.acts.take_step, ready.step)
            yield f"{register}: a step undone", desk.last_act.undo
            return
    yield f"{register}: no step is free", lambda: None


def _pages(desk: Desk) -> Steps:
    office = desk.context.office
    yield "the day again", partial(desk.show_tab, "today")
    today = desk.pages.currentWidget()
    yield "a quick line", partial(desk.pages.run, "new")
    for letter in "明天":
        yield "type a quick line", partial(typed_at, QApplication.focusWidget(), letter)
    yield "leave the quick line", partial(typed_key, today, Qt.Key.Key_Escape)
    people = office.records.ids(View("person"))
    yield "a dossier asked for", partial(desk.open_record, "person", people[1])
    overview = cast("DossierOverview", page_of_registers(desk).side.detail.overview)
    yield "a dossier opened", partial(overview.open_for, "日常监督")
    meetings = office.records.ids(View("meeting"))
    yield "a meeting", partial(desk.open_record, "meeting", meetings[0])
    meeting = cast("MeetingOverview", page_of_registers(desk).side.detail.overview)
    yield "an agenda to be pasted", meeting.open_paste
    yield "the month", partial(desk.show_tab, "deadlines")
    yield "the next month", partial(typed_key, desk.pages.currentWidget(), Qt.Key.Key_PageDown)
    yield "settings", partial(desk.show_tab, "settings")


def _sought(desk: Desk) -> Steps:
    yield "to the search line", desk.open_search
    for letter in "谈话":
        yield "type what is sought", partial(typed_at, desk.head.search, letter)
    yield "down what was found", partial(typed_key, desk.head.search, Qt.Key.Key_Down)
    yield "open what was found", partial(typed_key, desk.head.search, Qt.Key.Key_Return)


def _imported(desk: Desk) -> Steps:
    for path in sample.ledgers()[:4]:
        yield "import: read a ledger", partial(desk.errands.open_import, [path])
        page = cast("ImportPage", desk.pages.currentWidget())
        for _each in range(8):
            before = page.step
            yield f"import: on from step {before}", page.go_on
            if page.step in (before, 4):
                break
        yield "import: batches", page.show_log
        yield "import: left", desk.back
        yield "import: undone", desk.last_act.undo
    yield "the talks again", partial(desk.show_tab, "talks")
    side = page_of_registers(desk).side
    rows = "\n".join(f"2026.3.{at % 28 + 1}\t赵示例{at}\t日常\t三楼\t内容第{at}行" for at in range(_PASTED))
    QApplication.clipboard().setText(rows)
    yield f"{_PASTED} lines pasted into the list", side.list_acts.paste
    yield "what was pasted, left", desk.back


def _filled(desk: Desk) -> Steps:
    yield "a blank form", partial(desk.errands.open_form, _FORM)
    page = cast("FillPage", desk.pages.currentWidget())
    assert page.look is not None
    for sheet in [sheet.name for sheet in page.look.form.sheets][:3]:
        yield "another sheet of the form", partial(page.sheets.chosen.emit, sheet)
    yield "another form", page.show_start


def page_of_registers(desk: Desk) -> RegisterPage:
    """Return the page in front, which shows registers."""
    return cast("RegisterPage", desk.pages.currentWidget())


def _drop_typed(side: RegisterSide) -> None:
    side.detail.strip.acted.emit("drop")


def _line_in(editor: QWidget | None) -> QWidget:
    assert editor is not None
    if isinstance(editor, QLineEdit | QPlainTextEdit):
        return editor
    return editor.findChild(QLineEdit) or editor.findChild(QPlainTextEdit) or editor


def typed_at(widget: QWidget | None, letter: str) -> None:
    """Type a letter, as the keyboard does it."""
    if widget is not None:
        widget.setFocus()
        _post(widget, 0, letter)


def typed_key(widget: QWidget, key: Qt.Key) -> None:
    """Press a key that has no letter."""
    _post(widget, key, "")


def _post(widget: QWidget, key: int, letter: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
