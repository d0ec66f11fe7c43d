"""What can be done to a person or a body at the end: kinds of measures by class (``domain.md`` 6.4 and 10).

The bare word 警告 is both a party and an administrative punishment. It keeps a code of its own until somebody
says which, since a guess would change the influence period.
"""

from paizhu.base.field import Choice
from paizhu.registers.choices import FIRST_FORM_MEASURES

MEASURE_CLASSES = (
    Choice("party", "党纪处分", ("党内处分", "党纪")),
    Choice("admin", "政务处分", ("行政处分", "政纪处分", "政务")),
    Choice("unit", "单位处分", ("任免机关处分",)),
    Choice("org", "组织处理", ("组织调整", "组织措施")),
    Choice("first_form", "第一种形态措施", ("第一种形态", "批评教育和处理", "批评教育")),
    Choice("accountability", "问责", ("问责处理",)),
    Choice("judicial", "移送司法", ("移送司法机关", "移送检察机关")),
)
PARTY_KINDS = (
    Choice("party_warning", "党内警告", ("党内警告处分", "党纪警告")),
    Choice(
        "party_serious_warning", "党内严重警告", ("serious_warning", "严重警告", "党内严重警告处分", "严重警告处分")
    ),
    Choice("party_removal", "撤销党内职务", ("撤销党内职务处分",)),
    Choice(
        "party_probation", "留党察看", ("probation", "留党察看处分", "留党察看一年", "留党察看两年", "留党察看二年")
    ),
    Choice("party_expulsion", "开除党籍", ("expulsion", "开除党籍处分")),
)
ADMIN_KINDS = (
    Choice("admin_warning", "政务警告", ("政务警告处分", "行政警告", "行政警告处分")),
    Choice("admin_demerit", "政务记过", ("demerit", "记过", "记过处分", "政务记过处分", "行政记过", "行政记过处分")),
    Choice(
        "admin_major_demerit", "政务记大过", ("major_demerit", "记大过", "记大过处分", "政务记大过处分", "行政记大过")
    ),
    Choice("admin_demotion", "政务降级", ("demotion", "降级", "降级处分", "政务降级处分", "行政降级")),
    Choice("admin_removal", "政务撤职", ("撤职", "撤职处分", "政务撤职处分", "行政撤职")),
    Choice("admin_discharge", "政务开除", ("discharge", "开除", "开除公职", "开除处分", "政务开除处分", "行政开除")),
)
UNIT_KINDS = (
    Choice("unit_warning", "单位处分·警告"),
    Choice("unit_demerit", "单位处分·记过"),
    Choice("unit_major_demerit", "单位处分·记大过"),
    Choice("unit_demotion", "单位处分·降级"),
    Choice("unit_removal", "单位处分·撤职"),
    Choice("unit_discharge", "单位处分·开除"),
)
ORG_KINDS = (
    Choice("suspend", "停职检查", ("停职",)),
    Choice("adjust", "调整职务", ("调离职务", "调离岗位", "调整岗位")),
    Choice("ordered_resign", "责令辞职"),
    Choice("blamed_resign", "引咎辞职"),
    Choice("remove", "免职"),
    Choice("demote", "降职"),
    Choice("non_leading", "改任非领导职务"),
    Choice("early_retirement", "安排提前退休", ("提前退休",)),
    Choice("retirement_cut", "降低退休待遇"),
    Choice("retirement_cancel", "取消退休待遇"),
    Choice("dismiss", "辞退或解聘", ("辞退", "解聘")),
    Choice("honour_cancel", "取消荣誉称号"),
    Choice("congress_end", "终止人大代表资格", ("罢免人大代表", "责令辞去人大代表")),
    Choice("cppcc_revoke", "撤销政协委员资格"),
    Choice("delegate_end", "终止党代表资格"),
    Choice("probationary_cancel", "取消预备党员资格"),
    Choice("elected_cancel", "取消当选资格", ("罢免当选资格",)),
    Choice("org_other", "其他组织调整类措施", ("其他组织处理",)),
)
FIRST_FORM_KINDS = (
    *(each for each in FIRST_FORM_MEASURES if each.code != "other"),
    Choice("first_other", "其他批评教育类措施"),
)
ACCOUNTABILITY_KINDS = (
    Choice("account_notice", "问责·通报"),
    Choice("account_admonish", "问责·诫勉"),
    Choice("account_org", "问责·组织调整或组织处理"),
    Choice("account_punish", "问责·纪律处分"),
    Choice("account_check", "问责·责令检查", ("责令作出书面检查",)),
    Choice("account_reorganise", "问责·改组", ("改组",)),
)
JUDICIAL_KINDS = (Choice("judicial", "移送司法机关", ("移送司法", "移送检察机关")),)
UNTOLD_KINDS = (Choice("warning", "警告（未注明党纪或政务）", ("警告", "警告处分")),)

_BY_CLASS = {
    "party": PARTY_KINDS,
    "admin": ADMIN_KINDS,
    "unit": UNIT_KINDS,
    "org": ORG_KINDS,
    "first_form": FIRST_FORM_KINDS,
    "accountability": ACCOUNTABILITY_KINDS,
    "judicial": JUDICIAL_KINDS,
}
MEASURE_KINDS = (*(kind for kinds in _BY_CLASS.values() for kind in kinds), *UNTOLD_KINDS)
CLASS_OF = {kind.code: group for group, kinds in _BY_CLASS.items() for kind in kinds}
"""Class of every kind; the untold warning has none."""
OF_PARTY, OF_ADMIN = (tuple(kind.code for kind in kinds) for kinds in (PARTY_KINDS, ADMIN_KINDS))
"""The two classes of punishment that are delivered, announced and carried out."""

WARNING_OF = {"party": "party_warning", "admin": "admin_warning", "unit": "unit_warning"}
"""What the bare word 警告 means once the class is known."""

PARTY_FROM_REMOVAL = ("party_removal", "party_probation", "party_expulsion")
"""Party punishments after which post and pay are changed (纪律处分条例 第四十四条)."""

ADMIN_FROM_DEMOTION = ("admin_demotion", "admin_removal", "admin_discharge")
"""Administrative punishments after which post and pay are changed (政务处分法 第五十四条)."""

GONE = ("revoked", "replaced")
"""变更或撤销 of measures that were taken back, or that another decision stands for: they neither weigh nor count."""
