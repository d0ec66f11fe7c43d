"""Papers: which there are for a record or list, made as PDF, journalled, tied to the journal's head."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.base.field import Sens
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.base.view import View
from paizhu.documents.papers import register_list as pdf_list
from paizhu.documents.pdf import writing as pdf_papers
from paizhu.documents.pdf.blocks import Paper
from paizhu.documents.pdf.writing import Written
from paizhu.services.out.drafts import PRINTED, Draft, Drafts
from paizhu.services.out.paper_kinds import LEDGERS, Kind, Ledger, kinds_of
from paizhu.services.register_keys import register_of
from paizhu.storage import queries
from paizhu.storage.tables import table

MOST_IN_LIST = 5000


class Printing(Drafts):
    """Makes papers from the vault; class P4 never, class P3 with a purpose, everything journalled."""

    def kinds(self, register: Register, row: Row | None = None) -> list[Kind]:
        """Return the papers of a register, or those that fit a record of it: its own forms first, the record last."""
        return kinds_of(register, row)

    def needs_purpose(self, register: Register, kind: Kind | None = None) -> bool:
        """Tell whether a paper names class P3 and is refused without a purpose."""
        if kind and kind.secret:
            return True
        names = (*register.title, *register.identity)
        return any(register.field(name).sens >= Sens.P3 for name in names)

    def paper(
        self,
        code: str,
        register: Register,
        record_id: int,
        path: Path,
        purpose: str = "",
        *,
        sanitised: bool = False,
    ) -> Written:
        """Write one paper of a record; NotFoundError for a paper the register does not have."""
        return self.save(self.draft(code, register, record_id, purpose, sanitised=sanitised), path, PRINTED)

    def draft(
        self, code: str, register: Register, record_id: int, purpose: str = "", *, sanitised: bool = False
    ) -> Draft:
        """Make one paper of a record to look at; nothing leaves the vault yet, so nothing is journalled.

        A ``sanitised`` one (脱敏副本) names no person and no number of one.
        """
        kind = next((each for each in self.kinds(register) if each.code == code), None)
        if kind is None:
            known = "、".join(f"{each.code}（{each.label}）" for each in self.kinds(register))
            raise NotFoundError(f"“{register.label}”没有“{code}”这种文书", "", f"可以打印：{known}")
        self._check_purpose(register, kind, purpose)
        with self._vault.read() as connection:
            row = queries.one(connection, table(register), record_id)
            rows = {
                child.key: queries.children(connection, table(register, child.key), record_id)
                for child in register.rows
            }
        if kind.fits and not kind.fits(row):
            fitting = "、".join(each.label for each in self.kinds(register, row))
            raise NotAllowedError(f"这条记录不出《{kind.label}》", "没有生成文书", f"可以打印：{fitting}")
        stamp = self.stamp(row.no, purpose, f"{register.key}:{record_id}")
        label = f"{kind.label} {row.no}".strip()
        return self._draft(label, kind.make(self._desk, row, rows, stamp), register.key, record_id, sanitised=sanitised)

    def list(
        self, view: View, path: Path, columns: Sequence[str] = (), ids: Sequence[int] = (), purpose: str = ""
    ) -> Written:
        """Write a list as it is shown, or the records chosen in it."""
        return self.save(self.draft_list(view, columns, ids, purpose), path, PRINTED)

    def ledgers(self, register: Register) -> Sequence[Ledger]:
        """Return the set ledgers of a register, beside its list as it stands on the screen."""
        return [each for each in LEDGERS if each.register == register.key]

    def draft_list(
        self,
        view: View,
        columns: Sequence[str] = (),
        ids: Sequence[int] = (),
        purpose: str = "",
        ledger: str = "",
        *,
        sanitised: bool = False,
    ) -> Draft:
        """Make a list to look at: the columns as shown, or a ledger that is set up by itself."""
        register = register_of(view.register)
        self._check_purpose(register, None, purpose)
        with self._vault.read() as connection:
            found = [queries.one(connection, table(register), each) for each in ids]
            found = found or queries.window(connection, view, 0, MOST_IN_LIST)
        stamp = self.stamp("", purpose, register.key)
        for each in self.ledgers(register):
            if each.code == ledger:
                made, label = each.make(self._desk, found, stamp), f"{each.label} {len(found)} 条"
                return replace(self._draft(label, made, sanitised=sanitised), listed=register.key)
        names = [name for name in columns if register.has(name)] or list(register.columns)
        fields = pdf_list.allowed(register, names, stamp)
        paper = pdf_list.list_paper(register, found, stamp, fields=fields)
        label = f"{register.label}列表 {len(found)} 条"
        return replace(self._draft(label, paper, sanitised=sanitised), listed=register.key)

    # --- the machine -----------------------------------------------------------------------------------------

    def _draft(self, label: str, paper: Paper, register: str = "", record_id: int = 0, *, sanitised: bool) -> Draft:
        if sanitised:
            from paizhu.services.out import sanitising

            paper, label = sanitising.copy_of(self._desk, paper), f"{label} {sanitising.MARKING}"
        return Draft(label, *pdf_papers.make(paper), paper.stamp, register, record_id)

    def _check_purpose(self, register: Register, kind: Kind | None, purpose: str) -> None:
        if self.needs_purpose(register, kind) and not purpose.strip():
            raise NotAllowedError(f"打印{register.label}须写明用途", "没有生成文书", "写明用途后再打印，用途会记入留痕")
