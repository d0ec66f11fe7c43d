"""Forms that are sent again and again: cycle, last sent, next due working day, the blank form kept for one click."""

from copy import copy
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.services.forms.filling import Filling
from paizhu.services.forms.schedule import Plan
from paizhu.services.forms.wishes import CellWish
from paizhu.services.office import Office

LEAD = registers.register("lead")
READY = {path.stem: path for path in Filling.ready_forms()}
LEADS = READY["问题线索处置情况统计表"]
FORMS = Path(__file__).resolve().parents[3] / "data" / "forms"


def plan(office: Office, name: str = LEADS.stem) -> Plan:
    return next(each for each in office.filling.schedule.plans() if each.name == name)


def test_nothing_is_due_before_a_form_was_ever_filled(office: Office) -> None:
    assert office.filling.schedule.plans() == []


def test_the_next_period_is_due_on_its_fifth_working_day(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    found = plan(office)
    assert (found.cycle, found.period, found.last and found.last.period) == ("month", "2026-02", "2026-01")
    # February ends on a Saturday; the five working days after it end on Friday.
    assert (found.due, found.state, found.over) == (date(2026, 3, 6), "overdue", True)
    assert found.standing.words == "超期 6 个工作日"
    office.filling.fill(LEADS, tmp_path / "二月.xlsx", "2026-02")
    assert (plan(office).period, plan(office).state) == ("2026-03", "sent")


def test_a_quarter_and_a_year_have_their_own_cycles(office: Office, tmp_path: Path) -> None:
    office.filling.fill(FORMS / "side_by_side.xlsx", tmp_path / "季.xlsx", "2025-Q4")
    office.filling.fill(READY["责任清单落实情况表"], tmp_path / "年.xlsx", "2025")
    found = {each.name: (each.cycle, each.period, each.due.isoformat()) for each in office.filling.schedule.plans()}
    assert found == {
        "side_by_side": ("quarter", "2026-Q1", "2026-04-08"),
        "责任清单落实情况表": ("year", "2026", "2027-01-07"),
    }


def test_days_and_cycle_are_set_for_one_form_and_the_days_for_all(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    office.desk.set_setting("report_days", 2)
    assert plan(office).due == date(2026, 3, 3)
    office.filling.schedule.set(plan(office).key, days=10)
    assert plan(office).due == date(2026, 3, 13)
    office.filling.schedule.set(plan(office).key, cycle="quarter")
    assert (plan(office).cycle, plan(office).period, plan(office).last) == ("quarter", "2025-Q4", None)


def test_a_form_that_is_sent_no_more_leaves_the_list_and_comes_back_when_filled(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    office.filling.schedule.set(plan(office).key, stopped=True)
    assert office.filling.schedule.plans() == []
    assert len(office.filling.sent()) == 1
    office.filling.fill(LEADS, tmp_path / "二月.xlsx", "2026-02")
    assert plan(office).period == "2026-03"


def test_a_change_of_the_cycle_is_journalled_and_goes_back(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    key = plan(office).key
    change = office.filling.schedule.set(key, cycle="quarter", days=10)
    assert change is not None
    entry = office.history.last_undoable()
    assert entry is not None
    assert (entry.id, entry.label) == (
        change.entry, f"报表周期：《{LEADS.stem}》改为季报，期末后 10 个工作日内报",
    )  # fmt: skip
    office.history.undo(entry.id)
    assert (plan(office).cycle, plan(office).days) == ("month", 5)


def test_setting_what_stands_already_writes_nothing(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    before = len(office.history.entries())
    assert office.filling.schedule.set(plan(office).key, cycle="month") is None
    assert len(office.history.entries()) == before


def test_next_month_is_one_click(office: Office, tmp_path: Path) -> None:
    """The blank form comes out of the vault, with what was pointed at, for the period that is due."""
    blank = tmp_path / "派来的表.xlsx"
    blank.write_bytes((FORMS / "protected.xlsx").read_bytes())
    look = office.filling.look(blank)
    wishes = look.wishes.with_cell(("月报", "B3"), CellWish("I-201A", (), "current", 1.0))
    worked = office.filling.work(look, "2026-01", wishes)
    office.filling.write(look, worked, tmp_path / "一月.xlsx")
    blank.unlink()
    office.records.save(LEAD, {"subject": "示例甲", "received_at": "2026-02-02", "summary": "反映收受礼品"})
    again = office.filling.look_again(plan(office, "派来的表"))
    assert (again.period, again.known, again.name) == ("2026-02", True, "派来的表")
    done = office.filling.write(again, office.filling.work(again, again.period), tmp_path / "二月.xlsx")
    assert openpyxl.load_workbook(done.path)["月报"]["B3"].value == 1
    assert plan(office, "派来的表").period == "2026-03"


def test_a_new_edition_takes_the_place_of_the_old_one(office: Office, tmp_path: Path) -> None:
    office.filling.fill(FORMS / "mixed.xlsx", tmp_path / "一月.xlsx", "2026-01")
    book = openpyxl.load_workbook(FORMS / "mixed.xlsx")
    book["月报"]["F3"] = "说明"
    for row in range(3, 7):
        book["月报"][f"F{row}"].border = copy(book["月报"]["E3"].border)
    book.save(tmp_path / "新版.xlsx")
    office.filling.fill(tmp_path / "新版.xlsx", tmp_path / "二月.xlsx", "2026-02")
    plans = office.filling.schedule.plans()
    assert [(each.name, each.period) for each in plans] == [("新版", "2026-03")]


def test_the_running_total_is_compared_across_editions(office: Office, tmp_path: Path) -> None:
    office.filling.fill(FORMS / "mixed.xlsx", tmp_path / "一月.xlsx", "2026-01")
    office.records.save(LEAD, {"subject": "迟到", "received_at": "2026-01-20", "summary": "反映收受礼品"})
    book = openpyxl.load_workbook(FORMS / "mixed.xlsx")
    book["月报"]["A7"] = "结案（件）"
    for column in "ABCDE":
        book["月报"][f"{column}7"].border = copy(book["月报"]["A6"].border)
    book.save(tmp_path / "新版.xlsx")
    look = office.filling.look(tmp_path / "新版.xlsx")
    assert look.changed.startswith("表样已变：新增 1 行")
    assert any("上期累计 0" in words for words in office.filling.work(look, "2026-02").checks)


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-03-05", "soon"), ("2026-03-06", "today"), ("2026-02-20", "sent"), ("2026-03-09", "overdue")],
)
def test_the_state_follows_the_day(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, today: str, state: str
) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    monkeypatch.setattr(clock, "today", lambda: date.fromisoformat(today))
    assert plan(office).state == state


def test_a_form_inside_a_bigger_workbook_is_not_its_edition_before(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    look = office.filling.look(READY["派驻监督统计报表（全套）"])
    assert (look.known, look.changed) == (False, "")


def test_only_what_is_near_or_past_is_due(office: Office, tmp_path: Path) -> None:
    office.filling.fill(LEADS, tmp_path / "一月.xlsx", "2026-01")
    office.filling.fill(READY["四种形态运用情况统计表"], tmp_path / "四.xlsx", "2026-02")
    assert [each.name for each in office.filling.schedule.due()] == [LEADS.stem]


def test_a_form_that_was_only_looked_at_is_listed_but_calls_nobody(office: Office) -> None:
    look = office.filling.look(FORMS / "protected.xlsx")
    office.filling.remember(look, look.wishes.with_cell(("月报", "B3"), CellWish("I-201A", (), "current", 1.0)))
    assert [(each.name, each.last, each.blank) for each in office.filling.schedule.plans()] == [
        ("protected", None, False)
    ]
    assert office.filling.schedule.due() == []


LEDGERS = Path(__file__).resolve().parents[3] / "data" / "ledgers"
BLANKS = [*READY.values(), *sorted(FORMS.glob("*.xls[xm]"))]


@pytest.mark.parametrize("path", BLANKS, ids=lambda path: path.name)
def test_a_blank_form_is_told_from_a_ledger(office: Office, path: Path) -> None:
    assert office.filling.is_blank_form(path)


@pytest.mark.parametrize("path", sorted(LEDGERS.glob("*.xlsx")), ids=lambda path: path.name)
def test_a_ledger_is_no_blank_form(office: Office, path: Path) -> None:
    assert not office.filling.is_blank_form(path)


@pytest.mark.parametrize(
    "rows", [[["序号", "姓名", "单位", "职务"], [1, "示例甲", "示例局", "科员"]], [["序号", "姓名"]]]
)
@pytest.mark.parametrize("title", [[], [["干部名册"]]])
def test_a_single_record_under_its_heading_makes_a_ledger_and_a_bare_heading_none(
    office: Office, tmp_path: Path, title: list[list[object]], rows: list[list[object]]
) -> None:
    """Without a day in it too; nothing else waits in the workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in title + rows:
        book.active.append(row)
    book.save(tmp_path / "台账.xlsx")
    assert office.filling.is_blank_form(tmp_path / "台账.xlsx") is (len(rows) == 1)


def test_what_is_no_workbook_is_no_form(office: Office, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    (tmp_path / "字.txt").write_text("字", encoding="utf-8")
    assert not office.filling.is_blank_form(tmp_path / "坏.xlsx")
    assert not office.filling.is_blank_form(tmp_path / "字.txt")
