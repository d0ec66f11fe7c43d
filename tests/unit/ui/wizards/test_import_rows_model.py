"""What the table of rows says becomes of each row."""

from pathlib import Path

from paizhu.services.office import Office
from paizhu.ui.wizards.import_rows_model import result_mark
from paizhu.ui.wizards.import_tables import tables_of

HEAD = "谈话对象,计划日期,谈话类型,交通方式"


def test_a_row_that_changes_only_a_column_without_a_field_names_the_column(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "谈话.csv"
    path.write_text(f"{HEAD}\n孙立新,2026-03-10,提醒谈话,步行\n", encoding="utf-8")
    first = office.importing.plan(path)
    office.importing.apply(first)
    first.drop()
    path.write_text(f"{HEAD}\n孙立新,2026-03-10,提醒谈话,公交\n", encoding="utf-8")
    plan = office.importing.plan(path)
    try:
        (table,) = tables_of(office.importing, plan)
        assert table.sheet is not None
        (row,) = table.sheet.rows()
        assert row.outcome == "changed"
        assert result_mark(table, row).words == "有变化：“交通方式”列"
    finally:
        plan.drop()


def test_a_row_that_changes_a_field_names_the_field(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "谈话.csv"
    path.write_text(f"{HEAD}\n孙立新,2026-03-10,提醒谈话,步行\n", encoding="utf-8")
    first = office.importing.plan(path)
    office.importing.apply(first)
    first.drop()
    path.write_text(f"{HEAD}\n孙立新,2026-03-10,任前廉政谈话,公交\n", encoding="utf-8")
    plan = office.importing.plan(path)
    try:
        (table,) = tables_of(office.importing, plan)
        assert table.sheet is not None
        (row,) = table.sheet.rows()
        assert result_mark(table, row).words == "有变化：谈话类型"
    finally:
        plan.drop()
