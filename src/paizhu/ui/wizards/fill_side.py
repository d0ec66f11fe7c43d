"""Beside the form: what the cell in hand takes, the records behind it, and what does not agree."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from paizhu import registers
from paizhu.documents.books.book import column_number
from paizhu.services.forms.matching import offered
from paizhu.services.forms.wishes import SPANS, CellWish, ListWish
from paizhu.services.forms.words import BREAKDOWNS, Words
from paizhu.services.forms.work import Worked
from paizhu.services.out.classes import Release
from paizhu.ui.kit.drop_down import DropDown
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.word_list import WordList
from paizhu.ui.theme import Text

_NAMED = 24
_LEAVE = "空着，手工填写"


class FigureChoice(QWidget):
    """The figure of one cell: which, two parts, which span; `chosen` gives it as soon as one changes."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._words: Words | None = None
        self.code = _combo("指标")
        self.parts = (_combo("分项"), _combo("再分项"))
        self.span = _combo("期间")
        for key, label in SPANS.items():
            self.span.addItem(label, key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for box in (self.code, *self.parts, self.span):
            column.addWidget(Label(box.accessibleName(), Text.SECONDARY, "ink2"))
            column.addWidget(box)
        self.code.activated.connect(lambda _at: self._code_changed())
        for box in (*self.parts, self.span):
            box.activated.connect(lambda _at: self.chosen.emit(self.wish()))
        self.setFocusProxy(self.code)

    def show_words(self, words: Words) -> None:
        """Offer every figure that can be counted."""
        self._words = words
        self.code.clear()
        self.code.addItem(_LEAVE, "")
        for code, indicator in words.catalogue.indicators.items():
            self.code.addItem(f"{indicator.group} · {indicator.name}（{indicator.unit}）{code}", code)

    def show_wish(self, wish: CellWish) -> None:
        """Show what a cell takes."""
        self.code.setCurrentIndex(max(self.code.findData(wish.code), 0))
        self._offer_parts()
        for at, box in enumerate(self.parts):
            wanted = "\n".join(wish.by[at]) if at < len(wish.by) else ""
            box.setCurrentIndex(max(box.findData(wanted), 0))
        self.span.setCurrentIndex(max(self.span.findData(wish.span), 0))

    def wish(self) -> CellWish:
        """Return what is chosen now."""
        code = str(self.code.currentData() or "")
        pairs = [str(box.currentData() or "").split("\n") for box in self.parts]
        by = tuple(dict.fromkeys((pair[0], pair[1]) for pair in pairs if len(pair) > 1))
        return CellWish(code, by if code else (), str(self.span.currentData()), 1.0)

    def _code_changed(self) -> None:
        self._offer_parts()
        self.chosen.emit(self.wish())

    def _offer_parts(self) -> None:
        code = str(self.code.currentData() or "")
        for box in self.parts:
            box.clear()
            box.addItem("不分项", "")
            box.setEnabled(bool(code))
            if not code or self._words is None:
                continue
            for name in self._words.parts(self._words.catalogue[code]):
                for key, label in self._words.choices(code, name):
                    box.addItem(f"{BREAKDOWNS.get(name, name)}：{label}", f"{name}\n{key}")
        self.span.setEnabled(bool(code))


class ListChoice(QWidget):
    """The register of a list and the field of the column in hand."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wish = ListWish()
        self._letter = ""
        self.register = _combo("清单来自")
        self.register.addItem(_LEAVE, "")
        for each in registers.REGISTERS:
            self.register.addItem(each.label, each.key)
        self.field = _combo("这一列填")
        self.whole = QCheckBox("不限统计期，全部记录")
        self.whole.setAccessibleName("不限统计期，全部记录")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for box in (self.register, self.field):
            column.addWidget(Label(box.accessibleName(), Text.SECONDARY, "ink2"))
            column.addWidget(box)
        column.addWidget(self.whole)
        self.register.activated.connect(lambda _at: self._register_changed())
        self.field.activated.connect(lambda _at: self._field_changed())
        self.whole.clicked.connect(lambda on: self._tell(whole=on))
        self.setFocusProxy(self.field)

    def show_wish(self, wish: ListWish, letter: str) -> None:
        """Show what a list takes and what the column in hand takes of it."""
        self._wish, self._letter = wish, letter
        self.register.setCurrentIndex(max(self.register.findData(wish.register), 0))
        self.whole.setChecked(wish.whole)
        self.field.clear()
        self.field.addItem(_LEAVE, "")
        if wish.register:
            for name, label in offered(registers.register(wish.register)):
                self.field.addItem(label, name)
        self.field.setCurrentIndex(max(self.field.findData(wish.columns.get(letter, "")), 0))

    def _register_changed(self) -> None:
        key = str(self.register.currentData() or "")
        self._wish = ListWish(key, {}, 1.0, self._wish.whole)
        self.show_wish(self._wish, self._letter)
        self.chosen.emit(self._wish)

    def _field_changed(self) -> None:
        columns = {letter: name for letter, name in self._wish.columns.items() if letter != self._letter}
        if name := str(self.field.currentData() or ""):
            columns[self._letter] = name
        self._wish = ListWish(self._wish.register, columns, 1.0, self._wish.whole)
        self.chosen.emit(self._wish)

    def _tell(self, *, whole: bool) -> None:
        self._wish = ListWish(self._wish.register, self._wish.columns, 1.0, whole)
        self.chosen.emit(self._wish)


def _named(worked: Worked) -> str:
    """Return the cells left empty, those beside each other as one; the sheet is named where there are several."""
    runs: list[tuple[str, str, int, int]] = []
    for sheet, place in worked.empty:
        letter, row = place.rstrip("0123456789"), int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        column = column_number(letter)
        if runs and runs[-1][0] == sheet and runs[-1][2:] == (row, column - 1):
            runs[-1] = (sheet, f"{runs[-1][1].partition('至')[0]}至{place}", row, column)
        else:
            runs.append((sheet, place, row, column))
    several = len({sheet for sheet, _place in (*worked.cells, *worked.empty)}) > 1
    named = "、".join(f"“{sheet}”{words}" if several else words for sheet, words, *_end in runs[:_NAMED])
    return f"{named} 等" if len(runs) > _NAMED else named


class ChecksPane(QWidget):
    """What does not agree, what was left out and why, and the reason that lets class P3 out."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label("", Text.SECTION, wraps=True)
        self.words = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("逐条报送的事由")
        self.reason.setPlaceholderText("逐条填写线索、案件的事由")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.words, self.reason):
            column.addWidget(widget)

    def release(self) -> Release:
        """Return what may leave, as the reason stands now."""
        return Release(self.reason.text().strip())

    def show_worked(self, worked: Worked) -> None:
        """Show what came of a form."""
        found = [*worked.checks, *worked.withheld]
        if worked.empty:
            found.append(f"有 {len(worked.empty)} 个格子没有指标，空着：{_named(worked)}")
        count = len(worked.checks)
        self.title.setText(f"报送前核对：{count} 处不一致" if count else "报送前核对：没有不一致")
        self.words.setText("\n".join(f"· {words}" for words in found))
        self.words.setVisible(bool(found))
        self.reason.setVisible(any("须写明事由" in words for words in worked.withheld) or bool(self.reason.text()))


class RecordList(WordList):
    """The records behind a cell, a line each; Enter or a double click opens one."""

    opened = Signal(str, int)

    def __init__(self) -> None:
        # A line too long for the column goes on below: nothing in it has to be looked for sideways.
        super().__init__("依据", wraps=True)
        self.setProperty("frame", "box")
        self.itemActivated.connect(self._open)

    def show_records(self, lines: Sequence[tuple[str, int, str]]) -> None:
        """Show records as register, number and words."""
        self.clear()
        for register, number, words in lines:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, (register, number))
            item.setToolTip(words)
            self.addItem(item)
        rows = min(max(len(lines), 2), 7)
        self.setFixedHeight(self.height_of(rows))

    def _open(self, item: QListWidgetItem) -> None:
        register, number = item.data(Qt.ItemDataRole.UserRole)
        self.opened.emit(str(register), int(number))


def _combo(name: str) -> QComboBox:
    box = DropDown()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setMaxVisibleItems(16)
    return box
