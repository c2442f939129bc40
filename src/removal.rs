//! What has to change in an article so that a block is gone and all around it stays as it is.
//!
//! Only what stands on lines of its own can go; of everything else the answer is `None`.

use crate::diagnostic::Edit;
use crate::document::Document;
use crate::document::blocks::{BlockId, BlockKind, List};
use crate::span::Span;

/// The edits that remove a block; of a list item that holds nothing else, the item, with the numbers after it moved up.
pub fn of_block(document: &Document<'_>, id: BlockId) -> Option<Vec<Edit>> {
    let block = document.block(id);
    let place = &block.place;
    let can_go = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))
        && !block.html
        && place.quotes == 0
        && place.cell.is_none()
        && !place.footnote;
    if !can_go {
        return None;
    }
    let Some((list, item)) = place.item else { return removed(document, block.span, Gap::Kept) };
    let list = &document.content.lists[list];
    let it = &list.items[item];
    if it.blocks.len() > 1 {
        // Without its first block, the marker would stand before the wrong one.
        return if it.blocks.start == id { None } else { removed(document, block.span, Gap::Kept) };
    }
    let gap = if list.items.len() > 1 || list.within.is_some() { Gap::Closed } else { Gap::Kept };
    let mut edits = removed(document, it.span, gap)?;
    edits.extend(renumbered(document, list, item));
    Some(edits)
}

/// The edit that removes the lines of a span, and so many blank lines with it that none is doubled.
pub fn of_lines(document: &Document<'_>, span: Span) -> Option<Edit> {
    lines(document, span, Gap::Kept)
}

/// What becomes of the place where lines without blank lines around them stood.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// A blank line stays, so that what stood apart does not grow together.
    Kept,
    /// Nothing: items of a list.
    Closed,
}

/// A picture within the lines would go with them, and is more than what was to be removed.
fn removed(document: &Document<'_>, span: Span, gap: Gap) -> Option<Vec<Edit>> {
    let holds_picture = document.content.image_before(span.end).is_some_and(|it| it.span.overlaps(span));
    if holds_picture { None } else { Some(vec![lines(document, span, gap)?]) }
}

fn lines(document: &Document<'_>, span: Span, gap: Gap) -> Option<Edit> {
    let text = document.source.text();
    let floor = document.front_matter.as_ref().map_or(document.source.text_start(), |it| it.end);
    // No further than the next word: a line can be as long as the file.
    let is_blank = |it: char| it.is_whitespace() && !matches!(it, '\n' | '\r');
    let first = floor + text[floor..span.start].trim_end_matches(is_blank).len();
    let last = text.len() - text[span.end..].trim_start_matches(is_blank).len();
    let begins_line = first == floor || text[..first].ends_with(['\n', '\r']);
    let ends_line = last == text.len() || text[last..].starts_with(['\n', '\r']);
    if !(begins_line && ends_line) {
        return None;
    }
    let next = after_line_break(text, last);
    let next_text = after_blank_lines(text, next);
    let blank_before = before_blank_lines(text, floor, first);
    let removed = if text[next_text..].trim().is_empty() {
        Span::new(blank_before, text.len())
    } else if blank_before < first || (first == floor && document.front_matter.is_none()) {
        Span::new(first, next_text)
    } else if next < next_text || gap == Gap::Closed {
        Span::new(first, next)
    } else {
        Span::new(first, last)
    };
    Some(Edit { span: removed, text: String::new() })
}

/// Where the line after a line break at `at` begins.
fn after_line_break(text: &str, at: usize) -> usize {
    match &text.as_bytes()[at..] {
        [b'\r', b'\n', ..] => at + 2,
        [_, ..] => at + 1,
        [] => at,
    }
}

/// Where the first line with text begins, from the beginning of a line on.
fn after_blank_lines(text: &str, mut at: usize) -> usize {
    while at < text.len() {
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
        if !text[at..end].trim().is_empty() {
            break;
        }
        at = after_line_break(text, end);
    }
    at
}

