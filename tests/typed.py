"""Words for what the domain marks R of a record, as an officer types them: whoever tries a step lets nothing lack."""

from typing import Any

from paizhu.services.office import Office

THEN = {
    "subject_unit": "示例处",
    "subject_post": "处长",
    "subject_rank": "县处级",
    "subject_political": "中共党员",
}
"""What the subject of a talk is on its day."""
SUBJECT_THEN = {
    **THEN,
    "subject_gender": "男",
    "subject_born": "1978-03",
    "subject_ethnic": "汉族",
    "in_post_since": "2021-06",
    "is_npc_cppcc": "否",
}
"""What the subject of a lead or a case is when it comes up."""
WHOLE: dict[str, dict[str, Any]] = {
    "integrity_talk": {"kind": "例行廉政谈话", "reason": "年度例行", **THEN},
    "duty_item": {
        "subject_type": "内设机构",
        "duty_kind": "一岗双责",
        "list_kind": "年度任务",
        "category": "选好用好干部",
        "frequency": "一次",
    },
    "petition": {
        "petition_date": "2026-01-05",
        "channel": "来信",
        "origin": "本级收到",
        "named": "匿名",
        "petition_class": "检举控告",
        "is_repeat": "否",
        "reported_names": "示例某",
        "reported_post": "示例处处长",
    },
    "lead": {
        "source": "监督检查发现",
        "cadre_authority": "驻在单位党组",
        "issue_types": "廉洁纪律",
        "field": "内部管理",
        "occurred": "2025年",
        "is_top": "否",
        "is_team": "否",
        "is_discipline": "否",
        **SUBJECT_THEN,
    },
    "review_item": {"submit_dept": "示例处", "reporter": "示例甲", "leader_in_charge": "示例乙"},
    "case": {"kind": "党纪立案", "filed_by": "派驻机构", "handled_by": "派驻机构", **SUBJECT_THEN},
    "measure": {
        "subject_unit": "示例局",
        "subject_post": "科员",
        "subject_rank": "一般干部",
        "decided_by": "示例党组",
        "doc_no": "示党〔2026〕1号",
        "issue_types": "廉洁纪律",
        "facts": "示例事实",
        "basis": "纪律处分条例（2023）",
    },
}
WRITTEN_UP = {"end_at": "2026-03-16", "recorder": "示例丙", "subject_statement": "表示接受", "signed_at": "2026-03-16"}
"""What the record of a talk holds beside its words."""
HANDLED = {"handling": "自办", "proposal": "拟自办", "decision": "同意"}
"""How a letter is handled, by whose opinion."""


def registered(office: Office, talk: int) -> int:
    """Register a talk that was planned as held, and return it."""
    with office.vault.act("step", "登记谈话") as act:
        act.change("integrity_talk", talk, None, {"state": "held"})
    return talk
