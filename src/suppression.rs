//! Comments in an article that allow findings: what they say, what they cover, and which of them were needed.
//!
//! Knows no rules: whether a name is one is asked of the caller.

use std::cell::{Cell, LazyCell};
use std::cmp::Reverse;
use std::collections::HashMap;

use crate::document::Document;
use crate::document::blocks::{Block, BlockId};
use crate::source::Source;
use crate::span::{Layers, Span};

/// One comment to this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// The words of the comment, without its delimiters.
    pub span: Span,
    /// What they say.
    pub says: Says,
}

/// What a comment to this program says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// It allows findings.
    Allow(Allow),
    /// Nothing that can be understood.
    Unclear(Unclear),
}

/// A comment that allows findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The rules, each where it is named.
    pub rules: Vec<Named>,
    /// What follows the rules.
    pub reason: Reason,
    /// Findings that begin in here are allowed.
    pub covers: Span,
}

/// A rule as a comment names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Its id, as written.
    pub id: String,
    /// Where.
    pub span: Span,
}

/// Why findings are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// `reason:` and words after it.
    Given,
    /// Nothing, or no words after `reason:`.
    Missing,
    /// Something else than `reason:`, which begins here.
    Unlabelled(Span),
}

/// Why a comment cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// It begins with another word than `allow` or `allow-file`.
    Verb(String),
    /// There is no `(`…`)` after the verb.
    NoRules,
    /// The parentheses hold nothing.
    EmptyRules,
}

const NAME: &str = "soreaid-lint";

/// All comments to this program, in reading order.
pub fn instructions(document: &Document<'_>) -> Vec<Instruction> {
    let source = document.source;
    let mut found = Vec::new();
    for (span, covers) in yaml_comments(document) {
        found.extend(instruction(source, inside(source, span, "#", ""), || covers));
    }
    let wholes = LazyCell::new(|| Wholes::of(document));
    for &span in &document.content.comments {
        let covers = || wholes.next(span);
        found.extend(instruction(source, inside(source, span, "<!--", "-->"), covers));
    }
    found
}

/// The comments of the front matter, from their `#` on, and what each covers.
fn yaml_comments(document: &Document<'_>) -> Vec<(Span, Span)> {
    let Some(front_matter) = &document.front_matter else { return Vec::new() };
    let text = document.source.text();
    let mut at = front_matter.fence.end;
    let mut found = Vec::new();
    for line in text[at..front_matter.end].split_inclusive('\n') {
        let comment = line.trim();
        if comment.starts_with('#') {
            let start = at + (line.len() - line.trim_start().len());
            found.push(Span::new(start, start + comment.len()));
        }
        at += line.len();
    }
    // From the last one up: what stands right above another covers the same key.
    let mut below: Option<(Span, Span)> = None;
    let mut covered = Vec::with_capacity(found.len());
    for comment in found.into_iter().rev() {
        let covers = match below {
            Some((next, covers)) if text[comment.end..next.start].trim().is_empty() => {
                let is_nothing = covers.is_empty();
                Span::new(comment.end, if is_nothing { comment.end } else { covers.end })
            }
            _ => next_yaml_key(document, comment.end),
        };
        below = Some((comment, covers));
        covered.push((comment, covers));
    }
    covered.reverse();
    covered
}

/// A comment's words.
fn inside(source: &Source, comment: Span, open: &str, close: &str) -> Span {
    let text = source.slice(comment);
    let text = text.strip_prefix(open).unwrap_or(text);
    let start = comment.end - text.len();
    let text = text.strip_suffix(close).unwrap_or(text);
    let start = start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

fn instruction(source: &Source, span: Span, covers: impl FnOnce() -> Span) -> Option<Instruction> {
    let words = Words { text: source.slice(span), start: span.start };
    let words = words.after(NAME)?.trimmed();
    let (words, addressed) = match words.after(":") {
        Some(rest) => (rest.trimmed(), true),
        None => (words, false),
    };
    // Without the colon only `allow` shows that the comment is meant for this program.
    if !addressed && !words.text.starts_with("allow") {
        return None;
    }
    let says = says(source, words, covers).map_or_else(Says::Unclear, Says::Allow);
    Some(Instruction { span, says })
}

fn says(source: &Source, words: Words<'_>, covers: impl FnOnce() -> Span) -> Result<Allow, Unclear> {
    let verb_end = words.text.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(words.text.len());
    let verb = &words.text[..verb_end];
    let covers = match verb {
        "allow" => covers(),
        "allow-file" => Span::new(0, source.text().len()),
        _ => return Err(Unclear::Verb(verb.to_owned())),
    };
    let list = words.from(verb_end).trimmed().after("(").ok_or(Unclear::NoRules)?;
    let close = list.text.find(')').ok_or(Unclear::NoRules)?;
    let mut rules = Vec::new();
    let mut at = 0;
    for name in list.text[..close].split(',') {
        let start = list.start + at + (name.len() - name.trim_start().len());
        at += name.len() + 1;
        let name = name.trim();
        if !name.is_empty() {
            rules.push(Named { id: name.to_owned(), span: Span::new(start, start + name.len()) });
        }
    }
    if rules.is_empty() {
        return Err(Unclear::EmptyRules);
    }
    let rest = list.from(close + 1).trimmed();
    let reason = match rest.after("reason:") {
        Some(why) if why.text.chars().any(char::is_alphanumeric) => Reason::Given,
        Some(_) => Reason::Missing,
        None if rest.text.is_empty() => Reason::Missing,
        None => Reason::Unlabelled(Span::new(rest.start, rest.start + rest.text.len())),
    };
    Ok(Allow { rules, reason, covers })
}

/// Words, and where they stand in the file.
#[derive(Clone, Copy)]
struct Words<'s> {
    text: &'s str,
    start: usize,
}

