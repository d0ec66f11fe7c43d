"""Ten invented years of reviewed items with patterns planted among them, the same in every run.

Nothing here is real: units are 示例, persons and suppliers carry numbers. Clean items are drawn at random, so that by
chance some of them look like a pattern; how many do is what the journey counts.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from paizhu.base.rows import Ref, Value
from paizhu.rules.calendar import Calendar
from paizhu.services.office import Office
from paizhu.storage.journal import Act

LINE = Decimal(500_000)
FIRST, LAST = date(2016, 3, 21), date(2026, 2, 20)
MEMBERS = 9
KINDS = ("building", "repair", "goods", "services", "contract", "asset", "special_fund", "payment")
MODES = ("open_tender", "open_tender", "negotiation", "consultation", "inquiry", "framework", "small", "direct")
PLACES = "东西南北中前后左右上下内外新旧"
THINGS = (
    *("办公楼屋面", "档案库房", "信息机房", "职工食堂", "培训教室", "检测设备", "物业服务", "法律顾问", "宣传折页"),
    *("公务用车", "消防系统", "电梯轿厢", "绿化养护", "年度审计", "网络安全", "视频会议", "应急物资", "供暖管网"),
)
DEEDS = ("改造", "采购", "维护", "续签", "扩容", "检修", "更新", "租赁", "验收付款", "补充建设")


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted pattern: the code that must stand at each of these items."""

    code: str
    at: tuple[int, ...]


@dataclass
class Grounds:
    """The vault while it is filled: what was made so far, and the patterns."""

    act: Act
    chance: random.Random
    calendar: Calendar = field(default_factory=Calendar)
    units: list[Ref] = field(default_factory=list)
    suppliers: list[Ref] = field(default_factory=list)
    cadres: list[Ref] = field(default_factory=list)
    team: list[Ref] = field(default_factory=list)
    meetings: dict[tuple[int, str], Ref] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)
    items: list[int] = field(default_factory=list)

    # --- rosters ---------------------------------------------------------------------------------------------

    def unit(self, name: str) -> Ref:
        rule: dict[str, Value] = {"rule_no": "示例制度〔2015〕1号", "item_kind": "all", "threshold": LINE}
        rule["valid_from"] = date(2015, 1, 1)
        values: dict[str, Value] = {"name": name, "kind": "subordinate", "party_group_size": MEMBERS, "active": True}
        return Ref(name, "unit", self.act.create("unit", values, rows={"spending_rule": [rule]}))

    def supplier(self, name: str, uscc: str | None = None) -> Ref:
        return Ref(name, "supplier", self.act.create("supplier", {"name": name, "uscc": uscc}))

    def person(self, name: str, rows: dict[str, list[dict[str, Value]]] | None = None, **more: Value) -> Ref:
        values: dict[str, Value] = {"name": name, "post_now": "副处长", "post_since": "2012-01", "status": "active"}
        return Ref(name, "person", self.act.create("person", {**values, **more}, rows=rows))

    # --- meetings and items ----------------------------------------------------------------------------------

    def meeting(self, unit: Ref, day: date) -> Ref:
        """Return the meeting of a unit on a day, at which all is well."""
        key = (unit.id or 0, day.isoformat())
        if key not in self.meetings:
            self.meetings[key] = self.another(unit, day)
        return self.meetings[key]

    def another(self, unit: Ref, day: date, recorded: str = "yes", **more: Value) -> Ref:
        """Make a meeting, well but for what is given."""
        name = f"{unit.label}{day:%Y年%m月%d日}党组会"
        checks: list[dict[str, Value]] = [{"code": "opinion_recorded", "answer": recorded}]
        values: dict[str, Value] = {
            "name": name,
            "kind": "party_group",
            "held_at": day,
            "expected": MEMBERS,
            "present": self.chance.randint(7, MEMBERS),
            "attendees": tuple(self.team[:5]),
            "minutes_received": self.calendar.add_working_days(day, 2),
            "state": "filed",
            **more,
        }
        return Ref(name, "meeting", self.act.create("meeting", values, rows={"minute_check": checks}))

    def item(self, unit: Ref, day: date, rows: dict[str, list[dict[str, Value]]] | None = None, **more: Value) -> int:
        """Store an item that nothing is wrong with, but for what is given."""
        ahead = self.chance.randint(3, 9)
        came = self.calendar.add_working_days(day, -ahead - 1)
        values: dict[str, Value] = {
            "unit_id": unit,
            "title": self.title(),
            "category": "decision",
            "meeting": self.meeting(unit, day) if "meeting" not in more else None,
            "planned_meeting_at": day,
            "submitted_at": came,
            "lead_workdays": ahead,
            "opinion": "ok",
            "decided": "agreed",
            "last_speak_ok": True,
            "conclusion": "已执行",
            "state": "done",
            **more,
        }
        number = self.act.create("review_item", values, rows=rows)
        self.items.append(number)
        return number

    def spending(self, unit: Ref, day: date, amount: Decimal | int, **more: Any) -> int:
        """Store an item about money."""
        money: dict[str, Any] = {
            "category": self.chance.choice(("fund", "project")),
            "sub_category": self.chance.choice(KINDS),
            "amount": Decimal(amount),
            "budget_item": "示例科目",
            "procurement_mode": self.chance.choice(MODES),
            "supplier": self.chance.choice(self.suppliers),
        }
        return self.item(unit, day, **{**money, **more})

    def appointing(self, unit: Ref, day: date, who: Ref, **more: Any) -> int:
        """Store an item about one candidate."""
        row: dict[str, Value] = {
            "person": who,
            "from_post": "副处长",
            "to_post": "处长",
            "opinion_ref": Ref("廉意〔示例〕1号"),
        }
        row.update({name: more.pop(name) for name in ("opinion_ref", "to_post") if name in more})
        given = {"category": "appointment", "sub_category": "appoint", "title": f"{who.label}任职", **more}
        return self.item(unit, day, {"candidate": [row]}, **given)

    def title(self) -> str:
        place = "".join(self.chance.sample(PLACES, 2))
        return f"关于{place}区{self.chance.choice(THINGS)}{self.chance.choice(DEEDS)}的请示"

    def day(self, before: date = LAST) -> date:
        """Return a day of the first three working days in the middle of a month, on which units meet."""
        span = (before - FIRST).days
        month = (FIRST + timedelta(days=self.chance.randrange(span))).replace(day=15)
        return self.calendar.on_or_after(month)

    def plant(self, code: str, *at: int) -> None:
        self.planted.append(Planted(code, at))


