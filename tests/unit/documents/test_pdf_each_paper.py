"""Each paper once: its words in order, its fonts embedded, its pages neither blank nor black."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from paizhu.documents.papers.dossier import dossier_paper
from paizhu.documents.papers.lead import check_approval, disposal_approval, inquiry_approval
from paizhu.documents.papers.letter import opinion_reply
from paizhu.documents.papers.proposal import Named, ProposalLetter, notice, proposal, reminder
from paizhu.documents.papers.record import record_paper
from paizhu.documents.papers.recovery import recovery_sheet
from paizhu.documents.papers.register_list import list_paper
from paizhu.documents.papers.review import review_ledger, review_opinion
from paizhu.documents.papers.talk import BriefSection, TalkFacts, brief, talk_form, talk_record
from paizhu.documents.pdf.blocks import Paper
from paizhu.documents.pdf.fonts import FontBook
from paizhu.documents.pdf.writing import write
from paizhu.registers.review import REVIEW
from tests.unit.documents import pdf_reading as seen
from tests.unit.documents.pdf_reading import RARE, SECRET, STAMP

OURS = FontBook(())
BRIEF = (BriefSection("岗位和分工", ("分管采购。",)), BriefSection("责任清单"))
LETTER = ProposalLetter(
    body="驻某市示例局纪检监察组",
    number="纪监建〔2026〕3号",
    title="关于规范示例公示的纪检监察建议",
    to="示例处",
    origin="示例专项检查",
    day=date(2026, 3, 16),
    problems=(Named("公示期不足", "示例办法第三条", "统一模板", date(2026, 4, 10), "示例甲"), Named("没有签字")),
    causes="没有统一模板",
    suggestions=("统一公示模板", "每季抽查一次"),
    ask="纪检监察建议",
    law=True,
    reply_due=date(2026, 4, 15),
    cc=("示例一处", "示例二处"),
)
PAPERS: dict[str, tuple[Callable[[], Paper], tuple[str, ...]]] = {
    "list": (
        lambda: list_paper(REVIEW, [seen.REVIEW_ITEM], STAMP),
        (
            "会前审查台账",
            "共1条",
            "序号",
            "议题名称",
            "关于办公楼维修项目采购的议题",
            "486,000.00",
            "第1页，共1页",
        ),
    ),
    "proposal": (
        lambda: proposal(LETTER, STAMP),
        (
            "纪监建〔2026〕3号",
            "关于规范示例公示的纪检监察建议",
            "示例处：",
            "近期，我组在示例专项检查中发现",
            "一、存在问题",
            "1.公示期不足。依据：示例办法第三条。",
            "2.没有签字。",
            "二、原因分析",
            "没有统一模板。",
            "三、建议措施",
            "监察法》第五十二条",
            "提出如下纪检监察建议：",
            "1.统一公示模板。",
            "2026年4月15日前",
            "第七十一条",
            "2026年3月16日",
            "抄送：示例一处，示例二处。",
        ),
    ),
    "reminder": (
        lambda: reminder(replace(LETTER, law=False, suggestions=()), STAMP),
        (
            "1.公示期不足。",
            "请统一模板。",
            "2.没有签字。",
            "主要原因：没有统一模板。",
            "于2026年4月15日前书面回复",
            "特此提醒。",
        ),
    ),
    "notice": (
        lambda: notice(replace(LETTER, suggestions=()), STAMP),
        (
            "整改要求",
            "示例办法第",
            "公示期不足",
            "统一模板",
            "示例甲",
            "没有签字",
            "按回复期限",
            "2026年4月15日前书面报告整改结果",
            "2026年3月16日",
            "签收人（签名）",
        ),
    ),
    "record": (
        lambda: record_paper(REVIEW, seen.REVIEW_ITEM, STAMP, rows=seen.REVIEW_ROWS),
        ("会前审查登记表", "议题名称", "资金与采购", "486,000.00", "材料清单（2）", "预算批复", "意见建议（1）"),
    ),
    "review": (
        lambda: review_opinion(seen.REVIEW_ITEM, seen.REVIEW_ROWS, STAMP),
        (
            "会前审查意见书",
            "编号：审〔2026〕4号",
            "2026年第8次党组会",
            "√大额资金使用",
            "√议题单",
            "□预算批复",
            "√否",
            "引用的制度已修订",
            "√补充材料后上会",
            "1.补充不少于三家",
            "示例丙",
            "单位签收",
            "不替代集体决策",
        ),
    ),
    "ledger": (
        lambda: review_ledger([seen.REVIEW_ITEM], STAMP, suggestions={4: seen.REVIEW_ROWS["suggestion"]}),
        ("会前审查台账", "意见建议", "意见日期", "补充不少于三家"),
    ),
    "talk form": (
        lambda: talk_form(seen.TALK, seen.TALK_ROWS, STAMP, facts=TalkFacts("男", "组长")),
        (
            "廉政谈话登记表",
            "√任前廉政谈话",
            "示例丙",
            "中共党员",
            "示例甲（组长）",
            "2026-03-1009:30至10:10",
            "完全接受。",
            "签名：",
        ),
    ),
    "talk record": (
        lambda: talk_record(seen.TALK, seen.TALK_ROWS, STAMP),
        (
            "谈话记录",
            "时间：2026-03-10",
            "被谈话人：示例丙",
            "问：请说明",
            "答：2026年3月5日",
            "1.报送岗位风险点清单",
            "以上记录我看过，和我说的相符",
            "被谈话人（签名）",
            "第1页，共1页",
        ),
    ),
    "brief": (
        lambda: brief("示例丙", "示例处处长", BRIEF, STAMP),
        ("谈前一页纸", "示例丙示例处处长", "岗位和分工", "分管采购", "责任清单", "无", "谈后收回"),
    ),
    "reply": (
        lambda: opinion_reply(seen.REPLY, STAMP),
        (
            "驻某市示例局纪检监察组",
            "纪组函〔2026〕17号",
            "关于示例甲等2名同志",
            "某市示例局人事处：",
            "来函（局人函〔2026〕9号）收悉",
            "暂未发现影响使用的问题",
            f"示{RARE}",
            "建议暂缓",
            "特此回复",
            "驻某市示例局纪检监察组",
            "2026年3月16日",
        ),
    ),
    "dossier": (
        lambda: dossier_paper(seen.DOSSIER, STAMP),
        (
            "干部廉政档案",
            "截至2026年3月16日",
            "目录",
            "（二）违纪处分",
            "一、基本情况",
            "民族",
            "奖〔2025〕1号",
            "（二）违纪处分",
            "无相关记录",
        ),
    ),
    "disposal": (
        lambda: disposal_approval(seen.LEAD, seen.LEAD_ROWS, SECRET, body="驻某市示例局纪检监察组"),
        (
            "驻某市示例局纪检监察组",
            "问题线索处置呈批表",
            "示例丁",
            "1978-05（47岁）",
            "信访举报",
            "1.反映其收受礼金",
            "√初步核实",
            "同意承办人意见",
            "2026-03-0109:30",
            "审批意见",
        ),
    ),
    "inquiry": (
        lambda: inquiry_approval(seen.LEAD, seen.LEAD_ROWS, SECRET),
        ("谈话函询呈批表", "示例丁", "拟办意见", "反映问题具体", "审批意见"),
    ),
    "check": (
        lambda: check_approval(seen.LEAD, seen.LEAD_ROWS, SECRET, attachments=("信访件",)),
        ("初步核实呈批表", "示例甲、示例乙（示例乙为派出机关人员）", "审批意见", "1.信访件"),
    ),
    "recovery": (
        lambda: recovery_sheet(["ABCD", "EFGH", "JKLM", "NPQR", "STUV"], STAMP, owner="驻某市示例局纪检监察组"),
        ("恢复单", "ABCD", "STUV", "锁进保密柜"),
    ),
}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_its_words_in_order_in_embedded_fonts_on_pages_that_are_not_blank(
    name: str, tmp_path: Path
) -> None:
    build, expected = PAPERS[name]
    written = write(tmp_path / "paper.pdf", build(), book=OURS)
    text = seen.text_of(written.path)
    place = 0
    for each in expected:
        found = text.find("".join(each.split()), place)
        assert found >= 0, (each, text[place : place + 200])
        # Cells of one row stand side by side: only the order of rows counts.
        place = max(0, found - 40)
    assert seen.page_count(written.path) == written.pages
    assert written.warnings == ()
    assert all(embedded for _font, embedded in seen.fonts_of(written.path))
    assert all(0.003 < share < 0.4 for share in seen.darkness(written.path, tmp_path))
