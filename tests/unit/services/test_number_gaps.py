"""Numbers without a live record, each with its reason, and never issued again."""

from pathlib import Path

from openpyxl import Workbook

from paizhu import registers
from paizhu.services.number_gaps import UNUSED, VOIDED, NumberGaps
from paizhu.services.office import Office

LEAD = registers.register("lead")


def lead(office: Office, **more: object) -> int:
    typed = {"received_at": "2026-03-02", "subject": "示例甲", **more}
    return office.records.save(LEAD, typed).records[0][1]


def test_an_unbroken_series_has_no_gap(office: Office) -> None:
    for _each in range(3):
        lead(office)
    (series,) = NumberGaps(office.desk).of(LEAD)
    assert (series.year, series.issued, series.standing, series.gaps) == (2026, 3, 3, ())


def test_a_voided_and_an_undone_record_keep_their_numbers_with_the_reason(office: Office) -> None:
    lead(office)
    voided = lead(office)
    office.records.void(LEAD, [voided], "重复登记")
    lead(office)
    office.history.undo(office.history.entries()[0].id)
    lead(office)
    (series,) = NumberGaps(office.desk).of(LEAD)
    assert (series.issued, series.standing) == (4, 2)
    first, second = series.gaps
    assert (first.words, first.kind, first.record) == ("线〔2026〕0002", VOIDED, voided)
    assert "重复登记" in first.reason
    assert first.day == "2026-03-16"
    assert "撤销：新增" in second.reason
    office.records.unvoid(LEAD, [voided])
    assert [gap.words for gap in NumberGaps(office.desk).of(LEAD)[0].gaps] == ["线〔2026〕0003"]


def test_numbers_passed_over_by_an_old_ledger_are_told_as_one_run(office: Office, tmp_path: Path) -> None:
    lead(office)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["线索编号", "收到日期", "被反映人", "反映主要问题"])
    sheet.append(["线〔2026〕0005", "2026-03-03", "示例乙", "一、示例"])
    book.save(tmp_path / "旧线索.xlsx")
    office.importing.apply(office.importing.plan(tmp_path / "旧线索.xlsx"))
    lead(office)
    (series,) = NumberGaps(office.desk).of(LEAD)
    (gap,) = series.gaps
    assert (gap.words, gap.count, gap.kind) == ("线〔2026〕0002 至 线〔2026〕0004", 3, UNUSED)
    assert "旧线索.xlsx" in gap.reason
    assert "线〔2026〕0005" in gap.reason
    assert series.issued == 6


def test_each_year_is_a_series_and_every_register_is_looked_at(office: Office) -> None:
    lead(office)
    lead(office, received_at="2025-03-02")
    assert [each.year for each in NumberGaps(office.desk).of(LEAD)] == [2026, 2025]
    assert {each.register for each in NumberGaps(office.desk).every()} == {"lead"}
