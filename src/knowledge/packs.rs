//! Reads packs and merges them: the bundled ones first, then a user's, whose entries win by id.
//!
//! What must hold between entries is in `checks`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Deserialize;

use super::cautions::Caution;
use super::checks;
use super::claims::Claim;
use super::cues::{Cue, CuePack};
use super::deferred::Deferred;
use super::entry::{Id, Phrase};
use super::error::{PackError, PackPosition};
use super::escalation::{EmergencyNumber, HelpWording, Helper, MinimumSigns, Topic};
use super::red_flags::RedFlag;
use super::remedies::{Circumstance, Remedy, Wording};
use super::residue::Residue;
use super::sources::Source;

/// The packs that come with the program. Sources first, so that a message about one names the entry that cites it.
pub const BUNDLED: &[&str] = &[
    "rules/sources.yaml",
    "rules/cautions.yaml",
    "rules/remedies.yaml",
    "rules/red-flags.yaml",
    "rules/escalation.yaml",
    "rules/claims.yaml",
    "rules/medication.yaml",
    "rules/residue.yaml",
];

/// Phrases that others name: `<medicine>`.
pub type Sets = BTreeMap<String, Phrase>;

/// Everything the packs say, merged.
#[derive(Debug, Clone, Default, BorshSerialize, BorshDeserialize)]
pub struct Packs {
    /// Words that several phrases share.
    pub sets: Sets,
    /// Publications.
    pub sources: Deferred<Source>,
    /// People who should take care, and safety statements.
    pub cautions: Deferred<Caution>,
    /// When a limit with `when` holds.
    pub circumstances: Vec<Circumstance>,
    /// Phrases about amounts.
    pub wording: Wording,
    /// Remedies with their limits.
    pub remedies: Deferred<Remedy>,
    /// Signs that need medical help.
    pub red_flags: Deferred<RedFlag>,
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
    pub claims: Deferred<Claim>,
    /// Text that was never meant for readers.
    pub residue: Deferred<Residue>,
    /// How sentences mean what they say; no pack of a user has these.
    pub cues: BTreeMap<Cue, Vec<Phrase>>,
    /// The files that were read.
    files: Vec<String>,
}

/// One pack file: any of these keys.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct PackFile {
    #[serde(default)]
    sets: Sets,
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
    #[serde(default)]
    residue: Vec<Residue>,
}

impl Packs {
    /// What borsh wrote of them, without the parts that are [`Deferred`]: those are left where they stand.
    pub(super) fn read_where_it_stands(bytes: &mut &'static [u8]) -> Option<Self> {
        fn part<T: BorshDeserialize>(bytes: &mut &'static [u8]) -> Option<T> {
            T::deserialize(bytes).ok()
        }
        // In the order of the fields, which is that of borsh.
        Some(Self {
            sets: part(bytes)?,
            sources: Deferred::read(bytes)?,
            cautions: Deferred::read(bytes)?,
            circumstances: part(bytes)?,
            wording: part(bytes)?,
            remedies: Deferred::read(bytes)?,
            red_flags: Deferred::read(bytes)?,
            helpers: part(bytes)?,
            emergency_numbers: part(bytes)?,
            topics: part(bytes)?,
            minimum_signs: part(bytes)?,
            help_wording: part(bytes)?,
            claims: Deferred::read(bytes)?,
            residue: Deferred::read(bytes)?,
            cues: part(bytes)?,
            files: part(bytes)?,
        })
    }

