"""A matter handed on: each register's words come from the one before, in one act that can be taken back."""

from datetime import date

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, PaizhuError, StepRefusedError
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Row
from paizhu.base.view import View, Which
from paizhu.registers.petition_flow import JOINED, REPEAT
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office
from tests.typed import WHOLE

PETITION, LEAD, CASE, MEASURE, PERSON = (
    registers.register(key) for key in ("petition", "lead", "case", "measure", "person")
)


@pytest.fixture
def handing(office: Office) -> HandingOn:
    return HandingOn(office.desk)


def get(office: Office, register: Register, record_id: int) -> Row:
    return office.records.get(register, record_id)


def letter(office: Office, *people: str, accepted: bool = True, **more: object) -> int:
    """A letter of 2 March 2026, accepted the day after unless told otherwise."""
    typed: dict[str, object] = {
        **WHOLE["petition"],
        "received_at": "2026-03-02",
        "channel": "来信",
        "origin": "上级交办",
        "named": "匿名",
        "petition_class": "检举控告",
        "own_level": "本级",
        "is_repeat": "否",
        "reported_names": list(people),
        "issue_types": ["廉洁纪律"],
        "eight_rules": "是",
        "summary": "反映示例人员收受检测企业礼品礼金",
        **more,
    }
    made = office.records.save(PETITION, typed).records[0][1]
    if accepted:
        office.records.advance(PETITION, made, "screening")
        office.records.advance(PETITION, made, "accepted", {"accepted_at": "2026-03-03"})
    return made


def filing_lead(office: Office) -> int:
    """A lead whose filing has been asked for."""
    typed = {
        **WHOLE["lead"],
        "subject": "示例甲", "received_at": "2026-03-02", "source": "信访举报", "summary": "1. 收受礼品",
        "cadre_authority": "驻在单位党组", "issue_types": ["廉洁纪律"], "subject_unit": "示例站",
        "subject_post": "站长",
    }  # fmt: skip
    lead = office.records.save(LEAD, typed).records[0][1]
    step = office.records.advance
    step(LEAD, lead, "proposed", {"proposed_mode": "初步核实", "proposed_reason": "具体", "proposed_at": "2026-03-03"})
    step(LEAD, lead, "panel", {"panel_at": "2026-03-04", "panel_conclusion": "同意"},
         rows={"panel_view": [{"who": "示例乙", "view": "同意"}]})  # fmt: skip
    step(LEAD, lead, "approved", {"approver": "示例乙", "approved_at": "2026-03-04", "mode": "初步核实"})
    step(LEAD, lead, "checking", {
        "check_request_at": "2026-03-05", "check_approver": "示例乙", "check_approved_at": "2026-03-05",
        "check_team": ["示例丙", "示例丁"], "check_team_note": "示例派出机关",
        "check_plan_kept_in": "示例保密柜", "check_from": "2026-03-06", "check_due": "2026-05-05",
    })  # fmt: skip
    step(LEAD, lead, "check_report", {
        "check_report_at": "2026-03-12", "check_opinion": "拟立案审查调查", "check_signed": "是",
        "check_answered": "是",
    })  # fmt: skip
    step(LEAD, lead, "filing", {
        "filing_request_at": "2026-03-13", "filing_basis": "初核报告", "filing_approver": "示例乙",
    })  # fmt: skip
    return lead


def test_a_letter_becomes_a_lead_without_typing_and_both_point_to_each_other(
    office: Office, handing: HandingOn
) -> None:
    office.records.save(PERSON, {"name": "示例甲", "post_now": "示例副站长", "rank_now": "乡科级"})
    petition = letter(office, "示例甲", reported_post="示例站副站长")
    change = handing.lead_from_petition(petition)
    register, lead_id = change.records[0]
    assert register == "lead"
    lead, source = get(office, LEAD, lead_id), get(office, PETITION, petition)
    assert lead.values["subject"] == Ref("示例甲", "person", 1)
    assert (lead.values["subject_post"], lead.values["subject_rank"]) == ("示例副站长", "section")
    assert (lead.values["source"], lead.values["received_at"]) == ("superior", date(2026, 3, 2))
    assert lead.values["summary"] == "反映示例人员收受检测企业礼品礼金"
    assert lead.values["petition_refs"] == (Ref(source.no, "petition", petition),)
    assert source.values["lead_ref"] == Ref(lead.no, "lead", lead_id)
    assert (source.state, lead.state) == ("as_lead", "registered")


