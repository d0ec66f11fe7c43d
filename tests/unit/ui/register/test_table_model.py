"""The model of a list over a real vault: windows, words, order, marks."""

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from paizhu import registers
from paizhu.base import clock
from paizhu.base.rows import Ref, Row
from paizhu.base.view import DUE, Condition, Test, View
from paizhu.services.office import Office
from paizhu.storage import queries
from paizhu.ui.icons import Shape
from paizhu.ui.kit.columns import Column, fitting, shares
from paizhu.ui.kit.roles import MarkRole, ToneRole
from paizhu.ui.register.columns import columns_of
from paizhu.ui.register.table_model import KEPT_PLACES, KEPT_WINDOWS, WINDOW, RegisterModel
from paizhu.ui.register.words import hints_mark

TALK = registers.register("integrity_talk")
PETITION = registers.register("petition")


def model_of(office: Office, view: View | None = None) -> RegisterModel:
    columns = columns_of(TALK, deadlines=True)
    model = RegisterModel(office.records, TALK, columns, lambda rows: office.today.of_records(TALK, rows))
    model.show_view(view or office.records.default_view(TALK), date(2026, 3, 16))
    return model


def column(model: RegisterModel, key: str) -> int:
    return next(at for at, each in enumerate(model.columns) if each.key == key)


def many(office: Office, count: int) -> None:
    with office.vault.act("import", "示例") as act:
        for number in range(count):
            day = date(2020 + number % 6, 1 + number % 12, 1)
            act.create(TALK, {"subject": Ref("示例甲"), "planned_date": day, "state": "planned"})


def test_the_model_keeps_the_rules_of_models(office: Office, talks: list[int], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model_of(office), force_py=True)


def test_the_newest_talk_comes_first_and_this_years_number_is_left_out(office: Office, talks: list[int]) -> None:
    model = model_of(office)
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == [
        "03-05",
        "03-04",
        "03-03",
        "03-02",
        "03-01",
    ]
    office.records.save(TALK, {"subject": "示例甲", "planned_date": "2025-11-03"})
    model.read_again(date(2026, 3, 16))
    assert model.index(5, 0).data() == "2025-11-03"


def test_a_state_has_shape_and_word_and_a_missing_value_says_so(office: Office, talks: list[int]) -> None:
    # Unit, hand and marking are given to a new record; what the talk was about is nobody's guess.
    for each in talks:
        office.records.save(TALK, {"reason": ""}, each)
    model = model_of(office)
    mark = model.index(0, column(model, "state")).data(MarkRole)
    assert (mark.shape, mark.words) == (Shape.CIRCLE, "已计划")
    assert model.index(0, column(model, "reason")).data() == "待补"
    assert model.index(0, column(model, "place")).data() == "—"
    assert model.index(0, column(model, "place")).data(ToneRole) is not None


