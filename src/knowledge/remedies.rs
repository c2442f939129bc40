//! The remedies pack: what writers call a remedy, its limits, what an article has to state, whom it has to warn.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::config::Locale;

/// A pack file's remedies.
#[derive(Debug, Deserialize)]
pub struct RemedyPack {
    /// In order: of two names of one length, the first entry's wins.
    pub remedies: Vec<Remedy>,
}

/// One remedy.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Remedy {
    /// Kebab-case.
    pub id: String,
    /// What to call it in a message.
    pub name: String,
    /// Nouns that name it.
    pub words: Vec<String>,
    /// Phrases that tell somebody to use it.
    #[serde(default)]
    pub uses: Vec<String>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<String>,
    /// Whether it works by heat or cold.
    pub thermal: Option<Thermal>,
    /// What is published about how long, how often, how hot, how much.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// What an article that recommends it has to state.
    #[serde(default)]
    pub state: BTreeMap<Statement, Demand>,
    /// Whom an article has to warn.
    #[serde(default)]
    pub cautions: Cautions,
    /// Remedies that this one is made of.
    #[serde(default)]
    pub parts: Vec<String>,
}

/// Whether a remedy works by heat or cold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thermal {
    /// By heat.
    Hot,
    /// By cold.
    Cold,
    /// By both, in turn.
    Both,
}

/// Something that an article states about a remedy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Statement {
    Duration,
    Interval,
    Temperature,
    Concentration,
    Label,
}

/// How strongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Demand {
    /// It has to.
    Required,
    /// It should.
    Recommended,
}

/// Caution ids.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cautions {
    /// One of them has to be mentioned.
    #[serde(default)]
    pub must: Vec<String>,
    /// Worth mentioning.
    #[serde(default)]
    pub should: Vec<String>,
}

/// What a limit is a limit of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum LimitKind {
    Session,
    Course,
    Interval,
    Frequency,
    TemperatureMax,
    TemperatureMin,
    DoseSingle,
    DoseDaily,
    Concentration,
    Amount,
    Age,
    Rate,
}

/// One published or practised figure.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limit {
    /// What it limits.
    pub quantity: LimitKind,
    /// The unit of every number in it.
    pub unit: String,
    /// The published figure.
    pub value: Option<f64>,
    /// The published range.
    pub range: Option<(f64, f64)>,
    /// Beyond this a warning.
    pub warn: Option<f64>,
    /// Beyond this an error.
    pub error: Option<f64>,
    /// Holds only in this case: `neck`, `pregnancy`.
    pub when: Option<String>,
    /// Holds only there.
    #[serde(default)]
    pub locales: Vec<Locale>,
    /// `published`, `practice` or `memory`.
    pub strength: String,
    /// What the sources say of it.
    #[serde(default)]
    pub conditions: String,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}
