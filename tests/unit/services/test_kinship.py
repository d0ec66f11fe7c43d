"""Recusal: relations found from either side, and the comparison with who reported, which shows nobody and no reason."""

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError, NotAllowedError, PaizhuError, StepRefusedError
from paizhu.base.rows import Ref, Sealed
from paizhu.services.kinship import InformantRecusal, Kin
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office
from paizhu.storage import sealing
from tests.conftest import PASSWORD
from tests.typed import WHOLE

PERSON, PETITION, LEAD, CASE, MEASURE = (
    registers.register(key) for key in ("person", "petition", "lead", "case", "measure")
)
INFORMANT = "示例报"


def person(office: Office, name: str, *relatives: str) -> Ref:
    rows = {"relation": [{"relative": each, "relation": "夫妻"} for each in relatives]}
    made = office.records.save(PERSON, {"name": name}, rows=rows).records[0][1]
    return Ref(name, "person", made)


def letter(office: Office, **more: object) -> int:
    typed = {**WHOLE["petition"], "received_at": "2026-03-02", "summary": "一、示例", "own_level": "本级",
             "named": "实名", **more}  # fmt: skip
    rows = {"informant": [{"mark": "反映人一", "name": INFORMANT, "phone": "00000000000"}]}
    return office.records.save(PETITION, typed, rows=rows).records[0][1]


def case_of(office: Office, petition: int, **more: object) -> int:
    lead = office.records.save(LEAD, {
        "received_at": "2026-03-03", "subject": "示例某",
        "petition_refs": [{"label": "信", "register": "petition", "id": petition}],
    }).records[0][1]  # fmt: skip
    return office.records.save(CASE, {
        "name": "示例某案", "filed_at": "2026-03-10", **more,
        "lead_ref": {"label": "线", "register": "lead", "id": lead},
    }).records[0][1]  # fmt: skip


def test_a_relation_counts_from_either_side_and_for_namesakes_out_of_the_roster(office: Office) -> None:
    one, other = person(office, "示例甲", "示例乙"), person(office, "示例乙")
    kin = Kin(office.vault)
    assert kin.related(one, other)
    assert kin.related(other, one)
    assert kin.related(Ref("示例甲"), Ref("示例乙"))
    assert not kin.related(one, Ref("示例丙"))


def test_a_relative_recorded_at_the_other_person_blocks_a_step(office: Office) -> None:
    person(office, "示例某", "示例承")
    lead = office.records.save(LEAD, {
        "received_at": "2026-03-02", "subject": "示例某", "handler": "示例承", "source": "监督检查发现",
        "summary": "一、示例", **WHOLE["lead"],
    }).records[0][1]  # fmt: skip
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(LEAD, lead, "proposed", {
            "proposed_mode": "初步核实", "proposed_reason": "具体", "proposed_at": "2026-03-10",
        })  # fmt: skip
    assert "应当回避" in str(refused.value)


@pytest.mark.parametrize("relative", [False, True])
def test_a_handler_related_to_who_reports_is_refused_while_it_is_typed(office: Office, relative: bool) -> None:
    person(office, "示例承", INFORMANT)
    handler = "示例承" if relative else INFORMANT
    with pytest.raises(InvalidRecordError) as refused:
        letter(office, handler=handler)
    words = str(refused.value)
    assert f"{handler}应当回避，原因按规定不显示" in words
    assert "举报" not in words
    assert "反映人" not in words
    letter(office, handler="示例另")


def test_the_comparison_names_who_must_go_and_nobody_else(office: Office) -> None:
    person(office, "示例承", INFORMANT)
    petition = letter(office)
    case_of(office, petition, team="示例承、示例乙")
    found = InformantRecusal(office.desk).check(petition, PASSWORD)
    assert found.names == ("示例承",)
    assert INFORMANT not in found.words
    assert "示例承应当回避，原因按规定不显示" in found.words
    entry = office.history.entries()[0]
    assert (entry.kind, entry.label) == ("reveal", "与举报人核对回避")
    told = " ".join(
        change.after for change in office.history.of_record("petition", petition) if change.action == "reveal"
    )
    assert "示例承" not in told
    assert INFORMANT not in told


def test_who_reported_may_not_handle_the_matter_himself(office: Office) -> None:
    petition = letter(office)
    case_of(office, petition, trial_team=f"{INFORMANT}、示例乙")
    assert InformantRecusal(office.desk).check(petition, PASSWORD).names == (INFORMANT,)


