"""Finding a record by its number, as it is written there and as it is typed, without reading all numbers there are."""

import pytest

from paizhu import registers
from paizhu.base.text import folded
from paizhu.services import linking
from paizhu.services.linking import Roster
from paizhu.services.office import Office
from tests.make import least

TALK, UNIT = registers.register("integrity_talk"), registers.register("unit")
WRITTEN = (
    *(
        "谈〔2026〕12",
        "谈【2026】 12",
        "谈[2026]１２",
        "谈〔2026〕1 2",
        "谈〔2026〕112",
        "谈〔2026〕1\u200b2",
        "谈〔2026〕2",
    ),
    *(
        "谈〔二〇二六〕二",
        "甲字",
        "甲 字",
        "甲字①",
        "甲字1",
        "A-7",
        "a–7",
        "Ａ-７",
        "12",
        "谈`5",
        "谈'5",
        "㈱5",
        "(株)5",
    ),
)


@pytest.fixture
def written(office: Office) -> dict[str, list[tuple[int, str]]]:
    """Every number by how it is compared, with the records that carry it."""
    found: dict[str, list[tuple[int, str]]] = {}
    with office.vault.act("save", "示例") as act:
        for number in WRITTEN:
            record = act.create(TALK, {**least(TALK), "state": "planned", "no": number})
            found.setdefault(folded(number), []).append((record, number))
        gone = act.create(TALK, {**least(TALK), "state": "planned", "no": "谈〔2026〕12"})
    office.records.void(TALK, [gone], "重复登记")
    return found


@pytest.mark.parametrize("words", [*WRITTEN, "谈（2026）12", "没有这个号", "", " ", "99"])
def test_a_number_is_found_however_it_is_written(
    office: Office, written: dict[str, list[tuple[int, str]]], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_self: Roster, _register: str) -> None:
        raise AssertionError("read all numbers")

    monkeypatch.setattr(Roster, "_names", refused)
    assert sorted(Roster(office.vault).matches(TALK.key, words)) == written.get(folded(words), [])


def test_who_asks_for_many_reads_all_once_and_finds_the_same(
    office: Office, written: dict[str, list[tuple[int, str]]]
) -> None:
    roster = Roster(office.vault)
    for words in (*WRITTEN, *WRITTEN):
        assert sorted(roster.matches(TALK.key, words)) == written[folded(words)]
    assert TALK.key in roster._known


def test_a_record_made_during_the_work_is_found_after_its_number_was_asked_for(office: Office) -> None:
    roster = Roster(office.vault)
    assert roster.matches(TALK.key, "谈〔2026〕30") == []
    roster.add(TALK.key, 30, "谈〔2026〕30")
    assert roster.matches(TALK.key, "谈[2026]30") == [(30, "谈〔2026〕30")]


def test_a_number_is_looked_up_once_until_something_is_written(
    office: Office, written: dict[str, list[tuple[int, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    look = Roster._looked_up

    def noted(self: Roster, register: str, key: str) -> list[tuple[int, str]]:
        looked.append(key)
        return look(self, register, key)

    monkeypatch.setattr(Roster, "_looked_up", noted)
    for _ in range(3):
        assert Roster(office.vault).matches(TALK.key, "谈〔2026〕2") == written[folded("谈〔2026〕2")]
    assert len(looked) == 1
    with office.vault.act("save", "示例") as act:
        another = act.create(TALK, {**least(TALK), "state": "planned", "no": "谈[2026]2"})
    assert another in [record for record, _number in Roster(office.vault).matches(TALK.key, "谈〔2026〕2")]


@pytest.mark.parametrize("words", ["罗示例", " 罗 示例 ", "罗示　例"])
def test_a_name_is_found_without_reading_all_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    person = registers.register("person")
    for name in ("罗示例", "罗 示例", "罗示", "陈示例"):
        office.records.save(person, {"name": name})
    with monkeypatch.context() as patched:
        patched.setattr(Roster, "_names", lambda *_: pytest.fail("all names were read"))
        found = Roster(office.vault).matches("person", words)
    whole = Roster(office.vault)
    assert whole.any("person")
    assert sorted(found) == sorted(whole.matches("person", words))
    assert len(found) == 2


@pytest.mark.parametrize("words", ["示例一中心", "一中心", "ABC", "ＡＢＣ"])
def test_of_a_large_roster_only_names_as_long_are_compared(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    with office.vault.act("import", "示例") as act:
        for at in range(300):
            act.create(UNIT, {"name": f"示例一中心第{at}分中心ABC", "short_name": f"一中心{at}"})
        act.create(UNIT, {"name": "示例一中心", "short_name": "一中心"})
        act.create(UNIT, {"name": "示例研究所", "short_name": "A B C"})
    compared: list[str] = []

    def noted(name: str) -> str:
        compared.append(name)
        return folded(name)

    monkeypatch.setattr(linking, "folded", noted)
    assert len(Roster(office.vault).matches("unit", words)) == 1
    assert len(compared) < 10, "all of them have the letters"


def test_names_in_a_text_are_sought_only_where_one_begins(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("罗示例", "ＡＢ示例公司"):
        office.records.save(registers.register("supplier"), {"name": name})
    roster, text = Roster(office.vault), "关于任用罗示例和选用AB示例公司的议题"
    asked: list[str] = []
    matches = roster.matches

    def listen(register: str, words: str) -> list[tuple[int, str]]:
        asked.append(words)
        return matches(register, words)

    monkeypatch.setattr(roster, "matches", listen)
    assert [text[start:end] for start, end, _found in roster.named_in("supplier", text)] == ["罗示例", "AB示例公司"]
    assert {words[0] for words in asked} == {"罗", "A"}
