"""Who must recuse himself: recorded relations of people, and the comparison with who reported, which names nobody.

Who reported stays sealed (处理检举控告工作规则 第四十七条). It is compared in memory, on the password, and the answer
names only whoever of the handlers has to give the matter up (监察法 第六十七条), never with whom or why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.field import FieldKind
from paizhu.base.numbers import split_list
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Row, Sealed, Values
from paizhu.registers import case_flow, lead_flow, petition_flow
from paizhu.registers.guards import MUST_LEAVE, RECUSED, distinct, refs, same, shared
from paizhu.registers.petition_rows import COMPARED
from paizhu.rules.flags.matching import Relation, Relations
from paizhu.services.desk import Desk
from paizhu.storage import queries, sealing
from paizhu.storage.journal import Act
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault

HANDS: dict[str, tuple[str, ...]] = {
    "petition": petition_flow.HANDS,
    "lead": lead_flow.HANDS,
    "case": case_flow.HANDS,
    "measure": ("handler", "co_handler"),
}


class Kin:
    """Recorded relations of one vault, read when first asked for."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def related(self, one: Ref, other: Ref) -> bool:
        """Tell whether two persons stand in a recorded relation, from whichever side it was recorded."""
        return self._relations.between(one, other) is not None

    def of(self, who: Ref) -> list[Ref]:
        """Return everybody who stands in a recorded relation to a person."""
        return [relative for relative, _relation in self._relations.of(who)]

    @cached_property
    def _relations(self) -> Relations:
        person = registers.register("person")
        with self._vault.read() as connection:
            rows = queries.children_of_all(connection, table(person, "relation"))
            names = {
                parent: str(queries.one(connection, table(person), parent).values.get("name") or "")
                for parent in {int(str(row.values["parent_id"])) for row in rows}
            }
        return Relations(
            Relation(Ref(names[parent], "person", parent), relative)
            for row in rows
            if isinstance(relative := row.values.get("relative"), Ref)
            for parent in (int(str(row.values["parent_id"])),)
        )


@dataclass(frozen=True, slots=True)
class Recusals:
    """What a comparison with the informants found: how many persons were compared, and who has to recuse himself."""

    compared: int
    sealed: int
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """The answer as it is shown; it never says with whom or why."""
        if self.names:
            return f"{'、'.join(self.names)}应当回避，原因按规定不显示：请改由他人办理，或移交派出机关"
        return f"已比对 {self.compared} 名办理人员，登记的关系里没有应当回避的情形"


class Reporters:
    """Who reported a matter, known by the marks beside their sealed names only; nobody can be read from them."""

    def __init__(self, vault: Vault, letters: Sequence[Row]) -> None:
        self._vault = vault
        self._kin = Kin(vault)
        boxes = [row.values.get(COMPARED) for row in letters]
        found = [sealing.mark_of(box.box) for box in boxes if isinstance(box, Sealed) and box.box]
        self._marks = {mark for marks in found for mark in marks.split(",") if mark}
        self.uncompared = not all(found)
        """Whether one was sealed before marks were made, so that nothing can be told until the password opens it."""

    def must_leave(self, who: Ref) -> bool:
        """Tell whether a person is among them, or related to one of them; never which."""
        if not self._marks:
            return False
        near = [who, *self._kin.of(who)]
        return any(self._vault.recusal_mark(each.label) in self._marks for each in near if each.label.strip())


def reporters_of(desk: Desk, register: Register, record_id: int) -> Reporters:
    """Return who reported the matter a record belongs to, over all its letters."""
    from paizhu.services.matters.course import Course

    if register.key not in HANDS:
        return Reporters(desk.vault, ())
    matter = Course(desk).of(register.key, record_id)
    return Reporters(desk.vault, [row for part in matter.parts for row in part.rows.get("informant", ())])


