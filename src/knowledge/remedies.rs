//! The shape of `remedies`, `circumstances` and `wording`: what readers are told to do, and its limits.

use std::collections::BTreeMap;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::{Examples, Id, Phrase};
use crate::locale::Locale;
use crate::severity::Severity;

/// Something a reader is told to do or take for a symptom.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Remedy {
    /// How other entries name it.
    pub id: Id,
    /// What messages call it.
    pub name: String,
    /// Another remedy that this is a kind of: its limits, statements and practices hold here too.
    #[serde(default)]
    pub is: Option<String>,
    /// Nouns for it; the plural of the last word is matched as well.
    pub words: Vec<Phrase>,
    /// Phrases that tell somebody to use it without one of its nouns.
    #[serde(default)]
    pub uses: Vec<Phrase>,
    /// What it is called once it was named: `the patch`.
    #[serde(default)]
    pub short: Vec<Phrase>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Remedies that a compound one stands for; what is missing is reported once, for the compound.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Topics that an article recommending it is about, by id of `topics`.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What everybody does anyway (drinking water): by itself it calls for no advice on getting help.
    #[serde(default)]
    pub everyday: bool,
    /// Whether it works by heat or cold: which words of temperature (`as hot as you can stand`) endanger its users.
    #[serde(default)]
    pub works_by: Option<Thermal>,
    /// Whether an open-ended session is a finding.
    #[serde(default)]
    pub open_ends: OpenEnds,
    /// Published and customary limits.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// What an article that recommends it has to state.
    #[serde(default)]
    pub state: BTreeMap<Statement, Need>,
    /// Cautions, by id, that have to stand in the article.
    #[serde(default)]
    pub mention: Vec<String>,
    /// Cautions, by id, that are named in the text of a finding only.
    #[serde(default)]
    pub should_mention: Vec<String>,
    /// Who should not use it, or should ask first.
    #[serde(default)]
    pub cautions: Cautions,
    /// What nobody should do with it.
    #[serde(default)]
    pub practices: Vec<Practice>,
    /// Remedies that must not be used together with it.
    #[serde(default)]
    pub combine: Vec<Combination>,
    /// Red flags, by id, that an article about it should name.
    #[serde(default)]
    pub red_flags: Vec<String>,
    /// Whether nothing about it comes from a source that was read; it can then never raise an error.
    #[serde(default)]
    pub from_memory: bool,
    /// What else is known, for `explain` and for whoever edits the entry.
    #[serde(default)]
    pub notes: Option<String>,
    /// Sources of the cautions and notes.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What it must find and must leave alone.
    #[serde(default)]
    pub examples: Examples,
}

impl Remedy {
    /// Whether an article that recommends it has to say when to get help.
    pub fn calls_for_help(&self) -> bool {
        !self.everyday
    }
}

/// Heat, cold, or both in turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thermal {
    /// By heat.
    Heat,
    /// By cold.
    Cold,
    /// By both, in turn.
    Both,
}

/// Whether a session without an end ("overnight") is a finding for a remedy that has a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenEnds {
    /// A finding: an error where the session limit has one, else a warning.
    #[default]
    Forbidden,
    /// No finding.
    Allowed,
}

/// A figure that an amount is compared with.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limit {
    /// What is measured, and with that the direction of `warn` and `error`.
    pub quantity: Quantity,
    /// The unit of `value`, `warn` and `error`.
    pub unit: Unit,
    /// The published figure or range.
    pub value: Figure,
    /// Beyond this a warning; none: never.
    #[serde(default)]
    pub warn: Option<f64>,
    /// Beyond this an error; none: never.
    #[serde(default)]
    pub error: Option<f64>,
    /// The circumstance, by id, in which it holds instead of the general limit of the same quantity.
    #[serde(default)]
    pub when: Option<String>,
    /// The locales in which it holds; empty: everywhere.
    #[serde(default)]
    pub locales: Vec<Locale>,
    /// Not used when no locale is set. Otherwise the lowest `warn` and the highest `error` hold then.
    #[serde(default)]
    pub local_only: bool,
    /// Where the figure comes from.
    pub strength: Strength,
    /// What the figure depends on, in words.
    #[serde(default)]
    pub conditions: Option<String>,
    /// Sources by id.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What a limit measures.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// One session; more is beyond.
    Session,
    /// Days or weeks in a row; more is beyond.
    Course,
    /// Times in a period; more is beyond.
    Frequency,
    /// From one use to the next; less is beyond.
    Interval,
    /// Hotter is beyond.
    TemperatureMax,
    /// Colder is beyond.
    TemperatureMin,
    /// One dose; more is beyond.
    DoseSingle,
    /// All doses of 24 hours; more is beyond.
    DoseDaily,
    /// Strength of a mixture; more is beyond.
    Concentration,
    /// Quantity of a thing used at once, such as cups; more is beyond.
    Amount,
    /// Volume in a time; more is beyond.
    Rate,
    /// Age of the reader; less is beyond.
    Age,
}

