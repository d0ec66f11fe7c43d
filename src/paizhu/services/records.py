"""Records: save, take a step, void and bring back, attach, list; every write is one act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from paizhu.base import clock, happened
from paizhu.base.errors import InvalidRecordError, NotAllowedError
from paizhu.base.field import FieldKind, Sens
from paizhu.base.flow import Facts, Flow, Step
from paizhu.base.progress import Progress, silent, told
from paizhu.base.register import Aids, Register
from paizhu.base.rows import Change, Problem, Ref, Row, Value, Values
from paizhu.base.values import show
from paizhu.services import deriving, linking, own_fields, preparing
from paizhu.services.attaching import Attaching
from paizhu.services.deadlines import extended
from paizhu.services.desk import Desk
from paizhu.services.duties.recurring import Recurring, Scope
from paizhu.services.guarding import Guarding
from paizhu.services.kinship import Kin, reviewers_apart
from paizhu.services.kinship import objections as kin_objections
from paizhu.services.linking import Roster
from paizhu.services.record_reading import RecordReading
from paizhu.services.running_numbers import RunningNumbers
from paizhu.services.stepping import Earlier, Stepping, why_not
from paizhu.services.subject_then import SubjectThen
from paizhu.storage.journal import Act

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
HANDS = "hand"
"""Key of the rows that note whose hand took each step."""


class Records(RecordReading):
    """What can be done with single records; refusals are told in words and leave everything as it was."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._stepping = Stepping(desk)
        self._guarding = Guarding(desk)
        self.attaching = Attaching(desk)
        self.numbers = RunningNumbers(desk)
        self.recurring = Recurring(desk, self.numbers.give)

    def save(
        self,
        register: Register,
        typed: Mapping[str, Any],
        record_id: int | None = None,
        version: int | None = None,
        rows: Rows | None = None,
        *,
        scope: Scope | None = None,
        reason: str = "",
    ) -> Change:
        """Store what was typed as a new record, or over an existing one; the change's first record is the one saved.

        Every problem is gathered before anything is stored (InvalidRecordError); a record changed meanwhile is
        refused (StaleRecordError). ``scope`` says how far the change of a recurring record reaches, ``reason`` why a
        settled one is corrected; without it that is refused (SettledError).
        """
        standing = self.get(register, record_id) if record_id else None
        if standing and standing.voided:
            raise NotAllowedError("这条记录已移入回收区", "没有改动", "先恢复再修改")
        made, children = self._judged(register, typed, standing, rows or {}, scope)
        label = self._act_label("修改" if standing else "新增", register, made)
        with self._vault.act("save", label, size=sum(map(len, children.values()))) as act:
            if standing:
                saved = standing.id
                act.corrections.allow(register.key, saved, reason)
                changed = {name: value for name, value in made.items() if value != standing.values.get(name)}
                act.change(register, saved, version, changed)
                for key, child_rows in children.items():
                    act.set_rows(register, saved, key, child_rows)
                self.recurring.spread(act, register, standing, changed, scope)
            else:
                self.numbers.give(act, register, made)
                saved = act.create(register, made, rows=children)
        return replace(act.result(), records=((register.key, saved), *act.records))

    def _judged(
        self, register: Register, typed: Mapping[str, Any], standing: Row | None, rows: Rows, scope: Scope | None
    ) -> tuple[dict[str, Value], dict[str, list[Values]]]:
        """Return what a record and the rows below it would hold; InvalidRecordError with every problem there is."""
        read = preparing.read_typed(register, typed, self._desk.reading)
        problems = list(read.problems)
        computed = {field.name for field in register.fields if field.computed}
        given = {name: value for name, value in read.values.items() if name not in computed}
        roster = Roster(self._vault)
        record_id = standing.id if standing else None
        base = dict(standing.values) if standing else {}
        children, child_problems = self._read_rows(register, rows, roster, record_id)

        def complete(values: Values) -> dict[str, Value]:
            return self._complete(register, values, roster, record_id, children)

        made = complete({**base, **given}) if base else own_fields.completed(register, self._desk, given, complete)
        made |= SubjectThen(self._vault, self._desk.today).saved(register, made, base, given)
        if standing and register.flow and register.flow.on_change:
            after = {**made, **dict.fromkeys(children, True)}
            made.update(register.flow.on_change(base, after))
        self.recurring.prepare(register, base, made, rows=bool(rows), scope=scope)
        problems += [
            problem
            for problem in preparing.objections(register, made, given.keys(), base)
            if not any(problem.field and problem.field == known.field for known in problems)
        ]
        problems += extended.untold(register, given, base, lambda: self._rows_then(register, record_id, children))
        problems += kin_objections(register, made, children, Kin(self._vault))
        problems += reviewers_apart(self._desk, register, made, children)
        problems += child_problems + self._below(register, record_id, made, children)
        if problems:
            raise InvalidRecordError(problems)
        return made, children

    def objections(
        self,
        register: Register,
        record_id: int,
        step: Step,
        typed: Mapping[str, Any] | None = None,
        rows: Rows | None = None,
    ) -> list[Problem]:
        """Return what stands against a step with what is typed, for the page to say before the button is pressed."""
        # What cannot be read in a row is told when the step is taken.
        below = self._read_rows(register, rows, Roster(self._vault), record_id)[0] if rows else None
        return self._against(register, self.get(register, record_id), step, typed or {}, below)

    def demand(self, register: Register, row: Row, step: Step, typed: Mapping[str, Any]) -> None:
        """Refuse a step that another act takes along, as it would be refused by itself."""
        if against := self._against(register, row, step, typed, taking=True):
            self._guarding.refuse(register, row, step, against)

    def advance(
        self,
        register: Register,
        record_id: int,
        after: str,
        typed: Mapping[str, Any] | None = None,
        version: int | None = None,
        rows: Rows | None = None,
    ) -> Change:
        """Take a step of the course with the fields it needs; an illegal or unprepared one is refused with the rule."""
        flow = register.flow
        if flow is None:
            raise NotAllowedError(f"“{register.label}”没有办理阶段", "没有改动")
        row = self.get(register, record_id)
        step = flow.step(row.state, after)
        if step is None:
            raise why_not(register, row.state, after)
        made, children, earlier = self._judged_step(register, row, step, typed or {}, rows or {})
        with self._vault.act("step", self._act_label(step.label, register, row.values)) as act:
            for key, child_rows in children.items():
                act.set_rows(register, record_id, key, child_rows)
            changed = {name: value for name, value in made.items() if value != row.values.get(name)}
            changed |= self._stepping.numbered(act, register, step, made)
            act.change(register, record_id, version, {**changed, "state": after})
            self._stepping.keep(act, register, record_id, step, earlier, frozenset(children))
            self._stepping.echo(act, register, record_id, step)
            self._sign(act, register, record_id, step.label)
            if flow.state(after).end:
                self.recurring.follow(act, register, record_id)
        return replace(act.result(), records=((register.key, record_id), *act.records))

    def _judged_step(
        self, register: Register, row: Row, step: Step, typed: Mapping[str, Any], rows: Rows
    ) -> tuple[dict[str, Value], dict[str, list[Values]], Earlier]:
        """Return what a record and the rows below it would hold after a step, and what stood there of an earlier round.

        Refused with every problem of what was typed, and after that with everything that stands against the step.
        """
        read = preparing.read_typed(register, typed, self._desk.reading)
        if read.problems:
            raise InvalidRecordError(read.problems)
        roster = Roster(self._vault)
        given = {name: value for name, value in read.values.items() if not register.field(name).computed}
        children, problems = self._read_rows(register, rows, roster, row.id)
        made = self._complete(register, {**row.values, **given}, roster, row.id, children)
        made |= SubjectThen(self._vault, self._desk.today).asked(register, step, made, given)
        facts = self._facts(register, row, made, children, taking=True)
        # What begins anew with the step is checked without what stood there before.
        made, earlier = self._stepping.renewed(register, step, row, made, given)
        # What may lie ahead before the step has happened with it.
        then = {**made, "state": step.after}
        problems += preparing.objections(register, then, given.keys(), row.values, _days_of(register.flow, step))
        problems += extended.untold(register, given, row.values, lambda: self._rows_then(register, row.id, children))
        problems += self._below(register, row.id, made, children)
        if problems:
            raise InvalidRecordError(problems)
        if against := register.objections(step, facts):
            self._guarding.refuse(register, row, step, against)
        return made, children, earlier

    def void(
        self,
        register: Register,
        record_ids: Sequence[int],
        reason: str,
        *,
        later: bool = False,
        progress: Progress = silent,
    ) -> Change:
        """Move records to the recycle list, with the reason; numbers stay taken. ``later`` ends recurring ones too."""
        if not reason.strip():
            raise InvalidRecordError([Problem("void_reason", "请写明作废原因", "required")])
        words = f"作废 {register.label} {len(record_ids)} 条" if len(record_ids) > 1 else ""
        with self._vault.act(
            "void",
            words or self._act_label("作废", register, self.get(register, record_ids[0]).values),
            size=len(record_ids),
        ) as act:
            for record_id in told(record_ids, "正在移入回收区", progress):
                act.void(register, record_id, reason.strip())
                if later:
                    self.recurring.end(act, register, record_id, reason.strip())
        return act.result()

    def unvoid(self, register: Register, record_ids: Sequence[int], progress: Progress = silent) -> Change:
        """Bring records back from the recycle list."""
        with self._vault.act("unvoid", f"恢复 {register.label} {len(record_ids)} 条", size=len(record_ids)) as act:
            for record_id in told(record_ids, "正在恢复", progress):
                act.unvoid(register, record_id)
        return act.result()

    def link(self, register: Register, record_id: int, name: str, target: str, target_id: int) -> Change:
        """Point words that stood without a record to one of the roster."""
        return linking.link(self._vault, register, record_id, name, target, target_id)

    def attach(self, register: Register, record_id: int, path: Path, slot: str = "") -> Change:
        """Store a file encrypted and hang it at a record; one that cannot be taken is refused."""
        done = self.attaching.attach(register, record_id, [path], slot)
        if done.change is None:
            raise done.refused[0]
        return done.change

    def detach(self, register: Register, record_id: int, attachment_id: int, slot: str = "") -> Change:
        """Take a file off a record; its contents stay until the recycle list is cleared."""
        return self.attaching.detach(register, record_id, attachment_id, slot)

    def reveal(
        self, register: Register, record_id: int, child: str, password: str, reason: str
    ) -> list[dict[str, str]]:
        """Open words of class P4 with the password again and a reason; the opening is journalled.

        ``child`` is the kind of rows; empty for the fields of the record itself. What is sealed is opened, what is
        only covered is put into words.
        """
        if not reason.strip():
            raise InvalidRecordError([Problem("reason", "请写明查看事由", "required")])
        kind = register.child(child) if child else register
        rows = self.rows(register, record_id)[child] if child else [self.get(register, record_id)]
        opened = self._vault.open_sealed(password, [row.values for row in rows])
        plain = [field for field in kind.fields if field.sens is Sens.P4 and field.kind is not FieldKind.SEALED]
        for row, made in zip(rows, opened, strict=True):
            held = {field.name: show(field, row.values.get(field.name)) for field in plain}
            made.update({name: words for name, words in held.items() if words})
        label = kind.label if child else f"{kind.label}里遮盖的内容"
        with self._vault.act("reveal", f"查看{label}", always=True) as act:
            act.note(register.key, record_id, "reveal", {"reason": reason.strip(), "rows": child})
        return opened

    # --- the machine -----------------------------------------------------------------------------------------

    def _complete(
        self,
        register: Register,
        given: Values,
        roster: Roster,
        record_id: int | None,
        children: Mapping[str, Sequence[Values]],
    ) -> dict[str, Value]:
        standing = self._rows_then(register, record_id, {})
        aids = deriving.aids(self._desk, {**standing, **children}, record_id)
        made = preparing.complete(register, given, roster, aids, self._desk.setting("cutoff_day"))
        return {**made, **extended.days_of(register, standing, children)}

    def _below(
        self, register: Register, record_id: int | None, made: Values, given: Mapping[str, Sequence[Values]]
    ) -> list[Problem]:
        files = len(self.attachments(register, record_id)) if record_id else 0
        return preparing.kept_below(register, made, self._rows_then(register, record_id, given), files)

    def _rows_then(
        self, register: Register, record_id: int | None, given: Mapping[str, Sequence[Values]]
    ) -> dict[str, Sequence[Values]]:
        """Return the rows below a record as they will stand: those given, and of the kinds not given what is there."""
        standing = self.rows(register, record_id) if record_id else {}
        return {**{key: [row.values for row in rows] for key, rows in standing.items()}, **given}

    def _sign(self, act: Act, register: Register, record_id: int, step: str) -> None:
        """Note whose hand took a step, in registers that keep 经手签名 (监督执纪工作规则 第二十三条)."""
        if not any(child.key == HANDS for child in register.rows):
            return
        hand: dict[str, Value] = {"who": Ref(self._vault.actor), "when": clock.now(), "step": step}
        act.add_row(register, record_id, HANDS, hand)

    def _read_rows(
        self, register: Register, rows: Rows, roster: Roster, record_id: int | None
    ) -> tuple[dict[str, list[Values]], list[Problem]]:
        made: dict[str, list[Values]] = {}
        problems: list[Problem] = []
        for key, given in rows.items():
            if key not in {child.key for child in register.rows}:
                problems.append(Problem(key, f"“{register.label}”下没有“{key}”", "unknown_field"))
                continue
            child = register.child(key)
            made[key] = []
            standing = {row.id: row.values for row in self.rows(register, record_id)[key]} if record_id else {}
            for place, typed in enumerate(given, start=1):
                plain = {
                    name: raw
                    for name, raw in typed.items()
                    if name not in ("id", "version", "position", "parent_id", "voided")
                }
                read = preparing.read_typed(child, plain, self._desk.reading)
                values = preparing.complete(child, read.values, roster, Aids(self._desk.today))
                found = [*read.problems, *preparing.objections(child, values, (), standing.get(typed.get("id") or 0))]
                problems += [_in_row(child, place, problem) for problem in found]
                if isinstance(typed.get("id"), int):
                    values["id"] = typed["id"]
                made[key].append(values)
        return made, problems

    def _against(
        self,
        register: Register,
        row: Row,
        step: Step,
        typed: Mapping[str, Any],
        below: Mapping[str, Sequence[Values]] | None = None,
        *,
        taking: bool = False,
    ) -> list[Problem]:
        read = preparing.read_typed(register, typed, self._desk.reading)
        made = {**row.values, **read.values}
        known = SubjectThen(self._vault, self._desk.today).asked(register, step, made, read.values)
        facts = self._facts(register, row, {**read.values, **known}, below, taking=taking)
        then = {**row.values, **read.values, "state": step.after}
        days = happened.refusing(
            register, then, row.values, clock.today(), read.values.keys(), _days_of(register.flow, step)
        )
        unread = {problem.field for problem in read.problems}
        objections = [
            problem
            for problem in register.objections(step, facts)
            # Words that could not be read are there: what is wrong with them is said, and not that nothing is written.
            if problem.code != "missing" or problem.field not in unread
        ]
        return [*read.problems, *objections, *days]

    def _facts(
        self,
        register: Register,
        row: Row,
        typed: Values,
        given: Mapping[str, Sequence[Values]] | None = None,
        *,
        taking: bool = False,
    ) -> Facts:
        standing: dict[str, Sequence[Values]] = {
            key: [child.values for child in rows] for key, rows in self.rows(register, row.id).items()
        }
        return self._guarding.facts(register, row, typed, {**standing, **(given or {})}, taking=taking)

    def _act_label(self, verb: str, register: Register, made: Values) -> str:
        return f"{verb} {register.label} {made.get('no') or ''}".strip()


def _in_row(child: Register, place: int, problem: Problem) -> Problem:
    """Return a problem of a row below as one of all of them: it names the row, and the column unless it does so."""
    label = child.label_of(problem.field) if child.has(problem.field) else ""
    column = f"“{label}”" if label and label not in problem.message else ""
    return Problem(child.key, f"{child.label}第 {place} 行{column}：{problem.message}", problem.code)


def _days_of(flow: Flow | None, step: Step) -> tuple[str, ...]:
    """Return the fields a step rests on: those it needs, the day it is taken, and the day of what it follows."""
    if flow is None:
        return step.needs
    return (*step.needs, *(flow.state(code).day for code in (step.before, step.after)))
