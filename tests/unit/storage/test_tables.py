"""Tables made from declarations: every kind has one, and its statements fit the database."""

import pytest

from paizhu.base.field import FieldKind, Sens
from paizhu.registers import REGISTERS, every_kind
from paizhu.storage.tables import TABLES, table
from paizhu.storage.vault import Vault


def test_every_kind_has_a_table_of_its_own() -> None:
    assert len(TABLES) == len(every_kind())
    assert len({each.name for each in TABLES.values()}) == len(TABLES)


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_the_columns_of_a_kind_are_those_of_the_database(vault: Vault, kind: str) -> None:
    found = TABLES[kind]
    with vault.read() as connection:
        standing = {row[1] for row in connection.execute(f'PRAGMA table_info("{found.name}")')}
        connection.execute(f"{found.select} LIMIT 0")
    assert set(found.columns) == standing
    assert len(set(found.columns)) == len(found.columns)


@pytest.mark.parametrize("kind", sorted(kind for kind in TABLES if "." in kind))
def test_rows_are_found_by_the_record_above_without_reading_all(vault: Vault, kind: str) -> None:
    with vault.read() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {TABLES[kind].select} WHERE parent_id = 1").fetchall()
    assert "USING INDEX" in plan[0][3]


def test_class_p4_is_never_searchable_and_never_read_as_a_name() -> None:
    for found in TABLES.values():
        assert not [name for name, field in found.searchable if field.sens is Sens.P4]
        assert not [name for name in found.naming if found.fields[name].sens is Sens.P4]
        assert not [name for name, field in found.searchable if field.kind is FieldKind.SEALED]


def test_an_unknown_kind_is_a_fault() -> None:
    with pytest.raises(KeyError):
        table(REGISTERS[0], "没有这种行")
