"""A talk is filed with the page both sides signed, or with a reason in its place; old ledgers are left as they are."""

from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import StepRefusedError
from paizhu.services.office import Office
from paizhu.services.talks.loose import lacking_page
from paizhu.services.talks.rules import TalkRules
from paizhu.storage import queries
from tests.typed import WHOLE, WRITTEN_UP

TALK = registers.register("integrity_talk")


def recorded(office: Office, **typed: str) -> int:
    """Return a talk that lacks nothing for filing but the page."""
    talk = office.records.save(
        TALK, {**WHOLE["integrity_talk"], "subject": "示例甲", "planned_date": "2026-03-02", **typed}
    ).records[0][1]
    held = {"start_at": "2026-03-02", "place": "谈话室", "talker": "示例乙", "recorder": "示例丙", "record": "要点"}
    held["companion_unit"] = "示例协作区"
    for state, words in (
        ("held", held),
        ("signing", {}),
        ("recorded", {**WRITTEN_UP, "signed": "是", "follow_up": "无"}),
    ):
        office.records.advance(TALK, talk, state, words)
    return talk


def waiting(office: Office) -> list[int]:
    view = office.records.default_view(TALK).where(*lacking_page(office.desk))
    with office.vault.read() as connection:
        return queries.ids(connection, view)


def test_without_the_page_a_talk_is_not_filed_and_nothing_changes(office: Office) -> None:
    talk = recorded(office)
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(TALK, talk, "archived")
    assert [(each.field, each.message) for each in refused.value.problems] == [
        ("signed_page", "须先补：双方签字页扫描件")
    ]
    assert office.records.get(TALK, talk).state == "recorded"
    assert waiting(office) == [talk]


def test_the_page_in_its_place_files_the_talk_and_a_paper_elsewhere_does_not(office: Office, tmp_path: Path) -> None:
    talk = recorded(office)
    scan = tmp_path / "签字页.pdf"
    scan.write_bytes(b"%PDF-1.4")
    office.records.attach(TALK, talk, scan)
    with pytest.raises(StepRefusedError):
        office.records.advance(TALK, talk, "archived")
    office.records.attach(TALK, talk, scan, "signed_page")
    assert waiting(office) == []
    office.records.advance(TALK, talk, "archived")
    assert office.records.get(TALK, talk).state == "archived"


@pytest.mark.parametrize(
    "words", [{"no_signed_page": "旧档只有纸质件，存档案柜"}, {"refuse_reason": "对象拒签，已注明"}]
)
def test_a_reason_stands_for_the_page(office: Office, words: dict[str, str]) -> None:
    talk = recorded(office)
    office.records.advance(TALK, talk, "archived", words)
    assert office.records.get(TALK, talk).state == "archived"


def test_kinds_are_asked_as_the_rules_say(office: Office) -> None:
    collective = recorded(office, kind="集体廉政谈话", headcount="12")
    assert waiting(office) == []
    office.records.advance(TALK, collective, "archived")
    TalkRules(office.desk).set_kind("routine", "示例：本组例行谈话只留登记表", {"signed_page": False})
    office.records.advance(TALK, recorded(office), "archived")
    TalkRules(office.desk).put_back("kind", "routine")
    with pytest.raises(StepRefusedError):
        office.records.advance(TALK, recorded(office), "archived")
