//! Checks many articles in parallel, fixes them where that is asked for, then holds them against each other, and gathers what
//! came of it, in an order that does not depend on threads.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator};

use crate::baseline::Baseline;
use crate::cache::Cache;
use crate::config::{ConfigError, Configurations, Settings};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::engine::{Checked, Engine, Identity, Member};
use crate::fix::{self, Fixed};
use crate::library::Folded;
use crate::overwrite::{self, Territory};
use crate::report::{Change, Failure, Report};
use crate::source::Source;

/// All that checking needs beside the articles.
pub struct Run<'a> {
    /// Checks one article.
    pub engine: &'a Engine,
    /// What holds for each.
    pub configurations: &'a Configurations,
    /// The day that date rules take for today.
    pub today: Date,
    /// Unset: nothing is known already.
    pub baseline: Option<&'a Baseline>,
    /// Unset: every article is checked, though it may not have changed.
    pub cache: Option<&'a Cache>,
    /// Unset: nothing is fixed.
    pub fixing: Option<Fixing>,
    /// Whether the report holds the texts that have findings.
    pub keeps_texts: bool,
}

/// Which fixes are applied, and what becomes of them.
#[derive(Debug, Clone)]
pub struct Fixing {
    /// The boldest kind.
    pub boldest: Applicability,
    /// What becomes of fixed texts.
    pub effect: Effect,
}

/// What becomes of a text with its fixes; the report holds it in any case.
#[derive(Debug, Clone)]
pub enum Effect {
    /// It replaces the file, in this territory.
    Written(Territory),
    /// Nothing yet; but where the file could not be replaced, that is said.
    Shown(Territory),
    /// Nothing: there is no file.
    Returned,
}

/// Whether an article is the only one of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Company {
    /// Nothing is kept of it.
    Alone,
    /// It will be held against the others.
    OneOfMany,
}

/// What came of one article.
enum Outcome {
    Checked(Box<Done>),
    Failed(Failure),
}

/// An article that was checked, and fixed if that was asked for.
struct Done {
    path: PathBuf,
    /// Its text, as long as it is needed.
    source: Option<Source>,
    settings: Arc<Settings>,
    checked: Checked,
    change: Option<Change>,
    /// Why its fixes could not be written.
    failure: Option<Failure>,
}

impl Done {
    /// Itself as one of those that are held against each other.
    fn member(&self) -> Result<Member<'_>, Failure> {
        let summary = self.checked.summary.as_ref().and_then(Folded::summary);
        let member =
            summary.map(|summary| Member { settings: &self.settings, summary, alone: &self.checked });
        let message = "what the cache holds of it cannot be read; delete the folder of the cache";
        member.ok_or_else(|| Failure::new(self.path.as_path(), message))
    }

    fn identity(&self) -> Option<(&Path, Identity)> {
        Some((&self.path, self.checked.known_as?))
    }
}

