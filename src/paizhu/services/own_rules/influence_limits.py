"""处分影响期表 of this office: what the law leaves open is set here, with reason and document, and put back at will.

A change moves the stored end of every measure it concerns, within the same act, so that undoing it moves them back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Change, Value
from paizhu.base.view import View
from paizhu.registers.measure import MEASURE
from paizhu.rules import influence_table
from paizhu.rules.influence_table import Kind, LocalLength
from paizhu.services import deriving, keeping
from paizhu.services.own_rules import in_force
from paizhu.services.own_rules.in_force import CHOICES, INFLUENCE
from paizhu.storage import queries
from paizhu.storage.journal import Act

if TYPE_CHECKING:
    from paizhu.services.desk import Desk

LABELS: Mapping[str, str] = {"month_end": "期满月份没有对应日的", "admin_again": "政务处分期内再受政务处分的"}
_PERIOD = ("period_from", "period_to", "expired_at")


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of measure: what holds here, what was shipped, and why they differ."""

    kind: Kind
    shipped: Kind
    reason: str = ""
    doc_no: str = ""

    @property
    def changed(self) -> bool:
        """Tell whether this office set another length."""
        return self.kind.months != self.shipped.months


class InfluenceLimits:
    """Shows and sets how long measures weigh in one vault."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._vault = desk.vault

    def lines(self) -> list[Line]:
        """Return every kind in the order of the table."""
        force, shipped = self._desk.influence.table.kinds, influence_table.shipped().kinds
        kept = {code: json.loads(text) for code, text in self._vault.kept_bodies(INFLUENCE).items()}
        return [
            Line(force[code], kind, kept.get(code, {}).get("reason", ""), kept.get(code, {}).get("doc_no", ""))
            for code, kind in shipped.items()
        ]

    def choice(self, name: str) -> str:
        """Return what was chosen where the sources disagree."""
        return str(getattr(self._desk.influence, name))

    def choose(self, name: str, value: str) -> Change:
        """Choose between the readings of the rule; measures that stand are counted anew."""
        if value not in CHOICES[name]:
            raise NotAllowedError(f"“{LABELS[name]}”没有这种算法", "影响期没有改动")
        shipped = getattr(influence_table.shipped(), name)
        return self._set(
            name, None if value == shipped else {"value": value}, f"{LABELS[name]}，{CHOICES[name][value]}"
        )

    def set_months(self, code: str, months: int, reason: str, doc_no: str) -> Change:
        """Set a length that no national rule fixes; it needs a reason and the number of its document."""
        # Asked of the rule itself, so that what the law fixes is refused in the same words everywhere.
        influence_table.settings(lengths={code: LocalLength(months, reason, doc_no)})
        kind = influence_table.shipped().kinds[code]
        body = {"months": months, "reason": reason.strip(), "doc_no": doc_no.strip()}
        return self._set(code, body, f"{kind.name}的影响期改为 {months} 个月（{doc_no.strip()}，{reason.strip()}）")

    def put_back(self, code: str) -> Change:
        """Return to the length the program came with."""
        return self._set(code, None, f"{influence_table.shipped().kinds[code].name}的影响期恢复内置值")

    # --- the machine -------------------------------------------------------------------------------------------

    def _set(self, name: str, body: Mapping[str, Any] | None, words: str) -> Change:
        text = None if body is None else json.dumps(body, ensure_ascii=False, sort_keys=True)
        moved = self._moved({name: text})

        def follow(act: Act) -> None:
            for record_id, new in moved.items():
                act.change(MEASURE, record_id, None, new)

        told = f"；期满日变动 {len(moved)} 条" if moved else ""
        about = {"name": name, "before": self._vault.kept(INFLUENCE, name), "after": text}
        return keeping.keep(self._desk, f"影响期表：{words}{told}", INFLUENCE, {name: text}, follow=follow, about=about)

    def _moved(self, instead: Mapping[str, str | None]) -> dict[int, dict[str, Value]]:
        """Return what changes in every measure that ends on another day once these texts are kept."""
        kept = {**self._vault.kept_bodies(INFLUENCE), **instead}
        self._desk.__dict__["influence"] = in_force.influence_of({code: text for code, text in kept.items() if text})
        try:
            with self._vault.read() as connection:
                rows = list(queries.every(connection, View(MEASURE.key)))
            found: dict[int, dict[str, Value]] = {}
            for row in rows:
                made = MEASURE.derive(row.values, deriving.aids(self._desk, {}, row.id)) if MEASURE.derive else {}
                new = {name: made[name] for name in _PERIOD if name in made and made[name] != row.values.get(name)}
                if new:
                    found[row.id] = new
            return found
        finally:
            self._desk.count_anew()
