"""The last page of a 会前审查意见书: whoever signs sees above his name what he signs."""

from dataclasses import replace
from pathlib import Path

import pytest

from paizhu.base.rows import Row
from paizhu.documents.papers.review import review_opinion
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.writing import write
from tests.unit.documents import pdf_reading as seen
from tests.unit.documents.pdf_reading import STAMP

OURS = FontBook(())
SENTENCE = "示例意见：补充不少于三家供应商的报价材料后再上会。"


def pages(path: Path, item: Row, suggestions: list[Row]) -> list[str]:
    write(path, review_opinion(item, {**seen.REVIEW_ROWS, "suggestion": suggestions}, STAMP), book=OURS)
    return [seen.text_of(path, page=at + 1) for at in range(seen.page_count(path))]


def assert_signed_below_words(told: list[str]) -> None:
    assert [at for at, page in enumerate(told) if "审签人" in page] == [len(told) - 1]
    last = told[-1]
    assert all(words in last for words in ("单位签收", "不替代集体决策"))
    assert "示例意见" in last or "再上会" in last


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 17, 18, 19, 20, 21, 34])
def test_the_last_point_stands_on_the_page_of_the_signatures(tmp_path: Path, count: int) -> None:
    (one,) = seen.REVIEW_ROWS["suggestion"]
    points = [replace(one, id=at, values={**one.values, "words": SENTENCE}) for at in range(1, count + 1)]
    told = pages(tmp_path / "意见.pdf", seen.REVIEW_ITEM, points)
    assert_signed_below_words(told)
    assert f"{count}.示例意见" in told[-1]


@pytest.mark.parametrize("times", [1, 12, 16, 20, 40, 58, 60, 62, 64, 100])
def test_the_end_of_a_long_opinion_stands_there_too(tmp_path: Path, times: int) -> None:
    item = replace(seen.REVIEW_ITEM, values={**seen.REVIEW_ITEM.values, "opinion_text": SENTENCE * times})
    told = pages(tmp_path / "意见.pdf", item, [])
    assert_signed_below_words(told)
    # Nothing is lost or told twice where the text was cut.
    assert "".join(told).count("三家供应商") >= times - len(told)
