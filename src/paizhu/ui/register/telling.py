"""What stands against saving or a step is told where it belongs: beneath its field, the rest in the strip."""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.base.errors import PaizhuError
from paizhu.base.flow import Step
from paizhu.base.rows import Problem
from paizhu.services.drafts import Draft
from paizhu.ui import messages
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Offer
from paizhu.ui.kit.strip import Level
from paizhu.ui.register.detail_pane import DetailPane
from paizhu.ui.register.detail_stack import FORM, OVERVIEW
from paizhu.ui.register.expectations import Expectations


class Telling:
    """Speaks through the form and the strip of one pane; nothing typed is ever taken away by it."""

    def __init__(self, context: Context, pane: DetailPane) -> None:
        self._pane, self._form = pane, pane.form
        self._expectations = Expectations(context, pane.form, pane.work)

    def objections(self, step: Step, against: Sequence[Problem]) -> bool:
        """Open and mark what a step waits for; True when that led away from the overview.

        What the vault can propose is put in at once; nothing is marked there, but it has to be looked at.
        """
        if self._stays(against):
            self._form.show_problems(())
            words = messages.joined([problem.message for problem in against])
            self._pane.strip.show_words(step.refused, words, Level.AMBER)
            self._pane.strip.show()
            return False
        led_away = False
        # What no field answers is mended where the officer stands.
        if any(problem.field for problem in against) or not self._pane.overview:
            led_away = self._pane.header.tabs.currentIndex() == OVERVIEW
            self._pane.header.tabs.setCurrentIndex(FORM)
        self._form.open_fields([problem.field for problem in against if problem.field])
        missing = [problem.field for problem in against if problem.code == "missing"]
        proposed = self._expectations.ask(missing)
        left = [problem for problem in against if problem.field not in proposed]
        rest = self._form.show_problems(left)
        for name in proposed[:1] if not left else ():
            self._form.open_section(name=name)
        words = messages.joined([problem.message for problem in rest])
        marked = len(left) - len(rest)
        # What stands there already and breaks a rule is not lacking: it has to be put right.
        do = "填" if all(problem.code == "missing" for problem in left if problem.field) else "填好或改正"
        told = [f"下面标出的 {marked} 项也须先{do}。" if words else f"下面标出的几项须先{do}。"] if marked else []
        if proposed:
            labels = "、".join(self._form.register.label_of(name) for name in proposed)
            told.append(f"{labels}已按台账填上，请核对{'' if left else f'后再按一次“{step.label}”'}。")
        self._pane.strip.show_words(step.refused, f"{words}{''.join(told)}", Level.AMBER)
        self._pane.strip.show()
        return led_away

    def _stays(self, against: Sequence[Problem]) -> bool:
        """Tell whether all of it is mended on the overview in front: papers and points are ticked there."""
        overview = self._pane.overview
        if overview is None or self._pane.header.tabs.currentIndex() != OVERVIEW:
            return False
        return all(problem.field in overview.mends for problem in against)

    def problems(self, problems: Sequence[Problem]) -> None:
        """Mark what kept a record from being saved."""
        self._pane.header.tabs.setCurrentIndex(FORM)
        rest = self._form.show_problems(problems)
        marked = len(problems) - len(rest)
        words = messages.joined([problem.message for problem in rest])
        self._pane.strip.show_words(
            "还没有保存", f"{words}{f'请改正标出的 {marked} 项。' if marked else ''}填写的内容都还在。", Level.ERROR
        )
        self._pane.strip.show()

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
