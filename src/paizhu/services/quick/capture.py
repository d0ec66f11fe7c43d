"""Quick capture: one written sentence becomes the values of one record; what is not plain is said, never guessed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from paizhu import registers
from paizhu.base import dates, paths, yearless
from paizhu.base.field import FieldKind
from paizhu.base.rows import Change
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.services.quick.days import EDGES, Found, day_in, masked
from paizhu.services.quick.kinds import Kind, kind_words, kinds_of
from paizhu.services.quick.often import often
from paizhu.services.records import Records

# A word of a kind this long tells the register too; shorter ones (日常, 提醒) are said of many things.
_TELLING = 4
_HOURS = re.compile(r"(\d+(?:\.\d+)?)\s*个?(?:小时|钟头)")
_CHINESE = r"[\u3400-\u9fff]"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a sentence was taken for: register (None: ask), typed values, words to show, and what is not plain."""

    register: str | None
    values: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    unclear: tuple[str, ...] = ()


@dataclass
class _Reading:
    """What is gathered while one sentence is read."""

    values: dict[str, Any] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    used: list[Found] = field(default_factory=list)


class Quick:
    """Reads sentences with the words of the vault's own roster; `refresh` after the roster was changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._roster = Roster(desk.vault)

    @cached_property
    def _rules(self) -> dict[str, Any]:
        return tomllib.loads((paths.resources() / "rules" / "quick_words.toml").read_text(encoding="utf-8"))

    @cached_property
    def kinds(self) -> tuple[Kind, ...]:
        """The registers a sentence can go into, in the order in which they are offered."""
        return kinds_of(self._rules["register"])

    def refresh(self) -> None:
        """Read the roster anew with the next sentence."""
        self._roster = Roster(self._desk.vault)

    def understand(self, sentence: str, register: str | None = None) -> Understood:
        """Return what the sentence says; with a register the officer chose it, else its words must tell one."""
        text = unicodedata.normalize("NFKC", sentence).strip()
        if not text:
            return Understood(None)
        made = _Reading()
        day, made.unclear = day_in(text, self._desk.today, self._desk.calendar.add_working_days)
        if day:
            made.used.append(day)
        kind = self._register(text, register, made)
        if kind is None:
            return Understood(None, {}, "", tuple(made.unclear))
        self._put_kind(text, kind, made)
        self._put_often(text, kind, day, made)
        self._put_said(text, kind, made)
        self._put_names(text, kind, made)
        self._put_day(kind, day, made)
        self._put_hours(text, kind, made)
        self._put_text(text, _as_written(sentence, text), kind, made)
        self._note_reporter(text, kind, made)
        self._note_lacking(kind, made)
        return Understood(kind.key, made.values, " · ".join(made.shown), tuple(dict.fromkeys(made.unclear)))

    def save(self, understood: Understood) -> Change:
        """Store what was understood as a new record; refusals name what is still wanted."""
        assert understood.register is not None
        return Records(self._desk).save(registers.register(understood.register), understood.values)

    # --- register and kind -------------------------------------------------------------------------------------

    def _register(self, text: str, chosen: str | None, made: _Reading) -> Kind | None:
        if chosen is not None:
            return next(kind for kind in self.kinds if kind.key == chosen)
        hits = {kind.key: self._longest_word(text, kind) for kind in self.kinds}
        hits = {key: words for key, words in hits.items() if words}
        found = [kind for kind in self.kinds if kind.key in hits]
        for kind in list(found):
            found = [each for each in found if each.key not in kind.wins]
        if not found:
            return None
        found.sort(key=lambda kind: -len(hits[kind.key]))
        if len(found) > 1 and len(hits[found[0].key]) == len(hits[found[1].key]):
            made.unclear.append("可能是" + "，也可能是".join(kind.button for kind in found))
            return None
        made.unclear += [f"也提到“{hits[kind.key]}”（{kind.button}）" for kind in found[1:]]
        return found[0]

    def _longest_word(self, text: str, kind: Kind) -> str:
        words = [*kind.words, *(word for word, _ in kind_words(kind) if len(word) >= _TELLING)]
        return max((word for word in words if word in text), key=len, default="")

    def _put_kind(self, text: str, kind: Kind, made: _Reading) -> None:
        if not kind.kind:
            made.shown.append(kind.register.label)
            self._drop_words(text, kind, made)
            return
        choices = kind.register.field(kind.kind)
        hits = sorted(((word, code) for word, code in kind_words(kind) if word in text), key=lambda hit: -len(hit[0]))
        longest = {code for word, code in hits if len(word) == len(hits[0][0])}
        if len(longest) == 1:
            word, code = hits[0]
            made.values[kind.kind] = code
            at = text.index(word)
            label = next(choice.label for choice in choices.choices if choice.code == code)
            noun = kind.register.label[-2:]
            told = next((words for words in (word, label) if noun in words), "")
            made.shown.append(told or f"{kind.register.label} · {label}")
            made.used.append(Found(at, at + len(word), code, "kind"))
        else:
            made.shown.append(kind.register.label)
            if hits:
                made.unclear.append(f"{choices.label}有两种读法：{'、'.join(word for word, _ in hits)}")
            elif choices.wanted:
                made.unclear.append(f"没有写明{choices.label}")
        self._drop_words(text, kind, made)

    @staticmethod
    def _drop_words(text: str, kind: Kind, made: _Reading) -> None:
        for word in sorted(kind.drops or (() if kind.keeps else kind.words), key=len, reverse=True):
            at = text.find(word)
            # What tells the kind stays in a text that keeps its words, so it stands in the way of nothing there.
            others = [other for other in made.used if not (kind.keeps and other.typed == "kind")]
            if at >= 0 and all(at >= other.end or at + len(word) <= other.start for other in others):
                made.used.append(Found(at, at + len(word), word, "word"))

    @staticmethod
    def _put_said(text: str, kind: Kind, made: _Reading) -> None:
        """Take words that tell a choice beside the kind, such as 匿名; of two for one field the first counts."""
        for word, name, code in kind.said:
            if word in text and name not in made.values:
                made.values[name] = code
                label = next(choice.label for choice in kind.register.field(name).choices if choice.code == code)
                made.shown.append(label)
                made.used.append(Found(text.index(word), text.index(word) + len(word), code, "said"))

    def _put_often(self, text: str, kind: Kind, day: Found | None, made: _Reading) -> None:
        """Take 每月25日 as how often and from when; what nobody is named for is the group's own."""
        found = often(text, self._desk.today) if kind.often else None
        if found is None:
            return
        made.values[kind.often] = found.code
        made.shown.append(found.words)
        if day is None:
            made.values[kind.day] = found.next.isoformat()
            made.shown.append(dates.short_day(found.next, self._desk.today))
        made.used.append(Found(found.start, found.end, found.code, "often"))
        group = str(self._desk.setting("group"))
        if kind.person and group and not list(self._of_roster("unit", masked(text, made.used))):
            made.values[kind.person] = group
            made.shown.append(group)

    # --- day and hours -----------------------------------------------------------------------------------------

    def _put_day(self, kind: Kind, found: Found | None, made: _Reading) -> None:
        if found is None:
            if kind.hours or kind.now:
                # What took hours is mostly logged on the day it was done, and a letter on the day it came.
                made.values[kind.day] = self._desk.today.isoformat()
                made.shown.append("今天")
            return
        value = self._meant(kind, found)
        day = value.date() if isinstance(value, datetime) else value
        shown = dates.short_day(day, self._desk.today)
        if isinstance(value, datetime):
            shown += f" {value:%H:%M}"
            if kind.register.field(kind.day).kind is FieldKind.MOMENT:
                made.values[kind.day] = dates.show_moment(value)
            else:
                made.values[kind.day] = day.isoformat()
                made.values[kind.text] = f"{value:%H:%M}"
        else:
            made.values[kind.day] = day.isoformat()
            if kind.ahead and (half := dates.half_of_day(found.typed)):
                shown += f" {half}"
                if kind.register.field(kind.day).kind is FieldKind.MOMENT:
                    made.unclear.append("没有写明几点")
                else:
                    made.values[kind.text] = half
        made.shown.append(shown)
        if kind.ahead and day < self._desk.today:
            made.unclear.append(yearless.year_told(found.typed, day, self._desk.today) or "日期已经过去")
        elif kind.ahead and (told := yearless.year_told(found.typed, day, self._desk.today)):
            made.unclear.append(told)
        if kind.now and day > self._desk.today:
            made.unclear.append("日期还没有到")
            if hint := yearless.last_year_hint(found.typed, day, self._desk.today):
                made.unclear.append(hint)
        elif _is_fact(kind) and (told := yearless.past_year_told(found.typed, day, self._desk.today)):
            made.unclear.append(told)

    def _meant(self, kind: Kind, found: Found) -> date | datetime:
        """Return the day meant, as a form reads it: 1月30日 written in November is the January to come where one plans,
        12月28日 written in January the last December where one tells what was done.
        """
        value: date | datetime = found.value
        if not kind.ahead and not _is_fact(kind):
            return value
        add = self._desk.calendar.add_working_days
        return yearless.nearest(
            lambda raw, day: dates.read_moment(raw, reference=day, add_working_days=add),
            found.typed,
            self._desk.today,
            ahead=kind.ahead,
        )

    @staticmethod
    def _put_hours(text: str, kind: Kind, made: _Reading) -> None:
        """Take 3小时 or 2.5个小时 for the hours, in registers that have a field for them."""
        if kind.hours and (found := _HOURS.search(text)):
            made.values[kind.hours] = found[1]
            made.shown.append(f"{found[1]} 小时")
            made.used.append(Found(found.start(), found.end(), found[1], "hours"))

    # --- names -------------------------------------------------------------------------------------------------

    def _put_names(self, text: str, kind: Kind, made: _Reading) -> None:
        free = masked(text, made.used)
        persons = list(self._of_roster("person", free)) if kind.person else []
        if kind.person and not persons and (written := self._written_name(free, made.used)):
            persons = [written]
            made.unclear.append(f"“{written.typed}”不在名册里")
        if persons:
            many = kind.register.field(kind.person).kind is FieldKind.REFS
            taken = persons if many else persons[:1]
            made.values[kind.person] = "、".join(found.typed for found in taken)
            made.shown.append(made.values[kind.person])
            made.used += taken
            for found in taken:
                if isinstance(found.value, int) and found.value > 1:
                    made.unclear.append(f"名册里有 {found.value} 个“{found.typed}”，没有关联")
            made.unclear += [f"还提到“{found.typed}”，没有登记为对象" for found in persons[len(taken) :]]
        if not kind.unit or kind.unit in made.values:
            return
        free = masked(text, made.used)
        unit = next(self._of_roster("unit", free), None) or self._written_unit(free)
        if unit is None:
            return
        made.values[kind.unit] = unit.typed
        made.shown.append(unit.typed)
        made.used.append(unit)
        if unit.value is None:
            made.unclear.append(f"“{unit.typed}”不在名册里")
        elif unit.value > 1:
            made.unclear.append(f"名册里有 {unit.value} 个“{unit.typed}”，没有关联")

    def _of_roster(self, register: str, text: str) -> Iterator[Found]:
        for start, end, matches in self._roster.named_in(register, text):
            yield Found(start, end, len(matches), text[start:end])

    def _written_name(self, text: str, used: list[Found]) -> Found | None:
        """Return a name that stands by itself after 与, 和, 对 or what is done with him, and begins with a surname."""
        rules = self._rules
        words = "|".join(rules["person_after"])
        end = rf"(?=\0|[\s{re.escape(EDGES)}]|$|{'|'.join(rules['after'])})"
        name = rf"({self._surname}{_CHINESE}{{1,2}}?){end}"
        found = re.search(rf"(?:{words})\s*{name}", text)
        told = (each.end for each in used if each.typed in ("kind", "word"))
        found = found or next(filter(None, (re.compile(rf"\s*{name}").match(text, at) for at in told)), None)
        return Found(found.start(1), found.end(1), None, found[1]) if found else None

    def _written_unit(self, text: str) -> Found | None:
        """Return a unit that is in no roster and is told to do something: 督促后勤处."""
        words, ends = "|".join(self._rules["unit_after"]), "|".join(self._rules["unit_ends"])
        found = re.search(rf"(?:{words})\s*({_CHINESE}{{1,12}}?(?:{ends}))(?!长)", text)
        return Found(found.start(1), found.end(1), None, found[1]) if found else None

    @cached_property
    def _surname(self) -> str:
        return f"(?:{'|'.join(self._rules['double_surnames'])}|[{self._rules['surnames']}])"

    # --- what is left ------------------------------------------------------------------------------------------

    def _put_text(self, text: str, written: str, kind: Kind, made: _Reading) -> None:
        used = made.used
        if kind.keeps:
            away = ("word", "hours", "often")
            used = [found for found in used if found.typed in away or isinstance(found.value, date)]
        elif kind.keeps_kind:
            used = [found for found in used if found.typed != "kind"]
        rest = self._rest(written, used, kind.after)
        rest = "，".join(part for part in (made.values.get(kind.text), rest) if part)
        if rest:
            made.values[kind.text] = rest
            made.shown.append(f"{kind.register.field(kind.text).label}：{rest}")

    def _rest(self, text: str, used: list[Found], after: tuple[str, ...]) -> str:
        parts, at = [], 0
        leads, before, unless = [*self._rules["after"], *after], self._rules["before"], self._rules["after_not"]
        for found in [*sorted(used, key=lambda each: each.start), Found(len(text), len(text), None)]:
            if found.start < at:
                at = max(at, found.end)
                continue
            part = text[at : found.start].strip(EDGES)
            if at or part.startswith(after):
                part = _stripped(part, leads, unless, lead=True)
            if found.start < len(text):
                part = _stripped(part, before, (), lead=False)
            if part:
                parts.append(part)
            at = found.end
        return " ".join(parts)

    def _note_reporter(self, text: str, kind: Kind, made: _Reading) -> None:
        """Point out who seems to report: no name of his belongs into a text that is searched and printed (8.1)."""
        if not kind.reporter:
            return
        words, name = "|".join(self._rules["reporter_before"]), rf"{self._surname}{_CHINESE}{{1,2}}?"
        found = re.search(rf"(?:^|[\s{re.escape(EDGES)}]|由)({name})(?:{words})", text)
        if found and found[1] in str(made.values.get(kind.text) or ""):
            made.unclear.append(f"“{found[1]}”像是反映人：摘要里不写反映人，请改写，保存后登记在“反映人”里")

    @staticmethod
    def _note_lacking(kind: Kind, made: _Reading) -> None:
        for each in kind.register.fields:
            wanted = each.required or each.name == kind.day
            if wanted and not each.computed and each.name not in made.values:
                made.unclear.append(f"没有写明{each.label}")


def _is_fact(kind: Kind) -> bool:
    return yearless.is_fact(kind.register.field(kind.day))


def _as_written(sentence: str, text: str) -> str:
    """Return the sentence with its own marks, 、 and （ among them, where every letter has kept its place."""
    written = sentence.strip()
    return written if len(written) == len(text) else text


def _stripped(part: str, words: list[str], unless: Sequence[str], *, lead: bool) -> str:
    """Return the part without such words at its beginning or end, but with one that belongs to what follows."""
    changed = True
    while changed and part:
        changed = False
        for word in words:
            if lead and part.removeprefix(word).startswith(tuple(unless)):
                continue
            if part.startswith(word) if lead else part.endswith(word):
                part = (part[len(word) :] if lead else part[: -len(word)]).strip(EDGES)
                changed = True
    return part
