"""The pages beside the tabs: backups, settings, recent acts, help; made when first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from paizhu.ui.actions import Action
from paizhu.ui.context import Context
from paizhu.ui.desk_view import DeskView
from paizhu.ui.tabs import PageFactory

PLAIN = (
    *("paper", "export", "fill", "deadlines", "talk_matrix", "talk_plan", "talk_rules", "two_hats", "recurring"),
    *("journal", "numbers", "calendar", "limits", "influence", "review_lists", "flag_rules", "number_patterns"),
)
"""Keys of the pages in ``plain_pages``, which is imported only when the first of them is shown or all is loaded."""


def other_pages(desk: DeskView, commands: Callable[[], list[Action]]) -> dict[str, PageFactory]:
    """Return how each page is made, by key; what a page asks of the desk alone is joined here, the rest by errands."""

    def backup(context: Context) -> QWidget:
        from paizhu.ui.pages.backup import BackupPage

        page = BackupPage(context)
        page.restore_asked.connect(desk.reopen_asked)
        page.changed.connect(desk.upkeep.look_at_backups)
        desk.upkeep.newest_known.connect(page.refresh)
        page.came_up.connect(desk.upkeep.care.look_through)
        desk.upkeep.care.looking.connect(page.show_looking)
        page.compare_asked.connect(desk.compare)
        page.refused.connect(desk.upkeep.refuse_backup)
        return page

    def compare(context: Context) -> QWidget:
        from paizhu.ui.pages.compare import ComparePage

        page = ComparePage(context)
        page.report_asked.connect(lambda compared: desk.upkeep.save_report(page, compared))
        return page

    def settings(context: Context) -> QWidget:
        from paizhu.ui.pages.settings import SettingsPage

        return SettingsPage(context, desk.session)

    def guide(_context: Context) -> QWidget:
        from paizhu.ui.pages.about import HelpPage

        return HelpPage(commands(), desk.session.folder)

    def importing(context: Context) -> QWidget:
        # Known from the start: after a lock the desk comes back to this page too, and it reads its files again.
        from paizhu.ui.wizards.import_page import ImportPage

        return ImportPage(context)

    own = {"backup": backup, "compare": compare, "settings": settings, "help": guide, "import": importing}
    return own | {key: _plain(key) for key in PLAIN}


def _plain(key: str) -> PageFactory:
    def make(context: Context) -> QWidget:
        from paizhu.ui.plain_pages import PAGES

        return PAGES[key](context)

    return make


def load() -> None:
    """Import what these pages are made of without making one, so that none has to wait when it is first shown."""
    # Names and words are compared with it, first when a review item or a ledger is looked at.
    from rapidfuzz import distance, fuzz, process  # noqa: F401

    from paizhu.base.text import load_readings
    from paizhu.documents.pdf import pages as pdf_pages
    from paizhu.services import following
    from paizhu.ui import plain_pages  # noqa: F401
    from paizhu.ui.pages import about, backup, compare, search, settings  # noqa: F401
    from paizhu.ui.register import matters_page  # noqa: F401
    from paizhu.ui.wizards import import_page  # noqa: F401

    following.load()
    pdf_pages.load()
    load_readings()
