"""An agenda as it is sent, pasted as numbered lines or rows, read into a meeting with its items.

Nothing is guessed silently: every item says how sure its category is, and the officer sees all of it before one
act stores the meeting with its items.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from paizhu.base import paths, values
from paizhu.base.errors import InvalidRecordError
from paizhu.base.numbers import chinese_number
from paizhu.base.reading import ReadingError, narrowed
from paizhu.base.rows import Change, Problem, Ref, Row, Value, Values
from paizhu.base.text import folded
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.services import deriving, own_fields, preparing
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.records import Records
from paizhu.services.reviews.agenda_rows import Framed, plain, widest
from paizhu.services.reviews.lists import beginning
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.storage.journal import Act

HIGH, MIDDLE, LOW, NONE = "high", "middle", "low", ""
CONFIDENCE_WORDS = {HIGH: "高", MIDDLE: "中", LOW: "低", NONE: "未识别"}
_RANK = {HIGH: 3, MIDDLE: 2, LOW: 1}
_NUMERAL = "一二三四五六七八九十百"
_NUMBERED = re.compile(
    rf"^\s*(?:第?议题\s*(?P<item>[{_NUMERAL}]+|\d+)\s*[:：、.．]?|[（(]\s*(?P<in>[{_NUMERAL}]+|\d+)\s*[）)]"
    rf"|(?P<no>\d{{1,3}})\s*[、.．)）]|(?P<cn>[{_NUMERAL}]+)\s*[、.．])(?!\d)\s*(?P<rest>.*)$"
)
_AMOUNT = re.compile(r"(?P<sum>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>亿元|万元|千元|元|亿|万)(?!元?(?:以上|以下|以内|及以))")
_TOTAL = re.compile(r"(?:合计|共计|总额|总计|总投资)[^\d]{0,4}$")
_ABOUT = re.compile(r"约\s*\d[\d,，.]*\s*(?:亿|万|千)?元?|\d[\d,，.]*\s*(?:亿|万|千)?元?\s*(?:左右|上下|余元?|多元?)")
"""A sum that is only about so much: its words stay in the title, since the field holds an exact one."""
_MONEY_WORDS = re.compile(r"合计|共计|总额|总投资|预算|金额|约")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")


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
    known: bool = False
    """The meeting has an item of this title already: it is not made a second time."""

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
            "amount": f"{self.amount}元" if self.amount is not None else "",
        }
        return {name: value for name, value in given.items() if value not in ("", None)}


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads((paths.resources() / "rules" / "agenda.toml").read_text(encoding="utf-8"))


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
            found = [self._read(number, words) for number, words in _parts(lines)]
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
        self, meeting: Mapping[str, Any], items: Sequence[AgendaItem], meeting_id: int | None = None, came: str = ""
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
            drafts.append((values_of, beginning(self._desk.vault, str(values_of.get("category") or ""))))
            problems += [
                Problem("", f"第 {item.number} 项：{each.message}", each.code)
                for each in found
                if each.field != _CAME[0] or item is wanted[0]
            ]
        if problems:
            raise InvalidRecordError(problems)
        label = f"登记议程 {made.get('name') or ''} {len(wanted)} 项".replace("  ", " ")
        with self._desk.vault.act("save", label) as act:
            the_id = meeting_id or self._create(act, MEETING, made)
            ref = self._meeting_ref(act, the_id)
            for values_of, lists in drafts:
                self._create(act, REVIEW, {**values_of, "meeting": ref}, lists)
        change = act.result()
        return replace(change, records=((MEETING.key, the_id), *change.records))

    # --- one item --------------------------------------------------------------------------------------------

    def _read(self, number: int, words: str) -> AgendaItem:
        title, item = words.strip(), AgendaItem(number, "", words.strip())
        for name in ("submit_dept", "leader_in_charge", "reporter"):
            title, found = _labelled(title, _data()["labels"][name])
            item = replace(item, **{name: found})  # type: ignore[arg-type]  # each of these fields is a word
        for bracket in list(_BRACKETS.finditer(title)):
            left, item = self._from_bracket(bracket[1], item)
            if left != bracket[1]:
                title = title.replace(bracket[0], f"（{left}）" if left else "")
        return self._weighed(replace(item, title=_tidy(title)), words)

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
        plain = words if _ABOUT.search(words) else _AMOUNT.sub("，", words)
        if plain != words:
            plain = _MONEY_WORDS.sub("", plain)
        for part in (part.strip() for part in re.split(r"[，,；;、\s]+", plain)):
            name = re.sub(r"(?:负责|汇报|提请|承办|提交)$", "", part)
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
        amount, several = _amount(words)
        amount = item.amount if item.amount is not None else amount
        category, sub_category, confidence = proposed_category(item.title, amount is not None)
        unsure = ["有几个金额，取了最大的"] if several and item.amount is None else []
        if (about := _ABOUT.search(words)) and amount is not None:
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
        endings = tuple(_data()["labels"]["department_endings"])
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
        Records(self._desk).number(act, register, made)
        return act.create(register, made, rows)

    def _meeting_ref(self, act: Act, meeting_id: int) -> Ref:
        row: Row = act.read(MEETING, meeting_id)
        return Ref(str(row.values.get("name") or row.no), MEETING.key, meeting_id)


_LEAST_ITEMS = 2
_CAME = ("submitted_at", "came")
_OF_AGENDA = re.compile(r"(?:议程|议题)(?:表|单|安排)?(?=\s*(?:[（(]|$))")
_LABELS = {
    "会议时间": "held_at",
    "时间": "held_at",
    "会议地点": "place",
    "地点": "place",
    "主持人": "chair",
    "主持": "chair",
}
_LABEL = rf"(?:{'|'.join(_LABELS)})\s*[:：]"
# One line often names time, place and chair; each ends where the next begins.
_SAID = re.compile(rf"(?P<label>{'|'.join(_LABELS)})\s*[:：](?P<rest>.*?)(?={_LABEL}|$)")


def heading(text: str) -> dict[str, str]:
    """Return name, time and place of the meeting when they stand above the first item."""
    given: dict[str, str] = {}
    for line in text.replace("\r", "\n").split("\n"):
        words = plain(line) if "\t" in line else line.strip()
        if _NUMBERED.match(words) or ("\t" in line and not words):
            break
        for found in _SAID.finditer(words):
            if rest := found["rest"].strip(" \u3000，,；;。"):
                given.setdefault(_LABELS[found["label"]], rest)
        if words and "name" not in given and "会" in words and not re.search("[:：]", words):
            given["name"] = _OF_AGENDA.sub("", words).strip()
            if kind := _kind(given["name"]):
                given["kind"] = kind
    return given


def _kind(name: str) -> str:
    """Return the kind of meeting its name tells; the longest wording counts."""
    told = [
        (len(words), choice.label)
        for choice in MEETING.field("kind").choices
        for words in (choice.label, *choice.aliases)
        if words in name
    ]
    return max(told)[1] if told else ""


def is_agenda(text: str) -> bool:
    """Tell whether words are the numbered lines of an agenda, two at least, and not cells of a sheet."""
    numbered = [line for line in text.splitlines() if _NUMBERED.match(line.strip()) and "\t" not in line]
    return len(numbered) >= _LEAST_ITEMS


def _parts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield number and words of each item; a line without a number goes on with the item before it."""
    if not any(_NUMBERED.match(line) for line in lines):
        yield from enumerate((line.strip() for line in lines), start=1)
        return
    number, words = 0, ""
    for line in lines:
        found = _NUMBERED.match(line)
        if found:
            if words:
                yield number, words
            written = found["item"] or found["in"] or found["no"] or found["cn"]
            value = int(written) if written.isdigit() else chinese_number(written)
            number, words = value or number + 1, found["rest"].strip()
        elif number:
            words = f"{words}{line.strip()}"
    if words:
        yield number, words


