//! `misleading-health-claim`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::claims::ClaimRule;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Claims that regulators and published evidence do not support: toxins, cures, guarantees, no side effects. Each
    /// has its own severity in the pack. A claim that the article denies, debunks or quotes as a myth is none.
    ///
    /// ## Why it matters
    ///
    /// Readers who believe in a cure put off what would help.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Cupping draws toxins out through the skin.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Some people find cupping relaxing.`
    "misleading-health-claim", Error, "a claim that evidence does not support"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .claims_made(article.knowledge, ClaimRule::MisleadingHealthClaim)
        .into_iter()
        .map(|made| {
            let claim = article.knowledge.claim(made.claim);
            let words = article.document.source.slice(made.span);
            Finding::new(made.span, format!("`{words}` misleads: {}", claim.name))
                .severity(claim.severity)
                .label("not supported")
                .note(claim.why.clone())
                .help(claim.instead.clone())
                .sources(article.knowledge.citations(&claim.sources))
        })
        .collect()
}
