"""The review of one item: points and papers, the numbered opinion, its meeting; over real records."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.numbered import numbered
from paizhu.services.office import Office
from paizhu.services.reviews.lists import phrases
from paizhu.services.reviews.reviewing import Reviewing
from paizhu.services.reviews.words import near_standard
from paizhu.ui.register.record_work import RecordWork

REVIEW = registers.register("review_item")
MEETING = registers.register("meeting")


def save(office: Office, key: str = "review_item", rows: Any = None, **typed: Any) -> int:
    return office.records.save(registers.register(key), typed, rows=rows).records[0][1]


@pytest.fixture
def reviewing(office: Office) -> Reviewing:
    return Reviewing(office.desk)


@pytest.fixture
def item(office: Office) -> int:
    return save(office, title="甲项目", category="大额资金使用", planned_meeting_at="2026-03-19 09:30")


def test_points_and_papers_of_the_category_are_listed_once_in_one_act(
    reviewing: Reviewing, office: Office, item: int
) -> None:
    before = len(office.history.entries())
    assert reviewing.prepare(item) is not None
    assert reviewing.prepare(item) is None
    assert len(office.history.entries()) == before + 1
    codes = [point.code for point in reviewing.points(item)]
    assert codes[0] == "CK-01"
    assert codes[-1] == "LF-15"
    assert not any(code.startswith(("MD", "KA", "MP")) for code in codes)
    assert "预算批复" in [paper.name for paper in reviewing.papers(item)]


def test_an_item_that_was_decided_is_left_as_it_is(reviewing: Reviewing, office: Office, item: int) -> None:
    with office.vault.act("save", "办结") as act:
        act.change(REVIEW, item, None, {"state": "done"})
    assert reviewing.prepare(item) is None


def test_an_item_of_an_old_ledger_is_left_as_it_is(reviewing: Reviewing, office: Office) -> None:
    with office.vault.act("import", "旧台账") as act:
        values = {"title": "旧项目", "category": "fund", "state": "submitted", "planned_meeting_at": "2026-01-05"}
        old = act.create(REVIEW, {**values, "planned_meeting_at": office.desk.today.replace(month=1)}, source={"r": 3})
    assert reviewing.prepare(old) is None
    assert reviewing.points(old) == []


def test_a_list_in_words_of_ones_own_is_not_mixed_with_shipped_points(reviewing: Reviewing, office: Office) -> None:
    own = save(office, rows={"check": [{"words": "已列入年度预算"}]}, title="乙项目", category="大额资金使用")
    reviewing.prepare(own)
    assert [point.words for point in reviewing.points(own)] == ["已列入年度预算"]


def test_an_answer_and_its_note_are_one_act_and_can_be_taken_back(
    reviewing: Reviewing, office: Office, item: int
) -> None:
    reviewing.prepare(item)
    point = reviewing.points(item)[3]
    change = reviewing.answer(item, point.row_id, "no", "缺少方案比较")
    assert (REVIEW.key, item) in change.records
    after = reviewing.points(item)[3]
    assert (after.answer, after.note, after.basis) == ("no", "缺少方案比较", point.basis)
    office.history.undo(change.entry)
    assert reviewing.points(item)[3].answer == ""


def test_a_point_shows_the_clause_it_rests_on(reviewing: Reviewing, item: int) -> None:
    reviewing.prepare(item)
    assert reviewing.points(item)[5].basis == "《党组工作条例》第二十三条"


def test_a_paper_that_came_is_dated_today_and_keeps_the_day_it_has(reviewing: Reviewing, item: int) -> None:
    reviewing.prepare(item)
    row_id = reviewing.papers(item)[0].row_id
    reviewing.receive(item, row_id, True)
    assert reviewing.papers(item)[0].received_at == "2026-03-16"
    reviewing.receive(item, row_id, False)
    assert (reviewing.papers(item)[0].received, reviewing.papers(item)[0].received_at) == (False, "")


def test_another_category_brings_its_points_and_keeps_what_was_answered(reviewing: Reviewing, item: int) -> None:
    reviewing.prepare(item)
    answered = next(point for point in reviewing.points(item) if point.code == "LF-01")
    reviewing.answer(item, answered.row_id, "yes")
    reviewing.set_category(item, "decision")
    points = reviewing.points(item)
    codes = [point.code for point in points]
    assert "MD-15" in codes
    assert [code for code in codes if code.startswith("LF")] == ["LF-01"]
    assert next(point for point in points if point.code == "LF-01").row_id == answered.row_id
    assert "合法性审查意见" in [paper.name for paper in reviewing.papers(item)]


def test_numbered_suggestions_become_rows_that_keep_what_was_answered(
    reviewing: Reviewing, office: Office, item: int
) -> None:
    reviewing.opinion(item, "ok_with_note", "经审查，建议：一、补充依据；二、核实是否同一项目。")
    rows = office.records.rows(REVIEW, item)["suggestion"]
    assert [(row.values["number"], row.values["words"]) for row in rows] == [(1, "补充依据"), (2, "核实是否同一项目")]
    reviewing.opinion(item, text="建议：一、补充依据；二、核实是否为同一项目；三、末位表态。")
    again = office.records.rows(REVIEW, item)["suggestion"]
    assert [row.id for row in again[:2]] == [row.id for row in rows]
    assert len(again) == 3
    assert office.records.get(REVIEW, item).values["opinion"] == "ok_with_note"


def test_suggestions_are_listed_wherever_the_words_were_written(office: Office, item: int) -> None:
    """Written in the form and not beside the hints, they stood there and the step still asked for them."""
    change = office.records.save(REVIEW, {"opinion_text": "一、补充依据；\n二、核对批复。"}, item)
    rows = office.records.rows(REVIEW, item)["suggestion"]
    assert [row.values["words"] for row in rows] == ["补充依据", "核对批复"]
    office.records.save(REVIEW, {"opinion_text": "一、补充依据；\n二、核对批复；\n三、末位表态。"}, item)
    again = office.records.rows(REVIEW, item)["suggestion"]
    assert [row.id for row in again[:2]] == [row.id for row in rows]
    own = [{"id": again[0].id, "number": 1, "words": "补充依据"}]
    office.records.save(REVIEW, {"opinion_text": "一、补充依据；二、没有列出。"}, item, rows={"suggestion": own})
    assert len(office.records.rows(REVIEW, item)["suggestion"]) == 1, "a list written with the words goes before them"
    for entry in [each for each in office.history.entries() if each.id >= change.entry]:
        office.history.undo(entry.id)
    assert not office.records.rows(REVIEW, item)["suggestion"]
    assert not office.records.get(REVIEW, item).values.get("opinion_text")


def test_a_step_lists_what_words_of_an_old_ledger_number(office: Office, item: int) -> None:
    with office.vault.act("import", "旧台账") as act:
        act.change(REVIEW, item, None, {"opinion_text": "一、补充依据；二、核对批复。", "state": "under_review"})
    assert not office.records.rows(REVIEW, item)["suggestion"]
    with office.vault.act("step", "拟定意见") as act:
        act.change(REVIEW, item, None, {"state": "opinion_draft"})
    assert len(office.records.rows(REVIEW, item)["suggestion"]) == 2
    with office.vault.act("step", "退回再审") as act:
        act.change(REVIEW, item, None, {"state": "under_review"})
    assert len(office.records.rows(REVIEW, item)["suggestion"]) == 2


def test_a_step_is_judged_with_the_rows_that_are_typed(office: Office, item: int) -> None:
    """Answered in the form and not saved yet, the step still asked for the answers."""
    office.records.save(REVIEW, {"opinion_text": "一、补充依据；二、核对批复。"}, item)
    with office.vault.act("step", "上会") as act:
        act.change(REVIEW, item, None, {"state": "on_agenda"})
    work = RecordWork(office, REVIEW)
    row = work.open(item)
    assert REVIEW.flow
    step = next(each for each in REVIEW.flow.steps_from(row.state) if each.after == "resolved")

    def against(rows: list[dict[str, Any]]) -> list[str]:
        given = {"suggestion": rows} if rows else {}
        return [each.message for each in work.objections(step, {}, given) if each.field == "suggestion"]

    listed = [{"id": each.id, "words": each.values["words"]} for each in work.rows["suggestion"]]
    assert against([]) == ["还有意见建议没有登记采纳情况"]
    assert against([{**listed[0], "adopted": "adopted"}, listed[1]]) == against([])
    assert against([{**each, "adopted": "adopted"} for each in listed]) == []


def test_words_without_numbers_leave_the_rows_alone(reviewing: Reviewing, office: Office, item: int) -> None:
    reviewing.opinion(item, text="1. 补充依据")
    reviewing.opinion(item, text="没有不同意见")
    assert len(office.records.rows(REVIEW, item)["suggestion"]) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、甲；\n二、乙。", ["甲", "乙"]),
        ("1. 甲\n2. 乙", ["甲", "乙"]),
        ("（1）甲；（2）乙", ["甲", "乙"]),
        ("与 7 月、8 月两笔相同，合计 144.60 万元", []),
        ("1.5 万元以内", []),
        ("二、只有第二条", []),
        ("", []),
    ],
)
def test_only_a_run_of_numbers_from_one_makes_suggestions(text: str, found: list[str]) -> None:
    assert numbered(text) == found


def test_what_other_items_of_the_meeting_have_to_do_with_this_one_is_told(reviewing: Reviewing, office: Office) -> None:
    meeting = save(office, "meeting", name="局党组会", held_at="2026-03-19 09:30", kind="党组(党委)会")
    ref = {"label": "局党组会", "register": "meeting", "id": meeting}
    supplier = "某示例公司"
    this = save(office, title="甲", meeting=ref, agenda_no=1, supplier=supplier, reporter="曹示例", category="fund")
    save(office, title="乙", meeting=ref, agenda_no=2, supplier=supplier)
    save(
        office, title="丙", meeting=ref, agenda_no=3, category="appointment", rows={"candidate": [{"person": "曹示例"}]}
    )
    save(office, title="丁", meeting=ref, agenda_no=4)
    assert [(found.number, found.words) for found in reviewing.conflicts(this)] == [
        (2, "供应商同为某示例公司"),
        (3, "拟任人选曹示例也在本议题中"),
    ]


@pytest.mark.parametrize(
    ("category", "present", "enough", "needed"),
    [("fund", 5, True, 5), ("fund", 4, False, 5), ("appointment", 5, False, 6), ("appointment", 6, True, 6)],
)
def test_the_quorum_is_counted_and_higher_for_appointments(
    reviewing: Reviewing, office: Office, category: str, present: int, enough: bool, needed: int
) -> None:
    meeting = save(office, "meeting", name="局党组会", held_at="2026-03-19", expected=9, present=present)
    save(office, title="甲", meeting={"label": "局党组会", "register": "meeting", "id": meeting}, category=category)
    found = reviewing.quorum(office.records.get(MEETING, meeting))
    assert (found.enough, found.needed) == (enough, needed)
    assert ("达到" in found.words) is enough


def test_the_size_of_the_party_group_leads_over_a_figure_typed(reviewing: Reviewing, office: Office) -> None:
    save(office, "unit", name="某市示例局", party_group_size=7)
    meeting = save(
        office,
        "meeting",
        name="会",
        held_at="2026-03-19",
        kind="党组(党委)会",
        expected=4,
        present=3,
        unit_id="某市示例局",
    )
    found = reviewing.quorum(office.records.get(MEETING, meeting))
    assert (found.members, found.needed, found.enough) == (7, 4, False)


def test_without_figures_the_quorum_is_open(reviewing: Reviewing, office: Office) -> None:
    meeting = save(office, "meeting", name="会", held_at="2026-03-19")
    found = reviewing.quorum(office.records.get(MEETING, meeting))
    assert (found.enough, found.words) == (None, "没有登记应到人数，到会人数还不能核算")


def test_an_item_without_a_number_has_the_one_of_its_place(reviewing: Reviewing, office: Office) -> None:
    meeting = save(office, "meeting", name="会", held_at="2026-03-19")
    ref = {"label": "会", "register": "meeting", "id": meeting}
    save(office, title="甲", meeting=ref, agenda_no=1)
    second = save(office, title="乙", meeting=ref)
    assert reviewing.item_number(office.records.get(REVIEW, second)) == 2


def test_phrases_fit_opinion_and_category_and_name_only_known_codes(office: Office) -> None:
    opinions = {choice.code for choice in REVIEW.field("opinion").choices}
    categories = {choice.code for choice in REVIEW.field("category").choices}
    for phrase in phrases(office.vault):
        assert set(phrase.opinions) <= opinions
        assert set(phrase.categories) <= categories
    fitting = [phrase.words for phrase in phrases(office.vault) if phrase.fits("after_procedure", "appointment")]
    assert "请逐人补齐廉政意见回复后再行上会。" in fitting
    assert not any("招标" in words for words in fitting)
    assert 0 < near_standard() < 1


def test_what_nobody_looked_at_is_filled_in_one_act_and_answers_stand(
    reviewing: Reviewing, office: Office, item: int
) -> None:
    reviewing.prepare(item)
    points, papers = reviewing.points(item), reviewing.papers(item)
    reviewing.answer(item, points[0].row_id, "no", "没有签字")
    reviewing.receive(item, papers[0].row_id, False)
    entries = len(office.history.entries(limit=200))
    reviewing.answer_rest(item)
    reviewing.receive_rest(item)
    assert len(office.history.entries(limit=200)) == entries + 2
    assert [each.answer for each in reviewing.points(item)] == ["no", *["yes"] * (len(points) - 1)]
    came = reviewing.papers(item)
    assert [each.received for each in came] == [False, *[True] * (len(papers) - 1)]
    assert all(each.received_at for each in came[1:])
    office.history.undo(office.history.entries()[0].id)
    assert [each.received for each in reviewing.papers(item)][1] is None
