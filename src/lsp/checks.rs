//! Work on worker threads: checks, by the same engine and configurations as on the command line, and answers to what is
//! asked about their findings.
//!
//! A worker knows nothing of what the client does meanwhile: whether its outcome is still wanted is told by the revision.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use gen_lsp_types::{Diagnostic as Shown, PublishDiagnosticsNotification, Uri};
use lsp_server::RequestId;
use serde::Serialize;
use serde_json::Value;

use super::abilities::Abilities;
use super::documents::Question;
use super::position::Positions;
use super::transport::Written;
use super::{Event, Events, Options, actions, diagnostics, hover, workspace};
use crate::baseline::Baseline;
use crate::bundled;
use crate::config::{Configurations, Settings};
use crate::diagnostic::{Diagnostic, Edit};
use crate::engine::{self, Engine};
use crate::report::Failure;
use crate::rules::RULES;
use crate::run::Run;
use crate::source::{LARGEST, Source, SourceError};

/// What is said of a fault of the program.
const FAULT: &str = "the program failed on an article; please report it";

/// All that checking needs, with what was read of configurations, packs and schemas; replaced when those change.
pub(super) struct Checker {
    /// Made by the first check, so that the loop does not wait for it.
    engine: OnceLock<Engine>,
    /// Read by the first check.
    baseline: OnceLock<Result<Option<Baseline>, Failure>>,
    configurations: Configurations,
    options: Arc<Options>,
    abilities: Arc<Abilities>,
}

/// A document at one moment.
pub(super) struct Revision {
    /// As the client writes it.
    pub(super) uri: Uri,
    /// Unlike any other of this session.
    pub(super) number: u64,
    /// The client's count of its changes.
    pub(super) version: i32,
    /// Its text, under the path that configuration knows it by.
    pub(super) source: Source,
}

/// What is to be checked.
pub(super) enum Job {
    /// A document.
    Document(Arc<Revision>),
    /// The configuration that holds for a folder, though no document of it may be open.
    Folder(PathBuf),
}

/// What came of a job.
pub(super) struct Outcome {
    /// What was found; `None`: the job was a folder.
    pub(super) checked: Option<Checked>,
    /// What could not be done.
    pub(super) troubles: Vec<Trouble>,
    /// By which checker.
    pub(super) by: Arc<Checker>,
}

/// A document and what was found in it.
pub(super) struct Checked {
    /// What was checked.
    pub(super) revision: Arc<Revision>,
    /// What holds for it; `None` where that could not be read.
    pub(super) settings: Option<Arc<Settings>>,
    /// By position, then rule: as the engine made them and as the client sees them.
    pub(super) findings: Vec<(Diagnostic, Shown)>,
    /// The findings for the client, until they are sent.
    pub(super) published: Option<Written>,
    /// What all safe fixes change; clients ask for it at every place, and it is the same at each.
    pub(super) safe_edits: OnceLock<Vec<Edit>>,
}

/// As the protocol has it; the findings stay where they are.
#[derive(Serialize)]
struct Published<'a> {
    uri: &'a Uri,
    diagnostics: Vec<&'a Shown>,
    version: i32,
}

/// Something that could not be done, and where to show it if it is about a configuration.
pub(super) struct Trouble {
    /// What happened.
    pub(super) failure: Failure,
    /// The configuration, and the place in it.
    pub(super) place: Option<(PathBuf, Shown)>,
}

/// What came of a question.
pub(super) struct Answer {
    /// Which question.
    pub(super) id: RequestId,
    /// What it was about.
    pub(super) checked: Arc<Checked>,
    /// The result, or why there is none.
    pub(super) result: Result<Value, String>,
}

impl Checked {
    fn nothing(revision: Arc<Revision>, settings: Option<Arc<Settings>>) -> Self {
        Self { revision, settings, findings: Vec::new(), published: None, safe_edits: OnceLock::new() }
    }
}

impl Checker {
    /// A checker that has read nothing yet.
    pub(super) fn new(options: Arc<Options>, abilities: Arc<Abilities>) -> Self {
        let shapes = RULES.iter().map(|rule| rule.shape()).collect();
        Self {
            engine: OnceLock::new(),
            baseline: OnceLock::new(),
            configurations: Configurations::nearest(shapes),
            options,
            abilities,
        }
    }

    /// Does a job on a worker thread.
    pub(super) fn start(self: &Arc<Self>, job: Job, events: Events) {
        let by = Arc::clone(self);
        rayon::spawn(move || {
            let done = catch_unwind(AssertUnwindSafe(|| by.check(&job)));
            // A fault of the program outside of the engine; within, `run` has its own net.
            let (checked, troubles) = done.unwrap_or_else(|_| {
                let checked = match job {
                    Job::Document(revision) => Some(Checked::nothing(revision, None)),
                    Job::Folder(_) => None,
                };
                (checked, vec![Trouble { failure: Failure::new("soreaid-lint", FAULT), place: None }])
            });
            // Nobody waits for it when the session is over.
            let _ = events.send(Event::Checked(Box::new(Outcome { checked, troubles, by })));
        });
    }

