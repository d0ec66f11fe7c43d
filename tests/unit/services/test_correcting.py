"""One rule over settled records, in the act itself: no change without a written reason, whichever way it comes."""

from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base.errors import SettledError
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.services.correcting import Correcting
from paizhu.services.mass_change import MassChange
from paizhu.services.matters.handing_on import HandingOn
from paizhu.services.office import Office

MEETING, TALK, PERSON = (registers.register(key) for key in ("meeting", "integrity_talk", "person"))
REASON = "地点登记有误"


def settled(office: Office, register: Register = MEETING, state: str = "filed", **more: object) -> int:
    """A record whose course is over, with nothing 待补."""
    least: dict[str, object] = {"name": "示例会议", "held_at": "2026-03-10"}
    if register is TALK:
        least = {"subject": "孙立新", "planned_date": "2026-03-02"}
    made = office.records.save(register, {**least, **more}).records[0][1]
    with office.vault.act("step") as act:
        act.change(register, made, None, {"state": state})
    complete(office, register)
    return made


def complete(office: Office, register: Register = MEETING) -> None:
    """Let nothing be 待补, as in a record that went its whole course."""
    with office.vault.act("step") as act:
        act.execute(f'UPDATE "{register.key}" SET missing = 0')


def test_a_change_without_a_reason_is_refused_and_leaves_everything(office: Office) -> None:
    made = settled(office)
    before, entries = office.records.get(MEETING, made), office.vault.last_entry()
    with pytest.raises(SettledError, match="已到“纪要已收”，只读。没有改动。写明更正的原因后再改。"):
        office.records.save(MEETING, {"place": "三楼"}, made)
    assert office.records.get(MEETING, made) == before
    assert office.vault.last_entry() == entries


def test_a_reason_lets_it_through_and_stands_in_the_journal_with_the_change(office: Office) -> None:
    made = settled(office)
    change = office.records.save(MEETING, {"place": "三楼"}, made, reason=REASON)
    assert office.records.get(MEETING, made).values["place"] == "三楼"
    told = office.history.changes(change.entry)
    assert [(each.action, each.label) for each in told if each.action == "correct"] == [("correct", told[0].label)]
    assert any(f"事由：{REASON}" in each.after for each in told)
    assert any((each.field, each.after) == ("place", "三楼") for each in told)
    complete(office)
    with pytest.raises(SettledError):
        office.records.save(MEETING, {"place": "四楼"}, made)


def test_blank_words_are_no_reason(office: Office) -> None:
    made = settled(office)
    with pytest.raises(SettledError):
        office.records.save(MEETING, {"place": "三楼"}, made, reason="  ")


def test_saving_what_stands_already_needs_no_reason(office: Office) -> None:
    made = settled(office)
    office.records.save(MEETING, {"name": "示例会议"}, made)


def test_rows_and_files_under_it_are_part_of_the_record(office: Office, tmp_path: Path) -> None:
    made = settled(office, TALK, "archived")
    paper = tmp_path / "签字页.txt"
    paper.write_text("示例", encoding="utf-8")
    with pytest.raises(SettledError):
        office.records.save(TALK, {}, made, rows={"point": [{"words": "示例要点"}]})
    with pytest.raises(SettledError):
        office.records.attach(TALK, made, paper)
    office.records.save(TALK, {}, made, rows={"point": [{"words": "示例要点"}]}, reason=REASON)
    (point,) = office.records.rows(TALK, made)["point"]
    with pytest.raises(SettledError):
        office.records.save(TALK, {}, made, rows={"point": [{"id": point.id, "words": "改过的"}]})
    with pytest.raises(SettledError):
        office.records.save(TALK, {}, made, rows={"point": []})
    assert office.records.rows(TALK, made)["point"][0].values["words"] == "示例要点"


def test_a_correction_begun_in_the_window_holds_until_it_is_ended(office: Office) -> None:
    made = settled(office)
    correcting = Correcting(office.desk)
    correcting.begin(MEETING, office.records.get(MEETING, made), REASON)
    office.records.save(MEETING, {"place": "三楼"}, made)
    office.records.save(MEETING, {"place": "四楼"}, made)
    complete(office)
    correcting.end(MEETING, made)
    with pytest.raises(SettledError):
        office.records.save(MEETING, {"place": "五楼"}, made)


def test_voiding_restoring_and_undoing_carry_their_own_ground(office: Office) -> None:
    made = settled(office)
    change = office.records.save(MEETING, {"place": "三楼"}, made, reason=REASON)
    office.history.undo(change.entry)
    assert office.records.get(MEETING, made).values["place"] is None
    office.records.void(MEETING, [made], "重复登记")
    office.records.unvoid(MEETING, [made])
    assert not office.records.get(MEETING, made).voided


def test_words_may_gain_the_person_they_name(office: Office) -> None:
    made = settled(office, TALK, "archived")
    person = office.records.save(PERSON, {"name": "孙立新"}).records[0][1]
    office.records.link(TALK, made, "subject", "person", person)
    assert office.records.get(TALK, made).values["subject"] == Ref("孙立新", "person", person)
    complete(office, TALK)
    other = office.records.save(PERSON, {"name": "郑为民"}).records[0][1]
    with pytest.raises(SettledError):
        office.records.link(TALK, made, "subject", "person", other)


def lacking(office: Office, register: Register = MEETING, state: str = "filed", **more: object) -> int:
    """A record whose course is over, as an old ledger brings it: something is 待补."""
    made = settled(office, register, state, **more)
    with office.vault.act("step") as act:
        act.execute(f'UPDATE "{register.key}" SET missing = 1')
    return made