impl Words<'_> {
    fn from(self, at: usize) -> Self {
        Self { text: &self.text[at..], start: self.start + at }
    }

    fn after(self, prefix: &str) -> Option<Self> {
        self.text.starts_with(prefix).then(|| self.from(prefix.len()))
    }

    fn trimmed(self) -> Self {
        self.from(self.text.len() - self.text.trim_start().len())
    }
}

/// What comments can cover, in order.
struct Wholes<'d> {
    document: &'d Document<'d>,
    blocks: Layers,
    /// Lists, tables and pictures, by where they begin, the longest first.
    others: Vec<Span>,
}

impl<'d> Wholes<'d> {
    fn of(document: &'d Document<'d>) -> Self {
        let content = &document.content;
        let containers =
            content.lists.iter().map(|it| it.span).chain(content.tables.iter().map(|it| it.span));
        let mut others: Vec<Span> = containers.chain(content.images.iter().map(|it| it.span)).collect();
        others.sort_by_key(|it| (it.start, Reverse(it.end)));
        Self { document, blocks: content.blocks.iter().map(|it| it.span).collect(), others }
    }

    /// From a comment to the end of the next block: a paragraph, a whole list, table, quote or picture, or the section
    /// of a heading. A comment within a block's own text covers that block.
    fn next(&self, comment: Span) -> Span {
        let blocks = &self.document.content.blocks;
        let around = self.blocks.holding(comment.start).map(|it| blocks[it].span);
        let around = around.filter(|it| it.start < comment.start && comment.end <= it.end).last();
        if let Some(around) = around {
            return around;
        }
        let next = blocks.partition_point(|it| it.span.start < comment.end);
        let next = (next..blocks.len()).find(|&it| blocks[it].span.start >= comment.end);
        let other = self.others.partition_point(|it| it.start < comment.end);
        let candidates = next.map(|it| blocks[it].span).into_iter().chain(self.others.get(other).copied());
        let first = candidates.min_by_key(|it| (it.start, Reverse(it.end)));
        let Some(first) = first else { return Span::empty(comment.end) };
        let mut end = first.end;
        if let Some(next) = next {
            if first.contains(blocks[next].span) || blocks[next].span == first {
                end = end.max(end_of_quote(self.document, comment, next));
            }
            if let Some(section) = end_of_section(self.document, next)
                && blocks[next].span.start <= first.start
            {
                end = section;
            }
            // A picture's words come before the paragraph that it stands in.
            end = blocks[next..]
                .iter()
                .take(4)
                .filter(|it| it.span.start >= comment.end && it.span.contains(first))
                .map(|it| it.span.end)
                .fold(end, usize::max);
        }
        Span::new(comment.end, end)
    }
}

/// Where the section of a heading ends: before the next heading of its level or above.
fn end_of_section(document: &Document<'_>, block: BlockId) -> Option<usize> {
    let heading = document.outline.heading_at(block)?;
    let headings = &document.outline.headings;
    let mut later = headings[headings.partition_point(|it| it.block <= block)..].iter();
    let next = later.find(|it| it.level <= heading.level);
    Some(next.map_or(document.source.text().len(), |it| document.block(it.block).span.start))
}

