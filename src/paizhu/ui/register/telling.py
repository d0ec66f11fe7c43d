"""What stands against saving or a step is told where it belongs: beneath its field, the rest in the strip."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from paizhu.base.errors import PaizhuError
from paizhu.base.flow import Step
from paizhu.base.rows import Elsewhere, Problem, Row
from paizhu.services.drafts import Draft
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.expectations import Expectations

_ELSEWHERE = "elsewhere:"
_TO_FORM = "to_form"


@dataclass(frozen=True)
class _Refused:
    """A refusal that stands in the strip: its words follow from how many fields are still marked."""

    headline: str
    words: Callable[[int], str]
    level: Level
    offers: tuple[Offer, ...] = ()


class Telling(QObject):
    """Speaks through the form and the strip of one pane; nothing typed is ever taken away by it."""

    def __init__(self, context: Context, pane: DetailPane) -> None:
        super().__init__(pane)
        self._context, self._pane, self._form = context, pane, pane.form
        self._expectations = Expectations(context, pane.form, pane.work)
        self._refused: _Refused | None = None
        self._told = ""
        self._elsewhere: dict[str, Elsewhere] = {}
        self._unsaved = ""
        pane.tab_shown.connect(self._tell_unsaved)
        pane.form.checked.connect(self._count_again)
        pane.form.covered.connect(self._forget)
        pane.strip.acted.connect(self._go_elsewhere)

    def voided(self, row: Row) -> None:
        """Say that a record of the recycle list is only read, and why it was put there."""
        reason = str(row.values.get("void_reason") or "")
        offers = [Offer("unvoid", "恢复这条记录", Look.LINK)]
        self._pane.strip.show_words("在回收区，只读", f"作废原因：{reason}" if reason else "", offers=offers)
        self._pane.strip.show()

    def objections(self, step: Step, against: Sequence[Problem]) -> bool:
        """Open and mark what a step waits for; True when that led away from the overview.

        What the vault can propose is put in at once; nothing is marked there, but it has to be looked at.
        """
        if self._stays(against):
            self._form.show_problems(())
            waiting = messages.joined([problem.message for problem in against])
            self._pane.strip.show_words(step.refused, waiting, Level.AMBER)
            self._pane.strip.show()
            return False
        led_away = False
        # What no field answers is mended where the officer stands.
        if any(problem.field for problem in against) or not self._pane.has_overview:
            led_away = self._pane.header.tabs.currentIndex() == OVERVIEW
            self._pane.header.tabs.setCurrentIndex(FORM)
        self._form.open_fields([problem.field for problem in against if problem.field])
        missing = [problem.field for problem in against if problem.code == "missing"]
        proposed = self._expectations.ask(missing)
        left = [problem for problem in against if problem.field not in proposed]
        rest = self._form.show_problems(left)
        for name in proposed[:1] if not left else ():
            self._form.open_section(name=name)
        said = messages.joined([problem.message for problem in rest])
        # What stands there already and breaks a rule is not lacking: it has to be put right.
        do = "填" if all(problem.code == "missing" for problem in left if problem.field) else "填好或改正"
        labels = "、".join(self._form.register.label_of(name) for name in proposed)
        filled = f"{labels}已按台账填上，请核对{'' if left else f'后再按一次“{step.label}”'}。" if proposed else ""

        def words(marked: int) -> str:
            told = f"下面标出的 {marked} 项{'也' if said else ''}须先{do}。" if marked else ""
            return f"{said}{told}{filled}"

        self._elsewhere = {f"{_ELSEWHERE}{at}": each.elsewhere for at, each in enumerate(left) if each.elsewhere}
        offers = tuple(Offer(key, each.words, Look.LINK) for key, each in self._elsewhere.items())
        self._tell(_Refused(step.refused, words, Level.AMBER, offers))
        return led_away

    def _stays(self, against: Sequence[Problem]) -> bool:
        """Tell whether all of it is mended on the overview in front: papers and points are ticked there."""
        overview = self._pane.overview if self._pane.header.tabs.currentIndex() == OVERVIEW else None
        if overview is None:
            return False
        return all(problem.field in overview.mends for problem in against)

    def problems(self, problems: Sequence[Problem]) -> None:
        """Mark what kept a record from being saved."""
        self._pane.header.tabs.setCurrentIndex(FORM)
        rest = self._form.show_problems(problems)
        said = messages.joined([problem.message for problem in rest])

        def words(marked: int) -> str:
            told = f"请改正标出的 {marked} 项。" if marked else ""
            return f"{said}{told}填写的内容都还在。" if said or told else ""

        self._tell(_Refused("还没有保存", words, Level.ERROR))

    def refusal(self, error: PaizhuError) -> None:
        """Say a refusal that concerns no single field."""
        self._pane.strip.show_words(error.happened.rstrip("。"), messages.joined([error.kept, error.todo]), Level.ERROR)
        self._pane.strip.show()

    def draft(self, draft: Draft) -> None:
        """Say that what stands in the form is not saved yet, and offer to leave it."""
        at = draft.at.replace("T", " ")[5:16]
        self._pane.strip.show_words(
            "有未保存的草稿", f"{at} 留下的，已放回表单里。", offers=[Offer("drop", "不要草稿")]
        )
        self._pane.strip.show()

    def _tell(self, refused: _Refused) -> None:
        self._refused = refused
        self._pane.strip.show_words(refused.headline, refused.words(self._form.marked), refused.level, refused.offers)
        self._told = self._pane.strip.accessibleName()
        self._pane.strip.show()

    def _count_again(self) -> None:
        """Tell how many fields are still marked; once nothing is left to mend, nothing is said of it."""
        strip, refused = self._pane.strip, self._refused
        if refused is None:
            return
        if strip.accessibleName() != self._told:
            # Something else was said there since.
            self._refused = None
        elif not refused.words(self._form.marked):
            strip.hide()
        elif f"{refused.headline} {refused.words(self._form.marked)}" != self._told or strip.isHidden():
            self._tell(refused)

    def _tell_unsaved(self, at: int) -> None:
        """Say over an overview that it shows what is stored, while what is typed in the form is not."""
        strip = self._pane.strip
        if at == OVERVIEW and self._form.is_changed() and strip.isHidden():
            here = self._pane.header.tabs.tabText(OVERVIEW)
            words = f"“{here}”上是已经保存的，保存以后跟着变。"
            offers = [Offer(_TO_FORM, "回到记录", Look.LINK)]
            strip.show_words("“记录”里填的还没有保存", words, Level.AMBER, offers)
            strip.show()
            self._unsaved = strip.accessibleName()
        elif at != OVERVIEW and self._unsaved and strip.accessibleName() == self._unsaved:
            strip.hide()

    def _forget(self) -> None:
        self._refused = None

    def _go_elsewhere(self, key: str) -> None:
        if key == _TO_FORM:
            self._pane.header.tabs.setCurrentIndex(FORM)
        if there := self._elsewhere.get(key):
            self._context.events.begin_asked.emit(there.record.register, there.record.id or 0, there.field, 0)
