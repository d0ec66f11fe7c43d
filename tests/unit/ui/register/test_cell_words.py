"""The words of a list's cells are those of the record, whichever way they are made, in every register."""

from datetime import date

import pytest

from paizhu import registers
from paizhu.base import stored
from paizhu.base.field import FieldKind
from paizhu.base.register import Register
from paizhu.base.rows import Ref
from paizhu.services.office import Office
from paizhu.ui.register.cell_words import LACKING, NOTHING
from paizhu.ui.register.columns import columns_of, is_listable
from paizhu.ui.register.table_model import RegisterModel
from paizhu.ui.register.words import in_list, lister
from tests.make import make_value

TODAY = date(2026, 3, 16)
TALK = registers.register("integrity_talk")
FIELDS = [(register, field) for register in registers.REGISTERS for field in register.fields if is_listable(field)]


@pytest.mark.parametrize(
    ("register", "name"), [(register, field.name) for register, field in FIELDS], ids=lambda each: str(each)[:40]
)
def test_words_straight_from_the_column_are_those_of_the_value(register: Register, name: str) -> None:
    field = register.field(name)
    value = make_value(field)
    kept = stored.to_db(field.kind, value)
    if kept is None:
        pytest.fail(f"{register.key}.{name} has no value to show")
    words = lister(field, TODAY)
    assert words(kept) == words(kept) == in_list(field, value, TODAY)


@pytest.mark.parametrize(
    "value", [Ref("  某示例公司\n（筹）", "supplier", 3), Ref("示例　甲"), Ref("示例  甲"), Ref("很长" * 400)]
)
def test_names_stand_in_one_line(value: Ref) -> None:
    field = TALK.field("subject")
    assert lister(field, TODAY)(stored.to_db(FieldKind.REF, value)) == in_list(field, value, TODAY)


@pytest.mark.parametrize("words", ["第一行\n第二行", "很长" * 400, "平常的字"])
def test_lines_are_cut_and_folded_alike(words: str) -> None:
    field = next(each for each in TALK.fields if each.kind is FieldKind.LINE)
    assert lister(field, TODAY)(words) == in_list(field, words, TODAY)


def test_a_column_shown_later_is_read_then(office: Office, talks: list[int]) -> None:
    office.records.save(TALK, {"place": "三楼示例室"}, talks[0])
    columns = columns_of(TALK)
    model = RegisterModel(office.records, TALK, columns)
    model.show_view(office.records.default_view(TALK), TODAY)
    place = next(at for at, column in enumerate(columns) if column.key == "place")
    assert not columns[place].shown
    row = model.row(0)
    assert row is not None
    assert "place" not in row.values
    shown = {model.index(line, place).data() for line in range(model.rowCount())}
    assert shown == {"三楼示例室", NOTHING}
    assert model.full_words(model.place_of(talks[0]), place) == "三楼示例室"


def test_what_is_lacking_depends_on_the_state(office: Office) -> None:
    with office.vault.act("import", "示例") as act:
        for state in ("planned", "archived"):
            act.create(TALK, {"subject": Ref("示例甲"), "planned_date": TODAY, "state": state})
    columns = columns_of(TALK)
    model = RegisterModel(office.records, TALK, columns)
    model.show_view(office.records.default_view(TALK).ordered("state"), TODAY)
    later = next(name for name in TALK.wanted_in("archived") if name not in TALK.wanted_in("planned"))
    at = next(place for place, column in enumerate(columns) if column.key == later)
    assert [model.index(line, at).data() for line in range(2)] == [NOTHING, LACKING]


def test_what_is_lacking_depends_on_what_the_record_is(office: Office) -> None:
    with office.vault.act("import", "示例") as act:
        for kind in ("routine", "collective"):
            act.create(TALK, {"subject": Ref("示例甲"), "planned_date": TODAY, "kind": kind, "state": "archived"})
    columns = columns_of(TALK)
    model = RegisterModel(office.records, TALK, columns)
    model.show_view(office.records.default_view(TALK).ordered("kind"), TODAY)
    at = next(place for place, column in enumerate(columns) if column.key == "headcount")
    assert [model.index(line, at).data() for line in range(2)] == [NOTHING, LACKING]
    answer = next(place for place, column in enumerate(columns) if column.key == "subject_statement")
    assert [model.index(line, answer).data() for line in range(2)] == [LACKING, NOTHING]
