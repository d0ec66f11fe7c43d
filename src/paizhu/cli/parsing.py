"""Words of the command line: every command explained in Chinese with an example."""

import argparse
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

_NOT_WHOLE = re.compile(r"invalid int value: '(.*)'")
Run = Callable[[Namespace], int]
Commands = Any
"""What ``add_subparsers`` returns; argparse keeps its type to itself."""


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Lays out help as it is written here, with the first words in Chinese too."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Say how the command is called."""
        super().add_usage(usage, actions, groups, prefix if prefix is not None else "用法：")


class Parser(ArgumentParser):
    """A parser that says in Chinese what is wrong; its status for wrong usage is 2."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": Formatter, **given})

    def error(self, message: str) -> NoReturn:
        """Tell how the command is called and leave."""
        self.print_usage()
        self.exit(2, f"{_translated(message)}\n用 {self.prog} --help 看说明。\n")

    def print_usage(self, file: Any = None) -> None:
        """Write how the command is called to standard error, which scripts do not read."""
        super().print_usage(file or sys.stderr)


def command(commands: Commands, name: str, run: Run, *, does: str, example: str) -> Parser:
    """Add one command: what it does in a sentence, and an example."""
    parser: Parser = commands.add_parser(
        name,
        help=does,
        description=does,
        epilog=f"例：\n  {example}",
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    parser.set_defaults(run=run)
    in_chinese(parser)
    return parser


def vault(parser: ArgumentParser) -> None:
    """Give a command its vault and the ways to its password."""
    from paizhu.cli import passwords

    parser.add_argument("vault", metavar="VAULT", type=Path, help="工作台的数据文件夹，名字以 .paizhu 结尾")
    passwords.add(parser)


def as_json(parser: ArgumentParser) -> None:
    """Give a command the option to answer in JSON."""
    parser.add_argument("--json", action="store_true", help="只在标准输出上给出一份 JSON")


def commands(parser: ArgumentParser, title: str) -> Commands:
    """Give a parser a family of commands."""
    in_chinese(parser)
    return parser.add_subparsers(title=title, metavar="COMMAND", required=True, parser_class=Parser)


def in_chinese(parser: ArgumentParser) -> None:
    """Give the groups of a parser's help their Chinese titles."""
    parser._positionals.title = "参数"
    parser._optionals.title = "选项"


def _translated(message: str) -> str:
    message = _NOT_WHOLE.sub(r"要写一个整数，现在是“\1”", message)
    for english, chinese in (
        ("the following arguments are required: ", "还缺少："),
        ("unrecognized arguments: ", "不认识："),
        ("expected one argument", "后面要写一个值"),
        ("expected at least one argument", "后面至少写一个值"),
        ("argument ", ""),
        ("invalid choice: ", "没有这个选择："),
        ("choose from ", "可用的有 "),
    ):
        message = message.replace(english, chinese)
    return message
