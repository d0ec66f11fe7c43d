"""A field that a step needs of some records only, and why: the guard that asks for it, and what makes it 待补.

What every record needs stands in the needs of a step. Here stands what depends on the record: the day of signing where
it was signed, the supplier where a purchase was carried out. The same condition asks and shows, so that nothing is
shown as 待补 that no step would ask for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, Self

from paizhu.base.rows import Problem, Value, Values


class Told(Protocol):
    """Whatever tells the values of a record, such as the facts of a step."""

    @property
    def values(self) -> Values:
        """The values of the record."""


@dataclass(frozen=True, slots=True)
class When:
    """Which records are concerned, told from these fields of theirs.

    The values come as they are read and as a column keeps them, so that only what both tell alike may be asked:
    codes, 是 or 否, counts, and whether there is anything. ``spelled`` says the same in text: two conditions that do
    not agree on every record are never spelled alike, so that counts kept with a vault are known to be out of date.
    Made by the functions below, which see to that, and joined by ``&`` and ``|``.
    """

    of: tuple[str, ...] = ()
    agrees: Callable[[Values], bool] = lambda _values: True
    spelled: str = "always"

    def __and__(self, other: Self) -> "When":
        return When(
            (*self.of, *other.of),
            lambda values: self.agrees(values) and other.agrees(values),
            f"({self.spelled} and {other.spelled})",
        )

    def __or__(self, other: Self) -> "When":
        return When(
            (*self.of, *other.of),
            lambda values: self.agrees(values) or other.agrees(values),
            f"({self.spelled} or {other.spelled})",
        )


ALWAYS = When()


def empty(value: Value) -> bool:
    """Tell whether nothing was entered; 否 and 0 are answers."""
    return value is None or value in ("", ())


def chosen(name: str, *codes: str) -> When:
    """Concern records in which a choice is one of these codes."""
    return When((name,), lambda values: values.get(name) in codes, f"{name} in {codes}")


def other_than(name: str, *codes: str) -> When:
    """Concern records in which a choice is made, and none of these codes."""
    return When(
        (name,),
        lambda values: not empty(values.get(name)) and values.get(name) not in codes,
        f"{name} given, not in {codes}",
    )


def yes(name: str) -> When:
    """Concern records in which a question is answered 是."""
    return When((name,), lambda values: bool(values.get(name)), f"{name} is yes")


def no(name: str) -> When:
    """Concern records in which a question is answered 否, and not those in which it is open."""
    return When((name,), lambda values: not empty(values.get(name)) and not values.get(name), f"{name} is no")


def given(*names: str) -> When:
    """Concern records in which one of these fields holds something."""
    return When(names, lambda values: any(not empty(values.get(name)) for name in names), f"given any of {names}")


def lacking(*names: str) -> When:
    """Concern records in which all of these fields are empty."""
    return When(names, lambda values: all(empty(values.get(name)) for name in names), f"given none of {names}")


def fewer(name: str, than: str) -> When:
    """Concern records in which one count is smaller than another, both of which are given."""

    def agrees(values: Values) -> bool:
        some, all_ = values.get(name), values.get(than)
        return isinstance(some, int) and isinstance(all_, int) and some < all_

    return When((name, than), agrees, f"{name} < {than}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A guard that asks for one field in words that say why, of the records that ``when`` concerns.

    Once a record has passed the step it is 待补 while it is empty; what the domain marks R is so from the ``first``.
    ``paper`` is the place for files that answers it as well: the words then tell where a paper is kept instead.
    """

    name: str
    why: str
    when: When = ALWAYS
    first: bool = False
    paper: str = ""

    def __call__(self, facts: Told) -> Problem | None:
        """Refuse a record that is concerned and has nothing there."""
        return Problem(self.name, self.why, "missing") if self.lacks(facts.values) else None

    def __str__(self) -> str:
        return f"asked({self.name})"

    def lacks(self, values: Values) -> bool:
        """Tell whether a record is concerned and has nothing there."""
        return empty(values.get(self.name)) and self.when.agrees(values)


def kept_elsewhere(name: str, paper: str, why: str, when: When = ALWAYS) -> Asked:
    """Ask for a paper among the files of a record or, where it is kept outside the program, for words that tell where.

    An officer who has his papers in a safe must be able to go on; that there is none is never taken for that.
    """
    return Asked(name, why, when & lacking(paper), paper=paper)
