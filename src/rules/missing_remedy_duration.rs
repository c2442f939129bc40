//! `missing-remedy-duration`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::knowledge::RemedyId;
use crate::knowledge::remedies::{Quantity, Statement};
use crate::reading::amount::Kind;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A recommended remedy whose time the article has to state and does not, or only vaguely (`for a short while`).
    /// Once per remedy and article. A note where stating a time is only recommended.
    ///
    /// ## Why it matters
    ///
    /// Without a time, readers take the one that they know from elsewhere, and for ice, heat and cold water the
    /// wrong one does harm.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Take an ice bath on the evening of the race.
    /// ```
    ///
    /// ## Instead
    ///
    /// Say how long, in minutes, once in the article.
    "missing-remedy-duration", Warning, "a recommended remedy with no time stated"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    // `for the first two days` says nothing of how long ice stays on; of a tape it says all.
    let is_time = |remedy: RemedyId, kind: Kind| {
        let remedy = article.knowledge.remedy(remedy);
        let has_session = remedy.limits.iter().any(|it| it.quantity == Quantity::Session);
        // `RICE for two days` does not say how long the ice stays on.
        kind == Kind::Duration || (kind == Kind::Course && !has_session && remedy.parts.is_empty())
    };
    article
        .reading
        .unstated(article.knowledge, Statement::Duration, is_time)
        .into_iter()
        // `Let it send you to sleep` is reported as no safe end.
        .filter(|(mention, _)| !article.tells_practice_for("unsafe-remedy-duration", mention.remedy))
        .map(|(mention, demand)| {
            let remedy = article.knowledge.remedy(mention.remedy);
            let limit = remedy.limits.iter().find(|it| it.quantity == Quantity::Session && it.when.is_none());
            let help = limit.map_or("say how long, in minutes".to_owned(), |limit| {
                format!("say how long; published advice is {}", limit.figure())
            });
            let message = format!("the article recommends {} and does not say for how long", remedy.name);
            let words = article.reading.vaguely_stated(mention.remedy, |kind| is_time(mention.remedy, kind));
            Finding::new(mention.span, message)
                .also_if_any(words, "this is no time")
                .also_if_any(article.reading.name_of(mention), "its name")
                .severity(demand.severity())
                .label("for how long?")
                .help(help)
                .sources(article.knowledge.citations(limit.map_or(&[], |it| &it.sources)))
        })
        .collect()
}
