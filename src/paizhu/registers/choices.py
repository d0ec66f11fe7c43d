"""Choice lists that several registers share; codes are those of ``domain.md`` section 10."""

from paizhu.base.field import Choice

# The ranks beside posts (公务员职务与职级并行规定) each belong to one of the levels.
RANK_LEVELS = (
    Choice("provincial", "省部级", ("省部级及以上", "省部")),
    Choice(
        "department",
        "厅局级",
        (
            *("厅级", "局级", "厅局", "正厅级", "副厅级", "正局级", "副局级", "正厅", "副厅"),
            *("厅局级正职", "厅局级副职", "一级巡视员", "二级巡视员"),
        ),
    ),
    Choice(
        "division",
        "县处级",
        (
            *("处级", "正处级", "副处级", "正处", "副处", "县级", "县处", "正县级", "副县级"),
            *("县处级正职", "县处级副职", "处级正职", "处级副职", "县级正职", "县级副职"),
            *("一级调研员", "二级调研员", "三级调研员", "四级调研员", "调研员", "副调研员"),
        ),
    ),
    Choice(
        "section",
        "乡科级",
        (
            *("科级", "正科级", "副科级", "正科", "副科", "乡科"),
            *("乡科级正职", "乡科级副职", "科级正职", "科级副职"),
            *("一级主任科员", "二级主任科员", "三级主任科员", "四级主任科员", "主任科员", "副主任科员"),
        ),
    ),
    Choice("general", "一般干部", ("科员", "办事员", "一般", "一级科员", "二级科员", "科员级")),
    Choice("other", "其他", ("农村、企业等其他人员",)),
)
POLITICAL = (
    Choice("member", "中共党员", ("党员", "中共")),
    Choice("probationary", "中共预备党员", ("预备党员", "中共预备", "预备")),
    Choice("league", "共青团员", ("团员", "共青团")),
    Choice(
        "democratic",
        "民主党派",
        ("民革", "民盟", "民建", "民进", "农工党", "致公党", "九三学社", "九三", "台盟"),
    ),
    Choice("non_party", "无党派人士", ("无党派",)),
    Choice("masses", "群众"),
)
AUTHORITY = (
    Choice("superior", "上级党委", ("上级党委管理",)),
    Choice("commission", "派出机关同级党委", ("派出机关管理", "市委管理", "县委管理")),
    Choice("party_group", "驻在单位党组", ("驻在单位党组管理",)),
    Choice("own", "本组权限内"),
    Choice("other", "其他"),
)
ABOVE = ("superior", "commission")
"""Who manages a cadre above the authority of the group's head (domain 2.9, 3.4)."""
DISCIPLINES = (
    Choice("political", "政治纪律", ("违反政治纪律",)),
    Choice("organisational", "组织纪律", ("违反组织纪律",)),
    Choice("integrity", "廉洁纪律", ("违反廉洁纪律",)),
    Choice("mass", "群众纪律", ("违反群众纪律",)),
    Choice("work", "工作纪律", ("违反工作纪律",)),
    Choice("life", "生活纪律", ("违反生活纪律",)),
    Choice("duty_violation", "职务违法"),
    Choice("duty_crime", "职务犯罪", ("涉嫌职务犯罪",)),
    Choice("appeal", "诉求"),
    Choice("other", "其他"),
)
FOUR_FORMS = (
    Choice("f1", "第一种形态", ("第一种", "一种形态", "形态一")),
    Choice("f2", "第二种形态", ("第二种", "形态二")),
    Choice("f3", "第三种形态", ("第三种", "形态三")),
    Choice("f4", "第四种形态", ("第四种", "形态四")),
    Choice("none", "不计"),
)
DISPOSAL_MODES = (
    Choice("talk_inquiry", "谈话函询", ("函询", "谈话")),
    Choice("check", "初步核实", ("初核",)),
    Choice("hold", "暂存待查", ("暂存",)),
    Choice("close", "予以了结", ("了结",)),
    Choice("transfer", "移交", ("移送",)),
)
FIRST_FORM_MEASURES = (
    Choice("remind", "提醒谈话", ("谈话提醒",)),
    Choice("warn_talk", "警示谈话"),
    Choice("criticise", "批评教育"),
    Choice("stop", "纠正或责令停止违纪行为", ("责令停止",)),
    Choice("return_gain", "责成退出违纪所得"),
    Choice("rectify", "限期整改"),
    Choice("written_check", "责令检查", ("责令作出检查", "书面检查")),
    Choice("life_meeting", "民主生活会批评帮助"),
    Choice("apology", "责令公开道歉"),
    Choice("notice", "通报批评", ("通报",)),
    Choice("admonish", "诫勉", ("诫勉谈话",)),
    Choice("closed_inquiry", "谈话函询了结"),
    Choice("closed_face_check", "“面对面”初核了结"),
    Choice("other", "其他批评教育类措施", ("其他",)),
)
ADOPTION = (
    Choice("adopted", "采纳", ("已采纳", "全部采纳")),
    Choice("partly", "部分采纳"),
    Choice("refused", "未采纳", ("不采纳",)),
)
TAKEN = ("adopted", "partly")
"""Answers by which a suggestion counts as taken up (I-501F)."""
EXTENSION_STATES = (
    Choice("none", "未申请"),
    Choice("asked", "申请中"),
    Choice("granted", "同意"),
    Choice("denied", "未同意"),
)
CHECK_ANSWERS = (
    Choice("yes", "是", ("符合", "√")),
    Choice("no", "否", ("不符合", "存疑", "×")),
    Choice("na", "不适用", ("不涉及",)),
)
SPENDING_KINDS = (
    Choice("building", "工程建设", ("基本建设", "建设工程")),
    Choice("repair", "维修工程", ("修缮工程", "维修改造")),
    Choice("goods", "物资采购", ("货物采购", "设备采购")),
    Choice("services", "服务采购", ("购买服务",)),
    Choice("contract", "合同签订"),
    Choice("asset", "资产出租处置", ("资产处置", "资产出租")),
    Choice("special_fund", "专项资金"),
    Choice("three_public", "三公经费", ("公务接待", "公务用车", "因公出国")),
    Choice("allowance", "津补贴", ("奖金福利", "津贴补贴")),
    Choice("loan", "借款担保"),
    Choice("donation", "捐赠赞助"),
    Choice("deposit", "资金存放"),
    Choice("payment", "其他资金支出", ("资金支出", "资金拨付")),
)
"""Kinds of spending that a unit's rule sets a threshold for; a review item takes them as its sub-category."""