def test_a_cell_is_read_out_with_its_column(office: Office, talks: list[int]) -> None:
    model = model_of(office)
    words = model.index(0, column(model, "subject")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "谈话对象：孙立新"


def test_an_overdue_talk_says_so_with_the_reason_in_its_tooltip(office: Office, talks: list[int]) -> None:
    model = model_of(office)
    index = model.index(0, column(model, DUE))
    assert index.data(MarkRole).shape is Shape.DIAMOND
    assert "超期" in index.data()
    assert "计划日期" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_column_sorts_in_the_vault_and_a_deadline_does_not(office: Office, talks: list[int]) -> None:
    model = model_of(office)
    view = model.sorted_by("planned_date", descending=False)
    assert view is not None
    model.show_view(view, date(2026, 3, 16))
    assert model.index(0, 0).data() == "03-01"
    assert model.sorted_by(DUE, descending=False) is None


def window_of(model: RegisterModel, row: int) -> object:
    """Return the records a line was read together with."""
    found = model.stored(row)
    assert found is not None
    return found[0]


def test_only_a_few_windows_are_kept_and_the_last_row_is_found(office: Office) -> None:
    many(office, WINDOW * (KEPT_WINDOWS + 4))
    model = model_of(office)
    first_of_each = range(0, model.rowCount(), WINDOW)
    read = {row: window_of(model, row) for row in first_of_each}
    # What is kept is given out again; what is not is read anew.
    assert sum(window_of(model, row) is read[row] for row in reversed(first_of_each)) == KEPT_WINDOWS
    last = model.row(model.rowCount() - 1)
    assert last is not None
    assert model.place_of(last.id) == model.rowCount() - 1
    assert model.row(model.rowCount()) is None


def far(office: Office) -> View:
    """A condition that holds for more records than are shown at once."""
    many(office, WINDOW + 600)
    return office.records.default_view(TALK).where(Condition("planned_date", Test.SINCE, date(2020, 1, 1)))


def test_a_place_once_made_is_none_where_the_list_became_shorter(office: Office, talks: list[int]) -> None:
    model = model_of(office)
    kept = model.index(3, 1)
    assert (kept.row(), kept.column(), kept.model()) == (3, 1, model)
    assert model.index(3, 1) is kept, "places are made once: making one is most of what painting a cell costs"
    model.show_view(View(TALK.key, (Condition("planned_date", Test.IS, date(2026, 3, 5)),)), date(2026, 3, 16))
    assert model.rowCount() == 1
    assert not model.index(3, 1).isValid()
    assert model.index(0, 1).isValid()


def test_few_of_the_places_of_a_long_list_are_kept(office: Office) -> None:
    many(office, 120)
    model = model_of(office)
    model.count_on()
    width = model.columnCount()
    model.lines = 2 * KEPT_PLACES
    for row in range(2 * KEPT_PLACES // width):
        for at in range(width):
            assert (model.index(row, at).row(), model.index(row, at).column()) == (row, at)
    assert len(model._places) <= KEPT_PLACES


def test_a_long_view_is_shown_before_it_is_counted_to_its_end(office: Office, qtbot: QtBot) -> None:
    view = far(office)
    model = model_of(office, view)
    assert (model.rowCount(), model.index(0, 0).data()) == (WINDOW, "2025-12-01")
    # Shown before all is counted, the lines are read from the beginning: the end is not known yet.
    early = [model.index(line, 0).data() for line in range(WINDOW)]
    with qtbot.waitSignal(model.counted):
        pass
    assert (model.rowCount(), model.total, model.lines) == (WINDOW + 600,) * 3
    model.read_again(date(2026, 3, 16))
    assert model.rowCount() == WINDOW + 600
    assert early == [model.index(line, 0).data() for line in range(WINDOW)]


def test_records_that_fill_no_window_are_looked_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    many(office, 3 * WINDOW)
    few = office.records.default_view(TALK).where(Condition("planned_date", Test.SINCE, date(2025, 8, 1)))
    counted: list[View] = []
    count = queries.count

    def noted(connection: Any, view: View, most: int | None = None) -> int:
        counted.append(view)
        return count(connection, view, most)

    monkeypatch.setattr(queries, "count", noted)
    model = model_of(office, few)
    at_once = model.rowCount()
    assert (at_once, [model.row(line) is not None for line in (at_once - 1, at_once)]) == (10, [True, False])
    assert (office.records.count(few.ordered("subject")), counted) == (10, [])
    many(office, 12)
    model.read_again(date(2026, 3, 16))
    assert (model.rowCount(), len(counted)) == (11, 1)


def test_records_that_just_fill_a_window_are_counted_to_their_end(office: Office, qtbot: QtBot) -> None:
    many(office, WINDOW)
    view = office.records.default_view(TALK).where(Condition("planned_date", Test.SINCE, date(2020, 1, 1)))
    model = model_of(office, view)
    with qtbot.waitSignal(model.counted):
        assert model.rowCount() == WINDOW
    assert model.rowCount() == WINDOW


def test_a_place_beyond_what_is_counted_is_found(office: Office) -> None:
    view = far(office)
    last = office.records.ids(view)[-1]
    model = model_of(office, view)
    assert model.place_of(last) == WINDOW + 599
    found = model.row(WINDOW + 599)
    assert found is not None
    assert found.id == last


def test_a_list_that_outlives_the_lock_answers_nothing_and_raises_nothing(
    office: Office, talks: list[int], qtbot: QtBot
) -> None:
    model, other = model_of(office), model_of(office)
    assert model.index(0, 0).data() == "03-05"
    office.vault.close()
    with qtbot.captureExceptions() as faults:
        assert model.index(0, 0).data() == "03-05"
        for each in (model, other):
            for role in (int(Qt.ItemDataRole.DisplayRole), MarkRole, int(Qt.ItemDataRole.ToolTipRole)):
                for at in range(model.columnCount()):
                    each.index(4, at).data(role)
        assert other.index(0, 0).data() is None
        qtbot.wait(20)
    assert faults == []


def test_a_long_view_is_not_counted_once_the_vault_is_locked(office: Office, qtbot: QtBot) -> None:
    model = model_of(office, far(office))
    office.vault.close()
    model.count_on()
    assert model.rowCount() == WINDOW


def test_words_about_an_informant_have_no_column() -> None:
    with clock.clock_at(datetime(2026, 3, 16, 10, 0)):
        keys = {each.key for each in columns_of(PETITION)}
    assert keys
    assert not {field.name for field in PETITION.fields if field.sens.name == "P4"} & keys


def test_items_to_review_show_their_day_and_how_many_hints_are_open(office: Office) -> None:
    review = registers.register("review_item")
    columns = columns_of(review, deadlines=True)
    keys = {column.key: at for at, column in enumerate(columns)}
    assert (columns[keys["planned_meeting_at"]].words, columns[keys["flags"]].words) == ("上会", "提示")
    marks = [
        hints_mark(Row(review.key, 1, 1, values)).words
        for values in ({"flags": ("RF-A1", "RF-P1")}, {"flags_seen": True}, {})
    ]
    assert marks == ["2 条", "已核实", "无"]
    # Beside an open record title, day, state and hints stay; the clock, which runs to that day, gives way.
    widths = [column.width for column in columns]
    shown = fitting(columns, widths, 440)
    assert [column.key for column, stays in zip(columns, shown, strict=True) if stays] == [
        "title", "planned_meeting_at", "state", "flags",
    ]  # fmt: skip


def test_a_title_shrinks_after_a_deadline() -> None:
    columns = (Column("title", "题", width=150, least=96, stretches=True), Column("due", "期限", width=200, least=140))
    assert shares(columns, [150, 200], [96, 140], 320) == [180, 140]
    assert shares(columns, [150, 200], [96, 140], 250) == [110, 140]
