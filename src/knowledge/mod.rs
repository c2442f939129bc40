//! Packs, read and compiled: one lexicon for all words, and the facts behind them.

pub mod cues;
mod inflection;
pub mod lexicon;
pub mod limits;
pub mod phrase;
pub mod remedies;

use std::collections::BTreeMap;

use cues::{Cue, CuePack};
use lexicon::Lexicon;
use phrase::LastWord;
use remedies::{Remedy, RemedyPack};
use serde::Deserialize;

use crate::config::Locale;
use crate::diagnostic::Citation;

/// Index of a remedy.
pub type RemedyId = u16;
/// Index of a red flag.
pub type FlagId = u16;

/// Whom readers can be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelperKind {
    /// An ambulance, an emergency department.
    Emergency,
    /// An urgent line, a same-day appointment.
    Urgent,
    /// A doctor, a physiotherapist.
    Routine,
    /// Medical help of no named kind.
    Generic,
    /// A massage therapist, a coach.
    NonMedical,
    /// A therapist of no named kind.
    Ambiguous,
}

impl HelperKind {
    /// Whether it is medical help.
    pub fn is_medical(self) -> bool {
        matches!(self, Self::Emergency | Self::Urgent | Self::Routine | Self::Generic)
    }
}

/// How soon a red flag needs help; the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// At once.
    Emergency,
    /// The same day.
    Urgent,
    /// In good time.
    Routine,
}

/// A red flag (stand-in).
#[derive(Debug, Clone, Deserialize)]
pub struct RedFlag {
    /// Kebab-case.
    pub id: String,
    /// In words.
    pub name: String,
    /// How soon.
    pub urgency: Urgency,
    /// Phrases.
    pub signs: Vec<String>,
    /// Source ids.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// A number to call.
#[derive(Debug, Clone, Deserialize)]
pub struct EmergencyNumber {
    /// As dialled.
    pub number: String,
    /// Where it is right.
    pub locales: Vec<Locale>,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Names a remedy.
    Remedy(RemedyId),
    /// Tells somebody to use it.
    RemedyUse(RemedyId),
    /// Looks like it and is not.
    RemedyNot(RemedyId),
    /// Names a caution.
    Caution(u16),
    /// Names a red flag.
    Sign(FlagId),
    /// Looks like one and is none.
    SignNot(FlagId),
    /// Names somebody to turn to.
    Helper(HelperKind),
    /// Looks like one and is none.
    HelperNot,
    /// Says how its sentence means what it says.
    Cue(Cue),
}

/// All packs, compiled.
pub struct Knowledge {
    /// Every phrase of every pack.
    pub lexicon: Lexicon<Meaning>,
    /// By [`RemedyId`].
    pub remedies: Vec<Remedy>,
    red_flags: Vec<RedFlag>,
    numbers: Vec<EmergencyNumber>,
    sources: BTreeMap<String, Citation>,
}

impl Knowledge {
    /// A remedy.
    pub fn remedy(&self, id: RemedyId) -> &Remedy {
        &self.remedies[usize::from(id)]
    }

    /// Whether a red flag needs an ambulance.
    pub fn is_emergency(&self, flag: FlagId) -> bool {
        self.red_flag(flag).urgency == Urgency::Emergency
    }

    /// The countries whose number this is.
    pub fn number_locales(&self, number: &str) -> &[Locale] {
        self.numbers.iter().find(|it| it.number == number).map_or(&[], |it| &it.locales)
    }

    /// The numbers of a country.
    pub fn numbers_of(&self, locale: Locale) -> Vec<&str> {
        self.numbers.iter().filter(|it| it.locales.contains(&locale)).map(|it| it.number.as_str()).collect()
    }

    /// A red flag.
    pub fn red_flag(&self, id: FlagId) -> &RedFlag {
        &self.red_flags[usize::from(id)]
    }

    /// Whether one remedy is a part of another.
    pub fn is_part_of(&self, part: RemedyId, whole: RemedyId) -> bool {
        self.remedy(whole).parts.contains(&self.remedy(part).id)
    }

    /// Sources by id.
    pub fn citations(&self, ids: &[String]) -> Vec<Citation> {
        ids.iter().filter_map(|id| self.sources.get(id).cloned()).collect()
    }
}

impl Default for Knowledge {
    fn default() -> Self {
        let mut lexicon = Lexicon::default();
        let pack: RemedyPack = serde_saphyr::from_str(include_str!("../../rules/remedies.yaml")).expect("stand-in");
        for (id, remedy) in pack.remedies.iter().enumerate() {
            let id = id as RemedyId;
            for word in &remedy.words {
                lexicon.add(word, LastWord::Noun, Meaning::Remedy(id)).expect(word);
            }
            for word in &remedy.uses {
                lexicon.add(word, LastWord::Noun, Meaning::RemedyUse(id)).expect(word);
            }
            for word in &remedy.not {
                lexicon.add(word, LastWord::Noun, Meaning::RemedyNot(id)).expect(word);
            }
        }
        let mut flags: BTreeMap<String, Vec<RedFlag>> =
            serde_saphyr::from_str(include_str!("../../rules/red-flags.yaml")).expect("stand-in");
        for (id, flag) in flags["red-flags"].iter().enumerate() {
            for word in &flag.signs {
                lexicon.add(word, LastWord::Noun, Meaning::Sign(id as u16)).expect("sign");
            }
        }
        let cautions: BTreeMap<String, Vec<serde_json::Value>> =
            serde_saphyr::from_str(include_str!("../../rules/cautions.yaml")).expect("stand-in");
        for (id, flag) in cautions["cautions"].iter().enumerate() {
            for word in flag["words"].as_array().expect("words") {
                lexicon.add(word.as_str().expect("text"), LastWord::Noun, Meaning::Caution(id as u16)).expect("word");
            }
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        struct Helpers {
            helpers: BTreeMap<HelperKind, Vec<String>>,
            helpers_not: Vec<String>,
            numbers: Vec<EmergencyNumber>,
        }
        let helpers: Helpers = serde_saphyr::from_str(include_str!("../../rules/escalation.yaml")).expect("stand-in");
        for (kind, phrases) in &helpers.helpers {
            for phrase in phrases {
                lexicon.add(phrase, LastWord::Noun, Meaning::Helper(*kind)).expect(phrase);
            }
        }
        for phrase in &helpers.helpers_not {
            lexicon.add(phrase, LastWord::Noun, Meaning::HelperNot).expect(phrase);
        }
        let cues: CuePack = serde_saphyr::from_str(include_str!("../../rules/cues.yaml")).expect("stand-in");
        for (cue, phrases) in &cues.cues {
            for phrase in phrases {
                lexicon.add(phrase, LastWord::AsWritten, Meaning::Cue(*cue)).expect(phrase);
            }
        }
        let sources: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> =
            serde_saphyr::from_str(include_str!("../../rules/sources.yaml")).expect("stand-in");
        let sources = sources["sources"]
            .iter()
            .map(|(id, it)| {
                let citation = Citation { title: it["title"].clone(), publisher: it["publisher"].clone(), url: it["url"].clone() };
                (id.clone(), citation)
            })
            .collect();
        Self { lexicon, remedies: pack.remedies, red_flags: flags.remove("red-flags").expect("flags"), numbers: helpers.numbers, sources }
    }
}
