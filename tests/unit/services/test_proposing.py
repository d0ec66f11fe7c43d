"""Names proposed from the roster: by words while one types, and all of them for who looks through it."""

from paizhu import registers
from paizhu.services.office import Office
from paizhu.services.proposing import Proposing

PERSON, TALK = registers.register("person"), registers.register("integrity_talk")


def test_the_whole_roster_is_offered_by_name_and_words_narrow_it(office: Office) -> None:
    for name in ("孙示例", "陈示例", "罗样例"):
        office.records.save(PERSON, {"name": name})
    proposing, subject = Proposing(office.desk), TALK.field("subject")
    assert {each.ref.label for each in proposing.every(subject)} == {"孙示例", "陈示例", "罗样例"}
    assert [each.ref.label for each in proposing.every(subject)] == sorted(
        ("孙示例", "陈示例", "罗样例"), key=[each.ref.label for each in proposing.find(subject, "例")].index
    )
    assert [each.ref.label for each in proposing.find(subject, "罗")] == ["罗样例"]
    assert proposing.find(subject, " ") == []


def test_meetings_are_offered_with_their_day_and_the_newest_first(office: Office) -> None:
    meeting, review = registers.register("meeting"), registers.register("review_item")
    for number in range(1, 16):
        typed = {"name": f"局党组会（第 {number} 次）", "held_at": f"2026-03-{number:02d} 09:30"}
        office.records.save(meeting, typed)
    found = Proposing(office.desk).find(review.field("meeting"), "党组会")
    assert found[0].ref.label == "局党组会（第 15 次）"
    assert found[0].note.startswith("2026-03-15 09:30")
    assert len(found) == 12
