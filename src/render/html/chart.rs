//! Counts by severity, and the bars that show them.

use std::fmt::{self, Display, Formatter};

use crate::diagnostic::Diagnostic;
use crate::severity::Severity;

/// From the worst on, as everything in the page is.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// How many findings of each severity. Ordered by how bad that is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Counts {
    errors: usize,
    warnings: usize,
    notes: usize,
}

impl Counts {
    pub(super) fn of<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut counts = Self::default();
        for diagnostic in diagnostics {
            counts.add(diagnostic.severity);
        }
        counts
    }

    pub(super) fn add(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    pub(super) fn get(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
            Severity::Note => self.notes,
        }
    }

    pub(super) fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

/// A bar with a part for each severity, as long as its share of `most`. The numbers stand beside it as text, so
/// that nobody has to see it.
pub(super) struct Bar {
    pub(super) counts: Counts,
    pub(super) most: usize,
}

impl Display for Bar {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        const WIDTH: usize = 1000;
        formatter.write_str(
            "<svg class=\"bar\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        )?;
        let most = self.most.max(1);
        let mut before = 0;
        for severity in SEVERITIES {
            let number = self.counts.get(severity);
            if number == 0 {
                continue;
            }
            let from = before * WIDTH / most;
            before += number;
            let to = (before * WIDTH / most).max(from + 1);
            write!(
                formatter,
                "<rect class=\"{severity}\" x=\"{from}\" width=\"{}\" height=\"1\"/>",
                to - from
            )?;
        }
        formatter.write_str("</svg>")
    }
}

/// `1 error, 35 warnings`, each on the colour of its severity; nothing of what there is none of.
pub(super) struct Tally(pub(super) Counts);

impl Display for Tally {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("<span class=\"tally\">")?;
        for severity in SEVERITIES {
            let number = self.0.get(severity);
            if number > 0 {
                let plural = if number == 1 { "" } else { "s" };
                write!(formatter, "<span class=\"chip {severity}\">{number} {severity}{plural}</span> ")?;
            }
        }
        formatter.write_str("</span>")
    }
}
