"""The hash chain: nothing in an entry can be changed, moved or left out without its hash telling."""

from paizhu.storage import chain

HEAD = (1, "2026-03-16T10:26:00", "save", "新增 廉政谈话", "陈守正", None, None)


def digest(*changes: tuple[str, int, str, str]) -> str:
    made = chain.ChangesDigest()
    for change in changes:
        made.add(*change)
    return made.hexdigest()


ONE, TWO = ("talk", 1, "create", "{}"), ("talk", 2, "create", "{}")


def test_the_same_words_always_give_the_same_hash() -> None:
    assert chain.entry_hash(chain.GENESIS, HEAD, digest(ONE)) == chain.entry_hash(chain.GENESIS, HEAD, digest(ONE))


def test_any_word_the_entry_before_and_any_change_make_another_hash() -> None:
    plain = chain.entry_hash(chain.GENESIS, HEAD, digest(ONE))
    others = [chain.entry_hash("1" * 64, HEAD, digest(ONE)), chain.entry_hash(chain.GENESIS, HEAD, digest(TWO))]
    for place in range(len(HEAD)):
        head = [*HEAD[:place], "别的", *HEAD[place + 1 :]]
        others.append(chain.entry_hash(chain.GENESIS, head, digest(ONE)))
    assert plain not in others
    assert len(set(others)) == len(others)


def test_order_and_number_of_changes_count() -> None:
    assert len({digest(), digest(ONE), digest(ONE, TWO), digest(TWO, ONE), digest(ONE, ONE)}) == 5


def test_words_cannot_move_from_one_part_of_a_change_to_the_next() -> None:
    assert digest(("talk", 11, "create", "{}")) != digest(("talk", 1, "1create", "{}"))


def test_the_spelling_of_plain_data_does_not_depend_on_its_order() -> None:
    assert chain.canonical({"乙": 1, "甲": [2, None]}) == chain.canonical({"甲": [2, None], "乙": 1})
