"""Global search over a real vault: any Chinese word, pinyin of names, never what is protected."""

import pytest

from paizhu import registers
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")
PERSON = registers.register("person")


@pytest.fixture
def talk(office: Office) -> int:
    typed = {"subject": "单秀兰", "planned_date": "2026-03-05", "record": "指出深基坑专项检查中整改督办不力的问题"}
    return office.records.save(TALK, typed).records[0][1]


@pytest.mark.parametrize(
    "words", ["坑", "深基", "改督", "专项检查中整改", "秀", "单秀兰", "谈〔2026〕001", "深基坑 督办"]
)
def test_a_word_of_any_length_is_found_in_the_middle(office: Office, talk: int, words: str) -> None:
    assert [(hit.register, hit.id) for hit in office.search.find(words)] == [("integrity_talk", talk)]


@pytest.mark.parametrize("typed", ["shanxiulan", "sxl", "shanx"])
def test_a_name_is_found_by_pinyin_with_the_surname_read_right(office: Office, talk: int, typed: str) -> None:
    assert [hit.id for hit in office.search.find(typed)] == [talk]


def test_the_place_is_told_with_the_words_around_it(office: Office, talk: int) -> None:
    (found,) = office.search.find("督办")
    assert (found.field, found.title) == ("record", "单秀兰")
    assert "整改督办不力" in found.snippet


def test_a_voided_record_is_not_found_and_comes_back_with_undo(office: Office, talk: int) -> None:
    office.records.void(TALK, [talk], "重复登记")
    assert office.search.find("深基坑") == []
    office.history.undo(office.history.entries()[0].id)
    assert len(office.search.find("深基坑")) == 1


def test_what_was_changed_is_found_by_its_new_words_only(office: Office, talk: int) -> None:
    office.records.save(TALK, {"record": "谈了公务接待"}, talk)
    assert office.search.find("深基坑") == []
    assert [hit.id for hit in office.search.find("公务接待")] == [talk]


def test_names_come_before_mentions(office: Office, talk: int) -> None:
    person = office.records.save(PERSON, {"name": "周督办"}).records[0][1]
    assert [(hit.register, hit.id) for hit in office.search.find("督办")] == [
        ("person", person),
        ("integrity_talk", talk),
    ]


def test_the_index_can_be_made_anew(office: Office, talk: int) -> None:
    assert office.search.rebuild() == 1
    assert [hit.id for hit in office.search.find("sxl")] == [talk]


@pytest.mark.parametrize("typed", ['"', "*", "AND", "(", "NEAR(", "。", " "])
def test_signs_of_the_query_language_do_no_harm(office: Office, talk: int, typed: str) -> None:
    assert office.search.find(typed) == []


def test_each_register_is_counted_in_full_however_few_are_shown(office: Office) -> None:
    duty = registers.register("duty_item")
    for at in range(12):
        office.records.save(
            TALK, {"subject": "示例甲", "planned_date": f"2026-03-{at + 1:02d}", "reason_note": "三楼会议室"}
        )
    office.records.save(duty, {"subject": "示例局", "content": "布置三楼会议室"})
    groups = {group.register: group for group in office.search.by_register("三楼", 8)}
    assert {key: (group.total, len(group.found), group.rest) for key, group in groups.items()} == {
        "duty_item": (1, 1, 0),
        "integrity_talk": (12, 8, 4),
    }
    whole = office.search.in_register("三楼", "integrity_talk", 100)
    assert (whole.total, len(whole.found)) == (12, 12)
    assert office.search.in_register("没有", "integrity_talk", 100).total == 0
    assert office.search.by_register("   ") == []


@pytest.mark.parametrize("words", ["三", "三楼", "楼会议", "议室"])
def test_one_two_and_more_characters_are_found_in_the_middle_of_words(office: Office, words: str) -> None:
    office.records.save(TALK, {"subject": "示例甲", "planned_date": "2026-03-01", "reason_note": "三楼会议室"})
    (group,) = office.search.by_register(words)
    assert (group.register, group.total) == ("integrity_talk", 1)
