//! Places of an article that links can lead to: its headings, by the names that sites make of them, and what has been
//! given a name.

use std::collections::{HashMap, HashSet};

use super::Document;
use super::blocks::BlockKind;

/// The names of an article's places.
pub struct Anchors {
    /// As GitHub makes them of headings, and as they are given.
    names: Vec<String>,
    /// Their letters and digits; of a name without such, the name.
    plain: HashSet<String>,
}

impl Anchors {
    /// The places of an article.
    pub fn of(document: &Document<'_>) -> Self {
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
        let plain = names.iter().map(|it| plain(it)).collect();
        Self { names, plain }
    }

    /// Whether a link leads to one of them. Sites part words in their own ways and leave out their own marks, so that
    /// letters and digits decide.
    pub fn hold(&self, anchor: &str) -> bool {
        self.plain.contains(&plain(anchor))
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

fn plain(anchor: &str) -> String {
    let letters: String =
        anchor.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.is_empty() { anchor.to_owned() } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn names(text: &str) -> Vec<String> {
        let source = Source::from_text("x.md", text);
        Anchors::of(&Document::parse(&source)).names().map(str::to_owned).collect()
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
        let anchors = Anchors::of(&Document::parse(&source));
        assert!(anchors.hold("whats-new") && anchors.hold("what-s-new") && anchors.hold("whats-new-1"));
        assert!(!anchors.hold("whats-new-2") && !anchors.hold(""));
    }
}
