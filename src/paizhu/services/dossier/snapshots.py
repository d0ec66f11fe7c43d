"""The dossier of a year, kept with the person as it was known on its last day: a paper that is not counted again.

The file itself is always assembled anew; a snapshot answers what was known when. It hangs encrypted at the person,
carries the code of the journal's head like every paper, and keeping it is an opening with a purpose.
"""

from dataclasses import dataclass
from datetime import date

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import NotAllowedError
from paizhu.base.rows import Change
from paizhu.services.desk import Desk
from paizhu.services.dossier import paper as dossier_paper
from paizhu.services.dossier.gathering import Dossier
from paizhu.services.records import Records

PERSON = registers.register("person")
_NAME = "廉政档案年度快照 {year}（截至 {on}）.pdf"
_BEGINS = "廉政档案年度快照 "


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One year that was kept: the year, the attachment and the day it was kept on."""

    year: int
    attachment: int
    name: str
    kept: str


class DossierSnapshots:
    """Keeps and lists the yearly snapshots of one vault."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._records = Records(desk)

    def of(self, person_id: int) -> list[Snapshot]:
        """Return the years kept of a person, the newest first."""
        found = [
            Snapshot(int(file["name"][len(_BEGINS) :][:4]), file["id"], file["name"], str(file["added_at"])[:10])
            for file in self._records.attachments(PERSON, person_id)
            if file["name"].startswith(_BEGINS)
        ]
        return sorted(found, key=lambda each: (-each.year, -each.attachment))

    def years(self, person_id: int) -> list[int]:
        """Return the years that can be kept: those that ended and are not kept yet, then the one that runs."""
        kept = {each.year for each in self.of(person_id)}
        this = self._desk.today.year
        return [year for year in (this - 1, this) if year == this or year not in kept]

    def keep(self, person_id: int, year: int, purpose: str) -> Change:
        """Keep a year as known on its last day, or today for the year that runs.

        NotAllowedError for a year that has not begun, for one kept already, and for whose file may not be opened.
        """
        last, today = date(year, 12, 31), self._desk.today
        if year > today.year:
            raise NotAllowedError(f"{year} 年还没有开始", "没有保存快照")
        on = min(last, today)
        name = _NAME.format(year=year, on=on.isoformat())
        if any(each.name == name for each in self.of(person_id)):
            raise NotAllowedError(
                f"{year} 年截至 {on.isoformat()} 的快照已经保存过", "没有再存一份", "可以在附件里打开"
            )
        file = Dossier(self._desk).of(person_id, on, purpose, by_events=True)
        content = dossier_paper.draft(self._desk, file, purpose).content
        return self._hang(person_id, name, content)

    def _hang(self, person_id: int, name: str, content: bytes) -> Change:
        vault = self._desk.vault
        digest = vault.attachments.store(content)
        with vault.act("attach", f"保存{name.removesuffix('.pdf')}") as act:
            act.attach(
                {
                    "register": PERSON.key,
                    "record_id": person_id,
                    "slot": "",
                    "name": name,
                    "size": len(content),
                    "digest": digest,
                    "added_by": vault.actor,
                    "added_at": clock.now().isoformat(timespec="minutes"),
                }
            )
        return act.result()
