"""Who handles what (RF-C*): recusal, two people, investigation apart from trial and appeal.

Who reported is class P4 and sealed: hands are compared with it when a step is taken, never in a list of flags.
"""

from collections.abc import Iterator, Mapping, Sequence

from paizhu.base.rows import Ref, Row
from paizhu.registers.activity_flow import ATTENDED, HELD
from paizhu.registers.activity_flow import FLOW as ACTIVITY_FLOW
from paizhu.registers.case_flow import CASE_FLOW
from paizhu.registers.finding_flow import FLOW as FINDING_FLOW
from paizhu.registers.guards import refs, same, several, shared
from paizhu.registers.lead_flow import LEAD_FLOW
from paizhu.registers.opinion_flow import FLOW as OPINION_FLOW
from paizhu.registers.proposal_flow import FLOW as LETTER_FLOW
from paizhu.registers.talk import TALK
from paizhu.registers.talk_choices import HELD as TALK_HELD
from paizhu.rules.flags.books import BookRule, Books
from paizhu.rules.flags.finding import Evidence, Finding, Given

HANDS = {
    "lead": ("handler", "co_handler", "check_team"),
    "case": ("handler", "co_handler", "team", "trial_team", "appeal_team"),
    "integrity_talk": ("talker", "companion", "recorder"),
    "finding": ("acceptors",),
    "integrity_opinion": ("handler", "draft", "check", "sign", "second_sign"),
    "supervision_activity": ("members",),
    "proposal": ("handler", "checker", "signer"),
}
_FLOWS = {
    "lead": LEAD_FLOW,
    "case": CASE_FLOW,
    "integrity_talk": TALK.flow,
    "finding": FINDING_FLOW,
    "integrity_opinion": OPINION_FLOW,
    "supervision_activity": ACTIVITY_FLOW,
    "proposal": LETTER_FLOW,
}


def _open(row: Row) -> bool:
    flow = _FLOWS.get(row.register)
    return flow is None or not row.state or not flow.state(row.state).end


def recusal(books: Books, given: Given) -> Iterator[Finding]:
    """Find a handler, talker or signer who is the subject himself or a relative of his (监察法 第六十七条)."""
    many = (books.leads, books.cases, books.talks, books.findings, books.opinions, books.activities, books.letters)
    for row in (row for rows in many for row in rows):
        for subject in _concerned(row, books) if _open(row) else ():
            for hand in _distinct(refs(row.values, HANDS[row.register])):
                if same(hand, subject):
                    why = f"{hand.label}是本人"
                elif relation := books.people.relations.between(hand, subject):
                    kind = f"（{relation.words}）" if relation.words else ""
                    why = f"{hand.label}与{subject.label}有登记的关系{kind}"
                else:
                    continue
                evidence = ((row.register, row.id), *_person(hand), *_person(subject))
                yield Finding(given.rule.code, f"{row.no or subject.label}：{why}，应当回避", (), evidence)


def _concerned(row: Row, books: Books) -> list[Ref]:
    """Return whose matter a record is: the subject, who answers for a finding, the persons of an opinion or letter."""
    named = refs(row.values, ("subject", "duty_person", "duty_leader", "talked"))
    below = {"integrity_opinion": (books.asked, "person"), "proposal": (books.problems, "duty_person")}
    if row.register in below:
        rows, name = below[row.register]
        named += [who for each in rows.get(row.id, ()) if isinstance(who := each.get(name), Ref)]
    return _distinct(named)


def alone(books: Books, given: Given) -> Iterator[Finding]:
    """Find a talk, a check or an acceptance by fewer than two named persons.

    监察法 第四十四条, 政务处分法 第四十二条; for an acceptance the domain's own rule (2.12).
    """
    for row in books.talks:
        held = row.values.get("start_at") and row.state in TALK_HELD
        if held and _open(row) and not several(row.values, *HANDS["integrity_talk"]):
            yield Finding(given.rule.code, f"{_title(row)}：谈话一方登记不足两人", (), ((row.register, row.id),))
    for row in books.leads:
        if row.values.get("check_from") and _open(row) and not several(row.values, "check_team"):
            yield Finding(given.rule.code, f"{_title(row)}：核查组登记不足两人", (), ((row.register, row.id),))
    for row in books.findings:
        if row.values.get("accepted_at") and _open(row) and not several(row.values, *HANDS["finding"]):
            yield Finding(given.rule.code, f"{_title(row)}：整改验收登记不足两人", (), ((row.register, row.id),))
    for row in books.activities:
        checks = row.state in HELD and row.values.get("kind") not in ATTENDED
        if checks and _open(row) and not several(row.values, *HANDS["supervision_activity"]):
            yield Finding(given.rule.code, f"{_title(row)}：检查人员登记不足两人", (), ((row.register, row.id),))
    for row in books.letters:
        if row.values.get("signed_at") and _open(row) and not several(row.values, "checker", "signer"):
            yield Finding(given.rule.code, f"{_title(row)}：审核和签发登记不足两人", (), ((row.register, row.id),))


def mixed(books: Books, given: Given) -> Iterator[Finding]:
    """Find a person who investigated and tried, or reviews what he handled (监督执纪工作规则 第五十九条)."""
    for row in books.cases:
        for group, others, words in (
            ("trial_team", ("team",), "既参加审查调查又参加审理"),
            ("appeal_team", ("team", "trial_team"), "参加过办理又参加申诉复查"),
        ):
            if names := shared(row.values, (group,), others):
                told = f"{row.no or row.values.get('name')}：{'、'.join(names)}{words}"
                yield Finding(given.rule.code, told, (), (("case", row.id),), group)
    cases = {row.id: row for row in books.cases}
    for measure in books.measures:
        ref = measure.values.get("case_ref")
        case = cases.get(ref.id) if isinstance(ref, Ref) and ref.id is not None else None
        for appeal in books.appeals.get(measure.id, ()) if case else ():
            handled = {**case.values, "again": appeal.get("team")} if case else {}
            if case and (names := shared(handled, ("again",), ("team", "trial_team"))):
                told = f"{_title(measure)}：{'、'.join(names)}参加过办理又参加申诉复查"
                yield Finding(given.rule.code, told, (), (("measure", measure.id), ("case", case.id)))


def _distinct(people: Sequence[Ref]) -> list[Ref]:
    found: list[Ref] = []
    for who in people:
        if not any(same(who, known) for known in found):
            found.append(who)
    return found


def _person(who: Ref) -> Evidence:
    return ((who.register, who.id),) if who.linked and who.id is not None else ()


def _title(row: Row) -> str:
    subject = row.values.get("subject")
    return row.no or (subject.label if isinstance(subject, Ref) else "")


RULES: Mapping[str, BookRule] = {"RF-C1": recusal, "RF-C2": alone, "RF-C3": mixed}
