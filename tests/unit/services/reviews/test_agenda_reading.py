"""An agenda as it is pasted becomes a meeting with its items, in one act."""

from dataclasses import replace
from decimal import Decimal

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref
from paizhu.registers.review_choices import APPOINTMENT
from paizhu.services.office import Office
from paizhu.services.reviews.agenda_reading import AgendaReading
from paizhu.services.reviews.agenda_words import HIGH, heading
from paizhu.services.reviews.reviewing import Reviewing

AGENDA = """某市示例局党组会第 7 次会议议程
时间：2026-03-20 09:30
地点：三楼会议室

1. 关于办公用房维修项目支付 48.60 万元的议题（办公室，分管领导：孙立新）
2、城东示例片区老旧小区改造立项（建筑市场处，2860万元）
三、示例中心主任拟任人选的议题（汇报人：吴建平）
议题四：加装电梯补助办法（修订稿）
（五）年度专项资金分配方案，合计 600 万元，其中
      示例县 200 万元（计划财务处 李明）
6）关于听取近期工作情况
7. 50万元以下零星采购管理办法
8. 一季度维修资金拨付 320万（计划财务处）
9. 质安站检测设备购置（示例质量安全监督站，86万元）
10. 机关干部交流轮岗
11. 内设机构职责调整
12. 上年度工作总结和考核结果
"""


@pytest.fixture
def reading(office: Office) -> AgendaReading:
    for name, team in (("孙立新", "是"), ("吴建平", "否"), ("李明", "否")):
        office.records.save(registers.register("person"), {"name": name, "team_now": team})
    office.records.save(registers.register("unit"), {"name": "计划财务处"})
    return AgendaReading(office.desk)


def test_numbered_lines_in_every_usual_writing_become_items(reading: AgendaReading) -> None:
    items = reading.plan(AGENDA)
    assert [item.number for item in items] == list(range(1, 13))
    assert [item.title for item in items[:4]] == [
        "关于办公用房维修项目支付 48.60 万元的议题",
        "城东示例片区老旧小区改造立项",
        "示例中心主任拟任人选的议题",
        "加装电梯补助办法（修订稿）",
    ]


def test_a_department_named_behind_a_colon_is_taken_without_the_word_before_it(reading: AgendaReading) -> None:
    (item,) = reading.plan("一、传达学习文件精神（汇报：计划财务处 李明）")
    assert (item.title, item.submit_dept, item.reporter) == ("传达学习文件精神", "计划财务处", "李明")


def test_each_category_is_proposed_with_how_sure_it_is(reading: AgendaReading) -> None:
    found = [(item.category, item.confidence == HIGH) for item in reading.plan(AGENDA)]
    assert found[:5] == [("fund", True), ("project", True), ("appointment", True), ("decision", True), ("fund", True)]
    assert found[6:] == [
        ("decision", True),
        ("fund", True),
        ("fund", True),
        ("appointment", True),
        ("decision", True),
        ("decision", True),
    ]


def test_a_title_that_says_nothing_is_left_open_and_says_so(reading: AgendaReading) -> None:
    vague = reading.plan(AGENDA)[5]
    assert (vague.title, vague.category, vague.unsure) == ("关于听取近期工作情况", "", ("类别不能确定，请选择",))


def test_department_leader_reporter_and_amount_are_read_out_of_the_line(reading: AgendaReading) -> None:
    first, second, third, _, fifth, *_ = reading.plan(AGENDA)
    assert (first.submit_dept, first.leader_in_charge, first.amount) == ("办公室", "孙立新", Decimal("486000.00"))
    assert (second.submit_dept, second.amount) == ("建筑市场处", Decimal("28600000.00"))
    assert (third.reporter, third.amount) == ("吴建平", None)
    assert (fifth.submit_dept, fifth.reporter, fifth.amount) == ("计划财务处", "李明", Decimal("6000000.00"))


def test_a_limit_in_a_title_is_not_taken_for_an_amount(reading: AgendaReading) -> None:
    assert reading.plan(AGENDA)[6].amount is None


def test_several_amounts_are_said_to_be_unclear(reading: AgendaReading) -> None:
    (item,) = reading.plan("1. 甲工程 30 万元、乙工程 40 万元")
    assert (item.amount, item.unsure) == (Decimal("400000.00"), ("有几个金额，取了最大的",))


def test_cells_copied_from_a_table_are_read_by_their_heads(reading: AgendaReading) -> None:
    rows = "序号\t议题名称\t类别\t承办处室\t分管领导\t金额\n1\t食堂委托经营\t重大决策\t办公室\t孙立新\t\n"
    rows += "2\t物业服务\t\t\t\t58万元\n"
    one, two = reading.plan(rows)
    assert (one.title, one.category, one.submit_dept, one.leader_in_charge, one.unsure) == (
        "食堂委托经营",
        "decision",
        "办公室",
        "孙立新",
        (),
    )
    assert (two.category, two.amount) == ("fund", Decimal("580000.00"))


