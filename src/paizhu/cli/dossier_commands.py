"""A person's dossier from the command line: read, as data, or as a paper."""

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from paizhu.cli import output
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault

if TYPE_CHECKING:
    from paizhu.services.dossier.gathering import File


def add(every: Commands) -> None:
    """Add ``dossier``."""
    made = command(
        every,
        "dossier",
        _dossier,
        does="汇总一个人的廉政档案：全部台账里与他有关的记录，可按过去某一天的情况",
        example="paizhu dossier 某某组.paizhu 12 --as-of 2026-06-30 --json",
    )
    vault(made)
    made.add_argument("id", metavar="PERSON_ID", type=int, help="人员的 id")
    made.add_argument("--as-of", default="", metavar="D", help="截至这一天已登记的内容（默认今天）")
    made.add_argument(
        "--by-events", action="store_true", help="这个人登记之前的日期，改按事情发生的日期列出（不表示当时已经知道）"
    )
    made.add_argument(
        "--purpose", default="", metavar="用途", help="查阅事由，记入留痕；PDF 列出信访、线索、案件须写明"
    )
    as_json(made)
    made.add_argument("--pdf", metavar="OUT", type=Path, help="写成 PDF")


def _dossier(given: Namespace) -> int:
    from paizhu.services.dossier import paper as dossier_paper
    from paizhu.services.dossier.gathering import PERSON, PURPOSE, Dossier
    from paizhu.services.plain import Plain, record

    with opened(given) as office:
        as_of = Plain(office.desk).day(given.as_of) if given.as_of else None
        file = Dossier(office.desk).of(given.id, as_of, given.purpose.strip() or PURPOSE, by_events=given.by_events)
        written = dossier_paper.write(office.desk, file, given.pdf, given.purpose) if given.pdf else None
    if given.json:
        output.document(dossier_paper.plain(file, record(PERSON, file.person)))
    elif written is None:
        _in_words(file)
    if written:
        output.tell(f"已生成 {written.pages} 页：{written.path}")
        for warning in written.warnings:
            output.tell(warning)
    return 0


def _in_words(file: "File") -> None:
    from paizhu.services.dossier.paper import register_label

    output.say(f"{file.name}　{file.post}（截至 {file.on.isoformat()}）")
    if file.entered:
        output.say(file.basis)
    if file.weight:
        output.say(f"{file.weight.standing.words}：{file.weight.period.sentence}")
    for part in file.parts:
        output.say(f"\n【{part.letter} {part.title}】{f'{len(part.lines)} 条' if part.lines else '无相关记录'}")
        if part.lines:
            rows = (
                [str(line.day or ""), register_label(line.register), line.no, line.words, line.state_words]
                for line in part.lines
            )
            output.table(["日期", "台账", "编号", "内容", "结果"], rows)
    if file.hidden:
        output.say(f"\n另有 {file.hidden} 条信访、线索或案件，按知悉范围未列出")
