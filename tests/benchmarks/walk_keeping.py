"""The last part of the walk: backups, what goes out of the vault, and what is done with all records of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from paizhu.base.view import View

if TYPE_CHECKING:
    # Only for the type checker, as in the part before.
    from paizhu.ui.desk import Desk
    from paizhu.ui.pages.backup import BackupPage
    from paizhu.ui.pages.export import ExportPage
    from paizhu.ui.pages.paper import PaperPage
    from paizhu.ui.register.page import RegisterPage
    from paizhu.ui.register.side import RegisterSide
    from paizhu.ui.wizards.fill_page import FillPage

Steps = Iterator[tuple[str, Callable[[], object]]]
_FORM = Path(__file__).parents[1] / "data" / "forms" / "four_forms.xlsx"


def keeping(desk: Desk, out: Path) -> Steps:
    """Yield what brings records to safety, out of the vault or to the recycle list; files go to ``out``."""
    from paizhu.ui import messages

    # The system's own window for a place would wait for a hand.
    messages.ask_save = lambda parent, title, proposed, kinds="": out / proposed
    yield from _backups(desk)
    yield from _sent_out(desk)
    yield from _many(desk)


def _backups(desk: Desk) -> Steps:
    yield "the backups", partial(desk.show_tab, "backup")
    page = cast("BackupPage", desk.pages.currentWidget())
    yield "make a backup", page.make_now
    yield "prove a backup", page.prove_chosen
    yield "ask to put a backup back", page.ask_restore


def _sent_out(desk: Desk) -> Steps:
    yield "the export", partial(desk.show_tab, "export")
    page = cast("ExportPage", desk.pages.currentWidget())
    yield "write a workbook", page.export_now
    yield "write an empty template", page.save_form
    talk = desk.context.office.records.ids(View("integrity_talk"))[0]
    yield "the talk to be printed", partial(desk.open_record, "integrity_talk", talk)
    yield "its paper", partial(desk.pages.run, "print")
    yield "write a paper", cast("PaperPage", desk.pages.currentWidget()).save_now
    yield "a form to be filled", partial(desk.errands.open_form, _FORM)
    yield "write a form", cast("FillPage", desk.pages.currentWidget()).export_now


def _many(desk: Desk) -> Steps:
    yield "the list of talks", partial(desk.show_tab, "talks")
    side = cast("RegisterPage", desk.pages.currentWidget()).side
    table = side.list.table
    yield "to its rows", side.show_list
    yield "select all", table.selectAll
    yield "copy all", partial(desk.pages.run, "copy")
    yield "ask to void all", partial(desk.pages.run, "void")
    yield "void all, with a key of undo meanwhile", partial(_void_and_press, desk, side)
    yield "undo the voiding of all", desk.last_act.undo
    yield "redo the voiding of all", desk.last_act.redo
    yield "undo it again", desk.last_act.undo
    yield "select all again", table.selectAll
    yield "ask to change all", partial(side.list_acts.run, "mass")
    yield "leave the question", side.list.ask.leave
    yield "select a few", partial(table.choose_rows, list(range(15)), 0)
    yield "ask to void a few", partial(desk.pages.run, "void")
    yield "void a few", partial(_answer, side, "示例重复")
    yield "undo the voiding of a few", desk.last_act.undo


def _void_and_press(desk: Desk, side: RegisterSide) -> None:
    _answer(side, "示例重复")
    for after in (300, 1_000, 2_000):
        QTimer.singleShot(after, desk, partial(_press_undo, desk))


def _press_undo(desk: Desk) -> None:
    # Over few records it is written by then, and would be taken back.
    if desk.context.tasks.busy:
        desk.last_act.undo()


def _answer(side: RegisterSide, words: str) -> None:
    for line in side.list.ask.lines():
        if isinstance(line, QLineEdit):
            line.setText(words)
    side.list.ask._give()
