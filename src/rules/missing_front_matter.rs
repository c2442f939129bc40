//! `missing-front-matter`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// An article without front matter, where the schema that holds for it wants some.
    ///
    /// ## Why it matters
    ///
    /// Without a title and the rest, a site generator makes them up or leaves them empty.
    ///
    /// ## Example
    ///
    /// An article that begins with its first sentence.
    ///
    /// ## Instead
    ///
    /// ```yaml
    /// ---
    /// title: Soreness after a massage
    /// ---
    /// ```
    "missing-front-matter", Error, "no front matter where the schema wants some"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let is_empty = document.source.text().trim().is_empty();
    let Ok(schema) = article.schemas.of_article(article.document, article.settings) else { return Vec::new() };
    if document.front_matter.is_some() || is_empty || !schema.wants_front_matter() {
        return Vec::new();
    }
    let finding = Finding::new(document.first_line(), "the article has no front matter")
        .label("begins here")
        .help("add a block between two lines `---` at the very top, with at least a `title`")
        .note(format!("the schema `{}` asks for it", schema.name()));
    vec![finding]
}
