"""The pages beside the tabs: backups, settings, recent acts, help; made when first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from paizhu.ui.context import Context
from paizhu.ui.tabs import PageFactory

if TYPE_CHECKING:
    from paizhu.ui.desk_view import DeskView


def other_pages(desk: DeskView) -> dict[str, PageFactory]:
    """Return how each page is made, by key; what a page asks for goes to the desk."""

    def backup(context: Context) -> QWidget:
        from paizhu.ui.pages.backup import BackupPage

        page = BackupPage(context)
        page.restore_asked.connect(desk.reopen_asked)
        page.changed.connect(desk.upkeep.look_at_backups)
        desk.upkeep.newest_known.connect(page.refresh)
        page.compare_asked.connect(desk.compare)
        page.refused.connect(desk.upkeep.refuse_backup)
        page.back_asked.connect(desk.back)
        return page

    def compare(context: Context) -> QWidget:
        from paizhu.ui.pages.compare import ComparePage

        page = ComparePage(context)
        page.page_asked.connect(desk.show_tab)
        page.report_asked.connect(lambda compared: desk.upkeep.save_report(page, compared))
        page.back_asked.connect(desk.back)
        return page

    def settings(context: Context) -> QWidget:
        from paizhu.ui.pages.settings import SettingsPage

        page = SettingsPage(context, desk.session)
        page.page_asked.connect(desk.show_tab)
        page.back_asked.connect(desk.back)
        return page

    def numbers(context: Context) -> QWidget:
        from paizhu.ui.pages.numbers_page import NumbersPage

        page = NumbersPage(context)
        page.back_asked.connect(desk.back)
        return page

    def journal(context: Context) -> QWidget:
        from paizhu.ui.pages.journal import JournalPage

        page = JournalPage(context)
        page.back_asked.connect(desk.back)
        return page

    def guide(context: Context) -> QWidget:
        from paizhu.ui.pages.about import HelpPage

        page = HelpPage(desk.commands(), desk.session.folder)
        page.back_asked.connect(desk.back)
        return page

    def export(context: Context) -> QWidget:
        from paizhu.ui.pages.export import ExportPage

        page = ExportPage(context)
        page.back_asked.connect(desk.back)
        return page

    def fill(context: Context) -> QWidget:
        from paizhu.ui.wizards.fill_page import FillPage

        page = FillPage(context)
        page.back_asked.connect(desk.back)
        return page

    def paper(context: Context) -> QWidget:
        from paizhu.ui.pages.paper import PaperPage

        page = PaperPage(context)
        page.back_asked.connect(desk.back)
        return page

    def importing(context: Context) -> QWidget:
        # Known from the start: after a lock the desk comes back to this page too, and it reads its files again.
        from paizhu.ui.wizards.import_page import ImportPage

        return ImportPage(context)

    return {
        "import": importing,
        "paper": paper,
        "export": export,
        "fill": fill,
        "backup": backup,
        "compare": compare,
        "settings": settings,
        "deadlines": _deadlines(desk),
        **_talk_pages(desk),
        "recurring": _recurring(desk),
        "journal": journal,
        "numbers": numbers,
        "help": guide,
        **_rule_pages(desk),
    }


def _deadlines(desk: DeskView) -> PageFactory:
    def make(context: Context) -> QWidget:
        from paizhu.ui.pages.day.deadlines import DeadlinesPage

        page = DeadlinesPage(context)
        page.back_asked.connect(desk.back)
        return page

    return make


def _rule_pages(desk: DeskView) -> dict[str, PageFactory]:
    """Return the pages of what a regulation can change: days, limits, periods, lists, rules."""

    def calendar(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.calendar_page import CalendarPage

        page = CalendarPage(context)
        page.back_asked.connect(desk.back)
        return page

    def limits(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.limits_page import LimitsPage

        page = LimitsPage(context)
        page.back_asked.connect(desk.back)
        return page

    def influence(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.influence_page import InfluencePage

        page = InfluencePage(context)
        page.back_asked.connect(desk.back)
        return page

    def review_lists(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.review_lists_page import ReviewListsPage

        page = ReviewListsPage(context)
        page.back_asked.connect(desk.back)
        return page

    def flag_rules(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.flag_rules_page import FlagRulesPage

        page = FlagRulesPage(context)
        page.back_asked.connect(desk.back)
        return page

    def number_patterns(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.number_patterns_page import NumberPatternsPage

        page = NumberPatternsPage(context)
        page.back_asked.connect(desk.back)
        return page

    return {
        "calendar": calendar,
        "limits": limits,
        "influence": influence,
        "review_lists": review_lists,
        "flag_rules": flag_rules,
        "number_patterns": number_patterns,
    }


def _talk_pages(desk: DeskView) -> dict[str, PageFactory]:
    def matrix(context: Context) -> QWidget:
        from paizhu.ui.pages.talk_matrix_page import TalkMatrixPage

        page = TalkMatrixPage(context)
        page.back_asked.connect(desk.back)
        return page

    def plan(context: Context) -> QWidget:
        from paizhu.ui.pages.talk_plan_page import TalkPlanPage

        page = TalkPlanPage(context)
        page.back_asked.connect(desk.back)
        return page

    def rules(context: Context) -> QWidget:
        from paizhu.ui.pages.rules.talk_rules_page import TalkRulesPage

        page = TalkRulesPage(context)
        page.back_asked.connect(desk.back)
        return page

    def hats(context: Context) -> QWidget:
        from paizhu.ui.pages.two_hats_page import TwoHatsPage

        page = TwoHatsPage(context)
        page.back_asked.connect(desk.back)
        return page

    return {"talk_matrix": matrix, "talk_plan": plan, "talk_rules": rules, "two_hats": hats}


def _recurring(desk: DeskView) -> PageFactory:
    def make(context: Context) -> QWidget:
        from paizhu.ui.pages.recurring import RecurringPage

        page = RecurringPage(context)
        page.back_asked.connect(desk.back)
        return page

    return make


def load() -> None:
    """Import what these pages are made of without making one, so that none has to wait when it is first shown."""
    from paizhu.base.text import load_readings
    from paizhu.documents.pdf import pages as pdf_pages
    from paizhu.ui.pages import (  # noqa: F401
        about,
        backup,
        compare,
        export,
        journal,
        numbers_page,
        paper,
        recurring,
        search,
        settings,
        talk_matrix_page,
        talk_plan_page,
        two_hats_page,
    )
    from paizhu.ui.pages.day import deadlines  # noqa: F401
    from paizhu.ui.pages.rules import (  # noqa: F401
        calendar_page,
        flag_rules_page,
        influence_page,
        limits_page,
        number_patterns_page,
        review_lists_page,
        talk_rules_page,
    )
    from paizhu.ui.wizards import fill_page, import_page  # noqa: F401

    pdf_pages.load()
    load_readings()
