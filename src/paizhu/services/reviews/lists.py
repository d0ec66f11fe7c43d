"""Points, papers and phrases of the review as this office keeps them: what is shipped, changed, added or put aside.

What the program came with stays: a changed line can be put back in one step, and an item reviewed under a point
that is no longer used keeps the point and its basis.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from paizhu.base import paths
from paizhu.base.errors import InvalidRecordError, NotAllowedError, NotFoundError
from paizhu.base.rows import Problem
from paizhu.base.text import folded
from paizhu.rules import checklists
from paizhu.rules.checklists import Checklists, Point
from paizhu.services import keeping
from paizhu.services.desk import Desk
from paizhu.services.history import History
from paizhu.storage.vault import Vault

KEPT = "review_list"
"""Under this kind the vault keeps one body for each line that is not as shipped."""
_OWN = "OWN-"


class Kind(StrEnum):
    """Which of the three lists a line belongs to."""

    POINT = "point"
    PAPER = "paper"
    PHRASE = "phrase"


LABELS: Mapping[Kind, str] = {Kind.POINT: "审查要点", Kind.PAPER: "材料", Kind.PHRASE: "常用语句"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: words, the category it is for (empty: every item), the clause it rests on and how sure that is.

    ``opinions`` are the opinions a phrase goes with (none: all). ``own`` tells that this office added it,
    ``changed`` that a shipped one reads differently here; ``reason`` says why.
    """

    kind: Kind
    code: str
    words: str
    category: str = ""
    basis: str = ""
    confidence: str = "memory"
    opinions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    active: bool = True
    own: bool = False
    changed: bool = False
    reason: str = ""
    shipped_words: str = ""

    def fits(self, opinion: str, category: str) -> bool:
        """Tell whether a phrase goes with an opinion and a category; an open choice leaves everything possible."""
        categories = self.categories or ((self.category,) if self.category else ())
        return (not self.opinions or not opinion or opinion in self.opinions) and (
            not categories or not category or category in categories
        )


@dataclass(frozen=True, slots=True)
class ListChange:
    """What was changed in the lists, in words, at which line, and its entry of the journal."""

    words: str
    code: str
    entry: int


