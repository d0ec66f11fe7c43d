"""What the red button of an import says, and why it waits."""

import pytest

from paizhu.services.importing.facts import Tally
from paizhu.ui.wizards.import_bars import STEPS
from paizhu.ui.wizards.import_next import ImportStep, next_of
from paizhu.ui.wizards.import_side import parts, parts_after

NONE = Tally(0, 0, 0, 0, 0, 0)
SOME = Tally(ready=1200, look=34, same=5, doubtful=1, refused=2, skipped=0)


@pytest.mark.parametrize(
    ("step", "known", "words", "reason"),
    [
        (ImportStep.FILES, True, "下一步：识别表头", ""),
        (ImportStep.FILES, False, "下一步：识别表头", "先选择要导入的文件"),
        (ImportStep.HEADER, True, "下一步：对应字段", ""),
        (ImportStep.HEADER, False, "下一步：对应字段", "先选择台账，并指定表头所在的行"),
        (ImportStep.MAPPING, True, "下一步：核对问题", ""),
        (ImportStep.CHECK, True, "导入 1,234 行", ""),
    ],
)
def test_each_step_tells_what_comes_next_and_why_it_waits(
    step: ImportStep, known: bool, words: str, reason: str
) -> None:
    made = next_of(step, SOME, files=known, pointed=known, whole=False)
    assert (made.words, made.reason) == (words, reason)


def test_rows_that_stay_out_are_told_beside_the_button_once_rows_are_read() -> None:
    said = "须先改正的 2 行不导入，可导出后再补"
    notes = [next_of(step, SOME, files=True, pointed=True, whole=False).note for step in list(ImportStep)[:4]]
    assert notes == ["", "", said, said]
    pasted = next_of(ImportStep.CHECK, SOME, files=True, pointed=True, whole=False, pasted=True).note
    assert pasted == "须先改正的 2 行不导入，要导入的先在下面改正", "what was pasted has no file to go back to"


def test_an_import_without_rows_or_only_as_a_whole_waits() -> None:
    assert next_of(ImportStep.CHECK, NONE, files=True, pointed=True, whole=True).reason == "没有要导入的行"
    held = next_of(ImportStep.CHECK, SOME, files=True, pointed=True, whole=True)
    assert held.reason == "有行没有通过，按您的选择整批先不导入"
    clean = Tally(3, 0, 0, 0, 0, 0)
    assert next_of(ImportStep.CHECK, clean, files=True, pointed=True, whole=True).reason == ""


def test_every_step_has_its_words_in_the_stepper() -> None:
    assert len(STEPS) == len(ImportStep)


def test_what_was_skipped_is_told_as_done_once_it_is() -> None:
    before, after = [[mark.words for mark, _count in told] for told in (parts(SOME), parts_after(1200, 0, SOME))]
    assert "疑似重复，将跳过" in before
    assert "疑似重复，已跳过" in after
    assert not [words for words in after if "将" in words]
