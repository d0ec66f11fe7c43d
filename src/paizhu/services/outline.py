"""A list as a tree: branches counted in SQL, each with the view of the records that stand directly under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from paizhu.base.view import View

PATH = "/"


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch; ``key`` names its place in the tree and stays the same between readings.

    ``own`` records stand directly under it and are those of ``view``; ``total`` and ``done`` include the branches
    below. ``note`` stands quietly behind the words.
    """

    key: str
    words: str
    note: str = ""
    view: View | None = None
    own: int = 0
    total: int = 0
    done: int = 0

    @property
    def level(self) -> int:
        """How deep the branch stands: 0 for a root."""
        return self.key.count(PATH)


@dataclass(slots=True)
class Node:
    """A branch while a tree is put together."""

    words: str
    note: str = ""
    view: View | None = None
    own: int = 0
    done: int = 0
    below: list["Node"] = field(default_factory=list)

    def branches(self, above: str = "") -> Iterator[Branch]:
        """Yield the branch and those below it in reading order; one without any records is left out."""
        key = f"{above}{PATH}{self.words}" if above else self.words
        under = [branch for node in self.below for branch in node.branches(key)]
        children = [branch for branch in under if branch.level == key.count(PATH) + 1]
        total = self.own + sum(branch.total for branch in children)
        if not total:
            return
        done = self.done + sum(branch.done for branch in children)
        yield Branch(key, self.words, self.note, self.view, self.own, total, done)
        yield from under


def flattened(nodes: Sequence[Node]) -> list[Branch]:
    """Return the branches of a tree in reading order."""
    return [branch for node in nodes for branch in node.branches()]


def ordered(view: View, order: tuple[tuple[str, bool], ...]) -> View:
    """Return a view in the order of its tree, unless the officer chose one."""
    return view if view.order else replace(view, order=order)
