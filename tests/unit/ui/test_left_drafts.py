"""What was typed and never saved is told of at the start, and leads back to where it belongs."""

from pytestqt.qtbot import QtBot

from paizhu.registers import register
from paizhu.services.drafts import Drafts
from paizhu.services.office import Office
from paizhu.ui.left_drafts import RESUME, STRIP, LeftDrafts
from paizhu.ui.strips import Strips

TALK, FINDING = register("integrity_talk"), register("finding")


def test_without_drafts_nothing_is_said(qtbot: QtBot, office: Office) -> None:
    strips = Strips()
    qtbot.addWidget(strips)
    LeftDrafts(strips, office, lambda _key, _id: None, lambda _key: None).show()
    assert strips.names() == []


def test_each_draft_is_led_to_in_turn_the_newest_first(qtbot: QtBot, office: Office) -> None:
    finding = office.records.save(FINDING, {"problem": "示例问题", "found_at": "2026-03-02"}).records[0][1]
    drafts = Drafts(office.desk)
    drafts.keep(FINDING, finding, {"problem": "改到一半"})
    drafts.keep(TALK, None, {"record": "写到一半"})
    # What other pages keep under names of their own is no form.
    office.vault.drafts.put("review_words", 1, "意见")
    strips, opened = Strips(), list[tuple[str, int]]()
    qtbot.addWidget(strips)
    left = LeftDrafts(
        strips, office, lambda key, record_id: opened.append((key, record_id)), lambda key: opened.append((key, 0))
    )
    strips.acted.connect(lambda key: left.resume() if key == RESUME else None)
    left.show()
    assert "有 2 份没写完的草稿" in strips.words(STRIP)
    assert "示例问题" not in strips.words(STRIP)
    strips.acted.emit(RESUME)
    assert "有一份没写完的草稿" in strips.words(STRIP)
    strips.acted.emit(RESUME)
    assert sorted(opened) == sorted([(TALK.key, 0), (FINDING.key, finding)])
    assert strips.names() == []


def test_what_was_saved_meanwhile_is_not_led_to(qtbot: QtBot, office: Office) -> None:
    drafts = Drafts(office.desk)
    drafts.keep(TALK, None, {"record": "写到一半"})
    strips, opened = Strips(), list[str]()
    qtbot.addWidget(strips)
    left = LeftDrafts(strips, office, lambda _key, _id: None, opened.append)
    left.show()
    drafts.forget(TALK, None)
    left.look_again()
    assert strips.names() == []
    left.resume()
    assert opened == []
