//! Findings as a good compiler shows them: the place in the article, why, the source, what to write instead.
//!
//! The only module that knows codespan.

use std::fmt::Write as _;
use std::io::{self, Write};

use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{self, Config};

use super::account::particulars;
use super::terminal::{one_line, safe};
use crate::diagnostic::Diagnostic;
use crate::report::Report;
use crate::severity::Severity;
use crate::source::Source;
use crate::span::Span;

/// Whether to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colors {
    /// ANSI escapes.
    Ansi,
    /// None.
    None,
}

/// Writes all findings, then a summary.
pub fn write(report: &Report, colors: Colors, out: &mut dyn Write) -> io::Result<()> {
    match colors {
        Colors::Ansi => write_to(report, &mut Ansi::new(out)),
        Colors::None => write_to(report, &mut NoColor::new(out)),
    }
}

fn write_to(report: &Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let config = Config { tab_width: 4, ..Config::default() };
    for diagnostic in &report.diagnostics {
        let Some(source) = report.sources.get(&diagnostic.path) else { continue };
        let excerpt = Excerpt::of(source, diagnostic);
        let name = one_line(&diagnostic.path.display().to_string());
        let file = SimpleFile::new(name, excerpt.text.as_str());
        let shown = excerpt.shown(diagnostic);
        term::emit_to_write_style(out, &config, &file, &shown).map_err(io::Error::other)?;
    }
    writeln!(out, "{}", summary(report))
}

/// `2 errors, 1 warning in 3 articles`.
pub fn summary(report: &Report) -> String {
    let counted = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let articles = counted(report.files, "article");
    let parts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .map(|severity| (report.count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| counted(count, word))
        .collect();
    let mut summary = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let _ = write!(summary, " in {articles}");
    if report.suppressed > 0 {
        let _ = write!(summary, ", {} allowed by comments", report.suppressed);
    }
    if !report.baselined.is_empty() {
        let _ = write!(summary, ", {} known to the baseline", report.baselined.len());
    }
    if report.fixed() > 0 {
        let _ = write!(summary, ", {}", fixed(report));
    }
    summary
}

/// `12 fixed in 3 articles`.
pub fn fixed(report: &Report) -> String {
    let articles = report.changes.len();
    format!("{} fixed in {articles} article{}", report.fixed(), if articles == 1 { "" } else { "s" })
}

/// The lines of an article that a finding needs, safe to show, with the spans moved along.
///
/// Lines that no label is on are left empty, so that line numbers stay; a very long line is cut around its labels.
struct Excerpt {
    text: String,
    /// Source ranges that were kept, and where each begins in the text.
    kept: Vec<(Span, usize)>,
}

/// How much of a long line is shown on either side of a label.
const CONTEXT: usize = 120;
const LONG: usize = 400;

impl Excerpt {
    fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        let file = source.text();
        let mut spans = vec![diagnostic.place.span];
        spans.extend(diagnostic.labels_within().map(|it| it.place.span));
        let mut ranges: Vec<Span> = spans.iter().map(|span| lines_around(file, *span)).collect();
        ranges.sort_unstable();
        let mut excerpt = Self { text: String::new(), kept: Vec::new() };
        let mut line = 1;
        for range in ranges {
            let from = excerpt.kept.last().map_or(range.start, |(last, _)| last.end.max(range.start));
            if from >= range.end {
                continue;
            }
            let range = Span::new(from, range.end);
            let first_line = source.position(range.start).line;
            while line < first_line {
                excerpt.text.push('\n');
                line += 1;
            }
            excerpt.kept.push((range, excerpt.text.len()));
            for character in file[range.range()].chars() {
                // One byte for one byte, so that spans only have to be moved.
                let shown = if character == '\n' || !character.is_control() { character } else { ' ' };
                if shown.len_utf8() == character.len_utf8() {
                    excerpt.text.push(shown);
                } else {
                    excerpt.text.extend(std::iter::repeat_n(' ', character.len_utf8()));
                }
                line += usize::from(character == '\n');
            }
        }
        excerpt.text = turned_off(&excerpt.text);
        excerpt
    }

    fn moved(&self, span: Span) -> std::ops::Range<usize> {
        let found = self.kept.iter().rfind(|(range, _)| range.start <= span.start && span.start <= range.end);
        let Some((range, at)) = found else { return 0..0 };
        let start = at + (span.start - range.start);
        let end = (at + (span.end.min(range.end) - range.start)).max(start);
        start..end
    }

    fn shown(&self, diagnostic: &Diagnostic) -> Shown<()> {
        let level = match diagnostic.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
            Severity::Note => Level::Note,
        };
        let mut labels = vec![
            Label::new(LabelStyle::Primary, (), self.moved(diagnostic.place.span))
                .with_message(&diagnostic.label),
        ];
        for it in diagnostic.labels_within() {
            let span = self.moved(it.place.span);
            labels.push(Label::new(LabelStyle::Secondary, (), span).with_message(&it.message));
        }
        let notes = particulars(diagnostic).iter().map(|it| safe(it).into_owned()).collect();
        Shown::new(level)
            .with_code(diagnostic.rule)
            .with_message(one_line(&diagnostic.message))
            .with_labels(labels)
            .with_notes(notes)
    }
}

/// Characters that turn the direction of writing take three bytes each; so do these dots.
fn turned_off(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if turns(c) { '…' } else { c }).collect()
}

/// The whole lines of a span; of a very long line, what is around the span.
fn lines_around(file: &str, span: Span) -> Span {
    let start = file[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let end = file[span.end..].find('\n').map_or(file.len(), |at| span.end + at);
    if end - start <= LONG || file[span.range()].contains('\n') && end - start <= 8 * LONG {
        return Span::new(start, end);
    }
    let from = span.start.saturating_sub(CONTEXT).max(start);
    let to = (span.end.min(span.start + LONG) + CONTEXT).min(end);
    let from = (from..=span.start).find(|&at| file.is_char_boundary(at)).unwrap_or(span.start);
    let to = (to..=file.len()).find(|&at| file.is_char_boundary(at)).unwrap_or(file.len());
    Span::new(from, to)
}
