"""Names that a ledger brings and the roster does not know, asked once for all rows: make new, is this one, keep words.

Records made new are made in the import's own act, so that one undo takes all of it back.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from paizhu import registers
from paizhu.base.rows import Ref, Value
from paizhu.base.text import folded
from paizhu.services.importing.facts import NEW
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.linking import Roster, names_of
from paizhu.services.records import Records
from paizhu.storage.journal import Act
from paizhu.storage.vault import Vault

MAKE, IS, WORDS = "make", "is", "words"
Key = tuple[str, str]
"""Register, and the words folded."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name means: a new record, the record ``id``, or nothing yet (its words are kept)."""

    kind: str = WORDS
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One unknown name: its register, its words, how many rows of which first one; records it may be."""

    register: str
    words: str
    rows: int
    first: int
    candidates: tuple[tuple[int, str], ...] = ()
    same_name: bool = False
    alike: bool = False
    """The candidates are organisations of nearly this name, which may be the same ones."""
    key: Key = field(init=False)
    """What answers are kept by; made with the question, off the window's thread."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", (self.register, folded(self.words)))


@dataclass(slots=True)
class _Seen:
    words: str
    first: int
    rows: set[tuple[int, int]] = field(default_factory=set)


def is_roster(sheet: SheetPlan) -> bool:
    """Tell whether the rows of a table are names that other tables refer to."""
    return sheet.parent is None and sheet.register.is_roster


def rosters_first(sheets: Sequence[SheetPlan]) -> list[SheetPlan]:
    """Return tables with those first whose names the others use."""
    return sorted(
        sheets,
        key=lambda sheet: registers.ROSTERS.index(sheet.register.key) if is_roster(sheet) else len(registers.ROSTERS),
    )


def _brought(sheets: Sequence[SheetPlan]) -> set[Key]:
    """Return the names that the rosters among these tables bring along, each once: nobody need say who they are."""
    count = Counter(
        (sheet.register.key, name)
        for sheet in sheets
        if is_roster(sheet)
        for row in sheet.rows((NEW,))
        for name in {folded(str(row.values.get(each) or "")) for each in names_of(sheet.register.key)}
    )
    return {key for key, times in count.items() if times == 1}


def known_now(vault: Vault, sheets: Sequence[SheetPlan]) -> dict[Key, Answer]:
    """Return what names of these tables mean since the roster has them, where nothing was answered."""
    roster = Roster(vault)
    found: dict[Key, Answer] = {}
    for sheet in sheets:
        for _row, register, words in sheet.names():
            key = (register, folded(words))
            if key not in found and key not in sheet.answers and len(same := roster.matches(register, words)) == 1:
                found[key] = Answer(IS, same[0][0])
    return found


def questions(vault: Vault, sheets: Sequence[SheetPlan]) -> list[Question]:
    """Return every unknown name of these tables once, those met most often first."""
    brought = _brought(sheets)
    found: dict[Key, _Seen] = {}
    for at, sheet in enumerate(sheets):
        for row, register, words in sheet.names():
            if (register, folded(words)) in brought:
                continue
            seen = found.setdefault((register, folded(words)), _Seen(words, row))
            seen.rows.add((at, row))
    roster = Roster(vault)
    made = [
        Question(register, seen.words, len(seen.rows), seen.first, *_candidates(vault, roster, register, seen.words))
        for (register, _words), seen in found.items()
    ]
    return sorted(made, key=lambda each: (not (each.same_name or each.alike), -each.rows, each.first))


def answer(vault: Vault, sheet: SheetPlan, answers: Mapping[Key, Answer]) -> list[int]:
    """Apply answers to a table and return the rows planned again."""
    rows: dict[Key, dict[int, None]] = {}
    for row, register, words in sheet.names():
        key = (register, folded(words))
        if key in answers:
            rows.setdefault(key, {})[row] = None
    sheet.answers.update({key: each for key, each in answers.items() if key in rows})
    roster = Roster(vault)
    for (register, words), numbers in rows.items():
        said = answers[(register, words)]
        ref = None
        if said.kind == IS and said.id is not None:
            ref = Ref(roster.name_of(register, said.id), register, said.id)
        sheet.answer(register, words, ref, list(numbers))
    return sorted({number for numbers in rows.values() for number in numbers})


