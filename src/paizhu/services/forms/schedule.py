"""When each form falls due again: its cycle, what was sent last, the next period and its working day.

A form is due so many working days after the end of its period; how many is a setting, and may be another for one form.
"""

import base64
import json
import re
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from paizhu.base.errors import NotFoundError
from paizhu.base.rows import Change
from paizhu.documents.forms.read import Form
from paizhu.rules import limits, periods
from paizhu.rules.limits import Standing
from paizhu.services import keeping
from paizhu.services.desk import Desk
from paizhu.services.forms.memory import FormMemory, Sent
from paizhu.storage.journal import Act

Cycle = Literal["month", "quarter", "half", "year"]
CYCLES: Mapping[Cycle, str] = {"month": "月报", "quarter": "季报", "half": "半年报", "year": "年报"}
PLAN, _BLANK = "form_plan", "form_blank"
_LARGEST = 8 * 1024 * 1024
"""Bytes of a blank form that is still kept in the vault; a larger one is asked for again."""
_UNSAFE = re.compile(r'[\\/:*?"<>|]')


@dataclass(frozen=True, slots=True)
class Plan:
    """One form to be sent: its key and name, cycle, days after the period, what was sent last, the next due day.

    ``over`` tells whether that period is over, so that it can be filled; ``blank`` whether the blank form is kept, so
    that one click does it.
    """

    key: str
    name: str
    cycle: Cycle
    days: int
    last: Sent | None
    period: str
    due: date
    standing: Standing
    over: bool
    blank: bool

    @property
    def state(self) -> str:
        """Return overdue, today, soon, later, or sent when the next period is still running."""
        return self.standing.state if self.over else "sent" if self.last else "later"


class Schedule:
    """Keeps the blank forms with their cycles, and tells what is to be sent next."""

    def __init__(self, desk: Desk, memory: FormMemory) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._memory = memory
        self._folder: Path | None = None

    def plans(self) -> list[Plan]:
        """Return every form that is sent again and again, the most urgent first, each in its newest edition."""
        sent: dict[str, list[Sent]] = {}
        for each in self._memory.sent():
            sent.setdefault(each.form, []).append(each)
        names = self._memory.names()
        followed = self._memory.followed()
        blanks = set(self._vault.kept_names(_BLANK))
        found = []
        for key, name in names.items():
            kept = self._kept(key)
            if key in followed or kept.get("stopped"):
                continue
            earlier = [each for old in (key, *_before(key, followed)) for each in sent.get(old, ())]
            found.append(self._plan(key, name, kept, earlier, key in blanks))
        return sorted(found, key=lambda plan: (plan.due, plan.name))

    def due(self) -> list[Plan]:
        """Return the forms that were sent before, whose next period is over and whose day is near or past."""
        return [plan for plan in self.plans() if plan.last and plan.state in ("overdue", "today", "soon")]

    def set(
        self, key: str, *, cycle: Cycle | None = None, days: int | None = None, stopped: bool = False
    ) -> Change | None:
        """Set how often a form is sent and by when, or that it is sent no more, in one act; what was sent stays.

        None when it stood so already.
        """
        before = self._kept(key)
        kept = {**before, "stopped": stopped}
        if cycle is not None:
            kept["cycle"] = cycle
        if days is not None:
            kept["days"] = days
        if kept == {"stopped": False, **before}:
            return None
        name = self._memory.names().get(key, "")
        told = CYCLES[kept.get("cycle") or "month"]
        by = f"，期末后 {kept['days']} 个工作日内报" if kept.get("days") else ""
        words = f"报表周期：《{name}》不再列入要报的表" if stopped else f"报表周期：《{name}》改为{told}{by}"
        return keeping.keep(self._desk, words, PLAN, {key: _spelt(kept)})

    # --- the blank form --------------------------------------------------------------------------------------

    def keep(self, form: Form) -> None:
        """Keep the blank form for the next time: a copy at hand, and too large for the journal."""
        content = form.path.read_bytes()
        if len(content) <= _LARGEST:
            self._vault.keep(_BLANK, form.fingerprint, base64.b64encode(content).decode("ascii"))

    def follow(self, act: Act, form: Form, cycle: Cycle) -> None:
        """Write by the act that sends a form how often it is sent; one that is sent again is on the list again."""
        key = form.fingerprint
        kept = {"cycle": cycle, **self._kept(key), "stopped": False, "suffix": form.path.suffix}
        act.keep(PLAN, key, _spelt(kept))

    def blank(self, plan: Plan) -> Path:
        """Return a copy of the blank form to be filled; it is gone when the vault is closed."""
        body = self._vault.kept(_BLANK, plan.key)
        if body is None:
            raise NotFoundError(f"《{plan.name}》的空白表没有留存", "指定过的格子都在", "请再选一次空白表")
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="paizhu-form-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        suffix = str(self._kept(plan.key).get("suffix") or ".xlsx")
        path = self._folder / f"{_UNSAFE.sub('_', plan.name) or 'form'}{suffix}"
        path.write_bytes(base64.b64decode(body))
        return path

    # --- the machine -----------------------------------------------------------------------------------------

    def _kept(self, key: str) -> dict[str, Any]:
        body = self._vault.kept(PLAN, key)
        return dict(json.loads(body)) if body else {}

    def _plan(self, key: str, name: str, kept: Mapping[str, Any], sent: Iterable[Sent], blank: bool) -> Plan:
        cycle: Cycle = kept.get("cycle") or "month"
        days = int(kept.get("days") or self._desk.setting("report_days"))
        own = [each for each in sent if cycle_of(each.period) == cycle]
        last = max(own, key=lambda each: (each.period, each.at), default=None)
        today, calendar = self._desk.today, self._desk.calendar
        period = periods.following(last.period) if last else periods.previous(running(cycle, today))
        end = periods.period(period, int(self._desk.setting("cutoff_day"))).end
        due = calendar.add_working_days(end, days)
        standing = limits.standing(due, today, calendar, int(self._desk.setting("soon_days")))
        return Plan(key, name, cycle, days, last, period, due, standing, end < today, blank)


def _spelt(kept: Mapping[str, Any]) -> str:
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _before(key: str, followed: Mapping[str, str]) -> list[str]:
    """Return the editions that a form took the place of, the newest first."""
    found: list[str] = []
    at = key
    while earlier := next((old for old, new in followed.items() if new == at and old not in found), None):
        found.append(earlier)
        at = earlier
    return found


def cycle_of(period: str) -> Cycle:
    """Return the cycle a period is one of."""
    tail = period[4:]
    return "year" if not tail else "quarter" if tail[1] == "Q" else "half" if tail[1] == "H" else "month"


def cycle_named(words: str) -> Cycle:
    """Return the cycle of this name; a month for one that is not known."""
    return next((cycle for cycle in CYCLES if cycle == words), "month")


def running(cycle: Cycle, today: date) -> str:
    """Return the period of a cycle that a day lies in."""
    year = f"{today.year:04d}"
    match cycle:
        case "year":
            return year
        case "half":
            return f"{year}-H{(today.month + 5) // 6}"
        case "quarter":
            return f"{year}-Q{(today.month + 2) // 3}"
        case _:
            return f"{year}-{today.month:02d}"
