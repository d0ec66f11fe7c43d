"""The strip over a journal that does not fit its chain: what happened, what was kept, what to do; never a repair."""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.services.office import Office
from paizhu.ui.icons import Shape
from paizhu.ui.kit.button import Look, Offer
from paizhu.ui.kit.roles import Mark, Tone
from paizhu.ui.kit.strip import Level
from paizhu.ui.kit.trouble import Trouble
from paizhu.ui.moments import spoken, spoken_text
from paizhu.ui.strips import Strips

NAME = "chain"
COMPARE, REPORT, FOLD = "compare", "report", "fold-chain"


class ChainStrip:
    """Stands above every page while an entry does not fit; folded it takes one line."""

    def __init__(self, strips: Strips, office: Office) -> None:
        self._strips = strips
        self._office = office
        self._count = 0
        self._wrong: Sequence[int] = ()
        self._folded = False

    def show(self, count: int, wrong: Sequence[int]) -> None:
        """Say how the chain stands; nothing stands there while every entry fits."""
        self._count, self._wrong = count, wrong
        if not wrong:
            self._strips.take(NAME)
            return
        headline = f"留痕链第 {wrong[0]:,} 条校验不符"
        offers = [Offer(COMPARE, "与备份比对"), Offer(REPORT, "导出校验报告")]
        if self._folded:
            self._strips.put(NAME, headline, "台账已转为只读。", Level.ERROR, offers)
            return
        happened, kept, todo = self._parts()
        trouble = Trouble("", happened, kept, todo)
        self._strips.put_trouble(
            NAME, trouble, [*offers, Offer(FOLD, "收起", Look.FLAT)], mark=Mark(Shape.DIAMOND, headline, Tone.ACCENT)
        )

    def fold(self) -> None:
        """Leave one line, so that the pages have their room."""
        self._folded = True
        self.show(self._count, self._wrong)

    def _parts(self) -> tuple[str, str, str]:
        more = f"，还有 {len(self._wrong) - 1} 条也不符" if len(self._wrong) > 1 else ""
        at = spoken_text(self._office.history.entry(self._wrong[0]).at)
        newest = self._office.backups.newest_proven()
        todo = f"与{spoken(newest.made)} 的备份比对" if newest else "先做一份备份，再请人查看"
        return (
            f"{at} 的一条记录与校验值不一致{more}。",
            f"其余 {self._count - len(self._wrong):,} 条正常，数据未改动，台账已转为只读。",
            f"{todo}，或从校验相符的备份恢复。",
        )