    /// Answers a question on a worker thread.
    pub(super) fn answer(
        self: &Arc<Self>,
        id: RequestId,
        question: Question,
        checked: Arc<Checked>,
        events: Events,
    ) {
        let by = Arc::clone(self);
        rayon::spawn(move || {
            let answer = || match &question {
                Question::Actions(it) => serde_json::to_value(actions::actions(&checked, it, &by)),
                Question::Hover(it) => {
                    let at = it.text_document_position_params.position;
                    serde_json::to_value(hover::hover(&checked, at, &by.abilities))
                }
            };
            let result = catch_unwind(AssertUnwindSafe(answer));
            let result =
                result.map_or_else(|_| Err(FAULT.to_owned()), |it| it.map_err(|error| error.to_string()));
            let _ = events.send(Event::Answered(Box::new(Answer { id, checked, result })));
        });
    }

    /// What would be found if an article that was checked said this.
    pub(super) fn recheck(&self, source: &Source, settings: &Settings) -> Result<engine::Checked, String> {
        self.run().checked(source, settings)
    }

    /// What the client can do.
    pub(super) fn abilities(&self) -> &Abilities {
        &self.abilities
    }

    fn run(&self) -> Run<'_> {
        Run {
            engine: self.engine.get_or_init(|| Engine::new(bundled::knowledge, |_| true)),
            configurations: &self.configurations,
            today: (self.options.today)(),
            baseline: self.baseline().as_ref().ok().and_then(Option::as_ref),
            cache: None,
            fixing: None,
            keeps_texts: false,
        }
    }

    fn baseline(&self) -> &Result<Option<Baseline>, Failure> {
        self.baseline.get_or_init(|| {
            let read = self.options.baseline.as_deref().map(Baseline::read).transpose();
            read.map_err(|error| Failure::new("baseline", error.to_string()))
        })
    }

    fn unread_baseline(&self) -> Option<Failure> {
        self.baseline().as_ref().err().cloned()
    }

    fn check(&self, job: &Job) -> (Option<Checked>, Vec<Trouble>) {
        match job {
            Job::Document(revision) => {
                let (checked, troubles) = self.check_document(revision);
                (Some(checked), troubles)
            }
            Job::Folder(folder) => {
                let error = self.configurations.of_folder(folder).err();
                let failures = error.map(|it| Failure::from(&*it)).into_iter().chain(self.unread_baseline());
                (None, failures.map(|it| self.trouble(it, true)).collect())
            }
        }
    }

    fn check_document(&self, revision: &Arc<Revision>) -> (Checked, Vec<Trouble>) {
        let Revision { uri, source, .. } = &**revision;
        let (path, text) = (source.path(), source.text());
        if LARGEST < text.len() as u64 {
            let failure = Failure::new(path, SourceError::TooLarge(text.len() as u64).to_string());
            let checked = Checked::nothing(Arc::clone(revision), None);
            return (checked, vec![self.trouble(failure, false)]);
        }
        let run = self.run();
        let configuration = self.configurations.of_folder(path.parent().unwrap_or(path)).ok();
        let settings = configuration.as_ref().map(|it| it.settings(path, run.today));
        let mut checked = Checked::nothing(Arc::clone(revision), settings);
        // What a walk would leave out is left alone here, too; text without a file is always checked.
        let is_file = workspace::file(uri).is_some() && workspace::has_article_ending(path);
        if is_file && configuration.is_some_and(|it| !it.takes(path)) {
            return (checked, Vec::new());
        }
        let report = run.check_source(Source::from_text(path, text));
        let positions = Positions::of(text, self.abilities.encoding);
        let document = self.abilities.related_information.then_some(uri);
        let shown = |it: Diagnostic| {
            let shown = diagnostics::shown(&it, &positions, document);
            (it, shown)
        };
        checked.findings = report.diagnostics.into_iter().map(shown).collect();
        checked.published = Some(Written::notification::<PublishDiagnosticsNotification>(&Published {
            uri,
            diagnostics: checked.findings.iter().map(|(_, shown)| shown).collect(),
            version: revision.version,
        }));
        let troubles = report.failures.into_iter().chain(self.unread_baseline()).map(|failure| {
            let is_about_configuration = failure.path != path;
            self.trouble(failure, is_about_configuration)
        });
        (checked, troubles.collect())
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
