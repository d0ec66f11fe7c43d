"""The main job without a screen, as ``paizhu tour`` does it: every picture shows something, the workbook opens."""

import re
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from paizhu.cli import main as command
from paizhu.services import sample
from paizhu.services.forms.filling import Filling
from paizhu.services.out.paper_kinds import KINDS
from paizhu.ui import tour, tour_papers
from paizhu.ui.tabs import TABS
from paizhu.ui.tour_screens import LOOKS, OPENED, OTHERS


@pytest.fixture(scope="module")
def _application() -> QApplication:
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(["paizhu"])


@pytest.mark.usefixtures("_application")
def test_the_tour_makes_everything_and_lists_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "示例输出"
    status = command(["tour", str(out)], tour.tour)
    said = capsys.readouterr().out
    assert status == 0, said
    listed = (out / tour.LIST).read_text(encoding="utf-8").splitlines()
    assert [line for line in said.splitlines() if tour.LIST not in line] == listed

    pictures = sorted((out / tour.PICTURES).glob("*.png"))
    assert {f"{tour.PICTURES}/{path.name}" for path in pictures} <= {line.partition("\t")[0] for line in listed}
    assert len(pictures) >= len(LOOKS) * (len(TABS) + len(OPENED)) + len(OTHERS)
    for look in LOOKS:
        worn = [path for path in pictures if path.stem.endswith(look.words)]
        assert len(worn) >= len(TABS) + len(OPENED)
        assert {(QImage(str(path)).width(), QImage(str(path)).height()) for path in worn} == {
            (look.size.width(), look.size.height())
        }
    for words in ("锁定", "首次使用", "设置", "备份", "导入-核对问题", "导入-导入完成"):
        assert any(words in path.name for path in pictures), words
    # A tab may still show the record that was opened in it, so only the pages themselves must all differ.
    pages = [path for path in pictures if "打开一条" not in path.name]
    assert len({path.read_bytes() for path in pages}) == len(pages)

    book = openpyxl.load_workbook(out / tour.WORKBOOK, read_only=True)
    assert {"责任清单", "会前审查", "廉政谈话"} <= set(book.sheetnames)
    talks = list(book["廉政谈话"].iter_rows(values_only=True))
    assert any("孙立新" in map(str, row) for row in talks)
    book.close()

    check_forms_and_papers(out, listed)

    for path in sample.ledgers():
        assert path.name in "".join(listed) or "谈话" in path.name
    monkeypatch.setenv("PAIZHU_PASSWORD", tour.PASSWORD)
    assert command(["vault", "check", str(out / tour.VAULT)]) == 0


def check_forms_and_papers(out: Path, listed: list[str]) -> None:
    """Look into what was filled and printed, and that each is listed with its words."""
    named = {line.partition("\t")[0]: line.partition("\t")[2] for line in listed}
    forms = sorted((out / tour_papers.FORMS).iterdir())
    assert len(forms) == len(Filling.ready_forms())
    whole = next(path for path in forms if path.name.startswith(tour_papers.WHOLE))
    assert "派出机关统计报表全套" in named[f"{tour_papers.FORMS}/{whole.name}"]
    book = openpyxl.load_workbook(whole)
    assert book["封面"]["C5"].value == sample.GROUP
    cells = [book["01总表"].cell(row, column).value for row in range(4, 60) for column in (5, 6)]
    assert sum(isinstance(value, int | float) and value > 0 for value in cells) > 5
    book.close()
    papers = sorted((out / tour_papers.PAPERS).glob("*.pdf"))
    # Of a paper that several registers have, the register stands behind its name.
    assert {path.stem.partition("-")[0] for path in papers} >= {kind.label for kind in KINDS}
    for path in papers:
        assert path.read_bytes().startswith(b"%PDF"), path.name
        assert "页" in named[f"{tour_papers.PAPERS}/{path.name}"]


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "重要.txt").write_text("别动", encoding="utf-8")
    assert command(["tour", str(tmp_path)], tour.tour) == 1
    assert (tmp_path / "重要.txt").read_text(encoding="utf-8") == "别动"


def test_a_vault_that_no_tour_left_behind_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / tour.VAULT).mkdir()
    (tmp_path / tour.VAULT / "vault.db").write_bytes(b"x")
    assert command(["tour", str(tmp_path)], tour.tour) == 1
    assert (tmp_path / tour.VAULT / "vault.db").exists()


def test_the_tour_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert command(["tour", "--help"], tour.tour) == 0
    said = capsys.readouterr().out
    assert "paizhu tour" in said
    assert not re.search("usage|positional|options|show this", said)
    assert command(["--help"], tour.tour) == 0
    assert re.search("tour +不开窗口", capsys.readouterr().out)


def test_a_tour_into_a_file_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "文件.txt"
    path.write_text("原样", encoding="utf-8")
    assert command(["tour", str(path)], tour.tour) == 1
    assert "是一个文件，不是文件夹" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "原样"
