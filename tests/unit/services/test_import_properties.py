"""What holds for any records and any header: out and in again is the same, a mangled header reads the same."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from paizhu import registers
from paizhu.base import values
from paizhu.base.view import View
from paizhu.services.office import Office

TALK = registers.register("integrity_talk")
HEADS = ("谈话日期", "谈话对象", "职务", "谈话类型", "谈话内容")
ROW = (date(2025, 3, 6), "孙立新", "副局长", "提醒谈话", "提醒分管领域廉政风险")
LETTERS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
WORDS = st.text(st.one_of(LETTERS, st.sampled_from("=+-@'\"<>&，。 \nAb1")), min_size=1, max_size=30).filter(str.strip)
RECORD = st.fixed_dictionaries(
    {
        "subject": st.text(LETTERS, min_size=2, max_size=4),
        "planned_date": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        "record": WORDS,
        "place": WORDS.map(lambda words: " ".join(words.split())).filter(bool),
    }
)
SPACES = st.sampled_from(["", " ", "\n", "　", "  "])
FEW = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(st.lists(RECORD, min_size=1, max_size=4, unique_by=lambda each: (each["subject"], each["planned_date"])))
def test_any_records_exported_and_imported_are_the_same(office: Office, made: list[dict[str, object]]) -> None:
    for each in made:
        office.records.save(TALK, each)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "台账.xlsx"
        office.exporting.export(path, ["integrity_talk"])
        plan = office.importing.plan(path)
        counts = plan.counts()
        plan.drop()
    total = office.records.count(View("integrity_talk"))
    assert counts == {"new": 0, "changed": 0, "same": total, "doubtful": 0, "refused": 0}


@FEW
@given(
    st.permutations(range(len(HEADS))),
    st.lists(SPACES, min_size=len(HEADS), max_size=len(HEADS)),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_mangled_header_reads_the_same(
    office: Office, order: list[int], spaces: list[str], extra: int, counted: bool
) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    more = [f"内部标记{number}" for number in range(extra)]
    heads = [HEADS[at][:2] + spaces[at] + HEADS[at][2:] for at in order]
    sheet.append(["序号"] * counted + heads + more)
    sheet.append([1] * counted + [ROW[at] for at in order] + ["甲"] * extra)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "谈话.xlsx"
        book.save(path)
        plan = office.importing.plan(path)
        (row,) = plan.sheets[0].rows()
        plan.drop()
    assert plan.sheets[0].register.key == "integrity_talk"
    assert row.values["start_at"] == ROW[0]
    assert str(getattr(row.values["subject"], "label", "")) == ROW[1]
    assert (row.values["subject_post"], row.values["record"]) == (ROW[2], ROW[4])
    assert values.show(TALK.field("kind"), row.values["kind"]) == ROW[3]
    assert dict(row.extra) == dict.fromkeys(more, "甲")
