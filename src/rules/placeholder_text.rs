//! `placeholder-text`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::residue::ResidueRule;
use crate::reading::residue::ResidueFound;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Lorem ipsum, `TODO`, `Content coming soon`, an empty slot of a template (`[Your Name]`). A real announcement
    /// of something that is coming is none.
    ///
    /// ## Why it matters
    ///
    /// The reader finds a hole where the heading promised help.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Content coming soon.
    /// ```
    ///
    /// ## Instead
    ///
    /// Write the text, or leave the section out until it is there.
    "placeholder-text", Warning, "filler text, a note to do something, an empty slot"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .residue(article.knowledge, ResidueRule::PlaceholderText)
        .into_iter()
        .map(|ResidueFound { residue, span, .. }| Finding::new(span, residue.message.clone()).label("to be filled in").help(residue.help.clone()))
        .collect()
}