@cache
def shipped() -> tuple[Line, ...]:
    """Return every line that comes with the program, in order."""
    rules = paths.resources() / "rules"
    lists = checklists.load((rules / "checklists.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((rules / "phrases.toml").read_text(encoding="utf-8"))
    points = [
        Line(Kind.POINT, point.code, point.words, point.category, point.basis, point.confidence)
        for point in lists.points
    ]
    papers = [
        # A paper is known by its name: that is what stands in the items that were reviewed.
        Line(Kind.PAPER, f"{category}:{name}", name, "" if category == "every" else category)
        for category, names in lists.materials.items()
        for name in names
    ]
    phrases = [
        Line(
            Kind.PHRASE,
            f"PH-{number:02}",
            entry["words"],
            opinions=tuple(entry.get("opinions", ())),
            categories=tuple(entry.get("categories", ())),
        )
        for number, entry in enumerate(words["phrase"], start=1)
    ]
    return (*points, *papers, *phrases)


def lines(vault: Vault) -> tuple[Line, ...]:
    """Return every line as it stands here, those put aside too; the office's own come after the shipped ones."""
    kept = _kept(vault)
    found = [_merged(line, kept.pop(line.code)) if line.code in kept else line for line in shipped()]
    own = sorted((code for code in kept if code.startswith(_OWN)), key=_number)
    return (*found, *(_made(code, kept[code]) for code in own))


def in_force(vault: Vault) -> Checklists:
    """Return the points and papers that a new item begins with."""
    active = [line for line in lines(vault) if line.active]
    points = tuple(
        Point(line.code, line.words, line.category, line.basis, line.confidence)
        for line in active
        if line.kind is Kind.POINT
    )
    papers: dict[str, list[str]] = {}
    for line in active:
        if line.kind is Kind.PAPER:
            papers.setdefault(line.category or "every", []).append(line.words)
    return Checklists(points, papers)


def known_points(vault: Vault) -> dict[str, Line]:
    """Return every point by its code, those put aside too."""
    return {line.code: line for line in lines(vault) if line.kind is Kind.POINT}


def known_papers(vault: Vault) -> frozenset[str]:
    """Return the names of every paper, as shipped and as called here."""
    found = [line for line in lines(vault) if line.kind is Kind.PAPER]
    return frozenset(words for line in found for words in (line.words, line.shipped_words) if words)


def phrases(vault: Vault) -> tuple[Line, ...]:
    """Return the phrases that can be taken into an opinion."""
    return tuple(line for line in lines(vault) if line.kind is Kind.PHRASE and line.active)


class ReviewLists:
    """Shows and changes the lists of a vault; every change is journalled and can be taken back."""

    def __init__(self, desk: Desk) -> None:
        self._vault = desk.vault
        self._desk = desk

    def lines(self, kind: Kind) -> list[Line]:
        """Return one list in its order."""
        return [line for line in lines(self._vault) if line.kind is kind]

    def line(self, code: str) -> Line:
        """Return one line; a refusal for a code that is in no list."""
        for each in lines(self._vault):
            if each.code == code:
                return each
        raise NotFoundError(f"清单里没有“{code}”", "没有改动", "刷新后再看")

    def add(self, kind: Kind, words: str, category: str = "", basis: str = "", reason: str = "") -> ListChange:
        """Add a line of the office's own."""
        self._check(kind, "", words, category, reason)
        taken = [_number(code) for code in self._vault.kept_names(KEPT) if code.startswith(_OWN)]
        code = f"{_OWN}{max(taken, default=0) + 1}"
        line = Line(kind, code, _one_line(words), category, basis.strip(), "custom", own=True, reason=reason.strip())
        return self._keep(code, line, f"{LABELS[kind]}增加“{line.words}”")

    def change(self, code: str, words: str, category: str, basis: str, reason: str) -> ListChange:
        """Change words, category or basis of a line; what is reviewed already keeps the words it had."""
        line = self.line(code)
        made = replace(line, words=_one_line(words), category=category, basis=basis.strip(), reason=reason.strip())
        if (made.words, made.category, made.basis) == (line.words, line.category, line.basis):
            raise InvalidRecordError([Problem("words", "没有改动", "same")])
        self._check(line.kind, code, words, category, reason)
        return self._keep(code, made, f"{LABELS[line.kind]}“{line.words}”改为“{made.words}”")

    def put_aside(self, code: str, reason: str) -> ListChange:
        """Stop using a line; items that have it keep it."""
        line = self.line(code)
        if not reason.strip():
            raise InvalidRecordError([Problem("reason", "请写明停用的理由", "required")])
        return self._keep(
            code, replace(line, active=False, reason=reason.strip()), f"{LABELS[line.kind]}停用“{line.words}”"
        )

    def take_up(self, code: str) -> ListChange:
        """Use a line again."""
        line = self.line(code)
        return self._keep(code, replace(line, active=True), f"{LABELS[line.kind]}恢复使用“{line.words}”")

    def put_back(self, code: str) -> ListChange:
        """Return to the words the program came with; a line of the office's own has none."""
        line = self.line(code)
        if line.own:
            raise InvalidRecordError([Problem("words", "本单位自己增加的，没有内置的写法；不用了请停用", "own")])
        return self._write(code, None, f"{LABELS[line.kind]}“{line.words}”恢复内置写法")

    def take_back(self, done: ListChange) -> ListChange:
        """Undo a change of the lists as Ctrl+Z does."""
        undone = History(self._desk).undo(done.entry)
        if undone.kept:
            raise NotAllowedError("这一条后来又改过", "保持现在的写法", "到“修改记录”里先撤销后来的改动")
        return ListChange(f"退回：{done.words}", done.code, undone.change.entry)

    # --- the machine -------------------------------------------------------------------------------------------

    def _check(self, kind: Kind, code: str, words: str, category: str, reason: str) -> None:
        problems = []
        if not words.strip():
            problems.append(Problem("words", f"请写{LABELS[kind]}的内容", "required"))
        if not reason.strip():
            problems.append(Problem("reason", "请写明改动的理由", "required"))
        same = [
            line
            for line in self.lines(kind)
            if line.code != code and line.category == category and folded(line.words) == folded(words)
        ]
        if words.strip() and same:
            state = "" if same[0].active else "，现在停用，可以恢复使用"
            problems.append(Problem("words", f"清单里已经有“{same[0].words}”{state}", "twice"))
        if problems:
            raise InvalidRecordError(problems)

    def _keep(self, code: str, line: Line, words: str) -> ListChange:
        body = asdict(line) | {"by": self._vault.actor, "on": self._desk.today.isoformat()}
        return self._write(code, json.dumps(body, ensure_ascii=False, sort_keys=True), words)

    def _write(self, code: str, text: str | None, words: str) -> ListChange:
        before = self._vault.kept(KEPT, code)
        about = {"code": code, "before": before, "after": text}
        made = keeping.keep(self._desk, words, KEPT, {code: text}, about=about)
        return ListChange(words, code, made.entry)


def _kept(vault: Vault) -> dict[str, dict[str, Any]]:
    with vault.read() as connection:
        rows = connection.execute("SELECT name, body FROM kept WHERE kind = ?", (KEPT,)).fetchall()
    return {name: json.loads(body) for name, body in rows}


def _merged(line: Line, body: Mapping[str, Any]) -> Line:
    changed = any(body[name] != getattr(line, name) for name in ("words", "category", "basis"))
    return replace(
        line,
        words=body["words"],
        category=body["category"],
        basis=body["basis"],
        active=body["active"],
        confidence="custom" if changed else line.confidence,
        changed=changed,
        reason=body["reason"],
        shipped_words=line.words,
    )


def _made(code: str, body: Mapping[str, Any]) -> Line:
    return Line(
        Kind(body["kind"]),
        code,
        body["words"],
        body["category"],
        body["basis"],
        "custom",
        active=body["active"],
        own=True,
        reason=body["reason"],
    )


def _number(code: str) -> int:
    return int(code.removeprefix(_OWN))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def beginning(vault: Vault, category: str) -> dict[str, Sequence[Mapping[str, str]]]:
    """Return the rows of points and papers an item of this category begins with; none without a category."""
    if not category:
        return {}
    lists = in_force(vault)
    return {
        "check": [{"code": point.code, "words": point.words} for point in lists.points_for(category)],
        "material": [{"name": name} for name in lists.materials_for(category)],
    }
