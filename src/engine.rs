//! Runs the rules over an article, or over what is kept of many, and turns their findings into diagnostics: severity,
//! positions, fingerprints, order.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::bundled;
use crate::config::{Level, Settings};
use crate::diagnostic::{Diagnostic, Finding, Label, Place, Second};
use crate::document::Document;
use crate::document::prose::HIDDEN;
use crate::knowledge::Knowledge;
use crate::library::{ArticleId, Folded, FoundAcross, Library, Summary};
use crate::reading::Reading;
use crate::rule::{Article, Rule};
use crate::rules::{RULES, rule, unexplained_suppression, unknown_rule, unused_suppression};
use crate::schema::{self, Schemas};
use crate::source::Source;
use crate::span::Span;
use crate::suppression::{Allows, covers_begin};
use crate::surroundings::{Answers, Surroundings};

/// Knowledge with more packs, or why it cannot be had.
type Extended = Result<Arc<Knowledge>, String>;

/// Checks articles, one at a time; shared by all threads.
pub struct Engine {
    /// Made when the first article asks for it: of articles that are known already, none does.
    knowledge: LazyLock<Arc<Knowledge>, Box<dyn FnOnce() -> Arc<Knowledge> + Send>>,
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
    /// What is kept for checks across articles, if that was asked for.
    pub summary: Option<Folded>,
    /// What the diagnostics rest on beside the article and its configuration; `None` where that is not known.
    pub answers: Option<Answers>,
    /// By what a cache knows all of this.
    pub known_as: Option<Identity>,
}

/// The same for the same article with the same findings.
pub type Identity = [u8; 24];

impl Checked {
    /// Takes up what was found later; by position, then rule, as before.
    pub fn add(&mut self, later: Self) {
        self.diagnostics.extend(later.diagnostics);
        self.diagnostics.sort_by_key(|it| (it.place.span, it.rule));
        self.suppressed += later.suppressed;
        self.baselined.extend(later.baselined);
    }
}

/// An article that was checked, in the company of others.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    /// What holds for it.
    pub settings: &'a Settings,
    /// What was kept of it.
    pub summary: &'a Summary,
    /// What was found in it alone.
    pub alone: &'a Checked,
}

impl Engine {
    /// An engine that runs the rules that `selects` lets through.
    pub fn new(
        knowledge: impl FnOnce() -> Knowledge + Send + 'static,
        selects: impl Fn(&Rule) -> bool,
    ) -> Self {
        Self {
            knowledge: LazyLock::new(Box::new(|| Arc::new(knowledge()))),
            extended: Mutex::default(),
            schemas: Schemas::default(),
            rules: RULES.iter().copied().filter(|rule| selects(rule)).collect(),
        }
    }

    /// Checks one article. An error is about a pack of the configuration that cannot be used.
    pub fn check(&self, source: &Source, settings: &Settings) -> Result<Checked, String> {
        self.look(source, settings, |_, _| None)
    }

