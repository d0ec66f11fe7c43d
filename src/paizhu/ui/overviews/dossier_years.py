"""Keeping the dossier of a year: a button with the years that can be kept, and those that are."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from paizhu.base.rows import Change
from paizhu.services.dossier.snapshots import DossierSnapshots
from paizhu.ui.context import Context
from paizhu.ui.kit.button import Button


class YearsButton(Button):
    """Keeps a year of the person in hand; the paper then hangs among the person's attachments."""

    def __init__(self, context: Context) -> None:
        super().__init__("保存年度快照")
        self.setProperty("menu", True)
        self.setToolTip("把这一年年底的档案作为一份文书加密存在此人的附件里，以后不再变动")
        self._context = context
        self._person = 0
        self._purpose = ""
        self.years = QMenu(self)
        self.years.aboutToShow.connect(self.fill)
        self.setMenu(self.years)

    def stand_at(self, person_id: int, purpose: str) -> None:
        """Take note whose file is open, and for what purpose."""
        self._person, self._purpose = person_id, purpose

    def fill(self) -> None:
        """List the years that can be kept, and tell which are."""
        self.years.clear()
        snapshots = DossierSnapshots(self._context.office.desk)
        for year in snapshots.years(self._person):
            action = self.years.addAction(f"{year} 年")
            action.triggered.connect(lambda _=False, year=year: self.keep(year))
        kept = "、".join(str(each.year) for each in snapshots.of(self._person))
        if kept:
            self.years.addSection(f"已保存 {kept}，在附件里打开")

    def keep(self, year: int) -> None:
        """Keep a year, off this thread: the paper is made."""
        snapshots, person, purpose = DossierSnapshots(self._context.office.desk), self._person, self._purpose

        def done(change: Change) -> None:
            self._context.events.changed.emit(change)
            self._context.events.said.emit(f"已保存 {year} 年的廉政档案快照，在附件里", change.entry)

        self._context.tasks.run(lambda _progress: snapshots.keep(person, year, purpose), done, label="正在保存快照")
