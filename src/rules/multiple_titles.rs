//! `multiple-titles`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A second heading of level 1. A title in the front matter and one heading of level 1 go together.
    ///
    /// ## Why it matters
    ///
    /// A page has one title. A second one is often a second article that slipped into the file.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// # Cupping: a first visit
    /// # How cupping feels
    /// ```
    ///
    /// ## Instead
    ///
    /// Make it `## How cupping feels`, or move the second article to a file of its own.
    "multiple-titles", Warning, "a second heading of level 1"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let mut titles = document.outline.headings.iter().filter(|heading| heading.marked && heading.level == 1);
    let Some(first) = titles.next() else { return Vec::new() };
    titles
        .map(|heading| {
            let block = document.block(heading.block);
            Finding::new(block.span, format!("`{}` is a second title", block.prose.text()))
                .label("level 1 again")
                .also(document.block(first.block).span, "the first title")
                .help("make it a heading of level 2, or move it to an article of its own")
        })
        .collect()
}