def test_without_a_relation_the_answer_counts_whom_it_compared(office: Office) -> None:
    petition = letter(office)
    case_of(office, petition, team="示例甲、示例乙")
    found = InformantRecusal(office.desk).check(petition, PASSWORD)
    assert (found.names, found.compared) == ((), 3)
    assert found.words.startswith("已比对 3 名办理人员")


def test_a_wrong_password_compares_nothing_and_an_anonymous_letter_needs_none(office: Office) -> None:
    petition = letter(office)
    with pytest.raises(PaizhuError):
        InformantRecusal(office.desk).check(petition, "不是这个口令")
    assert office.history.entries(kind="reveal") == []
    anonymous = office.records.save(PETITION, {"received_at": "2026-03-02", "summary": "示例"}).records[0][1]
    with pytest.raises(NotAllowedError):
        InformantRecusal(office.desk).check(anonymous, PASSWORD)


@pytest.mark.parametrize("who", ["示例乙", "示例丁"])
def test_who_handled_a_case_does_not_review_its_measure(office: Office, who: str) -> None:
    case = case_of(office, letter(office), team="示例甲、示例乙", trial_team="示例丙、示例丁")
    typed = {"subject": "示例某", "kind": "党内警告", "decided_at": "2026-03-10",
             "case_ref": {"label": "案", "register": "case", "id": case}}  # fmt: skip
    measure = office.records.save(MEASURE, typed).records[0][1]
    with pytest.raises(InvalidRecordError) as refused:
        office.records.save(
            MEASURE,
            {},
            measure,
            rows={"appeal": [{"kind": "申诉", "applied_at": "2026-03-12", "team": f"{who}、示例戊"}]},
        )
    assert f"{who}参加过本案审查调查或审理" in str(refused.value)
    office.records.save(
        MEASURE, {}, measure, rows={"appeal": [{"kind": "申诉", "applied_at": "2026-03-12", "team": "示例戊、示例己"}]}
    )
    assert len(office.records.rows(MEASURE, measure)["appeal"]) == 1


def lead_of(office: Office, petition: int, **more: object) -> int:
    return office.records.save(LEAD, {
        **WHOLE["lead"], "received_at": "2026-03-03", "subject": "示例某", "source": "信访举报", "summary": "一、示例",
        "petition_refs": [{"label": "信", "register": "petition", "id": petition}], **more,
    }).records[0][1]  # fmt: skip


PROPOSAL = {"proposed_mode": "初步核实", "proposed_reason": "具体", "proposed_at": "2026-03-10"}


@pytest.mark.parametrize("relative", [False, True])
def test_a_hand_of_who_reported_is_refused_at_the_step_without_a_word_of_why(office: Office, relative: bool) -> None:
    person(office, "示例承", INFORMANT)
    hand = "示例承" if relative else INFORMANT
    lead = lead_of(office, letter(office), handler=hand)
    with pytest.raises(StepRefusedError) as refused:
        office.records.advance(LEAD, lead, "proposed", PROPOSAL)
    words = str(refused.value)
    assert f"{hand}须回避（监察法第六十七条" in words
    assert not [each for each in ("举报", "反映人", "关系", "信访") if each in words]
    assert (INFORMANT in words) is (not relative)
    assert office.records.get(LEAD, lead).state == "registered"
    office.records.save(LEAD, {"handler": "示例另"}, lead)
    office.records.advance(LEAD, lead, "proposed", PROPOSAL)
    assert office.records.get(LEAD, lead).state == "proposed"


def test_what_a_page_says_beforehand_cannot_be_asked_name_by_name(office: Office) -> None:
    lead = lead_of(office, letter(office), handler=INFORMANT)
    step = LEAD.flow and LEAD.flow.step("registered", "proposed")
    assert step
    assert office.records.objections(LEAD, lead, step, PROPOSAL) == []
    before = len(office.history.entries())
    with pytest.raises(StepRefusedError):
        office.records.advance(LEAD, lead, "proposed", PROPOSAL)
    entry = office.history.entries()[0]
    assert len(office.history.entries()) == before + 1
    assert (entry.kind, entry.label) == ("reveal", "办理时核对回避")
    (noted,) = office.history.changes(entry.id)
    assert INFORMANT not in noted.after


