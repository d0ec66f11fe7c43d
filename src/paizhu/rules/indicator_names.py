"""Every condition, day, event and breakdown that the list of indicators may name."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from paizhu.base.rows import Row
from paizhu.rules import indicator_checking, indicator_facts, indicator_rectifying
from paizhu.rules.counting import Key, Scope
from paizhu.rules.indicator_facts import Ask, Event

CONDITIONS: Mapping[str, Ask] = {
    **indicator_facts.CONDITIONS,
    **indicator_rectifying.CONDITIONS,
    **indicator_checking.CONDITIONS,
}
DATES: Mapping[str, Callable[[Row, Scope], date | None]] = {
    **indicator_facts.DATES,
    **indicator_rectifying.DATES,
    **indicator_checking.DATES,
}
EVENTS: Mapping[str, Callable[[Row, Scope], Iterator[Event]]] = {
    **indicator_facts.EVENTS,
    **indicator_rectifying.EVENTS,
    **indicator_checking.EVENTS,
}
KEYS: Mapping[str, Callable[[Row, Scope], tuple[Key, ...]]] = {**indicator_facts.KEYS}
