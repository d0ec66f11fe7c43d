"""Choice lists of findings and their rectification (domain 2.12)."""

from paizhu.base.field import Choice

SOURCE_KINDS = (
    Choice("review", "会前审查", ("三重一大审查", "列席会议")),
    Choice("check", "监督检查", ("专项检查", "日常检查", "检查", "专项监督", "日常监督", "明察暗访")),
    Choice("talk", "廉政谈话", ("谈话", "约谈")),
    Choice("case", "案件查办", ("案件", "查办案件", "以案促改")),
    Choice("petition", "信访举报", ("信访",)),
    Choice("inspection", "巡视巡察", ("巡察", "巡视", "巡察反馈", "巡视反馈")),
    Choice("audit", "审计", ("审计移交", "审计发现")),
    Choice("other", "其他"),
)
CATEGORIES = (
    Choice("procedure", "决策程序", ("三重一大决策程序", "民主集中制")),
    Choice("cadres", "选人用人", ("干部选任",)),
    Choice("finance", "资金财务", ("财务管理", "资金管理", "财经纪律")),
    Choice("purchase", "项目采购", ("工程项目", "招标采购", "政府采购", "工程招投标")),
    Choice("assets", "资产", ("资产管理", "国有资产")),
    Choice("style", "作风", ("作风建设", "中央八项规定精神", "四风")),
    Choice("rules", "制度", ("制度建设", "制度执行")),
    Choice("duty", "履责", ("主体责任", "责任落实", "履职尽责")),
    Choice("other", "其他"),
)
SCOPES = (
    Choice("common", "共性", ("共性问题",)),
    Choice("single", "个性", ("个性问题",)),
)
LEVELS = (
    Choice("slight", "一般", ("轻微",)),
    Choice("graver", "较重"),
    Choice("grave", "严重", ("重大",)),
)
TERM_KINDS = (
    Choice("at_once", "立行立改", ("立即整改", "即知即改", "立整立改")),
    Choice("by_day", "限期", ("限期整改", "限期(日期)")),
    Choice("long_term", "长期坚持", ("持续整改", "长期整改")),
)
COMPLETION = (
    Choice("not_begun", "未启动", ("未开始", "未整改")),
    Choice("doing", "整改中", ("正在整改", "推进中", "未完成")),
    Choice("mostly", "基本完成", ("基本整改到位",)),
    Choice("done", "完成（销号）", ("完成", "已完成", "已整改", "整改完成", "已销号", "销号", "整改到位")),
    Choice("sent_back", "退回", ("退回重改",)),
    Choice("overdue", "超期", ("逾期",)),
)
ACCEPT_MODES = (
    Choice("papers", "查阅资料", ("查资料",)),
    Choice("on_site", "现场", ("现场核验", "现场验收")),
    Choice("both", "资料和现场", ("资料核查和现场核验",)),
)
ACCEPT_RESULTS = (
    Choice("passed", "通过", ("验收通过", "合格")),
    Choice("sent_back", "退回重改", ("不通过", "未通过", "退回")),
)
LOOK_BACK_RESULTS = (
    Choice("kept", "未反弹", ("巩固", "没有反弹", "整改到位")),
    Choice("again", "有反弹", ("反弹", "再次发生")),
)
KIND_OF_SOURCE = {
    "supervision_activity": "check",
    "review_item": "review",
    "meeting": "review",
    "integrity_talk": "talk",
    "case": "case",
    "petition": "petition",
}
"""The kind of source behind a record a finding points to."""
WORDS_OF_SOURCE = (
    ("inspection", ("巡察", "巡视")),
    ("audit", ("审计",)),
    ("check", ("检查", "督查", "监督", "暗访")),
)
"""The kind of source that the name of a paper or check tells, in the order in which it is looked for."""
