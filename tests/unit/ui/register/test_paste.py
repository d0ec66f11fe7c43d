"""Cells on the clipboard, as Excel and WPS put them there."""

import pytest
from PySide6.QtCore import QMimeData

from paizhu.ui.register.paste import cells_from, from_html, from_text


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\t\t丙", [["甲", "", "丙"]]),
        ("甲\t\n丙\t丁", [["甲", ""], ["丙", "丁"]]),
        ('"一\n二"\t乙', [["一\n二", "乙"]]),
        ('"说""好"""\t乙', [['说"好"', "乙"]]),
        ('"没有合上\t乙', [['"没有合上', "乙"]]),
        ("只有一格", [["只有一格"]]),
        ("", []),
    ],
)
def test_text_with_tabs_becomes_rows(text: str, rows: list[list[str]]) -> None:
    assert from_text(text) == rows


def test_a_table_of_a_page_becomes_rows_and_merged_cells_leave_their_places_empty() -> None:
    page = (
        "<html><table><tr><th colspan=2>标题</th></tr><tr><td> 甲\n乙 </td><td>一<br>二</td></tr></table>"
        "<table><tr><td>另一张</td></tr></table></html>"
    )
    assert from_html(page) == [["标题", ""], ["甲 乙", "一\n二"]]


def test_trailing_empty_rows_are_left_out_and_words_without_cells_are_one_cell() -> None:
    data = QMimeData()
    data.setText("甲\t乙\n\t\n")
    assert cells_from(data) == [["甲", "乙"]]
    assert cells_from(QMimeData()) == []
