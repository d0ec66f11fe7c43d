"""The page of states of section 6 of the interface specification, with invented contents."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from paizhu.ui import theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Offer
from paizhu.ui.kit.card import Card
from paizhu.ui.kit.empty import EmptyState, NoMatch
from paizhu.ui.kit.field_note import FieldNote
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.loading import LoadingPane
from paizhu.ui.kit.pills import MarkLabel, StatusPill
from paizhu.ui.kit.roles import (
    Mark,
    Tone,
)
from paizhu.ui.kit.search_box import SearchBox
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.tab_bar import TabBar
from paizhu.ui.kit.toolbar import Toolbar
from paizhu.ui.kit.trouble import ErrorPane, Trouble
from paizhu.ui.kit.undo_bar import UndoBar
from paizhu.ui.theme import Text
from tests.unit.ui.kit.gallery_rows import (
    DEADLINES,
    PILLS,
    TABS,
)


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
        fields_card(), reveal_card(), undo_card(),
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
    grid.setColumnStretch(3, 1)
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
    trouble = Trouble(
        "", "09-16 17:40 的一条记录与校验值不一致。", "其余 4,216 条正常，已转为只读。", "与昨天的备份比对。"
    )
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
