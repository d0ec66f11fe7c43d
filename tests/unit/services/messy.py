"""Comparing what the program reads of a messy ledger with its right reading, written down by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paizhu import registers
from paizhu.services.importing.facts import Said
from paizhu.services.importing.ledgers import Plan
from paizhu.services.office import Office

FOLDER = Path(__file__).parents[2] / "data" / "messy"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@dataclass
class Reading:
    """What differs from the right reading; ``silent`` are wrong values that would be taken without a word."""

    differences: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)


def right(name: str) -> dict[str, Any]:
    """Return the right reading of a ledger."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def planned(office: Office, told: Mapping[str, Any]) -> Plan:
    """Read a ledger as the officer would begin: with its password, and with the people the roster knows."""
    for name, post in told["roster"]:
        office.records.save(registers.register("person"), {"name": name, "post_now": post})
    return office.importing.plan_known(FOLDER / str(told["file"]), password=told["password"] or None)


def corrected(office: Office, plan: Plan, correction: Mapping[str, Any]) -> None:
    """Say the one thing nobody could know."""
    if plan.unknown:
        office.importing.plan_unknown(plan, plan.unknown[0], correction["register"])
    office.importing.replan(plan, 0, Said(correction["register"], correction["mapping"]))


def compared(plan: Plan, told: Mapping[str, Any]) -> Reading:
    """Return what differs, in words."""
    found = Reading()
    read = plan.as_json()
    if sorted(read.get("unread", ())) != sorted(told["unread"]):
        found.differences.append(f"unread {read.get('unread', [])}, not {told['unread']}")
    sheets = read["sheets"]
    if [(each["name"], each["register"]) for each in sheets] != [
        (each["sheet"], each["register"]) for each in told["tables"]
    ]:
        found.differences.append(f"tables {[(each['name'], each['register'], each['header_rows']) for each in sheets]}")
        return found
    for sheet, wanted in zip(sheets, told["tables"], strict=True):
        _table(sheet, wanted, found)
    return found


def _table(sheet: Mapping[str, Any], wanted: Mapping[str, Any], found: Reading) -> None:
    fed = {each["column"]: each["field"] or "" for each in sheet["columns"]}
    facts = {
        "header_rows": (sheet["header_rows"], wanted["header"]),
        "first_row": (sheet["first_row"], wanted["first_row"]),
        "last_row": (sheet["last_row"], wanted["last_row"]),
        "columns": (fed, {letter: path for letter, path in wanted["fields"].items() if letter}),
        "skipped": ([each["row"] for each in sheet["skipped"]], wanted["skipped"]),
        "rows": ([str(each["row"]) for each in sheet["rows"]], list(wanted["rows"])),
        "hidden": (sheet["hidden"], {"rows": wanted["hidden_rows"], "columns": wanted["hidden_columns"]}),
    }
    found.differences += [f"{what} {ours}, not {theirs}" for what, (ours, theirs) in facts.items() if ours != theirs]
    paths = set(wanted["fields"].values()) | set(fed.values())
    for row in sheet["rows"]:
        _row(row, wanted, paths - {""}, found)


def _row(row: Mapping[str, Any], wanted: Mapping[str, Any], paths: set[str], found: Reading) -> None:
    number = str(row["row"])
    problems = [f"{each['column']}:{each['code']}" for each in row["problems"]]
    if sorted(problems) != sorted(wanted["problems"].get(number, ())):
        found.differences.append(f"row {number} problems {problems}, not {wanted['problems'].get(number, [])}")
    if (row["outcome"] == "refused") != (row["row"] in wanted["refused"]):
        found.differences.append(f"row {number} is {row['outcome']}")
    if row.get("extra", {}) != wanted["extra"].get(number, {}) and row["outcome"] != "refused":
        found.differences.append(f"row {number} keeps {row.get('extra', {})}")
    told_of = {each["field"] for each in row["problems"]}
    values = wanted["rows"].get(number, {})
    for path in sorted(paths if row["outcome"] != "refused" else ()):
        ours, theirs = _plain(row["values"].get(path)), values.get(path)
        if ours != theirs:
            found.differences.append(f"row {number} {path} is {ours!r}, not {theirs!r}")
            if ours is not None and path not in told_of:
                found.silent.append(f"row {number} {path} is {ours!r}, not {theirs!r}")


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [each["label"] if isinstance(each, dict) else each for each in value]
    return value