def test_the_hand_over_is_one_act_and_taken_back_as_one(office: Office, handing: HandingOn) -> None:
    petition = letter(office, "示例甲", "示例乙")
    change = handing.lead_from_petition(petition)
    assert office.records.count(View("lead")) == 2
    office.history.undo(change.entry)
    assert office.records.count(View("lead")) == 0
    assert office.records.count(View("lead", which=Which.VOIDED)) == 2
    source = get(office, PETITION, petition)
    assert (source.state, source.values["lead_ref"]) == ("accepted", None)


def test_a_person_added_later_gets_a_lead_of_his_own(office: Office, handing: HandingOn) -> None:
    petition = letter(office, "示例甲")
    handing.lead_from_petition(petition)
    first = get(office, PETITION, petition)
    assert handing.offers(PETITION, first) == []
    office.records.save(PETITION, {"reported_names": ["示例甲", "示例乙"]}, petition, first.version)
    (offer,) = handing.offers(PETITION, get(office, PETITION, petition))
    assert offer.words == "为示例乙登记线索"
    handing.lead_from_petition(petition)
    leads = [get(office, LEAD, each) for each in office.records.ids(View("lead"))]
    assert [lead.values["subject"] for lead in leads] == [Ref("示例甲"), Ref("示例乙")]
    assert get(office, PETITION, petition).values["lead_ref"] == first.values["lead_ref"]


@pytest.mark.parametrize(("evidence", "offered"), [("是", ["lead"]), ("否", [])])
def test_an_answered_letter_is_handed_on_only_with_new_evidence(
    office: Office, handing: HandingOn, evidence: str, offered: list[str]
) -> None:
    made = letter(office, "示例甲", named="实名", origin="本级收到")
    told = {"notice_mode": "面谈", "notice_at": "2026-03-04", "notice_by": "示例官甲"}
    closing = {"handling": "自办", "proposal": "拟自办", "decision": "同意", "result": "不属实",
               "closed_at": "2026-03-09", "mass_side": "否", **told}  # fmt: skip
    office.records.advance(PETITION, made, "closed", closing)
    answer = {"feedback_at": "2026-03-09", "feedback_mode": "面谈", "feedback_by": "示例官甲"}
    office.records.advance(
        PETITION, made, "feedback", {**answer, "feedback_reaction": "知道了", "new_evidence": evidence}
    )
    found = handing.offers(PETITION, get(office, PETITION, made))
    assert [each.key for each in found if each.steps] == offered


def test_a_letter_that_names_nobody_is_not_handed_on(office: Office, handing: HandingOn) -> None:
    with pytest.raises(InvalidRecordError, match="被反映人"):
        handing.lead_from_petition(letter(office, petition_class="批评建议"))


def test_the_rules_of_the_step_hold(office: Office, handing: HandingOn) -> None:
    received = letter(office, "示例甲", accepted=False)
    with pytest.raises(StepRefusedError, match="收件登记"):
        handing.lead_from_petition(received)
    own = letter(office, "示例丙", issue_types=[])
    with pytest.raises(StepRefusedError, match="问题类型"):
        handing.lead_from_petition(own)
    assert office.records.count(View("lead")) == 0


def test_nobody_hands_on_his_own_matter(office: Office, handing: HandingOn) -> None:
    petition = letter(office, "示例甲")
    office.desk.set_setting("officer", "示例甲")
    with pytest.raises(StepRefusedError, match="回避"):
        handing.lead_from_petition(petition)


def test_joined_letters_go_on_with_one_lead_and_keep_their_own_numbers(office: Office, handing: HandingOn) -> None:
    first, second = letter(office, "示例甲"), letter(office, "示例甲", summary="再次反映")
    numbers = [get(office, PETITION, each).no for each in (first, second)]
    lead = handing.lead_from_petition(first).records[0][1]
    handing.join_petitions(lead, [second])
    sources = get(office, LEAD, lead).values["petition_refs"]
    assert sources == (Ref(numbers[0], "petition", first), Ref(numbers[1], "petition", second))
    joined = get(office, PETITION, second)
    assert (joined.no, joined.state, joined.values["summary"]) == (numbers[1], "as_lead", "再次反映")
    assert joined.values["lead_ref"] == Ref(get(office, LEAD, lead).no, "lead", lead)


