//! What must hold between the entries of all packs: names that lead somewhere, sources, examples.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Date;

use super::entry::{Examples, Id};
use super::error::{PackError, PackPosition};
use super::packs::Packs;
use super::remedies::{Limit, Remedy, Strength};
use super::sources::{Source, SourceStatus};
use crate::severity::Severity;

/// The rules that report practices: `Article::practices_for` is asked by no other.
const PRACTICE_RULES: &[&str] =
    &["unsafe-remedy-practice", "unsafe-remedy-duration", "unsafe-remedy-temperature", "unsafe-remedy-dose"];

/// The rules that an example may name.
const RULES: &[&str] = &[
    "unsafe-remedy-duration",
    "missing-remedy-duration",
    "unsafe-remedy-temperature",
    "missing-remedy-temperature",
    "unsafe-remedy-dose",
    "missing-remedy-dose",
    "unsafe-remedy-practice",
    "missing-caution",
    "conflicting-remedy-advice",
    "medication-change-advice",
    "missing-escalation-advice",
    "vague-escalation-advice",
    "non-medical-escalation",
    "missing-red-flag-warning",
    "under-triaged-red-flag",
    "dismissed-red-flag",
    "wrong-emergency-number",
    "misleading-health-claim",
    "unsourced-evidence",
];

/// The first thing that does not hold, in the order of the packs.
pub(super) fn check(packs: &Packs) -> Result<(), PackError> {
    let checker = Checker::new(packs);
    packs.sources.iter().try_for_each(|source| checker.source(source))?;
    checker.cautions()?;
    packs.circumstances.iter().try_for_each(|entry| checker.well_formed(&entry.id))?;
    packs.remedies.iter().try_for_each(|remedy| checker.remedy(remedy))?;
    checker.red_flags()?;
    checker.escalation()?;
    checker.claims()?;
    checker.residue()
}

/// The ids of each kind, and the means to name an entry in an error.
struct Checker<'a> {
    packs: &'a Packs,
    sources: BTreeMap<&'a str, SourceStatus>,
}

impl<'a> Checker<'a> {
    fn new(packs: &'a Packs) -> Self {
        let sources = packs.sources.iter().map(|source| (source.id.value.as_str(), source.status)).collect();
        Self { packs, sources }
    }

    fn source(&self, source: &Source) -> Result<(), PackError> {
        self.well_formed(&source.id)?;
        match &source.checked {
            Some(day) if day.parse::<Date>().is_err() => Err(PackError::MalformedDate {
                path: self.packs.path_of(&source.id),
                position: source.id.position,
                entry: source.id.value.clone(),
                day: day.clone(),
            }),
            _ => Ok(()),
        }
    }

    fn cautions(&self) -> Result<(), PackError> {
        for caution in &self.packs.cautions {
            let entry = Entry::of(self.packs, &caution.id);
            entry.well_formed()?;
            self.sources(&entry, &caution.sources)?;
            entry.has(!caution.examples.mentions.is_empty(), "mentions")?;
            entry.has(!caution.examples.ignores.is_empty(), "ignores")?;
        }
        Ok(())
    }

    fn remedy(&self, remedy: &Remedy) -> Result<(), PackError> {
        let entry = Entry::of(self.packs, &remedy.id);
        entry.well_formed()?;
        let remedies = || self.packs.remedies.iter().map(|other| &other.id);
        entry.names_known("remedy", remedy.is.iter().chain(&remedy.parts), remedies)?;
        let topics = || self.packs.topics.iter().map(|topic| &topic.id);
        entry.names_known("topic", &remedy.topics, topics)?;
        let cautions = || self.packs.cautions.iter().map(|caution| &caution.id);
        let named = remedy.mention.iter().chain(&remedy.should_mention);
        let named = named.chain(&remedy.cautions.must).chain(&remedy.cautions.should);
        entry.names_known("caution", named, cautions)?;
        let red_flags = || self.packs.red_flags.iter().map(|flag| &flag.id);
        entry.names_known("red flag", &remedy.red_flags, red_flags)?;
        self.sources(&entry, &remedy.sources)?;
        remedy.limits.iter().try_for_each(|limit| self.limit(&entry, limit))?;
        for practice in &remedy.practices {
            self.sources(&entry, &practice.sources)?;
            if !PRACTICE_RULES.contains(&practice.rule.as_str()) {
                return Err(PackError::NotOfPractices {
                    path: entry.path.clone(),
                    position: entry.position(),
                    entry: entry.id.value.clone(),
                    practice: practice.id.value.clone(),
                    rule: practice.rule.clone(),
                });
            }
            if practice.severity == Severity::Error {
                self.proven(&entry, &practice.sources, || format!("practice `{}`", practice.id.value))?;
            }
        }
        for combination in &remedy.combine {
            entry.names_known("remedy", &combination.with, remedies)?;
            self.sources(&entry, &combination.sources)?;
            self.proven(&entry, &combination.sources, || "a combination".to_owned())?;
        }
        let cited = !remedy.sources.is_empty()
            || remedy.limits.iter().any(|limit| !limit.sources.is_empty())
            || remedy.practices.iter().any(|practice| !practice.sources.is_empty());
        if !cited && !remedy.from_memory {
            return Err(entry.no_source());
        }
        entry.examples(&remedy.examples)
    }

    fn limit(&self, entry: &Entry, limit: &Limit) -> Result<(), PackError> {
        self.sources(entry, &limit.sources)?;
        let circumstances = || self.packs.circumstances.iter().map(|circumstance| &circumstance.id);
        entry.names_known("circumstance", &limit.when, circumstances)?;
        if limit.sources.is_empty() && limit.strength != Strength::Memory {
            return Err(entry.no_source());
        }
        if limit.error.is_none() {
            return Ok(());
        }
        let what = || format!("limit `{:?}`", limit.quantity);
        if limit.strength != Strength::Published {
            return Err(entry.unproven(what()));
        }
        self.proven(entry, &limit.sources, what)
    }

