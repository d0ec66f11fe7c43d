"""Pictures of every state, for looking at: `python -m tests.unit.ui.kit.gallery FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.chips import Chip, ChipBar
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.empty import EmptyState, NoMatch
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.gauge import Gauge
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.kit.password_edit import PasswordEdit, RuleList, StrengthBar
from paizhu.ui.kit.pills import MarkLabel, StatusPill
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
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.stepper import Step, Stepper, When
from paizhu.ui.kit.strip import Level, Strip, read_only_strip
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.kit.toolbar import ActionBar, DetailHeader, Toolbar
from paizhu.ui.kit.trouble import ErrorPane, Trouble
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.theme import Scheme, Text

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
    Column("due", "期限", 220, CellKind.DEADLINE),
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

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
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
        return [{GroupRole: Group(words, note)}, *({GroupRole: Group("")} for _ in range(3))]

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
        task(DEADLINES[1], "廉政谈话：甲某某（年度第 2 次）", "本组年度计划：每年不少于 2 次", "廉政谈话", "写谈话记录"),
        task(DEADLINES[2], "收集三季度责任清单进展（11 项待报）", "责任清单按季报送", "责任清单", "发提醒"),
    ]


def states_page() -> QWidget:
    """Return the page of section 6 of the interface specification."""
    page = QWidget()
    page.setProperty("ground", "win")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(shell_top())
    grid = QGridLayout()
    grid.setContentsMargins(12, 12, 12, 12)
    grid.setSpacing(12)
    column.addLayout(grid, 1)
    cards = [
        empty_card(), no_match_card(), loading_card(), error_card(),
        fields_card(), read_only_card(), reveal_card(), undo_card(),
        marks_card(), buttons_card(), audit_card(), backup_card(),
    ]  # fmt: skip
    for at, card in enumerate(cards):
        grid.addWidget(card, at // 4, at % 4)
    for at in range(4):
        grid.setColumnStretch(at, 1)
        grid.setRowStretch(min(at, 2), 1)
    return page


def shell_top() -> QWidget:
    """Return tabs and search as the main window has them."""
    top = Toolbar()
    top.setFixedHeight(theme.current().heights.tab_bar)
    top.setProperty("frame", "")
    top.setProperty("ground", "surface2")
    tabs = TabBar()
    for words in TABS:
        tabs.addTab(words)
    tabs.set_badge(6, 1)
    top.add(tabs)
    top.add_stretch()
    box = SearchBox("搜索全部台账", "Ctrl+K")
    top.add(box)
    for name, words in (("lock", "锁定"), ("settings", "设置"), ("help", "帮助")):
        top.add(Button(words, Look.FLAT, icon=name))
    return top


def empty_card() -> Card:
    """Return the empty register."""
    card = Card("空台账")
    offers = [Offer("new", "新增谈话", Look.PRIMARY, "plus"), Offer("import", "导入 Excel", icon="import")]
    card.body.addWidget(EmptyState("还没有廉政谈话记录", "可以从旧的登记表导入，也可以先登记一次。", offers))
    return card


def no_match_card() -> Card:
    """Return the filter that finds nothing."""
    card = Card("筛选无结果")
    none = NoMatch()
    none.show_filters(["缺签字页", "2023 年"], "46 次谈话")
    card.body.addWidget(none)
    return card


def loading_card() -> Card:
    """Return work under way."""
    card = Card("载入中", "可取消")
    seconds = iter([0.0, 0.0, 4.2])
    pane = LoadingPane(now=lambda: next(seconds))
    pane.start("正在读入工作簿", 3600, "行")
    pane.advance(1240)
    pane.show()
    card.body.addWidget(pane)
    return card


def error_card() -> Card:
    """Return a refusal."""
    card = Card("出错")
    trouble = Trouble(
        "没有写进备份盘",
        "E 盘空间不足，还差 120 MB。",
        "今天的数据都在本机，昨天 17:42 的备份完好。",
        "删去盘上旧文件，或换一个盘再备份。",
        "OSError: [Errno 28]",
    )
    card.body.addWidget(ErrorPane(trouble, [Offer("other", "换个位置备份"), Offer("again", "再试一次")]))
    card.body.addStretch(1)
    return card


def fields_card() -> Card:
    """Return a field in error and one with a caution."""
    card = Card("字段校验", "错误与提醒")
    form = QGridLayout()
    for at, (words, typed) in enumerate((("金额", "48.6万"), ("送达时间", "2025-09-16 14:20"))):
        field = QLineEdit(typed)
        note = FieldNote(field)
        label = Label(words, ink="ink2")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.addWidget(label, at * 2, 0)
        form.addWidget(field, at * 2, 1)
        form.addWidget(note, at * 2 + 1, 1)
        if at:
            note.show_caution("会前只有 2 个工作日，可以保存")
        else:
            note.show_error("只写数字，单位是万元，例如 48.60")
    card.body.addLayout(form)
    card.body.addStretch(1)
    return card


def read_only_card() -> Card:
    """Return an archived record."""
    card = Card("只读")
    card.fill()
    card.body.addWidget(read_only_strip("已归档，只读", "09-04"))
    card.body.addStretch(1)
    return card


def reveal_card() -> Card:
    """Return the traced reveal."""
    card = Card("查看需留痕")
    card.body.addWidget(Label("查看举报人身份", bold=True))
    words = "写明事由后显示 60 秒。谁、何时、为何查看，记入留痕链，不能删除。"
    card.body.addWidget(Label(words, Text.SECONDARY, "ink2", wraps=True))
    card.body.addWidget(QLineEdit("核对反馈地址"))
    row = QHBoxLayout()
    row.addWidget(Button("记入留痕并显示"))
    row.addWidget(Button("不看了", Look.FLAT, shortcut="Esc"))
    row.addStretch(1)
    card.body.addLayout(row)
    card.body.addStretch(1)
    return card


def undo_card() -> Card:
    """Return the undo bar."""
    card = Card("撤销条")
    bar = UndoBar()
    bar.show_done("已导入 40 行谈话记录。", "撤销整批")
    card.body.addWidget(bar)
    card.body.addWidget(Label("停留到下一次操作或 20 秒。", Text.SECONDARY, "ink2", wraps=True))
    card.body.addStretch(1)
    return card


def marks_card() -> Card:
    """Return pills and deadlines."""
    card = Card("状态与期限")
    grid = QGridLayout()
    for at, mark in enumerate(PILLS):
        grid.addWidget(StatusPill(mark), at // 3, at % 3)
    card.body.addLayout(grid)
    for mark in DEADLINES[:3]:
        card.body.addWidget(MarkLabel(mark))
    card.body.addStretch(1)
    return card


def buttons_card() -> Card:
    """Return buttons and fields; the focused ones are those with the name focused."""
    card = Card("按钮与输入框")
    row = QHBoxLayout()
    focused = Button("焦点", Look.PRIMARY)
    focused.setObjectName("focused")
    row.addWidget(Button("主要操作", Look.PRIMARY))
    row.addWidget(focused)
    row.addWidget(Button("次要"))
    row.addStretch(1)
    card.body.addLayout(row)
    refused = Button("不可用")
    refused.refuse("须先填上会日期。")
    card.body.addWidget(refused, 0, Qt.AlignmentFlag.AlignLeft)
    fields = QHBoxLayout()
    hint = QLineEdit()
    hint.setPlaceholderText("提示文字")
    combo = QComboBox()
    combo.addItems(["提醒谈话", "日常廉政谈话"])
    fields.addWidget(hint)
    fields.addWidget(combo)
    card.body.addLayout(fields)
    card.body.addStretch(1)
    return card


def audit_card() -> Card:
    """Return the audit mismatch."""
    card = Card("留痕链校验不符")
    card.fill()
    card.body.addWidget(Strip("留痕链第 3,981 条校验不符", level=Level.ERROR))
    trouble = Trouble("", "09-16 17:40 的一条记录与校验值不一致。", "其余 4,216 条正常，已转为只读。", "与昨天的备份比对。")
    pane = ErrorPane(trouble, [Offer("compare", "与备份比对"), Offer("export", "导出校验报告")])
    pane.layout().setContentsMargins(16, 12, 16, 12)  # type: ignore[union-attr]  # the pane has one
    card.body.addWidget(pane)
    card.body.addStretch(1)
    return card


def backup_card() -> Card:
    """Return the backup reminder."""
    card = Card("备份提醒")
    mark = Mark(Shape.TRIANGLE, "已 3 天没有备份", Tone.AMBER)
    card.body.addWidget(EmptyState("", "插上备份盘后按一下即可，约 1 分钟。", [Offer("now", "现在备份")], mark=mark))
    return card


def register_page() -> QWidget:
    """Return a register with list, stepper, hints and action bar."""
    page = QWidget()
    page.setProperty("ground", "surface")
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    toolbar = Toolbar()
    for name, words in (("plus", "新增议题"), ("import", "导入"), ("export", "导出"), ("print", "打印")):
        toolbar.add(Button(words, icon=name))
    toolbar.add_line()
    chips = [Chip("week", "本周上会", 4), Chip("mine", "待我审查", 4), Chip("late", "已超期", 1, overdue=True)]
    chips += [Chip("hint", "有提示", 5), Chip("all", "今年全部", 45)]
    bar = ChipBar()
    bar.show_chips(chips, "all")
    toolbar.add(bar, stretches=True)
    toolbar.add(Button("视图与列", Look.FLAT, icon="columns"))
    column.addWidget(toolbar)
    row = QHBoxLayout()
    table = RegisterTable("会前审查")
    table.setObjectName("table")
    table.show_model(Rows(LIST_COLUMNS, list_rows()), LIST_COLUMNS)
    table.show_sorted("meeting", descending=True)
    row.addWidget(table, 3)
    row.addWidget(detail(), 2)
    column.addLayout(row, 1)
    undo = UndoBar()
    undo.show_done("已把“谈话〔2025〕033 号（重复登记）”移入回收区，90 天内可恢复。", more="查看回收区")
    column.addWidget(undo)
    return page


def detail() -> QWidget:
    """Return a detail pane."""
    pane = QWidget()
    pane.setProperty("ground", "surface")
    column = QVBoxLayout(pane)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    head = DetailHeader()
    head.show_record("虚构信息系统运维服务采购", "会审〔2025〕041 号　局党组会第 21 次 · 议题 1", PILLS[1])
    for words in ("审查表", "时间线", "附件 6", "修改记录"):
        head.tabs.addTab(words)
    column.addWidget(head)
    column.addWidget(Stepper(STEPS))
    body = QVBoxLayout()
    body.setContentsMargins(16, 12, 16, 12)
    kinds = [("a", "重大决策"), ("b", "重要干部任免"), ("c", "重大项目安排"), ("d", "大额度资金使用")]
    segments = Segments("三重一大", kinds)
    segments.set_current("d")
    body.addWidget(segments)
    links = (Offer("why", "查看 3 条依据"), Offer("write", "写入意见"), Offer("done", "已核实…"))
    figures = "07-31 46.80 万、08-21 49.20 万、本次 48.60 万，合计 144.60 万元。"
    body.addWidget(HintCard(Hint("重点核实", "金额接近上限，60 天内同类 3 笔", figures, offers=links)))
    body.addWidget(HintCard(Hint("程序提醒", "材料送达不足 3 个工作日", "送达 09-16。"), folded=True))
    body.addWidget(HintCard(Hint("同会议题", "议题 3 拟任人选在处分影响期内", "影响期至 2026-03-11。", Tone.PLAIN)))
    for words in ("无意见", "建议暂缓上会"):
        radio = QRadioButton(words)
        radio.setChecked(words != "无意见")
        body.addWidget(radio)
    check = QCheckBox("分管领域廉政风险")
    check.setChecked(True)
    body.addWidget(check)
    body.addWidget(QDateEdit())
    text = QPlainTextEdit("经查，三笔合计 144.60 万元，建议：")
    text.setObjectName("focused")
    body.addWidget(text)
    column.addLayout(body, 1)
    archive = Button("归档")
    archive.refuse("归档须先补：双方签字页扫描件。")
    bar = ActionBar(Button("出具意见", Look.PRIMARY, shortcut="Ctrl+Enter"), archive)
    bar.show_saved("10:25 已自动保存")
    column.addWidget(bar)
    return pane


def today_page() -> QWidget:
    """Return the day's list, coverage and the passphrase pieces."""
    page = QWidget()
    page.setProperty("ground", "win")
    row = QHBoxLayout(page)
    card = Card("要办的事", plain_head=True)
    chips = ChipBar([Chip("all", "全部", 10), Chip("review", "会前审查", 2), Chip("case", "案件", 4)], more=False)
    card.set_corner(chips)
    card.fill()
    table = RegisterTable("要办的事", row=RowHeight.TWO_LINES)
    table.setObjectName("today")
    table.show_model(Rows(TODAY_COLUMNS, today_rows()), TODAY_COLUMNS)
    table.span_groups()
    table.horizontalHeader().hide()
    card.body.addWidget(table)
    row.addWidget(card, 5)
    side = QVBoxLayout()
    coverage = Card("本年覆盖", "截至今天", plain_head=True)
    coverage.body.addWidget(Gauge("班子成员谈话", Progress(3, 6), "还差：甲某某、乙某某、丙某某（各 1 次）"))
    coverage.body.addWidget(Gauge("“三重一大”会前审查", Progress(41, 41), "已上会议题全部会前审查"))
    side.addWidget(coverage)
    unlock = Card("口令", plain_head=True)
    password = PasswordEdit()
    password.field.setText("invented-words")
    strength = StrengthBar()
    strength.show_strength(3, "再长一点会更稳妥")
    rules = RuleList(["不少于 10 位", "两遍一致"])
    rules.show_met([True, False])
    for part in (password, strength, rules):
        unlock.body.addWidget(part)
    unlock.body.addWidget(Button("解锁", Look.PRIMARY, shortcut="Enter", size=Size.TALL), 0, Qt.AlignmentFlag.AlignLeft)
    side.addWidget(unlock)
    steps = Stepper(STEPS[:5], Qt.Orientation.Vertical)
    side.addWidget(steps)
    side.addStretch(1)
    row.addLayout(side, 3)
    return page


def main(folder: Path) -> None:
    """Write the pictures, light and dark and larger, into a folder."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    looks = [("light", Scheme.LIGHT, 10.5), ("dark", Scheme.DARK, 10.5), ("large", Scheme.LIGHT, 16.0)]
    for name, scheme, points in looks:
        theme.install(app, scheme, points)
        for page_name, make in (("states", states_page), ("register", register_page), ("today", today_page)):
            page = make()
            page.resize(1440, 870)
            page.show()
            for table in page.findChildren(RegisterTable):
                table.go_to(1)
            focused = page.findChild(QWidget, "focused")
            if focused:
                page.activateWindow()
                focused.setFocus()
            app.processEvents()
            page.grab().save(str(folder / f"{page_name}-{name}.png"))
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
