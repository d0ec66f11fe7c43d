"""Talks and archives (RF-T*): a member nobody has talked to, a new post without its talk, an archive grown old."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from paizhu.base.dates import add_months
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.registers.talk_choices import HELD
from paizhu.rules.flags.books import BookRule, Books
from paizhu.rules.flags.facts import day_of, spoken
from paizhu.rules.flags.finding import Finding, Given

FOR_POST = ("pre_appointment", "appointment")
_AHEAD = timedelta(days=180)


def silence(books: Books, given: Given) -> Iterator[Finding]:
    """Find members without a talk for long, and new posts whose talk did not follow."""
    held = _by_person(books)
    since = add_months(books.today, -given.count("months"))
    for row in books.people.persons.values():
        if row.values.get("status") not in (None, "active"):
            continue
        talks = [*held[f"#{row.id}"], *held[folded(str(row.values.get("name") or ""))]]
        name = row.values.get("name")
        if row.values.get("team_now") or row.values.get("top_now"):
            last = max((day for day, _ in talks), default=None)
            if last is None or last <= since:
                words = f"班子成员{name} {given.count('months')} 个月内没有廉政谈话"
                figures = (f"最近一次 {spoken(last)}" if last else "没有谈话记录",)
                yield Finding(given.rule.code, words, figures, (("person", row.id),), "yearly")
        began = _began(row, books)
        if began is None or not since < began <= books.today - timedelta(days=given.count("days") + 1):
            continue
        if not any(talk.values.get("kind") in FOR_POST and day >= began - _AHEAD for day, talk in talks):
            words = f"{name}任新职超过 {given.count('days')} 天，没有任前廉政谈话"
            yield Finding(given.rule.code, words, (f"任职 {spoken(began)}",), (("person", row.id),), began.isoformat())


def old_archive(books: Books, given: Given) -> Iterator[Finding]:
    """Find an archive that nobody refreshed for long; who has left the service is not asked for it."""
    since = add_months(books.today, -given.count("months"))
    for row in books.archives:
        who = row.values.get("person_id")
        person = books.people.row(who) if isinstance(who, Ref) else None
        if not isinstance(who, Ref) or (person and person.values.get("status") not in (None, "active")):
            continue
        last = day_of(row.values.get("refreshed_at")) or day_of(row.values.get("opened_at"))
        if last is None or last < since:
            words = f"{who.label}的廉政档案超过 {given.count('months')} 个月没有更新"
            figures = (f"最近更新 {spoken(last)}" if last else "没有写更新日期",)
            yield Finding(given.rule.code, words, figures, (("integrity_archive", row.id),))


def _began(row: Row, books: Books) -> date | None:
    """Return since when the present post is held, from the history or from the roster."""
    posts = [day for post in books.people.posts.get(row.id, ()) if (day := day_of(post.get("held_from")))]
    if posts:
        last = max(posts)
        return last if last <= books.today else None
    month = str(row.values.get("post_since") or "")
    return date(int(month[:4]), int(month[5:7]), 1) if len(month) == 7 else None


def _by_person(books: Books) -> Mapping[str, list[tuple[date, Row]]]:
    found: dict[str, list[tuple[date, Row]]] = defaultdict(list)
    for row in books.talks:
        who, day = row.values.get("subject"), day_of(row.values.get("start_at"))
        if isinstance(who, Ref) and day and day <= books.today and row.state in HELD:
            found[f"#{who.id}" if who.linked else folded(who.label)].append((day, row))
    return found


RULES: Mapping[str, BookRule] = {"RF-T1": silence, "RF-T2": old_archive}
