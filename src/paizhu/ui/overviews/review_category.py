"""An item without its category: the one that fits its title is offered, and the empty checklist says what it waits for.

Chosen by the officer all the same: the words of a title are a hint, not a decision.
"""

from collections.abc import Sequence

from paizhu.base.rows import Row
from paizhu.base.values import choice_words
from paizhu.registers.review import REVIEW
from paizhu.services.reviews.agenda_words import proposed_category
from paizhu.services.reviews.reviewing import OPEN
from paizhu.ui.kit.button import Offer

_KEY = "category:"


def category_offers(row: Row | None) -> Sequence[Offer]:
    """Return what the bar offers for an item without a category; nothing for any other item."""
    if row is None or row.voided or row.state not in OPEN or row.values.get("category"):
        return ()
    code, *_ = proposed_category(REVIEW.title_of(row), row.values.get("amount") is not None)
    words = f"事项类别记为“{choice_words(REVIEW.field('category'), code)}”" if code else "选事项类别"
    return (Offer(f"{_KEY}{code}", words, shortcut="Ctrl+Enter"),)


def offered(key: str) -> str:
    """Return the category an offer stands for; empty when the officer should choose."""
    return key.removeprefix(_KEY)


def no_list(row: Row | None) -> str:
    """Say why there is no checklist, and what makes one."""
    if row is None or (row.state in OPEN and row.values.get("category")):
        return "没有清单"
    if row.state in OPEN:
        return "先选事项类别，清单随之列出"
    return "当时没有登记清单"
