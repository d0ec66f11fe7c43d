"""Requests for integrity opinions follow what is written: searched at once, opened again by news, undone with it."""

from datetime import date, datetime
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import StepRefusedError
from paizhu.base.rows import Ref, Row
from paizhu.registers.guards import refs
from paizhu.services.office import Office
from paizhu.services.opinions import search

OPINION, LEAD, PETITION, CASE, MEASURE = (
    registers.register(key) for key in ("integrity_opinion", "lead", "petition", "case", "measure")
)


def save(office: Office, register: str, rows: Any = None, **typed: Any) -> int:
    return office.records.save(registers.register(register), typed, rows=rows).records[0][1]


@pytest.fixture
def who(office: Office) -> Ref:
    return Ref("示例甲", "person", save(office, "person", name="示例甲"))


def asked(office: Office, *people: object, **typed: Any) -> int:
    rows = {"opinion_person": [{"person": each, "to_post": "示例处处长"} for each in people]}
    return save(office, "integrity_opinion", rows, from_unit="人事处", received_at="2026-03-13", **typed)


def lookups(office: Office, opinion: int) -> dict[tuple[str, str], Row]:
    rows = office.records.rows(OPINION, opinion)["lookup"]
    return {(label(row, "who"), str(row.values["source"])): row for row in rows}


def label(row: Row, name: str) -> str:
    ref = row.values[name]
    assert isinstance(ref, Ref)
    return ref.label


def answered(office: Office, opinion: int, **more: Any) -> None:
    """Let the request be answered on 13 March, whatever the officer would have done in between."""
    with office.vault.act("step", "已发函") as act:
        act.change(OPINION, opinion, None, {"state": "sent", "reply_at": date(2026, 3, 13), **more})


def test_five_sources_are_searched_for_each_person_as_soon_as_the_letter_is_entered(office: Office, who: Ref) -> None:
    lead = save(office, "lead", subject=who, received_at="2026-02-01", summary="示例")
    closed = save(office, "lead", subject=who, received_at="2024-02-01", closed_at="2024-05-01")
    petition = save(office, "petition", {"reported": [{"person": "示例甲"}]}, received_at="2026-01-05", summary="示例")
    measure = save(office, "measure", subject=who, decided_at="2025-06-01", kind="党内警告")
    case = save(office, "case", name="示例案", subject=who, filed_at="2025-02-01")
    earlier = asked(office, who)
    opinion = asked(office, who, "示例乙")
    found = lookups(office, opinion)
    assert len(found) == 10
    ids = {
        source: [ref.id for ref in refs(row.values, ("records",))]
        for (name, source), row in found.items()
        if name == "示例甲"
    }
    assert ids == {"petition": [petition], "lead": [lead], "case": [case], "measure": [measure], "opinion": [earlier]}
    assert office.records.get(LEAD, lead).no in str(found["示例甲", "lead"].values["words"])
    assert "另有已办结的线索 1 件" in str(found["示例甲", "lead"].values["words"])
    assert closed not in ids["lead"]
    assert "影响期" in str(found["示例甲", "measure"].values["words"])
    assert {row.values["hits"] for (name, _), row in found.items() if name == "示例乙"} == {0}
    assert office.records.get(OPINION, opinion).state == "looked_up"


def test_a_person_added_later_is_searched_for_and_one_taken_out_leaves_nothing(office: Office, who: Ref) -> None:
    opinion = asked(office, who)
    office.records.save(OPINION, {}, opinion, rows={"opinion_person": [{"person": "示例丙"}]})
    assert {name for name, _ in lookups(office, opinion)} == {"示例丙"}


def test_undoing_the_letter_takes_its_searches_back(office: Office, who: Ref) -> None:
    opinion = asked(office, who)
    office.history.undo(office.history.entries()[0].id)
    assert office.records.get(OPINION, opinion).voided


def test_a_namesake_outside_the_roster_is_said_to_be_one(office: Office, who: Ref) -> None:
    with office.vault.act("save", "旧表") as act:
        act.create(LEAD, {"subject": Ref("示例甲"), "received_at": date(2026, 2, 1), "state": "registered"})
    assert "请核对是否同一人" in str(lookups(office, asked(office, who))["示例甲", "lead"].values["words"])


@pytest.mark.parametrize("register", ["petition", "lead", "case", "measure"])
def test_news_after_the_reply_opens_the_request_again_and_undo_closes_it(
    office: Office, who: Ref, register: str
) -> None:
    opinion = asked(office, who)
    answered(office, opinion)
    told: dict[str, dict[str, Any]] = {
        "petition": {"reported_names": [who], "received_at": "2026-03-16", "summary": "示例"},
        "lead": {"subject": who, "received_at": "2026-03-16"},
        "case": {"name": "示例案", "subject": who, "filed_at": "2026-03-16"},
        "measure": {"subject": who, "decided_at": "2026-03-16", "kind": "党内警告"},
    }
    change = office.records.save(registers.register(register), told[register])
    row = office.records.get(OPINION, opinion)
    assert row.state == "changed"
    assert row.values["changed_at"] == date(2026, 3, 16)
    assert lookups(office, opinion)["示例甲", register].values["hits"] == 1
    assert office.records.get(registers.register(register), change.records[0][1]).no in str(row.values["after_change"])
    assert OPINION.key in change.registers
    assert any(task.register == OPINION.key for task in office.today.every())
    office.history.undo(change.entry)
    assert office.records.get(OPINION, opinion).state == "sent"
    assert lookups(office, opinion)["示例甲", register].values["hits"] == 0
    assert office.history.verify() == []


