"""Reading lists: windows from both ends, conditions, order, counts, on a real vault."""

from datetime import date
from decimal import Decimal

import pytest

from paizhu import registers
from paizhu.base import word_order
from paizhu.base.errors import NotFoundError
from paizhu.base.rows import Ref, Values
from paizhu.base.view import Condition, Test, View, Which
from paizhu.storage import queries, steps
from paizhu.storage.tables import table
from paizhu.storage.vault import Vault

TALK = registers.register("integrity_talk")
VIEW = View("integrity_talk")


@pytest.fixture
def filled(vault: Vault) -> Vault:
    with vault.act("save", "准备") as act:
        for number in range(40):
            act.create(
                TALK,
                {
                    "subject": Ref(f"示例{number % 4}", "person", 1 + number % 4) if number % 2 else Ref("示例0"),
                    "planned_date": date(2026, 1 + number % 12, 1 + number % 28),
                    "state": "held" if number % 3 else "planned",
                    "place": "三楼谈话室" if number % 5 else None,
                    "start_at": date(2026, 3, 5),
                    "signed_at": date(2026, 3, 1 + number % 9) if number % 4 else None,
                },
            )
        act.void(TALK, 40, "示例")
    return vault


@pytest.mark.parametrize("places", [[range(39)], [range(5, 9)], [range(3), range(7, 8), range(30, 39)]])
def test_the_ids_in_some_places_are_those_that_stand_there(filled: Vault, places: list[range]) -> None:
    view = VIEW.ordered("place", True)
    with filled.read() as connection:
        every = queries.ids(connection, view)
        assert queries.ids_at(connection, view, places) == [every[at] for each in places for at in each]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", ["planned_date", "state", "place", "signed_at"])
def test_a_window_is_the_same_from_whichever_end_it_is_read(filled: Vault, name: str, descending: bool) -> None:
    view = VIEW.ordered(name, descending)
    with filled.read() as connection:
        whole = [row.id for row in queries.every(connection, view, block=7)]
        assert len(whole) == 39
        assert queries.ids(connection, view) == whole
        for offset in (0, 5, 19, 20, 30, 36, 39):
            for total in (None, 39):
                found = queries.window(connection, view, offset, 6, total)
                assert [row.id for row in found] == whole[offset : offset + 6]
        for place in (0, 20, 38):
            assert queries.position(connection, view, whole[place]) == place
        assert queries.position(connection, view, 40) is None


@pytest.mark.parametrize("names", [None, ("state", "subject", "signed_at")])
def test_a_glimpse_holds_the_same_records_as_a_window(filled: Vault, names: tuple[str, ...] | None) -> None:
    view = VIEW.ordered("place")
    with filled.read() as connection:
        for offset in (0, 5, 30, 36):
            rows = queries.window(connection, view, offset, 6, 39)
            seen = queries.glimpse(connection, view, offset, 6, 39, names)
            glimpsed = [seen.row_of(record) for record in seen.records]
            assert [(row.id, row.version) for row in glimpsed] == [(row.id, row.version) for row in rows]
            for row, whole in zip(glimpsed, rows, strict=True):
                wanted = names or tuple(whole.values)
                assert {name: row.values[name] for name in wanted} == {name: whole.values[name] for name in wanted}
                assert row.values.get("reason", "not read") == "not read"


def test_all_live_records_are_counted_as_all_but_the_voided(filled: Vault) -> None:
    with filled.read() as connection:
        assert queries.count(connection, VIEW) == 39
        assert queries.count(connection, View("integrity_talk", which=Which.VOIDED)) == 1
        assert queries.count(connection, View("integrity_talk", which=Which.ALL)) == 40


@pytest.mark.parametrize("descending", [False, True])
def test_a_missing_day_stands_last_whichever_way_the_list_runs(filled: Vault, descending: bool) -> None:
    with filled.read() as connection:
        rows = list(queries.every(connection, VIEW.ordered("signed_at", descending)))
    empty = [row.values["signed_at"] is None for row in rows]
    assert empty == sorted(empty)
    assert any(empty)


