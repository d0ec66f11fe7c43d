"""What the services share: settings, limits in force, patterns of numbers."""

import pytest

from paizhu import registers
from paizhu.base.register import Register
from paizhu.rules import numbering
from paizhu.services.office import Office

RULES = [
    pytest.param(kind.key, limit.rule, id=f"{kind.key}.{limit.start}.{limit.rule}")
    for kind in registers.every_kind()
    for limit in kind.limits
    if limit.rule
]


@pytest.mark.parametrize(("kind", "rule"), RULES)
def test_every_clock_of_a_register_stands_in_the_time_limit_table(office: Office, kind: str, rule: str) -> None:
    assert rule in office.desk.limits


@pytest.mark.parametrize("register", [pytest.param(each, id=each.key) for each in registers.REGISTERS])
def test_every_register_has_a_pattern_for_its_numbers(office: Office, register: Register) -> None:
    assert numbering.is_pattern(office.desk.patterns[register.key])


def test_the_groups_own_pattern_goes_before_the_one_shipped(office: Office) -> None:
    office.vault.keep("number", "lead", "某纪线〔{year}〕{n}号")
    assert office.desk.patterns["lead"] == "某纪线〔{year}〕{n}号"


def test_a_setting_has_its_default_until_it_is_set(office: Office) -> None:
    assert office.desk.setting("lock_minutes") == 15
    office.desk.set_setting("lock_minutes", 5)
    assert office.desk.setting("lock_minutes") == 5