def test_an_item_of_the_upper_level_is_never_joined(office: Office, handing: HandingOn) -> None:
    lead = handing.lead_from_petition(letter(office, "示例甲")).records[0][1]
    upper = office.records.save(PETITION, {"received_at": "2026-03-04", "own_level": "上级"}).records[0][1]
    with pytest.raises(PaizhuError, match="属上级受理"):
        handing.join_petitions(lead, [upper])
    assert len(get(office, LEAD, lead).values["petition_refs"] or ()) == 1  # type: ignore[arg-type]  # it holds references


def test_an_approved_filing_becomes_a_case_with_the_subject_as_he_stood(office: Office, handing: HandingOn) -> None:
    lead = filing_lead(office)
    (offer,) = handing.offers(LEAD, get(office, LEAD, lead))
    assert (offer.key, offer.asks) == ("case", (("立案（批准）日期", "2026-03-16"),))
    case_id = handing.case_from_lead(lead, date(2026, 3, 14)).records[0][1]
    case, source = get(office, CASE, case_id), get(office, LEAD, lead)
    assert case.values["name"] == "示例甲案（2026年3月14日立案）"
    assert (case.values["subject_unit"], case.values["subject_post"]) == ("示例站", "站长")
    assert case.values["filing_request_at"] == date(2026, 3, 13)
    assert case.values["lead_ref"] == Ref(source.no, "lead", lead)
    assert (source.state, source.values["case_ref"]) == ("filed", Ref(case.no, "case", case_id))
    assert office.records.rows(LEAD, lead)["hand"][-1].values["step"] == "批准立案"


def test_no_case_without_an_approved_filing(office: Office, handing: HandingOn) -> None:
    lead = handing.lead_from_petition(letter(office, "示例甲")).records[0][1]
    with pytest.raises(StepRefusedError, match="已登记"):
        handing.case_from_lead(lead, date(2026, 3, 14))
    assert office.records.count(View("case")) == 0


def decided_case(office: Office) -> int:
    """A case of which the decision is made, brought in as it stands."""
    typed = {
        "name": "示例甲收受礼品案", "subject": "示例甲", "subject_unit": "示例站", "subject_post": "站长",
        "subject_rank": "乡科级", "filed_at": "2026-01-05", "decide_body": "驻在单位党组", "outcome": "给予处分",
        "decision_no": "示党组〔2026〕21号", "decided_at": "2026-03-10", "issue_types": ["廉洁纪律"],
        "facts": "收受礼品 2 次", "proposed_measure": "严重警告、政务记过",
    }  # fmt: skip
    case = office.records.save(CASE, typed).records[0][1]
    with office.vault.act("save", "旧台账补录") as act:
        act.change(CASE, case, None, {"state": "decided"})
    return case


def test_a_decision_becomes_one_measure_of_each_kind(office: Office, handing: HandingOn) -> None:
    case = decided_case(office)
    (offer,) = handing.offers(CASE, get(office, CASE, case))
    assert offer.steps, "nothing of a punishment that is not registered can be carried out"
    handing.measures_from_case(case, offer.asks[0][1])
    first, second = (get(office, MEASURE, each) for each in office.records.ids(View("measure")))
    assert (first.values["kind"], second.values["kind"]) == ("party_serious_warning", "admin_demerit")
    assert (first.values["measure_class"], second.values["measure_class"]) == ("party", "admin")
    for made in (first, second):
        assert (made.values["doc_no"], made.values["decided_by"]) == ("示党组〔2026〕21号", "驻在单位党组")
        assert (made.values["facts"], made.values["subject_rank"]) == ("收受礼品 2 次", "section")
        assert made.values["case_ref"] == Ref(get(office, CASE, case).no, "case", case)
    assert first.values["period_to"] == date(2027, 9, 9)
    assert handing.offers(CASE, get(office, CASE, case)) == []


