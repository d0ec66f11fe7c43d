"""An agenda as offices keep it in a workbook: title rows, headings in two rows, merged cells, a sum at the end."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from paizhu import registers
from paizhu.base.errors import InvalidRecordError
from paizhu.services.office import Office
from paizhu.services.reviews.agenda_book import agenda_words
from paizhu.services.reviews.agenda_reading import AgendaReading
from paizhu.services.reviews.agenda_words import heading

TITLES = [
    "关于办公楼消防改造项目立项的议题",
    "关于年度部门预算（草案）的议题",
    "关于某处处长拟任人选的议题",
    "关于修订物业管理办法的议题",
]
DEPARTMENTS = ["办公室", "计划财务处", "办公室", "法规处"]
SUMS = [186, 8900.5, None, None]


def meeting_notice(office: Office, meeting: int) -> object:
    return office.records.get(registers.register("meeting"), meeting).values["secrecy_notice"]


def book(folder: Path) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for place in ("A1:F1", "A2:F2", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", "A5:F5"):
        sheet.merge_cells(place)
    sheet["A1"] = "某市示例局党组会议议程（第 23 次）"
    sheet["A2"] = "时间：2026年4月10日（星期五）上午9:30　　地点：三楼会议室　　主持：梁志远"
    for place, words in {"A3": "序号", "B3": "议题名称", "C3": "提出", "C4": "承办处室", "D4": "汇报人"}.items():
        sheet[place] = words
    sheet["E3"], sheet["F3"], sheet["A5"] = "分管领导", "金额（万元）", "一、审议事项"
    for at, title in enumerate(TITLES):
        sheet.append([at + 1, title, DEPARTMENTS[at], "吴建平", "秦晓芸", SUMS[at]])
    sheet.append(["合计", None, None, None, None, "=SUM(F6:F9)"])
    sheet.append(["列席：派驻纪检监察组"])
    path = folder / "议程.xlsx"
    made.save(path)
    return path


def test_a_workbook_becomes_the_words_of_an_agenda(tmp_path: Path, office: Office) -> None:
    words = agenda_words(book(tmp_path))
    assert heading(words) == {
        "name": "某市示例局党组会议（第 23 次）",
        "kind": "党组（党委）会",
        "held_at": "2026年4月10日（星期五）上午9:30",
        "place": "三楼会议室",
        "chair": "梁志远",
    }
    items = AgendaReading(office.desk).plan(words)
    assert [item.title for item in items] == TITLES
    assert [item.submit_dept for item in items] == DEPARTMENTS
    assert {(item.reporter, item.leader_in_charge) for item in items} == {("吴建平", "秦晓芸")}
    assert [item.amount for item in items] == [Decimal("1860000.00"), Decimal("89005000.00"), None, None]
    assert [item.category for item in items] == ["project", "decision", "appointment", "decision"]
    with pytest.raises(InvalidRecordError) as refused:
        AgendaReading(office.desk).apply(heading(words), items, came="早上")
    assert len(refused.value.problems) == 1
    change = AgendaReading(office.desk).apply(heading(words), items, came="3.13 16:20")
    first = office.records.get(registers.register("review_item"), change.records[1][1])
    assert str(first.values["submitted_at"]) == "2026-03-13 16:20:00"
    assert first.values["secrecy_notice"] == meeting_notice(office, change.records[0][1]) == "none"
    meeting = office.records.get(registers.register("meeting"), change.records[0][1])
    assert str(meeting.values["held_at"]) == "2026-04-10 09:30:00"


def test_the_same_rows_copied_out_of_the_sheet_are_read_alike(office: Office) -> None:
    head = "某市示例局党组会议议程（第 23 次）\t\t\t\t\t\n时间：2026年4月10日上午9:30\t\t\t\t\t\n"
    head += "序号\t议题名称\t提出\t\t分管领导\t金额（万元）\n\t\t承办处室\t汇报人\t\t\n一、审议事项\t\t\t\t\t\n"
    rows = "\n".join(
        f"{at}\t{title}\t{dept}\t吴建平\t秦晓芸\t{'' if amount is None else amount}"
        for at, (title, dept, amount) in enumerate(zip(TITLES, DEPARTMENTS, SUMS, strict=True), 1)
    )
    words = f"{head}{rows}\n合计\t\t\t\t\t9086.5"
    assert heading(words)["name"] == "某市示例局党组会议（第 23 次）"
    items = AgendaReading(office.desk).plan(words)
    assert [item.title for item in items] == TITLES
    assert [item.submit_dept for item in items] == DEPARTMENTS
    assert items[1].amount == Decimal("89005000.00")


def test_a_workbook_without_items_says_what_to_do(tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["姓名", "电话"])
    sheet.append(["示例甲", "1"])
    made.save(tmp_path / "名单.xlsx")
    with pytest.raises(InvalidRecordError, match="没有找到“议题名称”一列"):
        agenda_words(tmp_path / "名单.xlsx")