def test_lines_without_numbers_are_items_one_by_one(reading: AgendaReading) -> None:
    assert [item.title for item in reading.plan("食堂委托经营\n\n年度培训计划")] == ["食堂委托经营", "年度培训计划"]


def test_the_lines_above_the_items_name_the_meeting() -> None:
    assert heading(AGENDA) == {
        "name": "某市示例局党组会第 7 次会议",
        "held_at": "2026-03-20 09:30",
        "kind": "党组（党委）会",
        "place": "三楼会议室",
    }


def test_meeting_and_items_are_one_act_that_can_be_taken_back(reading: AgendaReading, office: Office) -> None:
    before = len(office.history.entries())
    change = reading.apply({**heading(AGENDA), "kind": "party_group"}, reading.plan(AGENDA))
    meeting_id = change.records[0][1]
    items = Reviewing(office.desk).items(meeting_id)
    assert len(items) == 12
    assert len(office.history.entries()) == before + 1
    assert str(items[0].values["planned_meeting_at"])[:10] == "2026-03-20"
    meeting, leader = items[0].values["meeting"], items[0].values["leader_in_charge"]
    assert isinstance(meeting, Ref)
    assert meeting.label == "某市示例局党组会第 7 次会议"
    assert isinstance(leader, Ref)
    assert leader.linked
    assert len(office.records.rows(registers.register("review_item"), items[0].id)["check"]) > 10
    office.history.undo(change.entry)
    assert Reviewing(office.desk).items(meeting_id) == []


def test_a_second_paste_adds_only_what_is_new_and_numbers_on(reading: AgendaReading, office: Office) -> None:
    meeting_id = reading.apply(heading(AGENDA), reading.plan("1. 甲方案\n2. 乙方案")).records[0][1]
    more = reading.plan("1. 甲方案\n2. 丙方案", meeting_id)
    assert [(item.known, item.number) for item in more] == [(True, 1), (False, 3)]
    reading.apply({}, more, meeting_id)
    assert [row.values["title"] for row in Reviewing(office.desk).items(meeting_id)] == ["甲方案", "乙方案", "丙方案"]


def test_a_meeting_without_a_name_is_refused_and_nothing_is_stored(reading: AgendaReading, office: Office) -> None:
    before = len(office.history.entries())
    with pytest.raises(InvalidRecordError):
        reading.apply({}, reading.plan("1. 甲方案"))
    assert len(office.history.entries()) == before


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("1. 办公楼维修采购（办公室，48.60 万元）", "办公楼维修采购"),
        ("1. 食堂设备更新（预算 30 万元）", "食堂设备更新"),
        ("1. 审定示例停车场招标方案（汇报单位：建设处；金额：1,260万元）", "审定示例停车场招标方案"),
        ("1. 审定示例停车场招标方案（建设处，总投资: 1,260万元）", "审定示例停车场招标方案"),
        ("1. 加装电梯补助办法（修订稿）", "加装电梯补助办法（修订稿）"),
        ("1. 采购管理办法（50 万元以下）", "采购管理办法（50 万元以下）"),
        ("1. 物业服务招标 180万元", "物业服务招标"),
    ],
)
def test_a_title_keeps_what_belongs_to_it_and_loses_what_was_read_out_of_it(
    reading: AgendaReading, line: str, title: str
) -> None:
    assert [item.title for item in reading.plan(line)] == [title]


def test_time_place_and_chair_on_one_line_are_told_apart(office: Office) -> None:
    when = "会议时间：2026年12月4日 9:00　地点：三楼会议室，主持人：示例甲"
    words = f"某市示例局2026年第22次党组会议题\n{when}\n1. 甲方案\n2. 乙方案"
    told = {"name": "某市示例局2026年第22次党组会", "held_at": "2026年12月4日 9:00", "place": "三楼会议室"}
    assert heading(words) == {**told, "chair": "示例甲", "kind": "党组（党委）会"}
    reading = AgendaReading(office.desk)
    meeting = reading.apply(heading(words), reading.plan(words)).records[0][1]
    row = office.records.get(registers.register("meeting"), meeting)
    assert (str(row.values["held_at"]), row.values["place"]) == ("2026-12-04 09:00:00", "三楼会议室")


def test_a_column_of_money_gives_its_unit_to_plain_figures(reading: AgendaReading) -> None:
    head = "序号\t议题名称\t提出部门\t金额（万元）"
    cells = f"{head}\n1\t关于甲采购的议题\t办公室\t48.6\n2\t关于乙采购的议题\t办公室\t1,280\n"
    assert [item.amount for item in reading.plan(cells)] == [Decimal("486000.00"), Decimal("12800000.00")]


