"""What should agree before a form is sent: parts and total, months and year, lists and figures, form and form."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from paizhu.base import values
from paizhu.registers.lead import LEAD
from paizhu.rules import consistency, forms_of_four, periods
from paizhu.rules.counting import Number, day_of
from paizhu.services.forms.figures import Figures
from paizhu.services.forms.memory import FormMemory, Sent, Told
from paizhu.services.forms.words import BREAKDOWNS
from paizhu.services.forms.work import Behind, FormLook

Key = tuple[str, tuple[tuple[str, str], ...], str]


def contradictions(
    cells: Iterable[Behind], period: str, look: FormLook, memory: FormMemory, figures: Figures
) -> list[str]:
    """Return everything that does not agree, in words; nothing means that all agrees."""
    known = list(cells)
    mine: dict[Key, Behind] = {}
    for each in known:
        mine.setdefault(key_of(each), each)
    sent = memory.sent()
    return consistency.every(
        [
            *(consistency.list_and_figure(each.figure) for each in known if each.figure is not None),
            *(consistency.breakdowns(each.figure) for each in known if each.figure is not None and not each.wish.by),
            *_undated(known, figures),
            _untold(known, figures),
            *_totals(mine),
            *_punishments(known, figures),
            *_forms_of_four(known, figures),
            *_running(mine, period, sent, look, memory),
            *_elsewhere(mine, period, sent, look, memory),
        ]
    )


def key_of(each: Behind) -> Key:
    """Return what makes two cells the same figure."""
    return each.wish.code, tuple(sorted(each.wish.by)), each.wish.span


def _number(each: Behind) -> Number | None:
    return each.value if isinstance(each.value, int | Decimal) else None


def _undated(cells: list[Behind], figures: Figures) -> list[list[str]]:
    """Tell of records that would count but do not say when; nobody knows either which part they would stand in."""
    asked = {(each.wish.code, each.figure.span): None for each in cells if each.figure is not None}
    found = []
    for code, span in asked:
        whole = figures.within(code, span)
        if whole.undated:
            found.append([f"{whole.name}：有 {len(whole.undated)} 条没有统计日期，没有计入"])
    return found


def _untold(cells: list[Behind], figures: Figures) -> list[str]:
    """Tell of records that stand in no part of a breakdown, since nobody wrote down which it is."""
    asked = {
        (each.wish.code, each.figure.span, name): None
        for each in cells
        if each.figure is not None and each.figure.over is None
        for name, _key in each.wish.by
    }
    found: list[str] = []
    for code, span, name in asked:
        whole = figures.within(code, span)
        if whole.by.get(name, {}).get(""):
            number = whole.part(name, "").words
            found.append(f"{whole.name}：有 {number} {whole.unit}未注明{BREAKDOWNS.get(name, '分项')}，没有列入分项")
    return found


def _totals(mine: dict[Key, Behind]) -> list[list[str]]:
    """Compare each cell with those that break it down by one thing more, where the parts should add up."""
    parts: dict[tuple[Key, str], dict[str, Number | None]] = {}
    for (code, by, span), each in mine.items():
        for name, _key in by:
            rest = tuple(pair for pair in by if pair[0] != name)
            parts.setdefault(((code, rest, span), name), {})[each.name] = _number(each)
    found = []
    for key, total in mine.items():
        if key[2] == "grown" or total.figure is None:
            continue
        for name in total.figure.exclusive:
            given = parts.get((key, name), {}) if name not in dict(key[1]) else {}
            if len(given) > 1:
                found.append(consistency.parts_and_total(total.name, _number(total), given))
    return found


def _punishments(cells: list[Behind], figures: Figures) -> list[list[str]]:
    spans = {each.figure.span for each in cells if each.figure is not None and each.wish.code.startswith("I-303")}
    return [
        consistency.punishments(
            figures.within("I-303", span), figures.within("I-303A", span), figures.within("I-303B", span)
        )
        for span in spans
    ]


def _forms_of_four(cells: list[Behind], figures: Figures) -> list[list[str]]:
    """Tell of measures that no lead stands behind, and of leads whose written form is not that of their measures."""
    asked, names = [], figures.catalogue.indicators
    for each in cells:
        if each.figure is not None and names[each.wish.code].forms and each.figure.span not in asked:
            asked.append(each.figure.span)
    found = []
    for span in asked:
        unled = [row.no for row in forms_of_four.without_lead(figures.ledger, figures.catalogue.form_of)
                 if (day := day_of(row.values.get("decided_at"))) is not None and day in span]  # fmt: skip
        found.append(consistency.unled(unled))
        for row, written, counted, day in forms_of_four.disagreements(figures.ledger, figures.catalogue.form_of):
            if day is not None and day in span:
                found.append([consistency.two_forms(row.no, _form(written), _form(counted))])
    return found


def _form(code: str) -> str:
    return values.show(LEAD.field("form"), code)


def _running(
    mine: dict[Key, Behind], period: str, sent: list[Sent], look: FormLook, memory: FormMemory
) -> list[list[str]]:
    """Compare 累计 with what was sent as 累计 last time and 本期 now."""
    if periods.before_in_year(period) is None:
        return []
    before = _last(sent, periods.previous(period), look, memory)
    found = []
    for (code, by, span), total in mine.items():
        now = mine.get((code, by, "current"))
        earlier = before.get((code, by, "cumulative"))
        if span != "cumulative" or now is None or earlier is None or total.figure is None:
            continue
        adjusted = mine.get((code, by, "adjusted"))
        # What came since the months before were sent stands in a column of its own.
        earlier += (_number(adjusted) or 0) if adjusted is not None else 0
        numbers = (_number(now), earlier, _number(total))
        found.append(consistency.running_numbers(total.name, *numbers, nature=total.figure.nature))
    return found


def _elsewhere(
    mine: dict[Key, Behind], period: str, sent: list[Sent], look: FormLook, memory: FormMemory
) -> list[list[str]]:
    """Compare each figure with the same figure in the other forms of the period, as they were sent last."""
    told: dict[Key, dict[str, Number | None]] = {}
    seen: set[str] = set()
    for each in sent:
        if each.period != period or each.form == look.form.fingerprint or each.form in seen:
            continue
        seen.add(each.form)
        for key, number in _figures_of(each, memory).items():
            told.setdefault(key, {})[f"《{each.name}》"] = number
    return [
        consistency.same_everywhere(mine[key].name, {**others, f"《{look.name}》": _number(mine[key])})
        for key, others in told.items()
        if key in mine
    ]


def _last(sent: list[Sent], period: str, look: FormLook, memory: FormMemory) -> dict[Key, Number | None]:
    own = memory.earlier(look.form)
    newest = next((each for each in sent if each.period == period and each.form in own), None)
    return _figures_of(newest, memory) if newest else {}


def _figures_of(sent: Sent, memory: FormMemory) -> dict[Key, Number | None]:
    """Return what a form told, put right by the notes made after it."""
    told = memory.told(sent)
    return {each.key: _told(told[each.sheet, each.place]) for each in sent.figures}


def _told(figure: Told) -> Number | None:
    try:
        return Decimal(figure.value) if figure.value is not None else None
    except InvalidOperation:
        return None