def fill(office: Office, count: int = 3000) -> tuple[list[Planted], list[int]]:
    """Fill a vault with so many items in one act and return the patterns and every item's id."""
    with office.vault.act("import", f"示例 {count} 项") as act:
        ground = Grounds(act, random.Random(20260316))
        _rosters(ground)
        for plant in (_amounts, _suppliers, _procedure, _meetings, _candidates):
            plant(ground)
        _clean(ground, count - len(ground.items))
    return ground.planted, ground.items


def _rosters(ground: Grounds) -> None:
    ground.units = [ground.unit(f"示例{number}所") for number in range(1, 9)]
    ground.suppliers = [
        ground.supplier(f"示例第{number}服务有限公司", f"91000000{number:010}") for number in range(1500)
    ]
    ground.team = [ground.person(f"班子{number}号", team_now=True, unit_now=ground.units[0]) for number in range(9)]
    ground.cadres = [ground.person(f"干部{number}号", unit_now=ground.units[number % 8]) for number in range(200)]
    for number in range(20):
        ground.act.create(
            "measure",
            {"subject": ground.cadres[number], "kind": "party_warning", "decided_at": ground.day()},
        )


def _clean(ground: Grounds, count: int) -> None:
    for _ in range(count):
        unit, day, kind = ground.chance.choice(ground.units), ground.day(), ground.chance.random()
        if kind < 0.65:
            below = ground.chance.random() < 0.2
            # Just below the line is the pattern itself, so no clean item stands there.
            times = ground.chance.uniform(0.1, 0.89) if below else ground.chance.uniform(1, 6)
            ground.spending(unit, day, (LINE * Decimal(times)).quantize(Decimal(100)))
        elif kind < 0.8:
            ground.appointing(unit, day, ground.chance.choice(ground.cadres))
        else:
            ground.item(unit, day)


