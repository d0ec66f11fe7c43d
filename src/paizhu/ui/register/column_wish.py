"""How columns share the width there is: what each wants, and what it can do with when there is not enough for all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Wish(NamedTuple):
    """What a column wants in pixels, what free words may be cut to, and what the words in it need to be read whole.

    ``tight`` is what it can do with where its title is cut as well; 0 where that is no help.
    """

    wanted: int
    cut: int
    whole: int
    tight: int = 0


def shared(wishes: Sequence[Wish], room: int) -> list[int]:
    """Return a width for each column; where they cannot all be read in the room, what each wants.

    Room that is left goes to words and names longer than their column; the last one takes what nobody needs.
    Free words give way first, then what stands empty beside words that are short, titles last; days and names are never
    cut.
    """
    over = sum(wish.wanted for wish in wishes) - room
    free = sum(wish.wanted - wish.cut for wish in wishes)
    rest = sum(max(wish.wanted - wish.whole, 0) for wish in wishes if wish.cut == wish.wanted)
    if over <= 0 and (lacking := [max(wish.whole - wish.wanted, 0) for wish in wishes]) and any(lacking):
        part = min(-over / sum(lacking), 1)
        return [wish.wanted + int(more * part) for wish, more in zip(wishes, lacking, strict=True)]
    if over > free + rest:
        return _tight(wishes, room)
    if over <= 0:
        return [wish.wanted for wish in wishes]
    if over <= free:
        return [_less(wish.wanted, wish.cut, over / free) for wish in wishes]
    part = (over - free) / rest
    return [
        wish.cut if wish.cut < wish.wanted else _less(wish.wanted, min(wish.whole, wish.wanted), part)
        for wish in wishes
    ]


def _tight(wishes: Sequence[Wish], room: int) -> list[int]:
    """Return widths with the titles cut, all in the same part; what each wants where even that is too much."""
    before = [wish.cut if wish.cut < wish.wanted else min(wish.whole, wish.wanted) for wish in wishes]
    spare = [max(width - (wish.tight or width), 0) for width, wish in zip(before, wishes, strict=True)]
    over = sum(before) - room
    if over > sum(spare):
        return [wish.wanted for wish in wishes]
    return [_less(width, width - give, over / sum(spare)) for width, give in zip(before, spare, strict=True)]


def _less(wanted: int, least: int, part: float) -> int:
    return int(wanted - (wanted - least) * part)
