"""先不导入，保存进度: what is half-done is put aside, offered again with the files, and taken up where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from paizhu.base.progress import Progress
from paizhu.documents.books.book import column_number
from paizhu.documents.tables.frame import Given
from paizhu.services.importing.facts import Said
from paizhu.services.importing.ledgers import Importing
from paizhu.services.importing.progress import ImportProgress, Saved, SavedFile, SavedTable, changed_files
from paizhu.services.importing.questions import Answer
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.emptying import empty
from paizhu.ui.kit.label import ElidedLabel, Label
from paizhu.ui.kit.strip import Level
from paizhu.ui.theme import Text
from paizhu.ui.wizards.import_bars import STEPS
from paizhu.ui.wizards.import_files import FilesPane
from paizhu.ui.wizards.import_flow import ImportFlow
from paizhu.ui.wizards.import_tables import MEND, Edit, ImportTable, plan_again

GO_ON, DROP = "接着导入", "不要了"
_SHOWN = 3


def can_keep(flow: ImportFlow) -> bool:
    """Tell whether anything was read that can be put aside.

    Pasted words about an informant cannot: only the password may open such words.
    """
    sealed = bool(flow.pasted) and any(look.sealed for table in flow.tables for look in table.columns())
    return bool(flow.tables) and not sealed


def saved_of(flow: ImportFlow, step: int) -> Saved | None:
    """Return what is to be kept of an import; None where nothing can be."""
    if not can_keep(flow):
        return None
    plans = {id(table.plan): table.plan for table in flow.tables}
    pasted = next((plan for plan in plans.values() if plan.path is None), None)
    order = list(plans)
    seen: Counter[tuple[int, str]] = Counter()
    tables = []
    for table in flow.tables:
        file = order.index(id(table.plan))
        tables.append(_saved_table(table, file, seen[(file, table.name)]))
        seen[(file, table.name)] += 1
    files = tuple(SavedFile(plan.source, plan.sha256) for plan in plans.values())
    said = tuple((register, words, each.kind, each.id) for (register, words), each in flow.said.items())
    cells = tuple(map(tuple, pasted.cells)) if pasted else ()
    columns = tuple(pasted.columns) if pasted else ()
    return Saved(files, tuple(tables), said, step, flow.register, cells=cells, columns=columns)


def _saved_table(table: ImportTable, file: int, nth: int) -> SavedTable:
    sheet = table.sheet
    # What was typed over words about an informant is not kept: only the password may open such words.
    sealed = {column_number(look.letter) for look in table.columns() if look.sealed}
    edits = tuple(
        (edit.kind, edit.row, edit.at, edit.words)
        for edit in table.edits
        if not (edit.kind == MEND and edit.at in sealed)
    )
    above = sheet is not None and sheet.parent is not None
    key = sheet.register.key if sheet is not None and not above else ""
    given = table.given
    frame = (given.header_rows, given.first_row, given.last_row) if given else ((), 0, None)
    mapping = dict(table.mapping)
    return SavedTable(file, table.name, nth, key, table.wanted, *frame, mapping, edits, table.keep_filled)


def restore(
    importing: Importing, tables: Sequence[ImportTable], saved: Saved, anew: Sequence[str], progress: Progress
) -> None:
    """Do again what had been done to these tables; in files whose content changed no row is mended, only matched."""
    paths = {str(path): at for at, path in enumerate(each.path for each in saved.files)}
    seen: Counter[tuple[int, str]] = Counter()
    kept = {(each.file, each.sheet, each.nth): each for each in saved.tables}
    for table in tables:
        file = paths.get(table.plan.source, -1)
        told = kept.get((file, table.name, seen[(file, table.name)]))
        seen[(file, table.name)] += 1
        if told is not None:
            mended = saved.files[file].name not in anew
            _restore(importing, table, told, mended=mended, progress=progress)


def _restore(importing: Importing, table: ImportTable, told: SavedTable, *, mended: bool, progress: Progress) -> None:
    other = table.sheet is None or table.sheet.register.key != told.register
    framed = bool(told.header_rows or told.first_row)
    if told.register and (framed or other):
        given = Given(told.header_rows, told.first_row, told.last_row) if framed else None
        plan_again(importing, table, Said(told.register, given=given), progress)
    if told.mapping and table.sheet is not None:
        plan_again(importing, table, Said(mapping=dict(told.mapping)), progress)
    if told.keep_filled and table.sheet is not None:
        plan_again(importing, table, Said(mapping=dict(table.mapping), keep_filled=True), progress)
    table.wanted = told.wanted
    if table.sheet is not None and mended:
        there = set(table.sheet.numbers())
        table.edits = [Edit(*edit) for edit in told.edits if edit[1] in there]
        table.replay(table.sheet, importing)


class Resuming(QObject):
    """Puts the import in hand aside and takes one up again; `said` are words for the strip of the page."""

    said = Signal(str, str, object)
    taken_up = Signal(int)
    """The step it had come to."""

    def __init__(self, context: Context, flow: ImportFlow, files: FilesPane) -> None:
        super().__init__(flow)
        self._kept = ImportProgress(context.office.vault)
        self._importing = context.office.importing
        self._flow = flow
        self._key = ""
        self.offers = OfferList()
        self.offers.taken_up.connect(self.take_up)
        self.offers.thrown_away.connect(self._throw_away)
        files.offer(self.offers)

    def show_offers(self) -> None:
        """Show what was put aside, unless an import is in hand."""
        self.offers.show_saved([] if self._flow.paths or self._flow.tables else self._kept.all())

    def keep(self, step: int) -> bool:
        """Put the import in hand aside; False where there is nothing to keep."""
        saved = saved_of(self._flow, step)
        if saved is None:
            return False
        self._key = saved.key
        self._kept.keep(saved)
        return True

    def forget(self) -> None:
        """Forget what was kept of the import in hand: it was imported."""
        saved = saved_of(self._flow, 0)
        if saved is not None:
            self._kept.forget(saved.key)

    def of(self, paths: Sequence[Path], pasted: str = "") -> Saved | None:
        """Return what was put aside of exactly these files, or of the pasted cells with this hash."""
        if pasted:
            return next((each for each in self._kept.all() if each.cells and each.files[0].sha256 == pasted), None)
        wanted = {str(path) for path in paths}
        return next((each for each in self._kept.all() if {file.path for file in each.files} == wanted), None)

    def take_up(self, saved: Saved) -> None:
        """Read the files again and do what had been done; a file that is gone or changed is said."""
        gone, changed = ([], []) if saved.cells else changed_files(saved)
        if gone:
            names = "、".join(f"《{name}》" for name in gone)
            self.said.emit(f"找不到{names}", "保存的进度还在；请把文件放回原处，再接着导入。", Level.ERROR)
            return
        if changed:
            names = "、".join(f"《{name}》" for name in changed)
            why = "列的对应照上次，改过的格子不再套用，请重新核对。"
            self.said.emit(f"{names}在保存以后改过", why, Level.AMBER)
        flow, importing = self._flow, self._importing
        flow.register = saved.register
        flow.said.update({(register, words): Answer(kind, at) for register, words, kind, at in saved.said})
        flow.when_read(lambda tables, progress: restore(importing, tables, saved, changed, progress))
        self.taken_up.emit(saved.step)
        if saved.cells:
            flow.plan_cells(saved.cells, saved.columns, flow.all_planned)
        else:
            flow.add_files([Path(each.path) for each in saved.files])

    def _throw_away(self, saved: Saved) -> None:
        self._kept.forget(saved.key)
        self.show_offers()


class OfferList(QWidget):
    """The imports put aside, one line each."""

    taken_up = Signal(object)
    thrown_away = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(4)
        self.buttons: list[Button] = []
        self.hide()

    def show_saved(self, saved: Sequence[Saved]) -> None:
        """Show the newest ones, each with two buttons."""
        empty(self._lines)
        self.buttons = []
        if saved:
            self._lines.addWidget(Label("上次没有导完", bold=True))
        for each in saved[:_SHOWN]:
            self._lines.addWidget(self._line(each))
        self.setVisible(bool(saved))

    def _line(self, saved: Saved) -> QWidget:
        more = f"等 {len(saved.files)} 个文件" if len(saved.files) > 1 else ""
        name = f"《{saved.files[0].name}》{more}"
        mended = f"，改过 {saved.mended} 行" if saved.mended else ""
        step = STEPS[saved.step] if 0 <= saved.step < len(STEPS) else STEPS[0]
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(name, Text.BODY))
        note = f"{saved.at.replace('T', ' ')} 保存，已到“{step}”{mended}"
        row.addWidget(ElidedLabel(note, Text.SECONDARY, "ink2"))
        row.addStretch(1)
        go_on = Button(GO_ON, Look.SECONDARY, size=Size.SMALL)
        go_on.setAccessibleName(f"{GO_ON} {name}")
        go_on.clicked.connect(lambda: self.taken_up.emit(saved))
        drop = Button(DROP, Look.LINK, size=Size.SMALL)
        drop.setAccessibleName(f"{name}的进度{DROP}")
        drop.clicked.connect(lambda: self.thrown_away.emit(saved))
        for button in (go_on, drop):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
            self.buttons.append(button)
        return holder
