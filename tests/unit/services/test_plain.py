"""Records as plain data: every register and kind of field, out and in again, with class P4 masked."""

from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.base.values import MASK, parse
from paizhu.base.view import View
from paizhu.services import plain
from paizhu.services.office import Office
from paizhu.services.plain import Asked, Plain
from tests.make import make_values

TALK = registers.register("integrity_talk")
KINDS = [pytest.param(register, id=register.key) for register in registers.REGISTERS]


def saved(office: Office, register: Register, **typed: Any) -> int:
    return office.records.save(register, typed).records[0][1]


@pytest.mark.parametrize("register", KINDS)
def test_every_value_has_a_plain_form_that_is_read_back(register: Register) -> None:
    values = make_values(register)
    made = plain.record(register, Row(register.key, 1, 1, values))
    for field in register.fields:
        if field.sens is Sens.P4:
            assert made[field.name] == MASK
        elif field.name in values and not field.is_reference:
            assert parse(field, made[field.name]) == values[field.name], field.name


@pytest.mark.parametrize("register", KINDS)
def test_every_record_has_its_number_version_and_standing(register: Register) -> None:
    made = plain.record(register, Row(register.key, 7, 3, make_values(register)))
    assert list(made)[:1] == ["id"]
    assert (made["id"], made["version"], made["voided"]) == (7, 3, False)
    assert ("state" in made) == (register.flow is not None)


@pytest.mark.parametrize("register", KINDS)
def test_class_p4_stands_in_no_words(register: Register) -> None:
    values = make_values(register)
    shown = plain.words(register, Row(register.key, 1, 1, values))
    for field in register.fields:
        if field.sens is Sens.P4:
            assert shown[field.name] == MASK


def test_only_some_fields_of_a_row_may_be_given(office: Office) -> None:
    reading = Plain(office.desk)
    data = {"subject": "孙立新", "planned_date": "2026-03-20", "requirement": [{"words": "整改", "due": "2026-04-01"}]}
    given = reading.given(TALK, data)
    record_id = office.records.save(TALK, given.typed, None, None, given.rows).records[0][1]
    again = reading.given(TALK, {"id": record_id, "requirement": [{"id": 1, "done_at": "2026-03-13"}]})
    office.records.save(TALK, again.typed, again.id, again.version, again.rows)
    (row,) = office.records.rows(TALK, record_id)["requirement"]
    assert (row.values["words"], row.values["done_at"]) == ("整改", date(2026, 3, 13))


def test_a_reference_by_id_takes_the_name_of_the_record(office: Office) -> None:
    person = saved(office, registers.register("person"), name="孙立新")
    given = Plain(office.desk).given(TALK, {"subject": {"id": person}, "planned_date": "2026-03-20"})
    assert given.typed["subject"] == Ref("孙立新", "person", person)


def test_a_reference_without_id_is_kept_as_words(office: Office) -> None:
    given = Plain(office.desk).given(TALK, {"subject": {"id": None, "label": "孙立新"}})
    assert given.typed["subject"] == "孙立新"


def test_a_reference_to_nothing_is_a_problem_at_its_field(office: Office) -> None:
    with pytest.raises(InvalidRecordError) as refused:
        Plain(office.desk).given(TALK, {"subject": {"id": 99}})
    assert [(each.field, each.code) for each in refused.value.problems] == [("subject", "not_found")]


def test_links_lead_both_ways_and_not_through_class_p4(office: Office) -> None:
    person = saved(office, registers.register("person"), name="陈守正")
    petition = saved(
        office,
        registers.register("petition"),
        received_at="2026-03-02",
        summary="反映",
        notice_by="陈守正",
        named="实名",
    )
    talk = saved(office, TALK, subject="孙立新", planned_date="2026-03-20", talker="陈守正")
    reading = Plain(office.desk)
    links = reading.shown(registers.register("person"), person)["links"]
    assert [(each["register"], each["id"], each["field"]) for each in links] == [("integrity_talk", talk, "talker")]
    assert reading.shown(registers.register("petition"), petition)["links"] == []
    (way,) = reading.shown(TALK, talk)["links"]
    assert (way["way"], way["register"], way["id"], way["title"]) == ("to", "person", person, "陈守正")


def test_what_no_field_takes_stands_in_extra_with_its_source(office: Office) -> None:
    values: dict[str, Value] = {"subject": Ref("甲"), "planned_date": date(2026, 3, 5), "state": "planned"}
    source = {"file": "旧.xlsx", "sheet": "一", "row": 4}
    with office.vault.act("import") as act:
        record_id = act.create(TALK, values, {}, {"本人态度": "诚恳"}, source)
    shown = Plain(office.desk).shown(TALK, record_id)
    assert shown["extra"] == {"本人态度": "诚恳"}
    assert shown["source"] == source


@pytest.mark.parametrize(
    ("register", "asked"),
    [("integrity_talk", Asked([("bogus", "1")])), ("petition", Asked([("named", "real")])),
     ("supplier", Asked(state="held")), ("supplier", Asked(since="2026-01-01"))],
)  # fmt: skip
def test_what_a_list_cannot_be_asked_for_is_refused(office: Office, register: str, asked: Asked) -> None:
    with pytest.raises(NotAllowedError):
        Plain(office.desk).view(registers.register(register), asked)


def test_a_value_that_cannot_be_read_is_refused(office: Office) -> None:
    for asked in (Asked([("kind", "聊天")]), Asked(since="2026-02-30"), Asked([("subject", "99")])):
        with pytest.raises((NotAllowedError, InvalidRecordError)):
            Plain(office.desk).view(TALK, asked)


def test_a_list_is_asked_by_person_and_by_what_is_empty(office: Office) -> None:
    person = saved(office, registers.register("person"), name="孙立新")
    saved(office, TALK, subject="孙立新", planned_date="2026-03-20", place="二楼")
    saved(office, TALK, subject="罗卫东", planned_date="2026-03-21")
    reading = Plain(office.desk)

    def ids(*where: tuple[str, str]) -> list[int]:
        return [each["id"] for each in reading.records(reading.view(TALK, Asked(where)))]

    assert ids(("subject", str(person))) == [1]
    assert ids(("place", "")) == [2]
    assert [row.id for row in reading.rows(View("integrity_talk"))] == [1, 2]
