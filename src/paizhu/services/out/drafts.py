"""Papers made in memory, and how they leave: each stamped with the journal's head, each leaving journalled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paizhu.base import clock
from paizhu.documents.pdf import writing as pdf_papers
from paizhu.documents.pdf.blocks import Paper, Stamp
from paizhu.documents.pdf.writing import Written
from paizhu.services.desk import Desk
from paizhu.services.out import anchoring
from paizhu.storage.journal import Act

PRINTED, SAVED, OPENED = "打印", "另存", "打开"
"""What is done with a paper, as the journal tells it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper made in memory: what is looked at is, sign for sign, what is printed or saved afterwards."""

    label: str
    content: bytes
    pages: int
    warnings: tuple[str, ...]
    substitutes: tuple[str, ...]
    stamp: Stamp
    register: str = ""
    record_id: int = 0
    then: Callable[[Act], object] | None = None
    """What is kept as part of the act when the paper leaves: printed, saved or opened elsewhere."""
    listed: str = ""
    """The register a list shows."""


class Drafts:
    """Stamps papers, and journals what is done with them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._vault = desk.vault

    def stamp(self, number: str, purpose: str, anchor: str) -> Stamp:
        """Return what every paper of this moment carries: number, time, user, and the head of the journal."""
        code = anchoring.head_code(self._desk)
        return Stamp(
            number,
            clock.now(),
            user=str(self._desk.setting("officer")),
            code=code,
            anchor=f"paizhu:{code}:{anchor}",
            marking="工作秘密" if purpose else "内部",
            purpose=purpose.strip(),
        )

    def save(self, draft: Draft, path: Path, verb: str = SAVED) -> Written:
        """Write a paper that was looked at, and journal it; refused, the place and the journal are as before."""
        made = self.copy(draft, path)
        self.note(draft, verb, path.name)
        return made

    def copy(self, draft: Draft, path: Path) -> Written:
        """Write a paper for another program to open; it is journalled once that program took it."""
        pdf_papers.put(path, draft.content)
        return Written(path, draft.pages, draft.warnings, draft.substitutes)

    def note(self, draft: Draft, verb: str, file: str = "") -> None:
        """Journal what was done with a paper: printed, saved, opened elsewhere."""
        # The code finds its printing again, and so its record, when somebody holds the paper against the vault.
        facts: dict[str, Any] = {"file": file, "code": draft.stamp.code} if file else {"code": draft.stamp.code}
        if draft.stamp.purpose:
            facts["purpose"] = draft.stamp.purpose
        if draft.listed:
            facts["list"] = draft.listed
        with self._vault.act("print", f"{verb} {draft.label}", always=True, **facts) as act:
            if draft.register:
                act.note(draft.register, draft.record_id, "print", facts)
            if draft.then:
                draft.then(act)

    def draft_sheet(self, label: str, purpose: str, anchor: str, make: Callable[[Stamp], Paper]) -> Draft:
        """Make a paper about no single record or register; it is anchored like every other."""
        stamp = self.stamp("", purpose, anchor)
        return Draft(label, *pdf_papers.make(make(stamp)), stamp)
