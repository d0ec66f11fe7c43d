"""Why the officer may have to step back from a review item, by the group's own registers: asked, never decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from paizhu.base import values
from paizhu.base.rows import Change, Ref, Row, ids_in
from paizhu.base.text import folded, same_name
from paizhu.base.view import View
from paizhu.registers.outside import OUTSIDE
from paizhu.registers.people import PERSON
from paizhu.registers.review import REVIEW
from paizhu.rules.flags.matching import likeness
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.preparing import day_of
from paizhu.services.records import Records
from paizhu.services.two_hats.numbers import data
from paizhu.storage import queries
from paizhu.storage.tables import table

_NAMED = ("reporter", "leader_in_charge", "handler", "co_handler")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One reason why the officer may have to step back from an item, and the record that says so."""

    words: str
    register: str = ""
    id: int = 0


class Recusal:
    """Compares review items with what is known of the officer himself."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._officer = str(desk.setting("officer")).strip()

    def prompts(self, item: Row) -> list[Prompt]:
        """Return why the officer may have to step back from a review item; nothing without his name in the settings.

        He handled it, had it in his charge, or somebody close to him stands in it, by the group's own registers.
        """
        if not self._officer:
            return []
        own = self._own()
        found = [*self._by_hand(item), *self._by_charge(item, own), *self._by_order(item), *self._by_kin(item, own)]
        return list(dict.fromkeys(found))

    def recuse(self, item: Row) -> Change:
        """Put the officer on the item's list of those who have to step back, in one act."""
        listed = item.values.get("recusal_list")
        names = [ref.label for ref in listed if isinstance(ref, Ref)] if isinstance(listed, tuple) else []
        if not any(same_name(name, self._officer) for name in names):
            names.append(self._officer)
        return Records(self._desk).save(REVIEW, {"recusal_list": "、".join(names)}, item.id, item.version)

    def _own(self) -> Row | None:
        """Return the officer's record in the roster; None when there is none, or more than one of his name."""
        found = Roster(self._desk.vault).matches(PERSON.key, self._officer)
        if len(found) != 1:
            return None
        with self._desk.vault.read() as connection:
            return queries.one(connection, table(PERSON), found[0][0])

    def _by_hand(self, item: Row) -> Iterator[Prompt]:
        for name in ("reporter", "leader_in_charge"):
            ref = item.values.get(name)
            if isinstance(ref, Ref) and same_name(ref.label, self._officer):
                yield Prompt(f"您是本议题的{REVIEW.field(name).label}", REVIEW.key, item.id)

    def _by_charge(self, item: Row, own: Row | None) -> Iterator[Prompt]:
        """Yield where the department that submits the item was in the officer's charge, or was his own."""
        dept = item.values.get("submit_dept")
        if own is None or not isinstance(dept, Ref):
            return
        with self._desk.vault.read() as connection:
            posts = queries.children(connection, table(PERSON, "post_history"), own.id)
        for post in posts:
            unit, duties = post.values.get("unit"), folded(str(post.values.get("duties") or ""))
            since, until = post.values.get("held_from"), post.values.get("held_to")
            when = f"{str(since or '')[:7]} 至 {str(until or '今')[:7]}"
            if isinstance(unit, Ref) and same_name(unit.label, dept.label):
                yield Prompt(f"您 {when} 在{dept.label}任{post.values.get('post')}", PERSON.key, own.id)
            elif folded(dept.label) and folded(dept.label) in duties:
                yield Prompt(f"您 {when} 分管过{dept.label}", PERSON.key, own.id)

    def _by_order(self, item: Row) -> Iterator[Prompt]:
        """Yield work the host unit had the officer do on the very matter: named there, or called nearly the same."""
        with self._desk.vault.read() as connection:
            rows = list(queries.every(connection, View(OUTSIDE.key)))
        title, alike = str(item.values.get("title") or ""), float(data()["alike_percent"])
        for row in rows:
            if row.values.get("answer") == "declined":
                continue
            named = item.id in ids_in(row.values.get("review_ref"), REVIEW.key)
            what = str(row.values.get("what") or "")
            if named or (what and title and likeness(what, title) >= alike):
                day = day_of(row.values.get("done_on"))
                who = row.values.get("ordered_by")
                by = f"{who.label}交办，" if isinstance(who, Ref) else ""
                yield Prompt(f"您经手过：{day} {what}（{by}职责外事项 {row.no}）", OUTSIDE.key, row.id)

    def _by_kin(self, item: Row, own: Row | None) -> Iterator[Prompt]:
        """Yield persons and companies of the item that are close to the officer, by his own relations and ties."""
        if own is None:
            return
        with self._desk.vault.read() as connection:
            relations = queries.children(connection, table(PERSON, "relation"), own.id)
            ties = queries.children(connection, table(PERSON, "business_link"), own.id)
            candidates = queries.children(connection, table(REVIEW, "candidate"), item.id)
        involved = [item.values.get(name) for name in _NAMED] + [row.values.get("person") for row in candidates]
        for row in relations:
            relative = row.values.get("relative")
            for other in involved:
                if isinstance(relative, Ref) and isinstance(other, Ref) and same_name(relative.label, other.label):
                    kind = values.show(PERSON.child("relation").field("relation"), row.values.get("relation"))
                    yield Prompt(f"议题涉及的{other.label}与您有登记的关系：{kind or '未写明'}", PERSON.key, own.id)
        supplier = item.values.get("supplier")
        for row in ties:
            company = row.values.get("company")
            if isinstance(company, Ref) and isinstance(supplier, Ref) and same_name(company.label, supplier.label):
                yield Prompt(f"供应商{supplier.label}与您或亲属有登记的往来", PERSON.key, own.id)
