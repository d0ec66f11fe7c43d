"""脱敏副本 of the papers of a whole sample vault: not one name of its roster is left on any of them."""

import re
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.out.paper_kinds import KINDS
from paizhu.services.out.sanitising import known_names
from tests.unit.documents.pdf_reading import text_of

TALK, PERSON = registers.register("integrity_talk"), registers.register("person")


def test_names_come_from_the_roster_from_any_field_of_a_person_and_from_relatives(office: Office) -> None:
    who = office.records.save(
        PERSON, {"name": "示例甲"}, rows={"relation": [{"relative": "示例乙", "relation": "夫妻"}]}
    )
    office.records.save(
        TALK,
        {"subject": Ref("示例甲", PERSON.key, who.records[0][1]), "planned_date": "2026-03-02",
         "talker": "示例丙（协作区）、示例丁", "recorder": "办公室"},
    )  # fmt: skip
    assert {"示例甲", "示例乙", "示例丙", "示例丁", "陈守正"} <= known_names(office.desk)
    # A body written where a person belongs must not be struck out of every sentence.
    assert "办公室" not in known_names(office.desk)


def test_no_paper_of_the_sample_names_anybody(invented: Office, tmp_path: Path) -> None:
    names = known_names(invented.desk)
    made = 0
    for kind in KINDS:
        for register in registers.REGISTERS if not kind.register else [registers.register(kind.register)]:
            path = tmp_path / f"{kind.code}-{register.key}.pdf"
            for row in invented.records.window(View(register.key), 0, 3):
                try:
                    invented.printing.paper(kind.code, register, row.id, path, "示例研究", sanitised=True)
                except NotAllowedError:
                    continue
                text = re.sub(r"\s", "", text_of(path))
                assert [name for name in names if len(name) > 1 and name in text] == [], (kind.code, row.id)
                made += 1
    assert made > 40
    listed = invented.printing.draft_list(View(TALK.key), sanitised=True)
    path = tmp_path / "列表.pdf"
    invented.printing.save(listed, path)
    assert [name for name in names if name in text_of(path)] == []
    assert "某甲" in text_of(path)


def test_a_copy_says_in_the_journal_that_it_was_one(office: Office, tmp_path: Path) -> None:
    talk = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02"}).records[0][1]
    written = office.printing.paper("record", TALK, talk, tmp_path / "副本.pdf", sanitised=True)
    assert any(words.startswith("脱敏副本：2 人的姓名") for words in written.warnings)
    assert office.history.entries()[0].label.endswith("脱敏副本")


def test_it_does_not_open_what_needs_a_purpose(office: Office, tmp_path: Path) -> None:
    lead = registers.register("lead")
    made = office.records.save(lead, {"subject": "示例甲", "received_at": "2026-03-02", "summary": "示例"}).records[0][
        1
    ]
    with pytest.raises(NotAllowedError):
        office.printing.paper("record", lead, made, tmp_path / "副本.pdf", sanitised=True)