def _labelled(words: str, labels: Sequence[str]) -> tuple[str, str]:
    """Take ``label：name`` out of a line."""
    for label in sorted(labels, key=len, reverse=True):
        found = re.search(rf"[，,；;、\s]*{label}\s*(?:为|是)?[:：]?\s*([^，,；;、（）()\s:：]{{2,16}})", words)
        if found:
            return (words[: found.start()] + words[found.end() :]).replace("（）", "").replace("()", ""), found[1]
    return words, ""


def _tidy(title: str) -> str:
    title = re.sub(r"[，,；;、\s]*[：:]?\s*(?<![约\d.,，])\d[\d,，.]*\s*(?:亿元|万元|亿|万|元)\s*$", "", title)
    return title.replace("（）", "").strip(" 　，,；;。.、：:")


def _amount(words: str) -> tuple[Decimal | None, bool]:
    """Return the amount in a line and whether there are several; a stated total leads."""
    found: list[Decimal] = []
    for match in _AMOUNT.finditer(words):
        try:
            unit = {"亿": "亿元", "万": "万元"}.get(match["unit"], match["unit"])
            sum_ = values.parse(REVIEW.field("amount"), narrowed(match["sum"]).replace(",", "") + unit)
        except ReadingError:
            continue
        if isinstance(sum_, Decimal):
            if _TOTAL.search(words[: match.start()]):
                return sum_, False
            found.append(sum_)
    return (max(found), len(set(found)) > 1) if found else (None, False)


def proposed_category(title: str, has_amount: bool) -> tuple[str, str, str]:
    """Return category, sub-category and confidence by the words of a title, then by whether money is named."""
    best: tuple[int, int, int] = (0, 0, 0)
    answer = ("", "", NONE)
    for at, entry in enumerate(_data()["word"]):
        for word in entry["words"]:
            weight = (_RANK[entry["confidence"]], len(word), -at)
            if word in title and weight > best:
                best, answer = weight, (entry["category"], entry.get("sub_category", ""), entry["confidence"])
    if has_amount and answer[2] in (LOW, NONE):
        return "fund", "", MIDDLE
    return answer


def _code(name: str, words: str) -> str:
    found = REVIEW.field(name).by_label.get(folded(words)) if words else None
    return found.code if found else ""
