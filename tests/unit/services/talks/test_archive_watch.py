"""A filed talk names the archive of the person, whichever of the two came first."""

from typing import Any

from paizhu import registers
from paizhu.base.rows import Ref
from paizhu.services.office import Office

TALK, ARCHIVE = registers.register("integrity_talk"), registers.register("integrity_archive")


def save(office: Office, register: str, **typed: Any) -> int:
    return office.records.save(registers.register(register), typed).records[0][1]


def filed(office: Office, talk: int) -> None:
    with office.vault.act("step", "入档") as act:
        act.change(TALK, talk, None, {"state": "archived"})


def named(office: Office, talk: int) -> Ref | None:
    ref = office.records.get(TALK, talk).values["archived_to"]
    return ref if isinstance(ref, Ref) else None


def test_a_talk_that_is_filed_names_the_archive_and_undo_takes_it_back(office: Office) -> None:
    who = Ref("示例甲", "person", save(office, "person", name="示例甲"))
    archive = save(office, "integrity_archive", person_id=who)
    talk, other = (save(office, "integrity_talk", subject=each, planned_date="2026-03-02") for each in (who, "示例乙"))
    assert named(office, talk) is None
    filed(office, talk)
    filed(office, other)
    assert named(office, talk) == Ref(office.records.get(ARCHIVE, archive).no, "integrity_archive", archive)
    assert named(office, other) is None
    office.history.undo(office.history.entries()[1].id)
    assert named(office, talk) is None


def test_an_archive_opened_later_takes_in_the_talks_filed_before(office: Office) -> None:
    who = Ref("示例甲", "person", save(office, "person", name="示例甲"))
    talks = [save(office, "integrity_talk", subject=who, planned_date=f"2026-03-0{day}") for day in (2, 3)]
    filed(office, talks[0])
    archive = save(office, "integrity_archive", person_id=who)
    assert [ref.id if (ref := named(office, talk)) else None for talk in talks] == [archive, None]
