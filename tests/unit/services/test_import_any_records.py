"""Any records of any register, exported and imported again, are the same: nothing is lost or changed on the way."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.base.field import Field, FieldKind
from paizhu.base.register import Register
from paizhu.base.view import View
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault

CHINESE = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
ANY = st.one_of(CHINESE, st.sampled_from("=+-@'\"<>&，。 Ab1_x000D_㛃𠅤0.无/—"))
LINES = st.text(ANY, min_size=1, max_size=24).map(lambda words: " ".join(words.split())).filter(bool)
TEXTS = st.text(st.one_of(ANY, st.sampled_from("\n　")), min_size=1, max_size=60).map(str.strip).filter(bool)
NAMES = st.text(CHINESE, min_size=2, max_size=4)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
MINUTES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
BY_KIND: dict[FieldKind, st.SearchStrategy[Any]] = {
    FieldKind.LINE: LINES,
    FieldKind.TEXT: TEXTS,
    FieldKind.DAY: DAYS,
    FieldKind.MOMENT: st.one_of(DAYS, MINUTES),
    FieldKind.MONTH: DAYS.map(lambda day: f"{day:%Y-%m}"),
    FieldKind.INTEGER: st.integers(0, 9999),
    FieldKind.NUMBER: st.decimals(Decimal(0), Decimal(999), places=1),
    FieldKind.MONEY: st.decimals(Decimal("0.01"), Decimal(10**9), places=2),
    FieldKind.YES_NO: st.booleans(),
    FieldKind.REF: NAMES,
    FieldKind.REFS: st.lists(NAMES, min_size=1, max_size=3, unique=True),
}
NEVER = {"state", "no", "secrecy_notice"}
FEW = settings(max_examples=3, deadline=None)


def values_of(field: Field) -> st.SearchStrategy[Any]:
    """Return any value a field can hold."""
    codes = st.sampled_from([choice.code for choice in field.choices if not choice.retired] or [""])
    if field.kind is FieldKind.CHOICE:
        return codes
    if field.kind is FieldKind.CHOICES:
        return st.lists(codes, min_size=1, max_size=3, unique=True)
    return BY_KIND.get(field.kind, st.none())


def records_of(register: Register) -> st.SearchStrategy[dict[str, Any]]:
    """Return records with some of their fields, and always with what identifies them."""
    fields = [field for field in register.fields if not field.computed and field.name not in NEVER]
    must = {field.name: values_of(field) for field in fields if field.required or field.name in register.identity}
    may = {field.name: values_of(field) for field in fields if field.name not in must}
    return st.fixed_dictionaries(must, optional=may)


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda each: each.key)
@FEW
@given(data=st.data())
def test_any_records_exported_and_imported_are_the_same(
    vault_template: tuple[Path, bytes], register: Register, data: st.DataObject
) -> None:
    drawn = data.draw(st.lists(records_of(register), min_size=1, max_size=5))
    with TemporaryDirectory() as folder, office_in(Path(folder), vault_template) as office:
        _there_and_back(office, register, drawn, Path(folder) / "台账.xlsx")


@contextmanager
def office_in(folder: Path, template: tuple[Path, bytes]) -> Iterator[Office]:
    """Open a vault of this example's own: beside what another one left, the same records could come out otherwise."""
    own = folder / "示例.paizhu"
    shutil.copytree(template[0], own)
    vault = Vault.open_with(own, Header.load(own), template[1])
    try:
        yield Office(vault)
    finally:
        vault.close()


def _there_and_back(office: Office, register: Register, drawn: list[dict[str, Any]], path: Path) -> None:
    for made in drawn:
        # What the register's own checks refuse is no record.
        try:
            office.records.save(register, made)
        except InvalidRecordError as refused:
            for problem in refused.problems:
                made.pop(problem.field, None)
            _again(office, register, made)
    private = frozenset(field.name for field in register.fields if field.private)
    office.exporting.export(path, [register.key], release=Release("核对", private))
    plan = office.importing.plan_known(path)
    wrong = [
        (row.outcome, dict(row.values), dict(row.before), [each.message for each in row.problems])
        for sheet in plan.sheets
        for row in sheet.rows()
        if row.outcome != "same"
    ]
    seen = sum(len(sheet.numbers()) for sheet in plan.sheets)
    plan.drop()
    assert wrong == []
    assert seen == office.records.count(View(register.key))


def _again(office: Office, register: Register, made: dict[str, Any]) -> None:
    needed = {field.name for field in register.fields if field.required or field.name in register.identity}
    try:
        office.records.save(register, {name: value for name, value in made.items() if name in needed})
    except InvalidRecordError:
        return
