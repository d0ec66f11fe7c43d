"""Commands that ask the whole vault: find words, what falls due, one time limit explained."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.cli import output
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault

if TYPE_CHECKING:
    from paizhu.rules.limits import Due, Limit
    from paizhu.services.own_rules.time_limits import Entry

_SHAPES = {"overdue": "已超期", "today": "今天", "soon": "近期", "later": "以后"}


def add(every: Commands) -> None:
    """Add ``search``, ``today``, ``deadlines``, ``recurring`` and ``clock``."""
    for one in (_add_search, _add_today, _add_deadlines, _add_recurring, _add_clock):
        one(every)


def _add_search(every: Commands) -> None:
    parser = command(
        every,
        "search",
        _search,
        does="在全部台账里搜索：任意字词、姓名拼音或首字母",
        example="paizhu search 某某组.paizhu 住房保障 --json",
    )
    vault(parser)
    parser.add_argument("words", metavar="WORDS", nargs="+", help="要找的字词，几个词都要有")
    parser.add_argument("--limit", type=int, default=50, metavar="N", help="最多列多少条（默认 50）")
    as_json(parser)


def _add_today(every: Commands) -> None:
    parser = command(
        every,
        "today",
        _today,
        does="列出到期和将要到期的事项，并说明怎么算的",
        example="paizhu today 某某组.paizhu --on 2026-09-25",
    )
    vault(parser)
    parser.add_argument("--on", default="", metavar="D", help="按这一天计算（默认今天）")
    as_json(parser)


def _add_deadlines(every: Commands) -> None:
    parser = command(
        every,
        "deadlines",
        _deadlines,
        does="期限控制表：到期和将要到期的事项，PDF 或 Excel（按文件名的后缀）",
        example="paizhu deadlines 某某组.paizhu 期限控制表.pdf --on 2026-09-25",
    )
    vault(parser)
    parser.add_argument("out", metavar="OUT", type=Path, help="写到哪个文件，.pdf 或 .xlsx")
    parser.add_argument("--on", default="", metavar="D", help="按这一天计算（默认今天）")
    parser.add_argument("--purpose", default="", metavar="用途", help="写明用途才列出信访、线索、案件的名称，记入留痕")


def _add_recurring(every: Commands) -> None:
    parser = command(
        every,
        "recurring",
        _recurring,
        does="定期事项：列出可以采用的和正在进行的；--take 采用一项，--roll 让到期的生成下一期",
        example="paizhu recurring 某某组.paizhu --take R02",
    )
    vault(parser)
    parser.add_argument("--take", default="", metavar="CODE", help="采用哪一项，如 R02")
    parser.add_argument("--roll", action="store_true", help="到期的定期事项生成下一期；窗口每天自动做")
    as_json(parser)


def _add_clock(every: Commands) -> None:
    parser = command(
        every,
        "clock",
        _clock,
        does="说明一个时限怎么算：到哪天、跳过哪些天、依据什么",
        example="paizhu clock 某某组.paizhu T02 --from 2026-09-25",
    )
    vault(parser)
    parser.add_argument("rule", metavar="RULE", help="时限代码，如 T02")
    parser.add_argument("--from", dest="start", required=True, metavar="D", help="起算的那一天")
    as_json(parser)


def _search(given: Namespace) -> int:
    if not any(word.strip() for word in given.words):
        raise NotAllowedError("没有写要找的字词", "", "在命令后写上字词，如 住房保障")
    if given.limit < 1:
        raise NotAllowedError(f"--limit 要写一个正整数，现在是“{given.limit}”")
    with opened(given) as office:
        found = office.search.find(" ".join(given.words), given.limit)
    if given.json:
        names = ("register", "id", "no", "title", "snippet")
        output.document(
            [{**{name: getattr(each, name) for name in names}, "where": each.field} for each in found],
        )
        return 0
    rows = ([each.register, str(each.id), each.no, each.title, each.snippet] for each in found)
    output.say(f"找到 {output.table(['台账', 'id', '编号', '标题', '位置'], rows)} 条")
    return 0


def _today(given: Namespace) -> int:
    from paizhu.services.plain import Plain

    with opened(given) as office:
        on = Plain(office.desk).day(given.on) if given.on else None
        tasks = office.today.due(on)
    if given.json:
        output.document(
            [
                {
                    "register": task.register,
                    "id": task.id,
                    "no": task.no,
                    "title": task.title,
                    "what": task.what,
                    "rule": task.rule,
                    "due": task.due.isoformat(),
                    "state": task.state,
                    "working_days_left": task.standing.working_days_left,
                    "explanation": task.explanation,
                    "source": task.source,
                    "confidence": task.confidence,
                    "action": task.action,
                }
                for task in tasks
            ]
        )
        return 0
    rows = (
        [_SHAPES[task.state], task.standing.words, task.what, task.no, task.title, task.explanation] for task in tasks
    )
    output.say(f"共 {output.table(['', '期限', '事项', '编号', '标题', '怎么算'], rows)} 件")
    return 0


def _deadlines(given: Namespace) -> int:
    from paizhu.services.plain import Plain

    kind = given.out.suffix.lower()
    if kind not in (".pdf", ".xlsx"):
        raise NotAllowedError(f"“{given.out.name}”不是 .pdf 也不是 .xlsx", "没有写出文件", "换一个后缀再试")
    with opened(given) as office:
        on = Plain(office.desk).day(given.on) if given.on else None
        tasks = office.today.due(on)
        make = office.control_sheet.print if kind == ".pdf" else office.control_sheet.export
        make(tasks, given.out, purpose=given.purpose, on=on)
    output.say(f"已写出 {len(tasks)} 件：{given.out}")
    return 0


def _recurring(given: Namespace) -> int:
    with opened(given) as office:
        if given.take:
            office.duty_offers.take(given.take)
        change = office.records.recurring.roll() if given.roll else None
        standings = office.duty_offers.standings()
    if given.json:
        output.document(
            {
                "made": [{"register": register, "id": record} for register, record in change.records] if change else [],
                "recurring": [
                    {
                        "code": each.offer.code if each.offer else None,
                        "content": each.content,
                        "frequency": each.frequency,
                        "due": each.due.isoformat() if each.due else None,
                        "id": each.record or None,
                        "source": each.basis,
                        "confidence": each.confidence,
                    }
                    for each in standings
                ],
            }
        )
        return 0
    rows = (
        [each.offer.code if each.offer else "", each.content, each.due.isoformat() if each.due else "",
         "进行中" if each.taken else "未采用", each.basis]
        for each in standings
    )  # fmt: skip
    output.say(f"共 {output.table(['代码', '事项', '下一次', '情况', '依据'], rows)} 项")
    return 0


def _clock(given: Namespace) -> int:
    from paizhu.rules import limits
    from paizhu.services.plain import Plain

    with opened(given) as office:
        rule = office.desk.limits.get(given.rule)
        if rule is None:
            known = "、".join(office.desk.limits)
            raise NotFoundError(f"时限表里没有“{given.rule}”", "", f"可用的有：{known}")
        start = Plain(office.desk).day(given.start)
        due = limits.due(rule, start, office.desk.calendar)
        entry = office.time_limits.entry(given.rule)
    if given.json:
        output.document(_explained(rule, due, entry))
    else:
        output.say(f"{rule.code} {rule.name}：{due.day.isoformat()}")
        output.say(due.explanation)
        if entry.override:
            output.say(f"本单位设定；内置值：{entry.original or '相同'}（{entry.override.document}）")
    return 0


def _explained(rule: "Limit", due: "Due", entry: "Entry") -> dict[str, Any]:
    """Return a time limit counted from one day: when it ends and why, and what this unit set otherwise."""
    from dataclasses import asdict

    from paizhu.services.own_rules.in_force import SETTABLE

    return {
        "rule": rule.code,
        "name": rule.name,
        "from": due.start.isoformat(),
        "due": due.day.isoformat(),
        "unit": rule.unit,
        "length": rule.length,
        "skipped": [{"date": day.isoformat(), "why": why} for day, why in due.skipped],
        "explanation": due.explanation,
        "source": rule.source,
        "confidence": rule.confidence,
        "provisional": due.provisional,
        "first_day_counts": rule.first_day_counts,
        "end_on_non_working": rule.end_on_non_working,
        "lead": rule.lead,
        "warn_from": due.warn_from.isoformat(),
        "remind_on": due.remind_on.isoformat(),
        "extension": rule.extension,
        "note": rule.note,
        "override": asdict(entry.override) if entry.override else None,
        "shipped": {name: getattr(entry.shipped, name) for name in SETTABLE},
    }
