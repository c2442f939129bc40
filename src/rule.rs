//! The contract between rules and the engine.
//!
//! A rule is a static made by [`declare_rule!`](crate::declare_rule) and one function from an article to findings.
//! Selection, severity by configuration, suppression, order and rendering are the engine's.

use crate::config::{RuleOption, RuleShape, Settings};
use crate::diagnostic::{Applicability, Finding};
use crate::document::Document;
use crate::knowledge::{Knowledge, RemedyId};
use crate::library::{FoundAcross, Library};
use crate::reading::Reading;
use crate::reading::practice::PracticeFound;
use crate::schema::Schemas;
use crate::severity::Severity;
use crate::surroundings::Surroundings;

/// All that a rule may look at.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    /// The parsed file.
    pub document: &'a Document<'a>,
    /// What the article says.
    pub reading: &'a Reading<'a>,
    /// The packs.
    pub knowledge: &'a Knowledge,
    /// The configuration that holds for this file.
    pub settings: &'a Settings,
    /// The schemas that front matter is held to.
    pub schemas: &'a Schemas,
    /// The day, and the files around the article.
    pub surroundings: &'a Surroundings<'a>,
}

impl<'a> Article<'a> {
    /// Whether a way of using this remedy is told that the packs give to the rule of this id.
    pub fn tells_practice_for(self, rule: &str, remedy: RemedyId) -> bool {
        let mut told = self.reading.practices.iter().map(|found| self.knowledge.practice(found.practice));
        told.any(|(of, practice)| of == remedy && practice.rule == rule)
    }

    /// The ways of using a remedy that the packs give to this rule, with what it says of them: `message` is told the words and
    /// the name of the remedy.
    pub fn practices_for(
        self,
        rule: &Rule,
        label: &'static str,
        message: impl Fn(&str, &str) -> String,
    ) -> Vec<(&'a PracticeFound, Finding)> {
        let told =
            self.reading.practices.iter().map(|found| (found, self.knowledge.practice(found.practice)));
        told.filter(|(_, (_, practice))| practice.rule == rule.id)
            .map(|(found, (remedy, practice))| {
                let written = self.document.source.slice(found.span);
                let message = message(written, &self.knowledge.remedy(remedy).name);
                let finding = Finding::new(found.span, message)
                    .severity(practice.severity)
                    .label(label)
                    .also(found.remedy_span, "the remedy")
                    .note(practice.why.clone())
                    .help(practice.instead.clone())
                    .sources(self.knowledge.citations(&practice.sources));
                (found, finding)
            })
            .collect()
    }
}

/// A rule: what it is called, what its documentation says, and how it looks.
pub struct Rule {
    /// Kebab-case; names the problem; also the file stem, fixture folder and configuration key.
    pub id: &'static str,
    /// One line, lower case.
    pub summary: &'static str,
    /// Where neither the finding nor the configuration says otherwise.
    pub severity: Severity,
    /// Whether findings can carry fixes, and the safest kind of them.
    pub fix: Option<Applicability>,
    /// What can be set for it in the configuration.
    pub options: &'static [RuleOption],
    /// Markdown under fixed headings: *What it flags*, *Why it matters*, *Example*, *Instead*.
    pub docs: &'static str,
    /// Looks at one article; finds nothing there where a rule looks across articles alone.
    pub check: fn(Article<'_>) -> Vec<Finding>,
    /// Looks at all articles of a run together.
    pub across: Option<fn(&Library<'_>) -> Vec<FoundAcross>>,
}

impl Rule {
    /// What the configuration has to know of it.
    pub fn shape(&self) -> RuleShape {
        RuleShape { id: self.id, options: self.options }
    }

    /// Its documentation, without the space that a doc comment begins its lines with.
    pub fn markdown(&self) -> String {
        let lines = self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.flat_map(|line| [line, "\n"]).collect()
    }
}

/// Declares a rule as `pub static RULE`: its documentation as doc comments, then its fields; after them, where the
/// rule has such, `fix: Safe` (or `Unsafe`) and `options: { "name": OneOf(&["a", "b"]) }`. `across: also` runs a function
/// `across` over all articles beside `check`, `across: only` instead of it.
#[macro_export]
macro_rules! declare_rule {
    (
        $(#[doc = $doc:literal])+
        $id:literal, $severity:ident, $summary:literal $(, fix: $fix:ident)?
        $(, options: { $($option:literal: $kind:ident $(($values:expr))?),+ $(,)? })?
        $(, across: $across:ident)?
    ) => {
        $(#[doc = $doc])+
        pub static RULE: $crate::rule::Rule = $crate::rule::Rule {
            id: $id,
            summary: $summary,
            severity: $crate::severity::Severity::$severity,
            fix: $crate::declare_rule!(@fix $($fix)?),
            options: &[$($($crate::config::RuleOption {
                name: $option,
                kind: $crate::config::OptionKind::$kind $(($values))?,
            }),+)?],
            docs: concat!($($doc, "\n"),+),
            check: $crate::declare_rule!(@check $($across)?),
            across: $crate::declare_rule!(@across $($across)?),
        };
    };
    (@check only) => { |_| Vec::new() };
    (@check $(also)?) => { check };
    (@across) => { None };
    (@across $across:ident) => { Some(across) };
    (@fix) => { None };
    (@fix $fix:ident) => { Some($crate::diagnostic::Applicability::$fix) };
}
