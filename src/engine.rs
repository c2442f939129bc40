//! Runs the rules over an article and turns their findings into diagnostics: severity, positions, fingerprints, order.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::bundled;
use crate::config::{Level, Settings};
use crate::diagnostic::{Diagnostic, Finding, Place};
use crate::document::Document;
use crate::document::prose::HIDDEN;
use crate::knowledge::Knowledge;
use crate::reading::Reading;
use crate::rule::{Article, Rule};
use crate::rules::{RULES, unexplained_suppression, unknown_rule, unused_suppression};
use crate::schema::Schemas;
use crate::source::Source;
use crate::span::Span;
use crate::suppression::Allows;

/// Knowledge with more packs, or why it cannot be had.
type Extended = Result<Arc<Knowledge>, String>;

/// Checks articles, one at a time; shared by all threads.
pub struct Engine {
    knowledge: Arc<Knowledge>,
    /// Knowledge with the packs that some configurations add, by their paths.
    extended: Mutex<HashMap<Vec<PathBuf>, Extended>>,
    schemas: Schemas,
    rules: Vec<&'static Rule>,
}

/// What came of checking one article.
#[derive(Debug, Default)]
pub struct Checked {
    /// By position, then rule.
    pub diagnostics: Vec<Diagnostic>,
    /// How many were allowed by comments.
    pub suppressed: usize,
    /// Those that a baseline knows, of which the engine knows nothing.
    pub baselined: Vec<Diagnostic>,
}

impl Engine {
    /// An engine that runs the rules that `selects` lets through.
    pub fn new(knowledge: Knowledge, selects: impl Fn(&Rule) -> bool) -> Self {
        Self {
            knowledge: Arc::new(knowledge),
            extended: Mutex::default(),
            schemas: Schemas::default(),
            rules: RULES.iter().copied().filter(|rule| selects(rule)).collect(),
        }
    }

    /// Checks one article. An error is about a pack of the configuration that cannot be used.
    pub fn check(&self, source: &Source, settings: &Settings) -> Result<Checked, String> {
        let knowledge = self.knowledge(&settings.packs)?;
        let document = Document::parse_as(source, settings.dialect);
        let reading = Reading::of(&document, &knowledge);
        let article = Article {
            document: &document,
            reading: &reading,
            knowledge: &knowledge,
            settings,
            schemas: &self.schemas,
        };
        let runs = |rule: &Rule| settings.levels.get(rule.id) != Some(&Level::Off);
        let running: Vec<&'static Rule> = self.rules.iter().copied().filter(|rule| runs(rule)).collect();
        let mut found = Vec::new();
        for rule in &running {
            found.extend((rule.check)(article).into_iter().map(|finding| (*rule, finding)));
        }
        let before = found.len();
        let allows = Allows::of(&document, |id| is_suppressible(id) && running.iter().any(|it| it.id == id));
        let protected = |id: &str| settings.non_suppressible.contains(id);
        found.retain(|(rule, finding)| protected(rule.id) || !allows.allow(rule.id, finding.label.span));
        let suppressed = before - found.len();
        let unused = &unused_suppression::RULE;
        if running.iter().any(|it| it.id == unused.id) {
            let unneeded = allows.unused();
            found.extend(
                unneeded.map(|named| {
                    (unused, unused_suppression::finding(&document, named, protected(&named.id)))
                }),
            );
        }
        found.sort_by_key(|(rule, finding)| (finding.label.span, rule.id));
        let mut stamp = Stamp { source, settings, seen: HashMap::default() };
        let diagnostics = found.into_iter().map(|(rule, finding)| stamp.diagnostic(rule, finding)).collect();
        Ok(Checked { diagnostics, suppressed, baselined: Vec::new() })
    }

    fn knowledge(&self, packs: &[PathBuf]) -> Result<Arc<Knowledge>, String> {
        if packs.is_empty() {
            return Ok(Arc::clone(&self.knowledge));
        }
        let mut extended = self.extended.lock().unwrap_or_else(PoisonError::into_inner);
        extended.entry(packs.to_vec()).or_insert_with(|| extend(packs).map(Arc::new)).clone()
    }
}

/// The bundled packs with more of them added.
fn extend(paths: &[PathBuf]) -> Result<Knowledge, String> {
    let read = |path: &PathBuf| Source::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let sources = paths.iter().map(read).collect::<Result<Vec<Source>, String>>()?;
    let more = paths.iter().map(PathBuf::as_path).zip(sources.iter().map(Source::text));
    let packs = bundled::extended(more).map_err(|error| error.to_string())?;
    Knowledge::compile(packs).map_err(|error| error.to_string())
}

/// Comments allow everything but what is said about comments.
pub fn is_suppressible(id: &str) -> bool {
    ![unexplained_suppression::RULE.id, unknown_rule::RULE.id, unused_suppression::RULE.id].contains(&id)
}

struct Stamp<'a> {
    source: &'a Source,
    settings: &'a Settings,
    /// How often a fingerprint's ground was seen in this article.
    seen: HashMap<u64, u32>,
}

impl Stamp<'_> {
    fn diagnostic(&mut self, rule: &'static Rule, finding: Finding) -> Diagnostic {
        let severity = match self.settings.levels.get(rule.id) {
            Some(Level::At(severity)) => *severity,
            _ => self.settings.profile.apply(finding.severity.unwrap_or(rule.severity)),
        };
        let fingerprint = self.fingerprint(rule, finding.label.span);
        Diagnostic {
            rule: rule.id,
            severity,
            path: self.source.path().to_owned(),
            place: self.place(finding.label.span),
            message: readable(finding.message),
            label: finding.label.message,
            labels: finding.labels.into_iter().map(|it| (self.place(it.span), it.message)).collect(),
            notes: finding.notes,
            help: finding.help.map(readable),
            sources: finding.sources,
            fixes: finding.fixes,
            fingerprint,
        }
    }

    fn place(&self, span: Span) -> Place {
        Place { span, start: self.source.position(span.start), end: self.source.position(span.end) }
    }

    /// Does not depend on lines: the rule, the text of the place without its white space, and how many of the
    /// same kind stand before it in the article.
    fn fingerprint(&mut self, rule: &Rule, span: Span) -> String {
        let words = self.source.slice(span).split_whitespace();
        let ground = ground(std::iter::once(rule.id).chain(words));
        let count = self.seen.entry(ground).or_default();
        *count += 1;
        format!("{ground:016x}-{count}")
    }
}

/// What a message quotes of an article, with dots for what is no prose in it: what stands for that in a prose is no letter
/// that anybody can see.
fn readable(message: String) -> String {
    if message.contains(HIDDEN) { message.replace(HIDDEN, "…") } else { message }
}

/// FNV-1a over words: baselines keep it, so it has to be the same on every machine and in every version, which no
/// hasher for maps promises.
fn ground<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    // A byte that no UTF-8 holds parts the words.
    let bytes = words.flat_map(|word| word.bytes().chain(std::iter::once(0xff)));
    bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fingerprints_stay_what_baselines_remember() {
        assert_eq!(ground(["empty-section", "##", "Sources"].into_iter()), 0xd3d5_0ac8_8bf1_45bb);
    }
}
