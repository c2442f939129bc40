//! `unsafe-remedy-duration`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::severity::Severity;
use crate::knowledge::limits::{Beyond, Side, judge, limits_of};
use crate::knowledge::remedies::{Limit, OpenEnds, Quantity, Remedy, Thermal};
use crate::reading::advice::Advice;
use crate::reading::amount::{Kind, OpenEnd};
use crate::rule::Article;
use crate::span::Spans;

declare_rule! {
    /// ## What it flags
    ///
    /// A session, course, interval or frequency that goes beyond what is published for the remedy, and open ends such
    /// as `overnight`, `until numb` or, of ice, `until it melts` for a remedy that has a limit. The value compared is
    /// the most that the text permits: `15 to 40 minutes` permits 40, and so does `no more than 40`; `never for 40
    /// minutes` permits nothing and is quiet.
    ///
    /// ## Why it matters
    ///
    /// Readers do what the number says. Ice left on too long freezes skin and nerves, heat left on too long burns.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Hold the ice pack on the swelling for 15 to 40 minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// Give a time within the published limit that the finding names, and say how long to wait in between.
    "unsafe-remedy-duration", Error, "a session, course, interval or frequency beyond the published limit"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for advice in &article.reading.advice {
        let remedy = article.knowledge.remedy(advice.remedy);
        let Some((limit_kind, beyond)) = judged(article, advice, remedy) else { continue };
        let finding = finding(article, advice, remedy, limit_kind, beyond);
        let known = found.iter().rev().take(8).any(|it| it.label.span == finding.label.span && it.message == finding.message);
        if !known {
            found.push(finding);
        }
    }
    // `Let it send you to sleep`. Of `Sleep with a hot water bottle` the words that leave the end open are told already.
    let message = |written: &str, name: &str| format!("`{written}` sets no safe end for {name}");
    let told: Spans = found.iter().map(|it| it.label.span).collect();
    let practices = article.practices_for(&RULE, "no safe end", message).into_iter().map(|(_, finding)| finding);
    found.extend(practices.filter(|it| told.overlapping(it.label.span).is_none()));
    found
}

fn judged<'k>(article: Article<'_>, advice: &Advice, remedy: &'k Remedy) -> Option<(Quantity, Beyond<'k>)> {
    if !advice.stance.permits() {
        return None;
    }
    let amount = &advice.amount;
    let (quantity, side) = match amount.kind {
        Kind::Duration => (Quantity::Session, advice.side_of_most()),
        Kind::Course => (Quantity::Course, advice.side_of_most()),
        Kind::Interval => (Quantity::Interval, Side::Below),
        Kind::Frequency => (Quantity::Frequency, Side::Above),
        _ => return None,
    };
    let case = |case: &str| article.reading.is_about(article.knowledge, advice, case);
    if let Some(open_end) = amount.open_end.filter(|_| amount.kind == Kind::Duration) {
        if open_end.is_harmless(remedy) {
            return None;
        }
        let limits = limits_of(remedy, Quantity::Session, &case, article.settings.locale);
        let limits: Vec<&Limit> = limits.into_iter().filter(|it| it.warn.is_some() || it.error.is_some()).collect();
        let limit = *limits.first()?;
        let worn = remedy.open_ends == OpenEnds::Allowed;
        let severity = if limit.error.is_some() { Severity::Error } else { Severity::Warning };
        return (!worn).then_some((Quantity::Session, Beyond { severity, limit }));
    }
    let value = if side == Side::Below { advice.permits_from()? } else { advice.permits()? };
    let limits = limits_of(remedy, quantity, &case, article.settings.locale);
    judge(&limits, value, side).map(|beyond| (quantity, beyond))
}

fn finding(article: Article<'_>, advice: &Advice, remedy: &Remedy, quantity: Quantity, beyond: Beyond<'_>) -> Finding {
    let limit = beyond.limit;
    let written = article.document.source.slice(advice.span);
    let figure = limit.figure();
    // `13 minutes` where one source says 10 and another one 15.
    let is_within = |warn: &f64| *warn < limit.most() && advice.permits().is_some_and(|it| it <= limit.most() * limit.unit_factor());
    let cautious = limit.warn.filter(is_within).map(|warn| limit.measure(warn));
    let what = match quantity {
        Quantity::Interval => format!("`{written}` leaves too little time between rounds of {}; published figures say at least {figure}", remedy.name),
        Quantity::Frequency => format!("`{written}` is more often than published for {}: {figure}", remedy.name),
        Quantity::Course => format!("`{written}` is a longer course than published for {}: {figure}", remedy.name),
        _ if advice.amount.open_end.is_some() => {
            format!("`{written}` sets no safe end for {}; published advice is {figure}", remedy.name)
        }
        _ => match &cautious {
            Some(cautious) => format!(
                "`{written}` is longer than the most cautious figure for {}: {cautious}; published advice is {figure}",
                remedy.name
            ),
            None => format!("`{written}` is longer than published for {}: {figure}", remedy.name),
        },
    };
    let mention = &article.reading.mentions[advice.mention];
    let mut finding = Finding::new(advice.span, what)
        .severity(beyond.severity)
        .label("more than published")
        .also(mention.span, "the remedy")
        .help(match quantity {
            Quantity::Interval => format!("write an interval of at least {figure}"),
            _ => format!("write a time within {}, and where readers should stop", cautious.unwrap_or(figure)),
        })
        .sources(article.knowledge.citations(&limit.sources));
    if let Some(conditions) = &limit.conditions {
        finding = finding.note(conditions.clone());
    }
    finding
}

impl OpenEnd {
    /// An end that the remedy sets by itself: the bath cools. Ice is too cold for too long until it melts.
    fn is_harmless(self, remedy: &Remedy) -> bool {
        match self {
            Self::UntilOther => true,
            Self::UntilMelted => remedy.works_by != Some(Thermal::Cold),
            _ => false,
        }
    }
}
