"""Columns feed the right fields, and the program says how sure it is."""

from datetime import date
from typing import Any

import pytest

from paizhu import registers
from paizhu.base.register import Register
from paizhu.documents.books.book import Cell
from paizhu.documents.tables.column_match import (
    HIGH,
    RECORD_ID,
    RECORD_VERSION,
    Match,
    fingerprint,
    match_columns,
    targets,
)
from paizhu.documents.tables.frame import Column, DataRow
from paizhu.documents.tables.label_words import header_key, own_header
from paizhu.documents.tables.register_find import recognise
from paizhu.registers.case import CASE
from paizhu.registers.petition import PETITION
from paizhu.registers.review import REVIEW
from paizhu.registers.talk import TALK
from tests.unit.documents.ledgers import KINDS


def columns(*heads: str) -> tuple[Column, ...]:
    return tuple(Column(index, tuple(head.split("/")) if head else ()) for index, head in enumerate(heads))


def records(*rows: list[Cell]) -> list[DataRow]:
    return [DataRow(number, row) for number, row in enumerate(rows, 2)]


def one(register: Register, head: str, *cells: Cell) -> Match:
    return match_columns(columns(head), records(*([cell] for cell in cells)), register).matches[0]


EVERY_LABEL = [
    pytest.param(register, field.name, field.label, id=f"{register.key}.{field.name}")
    for register in KINDS
    for field in targets(register)
]


@pytest.mark.parametrize(("register", "name", "label"), EVERY_LABEL)
def test_every_label_finds_its_own_field(register: Register, name: str, label: str) -> None:
    match = one(register, label)
    assert (match.field, match.words) == (name, "高")


@pytest.mark.parametrize(
    ("register", "head", "name", "words"),
    [
        (TALK, "被谈话人/姓名", "subject", "高"),
        (TALK, "谈话人/姓名", "talker", "高"),
        (TALK, " 谈 话\n日 期 ", "start_at", "高"),
        (TALK, "谈话对象*", "subject", "高"),
        (TALK, "谈话对象(必填)", "subject", "高"),
        (TALK, "谈话內容要点记录", "record", "低"),
        (TALK, "谈话地奌", "place", "低"),
        (REVIEW, "金额（万元）", "amount", "高"),
        (REVIEW, "本次采购项目金额", "amount", "低"),
        (CASE, "颜色", "", "未对应"),
    ],
)
def test_headings_as_officers_write_them(register: Register, head: str, name: str, words: str) -> None:
    match = one(register, head)
    assert (match.field, match.words) == (name, words)


def test_the_unit_stands_in_the_heading() -> None:
    assert one(REVIEW, "金额（万元）", 48.6, 12).unit == "万元"
    assert one(REVIEW, "金额", 48.6, 12).unit == ""


def test_content_that_contradicts_the_name_makes_it_doubtful() -> None:
    assert one(TALK, "谈话日期", "2026.3.5", "3月18日").confidence >= HIGH
    match = one(TALK, "谈话日期", "孙立新", "丁海波", "田玉芳")
    assert (match.words, match.how) == ("低", "别名，内容不像")


@pytest.mark.parametrize("cell", ["示例甲0", "某市示例局", "另见附件"])
def test_what_a_column_is_called_goes_before_what_only_sounds_like_it(cell: str) -> None:
    assert one(TALK, "谈话对象", cell, cell, cell).field == "subject"


def test_content_decides_between_two_columns_of_one_name() -> None:
    heads = columns("谈话日期", "谈话日期")
    rows = records(["上午", date(2026, 3, 5)], ["下午", "2026.3.6"], ["上午", "2026.3.7"])
    matches = match_columns(heads, rows, TALK).matches
    assert [match.field for match in matches] == ["", "start_at"]


def test_a_column_without_heading_is_proposed_only_by_words_of_a_choice() -> None:
    told = one(TALK, "", "日常谈话", "任前谈话", "提醒谈话")
    assert (told.field, told.words) == ("kind", "低")
    assert one(TALK, "", "√", None, "√").field == ""
    assert one(TALK, "", "孙立新", "丁海波").field == ""


def test_each_field_is_fed_once_and_the_rest_is_kept() -> None:
    matching = match_columns(columns("谈话对象", "姓名", "备注", "说明", "颜色"), [], TALK)
    fields = [match.field for match in matching.matches if match.field]
    assert len(set(fields)) == len(fields)
    assert {match.column.header for match in matching.extra} >= {"颜色"}


