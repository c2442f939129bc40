//! Checks on worker threads, by the same engine and configurations as on the command line.
//!
//! A check knows nothing of what the client does meanwhile: whether its outcome is still wanted is told by the revision.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use lsp_types::{Diagnostic as Shown, Uri};

use super::abilities::Abilities;
use super::position::Positions;
use super::{Event, Events, Today, diagnostics, workspace};
use crate::bundled;
use crate::config::{Configurations, Settings};
use crate::diagnostic::Diagnostic;
use crate::engine::Engine;
use crate::report::Failure;
use crate::rules::RULES;
use crate::run::Run;
use crate::source::{LARGEST, Source, SourceError};

/// All that checking needs, with what was read of configurations, packs and schemas; replaced when those change.
pub(super) struct Checker {
    /// Made by the first check, so that the loop does not wait for it.
    engine: OnceLock<Engine>,
    configurations: Configurations,
    today: Today,
    abilities: Arc<Abilities>,
}

/// What is to be checked.
pub(super) enum Job {
    /// A document, as it is now.
    Document { uri: Uri, revision: u64, path: PathBuf, text: String },
    /// The configuration that holds for a folder, though no document of it may be open.
    Folder(PathBuf),
}

/// What came of a job.
pub(super) struct Outcome {
    /// Which document, and which revision of it; `None`: a folder.
    pub(super) document: Option<(Uri, u64)>,
    /// What was found.
    pub(super) checked: Checked,
    /// What could not be done.
    pub(super) troubles: Vec<Trouble>,
    /// By which checker.
    pub(super) by: Arc<Checker>,
}

/// What was found in a document.
#[derive(Default)]
pub(super) struct Checked {
    /// By position, then rule: as the engine made them and as the client sees them.
    pub(super) findings: Vec<(Diagnostic, Shown)>,
    /// What holds for the document; `None` where that could not be read.
    pub(super) settings: Option<Settings>,
}

/// Something that could not be done, and where to show it if it is about a configuration.
pub(super) struct Trouble {
    /// What happened.
    pub(super) failure: Failure,
    /// The configuration, and the place in it.
    pub(super) place: Option<(PathBuf, Shown)>,
}

impl Checker {
    /// A checker that has read nothing yet.
    pub(super) fn new(today: Today, abilities: Arc<Abilities>) -> Self {
        let shapes = RULES.iter().map(|rule| rule.shape()).collect();
        Self { engine: OnceLock::new(), configurations: Configurations::nearest(shapes), today, abilities }
    }

    /// Does a job on a worker thread.
    pub(super) fn start(self: &Arc<Self>, job: Job, events: Events) {
        let by = Arc::clone(self);
        rayon::spawn(move || {
            let document = match &job {
                Job::Document { uri, revision, .. } => Some((uri.clone(), *revision)),
                Job::Folder(_) => None,
            };
            let done = catch_unwind(AssertUnwindSafe(|| by.check(job)));
            // A fault of the program outside of the engine; within, `run` has its own net.
            let (checked, troubles) = done.unwrap_or_else(|_| {
                let failure =
                    Failure::new("soreaid-lint", "the program failed on an article; please report it");
                (Checked::default(), vec![Trouble { failure, place: None }])
            });
            let outcome = Outcome { document, checked, troubles, by };
            // Nobody waits for it when the session is over.
            let _ = events.send(Event::Checked(Box::new(outcome)));
        });
    }

    fn check(&self, job: Job) -> (Checked, Vec<Trouble>) {
        match job {
            Job::Document { uri, path, text, .. } => self.check_document(&uri, path, text),
            Job::Folder(folder) => {
                let error = self.configurations.of_folder(&folder).err();
                let troubles = error.map(|it| self.trouble(Failure::from(&*it), true));
                (Checked::default(), troubles.into_iter().collect())
            }
        }
    }

    fn check_document(&self, uri: &Uri, path: PathBuf, text: String) -> (Checked, Vec<Trouble>) {
        if LARGEST < text.len() as u64 {
            let failure = Failure::new(path, SourceError::TooLarge(text.len() as u64).to_string());
            return (Checked::default(), vec![self.trouble(failure, false)]);
        }
        let today = (self.today)();
        let configuration = self.configurations.of_folder(path.parent().unwrap_or(&path)).ok();
        let settings = configuration.as_ref().map(|it| it.settings(&path, today));
        // What a walk would leave out is left alone here, too; text without a file is always checked.
        let is_file = workspace::file(uri).is_some() && workspace::has_article_ending(&path);
        if is_file && configuration.is_some_and(|it| !it.takes(&path)) {
            return (Checked { findings: Vec::new(), settings }, Vec::new());
        }
        let engine = self.engine.get_or_init(|| Engine::new(bundled::knowledge(), |_| true));
        let run = Run { engine, configurations: &self.configurations, today, baseline: None, fixing: None };
        let report = run.check_source(Source::from_text(&path, text));
        let mut findings = Vec::new();
        if let Some(source) = report.sources.get(&path) {
            let positions = Positions::of(source.text(), self.abilities.encoding);
            let document = self.abilities.related_information.then_some(uri);
            findings.extend(report.diagnostics.into_iter().map(|it| {
                let shown = diagnostics::shown(&it, &positions, document);
                (it, shown)
            }));
        }
        let troubles = report.failures.into_iter().map(|failure| {
            let is_about_configuration = failure.path != path;
            self.trouble(failure, is_about_configuration)
        });
        (Checked { findings, settings }, troubles.collect())
    }

    /// Where a failure is shown, if it is about a configuration that can be read.
    fn trouble(&self, failure: Failure, is_about_configuration: bool) -> Trouble {
        let path = std::path::absolute(&failure.path).unwrap_or_else(|_| failure.path.clone());
        let source = is_about_configuration.then(|| Source::read(&path).ok()).flatten();
        let place = source.map(|source| {
            let positions = Positions::of(source.text(), self.abilities.encoding);
            (path, diagnostics::trouble(&failure, &source, &positions))
        });
        Trouble { failure, place }
    }
}
