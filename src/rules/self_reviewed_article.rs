//! `self-reviewed-article`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::yaml::{Node, Value};
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A reviewer who is the author. Titles (`Dr`), credentials after a comma and case do not count.
    ///
    /// ## Why it matters
    ///
    /// A review is a second pair of eyes; readers take `medically reviewed` for one.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// author: Ruth Adeyemi
    /// reviewed_by: Dr Ruth Adeyemi, MD
    /// ```
    ///
    /// ## Instead
    ///
    /// Name somebody else, or leave the reviewer out.
    "self-reviewed-article", Warning, "reviewer and author are the same person"
}

const REVIEWERS: &[&str] = &["reviewed_by", "reviewer", "medically_reviewed_by", "medical_reviewer", "reviewedBy", "reviewers"];

fn check(article: Article<'_>) -> Vec<Finding> {
    let Some(front_matter) = &article.document.front_matter else { return Vec::new() };
    let Some(author) = front_matter.first_of(&["author", "authors"]) else { return Vec::new() };
    let Some(reviewer) = front_matter.first_of(REVIEWERS) else { return Vec::new() };
    let authors = people(&author.value);
    people(&reviewer.value)
        .into_iter()
        .filter_map(|(name, node)| {
            let (_, same) = authors.iter().find(|(author, _)| *author == name && !name.is_empty())?;
            let finding = Finding::new(node.span, "the reviewer is the author");
            Some(finding.label("reviewer").also(same.span, "author").help("name another reviewer, or leave the reviewer out"))
        })
        .collect()
}

/// Names that can be compared, with their places.
fn people(node: &Node) -> Vec<(String, &Node)> {
    match &node.value {
        Value::Text(name) => vec![(comparable(name), node)],
        Value::Sequence(nodes) => nodes.iter().flat_map(people).collect(),
        Value::Mapping(_) => node.get("name").map(|entry| people(&entry.value)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

fn comparable(name: &str) -> String {
    const TITLES: &[&str] = &["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "doctor"];
    let name = name.split(',').next().unwrap_or_default().to_lowercase();
    let words = name.split_whitespace().map(|word| word.trim_matches('.')).filter(|word| !TITLES.contains(word));
    words.collect::<Vec<_>>().join(" ")
}
