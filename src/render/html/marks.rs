//! One line of an article with its findings marked in place. Marks may overlap: a line is cut wherever one begins or
//! ends, and a piece looks like the worst finding that it belongs to.

use std::io::{self, Write};

use super::markup::Text;
use crate::severity::Severity;
use crate::span::Span;

/// A place that a finding speaks of.
pub(super) struct Mark {
    pub(super) span: Span,
    /// Which finding of the article, from 1.
    pub(super) number: usize,
    pub(super) kind: Kind,
}

/// What a place is to its finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Another place that matters.
    Second,
    /// Where the finding is, how bad it is, and what links know the finding by.
    First(Severity, String),
}

impl Kind {
    /// Orders marks by how much they have to stand out.
    fn severity(&self) -> Option<Severity> {
        match self {
            Self::Second => None,
            Self::First(severity, _) => Some(*severity),
        }
    }
}

/// Writes the text of a line; `marks` are those that touch it, `next` is where the line after it begins.
pub(super) fn write(
    out: &mut dyn Write,
    text: &str,
    line: Span,
    next: usize,
    marks: &[&Mark],
) -> io::Result<()> {
    let within = |at: usize| at.clamp(line.start, line.end);
    let begins_here = |mark: &Mark| line.start <= mark.span.start && mark.span.start < next;
    let mut cuts = vec![line.start, line.end];
    for mark in marks {
        cuts.extend([within(mark.span.start), within(mark.span.end)]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    // Like notes at the foot of a page, a finding's number stands after its words.
    let mut numbers: Vec<(usize, &Mark)> = marks
        .iter()
        .filter(|mark| mark.kind != Kind::Second && begins_here(mark))
        .map(|mark| (within(mark.span.end), *mark))
        .collect();
    numbers.sort_by_key(|(at, mark)| (*at, mark.number));
    let mut numbers = numbers.into_iter().peekable();
    let room = Room::of(line);
    let mut active: Vec<&Mark> = Vec::new();
    let mut coming = marks.iter().peekable();
    for (index, &cut) in cuts.iter().enumerate() {
        while let Some((_, mark)) = numbers.next_if(|(at, _)| *at <= cut) {
            write_number(out, mark)?;
        }
        let Some(&end) = cuts.get(index + 1) else { break };
        while let Some(mark) = coming.next_if(|mark| within(mark.span.start) <= cut) {
            active.push(mark);
        }
        active.retain(|mark| cut < within(mark.span.end));
        write_piece(out, room.shown(&text[cut..end]), &active)?;
    }
    Ok(())
}

fn write_piece(
    out: &mut dyn Write,
    (head, left_out, tail): (&str, usize, &str),
    marks: &[&Mark],
) -> io::Result<()> {
    let worst = marks.iter().map(|mark| mark.kind.severity()).max();
    if let Some(worst) = worst {
        let numbers: Vec<String> = marks.iter().map(|mark| mark.number.to_string()).collect();
        let class = worst.map_or("second", Severity::word);
        write!(out, "<mark class=\"{class}\" data-of=\"{}\">", numbers.join(" "))?;
    }
    write!(out, "{}", Text(head))?;
    if left_out > 0 {
        write!(out, "<span class=\"cut\"> … {left_out} characters left out … </span>{}", Text(tail))?;
    }
    if worst.is_some() {
        write!(out, "</mark>")?;
    }
    Ok(())
}

fn write_number(out: &mut dyn Write, mark: &Mark) -> io::Result<()> {
    let Kind::First(severity, id) = &mark.kind else { return Ok(()) };
    let number = mark.number;
    write!(
        out,
        "<a class=\"number {severity}\" id=\"{id}-m\" href=\"#{id}\" data-of=\"{number}\" \
         aria-label=\"{severity} {number}\">{number}</a>"
    )
}

/// How much of each piece of a line is shown: all, unless the line is longer than any paragraph.
#[derive(Clone, Copy)]
enum Room {
    All,
    Ends,
}

impl Room {
    fn of(line: Span) -> Self {
        const LONG: usize = 6000;
        if line.len() <= LONG { Self::All } else { Self::Ends }
    }

    /// The beginning, how many characters are left out, and the end.
    fn shown(self, piece: &str) -> (&str, usize, &str) {
        const END: usize = 400;
        if matches!(self, Self::All) || piece.len() <= 4 * END {
            return (piece, 0, "");
        }
        let boundary_from = |at: usize| (at..piece.len()).find(|&it| piece.is_char_boundary(it));
        let head = boundary_from(END).unwrap_or_default();
        let tail = boundary_from(piece.len() - END).unwrap_or(piece.len());
        (&piece[..head], piece[head..tail].chars().count(), &piece[tail..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize, Option<Severity>)]) -> String {
        let marks: Vec<Mark> = marks
            .iter()
            .enumerate()
            .map(|(index, &(start, end, severity))| Mark {
                span: Span::new(start, end),
                number: index + 1,
                kind: severity.map_or(Kind::Second, |it| Kind::First(it, format!("f{}", index + 1))),
            })
            .collect();
        let mut out = Vec::new();
        let line = Span::new(0, text.len());
        write(&mut out, text, line, text.len() + 1, &marks.iter().collect::<Vec<_>>())
            .expect("memory takes all");
        let html = String::from_utf8(out).expect("UTF-8");
        // Links are tested elsewhere; here their numbers say where they stand.
        html.split("<a ")
            .map(|part| {
                part.split_once("\">").map_or(part, |(attributes, rest)| {
                    if attributes.starts_with("class=\"number") { rest } else { part }
                })
            })
            .collect::<Vec<_>>()
            .concat()
            .replace("</a>", "")
    }

    #[test]
    fn marks_that_overlap_are_cut_into_pieces_and_the_worst_shows() {
        let html = shown("abcdef", &[(0, 4, Some(Severity::Note)), (2, 6, Some(Severity::Error))]);
        assert_eq!(
            html,
            "<mark class=\"note\" data-of=\"1\">ab</mark><mark class=\"error\" data-of=\"1 2\">cd</mark>1\
             <mark class=\"error\" data-of=\"2\">ef</mark>2"
        );
    }

    #[test]
    fn a_place_without_words_has_its_number_alone() {
        assert_eq!(shown("ab", &[(1, 1, Some(Severity::Warning))]), "a1b");
        assert_eq!(shown("", &[(0, 0, Some(Severity::Warning))]), "1");
    }

    #[test]
    fn a_second_place_is_marked_and_has_no_number() {
        assert_eq!(shown("ab", &[(0, 1, None)]), "<mark class=\"second\" data-of=\"1\">a</mark>b");
    }

    #[test]
    fn of_a_line_longer_than_any_paragraph_the_ends_are_shown() {
        let html = shown(&"é".repeat(5000), &[]);
        assert!(html.contains("left out"), "{html}");
        assert!(html.len() < 2000, "{}", html.len());
    }
}