def test_a_rule_about_money_is_a_decision_and_no_spending(reading: AgendaReading) -> None:
    (item,) = reading.plan("1. 关于修订《大额资金使用管理办法》的议题")[:1]
    assert (item.category, item.sub_category) == ("decision", "rule")
    assert reading.plan("1. 关于资产处置（报废车辆3台）的议题")[0].category == "decision"


@pytest.mark.parametrize(
    ("line", "title", "told"),
    [
        ("3. 研究示例项目立项（约300万）", "研究示例项目立项（约300万）", "“约300万”是约数，请核对金额"),
        ("3. 研究示例项目立项 约300万元", "研究示例项目立项 约300万元", "“约300万元”是约数，请核对金额"),
        ("3. 研究示例项目立项（300万元左右，示例处）", "", "“300万元左右”是约数，请核对金额"),
    ],
)
def test_a_sum_that_is_only_about_so_much_stays_in_the_title_and_is_told(
    reading: AgendaReading, line: str, title: str, told: str
) -> None:
    (item,) = reading.plan(line)
    assert item.amount == Decimal(3_000_000)
    assert told in item.unsure
    assert "约300万" in item.title or "300万元左右" in item.title
    assert not title or item.title == title


def test_who_comes_stands_below_the_items_and_is_part_of_none(reading: AgendaReading) -> None:
    words = "一、示例补助办法\n（修订稿）\n二、其他事项\n参会人员：示例甲、示例乙\n示例丙\n列席人员：示例丁\n"
    assert [item.title for item in reading.plan(words)] == ["示例补助办法（修订稿）", "其他事项"]
    assert reading.plan("一、示例事项\n列席有关会议的办法")[0].title == "示例事项列席有关会议的办法"


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("五、示例片区改造工程变更，增加投资326万元", "示例片区改造工程变更，增加投资326万元"),
        ("五、示例工程概算调整至 1,280 万元", "示例工程概算调整至 1,280 万元"),
        ("五、示例设备购置，86万元", "示例设备购置"),
    ],
)
def test_a_sum_that_the_words_lead_to_stays_with_them(reading: AgendaReading, line: str, title: str) -> None:
    (item,) = reading.plan(line)
    assert item.title == title
    assert item.amount is not None


def test_somebody_who_is_to_take_a_post_is_an_appointment(reading: AgendaReading) -> None:
    (item,) = reading.plan("三、研究示例甲同志任示例建设信息中心主任事宜")
    assert (item.category, item.confidence) == ("appointment", HIGH)


def test_whom_and_which_company_of_the_rosters_a_title_names_is_taken(reading: AgendaReading, office: Office) -> None:
    """The flags of an item look at its candidates and its supplier: they stood in its title alone."""
    person = registers.register("person")
    for name in ("示例甲", "示例乙", "示例乙"):
        office.records.save(person, {"name": name})
    company, other = (
        office.records.save(registers.register("supplier"), {"name": name}).records[0][1]
        for name in ("示例建筑有限公司", "示例监理有限公司")
    )
    reading = AgendaReading(office.desk)
    words = """1. 关于示例甲、示例乙同志职务任免的议题（汇报人：吴建平）
2. 向示例建筑有限公司支付维修工程款 48.60 万元
3. 示例建筑有限公司和示例监理有限公司合同款支付 20 万元
4. 示例甲牵头的年度工作总结"""
    moved, paid, both, report = reading.plan(words)
    assert moved.named == "拟任免人选：示例甲、示例乙（有同名的，没有关联）"
    assert (moved.reporter, paid.named) == ("吴建平", "供应商：示例建筑有限公司")
    assert (both.supplier, both.unsure[-1:]) == ("", ("提到 2 家企业，供应商没有填写",))
    assert (report.candidates, report.named) == ((), "")
    change = reading.apply({"name": "示例党组会", "held_at": "2026-03-20 9:30"}, [moved, paid, both, report])
    review = registers.register("review_item")
    made = [record_id for key, record_id in change.records if key == review.key]
    (first, second) = [row.values["person"] for row in office.records.rows(review, made[0])["candidate"]]
    assert (first.linked, second) == (True, Ref("示例乙"))  # type: ignore[union-attr]  # references
    supplier = office.records.get(review, made[1]).values["supplier"]
    assert supplier == Ref("示例建筑有限公司", "supplier", company)
    assert office.records.get(review, made[2]).values["supplier"] is None
    assert not office.records.rows(review, made[3])["candidate"]
    assert other != company


def test_an_item_the_officer_calls_an_appointment_has_the_people_of_its_title(
    reading: AgendaReading, office: Office
) -> None:
    (item,) = reading.plan("1. 关于李明同志有关事项的议题")
    assert item.candidates == ()
    assert [each.label for each in replace(item, category=APPOINTMENT).candidates] == ["李明"]
