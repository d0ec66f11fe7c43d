"""Where an import stands: its five steps, and what the red button does at each."""

from enum import IntEnum
from typing import NamedTuple

from paizhu.services.importing.facts import Tally


class ImportStep(IntEnum):
    """The steps in their order, as the stepper shows them."""

    FILES = 0
    HEADER = 1
    MAPPING = 2
    CHECK = 3
    DONE = 4


class Next(NamedTuple):
    """What the red button does, a word beside it, and why it cannot be pressed now."""

    words: str
    note: str = ""
    reason: str = ""


def next_of(step: ImportStep, tally: Tally, *, files: bool, pointed: bool, whole: bool, pasted: bool = False) -> Next:
    """Return what comes next of an import under way.

    ``files`` tells that some are chosen, ``pointed`` that register and header are known, ``whole`` that it is to go in
    only as a whole, ``pasted`` that there is no file to go back to.
    """
    later = "，要导入的先在下面改正" if pasted else "，可导出后再补"
    note = f"须先改正的 {tally.refused} 行不导入{later}" if tally.refused else ""
    match step:
        case ImportStep.FILES:
            return Next("下一步：识别表头", reason="" if files else "先选择要导入的文件")
        case ImportStep.HEADER:
            return Next("下一步：对应字段", reason="" if pointed else "先选择台账，并指定表头所在的行")
        case ImportStep.MAPPING:
            return Next("下一步：核对问题", note)
    goes_in = tally.ready + tally.look
    reason = "" if goes_in else "没有要导入的行"
    if goes_in and whole and tally.refused + tally.doubtful:
        reason = "有行没有通过，按您的选择整批先不导入"
    return Next(f"导入 {goes_in:,} 行", note, reason)
