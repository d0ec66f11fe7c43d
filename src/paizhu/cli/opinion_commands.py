"""Commands about integrity opinions: a letter with its list of persons, searched at once; answers chosen one by one."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paizhu.base.errors import NotFoundError, PaizhuError
from paizhu.cli import output, piped
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault

if TYPE_CHECKING:
    from paizhu.services.office import Office
    from paizhu.services.opinions.answering import Standing

_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def add(every: Commands) -> None:
    """Add ``opinion`` and ``opinion-answer``."""
    letter = command(
        every,
        "opinion",
        _letter,
        does="登记一件征求廉政意见的来函：名单从文本或 Excel 读入，每人五个来源当场查询，列出查到的记录编号",
        example="paizhu opinion 某某组.paizhu --from 人事处 --received 2026-03-13 --people 名单.txt --json",
    )
    vault(letter)
    letter.add_argument("--from", dest="from_unit", required=True, metavar="单位", help="来函单位")
    letter.add_argument("--received", required=True, metavar="D", help="收到日期")
    letter.add_argument("--letter-no", default="", metavar="文号", help="来函文号")
    letter.add_argument("--letter-date", default="", metavar="D", help="来函日期")
    letter.add_argument("--reason", default="", metavar="事由", help="如 提拔任用、职级晋升、评先评优")
    letter.add_argument(
        "--people", required=True, metavar="F", type=Path,
        help="名单：一行一人的文本（如“张三 办公室主任 拟任副处长”），或 Excel；- 表示标准输入",
    )  # fmt: skip
    as_json(letter)

    answer = command(
        every,
        "opinion-answer",
        _answer,
        does="给名单里的人选定回复意见；程序不预选，“暂未发现”须五个来源都查过",
        example="paizhu opinion-answer 某某组.paizhu 3 --person 张三 --reply 建议暂缓 --reason 正在核查",
    )
    vault(answer)
    answer.add_argument("id", metavar="ID", type=int, help="廉政意见记录的 id")
    answer.add_argument("--person", required=True, action="append", metavar="姓名", help="可写多次")
    answer.add_argument("--reply", required=True, metavar="意见", help="暂未发现 / 建议暂缓 / 不宜 / 如实说明情况")
    answer.add_argument("--reason", default="", metavar="理由", help="暂缓或不宜的理由，只在内部使用")
    answer.add_argument("--facts", default="", metavar="情况", help="如实说明情况的，写进复函的情况")
    as_json(answer)


def _letter(given: Namespace) -> int:
    from paizhu.services.opinions.answering import Opinions

    with opened(given) as office:
        opinions = Opinions(office.desk)
        path: Path = given.people
        people = opinions.plan_book(path) if path.suffix.lower() in _BOOKS else opinions.plan(_read(path))
        letter = {
            "from_unit": given.from_unit,
            "received_at": given.received,
            "letter_no": given.letter_no,
            "letter_date": given.letter_date,
            "reason": given.reason,
        }
        opinion = opinions.receive({name: words for name, words in letter.items() if words}, people).records[0][1]
        unsure = {each.name: each.unsure for each in people}
        _told(office, opinion, unsure, as_document=given.json)
    return 0


def _answer(given: Namespace) -> int:
    from paizhu.services.opinions.answering import REASON, Opinions

    with opened(given) as office:
        opinions = Opinions(office.desk)
        people = opinions.people(given.id)
        wanted = [each for each in people if each.who.label in given.person]
        unknown = [name for name in given.person if name not in {each.who.label for each in people}]
        if unknown:
            raise NotFoundError(f"名单里没有{'、'.join(unknown)}", "没有改动", "核对姓名后再办")
        found = REASON.by_label.get(given.reason) if given.reason else None
        if given.reason and found is None:
            known = "、".join(choice.label for choice in REASON.choices)
            raise NotFoundError(f"没有“{given.reason}”这个理由", "没有改动", f"可用的有：{known}")
        opinions.answer(
            given.id, [each.row.id for each in wanted], given.reply, found.code if found else "", given.facts
        )
        _told(office, given.id, {}, as_document=given.json)
    return 0


def _told(office: "Office", opinion: int, unsure: Mapping[str, tuple[str, ...]], *, as_document: bool) -> None:
    from paizhu.registers.opinion import OPINION
    from paizhu.services.opinions.answering import Opinions

    row = office.records.get(OPINION, opinion)
    people = Opinions(office.desk).people(opinion)
    if as_document:
        persons = [_person(each, unsure.get(each.who.label, ())) for each in people]
        output.document({"id": opinion, "no": row.no, "state": row.state, "persons": persons})
        return
    rows = (
        [
            each.who.label,
            str(each.row.values.get("to_post") or ""),
            "；".join(f"{hit.label} {hit.count}" for hit in each.hits),
            each.reply or "未选定",
        ]
        for each in people
    )
    output.say(f"{row.no}：共 {output.table(['姓名', '拟任', '查询结果', '回复意见'], rows)} 人")


def _person(asked: "Standing", unsure: Sequence[str]) -> dict[str, Any]:
    """Return a person of the list as the answer gives it: who, what was found in each source, and what is unsure."""
    held = asked.row.values
    return {
        "person": {"id": asked.who.id, "label": asked.who.label},
        **{name: held.get(name) for name in ("unit", "post", "to_post", "reply")},
        "unsure": list(unsure),
        "missing": list(asked.missing),
        "sources": [
            {
                "source": hit.source,
                "label": hit.label,
                "hits": hit.count,
                "words": hit.words,
                "records": [{"register": ref.register, "id": ref.id, "label": ref.label} for ref in hit.records],
            }
            for hit in asked.hits
        ],
    }


def _read(path: Path) -> str:
    if str(path) == "-":
        return piped.text("gb18030")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return path.read_text(encoding="gb18030")
    except OSError as error:
        raise PaizhuError(f"“{path.name}”打不开", "没有登记", "请确认文件还在原处") from error
