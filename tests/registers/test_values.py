"""Any value of any field survives the database, the workbook and the record it stands in."""

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from paizhu.base import stored, values
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.registers import METADATA, every_kind
from tests.make import AIDS, least, make_value, make_values

KINDS = [pytest.param(kind, id=kind.key) for kind in every_kind()]
EACH = [pytest.param(kind, field, id=f"{kind.key}.{field.name}") for kind in every_kind() for field in kind.fields]
SHOWN = [
    pytest.param(kind, field, id=f"{kind.key}.{field.name}")
    for kind in every_kind()
    for field in kind.fields
    if field.kind not in (FieldKind.SEALED, FieldKind.FILES)
]
CHECKED = [pytest.param(kind, id=kind.key) for kind in every_kind() if kind.check]
DERIVED = [pytest.param(kind, id=kind.key) for kind in every_kind() if kind.derive]


def record_values(kind: Register) -> dict[str, object]:
    return {field.name: make_value(field, linked=True) for field in kind.fields}


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_a_value_survives_the_database(kind: Register, field: Field) -> None:
    for linked in (False, True):
        value = make_value(field, linked=linked)
        kept = stored.to_db(field.kind, value)
        assert isinstance(kept, str | int)
        assert stored.from_db(field.kind, kept) == value


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_an_empty_field_stays_empty(kind: Register, field: Field) -> None:
    assert stored.to_db(field.kind, None) is None
    assert stored.from_db(field.kind, None) is None


@pytest.mark.parametrize(("kind", "field"), SHOWN)
def test_a_value_survives_the_workbook(kind: Register, field: Field) -> None:
    value = make_value(field)
    assert values.parse(field, values.show(field, value)) == value
    assert values.parse(field, values.cell(field, value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_record_comes_back_from_its_table(kind: Register) -> None:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine, tables=[kind.model.__table__])
    made = record_values(kind)
    own = {"parent_id": 1} if "parent_id" in kind.model.__table__.columns else {}
    with Session(engine) as session:
        session.add(kind.model(**made, **own))
        session.commit()
    with Session(engine) as session:
        record = session.scalars(select(kind.model)).one()
        assert {name: getattr(record, name) for name in made} == made
    engine.dispose()


@pytest.mark.parametrize("kind", CHECKED)
def test_the_least_record_has_nothing_against_it(kind: Register) -> None:
    assert kind.check is not None
    assert kind.check(kind.model(**least(kind))) == []


@pytest.mark.parametrize("kind", CHECKED)
def test_objections_are_words(kind: Register) -> None:
    assert kind.check is not None
    for words in kind.check(kind.model(**make_values(kind))):
        assert words.strip()


@pytest.mark.parametrize("kind", DERIVED)
def test_what_follows_from_other_values_settles(kind: Register) -> None:
    assert kind.derive is not None
    for given in ({}, least(kind), make_values(kind)):
        derived = dict(kind.derive(given, AIDS))
        assert set(derived) <= {field.name for field in kind.fields}
        settled = {**given, **derived}
        assert {**settled, **kind.derive(settled, AIDS)} == settled


@pytest.mark.parametrize("kind", DERIVED)
def test_what_was_typed_is_not_overwritten(kind: Register) -> None:
    assert kind.derive is not None
    given = make_values(kind)
    typed = {field.name for field in kind.fields if not field.computed}
    assert {
        name: value for name, value in kind.derive(given, AIDS).items() if name in typed and value != given[name]
    } == {}
