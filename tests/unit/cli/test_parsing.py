"""The words of the command line itself: Chinese from the first to the last, with an example of every command."""

import argparse
from collections.abc import Iterator

import pytest

from paizhu.cli import main
from paizhu.cli.entry import parser


def commands(of: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """Yield a parser and all below it."""
    yield of
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from commands(each)


EVERY = list(commands(parser()))


@pytest.mark.parametrize("each", EVERY, ids=[each.prog for each in EVERY])
def test_help_is_chinese(each: argparse.ArgumentParser) -> None:
    words = each.format_help()
    assert words.startswith(f"用法：{each.prog}")
    for english in ("usage", "options:", "positional", "optional", "show this help"):
        assert english not in words
    if not any(isinstance(action, argparse._SubParsersAction) for action in each._actions):
        assert f"例：\n  {'echo' if 'echo' in words else 'paizhu'}" in words


def test_wrong_usage_is_told_in_chinese_with_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("用法：paizhu list")
    assert "还缺少：VAULT, REGISTER" in said.err
