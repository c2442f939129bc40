//! `assistant-residue`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::residue::ResidueRule;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// What a writing assistant said about its text, or about itself, left in the article: `Certainly! Here is a
    /// 600-word article`, `As an AI language model`, `Would you like me to add a section?`
    ///
    /// ## Why it matters
    ///
    /// It tells readers that nobody read the article before it was published.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// I hope this article meets your requirements!
    /// ```
    ///
    /// ## Instead
    ///
    /// Remove it, and check the facts around it.
    "assistant-residue", Warning, "prompt or reply text of a writing assistant"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .residue(article.knowledge, ResidueRule::AssistantResidue)
        .into_iter()
        .map(|(residue, span)| Finding::new(span, residue.message.clone()).label("not part of the article").help(residue.help.clone()))
        .collect()
}
