"""The person a record is about as he stood on its day: taken from the roster, so that nobody types it again.

What is typed always stands. Posts come from their history by date; the present post is taken only where the history
says nothing and the day is not before it. Of the present post the roster knows the month, and no day is made of it;
a letter names several people, whose units and posts are written in one line.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache

from paizhu import registers
from paizhu.base import month_only, paths
from paizhu.base.asked import Asked
from paizhu.base.flow import Step
from paizhu.base.month_only import last_day
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.registers.guards import refs, same
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


class SubjectThen:
    """Tells of the roster's people what they were on a day; each is read once, so a ledger costs what its names do."""

    def __init__(self, vault: Vault, today: date) -> None:
        self._vault = vault
        self._today = today
        self._read: dict[int, tuple[Row, list[Row]]] = {}

    def saved(self, register: Register, made: Values, before: Values, given: Collection[str]) -> dict[str, Value]:
        """Return what of the subject is not typed and follows from the roster; nothing for a name that is not in it.

        For another subject than before, what was taken for the former one goes; a name that is found in the roster
        only now is no other, and what was written of it stands.
        """
        if register.has(REPORTED):
            same = before and refs(before, (REPORTED,)) == refs(made, (REPORTED,))
            return {} if same else self.arriving(register, made, given)
        was, now = before.get(SUBJECT), made.get(SUBJECT)
        if not before or _is_found(was, now):
            return self.arriving(register, made, given)
        if was == now:
            return {}
        told = self._of(register, made)
        return {name: told.get(name) for name in _names(register, given)} if told else {}

    def arriving(self, register: Register, made: Values, given: Collection[str]) -> dict[str, Value]:
        """Return what of a new record's subject is empty and follows from the roster; ``given`` is left as it is."""
        if register.has(REPORTED):
            return {} if made.get(REPORTED_POST) or REPORTED_POST in given else self._reported(made)
        return self._filling(register, made, _names(register, given))

    def asked(self, register: Register, step: Step, made: Values, given: Collection[str]) -> dict[str, Value]:
        """Return what a step asks of the subject that nobody wrote and the roster knows by now."""
        asked = {each.name for each in (*step.asked, *_owed(register, step))}
        if REPORTED_POST in asked:
            return self.arriving(register, made, given)
        return self._filling(register, made, [name for name in _names(register, given) if name in asked])

    def _filling(self, register: Register, made: Values, names: Sequence[str]) -> dict[str, Value]:
        wanted = [name for name in names if made.get(name) is None]
        told = self._of(register, made) if wanted else {}
        return {name: told[name] for name in wanted if told.get(name) is not None}

    def _of(self, register: Register, made: Values) -> dict[str, Value]:
        subject = made.get(SUBJECT)
        if not isinstance(subject, Ref) or subject.id is None or subject.register != PERSON.key:
            return {}
        told = self._told(subject.id, day_of(made.get(register.main_date)) or self._today)
        return told | _from_post(told)

    def _reported(self, made: Values) -> dict[str, Value]:
        """Return units and posts of the persons a letter reports on."""
        day = day_of(made.get("received_at")) or self._today
        known = [
            self._told(who.id, day)
            for who in refs(made, (REPORTED,))
            if who.id is not None and who.register == PERSON.key
        ]
        posts = [f"{each.get('subject_unit') or ''}{each.get('subject_post') or ''}" for each in known]
        words = "；".join(filter(None, posts))
        return {REPORTED_POST: words} if words else {}

    def _told(self, person_id: int, day: date) -> dict[str, Value]:
        if person_id not in self._read:
            with self._vault.read() as connection:
                posts = queries.children(connection, table(PERSON, "post_history"), person_id)
                self._read[person_id] = queries.one(connection, table(PERSON), person_id), posts
        return _known(*self._read[person_id], day, self._today)


def _owed(register: Register, step: Step) -> tuple[Asked, ...]:
    """Return what an end at which a record is kept for good asks beside its step."""
    flow = register.flow
    return flow.first if flow and flow.state(step.after).whole else ()


def _is_found(was: Value, now: Value) -> bool:
    return isinstance(was, Ref) and isinstance(now, Ref) and not was.linked and now.linked and same(was, now)


def _names(register: Register, given: Collection[str]) -> list[str]:
    known = (*_BORN_WITH, *_THEN, "is_discipline", "is_npc_cppcc")
    return [name for name in known if register.has(name) and name not in given]


def _from_post(known: Values) -> dict[str, Value]:
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
