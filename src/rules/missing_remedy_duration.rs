//! `missing-remedy-duration`.

use crate::declare_rule;
use crate::diagnostic::{Finding, Severity};
use crate::knowledge::RemedyId;
use crate::knowledge::remedies::{Demand, LimitKind, Statement};
use crate::reading::amount::Kind;
use crate::reading::mention::Mention;
use crate::reading::stance::Stance;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A recommended remedy whose time the article has to state and does not, or only vaguely (`for a short while`).
    /// Once per remedy and article. A note where stating a time is only recommended.
    ///
    /// ## Why it matters
    ///
    /// Without a time, readers take the one that they know from elsewhere, and for ice, heat and cold water the
    /// wrong one does harm.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Take an ice bath on the evening of the race.
    /// ```
    ///
    /// ## Instead
    ///
    /// Say how long, in minutes, once in the article.
    "missing-remedy-duration", Warning, "a recommended remedy with no time stated"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let reading = article.reading;
    let mut seen: Vec<RemedyId> = Vec::new();
    let mut findings = Vec::new();
    for mention in reading.mentions.iter().filter(|it| it.stance == Stance::Recommended) {
        let remedy = article.knowledge.remedy(mention.remedy);
        let Some(demand) = remedy.state.get(&Statement::Duration) else { continue };
        if seen.contains(&mention.remedy) {
            continue;
        }
        seen.push(mention.remedy);
        if is_stated(article, mention.remedy) || is_part_of_recommended(article, mention) {
            continue;
        }
        let figure = remedy.limits.iter().find(|it| it.quantity == LimitKind::Session).map(|it| it.figure());
        let help = match &figure {
            Some(figure) => format!("say how long; published advice is {figure}"),
            None => "say how long, in minutes".to_owned(),
        };
        let severity = if *demand == Demand::Required { Severity::Warning } else { Severity::Note };
        let sources = remedy.limits.iter().find(|it| it.quantity == LimitKind::Session).map(|it| it.sources.clone());
        let finding = Finding::new(mention.span, format!("the article recommends {} and does not say for how long", remedy.name))
            .severity(severity)
            .label("for how long?")
            .help(help)
            .sources(article.knowledge.citations(&sources.unwrap_or_default()));
        findings.push(finding);
    }
    findings
}

/// Whether a usable time stands anywhere in the article.
fn is_stated(article: Article<'_>, remedy: RemedyId) -> bool {
    article.reading.advice.iter().any(|advice| {
        let amount = &advice.amount;
        let is_time = matches!(amount.kind, Kind::Duration | Kind::Course)
            && !amount.vague
            && amount.open_end.is_none()
            && (amount.high.is_some() || amount.low.is_some());
        advice.remedy == remedy && is_time && advice.stance.permits()
    })
}

/// A hot bath that is half of a contrast bath is reported with the whole.
fn is_part_of_recommended(article: Article<'_>, mention: &Mention) -> bool {
    article.reading.mentions.iter().any(|other| {
        other.stance == Stance::Recommended && article.knowledge.is_part_of(mention.remedy, other.remedy)
    })
}
