"""卷宗: a whole matter as one paper: cover, contents with pages, papers in order, evidence, log and checksums (L7)."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from paizhu.base import paths, values
from paizhu.base.rows import Ref, Row
from paizhu.base.text import folded
from paizhu.documents.papers import case_file as pdf_case_file
from paizhu.documents.papers.case_file import Document, File, Line, Volume
from paizhu.documents.pdf import pictures as pdf_pictures
from paizhu.documents.pdf.blocks import Block, Paper, Stamp
from paizhu.registers.subject import SUBJECT_THEN
from paizhu.services.desk import Desk
from paizhu.services.history import History
from paizhu.services.matters.course import Course, Matter
from paizhu.services.matters.course_part import Part
from paizhu.storage import queries

LETTERS_KEPT = "举报材料，不随卷打印，原件另存"
"""Said of a file at a letter: a scan of it would tell who reported (处理检举控告工作规则 第四十七条)."""
MADE, MISSING = "由记录生成，待签字", "缺"


Blocks = Callable[[str, Row, Mapping[str, Sequence[Row]], Stamp], tuple[Block, ...]]
"""Makes a paper of a record, by its code, as part of a larger one."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a matter is kept, and on what that rests."""

    period: str
    source: str
    proposed: bool

    @property
    def words(self) -> str:
        """The period with its ground."""
        return f"{self.period}（{'建议，' if self.proposed else ''}{self.source}）" if self.source else self.period


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    name: str
    digest: str
    size: int
    part: Part
    added: str


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads((paths.resources() / "rules" / "archive.toml").read_text(encoding="utf-8"))


def retention_of(matter: Matter) -> Retention:
    """Return how long a matter is kept: as its last record says, else what the rule data proposes."""
    for part in reversed(matter.parts):
        if part.register.has("retention") and part.row.values.get("retention"):
            said = values.show(part.register.field("retention"), part.row.values["retention"])
            return Retention(said, "", proposed=False)
    kinds = {part.register.key for part in matter.parts}
    for entry in _rules()["retention"].values():
        if entry["register"] in kinds:
            mark = "，待核" if entry["confidence"] == "custom" else ""
            return Retention(entry["period"], f"{entry['source']}{mark}", proposed=True)
    return Retention("", "", proposed=True)


