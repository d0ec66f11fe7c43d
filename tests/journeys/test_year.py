"""A scripted year: sixty letters, forty leads of every disposal, twelve cases to every outcome; what falls due in it.

The same script is played on a vault and followed by an oracle that knows nothing of the program. On twelve days of the
year ``paizhu today --on D --json`` must print what the oracle foretells and what was kept, line for line, in the
file of expected lists, which was read over by hand.
"""

import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, redirect_stdout
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from paizhu import registers
from paizhu.base import clock
from paizhu.base.view import View
from paizhu.cli import main
from paizhu.services.office import Office
from paizhu.storage.header import Header
from paizhu.storage.vault import Vault
from tests.conftest import PASSWORD
from tests.journeys.year_foretold import Foretelling, Line
from tests.journeys.year_played import Player
from tests.journeys.year_script import DATA, DATES, Event, events

EXPECTED = DATA / "expected.json"
MATTERS = ("petition", "lead", "case", "measure")


def foretold() -> dict[str, list[Line]]:
    """Return the oracle's lists by day."""
    oracle, found = Foretelling(), {}
    for on, acts in _by_date():
        for event in acts:
            oracle.follow(event)
        found[on.isoformat()] = oracle.lines(on)
    return found


def _by_date() -> Iterator[tuple[date, list[Event]]]:
    acts = events()
    before = date.min
    for on in DATES:
        yield on, [event for event in acts if before < event.day <= on]
        before = on


def kept() -> dict[str, list[Line]]:
    data = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return {on: [Line(*line) for line in lines] for on, lines in data.items()}


def as_line(printed: Mapping[str, Any]) -> Line:
    """Return one entry of ``today --json`` as the lists keep it."""
    action = "" if printed["what"] == "长时间没有登记" else printed["action"]
    return Line(printed["state"], printed["due"], printed["working_days_left"], printed["register"], printed["no"],
                printed["what"], printed["rule"] or "", action)  # fmt: skip


class Year:
    """The year as it was played: what the command line printed on each day, and the vault at the end."""

    def __init__(self, printed: dict[str, list[dict[str, Any]]], office: Office) -> None:
        self.printed = printed
        self.office = office

    def tally(self, register: str, name: str) -> dict[Any, int]:
        return self.office.records.tally(View(register), name)


@pytest.fixture(scope="module")
def year(vault_template: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Play the year once; the command line is asked on each of its twelve days."""
    folder = tmp_path_factory.mktemp("year") / "示例.paizhu"
    shutil.copytree(vault_template[0], folder)
    player, printed = Player(), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAIZHU_PASSWORD", PASSWORD)
        patch.setenv("PAIZHU_HOME", str(tmp_path_factory.mktemp("home")))
        for on, acts in _by_date():
            with closing(Vault.open_with(folder, Header.load(folder), vault_template[1])) as vault:
                office = Office(vault)
                for event in acts:
                    player.play(office, event)
            printed[on.isoformat()] = _asked(folder, on)
    with closing(Vault.open_with(folder, Header.load(folder), vault_template[1])) as vault:
        yield Year(printed, Office(vault))


def _asked(folder: Path, on: date) -> list[dict[str, Any]]:
    out = io.StringIO()
    with clock.clock_at(datetime.combine(on, time(23, 59))), redirect_stdout(out):
        assert main(["today", str(folder), "--on", on.isoformat(), "--json"]) == 0
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return [each for each in found if each["register"] in MATTERS]


def test_the_oracle_foretells_the_lists_that_were_read_over() -> None:
    assert foretold() == kept()


@pytest.mark.parametrize("on", [each.isoformat() for each in DATES])
def test_on_this_day_exactly_what_was_expected_falls_due(year: Year, on: str) -> None:
    found = sorted(as_line(each) for each in year.printed[on])
    assert found == sorted(kept()[on])


@pytest.mark.parametrize("on", [each.isoformat() for each in DATES])
def test_the_most_pressing_stands_first_and_every_line_explains_itself(year: Year, on: str) -> None:
    order = ("overdue", "today", "soon", "later")
    ranks = [(order.index(each["state"]), each["due"]) for each in year.printed[on]]
    assert ranks == sorted(ranks)
    for each in year.printed[on]:
        assert each["explanation"], each["no"]
        assert each["action"], each["no"]


def test_the_year_holds_what_it_should(year: Year) -> None:
    counts = {key: year.office.records.count(View(key)) for key in MATTERS}
    assert (counts["petition"], counts["lead"], counts["case"]) == (60, 40, 12)
    modes = year.tally("lead", "mode")
    assert {"talk_inquiry", "check", "hold", "close", "transfer"} <= set(modes)
    assert {"credited", "first_form", "check", "false_accusation"} <= set(year.tally("lead", "report_opinion"))
    assert {"file", "close", "remind", "hold", "party_body"} <= set(year.tally("lead", "check_opinion"))
    assert {"punish", "exempt", "none", "withdrawn", "judicial"} <= set(year.tally("case", "outcome"))
    assert {"upheld", "changed", "revoked"} <= set(year.tally("case", "appeal_result"))
    assert {"up", "returned", "kept", "archived"} <= set(year.tally("petition", "state"))


def test_an_appeal_changed_a_decision_and_its_period(year: Year) -> None:
    records = year.office.records
    rows = [records.get(registers.register("measure"), each) for each in records.ids(View("measure"))]
    (old,) = [row for row in rows if row.values["changed"] == "replaced"]
    assert (old.values["kind"], old.values["period_to"]) == ("party_serious_warning", None)
    (new,) = [row for row in rows if row.values["doc_no"] == "示党〔2025〕88号"]
    assert (str(new.values["decided_at"]), str(new.values["period_to"])) == ("2025-09-20", "2026-09-19")


def test_a_withdrawn_case_was_cleared_in_writing(year: Year) -> None:
    records = year.office.records
    cases = [records.get(registers.register("case"), each) for each in records.ids(View("case"))]
    (cleared,) = [row for row in cases if row.values["outcome"] == "withdrawn"]
    assert (cleared.state, cleared.values["clarify_modes"]) == ("archived", ("written",))


def test_both_extensions_keep_the_day_before(year: Year) -> None:
    words = [each["explanation"] for each in year.printed["2025-05-30"] if each["what"] == "完成初步核实"]
    assert [("原期限" in text) for text in words].count(True) == 1


def test_numbers_run_without_a_gap(year: Year) -> None:
    records = year.office.records
    for key, pattern in (("petition", "信〔2025〕{:04}"), ("lead", "线〔2025〕{:04}"), ("case", "案〔2025〕{:03}")):
        ids = records.ids(View(key))
        found = sorted(records.get(registers.register(key), each).no for each in ids)
        assert found == [pattern.format(n) for n in range(1, len(ids) + 1)]


def test_the_states_of_the_lists_are_spread(year: Year) -> None:
    states = Counter(line.state for lines in kept().values() for line in lines)
    assert min(states[each] for each in ("overdue", "today", "soon", "later")) >= 3
