//! Where a comment has to stand that allows a finding: tried, not guessed.
//!
//! A place is offered only if the article with the comment in it still reads the same, the finding is gone and no other
//! has come, but for the one that asks for the reason, which is left to the writer.

use super::checks::{Checked, Checker};
use crate::diagnostic::{Diagnostic, Edit};
use crate::document::Document;
use crate::document::blocks::Block;
use crate::engine::is_suppressible;
use crate::fix::line_break_of;
use crate::rules::unexplained_suppression;
use crate::source::Source;
use crate::span::Span;

/// A comment to insert.
pub(super) struct Comment {
    /// What it is offered as.
    pub(super) title: String,
    /// Puts it in.
    pub(super) edit: Edit,
}

/// The comment that allows a finding, as near to it as one works; `None` where none can.
pub(super) fn comment(article: &Checked, finding: &Diagnostic, checker: &Checker) -> Option<Comment> {
    let settings = article.settings.as_ref()?;
    if !is_suppressible(finding.rule) || settings.non_suppressible.contains(finding.rule) {
        return None;
    }
    let source = &article.revision.source;
    let document = Document::parse_as(source, settings.dialect);
    places(&document, finding.place.span.start).into_iter().find_map(|place| {
        let edit = place.edit(source, finding.rule);
        let (before, after) = source.text().split_at(edit.span.start);
        let changed = Source::from_text(source.path(), [before, &edit.text, after].concat());
        let reads_on = reads_the_same(&document, &Document::parse_as(&changed, settings.dialect));
        let works = reads_on && {
            let after = checker.recheck(&changed, settings).ok()?;
            takes_away(&edit, finding, article, &after.diagnostics)
        };
        let title = format!("Allow `{}` {}, with a reason", finding.rule, place.scope());
        works.then_some(Comment { title, edit })
    })
}

/// Where a comment can stand.
struct Place {
    at: usize,
    /// What the comment's line begins with.
    prefix: String,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// At the end of a line that is a block, for that block.
    Inside,
    /// Before the next block.
    Block,
    /// Before a heading, for all that stands under it.
    Section,
    /// Before the next key of the front matter.
    Key,
    /// For the file, in its body.
    File,
    /// For the file, in its front matter.
    FrontMatterOfFile,
}

impl Place {
    fn edit(&self, source: &Source, rule: &str) -> Edit {
        let prefix = &self.prefix;
        let end = line_break_of(source.text());
        let text = match self.kind {
            Kind::Inside => format!(" <!-- soreaid-lint: allow({rule}) reason:  -->"),
            Kind::Block | Kind::Section => {
                format!("{prefix}<!-- soreaid-lint: allow({rule}) reason:  -->{end}")
            }
            Kind::Key => format!("# soreaid-lint: allow({rule}) reason: {end}"),
            Kind::File => format!("<!-- soreaid-lint: allow-file({rule}) reason:  -->{end}"),
            Kind::FrontMatterOfFile => format!("# soreaid-lint: allow-file({rule}) reason: {end}"),
        };
        Edit { span: Span::empty(self.at), text }
    }

    fn scope(&self) -> &'static str {
        match self.kind {
            Kind::Inside | Kind::Block | Kind::Key => "here",
            Kind::Section => "in this section",
            Kind::File | Kind::FrontMatterOfFile => "in this article",
        }
    }
}

/// The nearest first.
fn places(document: &Document<'_>, at: usize) -> Vec<Place> {
    let source = document.source;
    let text = source.text();
    let plain = |at: usize, kind: Kind| Place { at, prefix: String::new(), kind };
    let Some(front_matter) = &document.front_matter else {
        let mut found = places_in_body(document, at);
        found.push(plain(source.text_start(), Kind::File));
        return found;
    };
    let fence_end = front_matter.fence.end;
    let mut found = if at < front_matter.end {
        key_before(source, fence_end, at).map(|at| plain(at, Kind::Key)).into_iter().collect()
    } else {
        places_in_body(document, at)
    };
    let first_line = text[fence_end..].find('\n').map(|it| fence_end + it + 1);
    found.extend(first_line.map(|at| plain(at, Kind::FrontMatterOfFile)));
    found
}

