"""Every rule by its code."""

from paizhu.rules.flags import (
    amounts,
    candidates,
    cases,
    duties,
    executions,
    leads,
    named,
    procedure,
    rectifying,
    talks,
)
from paizhu.rules.flags.books import BookRule
from paizhu.rules.flags.facts import ItemRule

ITEM_RULES: dict[str, ItemRule] = {**amounts.RULES, **procedure.RULES, **candidates.RULES}
"""Rules about one review item, by code."""

BOOK_RULES: dict[str, BookRule] = {
    **procedure.BOOK_RULES,
    **leads.RULES,
    **cases.RULES,
    **executions.RULES,
    **talks.RULES,
    **duties.RULES,
    **named.RULES,
    **rectifying.RULES,
}
"""Rules about the books as a whole, by code."""
