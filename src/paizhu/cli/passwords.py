"""Where a password comes from: a file, the environment, or the prompt; never an argument, which others could read."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass
from pathlib import Path

from paizhu.base.errors import PaizhuError
from paizhu.cli import piped

VARIABLE = "PAIZHU_PASSWORD"
NEW_VARIABLE = "PAIZHU_NEW_PASSWORD"


def add(parser: ArgumentParser) -> None:
    """Give a command the option that names a file with the password."""
    parser.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help=f"口令所在的文件（只读第一行）；也可用环境变量 {VARIABLE}，都没有时当场询问",
    )


def password(given: Namespace, words: str = "口令：") -> str:
    """Return the password of the vault."""
    return kept(given) or ask(words)


def kept(given: Namespace) -> str:
    """Return the password from file or environment; empty when there is none."""
    if given.password_file:
        return from_file(given.password_file)
    return piped.variable(VARIABLE)


def new_password(given: Namespace, words: str = "新口令：") -> str:
    """Return a new password from its file or the environment, else asked twice."""
    if given.new_password_file:
        return from_file(given.new_password_file)
    return piped.variable(NEW_VARIABLE) or ask_twice(words)


def from_file(path: Path) -> str:
    """Return the first line of a file; refused when it cannot be read or holds nothing."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PaizhuError(f"读不到口令文件“{path.name}”", "没有改动", "核对位置和编码（UTF-8）后再试") from error
    if not lines or not lines[0]:
        raise PaizhuError(f"口令文件“{path.name}”的第一行是空的", "没有改动")
    return lines[0]


def ask(words: str) -> str:
    """Ask at the terminal without showing what is typed; in a pipe the next line is taken."""
    try:
        typed = _answer(words)
    except UnicodeDecodeError as error:
        raise PaizhuError("送来的口令不是 UTF-8 编码", "没有改动", "换成 UTF-8，或用 --password-file") from error
    if not typed:
        raise PaizhuError("没有输入口令", "没有改动")
    return typed


def ask_twice(words: str) -> str:
    """Ask for a new password twice; from a pipe one line is enough."""
    first = ask(words)
    again = _answer("再输一遍：")
    if first != again and (again or not piped.is_piped()):
        raise PaizhuError("两遍口令不一致", "没有改动", "重新输入")
    return first


def _answer(words: str) -> str:
    return piped.line() if piped.is_piped() else getpass(words, stream=sys.stderr)
