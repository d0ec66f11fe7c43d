"""卷宗: one paper with cover, contents, volumes, evidence, course, log and checksums; nothing of who reported."""

import hashlib
import time
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from paizhu import registers
from paizhu.base.errors import NotAllowedError
from paizhu.documents.pdf.pictures import KINDS
from paizhu.services.matters.case_file import LETTERS_KEPT, retention_of
from paizhu.services.matters.course import Course
from paizhu.services.matters.course_papers import CASE_FILE, wanted
from paizhu.services.office import Office
from paizhu.services.out.paper_kinds import KINDS as PAPERS
from tests.unit.documents.pdf_reading import page_count, text_of

PETITION, LEAD, CASE = (registers.register(key) for key in ("petition", "lead", "case"))
SECRET = "某举报人甲"


def picture(path: Path, words: str = "示例") -> Path:
    made = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(made).text((50, 50), words.encode().hex(), fill="black")
    made.save(path)
    return path


@pytest.fixture
def case(office: Office, tmp_path: Path) -> int:
    letter = office.records.save(
        PETITION,
        {"received_at": "2025-11-03", "named": "实名", "summary": "反映收礼", "own_level": "本级",
         "reported_names": "示例甲", "accepted_at": "2025-11-04"},
        rows={"informant": [{"mark": "反映人一", "name": SECRET}]},
    ).records[0][1]  # fmt: skip
    lead = office.records.save(LEAD, {
        "subject": "示例甲", "received_at": "2025-11-05", "check_from": "2025-11-21", "check_report_at": "2026-01-09",
        "petition_refs": [{"label": "信", "register": "petition", "id": letter}], "approved_at": "2025-11-20",
    }).records[0][1]  # fmt: skip
    made = office.records.save(CASE, {
        "name": "示例甲收受礼品案", "subject": "示例甲", "subject_unit": "示例站", "subject_post": "副站长",
        "filed_at": "2026-01-15", "announced_at": "2026-01-16", "issue_types": "廉洁纪律", "facts": "收受礼品两次",
        "lead_ref": {"label": "线", "register": "lead", "id": lead},
    }).records[0][1]  # fmt: skip
    for name in ("立案决定书.png", "示例甲任职文件.jpg", "转账凭证.png"):
        office.records.attach(CASE, made, picture(tmp_path / name, name))
    plain = tmp_path / "询问笔录.pdf"
    plain.write_bytes(b"%PDF-1.4 example")
    office.records.attach(CASE, made, plain)
    office.records.attach(PETITION, letter, picture(tmp_path / "来信扫描.png", "来信"))
    return made


def printed(office: Office, case: int, folder: Path) -> Path:
    return office.printing.paper(CASE_FILE, CASE, case, folder / "卷宗.pdf", "案卷归档").path


def test_the_file_has_cover_contents_three_volumes_course_records_log_and_checksums(
    office: Office, case: int, tmp_path: Path
) -> None:
    path = printed(office, case, tmp_path)
    text = text_of(path)
    assert "示例甲收受礼品案" in text_of(path, page=1)
    assert "永久（建议，审查调查卷、审理卷" in text_of(path, page=1)
    contents = text_of(path, page=2)
    for words in (
        "第一卷程序卷",
        "第二卷主体身份卷",
        "第三卷证据卷",
        "办理经过",
        "登记内容案件",
        "附件清单和校验值",
        "留痕",
    ):
        assert words in contents, words
    assert "由记录生成，待签字" in text
    for name in ("立案决定书.png", "转账凭证.png", "询问笔录.pdf"):
        assert name in text
        digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        assert digest[:40] in text
    assert "第1页，共" in text
    assert page_count(path) > 12


def test_the_contents_name_the_page_on_which_a_document_stands(office: Office, case: int, tmp_path: Path) -> None:
    path = printed(office, case, tmp_path)
    for page in range(3, page_count(path) + 1):
        if "转账凭证.png" in (text := text_of(path, page=page)) and "第三卷" not in text:
            assert f"转账凭证.png{page}" in text_of(path, page=2).replace("…", "")
            return
    raise AssertionError("the picture stands on no page")


def test_who_reported_is_in_no_word_and_no_picture(office: Office, case: int, tmp_path: Path) -> None:
    path = printed(office, case, tmp_path)
    text = text_of(path)
    assert SECRET not in text
    assert LETTERS_KEPT[:4] in text
    assert "1.来信扫描.png" not in text_of(path, page=2)


def test_a_file_without_a_purpose_is_refused_and_one_with_it_is_journalled(
    office: Office, case: int, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowedError):
        office.printing.paper(CASE_FILE, CASE, case, tmp_path / "卷宗.pdf")
    assert not (tmp_path / "卷宗.pdf").exists()
    printed(office, case, tmp_path)
    entry = office.history.entries()[0]
    assert (entry.kind, entry.about["purpose"]) == ("print", "案卷归档")


def test_the_same_file_is_made_from_each_record_of_the_matter(office: Office, case: int, tmp_path: Path) -> None:
    matter = Course(office.desk).of("case", case)
    for part in matter.parts:
        draft = office.printing.draft(CASE_FILE, part.register, part.row.id, "查阅")
        assert draft.pages > 12


def test_retention_is_proposed_from_the_rule_data_and_the_record_wins(office: Office, case: int) -> None:
    matter = Course(office.desk).of("case", case)
    assert retention_of(matter).proposed
    assert retention_of(matter).period == "永久"
    office.records.save(CASE, {"retention": "30年"}, case)
    kept = retention_of(Course(office.desk).of("case", case))
    assert (kept.words, kept.proposed) == ("30年", False)
    lead = office.records.save(LEAD, {"subject": "示例乙", "received_at": "2026-03-02"}).records[0][1]
    assert retention_of(Course(office.desk).of("lead", lead)).period == "30年"
    letter = office.records.save(PETITION, {"received_at": "2026-03-02", "summary": "示例"}).records[0][1]
    assert retention_of(Course(office.desk).of("petition", letter)).period == "10年"


def test_two_hundred_attachments_take_less_than_a_minute(office: Office, case: int, tmp_path: Path) -> None:
    for number in range(195):
        office.records.attach(CASE, case, picture(tmp_path / f"凭证{number:03}.jpg", str(number)))
    begun = time.monotonic()
    draft = office.printing.draft(CASE_FILE, CASE, case, "归档")
    assert time.monotonic() - begun < 60
    assert draft.pages > 200


def test_every_paper_a_stage_can_make_is_a_paper_of_its_register() -> None:
    known = {(kind.register, kind.code) for kind in PAPERS}
    for paper in wanted():
        assert not paper.form or (paper.register, paper.form) in known, paper.code
    assert ".jpg" in KINDS


def test_a_pdf_among_the_papers_is_bound_in_page_by_page(office: Office, case: int, tmp_path: Path) -> None:
    before = page_count(printed(office, case, tmp_path))
    scan = tmp_path / "谈话笔录扫描.pdf"
    pages = [Image.new("RGB", (600, 800), colour) for colour in ("white", "black", "white")]
    pages[0].save(scan, save_all=True, append_images=pages[1:])
    office.records.attach(CASE, case, scan)
    path = printed(office, case, tmp_path)
    assert page_count(path) == before + 3
    everything = text_of(path)
    assert "谈话笔录扫描.pdf（第2页，共3页）" in everything
    # One that cannot be read stays outside, and the list says so.
    assert "询问笔录.pdf（原件另附）" in everything
    assert "谈话笔录扫描.pdf（原件另附）" not in everything