def _amounts(ground: Grounds) -> None:
    for share in ("0.9", "0.95", "0.97", "0.99", "0.996"):
        ground.plant("RF-A1", ground.spending(_unit(ground), ground.day(), LINE * Decimal(share)))
    # Split by title, by kind, by supplier under two writings: three ways, each across weeks.
    for number, stem in enumerate(("金穗路堤岸加固工程", "云桥数据治理平台", "清泉泵站电气检修", "松涛林带补植")):
        unit, day = ground.units[number], date(2018 + number, 5, 15)
        parts = [
            ground.spending(
                unit, day + timedelta(days=30 * place), 300_000, title=f"{stem}（{place + 1}标段）", sub_category=None
            )
            for place in range(3 if number == 2 else 2)
        ]
        ground.plant("RF-A2", *parts)
    for number in (4, 5):
        unit, day = ground.units[number], date(2019, 9, 16)
        parts = [
            ground.spending(unit, day + timedelta(days=40 * place), 280_000, sub_category="donation")
            for place in (0, 1)
        ]
        ground.plant("RF-A2", *parts)
    for number, (one, other) in enumerate(
        (("示例恒远（集团）有限公司", "示例恒远集团有限责任公司"), ("示例光华设备有限公司", "示例光华设备有限责任公司"))
    ):
        unit, day = ground.units[6 + number], date(2021, 3, 15)
        parts = [
            ground.spending(unit, day + timedelta(days=45 * place), 260_000, supplier=Ref(name), sub_category=kind)
            for place, (name, kind) in enumerate(((one, "goods"), (other, "services")))
        ]
        ground.plant("RF-A2", *parts)
    for name, mode, months in (("示例直委站", "direct", (2, 4, 6)), ("示例单源站", "single_source", (3, 5, 8, 11))):
        unit = ground.unit(name)
        for month in range(1, 8):
            ground.spending(unit, date(2020, month, 20), 900_000, procurement_mode="open_tender")
        so = [ground.spending(unit, date(2020, month, 10), 950_000, procurement_mode=mode) for month in (*months, 9)]
        ground.plant("RF-A4", so[-1])
    for name, sums in (("示例岁末站", (900_000, 800_000)), ("示例年终站", (3_000_000,))):
        unit = ground.unit(name)
        for month in (2, 4, 6, 8):
            ground.spending(unit, date(2022, month, 15), 700_000)
        ground.plant("RF-A5", *(ground.spending(unit, date(2022, 12, 15), each) for each in sums))
    ground.plant("RF-A6", ground.spending(_unit(ground), LAST, 800_000, category="fund", budget_item=None, **_OPEN))
    row: dict[str, Value] = {"code": "LF-02", "words": "列入预算", "answer": "no"}
    ground.plant("RF-A6", ground.spending(_unit(ground), ground.day(), 800_000, rows={"check": [row]}))


def _suppliers(ground: Grounds) -> None:
    for number, names in enumerate(
        (
            ("示例宏达（东区）有限公司",) * 3,
            ("示例瑞祥工程有限公司", "示例瑞祥工程有限责任公司", "示例瑞祥工程有限公司"),
            ("示例天成咨询有限公司",) * 4,
        )
    ):
        day = date(2017 + number, 4, 17)
        parts = [
            ground.spending(_unit(ground), day + timedelta(days=80 * place), 900_000, supplier=Ref(name))
            for place, name in enumerate(names)
        ]
        ground.plant("RF-A3", parts[-1])
    one = ground.supplier("示例合众贸易有限公司", "91000000AAAAAAAAA1")
    two = ground.supplier("示例合众商贸行", "91000000AAAAAAAAA1")
    parts = [ground.spending(_unit(ground), date(2023, month, 15), 900_000, supplier=each)
             for month, each in ((2, one), (5, two), (9, one))]  # fmt: skip
    ground.plant("RF-A3", parts[-1])
    ground.person(
        "班子投资人", {"business_link": [{"company": Ref("示例投资人有限公司"), "role": "invest"}]}, team_now=True
    )
    ground.plant("RF-A7", ground.spending(_unit(ground), ground.day(), 900_000, supplier=Ref("示例投资人有限责任公司")))
    firm = ground.supplier("示例亲属商行", "91000000BBBBBBBBB2")
    kin = ground.person(
        "示例亲属", {"business_link": [{"company": Ref("示例亲属经营部"), "uscc": "91000000BBBBBBBBB2"}]}
    )
    ground.person("班子有亲属", {"relation": [{"relative": kin, "relation": "lineal"}]}, team_now=True)
    ground.plant("RF-A7", ground.spending(_unit(ground), ground.day(), 900_000, supplier=firm))
    behind: dict[str, Value] = {"company": Ref("示例配偶有限公司"), "person": Ref("示例配偶"), "role": "post"}
    ground.person("班子有配偶", {"business_link": [behind]}, team_now=True)
    ground.plant("RF-A7", ground.spending(_unit(ground), ground.day(), 900_000, supplier=Ref("示例配偶有限公司")))
    head = ground.person("示例分管人", {"business_link": [{"company": Ref("示例分管有限公司")}]})
    more = {"supplier": Ref("示例分管有限公司"), "leader_in_charge": head}
    ground.plant("RF-A7", ground.spending(_unit(ground), ground.day(), 900_000, **more))


