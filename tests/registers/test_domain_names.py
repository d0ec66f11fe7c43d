"""The code names of ``domain.md``, written out by hand so that none is dropped or renamed."""

import pytest

from paizhu.base.register import Register
from paizhu.registers import REGISTERS, every_kind
from tests.registers.domain_marks import CLASSES, EVERYWHERE, MARKED_R, NAMES, ROW_NAMES

KINDS = {kind.key: kind for kind in every_kind()}


def kept(kind: Register) -> set[str]:
    """Return the names under which a register keeps something: fields, kinds of rows and the fields of those."""
    rows = {name for child in kind.rows for name in (child.key, f"{child.key}s", *(f.name for f in child.fields))}
    return {field.name for field in kind.fields} | rows


@pytest.mark.parametrize("register", [pytest.param(each, id=each.key) for each in REGISTERS])
def test_a_register_keeps_every_field_of_the_domain(register: Register) -> None:
    assert set(f"{EVERYWHERE} {NAMES[register.key]}".split()) - kept(register) == set()


@pytest.mark.parametrize(("key", "names"), ROW_NAMES.items())
def test_rows_keep_every_field_of_the_domain(key: str, names: str) -> None:
    assert set(names.split()) - {field.name for field in KINDS[key].fields} == set()


@pytest.mark.parametrize(("key", "names"), MARKED_R.items())
def test_what_the_domain_marks_r_is_shown_as_wanting(key: str, names: str) -> None:
    wanted = {field.name for field in KINDS[key].fields if field.wanted or field.required}
    assert set(names.split()) - wanted == set()


@pytest.mark.parametrize(
    ("key", "name", "sens"),
    [
        pytest.param(key, name, sens, id=f"{key}.{name}")
        for sens, kinds in CLASSES.items()
        for key, names in kinds.items()
        for name in names.split()
    ],
)
def test_a_field_is_of_the_class_the_domain_gives_it(key: str, name: str, sens: str) -> None:
    assert KINDS[key].field(name).sens.name == sens
