"""Which running deadlines move when the days or limits they are counted by are changed; the change is journalled."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.field import FieldKind
from paizhu.base.rows import Value
from paizhu.services import deriving, keeping
from paizhu.services.history import History
from paizhu.storage import queries
from paizhu.storage.journal import Act
from paizhu.storage.tables import table

if TYPE_CHECKING:
    from paizhu.services.deadlines.task import Task
    from paizhu.services.deadlines.today import Today
    from paizhu.services.desk import Desk

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """One running deadline whose due day is another one now."""

    register: str
    id: int
    no: str
    title: str
    what: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Recount:
    """What a change of days or limits did: its words, the deadlines that moved, and its entry of the journal."""

    words: str
    moved: tuple[Moved, ...]
    entry: int

    @property
    def sentence(self) -> str:
        """The change with how many deadlines moved, for the undo bar."""
        return f"{self.words}。" + (f"{len(self.moved)} 项期限跟着变动。" if self.moved else "在办的期限没有变动。")


def moves(before: Sequence["Task"], after: Sequence["Task"]) -> tuple[Moved, ...]:
    """Return the tasks that stand in both lists with another due day, the earliest new day first."""
    then = {(task.register, task.id, task.row, task.what): task.due for task in before}
    found = []
    for task in after:
        due = then.get((task.register, task.id, task.row, task.what))
        if due is not None and due != task.due:
            found.append(Moved(task.register, task.id, task.no, task.title, task.what, due, task.due))
    return tuple(sorted(found, key=lambda each: (each.after, each.register, each.id)))


Fresh = Callable[[Mapping[str, str | None]], Mapping[str, Any]]
"""What the desk counts by (calendar, limits) when these texts are kept, by the name of its attribute."""


def recount(
    desk: "Desk",
    today: "Today",
    kind: str,
    bodies: Mapping[str, Mapping[str, Any] | None],
    words: str,
    fresh: Fresh,
) -> Recount:
    """Keep bodies of one kind by name (None forgets), count every running deadline again, and journal the change."""
    texts = {
        name: json.dumps(body, ensure_ascii=False, sort_keys=True) if body is not None else None
        for name, body in bodies.items()
    }
    return _keep(desk, today, kind, texts, words, fresh)


def take_back(desk: "Desk", today: "Today", done: Recount) -> Recount:
    """Undo a change as Ctrl+Z does, and tell which deadlines move back."""
    before = today.every()
    undone = History(desk).undo(done.entry)
    if undone.kept:
        raise NotAllowedError("这项设定后来又改过", "保持现在的设定", "到“修改记录”里先撤销后来的改动")
    return Recount(f"退回：{done.words}", moves(before, today.every()), undone.change.entry)


def _keep(
    desk: "Desk", today: "Today", kind: str, texts: Mapping[str, str | None], words: str, fresh: Fresh
) -> Recount:
    standing = {name: desk.vault.kept(kind, name) for name in texts}
    before = today.every()
    try:
        # Counted first, so that the entry of the journal can name what moves.
        desk.__dict__.update(fresh(texts))
        moved = moves(before, today.every())
        stored = _stored_days(desk, moved)
    finally:
        desk.count_anew()
    about: dict[str, Any] = {
        "before": standing,
        "after": dict(texts),
        "moved": [[each.register, each.id, each.what, each.before.isoformat(), each.after.isoformat()]
                  for each in moved],
    }  # fmt: skip
    named = "、".join(each.no or each.title for each in moved[:_NAMED])
    told = f"；期限变动 {len(moved)} 项：{named}{' 等' if len(moved) > _NAMED else ''}" if moved else ""

    def follow(act: Act) -> None:
        for (register, record_id), days in stored.items():
            act.change(register, record_id, None, days)

    made = keeping.keep(desk, words + told, kind, texts, deed=kind, follow=follow, about=about)
    return Recount(words, moved, made.entry)


def _stored_days(desk: "Desk", moved: Sequence[Moved]) -> dict[tuple[str, int], dict[str, Value]]:
    """Return the days that records keep of a deadline that moved, as they are now: paper and list show those."""
    found: dict[tuple[str, int], dict[str, Value]] = {}
    for key, record_id in dict.fromkeys((each.register, each.id) for each in moved):
        register = registers.register(key)
        if register.derive is None:
            continue
        with desk.vault.read() as connection:
            held = queries.one(connection, table(register), record_id).values
        made = register.derive(held, deriving.aids(desk, {}, record_id))
        days: dict[str, Value] = {
            name: day for name, day in made.items()
            if (field := register.field(name)).computed and field.kind is FieldKind.DAY
            and held.get(name) is not None and day is not None and day != held.get(name)
        }  # fmt: skip
        if days:
            found[key, record_id] = days
    return found