class InformantRecusal:
    """Compares everybody who handles a matter with whoever reported it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def check(self, petition_id: int, password: str) -> Recusals:
        """Compare on the password; the comparison is journalled at the letter, its result by number only."""
        from paizhu.services.matters.course import Course

        matter = Course(self._desk).of("petition", petition_id)
        petition = registers.register("petition")
        with self._vault.read() as connection:
            rows = queries.children(connection, table(petition, "informant"), petition_id)
        if not rows:
            raise NotAllowedError("这件信访没有登记举报人身份，不用比对", "没有改动")
        opened = self._vault.open_sealed(password, [row.values for row in rows])
        informants = [Ref(name) for words in opened for name in split_list(words.get(COMPARED, ""))]
        hands = distinct(ref for part in matter.parts for ref in refs(part.row.values, HANDS[part.register.key]))
        officer = str(self._desk.setting("officer"))
        hands = distinct([*hands, Ref(officer)]) if officer else hands
        kin = Kin(self._vault)
        found = [hand for hand in hands if any(same(hand, each) or kin.related(hand, each) for each in informants)]
        made = Recusals(len(hands), len(informants), tuple(hand.label for hand in found))
        facts = {"reason": "核对回避", "compared": len(hands), "found": len(found)}
        with self._vault.act("reveal", "与举报人核对回避", always=True) as act:
            act.note(petition.key, petition_id, "reveal", facts)
            if not self._vault.broken:
                self._mark(act, rows, opened)
        return made

    def _mark(self, act: Act, rows: Sequence[Row], opened: Sequence[Mapping[str, str]]) -> None:
        """Put marks beside names sealed before there were any, so that from now on every step can compare."""
        for row, words in zip(rows, opened, strict=True):
            box = row.values.get(COMPARED)
            if isinstance(box, Sealed) and words.get(COMPARED) and not sealing.mark_of(box.box):
                fresh = sealing.marked(box.box, self._vault.recusal_mark(words[COMPARED]))
                act.change("petition.informant", row.id, None, {COMPARED: Sealed(fresh)})


def objections(register: Register, made: Values, rows: Mapping[str, Sequence[Values]], kin: Kin) -> list[Problem]:
    """Return what stands against the handlers of a letter while the names of who reported are typed, still unsealed."""
    hands = refs(made, HANDS.get(register.key, ()))
    for child in register.rows:
        if not any(field.kind is FieldKind.SEALED for field in child.fields):
            continue
        typed = [words for row in rows.get(child.key, ()) if isinstance(words := row.get(COMPARED), str)]
        names = [Ref(name) for words in typed for name in split_list(words)]
        for hand in hands:
            if any(same(hand, each) or kin.related(hand, each) for each in names):
                words = f"{hand.label}应当回避，原因按规定不显示：请换一位承办人、协办人"
                return [Problem("handler", words, "recusal")]
    return []


def reviewers_apart(
    desk: Desk, register: Register, made: Values, rows: Mapping[str, Sequence[Values]]
) -> list[Problem]:
    """Return what stands against a review by somebody who handled the case or reported it (工作规则 第五十九条)."""
    case = made.get("case_ref")
    named = [row for child in register.rows if child.has("team") for row in rows.get(child.key, ())]
    if not named or not isinstance(case, Ref) or not case.linked or case.id is None:
        return []
    with desk.vault.read() as connection:
        held = queries.one(connection, table(case.register), case.id).values
    reporters = reporters_of(desk, registers.register(case.register), case.id)
    problems = []
    for child in register.rows:
        for row in rows.get(child.key, ()) if child.has("team") else ():
            both = shared({**held, "again": row.get("team")}, ("again",), ("team", "trial_team"))
            if both:
                words = f"{'、'.join(both)}参加过本案审查调查或审理，不得参加申诉复查"
                problems.append(Problem(child.key, words, "guard"))
            leaving = "、".join(who.label for who in refs(row, ("team",)) if reporters.must_leave(who))
            if leaving:
                problems.append(Problem(child.key, f"{leaving}{MUST_LEAVE}", RECUSED))
    return problems
