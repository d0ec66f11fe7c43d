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
