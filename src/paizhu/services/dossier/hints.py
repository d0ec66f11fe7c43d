"""What a dossier gives reason to look at now; facts side by side, never a verdict."""

from dataclasses import dataclass

from paizhu import registers
from paizhu.base.flow import Shape
from paizhu.registers.talk_choices import HELD
from paizhu.services.dossier.gathering import File
from paizhu.services.dossier.words import Line

_CANDIDATE = "拟任免人选"


@dataclass(frozen=True, slots=True)
class DossierHint:
    """One finding: how grave, what, the figures, and the record to open (none where it stands for itself)."""

    level: str
    finding: str
    figures: str = ""
    register: str = ""
    id: int = 0


def hints(file: File) -> list[DossierHint]:
    """Return what stands out in a file, the gravest first; nothing for a past day, which cannot be acted on."""
    if file.as_of:
        return []
    found = []
    if file.weight and file.weight.runs:
        for line in file.records:
            if line.register == "review_item" and _CANDIDATE in line.roles and _is_open(line):
                figures = f"{line.no} {line.words}；{file.weight.standing.words}。"
                found.append(DossierHint("重点核实", "拟任议题与影响期冲突", figures, line.register, line.id))
    year = [line for line in file.part("G") if line.day and line.day.year == file.on.year and line.state in HELD]
    if not year:
        found.append(DossierHint("提醒", f"{file.on.year} 年还没有谈话记录"))
    found += [
        DossierHint("提醒", f"{line.words}：还没有办结", f"{line.no}，{line.state_words}", line.register, line.id)
        for line in file.records
        if line.register == "duty_item" and line.day and line.day < file.on and _is_open(line)
    ]
    found += [
        DossierHint("提醒", "检查发现还没有销号", f"{line.no} {line.words}，{line.state_words}", line.register, line.id)
        for line in file.records
        if line.register == "finding" and _is_open(line)
    ]
    return found


def _is_open(line: Line) -> bool:
    flow = registers.register(line.register).flow
    return flow is not None and bool(line.state) and flow.state(line.state).shape is not Shape.DONE
