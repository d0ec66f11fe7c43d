"""四种形态 at the moment a lead is filed: proposed by its result with the rule, decided by the officer."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.services.matters import classifying
from paizhu.services.office import Office

LEAD, MEASURE = (registers.register(key) for key in ("lead", "measure"))


def lead(office: Office, state: str, **more: Any) -> int:
    typed = {"received_at": "2026-01-05", "subject": "示例某", "closed_at": "2026-03-02", **more}
    made = office.records.save(LEAD, typed).records[0][1]
    with office.vault.act("save", "准备") as act:
        act.change(LEAD, made, None, {"state": state})
    return made


@pytest.mark.parametrize(
    ("state", "more", "code", "why"),
    [
        ("first_form", {"measures": "提醒谈话"}, "f1", "措施“提醒谈话”"),
        ("first_form", {"measures": "提醒谈话、免职"}, "f2", "措施“免职”"),
        ("closed_credited", {"mode": "谈话函询", "report_opinion": "采信了结"}, "f1", "谈话函询了结"),
        ("closed_no_action", {"close_reason": "失实"}, "none", "没有处理措施"),
    ],
)
def test_the_result_proposes_the_form(office: Office, state: str, more: dict[str, Any], code: str, why: str) -> None:
    made = lead(office, state, **more)
    found = classifying.proposed(office.desk, office.records.get(LEAD, made))
    assert (found.code, found.why) == (code, why)


def test_the_heaviest_measure_of_a_lead_counts_unless_it_was_taken_back(office: Office) -> None:
    made = lead(office, "first_form", measures="提醒谈话")
    measure = office.records.save(MEASURE, {
        "subject": "示例某", "kind": "撤销党内职务", "decided_at": "2026-03-02",
        "lead_ref": {"label": "线", "register": "lead", "id": made},
    }).records[0][1]  # fmt: skip
    assert classifying.proposed(office.desk, office.records.get(LEAD, made)).code == "f3"
    office.records.save(MEASURE, {"changed": "撤销"}, measure)
    assert classifying.proposed(office.desk, office.records.get(LEAD, made)).code == "f1"


def test_it_is_offered_when_the_next_step_asks_for_it_and_only_then(office: Office) -> None:
    made = lead(office, "first_form", measures="诫勉")
    row = office.records.get(LEAD, made)
    (offer,) = classifying.offers(office.desk, LEAD, row)
    assert offer.words == "填入形态：第一种形态"
    assert "诫勉" in offer.asks[0][0]
    office.records.save(LEAD, {"form": offer.asks[0][1]}, made)
    assert classifying.offers(office.desk, LEAD, office.records.get(LEAD, made)) == []
    assert classifying.offers(office.desk, LEAD, office.records.get(LEAD, lead(office, "registered"))) == []
    assert classifying.offers(office.desk, MEASURE, row) == []
    assert "不重不漏" in classifying.RULE
