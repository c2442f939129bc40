//! A YAML scalar as prose: its value laid over the bytes that it was written with.

use super::prose::Prose;
use crate::span::Span;

/// Lays the value of a scalar over its source: equal bytes are verbatim, an escape or a folded line break is one piece.
pub(super) fn align(value: &str, span: Span, file: &str) -> Prose {
    let mut prose = Prose::default();
    let source = &file[span.range()];
    let mut at = content_start(source);
    let mut rest = value;
    while let Some(first) = rest.chars().next() {
        let here = &source[at..];
        let equal = here
            .bytes()
            .zip(rest.bytes())
            .take_while(|(a, b)| a == b && !matches!(a, b'\n' | b'\r' | b'\\'))
            .count();
        let equal = floor_boundary(rest, equal);
        if equal > 0 {
            prose.push_verbatim(&rest[..equal], span.start + at);
            at += equal;
            rest = &rest[equal..];
            continue;
        }
        let length = if here.starts_with('\\') {
            escape_length(here)
        } else if here.starts_with("''") {
            2
        } else {
            here.bytes().take_while(u8::is_ascii_whitespace).count()
        };
        if length == 0 {
            break;
        }
        // An escaped line break stands for nothing at all.
        let stands_for_nothing = here.starts_with("\\\n") || here.starts_with("\\\r");
        if !stands_for_nothing {
            prose.push_replaced(
                &rest[..first.len_utf8()],
                Span::new(span.start + at, span.start + at + length),
            );
            rest = &rest[first.len_utf8()..];
            // Blank lines fold to line breaks of their own, within the same white space.
            while first == '\n' && rest.starts_with('\n') {
                prose.push_replaced("\n", Span::new(span.start + at, span.start + at + length));
                rest = &rest[1..];
            }
        }
        at += length;
    }
    if !rest.trim().is_empty() {
        prose.push_replaced(rest, Span::new(span.start + at.min(source.len()), span.end));
    }
    prose
}

/// Where the content begins: after a quote, or after the header line of a block scalar and its indentation.
fn content_start(source: &str) -> usize {
    if source.starts_with(['"', '\'']) {
        return 1;
    }
    if source.starts_with(['|', '>']) {
        let header = source.find('\n').map_or(source.len(), |it| it + 1);
        return header + source[header..].bytes().take_while(u8::is_ascii_whitespace).count();
    }
    0
}

fn escape_length(text: &str) -> usize {
    let length = match text.as_bytes().get(1) {
        Some(b'x') => 4,
        Some(b'u') => 6,
        Some(b'U') => 10,
        Some(b'\n' | b'\r') => 1 + text[1..].bytes().take_while(u8::is_ascii_whitespace).count(),
        Some(_) => 1 + text[1..].chars().next().map_or(0, char::len_utf8),
        None => 1,
    };
    if text.is_char_boundary(length.min(text.len())) { length.min(text.len()) } else { text.len() }
}

fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&it| text.is_char_boundary(it)).unwrap_or(0)
}
