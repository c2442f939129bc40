//! An article as it reads, line by line, with what is found beside or below. Long stretches without a finding are
//! folded; of very long articles only the surroundings of findings are taken into the page.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

use super::article::Article;
use super::marks::{self, Kind, Mark};
use super::note;
use crate::source::Source;
use crate::span::Span;

/// Lines with text that stay open before and after one with a finding.
const AROUND: usize = 2;
/// A stretch of fewer lines is not worth folding.
const FOLDED: usize = 6;
/// How many bytes of an article may stand in folds.
const ROOM: usize = 96 * 1024;

/// Writes all lines of an article that belong in the page.
pub(super) fn write(article: &Article<'_>, out: &mut dyn Write) -> io::Result<()> {
    let marks = marks_of(article);
    let lines = lines_of(article.source, &marks);
    let mut parts = parts_of(&lines);
    leave_out(&mut parts, &lines);
    writeln!(out, "<div class=\"text\">")?;
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Open(line) => {
                write_line(article, &lines[*line], &marks, out)?;
                let beside = parts[index + 1..].iter().take_while(|it| !it.has_notes(&lines)).count();
                write_notes(article, &lines[*line], beside, out)?;
            }
            Part::Folded(range) => {
                write!(
                    out,
                    "<details class=\"fold\"><summary>{} lines without findings</summary>",
                    range.len()
                )?;
                for line in &lines[range.clone()] {
                    write_line(article, line, &marks, out)?;
                }
                writeln!(out, "</details>")?;
            }
            Part::LeftOut(number) => {
                writeln!(
                    out,
                    "<p class=\"gap\">{number} lines without findings are left out of this page</p>"
                )?;
            }
        }
    }
    writeln!(out, "</div>")
}

/// A line with text, or one without that a finding begins in.
struct Line {
    number: usize,
    span: Span,
    /// Where the next line begins.
    next: usize,
    look: Look,
    /// Which marks touch it.
    marks: Vec<usize>,
    /// Which findings begin in it, from 0.
    begins: Vec<usize>,
}

/// How a line shows; a guess from its first characters that nothing else rests on.
#[derive(Clone, Copy)]
enum Look {
    Prose,
    Heading,
    Item,
    Code,
}

/// What the page shows in a row.
enum Part {
    Open(usize),
    Folded(Range<usize>),
    LeftOut(usize),
}

impl Part {
    fn has_notes(&self, lines: &[Line]) -> bool {
        matches!(self, Self::Open(line) if !lines[*line].begins.is_empty())
    }
}

/// By where they begin.
fn marks_of(article: &Article<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (index, diagnostic) in article.diagnostics.iter().enumerate() {
        let number = index + 1;
        let kind = Kind::First(diagnostic.severity, article.finding_id(diagnostic));
        marks.push(Mark { span: diagnostic.place.span, number, kind });
        for label in diagnostic.labels_within() {
            marks.push(Mark { span: label.place.span, number, kind: Kind::Second });
        }
    }
    marks.sort_by_key(|mark| (mark.span.start, mark.number));
    marks
}

fn lines_of(source: &Source, marks: &[Mark]) -> Vec<Line> {
    let spans: Vec<Span> = source.lines().collect();
    let mut lines = Vec::new();
    let mut looks = Looks::default();
    let mut coming = marks.iter().enumerate().peekable();
    let mut active: Vec<usize> = Vec::new();
    for (index, &span) in spans.iter().enumerate() {
        let next = spans.get(index + 1).map_or(usize::MAX, |it| it.start);
        active.retain(|&mark| span.start < marks[mark].span.end);
        let mut begins = Vec::new();
        while let Some((at, mark)) = coming.next_if(|(_, mark)| mark.span.start < next) {
            active.push(at);
            if mark.kind != Kind::Second {
                begins.push(mark.number - 1);
            }
        }
        let text = source.slice(span);
        let look = looks.of(text, index == 0);
        if text.trim().is_empty() && begins.is_empty() {
            continue;
        }
        lines.push(Line { number: index + 1, span, next, look, marks: active.clone(), begins });
    }
    lines
}