def test_a_letter_without_its_day_of_delivery_is_the_newest(vault: Vault) -> None:
    letter = registers.register("proposal")
    with vault.act("save", "准备") as act:
        for day in (date(2026, 3, 1), None, date(2026, 3, 9)):
            act.create(
                letter,
                {
                    "title": "示例文书",
                    "addressee": Ref("示例处"),
                    "kind": "reminder",
                    "state": "drafted",
                    "delivered_at": day,
                },
            )
    with vault.read() as connection:
        newest_first = queries.ids(connection, View("proposal").ordered("delivered_at", descending=True))
        oldest_first = queries.ids(connection, View("proposal").ordered("delivered_at"))
    assert (newest_first, oldest_first) == ([2, 3, 1], [1, 3, 2])


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition("state", Test.IS, "planned"), 13),
        (Condition("state", Test.ONE_OF, ("planned", "held")), 39),
        (Condition("state", Test.NOT, "planned"), 26),
        (Condition("place", Test.EMPTY), 8),
        (Condition("place", Test.FILLED), 31),
        (Condition("place", Test.CONTAINS, "谈话室"), 31),
        (Condition("planned_date", Test.SINCE, date(2026, 12, 1)), 3),
        (Condition("planned_date", Test.UNTIL, date(2026, 1, 31)), 4),
        (Condition("subject", Test.IS, Ref("示例1")), 10),
        (Condition("subject", Test.IS, Ref("示例")), 0),
        (Condition("subject", Test.POINTS_TO, Ref("", "person", 2)), 10),
    ],
    ids=lambda value: f"{value.name} {value.test}" if isinstance(value, Condition) else None,
)
def test_a_condition_narrows_a_list(filled: Vault, condition: Condition, expected: int) -> None:
    view = VIEW.where(condition)
    with filled.read() as connection:
        assert queries.count(connection, view) == expected
        assert len(queries.ids(connection, view)) == expected


def test_the_last_day_of_a_period_is_taken_in_with_its_hours(vault: Vault) -> None:
    from tests.make import MOMENT

    with vault.act("save", "准备") as act:
        act.create(TALK, {"subject": Ref("示例甲"), "planned_date": MOMENT.date(), "start_at": MOMENT, "state": "held"})
    with vault.read() as connection:
        assert queries.count(connection, VIEW.where(Condition("start_at", Test.UNTIL, MOMENT.date()))) == 1


def test_voided_records_stand_apart(filled: Vault) -> None:
    with filled.read() as connection:
        assert queries.ids(connection, View(TALK.key, which=Which.VOIDED)) == [40]
        assert queries.count(connection, View(TALK.key, which=Which.ALL)) == 40


def test_values_of_a_column_are_counted(filled: Vault) -> None:
    with filled.read() as connection:
        assert queries.tally(connection, VIEW, "state") == {"planned": 13, "held": 26}


def test_who_points_to_a_record_is_known(filled: Vault) -> None:
    with filled.read() as connection:
        assert len(queries.pointing_to(connection, "person", 2)) == 10


def test_a_record_that_is_not_there_is_refused_in_words(vault: Vault) -> None:
    with vault.read() as connection, pytest.raises(NotFoundError, match="没有找到"):
        queries.one(connection, table(TALK), 999)


def test_a_column_no_register_has_is_a_fault(vault: Vault) -> None:
    with vault.read() as connection, pytest.raises(KeyError):
        queries.count(connection, VIEW.where(Condition("没有这一列", Test.EMPTY)))


def test_named_fields_alone_are_read_as_whole_records_hold_them(filled: Vault) -> None:
    names = ["place", "subject", "start_at"]
    with filled.read() as connection:
        whole = {row.id: row for row in queries.every(connection, VIEW)}
        some = list(queries.some(connection, VIEW, names, block=7))
        assert [row.id for row in some] == queries.ids(connection, VIEW)
    for row in some:
        assert row.version == whole[row.id].version
        assert {name: row.values.get(name) for name in names} == {name: whole[row.id].values[name] for name in names}
        assert set(row.values) <= set(names)


def test_few_pages_are_kept_only_while_very_many_rows_are_read(filled: Vault) -> None:
    with filled.read() as connection:
        before = connection.execute("PRAGMA cache_size").fetchone()
        with queries.scanning(connection):
            assert connection.execute("PRAGMA cache_size").fetchone() == (-4096,)
        assert connection.execute("PRAGMA cache_size").fetchone() == before


def names_in_order(vault: Vault, view: View, name: str) -> list[str]:
    """Return the words of one field of every record of a view, in its order."""
    with vault.read() as connection:
        return [str(getattr(row.values[name], "label", row.values[name])) for row in queries.every(connection, view)]


@pytest.mark.parametrize("descending", [False, True])
def test_names_stand_by_their_sound_and_empty_ones_last(vault: Vault, descending: bool) -> None:
    by_sound = ["安国平", "丁海波", "梁志远", "单秀兰", "孙立新", "解明", "曾明", "周培林"]
    given: Values = {"planned_date": date(2026, 3, 5), "state": "planned"}
    with vault.act("save", "准备") as act:
        for at, label in enumerate(sorted(by_sound)):
            act.create(TALK, {**given, "subject": Ref(label, "person", at + 1), "talker": Ref(label)})
        act.create(TALK, {**given, "subject": Ref("没有主谈人")})
    whole = by_sound[::-1] if descending else by_sound
    assert names_in_order(vault, VIEW.ordered("talker", descending), "talker") == [*whole, "None"]
    everybody = sorted([*by_sound, "没有主谈人"], key=word_order.name_key, reverse=descending)
    assert names_in_order(vault, VIEW.ordered("subject", descending), "subject") == everybody