def test_what_stands_empty_in_a_record_that_lacks_something_is_filled_in_and_noted(office: Office) -> None:
    made = lacking(office)
    change = office.records.save(MEETING, {"place": "三楼"}, made)
    told = [each for each in office.history.changes(change.entry) if each.action == "fill"]
    assert [each.after for each in told] == ["补录：会议地点"]


def test_what_stands_already_in_it_is_changed_with_a_reason_only(office: Office) -> None:
    made = lacking(office, place="二楼")
    entries = office.vault.last_entry()
    with pytest.raises(SettledError, match="还空着的可以直接补录"):
        office.records.save(MEETING, {"place": "三楼"}, made)
    # Neither together with something that is filled in.
    with pytest.raises(SettledError):
        office.records.save(MEETING, {"place": "三楼", "remarks": "示例"}, made)
    assert office.vault.last_entry() == entries
    office.records.save(MEETING, {"place": "三楼", "remarks": "示例"}, made, reason=REASON)
    assert office.records.get(MEETING, made).values["place"] == "三楼"


def test_a_list_is_begun_without_a_reason_and_gone_on_with_one(office: Office) -> None:
    made = lacking(office, TALK, "archived")
    office.records.save(TALK, {}, made, rows={"point": [{"words": "示例一"}, {"words": "示例二"}]})
    with office.vault.act("step") as act:
        act.execute("UPDATE integrity_talk SET missing = 1")
    standing = [{"id": row.id, **row.values} for row in office.records.rows(TALK, made)["point"]]
    with pytest.raises(SettledError):
        office.records.save(TALK, {}, made, rows={"point": [*standing, {"words": "示例三"}]})
    with pytest.raises(SettledError):
        office.records.save(TALK, {}, made, rows={"point": standing[:1]})


def test_files_are_added_to_it_without_a_reason_and_taken_off_with_none(office: Office, tmp_path: Path) -> None:
    made = lacking(office, TALK, "archived")
    paper = tmp_path / "示例.txt"
    paper.write_text("示例", encoding="utf-8")
    office.records.attach(TALK, made, paper)
    (file,) = office.records.attachments(TALK, made)
    with pytest.raises(SettledError):
        office.records.detach(TALK, made, int(file["id"]))


def test_what_is_filled_in_last_takes_the_rest_of_its_act_along(office: Office) -> None:
    made = settled(office, TALK, "archived")
    with office.vault.act("step") as act:
        act.execute("UPDATE integrity_talk SET missing = 1")
    with office.vault.act("save") as act:
        act.change(TALK, made, None, {"place": "三楼"})
        act.execute("UPDATE integrity_talk SET missing = 0")
        act.add_row(TALK, made, "point", {"words": "示例一"})
        act.add_row(TALK, made, "point", {"words": "示例二"})
    with pytest.raises(SettledError), office.vault.act("save") as act:
        act.change(TALK, made, None, {"remarks": "又一句"})


def test_a_change_of_many_fills_in_and_leaves_what_stands(office: Office) -> None:
    empty, filled = lacking(office), lacking(office, place="二楼")
    mass = MassChange(office.desk)
    reach = mass.reach(MEETING, [empty, filled])
    assert reach.ids == (empty, filled)
    assert mass.narrowed(MEETING, reach, ["place"]).done == "1 条，另有 1 条已归档，没有改"
    mass.change(MEETING, reach, {"place": "三楼"})
    assert [office.records.get(MEETING, each).values["place"] for each in (empty, filled)] == ["三楼", "二楼"]


def test_a_change_of_many_reaches_only_those_that_are_not_settled(office: Office) -> None:
    closed = settled(office)
    fresh = [
        office.records.save(MEETING, {"name": f"会议{at}", "held_at": "2026-03-11"}).records[0][1] for at in range(2)
    ]
    mass = MassChange(office.desk)
    reach = mass.reach(MEETING, [closed, *fresh])
    assert reach.words == "将改动选中的 2 条（另有 1 条已归档，不改）"
    change = mass.change(MEETING, reach, {"place": "三楼"})
    assert [office.records.get(MEETING, each).values["place"] for each in (closed, *fresh)] == [None, "三楼", "三楼"]
    office.history.undo(change.entry)
    assert office.records.get(MEETING, fresh[0]).values["place"] is None
    with pytest.raises(SettledError, match="选中的 1 条都已归档"):
        mass.change(MEETING, mass.reach(MEETING, [closed]), {"place": "三楼"})


def test_a_later_letter_still_joins_a_lead_that_went_on_to_a_case(office: Office) -> None:
    lead, petition = registers.register("lead"), registers.register("petition")
    standing = office.records.save(lead, {"subject": "某甲", "received_at": "2026-03-02", "summary": "反映补贴问题"})
    made = standing.records[0][1]
    with office.vault.act("step") as act:
        act.change(lead, made, None, {"state": "filed"})
    complete(office, lead)
    assert Correcting(office.desk).settled(lead, office.records.get(lead, made))
    typed = {
        "received_at": "2026-03-10", "channel": "来信", "origin": "上级交办", "named": "匿名",
        "petition_class": "检举控告", "own_level": "本级", "is_repeat": "否", "reported_names": ["某甲"],
        "issue_types": ["廉洁纪律"], "eight_rules": "是", "summary": "又反映补贴问题",
    }  # fmt: skip
    letter = office.records.save(petition, typed).records[0][1]
    with office.vault.act("step") as act:
        act.change(petition, letter, None, {"state": "accepted"})
    HandingOn(office.desk).join_petitions(made, [letter])
    assert office.records.get(lead, made).values["petition_refs"]
