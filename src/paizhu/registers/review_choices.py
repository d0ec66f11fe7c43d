"""Choice lists of the pre-meeting review (``domain.md`` 2.2, 5.5, 5.6 and 10)."""

from paizhu.base.field import Choice
from paizhu.registers.choices import SPENDING_KINDS

APPOINTMENT = "appointment"
MATTER_CATEGORIES = (
    Choice("decision", "重大决策", ("重大事项决策", "重大问题决策", "重大决策事项")),
    Choice(APPOINTMENT, "重要干部任免", ("重要人事任免", "干部任免", "人事任免", "重要干部")),
    Choice("project", "重大项目安排", ("重要项目安排", "重大项目", "重大项目投资决策", "项目安排")),
    Choice("fund", "大额资金使用", ("大额度资金使用", "大额度资金运作", "大额资金", "大额资金运作")),
)
SUB_CATEGORIES = (
    Choice("plan", "规划计划"),
    Choice("reform", "机构改革"),
    Choice("rule", "制度建设", ("制度制定", "规章制度")),
    Choice("budget", "预算决算", ("预决算",)),
    Choice("public_interest", "群众利益事项", ("涉及群众利益",)),
    Choice("recommend", "推荐提名", ("推荐",)),
    Choice("appoint", "任职", ("任命", "提拔", "晋升")),
    Choice("transfer", "交流轮岗", ("轮岗", "交流")),
    Choice("remove", "免职"),
    Choice("reward", "表彰奖励", ("奖励",)),
    Choice("punish", "处分处理", ("处分",)),
    *SPENDING_KINDS,
    Choice("other", "其他"),
)
FUND_SOURCES = (
    Choice("department", "部门预算", ("财政预算", "预算资金")),
    Choice("special", "专项资金"),
    Choice("own", "自有资金", ("自筹资金", "自筹")),
    Choice("superior", "上级补助", ("上级补助资金",)),
    Choice("other", "其他"),
)
PROCUREMENT_MODES = (
    Choice("open_tender", "公开招标", ("公开招投标", "招标")),
    Choice("invited_tender", "邀请招标"),
    Choice("negotiation", "竞争性谈判"),
    Choice("consultation", "竞争性磋商"),
    Choice("inquiry", "询价", ("询价采购",)),
    Choice("single_source", "单一来源", ("单一来源采购",)),
    Choice("framework", "框架协议", ("框架协议采购",)),
    Choice("small", "零星采购", ("自行采购",)),
    Choice("direct", "直接委托", ("直接发包", "定点采购")),
)
PREPARATION = (
    Choice("done", "已做", ("已做(附件)", "已完成", "是")),
    Choice("not_needed", "不需要", ("不需要(理由)", "不涉及", "无需")),
    Choice("not_done", "未做", ("未开展", "否")),
)
OPINIONS = (
    Choice("ok", "同意上会", ("无不同意见", "无意见", "同意", "无异议")),
    Choice("ok_with_note", "提醒后上会", ("有意见建议", "提醒", "提出意见建议")),
    Choice("after_supplement", "补充材料后上会", ("补充材料",)),
    Choice("after_procedure", "完善程序后上会", ("完善程序",)),
    Choice("postpone", "暂缓上会", ("建议暂缓上会", "建议暂缓", "暂缓")),
    Choice("object", "不同意上会", ("不同意",)),
    Choice("out_of_scope", "不属于会前审查范围", ("不属于审查范围",)),
    Choice("recused", "回避审查", ("回避",)),
)
DECISIONS = (
    Choice("agreed", "同意", ("通过", "审议通过", "一致通过", "表决通过", "一致同意")),
    Choice("agreed_in_principle", "原则同意", ("原则通过",)),
    Choice("deferred", "缓议", ("暂缓", "暂缓审议")),
    Choice("refused", "不同意", ("未通过", "否决")),
    Choice("not_heard", "未上会", ("没有上会",)),
)
CARRYING_OUT = (
    Choice("done", "执行", ("已执行", "已落实", "执行到位")),
    Choice("partly", "部分执行"),
    Choice("not_done", "未执行", ("未落实",)),
    Choice("changed", "变更"),
)
# RF-K2 (a candidate with an open lead) is not among them: whoever may see class P3 is shown it live, and a kept
# flag would carry it into lists and exports of class P1.
RED_FLAGS = (
    Choice("RF-A0", "标准不明"),
    Choice("RF-A1", "贴线"),
    Choice("RF-A2", "疑似拆分"),
    Choice("RF-A3", "同一供应商高频"),
    Choice("RF-A4", "单一来源偏多"),
    Choice("RF-A5", "年底突击"),
    Choice("RF-A6", "超预算"),
    Choice("RF-A7", "供应商关联"),
    Choice("RF-P1", "报送过晚"),
    Choice("RF-P2", "未报先议"),
    Choice("RF-P3", "会后变更"),
    Choice("RF-P4", "未回避"),
    Choice("RF-P5", "到会不足"),
    Choice("RF-P6", "末位表态缺失"),
    Choice("RF-P7", "意见未记录"),
    Choice("RF-P8", "意见未采纳"),
    Choice("RF-P9", "纪要未报"),
    Choice("RF-P10", "临时动议多"),
    Choice("RF-K1", "影响期内提拔"),
    Choice("RF-K3", "无廉政意见"),
    Choice("RF-K4", "亲属关系"),
    Choice("RF-K5", "任职年限不足"),
)
