"""Rows whose clocks may run, read with one statement, give the values a whole reading gives."""

from __future__ import annotations

import pytest

from paizhu.base.register import Register
from paizhu.base.rows import Value
from paizhu.registers import REGISTERS, register
from paizhu.storage import clocks, queries
from paizhu.storage.lazy_rows import selection
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault
from tests.make import least, make_values

TIMED = [pytest.param(each, id=each.key) for each in REGISTERS if each.limits]


@pytest.mark.parametrize("register", TIMED)
def test_values_are_those_of_a_whole_reading(vault: Vault, register: Register) -> None:
    with vault.act("save", "示例") as act:
        record_id = act.create(register, make_values(register))
    found = table(register)
    with vault.read() as connection:
        read = selection(found)
        row = read.row(connection.execute(f"{read.statement} WHERE id = ?", (record_id,)).fetchone())
        whole = queries.one(connection, found, record_id)
    assert {name: row.values.get(name) for name in found.fields} == {name: whole.values[name] for name in found.fields}
    assert {name: row.values[name] for name in found.fields} == {name: row.values.get(name) for name in found.fields}
    assert (row.id, row.no, row.state) == (whole.id, whole.no, whole.state)
    assert len(row.values) == len(list(row.values)) == len(found.columns)


@pytest.mark.parametrize("register", TIMED)
def test_a_record_above_tells_its_name_and_its_days(vault: Vault, register: Register) -> None:
    with vault.act("save", "示例") as act:
        record_id = act.create(register, make_values(register), source={"row": 3})
    with vault.read() as connection:
        row = clocks.by_id(connection, table(register), [record_id])[record_id]
        whole = queries.one(connection, table(register), record_id)
    days = [field.name for field in register.days]
    assert days
    assert [row.values.get(name) for name in days] == [whole.values[name] for name in days]
    assert (register.title_of(row), row.no, row.state) == (register.title_of(whole), whole.no, whole.state)
    assert row.source == whole.source == {"row": 3}


@pytest.mark.parametrize("register", TIMED)
def test_a_row_runs_from_its_start_until_it_is_stopped(vault: Vault, register: Register) -> None:
    found = table(register)
    for limit in register.limits:
        states = limit.states or ((register.flow.start,) if register.flow else ("",))
        needed: dict[str, Value] = {**least(register), "state": states[0]}
        begun = {**needed, **make_values(register, only=[limit.start])}
        stopped = [{**begun, **make_values(register, only=[name])} for name in limit.until]
        if limit.start not in needed:
            stopped.append(needed)
        with vault.act("save", "示例") as act:
            ids = [act.create(register, values) for values in (begun, *stopped)]
        with vault.read() as connection:
            running = {row.id for rows in clocks.running(connection, found, (limit,)) for row in rows}
        assert running & set(ids) == {ids[0]}, limit.what
        with vault.act("void", "示例") as act:
            act.void(register, ids[0], "示例")
        with vault.read() as connection:
            assert ids[0] not in {row.id for rows in clocks.running(connection, found, (limit,)) for row in rows}


def test_rows_come_in_blocks_and_a_reading_left_in_the_middle_lets_go(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "_BLOCK", 2)
    talk = register("integrity_talk")
    with vault.act("save", "示例") as act:
        ids = [act.create(talk, {**least(talk), "state": "planned"}) for _ in range(5)]
    with vault.read() as connection:
        blocks = [[row.id for row in rows] for rows in clocks.running(connection, table(talk), talk.limits)]
        assert blocks == [ids[:2], ids[2:4], ids[4:]]
        reading = clocks.running(connection, table(talk), talk.limits)
        next(reading)
        reading.close()
        with vault.act("void", "示例") as act:
            act.void(talk, ids[0], "示例")
        # A statement still at work would show the vault as it was when it began.
        assert next(clocks.running(connection, table(talk), talk.limits))[0].id == ids[1]
