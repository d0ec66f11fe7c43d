"""What a dossier says of one record: under which letter it stands, its day, one sentence, how it ended.

Class P4 and private fields never enter a sentence; petitions, leads and cases say as much as the setting allows.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from paizhu.base import values
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.month_only import last_day
from paizhu.base.register import Register
from paizhu.base.rows import Row, Value
from paizhu.services.dossier.covering import NAMES, Covered, covered_in

TITLES = {
    "A": "基本情况和任职经历",
    "B": "家庭、利害关系和经商办企业",
    "D": "履职事项",
    "E": "述责述廉",
    "F": "教育",
    "G": "谈话",
    "H": "信访与线索",
    "I": "立案、处分与处理",
    "J": "廉政意见",
    "K": "奖励",
    "L": "个人小结",
    "M": "调阅记录",
}
"""Parts of the archive (domain 2.8) that are filled from registers; part C is not kept here."""
ALWAYS = "ABDEFGHIJKLM"
"""Parts that are named even when nothing stands in them."""
BELOW = {
    "arc_family": "B",
    "arc_part_time": "D",
    "arc_gift": "D",
    "arc_banquet": "D",
    "arc_loan": "D",
    "arc_affect": "D",
    "arc_handover": "D",
    "arc_life_meeting": "D",
    "arc_report": "E",
    "arc_education": "F",
    "arc_reward": "K",
    "arc_summary": "L",
    "arc_access": "M",
}
"""Which part the rows of an archive stand in, each with a line of its own."""
_PARTS = {
    "person": "B",
    "supplier": "B",
    "duty_report": "E",
    "education": "F",
    "integrity_talk": "G",
    "petition": "H",
    "lead": "H",
    "case": "I",
    "measure": "I",
    "integrity_opinion": "J",
}
# Who handled, approved or signed something is the group's own hand there: it says nothing about that person.
_HANDS = frozenset(
    {
        "handler", "co_handler", "unit_id", "approver", "talker", "companion", "recorder", "group_attendee", "reviewer",
        "signer", "team", "who", "visitor", "acceptors", "draft", "check", "sign", "second_sign", "reader", "by",
        "members", "checker",
    }
)  # fmt: skip
_HAND_ENDINGS = ("_approver", "_team", "_by", "_signer")
_SAYING: dict[str, tuple[str, ...]] = {
    "integrity_talk": ("kind", "reason", "reason_note", "requirements", "revisit_result"),
    "petition": ("summary", "result"),
    "lead": ("summary", "mode", "form"),
    "case": ("name", "outcome"),
    "measure": ("kind", "doc_no", "facts"),
    "duty_item": ("content", "progress"),
    "review_item": ("title",),
    "meeting": ("name",),
    "finding": ("source_kind", "problem"),
    "supervision_activity": ("kind", "title"),
    "proposal": ("kind", "title", "doc_no"),
    "risk_point": ("name", "post", "level"),
    "integrity_opinion": ("reason",),
    "integrity_archive": ("refresh_year", "source"),
}
_SAYING_BELOW = {
    "opinion_person": ("to_post", "reply"),
    "problems": ("problem",),
    "relation": ("relation",),
    "business_link": ("company", "role"),
}
"""What a row under a record says of its person beside what the record itself says."""
_WITH_ROLES = (
    "review_item", "meeting", "duty_item", "person", "finding", "risk_point", "supervision_activity", "proposal",
)  # fmt: skip
_LONGEST = 90
_HAPPENED = "start_at"
"""When a thing really took place, where a register knows that beside the day it was planned for."""


@dataclass(frozen=True, slots=True)
class Line:
    """One record about the person: where it comes from, its day, words, state, and as what the person stands there."""

    part: str
    register: str
    id: int
    no: str
    day: date | None
    words: str
    state: str
    state_words: str
    roles: tuple[str, ...] = ()
    secret: bool = False
    covered: Covered | None = None
    """Whom the words name under cover, where they name somebody."""


def says_about(field: Field) -> bool:
    """Tell whether a pointer in this field makes the record one about the person, not one done by him."""
    return field.sens is not Sens.P4 and field.name not in _HANDS and not field.name.endswith(_HAND_ENDINGS)


def part_of(register: str) -> str:
    """Return the letter a register's records stand under; what has no letter of its own is official conduct."""
    return _PARTS.get(register, "D")


