"""The lists of rules at a large font: what a rule is called keeps the room its figures can spare."""

import pytest
from pytestqt.qtbot import QtBot

from paizhu.ui.context import Context
from paizhu.ui.pages.rules.influence_page import InfluencePage
from paizhu.ui.pages.rules.limits_page import LimitsPage
from paizhu.ui.theme import POINTS, Theme


@pytest.mark.parametrize("kind", [LimitsPage, InfluencePage])
def test_titles_keep_most_of_the_list_at_the_largest_font(
    context: Context, look: Theme, qtbot: QtBot, kind: type[LimitsPage] | type[InfluencePage]
) -> None:
    page = kind(context)
    qtbot.addWidget(page)
    page.resize(1190, 640)
    page.show()
    look.set_points(POINTS[-1])
    table, columns = page.table, page.model.columns
    qtbot.waitUntil(lambda: table.columnWidth(0) < table.viewport().width())
    shown = [at for at in range(len(columns)) if not table.isColumnHidden(at)]
    assert columns[0].stretches
    assert all(table.columnWidth(at) >= look.px(columns[at].least) for at in shown[1:])
    assert sum(table.columnWidth(at) for at in shown) <= table.viewport().width()
    assert table.columnWidth(0) >= table.viewport().width() * 0.4
