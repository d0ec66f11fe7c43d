"""The main job without a screen: an invented vault, ledgers in, every page as a picture, a workbook out, and a list.

``paizhu tour OUTDIR`` shows a newcomer what the program does, and proves on every change that all of it still works.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from paizhu.base.errors import NotAllowedError, PaizhuError
from paizhu.storage import atomic
from paizhu.ui import tour_papers

if TYPE_CHECKING:
    from paizhu.services.office import Office
    from paizhu.services.session import Session
    from paizhu.ui.tour_screens import Shot

VAULT = "示例.paizhu"
WORKBOOK = "台账导出.xlsx"
TEMPLATE = "廉政谈话空表.xlsx"
PICTURES = "界面"
LIST = "清单.txt"
PASSWORD = "示例口令2026"
_IN_WINDOW = "谈话"


@dataclass
class Made:
    """What the tour made, in order, each with words; and what went wrong."""

    folder: Path
    files: list[tuple[Path, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, path: Path, words: str) -> None:
        """Note a file or folder."""
        self.files.append((path, words))

    def write(self) -> Path:
        """Write the list beside what it names."""
        path = self.folder / LIST
        path.write_text("\n".join(self.lines()) + "\n", encoding="utf-8")
        return path

    def lines(self) -> Iterator[str]:
        """Return the list, a line for each thing made; names, units and cases in it are invented."""
        yield "派驻监督工作台示例（人名、单位、案件都是编的）"
        for path, words in self.files:
            yield f"{path.relative_to(self.folder).as_posix()}\t{words}"
        yield from (f"没有做成\t{words}" for words in self.faults)


def tour(outdir: Path, say: Callable[[str], None]) -> int:
    """Make everything in a folder and say the list; 1 when a part of it could not be made."""
    _clear(outdir)
    made = Made(outdir)
    with _session() as session:
        office = _vault(session, outdir / VAULT)
        made.add(outdir / VAULT, f"加密的示例数据，口令 {PASSWORD}")
        _ledgers_in(office, made)
        _workbooks_out(office, outdir, made)
        _papers_out(office, outdir, made)
        for shot in _pictures(session, outdir / PICTURES, made):
            made.add(shot.path, shot.words)
        session.lock()
    made.write()
    made.add(outdir / LIST, "本清单")
    say("\n".join(made.lines()))
    return 1 if made.faults else 0


def _clear(outdir: Path) -> None:
    """Make room for a fresh run; a folder with other things in it is left alone."""
    try:
        outdir.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise NotAllowedError(f"“{outdir.name}”是一个文件，不是文件夹", "它没有动", "另写一个文件夹的名字") from error
    except OSError as error:
        raise atomic.refusal(error, f"没有建成文件夹“{outdir.name}”", "没有改动别的文件") from error
    own = {VAULT, WORKBOOK, TEMPLATE, PICTURES, tour_papers.FORMS, tour_papers.PAPERS, LIST}
    if strange := sorted(path.name for path in outdir.iterdir() if path.name not in own):
        raise NotAllowedError(
            f"“{outdir.resolve().name}”里有别的文件：{strange[0]}", "里面的文件没有动", "换一个空文件夹"
        )
    if (outdir / VAULT).exists() and not (outdir / LIST).exists():
        raise NotAllowedError(f"“{outdir.name}”里的“{VAULT}”不是上一次留下的", "没有动它", "换一个空文件夹")
    for name in own:
        path = outdir / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _session() -> Iterator[Session]:
    """Lend a session that leaves no trace in the machine's own settings."""
    from paizhu.services.machine import Machine
    from paizhu.services.session import Session

    with tempfile.TemporaryDirectory() as folder:
        session = Session(Machine(Path(folder) / "settings.json"))
        try:
            yield session
        finally:
            session.lock()


def _vault(session: Session, folder: Path) -> Office:
    from paizhu.services import sample

    office, _code = session.create(folder, {"group": sample.GROUP, "officer": sample.OFFICER}, PASSWORD)
    sample.build(office)
    return office


def _ledgers_in(office: Office, made: Made) -> None:
    """Import every ledger but the one that is kept for the window's own import."""
    from paizhu.services import sample
    from paizhu.storage.backup_place import Reason

    for path in sample.ledgers():
        if _IN_WINDOW in path.name:
            continue
        plan = office.importing.plan(path)
        try:
            counts = plan.counts()
            office.backups.before_mass_change(reason=Reason.IMPORT)
            office.importing.apply(plan)
        finally:
            plan.drop()
        words = f"导入《{path.name}》：新增 {counts['new']}，修改 {counts['changed']}，须先改正 {counts['refused']}"
        made.add(made.folder / VAULT, words)


def _workbooks_out(office: Office, outdir: Path, made: Made) -> None:
    exported = office.exporting.export(outdir / WORKBOOK)
    rows = sum(count for _name, count in exported.counts)
    made.add(exported.path, f"全部台账 {len(exported.counts)} 张表，共 {rows} 行；线索和案件只有合计")
    made.add(office.exporting.template("integrity_talk", outdir / TEMPLATE), "可以手工填写后导入的空表")


def _papers_out(office: Office, outdir: Path, made: Made) -> None:
    """Fill the commission's forms and print every paper; one that fails is noted, the others are still made."""
    for words, make in tour_papers.jobs(office, outdir):
        _try(words, partial(_add, make, made), made)


def _add(make: Callable[[], tuple[Path, str]], made: Made) -> None:
    made.add(*make())


def _pictures(session: Session, folder: Path, made: Made) -> list[Shot]:
    """Walk through every page and take its picture; a page that fails is noted, the others are still taken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from paizhu.services import sample
    from paizhu.ui.tour_screens import Walk

    ledger = next(path for path in sample.ledgers() if _IN_WINDOW in path.name)
    with _watching(made):
        walk = Walk(session, folder)
        try:
            for words, play in walk.scenes(ledger, PASSWORD):
                _try(words, play, made)
        finally:
            walk.end()
    made.faults += walk.blank()
    return walk.shots


@contextmanager
def _watching(made: Made) -> Iterator[None]:
    """Note faults that happen inside Qt's own calls, which would otherwise be printed and forgotten."""
    before = sys.excepthook
    sys.excepthook = lambda kind, error, trace: made.faults.append(_fault("窗口", kind, error, trace))
    try:
        yield
    finally:
        sys.excepthook = before


def _try(words: str, play: Callable[[], None], made: Made) -> None:
    try:
        play()
    except PaizhuError as error:
        made.faults.append(f"{words}：{error}")
    except Exception as error:
        made.faults.append(_fault(words, type(error), error, error.__traceback__))


def _fault(words: str, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Write a fault to the log and return it as one line: what kind it was, and where."""
    from paizhu import logs

    return f"{words}：{kind.__name__}，{logs.fault(kind, error, trace).splitlines()[-1].strip()}"
