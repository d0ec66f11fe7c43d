"""A letter with ten persons, from the words of the letter to signed drafts and the paper that goes out."""

import subprocess
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.errors import CancelledError, InvalidRecordError, NotAllowedError, StepRefusedError
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.services.opinions.answering import Opinions
from paizhu.services.opinions.people import Asked

OPINION = registers.register("integrity_opinion")
LINES = """人员名单
1、张三 办公室主任 拟任副处长
2、李　四，计划财务处副处长，拟提拔任处长
（三）王五（女） 现任法规处科员 拟晋升四级主任科员
赵六同志；档案馆馆长；拟转任信息中心主任
"""
LETTER = {"from_unit": "人事处", "received_at": "2026-03-13", "letter_no": "人函〔2026〕9号", "reason": "提拔任用"}


def save(office: Office, register: str, rows: Any = None, **typed: Any) -> int:
    return office.records.save(registers.register(register), typed, rows=rows).records[0][1]


@pytest.fixture
def opinions(office: Office) -> Opinions:
    for unit in ("办公室", "计划财务处"):
        save(office, "unit", name=unit)
    save(office, "person", name="张三", unit_now="办公室", post_now="主任")
    return Opinions(office.desk)


def told(people: list[Asked]) -> list[tuple[str, str, str, str]]:
    return [(each.name, each.unit, each.post, each.to_post) for each in people]


def test_pasted_lines_are_read_as_they_are_written(opinions: Opinions) -> None:
    people = opinions.plan(LINES)
    assert told(people) == [
        ("张三", "办公室", "主任", "副处长"),
        ("李四", "计划财务处", "副处长", "处长"),
        ("王五", "", "法规处科员", "四级主任科员"),
        ("赵六", "", "档案馆馆长", "信息中心主任"),
    ]
    assert people[0].unsure == ()
    assert "名册里没有此人" in people[1].unsure[0]


def test_rows_of_a_table_are_read_by_their_headings_or_their_order(opinions: Opinions) -> None:
    head = opinions.plan("序号\t姓名\t单位\t现任职务\t拟任职务\n1\t张三\t办公室\t主任\t拟任副处长\n")
    assert told(head) == [("张三", "办公室", "主任", "副处长")]
    assert told(opinions.plan("张三\t办公室主任\t拟任副处长\n")) == [("张三", "办公室", "主任", "副处长")]


def test_a_workbook_of_the_personnel_office_is_read(opinions: Opinions, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["征求廉政意见人员名单"], [], ["序号", "姓名", "工作单位", "现任职务", "拟任职务"],
                [1, "张三", "办公室", "主任", "副处长"], [2, "钱　七", "法规处", "科员", "副科长"]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "名单.xlsx")
    people = opinions.plan_book(tmp_path / "名单.xlsx")
    assert told(people) == [("张三", "办公室", "主任", "副处长"), ("钱七", "法规处", "科员", "副科长")]
    assert people[0].person_id == 1


def test_a_workbook_without_names_is_refused_in_words(opinions: Opinions, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["议题", "金额"])
    book.active.append(["采购", 5])
    book.save(tmp_path / "别的.xlsx")
    with pytest.raises(InvalidRecordError, match="姓名"):
        opinions.plan_book(tmp_path / "别的.xlsx")


def test_two_persons_of_one_name_are_asked_about_unless_the_unit_tells(office: Office, opinions: Opinions) -> None:
    other = save(office, "person", name="张三", unit_now="计划财务处", post_now="科员")
    (asked,) = opinions.plan("张三 拟任副处长")
    assert asked.person_id is None
    assert "2 个“张三”" in asked.unsure[0]
    (told_apart,) = opinions.plan("张三 计划财务处科员 拟任副处长")
    assert told_apart.person_id == other


def test_a_letter_without_persons_is_refused(opinions: Opinions, office: Office) -> None:
    with pytest.raises(InvalidRecordError, match="人员"):
        opinions.receive(LETTER, opinions.plan("  \n"))