def test_counting_columns_are_left_out() -> None:
    match = one(TALK, "序\n号", 1, 2, 3)
    assert (match.ordinal, match.field, match.words) == (True, "", "高")


def test_what_the_program_computes_is_fed_only_where_a_ledger_may_bring_it() -> None:
    names = {field.name for field in targets(TALK)}
    assert {"no", "state", "year"} <= names
    assert not names & {"stat_month", "archived_to", "plan"}


@pytest.mark.parametrize("head", ["反映人", "举报人姓名", "联系电话", "反映人身份证号", "信访人情况"])
def test_words_about_an_informant_are_never_kept_beside_the_record(head: str) -> None:
    matching = match_columns(columns(head), records(["某甲"], ["某乙"]), PETITION)
    (match,) = matching.matches
    assert match.sealed
    assert match.field in ("", "informant.name", "informant.phone")
    assert match.examples == ()
    assert matching.extra == ()


@pytest.mark.parametrize("head", ["被反映人", "被反映人单位", "被举报人联系方式", "是否实名"])
def test_words_about_others_are_ordinary(head: str) -> None:
    assert not one(PETITION, head).sealed


def test_the_mapping_given_wins_over_every_name() -> None:
    heads = columns("谈话日期", "颜色", "谈话对象")
    matching = match_columns(heads, [], TALK, {"A": "", "B": "place"})
    assert [match.field for match in matching.matches] == ["", "place", "subject"]


def test_the_layout_is_known_again_however_it_is_spaced() -> None:
    assert fingerprint(columns("谈话日期", "谈话对象")) == fingerprint(columns("谈话\n日期", " 谈话对象 "))
    assert fingerprint(columns("谈话日期", "谈话对象")) != fingerprint(columns("谈话对象", "谈话日期"))


def test_the_register_is_told_from_its_likes() -> None:
    talk = recognise(columns("姓名", "时间", "谈话类别", "主要内容"), [], KINDS)
    assert talk is not None
    assert talk.register.key == "integrity_talk"
    assert talk.others
    assert recognise(columns("颜色", "重量", "备注"), [], KINDS) is None


@pytest.mark.parametrize("heads", [("姓名", "备注"), ("序号", "姓名", "备注"), ("单位", "备注"), ("名称", "备注")])
def test_two_columns_that_many_ledgers_have_tell_no_register(heads: tuple[str, ...]) -> None:
    assert recognise(columns(*heads), [], registers.REGISTERS, "Sheet1") is None


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ({"sheet_name": "廉政档案"}, "integrity_archive"),
        ({"above": ["2026年廉政档案一览"]}, "integrity_archive"),
        ({"likely": "person"}, "person"),
    ],
)
def test_what_is_named_beside_them_does(named: dict[str, Any], key: str) -> None:
    found = recognise(columns("姓名", "备注"), [], registers.REGISTERS, **named)
    assert found is not None
    assert found.register.key == key


@pytest.mark.parametrize(
    ("heads", "key"),
    [
        (("姓名", "谈话时间", "备注"), "integrity_talk"),
        (("姓名", "身份证号"), "person"),
        (("风险点", "备注"), "risk_point"),
    ],
)
def test_one_column_of_its_own_is_enough(heads: tuple[str, ...], key: str) -> None:
    found = recognise(columns(*heads), [], registers.REGISTERS, "Sheet1")
    assert found is not None
    assert found.register.key == key


def test_our_own_sheets_are_known_by_their_hidden_columns() -> None:
    heads = columns("记录号(integrity_talk)", "版本(integrity_talk)", "谈话对象")
    matching = recognise(heads, [], KINDS)
    assert matching is not None
    assert (matching.register.key, matching.own, matching.parent) == ("integrity_talk", True, None)
    assert [match.field for match in matching.matches] == [RECORD_ID, RECORD_VERSION, "subject"]
    child = recognise(columns("记录号(integrity_talk.requirement)", "要求事项"), [], KINDS)
    assert child is not None
    assert child.parent is not None
    assert (child.register.key, child.parent.key) == ("requirement", "integrity_talk")


def test_marks_around_a_heading_mean_nothing() -> None:
    assert header_key("＊姓　名：") == "姓名"
    assert own_header("记录号（lead）") == ("记录号", "lead")
    assert own_header("记录号") is None