def _procedure(ground: Grounds) -> None:
    for left in (0, 1, 1, 0):
        ground.plant("RF-P1", ground.item(_unit(ground), ground.day(), lead_workdays=left))
    for day in (date(2021, 6, 15), date(2024, 6, 17)):
        late: dict[str, Any] = {"opinion": None, "submitted_at": day + timedelta(days=9), "lead_workdays": None}
        ground.plant("RF-P2", ground.item(_unit(ground), day, **late))
    for note in ("金额由 80 万元变为 96 万元", "供应商变更", None):
        ground.plant("RF-P3", ground.item(_unit(ground), ground.day(), changed_after_review=True, change_note=note))
    ground.plant("RF-P4", ground.item(_unit(ground), ground.day(), recusal_list=(ground.team[1],)))
    ground.plant("RF-P4", ground.item(_unit(ground), ground.day(), recusal_list=(Ref("班子3号"),)))
    ground.plant("RF-P4", ground.item(_unit(ground), ground.day(), recusal_list=(ground.cadres[30],), recused=False))
    ground.plant("RF-P6", ground.item(_unit(ground), ground.day(), last_speak_ok=False))
    ground.plant("RF-P6", ground.item(_unit(ground), LAST, last_speak_ok=None, conclusion=None, state="resolved"))
    ground.plant("RF-P8", ground.item(_unit(ground), ground.day(), opinion="object"))
    for words in ("先完成合法性审查", "补充比选材料"):
        row: dict[str, Value] = {"number": 1, "words": words, "adopted": "refused"}
        ground.plant("RF-P8", ground.item(_unit(ground), ground.day(), {"suggestion": [row]}, opinion="ok_with_note"))
    unit = ground.unit("示例临时站")
    days = (date(2023, 4, 17), date(2023, 5, 15), date(2023, 6, 15))
    late_ones = [ground.item(unit, day, submitted_at=day, lead_workdays=None) for day in days]
    ground.plant("RF-P10", *late_ones)


def _meetings(ground: Grounds) -> None:
    few = ground.another(ground.units[0], date(2020, 7, 8), present=4)
    ground.plant("RF-P5", ground.item(ground.units[0], date(2020, 7, 8), meeting=few))
    five = ground.another(ground.units[1], date(2021, 7, 8), present=5)
    ground.plant("RF-P5", ground.appointing(ground.units[1], date(2021, 7, 8), ground.cadres[50], meeting=five))
    punish = ground.another(ground.units[2], date(2022, 7, 8), present=5)
    ground.plant("RF-P5", ground.item(ground.units[2], date(2022, 7, 8), meeting=punish, sub_category="punish"))
    for number in (3, 4):
        silent = ground.another(ground.units[number], date(2023, 7, 10), recorded="no")
        ground.plant("RF-P7", ground.item(ground.units[number], date(2023, 7, 10), meeting=silent))
    day = date(2026, 3, 2)
    missing = ground.another(ground.units[5], day, minutes_received=None, state="held")
    ground.plant("RF-P9", ground.item(ground.units[5], day, meeting=missing))


def _candidates(ground: Grounds) -> None:
    for name, kind, decided in (
        ("影响期甲", "party_warning", date(2023, 8, 1)),
        ("影响期乙", "admin_major_demerit", date(2022, 9, 1)),
        ("影响期丙", "admonish", date(2023, 12, 1)),
    ):
        who = ground.person(name)
        ground.act.create("measure", {"subject": who, "kind": kind, "decided_at": decided})
        ground.plant("RF-K1", ground.appointing(_unit(ground), date(2024, 1, 15), who))
    led, tried = ground.person("待核甲"), ground.person("待核乙")
    ground.act.create("lead", {"subject": led, "received_at": date(2026, 1, 5), "state": "checking"})
    ground.act.create("case", {"subject": tried, "name": "示例案", "filed_at": date(2026, 1, 5), "state": "trial"})
    for who in (led, tried):
        ground.plant("RF-K2", ground.appointing(_unit(ground), LAST, who, **_OPEN))
    ground.plant("RF-K3", ground.appointing(_unit(ground), LAST, ground.cadres[60], opinion_ref=None, **_OPEN))
    child = ground.person("亲属甲", {"relation": [{"relative": ground.team[0], "relation": "spouse"}]})
    ground.plant("RF-K4", ground.appointing(ground.units[0], ground.day(), child))
    boss = ground.person("分管乙", {"relation": [{"relative": Ref("亲属乙"), "relation": "in_law"}]})
    ground.plant(
        "RF-K4", ground.appointing(_unit(ground), ground.day(), ground.person("亲属乙"), leader_in_charge=boss)
    )
    ground.plant(
        "RF-K5", ground.appointing(_unit(ground), date(2024, 1, 15), ground.person("新任甲", post_since="2023-03"))
    )


_OPEN: dict[str, Any] = {"decided": None, "conclusion": None, "state": "under_review"}


def _unit(ground: Grounds) -> Ref:
    return ground.chance.choice(ground.units)