def test_ten_persons_from_the_letter_to_the_letter_out(office: Office, opinions: Opinions, tmp_path: Path) -> None:
    save(office, "lead", subject=Ref("张三", "person", 1), received_at="2026-02-01", summary="只能在底稿里的内容")
    lead_no = office.records.get(registers.register("lead"), 1).no
    names = ["张三", *(f"示例{word}" for word in "甲乙丙丁戊己庚辛壬")]
    began = time.monotonic()
    people = opinions.plan("\n".join(f"{name} 办公室科员 拟任副主任" for name in names))
    opinion = opinions.receive(LETTER, people).records[0][1]
    standing = opinions.people(opinion)
    assert [len(each.hits) for each in standing] == [5] * 10
    assert all(each.reply == "" for each in standing), "nothing is preset"
    office.records.save(OPINION, {}, opinion, rows={
        "joint_check": [{"room": "本组", "view": "已查", "signer": "蒋某", "signed_at": "2026-03-13"}]
    })  # fmt: skip
    office.records.advance(OPINION, opinion, "checked")
    clear = [each.row.id for each in standing if not each.count]
    opinions.answer(opinion, clear, "暂未发现影响使用的问题")
    with pytest.raises(StepRefusedError, match="张三还没有选定回复意见"):
        office.records.advance(OPINION, opinion, "drafted", {"draft": "蒋某", "draft_at": "2026-03-13"})
    opinions.answer(opinion, [each.row.id for each in standing if each.count], "hold", "checking")
    office.records.advance(OPINION, opinion, "drafted", {"draft": "蒋某", "draft_at": "2026-03-13"})
    assert time.monotonic() - began < 60
    draft = text_of(office.printing.paper("opinion_letter", OPINION, opinion, tmp_path / "稿.pdf").path)
    assert "拟稿" in draft

    alone = {"sign": "陈守正", "sign_at": "2026-03-16", "second_sign": "陈守正", "second_sign_at": "2026-03-16"}
    with pytest.raises(StepRefusedError, match="两人签字"):
        office.records.advance(OPINION, opinion, "signed", alone)
    office.records.advance(
        OPINION, opinion, "signed", {**alone, "second_sign": "魏某", "second_sign_unit": "示例机关纪委"}
    )
    office.records.advance(OPINION, opinion, "sent", {"reply_no": "纪组函〔2026〕17号", "reply_at": "2026-03-16"})
    assert office.records.get(OPINION, opinion).values["workdays"] == 1
    written = office.printing.paper("opinion_letter", OPINION, opinion, tmp_path / "复函.pdf")
    words = text_of(written.path)
    assert "纪组函〔2026〕17号" in words
    assert "经查询信访举报、在办线索、立案案件、处分及影响期、以往廉政意见" in words
    assert words.count("暂未发现影响使用的问题") == 9
    assert "建议暂缓" in words
    for inside in (lead_no, "只能在底稿里的内容", "正在核查", "本组已查", "拟稿"):
        assert inside not in words, inside
    with pytest.raises(NotAllowedError, match="用途"):
        office.printing.paper("opinion_draft", OPINION, opinion, tmp_path / "底稿.pdf")
    inside_words = text_of(office.printing.paper("opinion_draft", OPINION, opinion, tmp_path / "底稿.pdf", "审签").path)
    assert lead_no in inside_words
    assert "正在核查" in inside_words
    assert "只能在底稿里的内容" not in inside_words
    with pytest.raises(NotAllowedError, match="不能再改"):
        opinions.answer(opinion, clear, "unfit", "other")


