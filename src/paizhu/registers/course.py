"""How the registers of a matter follow each other: 信访 线索 立案 审理 处分 执行 (``domain.md`` 3.1, 3.2).

Each says for which stations it stands, what it came from, who had a hand in it, and what of it is told in a list of
matters and on the page of one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from paizhu.base.register import Register
from paizhu.registers.case import CASE
from paizhu.registers.lead import LEAD
from paizhu.registers.measure import MEASURE
from paizhu.registers.petition import PETITION

STATIONS = ("信访", "线索", "立案", "审理", "处分", "执行")


@dataclass(frozen=True, slots=True)
class Span:
    """One station: the day that begins it, the days that may end it, and the verb for a day that stands alone."""

    station: str
    start: str
    verb: str
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """What a record came from: a register, the own field that names it, and the field there that leads back here."""

    to: Register
    up: str
    down: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """Persons who had a hand in it: the field that names them and their role.

    A team is two or more (``domain.md`` 8.3); ``note`` is the field that tells where its lent members come from. It
    has nobody in common with those named in ``apart``, and says ``mixed`` where it has.
    """

    field: str
    role: str
    note: str = ""
    lent_needs_unit: bool = False
    apart: tuple[str, ...] = ()
    mixed: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """What counts at a station: title of the block, and the fields that stand in it once filled in or 待补."""

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The stretch of a matter that one register stands for.

    ``short`` is its word in a line; ``sections`` tells by section which station a day belongs to, the empty one all
    others; ``nodes`` are days that matter where no step asks for them. ``ended_on`` and ``ended_as`` are the fields
    that tell when and how it ended, the first filled in first; ``listed`` what else a list of matters needs.
    ``subject`` is the role of the person in that field, ``hands`` are the others; ``repeats`` is the field that names
    the first record of the same content. ``blocks`` are by stage, the empty one is for all others.
    """

    register: Register
    short: str
    spans: tuple[Span, ...]
    sections: Mapping[str, str]
    ended_on: tuple[str, ...]
    ended_as: tuple[str, ...]
    listed: tuple[str, ...]
    blocks: Mapping[str, Block]
    links: tuple[Link, ...] = ()
    nodes: tuple[str, ...] = ()
    of_fields: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    hands: tuple[Hand, ...] = ()
    repeats: str = ""

    def __post_init__(self) -> None:
        named = {name for block in self.blocks.values() for name in block.names}
        named |= {name for hand in self.hands for name in (hand.field, hand.note, *hand.apart) if name}
        named |= {*self.listed, *self.ended_on, *self.ended_as, *self.nodes, *self.of_fields}
        unknown = sorted(name for name in named if not self.register.has(name))
        if unknown:
            raise ValueError(f"{self.key}: the course names unknown fields {unknown}")

    @property
    def key(self) -> str:
        """Key of the register."""
        return self.register.key

    @property
    def station(self) -> str:
        """The first station it stands for."""
        return self.spans[0].station

    @property
    def read(self) -> tuple[str, ...]:
        """The fields a list of matters reads, each once."""
        return tuple(dict.fromkeys((*self.listed, *self.ended_on, *self.ended_as)))

    def station_of(self, name: str, section: str) -> str:
        """Return the station that a day in this field and section belongs to."""
        return self.of_fields.get(name) or self.sections.get(section) or self.sections[""]


