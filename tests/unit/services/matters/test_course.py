"""The whole matter from any of its records: parts, stations, clocks, people, days, papers, periods."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base import clock
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.matters.course import STAGES, Course, Matter
from paizhu.services.matters.course_papers import wanted
from paizhu.services.office import Office

PETITION, LEAD, CASE, MEASURE = (registers.register(key) for key in ("petition", "lead", "case", "measure"))


def ref(office: Office, register: Register, record_id: int) -> Ref:
    return Ref(office.records.get(register, record_id).no, register.key, record_id)


def put(office: Office, register: Register, typed: dict[str, object], state: str = "", **rows: object) -> int:
    """Store a record in a state, as an old ledger would bring it."""
    made = office.records.save(register, typed, rows=rows or None).records[0][1]  # type: ignore[arg-type]  # rows of plain words
    if state:
        with office.vault.act("save", "补录") as act:
            act.change(register, made, None, {"state": state})
    return made


@pytest.fixture
def matter(office: Office) -> dict[str, int]:
    """A letter, its lead, the case in trial, and a second lead of the same letter."""
    letter = put(
        office, PETITION,
        {"received_at": "2025-11-03", "channel": "来信", "named": "实名", "summary": "反映收礼", "own_level": "本级",
         "reported_names": ["示例甲", "示例乙"], "accepted_at": "2025-11-04", "notice_at": "2025-11-10",
         "notice_mode": "面谈"},
        "as_lead", informant=[{"mark": "反映人一", "name": "某举报人甲", "phone": "00000000000"}],
    )  # fmt: skip
    lead = put(
        office, LEAD,
        {"subject": "示例甲", "received_at": "2025-11-05", "source": "信访举报", "proposed_mode": "初步核实",
         "proposed_at": "2025-11-13", "approved_at": "2025-11-20", "mode": "初步核实",
         "petition_refs": [ref(office, PETITION, letter)], "check_from": "2025-11-21",
         "check_report_at": "2026-01-09", "check_opinion": "拟立案审查调查", "check_team": ["示例丙", "示例丁"]},
        "filed",
    )  # fmt: skip
    other = put(
        office, LEAD,
        {"subject": "示例乙", "received_at": "2025-11-05", "petition_refs": [ref(office, PETITION, letter)]},
    )  # fmt: skip
    case = put(
        office, CASE,
        {"name": "示例甲收受礼品案", "subject": "示例甲", "subject_unit": "示例站", "subject_post": "副站长",
         "lead_ref": ref(office, LEAD, lead), "filed_at": "2026-01-15", "report_at": "2026-02-27",
         "sent_trial_at": "2026-02-27", "trial_accepted_at": "2026-03-02", "team": ["示例丙", "示例丁"],
         "trial_team": ["示例戊", "示例己"]},
        "trial", measures_used=[{"kind": "谈话", "approval_no": "示〔2026〕1号", "taken_at": "2026-01-20"}],
    )  # fmt: skip
    return {"petition": letter, "lead": lead, "other": other, "case": case}


def of(office: Office, matter: dict[str, int], key: str) -> Matter:
    return Course(office.desk).of("lead" if key == "other" else key, matter[key])


def test_any_record_of_the_matter_tells_the_same_whole(office: Office, matter: dict[str, int]) -> None:
    whole = [("petition", matter["petition"]), ("lead", matter["lead"]), ("case", matter["case"])]
    for key in ("lead", "case"):
        assert [part.key for part in of(office, matter, key).parts] == whole
    letter = of(office, matter, "petition")
    assert [part.key for part in letter.parts] == [whole[0], whole[1], ("lead", matter["other"]), whole[2]]


def test_another_lead_of_the_same_letter_stands_beside(office: Office, matter: dict[str, int]) -> None:
    assert [part.key for part in of(office, matter, "case").beside] == [("lead", matter["other"])]
    assert [part.key for part in of(office, matter, "other").parts] == [
        ("petition", matter["petition"]),
        ("lead", matter["other"]),
    ]


def test_a_voided_part_is_no_part(office: Office, matter: dict[str, int]) -> None:
    office.records.void(CASE, [matter["case"]], "登记错误")
    assert [part.register.key for part in of(office, matter, "lead").parts] == ["petition", "lead"]


def test_the_six_stations_tell_what_was_when(office: Office, matter: dict[str, int]) -> None:
    found = of(office, matter, "case").stations
    assert tuple(each.name for each in found) == STAGES
    assert [(each.when, each.note) for each in found] == [
        ("past", "2025-11-03 收到"),
        ("past", "2025-11-05 至 01-09"),
        ("past", "01-15 至 02-27"),
        ("now", "03-02 受理"),
        ("later", ""),
        ("later", ""),
    ]
    assert found[1].part == ("lead", matter["lead"])


def test_a_lead_without_a_letter_skips_the_first_station(office: Office) -> None:
    lead = put(office, LEAD, {"subject": "示例甲", "received_at": "2026-03-05"})
    first, second, *_ = Course(office.desk).of("lead", lead).stations
    assert (first.when, first.note) == ("skipped", "没有信访件")
    assert second.when == "now"


def test_clocks_run_have_passed_or_wait(office: Office, matter: dict[str, int]) -> None:
    found = {each.what: each for each in of(office, matter, "case").clocks}
    passed = found["提出线索处置意见"]
    assert (passed.state, passed.words) == ("done", "6 个工作日完成")
    assert passed.detail == "限 1 个月 · 2025-11-05 至 2025-11-13"
    trial = found["完成审理"]
    assert (trial.state, trial.due) == ("later", date(2026, 4, 2))
    waiting = found["向实名举报人反馈结果"]
    assert (waiting.state, waiting.words, waiting.detail) == ("waiting", "未起算", "办结后 15 个工作日内")


def test_a_clock_stopped_too_late_says_so(office: Office) -> None:
    typed = {"subject": "示例甲", "received_at": "2025-12-01", "proposed_at": "2026-02-10"}
    lead = put(office, LEAD, {**typed}, "proposed")
    (clock_,) = [each for each in Course(office.desk).of("lead", lead).clocks if each.what == "提出线索处置意见"]
    assert clock_.state == "late"
    assert clock_.words.endswith("超过期限")


def test_people_stand_in_their_roles_and_the_trial_team_is_checked(office: Office, matter: dict[str, int]) -> None:
    found = {(each.role, each.ref.label): (each.note, each.fine) for each in of(office, matter, "case").people}
    assert found["被审查人", "示例甲"] == ("", None)
    assert found["审理人", "示例戊"] == ("查审分离", True)
    assert ("被反映人", "示例甲") not in found
    version = office.records.get(CASE, matter["case"]).version
    office.records.save(CASE, {"trial_team": ["示例戊", "示例丙"]}, matter["case"], version)
    mixed = {each.ref.label: each for each in of(office, matter, "case").people if each.role == "审理人"}
    assert (mixed["示例丙"].note, mixed["示例丙"].fine) == ("参加过审查，须回避", False)


def test_who_reported_is_counted_and_never_named(office: Office, matter: dict[str, int]) -> None:
    found = of(office, matter, "case")
    (informant,) = found.informants
    assert (informant.petition, informant.named, informant.count) == (matter["petition"], "实名", 1)
    assert "某举报人甲" not in repr(found)
    assert "00000000000" not in repr(found)


def test_the_days_of_all_parts_stand_newest_first(office: Office, matter: dict[str, int]) -> None:
    found = of(office, matter, "case").timeline
    told = [(each.day, each.stage, each.words) for each in found]
    assert told[0][0] == max(day for day, _, _ in told)
    assert (date(2026, 3, 2), "审理", "审理受理") in told
    assert (date(2025, 11, 13), "线索", "提出处置意见：初步核实") in told
    assert (date(2025, 11, 3), "信访", "收件：来信") in told
    measure = next(each for each in found if each.words.startswith("采取"))
    assert (measure.day, measure.key) == (date(2026, 1, 20), False)
    assert all("受理告知" not in each.words for each in found), "days of class P4 stand nowhere"


def test_papers_are_missing_until_a_file_of_their_name_hangs_there(
    office: Office, matter: dict[str, int], tmp_path: Path
) -> None:
    before = {each.name: each.is_there for each in of(office, matter, "case").papers}
    assert before["初步核实情况报告"] is False
    assert "审理报告" not in before, "a paper not due yet is not missing"
    file = tmp_path / "示例甲初核报告（签字）.pdf"
    file.write_bytes(b"%PDF-1.4 invented")
    office.records.attach(LEAD, matter["lead"], file)
    after = {each.name: each.file for each in of(office, matter, "case").papers}
    assert after["初步核实情况报告"] == file.name
    assert after["立案呈批表"] == ""


def test_a_file_in_its_place_counts_whatever_its_name(office: Office, matter: dict[str, int], tmp_path: Path) -> None:
    file = tmp_path / "扫描0001.pdf"
    file.write_bytes(b"%PDF-1.4 invented")
    office.records.attach(LEAD, matter["lead"], file, "check_plan")
    found = {each.name: each.file for each in of(office, matter, "case").papers}
    assert found["初步核实方案"] == "扫描0001.pdf"


def test_a_paper_kept_elsewhere_is_not_missing_and_its_place_is_told(office: Office, matter: dict[str, int]) -> None:
    office.records.save(LEAD, {"check_plan_kept_in": "示例保密柜"}, matter["lead"])
    found = {each.name: each for each in of(office, matter, "case").papers}["初步核实方案"]
    assert (found.is_there, found.file, found.kept_in) == (True, "", "示例保密柜")


def test_every_paper_names_fields_that_exist() -> None:
    for paper in wanted():
        register = registers.register(paper.register)
        assert paper.stage in STAGES
        for name in (*paper.when, *paper.holds, *filter(None, (paper.slot, paper.kept_in))):
            field = register.field(name)
            for code in paper.holds.get(name, ()):
                assert field.choice(code), f"{paper.code}: {name} knows no {code}"


# --- influence periods ---------------------------------------------------------------------------------------------


def measure(office: Office, kind: str, decided: str, **more: object) -> int:
    return put(office, MEASURE, {"subject": "示例甲", "kind": kind, "decided_at": decided, **more})


def end_of(office: Office, record_id: int) -> tuple[object, object]:
    held = office.records.get(MEASURE, record_id).values
    return held["period_to"], held["expired_at"]


@pytest.fixture
def years_later() -> Iterator[None]:
    """The day when everything told below has happened."""
    with clock.clock_at(datetime(2027, 6, 1, 9, 0)):
        yield


@pytest.mark.usefixtures("years_later")
def test_the_end_of_a_period_is_computed_when_a_measure_is_saved(office: Office) -> None:
    end = date(2027, 11, 19)
    assert end_of(office, measure(office, "严重警告", "2026-05-20")) == (end, end)
    assert end_of(office, measure(office, "政务记过", "2026-02-28", subject="示例乙"))[0] == date(2027, 2, 27)


@pytest.mark.usefixtures("years_later")
def test_a_second_punishment_inside_the_period_adds_the_rest(office: Office) -> None:
    measure(office, "严重警告", "2026-05-20")
    assert end_of(office, measure(office, "党内警告", "2027-05-20"))[0] == date(2028, 11, 19)


def test_a_period_after_probation_runs_from_the_restoration(office: Office) -> None:
    with clock.clock_at(datetime(2027, 6, 1, 9, 0)):
        made = measure(office, "留党察看", "2026-05-20")
        assert end_of(office, made) == (None, None)
        office.records.save(MEASURE, {"rights_restored_at": "2027-05-20"}, made)
        assert end_of(office, made)[0] == date(2029, 5, 19)


@pytest.mark.usefixtures("years_later")
def test_an_end_that_was_set_wins_and_a_changed_kind_moves_the_computed_one(office: Office) -> None:
    made = measure(office, "党内警告", "2026-05-20")
    office.records.save(MEASURE, {"kind": "严重警告"}, made)
    assert end_of(office, made) == (date(2027, 11, 19), date(2027, 11, 19))
    office.records.save(
        MEASURE, {"period_to_set": "2027-10-01", "period_reason": "经批准", "doc_no": "示党〔2026〕2号"}, made
    )
    assert end_of(office, made) == (date(2027, 10, 1), date(2027, 10, 1))


def test_the_matter_tells_how_its_measures_weigh_today(office: Office, matter: dict[str, int]) -> None:
    made = measure(office, "严重警告", "2026-03-10", case_ref=ref(office, CASE, matter["case"]))
    (weight,) = of(office, matter, "case").weights
    assert (weight.part, weight.state, weight.end) == (("measure", made), "in_period", date(2027, 9, 9))
    assert "1 年 6 个月" in weight.sentence
    assert [part.register.key for part in Course(office.desk).of("measure", made).parts] == [
        "petition", "lead", "case", "measure",
    ]  # fmt: skip


# --- old cases -----------------------------------------------------------------------------------------------------


def test_an_old_case_ledger_keeps_its_numbers_dates_and_states(office: Office, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "案件台账"
    sheet.append(["案件编号", "案件名称", "被审查调查人", "立案日期", "处理结果", "决定日期", "结案日期", "案件状态"])
    sheet.append(["示纪立〔2019〕7号", "示例甲案", "示例甲", "2019.5.6", "给予处分", "2019.9.2", "2019.9.2", None])
    sheet.append(["示纪立〔2025〕2号", "示例乙案", "示例乙", "2025.12.8", None, None, None, "审理中"])
    path = tmp_path / "案件台账.xlsx"
    book.save(path)
    office.importing.apply(office.importing.plan(path))
    first, second = (office.records.get(CASE, each) for each in sorted(office.records.ids(View("case"))))
    assert (first.no, first.values["filed_at"], first.state) == ("示纪立〔2019〕7号", date(2019, 5, 6), "archived")
    assert (second.no, second.values["filed_at"], second.state) == ("示纪立〔2025〕2号", date(2025, 12, 8), "trial")
    stations = {each.name: each.when for each in Course(office.desk).of("case", second.id).stations}
    assert stations["审理"] == "now"
    assert all(each.when != "now" for each in Course(office.desk).of("case", first.id).stations)


def test_within_a_day_the_days_stand_in_the_order_in_which_they_were_written(office: Office) -> None:
    lead = put(office, LEAD, {"subject": "示例丙", "received_at": "2026-03-02", "proposed_at": "2026-03-10"})
    for name in ("approved_at", "panel_at"):
        office.records.save(LEAD, {name: "2026-03-10"}, lead)
    told = [moment.words for moment in Course(office.desk).of("lead", lead).timeline if moment.day.day == 10]
    assert told == ["集体研究", "批准", "提出处置意见"]


def test_what_one_act_wrote_stands_in_the_order_of_the_course(office: Office) -> None:
    day = "2026-03-10"
    lead = put(office, LEAD, {
        "subject": "示例丙", "received_at": day, "proposed_at": day, "panel_at": day, "approved_at": day,
        "inquiry_sent_at": day, "inquiry_replied_at": day,
    })  # fmt: skip
    moments = Course(office.desk).of("lead", lead).timeline
    told = [moment.words for moment in moments if moment.key and not moment.ahead]
    assert told == ["收到回复", "发函", "批准", "集体研究", "提出处置意见", "收到"]


def test_a_day_ahead_until_which_something_was_done_already_is_not_told(office: Office) -> None:
    lead = put(office, LEAD, {
        "subject": "示例丙", "received_at": "2026-03-02", "check_from": "2026-03-03", "check_due": "2026-05-02",
    })  # fmt: skip
    assert "初核期限" in [moment.words for moment in Course(office.desk).of("lead", lead).timeline]
    office.records.save(LEAD, {"check_report_at": "2026-03-12"}, lead)
    assert "初核期限" not in [moment.words for moment in Course(office.desk).of("lead", lead).timeline]


def test_a_lead_that_is_reopened_begins_anew_with_its_clock_and_lacks_nothing_of_the_first_round(
    office: Office,
) -> None:
    lead = put(office, LEAD, {
        "subject": "示例丙", "received_at": "2026-03-02", "closed_at": "2026-03-10", "close_reason": "失实",
        "proposed_at": "2026-03-04", "proposed_mode": "予以了结", "proposed_reason": "示例", "mode": "予以了结",
        "panel_at": "2026-03-05", "panel_conclusion": "同意", "approver": "示例领导", "approved_at": "2026-03-06",
    }, "closed_no_action")  # fmt: skip
    again = {"reopen_reason": "有新证据", "reopen_approver": "示例领导", "reopened_at": "2026-03-12"}
    office.records.advance(LEAD, lead, "reopened", again)
    clocks = {each.what: each.state for each in Course(office.desk).of("lead", lead).clocks}
    assert "提出线索处置意见" not in clocks
    assert clocks["重新提出线索处置意见"] == "later"
    lacking = set(LEAD.wanted_now(office.records.get(LEAD, lead).values))
    assert not lacking & {"proposed_at", "proposed_mode", "panel_at", "panel_conclusion", "approver", "mode"}


@pytest.mark.parametrize(("state", "told"), [("held", True), ("closed_no_action", False), ("checking", False)])
def test_the_day_a_lead_was_held_until_lies_ahead_only_while_it_is_held(office: Office, state: str, told: bool) -> None:
    lead = put(office, LEAD, {"subject": "示例丙", "received_at": "2026-03-02", "held_review": "2026-09-02"}, state)
    assert ("暂存复查" in [moment.words for moment in Course(office.desk).of("lead", lead).timeline]) is told


@pytest.mark.parametrize(
    ("note", "first", "second"),
    [("示例丁：示例市纪委", "", "示例市纪委"), ("示例市纪委", "示例市纪委", "示例市纪委"),
     ("示例丙（示例局）、示例丁（示例站）", "示例局", "示例站")],
)  # fmt: skip
def test_the_note_of_a_team_tells_of_each_member_his_own_unit(
    office: Office, matter: dict[str, int], note: str, first: str, second: str
) -> None:
    office.records.save(CASE, {"team_note": note, "trial_team_note": "示例审理室"}, matter["case"])
    posts = {
        each.ref.label: each.post for each in of(office, matter, "case").people if each.role in ("审查人", "审理人")
    }
    assert (posts["示例丙"], posts["示例丁"]) == (first, second)
    assert posts["示例戊"] == "示例审理室"


def test_the_unit_of_who_was_lent_is_not_told_of_the_officer(office: Office, matter: dict[str, int]) -> None:
    office.desk.set_setting("officer", "示例丙")
    office.records.save(CASE, {"team_note": "示例市纪委"}, matter["case"])
    posts = {each.ref.label: each.post for each in of(office, matter, "case").people if each.role == "审查人"}
    assert (posts["示例丙"], posts["示例丁"]) == ("", "示例市纪委")


def test_a_unit_that_the_post_names_already_is_said_once(office: Office) -> None:
    values = {"subject": "示例丙", "received_at": "2026-03-02", "subject_unit": "示例局", "subject_post": "示例局科长"}
    lead = office.records.save(LEAD, values).records[0][1]
    assert [each.post for each in Course(office.desk).of("lead", lead).people] == ["示例局科长"]
