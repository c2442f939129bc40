//! `unsafe-remedy-temperature`.

use std::collections::HashSet;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::severity::Severity;
use crate::knowledge::cues::Cue;
use crate::knowledge::limits::{Beyond, Side, judge, limits_of};
use crate::knowledge::remedies::{Quantity, Thermal};
use crate::reading::advice::Advice;
use crate::reading::amount::{Bound, Kind};
use crate::rule::Article;
use crate::span::{Span, Spans};

declare_rule! {
    /// ## What it flags
    ///
    /// A bath, tub, shower or plunge that is hotter or colder than published limits, in °C or °F; heat `as hot as
    /// you can stand`, boiling water, cold `as cold as possible`; a °C and °F pair that disagrees by more than a degree.
    ///
    /// ## Why it matters
    ///
    /// Water at 44 °C scalds people who cannot feel or move well, and cold shock kills within a minute.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Crank the hot tub up to 106°F.
    /// ```
    ///
    /// ## Instead
    ///
    /// Give a temperature within the figure that the finding names, and tell readers to measure it.
    "unsafe-remedy-temperature", Error, "a temperature beyond the published limit"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut found = disagreeing_pairs(article);
    let mut told: HashSet<Span> = found.iter().map(|it| it.label.span).collect();
    for advice in article.reading.advice.iter().filter(|it| it.amount.kind == Kind::Temperature) {
        if told.contains(&advice.span) {
            continue;
        }
        if let Some((beyond, hot)) = judged(article, advice) {
            told.insert(advice.span);
            found.push(beyond_limit(article, advice, beyond, hot));
        }
    }
    let message = |written: &str, name: &str| format!("`{written}` is too hot for {name}");
    let practices: Vec<Finding> =
        article.practices_for(&RULE, "too hot", message).into_iter().map(|(_, finding)| finding).collect();
    // `boiling water straight from the kettle` is one fault, with the space between its words.
    let is_told = |it: &Finding| {
        let (start, end) = (it.label.span.start, it.label.span.end);
        let near = practices.partition_point(|told| told.label.span.start <= end + 1);
        practices[..near].last().is_some_and(|told| start <= told.label.span.end + 1)
    };
    found.extend(in_words(article).into_iter().filter(|it| !is_told(it)));
    found.extend(practices);
    found
}

/// `38 °C (104 °F)`: one of the two is wrong, whichever remedy it belongs to.
fn disagreeing_pairs(article: Article<'_>) -> Vec<Finding> {
    const TOLERANCE: f64 = 1.0;
    let mut found: Vec<Finding> = Vec::new();
    let mut told: HashSet<Span> = HashSet::new();
    for advice in &article.reading.advice {
        let Some((low, high)) = advice.amount.second else { continue };
        let differs = |one: Option<f64>, other: f64| one.is_some_and(|one| (one - other).abs() > TOLERANCE);
        let disagrees = differs(advice.amount.low, low) || differs(advice.amount.high, high);
        if !disagrees || !told.insert(advice.span) {
            continue;
        }
        let written = article.document.source.slice(advice.span);
        let first = advice.amount.high.or(advice.amount.low).unwrap_or_default();
        let message = format!("`{written}` gives two temperatures that differ: {first:.1} °C and {high:.1} °C");
        found.push(Finding::new(advice.span, message).label("these disagree").help("correct one of the two figures"));
    }
    found
}

fn judged<'k>(article: Article<'k>, advice: &Advice) -> Option<(Beyond<'k>, bool)> {
    // `ice-cold` is no temperature, which is for another rule to say.
    if !advice.stance.permits() || advice.amount.vague {
        return None;
    }
    let remedy = article.knowledge.remedy(advice.remedy);
    let case = |case: &str| article.reading.is_about(article.knowledge, advice, case);
    let locale = article.settings.locale;
    let amount = &advice.amount;
    let most = if amount.bound == Bound::AtLeast { amount.low } else { amount.high };
    let too_hot = most.and_then(|value| judge(&limits_of(remedy, Quantity::TemperatureMax, &case, locale), value, Side::Above));
    // `45 °F or below` is too cold from its upper end on.
    let least = amount.low.or(amount.high);
    let too_cold = least.and_then(|value| judge(&limits_of(remedy, Quantity::TemperatureMin, &case, locale), value, Side::Below));
    // A compound remedy has a hot half and a cold half: only the half that the figure is in counts.
    match (too_hot, too_cold) {
        (Some(hot), Some(_)) if most.is_some_and(|it| it > WARM) => Some((hot, true)),
        (_, Some(cold)) if least.is_some_and(|it| it < WARM) => Some((cold, false)),
        (Some(hot), _) => Some((hot, true)),
        _ => None,
    }
}

/// Between cold and warm, in °C.
const WARM: f64 = 25.0;

fn beyond_limit(article: Article<'_>, advice: &Advice, beyond: Beyond<'_>, hot: bool) -> Finding {
    let remedy = article.knowledge.remedy(advice.remedy);
    let written = article.document.source.slice(advice.span);
    let figure = beyond.limit.figure();
    let direction = if hot { "hotter" } else { "colder" };
    let bound = if hot { "at most" } else { "no colder than" };
    let mut finding = Finding::new(advice.span, format!("`{written}` is {direction} than published for {}: {bound} {figure}", remedy.name))
        .severity(beyond.severity)
        .label(if hot { "too hot" } else { "too cold" })
        .also(article.reading.mentions[advice.mention].span, "the remedy")
        .help(format!("write a temperature of {bound} {figure}"))
        .sources(article.knowledge.citations(&beyond.limit.sources));
    if let Some(conditions) = &beyond.limit.conditions {
        finding = finding.note(conditions.clone());
    }
    finding
}

/// `as hot as you can stand`, `boiling water`, `as cold as possible`.
fn in_words(article: Article<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut told = Spans::default();
    for words in article.reading.cued_at_remedies(&[Cue::TooHot, Cue::TooCold]) {
        let remedy = article.knowledge.remedy(words.remedy);
        let hot = words.cue == Cue::TooHot;
        let fits = match remedy.works_by {
            Some(Thermal::Heat) => hot,
            Some(Thermal::Cold) => !hot,
            Some(Thermal::Both) => true,
            None => false,
        };
        if !words.stance.permits() || !fits || told.overlapping(words.span).is_some() {
            continue;
        }
        told.add(words.span);
        let written = article.document.source.slice(words.span);
        let message = format!("`{written}` leaves the temperature of {} to the reader's skin", remedy.name);
        let kind = if hot { Quantity::TemperatureMax } else { Quantity::TemperatureMin };
        let sources = remedy.limits.iter().find(|it| it.quantity == kind).map(|it| it.sources.clone());
        let sources = sources.unwrap_or_else(|| remedy.limits.first().map(|it| it.sources.clone()).unwrap_or_default());
        let help = if hot { "write `comfortably warm`, or a temperature within the published limit" } else { "give a temperature, no colder than published" };
        found.push(
            Finding::new(words.span, message)
                .severity(Severity::Error)
                .label("no safe limit")
                .also(words.mention_span, "the remedy")
                .help(help)
                .sources(article.knowledge.citations(&sources)),
        );
    }
    found
}
