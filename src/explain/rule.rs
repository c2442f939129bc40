//! A rule: its documentation, what can be set for it, and the entries of the packs that it rests on.

use std::fmt::Write as _;

use super::{Context, Kind};
use crate::diagnostic::Applicability;
use crate::knowledge::Packs;
use crate::knowledge::remedies::{Quantity, Remedy, Statement};
use crate::rule::Rule;

/// What is set for a rule, its documentation, and where its figures and sources stand.
pub fn rule(context: Context<'_>, rule: &Rule) -> String {
    let mut text = format!("{}\n{}", facts(rule), rule.markdown());
    let related: Vec<String> =
        related(context.packs, rule.id).into_iter().map(|(kind, id)| context.link(kind, id)).collect();
    if !related.is_empty() {
        let related = related.join(", ");
        // Writing to a string cannot fail.
        let _ = write!(text, "\n## Sources\n\nThey stand with what the rule looks for: {related}.\n");
    }
    text
}

fn facts(rule: &Rule) -> String {
    let fix = match rule.fix {
        Some(Applicability::Safe) => "safe, by `--fix`",
        Some(Applicability::Unsafe) => "to be looked at, by `--fix --unsafe-fixes`",
        None => "none",
    };
    let mut text = format!("- default severity: {}\n- fix: {fix}\n", rule.severity);
    for option in rule.options {
        let _ = writeln!(text, "- option `{}`: {}", option.name, option.expects());
    }
    text
}

/// The entries of the packs that a rule rests on.
fn related<'p>(packs: &'p Packs, rule: &str) -> Vec<(Kind, &'p str)> {
    let remedies = packs.remedies.iter().filter(|it| rests_on(rule, it, packs));
    let mut found: Vec<(Kind, &str)> = remedies.map(|it| (Kind::Remedy, it.id.value.as_str())).collect();
    let claims = packs.claims.iter().filter(|it| it.rule.id() == rule);
    found.extend(claims.map(|it| (Kind::Claim, it.id.value.as_str())));
    if matches!(rule, "dismissed-red-flag" | "under-triaged-red-flag" | "missing-red-flag-warning") {
        found.extend(packs.red_flags.iter().map(|it| (Kind::RedFlag, it.id.value.as_str())));
    }
    found
}

fn rests_on(rule: &str, remedy: &Remedy, packs: &Packs) -> bool {
    let judged = |quantities: &[Quantity]| {
        let mut limits = remedy.limits.iter().filter(|it| it.warn.is_some() || it.error.is_some());
        limits.any(|it| quantities.contains(&it.quantity))
    };
    let asks_for = |statements: &[Statement]| statements.iter().any(|it| remedy.state.contains_key(it));
    let forbids = remedy.practices.iter().any(|it| it.rule == rule);
    let by_limits = match rule {
        "unsafe-remedy-duration" => {
            judged(&[Quantity::Session, Quantity::Course, Quantity::Interval, Quantity::Frequency])
        }
        "unsafe-remedy-temperature" => judged(&[Quantity::TemperatureMax, Quantity::TemperatureMin]),
        "unsafe-remedy-dose" => judged(&[
            Quantity::DoseSingle,
            Quantity::DoseDaily,
            Quantity::Concentration,
            Quantity::Amount,
            Quantity::Rate,
            Quantity::Age,
        ]),
        "missing-remedy-duration" => asks_for(&[Statement::Duration]),
        "missing-remedy-temperature" => asks_for(&[Statement::Temperature]),
        "missing-remedy-dose" => asks_for(&[Statement::Label, Statement::Concentration]),
        "missing-caution" => !remedy.cautions.must.is_empty() || !remedy.mention.is_empty(),
        "unsafe-remedy-practice" => {
            let mut combinations = packs.remedies.iter().flat_map(|it| &it.combine);
            !remedy.combine.is_empty() || combinations.any(|it| it.with.contains(&remedy.id.value))
        }
        _ => false,
    };
    forbids || by_limits
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::explain::Form;
    use crate::rules;

    #[test]
    fn a_rule_says_what_can_be_set_for_it() {
        let rule = rules::rule("duplicate-heading").expect("a rule");
        expect![[r"
            - default severity: warning
            - fix: none
            - option `scope`: `siblings` or `document`
        "]]
        .assert_eq(&facts(rule));
    }

    #[test]
    fn a_rule_of_the_packs_names_what_it_rests_on() {
        let packs = crate::bundled::packs();
        let context = Context { packs: &packs, form: Form::Site };
        let rule_text = rule(context, rules::rule("unsourced-evidence").expect("a rule"));
        let sources = rule_text.split_once("## Sources\n\n").expect("sources").1;
        expect![[r"
            They stand with what the rule looks for: [`clinically-proven`](../knowledge/claims.md#clinically-proven), [`weak-qualifier`](../knowledge/claims.md#weak-qualifier).
        "]].assert_eq(sources);
    }
}
