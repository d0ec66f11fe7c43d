"""The invented vault: a unit that does not exist, its people, ledgers and a year of supervision, dated from today.

Everything comes from ``resources/sample/*.toml``; it is written as an officer would, one act per register.
"""

import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from paizhu.base import clock, paths
from paizhu.base.errors import InvalidRecordError
from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Sealed, Value, Values
from paizhu.services import deriving, preparing
from paizhu.services.linking import Roster
from paizhu.services.office import Office
from paizhu.services.preparing import day_of
from paizhu.services.proposing import naming_field
from paizhu.services.register_keys import register_of
from paizhu.services.reviews.lists import beginning
from paizhu.services.subject_then import SubjectThen
from paizhu.services.talks.plan import TalkPlan
from paizhu.services.talks.rules import TalkRules
from paizhu.storage.journal import Act

UNIT = "某市示例住房局"
GROUP = "驻某市示例住房局纪检监察组"
OFFICER = "陈守正"
FILES = ("people", "duties", "reviews", "talks", "cases", "findings", "opinions", "outside")
ORDER = (
    "unit",
    "person",
    "supplier",
    "duty_item",
    "meeting",
    "review_item",
    "integrity_talk",
    "petition",
    "lead",
    "case",
    "measure",
    "supervision_activity",
    "risk_point",
    "finding",
    "proposal",
    "integrity_opinion",
    "integrity_archive",
    "outside_work",
)
_DAY = re.compile(r"@([w<]?)(-?\d+)(?: (\d\d:\d\d))?")
_TALKS_A_YEAR = 2
_ANCHORS = ("planned_date", "due_date", "received_at", "done_on")


def build(office: Office) -> dict[str, int]:
    """Fill an empty vault with the sample and mark it as such; returns how many records each register got."""
    names = {"unit": UNIT, "group": GROUP, "officer": OFFICER}
    for name, words in names.items():
        office.desk.set_setting(name, words)
    made = _Builder(office).run()
    # What the list says of hints is what an item's own page will say, from the first look on.
    office.flags.recompute()
    TalkRules(office.desk).set_count("yearly", _TALKS_A_YEAR, "示例：本组年度谈话计划")
    office.search.rebuild()
    # Whoever looks round presses the key of undo after an act of his own: none of these is.
    office.desk.set_setting("sample", office.history.entries(1)[0].id)
    return made


