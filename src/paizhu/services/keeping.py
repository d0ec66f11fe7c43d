"""What an office sets over what the program came with: each change is one ordinary act, and goes back like any other.

Days off, limits, influence periods, rules of talks, lists and numbers of flags lie in the vault by kind and name.
Whatever is counted from them is read anew once the act is done, and again when it is undone.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from paizhu.base.rows import Change
from paizhu.base.settings import Place, setting
from paizhu.storage.journal import KEPT, Act

if TYPE_CHECKING:
    from paizhu.services.desk import Desk

RULE = "rule"
"""Kind of the acts that set a rule."""


def keep(
    desk: "Desk",
    words: str,
    kind: str,
    texts: Mapping[str, str | None],
    *,
    deed: str = RULE,
    follow: Callable[[Act], None] | None = None,
    about: Mapping[str, Any] | None = None,
) -> Change:
    """Keep texts of one kind by name (None: as shipped) in one act; ``follow`` writes what else changes with it."""
    try:
        with desk.vault.act(deed, words, always=True, **(about or {})) as act:
            for name, text in texts.items():
                act.keep(kind, name, text)
            if follow:
                follow(act)
    finally:
        desk.count_anew()
    return act.result()


def change_setting(desk: "Desk", name: str, value: Any) -> Change:
    """Keep a setting the officer chose."""
    chosen = setting(name)
    if chosen.place is not Place.VAULT:
        raise KeyError(name)
    shown = dict(chosen.options).get(value, value)
    return keep(desk, f"设置：{chosen.label}改为“{shown}”", "setting", {name: str(value)})


def kinds(registers: Iterable[str]) -> list[str]:
    """Return the kinds of kept things among what an act touched."""
    return sorted(each.removeprefix(KEPT) for each in registers if each.startswith(KEPT))
