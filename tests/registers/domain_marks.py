"""Names, marks and classes of the fields, copied from ``domain.md`` by hand: what the declarations are held against."""

EVERYWHERE = "no year unit_id handler co_handler stat_month secrecy_notice remarks"
NAMES = {
    "duty_item": """
        subject_type subject duty_kind list_kind category content measures basis lead_leader lead_dept duty_dept owner
        frequency due_date progress evidence check_mode check_date check_result state overdue_days score
    """,
    "meeting": """
        name kind held_at place chair recorder expected present absent group_attendee minute_checks minutes_received
    """,
    "review_item": """
        title category sub_category submit_dept reporter leader_in_charge submitted_at planned_meeting_at lead_workdays
        materials amount threshold fund_source budget_item procurement_mode supplier candidates opinion_ref legal_review
        risk_assess expert public prior_consult recusal_list recused checks flags opinion opinion_text reviewer signer
        opinion_date feedback_date adopted decided vote_for vote_against vote_abstain last_speak_ok opinion_in_meeting
        changed_after_review follow_date follow_result issue_ref state meeting
    """,
    "integrity_talk": """
        kind lead_ref subject headcount reason planned_date outline plan safety_plan approver approved_at approve_note
        talker companion recorder start_at end_at place record subject_statement requirements signed signed_at
        refuse_reason written_statement follow_up revisit_date revisit_result archived_to state
    """,
    "petition": """
        received_at petition_date channel origin transfer_no instructor instruction required_end named informant people
        is_group reported reported_unit petition_class issue_types eight_rules mass_side summary is_repeat first_ref
        own_level accepted_at notice_mode notice_at notice_by proposal decision handling transfer_to transfer_at
        transfer_due lead_ref result closed_at feedback_at feedback_mode feedback_by feedback_reaction new_evidence
        false_flag clarify_needed extension archived_at state
    """,
    "lead": """
        source received_at subject cadre_authority is_top is_team is_discipline summary issue_types field occurred
        amount prior_count proposed_mode proposed_at panel_at panel_views approver approved_at mode talk_ref inquiry_no
        inquiry_sent_at inquiry_cc inquiry_got_at inquiry_due inquiry_replied_at inquiry_signer report_at report_opinion
        check_request_at check_approver check_approved_at check_plan check_team check_from check_due check_extended_to
        check_report_at check_opinion held_reason held_review close_reason form measures closed_at explained_at_meeting
        spot_check case_ref hands state
    """,
    "case": """
        name lead_ref subject kind filed_by handled_by filing_request_at filing_approver filed_at announced_at
        issue_types eight_rules mass_side dual_inquiry team plan_approved_at measures_used extension facts_shown_at
        subject_view
        report_at sent_trial_at trial_accepted_at trial_body trial_team trial_talk_at trial_report_at returned outcome
        closed_at money_confiscated money_recovered money_refunded money_to_treasury_at judicial_at judicial_body
        judicial_result reform_ref volume_ref state
    """,
    "measure": """
        subject measure_class kind special decided_by doc_no decided_at issue_types facts basis period_from period_to
        probation_from probation_to probation_extended_to rights_restored_at delivered_at announced_at announce_scope
        pay_due pay_done filed_in_dossier exec_report_at appraisal_note revisit expired_at appeals changed
    """,
    "unit": "name short_name kind parent active valid_from valid_to party_body party_group_size spending_rule",
    "person": """
        name gender nation birth id_no political_status party_date work_date education status cadre_authority is_npc
        is_cppcc is_party_delegate phone address unit_now post_now rank_now post_history relation business_link
    """,
    "supplier": "name uscc legal_rep remarks",
    "outside_work": "done_on what ordered_by hours kind answer basis review_ref note",
    "supervision_activity": """
        kind title theme plan start_date end_date place units members methods content findings suggestions adopted leads
        feedback feedback_at state
    """,
    "proposal": """
        kind no title addressee cc origin problems causes suggestions reply_due checker signer signed_at seal
        delivered_at delivered_by received_by objection objection_result adopted replied_at reply_no revisit_at
        revisit_rating state
    """,
    "finding": """
        source_ref problem category scope level duty_unit duty_leader duty_person requirement measures term_kind
        assigned_at due progress reported_at accepted_at acceptors accept_result closed_at state rules_made look_back
        accountability_ref
    """,
    "risk_point": """
        post_kind post kind power_item step name manifestation level likelihood impact controls indicator owner leader
        found_at review_at state finding_refs
    """,
    "integrity_opinion": """
        from_unit letter_no letter_date received_at reason opinion_person lookup joint_check reply reply_reason draft
        check sign reply_no reply_at workdays after_change state
    """,
    "integrity_archive": """
        person_id opened_at opened_by refresh_year refreshed_at source self_signed review_note reviewer reviewed_at
        assessment state arc_family arc_part_time arc_gift arc_banquet arc_loan arc_affect arc_handover
        arc_life_meeting arc_report arc_education arc_reward arc_summary arc_access
    """,
}
ROW_NAMES = {
    "spending_rule": "rule_no item_kind threshold valid_from valid_to",
    "post_history": "unit post rank_level held_from held_to doc_no is_team is_top order duties",
    "relation": "relative relation relative_post",
    "business_link": "person company uscc role valid_from valid_to",
    "material": "name received received_at",
    "check": "code words answer note",
    "suggestion": "number words adopted reason",
    "candidate": "person from_post to_post opinion_ref",
    "urging": "urged_at way whom reply",
    "opinion_person": "person unit post to_post reply reply_reason",
    "lookup": "who source hits records",
    "arc_gift": "giver giver_post on place way cause thing quantity worth cash total end taken_by hand",
}
MARKED_R = {
    "duty_item": "subject_type subject duty_kind list_kind category content frequency due_date",
    "meeting": "name kind held_at",
    "review_item": "title category submit_dept reporter leader_in_charge submitted_at planned_meeting_at meeting",
    "integrity_talk": "kind subject reason planned_date",
    "petition": """
        received_at petition_date channel origin named petition_class summary is_repeat own_level
    """,
    "reported": "person",
    "lead": """
        source received_at subject cadre_authority is_top is_team is_discipline summary issue_types field occurred
    """,
    "case": """
        name lead_ref subject kind filed_by handled_by filing_request_at filing_approver filed_at issue_types
    """,
    "measure": "subject measure_class kind decided_by doc_no decided_at issue_types facts basis",
    "post_history": "unit post rank_level held_from doc_no is_team is_top order duties",
    "unit": "name kind active valid_from",
    "person": "name gender nation birth status cadre_authority unit_now post_now rank_now",
    "supplier": "name",
    "supervision_activity": "kind title theme start_date end_date place units",
    "proposal": "kind title addressee origin causes reply_due",
    "finding": """
        source_ref problem category scope level duty_unit duty_leader duty_person requirement term_kind assigned_at
    """,
    "risk_point": "unit_id post_kind post kind name manifestation level controls owner leader found_at",
    "integrity_opinion": "from_unit letter_no letter_date received_at reason",
    "integrity_archive": "person_id opened_at opened_by refresh_year refreshed_at source self_signed",
}
"""What 待补 shows from the first day.

Left out where the domain's R depends on the record: the parent of the topmost unit, the short name of a unit that has
none, the end of what still lasts, the first letter of one that is no repeat, one of owner and department of a duty,
the day by which a lasting rectification would be done, and the checklist of papers, which is asked for by the step.
"""
MARKED_S = {
    "duty_item": "progress evidence check_mode check_date check_result",
    "meeting": "chair recorder expected present absent group_attendee minutes_received",
    "review_item": """
        amount fund_source budget_item procurement_mode supplier candidate legal_review risk_assess expert public
        recusal_list recused check opinion opinion_text reviewer signer opinion_date feedback_date adopted decided
        vote_for vote_against vote_abstain last_speak_ok changed_after_review follow_date follow_result material
    """,
    "integrity_talk": """
        lead_ref headcount outline plan safety_plan approver approved_at approve_note talker companion recorder
        start_at end_at place record subject_statement requirements signed signed_at refuse_reason follow_up
    """,
    "petition": """
        issue_types eight_rules mass_side accepted_at notice_mode notice_at notice_by proposal decision handling
        transfer_to transfer_at transfer_due lead_ref result closed_at feedback_at feedback_mode feedback_by
        feedback_reaction new_evidence false_flag clarify_needed reported_names
    """,
    "lead": """
        proposed_mode proposed_at panel_at panel_view approver approved_at mode talk_ref inquiry_no inquiry_sent_at
        inquiry_cc inquiry_got_at inquiry_replied_at inquiry_signer report_at report_opinion check_request_at
        check_approver check_approved_at check_plan check_team check_from check_due check_extended_to check_report_at
        check_opinion held_reason held_review close_reason form measures closed_at explained_at_meeting
    """,
    "case": """
        announced_at eight_rules mass_side dual_inquiry team plan_approved_at measures_used facts_shown_at subject_view
        report_at sent_trial_at trial_accepted_at trial_body trial_team trial_talk_at trial_report_at outcome closed_at
    """,
}
MEASURE_S = """
    probation_from probation_to probation_extended_to rights_restored_at delivered_at announced_at announce_scope
    pay_due pay_done filed_in_dossier exec_report_at
"""
"""What the domain marks S of a measure, whose course is that of its case."""
CLASS_P1 = {
    "duty_item": "subject lead_leader lead_dept duty_dept owner evidence check_mode check_date check_result score",
    "meeting": "name held_at place chair recorder expected present absent group_attendee minutes_received",
    "review_item": """
        title submit_dept reporter leader_in_charge submitted_at planned_meeting_at amount fund_source budget_item
        procurement_mode supplier legal_review risk_assess expert public prior_consult flags opinion opinion_text
        reviewer signer opinion_date feedback_date adopted decided vote_for vote_against vote_abstain last_speak_ok
        opinion_in_meeting changed_after_review follow_date follow_result issue_ref
    """,
    "integrity_talk": """
        kind reason planned_date outline approver approved_at approve_note talker companion recorder start_at end_at
        place requirements signed signed_at refuse_reason follow_up revisit_date revisit_result
    """,
    "case": "reform_ref",
    "spending_rule": "rule_no item_kind threshold valid_from valid_to",
    "person": "cadre_authority unit_now post_now rank_now",
    "post_history": "unit post rank_level held_from held_to doc_no is_team is_top order duties",
    "supplier": "name uscc legal_rep",
}
CLASS_P2 = {
    "opinion_person": "person unit post to_post reply facts",
    "arc_family": "kinship name birth unit post",
    "arc_gift": "giver giver_post thing total end",
    "review_item": "recusal_list recused",
    "candidate": "person from_post to_post opinion_ref",
    "integrity_talk": """
        subject subject_unit subject_post subject_rank subject_political record subject_statement written_statement
        archived_to
    """,
    "measure": """
        subject measure_class kind special decided_by doc_no decided_at period_from period_to probation_from
        probation_to probation_extended_to rights_restored_at delivered_at announced_at announce_scope pay_due pay_done
        filed_in_dossier exec_report_at appraisal_note expired_at changed
    """,
    "person": """
        name gender nation birth id_no phone address political_status party_date work_date education status is_npc
        is_cppcc is_party_delegate
    """,
    "relation": "relative relation relative_post",
    "business_link": "person company uscc role valid_from valid_to",
}
CLASS_P3 = {
    "integrity_talk": "lead_ref plan safety_plan",
    "petition": """
        no received_at petition_date channel origin transfer_no instructor instruction required_end people is_group
        reported_unit petition_class issue_types eight_rules mass_side summary is_repeat first_ref own_level accepted_at
        proposal decision handling transfer_to transfer_at transfer_due lead_ref result closed_at false_flag
        clarify_needed extension archived_at
    """,
    "reported": "person unit post rank",
    "lead": f"no {NAMES['lead'].replace('panel_views', '').replace('hands', '').replace('state', '')}",
    "panel_view": "who view",
    "hand": "who when step opinion",
    "case": f"no {NAMES['case'].replace('measures_used extension', '').replace('reform_ref', '').replace('state', '')}",
    "measures_used": "kind approval_no taken_at about",
    "measure": "issue_types facts basis",
}
CLASS_P4 = {
    "petition": """
        named notice_mode notice_at notice_by feedback_at feedback_mode feedback_by feedback_reaction new_evidence
    """,
    "informant": "name gender political_status employer post phone address",
}
CLASSES = {"P1": CLASS_P1, "P2": CLASS_P2, "P3": CLASS_P3, "P4": CLASS_P4}