class CaseFile:
    """Puts the files of one vault together."""

    def __init__(self, desk: Desk, blocks: Blocks) -> None:
        self._desk = desk
        self._vault = desk.vault
        self._blocks = blocks

    def paper(self, register: str, record_id: int, stamp: Stamp) -> Paper:
        """Return the whole file of the matter a record belongs to; refused without a purpose."""
        matter = Course(self._desk).of(register, record_id)
        found = self._files(matter)
        used: set[int] = set()
        procedure = self._procedure(matter, found, used, stamp)
        rules = _rules()["volume"]
        identity = self._volume(
            rules["identity"]["name"], [each for each in found if self._is_of(each, "identity")], used
        )
        subject = next((part for part in reversed(matter.parts) if part.register.has("subject_unit")), None)
        rest = [each for each in found if each.id not in used]
        evidence = self._volume(rules["evidence"]["name"], rest, used)
        return pdf_case_file.case_file(
            pdf_case_file.CaseFile(
                title=self._title(matter),
                facts=tuple(self._cover(matter, found)),
                volumes=(procedure, identity, evidence),
                subject=tuple(_pairs(subject)) if subject else (),
                course=tuple(Line(str(each.day), each.stage, each.words) for each in reversed(matter.timeline)),
                records=tuple((part.register, part.row, part.rows) for part in matter.parts),
                log=tuple(self._log(matter)),
                head=stamp.code,
            ),
            stamp,
        )

    # --- the machine -----------------------------------------------------------------------------------------

    def _title(self, matter: Matter) -> str:
        named = next((part for part in matter.parts if part.row.values.get("name")), None)
        return str(named.row.values["name"]) if named else matter.here.register.title_of(matter.here.row)

    def _cover(self, matter: Matter, found: Sequence[_Found]) -> Iterator[tuple[str, str]]:
        days = sorted(each.day for each in matter.timeline if not each.ahead)
        subject = next(
            (part for part in reversed(matter.parts) if isinstance(part.row.values.get("subject"), Ref)), None
        )
        yield "立卷单位", str(self._desk.setting("group"))
        if subject:
            held = subject.row.values
            post = "".join(str(held.get(name) or "") for name in ("subject_unit", "subject_post"))
            yield "对象和单位职务", "，".join(filter(None, (held["subject"].label, post)))  # type: ignore[union-attr]
            if held.get("issue_types"):
                yield "主要问题", values.show(subject.register.field("issue_types"), held["issue_types"])
        yield "编号", "、".join(part.row.no for part in matter.parts if part.row.no)
        yield "起止日期", f"{days[0]} 至 {days[-1]}" if days else ""
        yield "件数", f"文书 {len(matter.papers)} 件，附件 {len(found)} 件"
        yield "保管期限", retention_of(matter).words
        volume = next((str(part.row.values[name]) for part in reversed(matter.parts)
                       for name in ("volume_ref", "volume_no") if part.row.values.get(name)), "")  # fmt: skip
        yield "全宗号、目录号、案卷号", volume

    def _files(self, matter: Matter) -> list[_Found]:
        made = []
        with self._vault.read() as connection:
            for part in matter.parts:
                rows = queries.files_at(connection, *part.key, ("id", "name", "digest", "size", "added_at"))
                made += [_Found(own, name, digest, size, part, str(at)[:10]) for own, name, digest, size, at in rows]
        return made

    def _procedure(self, matter: Matter, found: Sequence[_Found], used: set[int], stamp: Stamp) -> Volume:
        """Return the papers of the course in their order, each as its file, as made from the record, or as missing."""
        parts = {part.key: part for part in matter.parts}
        documents = []
        for due in matter.papers:
            part = parts[due.part]
            file = next((each for each in found if each.name == due.file and each.id not in used), None)
            number = due.number
            day, hand = str(due.day or ""), self._hand(part)
            if file:
                used.add(file.id)
                documents.append(Document(due.name, number, day, hand, file.name, file=self._file(file)))
            elif due.form:
                blocks = self._blocks(due.form, part.row, part.rows, stamp)
                documents.append(Document(due.name, number, day, hand, MADE, blocks=blocks))
            else:
                where = f"另存：{due.kept_in}" if due.kept_in else MISSING
                documents.append(Document(due.name, number, day, hand, where))
        return Volume(_rules()["volume"]["procedure"]["name"], tuple(documents))

    def _volume(self, name: str, found: Sequence[_Found], used: set[int]) -> Volume:
        documents = []
        for each in found:
            if each.id in used:
                continue
            used.add(each.id)
            documents.append(Document(each.name, "", each.added, "", "", file=self._file(each)))
        return Volume(name, tuple(documents))

    def _file(self, found: _Found) -> File:
        digest = hashlib.sha256()
        content = bytearray()
        wanted = pdf_pictures.is_picture(found.name) and not found.part.is_letter
        for piece in self._vault.attachments.read(found.digest):
            digest.update(piece)
            if wanted:
                content += piece
        shown = bytes(content) if wanted and pdf_pictures.is_whole(bytes(content)) else b""
        note = LETTERS_KEPT if found.part.is_letter else "" if shown else "原件另附"
        return File(found.name, found.size, digest.hexdigest(), shown, note)

    def _is_of(self, found: _Found, volume: str) -> bool:
        return any(folded(word) in folded(found.name) for word in _rules()["volume"][volume]["fits"])

    @staticmethod
    def _hand(part: Part) -> str:
        handler = part.row.values.get("handler")
        return handler.label if isinstance(handler, Ref) else ""

    def _log(self, matter: Matter) -> Iterator[tuple[str, str, str]]:
        history = History(self._desk)
        entries = {
            change.entry.id: change.entry
            for part in matter.parts
            for change in history.of_record(part.register.key, part.row.id)
        }
        for entry in (entries[key] for key in sorted(entries)):
            yield entry.at.replace("T", " ")[:16], entry.actor, entry.label


def _pairs(part: Part) -> Iterator[tuple[str, str]]:
    for name in ("subject", *SUBJECT_THEN):
        field = part.register.field(name) if part.register.has(name) else None
        if field and (words := values.show(field, part.row.values.get(name))):
            yield field.label, words
