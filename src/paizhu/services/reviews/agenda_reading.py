"""An agenda as it is sent, pasted as numbered lines or rows, read into a meeting with its items.

Nothing is guessed silently: every item says how sure its category is, and the officer sees all of it before one
act stores the meeting with its items.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from paizhu.base import values
from paizhu.base.errors import InvalidRecordError
from paizhu.base.progress import Progress, silent, told
from paizhu.base.reading import ReadingError, narrowed
from paizhu.base.rows import Change, Problem, Ref, Row, Value, Values
from paizhu.base.text import folded
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.registers.review_choices import APPOINTMENT
from paizhu.registers.review_rows import CANDIDATE
from paizhu.services import deriving, own_fields, preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.records import Records
from paizhu.services.reviews.agenda_rows import Framed, widest
from paizhu.services.reviews.agenda_words import (
    ABOUT,
    AMOUNT,
    HIGH,
    LOW,
    MIDDLE,
    NONE,
    amount_in,
    labelled,
    parts,
    proposed_category,
    tidied,
    wording,
)
from paizhu.services.reviews.lists import beginning
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.services.running_numbers import RunningNumbers
from paizhu.storage.journal import Act

CONFIDENCE_WORDS = {HIGH: "高", MIDDLE: "中", LOW: "低", NONE: "未识别"}
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_MONEY_WORDS = re.compile(r"合计|共计|总额|总投资|预算|金额|约")
_DOES = "负责|汇报|提请|承办|提交"
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_CAME = ("submitted_at", "came")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item as it was understood; ``line`` is what was pasted, ``unsure`` what the officer should look at."""

    number: int
    title: str
    line: str
    category: str = ""
    confidence: str = NONE
    sub_category: str = ""
    submit_dept: str = ""
    leader_in_charge: str = ""
    reporter: str = ""
    amount: Decimal | None = None
    unsure: tuple[str, ...] = ()
    people: tuple[Ref, ...] = ()
    """Whom of the roster the title names; of an item about appointments they are its candidates."""
    supplier: str = ""
    known: bool = False
    """The meeting has an item of this title already: it is not made a second time."""

    @property
    def candidates(self) -> tuple[Ref, ...]:
        """Who is to be appointed or removed, as far as the title tells; empty for items about anything else."""
        return self.people if self.category == APPOINTMENT else ()

    @property
    def named(self) -> str:
        """Say what the title was found to name; empty when it names nobody."""
        found = []
        if self.candidates:
            told = (each.label if each.linked else f"{each.label}（有同名的，没有关联）" for each in self.candidates)
            found.append(f"拟任免人选：{'、'.join(told)}")
        if self.supplier:
            found.append(f"供应商：{self.supplier}")
        return "；".join(found)

    def typed(self) -> dict[str, Any]:
        """Return what is known of it as it would be typed into the form."""
        given: dict[str, Any] = {
            "title": self.title,
            "agenda_no": self.number,
            "category": self.category,
            "sub_category": self.sub_category,
            "submit_dept": self.submit_dept,
            "leader_in_charge": self.leader_in_charge,
            "reporter": self.reporter,
            "supplier": self.supplier,
            "amount": f"{self.amount}元" if self.amount is not None else "",
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


class AgendaReading:
    """Reads agendas of one vault; units and persons are known by its rosters."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._roster = Roster(desk.vault)

    def plan(self, text: str, meeting_id: int | None = None) -> list[AgendaItem]:
        """Return the items of pasted words: rows when cells are parted by tabs, else numbered lines."""
        lines = [line.rstrip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
        if sum("\t" in line for line in lines) * 2 > len(lines):
            found = self.plan_rows([line.split("\t") for line in lines])
        else:
            found = [self._read(number, words) for number, words in parts(lines)]
        return self._marked(found, meeting_id)

    def plan_rows(self, rows: Sequence[Sequence[str]]) -> list[AgendaItem]:
        """Return the items of rows of cells: under the headings that name them, else the longest cell of each row."""
        framed = Framed(rows)
        if not framed.names:
            return [self._read(at, widest(cells)) for at, cells in enumerate(rows, start=1) if widest(cells)]
        found: list[AgendaItem] = []
        for given in framed.items():
            if framed.unit and _PLAIN.fullmatch(narrowed(given.get("amount", ""))):
                given["amount"] += framed.unit
            found.append(self._of_cells(len(found) + 1, given))
        return found

    def apply(
        self,
        meeting: Mapping[str, Any],
        items: Sequence[AgendaItem],
        meeting_id: int | None = None,
        came: str = "",
        progress: Progress = silent,
    ) -> Change:
        """Store a meeting with its items, or the items under a meeting that stands, in one act.

        The first record of the change is the meeting. Problems of any item refuse the whole, with its number.
        ``came`` says when the papers of all of them arrived, in words; without it each is entered by itself.
        """
        standing = Records(self._desk).get(MEETING, meeting_id) if meeting_id else None
        made, problems = (dict(standing.values), []) if standing else self._made(MEETING, meeting)
        wanted = [item for item in items if not item.known]
        if not wanted:
            problems.append(Problem("", "没有可以登记的议题", "required"))
        drafts = []
        for item in wanted:
            values_of, found = self._item(item, {**made, "came": came.strip() or None})
            lists: dict[str, Sequence[Values]] = {
                **beginning(self._desk.vault, str(values_of.get("category") or "")),
                CANDIDATE.key: [{"person": each} for each in item.candidates],
            }
            drafts.append((values_of, lists))
            problems += [
                Problem("", f"第 {item.number} 项：{each.message}", each.code)
                for each in found
                if each.field != _CAME[0] or item is wanted[0]
            ]
        if problems:
            raise InvalidRecordError(problems)
        label = f"登记议程 {made.get('name') or ''} {len(wanted)} 项".replace("  ", " ")
        with self._desk.vault.act("save", label, size=len(drafts)) as act:
            the_id = meeting_id or self._create(act, MEETING, made)
            ref = self._meeting_ref(act, the_id)
            for values_of, lists in told(drafts, "正在登记议题", progress):
                self._create(act, REVIEW, {**values_of, "meeting": ref}, lists)
        change = act.result()
        return replace(change, records=((MEETING.key, the_id), *change.records))

    # --- one item --------------------------------------------------------------------------------------------

    def _read(self, number: int, words: str) -> AgendaItem:
        title, item = words.strip(), AgendaItem(number, "", words.strip())
        for name in ("submit_dept", "leader_in_charge", "reporter"):
            title, found = labelled(title, wording()["labels"][name])
            item = replace(item, **{name: found})  # type: ignore[arg-type]  # each of these fields is a word
        for bracket in list(_BRACKETS.finditer(title)):
            left, item = self._from_bracket(bracket[1], item)
            if left != bracket[1]:
                title = title.replace(bracket[0], f"（{left}）" if left else "")
        return self._weighed(self._with_names(replace(item, title=tidied(title))), words)

    def _with_names(self, item: AgendaItem) -> AgendaItem:
        """Take whom and which company of the rosters a title names; namesakes are never guessed."""
        people: dict[str, Ref] = {}
        for start, end, matches in self._roster.named_in("person", item.title):
            name = item.title[start:end]
            only = matches[0] if len(matches) == 1 else None
            people[name] = Ref(only[1], "person", only[0]) if only else Ref(name)
        found = (item.title[start:end] for start, end, _matches in self._roster.named_in("supplier", item.title))
        companies = list(dict.fromkeys(found))
        if len(companies) > 1:
            item = replace(item, unsure=(*item.unsure, f"提到 {len(companies)} 家企业，供应商没有填写"))
        supplier = companies[0] if len(companies) == 1 else ""
        return replace(item, people=tuple(people.values()), supplier=supplier)

    def _of_cells(self, at: int, given: Mapping[str, str]) -> AgendaItem:
        number = int(given["number"]) if given.get("number", "").isdigit() else at
        item = self._read(number, given["title"])
        for name in ("submit_dept", "leader_in_charge", "reporter"):
            if given.get(name):
                item = replace(item, **{name: given[name]})  # type: ignore[arg-type]  # each of these fields is a word
        for name in ("category", "sub_category"):
            if code := _code(name, given.get(name, "")):
                item = replace(item, **{name: code}, **({"confidence": HIGH} if name == "category" else {}))  # type: ignore[arg-type]  # codes are words
        if given.get("amount"):
            try:
                sum_ = values.parse(REVIEW.field("amount"), given["amount"], self._desk.reading)
            except ReadingError:
                return replace(item, unsure=(*item.unsure, f"金额“{given['amount']}”没有看懂"))
            item = replace(item, amount=sum_ if isinstance(sum_, Decimal) else None)
        if item.category and not given.get("category"):
            return self._weighed(replace(item, category="", confidence=NONE), given["title"])
        return replace(item, unsure=tuple(each for each in item.unsure if not (item.category and "类别" in each)))

    def _from_bracket(self, words: str, item: AgendaItem) -> tuple[str, AgendaItem]:
        """Take department, person and amount out of brackets; return what is left in them."""
        left: list[str] = []
        plain = words if ABOUT.search(words) else AMOUNT.sub("，", words)
        if plain != words:
            plain = _MONEY_WORDS.sub("", plain)
        # The sign behind a word that led to a sum, as in 金额：1,260万元, leads to nothing once the sum is taken.
        for part in (part.strip(" ：:") for part in re.split(r"[，,；;、\s]+", plain)):
            name = re.sub(rf"^(?:{_DOES})[:：]|(?:{_DOES})$", "", part)
            if self._roster.matches("person", name):
                field = "leader_in_charge" if self._leads(name) else "reporter"
                if getattr(item, field):
                    left.append(part)
                else:
                    item = replace(item, **{field: name})  # type: ignore[arg-type]  # both fields are words
            elif not item.submit_dept and self._is_department(name):
                item = replace(item, submit_dept=name)
            elif part:
                left.append(part)
        # A bracket with nothing to take out of it stays as it was written.
        return (words if "".join(left) == "".join(plain.split()) else "，".join(left)), item

    def _weighed(self, item: AgendaItem, words: str) -> AgendaItem:
        amount, several = amount_in(words)
        amount = item.amount if item.amount is not None else amount
        category, sub_category, confidence = proposed_category(item.title, amount is not None)
        unsure = ["有几个金额，取了最大的"] if several and item.amount is None else []
        if (about := ABOUT.search(words)) and amount is not None:
            unsure.append(f"“{about[0].strip()}”是约数，请核对金额")
        if confidence in (LOW, NONE):
            unsure.append("类别不能确定，请选择" if confidence is NONE else "类别不太确定，请核对")
        return replace(
            item,
            amount=amount,
            category=category,
            sub_category=sub_category,
            confidence=confidence,
            unsure=(*item.unsure, *unsure),
        )

    def _is_department(self, name: str) -> bool:
        if self._roster.matches("unit", name):
            return True
        endings = tuple(wording()["labels"]["department_endings"])
        return 2 < len(name) <= 12 and name.endswith(endings) and not any(sign.isdigit() for sign in name)

    def _leads(self, name: str) -> bool:
        (found, *more) = self._roster.matches("person", name)
        if more:
            return False
        from paizhu.registers.people import PERSON

        row = Records(self._desk).get(PERSON, found[0])
        return bool(row.values.get("team_now"))

    # --- storing ---------------------------------------------------------------------------------------------

    def _marked(self, items: list[AgendaItem], meeting_id: int | None) -> list[AgendaItem]:
        """Mark what the meeting has already, and number on from there."""
        standing = Reviewing(self._desk).items(meeting_id) if meeting_id else []
        titles = {folded(REVIEW.title_of(row)) for row in standing}
        taken = {row.values.get("agenda_no") for row in standing}
        found = [replace(item, known=folded(item.title) in titles) for item in items]
        fresh = [item for item in found if not item.known]
        if not any(item.number in taken for item in fresh):
            return found
        first = max((number for number in taken if isinstance(number, int)), default=0)
        numbers = {id(item): first + at for at, item in enumerate(fresh, start=1)}
        return [replace(item, number=numbers.get(id(item), item.number)) for item in found]

    def _item(self, item: AgendaItem, meeting: Values) -> tuple[dict[str, Value], list[Problem]]:
        typed = item.typed()
        for name, source in (("planned_meeting_at", "held_at"), ("unit_id", "unit_id"), ("handler", "handler"), _CAME):
            if (value := meeting.get(source)) is not None:
                typed[name] = value
        return self._made(REVIEW, typed)

    def _made(self, register: Any, typed: Mapping[str, Any]) -> tuple[dict[str, Value], list[Problem]]:
        read = preparing.read_typed(register, typed, self._desk.reading)

        def complete(given: Values) -> dict[str, Value]:
            cutoff = self._desk.setting("cutoff_day")
            return preparing.complete(register, given, self._roster, deriving.aids(self._desk), cutoff)

        made = own_fields.completed(register, self._desk, read.values, complete)
        return made, [*read.problems, *preparing.objections(register, made)]

    def _create(
        self, act: Act, register: Any, made: dict[str, Value], rows: Mapping[str, Sequence[Values]] | None = None
    ) -> int:
        RunningNumbers(self._desk).give(act, register, made)
        return act.create(register, made, rows)

    def _meeting_ref(self, act: Act, meeting_id: int) -> Ref:
        row: Row = act.read(MEETING, meeting_id)
        return Ref(str(row.values.get("name") or row.no), MEETING.key, meeting_id)


def _code(name: str, words: str) -> str:
    found = REVIEW.field(name).by_label.get(folded(words)) if words else None
    return found.code if found else ""