fn places_in_body(document: &Document<'_>, at: usize) -> Vec<Place> {
    let source = document.source;
    let content = &document.content;
    let mut found = Vec::new();
    let block = content.blocks.iter().rposition(|it| it.span.start <= at && at <= it.span.end);
    let heading = block.and_then(|it| document.outline.heading_at(it));
    let block: Option<&Block> = block.map(|it| &content.blocks[it]);
    // A comment before a heading covers its section. In a marked heading there is no better place, for some sites make
    // its address of all that stands there.
    if let (Some(block), Some(heading)) = (block, heading)
        && !heading.marked
    {
        found.push(Place { at: block.span.end, prefix: String::new(), kind: Kind::Inside });
    }
    let kind = if heading.is_some() { Kind::Section } else { Kind::Block };
    let start = block.map_or(at, |it| it.span.start);
    let around = content.lists.iter().map(|it| it.span).chain(content.tables.iter().map(|it| it.span));
    let around = around.filter(|it| it.start <= at && at < it.end).map(|it| (it.start, Kind::Block));
    let mut starts: Vec<(usize, Kind)> = around.chain([(start, kind)]).collect();
    starts.sort_by_key(|&(start, _)| std::cmp::Reverse(start));
    found.extend(starts.into_iter().filter_map(|(start, kind)| {
        let line = source.line_start(start).max(source.text_start());
        let prefix = &source.text()[line..start];
        // Only what is no mark of a list item may stand before a comment in its line.
        let is_plain = prefix.chars().all(|it| matches!(it, ' ' | '\t' | '>'));
        is_plain.then(|| Place { at: line, prefix: prefix.to_owned(), kind })
    }));
    found
}

/// The line of the outermost key that holds a byte: further in, a comment could be part of a text.
fn key_before(source: &Source, fence_end: usize, at: usize) -> Option<usize> {
    let text = source.text();
    let lines = source.lines().filter(|line| fence_end < line.start && line.start <= at);
    let begins_key =
        |line: &Span| text[line.range()].starts_with(|it: char| it.is_alphanumeric() || "\"'_".contains(it));
    lines.filter(begins_key).last().map(|line| line.start)
}

/// Whether two articles have the same blocks with the same words, and the same headings.
fn reads_the_same(one: &Document<'_>, other: &Document<'_>) -> bool {
    let same_blocks = one.content.blocks.iter().map(shape).eq(other.content.blocks.iter().map(shape));
    same_blocks && one.outline.headings == other.outline.headings
}

fn shape(block: &Block) -> impl PartialEq {
    (block.kind, block.place, block.prose.text().trim().to_owned())
}

/// Whether a finding is gone after an edit, and all that is found was found before.
fn takes_away(edit: &Edit, finding: &Diagnostic, before: &Checked, after: &[Diagnostic]) -> bool {
    let end = edit.span.start + edit.text.len();
    let moved = |it: &Diagnostic| {
        let start = it.place.span.start;
        (it.rule, if edit.span.start <= start { start + edit.text.len() } else { start })
    };
    let place = |it: &Diagnostic| (it.rule, it.place.span.start);
    let mut others: Vec<_> = before
        .findings
        .iter()
        .map(|(it, _)| it)
        .filter(|it| place(it) != place(finding))
        .map(moved)
        .collect();
    let asks_for_reason = |it: &Diagnostic| {
        it.rule == unexplained_suppression::RULE.id && (edit.span.start..end).contains(&it.place.span.start)
    };
    after.iter().filter(|it| !asks_for_reason(it)).map(place).all(|it| {
        // What is said of the first line of an article is said of the comment when that is the first line.
        let of_the_begin = (it.0, it.1 + edit.text.len());
        let is_known = |other: &_| *other == it || (it.1 == edit.span.start && *other == of_the_begin);
        let known = others.iter().position(is_known);
        known.map(|at| others.swap_remove(at)).is_some()
    })
}
