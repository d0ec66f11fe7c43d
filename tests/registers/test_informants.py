"""Class P4: nothing about an informant stands in a list, search, journal, workbook, plan or log."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Border, Side

from paizhu import logs, registers
from paizhu.base import values
from paizhu.base.errors import PaizhuError
from paizhu.base.field import Field, FieldKind, Sens
from paizhu.base.register import Register
from paizhu.base.rows import Ref, Sealed, Value, Values
from paizhu.services.office import Office
from paizhu.services.out.classes import Release
from paizhu.storage.tables import TABLES
from tests.conftest import PASSWORD
from tests.registers.full_records import full

SECRET = "绝不外露者"
LINE = Border(bottom=Side(style="thin"))
PETITION = registers.register("petition")


def hidden(field: Field) -> bool:
    return field.sens is Sens.P4 or field.kind is FieldKind.SEALED


def secret_value(field: Field, given: Value) -> Value:
    match field.kind:
        case FieldKind.SEALED:
            return SECRET
        case FieldKind.LINE | FieldKind.TEXT:
            return SECRET
        case FieldKind.REF:
            return Ref(SECRET)
        case _:
            return given


def told(made: Mapping[str, Value], kind: Register) -> dict[str, Value]:
    return {
        field.name: secret_value(field, made.get(field.name)) if hidden(field) else made.get(field.name)
        for field in kind.fields
    }


@pytest.fixture
def secret_id(office: Office) -> int:
    rows: dict[str, Sequence[Values]] = {child.key: [told(full(child), child)] for child in PETITION.rows}
    with office.vault.act("save", "新增 信访举报") as act:
        return act.create(PETITION, told(full(PETITION), PETITION), rows)


def test_there_is_something_to_protect(office: Office, secret_id: int) -> None:
    guarded = [field for child in PETITION.rows for field in child.fields if field.kind is FieldKind.SEALED]
    assert len(guarded) >= 5
    assert sum(hidden(field) for field in PETITION.fields) >= 5


def test_no_list_shows_an_informant(office: Office, secret_id: int) -> None:
    for kind in (PETITION, *PETITION.rows):
        assert not [name for name in (*kind.columns, *kind.title) if hidden(kind.field(name)) and kind is PETITION]
    for rows in office.records.rows(PETITION, secret_id).values():
        for row in rows:
            kind = TABLES[row.register].register
            shown = [values.show(kind.field(name), row.values.get(name)) for name in (*kind.columns, *kind.title)]
            assert SECRET not in "".join(shown)
            for field in kind.fields:
                if field.kind is FieldKind.SEALED:
                    kept = row.values[field.name]
                    assert isinstance(kept, Sealed)
                    assert SECRET not in kept.box


def test_no_search_finds_an_informant(office: Office, secret_id: int) -> None:
    assert office.search.find(SECRET) == []
    assert office.search.find("jbwlz") == []
    assert office.search.find("juebuwailuzhe") == []
    assert office.search.rebuild() == 1
    assert office.search.find(SECRET) == []
    for found in office.search.find("示例"):
        assert SECRET not in f"{found.title}{found.snippet}"
    with office.vault.read() as connection:
        assert connection.execute("SELECT label FROM search_name WHERE label = ?", (SECRET,)).fetchall() == []


def test_no_journal_tells_an_informant(office: Office, secret_id: int) -> None:
    with office.vault.act("save", "修改 信访举报") as act:
        act.change(PETITION, secret_id, None, {"feedback_reaction": f"{SECRET}二", "notice_by": Ref(f"{SECRET}三")})
    told_words = [
        f"{change.label}{change.before}{change.after}"
        for entry in office.history.entries()
        for change in office.history.changes(entry.id)
    ] + [f"{change.before}{change.after}" for change in office.history.of_record("petition", secret_id)]
    assert values.MASK in "".join(told_words)
    assert SECRET not in "".join(told_words)
    assert SECRET not in "".join(f"{entry.label}{entry.about}" for entry in office.history.entries())


def test_no_workbook_carries_an_informant(office: Office, secret_id: int, tmp_path: Path) -> None:
    everything = Release("按要求报送", frozenset(field.name for field in PETITION.fields))
    for name, release in (("平常", Release()), ("有理由", everything)):
        path = office.exporting.export(tmp_path / f"{name}.xlsx", release=release).path
        book = openpyxl.load_workbook(path)
        words = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
        assert SECRET not in "\n".join(words)
        labels = {field.label for kind in (PETITION, *PETITION.rows) for field in kind.fields if hidden(field)}
        seen = {field.label for kind in (PETITION, *PETITION.rows) for field in kind.fields if not hidden(field)}
        for sheet in book:
            if sheet.title.startswith(PETITION.label):
                assert not (labels - seen) & {str(cell.value) for cell in sheet[3]}


def test_no_blank_form_is_filled_with_an_informant(office: Office, secret_id: int, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = PETITION.label
    below = [field.aliases[0] for child in PETITION.rows for field in child.fields if hidden(field) and field.aliases]
    own = [field.label for field in PETITION.fields if hidden(field)]
    sheet.append(["2026年信访举报登记表"])
    sheet.append(["序号", "信访编号", "收件日期", "主要问题摘要", *own, *below])
    for row in range(3, 9):
        for column in range(1, sheet.max_column + 1):
            sheet.cell(row, column).border = LINE
    book.save(tmp_path / "空表.xlsx")
    done = office.filling.fill(tmp_path / "空表.xlsx", tmp_path / "报.xlsx", "2026", release=Release("按通知报送"))
    assert done.rows == 1
    filled = openpyxl.load_workbook(done.path).active
    assert filled is not None
    told_words = [[str(cell.value or "") for cell in cells] for cells in filled.iter_rows(min_row=3, max_row=8)]
    assert any(words[1] for words in told_words)
    assert not any(any(words[4:]) for words in told_words)


def test_no_plan_tells_an_informant(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["收到时间", "主要反映内容", "举报人姓名", "举报人电话", "实名或匿名", "反馈人", "举报人对反馈的态度", "备注"]
    )
    sheet.append(["2026-03-02", "反映公车私用", SECRET, "13900000000", "实名", SECRET, SECRET, "示例"])
    sheet.append(["2026-03-03", "反映违规接待", SECRET, "13900000000", SECRET, SECRET, SECRET, "示例"])
    path = tmp_path / "信访.xlsx"
    book.save(path)
    plan = office.importing.plan(path, register="petition")
    try:
        words = json.dumps(plan.as_json(), ensure_ascii=False)
        problems = [problem for sheet_plan in plan.sheets for row in sheet_plan.rows() for problem in row.problems]
        assert "公车私用" in words
        assert SECRET not in words
        assert "13900000000" not in words
        assert SECRET not in "".join(f"{problem.value}{problem.message}{problem.proposal}" for problem in problems)
        office.importing.apply(plan)
    finally:
        plan.drop()
    assert office.search.find(SECRET) == []
    assert office.search.find("13900000000") == []


def test_no_log_tells_an_informant(office: Office, secret_id: int) -> None:
    words = {"name": SECRET}
    try:
        with office.vault.act("save", SECRET) as act:
            act.add_row(PETITION, secret_id, "informant", words)
            raise RuntimeError(SECRET)
    except RuntimeError as error:
        logs.fault(RuntimeError, error, error.__traceback__)
    assert "RuntimeError" in logs.file().read_text(encoding="utf-8")
    assert SECRET not in logs.file().read_text(encoding="utf-8")


def test_only_the_password_opens_what_was_sealed(office: Office, secret_id: int) -> None:
    (opened,) = office.records.reveal(PETITION, secret_id, "informant", PASSWORD, "核实身份")
    assert opened["name"] == SECRET
    with pytest.raises(PaizhuError):
        office.records.reveal(PETITION, secret_id, "informant", "不对的口令", "核实身份")
