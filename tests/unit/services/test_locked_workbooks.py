"""Hand-over with a password: another program opens the workbook with it, nobody without, and the classes hold."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.documents.books.opening import open_book
from paizhu.documents.refusals import PasswordNeededError, WrongWorkbookPasswordError
from paizhu.services.forms.filling import Filling
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from tests.unit.documents.blank_forms import unlocked_by_libreoffice

SECRET = "Shili-Kouling-9"
FORM = next(path for path in Filling.ready_forms() if "线索" in path.stem)


@pytest.fixture
def filled(office: Office) -> Office:
    """A person with private facts, a lead, a petition with its informant, a talk."""
    for key, values in (
        ("person", {"name": "示例甲", "id_no": "110101197001010015", "mobile": "13800000000"}),
        (
            "lead",
            {"subject": "示例乙", "received_at": "2026-02-02", "summary": "反映收受礼品", "subject_rank": "县处级"},
        ),
        ("petition", {"received_at": "2026-02-02", "summary": "反映吃请", "named": "实名"}),
        ("integrity_talk", {"subject": "示例丙", "planned_date": "2026-02-05"}),
    ):  # fmt: skip
        register = registers.register(key)
        office.records.save(register, {name: value for name, value in values.items() if register.has(name)})
    return office


def words_in(book: Workbook) -> str:
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_registers_with_a_password_open_elsewhere_and_keep_their_classes(filled: Office, tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    filled.exporting.export(path, password=SECRET)
    with pytest.raises(PasswordNeededError):
        open_book(path).close()
    with pytest.raises(WrongWorkbookPasswordError):
        open_book(path, "falsch").close()
    for words in ("示例甲", "反映", "13800000000"):
        assert words.encode() not in path.read_bytes()
    told = words_in(openpyxl.load_workbook(unlocked_by_libreoffice(tmp_path, path, SECRET)))
    assert "示例甲" in told
    assert "示例丙" in told
    # P3 leaves as totals, private facts masked, whatever the password.
    for words in ("示例乙", "反映收受礼品", "反映吃请", "110101197001010015", "13800000000"):
        assert words not in told


def test_with_a_reason_leads_go_out_and_private_facts_do_not(filled: Office, tmp_path: Path) -> None:
    path = tmp_path / "reason.xlsx"
    filled.exporting.export(path, release=Release("按通知报送"), password=SECRET)
    told = words_in(openpyxl.load_workbook(unlocked_by_libreoffice(tmp_path, path, SECRET)))
    assert "示例乙" in told
    assert "13800000000" not in told


def test_a_filled_form_with_a_password_opens_elsewhere_and_computes(filled: Office, tmp_path: Path) -> None:
    done = filled.filling.fill(FORM, tmp_path / "form.xlsx", "2026-02", out_password=SECRET)
    with pytest.raises(PasswordNeededError):
        open_book(done.path).close()
    book = openpyxl.load_workbook(unlocked_by_libreoffice(tmp_path, done.path, SECRET), data_only=True)
    assert [book["线索处置"][place].value for place in ("B6", "B10", "A2")] == [
        1,
        1,
        "填报单位：驻某市示例局纪检监察组",
    ]