class _Builder:
    """Turns the tables of the sample into records; remembers records by key for those that point to them."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._desk = office.desk
        self._keys: dict[str, Ref] = {}
        self._days: dict[str, str] = {}

    def run(self) -> dict[str, int]:
        """Write every register in the order in which they point to each other."""
        tables = read()
        return {key: self._write(register_of(key), tables[key]) for key in ORDER}

    def _write(self, register: Register, data: Mapping[str, Any]) -> int:
        roster = Roster(self._office.vault)
        count, points = 0, TalkPlan(self._desk)
        with self._office.vault.act("save", f"示例：{register.label}") as act:
            for given in entries(data):
                key = given.pop("key", "")
                papers = given.pop("papers", ())
                looked_through, given_points = given.pop("looked_through", False), given.pop("templated", False)
                made, rows = self._prepared(register, given, data, roster)
                if given_points:
                    rows = {"point": [dict(each) for each in points.points(str(made.get("kind") or ""))], **rows}
                if looked_through:
                    rows = {**self._looked_through(made), **rows}
                if papers:
                    made[papers[0][1].partition(":")[0]] = len(papers)
                self._office.records.numbers.give(act, register, made)
                record_id = act.create(register, made, rows)
                self._put_papers(act, register, record_id, papers)
                count += 1
                label = str(made.get(naming_field(register)) or "")
                if label:
                    roster.add(register.key, record_id, label)
                if key:
                    self._keys[key] = Ref(label, register.key, record_id)
                    if register.main_date:
                        self._days[key] = str(made.get(register.main_date) or "")[:10]
        return count

    def _put_papers(self, act: Act, register: Register, record_id: int, papers: Sequence[tuple[str, str]]) -> None:
        """Hang invented papers at a record, each in its place."""
        contents = self._office.vault.attachments
        with tempfile.TemporaryDirectory() as folder:
            for name, slot in papers:
                path = Path(folder) / name
                path.write_text(f"{name}：示例文件，内容是编的。\n", encoding="utf-8")
                digest = contents.store(path)
                facts = {"register": register.key, "record_id": record_id, "slot": slot, "name": name}
                stored = {"size": contents.size(digest), "digest": digest}
                added = {"added_by": OFFICER, "added_at": clock.now().isoformat(timespec="minutes")}
                act.attach({**facts, **stored, **added})

    def _prepared(
        self, register: Register, given: dict[str, Any], data: Mapping[str, Any], roster: Roster
    ) -> tuple[dict[str, Value], dict[str, list[dict[str, Value]]]]:
        kinds = {child.key: child for child in register.rows}
        below = {key: given.pop(key) for key in list(given) if key in kinds}
        self._follow(register, given, data)
        rows = {
            key: [self._values(kinds[key], dict(each), roster) for each in members] for key, members in below.items()
        }
        return self._values(register, given, roster, rows), rows

    def _looked_through(self, made: Values) -> dict[str, list[dict[str, Value]]]:
        """Return the points and papers of an item of this category, all of them in order."""
        lists = beginning(self._office.vault, str(made.get("category") or ""))
        came = day_of(made.get("submitted_at"))
        return {
            "check": [{**row, "answer": "yes"} for row in lists["check"]],
            "material": [{**row, "received": True, "received_at": came} for row in lists["material"]],
        }

    def _follow(self, register: Register, given: dict[str, Any], data: Mapping[str, Any]) -> None:
        """Fill days that follow from the main one, so many working days before or after it; facts by today."""
        anchor = self._anchor(given)
        early = given.get("state") in data.get("early", ())
        always = data.get("always", ())
        if anchor is None:
            return
        of_state = data.get("dates_of", {}).get(given.get("state"), {})
        for name, ahead in {**data.get("dates", {}), **of_state}.items():
            if name in given or (early and name not in always):
                continue
            day = self._desk.calendar.add_working_days(anchor, ahead) if ahead else anchor
            given[name] = str(min(day, self._desk.today) if register.field(name).dated.planned is False else day)

    def _anchor(self, given: Mapping[str, Any]) -> date | None:
        meeting = str(given.get("meeting") or "")
        if meeting.startswith("&"):
            return date.fromisoformat(self._days[meeting[1:]])
        for name in _ANCHORS:
            if given.get(name):
                return date.fromisoformat(str(self._meant(given[name]))[:10])
        return None

    def _values(
        self,
        register: Register,
        given: dict[str, Any],
        roster: Roster,
        rows: Mapping[str, Sequence[Values]] | None = None,
    ) -> dict[str, Value]:
        state = given.pop("state", None)
        read = preparing.read_typed(
            register,
            {name: self._meant(raw) for name, raw in given.items()},
            self._desk.reading,
        )
        values = {
            name: Sealed(self._office.vault.seal(str(value), name))
            if register.field(name).kind is FieldKind.SEALED and value
            else value
            for name, value in read.values.items()
        }
        made = preparing.complete(register, values, roster, deriving.aids(self._desk, rows))
        made |= SubjectThen(self._office.vault, self._desk.today).arriving(register, made, values)
        problems = [*read.problems, *preparing.objections(register, {**made, "state": state} if state else made)]
        if problems:
            raise InvalidRecordError(problems)
        if state and register.flow:
            made["state"] = register.flow.state(str(state)).code
        return made

    def _meant(self, raw: Any) -> Any:
        if isinstance(raw, list):
            return [self._meant(each) for each in raw]
        if not isinstance(raw, str):
            return raw
        if raw.startswith("&"):
            return self._keys[raw[1:]]
        year = self._desk.today.year
        if found := _DAY.fullmatch(raw):
            return " ".join(filter(None, (self._day(found[1], int(found[2])).isoformat(), found[3])))
        return raw.replace("{year}", str(year)).replace("{last}", str(year - 1))

    def _day(self, unit: str, count: int) -> date:
        calendar = self._desk.calendar
        today = self._desk.today
        if unit != "w":
            day = today + timedelta(days=count)
            return calendar.on_or_before(min(day, date(today.year, 12, 31)) if unit == "<" else day)
        return calendar.add_working_days(today, count) if count else calendar.on_or_after(today)


def read() -> dict[str, Any]:
    """Return the tables of the sample by register."""
    found: dict[str, Any] = {}
    folder = paths.resources() / "sample"
    for name in FILES:
        found |= tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    return found


def entries(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield each record of a table: its columns, what stands beside them, and what goes without saying."""
    for row in data["rows"]:
        more = row[-1] if isinstance(row[-1], dict) else {}
        named = dict(zip(data["columns"], row, strict=False))
        finished = {} if named.get("state") in data.get("early", ()) else data.get("finished", {})
        given = {**data.get("defaults", {}), **finished}
        for case in data.get("when", ()):
            if named.get(case["name"]) == case["is"]:
                given.update(case["then"])
        given.update({**{name: value for name, value in named.items() if value != ""}, **more})
        yield {name: value for name, value in given.items() if value not in ("", [])}


def ledgers() -> list[Path]:
    """Return the ledgers of the invented unit as they were kept in spreadsheets until now, to try an import."""
    return sorted((paths.resources() / "sample").glob("*.xlsx"))
