"""Where a file is to be written, as the system's dialog answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from paizhu.ui import messages

NAMES = [
    ("报表", "一.xlsx", messages.NEW_WORKBOOK, "报表.xlsx"),
    ("报表.XLSX", "一.xlsx", messages.NEW_WORKBOOK, "报表.XLSX"),
    ("报表2026.3", "一.xlsx", messages.NEW_WORKBOOK, "报表2026.3.xlsx"),
    ("恢复单", "恢复单.pdf", messages.PDF, "恢复单.pdf"),
    ("照片", "扫描件.png", "所有文件 (*)", "照片.png"),
    ("照片.jpg", "扫描件.png", "所有文件 (*)", "照片.jpg"),
    ("说明", "说明", "所有文件 (*)", "说明"),
]


@pytest.mark.parametrize(("typed", "proposed", "kinds", "written"), NAMES, ids=[each[0] for each in NAMES])
def test_a_name_gets_the_ending_of_its_kind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, proposed: str, kinds: str, written: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / typed), ""))
    assert messages.ask_save(None, "导出到", proposed, kinds) == tmp_path / written


def test_a_file_the_system_did_not_ask_about_is_never_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "报表.xlsx").write_text("旧的", encoding="utf-8")
    answers: Iterator[str] = iter([str(tmp_path / "报表"), ""])
    asked: list[str] = []

    def ask(_parent: object, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    assert messages.ask_save(None, "导出到", "一.xlsx") is None
    assert asked == ["一.xlsx", "报表.xlsx"]