impl Quantity {
    /// Whether less than the figure is what lies beyond it.
    pub const fn is_lower_bound(self) -> bool {
        matches!(self, Self::Interval | Self::TemperatureMin | Self::Age)
    }
}

/// Units of limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
pub enum Unit {
    /// Minutes.
    #[serde(rename = "min")]
    Minutes,
    /// Hours.
    #[serde(rename = "h")]
    Hours,
    /// Days.
    #[serde(rename = "d")]
    Days,
    /// Weeks.
    #[serde(rename = "wk")]
    Weeks,
    /// Degrees Celsius.
    #[serde(rename = "C")]
    Celsius,
    /// Milligrams.
    #[serde(rename = "mg")]
    Milligrams,
    /// Grams.
    #[serde(rename = "g")]
    Grams,
    /// Parts of a hundred.
    #[serde(rename = "percent")]
    Percent,
    /// Cups of 240 millilitres.
    #[serde(rename = "cups")]
    Cups,
    /// Years of age.
    #[serde(rename = "y")]
    Years,
    /// Litres an hour.
    #[serde(rename = "l/h")]
    LitresPerHour,
    /// Times a day.
    #[serde(rename = "per-day")]
    PerDay,
}

/// A published figure: one number, or the ends of a range.
#[derive(Debug, Clone, Copy, PartialEq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(untagged)]
pub enum Figure {
    /// One number.
    Single(f64),
    /// Lowest and highest.
    Range([f64; 2]),
}

impl Figure {
    /// The lower end.
    pub const fn low(self) -> f64 {
        match self {
            Self::Single(value) | Self::Range([value, _]) => value,
        }
    }

    /// The upper end.
    pub const fn high(self) -> f64 {
        match self {
            Self::Single(value) | Self::Range([_, value]) => value,
        }
    }
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// A public body, regulator, label or study.
    Published,
    /// What practitioners and makers do; never an error.
    Practice,
    /// Not read anywhere; never an error.
    Memory,
}

/// What an article can be asked to state.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, BorshSerialize, BorshDeserialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Statement {
    /// How long one session lasts.
    Duration,
    /// How long to wait between two.
    Interval,
    /// How hot or cold.
    Temperature,
    /// How strong the mixture is.
    Concentration,
    /// A dose, or to follow the label.
    Label,
}

/// How much a statement is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A warning when it is missing.
    Required,
    /// A note when it is missing.
    Recommended,
}

/// Who should not use a remedy, or should ask first: ids of `cautions`.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Cautions {
    /// A warning when the article mentions none of these.
    #[serde(default)]
    pub must: Vec<String>,
    /// Named in the text of the finding only.
    #[serde(default)]
    pub should: Vec<String>,
}

/// Something that nobody should do with a remedy.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Practice {
    /// Unique within its remedy.
    pub id: Id,
    /// How bad it is.
    pub severity: Severity,
    /// The rule that reports it.
    #[serde(default = "practice_rule")]
    pub rule: String,
    /// Phrases for it, in a passage that is about the remedy.
    pub phrases: Vec<Phrase>,
    /// Phrases that stop it when they overlap or stand in its clause.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// What is a fault only after something else was said.
    #[serde(default)]
    pub follows: Option<Follows>,
    /// Why it is a fault.
    pub why: String,
    /// What to write instead.
    pub instead: String,
    /// Sources by id.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// Two phrases that are a practice together: `massage it`, right after `turned your ankle`.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Follows {
    /// What is said first.
    pub after: Vec<Phrase>,
    /// What is told then, in the same sentence or in the next one.
    pub then: Vec<Phrase>,
}

fn practice_rule() -> String {
    "unsafe-remedy-practice".to_owned()
}

/// Remedies that must not be used together.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Combination {
    /// Ids of the other remedies; the relation holds both ways.
    pub with: Vec<String>,
    /// Why it is a fault.
    pub why: String,
    /// Sources by id.
    pub sources: Vec<String>,
}

/// When a limit with `when` holds.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Circumstance {
    /// How limits name it.
    pub id: Id,
    /// Phrases for it, beside the amount or the remedy.
    pub words: Vec<Phrase>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
}

/// Phrases about amounts that hold for every remedy. A user's pack adds to each list.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Wording {
    /// Sessions with no end: "overnight", "until numb".
    #[serde(default)]
    pub open_ends: Vec<Phrase>,
    /// Temperatures with no upper bound: "as hot as you can stand".
    #[serde(default)]
    pub too_hot: Vec<Phrase>,
    /// Temperatures with no lower bound: "as cold as possible".
    #[serde(default)]
    pub too_cold: Vec<Phrase>,
    /// Temperatures that count as not stated: "ice-cold".
    #[serde(default)]
    pub vague_temperatures: Vec<Phrase>,
    /// Durations that count as not stated: "a few minutes".
    #[serde(default)]
    pub vague_durations: Vec<Phrase>,
    /// Pointing the reader to the label of a medicine.
    #[serde(default)]
    pub follow_label: Vec<Phrase>,
}
