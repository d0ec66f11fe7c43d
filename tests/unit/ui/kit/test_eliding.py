"""A number that does not fit is cut in its middle: 〔2026〕018号 is known by its end, a sentence by its beginning."""

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from paizhu.ui.kit.eliding import cut
from paizhu.ui.kit.label import ElidedLabel
from paizhu.ui.theme import Theme


@pytest.mark.parametrize("number", ["示住建局纪检监察组函〔2026〕018号", "示某建议字[2026]第18号", "谈〔2026〕0018"])
def test_the_running_number_stays(look: Theme, number: str) -> None:
    metrics = QFontMetrics(look.font())
    room = metrics.horizontalAdvance(number) * 3 // 4
    shown = cut(metrics, number, room)
    assert "…" in shown
    assert shown.endswith(("18号", "18"))
    assert shown[0] == number[0]
    assert metrics.horizontalAdvance(shown) <= room


@pytest.mark.parametrize(
    "words", ["关于推进工程质量安全专项检查的监察建议", "示例处（二）科科长", "2026年11月18日到期"]
)
def test_other_words_are_cut_at_their_end(look: Theme, words: str) -> None:
    metrics = QFontMetrics(look.font())
    assert cut(metrics, words, metrics.horizontalAdvance(words) // 2).endswith("…")
    assert cut(metrics, words, metrics.horizontalAdvance(words) + 2) == words


def test_a_meeting_is_known_by_its_number(look: Theme) -> None:
    metrics = QFontMetrics(look.font())
    words = "示例局党组会（第 22 次）"
    assert cut(metrics, words, metrics.horizontalAdvance(words) * 9 // 10).endswith("22 次）")


@pytest.mark.parametrize("share", [70, 80, 90, 99])
def test_a_meeting_never_shows_half_of_its_number(look: Theme, share: int) -> None:
    metrics = QFontMetrics(look.font())
    words = "局党组会（第 22 次）"
    room = metrics.horizontalAdvance(words) * share // 100
    shown = cut(metrics, words, room)
    assert shown.startswith("局")
    assert shown.endswith("…第 22 次）")
    assert metrics.horizontalAdvance(shown) <= room


def test_of_parts_side_by_side_the_last_ones_go_whole(look: Theme) -> None:
    metrics = QFontMetrics(look.font())
    first, second, third = "检〔2026〕004", "2026-11-20", "示例处"
    words = f"{first}　{second}　{third}"
    assert cut(metrics, words, metrics.horizontalAdvance(words) + 2) == words
    assert cut(metrics, words, metrics.horizontalAdvance(f"{first}　{second}　示")) == f"{first}　{second}…"
    assert cut(metrics, words, metrics.horizontalAdvance(f"{first}　2026")) == f"{first}…"
    assert cut(metrics, words, metrics.horizontalAdvance("检〔2026〕")).endswith("04")


def test_a_label_shows_it_so(look: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("示住建局纪检监察组函〔2026〕018号")
    qtbot.addWidget(label)
    label.resize(label.fontMetrics().horizontalAdvance("示住建局纪检监察组"), 24)
    label.show()
    assert label.text().endswith("018号")
    assert label.toolTip() == "示住建局纪检监察组函〔2026〕018号"
