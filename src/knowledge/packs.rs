//! Reads packs and merges them: the bundled ones first, then a user's, whose entries win by id.
//!
//! What must hold between entries is in `checks`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::cautions::Caution;
use super::checks;
use super::claims::Claim;
use super::entry::{Id, Phrase};
use super::error::{PackError, PackPosition};
use super::escalation::{EmergencyNumber, HelpWording, Helper, MinimumSigns, Topic};
use super::red_flags::RedFlag;
use super::remedies::{Circumstance, Remedy, Wording};
use super::sources::Source;

/// The bundled packs: path and text. Sources first, so that a message about one names the entry that cites it.
pub(crate) const BUNDLED: &[(&str, &str)] = &[
    ("rules/sources.yaml", include_str!("../../rules/sources.yaml")),
    ("rules/cautions.yaml", include_str!("../../rules/cautions.yaml")),
    ("rules/remedies.yaml", include_str!("../../rules/remedies.yaml")),
    ("rules/red-flags.yaml", include_str!("../../rules/red-flags.yaml")),
    ("rules/escalation.yaml", include_str!("../../rules/escalation.yaml")),
    ("rules/claims.yaml", include_str!("../../rules/claims.yaml")),
    ("rules/medication.yaml", include_str!("../../rules/medication.yaml")),
];

/// Everything the packs say, merged.
#[derive(Debug, Clone, Default)]
pub struct Packs {
    /// Publications.
    pub sources: Vec<Source>,
    /// People who should take care, and safety statements.
    pub cautions: Vec<Caution>,
    /// When a limit with `when` holds.
    pub circumstances: Vec<Circumstance>,
    /// Phrases about amounts.
    pub wording: Wording,
    /// Remedies with their limits.
    pub remedies: Vec<Remedy>,
    /// Signs that need medical help.
    pub red_flags: Vec<RedFlag>,
    /// Who can help.
    pub helpers: Vec<Helper>,
    /// Telephone numbers by locale.
    pub emergency_numbers: Vec<EmergencyNumber>,
    /// What an article can be about that has signs of its own.
    pub topics: Vec<Topic>,
    /// The least an article says about warning signs.
    pub minimum_signs: MinimumSigns,
    /// Phrases about getting help.
    pub help_wording: HelpWording,
    /// Misleading claims, evidence without a source, and changes of medicine.
    pub claims: Vec<Claim>,
    /// The file of each entry, by kind and id.
    origins: BTreeMap<(&'static str, String), PathBuf>,
}

/// One pack file: any of these keys.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PackFile {
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    cautions: Vec<Caution>,
    #[serde(default)]
    circumstances: Vec<Circumstance>,
    #[serde(default)]
    wording: Wording,
    #[serde(default)]
    remedies: Vec<Remedy>,
    #[serde(default)]
    red_flags: Vec<RedFlag>,
    #[serde(default)]
    helpers: Vec<Helper>,
    #[serde(default)]
    emergency_numbers: Vec<EmergencyNumber>,
    #[serde(default)]
    topics: Vec<Topic>,
    #[serde(default)]
    minimum_signs: Option<MinimumSigns>,
    #[serde(default)]
    help_wording: HelpWording,
    #[serde(default)]
    claims: Vec<Claim>,
}

impl Packs {
    /// The packs that come with the program.
    pub fn bundled() -> Result<Self, PackError> {
        let mut packs = Self::default();
        for (path, text) in BUNDLED {
            packs.merge(text, Path::new(path))?;
        }
        checks::check(&packs)?;
        Ok(packs)
    }

    /// Adds the entries of `text`, replacing those with the same id, and checks the whole again.
    ///
    /// On an error the packs are left as they were.
    pub fn add(&mut self, text: &str, path: &Path) -> Result<(), PackError> {
        let mut merged = self.clone();
        merged.merge(text, path)?;
        checks::check(&merged)?;
        *self = merged;
        Ok(())
    }

    /// The file that an entry comes from.
    pub(super) fn origin(&self, kind: &'static str, id: &str) -> PathBuf {
        self.origins.get(&(kind, id.to_owned())).cloned().unwrap_or_default()
    }

