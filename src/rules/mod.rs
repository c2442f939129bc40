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
    duplicate_heading,
    missing_escalation_advice,
    missing_remedy_duration,
    unsafe_remedy_duration,
    vague_escalation_advice,
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
