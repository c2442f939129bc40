//! `duplicate-heading`.

use std::collections::HashMap;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::words::fold_words;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A heading with the text of an earlier heading at the same level under the same parent. Case, punctuation
    /// and markup do not count. With the option `scope: document`, the parent does not count either.
    ///
    /// ## Why it matters
    ///
    /// Two sections of one name are usually one section pasted twice, and links to the second lead to the first.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ## What helps
    /// ## What helps
    /// ```
    ///
    /// ## Instead
    ///
    /// Say in the second heading what is new in its section, or join the two.
    "duplicate-heading", Warning, "the same heading twice at one level under one parent",
    options: { "scope": OneOf(&["siblings", "document"]) }
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let whole_document =
        article.settings.option(RULE.id, "scope").is_some_and(|scope| scope.as_str() == Some("document"));
    let mut first_seen = HashMap::new();
    let mut findings = Vec::new();
    for heading in &document.outline.headings {
        let block = document.block(heading.block);
        let text = fold_words(&block.prose.with_hidden_shown(document.source.text()));
        if text.is_empty() {
            continue;
        }
        let parent = if whole_document { None } else { heading.parent };
        match first_seen.entry((text, heading.level, parent)) {
            std::collections::hash_map::Entry::Vacant(entry) => {
                entry.insert(block.span);
            }
            std::collections::hash_map::Entry::Occupied(first) => {
                let finding = Finding::new(
                    block.span,
                    format!("the heading `{}` stands twice in this part of the article", block.prose.text()),
                );
                findings.push(
                    finding
                        .label("repeated here")
                        .also(*first.get(), "first used here")
                        .help("say in this heading what its section adds, or join the two sections"),
                );
            }
        }
    }
    findings
}