    fn merge(&mut self, text: &str, path: &Path) -> Result<(), PackError> {
        let file = read(text, path)?;
        let origins = &mut self.origins;
        replace_or_push("source", &mut self.sources, file.sources, |entry| &entry.id, path, origins)?;
        replace_or_push("caution", &mut self.cautions, file.cautions, |entry| &entry.id, path, origins)?;
        replace_or_push(
            "circumstance",
            &mut self.circumstances,
            file.circumstances,
            |entry| &entry.id,
            path,
            origins,
        )?;
        replace_or_push("remedy", &mut self.remedies, file.remedies, |entry| &entry.id, path, origins)?;
        replace_or_push("red flag", &mut self.red_flags, file.red_flags, |entry| &entry.id, path, origins)?;
        replace_or_push("helper", &mut self.helpers, file.helpers, |entry| &entry.id, path, origins)?;
        replace_or_push(
            "emergency number",
            &mut self.emergency_numbers,
            file.emergency_numbers,
            |entry| &entry.id,
            path,
            origins,
        )?;
        replace_or_push("topic", &mut self.topics, file.topics, |entry| &entry.id, path, origins)?;
        replace_or_push("claim", &mut self.claims, file.claims, |entry| &entry.id, path, origins)?;
        if let Some(minimum_signs) = file.minimum_signs {
            self.minimum_signs = minimum_signs;
        }
        append_wording(&mut self.wording, file.wording);
        append_help_wording(&mut self.help_wording, file.help_wording);
        Ok(())
    }
}

fn read(text: &str, path: &Path) -> Result<PackFile, PackError> {
    let options = serde_saphyr::options! {
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| PackError::Unreadable {
        path: path.to_owned(),
        position: error.location().map_or(PackPosition::UNKNOWN, PackPosition::of),
        reason: error.without_snippet().to_string(),
    })
}

/// Puts each entry of `new` in the place of the one with its id, or at the end.
fn replace_or_push<T>(
    kind: &'static str,
    entries: &mut Vec<T>,
    new: Vec<T>,
    id: impl Fn(&T) -> &Id,
    path: &Path,
    origins: &mut BTreeMap<(&'static str, String), PathBuf>,
) -> Result<(), PackError> {
    let mut seen = BTreeSet::new();
    for entry in new {
        let name = id(&entry).value.clone();
        if !seen.insert(name.clone()) {
            return Err(PackError::DuplicateId {
                path: path.to_owned(),
                position: PackPosition::of(id(&entry).defined),
                id: name,
            });
        }
        match entries.iter_mut().find(|old| id(old).value == name) {
            Some(old) => *old = entry,
            None => entries.push(entry),
        }
        origins.insert((kind, name), path.to_owned());
    }
    Ok(())
}

fn append_wording(wording: &mut Wording, new: Wording) {
    append(&mut wording.open_ends, new.open_ends);
    append(&mut wording.too_hot, new.too_hot);
    append(&mut wording.too_cold, new.too_cold);
    append(&mut wording.vague_temperatures, new.vague_temperatures);
    append(&mut wording.vague_durations, new.vague_durations);
    append(&mut wording.follow_label, new.follow_label);
}

fn append_help_wording(wording: &mut HelpWording, new: HelpWording) {
    append(&mut wording.when, new.when);
    append(&mut wording.weak_when, new.weak_when);
    append(&mut wording.immediately, new.immediately);
    append(&mut wording.same_day, new.same_day);
    append(&mut wording.routinely, new.routinely);
    append(&mut wording.before_treatment, new.before_treatment);
    append(&mut wording.disclaimers, new.disclaimers);
    append(&mut wording.no_need, new.no_need);
    append(&mut wording.slow_actions, new.slow_actions);
    append(&mut wording.dismissals, new.dismissals);
    append(&mut wording.needs_medical, new.needs_medical);
}

fn append(phrases: &mut Vec<Phrase>, new: Vec<Phrase>) {
    phrases.extend(new);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundled_packs_hold_together() {
        let packs = Packs::bundled().unwrap_or_else(|error| panic!("{error}"));
        assert!(packs.remedies.len() > 60);
    }

    #[test]
    fn every_bundled_pack_has_the_shape_of_a_pack() {
        for (path, text) in BUNDLED {
            if let Err(error) = read(text, Path::new(path)) {
                panic!("{error}");
            }
        }
    }
}
