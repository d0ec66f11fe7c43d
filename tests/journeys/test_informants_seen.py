"""The whole window with a letter whose informant has an unmistakable name: it stands in no widget and on no page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from paizhu import registers
from paizhu.base import dates
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.pages.search import QUIET_MS
from paizhu.ui.register.detail_stack import FILES, FORM, HISTORY, OVERVIEW, TIMELINE
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.tabs import TABS
from paizhu.ui.tour_screens import Walk
from tests.journeys import told
from tests.journeys.walking import PAGES, walking
from tests.registers.full_records import full

SECRET = "绝不外露者"
TOLD, ANSWERED = date(2025, 11, 22), date(2026, 1, 11)
"""Two days at the end of a week on which nothing else happened in the invented year."""
PETITION = registers.register("petition")


@dataclass
class Desk:
    """The open window, the letter in it, and the services behind it."""

    walk: Walk
    letter: int
    office: Office


@pytest.fixture
def desk(invented: Office, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    office, vault = invented, invented.vault
    below = {child.key: [full(child)] for child in PETITION.rows}
    below["informant"] = [{"mark": "反映人一", **dict.fromkeys(("name", "employer", "phone", "address"), SECRET)}]
    below["petition_earlier"] = [{"step": "示例", "held": SECRET}]
    made = full(PETITION) | {
        "no": "信〔2026〕9999", "received_at": date(2025, 11, 3), "summary": "示例反映某处违规发放补贴",
        "named": "real", "own_level": "own", "is_repeat": False, "state": "feedback", "first_ref": None,
        "notice_mode": "face", "notice_at": TOLD, "notice_by": Ref(SECRET), "closed_at": date(2025, 12, 20),
        "feedback_at": ANSWERED, "feedback_by": Ref(SECRET), "feedback_reaction": SECRET, "new_evidence": True,
    }  # fmt: skip
    with office.vault.act("save", "新增 信访举报") as act:
        letter = act.create(PETITION, made, rows=below)
    # Changed once more, so that the journal has words of before and after.
    office.records.save(
        PETITION, {"feedback_reaction": f"{SECRET}，改过", "feedback_by": f"{SECRET}乙"}, letter, reason="示例更正"
    )
    with walking(vault, tmp_path / "pictures") as walk:
        yield Desk(walk, letter, walk._desk().context.office)


def secrets(walk: Walk) -> list[str]:
    """Return what of the letter's class P4 stands in any window now."""
    walk._settle()
    wanted = [SECRET, *(dates.show_day(day) for day in (TOLD, ANSWERED)), *(f"{day:%m-%d}" for day in (TOLD, ANSWERED))]
    seen = {word for window in QApplication.topLevelWidgets() for word in told.words(window)}
    return [word for word in sorted(seen) if any(words in word for words in wanted)]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_no_page_and_no_part_of_the_record_tells_who_reported(desk: Desk) -> None:
    walk, shell = desk.walk, desk.walk._desk()
    found: list[str] = []

    def look(where: str) -> None:
        found.extend(f"{where}: {words}" for words in secrets(walk))

    for tab in TABS:
        shell.show_tab(tab.key)
        look(tab.label)
    for key in PAGES:
        shell.show_tab(key)
        look(key)
    shell.open_record("petition", desk.letter)
    page = shell.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    detail = page.side.detail
    for at in (OVERVIEW, FORM, TIMELINE, FILES, HISTORY):
        detail.header.tabs.setCurrentIndex(at)
        look(detail.header.tabs.tabText(at))
    detail.header.tabs.setCurrentIndex(FORM)
    for asking in ("edit", "filter", "void", "primary", "mass"):
        page.run(asking)
        look(asking)
    detail.form.open_fields([field.name for field in PETITION.fields])
    look("全部打开")
    page.run("duplicate")
    look("照此新增")
    assert "\n".join(found) == ""


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_neither_search_nor_undo_nor_the_clipboard_tells_who_reported(desk: Desk) -> None:
    walk, shell, office = desk.walk, desk.walk._desk(), desk.office
    line = shell.head.search
    for typed in (SECRET[:3], "jbwl", "反映某处违规"):
        walk._window.activateWindow()
        walk._settle()
        shell.open_search()
        line.setText(typed)
        line.textEdited.emit(typed)
        walk._pause(2 * QUIET_MS)
        assert secrets(walk) == []
    line.clear()
    line.textEdited.emit("")
    shell.open_record("petition", desk.letter)
    page = shell.pages.currentWidget()
    assert isinstance(page, RegisterPage)
    page.side.list.table.selectAll()
    page.side.list.table.copy_selection()
    assert "示例反映某处违规发放补贴" in QGuiApplication.clipboard().text()
    assert SECRET not in QGuiApplication.clipboard().text()
    for _each in range(2):
        shell.last_act.undo()
        assert secrets(walk) == []
    shell.last_act.redo()
    assert secrets(walk) == []
    assert office.records.get(PETITION, desk.letter).values["feedback_reaction"] is not None


@pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True)
def test_a_dossier_of_who_answered_does_not_tell_of_it(desk: Desk) -> None:
    walk, shell = desk.walk, desk.walk._desk()
    found = desk.office.search.find("曹志刚", 1, ("person",))[0].id
    shell.open_record("person", found)
    for overview in walk._window.findChildren(DossierOverview):
        overview.open_for("日常监督")
    assert secrets(walk) == []