    /// The rules that it runs, by their ids.
    pub fn rules(&self) -> impl Iterator<Item = &'static str> {
        self.rules.iter().map(|it| it.id)
    }

    /// Whether any of its rules looks across articles.
    pub fn looks_across(&self) -> bool {
        self.rules.iter().any(|it| it.across.is_some())
    }

    /// Checks one article of several, and keeps of it what [`Engine::check_across`] needs.
    pub fn check_one_of_many(&self, source: &Source, settings: &Settings) -> Result<Checked, String> {
        self.look(source, settings, |article, allows| {
            let allowed = allows.all().filter(|(named, _)| looks_across(&named.id));
            let allowed = allowed.map(|(named, covers)| (named.id.clone(), covers)).collect();
            let Article { document, reading, knowledge, .. } = article;
            Some(Summary { allowed, ..Summary::of(document, reading, knowledge, settings) })
        })
    }

    /// Checks articles against each other, and says of those in which something was found that they do not show alone what
    /// that is. Its own configuration holds for each; an article for which a rule is off is not compared by it.
    pub fn check_across(&self, members: &[Member<'_>]) -> Vec<(usize, Checked)> {
        let mut found: Vec<Vec<(&'static Rule, Finding)>> = members.iter().map(|_| Vec::new()).collect();
        let all = Library::of(members.iter().map(|it| it.summary).enumerate());
        let by_rule: Vec<Vec<FoundAcross>> = self
            .rules
            .par_iter()
            .map(|rule| {
                let runs = |id: ArticleId| members[id].settings.levels.get(rule.id) != Some(&Level::Off);
                rule.across.map(|across| across(&all.with(runs))).unwrap_or_default()
            })
            .collect();
        for (rule, found_by_it) in self.rules.iter().zip(by_rule) {
            for (id, finding) in found_by_it {
                found[id].push((rule, finding));
            }
        }
        let others: HashMap<&Path, &Summary> =
            members.iter().map(|it| (it.summary.path.as_path(), it.summary)).collect();
        let with_findings =
            members.par_iter().zip(found).enumerate().filter(|(_, (_, found))| !found.is_empty());
        with_findings.map(|(at, (member, found))| (at, across_in(*member, found, &others))).collect()
    }

    fn look(
        &self,
        source: &Source,
        settings: &Settings,
        keep: impl FnOnce(Article<'_>, &Allows) -> Option<Summary>,
    ) -> Result<Checked, String> {
        let knowledge = self.knowledge(&settings.packs)?;
        let document = Document::parse_as(source, settings.dialect);
        let reading = Reading::of(&document, &knowledge);
        let surroundings = Surroundings::of(source.path(), settings.today);
        if schema::is_named_in(&document) {
            surroundings.more_matters();
        }
        let article = Article {
            document: &document,
            reading: &reading,
            knowledge: &knowledge,
            settings,
            schemas: &self.schemas,
            surroundings: &surroundings,
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
            // Whether a comment hides what stands against another article depends on which articles are checked.
            let unneeded = allows.unused().filter(|named| protected(&named.id) || !looks_across(&named.id));
            found.extend(
                unneeded.map(|named| {
                    (unused, unused_suppression::finding(&document, named, protected(&named.id)))
                }),
            );
        }
        found.sort_by_key(|(rule, finding)| (finding.label.span, rule.id));
        let mut stamp = Stamp { settings, view: View::Text(source), seen: HashMap::default() };
        let diagnostics =
            found.into_iter().filter_map(|(rule, finding)| stamp.diagnostic(rule, finding)).collect();
        let summary = keep(article, &allows).map(Folded::from);
        let answers = surroundings.answers();
        Ok(Checked { diagnostics, suppressed, summary, answers, ..Checked::default() })
    }

    /// What it knows without the packs of configurations.
    pub fn own_knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    fn knowledge(&self, packs: &[PathBuf]) -> Result<Arc<Knowledge>, String> {
        if packs.is_empty() {
            return Ok(Arc::clone(&self.knowledge));
        }
        let mut extended = self.extended.lock().unwrap_or_else(PoisonError::into_inner);
        extended.entry(packs.to_vec()).or_insert_with(|| extend(packs).map(Arc::new)).clone()
    }
}

/// What was found in an article by looking at others, without what its comments allow.
fn across_in(
    member: Member<'_>,
    mut found: Vec<(&'static Rule, Finding)>,
    others: &HashMap<&Path, &Summary>,
) -> Checked {
    let Member { settings, summary, alone } = member;
    let before = found.len();
    let is_allowed = |id: &str, span: Span| {
        !settings.non_suppressible.contains(id)
            && summary.allowed.iter().any(|(rule, covers)| rule == id && covers_begin(*covers, span))
    };
    found.retain(|(rule, finding)| !is_allowed(rule.id, finding.label.span));
    let suppressed = before - found.len();
    found.sort_by_key(|(rule, finding)| (finding.label.span, rule.id));
    let mut stamp = Stamp { settings, view: View::Summary(summary, others), seen: HashMap::default() };
    stamp.count(alone.diagnostics.iter().chain(&alone.baselined));
    let diagnostics =
        found.into_iter().filter_map(|(rule, finding)| stamp.diagnostic(rule, finding)).collect();
    Checked { diagnostics, suppressed, ..Checked::default() }
}

fn looks_across(id: &str) -> bool {
    rule(id).is_some_and(|it| it.across.is_some())
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

/// What is at hand of an article when its findings become diagnostics.
#[derive(Clone, Copy)]
enum View<'a> {
    /// All of it.
    Text(&'a Source),
    /// What was kept of it, and of the others that findings may name, by path.
    Summary(&'a Summary, &'a HashMap<&'a Path, &'a Summary>),
}

impl View<'_> {
    fn path(&self) -> &Path {
        match self {
            Self::Text(source) => source.path(),
            Self::Summary(summary, _) => &summary.path,
        }
    }

    /// A place, in the article itself or in another; `None` where that is not at hand.
    fn place(&self, path: Option<&Path>, span: Span) -> Option<Place> {
        match (self, path) {
            (Self::Text(source), None) => Some(source.place(span)),
            (Self::Text(_), Some(_)) => None,
            (Self::Summary(own, others), path) => {
                let summary = path.map_or(Some(*own), |path| others.get(path).copied())?;
                Some(summary.quotes.at(span)?.place)
            }
        }
    }

    /// What stands at a place of the article.
    fn words(&self, span: Span) -> &str {
        match self {
            Self::Text(source) => source.slice(span),
            Self::Summary(summary, _) => summary.quotes.at(span).map_or("", |it| &it.words),
        }
    }
}

struct Stamp<'a> {
    settings: &'a Settings,
    view: View<'a>,
    /// How often a fingerprint's ground was seen in this article.
    seen: HashMap<u64, u32>,
}

impl Stamp<'_> {
    /// `None` where the place of the finding is not at hand.
    fn diagnostic(&mut self, rule: &'static Rule, finding: Finding) -> Option<Diagnostic> {
        let severity = match self.settings.levels.get(rule.id) {
            Some(Level::At(severity)) => *severity,
            _ => self.settings.profile.apply(finding.severity.unwrap_or(rule.severity)),
        };
        Some(Diagnostic {
            place: self.view.place(None, finding.label.span)?,
            rule: rule.id,
            severity,
            path: self.view.path().to_owned(),
            message: readable(finding.message),
            label: finding.label.message,
            labels: finding.labels.into_iter().filter_map(|it| self.second(it)).collect(),
            notes: finding.notes,
            help: finding.help.map(readable),
            sources: finding.sources,
            fixes: finding.fixes,
            fingerprint: self.fingerprint(rule, finding.label.span),
        })
    }

    /// A place in an article that is not at hand is none.
    fn second(&self, label: Label) -> Option<Second> {
        let place = self.view.place(label.path.as_deref(), label.span)?;
        Some(Second { place, path: label.path, message: label.message })
    }

    /// Counts what was found in the article before.
    fn count<'d>(&mut self, known: impl Iterator<Item = &'d Diagnostic>) {
        for it in known {
            let ground = it.fingerprint.split('-').next().and_then(|it| u64::from_str_radix(it, 16).ok());
            *self.seen.entry(ground.unwrap_or_default()).or_default() += 1;
        }
    }

    /// Does not depend on lines: the rule, the text of the place without its white space, and how many of the
    /// same kind stand before it in the article.
    fn fingerprint(&mut self, rule: &Rule, span: Span) -> String {
        let words = self.view.words(span).split_whitespace();
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