/// Where the block quote ends that begins with this block, if the comment stands before it.
fn end_of_quote(document: &Document<'_>, comment: Span, first: BlockId) -> usize {
    let text = document.source.text();
    let line = text[..comment.start].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    let around = text[line..comment.start].matches('>').count();
    let is_deeper = |block: &Block| usize::from(block.place.quotes) > around;
    let blocks = &document.content.blocks[first..];
    blocks.iter().take_while(|it| is_deeper(it)).map(|it| it.span.end).max().unwrap_or(0)
}

/// From a comment of the front matter to the end of the key that follows it, its value included: all lines up to
/// the next one that is indented no further. A list may stand at its key's own indentation.
fn next_yaml_key(document: &Document<'_>, comment_end: usize) -> Span {
    let text = document.source.text();
    let limit = document.front_matter.as_ref().map_or(text.len(), |it| it.end);
    let mut key: Option<(usize, bool)> = None;
    let mut end = comment_end;
    let mut at = comment_end;
    for line in text[comment_end..limit].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        if start == comment_end || words.is_empty() || words.starts_with('#') {
            continue;
        }
        let indent = line.len() - line.trim_start().len();
        let is_item = words == "-" || words.starts_with("- ");
        match key {
            _ if indent == 0 && matches!(words, "---" | "...") => break,
            None => key = Some((indent, is_item)),
            Some((of_key, key_is_item)) => {
                let belongs = indent > of_key || (indent == of_key && is_item && !key_is_item);
                if !belongs {
                    break;
                }
            }
        }
        end = start + line.trim_end().len();
    }
    Span::new(comment_end, end)
}

/// The allows of an article, while its findings are held against them.
pub struct Allows {
    allows: Vec<(Named, Span, Cell<bool>)>,
    /// Which of them name a rule, and what these cover.
    by_rule: HashMap<String, (Vec<usize>, Layers)>,
}

impl Allows {
    /// All that the comments of an article allow, for rules that are such.
    pub fn of(document: &Document<'_>, is_rule: impl Fn(&str) -> bool) -> Self {
        let mut allows = Vec::new();
        for instruction in instructions(document) {
            if let Says::Allow(allow) = instruction.says {
                let known = allow.rules.into_iter().filter(|it| is_rule(&it.id));
                allows.extend(known.map(|it| (it, allow.covers, Cell::new(false))));
            }
        }
        let mut by_rule: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, (named, ..)) in allows.iter().enumerate() {
            by_rule.entry(named.id.clone()).or_default().push(index);
        }
        let with_covers = |(rule, own): (String, Vec<usize>)| {
            let covers = own.iter().map(|&it| covered(allows[it].1)).collect();
            (rule, (own, covers))
        };
        let by_rule = by_rule.into_iter().map(with_covers).collect();
        Self { allows, by_rule }
    }

    /// Whether a finding is allowed; all comments that allow it count as needed.
    pub fn allow(&self, rule: &str, finding: Span) -> bool {
        let Some((own, covers)) = self.by_rule.get(rule) else { return false };
        let mut allowed = false;
        for it in covers.holding(finding.start) {
            self.allows[own[it]].2.set(true);
            allowed = true;
        }
        allowed
    }

    /// What is allowed, and where.
    pub fn all(&self) -> impl Iterator<Item = (&Named, Span)> {
        self.allows.iter().map(|(named, covers, _)| (named, *covers))
    }

    /// The allows that no finding needed.
    pub fn unused(&self) -> impl Iterator<Item = &Named> {
        self.allows.iter().filter(|(_, _, needed)| !needed.get()).map(|(named, _, _)| named)
    }
}

/// Whether what an allow covers holds the begin of a finding.
pub fn covers_begin(covers: Span, finding: Span) -> bool {
    let covers = covered(covers);
    covers.start <= finding.start && finding.start < covers.end
}

