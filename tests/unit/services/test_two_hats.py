"""The two roles: prompts to step back out of own registers, outside work against main work, ways out by asking."""

import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.base.rows import Ref
from paizhu.base.view import View
from paizhu.services.dossier.gathering import Dossier
from paizhu.services.office import Office
from paizhu.services.out import classes
from paizhu.services.out.exporting import Wanted
from paizhu.services.quick.capture import Quick
from paizhu.services.two_hats.half_year import HalfYears, total
from paizhu.services.two_hats.recusal import Recusal
from paizhu.services.two_hats.sheets import TITLE, HalfYearSheets
from tests.typed import registered

OUTSIDE = registers.register("outside_work")
REVIEW = registers.register("review_item")
PERSON = registers.register("person")


def save(office: Office, key: str, rows: object = None, **typed: object) -> int:
    return office.records.save(registers.register(key), typed, rows=rows).records[0][1]  # type: ignore[arg-type]  # rows as typed


def words_of(path: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return "".join(read.stdout.decode().split())


@pytest.fixture
def year(office: Office) -> None:
    save(office, "outside_work", what="招商考察", ordered_by="何文涛", hours="3", kind="招商", done_on="2026-02-10")
    save(office, "outside_work", what="开标监督", ordered_by="孙立新", hours="4.5", kind="评标", done_on="2026-03-02")
    save(office, "outside_work", what="值班", ordered_by="何文涛", kind="值班", done_on="2026-03-03")
    save(office, "outside_work", what="去年的", ordered_by="何文涛", hours="9", done_on="2025-11-02")
    talk = save(
        office, "integrity_talk", subject="甲", planned_date="2026-02-03", start_at="2026-02-03 9:00",
        end_at="2026-02-03 9:30", kind="日常",
    )  # fmt: skip
    registered(office, talk)
    # A time that has passed makes no work of a talk that was not registered.
    save(office, "integrity_talk", subject="乙", planned_date="2026-02-04", start_at="2026-02-04 9:00", kind="日常")
    save(
        office,
        "review_item",
        title="乙项目",
        planned_meeting_at="2026-02-20",
        opinion="同意上会",
        opinion_date="2026-02-18",
    )
    save(office, "lead", subject="丙", received_at="2026-02-05", summary="不能写出来的内容")


def test_it_is_logged_with_what_who_and_hours_and_the_day_is_today(office: Office) -> None:
    one = save(office, "outside_work", what="招商考察", ordered_by="何文涛", hours="3")
    row = office.records.get(OUTSIDE, one)
    assert (row.values["done_on"], row.values["hours"], row.no) == (date(2026, 3, 16), Decimal(3), "外〔2026〕001")
    with pytest.raises(InvalidRecordError, match="0 到 1000"):
        save(office, "outside_work", what="写错", hours="30000")


def test_one_sentence_logs_it(office: Office) -> None:
    save(office, "person", name="何文涛")
    understood = Quick(office.desk).understand("何文涛交办 老旧小区改造项目推进会 3小时")
    assert understood.register == "outside_work"
    change = Quick(office.desk).save(understood)
    row = office.records.get(OUTSIDE, change.records[0][1])
    assert (row.values["hours"], row.values["done_on"]) == (Decimal(3), date(2026, 3, 16))
    assert getattr(row.values["ordered_by"], "label", "") == "何文涛"
    assert "老旧小区改造项目推进会" in str(row.values["what"])


@pytest.mark.usefixtures("year")
def test_the_half_year_sets_main_work_against_the_rest_with_the_list_behind(office: Office) -> None:
    table = HalfYears(office.desk).of(2026, 1)
    assert {line.name: (line.count, line.hours, line.estimated) for line in table.main} == {
        "廉政谈话": (1, Decimal("0.5"), 0),
        "会前审查": (1, Decimal(2), 1),
        "线索处置": (1, Decimal(8), 1),
    }
    outside = total(table.outside)
    assert (outside.count, outside.hours) == (3, Decimal("7.5"))
    assert [work.words for work in outside.works] == ["招商考察", "开标监督", "值班"]
    assert table.share == "42%"
    assert HalfYears(office.desk).of(2025, 2).outside[0].works[0].words == "去年的"
    assert HalfYears(office.desk).of(2020, 1).share == "—"


@pytest.mark.usefixtures("year")
def test_it_goes_out_only_when_it_is_asked_for_and_tells_nothing_of_a_lead(office: Office, tmp_path: Path) -> None:
    sheets = HalfYearSheets(office.desk)
    table = HalfYears(office.desk).of(2026, 1)
    plain = load_workbook(office.exporting.export(tmp_path / "全部.xlsx").path)
    assert not [name for name in plain.sheetnames if "职责外" in name]
    views = [Wanted(office.exporting.period(REVIEW, None, None))]
    assert load_workbook(office.exporting.export_views(tmp_path / "不附.xlsx", views).path).sheetnames[0] == "会前审查"
    out = office.exporting.export_views(tmp_path / "附.xlsx", views, annexes=[sheets.annex(table)])
    book = load_workbook(out.path)
    assert "主业与职责外" in book.sheetnames
    cells = {str(cell) for row in book["主业与职责外"].iter_rows(values_only=True) for cell in row if cell is not None}
    assert {"招商考察", "开标监督", "廉政谈话", "合计"} <= cells
    own = load_workbook(sheets.export(table, tmp_path / "单独.xlsx"))
    written = sheets.print(table, tmp_path / "对照.pdf")
    words = words_of(written.path)
    assert "".join(TITLE.split()) in words
    assert "何文涛" in words
    assert "不能写出来的内容" not in words
    assert all(
        "不能写出来的内容" not in str(cell) for row in own.worksheets[0].iter_rows(values_only=True) for cell in row
    )


def test_asked_for_by_name_the_register_does_go_out(office: Office, tmp_path: Path) -> None:
    save(office, "outside_work", what="招商考察", hours="3")
    assert not classes.leaves_unasked(OUTSIDE)
    assert office.exporting.export(tmp_path / "点名.xlsx", ["outside_work"]).counts[0][1] == 1


def item(office: Office, **more: object) -> int:
    return save(office, "review_item", title="质安站检测设备购置", planned_meeting_at="2026-03-20", **more)


def prompts(office: Office, review_id: int) -> list[str]:
    return [each.words for each in Recusal(office.desk).prompts(office.records.get(REVIEW, review_id))]


def test_an_item_the_officer_has_nothing_to_do_with_prompts_nothing(office: Office) -> None:
    save(office, "person", name="陈守正")
    save(office, "outside_work", what="招商考察陪同", ordered_by="何文涛", hours="3")
    assert prompts(office, item(office, reporter="邵勇", leader_in_charge="孙立新", submit_dept="质安站")) == []


def test_work_on_the_very_matter_prompts_by_link_or_by_its_name(office: Office) -> None:
    one = item(office)
    link = {"label": "会审〔2026〕001", "register": "review_item", "id": one}
    save(
        office,
        "outside_work",
        what="开标现场监督",
        ordered_by="孙立新",
        hours="4",
        review_ref=link,
        done_on="2026-03-02",
    )
    save(office, "outside_work", what="质安站检测设备购置会", hours="1", done_on="2026-03-03")
    save(office, "outside_work", what="质安站检测设备购置", answer="已婉拒", done_on="2026-03-04")
    assert prompts(office, one) == [
        "您经手过：2026-03-02 开标现场监督（孙立新交办，职责外事项 外〔2026〕001）",
        "您经手过：2026-03-03 质安站检测设备购置会（职责外事项 外〔2026〕002）",
    ]


def test_a_department_once_in_his_charge_prompts(office: Office) -> None:
    posts = [
        {"unit": "质安站", "post": "副站长", "held_from": "2015-01-01", "held_to": "2018-12-31"},
        {"unit": "示例局", "post": "副局长", "held_from": "2019-01-01", "duties": "分管法规处、质安站"},
    ]
    save(office, "person", rows={"post_history": posts}, name="陈守正")
    found = prompts(office, item(office, submit_dept="质安站"))
    assert found == ["您 2015-01 至 2018-12 在质安站任副站长", "您 2019-01 至 今 分管过质安站"]


def test_relatives_and_companies_close_to_him_prompt_and_so_does_his_own_name(office: Office) -> None:
    rows = {
        "relation": [{"relative": "邵勇", "relation": "近姻亲"}],
        "business_link": [{"company": "方正示例检测设备公司", "role": "投资"}],
    }
    save(office, "person", rows=rows, name="陈守正")
    found = prompts(office, item(office, reporter="邵勇", supplier="方正示例检测设备公司", leader_in_charge="陈守正"))
    assert found == [
        "您是本议题的分管领导",
        "议题涉及的邵勇与您有登记的关系：近姻亲",
        "供应商方正示例检测设备公司与您或亲属有登记的往来",
    ]


def test_stepping_back_puts_him_on_the_list_once(office: Office) -> None:
    one = item(office, recusal_list="邵勇")
    recusal = Recusal(office.desk)
    recusal.recuse(office.records.get(REVIEW, one))
    recusal.recuse(office.records.get(REVIEW, one))
    listed = office.records.get(REVIEW, one).values["recusal_list"]
    assert isinstance(listed, tuple)
    assert [ref.label for ref in listed if isinstance(ref, Ref)] == ["邵勇", "陈守正"]


def test_what_he_said_as_a_member_is_on_no_paper_of_the_opinion_and_in_no_export(
    office: Office, tmp_path: Path
) -> None:
    one = item(office, opinion="同意上会", opinion_text="程序齐全", member_opinion="作为成员主张分期购置")
    for code in ("review_opinion", "record"):
        words = words_of(office.printing.paper(code, REVIEW, one, tmp_path / f"{code}.pdf").path)
        assert "分期购置" not in words
    book = load_workbook(office.exporting.export(tmp_path / "审查.xlsx", ["review_item"]).path)
    cells = [str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row]
    assert not [cell for cell in cells if "分期购置" in cell or "作为党组成员的意见" in cell]


def test_who_ordered_it_has_no_line_of_it_in_his_dossier(office: Office) -> None:
    who = save(office, "person", name="何文涛")
    save(office, "outside_work", what="招商考察", ordered_by="何文涛", hours="3")
    assert [line.register for line in Dossier(office.desk).of(who).records] == []


def test_what_was_declined_took_no_hours_and_none_are_asked_for(office: Office) -> None:
    declined = save(office, "outside_work", what="招商考察陪同", ordered_by="示例甲", answer="已婉拒")
    taken = save(office, "outside_work", what="开标现场监督", ordered_by="示例甲", answer="已承担")
    rows = [office.records.get(OUTSIDE, each) for each in (declined, taken)]
    assert [row.values["hours"] for row in rows] == [0, None]
    assert [row.id for row in office.records.window(View(OUTSIDE.key, missing=True), 0, 9)] == [taken]
