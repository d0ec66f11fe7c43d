"""Red flags of a vault: computed from its own records, silenced one pair at a time, never a conclusion."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import Any

from paizhu.base import clock
from paizhu.base.errors import InvalidRecordError, NotFoundError
from paizhu.base.progress import Progress, silent
from paizhu.base.rows import Change, Problem
from paizhu.registers.review import REVIEW
from paizhu.rules.flags.candidates import HOLD
from paizhu.rules.flags.every import BOOK_RULES, ITEM_RULES
from paizhu.rules.flags.facts import ITEM, Item, Ledger
from paizhu.rules.flags.finding import Evidence, Finding, FlagDataError, Given, Level, given, objection, shipped
from paizhu.services.desk import Desk
from paizhu.services.flags.reading import Reading
from paizhu.services.out.classes import totals_only
from paizhu.services.register_keys import register_of
from paizhu.services.talks.rules import of_flags
from paizhu.storage.journal import Act
from paizhu.storage.tables import quoted, table

PARAMETERS = "flag"
SILENCES = "flag_silence"
_COLUMN = REVIEW.field("flags")
_BATCH = 300
_AT_ONCE = 1_000
"""Review items and persons that are compared at once; of more the window does not wait for what comes of it."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One flag as the window shows it: level, words, rule and its numbers, evidence; ``silenced`` holds the reason.

    ``about`` is the record it stands at, ``pair`` what silences this one and no other. A confidential one rests on
    class P3: its evidence is shown only to those who may see that class.
    """

    code: str
    name: str
    level: Level
    words: str
    figures: tuple[str, ...]
    rule: str
    source: str
    confidence: str
    parameters: Mapping[str, str]
    evidence: Evidence
    about: tuple[str, int]
    pair: str
    silenced: str | None = None
    confidential: bool = False

    @property
    def outward(self) -> str:
        """The words that may stand on paper: of a confidential flag only the advice to wait."""
        return HOLD if self.confidential else self.words


class Flags:
    """The flags of one vault; results are kept until the journal goes on, the day or a parameter changes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._standing: tuple[int, date] = (-1, date.min)
        self._reading = Reading(desk)
        self._items: dict[int, list[Flag]] = {}
        self._whole: list[Flag] | None = None
        self._written = -1
        # Several workers may ask at once, and what is kept belongs together.
        self._alone = RLock()

    # --- reading ---------------------------------------------------------------------------------------------

    @property
    def is_felt(self) -> bool:
        """Tell whether the ledger and the roster are so large that whoever waits for the flags of an item feels it."""
        with self._vault.read() as connection:
            counted = "SELECT (SELECT count(*) FROM review_item) + (SELECT count(*) FROM person)"
            return int(connection.execute(counted).fetchone()[0]) > _AT_ONCE

    def of(self, review_id: int) -> list[Flag]:
        """Return the flags of a review item, silenced ones last; none for a voided one."""
        with self._alone:
            self._refresh()
            if review_id not in self._items:
                reading, rules = self._reading, self.rules()
                item = reading.item(review_id)
                found = self._of_item(reading, rules, item, reading.beside(item)) if item else []
                self._items[review_id] = found
            return list(self._items[review_id])

    def of_whole(self) -> list[Flag]:
        """Return the flags that are not about one review item: leads, cases, talks, duties, minutes."""
        with self._alone:
            self._refresh()
            if self._whole is None:
                books, silenced = self._reading.books(), self._silenced()
                found = []
                for code, now in self.rules().items():
                    for finding in BOOK_RULES[code](books, now) if code in BOOK_RULES else ():
                        found.append(_flag(finding, now, finding.evidence[0], silenced))
                self._whole = _sorted(found)
            return list(self._whole)

    def rules(self) -> dict[str, Given]:
        """Return every rule with the parameters that hold here."""
        own = {
            code: json.loads(self._vault.kept(PARAMETERS, code) or "{}") for code in self._vault.kept_names(PARAMETERS)
        }
        talks = of_flags(self._desk.talks)
        return {
            code: given(
                rule, {**talks.get(code, {}), **{name: each["value"] for name, each in own.get(code, {}).items()}}
            )
            for code, rule in shipped().items()
        }

    @property
    def stale(self) -> bool:
        """Tell whether anything was written since the list column was last computed."""
        return self._written != self._vault.last_entry()[0]

    def _refresh(self) -> None:
        now = (self._vault.last_entry()[0], self._desk.today)
        if now != self._standing:
            self._standing = now
            self._reading, self._items, self._whole = Reading(self._desk), {}, None

    def _of_item(self, reading: Reading, rules: Mapping[str, Given], item: Item, ledger: Ledger) -> list[Flag]:
        around = reading.around(item, ledger)
        silenced = self._silenced()
        return _sorted(
            [
                _flag(finding, now, (ITEM, item.id), silenced)
                for code, now in rules.items()
                if code in ITEM_RULES
                for finding in ITEM_RULES[code](item, around, now)
            ]
        )

    def _silenced(self) -> dict[str, str]:
        with self._vault.read() as connection:
            rows = connection.execute("SELECT name, body FROM kept WHERE kind = ?", (SILENCES,)).fetchall()
        return {name: str(json.loads(body)["reason"]) for name, body in rows}

    # --- writing ---------------------------------------------------------------------------------------------

    def silence(self, review_id: int | None, code: str, pair: str, reason: str) -> Change:
        """Put one pair aside as 已核, 不成立, with the reason; any other pair is still shown."""
        if not reason.strip():
            raise InvalidRecordError([Problem("reason", "请写明核实情况", "required")])
        shown = self.of(review_id) if review_id else self.of_whole()
        if not any((each.code, each.pair) == (code, pair) for each in shown):
            raise NotFoundError("这条提示已经不在了", "没有改动", "刷新后再看")
        body = {"reason": reason.strip(), "by": self._vault.actor, "at": clock.now().isoformat(timespec="minutes")}
        about: dict[str, Any] = {"review": review_id, "code": code, "pair": pair, "reason": reason.strip()}
        label = f"提示已核实 {shipped()[code].name}"
        with self._vault.act("silence", label, always=True, **about) as act:
            act.keep(SILENCES, f"{code}|{pair}", json.dumps(body, ensure_ascii=False))
        return self._changed(review_id, act)

    def unsilence(self, review_id: int | None, code: str, pair: str) -> Change:
        """Show a silenced pair again."""
        if self._vault.kept(SILENCES, f"{code}|{pair}") is None:
            raise NotFoundError("这条提示没有标为已核实", "没有改动")
        about: dict[str, Any] = {"review": review_id, "code": code, "pair": pair}
        with self._vault.act("silence", f"提示恢复显示 {shipped()[code].name}", always=True, **about) as act:
            act.keep(SILENCES, f"{code}|{pair}", None)
        return self._changed(review_id, act)

    def set_parameters(self, code: str, numbers: Mapping[str, str | None], reason: str) -> Change:
        """Change numbers of a rule for this office, with the reason; None goes back to what was shipped.

        All are checked before one is kept, so that a rule never works with half of what was meant.
        """
        rule = shipped().get(code)
        if rule is None:
            raise FlagDataError(f"没有“{code}”这条规则", "没有改动")
        parameters = {name: rule.parameter(name) for name in numbers}
        problems = [] if reason.strip() else [Problem("reason", "请写明调整的理由", "required")]
        problems += [
            Problem(name, wrong)
            for name, value in numbers.items()
            if value is not None and (wrong := objection(parameters[name], value))
        ]
        if problems:
            raise InvalidRecordError(problems)
        own = json.loads(self._vault.kept(PARAMETERS, code) or "{}")
        before = {name: own.pop(name, {"value": each.default})["value"] for name, each in parameters.items()}
        own |= {
            name: {"value": value.strip(), "reason": reason.strip()}
            for name, value in numbers.items()
            if value is not None
        }
        label = f"调整提示规则 {rule.name}·{'、'.join(each.label for each in parameters.values())}"
        after = {name: numbers[name] or each.default for name, each in parameters.items()}
        about: dict[str, Any] = {"code": code, "before": before, "after": after, "reason": reason}
        with self._vault.act("rule", label, always=True, **about) as act:
            act.keep(PARAMETERS, code, json.dumps(own, ensure_ascii=False) if own else None)
        return self._changed(None, act)

    def recompute(self, ids: Sequence[int] | None = None, progress: Progress = silent) -> Change:
        """Compute the list column anew for these items, or for all, and write it where it differs.

        It may run beside the window; what it reads is its own. The column is derived, so a record keeps its version
        and a form that stands open is not refused for it.
        """
        reading, rules, wanted = Reading(self._desk), self.rules(), None if ids is None else frozenset(ids)
        head = self._vault.last_entry()[0]
        ledger = reading.every()
        items = [item for item in ledger.items if wanted is None or item.id in wanted]
        differs: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        for done, item in enumerate(items):
            if done % _BATCH == 0:
                progress("正在比对风险提示", done, len(items))
            codes = _column(self._of_item(reading, rules, item, ledger))
            before = item.values.get("flags") or ()
            if codes != before:
                differs[item.id] = (tuple(map(str, before)) if isinstance(before, tuple) else (), codes)
        entry = self._write(differs)
        progress("正在比对风险提示", len(items), len(items))
        self._after(head, entry, len(differs), whole=wanted is None)
        return Change(frozenset({ITEM}) if differs else frozenset(), tuple((ITEM, each) for each in differs), entry)

    def _write(self, differs: Mapping[int, tuple[tuple[str, ...], tuple[str, ...]]]) -> int:
        entry = 0
        numbers, found = list(differs), table(ITEM)
        for start in range(0, len(numbers), _BATCH):
            part = numbers[start : start + _BATCH]
            told = {str(number): [list(each) for each in differs[number]] for number in part}
            with self._vault.act("flags", f"更新风险提示 {len(part)} 条", always=True, flags=told) as act:
                for number in part:
                    codes = found.encode("flags", differs[number][1])
                    act.execute(f"UPDATE {quoted(found.name)} SET flags = ? WHERE id = ?", (codes, number))
            entry = act.entry
        return entry

    def _after(self, head: int, entry: int, changed: int, *, whole: bool) -> None:
        """Let results stand that only our own entry followed; anything else in between makes them stale again."""
        acts = -(-changed // _BATCH)
        last = self._vault.last_entry()[0]
        if last == head + acts and (not acts or last == entry):
            if whole:
                self._written = last
            if self._standing[0] == head:
                self._standing = (last, self._standing[1])

    def _changed(self, review_id: int | None, act: Act) -> Change:
        return Change(frozenset({ITEM}), ((ITEM, review_id),) if review_id else (), act.entry)


def _flag(finding: Finding, now: Given, about: tuple[str, int], silenced: Mapping[str, str]) -> Flag:
    pair = _pair(finding, about)
    secret = finding.confidential or any(totals_only(register_of(register)) for register, _ in finding.evidence)
    return Flag(
        finding.code,
        now.rule.name,
        now.rule.level,
        finding.words,
        finding.figures,
        now.words,
        now.rule.source,
        now.rule.confidence,
        dict(now.written),
        finding.evidence,
        about,
        pair,
        silenced.get(f"{finding.code}|{pair}"),
        secret,
    )


def _pair(finding: Finding, about: tuple[str, int]) -> str:
    """Return what names this pair wherever it is seen from: the same two items are one pair on both pages."""
    if finding.pair:
        return f"{about[0]}:{about[1]}|{finding.pair}"
    records = sorted({about, *finding.evidence})
    return "+".join(f"{register}:{number}" for register, number in records)


def _sorted(flags: list[Flag]) -> list[Flag]:
    order = [Level.VERIFY, Level.PROCEDURE, Level.MEETING]
    return sorted(flags, key=lambda each: (each.silenced is not None, order.index(each.level)))


def _column(flags: Sequence[Flag]) -> tuple[str, ...]:
    """Return the codes for the list: each once, in the order of the table, nothing confidential or silenced."""
    found = {each.code for each in flags if each.silenced is None and not each.confidential}
    return tuple(choice.code for choice in _COLUMN.choices if choice.code in found)
