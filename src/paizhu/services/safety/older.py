"""What is said of a vault whose chain does not hold the act that this machine saw last."""

from dataclasses import dataclass
from datetime import datetime

ACCEPT = "我知道，继续"
"""The words of the button, which the sentence about it quotes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A vault as it stood when this machine had it open last: where, and the newest link of its chain."""

    place: str
    entry: int
    link: str
    at: str


@dataclass(frozen=True, slots=True)
class Older:
    """A vault whose chain does not hold the act this machine saw last; what is said of it, in sentences."""

    seen: Seen
    last: int
    """Number of the newest act it has."""
    last_at: str

    @property
    def fewer(self) -> int:
        """How many acts it has less than were seen; 0 when it has as many or more, but other ones."""
        return max(self.seen.entry - self.last, 0)

    @property
    def headline(self) -> str:
        """What it is, in a few words."""
        return "打开的库比本机上次见到的旧" if self.fewer else "打开的库不是本机上次见到的那一份"

    @property
    def happened(self) -> str:
        """When this machine saw it last, and what is missing."""
        seen = f"本机上次（{_moment(self.seen.at)}）见到本库时留痕有 {self.seen.entry:,} 次操作"
        newest = f"，最后一次在 {_moment(self.last_at)}" if self.last_at else ""
        if self.fewer:
            return f"{seen}，现在只有 {self.last:,} 次，少 {self.fewer:,} 次{newest}。"
        return f"{seen}，其中最后的操作不在现在这一份里；这一份有 {self.last:,} 次{newest}，是另外记下去的。"

    @property
    def kept(self) -> str:
        """What was left as it is."""
        return "现在这一份里的数据没有动。整个文件夹可能被同步软件、U 盘里的旧文件夹换掉了。"

    @property
    def todo(self) -> str:
        """What can be done."""
        return (
            "先不要登记。找得到较新的文件夹就换回来；找不到，从较新的备份恢复，或与备份比对看差在哪里。"
            f"确实要用现在这一份，在窗口上方按“{ACCEPT}”，会记入留痕。"
        )

    @property
    def words(self) -> str:
        """All of it, for whoever has no window."""
        return f"{self.headline}。{self.happened}{self.kept}{self.todo}"

    @property
    def accepted(self) -> str:
        """What the journal says when it shall be used all the same."""
        how = f"少 {self.fewer:,} 次操作" if self.fewer else "留痕接不上"
        return f"沿用现在这一份库：与本机 {_moment(self.seen.at)} 见到的相比{how}"


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}"
