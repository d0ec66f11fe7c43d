"""Thirty contradictions planted one after the other, each caught before sending; a clean set raises none.

Every plant is taken back again, after which the same forms must be silent: what is told is told for a reason.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from paizhu import registers
from paizhu.services.forms.filling import Filling
from paizhu.services.office import Office
from tests.typed import THEN

READY = {path.stem: path for path in Filling.ready_forms()}
WHOLE, LEADS, TALKS = READY["派驻监督统计报表（全套）"], READY["问题线索处置情况统计表"], READY["廉政谈话情况汇总表"]
UNIT = "示例一局"
LEAD = {
    "unit_id": UNIT,
    "source": "信访举报",
    "subject_rank": "乡科级",
    "issue_types": "廉洁纪律",
    "summary": "反映吃请",
}
PETITION = {"unit_id": UNIT, "channel": "来信", "petition_class": "检举控告", "summary": "反映吃请", "is_repeat": "否"}
CASE = {"unit_id": UNIT, "subject_rank": "乡科级", "issue_types": "廉洁纪律", "summary": "违规吃请"}
MEASURE = {"unit_id": UNIT, "subject_rank": "乡科级", "issue_types": "廉洁纪律", "kind": "党内警告"}
TALK = {"unit_id": UNIT, "kind": "提醒谈话", "reason": "苗头性问题", **THEN}
REVIEW = {"unit_id": UNIT, "category": "大额资金使用", "amount": "486000", "opinion": "同意上会"}
LEADS_KEPT = registers.register("lead")
ELDER = "派字第3号"
"""A lead of before this program, named in words: what measures come from has to be written down."""
DUTY = {"unit_id": UNIT, "subject": UNIT}


def save(office: Office, key: str, values: dict[str, str], record: int | None = None) -> int:
    register = registers.register(key)
    known = {name: value for name, value in values.items() if register.has(name)}
    version = office.records.get(register, record).version if record else None
    return office.records.save(register, known, record, version).records[0][1]


def lead(office: Office, day: str, **more: str) -> int:
    return save(office, "lead", {**LEAD, "subject": f"甲{day}", "received_at": day, **more})


def petition(office: Office, day: str, **more: str) -> int:
    return save(office, "petition", {**PETITION, "received_at": day, **more})


def case(office: Office, day: str, **more: str) -> int:
    return save(office, "case", {**CASE, "subject": f"乙{day}", "filed_at": day, **more})


def measure(office: Office, day: str, **more: str) -> int:
    return save(office, "measure", {**MEASURE, "subject": f"丙{day}", "decided_at": day, "lead_ref": ELDER, **more})


def punished_above(office: Office, day: str) -> int:
    """Save a lead said to have ended in the first form, and a punishment of the second that came of it."""
    number = office.records.get(LEADS_KEPT, lead(office, day, form="第一种形态")).no
    return measure(office, day, lead_ref=number)


def talk(office: Office, day: str, **more: str) -> int:
    """Save a talk and register that it was held; what else is told of it, or taken back, is typed afterwards."""
    register = registers.register("integrity_talk")
    record = save(office, register.key, {**TALK, "subject": f"丁{day}", "planned_date": day})
    held = {"start_at": f"{day} 09:00", "place": "谈话室", "talker": "示例戊", "companion": "示例己", "record": "已谈"}
    held["companion_unit"] = "示例机关纪委"
    office.records.advance(register, record, "held", held, office.records.get(register, record).version)
    return save(office, register.key, more, record)


def undated_talk(office: Office, day: str) -> int:
    """Save a talk that was held and lost its day."""
    return save(office, "integrity_talk", {"start_at": ""}, talk(office, day))


def review(office: Office, day: str, **more: str) -> int:
    values = {**REVIEW, "title": f"关于{day}的议题", "planned_meeting_at": f"{day} 09:00", "opinion_date": day, **more}
    return save(office, "review_item", values)


def duty(office: Office, day: str, **more: str) -> int:
    return save(office, "duty_item", {**DUTY, "content": f"{day}的任务", "due_date": day, **more})


def void(office: Office, key: str) -> None:
    """Void the record of January that was already sent."""
    register = registers.register(key)
    row = next(
        row for row in office.figures.ledger.rows(key) if "2026-01-" in str(sorted(map(str, row.values.values())))
    )
    office.records.void(register, [row.id], "录错")


@dataclass(frozen=True)
class Plant:
    """One contradiction: what is done to the records, the form that is then filled, and words that must be told."""

    name: str
    plant: Callable[[Office], object]
    form: Path
    told: str


PLANTS = (
    # Records that would count but do not say when.
    Plant("办结无日期", lambda o: petition(o, "2026-02-11", result="属实"), WHOLE, "信访举报办结：有 1 条没有统计日期"),
    Plant("处置无批准日期", lambda o: lead(o, "2026-02-11", mode="移交"), LEADS, "处置问题线索：有 1 条没有统计日期"),
    Plant("立案无日期", lambda o: case(o, "", subject="无日"), WHOLE, "立案：有 1 条没有统计日期"),
    Plant(
        "谈话无时间",
        lambda o: undated_talk(o, "2026-02-11"),
        TALKS,
        "廉政谈话：有 1 条没有统计日期",
    ),
    Plant("审查无意见日期", lambda o: review(o, "2026-02-11", opinion_date=""), WHOLE, "会前审查：有 1 条没有统计日期"),
    Plant("责任事项无时限", lambda o: duty(o, "", content="无时限"), WHOLE, "责任清单事项：有 1 条没有统计日期"),
    # Records that stand in no part of a breakdown.
    Plant("线索无职级", lambda o: lead(o, "2026-02-12", subject_rank=""), LEADS, "有 1 件未注明职级"),
    Plant("线索无问题类型", lambda o: lead(o, "2026-02-12", issue_types=""), WHOLE, "有 1 件未注明问题类型"),
    Plant("线索无单位", lambda o: lead(o, "2026-02-12", unit_id=""), WHOLE, "新受理问题线索按单位"),
    Plant("信访无单位", lambda o: petition(o, "2026-02-12", unit_id=""), WHOLE, "接收信访举报按单位"),
    Plant("信访无方式", lambda o: petition(o, "2026-02-12", channel=""), WHOLE, "未注明方式"),
    Plant("立案无职级", lambda o: case(o, "2026-02-12", subject_rank=""), WHOLE, "立案：有 1 件未注明职级"),
    Plant("立案无问题类型", lambda o: case(o, "2026-02-12", issue_types=""), WHOLE, "立案：有 1 件未注明问题类型"),
    Plant("立案无单位", lambda o: case(o, "2026-02-12", unit_id=""), WHOLE, "立案按单位"),
    Plant("处分无职级", lambda o: measure(o, "2026-02-12", subject_rank=""), WHOLE, "处分：有 1 人未注明职级"),
    Plant("处分无问题类型", lambda o: measure(o, "2026-02-12", issue_types=""), WHOLE, "处分：有 1 人未注明问题类型"),
    Plant("处分无单位", lambda o: measure(o, "2026-02-12", unit_id=""), WHOLE, "党纪处分（党内警告）按单位"),
    Plant("处分不知党纪政务", lambda o: measure(o, "2026-02-12", kind="警告"), WHOLE, "处分未注明党纪或政务"),
    Plant("谈话无类别", lambda o: talk(o, "2026-02-12", kind=""), TALKS, "廉政谈话：有 1 场未注明种类"),
    Plant("审查无类别", lambda o: review(o, "2026-02-12", category=""), WHOLE, "会前审查：有 1 件未注明类别"),
    # The four forms count from a lead on, and by what was decided.
    Plant("处分没有线索", lambda o: measure(o, "2026-02-14", lead_ref=""), WHOLE, "有 1 条处理没有写明来自哪件线索"),
    Plant(
        "线索形态与处分不同",
        lambda o: measure(
            o, "2026-02-14", lead_ref=o.records.get(LEADS_KEPT, lead(o, "2026-02-14", form="第一种形态")).no
        ),
        WHOLE,
        "登记为第一种形态，按已定的处理是第二种形态，按处理计",
    ),
    # What was sent before, and came otherwise since: 累计 is not 上期累计 and 本期.
    Plant(
        "补录上月线索", lambda o: lead(o, "2026-01-21"), LEADS, "新受理问题线索（乡科级）：累计 3，上期累计 1、本期 1"
    ),
    Plant("补录上月信访", lambda o: petition(o, "2026-01-21"), WHOLE, "接收信访举报：累计 3，上期累计 1、本期 1"),
    Plant("补录上月立案", lambda o: case(o, "2026-01-21"), WHOLE, "立案：累计 3，上期累计 1、本期 1"),
    Plant("补录上月处分", lambda o: measure(o, "2026-01-21"), WHOLE, "处分：累计 3，上期累计 1、本期 1"),
    Plant("补录上月谈话", lambda o: talk(o, "2026-01-21"), TALKS, "廉政谈话（提醒谈话）：累计 3，上期累计 1、本期 1"),
    Plant("补录上月审查", lambda o: review(o, "2026-01-21"), WHOLE, "会前审查：累计 3，上期累计 1、本期 1"),
    Plant("补录上月责任事项", lambda o: duty(o, "2026-01-21"), WHOLE, "责任清单事项：累计 3，上期累计 1、本期 1"),
    Plant("作废上月线索", lambda o: void(o, "lead"), LEADS, "新受理问题线索（乡科级）：累计 1，上期累计 1、本期 1"),
    Plant(
        "作废上月谈话", lambda o: void(o, "integrity_talk"), TALKS, "廉政谈话（提醒谈话）：累计 1，上期累计 1、本期 1"
    ),
    Plant("作废上月信访", lambda o: void(o, "petition"), WHOLE, "接收信访举报：累计 1，上期累计 1、本期 1"),
    # One figure told otherwise by another form of the same period that is already out.
    Plant("两表线索不同", lambda o: lead(o, "2026-02-13"), LEADS, "新受理问题线索（乡科级）在各表中不一致"),
    Plant("两表谈话不同", lambda o: talk(o, "2026-02-13"), TALKS, "廉政谈话（提醒谈话）在各表中不一致"),
)


@pytest.fixture
def clean(office: Office, tmp_path: Path) -> Office:
    """One record of each kind in January and February, everything filled in; January sent, and one form of February."""
    save(office, "unit", {"name": UNIT})
    for day in ("2026-01-12", "2026-02-05"):
        for make in (lead, petition, case, measure, talk, review, duty):
            make(office, day)
    for form in (WHOLE, LEADS, TALKS):
        office.filling.fill(form, tmp_path / f"一月{form.name}", "2026-01")
    return office


def checks(office: Office, form: Path) -> tuple[str, ...]:
    look = office.filling.look(form)
    return office.filling.work(look, "2026-02").checks


def test_a_clean_set_raises_no_alarm(clean: Office) -> None:
    assert {form.stem: checks(clean, form) for form in READY.values()} == {form.stem: () for form in READY.values()}


def test_every_planted_contradiction_is_caught_and_nothing_else_is_told_afterwards(
    clean: Office, tmp_path: Path
) -> None:
    assert len(PLANTS) >= 30
    missed, false = [], []
    rank = clean.filling.look(LEADS).wishes.cells["线索处置", "B7"]
    for form, wish in ((WHOLE, rank), (TALKS, None)):
        # The same figures in another form of February, sent before the plants of the last group.
        look = clean.filling.look(form)
        wishes = look.wishes.with_cell(("05职级分布", "B20"), wish) if wish else look.wishes
        clean.filling.write(look, clean.filling.work(look, "2026-02", wishes), tmp_path / f"二月{form.name}")
    for plant in PLANTS:
        before = clean.vault.last_entry()[0]
        plant.plant(clean)
        told = checks(clean, plant.form)
        if not any(plant.told in words for words in told):
            missed.append((plant.name, told))
        for entry in range(clean.vault.last_entry()[0], before, -1):
            clean.history.undo(entry)
        if rest := checks(clean, plant.form):
            false.append((plant.name, rest))
    assert missed == [], "\n".join(map(str, missed))
    assert false == []
