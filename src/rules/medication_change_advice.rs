//! `medication-change-advice`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::claims::ClaimRule;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// Telling readers to stop, skip, replace or change a prescribed medicine.
    ///
    /// ## Why it matters
    ///
    /// Many medicines are dangerous to stop at once, and nobody but the prescriber knows which.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// After a month you can come off your blood pressure tablets.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Keep taking prescribed medicine, and ask your pharmacist or doctor before you change anything.`
    "medication-change-advice", Error, "advice to stop or change a prescribed medicine"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    article
        .reading
        .claims_made(article.knowledge, ClaimRule::MedicationChangeAdvice)
        .into_iter()
        .map(|made| {
            let claim = article.knowledge.claim(made.claim);
            let words = article.document.source.slice(made.span);
            Finding::new(made.span, format!("`{words}` tells readers to change prescribed medicine"))
                .severity(claim.severity)
                .label("changes prescribed medicine")
                .note(claim.why.clone())
                .help(claim.instead.clone())
                .sources(article.knowledge.citations(&claim.sources))
        })
        .collect()
}