class NewNames:
    """The records made for names within one act, each when the first row that needs it is stored."""

    def __init__(self, act: Act, records: Records, file: str) -> None:
        self._act = act
        self._records = records
        self._file = file
        self.made: dict[Key, int] = {}
        self._came: dict[Key, Ref | None] = {}
        """Records of the rosters of this act by their names; None for a name that came more than once."""

    def came(self, register: str, columns: Mapping[str, Sequence[Value]], ids: Sequence[int]) -> None:
        """Take note of records that a roster of the same act brought, by all that ledgers call them."""
        called = [columns[name] for name in names_of(register) if name in columns]
        for record_id, names in zip(ids, zip(*called, strict=True), strict=True):
            for key in dict.fromkeys((register, folded(str(name))) for name in names if name):
                self._came[key] = None if key in self._came else Ref(str(names[0]), register, record_id)

    def wanted(self, sheet: SheetPlan, names: Iterable[Sequence[str]]) -> bool:
        """Tell whether rows bring a name that is to be made a record, or that a roster of this act brought."""
        if not sheet.answers and not self._came:
            return False
        return any(self._means(sheet, register, words) for register, words in names)

    def _means(self, sheet: SheetPlan, register: str, words: str) -> bool:
        return _makes(sheet, register, words) or self._brought(sheet, register, words) is not None

    def _brought(self, sheet: SheetPlan, register: str, words: str) -> Ref | None:
        key = (register, folded(words))
        return None if key in sheet.answers else self._came.get(key)

    def linked(
        self, sheet: SheetPlan, row: int, names: Sequence[Sequence[str]], values: Mapping[str, Value]
    ) -> dict[str, Value]:
        """Return the values of a row with references to the records made for its names."""
        refs: dict[Key, Ref] = {}
        for register, words in names:
            if _makes(sheet, register, words):
                refs[(register, folded(words))] = Ref(words, register, self._id(sheet, row, register, words))
            elif (brought := self._brought(sheet, register, words)) is not None:
                refs[(register, folded(words))] = brought
        changed = dict(values)
        for each in sheet.register.references:
            value = changed.get(each.name)
            if isinstance(value, Ref):
                changed[each.name] = _meant(value, each.targets, refs)
            elif isinstance(value, tuple):
                changed[each.name] = tuple(
                    _meant(ref, each.targets, refs) if isinstance(ref, Ref) else ref for ref in value
                )  # type: ignore[assignment]  # a reference field holds references
        return changed

    def _id(self, sheet: SheetPlan, row: int, register: str, words: str) -> int:
        key = (register, folded(words))
        if key not in self.made:
            kind = registers.register(register)
            values: dict[str, Value] = {"name": " ".join(words.split())}
            self._records.numbers.give(self._act, kind, values)
            source = {"file": self._file, "sheet": sheet.facts.sheet, "row": row}
            self.made[key] = self._act.create(kind, values, source=source)
        return self.made[key]


def _makes(sheet: SheetPlan, register: str, words: str) -> bool:
    said = sheet.answers.get((register, folded(words)))
    return said is not None and said.kind == MAKE


def _meant(ref: Ref, targets: Sequence[str], refs: Mapping[Key, Ref]) -> Ref:
    if ref.linked:
        return ref
    return next((found for target in targets if (found := refs.get((target, folded(ref.label))))), ref)


def _candidates(
    vault: Vault, roster: Roster, register: str, words: str
) -> tuple[tuple[tuple[int, str], ...], bool, bool]:
    same = roster.matches(register, words)
    like = [] if same else roster.alike(register, words)
    found = [*same, *like]
    if not found and (near := roster.near(register, words)):
        found = roster.matches(register, near)
    return tuple((each, roster.described(register, each)) for each, _name in found), len(same) > 1, bool(like)
