"""Commands about figures: the indicators of a period with their records, and a commission's blank form filled."""

from argparse import Namespace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu.base.rows import Ref
from paizhu.cli import output, passwords, piped
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault

if TYPE_CHECKING:
    from paizhu.rules.counting import Figure
    from paizhu.services.forms.figures import Reported
    from paizhu.services.forms.filling import Filled, FormLook

_WORKBOOK_VARIABLE = "PAIZHU_WORKBOOK_PASSWORD"
_PERIOD = "统计期：2026-10（月）、2026-Q3（季度）、2026-H1（半年）或 2026（全年）"


def add(every: Commands) -> None:
    """Add ``figures`` and ``fill``."""
    told = command(
        every,
        "figures",
        _figures,
        does="统计指标：每个数都带着构成它的记录",
        example="paizhu figures 某某组.paizhu --period 2026-10 --json",
    )
    vault(told)
    told.add_argument("--period", required=True, metavar="P", help=_PERIOD)
    as_json(told)

    fill = command(
        every,
        "fill",
        _fill,
        does="把派出机关的空白表填好：只写入数值，样式、公式和保护都不动；认不出的格子空着并列出",
        example="paizhu fill 某某组.paizhu 线索月报.xlsx 线索月报-10月.xlsx --period 2026-10",
    )
    vault(fill)
    fill.add_argument("form", metavar="FORM.xlsx", type=Path, help="空白表（xlsx、xlsm）")
    fill.add_argument("out", metavar="OUT.xlsx", type=Path, help="填好的表写到哪里")
    fill.add_argument("--period", default="", metavar="P", help=f"{_PERIOD}；不写为表上要的最近一期")
    fill.add_argument("--workbook-password-file", metavar="FILE", type=Path, help="空白表本身的密码所在的文件")
    fill.add_argument("--encrypt", action="store_true", help="给填好的表加密码")
    fill.add_argument("--with-confidential", metavar="理由", default="", help="清单表逐条填写线索、案件，写明理由")
    as_json(fill)


def _figures(given: Namespace) -> int:
    with opened(given) as office:
        found = office.figures.all(given.period)
    if given.json:
        output.document({code: _plain(each) for code, each in found.items()})
        return 0
    output.table(
        ("指标", "名称", "本期", "上期", "本年累计", "上年同期", "增减%", "单位"),
        [
            (
                code,
                each.current.name,
                *(output_words(value) for value in (each.current.value, each.previous, each.year_to_date)),
                *(output_words(value) for value in (each.last_year, each.grown)),
                each.current.unit,
            )
            for code, each in found.items()
        ],
    )
    return 0


def output_words(value: int | Decimal | None) -> str:
    """Return a number as printed."""
    from paizhu.rules.counting import shown

    return shown(value)


def _plain(each: "Reported") -> dict[str, Any]:
    figure = each.current
    return {
        "name": figure.name,
        "unit": figure.unit,
        "value": _number(figure.value),
        "records": [{"register": register, "id": number} for register, number in figure.records],
        "previous": _number(each.previous),
        "year_to_date": _number(each.year_to_date),
        "last_year": _number(each.last_year),
        "grown": _number(each.grown),
        "by": _parts(figure),
        "undated": [{"register": register, "id": number} for register, number in figure.undated],
    }


def _parts(figure: "Figure") -> dict[str, dict[str, Any]]:
    return {
        name: {(key.label if isinstance(key, Ref) else key): _number(value) for key, value in parts.items()}
        for name, parts in figure.by.items()
    }


def _number(value: int | Decimal | None) -> Any:
    # Shares and sums of money as text, like every decimal of the command line.
    return str(value) if isinstance(value, Decimal) else value


def _fill(given: Namespace) -> int:
    from paizhu.services.out.classes import Release

    own = passwords.from_file(given.workbook_password_file) if given.workbook_password_file else None
    secret = (piped.variable(_WORKBOOK_VARIABLE) or passwords.ask_twice("填好的表的密码：")) if given.encrypt else None
    with opened(given) as office:
        look = office.filling.look(given.form, own)
        worked = office.filling.work(look, given.period or look.period, release=Release(given.with_confidential))
        done = office.filling.write(look, worked, given.out, out_password=secret)
    if given.json:
        output.document(_told(look, done))
        return 0
    sent = done.worked
    output.say(f"已填报《{done.path.name}》：{len(sent.cells)} 个数、清单 {done.rows} 行，统计期 {sent.period}。")
    for words in (look.changed, *sent.withheld, *sent.checks):
        if words:
            output.tell(words)
    if sent.empty:
        places = "、".join(f"“{sheet}”{place}" for sheet, place in sent.empty)
        output.tell(f"没有指标、空着的格子：{places}")
    return 0


def _told(look: "FormLook", done: "Filled") -> dict[str, Any]:
    worked = done.worked
    return {
        "file": done.path.name,
        "form": look.name,
        "period": worked.period,
        "known": look.known,
        "changed": list(look.changes),
        "cells": [
            {
                "sheet": each.sheet,
                "cell": done.place(each.sheet, each.place),
                "indicator": each.wish.code,
                "by": dict(each.wish.by),
                "span": each.wish.span,
                "name": each.name,
                "value": _number(each.value) if isinstance(each.value, int | Decimal) else each.value,
                "records": [{"register": register, "id": number} for register, number in each.records],
            }
            for each in worked.cells.values()
        ],
        "lists": [
            {"sheet": sheet, "first_row": row, "records": [{"register": r, "id": number} for r, number in records]}
            for (sheet, row), records in worked.listed.items()
        ],
        "rows": done.rows,
        "inserted": dict(done.inserted),
        "empty": [{"sheet": sheet, "cell": place} for sheet, place in worked.empty],
        "withheld": list(worked.withheld),
        "checks": list(worked.checks),
    }
