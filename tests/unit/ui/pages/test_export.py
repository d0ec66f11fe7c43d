"""The export page: what is asked, what is refused beneath its field, and a real workbook in the end."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base.view import View
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import PasswordNeededError
from paizhu.services.office import Office
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.events import Events
from paizhu.ui.pages.export import ExportPage
from paizhu.ui.tasks import Tasks
from tests.conftest import PASSWORD

TALK = registers.register("integrity_talk")


@pytest.fixture
def page(office: Office, qapp: QApplication, qtbot: QtBot) -> ExportPage:
    look = theme.install(qapp)
    made = ExportPage(Context(office, Events(), Tasks(), look))
    qtbot.addWidget(made)
    office.records.save(TALK, {"subject": "孙立新", "planned_date": "2026.3.5"})
    office.records.save(TALK, {"subject": "罗卫东", "planned_date": "2025.3.5"})
    return made


def words_in(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_a_period_of_whole_registers_is_written(
    page: ExportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: tmp_path / "台账.xlsx")
    page.since.setText("2026.1.1")
    with qtbot.waitSignal(page.written):
        page.export.click()
    words = words_in(tmp_path / "台账.xlsx")
    assert "孙立新" in words
    assert "罗卫东" not in words


def test_records_are_told_apart_from_the_rows_below_them(
    page: ExportPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = {"requirement": [{"words": "示例要求一"}, {"words": "示例要求二"}]}
    office.records.save(TALK, {"subject": "罗卫东", "planned_date": "2026.3.6"}, rows=rows)
    monkeypatch.setattr(messages, "ask_save", lambda *_args: tmp_path / "台账.xlsx")
    told: list[str] = []
    page._context.events.written.connect(lambda words, _path: told.append(words))
    page.show_list(View(TALK.key))
    with qtbot.waitSignal(page.written):
        page.export.click()
    assert not [each.label for each in registers.REGISTERS if "-" in each.label]
    assert told == ["已导出 3 条（连同下面的 2 行）到《台账.xlsx》。"]


def test_the_empty_form_offered_first_is_that_of_the_list_in_hand(page: ExportPage) -> None:
    page.show_list(View(TALK.key))
    assert page.form.current() == TALK.key
    page.show_list(None)
    assert page.form.current() == registers.REGISTERS[0].key


def test_the_list_as_shown_is_offered_first(
    page: ExportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: tmp_path / "列表.xlsx")
    page.show_list(View("integrity_talk", order=(("planned_date", True),)), ("subject", "planned_date"))
    assert page.scope.current() == "list"
    with qtbot.waitSignal(page.written):
        assert page.run("record.complete")
    assert openpyxl.load_workbook(tmp_path / "列表.xlsx").sheetnames == ["廉政谈话"]


def test_words_that_are_no_day_are_told_beneath_their_field(page: ExportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: pytest.fail("nothing may be asked"))
    page.until.setText("2026.2.30")
    page.export.click()
    assert "没有" in page._until_note.words()


def test_confidential_records_need_a_reason(page: ExportPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: pytest.fail("nothing may be asked"))
    page.secrecy.confidential.setChecked(True)
    page.export.click()
    assert "事由" in page.secrecy.reason_note.words()
    QTest.keyClicks(page.secrecy.reason, "report")
    assert not page.secrecy.reason_note.words()


def test_confidential_records_need_the_password_again_before_anything_is_asked(
    page: ExportPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.records.save(registers.register("lead"), {"subject": "示例丙", "received_at": "2026-03-02"})
    target = tmp_path / "逐条.xlsx"
    asked: list[Path] = []

    def ask_save(*_args: object) -> Path:
        asked.append(target)
        return target

    monkeypatch.setattr(messages, "ask_save", ask_save)
    page.books["lead"].setChecked(True)
    page.secrecy.confidential.setChecked(True)
    page.secrecy.reason.setText("按某月某日通知报送")
    page.export.click()
    assert "请再输入一次解锁口令" in page.secrecy.second.note.words()
    page.secrecy.second.password.field.setText("不是这个口令")
    page.export.click()
    # Pressed twice, it is one try.
    page.export.click()
    qtbot.waitUntil(lambda: "口令不对" in page.secrecy.second.note.words())
    assert "还可试 4 次" in page.secrecy.second.note.words()
    assert asked == []
    page.secrecy.second.password.field.setText(PASSWORD)
    with qtbot.waitSignal(page.written):
        page.export.click()
    assert asked == [target]
    assert page.secrecy.second.password.text() == ""
    assert "示例丙" in words_in(target)


def test_where_nothing_is_ticked_it_is_said_and_nothing_is_asked(
    page: ExportPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_save", lambda *_args: pytest.fail("nothing may be asked"))
    for box in page.books.values():
        box.setChecked(False)
    page.export.click()
    assert page._books_note.words() == "请至少勾选一本台账"
    page.books["integrity_talk"].setChecked(True)
    assert page._books_note.words() == ""


def test_record_by_record_says_that_no_register_is_ticked_it_is_meant_for(page: ExportPage) -> None:
    page.secrecy.confidential.setChecked(True)
    assert page.secrecy.none_note.words() == "上面还没有勾选信访举报、问题线索、案件：要逐条导出哪一本，先勾选哪一本"
    page.books["case"].setChecked(True)
    assert page.secrecy.none_note.words() == ""
    page.books["case"].setChecked(False)
    assert page.secrecy.none_note.words()
    page.secrecy.confidential.setChecked(False)
    assert page.secrecy.none_note.words() == ""
    page.secrecy.confidential.setChecked(True)
    page.show_list(View("lead"))
    assert page.secrecy.none_note.words() == "", "the list in hand goes out whatever is ticked"


def test_everything_goes_out_with_a_reason(
    page: ExportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_folder", lambda *_args: tmp_path)
    page.leave_now()
    assert not list(tmp_path.glob("全部导出*"))
    page.leaving.reason.setText("岗位交接")
    page.leave_now()
    assert "请再输入一次解锁口令" in page.leaving.second.note.words()
    page.leaving.second.password.field.setText(PASSWORD)
    with qtbot.waitSignal(page.written):
        page.leave_now()
    assert list(tmp_path.glob("全部导出*/目录.txt"))


def test_a_list_is_handed_out_in_parts_with_a_password(
    page: ExportPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duty = registers.register("duty_item")
    for name in ("示例甲", "示例乙"):
        office.records.save(duty, {"subject": name, "content": f"{name}的任务", "due_date": "2026-06-30"})
    monkeypatch.setattr(messages, "ask_folder", lambda *_args: tmp_path / "分发")
    page.show_list(View("duty_item"), ("subject", "content"))
    assert (page.parts.register.currentData(), page.parts.field.currentData()) == ("duty_item", "subject")
    page.secrecy.password.field.setText("示例口令9")
    with qtbot.waitSignal(page.written):
        page.parts.button.click()
    assert sorted(path.name for path in (tmp_path / "分发").iterdir()) == [
        "责任清单-示例乙.xlsx",
        "责任清单-示例甲.xlsx",
    ]
    with pytest.raises(PasswordNeededError):
        open_book(tmp_path / "分发" / "责任清单-示例甲.xlsx").close()
    with open_book(tmp_path / "分发" / "责任清单-示例甲.xlsx", "示例口令9") as book:
        told = [cell for row in book.sheet("责任清单").rows() for cell in row.cells]
    assert "示例甲的任务" in told
    assert "示例乙的任务" not in told


def test_another_register_is_parted_whole(
    page: ExportPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "ask_folder", lambda *_args: tmp_path / "谈话")
    page.parts.register.setCurrentIndex(page.parts.register.findData("integrity_talk"))
    page.parts.register.activated.emit(page.parts.register.currentIndex())
    assert page.parts.field.currentData() == "subject"
    assert page.parts.register.findData("lead") < 0
    with qtbot.waitSignal(page.written):
        page.parts.button.click()
    assert len(list((tmp_path / "谈话").iterdir())) == 2