STRETCHES = (
    Stretch(
        PETITION,
        "信访",
        (Span("信访", "received_at", "收到"),),
        {"": "信访"},
        ended_on=("closed_at", "returned_at", "transfer_at", "archived_at", "received_at"),
        ended_as=("result",),
        listed=("no", "reported_names", "summary", "own_level", "state"),
        blocks={
            "": Block(
                "信访事项",
                ("summary", "petition_class", "issue_types", "own_level", "is_repeat", "handling", "transfer_to",
                 "result", "false_flag", "clarify_needed"),
            )
        },
        repeats="first_ref",
    ),
    Stretch(
        LEAD,
        "线索",
        (Span("线索", "received_at", "收到", ("check_report_at", "report_at", "closed_at")),),
        {"": "线索"},
        ended_on=("closed_at", "transfer_at", "check_report_at", "report_at", "approved_at", "received_at"),
        ended_as=("measures", "close_reason", "check_opinion", "report_opinion", "mode"),
        listed=("no", "subject", "summary", "state", "form", "held_reason"),
        blocks={
            "": Block(
                "处置意见",
                ("summary", "issue_types", "amount", "proposed_mode", "mode", "panel_conclusion", "report_opinion",
                 "check_opinion", "held_reason", "close_reason", "measures", "form"),
            )
        },
        links=(Link(PETITION, "petition_refs", "lead_ref"),),
        nodes=("inquiry_sent_at", "inquiry_replied_at", "talk_held_at"),
        of_fields={"filing_request_at": "立案"},
        subject="被反映人",
        hands=(
            Hand("check_team", "核查人", "check_team_note", lent_needs_unit=True),
            Hand("approver", "批准人"),
        ),
    ),
    Stretch(
        CASE,
        "案件",
        (
            Span("立案", "filed_at", "立案", ("report_at",)),
            Span("审理", "trial_accepted_at", "受理", ("trial_report_at",)),
            Span("处分", "decided_at", "决定"),
            Span("执行", "executed_at", "执行完毕"),
        ),
        {"": "立案", "审理": "审理", "决定": "处分", "执行与申诉": "执行", "澄清正名": "执行"},
        ended_on=("closed_at", "decided_at", "filed_at"),
        ended_as=("outcome",),
        listed=("no", "name", "subject", "state"),
        blocks={
            "立案": Block(
                "审查情况",
                ("facts", "issue_types", "kind", "filed_by", "handled_by", "subject_view", "report_proposal"),
            ),
            "审理": Block(
                "审理意见",
                ("facts", "proposed_measure", "issue_types", "trial_opinion", "subject_view", "report_proposal",
                 "returned"),
            ),
            "处分": Block(
                "处分决定",
                ("facts", "outcome", "decision_no", "decide_body", "told_at", "statement_heard", "vote",
                 "withdraw_reason", "judicial_body"),
            ),
            "执行": Block(
                "执行情况",
                ("outcome", "decision_no", "decided_at", "executed_at", "period_to", "appeal_result", "volume_ref"),
            ),
        },
        links=(Link(LEAD, "lead_ref", "case_ref"),),
        of_fields={"filing_request_at": "立案"},
        subject="被审查人",
        hands=(
            Hand("team", "审查人", "team_note", lent_needs_unit=True),
            Hand("trial_team", "审理人", "trial_team_note", apart=("team",), mixed="参加过审查，须回避"),
            Hand("appeal_team", "复查人", "appeal_team_note", apart=("team", "trial_team"),
                 mixed="参加过本案，须回避"),
            Hand("filing_approver", "批准人"),
        ),
    ),
    Stretch(
        MEASURE,
        "处分",
        (Span("处分", "decided_at", "决定"), Span("执行", "executed_at", "执行完毕")),
        {"": "执行", "决定": "处分"},
        ended_on=("executed_at", "exec_report_at", "decided_at"),
        ended_as=("kind",),
        listed=("no", "subject", "announced_at"),
        blocks={
            "": Block(
                "处分执行",
                ("kind", "doc_no", "decided_by", "basis", "facts", "delivered_at", "announced_at", "announce_scope",
                 "pay_done", "filed_in_dossier", "exec_report_at", "executed_at"),
            )
        },
        links=(Link(CASE, "case_ref"), Link(LEAD, "lead_ref")),
        nodes=("announced_at", "exec_report_at"),
        subject="受处分人",
    ),
)  # fmt: skip
"""Every register of a matter, in the order in which they follow each other."""

KEYS = tuple(each.key for each in STRETCHES)


def stretch(key: str) -> Stretch:
    """Return the stretch of the register with this key; KeyError where it is no part of a matter."""
    for each in STRETCHES:
        if each.key == key:
            return each
    raise KeyError(key)
