"""What cannot be filled is refused in words, and the place to save to stays as it was."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from paizhu.documents.forms.fill import FillPlan, fill
from paizhu.documents.forms.package import FormPackage, FormRefusedError
from paizhu.documents.forms.read import read_form
from paizhu.documents.refusals import (
    DamagedWorkbookError,
    NotWrittenError,
    PasswordNeededError,
    WrongWorkbookPasswordError,
)
from tests.unit.documents.blank_forms import FORMS, values_of

LEDGERS = FORMS.parent / "ledgers"
PLAN = FillPlan({"月报": {"B4": 3}})
FORM = FORMS / "mixed.xlsx"


@pytest.mark.parametrize("name", ["talks_merged.xls", "reviews_two_tables.ods", "talks_utf8_bom.csv"])
def test_other_kinds_are_asked_to_be_saved_as_xlsx(name: str) -> None:
    with pytest.raises(FormRefusedError, match=r"另存为 \.xlsx"):
        read_form(LEDGERS / name)


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(FORM.read_bytes()[:3000])
    (tmp_path / "文字.xlsx").write_text("<html><table></table></html>")
    for name in ("坏.xlsx", "文字.xlsx", "没有.xlsx"):
        with pytest.raises(FormRefusedError) as refused:
            read_form(tmp_path / name)
        assert "导入" not in str(refused.value)
        assert "原文件没有改动" in str(refused.value)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'>"),
        ("xl/worksheets/sheet1.xml", b"\xff\xfe<"),
        ("xl/styles.xml", b"<styleSheet"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='2'/><row r='1'/></sheetData></worksheet>"),
    ],
)
def test_damaged_parts_are_refused_in_words(tmp_path: Path, part: str, content: bytes) -> None:
    path = tmp_path / "form.xlsx"
    with zipfile.ZipFile(FORM) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    with pytest.raises((DamagedWorkbookError, FormRefusedError)):
        read_form(path)
    with pytest.raises((DamagedWorkbookError, FormRefusedError)):
        fill(path, PLAN, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_a_form_with_a_password_is_filled_and_locked_again(tmp_path: Path) -> None:
    locked, out = tmp_path / "锁.xlsx", tmp_path / "out.xlsx"
    with locked.open("wb") as stream:
        OOXMLFile(io.BytesIO(FORM.read_bytes())).encrypt("口令1", stream)
    with pytest.raises(PasswordNeededError):
        read_form(locked)
    with pytest.raises(WrongWorkbookPasswordError):
        read_form(locked, "口令2")
    assert read_form(locked, "口令1").fingerprint == read_form(FORM).fingerprint
    fill(locked, PLAN, out, password="口令1", out_password="口令3")
    assert b"PK\x03\x04" not in out.read_bytes()[:4]
    assert values_of(out, "月报", "口令3")[4, 1] == 3


def test_macros_stay_and_need_their_own_ending(tmp_path: Path) -> None:
    form = FORMS / "with_macros.xlsm"
    plan = FillPlan({"带宏": {"B3": 1}})
    with pytest.raises(NotWrittenError, match=r"\.xlsm"):
        fill(form, plan, tmp_path / "out.xlsx")
    with pytest.raises(NotWrittenError, match=r"\.xlsx"):
        fill(FORM, PLAN, tmp_path / "out.xlsm")
    fill(form, plan, tmp_path / "out.xlsm")
    with FormPackage(form) as before, FormPackage(tmp_path / "out.xlsm") as after:
        assert after.has_macros
        assert before.raw("xl/vbaProject.bin") == after.raw("xl/vbaProject.bin")


def test_the_blank_form_is_never_written_over(tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    shutil.copy(FORM, form)
    with pytest.raises(NotWrittenError, match="空白表"):
        fill(form, PLAN, form)
    assert form.read_bytes() == FORM.read_bytes()


@pytest.mark.parametrize("mark", ["~$表.xlsx", ".~lock.表.xlsx#"])
def test_a_target_open_elsewhere_is_refused(tmp_path: Path, mark: str) -> None:
    out = tmp_path / "表.xlsx"
    out.write_bytes(b"kept")
    (tmp_path / mark).touch()
    with pytest.raises(NotWrittenError, match="打开"):
        fill(FORM, PLAN, out)
    assert out.read_bytes() == b"kept"


def test_a_folder_or_a_missing_folder_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "夹.xlsx").mkdir()
    with pytest.raises(NotWrittenError, match="文件夹"):
        fill(FORM, PLAN, tmp_path / "夹.xlsx")
    with pytest.raises(NotWrittenError, match="不存在"):
        fill(FORM, PLAN, tmp_path / "没有" / "表.xlsx")


def test_a_read_only_folder_is_refused(locked_folder: Path) -> None:
    with pytest.raises(NotWrittenError, match=r"权限|只能读"):
        fill(FORM, PLAN, locked_folder / "表.xlsx")


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    out = tmp_path / "表.xlsx"
    out.write_bytes(b"kept")
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))
    try:
        with pytest.raises(NotWrittenError, match="空间不够"):
            fill(FORM, PLAN, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert out.read_bytes() == b"kept"
    assert [each.name for each in tmp_path.iterdir()] == ["表.xlsx"]
