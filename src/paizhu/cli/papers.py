"""Papers from the command line: print one, and hold a code from paper against the journal."""

from argparse import Namespace
from pathlib import Path

from paizhu.base.errors import NotAllowedError, NotFoundError
from paizhu.cli import output
from paizhu.cli.opening import opened
from paizhu.cli.parsing import Commands, command, vault
from paizhu.services.register_keys import register_of


def add(every: Commands) -> None:
    """Add ``print``."""
    made = command(
        every,
        "print",
        _print,
        does="把一条记录打印成 PDF 文书",
        example="paizhu print 某某组.paizhu talk_record 12 谈话记录.pdf --register integrity_talk",
    )
    vault(made)
    made.add_argument("paper", metavar="PAPER", help="文书：review_opinion、talk_form、talk_record、record 等")
    made.add_argument("id", metavar="ID", type=int, help="记录的 id")
    made.add_argument("out", metavar="OUT.pdf", type=Path, help="写到哪里")
    made.add_argument("--register", default="", metavar="R", help="台账；打印 record 时须写明")
    made.add_argument("--sanitised", action="store_true", help="脱敏副本：姓名换成某甲，证件号、电话遮去")
    made.add_argument("--purpose", default="", metavar="用途", help="打印线索、案件类文书须写明用途")


def _print(given: Namespace) -> int:
    from paizhu.services.out.paper_kinds import KINDS

    key = given.register or next((kind.register for kind in KINDS if kind.code == given.paper), "")
    if not key:
        if any(kind.code == given.paper for kind in KINDS):
            raise NotAllowedError(f"文书“{given.paper}”各本台账都有", "没有生成文件", "用 --register 写明是哪一本")
        known = "、".join(f"{kind.code}（{kind.label}）" for kind in KINDS)
        raise NotFoundError(f"没有“{given.paper}”这种文书", "没有生成文件", f"可用的有：{known}")
    if given.out.suffix.lower() != ".pdf":
        raise NotAllowedError(f"“{given.out.name}”不是 .pdf", "没有生成文件", "把文件名写成以 .pdf 结尾")
    with opened(given) as office:
        register = register_of(key)
        written = office.printing.paper(
            given.paper, register, given.id, given.out, given.purpose, sanitised=given.sanitised
        )
    output.tell(f"已生成 {written.pages} 页：{written.path}")
    for warning in written.warnings:
        output.tell(warning)
    return 0
