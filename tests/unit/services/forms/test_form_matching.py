"""What forms ask for, proposed from their labels; what cannot be told stays empty."""

from pathlib import Path

import pytest

from paizhu.documents.forms.read import Form, read_form
from paizhu.rules import indicators
from paizhu.services.forms.filling import Filling
from paizhu.services.forms.matching import Matcher
from paizhu.services.forms.wishes import LEAST, SURE, CellWish, Wishes
from paizhu.services.forms.words import Words, clean

FORMS = Path(__file__).resolve().parents[3] / "data" / "forms"
LEFT = ("备注", "扣分", "未移交")
"""Headings of the shipped forms that no register can answer; they are left to the hand."""
UNITS = ("示例一局", "示例二局")


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Words.load(indicators.shipped(), UNITS))


def form(name: str) -> Form:
    return read_form(FORMS / f"{name}.xlsx")


def proposed(matcher: Matcher, name: str) -> Wishes:
    return matcher.propose(form(name))


def told(wish: CellWish) -> tuple[str, dict[str, str], str]:
    return wish.code, dict(wish.by), wish.span


@pytest.mark.parametrize(
    ("name", "sheet", "place", "wanted"),
    [
        ("lead_figures", "线索处置", "D7", ("I-201A", {"rank": "division"}, "current")),
        ("lead_figures", "线索处置", "E8", ("I-202", {"rank": "section", "mode": "talk_inquiry"}, "current")),
        ("lead_figures", "线索处置", "G7", ("I-202", {"rank": "division", "mode": "hold"}, "current")),
        ("lead_figures", "线索处置", "D10", ("I-201A", {"rank": "other"}, "current")),
        ("lead_figures", "线索处置", "K7", ("I-206", {"rank": "division"}, "current")),
        ("four_forms", "四种形态", "B5", ("I-401", {}, "current")),
        ("four_forms", "四种形态", "C8", ("I-404", {}, "cumulative")),
        ("mixed", "月报", "B4", ("I-101", {}, "current")),
        ("mixed", "月报", "C5", ("I-201A", {}, "cumulative")),
        ("mixed", "月报", "D6", ("I-301A", {}, "last_year")),
        ("side_by_side", "情况表", "B3", ("I-501A", {}, "current")),
    ],
)
def test_labels_say_which_figure(
    matcher: Matcher, name: str, sheet: str, place: str, wanted: tuple[str, dict[str, str], str]
) -> None:
    assert told(proposed(matcher, name).cells[sheet, place]) == wanted


@pytest.mark.parametrize(
    ("name", "sheet", "place"),
    [
        ("side_by_side", "情况表", "D4"),
        ("four_forms", "四种形态", "F5"),
        ("duty_status", "责任清单", "D9"),
        ("linked_sheets", "汇总", "C3"),
    ],
)
def test_what_no_figure_counts_stays_empty(matcher: Matcher, name: str, sheet: str, place: str) -> None:
    assert proposed(matcher, name).cells.get((sheet, place), CellWish()).code == ""


@pytest.mark.parametrize(
    ("name", "key", "register", "fields"),
    [
        ("review_ledger", ("会前审查", 4), "review_item", {"C": "title", "D": "category", "E": "amount"}),
        ("talks_summary", ("谈话汇总", 4), "integrity_talk", {"C": "subject", "D": "kind"}),
        ("mixed", ("月报", 10), "integrity_talk", {"B": "subject", "E": "start_at"}),
        ("one_row", ("信访", 3), "petition", {"B": "received_at"}),
        (
            "extended_validation",
            ("登记", 3),
            "proposal",
            {"A": "doc_no", "B": "addressee", "C": "kind", "D": "delivered_at"},
        ),
    ],
)
def test_headings_and_title_say_which_register(
    matcher: Matcher, name: str, key: tuple[str, int], register: str, fields: dict[str, str]
) -> None:
    wish = proposed(matcher, name).lists[key]
    assert (wish.register, wish.confidence >= LEAST) == (register, True)
    assert fields.items() <= dict(wish.columns).items()


