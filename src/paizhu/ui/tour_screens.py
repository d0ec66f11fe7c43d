"""The pictures of the tour: the real window, walked through as an officer would, in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QSize, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from paizhu.services.session import Session
from paizhu.ui import theme, turns
from paizhu.ui.main_window import MainWindow
from paizhu.ui.overviews.dossier import DossierOverview
from paizhu.ui.tabs import TABS
from paizhu.ui.theme import POINTS, Scheme

if TYPE_CHECKING:
    from paizhu.ui.desk import Desk

Scene = tuple[str, Callable[[], None]]

_PAUSE = 30
_LONGEST = 2000
_FEWEST_COLOURS = 24
_GRID = 7
_STEPS = ("选择文件", "核对表头", "对应字段", "核对问题", "导入完成")


@dataclass(frozen=True)
class Look:
    """One way the program may look: its words, colours, font size and size of the window."""

    words: str
    scheme: Scheme
    points: float
    size: QSize


@dataclass(frozen=True)
class Shot:
    """One picture that was taken."""

    path: Path
    words: str


_DESK = QSize(1440, 900)
LIGHT = Look("浅色", Scheme.LIGHT, POINTS[0], _DESK)
LOOKS = (
    LIGHT,
    Look("深色", Scheme.DARK, POINTS[0], _DESK),
    Look("1366×768", Scheme.LIGHT, POINTS[0], QSize(1366, 768)),
    Look("字号150%", Scheme.LIGHT, POINTS[0] * 1.5, _DESK),
)
# What is opened in each register: a record whose page shows most.
OPENED = (
    ("duties", "duty_item", "廉政风险点排查"),
    ("reviews", "review_item", "住房保障信息系统运维"),
    ("talks", "integrity_talk", "深基坑专项检查"),
    ("cases", "case", "马俊峰收受"),
    ("people", "person", "曹志刚"),
    ("people", "integrity_opinion", "18号"),
    ("supervision", "finding", "深基坑监测数据"),
    ("supervision", "supervision_activity", "保障房分配专项监督"),
    ("supervision", "proposal", "规范租赁补贴复核"),
)

OTHERS = (
    ("backup", "备份"),
    ("settings", "设置"),
    ("deadlines", "期限月历"),
    ("recurring", "定期事项"),
    ("calendar", "工作日历"),
    ("limits", "期限表"),
    ("influence", "影响期表"),
    ("review_lists", "审查清单和语句"),
    ("flag_rules", "提示规则"),
    ("number_patterns", "编号和文号格式"),
    ("journal", "修改记录"),
    ("help", "帮助"),
    ("talk_plan", "谈话计划"),
    ("talk_matrix", "谈话覆盖表"),
    ("talk_rules", "谈话规则"),
    ("two_hats", "主业与职责外"),
)


class Walk:
    """Opens the window on a session and takes pictures; nothing waits longer than the work it waits for."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session = session
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        found = QApplication.instance()
        self._app = found if isinstance(found, QApplication) else QApplication(["paizhu"])
        self._theme = theme.install(self._app, LIGHT.scheme, LIGHT.points)
        theme.speak_chinese(self._app)
        self._before = (self._theme.scheme, self._theme.points)
        self.shots: list[Shot] = []
        self._colours: dict[Path, int] = {}
        self._look = LIGHT
        self._window = MainWindow(session, tabs=TABS)
        self._window.show()

    def scenes(self, ledger: Path, password: str) -> Iterator[Scene]:
        """Yield every scene with its words, in the order in which they must be played."""
        yield "桌面", self._open
        labels = {tab.key: tab.label for tab in TABS}
        for look in LOOKS:
            yield look.words, partial(self._wear, look)
            for key, label in labels.items():
                yield f"{label}（{look.words}）", partial(self._tab, key, label)
            for key, register, words in OPENED:
                scene = partial(self._record, register, words, labels[key])
                yield f"{labels[key]}·打开一条（{look.words}）", scene
        yield LIGHT.words, partial(self._wear, LIGHT)
        yield "搜索", self._search
        for key, words in OTHERS:
            yield words, partial(self._tab, key, words)
        yield "打印", self._paper
        yield "导入", partial(self._import, ledger)
        yield "锁定", self._lock
        yield "解锁", partial(self._unlock, password)
        yield "首次使用", self._first_run

    def end(self) -> None:
        """Close the window and give back the look there was."""
        self._window.lock()
        self._settle()
        self._window.close()
        self._settle()
        self._window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._theme.set_scheme(self._before[0])
        self._theme.set_points(self._before[1])

    def blank(self) -> list[str]:
        """Return the pictures on which next to nothing is to be seen."""
        return [f"{path.name} 是空白的" for path, count in self._colours.items() if count < _FEWEST_COLOURS]

    # --- scenes ----------------------------------------------------------------------------------------------

    def _open(self) -> None:
        self._window.open_desk()
        self._settle()

    def _wear(self, look: Look) -> None:
        self._look = look
        self._theme.set_scheme(look.scheme)
        self._theme.set_points(look.points)
        self._window.resize(look.size)
        self._settle()

    def _tab(self, key: str, words: str) -> None:
        self._desk().show_tab(key)
        self._take(words)

    def _record(self, register: str, words: str, label: str) -> None:
        office = self._desk().context.office
        found = office.search.find(words, 1, (register,))
        self._desk().open_record(register, found[0].id)
        # A dossier says nothing before its purpose is given.
        for overview in self._window.findChildren(DossierOverview):
            overview.open_for("日常监督")
        self._take(f"{label}·打开一条")

    def _search(self) -> None:
        from paizhu.ui.pages.search import QUIET_MS

        desk = self._desk()
        desk.show_tab(TABS[0].key)
        # The list under the line is made when the line gets the focus, which only an active window has.
        self._window.activateWindow()
        self._settle()
        desk.open_search()
        self._settle()
        desk.head.search.setText("住房保障")
        desk.head.search.textEdited.emit("住房保障")
        # The list comes when typing stops for a moment.
        self._pause(2 * QUIET_MS)
        self._take("搜索")
        desk.head.search.clear()
        desk.head.search.textEdited.emit("")

    def _paper(self) -> None:
        """Show the paper of a record as it would leave the printer."""
        desk = self._desk()
        found = desk.context.office.search.find("住房保障信息系统运维", 1, ("review_item",))
        desk.open_record("review_item", found[0].id)
        self._settle()
        desk.pages.run("print")
        self._take("打印")

    def _import(self, ledger: Path) -> None:
        from paizhu.ui.wizards.import_page import ImportPage
        from paizhu.ui.wizards.import_panes import CHECK, DONE, FILES

        desk = self._desk()
        desk.errands.open_import([ledger])
        self._settle()
        page = desk.pages.currentWidget()
        assert isinstance(page, ImportPage)
        while page.step > FILES:
            page.go_back()
        self._take(f"导入·{_STEPS[FILES]}")
        seen = {FILES}
        for _each in range(2 * DONE):
            before = page.step
            page.go_on()
            self._settle()
            if page.step not in seen:
                seen.add(page.step)
                self._take(f"导入·{_STEPS[page.step]}")
            if page.step == DONE or (page.step == before == CHECK):
                break
        if page.step != DONE:
            raise RuntimeError(f"import stopped at step {page.step}")

    def _lock(self) -> None:
        self._window.lock()
        self._take("锁定")

    def _unlock(self, password: str) -> None:
        self._window.lock_page.password.field.setText(password)
        self._window.lock_page.try_password()
        self._settle()
        if self._window.desk is None:
            raise RuntimeError("the desk did not open")
        self._window.lock()
        self._settle()

    def _first_run(self) -> None:
        """Show the pages of the first run that need no vault; what is typed there goes nowhere."""
        self._window.start_first_run()
        self._take("首次使用·欢迎")
        wizard = self._window.first_run
        assert wizard is not None
        for at, words in ((1, "本组"), (2, "设置口令")):
            wizard.go_to(at)
            self._take(f"首次使用·{words}")
        wizard.given_up.emit()
        self._settle()

    # --- the machine -----------------------------------------------------------------------------------------

    def _desk(self) -> Desk:
        desk = self._window.desk
        assert desk is not None
        return desk

    def _take(self, words: str) -> None:
        self._settle()
        picture = self._window.grab()
        self._with_popups(picture)
        path = self._folder / f"{len(self.shots) + 1:02}-{words.replace('·', '-')}-{self._look.words}.png"
        if not picture.save(str(path)):
            raise OSError(path.name)
        self._colours[path] = _colours(picture)
        self.shots.append(Shot(path, f"{words}，{self._look.words}"))

    def _with_popups(self, picture: QPixmap) -> None:
        """Paint what stands in windows of its own, such as the list under the search line, at its place."""
        own = self._window.mapToGlobal(QPoint(0, 0))
        painter = QPainter(picture)
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window and widget.isVisible():
                painter.drawPixmap(widget.mapToGlobal(QPoint(0, 0)) - own, widget.grab())
        painter.end()

    def _settle(self) -> None:
        """Let events happen until no work is under way or waits for its turn; gives up on work that never ends."""
        for _round in range(_LONGEST):
            self._pause()
            desk = self._window.desk
            if not (self._window.tasks.busy or (desk and desk.context.tasks.busy) or turns.waiting()):
                break
        self._pause()

    @staticmethod
    def _pause(milliseconds: int = _PAUSE) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()


def _colours(picture: QPixmap) -> int:
    image = picture.toImage()
    return len({image.pixel(x, y) for x in range(0, image.width(), _GRID) for y in range(0, image.height(), _GRID)})
