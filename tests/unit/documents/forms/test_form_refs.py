"""References follow added rows and nothing else of a formula changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paizhu.documents.forms.refs import Insertion, Shift, beside_formula, copied_formula, moved_formula, moved_ranges

FIVE = {"表": Shift([Insertion(4, 13, 5)])}
ONE = {"表": Shift([Insertion(4, 4, 5)])}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(E4:E13)", "SUM(E4:E18)"),
        ("SUM(E$4:E$13)+$E$14", "SUM(E$4:E$18)+$E$19"),
        ("E3+E12+E13", "E3+E12+E18"),
        ("表!E20*'其他 表'!E20", "表!E25*'其他 表'!E20"),
        ("'表'!A1:B20", "'表'!A1:B25"),
        ('"E20"&E20', '"E20"&E25'),
        ("[1]表!$E$20:$F$21+E20", "[1]表!$E$20:$F$21+E25"),
        ("LOG10(E20)", "LOG10(E25)"),
        ("教育[场次]+教育[[#All],[E20]]", "教育[场次]+教育[[#All],[E20]]"),
        ("SUM(20:21)", "SUM(25:26)"),
        ("SUM(A:A)", "SUM(A:A)"),
        ("SUM(E14:E1048576)", "SUM(E19:E1048576)"),
        ("金额E20", "金额E20"),
        ("IF(E20>1E20,E20,1.5)", "IF(E25>1E20,E25,1.5)"),
        ("一月:三月!E20", "一月:三月!E20"),
    ],
)
def test_references_below_a_list_move(before: str, after: str) -> None:
    assert moved_formula(before, "表", FIVE, 30) == after


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("SUM(E4:E4)", 5, "SUM(E4:E9)"),
        ("SUM(E4)", 5, "SUM(E4:E9)"),
        ("SUM(E3:E4)", 5, "SUM(E3:E9)"),
        ("SUBTOTAL(9,E4)", 5, "SUBTOTAL(9,E4:E9)"),
        ("SUM(E4:H4)", 4, "SUM(E4:H4)"),
        ("E4*2", 5, "E4*2"),
        ("ROUND(E4,2)", 5, "ROUND(E4,2)"),
        ("E5", 6, "E10"),
    ],
)
def test_totals_over_one_empty_row_grow_but_sums_across_do_not(before: str, at: int, after: str) -> None:
    assert moved_formula(before, "表", ONE, at) == after


def test_other_sheets_formulas_move_only_where_they_name_the_sheet() -> None:
    assert moved_formula("E20+表!E20", "汇总", FIVE, 20) == "E20+表!E25"
    assert moved_formula("表!E4:E13", "", FIVE) == "表!E4:E18"


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("C12*D12", "C14*D14"),
        ("A11+1", "A13+1"),
        ("C12/C$14", "C14/C$19"),
        ("C12/C14", "C14/C19"),
        ("SUM(C$4:C12)", "SUM(C$4:C14)"),
        ("VLOOKUP(C12,名单!A$1:B9,2)", "VLOOKUP(C14,名单!A$1:B11,2)"),
    ],
)
def test_a_rows_formula_is_copied_as_excel_copies_it(formula: str, after: str) -> None:
    assert copied_formula(formula, 2, (4, 13), FIVE["表"]) == after


def test_members_of_a_shared_formula_are_meant_relative_to_the_first() -> None:
    assert beside_formula("C3*$D$1+Z$2", 2, 1) == "D5*$D$1+AA$2"


def test_ranges_that_hold_for_a_row_hold_for_rows_made_like_it() -> None:
    shift = FIVE["表"]
    assert moved_ranges("D4:D13 D12 F14", shift.covering) == "D4:D18 D12:D17 F19"
    assert moved_ranges("D4:D12", shift.counted) == "D4:D12"


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 40), st.integers(0, 20), st.integers(1, 60))
def test_a_range_holds_exactly_the_rows_it_held(one: int, other: int, first: int, height: int, count: int) -> None:
    top, bottom = sorted((one, other))
    shift = Shift([Insertion(first, first + height, count)])
    new_top, new_bottom = shift.counted(top, bottom)
    kept = {shift.row(row) for row in range(top, bottom + 1)}
    assert kept <= set(range(new_top, new_bottom + 1))
    outside = {shift.row(row) for row in [*range(1, top), *range(bottom + 1, 90)]}
    assert not outside & set(range(new_top, new_bottom + 1))
    assert moved_formula(f"SUM(B{top}:B{bottom})", "表", {"表": shift}, 100).count(":") == 1


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9), st.integers(1, 9)), max_size=4))
def test_rows_keep_their_order(areas: list[tuple[int, int, int]]) -> None:
    shift = Shift(Insertion(first, first + height, count) for first, height, count in areas)
    moved = [shift.row(row) for row in range(1, 80)]
    assert moved == sorted(set(moved))
    assert moved[-1] - 79 == sum(count for _first, _height, count in areas)
