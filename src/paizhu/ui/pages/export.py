"""Workbooks out: the list as it is shown or whole registers of a period, empty forms, everything at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QGridLayout, QLineEdit, QWidget

from paizhu import registers
from paizhu.base import clock, dates
from paizhu.base.errors import PaizhuError
from paizhu.base.reading import ReadingError
from paizhu.base.view import View
from paizhu.services.out.classes import Release, leaves_unasked, totals_only
from paizhu.services.out.exporting import Exported, Wanted
from paizhu.services.out.handing_out import HandedOut
from paizhu.services.out.leaving import Left, leave
from paizhu.services.two_hats.half_year import HalfYears
from paizhu.services.two_hats.sheets import HalfYearSheets
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.second_password import SecondPassword
from paizhu.ui.kit.segments import Segments
from paizhu.ui.pages.export_leaving import LeavingCard
from paizhu.ui.pages.export_lines import short, with_note
from paizhu.ui.pages.export_parts import PartsCard
from paizhu.ui.pages.export_secrecy import SecrecyCard
from paizhu.ui.pages.frame import PageFrame
from paizhu.ui.tasks import was_cancelled

_LIST, _CHOSEN, _WHOLE = "list", "chosen", "whole"
_COLUMNS = 4


class ExportPage(PageFrame):
    """What goes out, which period, under which class; `written` tells the path of what was made."""

    written = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("导出", "导出什么、给谁看，都会记入留痕", parent=parent)
        self._context = context
        self._view: View | None = None
        self._columns: tuple[str, ...] = ()
        self._ids: tuple[int, ...] = ()
        self.export = Button("导出 Excel…", Look.PRIMARY, icon="export", shortcut="Ctrl+Enter")
        self.export.clicked.connect(self.export_now)
        self.head.addWidget(self.export)
        self.body.addWidget(self._what())
        self.secrecy = SecrecyCard()
        self.secrecy.changed.connect(self._show_totals_only)
        self.body.addWidget(self.secrecy)
        self.parts = PartsCard()
        self.parts.wanted.connect(self.hand_out)
        self.body.addWidget(self.parts)
        self.body.addWidget(self._forms())
        self.leaving = LeavingCard()
        self.leaving.asked.connect(self.leave_now)
        self.body.addWidget(self.leaving)
        self.show_list(None)

    def show_list(self, view: View | None, columns: Sequence[str] = (), ids: Sequence[int] = ()) -> None:
        """Offer the list as it is shown (and the records chosen in it) beside whole registers."""
        self._view, self._columns, self._ids = view, tuple(columns), tuple(ids)
        choices = [(_WHOLE, "整本台账")]
        if view is not None:
            choices.insert(0, (_LIST, f"当前列表（{registers.register(view.register).label}）"))
        if view is not None and len(self._ids) > 1:
            choices.insert(0, (_CHOSEN, f"选中的 {len(self._ids)} 条"))
        self.scope.show_choices(choices, choices[0][0])
        self.annex.setChecked(False)
        self.parts.show_register(view.register if view is not None else "")
        self.form.set_current(view.register if view is not None else registers.REGISTERS[0].key)
        self._scope_changed()

    def run(self, action: str) -> bool:
        """Answer a key of the window; True when it was taken."""
        if action.rpartition(".")[2] in ("complete", "primary", "export"):
            self.export_now()
            return True
        return False

    def export_now(self) -> None:
        """Ask for the place and write the workbook; the window stays free."""
        self._context.events.begun.emit()
        wanted = self._wanted()
        if wanted is None:
            return
        release = self.secrecy.release()
        if release is not None:
            self._proved(self.secrecy.one_by_one, self.secrecy.second, partial(self._export, wanted, release))

    def _export(self, wanted: Sequence[Wanted], release: Release) -> None:
        path = messages.ask_save(self, "导出到", f"{self._proposed(wanted)}-{clock.today():%Y%m%d}.xlsx")
        if path is None:
            return
        password = self.secrecy.password.text() or None
        exporting, desk = self._context.office.exporting, self._context.office.desk
        annexes = [HalfYearSheets(desk).annex(HalfYears(desk).of())] if self.annex.isChecked() else []

        def done(exported: Exported) -> None:
            self.annex.setChecked(False)
            below = f"（连同下面的 {exported.rows:,} 行）" if exported.rows else ""
            totals = "、".join(registers.register(key).label for key in exported.totals)
            words = f"已导出 {exported.records:,} 条{below}到《{exported.path.name}》" + (
                f"；{totals}只导出了合计" if totals else ""
            )
            self._said(words + "。", exported.path)

        self._context.tasks.run(
            lambda progress: exporting.export_views(path, wanted, release, password, progress, annexes),
            done,
            self._failed,
            label="正在导出",
        )

    def hand_out(self, key: str, field: str) -> None:
        """Write one workbook for each person or unit: of the list as it is shown, else of the whole register."""
        self._context.events.begun.emit()
        release = self.secrecy.release()
        if release is not None:
            self._proved(self.secrecy.one_by_one, self.secrecy.second, partial(self._hand_out, key, field, release))

    def _hand_out(self, key: str, field: str, release: Release) -> None:
        folder = messages.ask_folder(self, "分开导出到（空文件夹）")
        if folder is None:
            return
        own = self._view is not None and self._view.register == key and self.scope.current() != _WHOLE
        view = self._view if own and self._view is not None else View(key)
        wanted = Wanted(view, ids=tuple(self._ids) if own and self.scope.current() == _CHOSEN else ())
        password = self.secrecy.password.text() or None
        handing_out = self._context.office.handing_out

        def done(made: HandedOut) -> None:
            count = sum(number for _name, number in made.files)
            self._said(
                f"已分开导出 {len(made.files)} 份、{count} 条到“{made.folder.name}”，填好后直接导入。", made.folder
            )

        self._context.tasks.run(
            lambda progress: handing_out.write(
                folder, wanted, field, release=release, password=password, progress=progress
            ),
            done,
            self._failed,
            label="正在分开导出",
        )

    def save_form(self) -> None:
        """Save the empty form of the register chosen."""
        key = self.form.current()
        label = registers.register(key).label
        path = messages.ask_save(self, "保存空表", f"{label}登记表.xlsx")
        if path is None:
            return
        self._context.tasks.run(
            lambda _progress: self._context.office.exporting.template(key, path),
            lambda made: self._said(f"已保存空表《{made.name}》，填好后可以直接导入。", made),
            self._failed,
        )

    def leave_now(self) -> None:
        """Write everything into a folder, with the reason."""
        self._context.events.begun.emit()
        if reason := self.leaving.taken():
            self._proved(True, self.leaving.second, partial(self._leave, reason))

    def _leave(self, reason: str) -> None:
        folder = messages.ask_folder(self, "全部导出到")
        if folder is None:
            return

        def done(left: Left) -> None:
            count = sum(left.records.values())
            self._said(f"已全部导出：{count} 条记录、{left.attachments} 个附件，目录在《目录.txt》。", left.folder)

        desk = self._context.office.desk
        self._context.tasks.run(
            lambda progress: leave(desk, folder, reason, progress), done, self._failed, label="正在全部导出"
        )

    # --- the second password ---------------------------------------------------------------------------------

    def _proved(self, needed: bool, line: SecondPassword, then: Callable[[], None]) -> None:
        """Go on at once, or after the password was given again where class P3 goes out (``domain.md`` 8.5)."""
        if not needed:
            then()
        elif password := line.taken():
            vault = self._context.office.vault
            self._context.tasks.run(
                lambda _progress: vault.prove(password), lambda _: self._go_on(line, then), line.refuse
            )

    @staticmethod
    def _go_on(line: SecondPassword, then: Callable[[], None]) -> None:
        line.forget()
        then()

    # --- the machine -----------------------------------------------------------------------------------------

    def _what(self) -> Card:
        card = Card("导出什么", "按屏幕上的筛选和顺序，或按整本台账和时间段", plain_head=True)
        self.scope = Segments("导出范围")
        self.scope.chosen.connect(lambda _key: self._scope_changed())
        card.body.addWidget(self.scope)
        self._books = QWidget()
        grid = QGridLayout(self._books)
        grid.setContentsMargins(0, 0, 0, 0)
        self.books: dict[str, QCheckBox] = {}
        for place, register in enumerate(registers.REGISTERS):
            box = QCheckBox(register.label + ("（只出合计）" if totals_only(register) else ""))
            box.setAccessibleName(f"导出{register.label}")
            box.setChecked(not totals_only(register) and leaves_unasked(register))
            box.toggled.connect(lambda _on: self._look_at_books())
            grid.addWidget(box, place // _COLUMNS, place % _COLUMNS)
            self.books[register.key] = box
        card.body.addWidget(self._books)
        self._books_note = FieldNote(self._books)
        card.body.addWidget(self._books_note)
        self._period = QWidget()
        form = QFormLayout(self._period)
        form.setContentsMargins(0, 0, 0, 0)
        self.since, self._since_note = _day_edit("自哪一天", "不填表示从最早的记录起")
        self.until, self._until_note = _day_edit("至哪一天", "不填表示到最新的记录止")
        form.addRow("自", short(with_note(self.since, self._since_note)))
        form.addRow("至", short(with_note(self.until, self._until_note)))
        card.body.addWidget(self._period)
        self.annex = QCheckBox("附上本半年“主业 / 职责外”对照表（不勾不附，每次都要重新勾选）")
        card.body.addWidget(self.annex)
        return card

    def _forms(self) -> Card:
        card = Card("空表", "发给别人填，填好的表可以直接导入", plain_head=True)
        self.form = Segments("空表")
        self.form.show_choices([(each.key, each.label) for each in registers.REGISTERS], registers.REGISTERS[0].key)
        card.body.addLayout(short(self.form))
        save = Button("保存空表…", icon="save")
        save.clicked.connect(self.save_form)
        card.set_corner(save)
        return card

    def _scope_changed(self) -> None:
        whole = self.scope.current() == _WHOLE
        self._books.setVisible(whole)
        self._period.setVisible(whole)
        self._look_at_books()

    def _look_at_books(self) -> None:
        """Say where record by record is wanted and no register is ticked that it is meant for."""
        self._books_note.clear()
        meant = [each for each in registers.REGISTERS if totals_only(each)]
        none = self.scope.current() == _WHOLE and not any(self.books[each.key].isChecked() for each in meant)
        if self.secrecy.one_by_one and none:
            labels = "、".join(each.label for each in meant)
            self.secrecy.none_note.show_caution(f"上面还没有勾选{labels}：要逐条导出哪一本，先勾选哪一本")
        else:
            self.secrecy.none_note.clear()

    def _show_totals_only(self, one_by_one: bool) -> None:
        """Say at the registers concerned whether their records stay inside."""
        for key, box in self.books.items():
            register = registers.register(key)
            if totals_only(register):
                box.setText(register.label + ("" if one_by_one else "（只出合计）"))
        self._look_at_books()

    def _wanted(self) -> list[Wanted] | None:
        scope = self.scope.current()
        if scope != _WHOLE and self._view is not None:
            return [Wanted(self._view, self._columns, self._ids if scope == _CHOSEN else ())]
        try:
            since = self._day(self.since, self._since_note)
            until = self._day(self.until, self._until_note)
        except ReadingError:
            return None
        exporting = self._context.office.exporting
        chosen = [registers.register(key) for key, box in self.books.items() if box.isChecked()]
        if not chosen:
            self._books_note.show_error("请至少勾选一本台账")
            next(iter(self.books.values())).setFocus()
        return [Wanted(exporting.period(each, since, until)) for each in chosen] or None

    def _day(self, edit: QLineEdit, note: FieldNote) -> date | None:
        """Return the day typed; words that are no day are said beneath the field and stop the export."""
        note.clear()
        words = edit.text().strip()
        if not words:
            return None
        try:
            return dates.read_day(words, reference=clock.today())
        except ReadingError as error:
            note.show_error(error.message)
            edit.setFocus()
            raise

    def _proposed(self, wanted: Sequence[Wanted]) -> str:
        return registers.register(wanted[0].view.register).label if len(wanted) == 1 else "台账"

    def _said(self, words: str, path: Path) -> None:
        self._context.events.written.emit(words, path)
        self.written.emit(str(path))

    def _failed(self, error: Exception) -> None:
        if was_cancelled(error):
            self._context.events.said.emit("已停止导出，没有写出文件。", 0)
        elif isinstance(error, PaizhuError):
            messages.tell(self, error)


def _day_edit(name: str, hint: str) -> tuple[QLineEdit, FieldNote]:
    edit = QLineEdit()
    edit.setAccessibleName(name)
    edit.setPlaceholderText(f"{hint}，例如 2026.1.1")
    return edit, FieldNote(edit)