/// Where the blank lines right above a line begin, but not before `floor`.
fn before_blank_lines(text: &str, floor: usize, line: usize) -> usize {
    let above = &text[floor..line];
    let written = above.trim_end();
    if written.is_empty() {
        return floor;
    }
    let end = floor + written.len();
    let line_end = text[end..line].find(['\n', '\r']).map_or(line, |at| end + at);
    after_line_break(text, line_end).min(line)
}

/// The numbers of the items after one that goes, each one less, where they counted up from the first.
fn renumbered(document: &Document<'_>, list: &List, removed: usize) -> Vec<Edit> {
    let Some(first) = list.first_number else { return Vec::new() };
    let number = |at: usize| -> Option<Span> {
        let written = document.source.slice(list.items[at].span);
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        let counts_up = written[..digits].parse::<u64>().ok()? == first.checked_add(at as u64)?;
        let start = list.items[at].span.start;
        counts_up.then(|| Span::new(start, start + digits))
    };
    let numbers: Option<Vec<Span>> = (0..list.items.len()).map(number).collect();
    let later = numbers.unwrap_or_default().into_iter().enumerate().skip(removed + 1);
    later.map(|(at, span)| Edit { span, text: (first + at as u64 - 1).to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// The text without its block that says `x`.
    fn without(text: &str) -> Option<String> {
        let source = Source::from_text("a.md", text);
        let document = Document::parse(&source);
        let id = document.content.blocks.iter().position(|it| it.prose.text() == "x").expect("an x");
        let mut text = text.to_owned();
        for edit in of_block(&document, id)?.into_iter().rev() {
            text.replace_range(edit.span.range(), &edit.text);
        }
        Some(text)
    }

    #[test]
    fn a_paragraph_goes_with_one_of_its_blank_lines() {
        assert_eq!(without("a\n\nx\n\nb\n").as_deref(), Some("a\n\nb\n"));
        assert_eq!(without("a\r\n\r\nx\r\n\r\nb\r\n").as_deref(), Some("a\r\n\r\nb\r\n"));
        assert_eq!(without("# a\nx\n\nb\n").as_deref(), Some("# a\n\nb\n"));
        assert_eq!(without("x\n\nb\n").as_deref(), Some("b\n"));
        assert_eq!(without("a\n\nx").as_deref(), Some("a\n"));
        assert_eq!(without("a\n\nx\n").as_deref(), Some("a\n"));
        assert_eq!(without("---\nt: 1\n---\n\nx\n\nb\n").as_deref(), Some("---\nt: 1\n---\n\nb\n"));
        assert_eq!(without("---\nt: 1\n---\nx\n\nb\n").as_deref(), Some("---\nt: 1\n---\n\nb\n"));
        assert_eq!(without("\u{feff}x\n\nb\n").as_deref(), Some("\u{feff}b\n"));
    }

    #[test]
    fn what_stood_apart_does_not_grow_together() {
        assert_eq!(without("# a\nx\n# b\n").as_deref(), Some("# a\n\n# b\n"));
    }

    #[test]
    fn an_item_goes_and_the_numbers_move_up() {
        assert_eq!(without("1. a\n2. x\n3. b\n4. c\n").as_deref(), Some("1. a\n2. b\n3. c\n"));
        assert_eq!(without("1. x\n2. b\n").as_deref(), Some("1. b\n"));
        assert_eq!(without("1. a\n1. x\n1. b\n").as_deref(), Some("1. a\n1. b\n"));
        assert_eq!(without("- a\n\n- x\n\n- b\n\nc\n").as_deref(), Some("- a\n\n- b\n\nc\n"));
        assert_eq!(without("- a\n- **x**\n\nc\n").as_deref(), Some("- a\n\nc\n"));
        assert_eq!(without("- a\n  - x\n- b\n").as_deref(), Some("- a\n- b\n"));
    }

    #[test]
    fn what_shares_its_lines_stays() {
        assert_eq!(without("- x\n\n  more\n"), None);
        assert_eq!(without("- - x\n  - b\n"), None);
        assert_eq!(without("> x\n"), None);
    }
}
