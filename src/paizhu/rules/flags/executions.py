"""Punishments carried out (RF-E*): not in time, or a rise in post while one still weighs."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from paizhu.base.rows import Ref, Row, Values, ids_in
from paizhu.registers.choices import RANK_LEVELS
from paizhu.rules import influence
from paizhu.rules.flags.books import BookRule, Books, late
from paizhu.rules.flags.facts import day_of, spoken
from paizhu.rules.flags.finding import Finding, Given

LIMITS = ("T09", "T10", "T11")
_HEIGHT = {choice.code: height for height, choice in enumerate(reversed(RANK_LEVELS))}


def not_done(books: Books, given: Given) -> Iterator[Finding]:
    """Find a decision that was not announced, reported or turned into pay in time."""
    for clock, days in late(books, LIMITS, ("measure",)):
        words = f"{clock.no or clock.title}：{clock.what}超期 {days} 天"
        yield Finding(given.rule.code, words, (f"应于 {spoken(clock.due)}前办理",), (clock.evidence,), clock.what)
    for clock, days in late(books, ("",), ("measure",)):
        if clock.what == "办理职务工资变更":
            words = f"{clock.no or clock.title}：{clock.what}超期 {days} 天"
            yield Finding(given.rule.code, words, (f"应于 {spoken(clock.due)}前办理",), (clock.evidence,), clock.what)


def risen(books: Books, given: Given) -> Iterator[Finding]:
    """Find a rise in the history of posts on a day on which a measure still weighed."""
    by_person: dict[int, list[Row]] = defaultdict(list)
    for row in books.measures:
        for person in ids_in(row.values.get("subject"), "person"):
            by_person[person].append(row)
    for person, rows in by_person.items():
        known = [(row, made) for row in rows if (made := influence.measure(row.values, row.id))]
        for post in rises(books.people.posts.get(person, ())):
            began = post.get("held_from")
            day = day_of(began) or books.today
            told = spoken(began if isinstance(began, date) else day)
            found = influence.periods([made for _, made in known], day, books.periods)
            weighing = [
                row for (row, _), each in zip(known, found, strict=True) if each is not None and each.contains(day)
            ]
            if weighing:
                who = weighing[0].values.get("subject")
                name = who.label if isinstance(who, Ref) else ""
                words = f"{name}在影响期内任{post.get('post')}（{told}），职务高于原任职务"
                evidence = (("person", person), *(("measure", row.id) for row in weighing))
                yield Finding(given.rule.code, words, (), evidence, str(post.get("held_from")))


def rises(posts: Sequence[Values]) -> Iterator[Values]:
    """Yield the posts that stand higher than the one before: rank, team or head of it."""
    ordered = sorted((post for post in posts if post.get("held_from")), key=lambda post: str(post.get("held_from")))
    for before, after in pairwise(ordered):
        if _height(after) > _height(before):
            yield after


def _height(post: Values) -> tuple[int, bool, bool]:
    return _HEIGHT.get(str(post.get("rank_level")), 0), bool(post.get("is_top")), bool(post.get("is_team"))


RULES: Mapping[str, BookRule] = {"RF-E1": not_done, "RF-E2": risen}
