"""What changed since the opinion, as the review page shows it: hidden while nothing did, versions unfolded by key."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from paizhu.services.reviews.versions import Version, differences
from paizhu.ui import theme
from paizhu.ui.kit.label import Label
from paizhu.ui.overviews.review_changes import ReviewChanges

FIRST = {"title": "办公楼维修采购", "amount": "480,000.00", "supplier": "", "candidate": ""}


@pytest.fixture
def changes(qapp: QApplication, qtbot: QtBot) -> ReviewChanges:
    theme.install(qapp)
    made = ReviewChanges()
    qtbot.addWidget(made)
    return made


def test_one_version_shows_nothing(changes: ReviewChanges) -> None:
    only = [Version(1, datetime(2026, 3, 2, 9, 0), "陈守正", FIRST, True)]
    changes.show_changes(differences(only), only)
    assert changes.isHidden()


def test_the_difference_stands_in_view_and_versions_unfold_by_key(changes: ReviewChanges) -> None:
    every = [
        Version(1, datetime(2026, 3, 2, 9, 0), "陈守正", FIRST, True),
        Version(2, datetime(2026, 3, 9, 15, 0), "陈守正", {**FIRST, "amount": "520,000.00"}),
    ]
    changes.show_changes(differences(every), every)
    changes.show()
    said = changes._strip.accessibleName()
    assert "重新审查" in said
    assert "金额：480,000.00 → 520,000.00" in said
    assert not changes._lines.isVisible()
    QTest.keyClick(changes.unfold, Qt.Key.Key_Space)
    lines = [label.text() for label in changes._lines.findChildren(Label)]
    assert lines[0].startswith("第 1 版")
    assert "据此出具意见" in lines[0]
    assert lines[1].endswith("：金额 520,000.00")