/// What the lines before say of the next one.
#[derive(Default)]
struct Looks {
    in_front_matter: bool,
    in_fence: bool,
}

impl Looks {
    fn of(&mut self, line: &str, is_first: bool) -> Look {
        let start = line.trim_start();
        let is_rule = line.trim_end() == "---";
        if self.in_front_matter || is_first && is_rule {
            self.in_front_matter = is_first || !is_rule;
            return Look::Code;
        }
        if start.starts_with("```") || start.starts_with("~~~") {
            self.in_fence = !self.in_fence;
            return Look::Code;
        }
        let numbered = start.trim_start_matches(|it: char| it.is_ascii_digit());
        let is_numbered = numbered.len() < start.len() && numbered.starts_with(['.', ')']);
        if self.in_fence || start.starts_with(['|', '<']) {
            Look::Code
        } else if start.starts_with('#') {
            Look::Heading
        } else if is_numbered || ["- ", "* ", "+ "].iter().any(|it| start.starts_with(it)) {
            Look::Item
        } else {
            Look::Prose
        }
    }
}

fn parts_of(lines: &[Line]) -> Vec<Part> {
    let mut is_open = vec![false; lines.len()];
    // A finding about a whole section does not keep all of it open.
    let mut seen = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        for mark in &line.marks {
            let lines_before = seen.entry(*mark).or_insert(0);
            *lines_before += 1;
            if *lines_before <= AROUND {
                is_open[at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())].fill(true);
            }
        }
    }
    let mut parts = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let closed = is_open[at..].iter().take_while(|it| !**it).count();
        if closed >= FOLDED {
            parts.push(Part::Folded(at..at + closed));
        } else {
            parts.extend((at..at + closed).map(Part::Open));
        }
        at += closed;
        let open = is_open[at..].iter().take_while(|it| **it).count();
        parts.extend((at..at + open).map(Part::Open));
        at += open;
    }
    parts
}

/// Leaves out what stands in folds from where there is no more room for it.
fn leave_out(parts: &mut [Part], lines: &[Line]) {
    let mut taken = 0;
    for part in parts {
        let Part::Folded(range) = part else { continue };
        taken += lines[range.clone()].iter().map(|line| line.span.len()).sum::<usize>();
        if taken > ROOM {
            *part = Part::LeftOut(range.len());
        }
    }
}

fn write_line(article: &Article<'_>, line: &Line, marks: &[Mark], out: &mut dyn Write) -> io::Result<()> {
    let class = match line.look {
        Look::Prose => "",
        Look::Heading => " class=\"heading\"",
        Look::Item => " class=\"item\"",
        Look::Code => " class=\"code\"",
    };
    write!(out, "<p{class} data-n=\"{}\" dir=\"auto\">", line.number)?;
    let touching: Vec<&Mark> = line.marks.iter().map(|&mark| &marks[mark]).collect();
    marks::write(out, article.source.text(), line.span, line.next, &touching)?;
    writeln!(out, "</p>")
}

fn write_notes(article: &Article<'_>, line: &Line, beside: usize, out: &mut dyn Write) -> io::Result<()> {
    /// As many as the style sheet has classes for.
    const ROWS: usize = 9;
    if line.begins.is_empty() {
        return Ok(());
    }
    writeln!(out, "<div class=\"notes over{}\">", (beside + 1).min(ROWS))?;
    for &index in &line.begins {
        note::write(article, index, out)?;
    }
    writeln!(out, "</div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(text: &str) -> String {
        let mut looks = Looks::default();
        let letter = |(index, line)| match looks.of(line, index == 0) {
            Look::Prose => 'p',
            Look::Heading => 'h',
            Look::Item => 'i',
            Look::Code => 'c',
        };
        text.lines().enumerate().map(letter).collect()
    }

    #[test]
    fn lines_look_like_what_they_begin_as() {
        assert_eq!(
            looks("---\na: b\n---\n# A\ntext\n- b\n 12. c\n---\n```\n# no\n```\n# yes"),
            "ccchpiipccch"
        );
    }
}
