"""The persons of a letter as they come: typed or pasted lines, rows copied from a table, or a workbook.

“张三 办公室主任 拟任副处长” is read as it is written; nothing is guessed silently: what was not understood is said,
and two persons of one name are asked about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Problem, Ref, Value
from paizhu.base.text import folded
from paizhu.documents.books.book import words_of
from paizhu.registers.opinion_rows import OPINION_PERSON
from paizhu.registers.people import PERSON
from paizhu.services.desk import Desk
from paizhu.services.linking import Roster
from paizhu.storage import queries
from paizhu.storage.tables import table

_NUMBERED = re.compile(
    r"^\s*(?:[（(]\s*[\d一二三四五六七八九十]+\s*[）)]|\d{1,3}\s*[、.．)）]|[一二三四五六七八九十]+\s*[、.．])\s*"
)
_SPACED_NAME = re.compile(r"^([\u3400-\u9fff])[ \u3000]+([\u3400-\u9fff])(?=[\s\u3000，,、；;:：]|$)")
_BETWEEN = re.compile(r"[\s\u3000，,、；;:：]+")
_BRACKETS = re.compile(r"[（(]([^（）()]*)[）)]")
_TO = re.compile(
    r"^(?:现)?(拟(?:提拔任用|提拔任|提拔|晋升为|晋升|转任|任用|任职|任|升任|调任|推荐为|推荐|进一步使用为)?)[:：]?(.+)$"
)
_NOW = re.compile(r"^(?:现任|原任)[:：]?(.+)$")
_HEAD_WORDS = 2
_TITLES = ("名单", "如下", "一览表")
_LONGEST_NAME = 6
_EXAMPLE = "一行一人，如“张三 办公室主任 拟任副处长”"


@dataclass(frozen=True, slots=True)
class Asked:
    """One person of a letter as understood; ``unsure`` says what somebody should look at before it is stored."""

    name: str
    unit: str = ""
    post: str = ""
    to_post: str = ""
    person_id: int | None = None
    unsure: tuple[str, ...] = ()

    def typed(self) -> dict[str, Value]:
        """Return the row as it would be typed into the form."""
        person = Ref(self.name, "person", self.person_id) if self.person_id is not None else Ref(self.name)
        return {"person": person, "unit": self.unit or None, "post": self.post or None, "to_post": self.to_post or None}


class PeopleReading:
    """Reads lists of persons; the roster fills in unit and post where the letter does not say them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._roster = Roster(desk.vault)

    def plan(self, text: str) -> list[Asked]:
        """Return the persons of typed or pasted words: rows when cells are parted by tabs, else one a line."""
        lines = [line.strip("\ufeff") for line in text.replace("\r", "\n").split("\n") if line.strip()]
        if sum("\t" in line for line in lines) * 2 > len(lines):
            return self.plan_rows([line.split("\t") for line in lines])
        return self._once([self._of_line(line) for line in lines if not _is_head(_BETWEEN.split(line.strip()))])

    def plan_rows(self, rows: Sequence[Sequence[str]]) -> list[Asked]:
        """Return the persons of rows of cells; without headings the cells are name, unit and post, intended post."""
        names = _columns(rows[0]) if rows else []
        if "person" in names:
            found = []
            for cells in rows[1:]:
                given = {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name and cell.strip()}
                if given.get("person"):
                    found.append(self._known(given["person"], given.get("unit", ""), given.get("post", ""),
                                             _bare(given.get("to_post", ""))))  # fmt: skip
            return self._once(found)
        return self._once([self._of_line(" ".join(cells)) for cells in rows if any(map(str.strip, cells))])

    def plan_book(self, path: Path, password: str | None = None) -> list[Asked]:
        """Return the persons of a workbook; a file without a column of names is refused in words."""
        from paizhu.documents.books.opening import open_book
        from paizhu.documents.tables.column_match import match_columns
        from paizhu.documents.tables.label_words import Vocabulary
        from paizhu.documents.tables.table_find import read_tables

        found: list[Asked] = []
        with open_book(path, password) as book:
            for sheet in book.sheets:
                for each in read_tables(sheet, Vocabulary((OPINION_PERSON,))):
                    fed = match_columns(each.columns, each.samples, OPINION_PERSON).fields
                    if "person" not in fed:
                        continue
                    for row in each.rows():
                        told = {name: _words(row.cell(match.column.index)) for name, match in fed.items()}
                        if told.get("person"):
                            found.append(self._known(told["person"], told.get("unit", ""), told.get("post", ""),
                                                     _bare(told.get("to_post", ""))))  # fmt: skip
        if not found:
            words = f"《{path.name}》里没有找到“姓名”一列"
            raise InvalidRecordError([Problem("opinion_person", f"{words}，请核对表头，或把名单粘贴进来")])
        return self._once(found)

    # --- the machine -----------------------------------------------------------------------------------------

    def _of_line(self, line: str) -> Asked:
        words = _NUMBERED.sub("", line.strip())
        words = _SPACED_NAME.sub(r"\1\2", words)
        words = _BRACKETS.sub(lambda found: f" {found[1]} ", words)
        name, *rest = [part for part in _BETWEEN.split(words) if part] or [""]
        name = name.removesuffix("同志")
        to_post, now = "", []
        for part in rest:
            if found := _TO.match(part):
                to_post = found[2]
            elif part in ("男", "女"):
                continue
            else:
                now.append(known[1] if (known := _NOW.match(part)) else part)
        unit, post = self._parted(now)
        made = self._known(name, unit, post, to_post)
        if len(name) > _LONGEST_NAME or not name:
            return Asked(name, unit, post, to_post, None, (*made.unsure, "没有认出姓名，请改成" + _EXAMPLE))
        return made

    def _parted(self, words: Sequence[str]) -> tuple[str, str]:
        """Return unit and post: the unit is what the tree knows, at the beginning of the first part or as a part."""
        if not words:
            return "", ""
        first = words[0]
        if self._roster.matches("unit", first):
            return first, " ".join(words[1:])
        for cut in range(len(first) - 1, 1, -1):
            if self._roster.matches("unit", first[:cut]):
                return first[:cut], " ".join((first[cut:], *words[1:]))
        return "", " ".join(words)

    def _known(self, name: str, unit: str, post: str, to_post: str) -> Asked:
        name = "".join(name.split())
        found = self._roster.matches(PERSON.key, name)
        if len(found) > 1 and unit:
            near = [each for each in found if folded(unit) in folded(self._now(each[0])[0])]
            found = near if len(near) == 1 else found
        unsure = []
        if not found:
            unsure.append("名册里没有此人，按姓名查询")
        elif len(found) > 1:
            unsure.append(f"名册里有 {len(found)} 个“{name}”，请在名单里选定是哪一个")
        if not to_post:
            unsure.append("没有写拟任职务")
        if len(found) != 1:
            return Asked(name, unit, post, to_post, None, tuple(unsure))
        known_unit, known_post = self._now(found[0][0])
        return Asked(name, unit or known_unit, post or known_post, to_post, found[0][0], tuple(unsure))

    def _now(self, person_id: int) -> tuple[str, str]:
        with self._desk.vault.read() as connection:
            row = queries.one(connection, table(PERSON), person_id)
        unit, post = row.values.get("unit_now"), row.values.get("post_now")
        return (unit.label if isinstance(unit, Ref) else ""), str(post or "")

    def _once(self, people: Sequence[Asked]) -> list[Asked]:
        """Return each person once, in order; a second line about the same person says so."""
        seen: set[object] = set()
        kept = []
        for each in people:
            key = each.person_id if each.person_id is not None else (folded(each.name), folded(each.unit))
            if each.name and key in seen:
                continue
            seen.add(key)
            kept.append(each)
        return kept


def _columns(head: Sequence[str]) -> list[str]:
    aliases = {
        folded(words): field.name for field in OPINION_PERSON.fields for words in (field.label, *field.aliases)
    }  # fmt: skip
    return [aliases.get(folded(cell), "") for cell in head]


def _is_head(parts: Sequence[str]) -> bool:
    """Tell a heading from a person: several names of columns, or one phrase such as 征求意见人员名单."""
    if len(parts) == 1 and parts[0].rstrip("：:").endswith(_TITLES):
        return True
    return sum(bool(name) for name in _columns(parts)) >= _HEAD_WORDS


def _bare(to_post: str) -> str:
    found = _TO.match(to_post)
    return found[2] if found else to_post


def _words(cell: object) -> str:
    return " ".join(words_of(cell).split())
