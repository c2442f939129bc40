//! The findings that a project knows already: a file of fingerprints, read, compared with a run, and written anew.
//!
//! It holds no lines, so that it stays true when an article is edited elsewhere, and one entry a line, so that a change
//! of it is a small difference. New findings come in by being written alone; pruning only takes out.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceError};

/// The name of a baseline that is given none.
pub const FILE_NAME: &str = "soreaid-lint-baseline.json";

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BaselineError {
    /// The file cannot be read.
    #[error("{}: the baseline cannot be used: {error}", .path.display())]
    Unreadable {
        /// The baseline.
        path: PathBuf,
        /// Why.
        error: SourceError,
    },
    /// It holds something else than a baseline.
    #[error("{}:{line}:{column}: the baseline cannot be understood: {message}", .path.display())]
    Malformed {
        /// The baseline.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A later program wrote it.
    #[error("{}: the baseline is of version {version}, and this program reads version {VERSION}", .path.display())]
    OtherVersion {
        /// The baseline.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
}

const VERSION: u64 = 1;

/// Findings of one rule and one text in one article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The article, from the folder of the baseline on, with `/`.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What the finding is about, wherever it stands.
    pub fingerprint: String,
}

/// What a project knows already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Its folder, links resolved.
    folder: PathBuf,
    /// How many findings of each kind are known.
    entries: BTreeMap<Known, usize>,
}

/// What a run looked at: of anything else it cannot say that it is gone.
pub struct Covered<'a> {
    /// The articles that were checked.
    pub articles: &'a [PathBuf],
    /// The paths that were named.
    pub named: &'a [PathBuf],
    /// Whether a rule ran, or is none any more.
    pub ran: &'a dyn Fn(&str) -> bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u64,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
    count: NonZeroUsize,
}

impl Baseline {
    /// One that knows nothing yet.
    pub fn empty(path: &Path) -> Self {
        let absolute = absolute(path);
        let folder = absolute.parent().unwrap_or(&absolute).to_owned();
        Self { folder, entries: BTreeMap::new() }
    }

    /// Reads one.
    pub fn read(path: &Path) -> Result<Self, BaselineError> {
        let source =
            Source::read(path).map_err(|error| BaselineError::Unreadable { path: path.to_owned(), error })?;
        let text = &source.text()[source.text_start()..];
        let file: File = serde_json::from_str(text).map_err(|error| BaselineError::Malformed {
            path: path.to_owned(),
            line: error.line().max(1),
            column: error.column().max(1),
            message: without_place(&error),
        })?;
        if file.version != VERSION {
            return Err(BaselineError::OtherVersion { path: path.to_owned(), version: file.version });
        }
        let mut baseline = Self::empty(path);
        for Entry { path, rule, fingerprint, count } in file.findings {
            *baseline.entries.entry(Known { path, rule, fingerprint }).or_default() += count.get();
        }
        Ok(baseline)
    }

    /// As a file, one entry a line.
    pub fn to_text(&self) -> String {
        let lines = self.entries.iter().map(|(known, count)| {
            let text = |it: &str| serde_json::Value::from(it).to_string();
            let (path, rule) = (text(&known.path), text(&known.rule));
            let fingerprint = text(&known.fingerprint);
            format!(
                "    {{ \"path\": {path}, \"rule\": {rule}, \"fingerprint\": {fingerprint}, \"count\": {count} }}"
            )
        });
        let lines: Vec<String> = lines.collect();
        let findings =
            if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", lines.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": {findings}\n}}\n")
    }

    /// Findings of one article, parted into new ones and known ones.
    pub fn parted(&self, diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let mut used: BTreeMap<Known, usize> = BTreeMap::new();
        diagnostics.into_iter().partition(|it| {
            let known = self.known(it);
            let most = self.entries.get(&known).copied().unwrap_or(0);
            let used = used.entry(known).or_default();
            *used += 1;
            *used > most
        })
    }

    /// What is gone, and how often: known findings that a run would have found, of which it found only `found`.
    pub fn stale(&self, found: &[Diagnostic], covered: &Covered<'_>) -> BTreeMap<Known, usize> {
        let found = self.counted(found);
        let covers = self.covers(covered);
        let entries = self.entries.iter().filter(|(known, _)| covers(known));
        let gone = entries.filter_map(|(known, count)| {
            let gone = count.saturating_sub(found.get(known).copied().unwrap_or(0));
            (gone > 0).then(|| (known.clone(), gone))
        });
        gone.collect()
    }

    /// Takes out what is gone.
    pub fn prune(&mut self, stale: &BTreeMap<Known, usize>) {
        for (known, gone) in stale {
            if let Some(count) = self.entries.get_mut(known) {
                *count = count.saturating_sub(*gone);
            }
        }
        self.entries.retain(|_, count| *count > 0);
    }

    /// What a run found, and what was known before of anything that the run did not look at.
    #[must_use]
    pub fn renewed(&self, found: &[Diagnostic], covered: &Covered<'_>) -> Self {
        let covers = self.covers(covered);
        let kept = self.entries.iter().filter(|(known, _)| !covers(known));
        let kept = kept.map(|(known, count)| (known.clone(), *count));
        Self { folder: self.folder.clone(), entries: kept.chain(self.counted(found)).collect() }
    }

    fn known(&self, it: &Diagnostic) -> Known {
        // Without how many like it stand before: that is counted here.
        let fingerprint =
            it.fingerprint.rsplit_once('-').map_or(it.fingerprint.as_str(), |(ground, _)| ground);
        Known { path: self.path_of(&it.path), rule: it.rule.to_owned(), fingerprint: fingerprint.to_owned() }
    }

    fn counted(&self, found: &[Diagnostic]) -> BTreeMap<Known, usize> {
        let mut counts = BTreeMap::new();
        for it in found {
            *counts.entry(self.known(it)).or_default() += 1;
        }
        counts
    }

    /// Whether a run looked at what an entry is about. An article that is no more was looked at where its folder was.
    fn covers(&self, covered: &Covered<'_>) -> impl Fn(&Known) -> bool {
        let checked: BTreeSet<String> = covered.articles.iter().map(|it| self.path_of(it)).collect();
        let folders: Vec<PathBuf> =
            covered.named.iter().filter(|it| it.is_dir()).filter_map(|it| it.canonicalize().ok()).collect();
        move |known| {
            let path = self.folder.join(&known.path);
            let is_gone = || folders.iter().any(|it| path.starts_with(it)) && !path.exists();
            (covered.ran)(&known.rule) && (checked.contains(&known.path) || is_gone())
        }
    }

    fn path_of(&self, article: &Path) -> String {
        let article = absolute(article);
        let mut own = self.folder.components().peekable();
        let mut its = article.components().peekable();
        while let (Some(one), Some(other)) = (own.peek(), its.peek()) {
            if one != other {
                break;
            }
            own.next();
            its.next();
        }
        let up = own.map(|_| "..".to_owned());
        let down = its.filter(|it| !matches!(it, Component::RootDir));
        let down = down.map(|it| it.as_os_str().to_string_lossy().into_owned());
        up.chain(down).collect::<Vec<_>>().join("/")
    }
}

/// A path by its real folder, so that it is one and the same from wherever the program runs; a link keeps its own name.
fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(|it| it.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

/// What a parser says, without the place at its end.
fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}
