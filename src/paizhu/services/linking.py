"""Finding the record behind words: a name in the roster, a unit of the tree, the number of a lead.

Words that fit exactly one record are linked; words that fit none, or more than one, stay as written
and can be linked later. Two persons of one name are never guessed.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from weakref import WeakKeyDictionary

from paizhu.base.errors import NotFoundError
from paizhu.base.field import Field
from paizhu.base.register import Register
from paizhu.base.rows import Change, Ref, Value, Values
from paizhu.base.text import folded
from paizhu.registers.likeness import NAMED
from paizhu.rules.alike import organisation_core, same_organisation
from paizhu.services.namesakes import SUBJECT, Namesakes, is_told
from paizhu.storage.tables import TABLES, quoted
from paizhu.storage.vault import Vault

_REMEMBERED = 20_000
_NAMES = {
    "person": ("name",),
    "unit": ("name", "short_name"),
    "supplier": ("name",),
    "supervision_activity": ("no", "title"),
    "proposal": ("no", "doc_no"),
}
"""What a record is called in ledgers: the first is what a reference shows; others go by their number alone."""
_LONGEST = {"person": 6, "unit": 24, "supplier": 30}
"""Of how many characters a name within a text is looked for."""
_FEW = 8
"""Names and numbers asked for one by one; who asks for more, as an import does, reads all there are once."""
_DIGITS = re.compile("[0-9]+")
_LETTERS = re.compile("[一-龥]")
"""Letters that are the same however a name is written."""
_NOT_PLAIN = "*[^!-~〔〕（）【】一-龥]*"
"""A sign that folding may drop or make another, as a space or a full-width digit; without any the length stays."""

_found_before: WeakKeyDictionary[Vault, tuple[int, dict[tuple[str, str], list[tuple[int, str]]]]] = WeakKeyDictionary()
"""What was found for a name or number since the last entry of the journal: one step asks for it several times."""


def names_of(register: str) -> tuple[str, ...]:
    """Return the fields by which ledgers call a record of a register."""
    return _NAMES.get(register, ("no",))


class Roster:
    """Names and numbers of the vault, read once and kept for the length of one piece of work."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._known: dict[str, dict[str, list[tuple[int, str]]]] = {}
        self._near: dict[tuple[str, str], str | None] = {}
        self._answers: dict[tuple[str, str], Ref | None] = {}
        self._asked: Counter[str] = Counter()
        self.edition = 0
        """Changes with every answer and every record added: what was worked out from names before holds no longer."""
        # What was found for words before: a ledger names the same few persons and units in every row.
        self._found: dict[tuple[str, ...], dict[str, Ref]] = {}
        self._shared: dict[str, bool] = {}
        """Whether a name is that of several persons."""
        self._beginnings: dict[str, tuple[int, frozenset[str]]] = {}
        """The letters that names begin with, with the count of names they were taken from."""
        self._cores: dict[str, dict[str, list[str]]] = {}
        """The names of organisations, folded, by what is left of them without place and legal form."""
        self._namesakes = Namesakes(vault, self.matches)

    def answer(self, register: str, words: str, ref: Ref | None) -> None:
        """Take what the officer said these words mean: this record, or none (the words are kept as written)."""
        self._answers[(register, folded(words))] = ref
        self._forget()

    def _forget(self) -> None:
        self._found.clear()
        self._shared.clear()
        self.edition += 1

    def answered(self, register: str, words: str) -> bool:
        """Tell whether the officer said what these words mean."""
        return bool(self._answers) and (register, folded(words)) in self._answers

    def stands_for(self, register: str, words: str, ref: Ref) -> bool:
        """Tell whether a name means this because the officer said so."""
        return self.answered(register, words) and self._answers[(register, folded(words))] == ref

    def _names(self, register: str) -> dict[str, list[tuple[int, str]]]:
        if register not in self._known:
            columns = names_of(register)
            found: dict[str, list[tuple[int, str]]] = {}
            if register in TABLES:
                selected = ", ".join(map(quoted, columns))
                with self._vault.read() as connection:
                    rows = connection.execute(
                        f"SELECT id, {selected} FROM {quoted(TABLES[register].name)} WHERE voided = 0"
                    ).fetchall()
                for record_id, *names in rows:
                    for name in dict.fromkeys(filter(None, names)):
                        found.setdefault(folded(name), []).append((record_id, names[0]))
            self._known[register] = found
        return self._known[register]

    def add(self, register: str, record_id: int, name: str) -> None:
        """Take a record into account that was made during this work."""
        self._forget()
        # Read before the first is added: what an act has not closed yet is not seen by who reads the names later.
        if register in self._known or register in _NAMES or register in self._asked:
            standing = self._names(register).setdefault(folded(name), [])
            if (record_id, name) not in standing:
                standing.append((record_id, name))
                self._cores.pop(register, None)

    def matches(self, register: str, words: str) -> list[tuple[int, str]]:
        """Return id and name of every record of a register that these words fit."""
        key = folded(words)
        if register not in self._known and register in TABLES and self._asked[register] < _FEW:
            self._asked[register] += 1
            return self._asked_for(register, key)
        return self._names(register).get(key, [])

    def named_in(self, register: str, text: str) -> Iterator[tuple[int, int, list[tuple[int, str]]]]:
        """Yield where names of the roster stand in a text, from and to, with the records each fits; longer ones first.

        A name of one character is none.
        """
        longest = _LONGEST.get(register, 0)
        if not self.any(register):
            return
        begun = self._begun(register)
        at = 0
        while at < len(text) - 1:
            # Most places begin no name; what is no plain letter may be another one once it is folded.
            may_begin = _LETTERS.match(text[at]) is None or text[at] in begun
            for size in range(min(longest, len(text) - at), 1, -1) if may_begin else ():
                words = text[at : at + size]
                if words == words.strip() and (matches := self.matches(register, words)):
                    yield at, at + size, matches
                    at += size - 1
                    break
            at += 1

    def _begun(self, register: str) -> frozenset[str]:
        """Return the letters that names of a register begin with."""
        if self._beginnings.get(register, (-1,))[0] != (count := len(self._names(register))):
            self._beginnings[register] = count, frozenset(name[0] for name in self._names(register) if name)
        return self._beginnings[register][1]

    def _asked_for(self, register: str, key: str) -> list[tuple[int, str]]:
        """Return the records of a name or number, without folding all the others there are."""
        entry = self._vault.last_entry()[0]
        before, found = _found_before.get(self._vault, (-1, {}))
        if before != entry:
            _found_before[self._vault] = entry, (found := {})
        if (register, key) not in found:
            found[register, key] = self._looked_up(register, key)
        return list(found[register, key])

    def _looked_up(self, register: str, key: str) -> list[tuple[int, str]]:
        columns = [quoted(name) for name in names_of(register)]
        digits, letters = max(_DIGITS.findall(key), key=len, default=""), _LETTERS.findall(key)
        if register in _NAMES:
            has_them, sought = "LIKE ?", f"%{'%'.join(letters)}%"
        else:
            has_them, sought = ("LIKE ?", f"%{digits}%") if digits else ("NOT GLOB ?", "*[0-9]*")
        # Of many thousands of names most have some of the letters: only those as long as the key are folded.
        where = " OR ".join(f"length({column}) = ? AND {column} {has_them} OR {column} GLOB ?" for column in columns)
        with self._vault.read() as connection:
            rows = connection.execute(
                f"SELECT id, {', '.join(columns)} FROM {quoted(TABLES[register].name)} WHERE voided = 0 AND ({where})",
                (len(key), sought, _NOT_PLAIN) * len(columns),
            ).fetchall()
        return [(record_id, names[0]) for record_id, *names in rows if key in (folded(name) for name in names if name)]

    def name_of(self, register: str, record_id: int) -> str:
        """Return the name of a record."""
        return label_of(self._vault, register, record_id) or ""

    def described(self, register: str, record_id: int) -> str:
        """Return the name of a record with what tells it from another of the same name: a person's unit and post."""
        name = self.name_of(register, record_id)
        if register != "person":
            return name
        found = TABLES[register]
        with self._vault.read() as connection:
            row = connection.execute(f"{found.select} WHERE id = ?", (record_id,)).fetchone()
        values = found.row(row).values if row else {}
        unit, post = values.get("unit_now"), values.get("post_now")
        more = "".join(each.label if isinstance(each, Ref) else str(each) for each in (unit, post) if each)
        return f"{name}（{more}）" if more else name

    def any(self, register: str) -> bool:
        """Tell whether the roster holds anything of this kind yet."""
        return bool(self._names(register))

    def near(self, register: str, words: str) -> str | None:
        """Return the name most like these words, to be offered and never applied; None when none is near."""
        if (register, words) not in self._near:
            from rapidfuzz import fuzz, process

            names = self._names(register)
            found = process.extractOne(folded(words), list(names), scorer=fuzz.ratio, score_cutoff=60)
            self._near[(register, words)] = names[found[0]][0][1] if found else None
        return self._near[(register, words)]

    def alike(self, register: str, words: str) -> list[tuple[int, str]]:
        """Return id and name of the organisations these words may mean: to be asked about, never applied.

        Nothing for a register of other things.
        """
        if register not in NAMED:
            return []
        names = self._names(register)
        if register not in self._cores:
            cores = self._cores[register] = {}
            for name in names:
                cores.setdefault(organisation_core(name), []).append(name)
        fitting = (name for name in self._cores[register].get(organisation_core(words), ()) if name)
        found = {each: name for key in fitting if same_organisation(key, words) for each, name in names[key]}
        return list(found.items())

    def ref(self, field: Field, ref: Ref) -> Ref:
        """Return the reference with the record behind it when the words fit exactly one."""
        if ref.linked:
            return ref if ref.register else Ref(ref.label, field.targets[0], ref.id)
        if ref.register:
            return self._sought(field, ref)
        found = self._found.setdefault(field.targets, {})
        if ref.label not in found:
            if len(found) >= _REMEMBERED:
                found.clear()
            found[ref.label] = self._sought(field, ref)
        return found[ref.label]

    def _sought(self, field: Field, ref: Ref) -> Ref:
        for target in field.targets:
            if self.answered(target, ref.label):
                return self._answers[(target, folded(ref.label))] or ref
            found = self.matches(target, ref.label)
            if len(found) == 1:
                return Ref(found[0][1], target, found[0][0])
        return ref

    def linked(self, register: Register, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return the values with every reference linked that can be."""
        made = dict(values)
        for field in register.references:
            if (value := made.get(field.name)) is not None:
                made[field.name] = self.meant(field, value)
        if is_told(register) and (found := self.told_apart(values.get(SUBJECT), made)):
            made[SUBJECT] = found
        return made

    def told_apart(self, written: Value, made: Values) -> Ref | None:
        """Return the subject of a record where its unit tells which of several persons of one name is meant.

        What was answered for the name as a whole was answered for the rows that do not tell.
        """
        if not isinstance(written, Ref) or written.linked:
            return None
        if (shared := self._shared.get(written.label)) is None:
            shared = self._shared[written.label] = len(self.matches("person", written.label)) > 1
        return self._namesakes.told(written.label, made) if shared else None

    def meant(self, field: Field, value: Value) -> Value:
        """Return the value of a reference field with the records behind it that can be found."""
        if isinstance(value, Ref):
            return self.ref(field, value)
        if isinstance(value, tuple):
            return tuple(self.ref(field, ref) if isinstance(ref, Ref) else ref for ref in value)  # type: ignore[return-value]  # a reference field holds references
        return value


def label_of(vault: Vault, register: str, record_id: int) -> str | None:
    """Return the words that name a record, or None when there is none."""
    columns = names_of(register)
    with vault.read() as connection:
        row: Any = connection.execute(
            f"SELECT {quoted(columns[0])} FROM {quoted(TABLES[register].name)} WHERE id = ?", (record_id,)
        ).fetchone()
    return str(row[0]) if row and row[0] else None


def link(vault: Vault, register: Register, record_id: int, name: str, target: str, target_id: int) -> Change:
    """Point words that stood without a record to one of the roster, as one act."""
    label = label_of(vault, target, target_id)
    if label is None:
        raise NotFoundError("名册里没有这一条", "没有改动")
    with vault.act("save", f"关联 {register.field(name).label}") as act:
        act.change(register, record_id, None, {name: Ref(label, target, target_id)})
    return act.result()
