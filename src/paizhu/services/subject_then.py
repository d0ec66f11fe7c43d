"""The person a record is about as he stood on its day: taken from the roster, so that nobody types it again.

What is typed always stands. Posts come from their history by date; the present post is taken only where the history
says nothing and the day is not before it. Of the present post the roster knows the month, and no day is made of it;
a letter names several people, whose units and posts are written in one line.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from paizhu import registers
from paizhu.base import month_only, paths
from paizhu.base.month_only import last_day
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.registers.guards import refs
from paizhu.rules.post_words import PostWords, load_post_words
from paizhu.services.preparing import day_of
from paizhu.storage import queries
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault

PERSON = registers.register("person")
SUBJECT, REPORTED, REPORTED_POST = "subject", "reported_names", "reported_post"
_BORN_WITH = {
    "subject_gender": "gender",
    "subject_born": "birth",
    "subject_ethnic": "nation",
    "subject_political": "political_status",
}
_THEN = {
    "subject_unit": "unit",
    "subject_post": "post",
    "subject_rank": "rank_level",
    "in_post_since": "held_from",
    "is_top": "is_top",
    "is_team": "is_team",
}
_NOW = {
    "subject_unit": "unit_now",
    "subject_post": "post_now",
    "subject_rank": "rank_now",
    "is_top": "top_now",
    "is_team": "team_now",
}
_NOT = ("无", "否", "不是")
_RECENT = timedelta(days=366)
"""How far back the present post is believed of somebody whose day of appointment nobody entered."""


def filled(
    register: Register, made: Values, before: Values, given: Mapping[str, Value], vault: Vault, today: date
) -> dict[str, Value]:
    """Return what of the subject is not typed and follows from the roster; nothing for a name that is not in it.

    For another subject than before, what was taken for the former one goes.
    """
    if register.has(REPORTED):
        return _reported(made, before, given, vault, today)
    subject = made.get(SUBJECT)
    if not isinstance(subject, Ref) or not subject.linked or subject.register != PERSON.key:
        return {}
    known = (*_BORN_WITH, *_THEN, "is_discipline", "is_npc_cppcc")
    names = [name for name in known if register.has(name) and name not in given]
    other = bool(before) and before.get(SUBJECT) != subject
    wanted = [name for name in names if other or (not before and made.get(name) is None)]
    if not wanted or subject.id is None:
        return {}
    with vault.read() as connection:
        person = queries.one(connection, table(PERSON), subject.id)
        posts = queries.children(connection, table(PERSON, "post_history"), subject.id)
    day = day_of(made.get(register.main_date)) or today
    told = _known(person, posts, day, today)
    told |= from_post(told)
    return {name: told.get(name) for name in wanted if other or told.get(name) is not None}


def _reported(made: Values, before: Values, given: Mapping[str, Value], vault: Vault, today: date) -> dict[str, Value]:
    """Return units and posts of the persons a letter reports on, where nobody typed them."""
    people = refs(made, (REPORTED,))
    if made.get(REPORTED_POST) or REPORTED_POST in given or (before and refs(before, (REPORTED,)) == people):
        return {}
    day = day_of(made.get("received_at")) or today
    found = []
    with vault.read() as connection:
        for who in people:
            if who.id is None or who.register != PERSON.key:
                continue
            person = queries.one(connection, table(PERSON), who.id)
            known = _known(person, queries.children(connection, table(PERSON, "post_history"), who.id), day, today)
            found.append(f"{known.get('subject_unit') or ''}{known.get('subject_post') or ''}")
    words = "；".join(filter(None, found))
    return {REPORTED_POST: words} if words else {}


def from_post(known: Values) -> dict[str, Value]:
    """Return what the words of a known post tell where the roster does not: whether it is 一把手, whether 纪检干部.

    A post that leaves it open, such as 局长 of a department, says nothing; the officer does.
    """
    post, unit = str(known.get("subject_post") or ""), str(known.get("subject_unit") or "")
    if not post:
        return {}
    found: dict[str, Value] = {"is_discipline": _post_words().of_discipline(post, unit)}
    leads = False if known.get("is_team") is False else _post_words().leads(post)
    if known.get("is_top") is None and leads is not None:
        found["is_top"] = leads
    return found


@cache
def _post_words() -> PostWords:
    return load_post_words((paths.resources() / "rules" / "post_words.toml").read_text(encoding="utf-8"))


def _known(person: Row, posts: list[Row], day: date, today: date) -> dict[str, Value]:
    found: dict[str, Value] = {name: person.values.get(source) for name, source in _BORN_WITH.items()}
    found["is_npc_cppcc"] = _sits(person)
    held = [row for row in posts if _holds(row, day)]
    if held:
        post = max(held, key=lambda row: str(row.values.get("held_from")))
        return found | {name: _plain(post.values.get(source)) for name, source in _THEN.items()}
    month = person.values.get("post_since")
    since = month_only.from_iso(str(month)) if month else None
    if day >= month_only.first_day(since) if since else not posts and day >= today - _RECENT:
        found |= {name: _plain(person.values.get(source)) for name, source in _NOW.items()}
        found["in_post_since"] = since
    return found


def _sits(person: Row) -> bool | None:
    """Tell whether somebody sits in a people's congress or a consultative conference; None where nobody wrote it."""
    told = [str(person.values.get(name) or "").strip() for name in ("is_npc", "is_cppcc")]
    if any(words and words not in _NOT for words in told):
        return True
    return False if all(told) else None


def _holds(post: Row, day: date) -> bool:
    began, ended = day_of(post.values.get("held_from")), last_day(post.values.get("held_to"))
    return began is not None and began <= day and (ended is None or day <= ended)


def _plain(value: Value) -> Value:
    # The snapshot keeps the unit's words of that day, whatever the unit is called later.
    return value.label if isinstance(value, Ref) else value
