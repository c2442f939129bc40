//! `unsafe-remedy-dose`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::limits::{Side, judge, limits_of};
use crate::knowledge::remedies::Quantity;
use crate::reading::dose::{Dose, Measure};
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// More of a medicine or supplement than published, at once or in a day (`400 mg every 4 hours` is 2,400 mg); oils
    /// that are too strong, also where that has to be worked out from drops and volume, in a sentence, a row or a list of
    /// ingredients; oils used undiluted.
    ///
    /// ## Why it matters
    ///
    /// The daily limit of paracetamol lies close to what damages a liver.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Take 400 mg of ibuprofen every four hours.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Follow the leaflet, and take no more than 1,200 mg in 24 hours.`
    "unsafe-remedy-dose", Error, "a dose, concentration or dilution beyond the published limit"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for dose in article.reading.doses() {
        if let Some(finding) = judged(article, &dose) {
            keep_gravest(&mut findings, finding);
        }
    }
    let message = |written: &str, name: &str| format!("`{written}` goes beyond what is published for {name}");
    for (_, finding) in article.practices_for(&RULE, "beyond what is published", message) {
        keep_gravest(&mut findings, finding);
    }
    findings
}

fn judged(article: Article<'_>, dose: &Dose<'_>) -> Option<Finding> {
    /// Real drops differ by a third.
    const DROP_TOLERANCE: f64 = 4.0 / 3.0;
    let remedy = article.knowledge.remedy(dose.advice.remedy);
    let (quantity, value) = match dose.measure {
        Measure::Single => (Quantity::DoseSingle, dose.value),
        Measure::Daily => (Quantity::DoseDaily, dose.value),
        Measure::Concentration => (Quantity::Concentration, dose.value),
        Measure::Dilution => (Quantity::Concentration, dose.value / DROP_TOLERANCE),
        Measure::Cups => (Quantity::Amount, dose.value),
        Measure::LitresAnHour => (Quantity::Rate, dose.value),
        Measure::Age => (Quantity::Age, dose.value),
    };
    let case = |case: &str| article.reading.is_about(article.knowledge, dose.advice, case);
    let limits = limits_of(remedy, quantity, &case, article.settings.locale);
    let side = if quantity.is_lower_bound() { Side::Below } else { Side::Above };
    let beyond = judge(&limits, value, side)?;
    let written = article.document.source.slice(dose.span);
    let figure = beyond.limit.figure();
    let name = &remedy.name;
    let message = match dose.measure {
        Measure::Single => format!("`{written}` is more {name} at once than published: {figure}"),
        Measure::Daily => format!("`{written}` permits {:.0} mg of {name} a day; published is at most {figure}", dose.value),
        Measure::Concentration => format!("`{written}` is stronger than published for {name}: {figure}"),
        Measure::Dilution => format!("`{written}` makes {:.1} % of {name}; published is at most {figure}", dose.value),
        Measure::Cups | Measure::LitresAnHour => format!("`{written}` is more {name} than published: {figure}"),
        Measure::Age => format!("`{written}` is too young for {name}; published is at least {figure}"),
    };
    let mut finding = Finding::new(dose.span, message)
        .severity(beyond.severity)
        .label("beyond what is published")
        .also(article.reading.mentions[dose.advice.mention].span, "the remedy")
        .also_if_any(dose.often, "so often")
        .help(format!("stay within {figure}, and send readers to the label"))
        .sources(article.knowledge.citations(&beyond.limit.sources));
    if let Some(conditions) = &beyond.limit.conditions {
        finding = finding.note(conditions.clone());
    }
    Some(finding)
}

/// One finding for a place: the worst.
fn keep_gravest(findings: &mut Vec<Finding>, finding: Finding) {
    let near = findings.len().saturating_sub(32);
    let rival = findings[near..].iter().position(|it| it.label.span.overlaps(finding.label.span));
    match rival.map(|at| near + at) {
        Some(index) if findings[index].severity >= finding.severity => {}
        Some(index) => findings[index] = finding,
        None => findings.push(finding),
    }
}
