"""Rules of the house that no other tool checks: small files, no circles, signals that outlive their listeners."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

SOURCE = Path(__file__).parents[2] / "src" / "paizhu"
FILES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted(Path(__file__).parents[1].rglob("*.py"))
LONGEST = 400
# A lambda is no slot of the widget it speaks of: Qt goes on calling it after the widget is gone.
_KEPT_ALIVE = re.compile(r"theme\.current\(\)\.changed\.connect\(\s*(lambda|partial)")
# Where papers leave the window: the page that shows them first, and the recovery sheet, which is its own preview and
# tells of a secret that no journal may name. The tour writes every paper for those who look the program over.
PAPER_DOORS = {"ui/pages/paper.py", "ui/recovery_sheet.py", "ui/messages.py", "ui/tour_papers.py"}
_FROM_A_TEST = re.compile(r"^\s*(from|import) +tests\.(\w+\.)*test_\w+", re.MULTILINE)
_WRITES_PAPER = re.compile(r"\.pdf\"|\.pdf\)\"|messages\.PDF")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_is_one_idea(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_module_imports_itself_in_a_circle() -> None:
    # Imports inside a function and those for the type checker alone count: they only hide a circle.
    graph = grimp.build_graph("paizhu", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    # A circle raises CycleError, which names it.
    assert len(tuple(TopologicalSorter(imports).static_order())) == len(graph.modules)


def test_nothing_listens_to_the_theme_by_a_lambda() -> None:
    found = [path.name for path in FILES if _KEPT_ALIVE.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_nobody_asks_qt_for_the_next_widget_in_the_chain_of_tab() -> None:
    # PySide takes the answer for a child of the widget that was asked. When that one is deleted, layout items of the
    # answer count as deleted too, although they stand on the screen, and the next look or size ends the program.
    found = [path.name for path in (*FILES, *TESTS) if "InFocusChain" + "(" in path.read_text(encoding="utf-8")]
    assert found == []


def test_every_key_that_does_something_does_it_once_however_long_it_is_held() -> None:
    for path in FILES:
        words = path.read_text(encoding="utf-8")
        made = words.count("QShortcut(") + words.count("setShortcuts(")
        assert made <= words.count("setAutoRepeat(False)"), path.name


def test_every_paper_leaves_the_window_through_its_preview() -> None:
    window = {str(path.relative_to(SOURCE)).replace("\\", "/"): path for path in FILES if "ui" in path.parts}
    found = {name for name, path in window.items() if _WRITES_PAPER.search(path.read_text(encoding="utf-8"))}
    assert found <= PAPER_DOORS


def test_every_drop_down_finds_by_typing() -> None:
    plain = [path.name for path in FILES if re.search(r"\bQComboBox\(|\(QComboBox\):", path.read_text("utf-8"))]
    assert [name for name in plain if name != "drop_down.py"] == []


def test_no_test_module_takes_anything_from_another() -> None:
    # What two of them share stands in a module of its own: a reader looks for tests in the other.
    taking = [path.name for path in TESTS if _FROM_A_TEST.search(path.read_text(encoding="utf-8"))]
    assert taking == []
