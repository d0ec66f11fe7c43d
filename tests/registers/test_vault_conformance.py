"""What every register has to hold on a real vault: saving, undoing, taking steps, and never showing an informant."""

import json
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import values
from paizhu.base.errors import PaizhuError
from paizhu.base.field import FieldKind
from paizhu.base.flow import Flow, Step
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value
from paizhu.base.view import View, Which
from paizhu.registers import REGISTERS
from paizhu.services.office import Office
from paizhu.storage import queries, scratch
from paizhu.storage.tables import CHILD_COLUMNS, RECORD_COLUMNS, TABLES
from tests.make import least
from tests.registers.full_records import full, rows_below

EACH = [pytest.param(each, id=each.key) for each in REGISTERS]
WITH_ROWS = [pytest.param(each, id=each.key) for each in REGISTERS if each.rows]
STEPS = [
    pytest.param(each, each.flow, step, id=f"{each.key}.{step.before}-{step.after}")
    for each in REGISTERS
    if each.flow
    for step in each.flow.steps
]
KINDS = [pytest.param(each, id=each.key) for each in registers.every_kind()]
OWN = {"voided", "void_reason", "void_by", "void_at", "parent_id", "position"}


def stored(office: Office, register: Register, number: int = 0, **more: Value) -> int:
    with office.vault.act("save", "准备") as act:
        return act.create(
            register, {**full(register, number), **more}, rows_below(register, number), {"旧表的一列": "原文"}
        )


def spelled(office: Office) -> list[tuple[Any, ...]]:
    """Return every word of the search index with its place."""
    writer = office.vault._writer
    writer.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelled USING fts5vocab('main', 'search_text', 'instance')")
    return sorted(writer.execute("SELECT term, doc, col, offset FROM temp.spelled").fetchall())


def pointing(office: Office) -> list[tuple[Any, ...]]:
    """Return which live records and rows point to which records."""
    with office.vault.read() as connection:
        found = connection.execute("SELECT kind, record_id, field, target, target_id FROM reference").fetchall()
        return sorted(row for row in found if not queries.one(connection, TABLES[row[0]], row[1]).voided)


def state_of(office: Office, register: Register, record_id: int) -> dict[str, Any]:
    """Return everything an officer could see of a record: values, rows, files, counts, words found, pointers."""
    row = office.records.get(register, record_id)
    return {
        "values": dict(row.values),
        "missing": row.missing,
        "extra": dict(row.extra),
        "rows": {
            key: [(each.id, dict(each.values)) for each in rows]
            for key, rows in office.records.rows(register, record_id).items()
        },
        "files": [(each["id"], each["name"]) for each in office.records.attachments(register, record_id)],
        "live": office.records.count(View(register.key)),
        "words": spelled(office),
        "pointing": pointing(office),
    }


def undo_newest(office: Office) -> None:
    assert office.history.undo(office.history.entries()[0].id).kept == ()


def declared(row: Row) -> dict[str, Value]:
    return {name: value for name, value in row.values.items() if name not in OWN}


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_takes_the_name_of_a_column_every_record_has(kind: Register) -> None:
    assert not {field.name for field in kind.fields} & {*RECORD_COLUMNS, *CHILD_COLUMNS}


@pytest.mark.parametrize("register", EACH)
def test_a_record_with_every_field_comes_back_as_it_was_saved(office: Office, register: Register) -> None:
    record_id = stored(office, register)
    row = office.records.get(register, record_id)
    assert declared(row) == full(register)
    assert row.extra == {"旧表的一列": "原文"}
    assert row.missing == 0
    standing = office.records.rows(register, record_id)
    assert {key: [declared(each) for each in rows] for key, rows in standing.items()} == rows_below(register)


@pytest.mark.parametrize("below", [pytest.param(True, id="with rows"), pytest.param(False, id="alone")])
@pytest.mark.parametrize("register", EACH)
def test_a_record_stored_from_a_plan_is_the_record_stored_from_a_form(
    office: Office, register: Register, below: bool
) -> None:
    rows = rows_below(register) if below else {}
    person = office.records.save(registers.register("person"), {"name": "示例丁"}).records[0][1]
    made = full(register)
    for field in register.references:
        if field.kind is FieldKind.REF and "person" in field.targets:
            made[field.name] = Ref("示例丁", "person", person)
    extra, source = {"旧表的一列": "原文"}, {"file": "旧表.xlsx", "row": 3}
    words_before = spelled(office)
    with office.vault.act("save", "从表单") as act:
        one = act.create(register, made, rows, extra, source)
    with office.vault.act("import", "从台账") as act:
        kept = scratch.packed(TABLES[register.key], made)
        other = act.create_kept(register, kept, rows, extra, source)
    words_after = sorted(set(spelled(office)) - set(words_before))
    first, second = office.records.get(register, one), office.records.get(register, other)
    assert (first.values, first.missing, first.extra) == (second.values, second.missing, second.extra)
    assert first.source == second.source == source
    with office.vault.read() as connection:
        deltas = [
            json.loads(row[0])
            for row in connection.execute(
                "SELECT delta FROM journal_change WHERE kind = ? AND record_id IN (?, ?) AND entry_id > 1",
                (register.key, one, other),
            )
        ]
        pointers = connection.execute(
            "SELECT record_id, count(*) FROM reference WHERE kind = ? AND record_id IN (?, ?) GROUP BY 1",
            (register.key, one, other),
        ).fetchall()
    assert deltas[0] == deltas[1]
    assert len({count for _id, count in pointers}) <= 1
    assert len(pointers) in (0, 2)
    documents: dict[int, list[tuple[Any, ...]]] = {}
    for term, document, column, offset in words_after:
        documents.setdefault(document, []).append((term, column, offset))
    assert len(documents) == 2
    assert len({tuple(words) for words in documents.values()}) == 1