def is_secret(register: Register) -> bool:
    """Tell whether what names a record is class P3: petitions, leads, cases."""
    return any(register.field(name).sens >= Sens.P3 for name in (*register.title, *register.identity))


def line_of(
    register: Register, row: Row, roles: tuple[str, ...], below: tuple[str, ...] = (), *, number_only: bool = False
) -> Line:
    """Return the line of a record; with ``number_only`` no more than kind of record, number and state.

    ``below`` is what rows under it say of the person.
    """
    secret = is_secret(register)
    state = row.state
    if number_only and secret:
        words = f"{register.label}（内容按知悉范围不显示）"
    else:
        words = sentence(register, row, roles, below, plain=number_only)
    return Line(
        part_of(register.key),
        register.key,
        row.id,
        row.no,
        _day(register, row),
        words,
        state,
        _state_words(register, state),
        roles,
        secret,
    )


def sentence(
    register: Register, row: Row, roles: tuple[str, ...], below: tuple[str, ...] = (), *, plain: bool = False
) -> str:
    """Return what a record is about in one line; ``plain`` leaves class P3 out."""
    names = _SAYING.get(register.key, register.title)
    said = [shown(register, row, name) for name in names if not (plain and register.field(name).sens >= Sens.P3)]
    said = [*(words for words in said if words), *below]
    words = "：".join((said[0], "；".join(said[1:]))) if len(said) > 1 else "".join(said)
    as_what = "、".join(role for role in roles if role not in words)
    if as_what and register.key in _WITH_ROLES:
        words = f"{words}（{as_what}）"
    return words or register.label


def said_below(child: Register, row: Row) -> tuple[str, ...]:
    """Return what a row under a record says of its person."""
    found = (shown(child, row, name) for name in _SAYING_BELOW.get(child.key, ()))
    return tuple(words for words in found if words)


def line_below(register: Register, above: Row, child: Register, row: Row) -> Line:
    """Return the line of one row of an archive; private fields say nothing, the name of a relative stands covered."""
    day = as_day(row.values.get(child.main_date)) if child.main_date else None
    who = covered_in(f"{register.key}.{child.key}", child, row)
    names = [name for name in child.columns if name != child.main_date]
    said = [who.mask if who and name == NAMES[child.key] else shown(child, row, name) for name in names]
    words = f"{child.label}：{'，'.join(word for word in said if word)}".rstrip("：")
    return Line(BELOW[child.key], register.key, above.id, above.no, day, words, "", "", covered=who)


def shown(register: Register, row: Row, name: str) -> str:
    """Return a field as one line of words; nothing of class P4, nothing private."""
    if not register.has(name):
        return ""
    field = register.field(name)
    if field.sens is Sens.P4 or field.private:
        return ""
    words = " ".join(values.show(field, row.values.get(name)).split())
    if words and field.kind is FieldKind.INTEGER and field.label.endswith("年度"):
        # Without its unit a year at the head of a line is taken for a number.
        words = f"{words} 年度"
    return f"{words[:_LONGEST]}…" if len(words) > _LONGEST else words


def as_day(value: Value) -> date | None:
    """Return the day of a value that has one."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _day(register: Register, row: Row) -> date | None:
    first = _HAPPENED if register.has(_HAPPENED) else register.main_date
    return as_day(row.values.get(first)) or as_day(row.values.get(register.main_date)) if first else None


def _state_words(register: Register, state: str) -> str:
    if register.flow is None or not state:
        return ""
    known = {each.code: each.label for each in register.flow.states}
    return known.get(state, state)


def holding(person: Row, posts: Sequence[Row], on: date) -> Row:
    """Return a person with the post held on a day by the history; what the history does not say is left open."""
    held = [
        row
        for row in posts
        if (began := as_day(row.values.get("held_from"))) is not None
        and began <= on
        and ((ended := last_day(row.values.get("held_to"))) is None or on <= ended)
    ]
    post = max(held, key=lambda row: str(row.values.get("held_from"))).values if held else {}
    then = {"unit_now": post.get("unit"), "post_now": post.get("post"), "rank_now": post.get("rank_level")}
    return replace(person, values={**person.values, **then, "duties_now": post.get("duties"), "post_since": None})
