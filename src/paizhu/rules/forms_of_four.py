"""四种形态: one result for one person in one matter, from a lead to its heaviest measure (``domain.md`` 6.4).

Counting starts at a lead and goes by the final result; a talk without a lead is not counted. Leads that end in one
case, or in decisions of one day about one person, are one result.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from paizhu.base.rows import Ref, Row, Value, Values
from paizhu.registers.measure_kinds import GONE
from paizhu.rules.counting import Ledger, PersonKey, Record, day_of

FORMS = ("f1", "f2", "f3", "f4")
_NONE = "none"
# A case keeps its first-form measures by the codes of the talk, where 其他 needs no prefix.
_FIRST_OTHER = {"other": "first_other"}

FormOf = Mapping[str, str]
"""Which form a kind of measure belongs to; kinds that are not in it belong to none."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure that ended a matter: its form, its day, and the record that says so."""

    form: str
    day: date | None
    record: Record
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One 人次: the heaviest form of a matter, on the day it was first reached; ``row`` is the lead or its case.

    ``kind`` is the measure that reached it, where one is recorded.
    """

    form: str
    kind: str
    day: date | None
    row: Row
    also: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Matter:
    """Leads and the case they end in, about one person."""

    person: PersonKey
    rows: tuple[Row, ...]
    outcomes: tuple[Outcome, ...]


def results(ledger: Ledger, form_of: FormOf) -> list[Result]:
    """Return every result that counts, whatever its day; what is still open has none."""
    made: list[Result] = ledger.once("forms of four", lambda: _results(ledger, form_of))
    return made


def _results(ledger: Ledger, form_of: FormOf) -> list[Result]:
    reached: list[tuple[PersonKey, Result]] = []
    for matter in _matters(ledger, form_of):
        found = _heaviest(matter.outcomes)
        if found is None:
            continue
        main, *rest = matter.rows
        also = dict.fromkeys([(row.register, row.id) for row in rest] + [each.record for each in matter.outcomes])
        also.pop((main.register, main.id), None)
        reached.append((matter.person, Result(found.form, found.kind, found.day, main, tuple(also))))
    return _joined(reached)


def _joined(reached: Iterable[tuple[PersonKey, Result]]) -> list[Result]:
    """Take matters of one person that were decided on one day for one result."""
    found: dict[tuple[object, ...], Result] = {}
    for number, (person, result) in enumerate(reached):
        # Without a day nothing says that two decisions were one.
        key = (person, result.day) if result.day else (person, number)
        known = found.get(key)
        if known is None:
            found[key] = result
            continue
        heavier = result if result.form > known.form else known
        also = (*known.also, (result.row.register, result.row.id), *result.also)
        found[key] = Result(heavier.form, heavier.kind, known.day, known.row, tuple(dict.fromkeys(also)))
    return list(found.values())


def _heaviest(outcomes: Iterable[Outcome]) -> Outcome | None:
    """Return the heaviest outcome; of equal ones the earliest, so that a lighter or equal one never moves a figure."""
    counted = [each for each in outcomes if each.form in FORMS]
    if not counted:
        return None
    top = max(each.form for each in counted)
    return min((each for each in counted if each.form == top), key=lambda each: each.day or date.max)


def _matters(ledger: Ledger, form_of: FormOf) -> list[_Matter]:
    grouped: dict[tuple[Record, PersonKey], list[Row]] = {}
    cases: dict[Record, Row] = {}
    for lead in ledger.rows("lead"):
        case = case_of(ledger, lead)
        anchor = case or lead
        cases[anchor.register, anchor.id] = anchor
        person = _person(ledger, lead)
        grouped.setdefault(((anchor.register, anchor.id), person), []).append(lead)
    led = {anchor for anchor, _ in grouped}
    for case in ledger.rows("case"):
        # A case of an old ledger may name its lead by words only; that is a lead all the same.
        if ("case", case.id) not in led and _in_words(case.values.get("lead_ref")):
            grouped[("case", case.id), _person(ledger, case)] = [case]
            cases["case", case.id] = case
    made = []
    for (anchor_key, person), rows in grouped.items():
        anchor = cases[anchor_key]
        outcomes = [outcome for row in rows if row.register == "lead" for outcome in _of_lead(ledger, row, form_of)]
        if anchor.register == "case":
            outcomes += _of_case(ledger, anchor, form_of)
        made.append(_Matter(person, tuple(rows), tuple(outcomes)))
    made += _old_measures(ledger, form_of)
    return made


def case_of(ledger: Ledger, lead: Row) -> Row | None:
    """Return the case a lead ended in, whichever of the two names the other."""
    found = ledger.find(lead.values.get("case_ref"), "case")
    return found or next(iter(ledger.pointing("case", "lead_ref", lead)), None)


def _person(ledger: Ledger, row: Row) -> PersonKey:
    unit = row.values.get("subject_unit") or row.values.get("unit_id")
    # A row without a person stands for nobody else.
    return ledger.person(row.values.get("subject"), unit) or (row.register, str(row.id))


def _of_measures(measures: Iterable[Row], form_of: FormOf) -> list[Outcome]:
    return [
        Outcome(form_of.get(kind, _NONE), day_of(row.values.get("decided_at")), ("measure", row.id), kind)
        for row in measures
        for kind in (str(row.values.get("kind") or ""),)
        if row.values.get("changed") not in GONE
    ]


def _of_lead(ledger: Ledger, lead: Row, form_of: FormOf) -> list[Outcome]:
    """Return what ended a lead: its measures, a first-form decision, the answer believed, else the form written."""
    values, record = lead.values, ("lead", lead.id)
    ended = _ended(values)
    found = _of_measures(ledger.pointing("measure", "lead_ref", lead), form_of)
    kinds = values.get("measures")
    for kind in kinds if isinstance(kinds, tuple) else ():
        form = form_of.get(str(kind), _NONE)
        first = day_of(values.get("first_decided_at"))
        found.append(Outcome(form, (first if form == "f1" else None) or ended, record, str(kind)))
    if not any(each.form in FORMS for each in found) and credited(values):
        found.append(Outcome("f1", ended, record, "closed_inquiry"))
    written = str(values.get("form") or "")
    if written in FORMS and not any(each.form in FORMS for each in found):
        found.append(Outcome(written, ended, record))
    return found


def _of_case(ledger: Ledger, case: Row, form_of: FormOf) -> list[Outcome]:
    values, record = case.values, ("case", case.id)
    found = _of_measures(ledger.pointing("measure", "case_ref", case), form_of)
    if values.get("judicial_at") or values.get("outcome") == "judicial":
        day = day_of(values.get("judicial_at")) or day_of(values.get("decided_at"))
        found.append(Outcome("f4", day, record, "judicial"))
    if values.get("first_measures") or values.get("first_decided_at"):
        taken = values.get("first_measures")
        kind = str(taken[0]) if isinstance(taken, tuple) and taken else ""
        found.append(Outcome("f1", day_of(values.get("first_decided_at")), record, _FIRST_OTHER.get(kind, kind)))
    return found


def _old_measures(ledger: Ledger, form_of: FormOf) -> list[_Matter]:
    """Return measures of old ledgers that name a lead by words only."""
    grouped: dict[tuple[PersonKey, str], list[Row]] = {}
    for row in ledger.rows("measure"):
        named = row.values.get("lead_ref")
        if not isinstance(named, Ref) or not _in_words(named) or ledger.find(named, "lead"):
            continue
        if ledger.find(row.values.get("case_ref"), "case"):
            continue
        grouped.setdefault((_person(ledger, row), named.label), []).append(row)
    return [_Matter(person, tuple(rows), tuple(_of_measures(rows, form_of))) for (person, _), rows in grouped.items()]


def _in_words(ref: Value) -> bool:
    """Tell whether a lead is named that stands in no register; one that was voided does not count as a lead."""
    return isinstance(ref, Ref) and not ref.linked and bool(ref.label.strip())


def credited(values: Values) -> bool:
    """Tell whether a lead ended with 谈话函询了结: asked, believed, closed as such."""
    return (
        values.get("mode") == "talk_inquiry"
        and values.get("report_opinion") == "credited"
        and _ended(values) is not None
    )


def _ended(values: Values) -> date | None:
    return day_of(values.get("closed_at")) or day_of(values.get("first_decided_at"))


def without_lead(ledger: Ledger, form_of: FormOf) -> list[Row]:
    """Return measures that are not counted because no lead stands behind them; the officer may have forgotten it."""
    found = []
    for row in ledger.rows("measure"):
        if row.values.get("changed") in GONE or form_of.get(str(row.values.get("kind") or "")) not in FORMS:
            continue
        case = ledger.find(row.values.get("case_ref"), "case")
        named = [row.values.get("lead_ref"), *([case.values.get("lead_ref")] if case else [])]
        led = any(_in_words(each) or ledger.find(each, "lead") for each in named)
        if not led and not (case is not None and ledger.pointing("lead", "case_ref", case)):
            found.append(row)
    return found


def disagreements(ledger: Ledger, form_of: FormOf) -> list[tuple[Row, str, str, date | None]]:
    """Return leads whose written form is not that of their measures: row, written form, form that counts, its day."""
    found = []
    for matter in _matters(ledger, form_of):
        top = _heaviest(matter.outcomes)
        for row in matter.rows:
            written = str(row.values.get("form") or "") if row.register == "lead" else ""
            if written and top is not None and written != top.form:
                found.append((row, written, top.form, top.day))
    return found
