"""Working by column gives what working row by row gives."""

from paizhu.base.columns import each, gathered, records


def test_what_stands_in_many_rows_is_made_once() -> None:
    made: list[str] = []

    def make(words: str) -> str:
        made.append(words)
        return words * 2

    often = "某甲"
    assert each([often, None, often, often, often], make) == ["某甲某甲", None, "某甲某甲", "某甲某甲", "某甲某甲"]
    assert made == ["某甲"]
    assert each(["一", "二", None], make) == ["一一", "二二", None]


def test_columns_and_rows_are_two_views_of_the_same() -> None:
    rows = [{"a": 1, "b": "乙"}, {"b": "丙", "c": 0}, {}]
    columns = gathered(rows)
    assert columns == {"a": [1, None, None], "b": ["乙", "丙", None], "c": [None, 0, None]}
    assert records(columns, 3) == rows
    assert records({}, 2) == [{}, {}]
