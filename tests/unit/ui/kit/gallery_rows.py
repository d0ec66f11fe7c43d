"""Invented rows, marks and steps for the pictures and the tests."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.roles import (
    BoldRole,
    ButtonRole,
    Group,
    GroupRole,
    Mark,
    MarkRole,
    Progress,
    ProgressRole,
    SecondLineRole,
    Tone,
    ToneRole,
)
from paizhu.ui.kit.stepper import Step, When

Index = QModelIndex | QPersistentModelIndex
Cell = dict[int, object]

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
PILLS = [
    Mark(Shape.CIRCLE, "未开始"),
    Mark(Shape.HALF, "进行中"),
    Mark(Shape.SQUARE, "待补材料"),
    Mark(Shape.BARS, "已中止"),
    Mark(Shape.TICK, "已完成", Tone.DONE),
    Mark(Shape.TRIANGLE, "临期、今天", Tone.AMBER),
    Mark(Shape.DIAMOND, "已超期", Tone.ACCENT),
]
DEADLINES = [
    Mark(Shape.DIAMOND, "超期 2 个工作日", Tone.ACCENT),
    Mark(Shape.TRIANGLE, "09-19 周五 · 剩 2 个工作日", Tone.AMBER, "剩 2 个工作日"),
    Mark(Shape.CIRCLE, "09-30 周二 · 剩 10 个工作日", short="剩 10 个工作日"),
    Mark(Shape.DASH, "未起算", Tone.QUIET),
]
TABS = ["今日", "责任清单", "会前审查", "廉政谈话", "案件档案", "监督对象", "监督检查", "统计报表"]
STEPS = [
    Step("材料接收", "09-16", When.PAST),
    Step("形式审查", "09-16 齐全", When.PAST),
    Step("实质审查", "进行中", When.CURRENT),
    Step("出具意见", "今天 17:30 前", When.LATER),
    Step("列席监督", "09-18", When.LATER),
    Step("采纳反馈", "会后 5 个工作日", When.LATER),
]
LIST_COLUMNS = [
    Column("title", "议题", 180, stretches=True),
    Column("meeting", "上会", 64, rank=3),
    Column("state", "审查状态", 116, CellKind.STATUS),
    Column("hints", "提示", 88, CellKind.DEADLINE, rank=1),
    Column("progress", "进度", 140, CellKind.PROGRESS, rank=4),
    Column("due", "期限", 220, CellKind.DEADLINE, least=140),
    Column("amount", "金额（万元）", 100, CellKind.COUNT, rank=5),
]
TODAY_COLUMNS = [
    Column("due", "期限", 230, CellKind.DEADLINE),
    Column("task", "事项", 300, stretches=True),
    Column("register", "台账", 110, rank=1),
    Column("act", "", 110, CellKind.BUTTON),
]


class Rows(QAbstractTableModel):
    """Rows of cells by role, as a page's model would give them."""

    def __init__(self, columns: list[Column], rows: list[list[Cell]]) -> None:
        super().__init__()
        self._columns = columns
        self._rows = rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        return self._rows[index.row()][index.column()].get(role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].kind is CellKind.COUNT:
            return int(Qt.AlignmentFlag.AlignRight)
        return self._columns[section].words if role == DISPLAY else None


def list_rows(count: int = 14) -> list[list[Cell]]:
    """Return rows of a register, each state and deadline in turn."""
    titles = ["虚构信息系统运维服务采购项目第二包补充采购", "示例片区改造方案", "样例中心主任拟任人选"]
    return [
        [
            {DISPLAY: titles[at % 3]},
            {DISPLAY: f"09-{18 - at:02}"},
            {DISPLAY: PILLS[at % 7].words, MarkRole: PILLS[at % 7]},
            {DISPLAY: "无", ToneRole: Tone.DONE}
            if at % 2
            else {DISPLAY: "3 条", MarkRole: Mark(Shape.TRIANGLE, "3 条", Tone.AMBER)},
            {DISPLAY: f"{at} / 14", ProgressRole: Progress(at, 14)},
            {DISPLAY: DEADLINES[at % 4].words, MarkRole: DEADLINES[at % 4]},
            {DISPLAY: f"{at * 1234.5:,.2f}"},
        ]
        for at in range(count)
    ]


def today_rows() -> list[list[Cell]]:
    """Return the groups and tasks of a day."""

    def head(words: str, note: str) -> list[Cell]:
        cells: list[Cell] = [{GroupRole: Group("")} for _ in range(3)]
        return [{GroupRole: Group(words, note)}, *cells]

    def task(mark: Mark, words: str, why: str, register: str, verb: str) -> list[Cell]:
        loud = mark.tone is Tone.ACCENT
        return [
            {DISPLAY: mark.words, MarkRole: mark},
            {DISPLAY: words, SecondLineRole: why, BoldRole: loud},
            {DISPLAY: register, ToneRole: Tone.DONE},
            {ButtonRole: verb},
        ]

    return [
        head("已超期", "1 件"),
        task(DEADLINES[0], "虚构检查整改回复", "整改通知书载明期限 09-15，已催办 1 次", "监督检查", "登记回复"),
        head("5 个工作日内", "2 件"),
        task(DEADLINES[1], "廉政谈话：甲某某", "本组年度计划：每年不少于 2 次", "廉政谈话", "写谈话记录"),
        task(DEADLINES[2], "收集三季度责任清单进展（11 项待报）", "责任清单按季报送", "责任清单", "发提醒"),
    ]
