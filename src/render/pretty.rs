//! Findings as a good compiler shows them: the place in the article, why, the source, what to write instead.
//!
//! The only module that knows codespan.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use codespan_reporting::diagnostic::{Diagnostic as Shown, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::{Error, Files, Location, SimpleFile};
use codespan_reporting::term::termcolor::{Ansi, NoColor, WriteColor};
use codespan_reporting::term::{self, Config};

use super::account::particulars;
use super::terminal::{one_line, safe};
use crate::diagnostic::Diagnostic;
use crate::report::Report;
use crate::severity::Severity;
use crate::source::{Position, Source};
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
        let shown = excerpt.shown(diagnostic);
        term::emit_to_write_style(out, &config, &excerpt, &shown).map_err(io::Error::other)?;
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

/// The lines of an article that a finding needs, safe to show, with the spans moved along; a very long line is cut around
/// its labels.
///
/// It holds no more of the article than that, so that a finding costs the same wherever it stands.
struct Excerpt {
    file: SimpleFile<String, String>,
    /// The number in the article of each line of the excerpt.
    numbers: Vec<usize>,
    /// Source ranges that were kept, and where each begins in the text.
    kept: Vec<(Span, usize)>,
    /// Where the finding stands in the article.
    at: Position,
}

/// How much of a long line is shown on either side of a label.
const CONTEXT: usize = 120;
const LONG: usize = 400;
const LONG_OF_MANY_LINES: usize = 8 * LONG;

/// So many lines left out between two that are shown are told from fewer; how many more they are is not.
const GAP: usize = 3;

impl Excerpt {
    fn of(source: &Source, diagnostic: &Diagnostic) -> Self {
        let file = source.text();
        let mut spans = vec![diagnostic.place.span];
        spans.extend(diagnostic.labels_within().map(|it| it.place.span));
        let mut ranges: Vec<Span> = spans.iter().map(|span| lines_around(file, *span)).collect();
        ranges.sort_unstable();
        let mut text = String::new();
        let mut numbers = Vec::new();
        let mut kept: Vec<(Span, usize)> = Vec::new();
        for range in ranges {
            let shown_to = kept.last().map(|(last, _)| last.end);
            if shown_to.is_some_and(|end| range.end <= end) {
                continue;
            }
            let range = Span::new(shown_to.map_or(range.start, |end| end.max(range.start)), range.end);
            let first_line = source.position(range.start).line;
            let line = numbers.last().copied().unwrap_or(first_line);
            for number in (line + 1).max((first_line + 1).saturating_sub(GAP))..=first_line {
                text.push('\n');
                numbers.push(number);
            }
            if numbers.is_empty() {
                numbers.push(first_line);
            }
            kept.push((range, text.len()));
            for character in file[range.range()].chars() {
                // One byte for one byte, so that spans only have to be moved.
                let shown = if character == '\n' || !character.is_control() { character } else { ' ' };
                if shown.len_utf8() == character.len_utf8() {
                    text.push(shown);
                } else {
                    text.extend(std::iter::repeat_n(' ', character.len_utf8()));
                }
                if character == '\n' {
                    numbers.extend(numbers.last().map(|number| number + 1));
                }
            }
        }
        let name = one_line(&diagnostic.path.display().to_string());
        Self { file: SimpleFile::new(name, turned_off(&text)), numbers, kept, at: diagnostic.place.start }
    }

    fn moved(&self, span: Span) -> Range<usize> {
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

/// The excerpt as a file whose lines have the numbers that they have in the article.
impl<'e> Files<'e> for Excerpt {
    type FileId = ();
    type Name = &'e str;
    type Source = &'e str;

    fn name(&'e self, (): ()) -> Result<&'e str, Error> {
        Ok(self.file.name())
    }

    fn source(&'e self, (): ()) -> Result<&'e str, Error> {
        Ok(self.file.source())
    }

    fn line_index(&'e self, (): (), byte: usize) -> Result<usize, Error> {
        self.file.line_index((), byte)
    }

    fn line_number(&'e self, (): (), line: usize) -> Result<usize, Error> {
        let max = self.numbers.len();
        self.numbers.get(line).copied().ok_or(Error::LineTooLarge { given: line, max })
    }

    fn line_range(&'e self, (): (), line: usize) -> Result<Range<usize>, Error> {
        self.file.line_range((), line)
    }

    /// It is asked for the head of a finding alone; of a line that was cut, the excerpt does not know the columns.
    fn location(&'e self, (): (), _byte: usize) -> Result<Location, Error> {
        Ok(Location { line_number: self.at.line, column_number: self.at.column })
    }
}

/// Characters that turn the direction of writing take three bytes each; so do these dots.
fn turned_off(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if turns(c) { '…' } else { c }).collect()
}

/// The whole lines of a span; of a very long line, what is around the span. No more of a line is looked at than decides
/// which.
fn lines_around(file: &str, span: Span) -> Span {
    let bytes = file.as_bytes();
    let first = span.start.saturating_sub(LONG_OF_MANY_LINES);
    let last = (span.end + LONG_OF_MANY_LINES).min(file.len());
    let start = memchr::memrchr(b'\n', &bytes[first..span.start]).map_or(first, |at| first + at + 1);
    let end = memchr::memchr(b'\n', &bytes[span.end..last]).map_or(last, |at| span.end + at);
    if end - start <= LONG || file[span.range()].contains('\n') && end - start <= LONG_OF_MANY_LINES {
        return Span::new(start, end);
    }
    let from = span.start.saturating_sub(CONTEXT).max(start);
    let to = (span.end.min(span.start + LONG) + CONTEXT).min(end);
    let from = (from..=span.start).find(|&at| file.is_char_boundary(at)).unwrap_or(span.start);
    let to = (to..=file.len()).find(|&at| file.is_char_boundary(at)).unwrap_or(file.len());
    Span::new(from, to)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundled;
    use crate::config::Settings;
    use crate::engine::Engine;

    /// The excerpt of each finding on a heading that stands twice, and the numbers of its lines.
    fn excerpts(text: &str) -> Vec<(String, Vec<usize>)> {
        let engine = Engine::new(bundled::knowledge, |rule| rule.id == "duplicate-heading");
        let source = Source::from_text("a.md", text);
        let settings = Settings::new(jiff::civil::date(2026, 11, 23));
        let found = engine.check(&source, &settings).expect("bundled packs").diagnostics;
        let excerpts = found.iter().map(|it| Excerpt::of(&source, it));
        excerpts.map(|it| (it.file.source().clone(), it.numbers)).collect()
    }

    #[test]
    fn an_excerpt_holds_the_lines_of_its_labels_and_how_far_apart_they_are() {
        let with_lines_between =
            |lines: usize| format!("# Tea\n\n## A\n{}## A\n\nHot.\n", "x\n".repeat(lines));
        let shown = |text: &str, numbers: &[usize]| vec![(text.to_owned(), numbers.to_vec())];
        assert_eq!(excerpts(&with_lines_between(1)), shown("## A\n\n## A", &[3, 4, 5]));
        assert_eq!(excerpts(&with_lines_between(2)), shown("## A\n\n\n## A", &[3, 4, 5, 6]));
        assert_eq!(excerpts(&with_lines_between(5000)), shown("## A\n\n\n## A", &[3, 5002, 5003, 5004]));
    }
}
