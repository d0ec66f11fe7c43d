"""The pages that need nothing of the desk but their way back, by key; importing this imports all of them."""

from collections.abc import Mapping

from paizhu.ui.pages.day.deadlines import DeadlinesPage
from paizhu.ui.pages.export import ExportPage
from paizhu.ui.pages.journal import JournalPage
from paizhu.ui.pages.numbers_page import NumbersPage
from paizhu.ui.pages.paper import PaperPage
from paizhu.ui.pages.recurring import RecurringPage
from paizhu.ui.pages.rules.calendar_page import CalendarPage
from paizhu.ui.pages.rules.flag_rules_page import FlagRulesPage
from paizhu.ui.pages.rules.influence_page import InfluencePage
from paizhu.ui.pages.rules.limits_page import LimitsPage
from paizhu.ui.pages.rules.number_patterns_page import NumberPatternsPage
from paizhu.ui.pages.rules.review_lists_page import ReviewListsPage
from paizhu.ui.pages.rules.talk_rules_page import TalkRulesPage
from paizhu.ui.pages.talk_matrix_page import TalkMatrixPage
from paizhu.ui.pages.talk_plan_page import TalkPlanPage
from paizhu.ui.pages.two_hats_page import TwoHatsPage
from paizhu.ui.tabs import PageFactory
from paizhu.ui.wizards.fill_page import FillPage

PAGES: Mapping[str, PageFactory] = {
    "paper": PaperPage,
    "export": ExportPage,
    "fill": FillPage,
    "deadlines": DeadlinesPage,
    "talk_matrix": TalkMatrixPage,
    "talk_plan": TalkPlanPage,
    "talk_rules": TalkRulesPage,
    "two_hats": TwoHatsPage,
    "recurring": RecurringPage,
    "journal": JournalPage,
    "numbers": NumbersPage,
    "calendar": CalendarPage,
    "limits": LimitsPage,
    "influence": InfluencePage,
    "review_lists": ReviewListsPage,
    "flag_rules": FlagRulesPage,
    "number_patterns": NumberPatternsPage,
}
