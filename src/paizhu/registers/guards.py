"""What the guards of several courses ask about people: named twice, kept apart, not related to the subject."""

from collections.abc import Iterable

from paizhu.base.asked import empty
from paizhu.base.flow import OTHER_WAY, Facts, Guard
from paizhu.base.rows import Problem, Ref, Values, refs_in
from paizhu.base.text import same_name

PAIR = 2
RECUSED = "recusal"
"""Code of a refusal because somebody has to recuse himself for a reason that is not told."""
MUST_LEAVE = (
    "须回避（监察法第六十七条、公职人员政务处分法第四十七条），原因按规定不显示：请改由他人办理，或移交派出机关"
)
UNCOMPARED = "举报人是以前登记的，还没有同办理人员比对过回避：请先在案件页“涉案人员”里按“核对回避”，再往下办"


def refs(values: Values, names: Iterable[str]) -> list[Ref]:
    """Return everybody named in these fields, whether a field holds one person or several."""
    return [ref for name in names for ref in refs_in(values.get(name)) if ref.label.strip()]


def same(one: Ref, other: Ref) -> bool:
    """Tell whether two references mean one person: by the roster where both stand in it, else by name."""
    if one.linked and other.linked:
        return (one.register, one.id) == (other.register, other.id)
    return same_name(one.label, other.label)


def distinct(people: Iterable[Ref]) -> list[Ref]:
    """Return each person once, in the order named."""
    found: list[Ref] = []
    for who in people:
        if not any(same(who, known) for known in found):
            found.append(who)
    return found


def several(values: Values, *names: str) -> bool:
    """Tell whether at least two different persons are named."""
    return len(distinct(refs(values, names))) >= PAIR


def unit_written(names: tuple[str, ...], note: str, label: str) -> Guard:
    """Return the guard that a second person from elsewhere is named with his unit (``domain.md`` 8.3).

    Whoever stands in the roster with his unit is known; of anybody else ``note``, labelled so, must tell it. The
    officer is of the group itself; while his name is not set, the first one named stands for him.
    """

    def guard(facts: Facts) -> Problem | None:
        if not empty(facts.values.get(note)):
            return None
        named = distinct(refs(facts.values, names))
        here = facts.user or next(iter(named), None)
        lent = [who for who in named if not (here and same(who, here)) and not facts.placed(who)]
        if not lent:
            return None
        who = "、".join(ref.label for ref in lent)
        words = f"名册里查不到{who}的单位：本组只有一人、从别处借人的，请在“{label}”里写明其单位"
        return Problem(note, words, "guard")

    return guard


def shared(values: Values, names: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the names of persons who stand in both groups."""
    second = refs(values, others)
    return [ref.label for ref in refs(values, names) if any(same(ref, other) for other in second)]


def says(name: str, *codes: str, words: str) -> Guard:
    """Return a guard that refuses with these words unless the field holds one of the codes.

    Another code leads another way, which nothing typed here answers; an empty field is answered by filling it in.
    """

    def guard(facts: Facts) -> Problem | None:
        held = facts.values.get(name)
        if held in codes:
            return None
        return Problem(name, words, "guard") if empty(held) else Problem("", words, OTHER_WAY)

    return guard


def recusal(subjects: tuple[str, ...], hands: tuple[str, ...]) -> Guard:
    """Return the guard of 监察法 第六十七条 and 政务处分法 第四十七条: nobody handles his own or a relative's matter.

    It looks at everybody named in ``hands`` and at the officer who makes the step.
    """

    def guard(facts: Facts) -> str | None:
        concerned = refs(facts.values, subjects)
        acting = refs(facts.values, hands) + ([facts.user] if facts.user else [])
        for subject in concerned:
            for hand in acting:
                if same(hand, subject):
                    return f"{hand.label}是本件当事人，应当回避：请改由他人办理，或移交派出机关"
                if facts.related(hand, subject):
                    return (
                        f"{hand.label}与{subject.label}有登记的亲属或利害关系，应当回避：请改由他人办理，或移交派出机关"
                    )
        return None

    return guard


def apart_from_reporter(hands: tuple[str, ...]) -> Guard:
    """Return the guard that nobody handles what he, or somebody related to him, reported (监察法 第六十七条).

    The refusal names who has to go and the rule, and never why: who reported is told to nobody
    (处理检举控告工作规则 第四十七条).
    """

    def guard(facts: Facts) -> Problem | None:
        if facts.uncompared:
            return Problem("", UNCOMPARED, RECUSED)
        acting = distinct(refs(facts.values, hands) + ([facts.user] if facts.user else []))
        leaving = "、".join(who.label for who in acting if facts.must_leave(who))
        return Problem("", f"{leaving}{MUST_LEAVE}", RECUSED) if leaving else None

    return guard
