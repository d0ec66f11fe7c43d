"""Which field each column of a table feeds, as recognised or as the officer said; informants only ever under seal."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from paizhu.base.field import Field, FieldKind
from paizhu.base.money import unit_above
from paizhu.base.register import Register
from paizhu.base.text import folded
from paizhu.documents.tables import column_match, label_words
from paizhu.documents.tables.column_match import HIGH, LOW, MIDDLE, Match, Matching
from paizhu.documents.tables.frame import Column as Heading
from paizhu.documents.tables.frame import DataRow
from paizhu.services.importing.read import Column

SURE, LIKELY, UNSURE, NONE = "高", "中", "低", "未对应"
_BY_HAND = "指定"
_SURE = 0.8
_POST = "_post"
_NAME_AND_POST = re.compile(r"(姓名|名字|人|对象).*(职务|职级)|职务.*姓名")
_BARE_NAME_AND_POST = frozenset(("姓名及职务", "姓名职务", "姓名、职务", "姓名和职务", "姓名(职务)", "职务及姓名"))


@dataclass(frozen=True, slots=True)
class ColumnLook:
    """One column as the officer sees it: its heading, the field it feeds (empty: kept beside the record), how sure.

    ``fixed`` columns are not asked about: they count rows, or our own export wrote them; those of them that are
    ``counted`` hold what the program works out itself. ``sealed`` ones tell of an informant; their words are never
    shown.
    """

    letter: str
    header: str
    path: str
    label: str
    sure: str
    examples: tuple[str, ...]
    fixed: bool = False
    sealed: bool = False
    counted: bool = False

    @property
    def asks(self) -> bool:
        """Tell whether the officer should look at this column first."""
        return self.sure in (UNSURE, NONE)


def matched(
    columns: Sequence[Heading], samples: Sequence[DataRow], kind: Register, mapping: Mapping[str, str] | None = None
) -> Matching:
    """Match columns as recognised or said; words about an informant go nowhere but under seal, whatever was said."""
    plain = column_match.match_columns(columns, samples, kind)
    if not mapping:
        return plain
    made = column_match.match_columns(columns, samples, kind, mapping)
    telling = {match.column.index for match in plain.matches if match.sealed}
    return replace(
        made,
        matches=tuple(
            replace(match, sealed=True, examples=(), field=match.field if _seals(kind, match.field) else "")
            if match.column.index in telling and (match.column.path or not match.field)
            else match
            for match in made.matches
        ),
    )


def unit_over(above: Sequence[str]) -> str:
    """Return the unit of money named over a table, nearest first; empty when none is."""
    return next(
        (unit for words in reversed(above) for part in (*words.split(), words) if (unit := unit_above(part))), ""
    )


def columns_of(matching: Matching, above: Sequence[str] = ()) -> list[Column]:
    """Return the columns that are read; what tells of an informant and has no sealed place is dropped.

    Money counts in the unit of its heading, else in the one named ``above`` the table.
    """
    made = []
    usual = unit_over(above) or "元"
    counted = {match.column.index for match in counted_in(matching)}
    for match in matching.matches:
        if match.ordinal or match.field.startswith("@") or (match.sealed and not match.field):
            continue
        if match.column.index in counted:
            continue
        child, there = _below(matching.register, match)
        made.append(
            Column(
                match.column.index,
                match.column.letters,
                match.column.header,
                there,
                child,
                match.unit or usual,
                match.confidence if match.field else float(there is not None),
            )
        )
    return _shared(matching.register, _dates_together(matching, made))


def counted_in(matching: Matching) -> list[Match]:
    """Return the columns of our own export that hold what the program computes itself: they are not taken back.

    An old ledger's count is kept as words.
    """
    if not matching.own:
        return []
    counted = {field.label for field in matching.register.fields if field.computed}
    return [
        match
        for match in matching.matches
        if not match.ordinal and match.column.header in counted and _below(matching.register, match)[1] is None
    ]


def _shared(register: Register, columns: list[Column]) -> list[Column]:
    """Let a column of name and post feed both, where no other column feeds the other one."""
    fed = {column.path for column in columns}
    made = []
    for column in columns:
        name = column.path.removesuffix(_POST) or next(
            (each.name for each in register.references if register.has(each.name + _POST) and each.name not in fed), ""
        )
        both = _NAME_AND_POST.search(folded(column.header)) and not column.child and register.has(name + _POST)
        other = name if column.path.endswith(_POST) else name + _POST
        named = column.field is None and label_words.header_key(column.header) in _BARE_NAME_AND_POST
        both = both and (column.field is not None or named)
        if both and register.has(name) and other not in fed:
            person, post = register.field(name), register.field(name + _POST)
            made.append(replace(column, field=person, also=post))
        else:
            made.append(column)
    return made


def _dates_together(matching: Matching, columns: list[Column]) -> list[Column]:
    """Join columns of year, month and day, one beside the other, to the one date they spell."""
    register = matching.register
    paths = {match.column.index: match.column.path for match in matching.matches}
    by_index = {column.index: column for column in columns}
    gone: set[int] = set()
    for index, column in list(by_index.items()):
        group = [paths.get(index + step, ()) for step in range(3)]
        if tuple(label_words.header_key(path[-1]) if path else "" for path in group) != label_words.DATE_PARTS:
            continue
        there = _dated(register, group[0][:-1], {each.path for each in columns if not index <= each.index < index + 3})
        if there is None:
            continue
        by_index[index] = replace(column, field=there, child="", parts=(index + 1, index + 2), confidence=HIGH)
        gone |= {index + 1, index + 2}
    return [each for index, each in sorted(by_index.items()) if index not in gone]


def _dated(register: Register, path: tuple[str, ...], fed: Collection[str]) -> Field | None:
    free = [each for each in column_match.targets(register) if each.is_day and each.name not in fed]
    if not path:
        return next((each for each in free if each.name == register.main_date), free[0] if free else None)
    scored = [(label_words.naming(path, each).score, -at, each) for at, each in enumerate(free)]
    best = max(scored, default=(0.0, 0, None), key=lambda each: each[:2])
    return best[2] if best[0] >= LOW else None


def looks(matching: Matching, columns: Sequence[Column]) -> list[ColumnLook]:
    """Return every column of a table as the officer sees it, in the order of the sheet."""
    fed = {column.index: column for column in columns}
    counted = {match.column.index for match in counted_in(matching)}
    made = []
    for match in matching.matches:
        look = _look(matching.register, match, fed.get(match.column.index))
        if match.column.index in counted:
            look = replace(look, sure=SURE, fixed=True, counted=True)
        elif matching.own and look.label and look.label == look.header:
            # Our own heading says what the column is, whatever its cells look like.
            look = replace(look, sure=SURE)
        made.append(look)
    return made


def choices(register: Register, look: ColumnLook) -> list[tuple[str, str]]:
    """Return path and label of every field a column may feed; one that tells of an informant only sealed ones."""
    below = [
        (f"{kind.key}.{field.name}", f"{kind.label}：{field.label}", field)
        for kind in register.rows
        for field in kind.fields
    ]
    sealed = [(path, label) for path, label, field in below if field.kind is FieldKind.SEALED]
    if look.sealed and look.header:
        return sealed
    found = [(field.name, field.label) for field in column_match.targets(register)]
    if not look.header:
        return found + sealed
    return found + [(path, label) for path, label, field in below if path == look.path]


def _look(register: Register, match: Match, column: Column | None) -> ColumnLook:
    path = column.path if column else ""
    own = match.field.startswith("@")
    if match.ordinal or own or (match.how == _BY_HAND and not path):
        sure = SURE
    elif not path:
        sure = SURE if match.sealed else NONE
    else:
        confidence = column.confidence if column else 0.0
        sure = SURE if confidence >= HIGH else LIKELY if confidence >= MIDDLE else UNSURE if confidence >= LOW else NONE
    return ColumnLook(
        match.column.letters,
        match.column.header,
        path,
        _label(register, path),
        sure,
        () if match.sealed else match.examples,
        match.ordinal or own,
        match.sealed,
    )


def _label(register: Register, path: str) -> str:
    child, _, name = path.rpartition(".")
    if not name:
        return ""
    return (
        f"{register.child(child).label}：{register.child(child).field(name).label}"
        if child
        else register.label_of(name)
    )


def _below(register: Register, match: Match) -> tuple[str, Field | None]:
    """Return the field a column feeds: one of the register, or one of a single row under it."""
    child, _, name = match.field.rpartition(".")
    if child:
        return child, register.child(child).field(name)
    named = register.field(name) if name else None
    if match.how == _BY_HAND:
        return "", named
    # Words about an informant are sealed wherever their column can be told; they never stand as plain extra.
    best, best_score, best_kind = named, match.confidence if named else _SURE, ""
    for kind in register.rows:
        for each in kind.fields:
            if not _stands_alone(kind, each, register_has_one=named is not None) or not match.column.path:
                continue
            if each.kind is FieldKind.SEALED and column_match.of_reported(match.column.path):
                continue
            score = label_words.naming(match.column.path, each).score
            if score > best_score:
                best, best_score, best_kind = each, score, kind.key
    return best_kind, best


def _stands_alone(kind: Register, field: Field, *, register_has_one: bool) -> bool:
    """Tell whether a row under the record can be made of this one column alone, where the register has no place."""
    if field.kind is FieldKind.SEALED:
        return True
    needed = {each.name for each in kind.fields if each.required and not each.computed}
    return not register_has_one and needed <= {field.name} and field.kind is not FieldKind.FILES


def _seals(kind: Register, path: str) -> bool:
    child, _, name = path.rpartition(".")
    owner = kind.child(child) if child else kind
    return bool(name) and owner.field(name).kind is FieldKind.SEALED
