"""会前审查意见书 and its ledger (``domain.md`` 7.1): supervision, never approval, and no flag unless it is chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from paizhu.base.field import Field
from paizhu.base.register import Register
from paizhu.base.rows import Row
from paizhu.documents.papers.record import Rows
from paizhu.documents.papers.register_list import cells_of, table_paper
from paizhu.documents.pdf.blocks import (
    FORM_LINE,
    FORM_TITLE,
    NOTE,
    Align,
    Block,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    Stamp,
    heading,
    label,
    value,
)
from paizhu.documents.pdf.fonts import TICKED, UNTICKED, Face
from paizhu.documents.pdf.guard import checked, words
from paizhu.documents.pdf.wording import shipped
from paizhu.registers.meeting import MEETING
from paizhu.registers.review import REVIEW
from paizhu.registers.review_rows import CANDIDATE, CHECK, MATERIAL, SUGGESTION

_COLUMNS = (15.0, 35.0, 15.0, 35.0)
_SIGN = "签名：　　　　　　　　年　　月　　日"
_LEDGER = (
    "meeting", "title", "category", "amount", "submitted_at", "lead_workdays", "opinion", "opinion_date", "adopted",
    "decided", "follow_result",
)  # fmt: skip
_LEDGER_TITLE = "“三重一大”事项会前审查台账"


def ticks(field: Field, chosen: str | Sequence[str] | None) -> str:
    """Return every choice of a field with a box before it, ticked where it was chosen."""
    codes = (chosen,) if isinstance(chosen, str) else tuple(chosen or ())
    shown = [each for each in field.choices if not each.retired or each.code in codes]
    return "　".join(f"{TICKED if each.code in codes else UNTICKED}{each.label}" for each in shown)


def kept(rows: Rows, register: Register) -> list[Row]:
    """Return the rows of a kind under a record that were not voided."""
    return [row for row in rows.get(register.key, ()) if not row.voided]


def review_opinion(
    item: Row,
    rows: Rows,
    stamp: Stamp,
    *,
    meeting: Row | None = None,
    differences: Sequence[tuple[str, str, str]] = (),
) -> Paper:
    """Return the opinion on one item.

    ``differences`` are what changed since the last opinion, as (what, before, after). What the group's own ledgers
    hint at stands in it as far as the reviewer wrote it into the opinion.
    """
    words_of = shipped("review")
    body = [*_item(item, meeting), *_materials(kept(rows, MATERIAL)), *_candidates(kept(rows, CANDIDATE))]
    body += _checks(kept(rows, CHECK))
    if differences:
        body.append(heading("与上次意见相比的变化", 4))
        body += [
            GridRow((label(what), value(f"原：{old or '无'}\n现：{new or '无'}", 3))) for what, old, new in differences
        ]
    body += _opinion(item, kept(rows, SUGGESTION))
    blocks: list[Block] = [
        Para(words_of["title"], FORM_TITLE),
        Para(f"编号：{item.no or stamp.number}", FORM_LINE),
        Grid(_COLUMNS, tuple(body)),
        Space(4),
        Para(words_of["note"], NOTE, keep_back=True),
    ]
    return Paper(words_of["title"], tuple(blocks), stamp)


def _show(row: Row, name: str, register: Register = REVIEW) -> str:
    return words(register.field(name), row)


def _item(item: Row, meeting: Row | None) -> list[GridRow]:
    held = _show(meeting, "held_at", MEETING) if meeting else _show(item, "planned_meeting_at")
    name = _show(meeting, "name", MEETING) if meeting else _show(item, "meeting")
    amount = _show(item, "amount")
    ahead = _show(item, "lead_workdays")
    made = [
        GridRow((label("会议名称"), value(name), label("会议时间"), value(held))),
        GridRow((label("议题名称"), value(_show(item, "title"), 3))),
        _category(item),
        GridRow(
            (label("提出部门"), value(_show(item, "submit_dept")), label("汇报人"), value(_show(item, "reporter")))
        ),
        GridRow(
            (
                label("报送时间"),
                value(_show(item, "submitted_at")),
                label("提前工作日"),
                value(f"{ahead} 个工作日" if ahead else ""),
            )
        ),
    ]
    if amount:
        made.append(
            GridRow((label("金额（元）"), value(amount), label("采购方式"), value(_show(item, "procurement_mode"))))
        )
        made.append(
            GridRow(
                (label("资金来源"), value(_show(item, "fund_source")), label("供应商"), value(_show(item, "supplier")))
            )
        )
    return made


def _category(item: Row) -> GridRow:
    chosen = item.values.get("category")
    return GridRow((label("事项类别"), value(ticks(REVIEW.field("category"), str(chosen) if chosen else None), 3)))


def _materials(materials: Sequence[Row]) -> list[GridRow]:
    if not materials:
        return []
    lines = []
    for row in materials:
        note = "".join(f"（{text}）" for text in (_show(row, "note", MATERIAL),) if text)
        box = TICKED if row.values.get("received") else UNTICKED
        lines.append(f"{box}{_show(row, 'name', MATERIAL)}{note}")
    return [GridRow((label("材料清单"), value("\n".join(lines), 3)))]


def _candidates(candidates: Sequence[Row]) -> list[GridRow]:
    if not candidates:
        return []
    lines = []
    for row in candidates:
        posts = "→".join(_show(row, name, CANDIDATE) or "（未填）" for name in ("from_post", "to_post"))
        reply = _show(row, "opinion_ref", CANDIDATE)
        lines.append(f"{_show(row, 'person', CANDIDATE)}：{posts}" + (f"，廉政意见回复 {reply}" if reply else ""))
    return [GridRow((label("拟任免人选"), value(_numbered(lines), 3)))]


def _checks(checks: Sequence[Row]) -> list[GridRow]:
    if not checks:
        return []
    made = [_two_heads("审查要点", "核对结果")]
    answer = CHECK.field("answer")
    for number, row in enumerate(checks, 1):
        chosen = row.values.get("answer")
        note = _show(row, "note", CHECK)
        result = ticks(answer, str(chosen) if chosen else None).replace("　", " ")
        made.append(
            GridRow(
                (value(f"{number}. {_show(row, 'words', CHECK)}", 3), value(f"{result}\n{note}" if note else result))
            )
        )
    return made


def _opinion(item: Row, suggestions: Sequence[Row]) -> list[GridRow]:
    chosen = item.values.get("opinion")
    made = [
        heading("审查意见", 4),
        GridRow((value(ticks(REVIEW.field("opinion"), str(chosen) if chosen else None), 4),), keep_next=True),
    ]
    text = _show(item, "opinion_text")
    given = [_show(row, "words", SUGGESTION) for row in suggestions]
    if text and text not in given:
        made.append(GridRow((label("意见内容"), value(text, 3)), height=60))
    if given:
        made.append(_two_heads("意见建议", "单位采纳情况"))
    adopted = SUGGESTION.field("adopted")
    for number, row in enumerate(suggestions, 1):
        mark = row.values.get("adopted")
        reason = _show(row, "reason", SUGGESTION)
        reply = ticks(adopted, str(mark) if mark else None).replace("　", " ") + (f"\n理由：{reason}" if reason else "")
        made.append(GridRow((value(f"{number}. {_show(row, 'words', SUGGESTION)}", 3), value(reply))))
    # Nobody signs on a page on which nothing of the opinion stands.
    made[-1] = replace(made[-1], keep_next=True)
    signed = (label("审查人"), _signed(item, "reviewer"), label("审签人"), _signed(item, "signer"))
    made += [
        GridRow(signed, height=58, keep_next=True),
        GridRow((label("单位签收"), Cell(_show(item, "feedback_to"), 3, sign=_SIGN)), height=46),
    ]
    return made


def _two_heads(wide: str, narrow: str) -> GridRow:
    heads = ((wide, 3), (narrow, 1))
    return GridRow(tuple(Cell(text, span, Face.HEI, Align.CENTER, shade=True) for text, span in heads), keep_next=True)


def _signed(item: Row, name: str) -> Cell:
    return Cell(_show(item, name), top=True, sign="　　　年　　月　　日")


def _numbered(lines: Iterable[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def review_ledger(
    items: Sequence[Row],
    stamp: Stamp,
    *,
    suggestions: Mapping[int, Sequence[Row]] | None = None,
) -> Paper:
    """Return the ledger of items, the suggestions of each in one cell beside what became of them."""
    fields = checked((REVIEW.field(name) for name in _LEDGER), stamp)
    given = SUGGESTION.field("words")
    place = _LEDGER.index("opinion_date")
    shown = (*fields[:place], given, *fields[place:])
    rows = []
    for number, item in enumerate(items, 1):
        own = [row for row in (suggestions or {}).get(item.id, ()) if not row.voided]
        texts = [words(field, item) for field in fields]
        texts.insert(place, _numbered(words(given, row) for row in own) or _show(item, "opinion_text"))
        rows.append((str(number), *texts))
    return table_paper(_LEDGER_TITLE, f"共 {len(items)} 项", shown, cells_of(shown, rows), stamp)
