//! `conflicting-remedy-advice`.

use std::collections::HashMap;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::cues::Cue;
use crate::reading::advice::Advice;
use crate::reading::amount::Kind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Two passages of an article that give one remedy ranges that cannot both hold: at most 10 minutes here, 15 to
    /// 20 there. Ranges that touch or overlap do not conflict; nor do figures for different readers, body parts or
    /// products, nor a session and an interval.
    ///
    /// ## Why it matters
    ///
    /// A reader who finds two figures takes the one that suits.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Keep an ice pack on for no longer than 10 minutes.
    /// …
    /// Hold an ice pack on it for 15 to 20 minutes.
    /// ```
    ///
    /// ## Instead
    ///
    /// Decide for one range, or say to whom or what each applies.
    "conflicting-remedy-advice", Warning, "two passages whose figures for one remedy cannot both hold"
}

/// An article that gives more figures for one remedy than this is a list of figures.
const MOST_COMPARED: usize = 64;

fn check(article: Article<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut settled: Vec<(u16, Kind)> = Vec::new();
    let mut known: HashMap<(u16, Kind), Vec<&Advice>> = HashMap::new();
    for later in article.reading.advice.iter().filter(|it| is_comparable(article, it)) {
        let key = (later.remedy, later.amount.kind);
        if settled.contains(&key) {
            continue;
        }
        let before = known.entry(key).or_default();
        let Some(&earlier) = before.iter().find(|earlier| conflict(article, earlier, later)) else {
            if before.len() < MOST_COMPARED {
                before.push(later);
            }
            continue;
        };
        settled.push(key);
        let name = &article.knowledge.remedy(later.remedy).name;
        let (first, second) = (article.document.source.slice(earlier.span), article.document.source.slice(later.span));
        let message = format!("`{second}` for {name} cannot hold together with `{first}` earlier in the article");
        findings.push(
            Finding::new(later.span, message)
                .label("this figure")
                .also(earlier.span, "and this one")
                .help("decide for one range, or say to whom or what each figure applies"),
        );
    }
    findings
}

fn is_comparable(article: Article<'_>, advice: &Advice) -> bool {
    let amount = &advice.amount;
    let is_figure = matches!(amount.kind, Kind::Duration | Kind::Interval | Kind::Temperature)
        && !amount.vague
        && amount.open_end.is_none();
    // The phases of a compound remedy differ by nature.
    is_figure && advice.stance.permits() && article.knowledge.remedy(advice.remedy).parts.is_empty()
}

fn conflict(article: Article<'_>, earlier: &Advice, later: &Advice) -> bool {
    let same_kind = earlier.remedy == later.remedy && earlier.amount.kind == later.amount.kind;
    if !same_kind || earlier.block == later.block {
        return false;
    }
    let above = |one: Option<f64>, other: Option<f64>| matches!((one, other), (Some(low), Some(high)) if low > high + 1e-6);
    let disjoint = above(earlier.amount.low, later.amount.high) || above(later.amount.low, earlier.amount.high);
    disjoint && !differ_by_case(article, earlier, later)
}

/// Whether the two are said of different readers or parts of the body, as far as their own passages tell.
fn differ_by_case(article: Article<'_>, one: &Advice, other: &Advice) -> bool {
    let reading = article.reading;
    if reading.speaks_of(one, Cue::Group) || reading.speaks_of(other, Cue::Group) {
        return true;
    }
    let parts = [reading.body_parts(one), reading.body_parts(other)];
    !parts[0].is_empty() && !parts[1].is_empty() && parts[0].iter().all(|it| !parts[1].contains(it))
}
