"""The words of a change in the journal: valid JSON, the same whichever way they were put together."""

import json

import pytest

from paizhu.storage import deltas
from paizhu.storage.tables import TABLES
from tests.make import make_values


@pytest.mark.parametrize("kind", sorted(TABLES))
def test_a_new_record_is_spelled_as_its_columns_keep_it(kind: str) -> None:
    made = make_values(TABLES[kind].register)
    stored = {name: TABLES[kind].encode(name, value) for name, value in made.items()}
    words = deltas.created(stored.items())
    assert json.loads(words) == {name: [None, raw] for name, raw in stored.items()}
    assert words == deltas.changed({name: [None, raw] for name, raw in stored.items()})


@pytest.mark.parametrize("raw", ['引"号', "反\\斜", "换\n行", "\x1f\x1e\x00", "𬱖", "", 0, -5, 2**53, 1.5, True])
def test_any_raw_value_survives(raw: object) -> None:
    assert json.loads(deltas.created([("a", raw)])) == {"a": [None, raw]}


@pytest.mark.parametrize(
    "known", [{"file": '示例"台账".xlsx', "row": 7, "a": None, "b": [1, {"c": True}]}, {"备注\n": "…"}]
)
def test_plain_facts_are_spelt_as_json_in_the_order_of_their_names(known: dict[str, object]) -> None:
    assert deltas.facts(known) == json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def test_no_facts_are_no_words() -> None:
    assert deltas.facts({}) is None
    assert deltas.facts(None) is None