def test_news_after_the_reply_is_told_by_a_supplement_and_the_first_letter_keeps_its_words(
    office: Office, opinions: Opinions, tmp_path: Path
) -> None:
    opinion = opinions.receive(LETTER, opinions.plan("张三 拟任副处长")).records[0][1]
    row_id = opinions.people(opinion)[0].row.id
    opinions.answer(opinion, [row_id], "clear")
    signed: dict[str, Any] = {
        "sign": Ref("组长"),
        "second_sign": Ref("魏某"),
        "reply_no": "示函1号",
        "reply_at": date(2026, 3, 13),
    }
    with clock.clock_at(datetime(2026, 3, 13, 16, 0)), office.vault.act("step", "已发函") as act:
        act.change(OPINION, opinion, None, {"state": "sent", **signed})
    other = opinions.receive(LETTER, opinions.plan("示例乙 拟任副处长")).records[0][1]
    with pytest.raises(NotAllowedError, match="还没有发过复函"):
        office.printing.paper("opinion_supplement", OPINION, other, tmp_path / "补充.pdf")
    with clock.clock_at(datetime(2026, 3, 17, 9, 0)):
        save(office, "lead", subject=Ref("张三", "person", 1), received_at="2026-03-17")
        lead_no = office.records.get(registers.register("lead"), 1).no
        opinions.answer(opinion, [row_id], "hold", "checking")
        given = {"supplement_no": "示函2号", "supplement_at": "2026-03-17"}
        office.records.advance(OPINION, opinion, "supplemented", given)
        words = text_of(office.printing.paper("opinion_supplement", OPINION, opinion, tmp_path / "补充.pdf").path)
        first = text_of(office.printing.paper("opinion_letter", OPINION, opinion, tmp_path / "复函.pdf").path)
    for told in ("示函2号", "补充回复意见", "我组已以示函1号回复", "建议暂缓"):
        assert told in words, told
    for inside in (lead_no, "正在核查", "暂未发现"):
        assert inside not in words, inside
    assert "暂未发现影响使用的问题" in first
    assert "建议暂缓" not in first


def test_clear_is_refused_while_a_source_was_not_searched(office: Office, opinions: Opinions) -> None:
    opinion = opinions.receive(LETTER, opinions.plan("张三 拟任副处长")).records[0][1]
    rows = [row for row in office.records.rows(OPINION, opinion)["lookup"] if row.values["source"] != "case"]
    with office.vault.act("save", "少查一个来源") as act:
        act.set_rows(OPINION, opinion, "lookup", [{**row.values, "id": row.id} for row in rows])
    (person,) = opinions.people(opinion)
    assert person.missing == ("立案案件",)
    with pytest.raises(InvalidRecordError, match="立案案件没有查过"):
        opinions.answer(opinion, [person.row.id], "clear")
    opinions.search_again(opinion)
    opinions.answer(opinion, [person.row.id], "clear")
    assert opinions.people(opinion)[0].reply == "暂未发现影响使用的问题"


def test_a_new_search_can_be_stopped_at_any_person_and_leaves_what_was_found(
    office: Office, opinions: Opinions
) -> None:
    opinion = opinions.receive(LETTER, opinions.plan(LINES)).records[0][1]
    found, before = office.records.rows(OPINION, opinion)["lookup"], office.vault.last_entry()
    heard: list[tuple[int, int]] = []

    def progress(_words: str, done: int, total: int) -> None:
        heard.append((done, total))
        if len(heard) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        opinions.search_again(opinion, progress)
    assert heard == [(0, 4), (1, 4), (2, 4)]
    assert office.vault.last_entry() == before
    assert office.records.rows(OPINION, opinion)["lookup"] == found


def test_the_officer_does_not_answer_about_himself_or_a_relative(office: Office, opinions: Opinions) -> None:
    save(office, "person", {"relation": [{"relative": "张三", "relation": "夫妻"}]}, name="陈守正")
    opinion = opinions.receive(LETTER, opinions.plan("张三 拟任副处长")).records[0][1]
    opinions.answer(opinion, [opinions.people(opinion)[0].row.id], "clear")
    office.records.save(OPINION, {}, opinion, rows={
        "joint_check": [{"room": "本组", "signer": "蒋某", "signed_at": "2026-03-13"}]
    })  # fmt: skip
    office.records.advance(OPINION, opinion, "checked")
    with pytest.raises(StepRefusedError, match="应当回避"):
        office.records.advance(OPINION, opinion, "drafted", {"draft": "蒋某", "draft_at": "2026-03-13"})


def test_persons_are_added_to_a_letter_once(office: Office, opinions: Opinions) -> None:
    opinion = opinions.receive(LETTER, opinions.plan("张三 拟任副处长")).records[0][1]
    opinions.add(opinion, opinions.plan("张三 拟任处长\n示例甲 拟任科长"))
    assert [each.who.label for each in opinions.people(opinion)] == ["张三", "示例甲"]
    assert [len(each.hits) for each in opinions.people(opinion)] == [5, 5]
    with pytest.raises(InvalidRecordError, match="已经有"):
        opinions.add(opinion, opinions.plan("张三 拟任处长"))


def text_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())
