"""An import put aside: kept encrypted, offered again, taken up with everything mended, no record touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.services.importing.progress import ImportProgress
from paizhu.services.importing.questions import Answer
from paizhu.services.office import Office
from paizhu.storage.vault import Vault
from paizhu.ui.context import Context
from paizhu.ui.wizards.import_page import ImportPage
from paizhu.ui.wizards.import_panes import CHECK, FILES, MAPPING
from tests.ledgers import ROWS, SECRETS, ledger, petitions

from .conftest import Opened, rest

BAD = "2025.2.30"


pytestmark = pytest.mark.usefixtures("look")


def half_done(opened: Opened, qtbot: QtBot, path: Path) -> ImportPage:
    """A ledger with one column matched otherwise, one cell mended, and standing at the last look."""
    page = opened(ledger(path))
    page.mapping.mapped.emit("H", "reason_note")
    rest(page, qtbot)
    page.go_on()
    table = page.flow.table
    assert table is not None
    table.mend(7, 1, "2025.2.28")
    page.preview.changed.emit()
    return page


def records(vault: Vault) -> list[object]:
    with vault.read() as connection:
        return [
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("integrity_talk", "journal_entry", "journal_change", "person")
        ]


def test_what_was_put_aside_is_offered_and_taken_up_where_it_was(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = half_done(opened, qtbot, tmp_path / "谈话.xlsx")
    assert page.bar.quit.text() == "先不导入，保存进度"
    before = records(office.vault)
    with qtbot.waitSignal(page.left):
        QTest.mouseClick(page.bar.quit, Qt.MouseButton.LeftButton)
    assert records(office.vault) == before
    again = opened()
    assert again.step == FILES
    assert [button.accessibleName() for button in again.resuming.offers.buttons] == [
        "接着导入 《谈话.xlsx》",
        "《谈话.xlsx》的进度不要了",
    ]
    again.resuming.offers.buttons[0].setFocus()
    QTest.keyClick(again.resuming.offers.buttons[0], Qt.Key.Key_Space)
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == CHECK)
    assert {look.letter: look.path for look in again.flow.table.columns()}["H"] == "reason_note"  # type: ignore[union-attr]  # a table was read
    assert again.flow.tally().refused == 0
    again.go_on()
    rest(again, qtbot)
    assert office.records.count(View("integrity_talk")) == len(ROWS)
    assert ImportProgress(office.vault).all() == []


def test_locking_keeps_the_progress_too(context: Context, opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    page = half_done(opened, qtbot, tmp_path / "谈话.xlsx")
    page.save_draft()
    place = page.place()
    other = opened()
    other.return_to(place)
    rest(other, qtbot)
    qtbot.waitUntil(lambda: other.step == CHECK)
    assert other.flow.tally().refused == 0


CELLS = {
    "under a header of their own": [
        ["谈话对象", "计划日期", "谈话类型"],
        ["示例某甲", "2026-03-20", "提醒"],
        ["示例某乙", BAD, "提醒"],
    ],
    "in the order of the list": [["示例某甲", "2026-03-20"], ["示例某乙", BAD]],
}


def pasted(context: Context, qtbot: QtBot, rows: list[list[str]]) -> ImportPage:
    """Cells pasted into the list of talks, the wrong day mended, standing at the last look."""
    page = ImportPage.from_cells(context, "integrity_talk", rows, ["subject", "planned_date"])
    qtbot.addWidget(page)
    page.show()
    rest(page, qtbot)
    if page.step == MAPPING:
        page.go_on()
    assert page.flow.tally().refused == 1
    table = page.flow.table
    assert table is not None
    table.mend(len(rows), 1, "2026-03-21")
    page.preview.changed.emit()
    assert page.flow.tally().refused == 0
    return page


@pytest.mark.parametrize("rows", CELLS.values(), ids=CELLS)
def test_pasted_cells_come_back_after_a_lock_as_they_were_mended(
    context: Context, office: Office, opened: Opened, qtbot: QtBot, rows: list[list[str]]
) -> None:
    page = pasted(context, qtbot, rows)
    page.save_draft()
    place = page.place()
    assert "示例某甲" not in repr(place), "while it is locked no cell stays in memory"
    again = opened()
    again.return_to(place)
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == CHECK)
    assert again.flow.tally().refused == 0
    again.go_on()
    rest(again, qtbot)
    assert office.records.count(View("integrity_talk")) == 2
    assert ImportProgress(office.vault).all() == []


def test_pasted_cells_put_aside_are_offered_by_name(context: Context, opened: Opened, qtbot: QtBot) -> None:
    page = pasted(context, qtbot, CELLS["under a header of their own"])
    assert page.bar.quit.text() == "先不导入，保存进度"
    page.put_aside()
    again = opened()
    names = [button.accessibleName() for button in again.resuming.offers.buttons]
    assert names == ["接着导入 《粘贴的内容》", "《粘贴的内容》的进度不要了"]
    again.resuming.offers.buttons[0].click()
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == CHECK)
    assert again.flow.tally().refused == 0


def test_pasted_words_about_an_informant_are_never_kept(context: Context, office: Office, qtbot: QtBot) -> None:
    rows = [["标题", "收到日期", "举报人姓名"], ["示例反映", "2026-03-02", "示例举报人"]]
    page = ImportPage.from_cells(context, "petition", rows)
    qtbot.addWidget(page)
    page.show()
    rest(page, qtbot)
    assert page.flow.table is not None
    assert any(look.sealed for look in page.flow.table.columns())
    assert page.bar.quit.text() == "先不导入"
    page.save_draft()
    assert ImportProgress(office.vault).all() == []


def test_that_pasted_words_about_an_informant_are_gone_is_said_afterwards(context: Context, qtbot: QtBot) -> None:
    rows = [["标题", "收到日期", "举报人姓名"], ["示例反映", "2026-03-02", "示例举报人"]]
    page = ImportPage.from_cells(context, "petition", rows)
    qtbot.addWidget(page)
    page.show()
    rest(page, qtbot)
    assert page.loses()
    page.save_draft()
    again = ImportPage(context)
    qtbot.addWidget(again)
    again.show()
    again.return_to(page.place())
    assert "没有留下" in again.strip.accessibleName()
    assert "举报人信息" in again.strip.accessibleName()
    assert not again.loses()


def test_nothing_of_it_lies_readable_beside_the_vault(
    office: Office, opened: Opened, qtbot: QtBot, vault_folder: Path, tmp_path: Path
) -> None:
    half_done(opened, qtbot, tmp_path / "谈话.xlsx").save_draft()
    office.vault.close()
    for path in vault_folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"2025.2.28" not in content
            assert "谈话.xlsx".encode() not in content


def test_a_file_changed_meanwhile_keeps_its_columns_and_no_mended_cell(
    opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    page = half_done(opened, qtbot, tmp_path / "谈话.xlsx")
    page.put_aside()
    ledger(tmp_path / "谈话.xlsx", [[*row[:6], "改过", row[7]] for row in ROWS])
    again = opened()
    again.resuming.offers.buttons[0].click()
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == CHECK)
    assert "在保存以后改过" in again.strip.accessibleName()
    assert again.flow.tally().refused == 1
    assert {look.letter: look.path for look in again.flow.table.columns()}["H"] == "reason_note"  # type: ignore[union-attr]  # a table was read


def test_a_file_that_is_gone_is_said_and_the_progress_stays(
    office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    half_done(opened, qtbot, tmp_path / "谈话.xlsx").put_aside()
    (tmp_path / "谈话.xlsx").unlink()
    again = opened()
    again.resuming.offers.buttons[0].click()
    assert "找不到《谈话.xlsx》" in again.strip.accessibleName()
    assert len(ImportProgress(office.vault).all()) == 1
    again.resuming.offers.buttons[1].click()
    assert ImportProgress(office.vault).all() == []
    assert not again.resuming.offers.isVisible()


def test_words_about_an_informant_are_never_kept(office: Office, opened: Opened, tmp_path: Path) -> None:
    page = opened(petitions(tmp_path / "信访.xlsx"))
    table = page.flow.table
    assert table is not None
    sealed = next(look for look in table.columns() if look.sealed and look.path)
    assert sealed
    table.mend(2, 5, f"{SECRETS[0]}乙")
    page.save_draft()
    (body,) = [office.vault.kept("import_progress", name) for name in office.vault.kept_names("import_progress")]
    assert body is not None
    assert SECRETS[0] not in body


def test_answers_about_names_are_kept(office: Office, opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    office.records.save(registers.register("person"), {"name": "邵勇"})
    page = opened(ledger(tmp_path / "谈话.xlsx", [[1, "2025.3.5", "邵永", "主任", "日常", "邵勇", "x", None]]))
    page.go_on()
    rest(page, qtbot)
    combo = page.questions.combo("邵永")
    combo.show_answer(Answer("make"))
    combo.activated.emit(combo.currentIndex())
    rest(page, qtbot)
    page.put_aside()
    again = opened()
    again.resuming.offers.buttons[0].click()
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == CHECK)
    rest(again, qtbot)
    assert again.questions.combo("邵永").answer().kind == "make"


def test_with_nothing_read_leaving_keeps_nothing(office: Office, opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    assert page.bar.quit.text() == "先不导入"
    with qtbot.waitSignal(page.left):
        page.put_aside()
    page.save_draft()
    assert ImportProgress(office.vault).all() == []
    assert page.step != MAPPING


def test_a_locked_workbook_asks_for_its_password_again(opened: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    plain, locked = ledger(tmp_path / "明.xlsx"), tmp_path / "密.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("a1b2", target)
    page = opened(locked)
    page.flow.read("a1b2")
    rest(page, qtbot)
    qtbot.waitUntil(lambda: page.step == MAPPING)
    page.flow.table.mend(7, 1, "2025.2.28")  # type: ignore[union-attr]  # a table was read
    page.put_aside()
    again = opened()
    again.resuming.offers.buttons[0].click()
    rest(again, qtbot)
    assert again.files.locked.isVisibleTo(again)
    again.files.locked.password.field.setText("a1b2")
    again.files.locked.open.click()
    rest(again, qtbot)
    qtbot.waitUntil(lambda: again.step == MAPPING)
    rest(again, qtbot)
    assert again.flow.tally().refused == 0
