"""Looking at a PDF with other people's tools, and the records the papers are made of; all invented."""

import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from paizhu.base.rows import Ref, Row, Value
from paizhu.documents.papers.dossier import Dossier, DossierGroup, DossierSection
from paizhu.documents.papers.letter import Reply, ReplyPerson
from paizhu.documents.pdf.blocks import Stamp

STAMP = Stamp("示审〔2026〕3号", datetime(2026, 3, 16, 10, 26), "示例甲", "7F3K-9Q2M", marking="内部")
SECRET = replace(STAMP, purpose="报组长审批", marking="工作秘密")
RARE = "𠅤㛃䶮"


def row(register: str, id_: int = 1, /, **values: Value) -> Row:
    return Row(register, id_, 1, values)


def text_of(path: Path, *, page: int = 0) -> str:
    """Return the text in reading order without spaces and line ends, as a search sees it."""
    pages = ("-f", str(page), "-l", str(page)) if page else ()
    done = subprocess.run(["pdftotext", "-layout", *pages, path, "-"], check=True, capture_output=True, text=True)
    return re.sub(r"\s+", "", done.stdout)


def page_count(path: Path) -> int:
    told = subprocess.run(["pdfinfo", path], check=True, capture_output=True, text=True).stdout
    return int(re.findall(r"Pages:\s+(\d+)", told)[0])


def fonts_of(path: Path) -> list[tuple[str, bool]]:
    """Return every font the file names and whether it is embedded as a subset."""
    told = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout
    return [(line.split()[0], line.split()[-5:-3] == ["yes", "yes"]) for line in told.splitlines()[2:]]


def darkness(path: Path, folder: Path) -> list[float]:
    """Return the share of dark points on each page as rendered."""
    subprocess.run(["pdftoppm", "-r", "40", "-gray", path, folder / "page"], check=True)
    shares = []
    for picture in sorted(folder.glob("page*.pgm")):
        raw = picture.read_bytes()
        points = raw[-_points(raw) :]
        shares.append(sum(1 for grey in points if grey < 160) / len(points))
    return shares


def _points(raw: bytes) -> int:
    width, height = raw.split(b"\n", 3)[1].split()
    return int(width) * int(height)


REVIEW_ITEM = row(
    "review_item", 4,
    no="审〔2026〕4号", title="关于办公楼维修项目采购的议题", category="fund", meeting=Ref("2026年第8次党组会"),
    planned_meeting_at=datetime(2026, 3, 18, 9, 0), submitted_at=datetime(2026, 3, 13, 16, 20), lead_workdays=2,
    submit_dept=Ref("示例处"), reporter=Ref("示例乙"), amount=Decimal("486000.00"), opinion="after_supplement",
    opinion_text="请按规定补充比价材料。", reviewer=Ref("示例丙"), signer=Ref("示例丁"), flags=("RF-A1",),
)  # fmt: skip
REVIEW_ROWS: Mapping[str, Sequence[Row]] = {
    "material": [row("material", name="议题单", received=True), row("material", name="预算批复", received=False)],
    "check": [row("check", words="议题依据引用准确", answer="no", note="引用的制度已修订")],
    "suggestion": [row("suggestion", number=1, words="补充不少于三家供应商的比价材料。")],
    "candidate": [],
}
TALK = row(
    "integrity_talk",
    no="谈〔2026〕5号", kind="pre_appointment", subject=Ref("示例丙"), subject_unit="某市示例局示例处",
    subject_post="处长", subject_rank="division", subject_political="member", reason="new_post",
    start_at=datetime(2026, 3, 10, 9, 30), end_at=datetime(2026, 3, 10, 10, 10), place="谈话室",
    talker=Ref("示例甲"), companion=Ref("示例乙"), companion_unit="某市示例局机关纪委", recorder=Ref("示例丁"),
    record="问：请说明办公楼维修项目的采购经过。\n答：2026年3月5日听取汇报，金额486,000.00元。",
    subject_statement="完全接受。",
)  # fmt: skip
TALK_ROWS = {"requirement": [row("requirement", words="报送岗位风险点清单", due=date(2026, 3, 17))]}
LEAD = row(
    "lead", 2,
    no="线〔2026〕2号", subject=Ref("示例丁"), subject_gender="male", subject_born="1978-05", subject_unit="某市示例局",
    subject_post="副局长", source="petition", received_at=date(2026, 3, 1), summary="1. 反映其收受礼金。",
    proposed_mode="check", proposed_reason="反映问题具体，建议初步核实。", panel_conclusion="同意承办人意见。",
    check_team=(Ref("示例甲"), Ref("示例乙")), check_team_note="示例乙为派出机关人员",
)  # fmt: skip
LEAD_ROWS = {"hand": [row("hand", who=Ref("示例甲"), when=datetime(2026, 3, 1, 9, 30), step="登记", opinion="")]}
PERSONS = (
    ReplyPerson("示例甲", "示例处副处长", "示例处处长（提拔任用）", "暂未发现影响使用的问题"),
    ReplyPerson(f"示{RARE}", "示例处科长", "示例处副处长", "建议暂缓"),
)
REPLY = Reply(
    "驻某市示例局纪检监察组", "纪组函〔2026〕17号", "某市示例局人事处", PERSONS, date(2026, 3, 16), "局人函〔2026〕9号"
)
DOSSIER = Dossier(
    "示例丙", "示例处处长", date(2026, 3, 16),
    (
        DossierGroup("一、基本情况", (DossierSection("（一）本人情况", (("姓名", "示例丙"), ("民族", "汉族"))),)),
        DossierGroup(
            "二、奖励和惩罚",
            (
                DossierSection("（一）奖励", head=("日期", "出处"), rows=(("2025-03-05", "奖〔2025〕1号"),)),
                DossierSection("（二）违纪处分"),
            ),
        ),
    ),
)  # fmt: skip