def test_news_that_comes_late_or_concerns_others_opens_nothing(office: Office, who: Ref) -> None:
    late, appointed, other = (asked(office, who) for _ in range(3))
    answered(office, late, reply_at=date(2025, 12, 1))
    answered(office, appointed)
    (row,) = office.records.rows(OPINION, appointed)["opinion_person"]
    person = {"id": row.id, "person": who, "appointed_at": "2026-03-15"}
    office.records.save(OPINION, {}, appointed, rows={"opinion_person": [person]})
    answered(office, other)
    office.records.void(OPINION, [other], "重复")
    save(office, "lead", subject=who, received_at="2026-03-16")
    save(office, "lead", subject="旁人样", received_at="2026-03-16")
    assert [office.records.get(OPINION, each).state for each in (late, appointed, other)] == ["sent"] * 3


def test_an_old_ledger_brought_in_after_the_reply_opens_it_only_for_what_is_still_open(
    office: Office, who: Ref
) -> None:
    opinion = asked(office, who)
    answered(office, opinion)
    save(office, "measure", subject=who, decided_at="2019-03-16", kind="党内警告")
    save(office, "lead", subject=who, received_at="2019-03-16", closed_at="2019-05-16")
    assert office.records.get(OPINION, opinion).state == "sent"
    save(office, "lead", subject=who, received_at="2019-03-17")
    assert office.records.get(OPINION, opinion).state == "changed"


def test_changing_what_was_known_at_the_search_is_no_news(office: Office, who: Ref) -> None:
    lead = save(office, "lead", subject=who, received_at="2026-03-13")
    opinion = asked(office, who)
    answered(office, opinion)
    office.records.save(LEAD, {"summary": "补充内容"}, lead)
    assert office.records.get(OPINION, opinion).state == "sent"


def test_a_letter_that_names_the_person_only_later_is_news_then(office: Office, who: Ref) -> None:
    opinion = asked(office, who)
    answered(office, opinion)
    petition = save(office, "petition", received_at="2026-03-16", summary="示例")
    assert office.records.get(OPINION, opinion).state == "sent"
    office.records.save(PETITION, {"reported_names": [who]}, petition)
    assert office.records.get(OPINION, opinion).state == "changed"


def test_news_before_the_reply_is_searched_for_and_takes_a_chosen_answer_back(office: Office, who: Ref) -> None:
    opinion = asked(office, who, "示例乙")
    rows = office.records.rows(OPINION, opinion)["opinion_person"]
    chosen = [{"id": row.id, "person": row.values["person"], "reply": "clear"} for row in rows]
    office.records.save(OPINION, {}, opinion, rows={"opinion_person": chosen})
    with office.vault.act("step", "已审签") as act:
        act.change(OPINION, opinion, None, {"state": "signed"})
    with clock.clock_at(datetime(2026, 3, 17, 9, 0)):
        save(office, "lead", subject=who, received_at="2026-03-17")
    assert lookups(office, opinion)["示例甲", "lead"].values["hits"] == 1
    people = office.records.rows(OPINION, opinion)["opinion_person"]
    replies = {label(row, "person"): row.values["reply"] for row in people}
    assert replies == {"示例甲": None, "示例乙": "clear"}
    assert office.records.get(OPINION, opinion).state == "checked"
    with pytest.raises(StepRefusedError, match="示例甲还没有选定回复意见"):
        office.records.advance(OPINION, opinion, "drafted", {"draft": "蒋某", "draft_at": "2026-03-16"})


def test_many_requests_about_one_person_cost_one_search_and_only_the_rows_that_differ(
    office: Office, who: Ref, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinions = [asked(office, who, "示例乙") for _ in range(12)]
    searched: list[str] = []
    named = search.named

    def counted(act: Any, source: str, about: Ref, **more: Any) -> list[Row]:
        searched.append(source)
        return named(act, source, about, **more)

    monkeypatch.setattr(search, "named", counted)
    change = save(office, "lead", subject=who, received_at="2026-03-16"), office.history.entries()[0].id
    assert sorted(searched) == sorted(["petition", "lead", "case", "measure", "opinion"])
    with office.vault.read() as connection:
        written = connection.execute(
            "SELECT o.source, count(*) FROM journal_change j JOIN opinion_lookup o ON o.id = j.record_id "
            "WHERE j.entry_id = ? AND j.kind = 'integrity_opinion.lookup' GROUP BY 1 ORDER BY 1",
            (change[1],),
        ).fetchall()
    # The requests entered first did not know the later ones yet; the last one differs in the lead alone.
    assert dict(written)["lead"] == len(opinions)
    assert set(dict(written)) <= {"lead", "opinion"}
    assert dict(written)["opinion"] == len(opinions) - 1
    assert {lookups(office, each)["示例甲", "lead"].values["hits"] for each in opinions} == {1}
    searched.clear()
    with office.vault.act("import", "旧台账") as act:
        for place in range(3):
            letter: dict[str, Any] = {
                "from_unit": Ref("示例处"),
                "received_at": date(2026, 3, 1),
                "state": "received",
                "no": f"旧{place}",
            }
            act.create(OPINION, letter, rows={"opinion_person": [{"person": who}]})
    assert searched.count("lead") == 1
