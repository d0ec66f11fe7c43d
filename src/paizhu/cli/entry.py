"""The entry of the command line: parse, run, and turn refusals into words and an exit status."""

from collections.abc import Callable, Sequence
from pathlib import Path

from paizhu import __version__, logs
from paizhu.base.errors import NotAllowedError, PaizhuError, VaultDamagedError
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
from paizhu.cli.parsing import Parser, command, commands
from paizhu.cli.status import Status

_ALONE = "paizhu 不带参数打开工作台窗口。"
Tour = Callable[[Path, Callable[[str], None]], int]
"""Makes everything in a folder, says what it made, and returns the exit status."""


def no_tour(_outdir: Path, _say: Callable[[str], None]) -> int:
    """Refuse the tour where nothing can show it."""
    raise NotAllowedError("这里没有界面部分，走不了演示", "没有写出文件", "用安装好的 paizhu 运行")


def main(argv: Sequence[str] | None = None, tour: Tour = no_tour) -> int:
    """Run one command and return its exit status; an unforeseen fault is logged without contents.

    ``tour`` is the one command that shows windows, which the command line itself knows nothing of.
    """
    output.prepare()
    try:
        return _run(argv, tour)
    finally:
        output.finish()


def _run(argv: Sequence[str] | None, tour: Tour) -> int:
    try:
        given = parser(tour).parse_args(argv)
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
    except Exception as error:
        lines = logs.fault(type(error), error, error.__traceback__)
        output.tell(f"程序出了错，没有保存。错误记录在 {logs.file()}（不含台账内容）：\n{lines}")
        return Status.FAULT


def parser(tour: Tour = no_tour) -> Parser:
    """Return the parser of every command."""
    made = Parser(prog="paizhu", description="派驻监督工作台的命令行", epilog=_ALONE, add_help=False)
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
    shown = command(
        every,
        "tour",
        lambda given: tour(given.outdir, output.say),
        does="不开窗口走一遍主要工作：建示例数据、导入旧台账、填报表、打文书、给每个界面拍图，最后列出清单",
        example="paizhu tour 示例输出",
    )
    shown.add_argument("outdir", metavar="OUTDIR", type=Path, help="放结果的文件夹，没有就新建")
    return made
