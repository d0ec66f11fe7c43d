"""The table of influence periods: complete, explained, and what an office may set itself."""

from datetime import date

import pytest

from paizhu.registers.measure_kinds import CLASS_OF, MEASURE_KINDS
from paizhu.rules.influence import Measure, measure, period
from paizhu.rules.influence_table import InfluenceDataError, LocalLength, Settings, load_table, settings, shipped

DAY, RESTORED = date(2026, 5, 20), date(2027, 5, 20)


def end_of(kind: str, rules: Settings) -> str:
    found = period([Measure(kind, DAY)], date(2030, 1, 1), rules)
    return found.end.isoformat() if found and found.end else ""


def test_the_office_sets_only_what_the_law_leaves_open() -> None:
    own = LocalLength(12, "本单位规定", "示例〔2026〕3号")
    longer = settings(lengths={"admonish": own, "notice": LocalLength(3, "本单位规定", "示例〔2026〕3号")})
    assert end_of("admonish", longer) == "2027-05-19"
    assert end_of("notice", longer) == "2026-08-19"
    with pytest.raises(InfluenceDataError, match="党内警告"):
        settings(lengths={"party_warning": own})
    with pytest.raises(InfluenceDataError, match="理由和文号"):
        settings(lengths={"admonish": LocalLength(12, "本单位规定", "")})
    assert end_of("admonish", settings()) == "2026-11-19"


def test_every_kind_of_the_table_is_a_kind_of_the_register() -> None:
    known = {kind.code for kind in MEASURE_KINDS}
    for code, kind in shipped().kinds.items():
        assert kind.code.partition("+")[0] in known
        assert code == "warning" or CLASS_OF[code.partition("+")[0]] == kind.group
        assert kind.source
        assert kind.effect


def test_every_punishment_has_a_period() -> None:
    for kind in MEASURE_KINDS:
        if CLASS_OF.get(kind.code) in ("party", "admin", "unit"):
            found = settings().kind(kind.code)
            assert found is not None
            assert found.weighs


GOOD = '[settings]\nmonth_end = "last_day"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[settings", "读不出来"),
        (GOOD, "缺少 expiry"),
        ('[settings]\nmonth_end = "other"\nadmin_again = "sum"\n[expiry]\n', "只能是 last_day、day_before"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_place(text: str, words: str) -> None:
    with pytest.raises(InfluenceDataError, match=words):
        load_table(text)


def test_a_record_gives_its_measure() -> None:
    found = measure(
        {
            "kind": "party_probation", "decided_at": DAY, "rights_restored_at": RESTORED,
            "period_reason": "示例", "doc_no": "示例〔2026〕1号", "changed": "revoked",
        },
        7,
    )  # fmt: skip
    assert found == Measure(
        "party_probation",
        DAY,
        "",
        RESTORED,
        None,
        "示例",
        "示例〔2026〕1号",
        None,
        True,
        7,
    )
    assert measure({"kind": "party_warning"}) is None
    assert measure({"decided_at": DAY}) is None
