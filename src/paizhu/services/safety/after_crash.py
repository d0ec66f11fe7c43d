"""What is said after a sitting that did not end well: the power went, or the program was killed."""

from pathlib import Path

from paizhu.storage.hold import Holder


def words(holder: Holder | None, damaged: Path | None) -> str:
    """Return what opening found, in sentences: who had the vault last, and the piece of the log that did not hold."""
    when = f"（{holder.since:%m-%d %H:%M} 打开的那一次）" if holder else ""
    if damaged is None:
        return f"上次没有正常关闭{when}，已自动接上，保存过的内容都在。"
    return (
        f"上次没有正常关闭{when}，那一次最后写入的一段已损坏，没有接上；在它以前保存的内容都在，备份没有受影响。"
        f"请看“最近操作”里最后一条是什么，后面的请重新登记。损坏的那一段另存为 {damaged.name}。"
    )
