"""Integrity opinions, proposals and archives: values with which every step can be taken, and what breaks each guard."""

from paizhu.registers import register
from paizhu.registers.opinion_rows import SOURCES
from tests.guards.ground import AHEAD, LENT, RELATIVE, Break, Ground, filled, row_of
from tests.unit.registers.case_values import DAY, LEADER, OFFICER, SECOND, SUBJECT, THIRD

_OPINION, _PROPOSAL, _ARCHIVE = register("integrity_opinion"), register("proposal"), register("integrity_archive")
_PERSON = row_of(_OPINION, "opinion_person", person=SUBJECT, reply="clear", reply_reason=None)
_SEARCHED = tuple(row_of(_OPINION, "lookup", who=SUBJECT, source=each.code) for each in SOURCES)
OPINION = Ground(
    _OPINION,
    filled(_OPINION, draft=OFFICER, check=SECOND, sign=LEADER, second_sign=THIRD, valid_days=30),
    {"opinion_person": (_PERSON,), "lookup": _SEARCHED, "joint_check": (row_of(_OPINION, "joint_check"),)},
    {},
    (
        Break("a source not searched", "还没有查全 5 个来源：示例某", rows={"lookup": _SEARCHED[:-1]}),
        Break("draft not signed", "会审底稿还没有签字：示例室",
              rows={"joint_check": (row_of(_OPINION, "joint_check", room="示例室", signer=None),)}),
        Break("somebody unanswered", "示例某还没有选定回复意见",
              rows={"opinion_person": ({**_PERSON, "reply": None},)}),
        Break("signed alone", "审签须有两人签字", {"second_sign": LEADER}),
        Break("signed with somebody from nowhere", "请在“双签人单位”里写明其单位",
              {"second_sign": LENT, "second_sign_unit": None}),
        Break("drafted by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"draft": RELATIVE}),
    ),
)  # fmt: skip
_PROBLEM = row_of(_PROPOSAL, "problems", duty_person=SUBJECT, due=AHEAD)
PROPOSAL = Ground(
    _PROPOSAL,
    filled(_PROPOSAL, kind="discipline", checker=SECOND, signer=LEADER, adopted="all", refuse_reason="示例理由"),
    {"problems": (_PROBLEM,), "suggestions": (row_of(_PROPOSAL, "suggestions"),), "proposal_extension": ()},
    {
        ("replied", "reported_up"): {"adopted": "refused"},
        ("replied", "closed"): {"kind": "reminder"},
    },
    (
        Break("no suggestion", "“建议措施”还没有写", {"kind": "discipline"}, {"suggestions": ()}),
        Break("signed alone", "审核和签发须由两人", {"signer": SECOND}),
        Break("signed by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"handler": RELATIVE}),
        Break("refused without a reason", "没有全部采纳的，请写明单位说的理由",
              {"adopted": "partly", "refuse_reason": None}),
        Break("nothing taken up", "单位没有采纳，请先报告派出机关", {"adopted": "refused"}),
        Break("all taken up", "单位已全部采纳，不用报告派出机关", {"adopted": "all"}),
        Break("answer not due yet", "回复期限是 2027-03-01，还没有过", {"reply_due": AHEAD}),
        Break("a proposal without its revisit", "建议书须回访评价落实情况以后再办结", {"kind": "discipline"}),
    ),
)  # fmt: skip
ARCHIVE = Ground(
    _ARCHIVE,
    filled(_ARCHIVE, person_id=SUBJECT, source="self", self_signed=True, reviewer=LEADER, reviewed_at=DAY),
    {},
    {},
    (
        Break("not signed", "本人填报的内容还没有本人签名", {"self_signed": False}),
        Break("reviewed by a relative", "示例亲属与示例某有登记的亲属或利害关系", {"reviewer": RELATIVE}),
    ),
)
LETTERS = (OPINION, PROPOSAL, ARCHIVE)
