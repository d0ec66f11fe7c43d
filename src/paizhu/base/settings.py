"""Every setting, declared once: the dialog, the file and the vault's own settings come from this list."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple


class Place(StrEnum):
    """Where a setting is kept: with the machine, or inside the vault (encrypted, travels with it)."""

    MACHINE = "machine"
    VAULT = "vault"


# No dataclass: the first window waits for this class, and would wait for that machinery too.
class Setting(NamedTuple):
    """One setting: code name, type, default and the words of the dialog; ``options`` are (value, words)."""

    name: str
    type: Callable[[str], Any]
    default: Any
    label: str
    group: str
    place: Place = Place.VAULT
    help: str = ""
    options: tuple[tuple[Any, str], ...] = ()

    def read(self, kept: str | None) -> Any:
        """Return the value behind kept text; the default when there is none or it cannot be read."""
        if kept is None:
            return self.default
        try:
            return self.type(kept)
        except ValueError:
            return self.default


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        str,
        "system",
        "界面明暗",
        "界面",
        Place.MACHINE,
        options=(("system", "跟随系统"), ("light", "浅色"), ("dark", "深色")),
    ),
    Setting(
        "font_size",
        float,
        10.5,
        "字号",
        "界面",
        Place.MACHINE,
        options=((10.5, "标准"), (11.0, "稍大"), (12.0, "大"), (14.0, "较大"), (16.0, "很大"), (21.0, "最大")),
    ),
    Setting("last_vault", str, "", "上次打开的工作台", "界面", Place.MACHINE),
    Setting("group", str, "", "派驻机构名称", "本组"),
    Setting("unit", str, "", "驻在单位名称", "本组"),
    Setting("officer", str, "", "使用人姓名", "本组", help="写进修改记录和导出的纸面"),
    Setting(
        "lock_minutes", int, 15, "无操作多久自动锁定", "安全", options=((5, "5 分钟"), (15, "15 分钟"), (30, "30 分钟"))
    ),
    Setting(
        "dossier_cases",
        str,
        "full",
        "廉政档案里的信访、线索和案件",
        "安全",
        help="按知悉范围选择；反映人的任何内容都不进入档案",
        options=(("full", "显示问题和结果"), ("number", "只显示编号、日期和阶段"), ("none", "不显示，只说有几条")),
    ),
    Setting("backup_minutes", int, 30, "有改动时每隔多少分钟备份", "备份"),
    Setting("second_backup", str, "", "第二个备份位置", "备份", help="例如移动硬盘上的文件夹；不在时先备份到本机"),
    Setting("cutoff_day", int, 0, "统计截止日", "统计", help="这一天以后的事项计入下月；0 表示按自然月"),
    Setting("report_days", int, 5, "报表在统计期后第几个工作日前报出", "统计", help="单张报表可以另定"),
    Setting("soon_days", int, 5, "提前几个工作日提醒", "提醒"),
    Setting(
        "reminders",
        str,
        "on",
        "托盘提醒",
        "提醒",
        help="任务栏托盘显示件数，每天第一次打开和有新到期时弹出一句，只报件数不报名称；锁定后不显示",
        options=(("on", "提醒"), ("off", "不提醒")),
    ),
    Setting(
        "quiet_days",
        int,
        30,
        "多少天没有登记就提醒",
        "提醒",
        help="信访、线索、案件满这么多天没有新内容，列在“今日”；0 表示不提醒",
    ),
    # The number of the last act that made the invented records of a sample; 0 in a vault that is worked with.
    Setting("sample", int, 0, "示例数据", "本组"),
    Setting("workbook_limit_mb", int, 200, "导入文件的大小上限（MB）", "导入"),
    Setting("workbook_limit_rows", int, 300_000, "导入的表最多多少行", "导入"),
)


def setting(name: str) -> Setting:
    """Return a setting by its code name; KeyError for one that was never declared."""
    for each in SETTINGS:
        if each.name == name:
            return each
    raise KeyError(name)
