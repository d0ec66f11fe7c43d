"""Pictures of every state, for looking at: `python -m tests.unit.ui.kit.gallery FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QHBoxLayout,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from paizhu.ui import theme
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.chips import Chip, ChipBar
from paizhu.ui.kit.gauge import Gauge
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.password_edit import PasswordEdit, RuleList, StrengthBar
from paizhu.ui.kit.roles import (
    Progress,
    Tone,
)
from paizhu.ui.kit.segments import Segments
from paizhu.ui.kit.stepper import Stepper
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.kit.toolbar import ActionBar, DetailHeader, Toolbar
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.theme import Scheme
from tests.unit.ui.kit.gallery_rows import (
    LIST_COLUMNS,
    PILLS,
    STEPS,
    TODAY_COLUMNS,
    Rows,
    list_rows,
    today_rows,
)
from tests.unit.ui.kit.gallery_states import states_page


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
    day = QDateEdit()
    day.setCalendarPopup(True)
    day.setDisplayFormat("yyyy-MM-dd")
    body.addWidget(day)
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
            page.resize(round(1440 * points / 12) if points > 12 else 1440, 870 if points < 12 else 1300)
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
