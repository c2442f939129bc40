//! `unsafe-remedy-practice`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::severity::Severity;
use crate::reading::practice::PracticeFound;
use crate::rule::Article;
use crate::span::Spans;

declare_rule! {
    /// ## What it flags
    ///
    /// Ways of using a remedy that its entry forbids: ice on bare skin, a plunge alone, beer in the sauna, a heating pad
    /// over a medicated rub. Named in order to forbid it, a practice is fine.
    ///
    /// ## Why it matters
    ///
    /// These are the ways in which people get burnt, faint or drown.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Hold the ice pack directly on your bare skin.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Wrap the ice pack in a damp tea towel.`
    "unsafe-remedy-practice", Error, "a dangerous way of using a remedy"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let knowledge = article.knowledge;
    let combinations = article.reading.combinations(knowledge);
    // `Rub it in, then get into a hot bath`: a combination that is a practice, too, is one fault.
    let seconds: Spans = combinations.iter().map(|it| it.spans[1]).collect();
    let is_combined = |found: &PracticeFound| seconds.overlapping(found.span).is_some();
    let message = |written: &str, name: &str| format!("`{written}` is a dangerous way of using {name}");
    let told = article.practices_for(&RULE, "dangerous", message);
    let mut findings: Vec<Finding> =
        told.into_iter().filter(|(found, _)| !is_combined(found)).map(|(_, finding)| finding).collect();
    for found in &combinations {
        let (one, other) = (knowledge.remedy(found.remedy), knowledge.remedy(found.other));
        let Some(rule) = one.combine.iter().find(|it| it.with.contains(&other.id.value)) else { continue };
        findings.push(
            Finding::new(found.span, format!("{} and {} must not be combined", one.name, other.name))
                .severity(Severity::Error)
                .label("used together")
                .also(found.spans[1], "the second")
                .note(rule.why.clone())
                .help("recommend one of the two, and say not to use the other with it")
                .sources(knowledge.citations(&rule.sources)),
        );
    }
    findings
}
