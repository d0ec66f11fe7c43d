"""廉政意见, one letter open: its clock, the persons with what was found, their answers, and news after the reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from paizhu.base import values
from paizhu.base.errors import PaizhuError
from paizhu.base.progress import Progress
from paizhu.base.rows import Change, Row
from paizhu.registers.opinion import OPINION
from paizhu.registers.opinion_flow import BEFORE_REPLY, CHANGED
from paizhu.services.opinions.answering import Opinions, Standing
from paizhu.services.opinions.people import Asked
from paizhu.ui import messages, theme
from paizhu.ui.context import Context
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Button, Look, Offer, Size
from paizhu.ui.kit.label import Label
from paizhu.ui.kit.pills import MarkLabel
from paizhu.ui.kit.roles import Mark
from paizhu.ui.kit.strip import Level, Strip
from paizhu.ui.kit.table_view import RegisterTable, RowHeight
from paizhu.ui.overviews.opinion_found import AnswerBox, FoundBox
from paizhu.ui.overviews.opinion_paste import PeoplePaste
from paizhu.ui.overviews.opinion_people import PeopleModel
from paizhu.ui.overviews.overview import Overview
from paizhu.ui.register.asking import AskStrip
from paizhu.ui.register.words import standing_mark
from paizhu.ui.theme import Text
from paizhu.ui.turns import Pieces
from paizhu.ui.write_many import write_many

_JOINT, _PEOPLE, _SEARCHED = "joint", "people", "looked_up"
_MOST_ROWS = 10


class OpinionOverview(Overview):
    """The first pane of a request; everything it stores is one act each, nothing is chosen for the officer."""

    label = "来函办理"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("廉政意见办理")
        self._opinions = Opinions(context.office.desk)
        self._row: Row | None = None
        self._letter = Label("", ink="ink2", wraps=True)
        self._clock = MarkLabel(Mark(Shape.CIRCLE, ""))
        self.strip = Strip(level=Level.AMBER)
        self.strip.acted.connect(self.step_asked)
        self.ask = AskStrip()
        self.ask.given.connect(self._sign_joint)
        self.paste = PeoplePaste(context)
        self.paste.given.connect(self._add)
        self.paste.left.connect(self.paste.hide)
        self._counts = Label("", Text.SECONDARY, "ink2", wraps=True)
        self.add_button = Button("添加人员", size=Size.SMALL, icon="plus")
        self.add_button.clicked.connect(self.open_paste)
        self.again_button = Button("重新查询", size=Size.SMALL)
        self.again_button.clicked.connect(self._search_again)
        self.people = PeopleModel()
        self.table = RegisterTable("征求意见人员", row=RowHeight.TWO_LINES)
        self.table.setProperty("frame", "box")
        self.table.show_model(self.people, self.people.columns)
        self.table.opened.connect(self._open_dossier)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.found = FoundBox()
        self.found.opened.connect(context.events.asked_for)
        self._found_head = Label("", Text.SECTION, wraps=True)
        self.answer = AnswerBox()
        self.answer.answered.connect(self._answer)
        self.table.installEventFilter(self)
        theme.current().follow(self, self._measure)
        self._writing = False
        self._lay_out()

    # --- showing ---------------------------------------------------------------------------------------------

    def showing(self, row: Row) -> Pieces:
        """Show a request as stored; the persons chosen stay chosen while it is the same one."""
        other = self._row is None or self._row.id != row.id
        self._row = row
        if other:
            self.ask.leave()
            self.paste.setVisible(self.paste.start(row.id) and self._editable)
            self.found.setMinimumHeight(0)
        self._show_letter(row)
        people = self._opinions.people(row.id)
        self.people.show_lines(people)
        if other and people:
            self.table.go_to(0)
        editable = self._editable
        self.add_button.setVisible(editable)
        changed = row.state == CHANGED and not row.voided
        self.again_button.setVisible((editable or changed) and bool(people))
        if editable and not people:
            self.paste.show()
        waiting = sum(not each.row.values.get("reply") for each in people)
        told = f"{len(people)} 人" + (
            f"，{waiting} 人还没有选定意见，选中后按 1 至 4 选定" if waiting and editable else ""
        )
        self._counts.setText(told if people else "")
        self.table.setVisible(bool(people))
        self._show_chosen()
        self._measure()
        yield

    def offers(self) -> Sequence[Offer]:
        """Return the signing of the drafts, which is a row of its own and not a field; other steps as usual."""
        row = self._row
        if row is None or row.voided:
            return ()
        if self._editable and not self.people.lines:
            return (Offer(_PEOPLE, "登记征求意见人员", shortcut="Ctrl+Enter"),)
        if row.state != _SEARCHED or not self.people.lines:
            return ()
        return (Offer(_JOINT, "会审签字", shortcut="Ctrl+Enter"),)

    def act(self, key: str) -> None:
        """Take the persons that were typed, or ask for them; ask who signs the draft, for which office."""
        if key == _PEOPLE:
            self.paste.show()
            self.paste.store()
            if self.paste.isVisible():
                self.paste.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        if key != _JOINT:
            return
        desk = self.context.office.desk
        lines = []
        for label, words in (
            ("会审科室", "本组"),
            ("会审意见", ""),
            ("签字人", str(desk.setting("officer"))),
            ("签字日期", desk.today.isoformat()),
        ):
            lines.append((label, QLineEdit(words)))
        self.ask.ask(
            "会审底稿签字", "每个科室签自己的底稿；几个科室会审的，其余的在“记录”里逐行补。", "签字", list(lines)
        )

    def keep_draft(self) -> None:
        """Keep names that are being written."""
        self.paste.keep()

    def open_paste(self) -> None:
        """Show the place where persons are typed or pasted."""
        self.paste.show()
        self.paste.text.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let 1 to 4 in the list give the chosen persons an answer: below ten rows the box is out of sight."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            at = event.key() - Qt.Key.Key_1
            if 0 <= at < len(self.answer.radios) and not event.modifiers() and self.answer.can_choose:
                self.answer.choose(at)
                return True
        return super().eventFilter(watched, event)

    # --- the machine -----------------------------------------------------------------------------------------

    @property
    def _editable(self) -> bool:
        row = self._row
        return row is not None and not row.voided and row.state in BEFORE_REPLY

    def chosen(self) -> list[Standing]:
        """Return the persons chosen in the table."""
        return [self.people.lines[at] for at in self.table.selected_rows() if at < len(self.people.lines)]

    def _show_letter(self, row: Row) -> None:
        names = ("from_unit", "letter_no", "reason", "received_at")
        told = [values.show(OPINION.field(name), row.values.get(name)) for name in names]
        came = f"{told[3]} 收到" if told[3] else ""
        replied = values.show(OPINION.field("reply_no"), row.values.get("reply_no"))
        more = f"复函 {replied} {row.values.get('reply_at') or ''}".strip() if replied else ""
        self._letter.setText("　".join(word for word in (*told[:3], came, more) if word))
        running = self.context.office.today.of_record(OPINION, row)
        self._clock.setVisible(bool(running))
        if running:
            self._clock.set_mark(standing_mark(running[0].standing))
            self._clock.setToolTip(running[0].explanation)
        changed = row.state == CHANGED
        self.strip.setVisible(changed)
        if changed:
            offers = [Offer("supplemented", "补充函告"), Offer("sent", "不影响原意见", Look.LINK)]
            self.strip.show_words("情况变化", str(row.values.get("after_change") or ""), Level.AMBER, offers)

    def _show_chosen(self) -> None:
        chosen = self.chosen()
        one = self._in_hand(chosen)
        self.found.show_person(one)
        more = f"　（选中 {len(chosen)} 人，这是最后选的一人）" if len(chosen) > 1 else ""
        self._found_head.setText(f"{one.who.label}的查询结果{more}" if one else "")
        self._found_head.setVisible(one is not None)
        changed = self._row is not None and not self._row.voided and self._row.state == CHANGED
        self.answer.show_people(chosen, editable=self._editable or changed)

    def _in_hand(self, chosen: Sequence[Standing]) -> Standing | None:
        """Return whose findings are shown: of several persons the one chosen last, so that nothing jumps away."""
        at = self.table.currentIndex().row()
        current = self.people.lines[at].row.id if 0 <= at < len(self.people.lines) else 0
        return next((each for each in chosen if each.row.id == current), chosen[0] if chosen else None)

    def _add(self, people: list[Asked]) -> None:
        row = self._row
        if row is None:
            return

        def done(change: Change) -> None:
            self._wrote(change, f"已登记 {len(people)} 人，五个来源已查询")
            if self._row is not None and self._row.id == row.id:
                self.paste.clear()
                self.paste.hide()
                self.table.setFocus()

        self._write_many(
            lambda _progress: self._opinions.add(row.id, people),
            done,
            self.paste.say,
            len(people),
            f"登记 {len(people)} 人",
        )

    def _search_again(self) -> None:
        row = self._row
        if row is not None:
            self._write_many(
                lambda progress: self._opinions.search_again(row.id, progress),
                lambda change: self._wrote(change, "已重新查询五个来源"),
                self._tell,
                len(self.people.lines),
                "重新查询五个来源",
            )

    def _answer(self, reply: str, reason: str, facts: str) -> None:
        row, chosen = self._row, self.chosen()
        if row is None or not chosen:
            return
        ids = [each.row.id for each in chosen]
        names = chosen[0].who.label if len(chosen) == 1 else f" {len(chosen)} 人"
        done = self._do(lambda: self._opinions.answer(row.id, ids, reply, reason, facts), f"已选定{names}的意见",
                        lambda words: None)  # fmt: skip
        if not done:
            self._show_chosen()
            self.answer.say(self._refused)

    def _sign_joint(self, given: Sequence[Any]) -> None:
        row = self._row
        if row is None:
            return
        room, view, signer, day = map(str, given)
        records = self.context.office.records
        standing: list[dict[str, Any]] = [
            {**each.values, "id": each.id} for each in records.rows(OPINION, row.id)["joint_check"]
        ]
        signed: dict[str, Any] = {"room": room, "view": view, "signer": signer, "signed_at": day}
        rows = {"joint_check": [*standing, {name: words for name, words in signed.items() if words.strip()}]}
        if self._do(
            lambda: records.advance(OPINION, row.id, "checked", {}, row.version, rows), "底稿已签字", self.ask.say
        ):
            self.ask.done()

    def _open_dossier(self, at: int) -> None:
        who = self.people.lines[at].who
        if who.linked and who.id is not None:
            self.context.events.asked_for.emit("person", who.id)

    def _do(self, write: Callable[[], Change], words: str, refuse: Callable[[str], object]) -> bool:
        """Write and say it; a refusal goes where it was asked, and nothing typed is lost."""
        self._refused = ""
        try:
            change = write()
        except PaizhuError as error:
            self._refused = messages.joined([error.happened, error.kept, error.todo])
            refuse(self._refused)
            return False
        self._wrote(change, words)
        return True

    def _wrote(self, change: Change, words: str) -> None:
        self.context.events.changed.emit(change)
        self.context.events.said.emit(words, change.entry)

    def _write_many(
        self,
        write: Callable[[Progress], Change],
        done: Callable[[Change], object],
        refuse: Callable[[str], object],
        count: int,
        words: str,
    ) -> None:
        """Write what concerns so many persons: each of them is searched for in all five sources."""
        if self._writing:
            return
        self._writing = True

        def ended(change: Change) -> None:
            self._writing = False
            done(change)

        def failed(error: Exception) -> None:
            self._writing = False
            if isinstance(error, PaizhuError):
                refuse(messages.joined([error.happened, error.kept, error.todo]))

        write_many(self.context, write, ended, failed, count=count, words=words)

    def _tell(self, words: str) -> None:
        self._counts.setText(words)

    def _measure(self) -> None:
        heights = theme.current().heights
        rows = min(len(self.people.lines), _MOST_ROWS)
        self.table.setFixedHeight(heights.header + rows * heights.two_line_row + 4)

    def _lay_out(self) -> None:
        self._refused = ""
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._letter, 1)
        top.addWidget(self._clock)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label("人员", Text.SECTION))
        head.addWidget(self._counts, 1)
        head.addWidget(self.add_button)
        head.addWidget(self.again_button)
        inside = QVBoxLayout()
        inside.setContentsMargins(16, 10, 16, 12)
        inside.setSpacing(8)
        inside.addLayout(top)
        inside.addLayout(head)
        inside.addWidget(self.table)
        inside.addWidget(self._found_head)
        inside.addWidget(self.found)
        inside.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.strip, self.ask, self.paste):
            column.addWidget(part)
        column.addLayout(inside)
        column.addStretch(1)
