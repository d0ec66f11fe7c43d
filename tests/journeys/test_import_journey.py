"""An old ledger comes in through the whole window, is taken back, corrected, brought in again, and found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import app as start
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.ui.desk import Desk
from paizhu.ui.main_window import MainWindow
from paizhu.ui.pages.day.today import TodayPage
from paizhu.ui.pages.search import SearchPopup
from paizhu.ui.register.page import RegisterPage
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, DONE, MAPPING
from tests.conftest import PASSWORD
from tests.ledgers import ROWS, SECRETS, ledger, petitions
from tests.unit.ui.windows import settle


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, vault_folder: Path) -> Iterator[MainWindow]:
    """The window of the program, unlocked."""
    running = start.App(qapp)
    running.session.choose(vault_folder)
    running.show()
    qtbot.waitUntil(lambda: running.window.filled, timeout=20_000)
    settle(qtbot, running.window)
    running.session.unlock(PASSWORD)
    running.window.open_desk()
    settle(qtbot, running.window)
    yield running.window
    settle(qtbot, running.window)
    with qtbot.waitSignal(running.window.closing):
        running.window.close()


@pytest.fixture
def desk(window: MainWindow) -> Desk:
    """The open desk."""
    assert window.desk is not None
    return window.desk


@pytest.fixture
def office(desk: Desk) -> Office:
    """The services of the open desk."""
    return desk.context.office


def import_page(qtbot: QtBot, window: MainWindow, desk: Desk, path: Path) -> ImportPage:
    desk.errands.open_import([path])
    page = desk.pages.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(page.flow.tables) and not page.flow.busy)
    settle(qtbot, window)
    return page


def press_red(qtbot: QtBot, window: MainWindow, desk: Desk) -> None:
    assert desk.pages.run("record.complete")
    settle(qtbot, window)


def count(office: Office) -> int:
    return office.records.count(View("integrity_talk"))


def test_a_ledger_comes_in_is_taken_back_corrected_and_found(
    qtbot: QtBot, window: MainWindow, desk: Desk, office: Office, tmp_path: Path
) -> None:
    path = ledger(tmp_path / "谈话台账.xlsx")
    page = import_page(qtbot, window, desk, path)
    assert page.step == MAPPING
    press_red(qtbot, window, desk)
    assert page.step == CHECK
    press_red(qtbot, window, desk)
    assert page.step == DONE
    assert count(office) == 3
    desk.last_act.undo()
    settle(qtbot, window)
    assert count(office) == 0

    corrected = [*ROWS[:3], [4, "2025.2.28", *ROWS[3][2:]]]
    page = import_page(qtbot, window, desk, ledger(path, corrected))
    press_red(qtbot, window, desk)
    assert page.bar.next.text() == "导入 4 行"
    press_red(qtbot, window, desk)
    assert count(office) == 4

    page = import_page(qtbot, window, desk, path)
    press_red(qtbot, window, desk)
    assert page.bar.next.reason == "没有要导入的行"

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    desk.open_search()
    box = desk.head.search
    box.setText("田玉芳")
    box.textEdited.emit("田玉芳")
    popup = window.findChild(SearchPopup)
    assert isinstance(popup, SearchPopup)
    qtbot.waitUntil(lambda: popup.model() is not None)
    assert popup.open_row(1)
    settle(qtbot, window)
    opened = desk.pages.currentWidget()
    assert isinstance(opened, RegisterPage)
    assert opened.side.register.key == "integrity_talk"


def test_after_an_import_the_red_button_leads_to_where_the_rows_went(
    qtbot: QtBot, window: MainWindow, desk: Desk, office: Office, tmp_path: Path
) -> None:
    desk.show_tab("talks")
    talks = desk.pages.currentWidget()
    assert isinstance(talks, RegisterPage)
    talks.side.narrowing.only(())
    desk.show_tab("reviews")
    desk.errands.open_import([ledger(tmp_path / "谈话台账.xlsx")], "review_item")
    page = desk.pages.currentWidget()
    assert isinstance(page, ImportPage)
    qtbot.waitUntil(lambda: bool(page.flow.tables) and not page.flow.busy)
    page.side.register_chosen.emit("integrity_talk")
    settle(qtbot, window)
    while page.step != DONE:
        press_red(qtbot, window, desk)
    assert page.bar.next.text() == page.bar.next.accessibleName() == "打开廉政谈话"
    assert page.head.back.text() == "返回会前审查"
    press_red(qtbot, window, desk)
    assert desk.pages.currentWidget() is talks
    assert talks.side.list.view.conditions == (), "rows just brought in must not hide behind an old filter"
    assert talks.side.list.table.model().rowCount() == count(office) == 3
    assert window.focusWidget() is talks.side.list.table
    desk.back()
    assert desk.pages.current_key == "import"


def test_today_opens_a_record_and_the_way_back_ends_at_the_same_line(
    qtbot: QtBot, window: MainWindow, desk: Desk, office: Office
) -> None:
    from paizhu import registers

    talk = registers.register("integrity_talk")
    for day in ("2026-03-12", "2026-03-19", "2026-05-08"):
        change = office.records.save(talk, {"subject": "孙立新", "planned_date": day})
    desk.context.events.changed.emit(change)
    settle(qtbot, window)
    page = desk.pages.currentWidget()
    assert isinstance(page, TodayPage)
    page.table.go_to(3)
    before = page.current()
    assert before is not None
    assert desk.pages.run("record.complete")
    settle(qtbot, window)
    assert isinstance(desk.pages.currentWidget(), RegisterPage)
    desk.back()
    if not isinstance(desk.pages.currentWidget(), TodayPage):
        desk.back()
    settle(qtbot, window)
    assert desk.pages.currentWidget() is page
    after = page.current()
    assert after is not None
    assert (after.id, after.what) == (before.id, before.what)


def test_the_buttons_of_the_day_open_an_empty_form_of_their_register(
    qtbot: QtBot, window: MainWindow, desk: Desk, office: Office, tmp_path: Path
) -> None:
    office.importing.apply(office.importing.plan(petitions(tmp_path / "信访.xlsx")))
    page = desk.pages.currentWidget()
    assert isinstance(page, TodayPage)
    page.buttons["petition"].click()
    settle(qtbot, window)
    opened = desk.pages.currentWidget()
    assert isinstance(opened, RegisterPage)
    qtbot.waitUntil(opened.isVisible)
    assert (opened.side.register.key, opened.side.detail.work.record_id) == ("petition", None)
    assert opened.side.detail.has_record


def test_a_lock_in_the_middle_comes_back_to_the_same_step_and_nothing_was_imported(
    qtbot: QtBot, window: MainWindow, desk: Desk, tmp_path: Path
) -> None:
    page = import_page(qtbot, window, desk, ledger(tmp_path / "谈话台账.xlsx"))
    press_red(qtbot, window, desk)
    assert page.step == CHECK
    window.lock()
    settle(qtbot, window)
    window.lock_page.password.field.setText(PASSWORD)
    with qtbot.waitSignal(window.unlocked, timeout=20_000):
        window.lock_page.try_password()
    assert window.desk is not None
    again = window.desk.pages.currentWidget()
    assert isinstance(again, ImportPage)
    qtbot.waitUntil(lambda: again.step == CHECK)
    assert count(window.desk.context.office) == 0


def test_informants_in_a_ledger_are_found_by_nobody(
    qtbot: QtBot, window: MainWindow, desk: Desk, office: Office, tmp_path: Path
) -> None:
    import_page(qtbot, window, desk, petitions(tmp_path / "信访.xlsx"))
    press_red(qtbot, window, desk)
    press_red(qtbot, window, desk)
    assert office.records.count(View("petition")) == 2
    assert all(office.search.find(secret) == [] for secret in SECRETS)