/// An empty file has a begin, too.
fn covered(covers: Span) -> Span {
    Span::new(covers.start, covers.end.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each allow of an article covers.
    fn covered(text: &str) -> Vec<String> {
        let source = Source::from_text("x.md", text);
        let document = Document::parse(&source);
        instructions(&document)
            .into_iter()
            .filter_map(|it| match it.says {
                Says::Allow(allow) => Some(source.slice(allow.covers).trim().to_owned()),
                Says::Unclear(_) => None,
            })
            .collect()
    }

    fn first(text: &str) -> Says {
        let source = Source::from_text("x.md", text);
        let document = Document::parse(&source);
        instructions(&document).remove(0).says
    }

    const ALLOW: &str = "<!-- soreaid-lint: allow(a) reason: because -->";

    #[test]
    fn covers_the_next_paragraph_only() {
        assert_eq!(covered(&format!("One.\n\n{ALLOW}\n\nTwo\nlines.\n\nThree.\n")), ["Two\nlines."]);
        assert_eq!(covered(&format!("{ALLOW}\nTwo.\n\nThree.\n")), ["Two."]);
        assert_eq!(covered(&format!("One.\n\n{ALLOW}\n")), [""]);
    }

    #[test]
    fn covers_a_whole_list_table_quote_or_picture() {
        assert_eq!(covered(&format!("{ALLOW}\n\n- a\n- b\n  - c\n\nAfter.\n")), ["- a\n- b\n  - c"]);
        assert_eq!(
            covered(&format!("{ALLOW}\n\n| a | b |\n|---|---|\n| c | d |\n\nAfter.\n")),
            ["| a | b |\n|---|---|\n| c | d |"]
        );
        assert_eq!(covered(&format!("{ALLOW}\n\n> a\n>\n> b\n\nAfter.\n")), ["> a\n>\n> b"]);
        assert_eq!(
            covered(&format!("{ALLOW}\n\n![x](y.png) and words\n\nAfter.\n")),
            ["![x](y.png) and words"]
        );
        assert_eq!(covered(&format!("{ALLOW}\n\n![](y.png)\n\nAfter.\n")), ["![](y.png)"]);
    }

    #[test]
    fn within_a_list_covers_the_next_block_of_its_item() {
        assert_eq!(covered(&format!("- a\n\n  {ALLOW}\n\n  b\n\n  c\n- d\n")), ["b"]);
    }

    #[test]
    fn within_a_block_or_at_its_end_covers_that_block() {
        let covers = |text: &str| covered(&format!("{text}\n\nThree.\n"));
        assert_eq!(covers(&format!("One {ALLOW} two.")), [format!("One {ALLOW} two.")]);
        assert_eq!(covers(&format!("One {ALLOW}")), [format!("One {ALLOW}")]);
        assert_eq!(covers(&format!("## One {ALLOW}")), [format!("## One {ALLOW}")]);
    }

    #[test]
    fn before_a_heading_covers_its_section() {
        let text = format!("# T\n\n{ALLOW}\n\n## A\n\nx\n\n### B\n\ny\n\n## C\n\nz\n");
        assert_eq!(covered(&text), ["## A\n\nx\n\n### B\n\ny"]);
    }

    #[test]
    fn in_front_matter_covers_the_next_key() {
        let text = "---\n# soreaid-lint: allow(a) reason: x\nfaq:\n- q: 1\n  a: 2\n\n- q: 3\nnext: 4\n---\n";
        assert_eq!(covered(text), ["faq:\n- q: 1\n  a: 2\n\n- q: 3"]);
        let nested = "---\na:\n  # soreaid-lint: allow(a) reason: x\n  b: |\n    c\n  d: e\n---\n";
        assert_eq!(covered(nested), ["b: |\n    c"]);
        let item = "---\na:\n  # soreaid-lint: allow(a) reason: x\n  - b: c\n    d: e\n  - f\n---\n";
        assert_eq!(covered(item), ["- b: c\n    d: e"]);
    }

    #[test]
    fn reads_rules_and_reason() {
        let Says::Allow(allow) = first("<!-- soreaid-lint: allow(a-b,  c) reason: why -->") else { panic!() };
        let names: Vec<&str> = allow.rules.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(names, ["a-b", "c"]);
        assert_eq!(allow.rules[1].span, Span::new(31, 32));
        assert_eq!(allow.reason, Reason::Given);
        let Says::Allow(allow) = first("<!--soreaid-lint:allow(a)reason: -->") else { panic!() };
        assert_eq!(allow.reason, Reason::Missing);
        let Says::Allow(allow) = first("<!-- soreaid-lint: allow-file(a) because -->") else { panic!() };
        assert_eq!(allow.reason, Reason::Unlabelled(Span::new(33, 40)));
        assert_eq!(allow.covers.start, 0);
    }

    #[test]
    fn tells_why_a_comment_is_unclear() {
        let unclear = |text: &str| match first(text) {
            Says::Unclear(it) => it,
            Says::Allow(it) => panic!("{it:?}"),
        };
        assert_eq!(unclear("<!-- soreaid-lint: disable a -->"), Unclear::Verb("disable".to_owned()));
        assert_eq!(unclear("<!-- soreaid-lint: -->"), Unclear::Verb(String::new()));
        assert_eq!(unclear("<!-- soreaid-lint: allow a -->"), Unclear::NoRules);
        assert_eq!(unclear("<!-- soreaid-lint allow() -->"), Unclear::EmptyRules);
    }

    #[test]
    fn other_comments_are_nobodys_business() {
        assert!(covered("<!-- soreaid-lint is run every night -->\n<!-- more -->\n").is_empty());
    }
}
