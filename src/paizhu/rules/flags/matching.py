"""Telling that two writings mean one company, one matter, one person."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paizhu.base.rows import Ref
from paizhu.base.text import folded
from paizhu.registers.guards import same

_BRACKETS = str.maketrans("", "", "()[]<>{}\"'·.,-")
_SUM = re.compile(r"[\d,.]+(亿元|万元|元)")
_FRAME = ("关于", "审议", "讨论", "研究", "的请示", "的报告", "的汇报", "的议题", "事项", "有关", "事宜", "的议案")
KIN = ("spouse", "lineal", "collateral", "in_law")
"""Relations of 公务员法 第七十四条; other interests ask for recusal but do not bar a post."""


@dataclass(frozen=True, slots=True)
class Company:
    """A supplier as a record names it, with the credit code when it is known."""

    ref: Ref
    uscc: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything another writing may share with it."""
        found = [company_name(self.ref.label)]
        found += [f"#{self.ref.id}"] if self.ref.linked else []
        found += [folded(self.uscc)] if self.uscc else []
        return tuple(key for key in found if key)


@lru_cache(maxsize=8192)
def company_name(words: str) -> str:
    """Return a company's name without what writings differ in: brackets, width, 有限责任公司 for 有限公司."""
    return folded(words).translate(_BRACKETS).replace("有限责任公司", "有限公司")


def same_company(one: Company, other: Company) -> bool:
    """Tell whether two writings mean one company; two different credit codes are two companies, whatever the name."""
    if one.ref.linked and one.ref.id == other.ref.id:
        return True
    if one.uscc and other.uscc:
        return folded(one.uscc) == folded(other.uscc)
    name = company_name(one.ref.label)
    return bool(name) and name == company_name(other.ref.label)


@lru_cache(maxsize=8192)
def stem(title: str) -> str:
    """Return what a title is about, without its frame and sums: 关于…的请示 and 48 万元 make no difference."""
    words = _SUM.sub("", folded(title).translate(_BRACKETS))
    for frame in _FRAME:
        words = words.replace(frame, "")
    return words


def likeness(one: str, other: str) -> float:
    """Return how alike two titles are, in percent."""
    from rapidfuzz import fuzz

    here, there = stem(one), stem(other)
    return fuzz.ratio(here, there) if here and there else 0.0


@dataclass(frozen=True, slots=True)
class Relation:
    """One recorded relation; it stands under ``person``."""

    person: Ref
    relative: Ref
    kind: str = ""
    words: str = ""


class Relations:
    """Recorded relations, found from either side."""

    def __init__(self, relations: Iterable[Relation] = ()) -> None:
        self._by_name: dict[str, list[Relation]] = defaultdict(list)
        for each in relations:
            self._by_name[folded(each.person.label)].append(each)
            self._by_name[folded(each.relative.label)].append(each)

    def of(self, who: Ref) -> list[tuple[Ref, Relation]]:
        """Return everybody related to a person, with the record that says so."""
        found = []
        for each in self._by_name.get(folded(who.label), ()):
            if same(who, each.person):
                found.append((each.relative, each))
            elif same(who, each.relative):
                found.append((each.person, each))
        return found

    def between(self, one: Ref, other: Ref, kinds: Sequence[str] = ()) -> Relation | None:
        """Return the relation between two persons, of these kinds when any are named."""
        for relative, relation in self.of(one):
            if same(relative, other) and (not kinds or relation.kind in kinds or not relation.kind):
                return relation
        return None
