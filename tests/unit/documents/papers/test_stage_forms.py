"""Forms of a matter: each is filled from its record, says nothing of informants, and a misspelt name is refused."""

from pathlib import Path

import pytest

from paizhu import registers
from paizhu.base import values
from paizhu.base.errors import NotAllowedError
from paizhu.base.field import FieldKind, Sens
from paizhu.base.rows import Row, Sealed
from paizhu.documents.papers.stage_forms import stage_form
from paizhu.documents.papers.stages import StageForm, _known, stage_forms
from paizhu.documents.pdf import writing as pdf_papers
from paizhu.documents.pdf.blocks import Break, Grid, Paper, Para, Picture, Signature
from paizhu.documents.pdf.pictures import frames
from tests.make import make_values
from tests.unit.documents.pdf_reading import SECRET, STAMP, page_count, text_of

FORMS = [pytest.param(form, id=form.code) for form in stage_forms()]
BODY = "驻某市示例局纪检监察组"
SECRET_WORDS = "某举报人甲"


def record(form: StageForm) -> tuple[Row, dict[str, list[Row]]]:
    register = registers.register(form.register)
    rows = {child.key: [Row(child.key, 1, 1, make_values(child))] for child in register.rows}
    for child in register.rows:
        for field in child.fields:
            if field.kind is FieldKind.SEALED:
                rows[child.key][0] = Row(child.key, 1, 1, {field.name: Sealed(SECRET_WORDS)})
    return Row(form.register, 1, 1, make_values(register)), rows


def said(paper: Paper) -> list[str]:
    """Return every text of a paper, cell by cell: read back from a PDF, wrapped labels and values run together."""
    found = []
    for block in paper.blocks:
        if isinstance(block, Para):
            found.append(block.text)
        elif isinstance(block, Grid):
            found += [cell.text for line in block.rows for cell in line.cells]
        elif isinstance(block, Signature):
            found += [block.name, block.date, block.copies.text if block.copies else ""]
    return [*found, paper.letterhead.number] if paper.letterhead else found


@pytest.mark.parametrize("form", FORMS)
def test_a_form_prints_every_value_it_names(form: StageForm, tmp_path: Path) -> None:
    register = registers.register(form.register)
    row, rows = record(form)
    paper = stage_form(form, row, rows, SECRET, BODY)
    texts = said(paper)
    for name in form.names():
        if not register.has(name):
            continue
        field = register.field(name)
        shown = values.show(field, row.values[name]) if name != form.day else "2026年3月5日"
        wanted = "略" if field.sens is Sens.P4 else shown
        assert any(wanted in text for text in texts), name
    for words, _name in (*form.writes, *form.signs):
        assert words.partition("：")[0] in texts
    written = pdf_papers.write(tmp_path / "表.pdf", paper)
    text = text_of(written.path)
    assert form.title in text
    assert BODY in text
    assert SECRET_WORDS not in text


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_record_still_makes_a_form_to_be_filled_by_hand(form: StageForm, tmp_path: Path) -> None:
    written = pdf_papers.write(tmp_path / "空表.pdf", stage_form(form, Row(form.register, 1, 1, {}), {}, SECRET, BODY))
    assert form.title in text_of(written.path)
    assert page_count(written.path) <= 2


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_refused_without_a_purpose(form: StageForm) -> None:
    row, rows = record(form)
    with pytest.raises(NotAllowedError):
        stage_form(form, row, rows, STAMP, BODY)


def test_a_name_the_register_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match=r"lead\.no_such"):
        _known(registers.register("lead"), "no_such")


def test_the_forms_named_in_the_domain_are_there() -> None:
    titles = {form.title for form in stage_forms()}
    assert titles >= {
        "立案呈批表", "立案审查调查方案呈批表", "延期申请呈批表", "外查方案呈批表", "审查调查报告呈批表",
        "提前介入审理审批表", "案件移送审理审批表", "审理报告呈批表", "核查组组成人员登记表", "处分决定执行情况报告表",
        "处分决定执行告知卡", "解除处分呈批表", "初步核实延期审批表", "失实检举控告澄清审批表", "拟澄清告知书",
        "澄清函", "问题线索登记表", "信访举报登记表", "初步核实情况报告", "函询通知书",
    }  # fmt: skip


def test_a_picture_takes_the_room_there_is_and_a_break_no_second_page(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "扫描.png"
    Image.new("RGBA", (900, 1200), "white").save(path)
    (picture,) = frames(path.read_bytes())
    paper = Paper("图", (Para("前"), Break(), Break(), Picture(picture, "扫描.png"), Break()), SECRET)
    written = pdf_papers.write(tmp_path / "图.pdf", paper)
    assert page_count(written.path) == 3
    assert "扫描.png" in text_of(written.path, page=2)


def test_every_frame_of_a_scan_is_a_page_and_what_is_no_picture_none(tmp_path: Path) -> None:
    from PIL import Image

    first, second = Image.new("L", (300, 400), 255), Image.new("L", (300, 400), 200)
    path = tmp_path / "笔录.tif"
    first.save(path, save_all=True, append_images=[second])
    assert len(list(frames(path.read_bytes()))) == 2
    assert list(frames(b"not a picture")) == []