def test_a_hand_over_is_refused_as_the_step_by_itself_would_be(office: Office) -> None:
    petition = letter(office, reported_names=["示例某"], issue_types=["廉洁纪律"])
    with office.vault.act("save", "准备") as act:
        act.change(PETITION, petition, None, {"state": "accepted", "handler": Ref(INFORMANT)})
    with pytest.raises(StepRefusedError, match="须回避"):
        HandingOn(office.desk).lead_from_petition(petition)


def test_investigators_and_reviewers_are_compared_with_the_letter_behind_the_case(office: Office) -> None:
    case = case_of(office, letter(office), team=f"示例甲、{INFORMANT}", report_signed="是")
    with office.vault.act("save", "准备") as act:
        act.change(CASE, case, None, {"state": "facts_shown"})
    with pytest.raises(StepRefusedError, match="须回避"):
        office.records.advance(CASE, case, "investigation_report", {
            "report_at": "2026-03-12", "report_proposal": "示例",
        })  # fmt: skip
    measure = office.records.save(MEASURE, {
        "subject": "示例某", "kind": "党内警告", "decided_at": "2026-03-10",
        "case_ref": {"label": "案", "register": "case", "id": case},
    }).records[0][1]  # fmt: skip
    appeal = [{"kind": "申诉", "applied_at": "2026-03-12", "team": f"{INFORMANT}、示例戊"}]
    with pytest.raises(InvalidRecordError, match="须回避"):
        office.records.save(MEASURE, {}, measure, rows={"appeal": appeal})


def test_two_names_in_one_place_are_both_compared(office: Office) -> None:
    typed = {"received_at": "2026-03-02", "summary": "一、示例", "own_level": "本级", "named": "联名"}
    petition = office.records.save(PETITION, typed, rows={"informant": [{"name": "示例报、示例告"}]}).records[0][1]
    lead = lead_of(office, petition, handler="示例告")
    with pytest.raises(StepRefusedError, match="示例告须回避"):
        office.records.advance(LEAD, lead, "proposed", PROPOSAL)


def test_a_letter_from_before_there_were_marks_is_compared_on_the_password_once(office: Office) -> None:
    petition = letter(office)
    (row,) = office.records.rows(PETITION, petition)["informant"]
    box = row.values["name"]
    assert isinstance(box, Sealed)
    with office.vault.act("save", "准备") as act:
        act.change("petition.informant", row.id, None, {"name": Sealed(box.box.partition(".")[0])})
    lead = lead_of(office, petition)
    with pytest.raises(StepRefusedError, match="核对回避"):
        office.records.advance(LEAD, lead, "proposed", PROPOSAL)
    InformantRecusal(office.desk).check(petition, PASSWORD)
    newest = office.history.last_undoable()
    assert newest is not None
    assert newest.kind != "reveal"
    office.records.advance(LEAD, lead, "proposed", PROPOSAL)
    opened = office.records.reveal(PETITION, petition, "informant", PASSWORD, "核对")
    assert opened[0]["name"] == INFORMANT
    office.records.save(LEAD, {"handler": INFORMANT}, lead)
    with pytest.raises(StepRefusedError, match="须回避"):
        office.records.advance(LEAD, lead, "panel", {"panel_at": "2026-03-11", "panel_conclusion": "同意"},
                               rows={"panel_view": [{"who": "示例乙", "view": "同意"}]})  # fmt: skip


def test_a_sealed_name_stands_nowhere_in_the_open(office: Office) -> None:
    petition = letter(office)
    (row,) = office.records.rows(PETITION, petition)["informant"]
    name, phone = row.values["name"], row.values["phone"]
    assert isinstance(name, Sealed)
    assert isinstance(phone, Sealed)
    assert INFORMANT not in name.box
    assert sealing.mark_of(name.box)
    assert sealing.mark_of(phone.box) == ""


def test_an_empty_sealed_cell_saved_again_opens_as_nothing(office: Office) -> None:
    petition = letter(office)
    (row,) = office.records.rows(PETITION, petition)["informant"]
    with office.vault.act("save", "示例") as act:
        act.change("petition.informant", row.id, None, {"phone": None, "address": ""})
    (kept,) = office.records.rows(PETITION, petition)["informant"]
    assert [kept.values.get(name) for name in ("phone", "address")] == [None, None]
    with office.vault.act("save", "以前的版本") as act:
        act.change("petition.informant", row.id, None, {"phone": Sealed(office.vault.seal("None", "phone"))})
    (opened,) = office.records.reveal(PETITION, petition, "informant", PASSWORD, "核对")
    assert opened["name"] == INFORMANT
    assert not {"phone", "address"} & set(opened)