def test_a_case_of_an_old_ledger_that_was_carried_out_goes_on_without_its_measures(
    office: Office, handing: HandingOn
) -> None:
    case = decided_case(office)
    with office.vault.act("save", "旧台账补录") as act:
        act.change(CASE, case, None, {"state": "executed", "executed_at": date(2026, 3, 12)})
    (offer,) = handing.offers(CASE, get(office, CASE, case))
    assert (offer.key, offer.steps) == ("measure", False)


def test_a_kind_nobody_knows_makes_nothing(office: Office, handing: HandingOn) -> None:
    case = decided_case(office)
    with pytest.raises(InvalidRecordError, match="处分种类"):
        handing.measures_from_case(case, "示例处分")
    assert office.records.count(View("measure")) == 0


def test_earlier_records_of_the_same_person_or_matter_are_found(office: Office, handing: HandingOn) -> None:
    same_person = letter(office, "示例甲", summary="反映公车私用问题")
    same_matter = letter(office, "示例丙", summary="反映某人收受检测企业的礼品和礼金")
    letter(office, "示例丁", summary="反映征收补偿款发放标准不一")
    new = letter(office, "示例甲", accepted=False, received_at="2026-03-10", petition_date=None)
    found = {(each.register, each.id): each.why for each in handing.alike(get(office, PETITION, new).values, new)}
    assert found == {("petition", same_person): ("被反映人相同",), ("petition", same_matter): ("反映内容相近",)}


def test_a_letter_is_not_a_repeat_of_itself_nor_of_its_own_lead(office: Office, handing: HandingOn) -> None:
    petition = letter(office, "示例甲")
    handing.lead_from_petition(petition)
    assert handing.alike(get(office, PETITION, petition).values, petition) == []


def test_letters_are_joined_by_their_numbers(office: Office, handing: HandingOn) -> None:
    lead = handing.lead_from_petition(letter(office, "示例甲")).records[0][1]
    second = letter(office, "示例甲", summary="再次反映")
    with pytest.raises(InvalidRecordError, match="没有找到信访件：信〔2026〕9999"):
        handing.join_by_number(lead, f"{get(office, PETITION, second).no}、信〔2026〕9999")
    assert get(office, PETITION, second).state == "accepted"
    handing.join_by_number(lead, get(office, PETITION, second).no)
    assert get(office, PETITION, second).state == "as_lead"


def test_the_end_of_influence_is_taken_from_the_measures(office: Office, handing: HandingOn) -> None:
    case = decided_case(office)
    handing.measures_from_case(case, "严重警告、政务记过")
    assert handing.offers(CASE, get(office, CASE, case)) == []
    with office.vault.act("save", "旧台账补录") as act:
        act.change(CASE, case, None, {"state": "executed", "executed_at": date(2026, 3, 12)})
    (offer,) = handing.offers(CASE, get(office, CASE, case))
    assert (offer.words, offer.steps) == ("进入影响期（至 2027-09-09）", True)
    handing.into_period(case)
    row = get(office, CASE, case)
    assert (row.state, row.values["period_to"]) == ("in_period", date(2027, 9, 9))
    with pytest.raises(StepRefusedError):
        handing.into_period(case)


def test_what_is_not_carried_out_yet_does_not_go_into_its_period(office: Office, handing: HandingOn) -> None:
    case = decided_case(office)
    handing.measures_from_case(case, "严重警告")
    with office.vault.act("save", "旧台账补录") as act:
        act.change(CASE, case, None, {"state": "upheld"})
    (offer,) = handing.offers(CASE, get(office, CASE, case))
    assert (offer.words, offer.steps) == ("填入影响期满日期 2027-09-09", False)
    handing.period_from_measures(case)
    assert get(office, CASE, case).state == "upheld"


def test_every_hand_over_a_state_declares_is_known(office: Office, handing: HandingOn) -> None:
    declared = {
        hand for register in registers.REGISTERS if register.flow for state in register.flow.states
        for hand in state.hands
    }  # fmt: skip
    # What a letter found alike is put to is offered beside the likeness.
    assert declared - {REPEAT, JOINED} == set(handing._made)
