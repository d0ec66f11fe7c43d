"""The command about red flags: those of one review item, or of the books as a whole."""

from argparse import Namespace

from paizhu.cli import output
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, as_json, command, vault


def add(every: Commands) -> None:
    """Add ``flags``."""
    flags = command(
        every,
        "flags",
        _flags,
        does="列出一项会前审查的风险提示，不写 id 时列出各台账整体的提示：由本组台账比对得出，不是结论",
        example="paizhu flags 某某组.paizhu 12 --json",
    )
    vault(flags)
    flags.add_argument("review", metavar="REVIEW_ID", type=int, nargs="?", help="会前审查记录的 id")
    as_json(flags)


def _flags(given: Namespace) -> int:
    from paizhu.registers.review import REVIEW

    with opened(given) as office:
        if given.review is None:
            found = office.flags.of_whole()
        else:
            office.records.get(REVIEW, given.review)
            found = office.flags.of(given.review)
    if given.json:
        output.document(
            [
                {
                    "code": each.code,
                    "name": each.name,
                    "level": each.level.words,
                    "words": each.words,
                    "figures": list(each.figures),
                    "rule": each.rule,
                    "source": each.source,
                    "confidence": each.confidence,
                    "parameters": dict(each.parameters),
                    "evidence": [{"register": register, "id": number} for register, number in each.evidence],
                    "pair": each.pair,
                    "confidential": each.confidential,
                    "silenced": each.silenced,
                }
                for each in found
            ]
        )
        return 0
    rows = ([each.code, each.name, each.level.words, each.words, each.silenced or ""] for each in found)
    output.say(f"共 {output.table(['代码', '名称', '级别', '情况', '已核实'], rows)} 条，由本组台账比对得出，不是结论")
    return 0
