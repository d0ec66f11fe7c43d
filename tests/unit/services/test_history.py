"""The journal in words, undoing anything, and a chain that shows what was rewritten."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Ref
from paizhu.services import naming, taking_back
from paizhu.services.office import Office
from paizhu.services.taking_back import Conflict
from paizhu.storage import cipher, keys
from paizhu.storage.journal import Act
from paizhu.storage.vault import DATABASE

TALK = registers.register("integrity_talk")
TYPED = {"subject": "孙立新", "planned_date": "2026.3.5", "place": "三楼"}


def saved(office: Office) -> int:
    return office.records.save(TALK, TYPED).records[0][1]


def test_undoing_a_change_restores_every_value(office: Office) -> None:
    record_id = saved(office)
    before = office.records.get(TALK, record_id)
    office.records.save(TALK, {"place": "四楼", "record": "谈话内容"}, record_id)
    assert not office.history.undo(office.history.entries()[0].id).kept
    after = office.records.get(TALK, record_id)
    assert (after.values, after.missing) == (before.values, before.missing)


def test_what_was_turned_is_let_go_piece_by_piece(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """The changes of 60,000 records, let go together at the end, kept the window from the interpreter for 0.15 s."""
    record_id, left, restore = saved(office), list[int](), Act.restore
    asked: list[taking_back.Standing] = []
    begin = taking_back.Standing.__init__

    def beginning(standing: taking_back.Standing, *given: Any) -> None:
        begin(standing, *given)
        asked.append(standing)

    def restoring(act: Act, *given: Any) -> None:
        left.append(len(asked[0].turned))
        restore(act, *given)

    monkeypatch.setattr(taking_back.Standing, "__init__", beginning)
    monkeypatch.setattr(Act, "restore", restoring)
    with office.vault.act("save") as act:
        for name in "甲乙丙":
            act.change(TALK, record_id, None, {"place": name})
    office.history.undo(office.history.entries()[0].id)
    assert left == [2, 1, 0]
    assert office.records.get(TALK, record_id).values["place"] == "三楼"


def test_undoing_a_creation_voids_it_and_redoing_brings_it_back(office: Office) -> None:
    record_id = saved(office)
    office.history.undo(office.history.entries()[0].id)
    assert office.records.get(TALK, record_id).voided
    redo = office.history.last_redoable()
    assert redo is not None
    office.history.undo(redo.id)
    assert not office.records.get(TALK, record_id).voided


def test_what_a_ledger_said_beside_the_fields_is_told_by_its_headings(office: Office) -> None:
    with office.vault.act("import", "导入《示例》1 行") as act:
        record_id = act.create(
            TALK,
            {"subject": Ref("示例甲"), "planned_date": date(2026, 3, 5), "state": "planned"},
            extra={"附注": "补签", "经费": "无"},
        )
    told = {each.label: (each.before, each.after) for each in office.history.of_record(TALK.key, record_id)}
    assert told["原表其他内容"] == ("", "经费：无；附注：补签")
    assert "extra" not in told


def test_undo_and_redo_walk_to_and_fro_over_several_acts(office: Office) -> None:
    record_id = saved(office)
    for place in ("四楼", "五楼", "六楼"):
        office.records.save(TALK, {"place": place}, record_id)
    seen = []
    for key in "ZZYYZYZZZY":
        entry = office.history.last_undoable() if key == "Z" else office.history.last_redoable()
        assert entry is not None
        assert not office.history.undo(entry.id).kept
        row = office.records.get(TALK, record_id)
        seen.append("作废" if row.voided else row.values["place"])
    assert seen == ["五楼", "四楼", "五楼", "六楼", "五楼", "六楼", "五楼", "四楼", "三楼", "四楼"]
    office.records.save(TALK, {"place": "七楼"}, record_id)
    assert office.history.last_redoable() is None, "a new act leaves nothing to do again"


def test_taking_a_redoing_back_undoes_the_act_once_more(office: Office) -> None:
    record_id = saved(office)
    office.records.save(TALK, {"place": "四楼"}, record_id)
    done = office.history.entries()[0].id
    office.history.undo(done)
    office.history.undo(office.history.entries()[0].id)
    again = office.history.entries()[0]
    assert (again.label, again.brings_back) == ("重做：修改 廉政谈话 谈〔2026〕001", done)
    assert office.history.entry(done).undone_by is None, "what was brought back is in force"
    office.history.undo(again.id)
    assert office.records.get(TALK, record_id).values["place"] == "三楼"
    assert office.history.entry(again.id).undone_by, "the redoing is over with it"
    assert not office.history.verify()


def test_what_was_edited_since_is_kept_and_listed_unless_ticked(office: Office) -> None:
    record_id = saved(office)
    office.records.save(TALK, {"place": "四楼"}, record_id)
    first = office.history.entries()[0].id
    office.records.save(TALK, {"place": "五楼"}, record_id)
    undone = office.history.undo(first)
    assert [(kept.record_id, kept.fields) for kept in undone.kept] == [(record_id, ("place",))]
    assert office.records.get(TALK, record_id).values["place"] == "五楼"


def test_what_an_act_did_to_its_own_record_is_no_edit_since(office: Office) -> None:
    with office.vault.act("import", "导入《旧台账》1 行") as act:
        record_id = act.create(
            TALK, {"subject": Ref("孙立新"), "planned_date": date(2026, 3, 5), "no": "谈〔2026〕1", "state": "planned"}
        )
        act.change(TALK, record_id, None, {"place": "三楼"})
    entry = office.history.entries()[0].id
    assert office.history.conflicts(entry) == []
    office.records.save(TALK, {"place": "五楼"}, record_id)
    (conflict,) = office.history.conflicts(entry)
    assert (conflict.record_id, conflict.fields[0]) == (record_id, "place")
    office.history.undo(office.history.entries()[0].id)
    assert not office.history.undo(entry).kept
    assert office.records.get(TALK, record_id).voided


def test_a_record_stays_when_only_a_step_was_taken_since(office: Office) -> None:
    record_id = saved(office)
    made = office.history.entries()[0].id
    with office.vault.act("step", "取消") as act:
        act.change(TALK, record_id, None, {"state": "cancelled"})
    assert office.history.conflicts(made) == [Conflict(TALK.key, record_id, ("state",))]


def add_a_row(office: Office, record_id: int, _folder: Path) -> None:
    office.records.save(TALK, {}, record_id, rows={"requirement": [{"words": "限期整改"}]})


def change_a_row(office: Office, record_id: int, _folder: Path) -> None:
    (point,) = office.records.rows(TALK, record_id)["point"]
    office.records.save(TALK, {}, record_id, rows={"point": [{"id": point.id, "words": "另一个要点"}]})


def attach_a_file(office: Office, record_id: int, folder: Path) -> None:
    (folder / "示例.txt").write_text("示例")
    office.records.attach(TALK, record_id, folder / "示例.txt")


@pytest.mark.parametrize(
    ("write", "kind"),
    [(add_a_row, "integrity_talk.requirement"), (change_a_row, "integrity_talk.point"), (attach_a_file, "attachment")],
)
def test_a_record_stays_when_only_a_row_or_file_below_it_was_written_since(
    office: Office, tmp_path: Path, write: Callable[[Office, int, Path], None], kind: str
) -> None:
    record_id = office.records.save(TALK, TYPED, rows={"point": [{"words": "要点"}]}).records[0][1]
    made = office.history.entries()[0].id
    assert office.history.conflicts(made) == []
    write(office, record_id, tmp_path)
    assert office.history.conflicts(made) == [Conflict(TALK.key, record_id, (), (kind,))]
    assert office.history.undo(made).kept == (Conflict(TALK.key, record_id, (), (kind,)),)
    assert not office.records.get(TALK, record_id).voided
    assert office.records.rows(TALK, record_id)["point"], "its rows stay with it"
    office.history.undo(office.history.last_undoable().id)  # type: ignore[union-attr]  # what was written since
    assert office.history.conflicts(made) == []


def test_a_record_with_a_row_written_since_goes_when_it_is_ticked(office: Office, tmp_path: Path) -> None:
    record_id = saved(office)
    made = office.history.entries()[0].id
    add_a_row(office, record_id, tmp_path)
    assert not office.history.undo(made, also=[(TALK.key, record_id)]).kept
    assert office.records.get(TALK, record_id).voided


def test_an_edit_that_was_itself_undone_does_not_stand_in_the_way(office: Office) -> None:
    record_id = saved(office)
    office.records.save(TALK, {"place": "四楼"}, record_id)
    first = office.history.entries()[0].id
    office.records.save(TALK, {"place": "五楼"}, record_id)
    office.history.undo(office.history.entries()[0].id)
    assert not office.history.undo(first).kept
    assert office.records.get(TALK, record_id).values["place"] == "三楼"


def test_an_act_is_undone_only_once(office: Office) -> None:
    saved(office)
    entry = office.history.entries()[0].id
    office.history.undo(entry)
    with pytest.raises(NotAllowedError, match="已经撤销过"):
        office.history.undo(entry)


def test_the_history_of_a_record_tells_before_and_after_in_words(office: Office) -> None:
    record_id = saved(office)
    office.records.save(TALK, {"kind": "提醒"}, record_id)
    newest = office.history.of_record("integrity_talk", record_id)[0]
    assert (newest.label, newest.before, newest.after) == ("谈话类型", "", "提醒谈话")


def test_the_chain_holds_and_shows_a_rewritten_entry(office: Office) -> None:
    saved(office)
    saved(office)
    assert office.history.verify() == []
    vault = office.vault
    vault.close()
    connection = cipher.connect(vault.folder / DATABASE, vault.key_for(keys.Purpose.DATABASE))
    connection.execute("UPDATE journal_change SET delta = replace(delta, '三楼', '九楼') WHERE entry_id = 1")
    connection.close()
    reopened = type(vault).open_with(vault.folder, vault.header, vault._data_key)
    try:
        assert Office(reopened).history.verify() == [1]
    finally:
        reopened.close()


def test_who_a_kept_record_names_stays_with_it(office: Office) -> None:
    """Taken back with the rest of an import, a person left a talk that was worked on since with nobody."""
    with office.vault.act("import", "导入《旧谈话登记.xlsx》") as act:
        unit = act.create("unit", {"name": "示例站"})
        rows = {"post_history": [{"post": "站长"}]}
        named = act.create("person", {"name": "示例甲", "unit_now": Ref("示例站", "unit", unit)}, rows=rows)
        other = act.create("person", {"name": "示例乙"})
        day = date(2026, 3, 5)
        kept = act.create(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": day, "state": "planned"})
        gone = act.create(TALK, {"subject": Ref("示例乙", "person", other), "planned_date": day, "state": "planned"})
    entry = office.history.entries()[0].id
    office.records.save(TALK, {"place": "四楼"}, kept)
    undone = office.history.undo(entry)
    assert [each.record_id for each in undone.kept] == [kept]
    person, place = registers.register("person"), registers.register("unit")
    assert not office.records.get(person, named).voided
    assert len(office.records.rows(person, named)["post_history"]) == 1
    assert not office.records.get(place, unit).voided, "and the unit the person belongs to"
    assert office.records.get(person, other).voided
    assert office.records.get(TALK, gone).voided
    redo = office.history.last_redoable()
    assert redo is not None
    office.history.undo(redo.id)
    assert not office.records.get(person, other).voided


def test_whoever_is_named_goes_with_a_record_that_is_taken_back_all_the_same(office: Office) -> None:
    with office.vault.act("import", "导入《旧谈话登记.xlsx》") as act:
        named = act.create("person", {"name": "示例甲"})
        day = date(2026, 3, 5)
        talk = act.create(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": day, "state": "planned"})
    entry = office.history.entries()[0].id
    office.records.save(TALK, {"place": "四楼"}, talk)
    office.history.undo(entry, also=[(TALK.key, talk)])
    assert office.records.get(registers.register("person"), named).voided


def _imported(office: Office) -> tuple[int, int, int]:
    with office.vault.act("import", "导入《旧花名册.xlsx》") as act:
        unit = act.create("unit", {"name": "示例站"})
        rows = {"post_history": [{"post": "站长"}]}
        named = act.create("person", {"name": "示例甲", "unit_now": Ref("示例站", "unit", unit)}, rows=rows)
        other = act.create("person", {"name": "示例乙"})
    return unit, named, other


def test_who_is_named_by_what_was_written_since_stays_and_it_is_told_where(office: Office) -> None:
    unit, named, other = _imported(office)
    entry = office.history.entries()[0].id
    talk = office.records.save(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": "2026-03-20"}).records[
        0
    ][1]
    undone = office.history.undo(entry)
    person, place = registers.register("person"), registers.register("unit")
    assert undone.kept == ()
    assert [(each.kind, each.record_id, each.by) for each in undone.named] == [
        ("person", named, (TALK.key, talk)),
        ("unit", unit, ("person", named)),
    ]
    assert not office.records.get(person, named).voided
    assert not office.records.get(place, unit).voided
    assert len(office.records.rows(person, named)["post_history"]) == 1, "what stands under it stays with it"
    assert office.records.get(person, other).voided
    no = office.records.get(TALK, talk).no
    assert undone.named_words.startswith(f"还有记录写着的一起留下：示例甲（廉政谈话 {no}）、示例站（")
    redo = office.history.last_redoable()
    assert redo is not None
    office.history.undo(redo.id)
    assert not office.records.get(person, other).voided


def test_who_is_named_by_what_went_to_the_recycle_list_goes_too(office: Office) -> None:
    _unit, named, _other = _imported(office)
    entry = office.history.entries()[0].id
    talk = office.records.save(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": "2026-03-20"})
    office.records.void(TALK, [talk.records[0][1]], "重复登记")
    assert office.history.undo(entry).named == ()
    assert office.records.get(registers.register("person"), named).voided


def test_a_restoring_taken_back_tells_who_names_the_record_meanwhile(office: Office) -> None:
    """It lay in the recycle list before and goes there again, but nobody should find that out by chance."""
    person = registers.register("person")
    named, other = (office.records.save(person, {"name": name}).records[0][1] for name in ("示例甲", "示例乙"))
    office.records.void(person, [named, other], "调离")
    restored = office.records.unvoid(person, [named, other])
    talk = office.records.save(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": "2026-03-20"})
    no = office.records.get(TALK, talk.records[0][1]).no
    undone = office.history.undo(restored.entry)
    assert office.records.get(person, named).voided
    assert undone.named == ()
    assert undone.named_words == f"移回回收区、仍有记录写着的：示例甲（廉政谈话 {no}）"


def test_who_is_named_in_a_row_of_another_record_stays(office: Office) -> None:
    _unit, named, _other = _imported(office)
    entry = office.history.entries()[0].id
    person = registers.register("person")
    new = office.records.save(
        person, {"name": "示例丙"}, rows={"relation": [{"relative": Ref("示例甲", "person", named)}]}
    ).records[0][1]
    stayed = office.history.undo(entry).named
    assert [each.by for each in stayed if (each.kind, each.record_id) == ("person", named)] == [("person", new)]


def test_an_act_of_which_all_stays_is_in_force_still(office: Office) -> None:
    with office.vault.act("import", "导入《旧花名册.xlsx》") as act:
        named = act.create("person", {"name": "示例甲"})
    entry = office.history.entries()[0].id
    office.records.save(TALK, {"subject": Ref("示例甲", "person", named), "planned_date": "2026-03-20"})
    undone = office.history.undo(entry)
    assert (undone.change.entry, len(undone.named)) == (0, 1)
    assert office.history.entry(entry).undone_by is None


def test_what_stands_under_a_record_edited_since_stays_with_it(office: Office) -> None:
    unit, named, _other = _imported(office)
    entry = office.history.entries()[0].id
    person = registers.register("person")
    office.records.save(person, {"gender": "男"}, named)
    undone = office.history.undo(entry)
    assert [each.record_id for each in undone.kept] == [named]
    assert len(office.records.rows(person, named)["post_history"]) == 1
    assert [(each.kind, each.record_id) for each in undone.named] == [("unit", unit)]


def test_what_comes_back_tells_whom_it_names_that_still_lies_in_the_recycle_list(office: Office) -> None:
    person = registers.register("person")
    who = office.records.save(person, {"name": "示例乙"}).records[0][1]
    talk = office.records.save(TALK, {"subject": "示例乙", "planned_date": "2026-03-20"}).records[0][1]
    other = office.records.save(
        person, {"name": "示例丙"}, rows={"relation": [{"relative": Ref("示例乙", "person", who), "relation": "夫妻"}]}
    ).records[0][1]
    no = office.records.get(TALK, talk).no
    assert naming.restored(office.vault, TALK, [talk]) == f"已恢复 {no}"
    office.records.void(person, [who], "重复登记")
    assert naming.restored(office.vault, TALK, [talk]) == f"已恢复 {no}；它写着的人员“示例乙”还在回收区"
    assert "人员“示例乙”" in naming.restored(office.vault, person, [other]), "a row under it names him"
    # What comes back together lacks nothing.
    assert naming.restored(office.vault, person, [who, other]) == "已恢复 2 条"