impl Run<'_> {
    /// Checks files; `after_each` is called after each one, from any thread.
    pub fn check_files(&self, paths: &[PathBuf], after_each: impl Fn() + Sync) -> Report {
        let is_compared = 1 < paths.len() && self.engine.looks_across();
        let company = if is_compared { Company::OneOfMany } else { Company::Alone };
        let check = |paths: &[&PathBuf], fixing: Option<&Fixing>| -> Vec<Outcome> {
            let check = |path: &PathBuf| {
                let unread = self.cache.filter(|_| fixing.is_none() && company == Company::OneOfMany);
                let outcome = match unread.and_then(|cache| self.found_unread(path, cache)) {
                    Some(done) => Outcome::Checked(Box::new(done)),
                    None => self.read_and_check(path, fixing, company),
                };
                after_each();
                outcome
            };
            match paths {
                // A hook on one file does not wait for threads to start.
                [path] => vec![check(path)],
                _ => paths.par_iter().map(|path| check(path)).collect(),
            }
        };
        // Two names of one file must not be written to by two threads: under the second it is checked, when it is fixed.
        let mut seen = BTreeSet::new();
        let (first, again): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| {
            self.fixing.is_none() || path.canonicalize().map_or(true, |target| seen.insert(target))
        });
        let mut outcomes = check(&first, self.fixing.as_ref());
        if !again.is_empty() {
            outcomes.extend(check(&again, None));
            outcomes.sort_by(|one, two| one.path().cmp(two.path()));
        }
        if company == Company::OneOfMany {
            let failures = self.check_across(&mut outcomes);
            outcomes.extend(failures.into_iter().map(Outcome::Failed));
        }
        gather(outcomes)
    }

    /// Checks one text.
    pub fn check_source(&self, source: Source) -> Report {
        gather(vec![self.check(source, self.fixing.as_ref(), Company::Alone)])
    }

    /// Adds to each article what the others show to be wrong with it.
    fn check_across(&self, outcomes: &mut [Outcome]) -> Vec<Failure> {
        let mut articles: Vec<&mut Done> = outcomes.iter_mut().filter_map(Outcome::done).collect();
        let mut found = match self.found_across(&articles) {
            Ok(found) => found,
            Err(failure) => return vec![failure],
        };
        found.par_iter_mut().for_each(|(_, found)| found.diagnostics.retain(|it| !names_itself(it)));
        let mut failures = Vec::new();
        for (at, found) in found {
            let done = &mut *articles[at];
            if self.keeps_texts && done.source.is_none() && !found.diagnostics.is_empty() {
                match read_again(done) {
                    Ok(source) => done.source = Some(source),
                    Err(failure) => failures.push(failure),
                }
            }
            done.checked.add(self.without_known(found));
        }
        failures
    }

    /// What is found when articles are held against each other, by their places.
    fn found_across(&self, articles: &[&mut Done]) -> Result<Vec<(usize, Checked)>, Failure> {
        let compare = || {
            let members: Vec<Member<'_>> =
                articles.par_iter().map(|it| it.member()).collect::<Result<_, Failure>>()?;
            catch_unwind(AssertUnwindSafe(|| self.engine.check_across(&members))).map_err(|_| {
                let message = "the program failed when it compared the articles; please report it";
                Failure::new("soreaid-lint", message)
            })
        };
        let cached = self.cache.zip(articles.iter().map(|it| it.identity()).collect::<Option<Vec<_>>>());
        match cached {
            Some((cache, articles)) => cache.find_across_or(&articles, compare),
            None => compare(),
        }
    }

    /// What is known of an article without reading it; `None` where its text is needed.
    fn found_unread(&self, path: &Path, cache: &Cache) -> Option<Done> {
        let settings = self.settings_of(path).ok()?;
        let checked = self.without_known(cache.find_unread(path, &settings)?);
        let is_shown = self.keeps_texts && !checked.diagnostics.is_empty();
        (!is_shown).then(|| Done {
            path: path.to_owned(),
            source: None,
            settings,
            checked,
            change: None,
            failure: None,
        })
    }

    fn read_and_check(&self, path: &Path, fixing: Option<&Fixing>, company: Company) -> Outcome {
        match Source::read(path) {
            Ok(source) => self.check(source, fixing, company),
            Err(error) => Outcome::Failed(Failure::new(path, error.to_string())),
        }
    }

    fn check(&self, source: Source, fixing: Option<&Fixing>, company: Company) -> Outcome {
        let settings = match self.settings_of(source.path()) {
            Ok(settings) => settings,
            Err(error) => return Outcome::Failed(Failure::from(&*error)),
        };
        let path = source.path().to_owned();
        // The net under everything: a fault of the program in one article must not hide what others hold.
        let done = catch_unwind(AssertUnwindSafe(|| self.done(source, &settings, fixing, company)));
        match done {
            Ok(Ok(mut done)) => {
                // Ten thousand texts are much, and hardly any is looked at again.
                if !self.keeps_texts || done.checked.diagnostics.is_empty() {
                    done.source = None;
                }
                Outcome::Checked(Box::new(done))
            }
            // A pack that cannot be used is one failure, whichever article it was needed for.
            Ok(Err(message)) => Outcome::Failed(Failure::new("packs", message)),
            Err(_) => {
                Outcome::Failed(Failure::new(path, "the program failed on this article; please report it"))
            }
        }
    }

    fn done(
        &self,
        source: Source,
        settings: &Arc<Settings>,
        fixing: Option<&Fixing>,
        company: Company,
    ) -> Result<Done, String> {
        let check = |source: &Source| match company {
            Company::Alone => self.checked(source, settings),
            Company::OneOfMany => self.checked_as_one_of_many(source, settings),
        };
        let checked = check(&source)?;
        let done = |source: Source, checked| Done {
            path: source.path().to_owned(),
            source: Some(source),
            settings: Arc::clone(settings),
            checked,
            change: None,
            failure: None,
        };
        let Some(fixing) = fixing else { return Ok(done(source, checked)) };
        let original = Source::from_text(source.path(), source.text());
        let fixed = fix::fixed(source, checked, fixing.boldest, check)?;
        let Fixed { source, checked, count } = fixed;
        if count == 0 {
            return Ok(done(source, checked));
        }
        let effect = match &fixing.effect {
            Effect::Written(territory) => {
                overwrite::replace(source.path(), territory, original.text(), source.text())
            }
            Effect::Shown(territory) => overwrite::target(source.path(), territory).map(|_| ()),
            Effect::Returned => Ok(()),
        };
        if let Err(error) = effect {
            let failure = Some(Failure::new(original.path(), error.to_string()));
            let checked = check(&original)?;
            return Ok(Done { failure, ..done(original, checked) });
        }
        let change = Some(Change { before: original, after: source.text().to_owned(), count });
        Ok(Done { change, ..done(source, checked) })
    }

    /// What is found in a text for which these settings hold. What is known already stands apart, and so is not fixed.
    pub fn checked(&self, source: &Source, settings: &Settings) -> Result<Checked, String> {
        self.engine.check(source, settings).map(|it| self.without_known(it))
    }

    fn checked_as_one_of_many(&self, source: &Source, settings: &Arc<Settings>) -> Result<Checked, String> {
        let check = || self.engine.check_one_of_many(source, settings);
        let checked = match self.cache {
            Some(cache) => cache.find_or(source, settings, check),
            None => check(),
        };
        checked.map(|it| self.without_known(it))
    }

    fn without_known(&self, mut checked: Checked) -> Checked {
        if let Some(baseline) = self.baseline {
            (checked.diagnostics, checked.baselined) = baseline.parted(checked.diagnostics);
        }
        checked
    }

    fn settings_of(&self, path: &Path) -> Result<Arc<Settings>, Arc<ConfigError>> {
        let absolute = self.configurations.absolute(path);
        let folder = absolute.parent().unwrap_or(&absolute);
        Ok(self.configurations.of_folder(folder)?.settings(&absolute, self.today))
    }
}

