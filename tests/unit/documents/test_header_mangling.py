"""Any mangling of a header keeps its reading: spaces, width, marks, remarks in brackets, order, columns of others."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paizhu import registers
from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.documents.tables.column_match import match_columns, targets
from paizhu.documents.tables.frame import Column
from paizhu.documents.tables.label_words import is_ordinal
from paizhu.documents.tables.register_find import recognise

MARKS = ("", "*", "※", "★")
ENDS = ("", "：", ":", "（必填）", "(选填)")
SPACES = ("", " ", "\n", "　", " \n ")
STRANGERS = ("内部标记甲", "录入批次号", "打印份数乙")


def wide(text: str, share: float, chance: random.Random) -> str:
    """Write some of the ASCII letters, digits and brackets in full width."""
    return "".join(
        chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" and chance.random() < share else letter for letter in text
    )


def mangled(label: str, seed: int) -> str:
    """Return a label as somebody else would have typed it."""
    chance = random.Random(f"{label}{seed}")
    pieces = [letter + (chance.choice(SPACES) if chance.random() < 0.3 else "") for letter in label]
    return chance.choice(MARKS) + wide("".join(pieces), 0.5, chance) + chance.choice(ENDS)


def labels(register: Register) -> list[str]:
    return [field.label for field in targets(register) if field.kind is not FieldKind.FILES]


def fed(register: Register, headings: list[str]) -> dict[str, str]:
    """Return the field of each heading; those about an informant go under seal whatever they are called."""
    columns = [Column(place, (" ".join(words.split()),)) for place, words in enumerate(headings)]
    matching = match_columns(columns, (), register)
    return {words: match.field for words, match in zip(headings, matching.matches, strict=True)}


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda each: each.key)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), strangers=st.integers(0, 3))
def test_a_mangled_header_feeds_the_same_fields(register: Register, seed: int, strangers: int) -> None:
    plain = labels(register)
    expected = fed(register, plain)
    chance = random.Random(seed)
    order = plain[:]
    chance.shuffle(order)
    headings = {label: mangled(label, seed) for label in order}
    more = list(STRANGERS[:strangers])
    read = fed(register, [*headings.values(), *more])
    assert {label: read[words] for label, words in headings.items()} == expected
    assert all(not read[words] for words in more)


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda each: each.key)
def test_every_label_feeds_its_own_field(register: Register) -> None:
    told = fed(register, labels(register))
    wrong = {label: told[label] for label in told if told[label] != by_label(register, label)}
    assert wrong == {}


def by_label(register: Register, label: str) -> str:
    return next(field.name for field in targets(register) if field.label == label)


@pytest.mark.parametrize("register", registers.REGISTERS, ids=lambda each: each.key)
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_a_mangled_header_is_recognised_as_its_register(register: Register, seed: int) -> None:
    headings = [mangled(label, seed) for label in labels(register)]
    random.Random(seed).shuffle(headings)
    columns = [Column(place, (" ".join(words.split()),)) for place, words in enumerate(headings)]
    found = recognise(columns, (), registers.REGISTERS)
    assert found is not None
    assert found.register.key == register.key


def test_a_column_that_counts_rows_is_known_however_it_is_written() -> None:
    assert all(is_ordinal(mangled("序号", seed)) for seed in range(50))
