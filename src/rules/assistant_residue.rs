//! `assistant-residue`.

use crate::declare_rule;
use crate::diagnostic::{Applicability, Finding, Fix};
use crate::document::blocks::BlockId;
use crate::document::prose::sentences;
use crate::knowledge::residue::ResidueRule;
use crate::reading::residue::ResidueFound;
use crate::removal;
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
    "assistant-residue", Warning, "prompt or reply text of a writing assistant", fix: Unsafe
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .residue(article.knowledge, ResidueRule::AssistantResidue)
        .into_iter()
        .map(|ResidueFound { residue, block, span }| {
            let finding = Finding::new(span, residue.message.clone())
                .label("not part of the article")
                .help(residue.help.clone());
            match fix(article, block) {
                Some(fix) => finding.fix(fix),
                None => finding,
            }
        })
        .collect()
}

/// Removes a paragraph of one sentence; what else a longer one says may be the writer's.
fn fix(article: Article<'_>, id: BlockId) -> Option<Fix> {
    let document = article.document;
    let is_alone = sentences(document.block(id).prose.text()).len() == 1;
    let edits = if is_alone { removal::of_block(document, id)? } else { return None };
    let message = "remove the paragraph".to_owned();
    Some(Fix { message, applicability: Applicability::Unsafe, edits })
}
