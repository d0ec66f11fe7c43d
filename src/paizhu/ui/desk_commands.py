"""The commands of the open desk: what each key does, told once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from paizhu.ui import theme
from paizhu.ui.actions import Action
from paizhu.ui.desk_view import DeskView
from paizhu.ui.errands import Errands
from paizhu.ui.written_bar import FILE_KEY, FOLDER_KEY


def commands_of(desk: DeskView, errands: Errands) -> list[Action]:
    """Return every command with its key; what a page does is asked of the page in front."""
    pages = [
        Action(f"tab.{tab.key}", f"到“{tab.label}”", f"Ctrl+{place}", _shows(desk, tab.key), "到哪里")
        for place, tab in enumerate(desk.tabs, start=1)
    ]
    look = theme.current()
    return [
        *pages,
        Action("search.open", "搜索全部台账", "Ctrl+K", desk.open_search, "到哪里", "search"),
        Action("go.back", "返回", "Alt+Left", desk.back, "到哪里", "back"),
        Action("go.forward", "再前进", "Alt+Right", desk.forward, "到哪里"),
        Action("pane.next", "下一个区域", "F6", lambda: desk.focus_pane(1), "到哪里"),
        Action("pane.previous", "上一个区域", "Shift+F6", lambda: desk.focus_pane(-1), "到哪里"),
        Action("record.new", "新增", "Ctrl+N", _asks(desk, "new"), "记录", "plus"),
        Action("quick.open", "快速登记（写一句话）", "Ctrl+Shift+N", _quick(desk), "记录", "plus"),
        Action("record.save", "保存", "Ctrl+S", _asks(desk, "save"), "记录", "save"),
        Action(
            "record.complete",
            "做本页的红色操作",
            "Ctrl+Return",
            _asks(desk, "record.complete", "record.primary"),
            "记录",
            "",
            ("Ctrl+Enter",),
        ),
        Action("act.undo", "撤销上一次操作", "Ctrl+Z", desk.last_act.undo, "记录", "undo"),
        Action("act.redo", "重做", "Ctrl+Y", desk.last_act.redo, "记录", "redo", ("Ctrl+Shift+Z",)),
        Action("import.open", "导入 Excel 台账", "Ctrl+I", errands.ask_import, "进出", "import"),
        Action("export.open", "导出", "Ctrl+E", errands.ask_export, "进出", "export"),
        Action("written.open", "打开刚写出的文件", FILE_KEY, desk.written.open_file, "进出"),
        Action("written.folder", "打开它所在的文件夹", FOLDER_KEY, desk.written.open_folder, "进出"),
        Action("fill.open", "填报表样", "Ctrl+Shift+F", _shows(desk, "fill"), "进出", "form"),
        Action("print.open", "打印", "Ctrl+P", _asks(desk, "print"), "进出", "print"),
        Action("backup.make", "现在备份", "Ctrl+B", desk.upkeep.back_up, "进出", "backup"),
        Action("backup.open", "备份与恢复", "Ctrl+Shift+B", _shows(desk, "backup"), "进出", "backup"),
        Action("journal.open", "最近操作", "Ctrl+H", _shows(desk, "journal"), "窗口", "history"),
        Action("deadlines.open", "期限月历", "Ctrl+M", errands.open_deadlines, "到哪里"),
        Action("recurring.open", "定期事项", "Ctrl+Shift+R", _shows(desk, "recurring"), "到哪里"),
        Action("numbers.open", "编号清单", "Ctrl+Shift+U", _shows(desk, "numbers"), "窗口"),
        Action("number_patterns.open", "编号和文号格式", "", _shows(desk, "number_patterns"), "窗口"),
        Action("calendar.open", "工作日历", "Ctrl+Shift+D", _shows(desk, "calendar"), "窗口"),
        Action("limits.open", "期限表", "Ctrl+Shift+T", _shows(desk, "limits"), "窗口"),
        Action("influence.open", "影响期表", "Ctrl+Shift+Y", _shows(desk, "influence"), "窗口"),
        Action("review_lists.open", "审查清单和语句", "Ctrl+Shift+L", _shows(desk, "review_lists"), "窗口"),
        Action("flag_rules.open", "提示规则", "Ctrl+Shift+G", _shows(desk, "flag_rules"), "窗口"),
        Action("talk_plan.open", "谈话计划", "Ctrl+Shift+J", _shows(desk, "talk_plan"), "窗口"),
        Action("talk_matrix.open", "谈话覆盖表", "Ctrl+Shift+M", _shows(desk, "talk_matrix"), "窗口"),
        Action("talk_rules.open", "谈话规则", "", _shows(desk, "talk_rules"), "窗口"),
        Action(
            "outside.new", "登记职责外事项", "Ctrl+Shift+O", lambda: desk.open_record("outside_work", 0), "记录", "plus"
        ),
        Action("two_hats.open", "主业与职责外", "", _shows(desk, "two_hats"), "窗口"),
        Action("paper_code.open", "核验纸面", "Ctrl+Shift+P", _verifies(desk), "窗口", "shield"),
        Action("settings.open", "设置", "Ctrl+,", _shows(desk, "settings"), "窗口", "settings"),
        Action("help.open", "帮助", "F1", _shows(desk, "help"), "窗口", "help"),
        Action("window.lock", "锁定", "Ctrl+L", desk.lock_asked.emit, "窗口", "lock"),
        Action("font.larger", "字大一些", "Ctrl++", partial(look.gently, look.larger), "窗口", "", ("Ctrl+=",)),
        Action("font.smaller", "字小一些", "Ctrl+-", partial(look.gently, look.smaller), "窗口"),
        Action("font.normal", "标准字号", "Ctrl+0", partial(look.gently, look.normal), "窗口"),
    ]


MENU = (
    "settings.open",
    "deadlines.open",
    "recurring.open",
    "calendar.open",
    "limits.open",
    "influence.open",
    "review_lists.open",
    "flag_rules.open",
    "talk_plan.open",
    "talk_matrix.open",
    "talk_rules.open",
    "outside.new",
    "two_hats.open",
    "paper_code.open",
    "help.open",
    "journal.open",
    "numbers.open",
    "number_patterns.open",
    "backup.open",
    "import.open",
    "fill.open",
    "window.lock",
)


def _shows(desk: DeskView, key: str) -> Callable[[], object]:
    return lambda: desk.enter_tab(key)


def _verifies(desk: DeskView) -> Callable[[], object]:
    def start() -> None:
        desk.show_tab("paper")
        desk.pages.run("verify")

    return start


def _quick(desk: DeskView) -> Callable[[], object]:
    def start() -> None:
        desk.show_tab("today")
        desk.pages.run("new")

    return start


def _asks(desk: DeskView, *actions: str) -> Callable[[], object]:
    def ask() -> None:
        if not desk.pages.run(*actions):
            desk.last_act.say_of_page("这一页用不上这个按键。")

    return ask
