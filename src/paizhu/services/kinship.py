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
from paizhu.base.register import Register
from paizhu.base.rows import Problem, Ref, Values
from paizhu.registers.guards import refs, same, shared
from paizhu.rules.flags.matching import Relation, Relations
from paizhu.services.desk import Desk
from paizhu.storage import queries
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault

HANDS: dict[str, tuple[str, ...]] = {
    "petition": ("handler", "co_handler"),
    "lead": ("handler", "co_handler", "approver", "check_approver", "check_team", "filing_approver"),
    "case": ("handler", "co_handler", "filing_approver", "team", "trial_team", "appeal_team"),
    "measure": ("handler", "co_handler"),
}
_NAMED = "name"


class Kin:
    """Recorded relations of one vault, read when first asked for."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def related(self, one: Ref, other: Ref) -> bool:
        """Tell whether two persons stand in a recorded relation, from whichever side it was recorded."""
        return self._relations.between(one, other) is not None

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


class InformantRecusal:
    """Compares everybody who handles a matter with whoever reported it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def check(self, petition_id: int, password: str) -> Recusals:
        """Compare on the password; the comparison is journalled at the letter, its result by number only."""
        from paizhu.services.course import Course

        matter = Course(self._desk).of("petition", petition_id)
        petition = registers.register("petition")
        with self._vault.read() as connection:
            rows = queries.children(connection, table(petition, "informant"), petition_id)
        if not rows:
            raise NotAllowedError("这件信访没有登记举报人身份，不用比对", "没有改动")
        opened = self._vault.open_sealed(password, [row.values for row in rows])
        informants = [Ref(words[_NAMED]) for words in opened if words.get(_NAMED, "").strip()]
        hands = _distinct([ref for part in matter.parts for ref in refs(part.row.values, HANDS[part.register.key])])
        officer = str(self._desk.setting("officer"))
        hands = _distinct([*hands, Ref(officer)]) if officer else hands
        kin = Kin(self._vault)
        found = [hand for hand in hands if any(same(hand, each) or kin.related(hand, each) for each in informants)]
        made = Recusals(len(hands), len(informants), tuple(hand.label for hand in found))
        facts = {"reason": "核对回避", "compared": len(hands), "found": len(found)}
        with self._vault.act("reveal", "与举报人核对回避", always=True) as act:
            act.note(petition.key, petition_id, "reveal", facts)
        return made


def objections(register: Register, made: Values, rows: Mapping[str, Sequence[Values]], kin: Kin) -> list[Problem]:
    """Return what stands against the handlers of a letter while the names of who reported are typed, still unsealed."""
    hands = refs(made, HANDS.get(register.key, ()))
    for child in register.rows:
        if not any(field.kind is FieldKind.SEALED for field in child.fields):
            continue
        names = [Ref(str(row[_NAMED])) for row in rows.get(child.key, ()) if isinstance(row.get(_NAMED), str)]
        for hand in hands:
            if any(same(hand, each) or kin.related(hand, each) for each in names):
                words = f"{hand.label}应当回避，原因按规定不显示：请换一位承办人、协办人"
                return [Problem("handler", words, "recusal")]
    return []


def reviewers_apart(
    vault: Vault, register: Register, made: Values, rows: Mapping[str, Sequence[Values]]
) -> list[Problem]:
    """Return what stands against a review by somebody who handled the case (监督执纪工作规则 第五十九条)."""
    case = made.get("case_ref")
    if not isinstance(case, Ref) or not case.linked or case.id is None:
        return []
    with vault.read() as connection:
        held = queries.one(connection, table(case.register), case.id).values
    problems = []
    for child in register.rows:
        for row in rows.get(child.key, ()) if child.has("team") else ():
            both = shared({**held, "again": row.get("team")}, ("again",), ("team", "trial_team"))
            if both:
                words = f"{'、'.join(both)}参加过本案审查调查或审理，不得参加申诉复查"
                problems.append(Problem(child.key, words, "guard"))
    return problems


def _distinct(people: Sequence[Ref]) -> list[Ref]:
    found: list[Ref] = []
    for who in people:
        if who.label.strip() and not any(same(who, known) for known in found):
            found.append(who)
    return found
