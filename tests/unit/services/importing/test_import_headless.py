"""Ledgers without any header row: the cells propose, the officer confirms, the shape is remembered."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from paizhu.base.errors import PaizhuError
from paizhu.documents.tables.frame import Given
from paizhu.services.importing.columns import columns_of, looks
from paizhu.services.importing.facts import Said
from paizhu.services.importing.plan import SheetPlan
from paizhu.services.office import Office
from tests.headless import NAMES, talks


def fed(sheet: SheetPlan) -> dict[str, str]:
    return {column.letter: column.path for column in sheet.columns}


def test_the_cells_propose_register_and_columns_and_nothing_is_sure(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan_known(talks(tmp_path / "一.xlsx", title=True))
    assert (plan.unknown, plan.sheets) == (["Sheet"], [])
    assert plan.proposed == {"Sheet": "integrity_talk"}
    sheet = office.importing.plan_unknown(plan, "Sheet", "integrity_talk", Given((), 2))
    assert fed(sheet) == {
        "B": "planned_date",
        "C": "subject",
        "D": "subject_post",
        "E": "kind",
        "F": "record",
        "G": "talker",
    }
    assert sheet.counts()["new"] == len(NAMES)
    assert sheet.facts.matching is not None
    told = looks(sheet.facts.matching, columns_of(sheet.facts.matching))
    assert [look.letter for look in told if look.asks] == ["B", "C", "D", "E", "F", "G"]


def test_the_shape_is_remembered_and_the_next_file_needs_no_click(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan_known(talks(tmp_path / "一.xlsx"))
    sheet = office.importing.plan_unknown(plan, "Sheet", "integrity_talk", Given((), 1))
    at = plan.sheets.index(sheet)
    sheet = office.importing.replan(plan, at, Said(mapping={**fed(sheet), "G": "companion"}))
    office.importing.apply(plan)
    office.importing.remember(sheet)
    again = office.importing.plan(talks(tmp_path / "二.xlsx", title=True, start=date(2025, 9, 1)))
    (found,) = again.sheets
    assert (found.facts.remembered, found.facts.header_rows, found.first_row) == (True, (), 2)
    assert fed(found)["G"] == "companion"
    assert again.counts()["new"] == len(NAMES)


def test_a_table_with_a_header_is_never_taken_for_one_without(office: Office, tmp_path: Path) -> None:
    plan = office.importing.plan_known(talks(tmp_path / "一.xlsx"))
    sheet = office.importing.plan_unknown(plan, "Sheet", "integrity_talk", Given((), 1))
    office.importing.remember(sheet)
    again = office.importing.plan(talks(tmp_path / "二.xlsx", header=True, start=date(2025, 9, 1)))
    (found,) = again.sheets
    assert (found.facts.remembered, found.facts.header_rows) == (False, (1,))


def test_a_file_without_a_header_is_not_imported_unseen(office: Office, tmp_path: Path) -> None:
    with pytest.raises(PaizhuError):
        office.importing.plan(talks(tmp_path / "一.xlsx"))
    with pytest.raises(PaizhuError):
        office.importing.plan(talks(tmp_path / "一.xlsx"), "integrity_talk")


def test_names_nobody_placed_are_kept_nowhere_in_a_register_with_informants(office: Office, tmp_path: Path) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for at in range(4):
        told = f"反映其在第{at}个项目中为亲属谋取利益并收受礼金"
        sheet.append(
            [f"2026.3.{at + 1}", "来信", "某甲某", told, "举报人乙"[:3] + "一二三四"[at], "1390000123" + str(at)]
        )
    path = tmp_path / "信.xlsx"
    made.save(path)
    plan = office.importing.plan_known(path)
    found = office.importing.plan_unknown(plan, "Sheet", "petition", Given((), 1))
    paths = fed(found)
    assert paths == {"A": "received_at", "B": "channel", "C": "reported_names", "D": "summary"}
    assert all(not row.extra for row in found.rows())
    assert "1390000123" not in str(plan.as_json())
    # Said by the officer, the two go under seal.
    at = plan.sheets.index(found)
    sealed = office.importing.replan(plan, at, Said(mapping={**paths, "E": "informant.name", "F": "informant.phone"}))
    assert fed(sealed)["F"] == "informant.phone"