@pytest.mark.parametrize("descending", [False, True])
def test_states_stand_in_the_order_of_their_flow_also_in_part_of_a_register(filled: Vault, descending: bool) -> None:
    """An index keeps states by their codes, in which held would stand before planned."""
    only = View("integrity_talk", (Condition("place", Test.FILLED),)).ordered("state", descending)
    expected = ["planned", "held"][:: -1 if descending else 1]
    for view in (VIEW.ordered("state", descending), only):
        with filled.read() as connection:
            total = queries.count(connection, view)
            states = [row.state for row in queries.window(connection, view, 0, total, total)]
        assert list(dict.fromkeys(states)) == expected
        assert len(states) == total


def test_a_choice_that_is_not_declared_any_more_stands_behind_and_an_empty_one_last(vault: Vault) -> None:
    unit = registers.register("unit")
    declared = [choice.code for choice in unit.field("kind").choices]
    kinds = [None, "gone", *declared[::-1]]
    with vault.act("save", "准备") as act:
        for at, kind in enumerate(kinds):
            act.create(unit, {"name": f"示例{at}", "kind": kind})
    for view in (View("unit"), View("unit", (Condition("name", Test.FILLED),))):
        for descending, expected in ((False, [*declared, "gone", None]), (True, ["gone", *declared[::-1], None])):
            ordered = view.ordered("kind", descending)
            with vault.read() as connection:
                for total in (None, len(kinds)):
                    found = [
                        row.values["kind"]
                        for at in range(len(kinds))
                        for row in queries.window(connection, ordered, at, 1, total)
                    ]
                    assert found == expected
                assert [row.values["kind"] for row in queries.every(connection, ordered)] == expected


def test_numbers_stand_by_size_and_several_choices_by_the_first(vault: Vault) -> None:
    outside, review = registers.register("outside_work"), registers.register("review_item")
    flags = [choice.code for choice in review.field("flags").choices]
    with vault.act("save", "准备") as act:
        for hours in ("10", "9.5", None, "100"):
            act.create(outside, {"what": "示例", "done_on": date(2026, 3, 5), "hours": hours and Decimal(hours)})
        for chosen in ((flags[1],), (flags[0], flags[1]), None):
            act.create(review, {"title": "示例", "flags": chosen, "state": "submitted"})
    assert names_in_order(vault, View("outside_work").ordered("hours"), "hours") == ["9.5", "10", "100", "None"]
    assert names_in_order(vault, View("outside_work").ordered("hours", True), "hours") == ["100", "10", "9.5", "None"]
    with vault.read() as connection:
        rows = list(queries.every(connection, View("review_item").ordered("flags")))
    assert [row.values["flags"] for row in rows] == [(flags[0], flags[1]), (flags[1],), None]


def test_numbers_are_compared_by_size_and_empty_ones_pass_neither_way(vault: Vault) -> None:
    outside = registers.register("outside_work")
    with vault.act("save", "准备") as act:
        for hours in ("10", "9.5", None, "100"):
            act.create(outside, {"what": "示例", "done_on": date(2026, 3, 5), "hours": hours and Decimal(hours)})
    for test, expected in ((Test.AT_LEAST, ["10", "100"]), (Test.AT_MOST, ["9.5", "10"])):
        view = View("outside_work", (Condition("hours", test, Decimal(10)),)).ordered("hours")
        assert names_in_order(vault, view, "hours") == expected


def test_a_name_is_found_with_and_without_a_record_behind_it_and_no_longer_name(vault: Vault) -> None:
    names = ("示例", "示例一", "示例 一", "示", "例示", "示例\t")
    with vault.act("save", "准备") as act:
        for name in names:
            for who in (Ref(name), Ref(name, "person", 7)):
                act.create(TALK, {"subject": who, "planned_date": date(2026, 1, 1), "state": "planned"})
    with vault.read() as connection:
        for name in names:
            found = queries.every(connection, VIEW.where(Condition("subject", Test.IS, Ref(name))))
            assert [(row.values["subject"]) for row in found] == [Ref(name), Ref(name, "person", 7)]


def test_who_is_named_is_found_without_looking_through_all_talks(vault: Vault) -> None:
    with vault.act("save", "准备") as act:
        for number in range(2_500):
            who = Ref(f"示例{number % 500}", "person", 7) if number % 2 else Ref(f"示例{number % 500}")
            act.create(TALK, {"subject": who, "planned_date": date(2026, 1, 1), "state": "planned"})
    view = VIEW.where(Condition("subject", Test.IS, Ref("示例3")))
    with vault.read() as connection:
        assert len(queries.ids(connection, view)) == 5
        assert steps.within(connection, 2_000, lambda: bool(queries.ids(connection, view)))
        assert not steps.within(connection, 2_000, lambda: bool(queries.ids(connection, VIEW.ordered("place"))))
