//! Figures that an article gives for remedies, and whether two of them can both hold.
//!
//! Within an article a figure is compared with those around it; across articles much more may lie between two of them,
//! so each carries what it is said of.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::document::blocks::BlockId;
use crate::knowledge::cues::Cue;
use crate::knowledge::limits::{judge, limits_of};
use crate::knowledge::remedies::Quantity;
use crate::knowledge::{Knowledge, Meaning};
use crate::locale::Locale;
use crate::reading::Reading;
use crate::reading::advice::Advice;
use crate::reading::amount::{Bound, Kind};
use crate::span::Span;

/// A range that an article gives for a remedy, and what it is said of.
#[derive(Debug, BorshSerialize, BorshDeserialize)]
pub struct Figure {
    /// The remedy's name: packs may differ from article to article, and so its number.
    pub remedy: String,
    /// What is measured.
    pub kind: Kind,
    /// In the unit of the kind.
    pub range: Range,
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Parts of the body and circumstances that it is said of, in order.
    pub said_of: Vec<String>,
    /// What is felt, where it is said.
    pub symptoms: Vec<String>,
}

/// From where to where; an end that is not said is open.
#[derive(Debug, Clone, Copy, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Range {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

impl Range {
    /// The range of an amount.
    pub fn of(advice: &Advice) -> Self {
        Self { low: advice.amount.low, high: advice.amount.high }
    }

    /// Whether no value lies in both; ranges that touch share one.
    pub fn excludes(self, other: Self) -> bool {
        self.is_above(other) || other.is_above(self)
    }

    /// Whether all of it lies above another.
    pub fn is_above(self, other: Self) -> bool {
        matches!((self.low, other.high), (Some(low), Some(high)) if low > high + 1e-6)
    }
}

/// Whether an amount is a figure that others of its remedy have to agree with.
pub fn is_comparable(knowledge: &Knowledge, advice: &Advice) -> bool {
    let amount = &advice.amount;
    let remedy = knowledge.remedy(advice.remedy);
    let limits = |quantity| remedy.limits.iter().any(|it| it.quantity == quantity);
    let is_kind = match amount.kind {
        // Tape is worn for days: the minutes are those of putting it on.
        Kind::Duration => limits(Quantity::Session) || !limits(Quantity::Course),
        Kind::Interval | Kind::Temperature => true,
        // `1%` may be for the face and `2%` for the rest; ranges and limits are rules.
        Kind::Percent => limits(Quantity::Concentration) && amount.low != amount.high,
        // Tape is worn for days; of what is used in sessions, weeks and months are said of many things.
        Kind::Course => limits(Quantity::Course) && !limits(Quantity::Session),
        // `Every morning` and `twice a week` are habits, `three times a day` is a figure.
        Kind::Frequency => amount.low.or(amount.high).is_some_and(|times| 1.0 < times),
        _ => false,
    };
    let is_figure = is_kind && !amount.vague && !amount.is_assumed && amount.open_end.is_none();
    // The phases of a compound remedy differ by nature.
    is_figure && advice.stance.permits() && remedy.parts.len() < 2
}

/// An article that gives more figures than this is a list of figures.
const MOST: usize = 64;

/// The figures of an article that others can be held against. One value (`ice it for 10 minutes`) is an example and
/// shuts out no other; a range or a limit does. With a time beyond what is published, which is reported by itself, nobody has to
/// agree.
pub(super) fn figures(reading: &Reading<'_>, knowledge: &Knowledge, locale: Option<Locale>) -> Vec<Figure> {
    let is_rule = |advice: &&Advice| {
        let amount = &advice.amount;
        let is_exact = amount.bound == Bound::Exact || amount.low == amount.high;
        !is_exact && !amount.approximate && !reading.speaks_of(advice, Cue::Group)
    };
    let is_published = |advice: &&Advice| !is_beyond(reading, knowledge, advice, locale);
    let figures = reading.advice.iter().filter(|it| is_comparable(knowledge, it)).filter(is_rule);
    let figures = figures.filter(is_published);
    figures.take(MOST).map(|advice| figure(reading, knowledge, advice)).collect()
}

/// Whether a session is longer than published.
fn is_beyond(reading: &Reading<'_>, knowledge: &Knowledge, advice: &Advice, locale: Option<Locale>) -> bool {
    let Some(value) = advice.permits().filter(|_| advice.amount.kind == Kind::Duration) else { return false };
    let case = |case: &str| reading.is_about(knowledge, advice, case);
    let limits = limits_of(knowledge.remedy(advice.remedy), Quantity::Session, &case, locale);
    judge(&limits, value, advice.side_of_most()).is_some()
}

fn figure(reading: &Reading<'_>, knowledge: &Knowledge, advice: &Advice) -> Figure {
    let mut said_of = Vec::new();
    let mut symptoms = Vec::new();
    for block in context(reading, advice) {
        let Some(passage) = reading.passage(block) else { continue };
        let text = reading.document.block(block).prose.text();
        for hit in &passage.hits {
            let words = || text[passage.visible(&hit.tokens)].to_lowercase();
            match hit.meaning {
                Meaning::Cue(Cue::BodyPart | Cue::Group) => said_of.push(words()),
                Meaning::Circumstance(id) => said_of.push(format!("{id:?}")),
                Meaning::Cue(Cue::Symptom) => symptoms.push(words()),
                _ => {}
            }
        }
    }
    for list in [&mut said_of, &mut symptoms] {
        list.sort_unstable();
        list.dedup();
    }
    Figure {
        remedy: knowledge.remedy(advice.remedy).name.clone(),
        kind: advice.amount.kind,
        range: Range::of(advice),
        text: reading.document.source.slice(advice.span).to_owned(),
        span: advice.span,
        said_of,
        symptoms,
    }
}

/// The blocks that say what a figure is about: its own, its headings and the title.
fn context(reading: &Reading<'_>, advice: &Advice) -> Vec<BlockId> {
    let document = reading.document;
    let mut blocks = vec![advice.block];
    blocks.extend(document.outline.ancestors(advice.block).map(|it| it.block));
    blocks.extend(document.title);
    blocks.sort_unstable();
    blocks.dedup();
    blocks
}
