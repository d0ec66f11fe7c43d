"""What a page asks of the window: to import, to look at pasted cells, to export, to go back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from paizhu.base.errors import PaizhuError
from paizhu.base.register import Register
from paizhu.base.view import View
from paizhu.services.register_keys import register_of
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.desk_view import DeskView
from paizhu.ui.dropped import workbooks
from paizhu.ui.tabs import PageFactory, tab_of

if TYPE_CHECKING:
    from paizhu.services.out.drafts import Draft


class Errands(QObject):
    """Hears the wishes of every page as it is made; pages never call each other."""

    def __init__(self, desk: DeskView) -> None:
        super().__init__(desk)
        self._desk = desk
        desk.pages.made_page.connect(self.hear)
        desk.context.events.begin_asked.connect(self.begin_at)
        desk.context.events.listed.connect(self.list_records)
        desk.context.events.paper_asked.connect(self._show_paper)
        desk.context.events.draft_asked.connect(self._show_draft)
        desk.context.events.results_asked.connect(self.open_results)
        # Known from the start: after a lock the desk may come back to this page.
        desk.pages.know("results", self._results_page)
        desk.pages.know("duty-year", self._duty_year_page)

    def hear(self, page: QWidget) -> None:
        """Listen to those wishes that this page can have."""
        for name, answer in (
            ("import_asked", self._import_into),
            ("ledger_asked", lambda path: self.open_import([path])),
            ("cells_pasted", self._look_at_cells),
            ("export_asked", self._export),
            ("print_asked", self._print),
            ("deadlines_asked", self.open_deadlines),
            ("draft_made", self._show_draft),
            ("left", self._desk.back),
            ("back_asked", self._desk.back),
            ("page_asked", self._desk.show_tab),
            ("list_asked", self.open_list),
        ):
            wish = getattr(page, name, None)
            if isinstance(wish, SignalInstance):
                wish.connect(answer)

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Fill what is a blank form; every other workbook is a ledger to be imported. The rest is named, not taken."""
        context, rest = self._desk.context, [path for path in paths if path not in workbooks(paths)]
        if rest:
            more = f"等 {len(rest)} 个" if len(rest) > 1 else ""
            self._desk.say(f"“{rest[0].name}”{more}不是工作簿，没有导入。要作为附件，拖到记录的详情里。")
        paths = workbooks(paths)
        if len(paths) != 1:
            if paths:
                self.open_import(paths)
            return

        def look(_progress: object) -> bool:
            return context.office.filling.is_blank_form(paths[0])

        def told(blank: bool) -> None:
            self.open_form(paths[0]) if blank else self.open_import(paths)

        context.tasks.run(look, told, lambda _error: self.open_import(paths))

    def ask_import(self) -> None:
        """Import into the register in front, or let the workbook tell into which."""
        if not self._desk.pages.run("import"):
            self.open_import()

    def ask_export(self) -> None:
        """Export the list in front, or whole registers."""
        if not self._desk.pages.run("export"):
            self._desk.show_tab("export")

    def open_form(self, path: Path) -> None:
        """Show the page 填报表样 with a blank form."""
        from paizhu.ui.wizards.fill_page import FillPage

        self._desk.show_tab("fill")
        page = self._desk.pages.currentWidget()
        if isinstance(page, FillPage):
            page.open(path)

    def open_import(self, paths: Sequence[Path] = (), register: str = "") -> None:
        """Show the import page, with files that were dropped and the register they are meant for."""

        def make(context: Context) -> QWidget:
            from paizhu.ui.wizards.import_page import ImportPage

            return ImportPage(context, list(paths), register)

        self._show_new("import", make)

    def _results_page(self, context: Context) -> QWidget:
        from paizhu.ui.pages.search_results import SearchResultsPage

        return SearchResultsPage(context)

    def _duty_year_page(self, context: Context) -> QWidget:
        from paizhu.ui.pages.duty_year import DutyYearPage

        return DutyYearPage(context)

    def open_results(self, words: str, register: str) -> None:
        """Show everything one register holds of the words sought."""
        from paizhu.ui.pages.search_results import SearchResultsPage

        self._desk.show_tab("results")
        page = self._desk.pages.page("results")
        assert isinstance(page, SearchResultsPage)
        page.show_results(words, register)

    def begin_at(self, register_key: str, record_id: int, action: str, row_id: int) -> None:
        """Show a record ready for what is to be done there: a field, rows, or what a step still lacks."""
        from paizhu.ui.register.page import RegisterPage

        def begin(page: QWidget) -> None:
            if isinstance(page, RegisterPage):
                page.begin(action, row_id)

        self._desk.open_record(register_key, record_id, begin)

    def list_records(self, register_key: str, ids: tuple[int, ...], words: str) -> None:
        """Show the list of a register narrowed to some records; Alt+← returns."""
        from paizhu.ui.register.page import RegisterPage

        tab = tab_of(register_key, self._desk.tabs)
        if tab is None:
            return
        self._desk.show_tab(tab.key)
        page = self._desk.pages.currentWidget()
        if isinstance(page, RegisterPage):
            page.list_records(register_key, ids)
            self._desk.say(f"{words} {len(ids)} 项；“清除筛选”回到全部")

    def open_list(self, register_key: str) -> None:
        """Show everything a register holds, whatever its list was narrowed to; without a tab go back."""
        from paizhu.ui.register.page import RegisterPage

        tab = tab_of(register_key, self._desk.tabs)
        if tab is None:
            self._desk.back()
            return
        self._desk.show_tab(tab.key)
        page = self._desk.pages.currentWidget()
        if isinstance(page, RegisterPage):
            page.list_records(register_key)

    def open_deadlines(self, kind: str | None = None) -> None:
        """Show the month of deadlines, narrowed as the page of the day is narrowed."""
        from paizhu.ui.pages.day.deadlines import DeadlinesPage
        from paizhu.ui.pages.day.today import TodayPage

        front = self._desk.pages.currentWidget()
        page = self._desk.pages.page("deadlines")
        if isinstance(page, DeadlinesPage) and (kind or isinstance(front, TodayPage)):
            page.show_kind(kind or (front.kinds.current() if isinstance(front, TodayPage) else ""))
        self._desk.show_tab("deadlines")

    def _import_into(self, register: Register) -> None:
        self.open_import(register=register.key)

    def _look_at_cells(self, register: Register, rows: list[list[str]]) -> None:
        def make(context: Context) -> QWidget:
            from paizhu.ui.wizards.import_page import ImportPage

            return ImportPage.from_cells(context, register.key, rows)

        self._show_new("import", make)

    def _export(self, register: Register, view: View, ids: list[int]) -> None:
        from paizhu.ui.pages.export import ExportPage

        page = self._desk.pages.page("export")
        if isinstance(page, ExportPage):
            page.show_list(view, register.columns, ids)
        self._desk.show_tab("export")

    def _print(self, register: Register, view: View, ids: list[int]) -> None:
        from paizhu.ui.pages.paper import PaperPage

        page = self._desk.pages.page("paper")
        if isinstance(page, PaperPage):
            page.show_list(register, view, ids)
        self._desk.show_tab("paper")

    def _show_paper(self, register_key: str, record_id: int, code: str) -> None:
        from paizhu.ui.pages.paper import PaperPage

        page = self._desk.pages.page("paper")
        if isinstance(page, PaperPage):
            page.show_list(register_of(register_key), View(register_key), [record_id], code)
        self._desk.show_tab("paper")

    def _show_draft(self, draft: Draft) -> None:
        from paizhu.ui.pages.paper import PaperPage

        page = self._desk.pages.page("paper")
        if isinstance(page, PaperPage):
            page.show_draft(draft)
        self._desk.show_tab("paper")

    def _show_new(self, key: str, make: PageFactory) -> None:
        pages = self._desk.pages
        pages.drop(key)
        pages.know(key, make)
        try:
            # Made anew in place, where one came from stays where one goes back to.
            pages.show_page(key) if pages.current_key == key else self._desk.show_tab(key)
        except PaizhuError as error:
            messages.tell(self._desk, error)
