//! The shape of `helpers`, `emergency-numbers`, `topics`, `minimum-signs` and `help-wording`: who helps, when, how soon.

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::entry::{Id, Phrase};
use super::red_flags::Urgency;
use crate::locale::Locale;

/// Somebody or some place that a reader can be sent to.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Helper {
    /// Names the group.
    pub id: Id,
    /// What kind of help it is.
    pub level: HelperLevel,
    /// Phrases for it; the plural of the last word is matched as well.
    pub words: Vec<Phrase>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Sources by id.
    #[serde(default)]
    pub sources: Vec<String>,
}

/// What kind of help a helper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HelperLevel {
    /// An ambulance or emergency department.
    Emergency,
    /// Medical help on the same day.
    Urgent,
    /// A doctor, nurse or physiotherapist by appointment.
    Routine,
    /// Medical, of no stated kind: "a healthcare professional".
    Medical,
    /// Not medical: a massage therapist, a coach.
    NonMedical,
    /// Either: "a therapist", "a specialist".
    Ambiguous,
}

/// A telephone number for help.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EmergencyNumber {
    /// Locale and number, such as `uk-999`.
    pub id: Id,
    /// The digits.
    pub number: String,
    /// Where it works.
    pub locale: Locale,
    /// What answers.
    pub level: Urgency,
    /// Names of the line that may stand with it, such as "NHS 111".
    #[serde(default)]
    pub names: Vec<Phrase>,
}

/// Something an article can be about that has warning signs of its own.
#[derive(Debug, Clone, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Topic {
    /// How remedies name it.
    pub id: Id,
    /// What messages call it.
    pub name: String,
    /// Phrases that make it the topic when they stand in a title or heading.
    pub words: Vec<Phrase>,
    /// Phrases that look like it and are not.
    #[serde(default)]
    pub not: Vec<Phrase>,
    /// Red flags, by id: at least one has to be named.
    pub signs: Vec<String>,
}

/// The least that an article which recommends a remedy says about warning signs. Ids of `red-flags`.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MinimumSigns {
    /// Emergency signs to suggest when none stands with a medical helper.
    #[serde(default)]
    pub emergency: Vec<String>,
    /// Routine signs to suggest.
    #[serde(default)]
    pub routine: Vec<String>,
}

/// Phrases from which advice to get help is read. A user's pack adds to each list.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct HelpWording {
    /// Triggers that count: getting worse, cannot do something.
    #[serde(default)]
    pub when: Vec<Phrase>,
    /// Triggers that do not: "if necessary", "if in doubt".
    #[serde(default)]
    pub weak_when: Vec<Phrase>,
    /// At once.
    #[serde(default)]
    pub immediately: Vec<Phrase>,
    /// The same day.
    #[serde(default)]
    pub same_day: Vec<Phrase>,
    /// Within days, by appointment.
    #[serde(default)]
    pub routinely: Vec<Phrase>,
    /// Advice to ask before a remedy is started, which is no escalation.
    #[serde(default)]
    pub before_treatment: Vec<Phrase>,
    /// Disclaimers.
    #[serde(default)]
    pub disclaimers: Vec<Phrase>,
    /// Saying that no help is needed.
    #[serde(default)]
    pub no_need: Vec<Phrase>,
    /// Actions slower than a red flag allows: waiting, resting, mentioning it some time.
    #[serde(default)]
    pub slow_actions: Vec<Phrase>,
    /// Calling a sign normal, harmless, or a mark of success.
    #[serde(default)]
    pub dismissals: Vec<Phrase>,
    /// Symptoms that persist, worsen or are severe: not for a non-medical helper alone.
    #[serde(default)]
    pub needs_medical: Vec<Phrase>,
}

impl HelperLevel {
    /// Whether it is medical help.
    pub const fn is_medical(self) -> bool {
        matches!(self, Self::Emergency | Self::Urgent | Self::Routine | Self::Medical)
    }

    /// Whether it is help for what cannot wait.
    pub const fn is_quick(self) -> bool {
        matches!(self, Self::Emergency | Self::Urgent)
    }
}
