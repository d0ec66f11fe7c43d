"""Workbooks out: what leaves follows the classes, and what left comes back as the same."""

from pathlib import Path

import openpyxl
import pytest

from paizhu import registers
from paizhu.base import values
from paizhu.base.register import Register
from paizhu.services import preparing
from paizhu.services.importing.columns import looks
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from paizhu.services.out.exporting import Wanted
from tests.make import make_values

ALL = Release(reason="按要求逐条报送")
EACH = [pytest.param(register, id=register.key) for register in registers.REGISTERS]


def stored(office: Office, register: Register, count: int = 3) -> None:
    with office.vault.act("save", "准备") as act:
        for seed in range(count):
            made = {
                k: v
                for k, v in make_values(register, number=seed).items()
                if k not in ("no", "state", "secrecy_notice")
            }
            if preparing.objections(register, made):
                continue
            office.records.numbers.give(act, register, made)
            act.create(register, made)


def words_in(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)


@pytest.mark.parametrize("register", EACH)
def test_export_then_import_is_all_the_same(office: Office, register: Register, tmp_path: Path) -> None:
    stored(office, register)
    path = office.exporting.export(tmp_path / "导出.xlsx", [register.key], release=ALL).path
    plan = office.importing.plan(path)
    (sheet,) = plan.sheets
    assert plan.counts()["same"] >= 1
    told = [(row.row, row.outcome, row.values, row.problems) for row in sheet.rows() if row.outcome != "same"]
    plan.drop()
    assert sheet.register is register
    assert told == []


@pytest.mark.parametrize("register", EACH)
def test_what_the_program_counts_itself_is_known_again_and_not_asked_about(
    office: Office, register: Register, tmp_path: Path
) -> None:
    stored(office, register)
    path = office.exporting.export(tmp_path / "导出.xlsx", [register.key], release=ALL).path
    plan = office.importing.plan(path)
    (sheet,) = plan.sheets
    assert sheet.facts.matching
    seen = looks(sheet.facts.matching, sheet.columns)
    assert [look.header for look in seen if look.asks] == []
    counted = [look.header for look in seen if look.counted]
    assert "统计归属月" in counted
    assert {field.label for field in register.fields if field.computed} >= set(counted)
    assert f"“{'、'.join(counted)}”由程序自动算出，不从表里读入。" in sheet.notes
    plan.drop()


def test_a_ledger_of_the_office_keeps_a_column_called_like_a_count(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["谈话时间", "谈话对象", "统计归属月"])  # type: ignore[union-attr]  # a new book has a sheet
    book.active.append(["2026-03-05", "孙立新", "2026-02"])  # type: ignore[union-attr]
    book.save(tmp_path / "旧账.xlsx")
    (sheet,) = office.importing.plan(tmp_path / "旧账.xlsx", "integrity_talk").sheets
    assert sheet.facts.matching
    look = looks(sheet.facts.matching, sheet.columns)[-1]
    assert (look.header, look.counted, look.asks) == ("统计归属月", False, True)


def test_private_words_leave_masked_and_come_back_untouched(office: Office, tmp_path: Path) -> None:
    person = registers.register("person")
    office.records.save(person, {"name": "陈某样", "id_no": "110101199001011237", "phone": "13800000000"})
    path = office.exporting.export(tmp_path / "名册.xlsx", ["person"]).path
    words = words_in(path)
    assert "陈某样" in words
    assert values.MASK in words
    assert "110101199001011237" not in words
    assert "13800000000" not in words
    plan = office.importing.plan(path)
    assert plan.counts() == {"new": 0, "changed": 0, "same": 1, "doubtful": 0, "refused": 0}
    plan.drop()


def test_leads_leave_as_totals_only_unless_a_reason_is_given(office: Office, tmp_path: Path) -> None:
    lead = registers.register("lead")
    office.records.save(lead, {"subject": "马某样", "received_at": "2026-03-02", "summary": "反映收受礼品"})
    exported = office.exporting.export(tmp_path / "合计.xlsx", ["lead"])
    assert exported.totals == ("lead",)
    assert "马某样" not in words_in(exported.path)
    assert "礼品" not in words_in(exported.path)
    assert "合计" in words_in(exported.path)
    again = office.exporting.export(tmp_path / "逐条.xlsx", ["lead"], release=ALL)
    assert "马某样" in words_in(again.path)
    entry = office.history.entries()[0]
    assert (entry.kind, entry.about["reason"]) == ("export", "按要求逐条报送")


def test_informants_never_leave(office: Office, tmp_path: Path) -> None:
    petition = registers.register("petition")
    office.records.save(
        petition,
        {"received_at": "2026-03-02", "summary": "反映公车私用", "named": "实名"},
        rows={"informant": [{"name": "举报人甲某", "phone": "13900000000"}]},
    )
    path = office.exporting.export(tmp_path / "全部.xlsx", release=ALL).path
    words = words_in(path)
    assert "公车私用" in words
    for secret in ("举报人甲某", "13900000000", "实名"):
        assert secret not in words


def test_not_even_the_number_of_informants_leaves(office: Office, tmp_path: Path) -> None:
    office.records.save(
        registers.register("petition"),
        {"received_at": "2026-03-02", "summary": "反映公车私用"},
        rows={"informant": [{"mark": "反映人一", "name": "举报人甲某"}]},
    )
    exported = office.exporting.export(tmp_path / "信访.xlsx", ["petition"], release=ALL)
    assert [name for name, _count in exported.counts] == ["信访举报"]
    assert "反映人" not in openpyxl.load_workbook(tmp_path / "信访.xlsx").sheetnames


def test_an_empty_form_is_recognised_again(office: Office, tmp_path: Path) -> None:
    path = office.exporting.template("integrity_talk", tmp_path / "空表.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = {sheet.cell(3, column).value: column for column in range(1, sheet.max_column + 1)}
    sheet.cell(4, header["谈话对象"], "孙立新")
    sheet.cell(4, header["计划日期"], "2026.3.5")
    book.save(path)
    plan = office.importing.plan(path)
    assert plan.sheets[0].register.key == "integrity_talk"
    assert plan.counts()["new"] == 1
    plan.drop()


@pytest.mark.parametrize("chosen", [False, True])
def test_how_far_an_export_is_is_told_of_how_many(office: Office, tmp_path: Path, chosen: bool) -> None:
    talk = registers.register("integrity_talk")
    stored(office, talk, 300)
    view = office.exporting.period(talk, None, None)
    ids = tuple(office.records.ids(view))[:260] if chosen else ()
    told: list[tuple[int, int]] = []
    wanted = Wanted(view, ("subject", "planned_date"), ids)
    office.exporting.export_views(
        tmp_path / "导出.xlsx", [wanted], progress=lambda _words, done, of: told.append((done, of))
    )
    whole = len(ids) or office.records.count(view)
    assert told == [(250, whole), (whole, whole)]
