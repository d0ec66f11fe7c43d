"""Points, papers and phrases of this office: changed with a reason, put aside, added, put back, never lost to items."""

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.services.office import Office
from paizhu.services.reviews import lists as review_lists
from paizhu.services.reviews.agenda_reading import AgendaReading
from paizhu.services.reviews.lists import Kind, ReviewLists
from paizhu.services.reviews.reviewing import Reviewing

REVIEW = registers.register("review_item")


@pytest.fixture
def lists(office: Office) -> ReviewLists:
    return ReviewLists(office.desk)


def item(office: Office, category: str = "fund") -> int:
    typed = {"title": "购置示例设备", "category": category, "submitted_at": "2026-03-10"}
    return office.records.save(REVIEW, typed).records[0][1]


def words_of(office: Office, review: int) -> list[str]:
    Reviewing(office.desk).prepare(review)
    return [point.words for point in Reviewing(office.desk).points(review)]


def test_a_changed_point_stands_in_new_items_and_old_ones_keep_theirs(office: Office, lists: ReviewLists) -> None:
    before = item(office)
    old = words_of(office, before)
    done = lists.change("LF-01", "金额与本单位大额标准相符", "fund", "示办〔2026〕3号", "按本单位制度细化")
    line = lists.line("LF-01")
    assert (line.changed, line.confidence, line.shipped_words in old) == (True, "custom", True)
    assert "金额与本单位大额标准相符" in words_of(office, item(office))
    assert words_of(office, before) == old
    lists.take_back(done)
    assert lists.line("LF-01").words in old


def test_a_point_put_aside_is_not_asked_again_and_keeps_its_basis_where_it_was(
    office: Office, lists: ReviewLists
) -> None:
    before = item(office)
    words_of(office, before)
    basis = {point.code: point.basis for point in Reviewing(office.desk).points(before)}
    lists.put_aside("CK-06", "本单位会前不要求书面酝酿记录")
    assert "CK-06" not in {point.code for point in review_lists.in_force(office.vault).points}
    assert {point.code: point.basis for point in Reviewing(office.desk).points(before)} == basis
    assert basis["CK-06"]
    lists.take_up("CK-06")
    assert "CK-06" in {point.code for point in review_lists.in_force(office.vault).points}


def test_own_points_and_papers_join_their_category(office: Office, lists: ReviewLists) -> None:
    lists.add(Kind.POINT, "已征求工会意见", "decision", reason="本单位制度要求")
    lists.add(Kind.PAPER, "工会意见", "decision", reason="本单位制度要求")
    review = item(office, "decision")
    assert words_of(office, review)[-1] == "已征求工会意见"
    assert "工会意见" in [paper.name for paper in Reviewing(office.desk).papers(review)]
    assert "已征求工会意见" not in words_of(office, item(office, "fund"))
    # A changed category takes what was not answered along with the rest of the former list.
    Reviewing(office.desk).set_category(review, "fund")
    assert "已征求工会意见" not in [point.words for point in Reviewing(office.desk).points(review)]
    assert "工会意见" not in [paper.name for paper in Reviewing(office.desk).papers(review)]


def test_an_agenda_brings_the_lists_of_this_office_along(office: Office, lists: ReviewLists) -> None:
    lists.add(Kind.POINT, "已征求工会意见", "fund", reason="本单位制度要求")
    reading = AgendaReading(office.desk)
    items = reading.plan("1. 大额资金使用：购置示例设备 80 万元")
    change = reading.apply({"name": "示例会议", "held_at": "2026-03-20"}, items)
    review = next(number for register, number in change.records if register == "review_item")
    assert "已征求工会意见" in [point.words for point in Reviewing(office.desk).points(review)]


def test_phrases_are_added_and_put_aside(office: Office, lists: ReviewLists) -> None:
    lists.add(Kind.PHRASE, "请补充示例说明。", reason="常用")
    first = review_lists.phrases(office.vault)[0]
    lists.put_aside(first.code, "不再使用")
    words = [line.words for line in review_lists.phrases(office.vault)]
    assert words[-1] == "请补充示例说明。"
    assert first.words not in words


@pytest.mark.parametrize(
    ("words", "reason", "expected"),
    [("", "有理由", "内容"), ("已征求工会意见", "", "理由"), ("已列入年度预算　", "有理由", "")],
)
def test_a_line_without_words_or_reason_is_refused(lists: ReviewLists, words: str, reason: str, expected: str) -> None:
    if not expected:
        lists.add(Kind.POINT, words, "fund", reason=reason)
        with pytest.raises(InvalidRecordError, match="已经有"):
            lists.add(Kind.POINT, "已列入年度预算", "fund", reason=reason)
        return
    with pytest.raises(InvalidRecordError, match=expected):
        lists.add(Kind.POINT, words, "fund", reason=reason)


def test_every_change_is_on_record_and_survives_a_restart(office: Office, lists: ReviewLists) -> None:
    lists.add(Kind.PHRASE, "请补充示例说明。", reason="常用")
    lists.change("CK-01", "属于清单事项", "", "", "写短一些")
    assert [entry.kind for entry in office.history.entries()[:2]] == ["rule", "rule"]
    assert office.history.verify() == []
    again = Office(office.vault)
    assert ReviewLists(again.desk).line("CK-01").words == "属于清单事项"
    ReviewLists(again.desk).put_back("CK-01")
    assert not lists.line("CK-01").changed
    with pytest.raises(InvalidRecordError, match="没有内置的写法"):
        lists.put_back("OWN-1")
