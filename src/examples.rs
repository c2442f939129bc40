//! Runs the examples that packs carry: what is said to be flagged has to be, and what is said to be allowed must not.

use jiff::civil::Date;

use crate::config::Settings;
use crate::document::Document;
use crate::engine::Engine;
use crate::knowledge::cautions::Caution;
use crate::knowledge::entry::Examples;
use crate::knowledge::residue::Residue;
use crate::knowledge::{Knowledge, Packs};
use crate::reading::Reading;
use crate::source::Source;

/// An example that does not come out as stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The entry that carries it.
    pub entry: String,
    /// Its text.
    pub text: String,
    /// The rule.
    pub rule: String,
    /// Missing: it was to be flagged. Noisy: it was to be allowed.
    pub fault: Fault,
}

/// How an example fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Not flagged, though it says so.
    Missing,
    /// Flagged, though it is said to be allowed.
    Noisy,
}

/// Runs the examples of all entries; how many there are, and which are broken.
pub fn run(packs: &Packs, engine: &Engine, today: Date) -> (usize, Vec<Broken>) {
    let remedies = packs.remedies.iter().map(|it| (&it.id.value, &it.examples));
    let flags = packs.red_flags.iter().map(|it| (&it.id.value, &it.examples));
    let claims = packs.claims.iter().map(|it| (&it.id.value, &it.examples));
    let mut count = 0;
    let mut broken = Vec::new();
    for (id, examples) in remedies.chain(flags).chain(claims) {
        count += examples.flags.len() + examples.allows.len();
        broken.extend(run_entry(id, examples, engine, today));
    }
    for caution in &packs.cautions {
        count += caution.examples.mentions.len() + caution.examples.ignores.len();
        broken.extend(run_caution(caution, engine.own_knowledge()));
    }
    for entry in &packs.residue {
        count += entry.examples.flags.len() + entry.examples.allows.len();
        broken.extend(run_residue(entry, engine, today));
    }
    (count, broken)
}

/// A caution reports nothing by itself: it is mentioned, or it is not.
fn run_caution(caution: &Caution, knowledge: &Knowledge) -> Vec<Broken> {
    let is_mentioned = |text: &String| {
        let source = Source::from_text("example.md", text.as_str());
        let document = Document::parse(&source);
        Reading::of(&document, knowledge).cautions_mentioned(knowledge).contains(&caution.id.value.as_str())
    };
    let missing = caution.examples.mentions.iter().filter(|text| !is_mentioned(text));
    let noisy = caution.examples.ignores.iter().filter(|text| is_mentioned(text));
    all_broken(&caution.id.value, "missing-caution", missing, noisy)
}

/// What residue flags has to be flagged by this very entry, with its own message; what it allows, by none of its rule.
fn run_residue(entry: &Residue, engine: &Engine, today: Date) -> Vec<Broken> {
    let rule = entry.rule.id();
    let found = |text: &String, has_message: &dyn Fn(&str) -> bool| {
        let source = Source::from_text("example.md", text.as_str());
        let checked =
            engine.check(&source, &Settings::new(today)).map(|it| it.diagnostics).unwrap_or_default();
        checked.iter().any(|it| it.rule == rule && has_message(&it.message))
    };
    let missing =
        entry.examples.flags.iter().filter(|text| !found(text, &|message| message == entry.message));
    let noisy = entry.examples.allows.iter().filter(|text| found(text, &|_| true));
    all_broken(&entry.id.value, rule, missing, noisy)
}

/// The examples of one entry that fail: those that are missing, then those that are noisy.
fn all_broken<'t>(
    entry: &str,
    rule: &str,
    missing: impl Iterator<Item = &'t String>,
    noisy: impl Iterator<Item = &'t String>,
) -> Vec<Broken> {
    let broken = |text: &String, fault| Broken {
        entry: entry.to_owned(),
        text: text.clone(),
        rule: rule.to_owned(),
        fault,
    };
    missing
        .map(|text| broken(text, Fault::Missing))
        .chain(noisy.map(|text| broken(text, Fault::Noisy)))
        .collect()
}

fn run_entry(id: &str, examples: &Examples, engine: &Engine, today: Date) -> Vec<Broken> {
    let found = |text: &str, settings: &Settings| -> Vec<&'static str> {
        let source = Source::from_text("example.md", text);
        let checked = engine.check(&source, settings).map(|it| it.diagnostics).unwrap_or_default();
        checked.iter().map(|it| it.rule).collect()
    };
    let broken = |text: &str, rule: &str, fault| Broken {
        entry: id.to_owned(),
        text: text.to_owned(),
        rule: rule.to_owned(),
        fault,
    };
    let mut faults = Vec::new();
    for example in &examples.flags {
        let settings = Settings { locale: example.locale, ..Settings::new(today) };
        if !found(&example.text, &settings).contains(&example.rule.as_str()) {
            faults.push(broken(&example.text, &example.rule, Fault::Missing));
        }
    }
    for text in &examples.allows {
        let rules = found(text, &Settings::new(today));
        let judged = examples.flags.iter().map(|it| it.rule.as_str());
        // What an entry flags elsewhere is what it must not flag here.
        for rule in judged.filter(|rule| rules.contains(rule)).collect::<std::collections::BTreeSet<_>>() {
            faults.push(broken(text, rule, Fault::Noisy));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_of_the_bundled_packs_comes_out_as_stated() {
        let engine = Engine::new(crate::bundled::knowledge, |_| true);
        let packs = crate::bundled::packs();
        let (_, broken) = run(&packs, &engine, jiff::civil::date(2026, 11, 23));
        let lines: Vec<String> = broken
            .iter()
            .map(|it| format!("{:?} {}: {}: {}", it.fault, it.entry, it.rule, it.text))
            .collect();
        assert!(lines.is_empty(), "{} broken:\n{}", lines.len(), lines.join("\n"));
    }

    #[test]
    fn a_broken_example_is_found() {
        let engine = Engine::new(crate::bundled::knowledge, |_| true);
        let mut packs = crate::bundled::packs();
        packs.claims[0].examples.flags[0].text = "Nothing is claimed here.".to_owned();
        let (_, broken) = run(&packs, &engine, jiff::civil::date(2026, 11, 23));
        assert!(broken.iter().any(|it| it.text == "Nothing is claimed here." && it.fault == Fault::Missing));
    }

    #[test]
    fn a_caution_that_is_not_mentioned_is_found() {
        let engine = Engine::new(crate::bundled::knowledge, |_| true);
        let mut packs = crate::bundled::packs();
        let examples = &mut packs.cautions[0].examples;
        std::mem::swap(&mut examples.mentions, &mut examples.ignores);
        let (_, broken) = run(&packs, &engine, jiff::civil::date(2026, 11, 23));
        let faults: Vec<Fault> = broken.iter().map(|it| it.fault).collect();
        assert!(faults.contains(&Fault::Missing) && faults.contains(&Fault::Noisy));
    }
}
