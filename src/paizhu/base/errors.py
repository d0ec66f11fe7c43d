"""Refusals: what the officer is told, in words, when something cannot be done.

Everything that is not one of these is a fault of the program and is logged as such.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paizhu.base.rows import Problem


class PaizhuError(Exception):
    """A refusal shown as it stands: what happened, what was kept, what to do."""

    def __init__(self, happened: str, kept: str = "", todo: str = "") -> None:
        self.happened = happened
        self.kept = kept
        self.todo = todo
        super().__init__(
            "".join(part if part.endswith("。") else part + "。" for part in (happened, kept, todo) if part)
        )


class InvalidRecordError(PaizhuError):
    """Typed values cannot be saved; every problem names its field."""

    def __init__(self, problems: "Sequence[Problem]") -> None:
        self.problems = tuple(problems)
        words = "；".join(problem.message.rstrip("。") for problem in self.problems)
        super().__init__(words, "填写的内容都还在", "改正后再保存")


class StaleRecordError(PaizhuError):
    """The record was changed since it was read; nothing was stored."""


class StepRefusedError(PaizhuError):
    """A step of a course is not allowed now; the words say what is missing and why.

    ``then`` is what to do about it where nothing can be filled in: another step, or another way.
    """

    def __init__(self, happened: str, objections: "Sequence[Problem]" = (), then: str = "补上后再办这一步") -> None:
        self.problems = tuple(objections)
        missing = "；".join(_together([problem.message.rstrip("。") for problem in self.problems]))
        super().__init__(f"{happened}：{missing}" if missing else happened, "记录没有改动", then)


EMPTY = "还没有填写"
"""How the words of a field end that is merely empty; several of them are told in one breath."""


def _together(words: "Sequence[str]") -> list[str]:
    bare = [each.removesuffix(EMPTY) for each in words if each.startswith("“") and each.endswith(f"”{EMPTY}")]
    rest = [each for each in words if each.removesuffix(EMPTY) not in bare]
    return [f"{''.join(bare)}{EMPTY}", *rest] if bare else rest


class NotFoundError(PaizhuError):
    """A record, register or paper that was named does not exist."""


class WrongPasswordError(PaizhuError):
    """The password or recovery code opens no key slot."""


class VaultDamagedError(PaizhuError):
    """Data on disk is damaged or was not written by this program."""


class ChainBrokenError(VaultDamagedError):
    """The journal does not fit its chain any more: nothing may be changed until that is settled."""


class VaultBusyError(PaizhuError):
    """Another window holds the vault."""


class StillWritingError(PaizhuError):
    """An act of many records is being written on another thread; the window does not wait for it."""

    def __init__(self, label: str) -> None:
        super().__init__(f"这一步没有做：“{label}”还没有写完", "数据没有改动，填写的内容都还在", "等它写完再做一次")


class NotAllowedError(PaizhuError):
    """Forbidden by class, rule or state, whatever the values."""


class NoEntryError(NotAllowedError):
    """The account at the machine may not see what is in a folder, which says nothing about what it is."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"这个电脑账户没有权限打开“{name}”", "里面的文件没有动", "换成建立它的账户登录，或请管理员放开权限"
        )


class SettledError(NotAllowedError):
    """The record is settled and no reason for correcting it was written."""


class CancelledError(PaizhuError):
    """The officer cancelled long work; everything is as before."""

    def __init__(self) -> None:
        super().__init__("已按您的要求停下", "数据和原来一样")
