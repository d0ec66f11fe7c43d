"""The page of papers: which are offered, purposes asked in place, codes verified, a real PDF in the end."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services import anchoring
from paizhu.services.office import Office
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.pages.paper import PaperPage
from paizhu.ui.tasks import Tasks

TALK = registers.register("integrity_talk")
LEAD = registers.register("lead")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot) -> PaperPage:
    made = PaperPage(Context(office, Events(), Tasks(), theme.install(qapp)))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def talk(office: Office) -> int:
    return office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026.3.5"}).records[0][1]


def test_one_record_offers_its_own_papers_first(page: PaperPage, talk: int) -> None:
    page.show_list(TALK, View("integrity_talk"), [talk])
    assert page.kind.current() == "talk_form"
    assert "孙立新" in page.what.text()


def test_a_paper_is_made_and_opened_and_its_copy_goes_at_the_lock(
    page: PaperPage, talk: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def look(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(messages, "open_file", look)
    page.show_list(TALK, View("integrity_talk"), [talk])
    with qtbot.waitSignal(page.written, timeout=20_000):
        page.run("print")
    assert opened[0].read_bytes().startswith(b"%PDF")
    page.save_draft()
    assert not opened[0].exists()


def test_a_lead_asks_its_purpose_beneath_the_field(
    page: PaperPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "open_file", lambda _path: pytest.fail("nothing may be made"))
    lead = office.records.save(LEAD, {"subject": "马某样", "received_at": "3.2"}).records[0][1]
    page.show_list(LEAD, View("lead"), [lead])
    page.open_now()
    assert "用途" in page._purpose_note.words()


def test_a_code_is_verified_on_the_page(page: PaperPage, office: Office, talk: int, qtbot: QtBot) -> None:
    page.show_list(TALK, View("integrity_talk"), [talk])
    page.code.setText(anchoring.head_code(office.desk))
    page.verify()
    qtbot.waitUntil(lambda: page.told.isVisibleTo(page))
    assert "与纸面一致" in page.told.accessibleName()
    page.code.setText("随便")
    page.verify()
    qtbot.waitUntil(lambda: "校验码" in page._code_note.words())