    fn red_flags(&self) -> Result<(), PackError> {
        for flag in &self.packs.red_flags {
            let entry = Entry::of(self.packs, &flag.id);
            entry.well_formed()?;
            self.sources(&entry, &flag.sources)?;
            if flag.sources.is_empty() {
                return Err(entry.no_source());
            }
            entry.examples(&flag.examples)?;
        }
        Ok(())
    }

    fn escalation(&self) -> Result<(), PackError> {
        let red_flags = || self.packs.red_flags.iter().map(|flag| &flag.id);
        for helper in &self.packs.helpers {
            let entry = Entry::of(self.packs, &helper.id);
            entry.well_formed()?;
            self.sources(&entry, &helper.sources)?;
        }
        for number in &self.packs.emergency_numbers {
            self.well_formed(&number.id)?;
        }
        for topic in &self.packs.topics {
            let entry = Entry::of(self.packs, &topic.id);
            entry.well_formed()?;
            entry.names_known("red flag", &topic.signs, red_flags)?;
        }
        let minimum = &self.packs.minimum_signs;
        let id = Id { value: "minimum-signs".to_owned(), position: PackPosition::UNKNOWN, pack: 0 };
        let entry = Entry { path: PathBuf::new(), id: &id };
        entry.names_known("red flag", minimum.emergency.iter().chain(&minimum.routine), red_flags)
    }

    fn claims(&self) -> Result<(), PackError> {
        for claim in &self.packs.claims {
            let entry = Entry::of(self.packs, &claim.id);
            entry.well_formed()?;
            self.sources(&entry, &claim.sources)?;
            if claim.sources.is_empty() {
                return Err(entry.no_source());
            }
            if claim.severity == Severity::Error {
                self.proven(&entry, &claim.sources, || "the claim".to_owned())?;
            }
            entry.examples(&claim.examples)?;
        }
        Ok(())
    }

    /// Residue is no fact about health, so it needs no source.
    fn residue(&self) -> Result<(), PackError> {
        for residue in &self.packs.residue {
            let entry = Entry::of(self.packs, &residue.id);
            entry.well_formed()?;
            entry.has(!residue.examples.flags.is_empty(), "flags")?;
            entry.has(!residue.examples.allows.is_empty(), "allows")?;
        }
        Ok(())
    }

    fn well_formed(&self, id: &Id) -> Result<(), PackError> {
        Entry::of(self.packs, id).well_formed()
    }

    fn sources(&self, entry: &Entry, named: &[String]) -> Result<(), PackError> {
        match named.iter().find(|id| !self.sources.contains_key(id.as_str())) {
            Some(id) => Err(entry.unknown("source", id)),
            None => Ok(()),
        }
    }

    fn proven(&self, entry: &Entry, named: &[String], what: impl Fn() -> String) -> Result<(), PackError> {
        let read =
            |id: &String| self.sources.get(id.as_str()).is_some_and(|status| *status != SourceStatus::Memory);
        if named.iter().any(read) { Ok(()) } else { Err(entry.unproven(what())) }
    }
}

/// An entry, for naming it in errors.
struct Entry<'a> {
    path: PathBuf,
    id: &'a Id,
}

impl<'a> Entry<'a> {
    fn of(packs: &Packs, id: &'a Id) -> Self {
        Self { path: packs.path_of(id), id }
    }

    fn well_formed(&self) -> Result<(), PackError> {
        let word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if self.id.value.split('-').all(word) {
            return Ok(());
        }
        Err(PackError::MalformedId {
            path: self.path.clone(),
            position: self.position(),
            id: self.id.value.clone(),
        })
    }

    /// Whether each of `named` is among the ids of `all`.
    fn names_known<'n, 'i, I: Iterator<Item = &'i Id>>(
        &self,
        kind: &'static str,
        named: impl IntoIterator<Item = &'n String>,
        all: impl Fn() -> I,
    ) -> Result<(), PackError> {
        match named.into_iter().find(|name| !all().any(|id| id.value == **name)) {
            Some(name) => Err(self.unknown(kind, name)),
            None => Ok(()),
        }
    }

    fn known_rule(&self, rule: &str) -> Result<(), PackError> {
        if RULES.contains(&rule) { Ok(()) } else { Err(self.unknown("rule", rule)) }
    }

    fn examples(&self, examples: &Examples) -> Result<(), PackError> {
        self.has(!examples.flags.is_empty(), "flags")?;
        self.has(!examples.allows.is_empty(), "allows")?;
        examples.flags.iter().try_for_each(|example| self.known_rule(&example.rule))
    }

    fn has(&self, there: bool, missing: &'static str) -> Result<(), PackError> {
        if there {
            return Ok(());
        }
        Err(PackError::NoExample {
            path: self.path.clone(),
            position: self.position(),
            entry: self.id.value.clone(),
            missing,
        })
    }

    fn unknown(&self, kind: &'static str, id: &str) -> PackError {
        PackError::UnknownReference {
            path: self.path.clone(),
            position: self.position(),
            entry: self.id.value.clone(),
            kind,
            id: id.to_owned(),
        }
    }

    fn no_source(&self) -> PackError {
        PackError::NoSource {
            path: self.path.clone(),
            position: self.position(),
            entry: self.id.value.clone(),
        }
    }

    fn unproven(&self, what: String) -> PackError {
        PackError::UnprovenError {
            path: self.path.clone(),
            position: self.position(),
            entry: self.id.value.clone(),
            what,
        }
    }

    fn position(&self) -> PackPosition {
        self.id.position
    }
}
