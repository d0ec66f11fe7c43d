"""A line that asks while one types finds the same organisations as an import that reads the whole roster."""

import pytest

from paizhu import registers
from paizhu.rules.alike import same_organisation
from paizhu.services import organisations
from paizhu.services.linking import Roster
from paizhu.services.office import Office

SUPPLIER = registers.register("supplier")
NAMES = (
    "某市示例建设有限公司",
    "示例（某市）建设有限责任公司",
    "示例建设集团",
    "ＡＢ示例科技有限公司",
    "某县示例建设",
    "别的公司",
    "示例街道（示例）建设股份有限公司",
    "示例建设工程有限公司",
    "第①示例建设工程有限公司",
    "某市某区示例·ａ1 设备 厂",
    "ABC公司",
)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("示例建设", {"某市示例建设有限公司", "某县示例建设", "示例街道（示例）建设股份有限公司"}),
        ("示例街道示例建设", {"示例街道（示例）建设股份有限公司"}),
        ("某市示例建设工程", {"示例建设工程有限公司"}),
        ("第1示例建设工程", {"第①示例建设工程有限公司"}),
        ("示例A1设备厂", {"某市某区示例·ａ1 设备 厂"}),
        ("Ａｂｃ有限公司", {"ABC公司"}),
        ("某市示例建设", {"某市示例建设有限公司"}),
        ("示例(某市)建设有限公司", {"示例（某市）建设有限责任公司"}),
        ("AB示例科技", {"ＡＢ示例科技有限公司"}),
        ("无此公司", set()),
        ("", set()),
    ],
)
def test_the_same_as_the_whole_roster_finds(office: Office, words: str, found: set[str]) -> None:
    for name in NAMES:
        office.records.save(SUPPLIER, {"name": name})
    told = organisations.alike(office.vault, "supplier", words)
    assert {name for _id, name in told} == found
    assert sorted(told) == sorted(Roster(office.vault).alike("supplier", words))


@pytest.mark.parametrize("words", ["示例", "建设工程", "某市", "公司"])
def test_names_that_share_only_some_words_are_not_compared_one_by_one(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """With twenty thousand of them the window stood still for a tenth of a second."""
    with office.vault.act("save") as act:
        for number in range(50):
            act.create(SUPPLIER, {"name": f"某市示例{number:02}建设工程有限公司"})
    compared = []

    def counted(one: str, other: str) -> bool:
        compared.append(one)
        return same_organisation(one, other)

    monkeypatch.setattr(organisations, "same_organisation", counted)
    assert organisations.alike(office.vault, "supplier", words) == []
    assert compared == []


def test_a_person_is_no_organisation(office: Office) -> None:
    office.records.save(registers.register("person"), {"name": "示例建设"})
    assert organisations.alike(office.vault, "person", "示例建设有限公司") == []


def test_one_in_the_recycle_list_is_not_asked_about(office: Office) -> None:
    made = office.records.save(SUPPLIER, {"name": NAMES[0]}).records[0][1]
    office.records.void(SUPPLIER, [made], "示例重复")
    assert organisations.alike(office.vault, "supplier", "示例建设") == []