def test_a_row_for_each_unit_has_figures_in_its_columns(matcher: Matcher) -> None:
    wish = proposed(matcher, "punishments").lists["立案处分", 4]
    assert (wish.over, dict(wish.columns)) == ("unit", {"B": "name"})
    assert told(wish.figures["C"])[:2] == ("I-303B", {"kind": "admin_warning"})
    assert told(wish.figures["K"])[:2] == ("I-303A", {"kind": "party_serious_warning"})
    # 问责 is no punishment: a figure of punishments would stand there as nought.
    assert not {"P", "Q", "X", "Z"} & set(wish.figures)


@pytest.mark.parametrize("path", Filling.ready_forms(), ids=lambda path: path.stem)
def test_ready_forms_need_nobody_to_point(matcher: Matcher, path: Path) -> None:
    read = read_form(path)
    wishes = matcher.propose(read)
    open_cells = [
        cell.place
        for sheet in read.sheets
        for area in sheet.figures
        for cell in area.wanted
        if cell.column_path != ("备注",) and wishes.cells[sheet.name, cell.place].confidence < SURE
    ]
    assert open_cells == []
    for sheet in read.sheets:
        for area in sheet.lists:
            wish = wishes.lists[sheet.name, area.first_row]
            wanted = {
                column.letters
                for column in area.columns
                if column.index != area.ordinal and column.index not in area.formulas and column.path[-1] not in LEFT
            }
            assert wanted <= {*wish.columns, *wish.figures}
            assert all(figure.confidence >= SURE for figure in wish.figures.values())


def test_others_among_ranks_are_a_rank(matcher: Matcher) -> None:
    path = next(path for path in Filling.ready_forms() if "线索" in path.stem)
    wishes = matcher.propose(read_form(path)).cells
    assert {name for wish in wishes.values() for name, _key in wish.by} == {"rank", "mode"}
    assert dict(wishes["线索处置", "B9"].by) == {"rank": "other"}


def test_there_are_five_ready_forms_and_the_whole_set() -> None:
    assert len(Filling.ready_forms()) == 6


def test_the_whole_set_has_the_cover_and_its_sheets(matcher: Matcher) -> None:
    path = next(path for path in Filling.ready_forms() if "全套" in path.stem)
    read = read_form(path)
    assert [sheet.name[:2] for sheet in read.sheets] == ["封面", *(f"{n:02}" for n in range(1, 14))]
    wishes = matcher.propose(read)
    heads = wishes.lists["04立案处分", 6].figures
    assert told(heads["K"]) == ("I-303A", {"kind": "party_warning"}, "current")
    assert told(heads["T"])[:2] == ("I-305A", {"kind": "adjust"})
    assert told(wishes.cells["06四种形态", "E5"]) == ("I-401", {"measure": "warn_talk"}, "cumulative")
    assert told(wishes.cells["07六项纪律", "D8"]) == ("I-303", {"issue": "integrity"}, "current")
    assert told(wishes.cells["12廉政意见", "C8"]) == ("I-507B", {}, "m3")
    assert wishes.lists["10问题整改", 6].figures["F"].code == "I-506R"
    letters = wishes.lists["11建议书", 4]
    assert (letters.register, dict(letters.columns)["D"], letters.confidence) == ("proposal", "addressee", 1.0)
    assert told(wishes.cells["01总表", "H4"]) == ("I-101", {}, "grown")
    grid = read.sheet("01总表").grid
    for (sheet, place), wish in wishes.cells.items():
        if sheet == "01总表" and wish.code:
            # The code beside a row is the one that is counted, and all of it.
            assert (wish.code, wish.by) == (grid.at(int(place[1:]), 2).words, ()), place
    counted = {wish.code for (sheet, _place), wish in wishes.cells.items() if sheet == "01总表"}
    assert {"I-101", "I-202", "I-303", "I-401R", "I-501B", "I-502R", "I-701R"} <= counted


@pytest.mark.parametrize(
    ("label", "words", "unit"),
    [
        ("信访举报（件次）", "信访举报", "件次"),
        ("其中：县处级", "县处级", ""),
        ("一、 立案（件）", "立案", "件"),
        ("人次", "人次", "人次"),
        ("场次", "场次", "场"),
    ],
)
def test_labels_are_read_without_numbering_and_units(label: str, words: str, unit: str) -> None:
    assert clean(label) == (words, unit)
