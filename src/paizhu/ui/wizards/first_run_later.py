"""The steps of the first run that need the new vault: backups, calendar and limits, old ledgers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QHBoxLayout, QWidget

from paizhu.rules.limits import Limit
from paizhu.services import keeping
from paizhu.services.session import Session
from paizhu.ui import messages, theme
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Size
from paizhu.ui.kit.columns import Column
from paizhu.ui.kit.hint_card import Hint, HintCard
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.register.flow_layout import FlowLayout
from paizhu.ui.theme import Text
from paizhu.ui.wizards.first_run_step import StepPage, tall_line

_UNITS = {"wd": "个工作日", "nat": "日", "mon": "个月"}
_PERIODS = {"quarter": "本季度末", "half_year": "本半年末", "year": "本年末", "annual": "次年固定日"}
_COLUMNS = (
    Column("name", "事项", 240, stretches=True),
    Column("span", "期限", 240),
    Column("source", "依据", 220, rank=2),
    Column("state", "核对情况", 90, rank=1),
)
_CONFIDENCE = {"verified": "已核对", "memory": "待核", "custom": "本单位习惯"}


class BackupStep(StepPage):
    """Where backups go: always beside the data, and better to a second disk as well."""

    def __init__(self, session: Session) -> None:
        super().__init__("备份放在哪里", "每次关闭、每半小时有改动、每次导入之前都会自动备份，并重新打开清点。")
        self._session = session
        self.own = Label("", ink="ink2", wraps=True)
        self.second = tall_line("第二个备份位置", "还没有选。只有一块盘时，盘坏了备份也就没有了")
        self.second.setReadOnly(True)
        self.choose = Button("选择文件夹…", icon="folder", size=Size.TALL)
        self.choose.clicked.connect(self.ask_second)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.second, 1)
        row.addWidget(self.choose)
        self.body.addWidget(Label("本机", Text.SECTION))
        self.body.addWidget(self.own)
        self.body.addSpacing(12)
        self.body.addWidget(Label("第二个位置（可以以后再设）", Text.SECTION))
        self.body.addLayout(row)
        words = "备份和数据一样加密，丢了盘也读不出内容。盘不在时先备份到本机，插上后照常。"
        self.body.addWidget(HintCard(Hint("移动硬盘", "", words, Tone.PLAIN)))
        self.setFocusProxy(self.choose)

    def enter(self) -> None:
        """Show the places as they are set."""
        office = self._session.office
        if office:
            self.own.setText(str(office.backups.own_place))
            self.second.setText(str(office.backups.second_place or ""))

    def ask_second(self) -> None:
        """Ask for the second folder and keep it."""
        folder = messages.ask_folder(self, "第二个备份位置")
        if folder:
            self.set_second(folder)

    def set_second(self, folder: Path) -> None:
        """Keep a second folder."""
        office = self._session.office
        if office:
            keeping.change_setting(office.desk, "second_backup", str(folder))
            self.second.setText(str(folder))


class CalendarStep(StepPage):
    """Which years' calendars are known, and the table of limits everything is counted by."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            "核对工作日历与时限规则", "所有期限都按它们计算。条文标“待核”的，请对照手里的文件；以后可以修改。"
        )
        self._session = session
        # In large type the three of them need a line each.
        self._years = FlowLayout(gap=16)
        self.model = QStandardItemModel(0, len(_COLUMNS))
        self.model.setHorizontalHeaderLabels([column.words for column in _COLUMNS])
        self.table = RegisterTable("时限规则", row=RowHeight.DENSE)
        self.table.setProperty("frame", "box")
        self.body.addLayout(self._years)
        self.body.addWidget(self.table, 1)
        self.setFocusProxy(self.table)

    def enter(self) -> None:
        """Read calendar and limits of the open vault."""
        office = self._session.office
        if office is None or self.model.rowCount():
            return
        calendar, year = office.desk.calendar, office.desk.today.year
        for each in (year - 1, year, year + 1):
            known = calendar.covers(each)
            words = f"{each} 年已载入" if known else f"{each} 年还没有公布，先按周一至周五估算"
            tone = Tone.DONE if known else Tone.AMBER
            self._years.addWidget(MarkLabel(Mark(Shape.TICK if known else Shape.TRIANGLE, words, tone), bold=False))
        for limit in office.desk.limits.values():
            row = [
                QStandardItem(words)
                for words in (limit.name, _span(limit), limit.source, _CONFIDENCE[limit.confidence])
            ]
            for item in row:
                item.setToolTip("。".join(words for words in (item.text(), limit.note) if words))
            self.model.appendRow(row)
        self.table.show_model(self.model, _COLUMNS)
        self.table.setMinimumHeight(theme.current().px(380))


def _span(limit: Limit) -> str:
    """Return the span of a limit in words, with what starts it."""
    if limit.unit not in _UNITS:
        return f"{limit.event}后，{_PERIODS[limit.unit]}"
    if not limit.length:
        return f"{limit.event}当日"
    return f"{limit.event}{'前' if limit.length < 0 else '起'} {abs(limit.length)} {_UNITS[limit.unit]}"


class ImportStep(StepPage):
    """Old ledgers: now or later."""

    def __init__(self) -> None:
        super().__init__(
            "导入旧台账", "用惯的 Excel 登记表可以直接导入：表头不用改，导入前能看到每一行会怎样，随时可以整批撤销。"
        )
        self.go = Button("选择 Excel 文件并导入", Look.SECONDARY, icon="import", size=Size.TALL)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.go)
        row.addStretch(1)
        self.body.addWidget(holder)
        self.body.addWidget(Label("没有旧台账，或想以后再导，直接点“开始使用”。", ink="ink2", wraps=True))
        self.setFocusProxy(self.go)
