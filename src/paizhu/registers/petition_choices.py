"""Choice lists of letters and visits (``domain.md`` 2.4), with the words that old ledgers use for them."""

from paizhu.base.field import Choice

CHANNELS = (
    Choice("letter", "来信", ("信件", "信函", "书信", "举报信", "匿名信")),
    Choice("visit", "来访", ("走访", "上访")),
    Choice("phone", "电话", ("来电", "电话举报", "12388电话")),
    Choice("net", "网络", ("网络举报", "网上举报", "网信", "邮件", "电子邮件")),
    Choice("other", "其他"),
)
PETITION_CLASSES = (
    Choice("accusation", "检举控告", ("检举", "控告", "检举控告类", "举报")),
    Choice("appeal", "申诉", ("申诉类",)),
    Choice("suggestion", "批评建议", ("批评建议类", "建议")),
    Choice("out_of_scope", "业务范围外", ("范围外", "业务外", "业务范围外类")),
)
HANDLINGS = (
    Choice("self", "自办", ("自行办理", "直接办理", "本级自办")),
    Choice("transfer", "转办", ("转交",)),
    Choice("assign", "交办"),
    Choice("supervise", "督办"),
    Choice("coordinate", "协调"),
    Choice("keep", "留存", ("留存备查", "存查")),
    Choice("return", "退回", ("退回处理",)),
)
RESULTS = (
    Choice("true", "属实", ("全部属实", "反映属实")),
    Choice("partly", "部分属实", ("基本属实", "反映部分属实")),
    Choice("untrue", "不属实", ("失实", "反映失实", "反映不属实")),
    Choice("unclear", "无法查清", ("无法查实", "查无实据")),
    Choice("not_checked", "未查（转出）", ("未查", "转出")),
)
ANSWER_MODES = (
    Choice("phone", "电话", ("电话告知", "电话反馈")),
    Choice("face", "面谈", ("当面", "当面反馈")),
    Choice("written", "书面", ("书面告知", "书面反馈", "信函")),
)
