"""How columns share the width there is: what each wants, and what it can do with when there is not enough for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """What a column wants in pixels, what free words may be cut to, and what the words in it need to be read whole."""

    wanted: int
    cut: int
    whole: int


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """Return a width for each column; where they cannot all be read in the room, what each wants.

    Room that is left goes to free words that are longer than their column; the last one takes what nobody needs.
    Free words give way first, then what stands empty beside words that are short; days and names are never cut.
    """
    over = sum(wish.wanted for wish in wishes) - room
    free = sum(wish.wanted - wish.cut for wish in wishes)
    rest = sum(wish.wanted - wish.whole for wish in wishes if wish.cut == wish.wanted)
    if over <= 0 and (lacking := [max(wish.whole - wish.wanted, 0) for wish in wishes]) and any(lacking):
        part = min(-over / sum(lacking), 1)
        return [wish.wanted + int(more * part) for wish, more in zip(wishes, lacking, strict=True)]
    if over <= 0 or over > free + rest:
        return [wish.wanted for wish in wishes]
    if over <= free:
        return [_less(wish.wanted, wish.cut, over / free) for wish in wishes]
    part = (over - free) / rest
    return [wish.cut if wish.cut < wish.wanted else _less(wish.wanted, wish.whole, part) for wish in wishes]


def _less(wanted: int, least: int, part: float) -> int:
    return int(wanted - (wanted - least) * part)
