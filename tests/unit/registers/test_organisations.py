"""Units that still live, thresholds that can be passed, and headers that mean the right thing."""

from datetime import date
from decimal import Decimal

from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.registers.organisations import (
    SUPPLIER,
    UNIT,
    SpendingRule,
    Unit,
    check_rule,
    check_unit,
    derive_unit,
)
from tests.make import AIDS


def meant(register: Register, header: str) -> list[str]:
    wanted = folded(header)
    return [f.name for f in register.fields if wanted in {folded(words) for words in (f.label, *f.aliases)}]


def test_a_unit_without_an_end_lives() -> None:
    assert derive_unit({"name": "示例局"}, AIDS) == {"active": True}
    assert derive_unit({"name": "示例局", "valid_to": date(2025, 1, 1)}, AIDS) == {"active": False}
    assert derive_unit({"name": "示例局", "active": False}, AIDS) == {}


def test_a_header_unit_names_the_record_itself() -> None:
    assert meant(UNIT, "单位") == ["name"]
    assert meant(UNIT, "单位名称") == ["name"]
    assert meant(SUPPLIER, "单位名称") == ["name"]


def test_a_unit_ends_after_it_begins() -> None:
    assert check_unit(Unit(name="示例局", party_group_size=0)) == ["党组成员数至少为 1"]


def test_a_threshold_is_above_zero() -> None:
    assert check_rule(SpendingRule(threshold=Decimal(0))) == ["大额标准须大于 0"]
    assert check_rule(SpendingRule(threshold=Decimal(500000))) == []


def test_suppliers_are_internal_work_and_units_are_open() -> None:
    assert SUPPLIER.field("name").sens is Sens.P1
    assert UNIT.field("name").sens is Sens.P0
