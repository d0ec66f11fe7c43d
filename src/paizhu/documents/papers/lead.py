"""呈批表 for leads (``domain.md`` 7.3, 7.4): disposal, talk and inquiry, initial check; class P3, so with a purpose."""

from collections.abc import Sequence
from datetime import date

from paizhu.base.rows import Row
from paizhu.documents.papers.record import Rows
from paizhu.documents.papers.review import kept, ticks
from paizhu.documents.pdf.blocks import (
    BODY_NAME,
    FORM_LINE,
    FORM_TITLE,
    NOTE,
    Block,
    Cell,
    Grid,
    GridRow,
    Paper,
    Para,
    Space,
    Stamp,
    label,
    value,
)
from paizhu.documents.pdf.guard import need_purpose, words
from paizhu.documents.pdf.wording import shipped
from paizhu.registers.lead import LEAD
from paizhu.registers.lead_rows import HAND, PANEL_VIEW

_SIX = (14.0, 18.0, 13.0, 18.0, 13.0, 24.0)


def disposal_approval(lead: Row, rows: Rows, stamp: Stamp, body: str = "", attachments: Sequence[str] = ()) -> Paper:
    """Return 问题线索处置呈批表: how the lead is proposed to be disposed of, what the meeting said, who approves."""
    chosen = lead.values.get("mode") or lead.values.get("proposed_mode")
    own = [
        GridRow((label("处置方式"), value(ticks(LEAD.field("mode"), str(chosen) if chosen else None), 5))),
        _signed("承办人意见", _show(lead, "proposed_reason"), 74),
        _signed("集体研究意见", _panel(lead, rows), 74),
    ]
    return _paper("disposal", lead, stamp, [*own, *_end(rows, attachments)], body)


def inquiry_approval(lead: Row, rows: Rows, stamp: Stamp, body: str = "", attachments: Sequence[str] = ()) -> Paper:
    """Return 谈话函询呈批表: why a talk or a letter of inquiry is proposed, and who approves it."""
    own = [_signed("拟办意见", _show(lead, "proposed_reason"), 110)]
    return _paper("inquiry", lead, stamp, [*own, *_end(rows, attachments)], body)


def check_approval(lead: Row, rows: Rows, stamp: Stamp, body: str = "", attachments: Sequence[str] = ()) -> Paper:
    """Return 初步核实呈批表 with the team of at least two and its span."""
    team = _show(lead, "check_team")
    units = _show(lead, "check_team_note")
    own = [
        GridRow((label("核查组成员"), value(team + (f"（{units}）" if units else ""), 5)), height=36),
        GridRow((label("开始日期"), _value(lead, "check_from"), label("核实期限"), value(_show(lead, "check_due"), 3))),
        _signed("拟办意见", _show(lead, "proposed_reason"), 74),
    ]
    return _paper("check", lead, stamp, [*own, *_end(rows, attachments)], body)


def _paper(kind: str, lead: Row, stamp: Stamp, own: Sequence[GridRow], body: str) -> Paper:
    need_purpose(stamp)
    wording = shipped("approval")
    title = wording[kind]
    grid = (*_subject(lead, stamp.printed_at.date()), *own)
    blocks: list[Block] = []
    if body:
        blocks.append(Para(body, BODY_NAME))
    blocks += [
        Para(title, FORM_TITLE),
        Para(f"编号：{lead.no or stamp.number}", FORM_LINE),
        Grid(_SIX, grid),
        Space(4),
        Para(wording["secret"], NOTE, keep_back=True),
    ]
    return Paper(title, tuple(blocks), stamp)


def _end(rows: Rows, attachments: Sequence[str]) -> list[GridRow]:
    listed = "\n".join(f"{number}. {name}" for number, name in enumerate(attachments, 1))
    return [_trail(rows), _signed("审批意见", "", 72), GridRow((label("附件"), value(listed or "无", 5)))]


def _subject(lead: Row, on: date) -> list[GridRow]:
    return [
        GridRow((label("被反映人"), _value(lead, "subject"), label("性别"), _value(lead, "subject_gender"),
                 label("出生年月"), value(_age(_show(lead, "subject_born"), on)))),
        GridRow((label("政治面貌"), _value(lead, "subject_political"), label("民族"), _value(lead, "subject_ethnic"),
                 label("职级"), _value(lead, "subject_rank"))),
        GridRow((label("单位"), value(_show(lead, "subject_unit"), 3), label("职务"), _value(lead, "subject_post"))),
        GridRow((label("人大代表、政协委员"), _value(lead, "is_npc_cppcc"), label("管理权限"),
                 _value(lead, "cadre_authority"), label("收到日期"), _value(lead, "received_at"))),
        GridRow((label("线索来源"), value(_show(lead, "source"), 5))),
        GridRow((label("反映的主要问题摘要"), value(_show(lead, "summary"), 5)), height=86),
    ]  # fmt: skip


def _age(born: str, on: date) -> str:
    if len(born) != 7:
        return ""
    year, month = int(born[:4]), int(born[5:])
    return f"{born}（{on.year - year - (on.month < month)}岁）"


def _panel(lead: Row, rows: Rows) -> str:
    day, conclusion = _show(lead, "panel_at"), _show(lead, "panel_conclusion")
    lines = [f"{day} 集体研究：{conclusion}"] if day or conclusion else []
    for row in kept(rows, PANEL_VIEW):
        who, post, view = (words(PANEL_VIEW.field(name), row) for name in ("who", "post", "view"))
        lines.append(f"{who}{f'（{post}）' if post else ''}：{view}")
    return "\n".join(lines)


def _trail(rows: Rows) -> GridRow:
    lines = []
    for row in kept(rows, HAND):
        when, who, step, opinion = (words(HAND.field(name), row) for name in ("when", "who", "step", "opinion"))
        lines.append(f"{when}　{who}　{step}" + (f"：{opinion}" if opinion else ""))
    return GridRow((label("经手记录"), value("\n".join(lines) or "无", 5)))


def _signed(name: str, text: str, height: float) -> GridRow:
    return GridRow((label(name), Cell(text, 5, sign=shipped("approval")["sign"])), height=height)


def _show(lead: Row, name: str) -> str:
    return words(LEAD.field(name), lead)


def _value(lead: Row, name: str) -> Cell:
    return value(_show(lead, name))