    /// Packs that stand by themselves, each a path and its text.
    pub fn read<'t>(
        files: impl IntoIterator<Item = (&'t str, String)>,
        cues: CuePack,
    ) -> Result<Self, PackError> {
        let mut packs = Self { cues: cues.cues, ..Self::default() };
        for (path, text) in files {
            packs.merge(&text, Path::new(path))?;
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
    pub(super) fn path_of(&self, id: &Id) -> PathBuf {
        self.files.get(usize::from(id.pack)).map(PathBuf::from).unwrap_or_default()
    }

    fn merge(&mut self, text: &str, path: &Path) -> Result<(), PackError> {
        let file = read(text, path)?;
        let pack = Pack { path, index: u16::try_from(self.files.len()).unwrap_or(u16::MAX) };
        self.files.push(path.to_string_lossy().into_owned());
        pack.merge(&mut self.sources, file.sources, |entry| &mut entry.id)?;
        pack.merge(&mut self.cautions, file.cautions, |entry| &mut entry.id)?;
        pack.merge(&mut self.circumstances, file.circumstances, |entry| &mut entry.id)?;
        pack.merge(&mut self.remedies, file.remedies, |entry| &mut entry.id)?;
        pack.merge(&mut self.red_flags, file.red_flags, |entry| &mut entry.id)?;
        pack.merge(&mut self.helpers, file.helpers, |entry| &mut entry.id)?;
        pack.merge(&mut self.emergency_numbers, file.emergency_numbers, |entry| &mut entry.id)?;
        pack.merge(&mut self.topics, file.topics, |entry| &mut entry.id)?;
        pack.merge(&mut self.claims, file.claims, |entry| &mut entry.id)?;
        pack.merge(&mut self.residue, file.residue, |entry| &mut entry.id)?;
        if let Some(minimum_signs) = file.minimum_signs {
            self.minimum_signs = minimum_signs;
        }
        self.sets.extend(file.sets);
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

/// A pack that is being merged.
struct Pack<'p> {
    path: &'p Path,
    index: u16,
}

impl Pack<'_> {
    /// Puts each entry of `new` in the place of the one with its id, or at the end.
    fn merge<T>(
        &self,
        entries: &mut Vec<T>,
        new: Vec<T>,
        id: impl Fn(&mut T) -> &mut Id,
    ) -> Result<(), PackError> {
        let mut seen = BTreeSet::new();
        for mut entry in new {
            id(&mut entry).pack = self.index;
            let Id { value: name, position, .. } = id(&mut entry).clone();
            if !seen.insert(name.clone()) {
                return Err(PackError::DuplicateId { path: self.path.to_owned(), position, id: name });
            }
            match entries.iter_mut().find_map(|old| (id(old).value == name).then_some(old)) {
                Some(old) => *old = entry,
                None => entries.push(entry),
            }
        }
        Ok(())
    }
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
    use std::fs;

    use expect_test::expect;

    use super::*;

    const SOURCE: &str = "
sources:
  - {id: leaflet, publisher: A hospital, title: A leaflet, url: 'https://example.org/', status: confirmed}
  - {id: hearsay, publisher: Somebody, title: A talk, url: 'https://example.org/', status: memory}
";

    const EXAMPLES: &str = "
    examples:
      flags: [{rule: unsafe-remedy-duration, text: Use a sun lamp for an hour.}]
      allows: [Use a sun lamp for five minutes.]
";

    fn bundled() -> Packs {
        crate::bundled::packs()
    }

    #[expect(clippy::disallowed_methods, reason = "a test may read files")]
    fn texts() -> impl Iterator<Item = (&'static str, String)> {
        BUNDLED.iter().map(|path| (*path, fs::read_to_string(path).expect("a bundled pack")))
    }

    /// Adds a pack with one remedy of these lines, and says what is wrong with it.
    fn refusal(lines: &str) -> String {
        let text =
            format!("{SOURCE}remedies:\n  - id: sun-lamp\n    name: sun lamp\n    words: [sun lamp]{lines}");
        bundled()
            .add(&text, Path::new("my.yaml"))
            .map_or_else(|error| error.to_string(), |()| "none".to_owned())
    }

    /// YAML takes what follows ` #` for a comment, and a phrase would end there without a word.
    #[test]
    fn no_phrase_is_cut_off_by_a_comment() {
        for (name, text) in texts() {
            let is_cut = |line: &&str| {
                let item = line.trim_start().strip_prefix("- ");
                item.is_some_and(|it| !it.starts_with(['"', '\'', '{', '[']) && it.contains(" #"))
            };
            let cut: Vec<&str> = text.lines().filter(is_cut).collect();
            assert!(cut.is_empty(), "{name}: put these in quotation marks: {cut:?}");
        }
    }

    #[test]
    fn bundled_packs_hold_together() {
        let packs = bundled();
        assert!(packs.remedies.len() > 60 && packs.claims.len() > 35 && packs.red_flags.len() == 20);
    }

    #[test]
    fn bundled_packs_follow_the_schema() {
        let schema = serde_json::from_str(include_str!("../../schemas/pack.schema.json")).expect("is JSON");
        let validator = jsonschema::validator_for(&schema).expect("is a schema");
        for (path, text) in texts() {
            let pack: serde_json::Value = serde_saphyr::from_str(&text).expect("is YAML");
            let faults: Vec<String> = validator
                .iter_errors(&pack)
                .map(|error| format!("{path}{}: {error}", error.instance_path()))
                .collect();
            assert!(faults.is_empty(), "{}", faults.join("\n"));
        }
    }

    #[test]
    fn every_phrase_has_balanced_brackets_and_no_hyphens() {
        fn faults(key: &str, value: &serde_json::Value, found: &mut Vec<String>) {
            const PHRASES: &[&str] =
                &["words", "uses", "not", "phrases", "emergency-signs", "expected", "open-ends", "when"];
            match value {
                serde_json::Value::Object(entries) => {
                    entries.iter().for_each(|(key, value)| faults(key, value, found));
                }
                serde_json::Value::Array(items) => items.iter().for_each(|item| match item.as_str() {
                    Some(text) if PHRASES.contains(&key) => {
                        let open = text.matches('(').count();
                        let hyphen = text.bytes().any(|byte| byte == b'-');
                        if open != text.matches(')').count() || hyphen || text.contains("  ") {
                            found.push(text.to_owned());
                        }
                    }
                    _ => faults("", item, found),
                }),
                _ => {}
            }
        }
        let mut found = Vec::new();
        for (_, text) in texts() {
            faults("", &serde_saphyr::from_str(&text).expect("is YAML"), &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn no_phrase_is_cut_short_by_what_yaml_takes_for_a_comment() {
        for (name, text) in texts() {
            let cut = text.lines().find(|line| {
                let phrase = line.trim_start().strip_prefix("- ").unwrap_or_default();
                !phrase.starts_with(['"', '\'', '{']) && phrase.contains(" #")
            });
            assert_eq!(cut, None, "put the phrase into quotation marks in {name}");
        }
    }

    #[test]
    fn an_entry_replaces_the_one_with_its_id() {
        let mut packs = bundled();
        let count = packs.remedies.len();
        let text = format!(
            "remedies:\n  - id: sauna\n    name: my sauna\n    words: [sauna]\n    from-memory: true{EXAMPLES}"
        );
        packs.add(&text, Path::new("my.yaml")).unwrap();
        assert_eq!(packs.remedies.len(), count);
        assert!(packs.remedies.iter().any(|remedy| remedy.name == "my sauna"));
    }

    #[test]
    fn a_refused_pack_changes_nothing() {
        let mut packs = bundled();
        let text = format!("{SOURCE}remedies: [{{id: sun-lamp, name: sun lamp, words: [sun lamp]}}]");
        assert!(packs.add(&text, Path::new("my.yaml")).is_err());
        assert!(!packs.sources.iter().any(|source| source.id.value == "leaflet"));
    }

    #[test]
    fn an_unknown_source_is_refused() {
        expect!["failed to check pack my.yaml:6:9: `sun-lamp` names the source `gone`, which no pack has"]
            .assert_eq(&refusal(&format!("\n    sources: [gone]{EXAMPLES}")));
    }

    #[test]
    fn an_unknown_caution_is_refused() {
        expect![
            "failed to check pack my.yaml:6:9: `sun-lamp` names the caution `vampires`, which no pack has"
        ]
        .assert_eq(&refusal(&format!(
            "\n    sources: [leaflet]\n    cautions: {{must: [vampires]}}{EXAMPLES}"
        )));
    }

    #[test]
    fn an_entry_without_a_source_is_refused() {
        expect!["failed to check pack my.yaml:6:9: `sun-lamp` names no source"].assert_eq(&refusal(EXAMPLES));
    }

    #[test]
    fn a_source_is_checked_on_a_day_of_the_calendar() {
        let day = |day: &str| {
            let text = SOURCE.replace("status: confirmed", &format!("status: confirmed, checked: {day}"));
            let added = bundled().add(&text, Path::new("my.yaml"));
            added.map_or_else(|error| error.to_string(), |()| "none".to_owned())
        };
        assert_eq!(day("2026-03-01"), "none");
        expect!["failed to check pack my.yaml:3:10: `2026-02-30`, on which `leaflet` was checked, is no date such as 2026-03-01"]
            .assert_eq(&day("2026-02-30"));
    }

    #[test]
    fn an_entry_without_examples_is_refused() {
        expect!["failed to check pack my.yaml:6:9: `sun-lamp` has no example under `flags`"]
            .assert_eq(&refusal("\n    sources: [leaflet]\n"));
    }

    #[test]
    fn an_error_that_rests_on_memory_is_refused() {
        let limit =
            "{quantity: session, unit: min, value: 5, error: 9, strength: published, sources: [hearsay]}";
        expect!["failed to check pack my.yaml:6:9: limit `Session` of `sun-lamp` is an error, and rests on no published source that was read"]
            .assert_eq(&refusal(&format!("\n    limits: [{limit}]{EXAMPLES}")));
    }

    #[test]
    fn a_practice_that_no_rule_would_report_is_refused() {
        let of = |rule: &str| {
            let practice = format!(
                "{{id: glare, severity: warning, rule: {rule}, phrases: [stare at the lamp], why: it dazzles, \
                 instead: look away, sources: [leaflet]}}"
            );
            refusal(&format!("\n    sources: [leaflet]\n    practices: [{practice}]{EXAMPLES}"))
        };
        assert_eq!(of("unsafe-remedy-duration"), "none");
        expect!["failed to check pack my.yaml:6:9: practice `glare` of `sun-lamp` is given to `missing-caution`, which reports no practices"].assert_eq(&of("missing-caution"));
    }

    #[test]
    fn a_wrong_key_is_refused_with_its_place() {
        expect!["failed to read pack my.yaml:9:5: unknown field `colour`, expected one of id, name, is, words, uses, short, not, parts, topics, everyday, works-by, open-ends, limits, state, mention, should-mention, cautions, practices, combine, red-flags, from-memory, notes, sources, examples at line 9, column 5"].assert_eq(&refusal("\n    colour: red\n"));
    }
}
