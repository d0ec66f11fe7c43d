"""The papers and forms of the tour: the whole set for the commission, filled forms, every paper as PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.base.errors import NotFoundError, PaizhuError
from paizhu.base.view import View

if TYPE_CHECKING:
    from paizhu.base.register import Register
    from paizhu.base.rows import Row
    from paizhu.services.office import Office
    from paizhu.services.out.paper_kinds import Kind

FORMS = "报表"
PAPERS = "文书"
WHOLE = "派驻监督统计报表（全套）"
_PURPOSE = "示例"
_READ, _TRIED = 400, 12
_OPEN_ONLY = ("duty_reminder", "duty_urging", "duty_report")
"""Papers that make sense only while their record is not finished."""
_LISTS = ("duty_item", "integrity_talk")

Made = tuple[Path, str]
"""What was made, and what it is in words."""
Job = tuple[str, Callable[[], Made]]
"""One thing to make, by name, so that one that fails does not keep the others back."""


def jobs(office: Office, folder: Path) -> Iterator[Job]:
    """Yield every form to be filled and every paper to be printed."""
    from paizhu import registers
    from paizhu.services.out.paper_kinds import KINDS

    for part in (FORMS, PAPERS):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for form in office.filling.ready_forms():
        yield form.stem, partial(_fill, office, form, folder / FORMS)
    shared = {label for label, count in Counter(kind.label for kind in KINDS).items() if count > 1}
    for kind in KINDS:
        register = registers.register(kind.register or _LISTS[0])
        # A paper that several registers have would otherwise stand there once, the last over the others.
        name = f"{kind.label}-{register.label}" if kind.label in shared else kind.label
        yield name, partial(_print, office, kind, register, folder / PAPERS / f"{name}.pdf")
    for key in _LISTS:
        register = registers.register(key)
        yield f"{register.label}列表", partial(_list, office, register, folder / PAPERS / f"{register.label}列表.pdf")


def _fill(office: Office, form: Path, folder: Path) -> Made:
    from paizhu.rules import periods

    period = office.filling.look(form).period
    done = office.filling.fill(form, folder / f"{form.stem}-{period}{form.suffix}")
    what = "派出机关统计报表全套" if form.stem == WHOLE else "填好的表样"
    told = f"{len(done.worked.cells)} 个数、清单 {done.rows} 行"
    checks = f"，报送前核对 {len(done.worked.checks)} 处待看" if done.worked.checks else ""
    return done.path, f"{what}，{periods.label(period)}，{told}{checks}"


def _print(office: Office, kind: Kind, register: Register, path: Path) -> Made:
    """Print a paper of the record that has most to say and does not refuse it."""
    purpose = _PURPOSE if office.printing.needs_purpose(register, kind) else ""
    refused: PaizhuError = NotFoundError(f"“{register.label}”里没有记录", "", "")
    for row in _fullest(office, register, unfinished=kind.code in _OPEN_ONLY):
        try:
            written = office.printing.paper(kind.code, register, row.id, path, purpose)
        except PaizhuError as error:
            refused = error
        else:
            return path, f"{register.label}：{kind.label}，{written.pages} 页"
    raise refused


def _list(office: Office, register: Register, path: Path) -> Made:
    written = office.printing.list(View(register.key), path)
    return path, f"{register.label}：列表，{written.pages} 页"


def _fullest(office: Office, register: Register, *, unfinished: bool) -> list[Row]:
    """Return a few records, those first in which most is filled in."""
    ends = {state.code for state in register.flow.states if state.end} if register.flow and unfinished else set[str]()
    rows = [row for row in office.records.window(View(register.key), 0, _READ) if row.state not in ends]
    return sorted(rows, key=lambda row: -sum(value not in (None, "", ()) for value in row.values.values()))[:_TRIED]
