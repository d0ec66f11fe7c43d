"""The persons of a letter as rows: who, to which post, what was found, what is answered."""

from __future__ import annotations

from collections.abc import Sequence

from paizhu.registers.course import STRETCHES
from paizhu.services.opinions.answering import Standing
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import CellKind, Column
from paizhu.ui.kit.lines_model import Cells, LinesModel
from paizhu.ui.kit.roles import Mark, Tone

_CLEAR = "暂未发现"
_SHORT = {**{each.key: each.short for each in STRETCHES}, "opinion": "往次意见"}


def post_of(person: Standing) -> str:
    """Return unit and present post as one phrase."""
    return "".join(str(person.row.values.get(name) or "") for name in ("unit", "post"))


def found_mark(person: Standing) -> Mark:
    """Return what the five sources hold in a few words; a source not searched goes before everything."""
    if person.missing:
        return Mark(
            Shape.DIAMOND, f"未查：{'、'.join(person.missing)}", Tone.ACCENT, f"未查 {len(person.missing)} 个来源"
        )
    told = [f"{_SHORT[hit.source]} {hit.count}" for hit in person.hits if hit.count]
    if not person.count:
        # Earlier opinions say nothing against anybody: that all five were searched is told of these persons alike.
        words = f"只有{told[-1]}" if told else "没有查到"
        return Mark(Shape.TICK, f"五个来源已查，{words}", Tone.DONE, f"已查，{words}")
    return Mark(Shape.TRIANGLE, "、".join(told), Tone.AMBER, f"查到 {person.count} 件")


def reply_mark(person: Standing) -> Mark:
    """Return the answer the officer chose; a person without one waits."""
    reply = person.row.values.get("reply")
    if not reply:
        return Mark(Shape.CIRCLE, "未选定", Tone.PLAIN)
    return (
        Mark(Shape.TICK, person.reply, Tone.DONE, _CLEAR)
        if reply == "clear"
        else Mark(Shape.TRIANGLE, person.reply, Tone.AMBER)
    )


def _to_post(person: Standing) -> str:
    return str(person.row.values.get("to_post") or "")


def _sentence(person: Standing) -> str:
    said = (person.who.label, _to_post(person), found_mark(person).words, reply_mark(person).words)
    return "，".join(filter(None, said))


CELLS: tuple[Cells[Standing], ...] = (
    Cells(Column("name", "姓名", 150, stretches=True), lambda person: person.who.label, second=post_of),
    Cells(Column("to_post", "拟任职务", 190, rank=1), _to_post),
    Cells(
        Column("found", "查询结果", 250, CellKind.STATUS, least=154),
        mark=found_mark,
        tip=lambda person: "\n".join(f"{hit.label}：{hit.words}" for hit in person.hits),
    ),
    Cells(Column("reply", "回复意见", 190, CellKind.STATUS, least=120), mark=reply_mark),
)


class PeopleModel(LinesModel[Standing]):
    """Persons as the service gives them, in the order of the letter."""

    def __init__(self) -> None:
        super().__init__(CELLS, sentence=_sentence)

    def show_lines(self, lines: Sequence[Standing]) -> None:
        """List other persons; the same ones keep the rows that are chosen."""
        if lines and [each.row.id for each in lines] == [each.row.id for each in self.lines]:
            self.lines = list(lines)
            self.tell_changed(0, len(lines) - 1)
        else:
            super().show_lines(lines)
