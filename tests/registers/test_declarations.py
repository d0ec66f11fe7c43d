"""What every register's declaration has to hold, whoever wrote it."""

import re
from collections import defaultdict
from dataclasses import fields as attributes

import pytest

from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.registers import METADATA, REGISTERS, every_kind, register
from tests.make import least

KINDS = [pytest.param(kind, id=kind.key) for kind in every_kind()]
EACH = [pytest.param(kind, field, id=f"{kind.key}.{field.name}") for kind in every_kind() for field in kind.fields]
LATER = {"report_up"}
"""Registers of later issues that a reference may already point to; until then its words are kept."""
WORDS = {FieldKind.LINE, FieldKind.TEXT, FieldKind.REF, FieldKind.REFS}
MOST_ATTRIBUTES = 14
MOST_REQUIRED = 4


@pytest.mark.parametrize("declaration", [Field, Register])
def test_a_declaration_stays_small(declaration: type) -> None:
    # What is worked out from the rest, such as the words of the choices, nobody has to declare.
    assert len([each for each in attributes(declaration) if each.init]) <= MOST_ATTRIBUTES


def test_every_register_is_found_by_its_key() -> None:
    assert [register(each.key) for each in REGISTERS] == list(REGISTERS)


def test_an_unknown_register_is_not_found() -> None:
    with pytest.raises(KeyError):
        register("no_such_register")


def test_no_two_kinds_share_a_key_or_a_table() -> None:
    keys = [kind.key for kind in every_kind()]
    tables = [kind.model.__tablename__ for kind in every_kind()]
    assert sorted(set(keys)) == sorted(keys)
    assert sorted(set(tables)) == sorted(tables)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_stands_in_exactly_one_section(kind: Register) -> None:
    shown = [name for section in kind.sections for name in section.names]
    assert sorted(shown) == sorted(field.name for field in kind.fields)


@pytest.mark.parametrize("kind", KINDS)
def test_section_labels_are_unique(kind: Register) -> None:
    labels = [section.label for section in kind.sections]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("kind", KINDS)
def test_no_column_header_means_two_fields(kind: Register) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for field in kind.fields:
        for words in (field.label, *field.aliases):
            meant[folded(words)].add(field.name)
    assert {words: names for words, names in meant.items() if len(names) > 1} == {}


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_an_alias_is_not_the_label_again(kind: Register, field: Field) -> None:
    words = [folded(each) for each in (field.label, *field.aliases)]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_the_words_of_a_choice_mean_one_code(kind: Register, field: Field) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for choice in field.choices:
        for words in (choice.code, choice.label, *choice.aliases):
            meant[folded(words)].add(choice.code)
    assert {words: codes for words, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_codes_of_a_choice_are_unique(kind: Register, field: Field) -> None:
    codes = [choice.code for choice in field.choices]
    assert len(set(codes)) == len(codes)
    assert bool(codes) == (field.kind in (FieldKind.CHOICE, FieldKind.CHOICES))


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_a_reference_points_to_registers_that_are_known(kind: Register, field: Field) -> None:
    known = {each.key for each in REGISTERS} | LATER
    assert set(field.targets) <= known
    assert bool(field.targets) == field.is_reference


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_the_column_is_called_like_the_field(kind: Register, field: Field) -> None:
    column = kind.model.__table__.columns[field.name]
    assert column.info["field"]["label"] == field.label
    assert column.nullable != field.required
    assert getattr(kind.model, field.name).key == column.name


@pytest.mark.parametrize("kind", KINDS)
def test_little_is_required_to_save(kind: Register) -> None:
    assert len(least(kind)) <= MOST_REQUIRED


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_required_is_filled_by_the_program(kind: Register) -> None:
    assert [field.name for field in kind.fields if field.required and field.computed and field.name != "state"] == []


@pytest.mark.parametrize("parent", [pytest.param(each, id=each.key) for each in REGISTERS])
def test_a_record_is_found_again_by_fields_that_can_be_typed(parent: Register) -> None:
    assert parent.identity
    assert [name for name in parent.identity if parent.field(name).computed] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_has_a_title_and_columns(kind: Register) -> None:
    assert kind.title
    assert kind.columns
    assert kind.label


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_an_informant_stands_in_no_list_title_or_search(kind: Register, field: Field) -> None:
    if field.sens is Sens.P4:
        assert not field.searchable
        assert field.name not in (*kind.columns, *kind.title, *kind.identity, kind.main_date)
    else:
        assert field.kind is not FieldKind.SEALED


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_only_words_are_searched(kind: Register, field: Field) -> None:
    assert not field.searchable or field.kind in WORDS


@pytest.mark.parametrize("kind", KINDS)
def test_the_main_date_is_a_day(kind: Register) -> None:
    if kind.main_date:
        assert kind.field(kind.main_date).kind in (FieldKind.DAY, FieldKind.MOMENT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_rows_is_not_named_like_a_field(kind: Register) -> None:
    assert {child.key for child in kind.rows} & {field.name for field in kind.fields} == set()


@pytest.mark.parametrize("kind", KINDS)
def test_rows_under_a_record_carry_their_parent(kind: Register) -> None:
    is_child = "parent_id" in kind.model.__table__.columns
    assert is_child == (kind not in REGISTERS)
    if is_child:
        assert kind.flow is None
        assert kind.rows == ()


def test_every_table_of_a_register_is_known_to_the_migrations() -> None:
    assert {kind.model.__tablename__ for kind in every_kind()} <= set(METADATA.tables)


HALF = re.compile(r"[(),:;!?]")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_read_on_the_screen_has_full_width_punctuation(kind: Register) -> None:
    """As the interface specification, section 7.3, asks; columns of old ledgers are still known either way."""
    flow = kind.flow
    words = [field.label for field in kind.fields]
    words += [choice.label for field in kind.fields for choice in field.choices]
    words += [state.label for state in flow.states] + [step.label for step in flow.steps] if flow else []
    assert [each for each in words if HALF.search(each)] == []
