"""The entry of the command line: parse, run, and turn refusals into words and an exit status."""

import sys
from collections.abc import Sequence

from paizhu import __version__, logs
from paizhu.base.errors import PaizhuError, VaultDamagedError
from paizhu.cli import (
    asking,
    dossier_commands,
    figure_commands,
    flag_commands,
    opinion_commands,
    output,
    papers,
    record_commands,
    vault_commands,
    workbooks,
)
from paizhu.cli.parsing import Parser, commands
from paizhu.cli.status import Status

_TOUR = (
    "paizhu 不带参数打开工作台窗口。paizhu tour OUTDIR 不开窗口走一遍主要工作，"
    "把示例数据、每个界面的图片和导出的工作簿放进 OUTDIR。"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; an unforeseen fault is logged without contents."""
    output.prepare()
    try:
        given = parser().parse_args(argv)
        return int(given.run(given))
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else Status.USAGE
    except VaultDamagedError as error:
        output.tell(str(error))
        return Status.DAMAGED
    except PaizhuError as error:
        output.tell(str(error))
        return Status.REFUSED
    except KeyboardInterrupt:
        output.tell("已按您的要求停下，没做完的部分没有保存。")
        return Status.REFUSED
    except BrokenPipeError:
        # Whoever read the answer has seen enough; closing here keeps Python from complaining at the end.
        sys.stderr.close()
        return Status.DONE
    except Exception as error:
        lines = logs.fault(type(error), error, error.__traceback__)
        output.tell(f"程序出了错，没有保存。错误记录在 {logs.file()}（不含台账内容）：\n{lines}")
        return Status.FAULT


def parser() -> Parser:
    """Return the parser of every command."""
    made = Parser(prog="paizhu", description="派驻监督工作台的命令行", epilog=_TOUR, add_help=False)
    made.add_argument("-h", "--help", action="help", help="显示本说明")
    made.add_argument("--version", action="version", version=f"paizhu {__version__}", help="显示版本")
    every = commands(made, "命令")
    for family in (
        vault_commands,
        workbooks,
        record_commands,
        asking,
        papers,
        flag_commands,
        opinion_commands,
        dossier_commands,
        figure_commands,
    ):
        family.add(every)
    return made