/// Whether a finding holds a file against itself, which stands in the run under two names.
fn names_itself(diagnostic: &Diagnostic) -> bool {
    let mut others = diagnostic.labels_elsewhere().peekable();
    others.peek().is_some()
        && identity(&diagnostic.path)
            .is_some_and(|own| others.any(|(path, _)| identity(path).as_ref() == Some(&own)))
}

/// The text of an article that was let go, if it is still what was checked.
fn read_again(done: &Done) -> Result<Source, Failure> {
    let source =
        Source::read(&done.path).map_err(|error| Failure::new(done.path.as_path(), error.to_string()))?;
    let summary = done.checked.summary.as_ref().and_then(Folded::summary);
    let is_same = summary.is_some_and(|it| it.quotes.are_of(&source));
    is_same.then_some(source).ok_or_else(|| {
        Failure::new(done.path.as_path(), "the file has changed while it was checked; run again")
    })
}

/// The same for all names of a file.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|it| (it.dev(), it.ino()))
}

/// The same for all names of a file.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

impl Outcome {
    fn done(&mut self) -> Option<&mut Done> {
        match self {
            Self::Checked(done) => Some(done),
            Self::Failed(_) => None,
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Checked(done) => &done.path,
            Self::Failed(failure) => &failure.path,
        }
    }
}

fn gather(outcomes: Vec<Outcome>) -> Report {
    let mut report = Report::default();
    for outcome in outcomes {
        match outcome {
            Outcome::Failed(failure) => {
                // A configuration that is wrong is one failure, not one for each file.
                if !report.failures.contains(&failure) {
                    report.failures.push(failure);
                }
            }
            Outcome::Checked(outcome) => {
                let Done { path, source, settings, checked, change, failure } = *outcome;
                report.files += 1;
                report.articles.push(path);
                report.baselined.extend(checked.baselined);
                report.changes.extend(change);
                report.failures.extend(failure);
                report.suppressed += checked.suppressed;
                for it in &checked.diagnostics {
                    if settings.fail_on.is_reached_by(it.severity) {
                        *report.failing.entry(it.severity).or_default() += 1;
                    }
                }
                if let Some(source) = source.filter(|_| !checked.diagnostics.is_empty()) {
                    report.sources.insert(source.path().to_owned(), source);
                }
                report.diagnostics.extend(checked.diagnostics);
            }
        }
    }
    report.failures.sort();
    report
}
