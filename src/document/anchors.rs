//! Places of an article that links can lead to: its headings, by the names that sites make of them, and what has been
//! given a name.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use super::Document;
use super::blocks::BlockKind;
use super::yaml::{Node, Value};
use crate::config::Dialect;

/// The names of an article's places.
pub struct Anchors {
    /// As GitHub makes them of headings, and as they are given.
    names: Vec<String>,
    /// What they are compared by; made when it is asked for.
    compared: OnceCell<HashSet<String>>,
    /// Whether the site puts in no others, as far as can be seen.
    is_complete: bool,
}

impl Anchors {
    /// The places of an article of a dialect.
    pub fn of(document: &Document<'_>, dialect: Dialect) -> Self {
        let source = document.source.text();
        let headings = document.outline.headings.iter().filter(|it| it.marked).map(|it| it.block);
        let is_title = |id: &usize| matches!(document.block(*id).kind, BlockKind::FrontMatter(_));
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut names = Vec::new();
        for block in document.title.filter(is_title).into_iter().chain(headings) {
            let slug = slug(&document.block(block).prose.with_hidden_shown(source));
            let count = seen.entry(slug.clone()).or_default();
            names.push(if *count == 0 { slug } else { format!("{slug}-{count}") });
            *count += 1;
        }
        names.extend(document.content.anchors.iter().cloned());
        names.retain(|it| !it.is_empty());
        Self { names, compared: OnceCell::new(), is_complete: is_complete(document, dialect) }
    }

    /// Whether a link leads to one of them, or may lead to a place that the site puts in.
    pub fn may_hold(&self, anchor: &str) -> bool {
        let compared = || self.names.iter().map(|it| comparable(it)).collect();
        !self.is_complete || self.compared.get_or_init(compared).contains(&comparable(anchor))
    }

    /// Whether the site puts in no others, as far as can be seen.
    pub fn are_complete(&self) -> bool {
        self.is_complete
    }

    /// As GitHub makes them of headings, and as they are given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// What GitHub makes of a heading: small letters and digits, with hyphens for spaces.
fn slug(heading: &str) -> String {
    let letters = heading.trim().chars().filter(|it| it.is_alphanumeric() || matches!(it, ' ' | '-' | '_'));
    letters.flat_map(char::to_lowercase).map(|it| if it == ' ' { '-' } else { it }).collect()
}

/// What names are compared by. Sites part words in their own ways and leave out their own marks, so that letters and
/// digits decide; of a name without such, all of it.
pub fn comparable(name: &str) -> String {
    let letters: String =
        name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { name.to_owned() } else { letters }
}

/// The name of a place in a link, after its `#`; `None` where no article names it: the top of a page, footnotes, places
/// that scripts make, searches for text.
pub fn named_in(fragment: &str) -> Option<String> {
    let name = percent_decode_str(fragment).decode_utf8_lossy().into_owned();
    let name = name.strip_prefix("user-content-").unwrap_or(&name);
    let is_made = name.is_empty()
        || name.eq_ignore_ascii_case("top")
        || name.starts_with("fn")
        || name.starts_with('_')
        || name.contains(['/', '!', '=', '~', '{', '<', '&', ':']);
    (!is_made).then(|| name.to_owned())
}

/// Whether neither shortcodes, templates, components, attribute lists nor a layout can put in a place.
fn is_complete(document: &Document<'_>, dialect: Dialect) -> bool {
    let text = document.source.text();
    let is_mdx = dialect.mdx || document.source.path().extension().is_some_and(|it| it == "mdx");
    let root = document.front_matter.as_ref().and_then(|it| it.root.as_ref());
    !is_mdx && !makes_places(text, document.content.anchors.len()) && !root.is_some_and(holds_sections)
}

/// Whether a text holds what sites put places in for, or more names in braces than those that are `known`, which are read
/// of headings alone.
fn makes_places(text: &str, known: usize) -> bool {
    const MAKERS: &[&str] = &["{{", "{%", "{:", "[toc]", "[TOC]"];
    let mut named = 0;
    memchr::memchr2_iter(b'{', b'[', text.as_bytes()).any(|at| {
        let rest = &text[at..];
        named += usize::from(rest.starts_with("{#"));
        known < named || MAKERS.iter().any(|it| rest.starts_with(it))
    })
}

/// Whether sections are written in the front matter, for a layout to show.
fn holds_sections(root: &Node) -> bool {
    const KEYS: &[&str] = &["heading", "headings", "section", "sections", "blocks", "anchor", "id"];
    let is_section = |node: &Node| KEYS.iter().any(|key| node.get(key).is_some());
    let Value::Mapping(entries) = &root.value else { return false };
    entries.iter().any(|entry| match &entry.value.value {
        Value::Sequence(items) => items.iter().any(is_section),
        _ => is_section(&entry.value),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn names(text: &str) -> Vec<String> {
        let source = Source::from_text("x.md", text);
        Anchors::of(&Document::parse(&source), Dialect::default()).names().map(str::to_owned).collect()
    }

    #[test]
    fn headings_are_named_as_github_names_them() {
        assert_eq!(names("# Ice & heat: what *helps*?\n"), ["ice--heat-what-helps"]);
        assert_eq!(names("## One\n\n## One\n\n## `One`\n"), ["one", "one-1", "one-2"]);
        assert_eq!(names("## Größe 2\n"), ["größe-2"]);
    }

    #[test]
    fn names_that_are_given_count() {
        assert_eq!(names("## One {#uno}\n\n<a name=\"x\"></a> <p id='y'>z</p>\n"), ["one", "uno", "x", "y"]);
    }

    #[test]
    fn letters_and_digits_decide() {
        let source = Source::from_text("x.md", "## What's new?\n\n## What's new?\n");
        let anchors = Anchors::of(&Document::parse(&source), Dialect::default());
        assert!(["whats-new", "what-s-new", "whats-new-1"].iter().all(|it| anchors.may_hold(it)));
        assert!(!anchors.may_hold("whats-new-2"));
    }
}
