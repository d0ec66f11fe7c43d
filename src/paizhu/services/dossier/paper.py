"""A dossier on paper (``domain.md`` 7.7): chapters by the parts of the archive; class P3 only with a purpose."""

from pathlib import Path
from typing import Any

from paizhu.base import values
from paizhu.documents.papers import dossier as pdf_dossier
from paizhu.documents.papers.dossier import DossierGroup, DossierSection
from paizhu.documents.pdf import writing as pdf_papers
from paizhu.documents.pdf.writing import Written
from paizhu.registers import REGISTERS
from paizhu.services.desk import Desk
from paizhu.services.dossier.gathering import File, Part
from paizhu.services.dossier.words import Line
from paizhu.services.out.drafts import PRINTED, Draft, Drafts

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_HEAD = ("日期", "台账", "编号", "内容", "结果")
_WIDTHS = (14.0, 11.5, 20.5, 41.0, 13.0)


def write(desk: Desk, file: File, path: Path, purpose: str = "") -> Written:
    """Write a dossier as PDF and journal it; petitions, leads and cases are left out without a purpose."""
    return Drafts(desk).save(draft(desk, file, purpose), path, PRINTED)


def draft(desk: Desk, file: File, purpose: str = "") -> Draft:
    """Return a dossier as a paper to look at; nothing leaves the vault, so nothing is journalled."""
    made_by, purpose, person = Drafts(desk), purpose.strip(), file.person
    stamp = made_by.stamp(person.no, purpose, f"{person.register}:{person.id}")
    made = pdf_papers.make(pdf_dossier.dossier_paper(content(file, secret=bool(purpose)), stamp))
    as_of = f"（截至 {file.as_of.isoformat()}）" if file.as_of else ""
    return Draft(f"干部廉政档案 {file.name}{as_of}", *made, stamp, person.register, person.id)


def content(file: File, *, secret: bool) -> pdf_dossier.Dossier:
    """Return what stands on the paper; ``secret`` lets class P3 out."""
    facts = tuple((fact.label, fact.words) for fact in file.facts if fact.words and not fact.private)
    first = [DossierSection("基本信息", pairs=facts)]
    if file.entered:
        first.insert(0, DossierSection("口径", pairs=(("说明", file.basis),)))
    if file.weight:
        period, standing = file.weight.period, file.weight.standing
        first.append(DossierSection("处分影响期", pairs=(("现状", standing.words), ("说明", period.sentence))))
    groups = []
    for part in file.parts:
        if part.letter == "M":
            continue
        sections = first if part.letter == "A" else []
        groups.append((part.title, (*sections, *_sections(part, file, secret=secret))))
    made = tuple(DossierGroup(f"{_NUMERALS[at]}、{title}", sections) for at, (title, sections) in enumerate(groups))
    return pdf_dossier.Dossier(file.name, file.post, file.on, made)


def _sections(part: Part, file: File, *, secret: bool) -> list[DossierSection]:
    lines = [line for line in part.lines if secret or not line.secret]
    kept_back = len(part.lines) - len(lines) + (file.hidden if part.letter == "H" else 0)
    heading = {"A": "任职经历", "B": "登记情况"}.get(part.letter, "记录")
    if lines:
        made = [DossierSection(heading, head=_HEAD, rows=tuple(map(_row, lines)), widths=_WIDTHS)]
    else:
        # “无相关记录” would be untrue where lines are only kept back.
        made = [] if kept_back else [DossierSection(heading)]
    if kept_back:
        made.append(DossierSection("未列出", pairs=(("说明", f"另有 {kept_back} 条按知悉范围未列出"),)))
    return made


def _row(line: Line) -> tuple[str, ...]:
    day = line.day.isoformat() if line.day else ""
    return day, register_label(line.register), line.no, line.words, line.state_words


def register_label(key: str) -> str:
    """Return the words of the register a line comes from."""
    return next((each.label for each in REGISTERS if each.key == key), "留痕")


def plain(file: File, person: dict[str, Any]) -> dict[str, Any]:
    """Return a dossier as ``--json`` prints it; ``person`` is the roster record as ``show`` prints it."""
    weight = file.weight
    private = {fact.name for fact in file.facts if fact.private}
    return {
        "person": {name: values.MASK if value and name in private else value for name, value in person.items()},
        "as_of": file.on.isoformat(),
        "basis": file.basis or None,
        "influence": None
        if weight is None
        else {
            "state": weight.standing.state,
            "words": weight.standing.words,
            "sentence": weight.period.sentence,
            "end": weight.period.end.isoformat() if weight.period.end else None,
        },
        "hidden": file.hidden,
        "parts": [
            {
                "part": part.letter,
                "title": part.title,
                "lines": [
                    {
                        "register": line.register,
                        "id": line.id,
                        "no": line.no or None,
                        "date": line.day.isoformat() if line.day else None,
                        "words": line.words,
                        "state": line.state or None,
                        "state_words": line.state_words,
                        "roles": list(line.roles),
                    }
                    for line in part.lines
                ],
            }
            for part in file.parts
        ],
    }