@pytest.mark.parametrize("register", EACH)
def test_undoing_a_creation_takes_it_out_and_redoing_brings_all_of_it_back(office: Office, register: Register) -> None:
    before = spelled(office)
    record_id = stored(office, register)
    there = state_of(office, register, record_id)
    undo_newest(office)
    assert office.records.count(View(register.key)) == 0
    assert spelled(office) == before
    assert pointing(office) == []
    undo_newest(office)
    assert state_of(office, register, record_id) == there


@pytest.mark.parametrize("register", EACH)
def test_undoing_a_change_of_every_field_restores_every_value(office: Office, register: Register) -> None:
    person = office.records.save(registers.register("person"), {"name": "示例甲"}).records[0][1]
    record_id = stored(office, register)
    before = state_of(office, register, record_id)
    other = full(register, 1)
    for field in register.references:
        if field.kind is FieldKind.REF and "person" in field.targets:
            other[field.name] = Ref("示例甲", "person", person)
    for field in register.fields:
        if field.kind is not FieldKind.REF and not field.required and other[field.name] == full(register)[field.name]:
            other[field.name] = None
    with office.vault.act("save", "全部改一遍") as act:
        assert act.change(register, record_id, None, other)
    assert state_of(office, register, record_id) != before
    undo_newest(office)
    assert state_of(office, register, record_id) == before


@pytest.mark.parametrize("register", EACH)
def test_undoing_voiding_and_bringing_back_restores_every_value(office: Office, register: Register) -> None:
    record_id = stored(office, register)
    there = state_of(office, register, record_id)
    office.records.void(register, [record_id], "重复登记")
    voided = state_of(office, register, record_id)
    assert voided["words"] == []
    undo_newest(office)
    assert state_of(office, register, record_id) == there
    undo_newest(office)
    assert state_of(office, register, record_id) == voided
    office.records.unvoid(register, [record_id])
    undo_newest(office)
    assert state_of(office, register, record_id) == voided


@pytest.mark.parametrize("register", WITH_ROWS)
def test_undoing_what_was_done_to_rows_restores_every_one(office: Office, register: Register) -> None:
    record_id = stored(office, register)
    before = state_of(office, register, record_id)
    for child in register.rows:
        first, _second = office.records.rows(register, record_id)[child.key]
        kept = {**declared(first), **least(child, 2), "id": first.id}
        with office.vault.act("save", "改行") as act:
            act.set_rows(register, record_id, child.key, [full(child, 3), kept])
        assert state_of(office, register, record_id) != before
        undo_newest(office)
        assert state_of(office, register, record_id) == before, child.key


@pytest.mark.parametrize("register", EACH)
def test_undoing_an_attachment_takes_it_off_and_puts_it_back(
    office: Office, register: Register, tmp_path: Path
) -> None:
    record_id = stored(office, register)
    slot = next((field.name for field in register.fields if field.kind is FieldKind.FILES), "")
    if slot:
        with office.vault.act("save", "还没有附件") as act:
            act.change(register, record_id, None, {slot: None})
    paper = tmp_path / "附件.txt"
    paper.write_text("示例附件", encoding="utf-8")
    before = state_of(office, register, record_id)
    office.records.attach(register, record_id, paper, slot)
    there = state_of(office, register, record_id)
    assert [name for _id, name in there["files"]] == ["附件.txt"]
    undo_newest(office)
    assert state_of(office, register, record_id) == before
    undo_newest(office)
    assert state_of(office, register, record_id) == there
    office.records.detach(register, record_id, there["files"][0][0], slot)
    undo_newest(office)
    assert state_of(office, register, record_id) == there


@pytest.mark.parametrize(("register", "flow", "step"), STEPS)
def test_a_step_is_taken_or_refused_in_words_and_undone(
    office: Office, register: Register, flow: Flow, step: Step
) -> None:
    record_id = stored(office, register, state=step.before)
    before = state_of(office, register, record_id)
    typed = {
        name: values.show(register.field(name), full(register)[name])
        for name in step.needs
        if register.has(name) and register.field(name).kind not in (FieldKind.FILES, FieldKind.SEALED)
    }
    try:
        office.records.advance(register, record_id, step.after, typed)
    except PaizhuError as refused:
        words = str(refused)
    else:
        assert office.records.get(register, record_id).state == step.after
        undo_newest(office)
        words = "可以办"
    assert any("\u4e00" <= char <= "\u9fff" for char in words)
    assert state_of(office, register, record_id) == before


def test_voided_records_stand_in_the_recycle_list_only(office: Office) -> None:
    for register in REGISTERS:
        record_id = stored(office, register)
        office.records.void(register, [record_id], "示例")
        assert office.records.count(View(register.key)) == 0
        assert office.records.ids(View(register.key, which=Which.VOIDED)) == [record_id]
