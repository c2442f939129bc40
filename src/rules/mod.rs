//! The table of contents of the rules. Each is one file; adding one is its file, its fixtures and a line here.

use crate::rule::Rule;

macro_rules! table {
    ($($module:ident),+ $(,)?) => {
        $(pub mod $module;)+

        /// Every rule, in the order in which `soreaid-lint rules` lists them.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),+];
    };
}

table! {
    assistant_residue,
    broken_link,
    conflicting_remedy_advice,
    dismissed_red_flag,
    duplicate_article,
    duplicate_heading,
    duplicate_paragraph,
    duplicate_title,
    empty_section,
    invalid_front_matter,
    leftover_markup,
    malformed_front_matter,
    medication_change_advice,
    misleading_health_claim,
    missing_caution,
    missing_escalation_advice,
    missing_front_matter,
    missing_red_flag_warning,
    missing_remedy_dose,
    missing_remedy_duration,
    missing_remedy_temperature,
    missing_required_section,
    multiple_titles,
    non_medical_escalation,
    placeholder_text,
    self_reviewed_article,
    skipped_heading_level,
    stale_review,
    stray_image_caption,
    stray_photo_credit,
    under_triaged_red_flag,
    unexplained_suppression,
    uninformative_alt_text,
    unknown_rule,
    unmarked_heading,
    unsafe_remedy_dose,
    unsafe_remedy_duration,
    unsafe_remedy_practice,
    unsafe_remedy_temperature,
    unsourced_evidence,
    unused_suppression,
    vague_escalation_advice,
    wrong_emergency_number,
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
