"""套填: a commission's blank form looked at, worked out for a period, checked, written and frozen.

No figure leaves without its list; what cannot be told stays empty and is listed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from paizhu.base import paths
from paizhu.base.errors import NotAllowedError, PaizhuError
from paizhu.base.progress import Progress, silent
from paizhu.documents.forms import fill as form_fill
from paizhu.documents.forms.fill import CellValue, FillPlan, ListFill
from paizhu.documents.forms.read import Form, read_form
from paizhu.documents.forms.shape import summary
from paizhu.rules import periods
from paizhu.rules.counting import EMPTY
from paizhu.services.desk import Desk
from paizhu.services.forms.checks import contradictions
from paizhu.services.forms.corrections import Corrections
from paizhu.services.forms.figures import Figures
from paizhu.services.forms.matching import Matcher
from paizhu.services.forms.memory import FormMemory, Sent, SentFigure, changed_words
from paizhu.services.forms.schedule import Plan, Schedule, cycle_of
from paizhu.services.forms.wishes import Wishes
from paizhu.services.forms.words import Words
from paizhu.services.forms.work import Behind, FormLook, Worked, Worker
from paizhu.services.out import classes
from paizhu.services.out.classes import DEFAULT, Release
from paizhu.services.register_keys import register_of

__all__ = ["Behind", "Filled", "Filling", "FormLook", "Worked"]


@dataclass(frozen=True)
class Filled:
    """What was written: the file, the work behind it, and the snapshot that was frozen."""

    path: Path
    cells: int
    rows: int
    inserted: Mapping[str, int]
    worked: Worked
    sent: Sent
    place: Callable[[str, str], str]


class Filling:
    """Fills forms from the vault; every filled form is an export with its reason on record."""

    def __init__(self, desk: Desk, figures: Figures) -> None:
        self._desk = desk
        self.figures = figures
        self.memory = FormMemory(desk.vault)
        self.schedule = Schedule(desk, self.memory)

    @property
    def words(self) -> Words:
        """The words labels are read by, with the units of this vault."""
        units = [str(row.values.get("name") or "") for row in self.figures.ledger.rows("unit")]
        return Words.load(self.figures.catalogue, (unit for unit in units if unit))

    @staticmethod
    def ready_forms() -> list[Path]:
        """Return the forms that come with the program."""
        return sorted((paths.resources() / "forms").glob("*.xlsx"))

    def is_blank_form(self, path: Path) -> bool:
        """Tell whether a file is a blank form rather than a ledger: known, or mostly cells that wait to be filled.

        What cannot be read, or is far too large for a form, is none.
        """
        if path.suffix.lower() not in (".xlsx", ".xlsm") or path.stat().st_size > _LARGEST_FORM:
            return False
        try:
            form = read_form(path)
        except PaizhuError:
            return False
        return form.fingerprint in self.memory.names() or form.blank

    # --- looking ---------------------------------------------------------------------------------------------

    def look(self, path: Path, password: str | None = None) -> FormLook:
        """Read a form and propose what goes where; what was pointed at before is remembered."""
        form = read_form(path, password)
        proposed = Matcher(self.words).propose(form)
        known = self.memory.known(form)
        wishes = self.memory.recalled(form, known, proposed) if known else proposed
        changes = known.changes if known else ()
        return FormLook(
            form,
            path.stem,
            wishes,
            known is not None,
            summary(changes),
            tuple(changed_words(changes)),
            self._period(form),
            password,
        )

    def remember(self, look: FormLook, wishes: Wishes) -> None:
        """Keep what the officer pointed at, for the next month."""
        self.memory.keep(look.form, look.name, wishes)

    def _period(self, form: Form) -> str:
        kinds = {kind for sheet in form.sheets for place in sheet.places for kind in place.kinds}
        today = self._desk.today
        month = f"{today.year:04d}-{today.month:02d}"
        if "period.quarter" in kinds:
            return periods.previous(f"{today.year:04d}-Q{(today.month + 2) // 3}")
        if "period.month" in kinds or not kinds & {"period.year"}:
            return periods.previous(month)
        return f"{today.year:04d}"

    def look_again(self, plan: Plan) -> FormLook:
        """Read the kept blank form of a plan, for the period that is to be sent next: one click."""
        look = self.look(self.schedule.blank(plan))
        return replace(look, name=plan.name, period=plan.period)

    # --- working out -----------------------------------------------------------------------------------------

    @property
    def worker(self) -> Worker:
        """What counts for the cells of a form."""
        return Worker(self._desk, self.figures, self.words, self.memory)

    def work(self, look: FormLook, period: str, wishes: Wishes | None = None, release: Release = DEFAULT) -> Worked:
        """Work out a form for a period with everything that does not agree; nothing is written."""
        periods.period(period)
        made = self.worker.work(look, period, wishes or look.wishes, release)
        checks = [*made.checks, *contradictions(made.cells.values(), period, look, self.memory, self.figures)]
        return replace(made, checks=tuple(dict.fromkeys(checks)))

    def shown(self, look: FormLook, period: str, wishes: Wishes | None = None, release: Release = DEFAULT) -> Worked:
        """Work out a form to be looked at: with what its own formulas will come to."""
        made = self.work(look, period, wishes, release)
        return replace(made, totals=form_fill.totals(look.form.path, _plan(made), password=look.password))

    # --- writing ---------------------------------------------------------------------------------------------

    def fill(
        self,
        path: Path,
        out: Path,
        period: str = "",
        *,
        release: Release = DEFAULT,
        out_password: str | None = None,
    ) -> Filled:
        """Fill a form as it is proposed, for a period (the one it asks for when none is named), and freeze what went.

        Whoever wants to look at it first takes the three steps one by one: `look`, `work`, `write`.
        """
        look = self.look(path)
        worked = self.work(look, period or look.period, release=release)
        return self.write(look, worked, out, out_password=out_password)

    def write(
        self,
        look: FormLook,
        worked: Worked,
        out: Path,
        *,
        out_password: str | None = None,
        progress: Progress = silent,
    ) -> Filled:
        """Write what was worked out; the form itself is never changed. One without any place to fill is refused.

        What may leave was decided when it was worked out, and goes on record with the reason given then.
        """
        if worked.bare:
            raise NotAllowedError(
                f"《{look.name}》里没有认出要填的位置",
                "没有导出，原文件没有改动",
                "请在表上点要填的格子，在右边选填什么；不是报表的，请换一张表",
            )
        done = form_fill.fill(
            look.form.path,
            _plan(worked),
            out,
            progress,
            password=look.password,
            out_password=out_password,
        )
        self.remember(look, worked.wishes)
        self.schedule.keep(look.form)
        figures = [_sent_figure(behind) for behind in worked.cells.values()]
        facts: dict[str, Any] = {"file": out.name, "form": look.name, "period": worked.period, "figures": len(figures)}
        if worked.release.confidential:
            facts["reason"] = worked.release.reason
        with self._desk.vault.act("export", f"填报《{out.name}》", always=True, **facts) as act:
            self.schedule.follow(act, look.form, cycle_of(worked.period))
            sent = self.memory.freeze(act, look.form, look.name, worked.period, figures, done.rows)
            for record in {each for records in worked.listed.values() for each in records}:
                if worked.release.confidential and classes.totals_only(register_of(record[0])):
                    act.note(*record, "export", {"reason": worked.release.reason})
        return Filled(done.path, done.cells, done.rows, done.inserted, worked, sent, done.place)

    # --- afterwards ------------------------------------------------------------------------------------------

    def sent(self) -> list[Sent]:
        """Return what was sent, the newest first."""
        return self.memory.sent()

    def differences(self, sent: Sent) -> list[str]:
        """Return what a form that was sent would say otherwise today, a line a figure: matter for 更正说明."""
        return [each.words for each in self.corrections.changes(sent)]

    def changed_since(self) -> dict[str, int]:
        """Return for each form sent of late how many of its figures would be told otherwise today."""
        newest: dict[tuple[str, str], Sent] = {}
        for each in self.sent():
            newest.setdefault((each.form, each.period), each)
        return {each.key: len(self.corrections.changes(each)) for each in list(newest.values())[:_OF_LATE]}

    @property
    def corrections(self) -> Corrections:
        """What changed since a form was sent, and the notes that put it right."""
        return Corrections(self._desk, self.memory, self.worker)


_OF_LATE = 12
"""How many of the forms sent last are held against today without being asked."""
_LARGEST_FORM = 2 * 1024 * 1024
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _plan(worked: Worked) -> FillPlan:
    """Return what goes into the form; a cell that a list of records will stand in is left to the list."""
    over = {(each.sheet, row) for each in worked.lists for row in _rows_of(each)}
    cells: dict[str, dict[str, CellValue]] = {}
    for (sheet, place), behind in worked.cells.items():
        if (sheet, int(place.lstrip(_LETTERS))) not in over:
            cells.setdefault(sheet, {})[place] = behind.value
    return FillPlan(cells, worked.lists, worked.titles)


def _rows_of(each: ListFill) -> range:
    count = len(list(each.rows))
    return range(each.first_row, each.first_row + max(count, 0))


def _sent_figure(behind: Behind) -> SentFigure:
    value = None if behind.value == EMPTY else str(behind.value)
    wish = behind.wish
    return SentFigure(behind.sheet, behind.place, behind.name, wish.code, wish.by, wish.span, value, behind.records)
