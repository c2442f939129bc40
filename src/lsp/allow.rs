//! Where a comment has to stand that allows a finding: tried, not guessed.
//!
//! A place is offered only if the article with the comment in it still reads the same and the comment covers the
//! finding. The reason is left for the writer.

use crate::config::Settings;
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::engine::is_suppressible;
use crate::source::Source;
use crate::span::Span;
use crate::suppression::{Says, instructions};

/// A comment to insert.
pub(super) struct Comment {
    /// What it is offered as.
    pub(super) title: String,
    /// Puts it in.
    pub(super) edit: Edit,
}

/// The comment that allows a finding, as near to it as one works; `None` where none can.
pub(super) fn comment(source: &Source, finding: &Diagnostic, settings: &Settings) -> Option<Comment> {
    if !is_suppressible(finding.rule) || settings.non_suppressible.contains(finding.rule) {
        return None;
    }
    let document = Document::parse_as(source, settings.dialect);
    let at = finding.place.span.start;
    let places = places(&document, at);
    let edit = places.into_iter().map(|place| place.edit(source, finding.rule)).find(|edit| {
        let text = source.text();
        let text = [&text[..edit.span.start], &edit.text, &text[edit.span.start..]].concat();
        let changed = Source::from_text(source.path(), text);
        let after = Document::parse_as(&changed, settings.dialect);
        let moved = if edit.span.start <= at { at + edit.text.len() } else { at };
        reads_the_same(&document, &after) && covers(&after, finding.rule, moved)
    })?;
    let scope = if edit.text.contains("allow-file(") { "in this article" } else { "here" };
    Some(Comment { title: format!("Allow `{}` {scope}, with a reason", finding.rule), edit })
}

/// A line to put a comment before.
struct Place {
    at: usize,
    /// What the comment's line begins with.
    prefix: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// Before the next block.
    Block,
    /// Before the next key of the front matter.
    Key,
    /// For the file, in its body.
    File,
    /// For the file, in its front matter.
    FrontMatterOfFile,
}

impl Place {
    fn edit(&self, source: &Source, rule: &str) -> Edit {
        let words = match self.kind {
            Kind::Block => format!("<!-- soreaid-lint: allow({rule}) reason:  -->"),
            Kind::Key => format!("# soreaid-lint: allow({rule}) reason: "),
            Kind::File => format!("<!-- soreaid-lint: allow-file({rule}) reason:  -->"),
            Kind::FrontMatterOfFile => format!("# soreaid-lint: allow-file({rule}) reason: "),
        };
        let end = end_of_lines(source.text());
        Edit { span: Span::empty(self.at), text: format!("{}{words}{end}", self.prefix) }
    }
}

/// The nearest first.
fn places(document: &Document<'_>, at: usize) -> Vec<Place> {
    let source = document.source;
    let text = source.text();
    let mut found = Vec::new();
    if let Some(front_matter) = &document.front_matter {
        let first = text[front_matter.fence.end..].find('\n').map(|it| front_matter.fence.end + it + 1);
        if at < front_matter.end {
            found.extend(key_before(source, front_matter.fence.end, at));
        }
        found.extend(first.map(|at| Place { at, prefix: String::new(), kind: Kind::FrontMatterOfFile }));
        if at < front_matter.end {
            return found;
        }
    }
    let content = &document.content;
    let block = content.blocks.iter().rfind(|it| it.span.start <= at && at <= it.span.end);
    let start = block.map_or(at, |it| it.span.start.min(at));
    let around = content.lists.iter().map(|it| it.span).chain(content.tables.iter().map(|it| it.span));
    let mut starts: Vec<usize> =
        around.filter(|it| it.start <= at && at < it.end).map(|it| it.start).collect();
    starts.push(start);
    starts.sort_unstable_by_key(|&it| std::cmp::Reverse(it));
    let before_lines = starts.into_iter().filter_map(|start| {
        let line = source.line_start(start).max(source.text_start());
        let prefix = &text[line..start];
        // Only what is no mark of a list item may stand before a comment in its line.
        let is_plain = prefix.chars().all(|it| matches!(it, ' ' | '\t' | '>'));
        is_plain.then(|| Place { at: line, prefix: prefix.to_owned(), kind: Kind::Block })
    });
    let mut all: Vec<Place> = before_lines.collect();
    all.append(&mut found);
    if document.front_matter.is_none() {
        all.push(Place { at: source.text_start(), prefix: String::new(), kind: Kind::File });
    }
    all
}

/// Before the line of the outermost key that holds a byte: further in, a comment could be part of a text.
fn key_before(source: &Source, fence_end: usize, at: usize) -> Option<Place> {
    let text = source.text();
    let lines = source.lines().filter(|line| fence_end < line.start && line.start <= at);
    let begins_key =
        |line: &Span| text[line.range()].starts_with(|it: char| it.is_alphanumeric() || "\"'_".contains(it));
    let line = lines.filter(begins_key).last()?;
    Some(Place { at: line.start, prefix: String::new(), kind: Kind::Key })
}

/// As the article ends its lines.
fn end_of_lines(text: &str) -> &'static str {
    let first = memchr::memchr2(b'\n', b'\r', text.as_bytes());
    match first.map(|at| &text[at..]) {
        Some(rest) if rest.starts_with("\r\n") => "\r\n",
        Some(rest) if rest.starts_with('\r') => "\r",
        _ => "\n",
    }
}

/// Whether two articles have the same blocks with the same words.
fn reads_the_same(one: &Document<'_>, other: &Document<'_>) -> bool {
    let blocks = |it: &Document<'_>| -> Vec<_> {
        let blocks = it.content.blocks.iter();
        blocks.map(|it| (it.kind, it.place, it.prose.text().to_owned())).collect()
    };
    blocks(one) == blocks(other)
}

fn covers(document: &Document<'_>, rule: &str, at: usize) -> bool {
    instructions(document).iter().any(|it| match &it.says {
        Says::Allow(allow) => {
            allow.rules.iter().any(|it| it.id == rule)
                && allow.covers.start <= at
                && at < allow.covers.end.max(1)
        }
        Says::Unclear(_) => false,
    })
}
