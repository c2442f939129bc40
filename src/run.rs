//! Checks many articles in parallel and gathers what came of it, in an order that does not depend on threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::config::{ConfigError, Configurations, Settings};
use crate::engine::{Checked, Engine};
use crate::report::{Failure, Report};
use crate::source::Source;

/// All that checking needs beside the articles.
pub struct Run<'a> {
    /// Checks one article.
    pub engine: &'a Engine,
    /// What holds for each.
    pub configurations: &'a Configurations,
    /// The day that date rules take for today.
    pub today: Date,
}

/// What came of one article.
enum Outcome {
    Checked(Box<(Source, Settings, Checked)>),
    Failed(Failure),
}

impl Run<'_> {
    /// Checks files; `after_each` is called after each one, from any thread.
    pub fn check_files(&self, paths: &[PathBuf], after_each: impl Fn() + Sync) -> Report {
        let outcomes: Vec<Outcome> = paths
            .par_iter()
            .map(|path| {
                let outcome = match Source::read(path) {
                    Ok(source) => self.check(source),
                    Err(error) => Outcome::Failed(Failure::new(path, error.to_string())),
                };
                after_each();
                outcome
            })
            .collect();
        gather(outcomes)
    }

    /// Checks one text.
    pub fn check_source(&self, source: Source) -> Report {
        gather(vec![self.check(source)])
    }

    fn check(&self, source: Source) -> Outcome {
        let settings = match self.settings_of(source.path()) {
            Ok(settings) => settings,
            Err(error) => return Outcome::Failed(Failure::from(&*error)),
        };
        // The net under everything: a fault of the program in one article must not hide what others hold.
        let checked = catch_unwind(AssertUnwindSafe(|| self.engine.check(&source, &settings)));
        match checked {
            Ok(Ok(checked)) => Outcome::Checked(Box::new((source, settings, checked))),
            // A pack that cannot be used is one failure, whichever article it was needed for.
            Ok(Err(message)) => Outcome::Failed(Failure::new("packs", message)),
            Err(_) => Outcome::Failed(Failure::new(
                source.path(),
                "the program failed on this article; please report it",
            )),
        }
    }

    fn settings_of(&self, path: &Path) -> Result<Settings, Arc<ConfigError>> {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let folder = absolute.parent().unwrap_or(&absolute);
        Ok(self.configurations.of_folder(folder)?.settings(&absolute, self.today))
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
                let (source, settings, checked) = *outcome;
                report.files += 1;
                report.suppressed += checked.suppressed;
                for it in &checked.diagnostics {
                    if settings.fail_on.is_reached_by(it.severity) {
                        *report.failing.entry(it.severity).or_default() += 1;
                    }
                }
                if !checked.diagnostics.is_empty() {
                    report.sources.insert(source.path().to_owned(), source);
                }
                report.diagnostics.extend(checked.diagnostics);
            }
        }
    }
    report.failures.sort();
    report
}
