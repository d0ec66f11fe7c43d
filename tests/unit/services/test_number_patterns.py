"""Patterns of numbers as the office sets them: previewed, kept from the next number on, undone, never given twice."""

from typing import Any

import pytest

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.services.number_gaps import NumberGaps
from paizhu.services.office import Office
from paizhu.services.own_rules.number_patterns import NumberPatterns, meant, shown

TALK = registers.register("integrity_talk")


def talk(office: Office, **more: Any) -> str:
    made = office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-02", **more}).records[0][1]
    return office.records.get(TALK, made).no


@pytest.mark.parametrize("words", ["谈〔{年}〕{号3}", "{年}年第{号}号", "驻住纪谈{号8}"])
def test_a_pattern_reads_as_it_is_written(words: str) -> None:
    assert shown(meant(words)) == words


def test_a_new_pattern_holds_from_the_next_number_and_goes_back(office: Office) -> None:
    patterns = NumberPatterns(office.desk)
    assert talk(office) == "谈〔2026〕001"
    assert patterns.preview("integrity_talk", meant("驻住谈〔{年}〕{号}号")) == ("驻住谈〔2026〕2号", "")
    change = patterns.set("integrity_talk", meant("驻住谈〔{年}〕{号}号"), "机关文号规定")
    assert talk(office) == "驻住谈〔2026〕2号"
    # What was written by the old pattern is no gap of the new one.
    assert [series.gaps for series in NumberGaps(office.desk).of(TALK)] == [()]
    office.history.undo(change.entry)
    assert talk(office) == "谈〔2026〕003"
    assert office.history.verify() == []


@pytest.mark.parametrize(
    ("pattern", "reason", "words"),
    [
        ("谈〔{年}〕", "理由", "格式里要有一个"),
        ("谈〔{年}〕{号}{号}", "理由", "格式里要有一个"),
        ("会〔{年}〕{号3}", "理由", "和“会议编号”的格式一样"),
        ("谈话〔{年}〕{号}", " ", "请写明改动理由"),
    ],
)
def test_what_gives_no_number_is_refused_in_words(office: Office, pattern: str, reason: str, words: str) -> None:
    with pytest.raises(InvalidRecordError, match=words):
        NumberPatterns(office.desk).set("integrity_talk", meant(pattern), reason)
    assert office.desk.own_patterns == {}


def test_letters_have_a_series_for_each_kind(office: Office) -> None:
    lines = {line.code: line for line in NumberPatterns(office.desk).lines()}
    assert lines["proposal_reminder"].label == "工作提醒函文号"
    assert lines["proposal_reminder"].next == "纪提〔2026〕1号"
    NumberPatterns(office.desk).set("proposal_reminder", meant("驻住纪提〔{年}〕{号}号"), "本组代字")
    assert office.desk.patterns["proposal_reminder"] == "驻住纪提〔{year}〕{n}号"
    back = NumberPatterns(office.desk).put_back("proposal_reminder")
    assert office.history.entries()[0].id == back.entry
    assert office.desk.patterns["proposal_reminder"] == "纪提〔{year}〕{n}号"
