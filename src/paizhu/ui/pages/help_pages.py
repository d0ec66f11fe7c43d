"""The written pages of the help as they are shown, what changed by subject, and finding a page by words."""

from html import escape

from paizhu.base import paths
from paizhu.base.text import folded

CHANGES, FIRST_RUN = "changes", "first_run"
GUIDES = {
    FIRST_RUN: "首次使用",
    "today_guide": "今日和期限",
    "finding_words": "查找、筛选和撤销",
    "moving_guide": "导入和导出",
    "printing_guide": "打印和核验",
    "filling_guide": "填报表样和更正",
    "lists_guide": "清单、规则和编号",
    "settled": "已归档、补录和更正",
    "safety": "口令、备份和比对",
}
"""Pages about what concerns every register, by their file."""
_KINDS = ("新增", "调整", "修复")
_OTHER = "其他"
# A change belongs to the first of these of which it holds a word.
_SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("导入", ("导入", "工作簿读", "表头", "读入", "粘贴", "csv", "xls 工作簿")),
    ("填报表样和报表", ("填报", "表样", "空白表", "更正说明", "统计", "指标", "报出", "填好的表", "要报的表")),
    ("导出", ("导出", "空表")),
    ("打印和核验", ("打印", "文书", "呈批表", "校验码", "核验", "公文", "提醒函", "催办单", "抄送", "脱敏")),
    ("会前审查和会议", ("会前审查", "议题", "审查", "会议", "提示")),
    ("廉政谈话", ("谈话",)),
    ("信访、线索和案件", ("信访", "线索", "案件", "处分", "卷", "举报", "反映人", "诬告", "申诉", "影响期", "核查组")),
    ("廉政档案和廉政意见", ("廉政档案", "廉政意见", "监督对象", "名册", "档案")),
    ("责任清单和监督检查", ("责任清单", "责任事项", "整改", "监督检查", "建议书", "风险点", "发现问题", "职责外")),
    ("今日和期限", ("今日", "期限", "工作日", "月历", "定期", "托盘", "推迟", "月报", "快速登记", "一句话")),
    ("安全和备份", ("备份", "口令", "锁定", "留痕", "加密", "恢复", "撤销", "移交", "回收区")),
    (
        "查找和窗口",
        (
            "搜索",
            "查找",
            "筛选",
            "列表",
            "视图",
            "字号",
            "键盘",
            "窗口",
            "光标",
            "深色",
            "列",
            "按钮",
            "Ctrl",
            "下拉",
            "Esc",
            "Tab",
            "首次",
        ),
    ),
)


def written(name: str) -> str:
    """Return a page of ``resources/help`` as paragraphs and headings; empty where nobody wrote one."""
    page = paths.resources() / "help" / f"{name}.md"
    if not page.is_file():
        return ""
    return "".join(map(_block, page.read_text(encoding="utf-8").strip().split("\n\n")))


def section(name: str, heading: str) -> str:
    """Return the plain words of a page of ``resources/help`` under one of its headings; empty where it has none."""
    page = (paths.resources() / "help" / f"{name}.md").read_text(encoding="utf-8")
    _before, _mark, rest = page.partition(f"## {heading}\n")
    return rest.partition("\n## ")[0].strip()


def changes_html() -> str:
    """Return what changed, subject by subject, what is new first."""
    page = (paths.resources() / "help" / f"{CHANGES}.md").read_text(encoding="utf-8")
    release, *lines = (line.strip() for line in page.splitlines() if line.strip())
    found: dict[str, list[str]] = {subject: [] for subject in (*dict(_SUBJECTS), _OTHER)}
    for line in lines:
        found[subject_of(line)].append(line)
    parts = [f"<h3>更新说明</h3><p class='quiet'>版本 {escape(release)}</p>"]
    for subject, own in found.items():
        if own:
            items = "".join(f"<li>{_change(line)}</li>" for line in sorted(own, key=_rank))
            parts.append(f"<h4>{subject}</h4><ul>{items}</ul>")
    return "".join(parts)


def subject_of(line: str) -> str:
    """Return the subject under which a change is told."""
    return next((subject for subject, words in _SUBJECTS if any(word in line for word in words)), _OTHER)


def holds(page: str, words: str) -> bool:
    """Tell whether a page, as HTML or plain, holds each of these words, however they are written."""
    text = folded(page)
    return all(folded(word) in text for word in words.split())


def _block(text: str) -> str:
    if text.startswith("## "):
        return f"<h4>{escape(text[3:].strip())}</h4>"
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"


def _rank(line: str) -> int:
    return next((at for at, kind in enumerate(_KINDS) if line.startswith(kind)), len(_KINDS))


def _change(line: str) -> str:
    kind, colon, words = line.partition("：")
    return f"<b>{kind}</b>{colon}{escape(words)}" if kind in _KINDS else escape(line)
